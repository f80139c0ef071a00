"""What sets a craving off: 23 triggers in four groups, a directory each, with what to do first, second and third."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from bot.content import strategies
from bot.content.ids import FlagId, TriggerId
from bot.content.reading import BrokenContent, Reviewed, file_name, in_language, read_facts, read_pages

DIRECTORY = Path(__file__).parent / "triggers"
LABEL_MOST = 24
"""Characters: two labels stand side by side on a phone."""

Group = Literal["feeling", "body", "place", "thought"]
GROUPS: tuple[Group, ...] = get_args(Group)


class About(Reviewed):
    """The facts of a trigger.

    `strategies` are what to offer, the first first. `check_first` are the red flags to ask about before any of them,
    the most urgent first; empty where nothing has to be asked.
    """

    group: Group
    strategies: tuple[str, str, str]
    check_first: tuple[FlagId, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One thing that sets it off: what its button says, and a kind line for the moment."""

    id: TriggerId
    about: About
    words_by_language: Mapping[str, tuple[str, str]]

    def label(self, language: str) -> str:
        """What its button says, else in English."""
        return in_language(self.words_by_language, language)[0]

    def line(self, language: str) -> str:
        """What is said to somebody in it, before the first strategy."""
        return in_language(self.words_by_language, language)[1]


def read(directory: Path = DIRECTORY) -> tuple[Trigger, ...]:
    """All triggers, group by group. Raises BrokenContent."""
    ids: tuple[TriggerId, ...] = get_args(TriggerId)
    for path in sorted(directory.iterdir()):
        if path.is_dir() and path.name not in ids:
            raise BrokenContent(f"{file_name(path)}: not one of the {len(ids)} triggers")
    found = tuple(_read_one(directory / trigger_id, trigger_id) for trigger_id in ids)
    _labels_differ(found)
    return tuple(sorted(found, key=lambda trigger: GROUPS.index(trigger.about.group)))


def _read_one(directory: Path, trigger_id: TriggerId) -> Trigger:
    about = read_facts(directory / "about.toml", About)
    if wrong := _wrong(trigger_id, about):
        raise BrokenContent(f"{file_name(directory / 'about.toml')}: {wrong}")
    pages = read_pages(directory)
    return Trigger(trigger_id, about, {language: _words(directory, language, pages[language]) for language in pages})


def _wrong(trigger_id: TriggerId, about: About) -> str:
    """What is wrong with the strategies, empty if nothing is."""
    known = {one.id: one for one in strategies.STRATEGIES}
    for name in about.strategies:
        if name not in known:
            return f"strategies: there is no {name}"
        if trigger_id in known[name].about.forbidden_for:
            return f"strategies: {name} is forbidden_for {trigger_id}"
    if len(set(about.strategies)) != len(about.strategies):
        return "strategies: one stands twice"
    if not any(known[name].about.safe_for_everyone for name in about.strategies):
        return "strategies: none of them is safe_for_everyone"
    return ""


def _words(directory: Path, language: str, page: str) -> tuple[str, str]:
    label, *lines = page.splitlines()
    if len(lines) != 1:
        raise BrokenContent(f"{file_name(directory / f'{language}.md')}: a label, and one line below it")
    if len(label) > LABEL_MOST:
        raise BrokenContent(
            f"{file_name(directory / f'{language}.md')}:1: a label of more than {LABEL_MOST} characters"
        )
    return label, lines[0]


def _labels_differ(found: tuple[Trigger, ...]) -> None:
    """Two buttons of one screen never read alike. Raises BrokenContent."""
    seen: dict[tuple[Group, str, str], TriggerId] = {}
    for trigger in found:
        for language, (label, _) in trigger.words_by_language.items():
            other = seen.setdefault((trigger.about.group, language, label.casefold()), trigger.id)
            if other != trigger.id:
                raise BrokenContent(f"triggers/{trigger.id}/{language}.md:1: the same label as {other}")


TRIGGERS = read()
_BY_ID: Mapping[str, Trigger] = {trigger.id: trigger for trigger in TRIGGERS}


def get(trigger_id: str) -> Trigger | None:
    """A trigger by its id."""
    return _BY_ID.get(trigger_id)


def group(of: str) -> tuple[Trigger, ...]:
    """The triggers of a group, in the order of their buttons; none for what is no group."""
    return tuple(trigger for trigger in TRIGGERS if trigger.about.group == of)
