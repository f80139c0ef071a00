"""What no walk can see, and why; everything else that can be said has to be seen on some screen."""

import re

REASONS = {
    r".*-phrases|since-numbers": "what we listen for; nobody reads it",
    r"(date|day|weekday)-pattern": "how a date is written; the date is seen",
    r"outage-aside": "a handler has to fail three times: tests/faults/test_outage.py",
    r"help-kind-(violence|youth)": "no country's file has such a line yet",
    r"sandbox-.*": "on the page beside the bot, not in it: tests/sandbox/test_languages.py and test_page.py",
    r"hours-office": "of the lines whose hours are shown, none keeps these yet",
}


def is_excused(key: str) -> bool:
    """Whether no walk has to see this."""
    return any(re.fullmatch(pattern, key) for pattern in REASONS)
