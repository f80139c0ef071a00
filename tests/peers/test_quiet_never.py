"""Whatever happens, in whatever order: a quiet note only ever goes under everything that it needs."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.chat import Message, Refused
from bot.clock import DAY
from tests.figures import Record, tell
from tests.peers.stage import Stage, long_arranged, stage
from tests.phone import Bubble, Someone

HOUR = timedelta(hours=1)
WARNING = "something that you arranged goes out"
ASKED = "How are you right now?"
LOCK = "A note that Ana arranged."

ENDS = {
    "she blocks": "",
    "she pauses": "checkin:pause:week",
    "she travels": "travel:until:GR:Europe/Athens:20260330",
    "she takes it back": "quiet:1:off",
    "she mutes": "people:mute:1",
    "she removes": "people:removed:1",
    "Ben stops it": "note:stop",
    "Ben steps back": "peer:back:yes",
}
"""What ends it for the rest of a story, and the press that does it."""

WORDS = {"a word": "next", "she declines": "quiet:stop"}
TROUBLE = ("sleeps 40 minutes", "sleeps 9 hours", "is killed", "loses a check-in", "loses a warning", "steps back")

BRANCHES = (9, 24 + 10, 48 + 6.4)
"""Hours after her last word, at noon, at which something happens: asked once; asked twice and warned; nearly time."""

PAIRS = 4
"""Stories a branch in which two things happen; in all others it is one, or none."""

REST = 4 * DAY
"""How long after her last word a story ends: time for a note, or for a new warning and a wrong one."""


@dataclass
class Story:
    """What a bystander notes down: the model that the program is held against."""

    on: Stage
    words: list[datetime] = field(default_factory=list)
    troubles: list[datetime] = field(default_factory=list)
    ended_at: datetime | None = None
    loses: str = ""

    def now(self) -> datetime:
        return self.on.world.clock.now()

    def press(self, who: Someone, press: str) -> None:
        self.on.do(self.on.world.arrive(who.forged(press)))

    def happens(self, what: str) -> None:
        """One thing after the other."""
        if what in WORDS:
            self.words.append(self.now())
            self.press(self.on.ana, WORDS[what])
        elif what in ENDS:
            self.ended_at = self.ended_at or self.now()
            if what == "she blocks":
                self.on.do(self.on.ana.blocks())
            else:
                self.press(self.on.peers["Ben"] if what.startswith("Ben") else self.on.ana, ENDS[what])
        else:
            self.goes_wrong(what)

    def goes_wrong(self, what: str) -> None:
        match what:
            case "sleeps 40 minutes":
                # an hour's look may fall before or behind it, and then it is as if it had not been
                self.on.do(self.on.world.sleeps(timedelta(minutes=40)))
            case "sleeps 9 hours":
                self.on.do(self.on.world.sleeps(9 * HOUR))
                self.troubles.append(self.now())
            case "is killed":
                self.on.world.begin()
            case "steps back":
                self.on.world.clock.at -= HOUR
            case _:
                self.loses = ASKED if what == "loses a check-in" else WARNING

    async def post(self, address: str, message: Message) -> None:
        """The platform refuses one message."""
        if self.loses and address == self.on.ana.address and self.loses in message.text:
            if self.loses == ASKED:
                self.troubles.append(self.now())
            self.loses = ""
            raise Refused

    def arrived(self, who: Someone, words: str) -> list[Bubble]:
        """What reached somebody, as it first stood."""
        found = [(bubble, (*bubble.earlier, bubble.message)[0]) for bubble in who.screen.bubbles]
        return [bubble for bubble, first in found if words in first.text]


def holds(story: Story, note: datetime) -> None:
    """Both consents, two days and more of check-ins that arrived and stand unanswered, and a warning a day old."""
    assert story.ended_at is None or note <= story.ended_at, "it had been ended"
    word = max(one for one in story.words if one <= note)
    warned = [bubble.at for bubble in story.arrived(story.on.ana, WARNING) if word < bubble.at <= note - DAY]
    assert warned, "no warning has stood for a day"
    whole_since = max([word, *(one for one in story.troubles if one < note)])
    assert whole_since < warned[-1], "we were not there all that day"
    asked = [bubble.at for bubble in story.arrived(story.on.ana, ASKED) if whole_since < bubble.at <= note]
    assert note - min(asked) >= 2 * DAY, "too short a silence"
    assert len({one.date() for one in asked}) >= 2, "asked too seldom"


@pytest.mark.slow
def test_a_note_goes_under_two_consents_two_silent_days_and_a_warning_that_stood(
    sqlite_url: str, tmp_path: Path, figures: Record
) -> None:
    chance, seen, went = Random(6), Counter[str](), 0
    everything = (*WORDS, *TROUBLE, *ENDS)
    with stage(sqlite_url, tmp_path) as on:
        on.do(long_arranged(on))
        began = on.world.clock.now()
        for hours in BRANCHES:
            on.do(on.world.go_to(began + hours * HOUR))
            on.keep()
            pairs = [tuple(chance.sample(everything, 2)) for _ in range(PAIRS)]
            for what in ((), *((one,) for one in everything), *pairs):
                on.again()
                story = Story(on, [began])
                on.world.phones.before = story.post
                tell(f"{hours:.0f} hours: {what}")
                for one in what:
                    story.happens(one)
                seen.update(what)
                on.do(on.world.go_to(began + REST))
                notes = story.arrived(on.peers["Ben"], LOCK)
                for note in notes:
                    holds(story, note.at)
                assert len(notes) <= 1, "one is enough for one silence"
                assert not story.arrived(on.peers["Dee"], LOCK), "nobody asked Dee"
                went += len(notes)
                assert notes or what, "a silence of its own, and nobody was told"
            on.again()
            on.world.phones.before = on.world.phones.after
    figures(f"quiet notes: {went} went, in {sum(seen.values())} things that happened: {dict(seen)}")
