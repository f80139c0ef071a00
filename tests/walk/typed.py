"""What is typed where words are awaited: something good, something bad, and a cry in the middle of it."""

LONG_NAME = "Wolfeschlegelsteinhausen von Bergerdorff"
"""Forty letters: the longest name that is taken."""

OWN_WORDS = "Oporto, Rioja, Malbec, Merlot, Cava, Prosecco, Aperol, Vermú"
"""Sixty letters, the most that are taken, and the same in every language."""

CRY = "craving"
"""A key word in the middle of an answer."""

LONG_CITY = "Karachi University Employees Co-operative Housing Society"

OWN_PLAN = "Hungersteppenhof Sauvignonverkostung Gewürztraminerberg Spätburgunderprobe Müller-Thurgau-Abend Rio"
"""A hundred letters: as long as one half of a plan may be."""

_LONG = "a" * 300
_PLACES = ("Lisbon", LONG_CITY, "Portland", "Portugal", "qwzxkj", "18:42", "(a place)", CRY)
_TIMES = ("20:15", "9pm", "25:99", "later", CRY)
_DAYS = ("3.3.2025", "3 weeks", "3/1/2026", "2", "tomorrow", "nonsense")

_ANSWERS = {
    "welcome:name": (LONG_NAME, _LONG, CRY),
    "welcome:other": (OWN_WORDS, _LONG),
    "welcome:since": _DAYS,
    "welcome:city": _PLACES,
    "welcome:clock": _TIMES,
    "welcome:here": ("Lisbon", "qwzxkj", "(a place)"),
    "travel:city": _PLACES,
    "travel:clock": _TIMES,
    "travel:here": ("Lisbon", "(a place)"),
    "checkin:hour": _TIMES,
    "checkin:times": _TIMES,
    "checkin:plan": (OWN_WORDS, _LONG),
    "checkin:date": _DAYS,
    "withdrawal:words": (OWN_WORDS, _LONG + "a", CRY),
    "slips:own": (OWN_WORDS,),
    "slips:where": (OWN_WORDS,),
    "slips:cause": (OWN_WORDS,),
    "slips:thought": (OWN_WORDS, CRY),
    "settings:name": (LONG_NAME, _LONG, CRY),
    "meetings:near": ("Lisbon", "Portland", "qwzxkj", CRY),
    "meetings:here": ("Lisbon", "qwzxkj", "(a place)"),
    "own:name": (OWN_WORDS, _LONG),
    "own:time": ("20:15", "25:99"),
    "own:where": ("https://meet.example/a", "12 Harbour Road", _LONG + _LONG),
    "own:weeks": ("1.5.2026", "nonsense"),
    "own:once": ("1.5.2026", "nonsense"),
    "own:zone": ("Athens, Greece", "Portland", "qwzxkj"),
    "move:code": ("ABCD-2345", "nonsense"),
    "plan:cue": (OWN_PLAN, _LONG),
    "plan:act": (OWN_PLAN, _LONG),
    "plan:reason": (OWN_WORDS, _LONG, " ", CRY),
    "plan:name": ("Dee", "Dee 600 100 200", _LONG),
    "plan:number": ("600 100 200", "nonsense"),
    "plan:safety": (OWN_WORDS, _LONG),
    "keepsake": (OWN_WORDS, "a" * 3001),
    "people:pick": ("Dee",),
    "alert:words": ("Listen. Don't lecture. Ask me to walk.", _LONG),
    "door:code": ("ABCDE23456", "nonsense"),
}


def for_question(awaited: str) -> tuple[str, ...]:
    """Good and bad words for what is awaited (`welcome:name`). Raises KeyError for a question nobody told us of."""
    if not awaited:
        return ()
    head, *rest = awaited.split(":")
    return _ANSWERS[head] if head in _ANSWERS else _ANSWERS[":".join((head, *rest[:1]))]
