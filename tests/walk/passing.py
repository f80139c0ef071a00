"""Time that goes by: what arrives by itself, and who comes back to it."""

from datetime import timedelta

from sqlalchemy import select

from bot import outbox, people
from bot.chat import Lane
from bot.checkins.silence import QUIET_KIND
from bot.house import House
from bot.outbox import Notification, Outcome
from tests.walk.members import SINCE, answers
from tests.walk.newcomers import is_member
from tests.walk.walker import DAY, HOUR, Walk


async def asked_all_day(walk: Walk) -> None:
    """Three times a day, and a fourth at night from another rhythm: every note there is, discreet and not."""
    await is_member(walk, goal="stopped", discreet=True)
    for press in ("add:09.00", "add:13.00", "quiet:3", "set:0:23.30"):
        await walk.presses(f"checkin:times:{press}")
    await walk.passes(DAY)
    await walk.says("/next")
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
    await walk.says("/settings")


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


async def held_back_the_day_before(walk: Walk) -> None:
    """A day that was full: what it had no room for comes as a line under the next note. No press fills a day yet."""
    await is_member(walk, goal="stopped")
    now = walk.world.clock.now()
    async with walk.world.store.work() as session:
        person, _ = await people.lock(session, walk.person.address)
        assert person
        await outbox.post(session, person, QUIET_KIND, "of a full day", lane=Lane.BULK, due_at=now + HOUR, about=3)
        row = (await session.scalars(select(Notification).where(Notification.kind == QUIET_KIND))).one()
        row.outcome, row.settled_at, row.unasked = Outcome.HELD_BACK, now, True
    await walk.passes(8 * HOUR)


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
    await answers(walk, "all_right", "2")
    await walk.passes(15 * DAY)
    await answers(walk, "all_right", "2")


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
        await walk.passes(DAY)
        await house.tidy()
    await walk.taps("unused:.*")
