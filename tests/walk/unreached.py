"""What no walk can see, and why; everything else that can be said has to be seen on some screen."""

import re

REASONS = {
    r".*-phrases|since-numbers": "what we listen for; nobody reads it",
    r"(date|day|weekday)-pattern": "how a date is written; the date is seen",
    r"data-talk_lines": "a line stands there until it is passed on: tests/peers/test_talk.py",
    r"alert-broken": "something of ours has to fail three times: tests/peers/test_broken.py",
    r"alert-ago\.hours": "a question has to lie unopened for a while: tests/peers/test_attacks.py",
    r"chat-mark": "a reaction on a line of theirs, and no message: tests/peers/test_talk.py",
    r"chat-(unsaid|long)": "a line has to reach nobody, or be longer than a message: tests/peers/test_talk.py",
    r"alert-(busy|write)": "somebody has to be there for two, or end a talk by mistake: tests/peers/test_edges.py",
    r"alert-repeat": "nobody may know whether a message was taken: tests/peers/test_alert.py",
    r"quiet-(leaving|went\.unsure)": "a press in the second in which a note leaves: tests/peers/test_quiet.py",
    r"outage-aside": "a handler has to fail three times: tests/faults/test_outage.py",
    r"help-(numbers-dated|checked|unchecked|check-again)": "none was checked yet: tests/scenes/test_help_screens.py",
    r"learn-reviewed": "nobody has reviewed anything yet",
    r"moment-still\.repeat": "nobody may know whether it arrived: tests/scenes/test_ten_minutes.py",
    r"sandbox-.*": "on the page beside the bot, not in it: tests/sandbox/test_languages.py and test_page.py",
    r"erase-backups-theirs": "said on PostgreSQL, and the walk is on SQLite: tests/scenes/test_erase.py",
    r"erase-restored.*": "after a copy was restored: tests/scenes/test_erase.py",
}

IN_A_FILE = re.compile(r"data-[a-z_]+\..+|data-skipped")
"""Words of the page of one's own data. A page names only what its owner has: tests/scenes/test_data.py has them all."""


def is_excused(key: str) -> bool:
    """Whether no walk can see this."""
    return any(re.fullmatch(pattern, key) for pattern in REASONS)


def is_in_a_file(key: str) -> bool:
    """Whether it is no screen's, and a walk may see it or not."""
    return bool(IN_A_FILE.fullmatch(key))
