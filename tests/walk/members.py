"""Members, by what they recover from, where they are with it, and what they have set."""

from datetime import date, time

from sqlalchemy import delete

from bot.checkins.model import Schedule
from bot.content.symptoms import SYMPTOMS
from bot.people import SUBSTANCES
from tests.walk.newcomers import is_member
from tests.walk.typed import OWN_WORDS
from tests.walk.walker import DAY, HOUR, Walk

SINCE = date(1987, 9, 27)
"""As long ago, and as long a month, as a date may be."""

YESTERDAY = date(2026, 3, 1)
"""Seen from the noon on which every walk begins."""


async def member(walk: Walk) -> None:
    await is_member(walk, "alcohol", "kratom_leaf", goal="stopped", since=SINCE)
    await walk.says("/start")


async def cutting_down(walk: Walk) -> None:
    await is_member(walk, "alcohol", goal="cutting")
    await walk.says("/checkin")


async def not_yet(walk: Walk) -> None:
    await is_member(walk, "opioids", goal="not_yet")
    await walk.presses("checkin:times")
    await walk.presses("checkin:times:used")
    await walk.says("/checkin")


async def on_medicine(walk: Walk) -> None:
    await is_member(walk, "opioids", "other", goal="medicine", scale="words")
    await walk.says("/checkin")


async def in_words_for_a_screen_reader(walk: Walk) -> None:
    await is_member(walk, goal="stopped", since=SINCE, scale="words", reader=True)
    await walk.says("/checkin")


async def answers(walk: Walk, mood: str, pull: str, used: str = "no") -> None:
    """A check-in from the first question to the last."""
    await walk.says("/checkin")
    for answer in (f"mood:{mood}", f"pull:{pull}", f"used:{used}"):
        await walk.taps(rf"checkin:\d+:{answer}")


async def answers_every_way(walk: Walk) -> None:
    """Five days of check-ins, each answered differently; then one of several things was used."""
    await is_member(walk, *SUBSTANCES, goal="stopped", since=SINCE, scale="words")
    for mood, pull in (("very_low", "9"), ("low", "5"), ("so_so", "2"), ("all_right", "0"), ("good", "7")):
        await answers(walk, mood, pull)
        await walk.passes(DAY)
    await answers(walk, "so_so", "2", used="yes")
    await walk.says("/next")


async def plans_every_day(walk: Walk) -> None:
    """Until every plan there is has been offered; then everything in a file."""
    await is_member(walk, goal="stopped")
    for _ in range(4):
        await answers(walk, "all_right", "1")
        await walk.passes(DAY)
    await walk.presses("data:files")


async def without_a_time(walk: Walk) -> None:
    """Whatever has become of it: everybody with a place is given one."""
    await is_member(walk, goal="stopped")
    async with walk.world.store.work() as session:
        await session.execute(delete(Schedule))
    await walk.says("/next")


async def far_away(walk: Walk) -> None:
    """The longest name of a country, no number for it, and no word of what or since when."""
    await is_member(walk, goal="stopped", zone="Atlantic/South_Georgia", country="GS")
    for words in ("/start", "/settings", "/next", "/helpnow", "/checkin"):
        await walk.says(words)
    await walk.taps(r"checkin:\d+:support")
    await walk.taps(r".*\btalk")
    await walk.presses("learn:care")
    await walk.says("/withdrawal")
    await walk.taps("withdrawal:about:nicotine")


async def wants_company(walk: Walk) -> None:
    """Where there are lines with hours, without, and without a name."""
    await is_member(walk, goal="stopped")
    await walk.says("/checkin")
    await walk.taps(r"checkin:\d+:support")
    await walk.taps(r".*\btalk")


async def in_the_first_days(walk: Walk) -> None:
    """Of everything there is to recover from."""
    await is_member(walk, *SUBSTANCES, goal="stopped", since=YESTERDAY)
    await walk.says("/withdrawal")
    await walk.taps("withdrawal:on")


async def past_the_first_days(walk: Walk) -> None:
    """Long enough that nobody tells of them any more."""
    await is_member(walk, "cannabis", goal="stopped", since=SINCE)
    await walk.says("/withdrawal")


async def notes_symptoms(walk: Walk) -> None:
    """Four days: everything a lot, a bit of each, nothing of it, words alone."""
    await is_member(walk, "alcohol", goal="stopped", since=YESTERDAY)
    for symptom in SYMPTOMS:
        await walk.presses(f"withdrawal:log:20260302:{symptom}:2")
    await walk.passes(DAY)
    for symptom, level in (("sleep", 1), ("aches", 2), ("legs", 0), ("low", 2)):
        await walk.presses(f"withdrawal:log:20260303:{symptom}:{level}")
    await walk.presses("withdrawal:log:20260303:done")
    await walk.passes(DAY)
    for symptom in ("legs", "sleep"):
        await walk.presses(f"withdrawal:log:20260304:{symptom}:0")
    await walk.presses("withdrawal:log:20260304:sleep:1")
    await walk.presses("withdrawal:log:20260304:done")
    await walk.presses("withdrawal:log:20260304:sleep:0")
    await walk.passes(DAY)
    await walk.presses("withdrawal:log:20260305:words")
    await walk.says(OWN_WORDS)
    await walk.presses("withdrawal:log:past")
    await walk.presses("withdrawal:log:20260303")
    await walk.presses("withdrawal:log")


async def notes_worse_symptoms(walk: Walk) -> None:
    """Stronger than on the day before; then everything in a file."""
    await is_member(walk, "opioids", goal="stopped", since=YESTERDAY)
    await walk.presses("withdrawal:log:20260302:sleep:1")
    await walk.passes(DAY)
    await walk.presses("withdrawal:log:20260303:sleep:2")
    await walk.presses("data:files")
    await walk.presses("withdrawal:log:20260303:done")

    await walk.presses("withdrawal:log:20260303:done")


async def slipped(walk: Walk) -> None:
    """With several things, a date of their own, and a day of their own for each number that is said."""
    await is_member(walk, "alcohol", "opioids", "other", goal="stopped", since=date(2025, 12, 1))
    await _notes_a_slip(walk)
    await walk.passes(10 * DAY)
    await walk.says("/slip")


async def slipped_after_a_day(walk: Walk) -> None:
    await is_member(walk, "kratom_leaf", goal="stopped", since=date(2026, 3, 1))
    await _notes_a_slip(walk)
    await walk.passes(25 * HOUR)
    await walk.presses("slips:1:undo")


async def slipped_and_counts_it(walk: Walk) -> None:
    await is_member(walk, "kratom_leaf", goal="stopped", since=date(2026, 1, 21))
    await _notes_a_slip(walk)
    await walk.taps("slips:1:count")
    await walk.taps("slips:1:undo")


async def slipped_with_everything(walk: Walk) -> None:
    """Asked which of all there is, and what is kept of it in a file."""
    await is_member(walk, *SUBSTANCES, goal="stopped", since=date(2026, 1, 21))
    await _notes_a_slip(walk)
    await walk.presses("data:files")
    await walk.says("/checkin")
    await walk.taps("checkin:1:mood:so_so")
    await walk.taps("checkin:1:pull:3")
    await walk.taps("checkin:1:used:yes")


async def slipped_cutting_down(walk: Walk) -> None:
    await is_member(walk, "alcohol", goal="cutting")
    await _notes_a_slip(walk)
    await walk.presses("slips:1:steps")
    await walk.presses("checkin:closer:3")
    await walk.says("/next")


async def slipped_not_yet(walk: Walk) -> None:
    await is_member(walk, goal="not_yet")
    await _notes_a_slip(walk)
    await walk.presses("checkin:closer:1")


async def slipped_on_medicine(walk: Walk) -> None:
    await is_member(walk, "opioids", goal="medicine")
    await _notes_a_slip(walk)
    await walk.taps("slips:1:undo")


async def _notes_a_slip(walk: Walk) -> None:
    await walk.says("/slip")
    await walk.taps("slips:on")
    await walk.presses("slips:1:when:days")
    await walk.presses("slips:1:note")


async def paused(walk: Walk) -> None:
    await is_member(walk, goal="stopped")
    await walk.presses("checkin:pause:week")
    await walk.says("/next")


async def paused_until_they_write(walk: Walk) -> None:
    await is_member(walk, goal="stopped")
    await walk.presses("checkin:pause")
    await walk.taps("checkin:pause:write")


async def travelling(walk: Walk) -> None:
    await is_member(walk, goal="stopped")
    await walk.presses("travel:at:AR:America/Argentina/Buenos_Aires")
    await walk.taps(r"travel:until:.*:\d+")
    await walk.says("/travel")
    await walk.says("/next")


async def home_from_a_journey(walk: Walk) -> None:
    await travelling(walk)
    await walk.passes(15 * DAY)


async def nothing_to_undo(walk: Walk) -> None:
    await is_member(walk)
    await walk.says("/undo")


async def less_and_more(walk: Walk) -> None:
    """Fewer and fewer, until there is only a pause; then more and more."""
    await is_member(walk, goal="stopped", quiet_from=time(22), quiet_to=time(22))
    for _ in range(3):
        await walk.presses("next:fewer")
    await walk.passes(DAY)
    await walk.says("/menu")
    for _ in range(6):
        await walk.presses("next:more")
