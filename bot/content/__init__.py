"""What a clinician or an operator reviews, as data: numbers to call, cards, places. Changing it touches no Python.

Every file is read when its module is first imported, needs neither network nor database, and stops the program with
the file and the field named when something in it is wrong.
"""
