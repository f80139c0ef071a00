"""A person's own hand on everything: settings, privacy, their data, erasing, moving, and the door."""

from bot.account import about, access, data, erase, move, privacy, retention, settings, tidy
from bot.feature import UNREADABLE, Feature

FEATURE = Feature(
    name="account",
    presses={
        "settings": settings.pressed,
        "privacy": privacy.pressed,
        "tidy": tidy.pressed,
        "data": data.pressed,
        "erase": erase.pressed,
        "unused": retention.pressed,
        "move": move.pressed,
        "door": access.pressed,
        "about": about.about,
        "guide": about.guide,
        "stop": about.stop,
        "cancel": about.cancel,
        UNREADABLE: about.unreadable,
    },
    commands={
        "settings": "settings",
        "hide": "tidy",
        "help": "guide",
        "language": "settings:language",
        "privacy": "privacy",
        "mydata": "data",
        "export": "data",
        "forget": "erase",
        "move": "move",
        "about": "about",
        "stop": "stop",
        "cancel": "cancel",
    },
    listed=("settings", "hide", "help"),
    phrases={
        "settings-phrases": "settings",
        "tidy-phrases": "tidy",
        "stop-phrases": "stop",
        "erase-phrases": "erase",
    },
    answers={"settings": settings.answered, "move": move.answered, "door": access.answered},
    due=(tidy.DUE, erase.DUE),
    kinds={erase.KIND: erase.compose, retention.KIND: retention.compose},
    before_consent=("move", "door"),
    gate=access.gate,
)
