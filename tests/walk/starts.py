"""Where the walks begin: people in every situation that the bot tells apart, each with the longest words they may have.

Who comes first walks everything. Whoever comes later walks anew what their situation changes (`about`), and elsewhere
only what nobody has tried yet.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.house import House
from tests.scenes.members import become
from tests.walk.typed import LONG_NAME, OWN_WORDS
from tests.walk.walker import Walk

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SINCE = date(1987, 9, 27)
"""As long ago, and as long a month, as a date may be."""

COMMANDS = ("*",)
"""Type every command."""

Arrange = Callable[[Walk], Awaitable[None]]


@dataclass(frozen=True)
class Start:
    """A situation: how somebody came into it, and what of it is walked. `commands` are typed there."""

    arrange: Arrange
    about: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    operator: bool = True
    closed: bool = False

    @property
    def name(self) -> str:
        """What it is called, in a trail."""
        return self.arrange.__name__


async def agrees(walk: Walk) -> None:
    await walk.says("/start")
    await walk.presses("welcome:agree")


async def is_member(walk: Walk, *substances: str, **fields: object) -> None:
    """Through the set-up the quick way, in Lisbon; then whatever else the set-up could have written."""
    await agrees(walk)
    await walk.presses("welcome:rest")
    await walk.says("Lisbon")
    await walk.presses("welcome:at:PT:Europe/Lisbon")
    await become(walk.world, walk.person, substances=substances, **({"name": LONG_NAME} | fields))


async def stranger(walk: Walk) -> None:
    await walk.says("/start")


async def stranger_of_nobody(walk: Walk) -> None:
    await walk.says("/start")


async def at_the_door(walk: Walk) -> None:
    await walk.says("/start")


async def half_way(walk: Walk) -> None:
    await agrees(walk)


async def stopped_drinking_today(walk: Walk) -> None:
    await agrees(walk)
    await walk.presses("welcome:what:alcohol")
    await walk.presses("welcome:done:what")
    await walk.presses("welcome:goal:stopped")


async def stopped_kratom_some_days_ago(walk: Walk) -> None:
    await agrees(walk)
    await walk.presses("welcome:what:kratom_extract")
    await walk.presses("welcome:done:what")
    await walk.presses("welcome:goal:stopped")


async def says_only_what(walk: Walk) -> None:
    await agrees(walk)
    await walk.presses("welcome:what:other")
    await walk.says(OWN_WORDS)
    await walk.presses("welcome:done:what")


async def without_a_place(walk: Walk) -> None:
    await agrees(walk)
    await walk.presses("welcome:rest")
    await walk.presses("welcome:skip:city")


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


async def answers_every_way(walk: Walk) -> None:
    """A week of check-ins, each answered differently, with one of several things used."""
    every = ("kratom_leaf", "kratom_extract", "alcohol", "opioids", "benzodiazepines")
    await is_member(walk, *every, "other", goal="stopped", since=SINCE, scale="words")
    for mood in ("very_low", "low", "so_so", "all_right", "good"):
        for pull in ("0", "2", "5", "7", "9"):
            await walk.says("/checkin")
            await walk.taps(rf"checkin:\d+:mood:{mood}")
            await walk.taps(rf"checkin:\d+:(pull:{pull}|scale:n)")
            if mood == "very_low":
                await walk.taps(r"checkin:\d+:used:no")
                await walk.passes(DAY)
            else:
                break
        else:
            continue
        await walk.taps(rf"checkin:\d+:used:{'yes' if mood == 'low' else 'no'}")
        await walk.passes(DAY)


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


async def asked_all_day(walk: Walk) -> None:
    """Three times a day, and a fourth at night from another rhythm: every note there is, discreet and not."""
    await is_member(walk, goal="stopped", discreet=True)
    for press in ("add:09.00", "add:13.00", "quiet:3", "set:0:23.30"):
        await walk.presses(f"checkin:times:{press}")
    await walk.passes(DAY)
    await walk.presses("checkin:times:set:0:19.00")
    await walk.passes(DAY)
    await walk.presses("checkin:times:days")
    await walk.presses("checkin:times:day:2")
    await walk.says("/next")


async def asked_all_day_not_discreetly(walk: Walk) -> None:
    await is_member(walk, goal="stopped", discreet=False)
    for press in ("add:09.00", "add:13.00", "quiet:3", "set:0:23.30"):
        await walk.presses(f"checkin:times:{press}")
    await walk.passes(DAY)
    await walk.presses("checkin:times:set:0:19.00")
    await walk.passes(DAY)


async def woken_late(walk: Walk) -> None:
    """The machine slept through the hour of the note."""
    await is_member(walk, goal="stopped")
    await walk.world.go_to(walk.world.clock.now().replace(hour=18, minute=59))
    walk.world.clock.at += 2 * HOUR
    await walk.passes(timedelta(minutes=1))


async def put_off(walk: Walk) -> None:
    await is_member(walk, goal="stopped")
    await walk.says("/checkin")
    await walk.taps(r"checkin:\d+:later")
    await walk.taps(r"checkin:\d+:later:30")
    await walk.says("/next")


async def silent_for_three_days(walk: Walk) -> None:
    await is_member(walk, goal="stopped")
    await walk.passes(5 * DAY)


async def silent_for_weeks(walk: Walk) -> None:
    await is_member(walk, goal="stopped", since=SINCE)
    await walk.passes(31 * DAY)


async def silent_not_discreetly(walk: Walk) -> None:
    await is_member(walk, goal="stopped", discreet=False)
    await walk.passes(31 * DAY)


async def back_after_weeks(walk: Walk) -> None:
    """Answered once, then nothing for a fortnight."""
    await is_member(walk, goal="stopped", since=SINCE)
    await walk.says("/checkin")
    await walk.taps(r"checkin:\d+:mood:all_right")
    await walk.taps(r"checkin:\d+:pull:2")
    await walk.taps(r"checkin:\d+:used:no")
    await walk.passes(15 * DAY)
    await walk.says("/checkin")


async def leaving_tomorrow(walk: Walk) -> None:
    await is_member(walk, "other", goal="stopped", since=SINCE)
    await walk.says("/checkin")
    await walk.taps(r"checkin:\d+:mood:low")
    await walk.presses("erase:tomorrow")
    await walk.presses("travel:until:AR:America/Argentina/Buenos_Aires:20260310")
    await walk.presses("erase:data")
    await walk.passes(21 * HOUR)
    await walk.says("/forget")


async def erased_a_day_later(walk: Walk) -> None:
    await is_member(walk, goal="stopped")
    await walk.presses("erase:tomorrow")
    await walk.passes(25 * HOUR)


async def tidied_by_itself(walk: Walk) -> None:
    await is_member(walk, goal="stopped", tidy_hours=24)
    await walk.says("/settings")
    await walk.passes(2 * DAY)
    await walk.says("/hide")


async def tidied_after_days(walk: Walk) -> None:
    """What is too old to delete is blanked."""
    await is_member(walk, goal="stopped")
    await walk.says("/settings")
    await walk.passes(3 * DAY)
    await walk.says("/hide")
    await walk.passes(HOUR)


async def forgotten_for_months(walk: Walk) -> None:
    """Where the operator has set how long somebody is kept."""
    await is_member(walk, goal="stopped")
    house = House(walk.world.store, walk.world.clock, keep=100 * DAY)
    await walk.world.sleeps(68 * DAY)
    for _ in range(4):
        await walk.world.wait(DAY)
        await house.tidy()
    await walk.passes(DAY)


async def moves(walk: Walk) -> None:
    """From this phone to another, and the other way where somebody is already."""
    await is_member(walk, goal="stopped")
    await walk.says("/move")
    await walk.taps("move:code")
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", walk.person.sees)
    assert code
    other = walk.world.someone("another phone", walk.person.language)
    await walk.says("/move ABCD-2345")
    await walk.sends("/move on another phone", other.typed("/move"))
    await walk.sends("a code there", other.typed(code[0]))


async def late(walk: Walk) -> None:
    """Words that reached us half an hour after they were written: a lock stands there, and opens."""
    await is_member(walk, goal="stopped")
    for words, by in (("/settings", 30), ("/checkin", 1.2), ("/trigger", 30), ("/helpnow", 30)):
        update = walk.person.typed(words)
        walk.world.clock.at += timedelta(minutes=by)
        await walk.sends(f"{words} {by} minutes ago", update)


async def late_stranger(walk: Walk) -> None:
    for words in ("/trigger", "/start"):
        update = walk.person.typed(words)
        walk.world.clock.at += HOUR
        await walk.sends(f"{words} an hour ago", update)


async def odd_things(walk: Walk) -> None:
    """A sticker, a place out of nowhere, words nobody knows, too much at once."""
    await is_member(walk, goal="stopped")
    await walk.sends("a sticker", walk.person.pasted())
    await walk.sends("a place at sea", walk.person.located(-48.87, -123.39))
    await walk.says("qwzxkj!")
    await walk.says("/cancel")
    await walk.sends("a flood", *(walk.person.typed(f"nonsense {number}") for number in range(25)))
    await walk.passes(timedelta(minutes=2))


async def nothing_to_undo(walk: Walk) -> None:
    await is_member(walk)
    await walk.says("/undo")


async def on_a_day_of_quiet_weeks(walk: Walk) -> None:
    """Fewer and fewer, until there is only a pause; then more and more."""
    await is_member(walk, goal="stopped", quiet_from=time(22), quiet_to=time(22))
    for press in ("next:fewer", "next:fewer", "next:fewer", "next:more", "next:more", "next:more", "next:more"):
        await walk.presses(press)
    await walk.presses("next:more")


STARTS = (
    Start(stranger, ("welcome", "remember"), COMMANDS),
    Start(member, (), COMMANDS),
    Start(stranger_of_nobody, operator=False),
    Start(at_the_door, ("door", "move"), COMMANDS, closed=True),
    Start(half_way, ("welcome",)),
    Start(stopped_drinking_today, ("welcome",)),
    Start(stopped_kratom_some_days_ago, ("welcome",)),
    Start(says_only_what, ("welcome",)),
    Start(without_a_place, ("home", "next"), ("/start", "/next", "/checkin", "/travel", "/yesterday")),
    Start(cutting_down, ("checkin:#",)),
    Start(not_yet, ("checkin:#",)),
    Start(on_medicine, ("checkin:#",)),
    Start(in_words_for_a_screen_reader),
    Start(answers_every_way),
    Start(paused, ("next",)),
    Start(paused_until_they_write, ("next",), ("/next",)),
    Start(travelling, ("travel",)),
    Start(home_from_a_journey),
    Start(asked_all_day),
    Start(asked_all_day_not_discreetly),
    Start(woken_late),
    Start(put_off),
    Start(silent_for_three_days),
    Start(silent_for_weeks),
    Start(silent_not_discreetly),
    Start(back_after_weeks),
    Start(leaving_tomorrow, ("erase",)),
    Start(erased_a_day_later),
    Start(tidied_by_itself),
    Start(tidied_after_days),
    Start(forgotten_for_months),
    Start(moves),
    Start(late, ("late",)),
    Start(late_stranger, ("late", "hard")),
    Start(odd_things),
    Start(nothing_to_undo),
    Start(on_a_day_of_quiet_weeks),
)
