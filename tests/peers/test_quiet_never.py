"""Whatever happens, in whatever order: a quiet note only ever goes under everything that it needs."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from bot.chat import Message, Refused
from bot.clock import DAY
from bot.peers.quiet import LATE
from tests.figures import Record, tell
from tests.peers.stage import Stage, long_arranged, stage
from tests.phone import Bubble, Someone

HOUR = timedelta(hours=1)
WARNING = "something that you arranged goes out"
ASKED = "How are you right now?"
LOCK = "A note that Ana arranged."
STORIES = 24

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

HOURS = (20, 23, 24, 24, 25)


def a_story(chance: Random, number: int) -> list[object]:
    """Mostly she is silent, or nothing would ever be due: something happens on some days, and in its turn each end."""
    what: list[object] = [chance.choice(HOURS) for _ in range(5)]
    for happening in chance.sample((*WORDS, *TROUBLE), number % 3):
        what.insert(chance.randrange(5), happening)
    if number % 2:
        what.insert(chance.randrange(1, 5), tuple(ENDS)[number // 2 % len(ENDS)])
    return what


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

    def happens(self, what: object) -> None:
        """One thing after the other."""
        if isinstance(what, int):
            self.on.do(self.on.world.wait(what * HOUR))
        elif what in WORDS:
            self.words.append(self.now())
            self.press(self.on.ana, WORDS[str(what)])
        elif what in ENDS:
            self.ended_at = self.ended_at or self.now()
            if what == "she blocks":
                self.on.do(self.on.ana.blocks())
            else:
                self.press(self.on.peers["Ben"] if str(what).startswith("Ben") else self.on.ana, ENDS[str(what)])
        else:
            self.goes_wrong(str(what))

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
            self.loses = ""
            self.troubles.append(self.now())
            raise Refused

    def arrived(self, who: Someone, words: str) -> list[Bubble]:
        """What reached somebody, as it first stood."""
        found = [(bubble, (*bubble.earlier, bubble.message)[0]) for bubble in who.screen.bubbles]
        return [bubble for bubble, first in found if words in first.text]


def holds(story: Story, note: datetime) -> None:
    """Both consents, two days and more of check-ins that arrived and stand unanswered, and a warning a day old."""
    since = max([one for one in story.words if one <= note], default=datetime.min.replace(tzinfo=note.tzinfo))
    assert story.ended_at is None or note < story.ended_at, "it had been ended"
    warned = [bubble.at for bubble in story.arrived(story.on.ana, WARNING) if since < bubble.at <= note - DAY]
    assert warned, "no warning has stood for a day"
    assert not [one for one in story.troubles if warned[-1] < one < note], "we were not there all that day"
    asked = [bubble.at for bubble in story.arrived(story.on.ana, ASKED) if since < bubble.at <= note]
    assert note - min(asked) >= 2 * DAY
    assert len({one.date() for one in asked}) >= 2
    behind = [one for one in story.troubles if one < warned[-1]]
    assert not behind or note - behind[-1] >= 2 * DAY - LATE, "what came after the trouble is too short"


def test_a_note_goes_under_two_consents_two_silent_days_and_a_warning_that_stood(
    sqlite_url: str, tmp_path: Path, figures: Record
) -> None:
    chance, seen = Random(6), Counter[str]()
    with stage(sqlite_url, tmp_path) as on:
        on.do(long_arranged(on))
        on.keep()

        for number in range(STORIES):
            on.again()
            story = Story(on, [on.world.clock.now()])
            on.world.phones.before = story.post
            what = a_story(chance, number)
            tell(f"story {number}: {what}")
            for one in what:
                story.happens(one)
                seen[str(one) if not isinstance(one, int) else "days"] += 1
            notes = story.arrived(on.peers["Ben"], LOCK)
            for note in notes:
                holds(story, note.at)
            assert len(notes) <= len(story.words), "one is enough for one silence"
            assert not story.arrived(on.peers["Dee"], LOCK), "nobody asked Dee"
            seen["notes"] += len(notes)
            seen["warnings"] += len(story.arrived(on.ana, WARNING))
    figures(f"quiet notes: {STORIES} stories: {dict(seen)}")
    never = [one for one in ("notes", "warnings", *WORDS, *TROUBLE, *ENDS) if not seen[one]]
    assert not never, "what never happened was not tested"
