"""A journey: the clock and the numbers of another place until a day, then home again by itself."""

from datetime import date, datetime, time, timedelta

from babel.dates import format_date
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, days, feature, outbox
from bot.chat import Button, Lane, Message, Rows
from bot.clock import DAY
from bot.content import countries
from bot.due import each
from bot.feature import Goto, Reply, Turn
from bot.people import Person
from bot.welcome import card, place
from bot.welcome.model import Travel
from bot.welcome.place import known, now_in

PICKED = 14
"""Days that can be picked, counted from tomorrow."""
LONGEST = timedelta(days=366)
FOR_GOOD = "good"
SUNDAY = 6


async def pressed(turn: Turn) -> Reply | Goto:
    """`travel` asks where, `at` until when, `until` sets it, `home` ends it."""
    if turn.person.zone is None:
        return Goto("welcome:city")
    match turn.words:
        case ():
            return await _begun(turn)
        case ("at", country, zone) if known(country, zone):
            return Reply((_until(turn, country, zone),))
        case ("pick", country, zone) if known(country, zone):
            return Reply((_pick(turn, country, zone),))
        case ("until", country, zone, day) if known(country, zone):
            return await _set(turn, country, zone, day)
        case ("home",):
            return await _ended(turn)
    return place.pressed(turn) or Reply((place.ask(turn),))


async def answered(turn: Turn) -> Reply:
    """A city that was typed."""
    return place.typed(turn, getattr(turn.inbound, "text", "").strip())


async def forget(session: AsyncSession, person: Person) -> None:
    """The person has another home now, so there is none to go back to."""
    travel = await session.get(Travel, person.id)
    if travel is not None:
        await session.delete(travel)
        await session.flush()


async def away(session: AsyncSession, person: Person) -> bool:
    """Whether a journey lasts."""
    return await session.get(Travel, person.id) is not None


async def _over(session: AsyncSession, travel: Travel, person: Person, now: datetime) -> None:
    """Bring somebody home whose last day away is over, without a word: nobody asked for one."""
    # from when they were home, which may be hours ago if we slept, and with what is due at that very moment
    since = travel.ends_at - timedelta.resolution
    await _back(session, travel, person)
    await feature.moved(session.info["features"], session, person, since)
    await outbox.post(session, person, card.KIND, f"home {now:%Y-%m-%d}", lane=Lane.BULK, due_at=now)


DUE = each(Travel.ends_at, _over)


async def _begun(turn: Turn) -> Reply:
    travel = await turn.session.get(Travel, turn.person.id)
    if travel is None:
        return Reply((place.ask(turn),))
    t = turn.t
    rows = (
        (Button(t("travel-standing.home"), "travel:home"), Button(t("travel-standing.city"), "travel:city")),
        (Button(t("help-button"), "help"),),
    )
    text = t("travel-standing", day=_said(turn, travel.until), time=now_in(turn, turn.person.zone or "UTC"))
    return Reply((Message(text, rows, slot="travel"),))


def _until(turn: Turn, country: str, zone: str) -> Message:
    t = turn.t
    turn.person.awaits(None, turn.now)
    today = clock.day_of(turn.now, clock.zone(zone))
    sunday = today + ((SUNDAY - today.weekday()) % 7 or 7) * DAY
    name = str(format_date(sunday, t("weekday-pattern"), locale=t.language)).capitalize()
    rows: Rows = (
        (
            Button(t("travel-until.sunday", day=name), f"travel:until:{country}:{zone}:{sunday:%Y%m%d}"),
            Button(t("travel-until.pick"), f"travel:pick:{country}:{zone}"),
        ),
        (Button(t("travel-until.good"), f"travel:until:{country}:{zone}:{FOR_GOOD}"),),
        (Button(t("help-button"), "help"),),
    )
    return Message(t("travel-until", time=now_in(turn, zone)), rows, slot="travel")


def _pick(turn: Turn, country: str, zone: str) -> Message:
    t = turn.t
    today = clock.day_of(turn.now, clock.zone(zone))
    every = [today + ahead * DAY for ahead in range(1, PICKED + 1)]
    buttons = [Button(_said(turn, day), f"travel:until:{country}:{zone}:{day:%Y%m%d}") for day in every]
    rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    return Message(t("travel-pick"), (*rows, (Button(t("help-button"), "help"),)), slot="travel")


async def _set(turn: Turn, country: str, zone: str, day: str) -> Reply | Goto:
    person = turn.person
    until = None if day == FOR_GOOD else _day(day, turn.now, zone)
    if day != FOR_GOOD and until is None:
        return Reply((_until(turn, country, zone),))  # an old button, whose day is over
    if until is None:
        await forget(turn.session, person)
    else:
        travel = await turn.session.get(Travel, person.id)
        if travel is None:
            travel = Travel(person_id=person.id, zone=person.zone, country=person.country)
            turn.session.add(travel)
        travel.until = until
        travel.ends_at = clock.instant(until + DAY, time(), clock.zone(zone))
    person.zone, person.country = zone, country
    await turn.moved()
    return await _told(turn, until)


async def _told(turn: Turn, until: date | None) -> Reply:
    t = turn.t
    zone, country = turn.person.zone or "UTC", countries.name(turn.person.country or "", t.language)
    city, time = days.city(zone, t), now_in(turn, zone)
    if until is None:
        text = t("travel-set-for-good", city=city, time=time, country=country)
    else:
        text = t("travel-set", city=city, time=time, day=_said(turn, until), country=country)
    return Reply((await _coming(turn, text),))


async def _ended(turn: Turn) -> Reply | Goto:
    travel = await turn.session.get(Travel, turn.person.id)
    if travel is None:
        return Goto("home")
    await _back(turn.session, travel, turn.person)
    await turn.moved()
    text = turn.t("travel-home", time=now_in(turn, turn.person.zone or "UTC"))
    return Reply((await _coming(turn, text),))


async def _coming(turn: Turn, text: str) -> Message:
    """What was done, when the next note comes, and at what hour here the next thing elsewhere."""
    coming = await turn.upcoming()
    rows = ((Button(turn.t("lost.menu"), "home"), Button(turn.t("help-button"), "help")),)
    return Message("\n".join((text, *coming[:2])), rows, slot="travel")


async def _back(session: AsyncSession, travel: Travel, person: Person) -> None:
    person.zone, person.country = travel.zone, travel.country
    await session.delete(travel)
    await session.flush()


def _day(word: str, now: datetime, zone: str) -> date | None:
    """The day that a button names, if it still lies ahead, and not too far."""
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return None
    today = clock.day_of(now, clock.zone(zone))
    return day if today <= day <= today + LONGEST else None


def _said(turn: Turn, day: date) -> str:
    return str(format_date(day, turn.t("day-pattern"), locale=turn.t.language))
