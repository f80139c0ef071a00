"""Red flags: words that may mean danger, how urgent each is, which lines it leads to, and what is asked.

One folder each in `red_flags/`: `about.toml` (facts), `listen.toml` (what to listen for), `en.md` and its sisters (the
screen's words). Written from public guidance, in our own words; `reviewed_by` is empty until a clinician has read it.
"""

from collections.abc import Iterator
from pathlib import Path

from bot.content.patterns import BadPattern
from bot.content.reading import BrokenContent, Record, read_facts
from bot.content.rules import Common, Rule, Rules

DIRECTORY = Path(__file__).parent / "red_flags"
IDS = ("overdose", "suicidal", "alcohol_benzo_withdrawal", "seizure", "chest_heart", "psychosis", "violence", "dehydration", "liver", "pregnancy", "mixing", "tianeptine", "seven_oh")

class _Listen(Record):
    any: tuple[Rule, ...] = ()
    en: tuple[Rule, ...] = ()
    es: tuple[Rule, ...] = ()


def _rules(directory: Path) -> dict[str, tuple[Rule, ...]]:
    found = {}
    for flag in IDS:
        listen = read_facts(directory / flag / "listen.toml", _Listen)
        found[flag] = listen.any + listen.en + listen.es
    return found

RULES = Rules(_rules(DIRECTORY), read_facts(DIRECTORY / "words.toml", Common))

def heard(text: str) -> str | None:
    raised = RULES.raised(text)
    return next((flag for flag in IDS if flag in raised), None)
