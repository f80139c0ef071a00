"""The hard moment: help comes with the first reply, before any question, and needs nothing."""

from bot.cravings import company, dialog, due, health, model, whathelps
from bot.cravings.card import NAME, card
from bot.cravings.heard import after_command, free_words
from bot.feature import Feature

FEATURE = Feature(
    name=NAME,
    presses={
        "hard": dialog.opened,
        "moment": dialog.pressed,
        "health": health.pressed,
        "whathelps": whathelps.pressed,
    },
    urgent={"hard": card, "talk": company.talk},
    commands={
        "trigger": "hard",
        "craving": "hard",
        "urge": "hard",
        "health": "health",
        "whathelps": "whathelps",
    },
    listed=("trigger",),
    buttons={"hard-button": "hard"},
    phrases={"hard-phrases": "hard", "talk-phrases": "talk"},
    kinds={due.STILL_KIND: due.still_here, due.TICK_KIND: due.tick},
    settings={"health-button": "health"},
    before_consent=("moment",),
    listens=free_words,
    rests={"trigger": after_command, "craving": after_command, "urge": after_command},
    known=model.look,
)
