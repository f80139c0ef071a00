slip =
    Thank you for saying it. Nothing is erased.
    Very sleepy, slow breath, chest pain, confused? Press Help now.
    Otherwise, one small thing first. What would help?
    .support = Someone to talk to
slip-phrases = slip | a slip | i slipped | slipped | i slipped up | slipped up | i used | used | i used again | i relapsed | relapsed | relapse | i had a relapse | i took some | i took it | i drank | i gave in | i messed up | already used | i already used
command-slip = It happened: what helps next
