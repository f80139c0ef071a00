"""One meeting: when, where, what kind; and what can be done about it. Its buttons name its row."""

from bot import clock, days
from bot.chat import COPY_LIMIT, Button, Message, Rows
from bot.feature import LOST, Goto, Reply, Turn
from bot.meetings import following, planning, rows, wording
from bot.meetings.model import Follow, Meeting


async def pressed(turn: Turn) -> Reply | Goto:
    """`meeting:<id>` shows it; `join` and `where` how one gets there; the rest is about following."""
    meeting = await rows.meeting(turn.session, turn.person, turn.words[0]) if turn.words else None
    if meeting is None:
        return Goto(LOST)
    match turn.words[1:]:
        # needs no place: it is offered in a hard moment
        case ("join",):
            return Reply((how_to_join(turn, meeting, slot(meeting), back=f"{slot(meeting)}:show"),))
        case ("where",):
            return Reply((how_to_get_there(turn, meeting, slot(meeting), back=f"{slot(meeting)}:show"),))
    if turn.person.zone is None:
        return Goto("welcome:city")
    match turn.words[1:]:
        case () | ("show",):
            return Reply((await shown(turn, meeting),))
        case ("follow",):
            return await _begun(turn, meeting)
    changed = await following.pressed(turn, meeting)
    return changed or Reply((await shown(turn, meeting),))


def slot(meeting: Meeting) -> str:
    """The place on the screen that it takes."""
    return f"meeting:{meeting.id}"


async def shown(turn: Turn, meeting: Meeting, above: str = "") -> Message:
    """The page."""
    t, person = turn.t, turn.person
    follow = await rows.follow_of(turn.session, person, meeting)
    lines = [
        above,
        wording.name(meeting, 120),
        await _when(turn, meeting, follow),
        wording.capital(" · ".join(part for part in (_where(turn, meeting), meeting.program) if part)),
        wording.capital(wording.tags(meeting, t)),
        wording.cut(meeting.notes, wording.NOTES_MOST),
        following.said(follow, meeting, turn) if follow else "",
        await doubt(turn, meeting),
    ]
    text = "\n".join(line for line in lines if line)
    return Message(text, _rows(turn, meeting, follow), slot=slot(meeting), sensitive=True)


async def doubt(turn: Turn, meeting: Meeting) -> str:
    """That nobody confirms it any more, where that is so; else empty."""
    since = await rows.doubted_since(turn.session, meeting, turn.now)
    if since is None:
        return ""
    day = days.said(clock.day_of(since, clock.zone(turn.person.zone or "UTC")), turn.t)
    if meeting.page or meeting.link:
        return turn.t("meeting-doubt-link", day=day, link=meeting.page or meeting.link)
    return turn.t("meeting-doubt", day=day)


def how_to_join(turn: Turn, meeting: Meeting, slot: str, *, back: str) -> Message:
    """The link and what one needs with it, as it was listed."""
    t, link = turn.t, wording.link(meeting)
    parts = [link, wording.cut(meeting.link_notes, wording.NOTES_MOST)]
    if meeting.phone:
        parts.append(t("meeting-phone", number=wording.cut(meeting.phone, 100)))
    known = [part for part in parts if part] or [t("meeting-no-link")]
    copy = ((Button(t("meeting-copy.link"), copy=link),),) if 0 < len(link) <= COPY_LIMIT else ()
    last = (Button(t("meeting-back"), back), Button(t("help-button"), "help"))
    return Message("\n".join((t("meeting-join"), *known)), (*copy, last), slot=slot, sensitive=True)


def how_to_get_there(turn: Turn, meeting: Meeting, slot: str, *, back: str) -> Message:
    """Where one goes."""
    t, place = turn.t, wording.place(meeting)
    lines = [place or t("meeting-no-place"), t("meeting-rough") if place and meeting.rough else ""]
    copy = ((Button(t("meeting-copy.place"), copy=place),),) if 0 < len(place) <= COPY_LIMIT else ()
    last = (Button(t("meeting-back"), back), Button(t("help-button"), "help"))
    return Message("\n".join(line for line in lines if line), (*copy, last), slot=slot, sensitive=True)


async def _when(turn: Turn, meeting: Meeting, follow: Follow | None) -> str:
    """How often, the next time on both clocks, and whether a change of clocks moves that."""
    t, rule = turn.t, meeting.rule()
    if meeting.gone_at is not None:
        return t("meeting-gone")
    if meeting.closed:
        return t("meeting-closed")
    if rule is None:
        return t("meeting-no-reminder", when=wording.capital(wording.untimed(meeting, t)))
    follow = follow or Follow(skips="[]")
    coming = next(iter(planning.wanted(follow, meeting, turn.now)), None)
    if coming is None:
        return t("meeting-over", often=wording.how_often(rule, t))
    if rule.once:
        return t("meeting-once", when=wording.when(coming.start, rule.zone, turn.person, turn.now, t))
    mine = clock.zone(turn.person.zone or rule.zone)
    moved = planning.shift(rule, coming.start, mine)
    away = wording.apart(coming.start, clock.zone(rule.zone), mine)
    when = f"{wording.day(coming.start, turn.person, turn.now, t)} {wording.mine(coming.start, mine, t, away=away)}"
    line = t("meeting-next", often=wording.how_often(rule, t, away=away), when=when)
    return f"{line} {wording.moved(moved, t)}" if moved else line


def _where(turn: Turn, meeting: Meeting) -> str:
    if meeting.person_id is not None:
        return wording.place(meeting) or (turn.t("meeting-venue.online") if wording.link(meeting) else "")
    place = wording.place(meeting)
    return wording.where(meeting, turn.t) if not place or meeting.venue == "online" else wording.cut(place, 120)


def _rows(turn: Turn, meeting: Meeting, follow: Follow | None) -> Rows:
    t, slot_ = turn.t, slot(meeting)
    ways = [Button(t("meeting-page.join"), f"{slot_}:join")] if wording.link(meeting) or meeting.phone else []
    ways += [Button(t("meeting-page.where"), f"{slot_}:where")] if wording.place(meeting) else []
    if follow:
        about = following.buttons(turn, meeting, follow)
    else:
        about = [Button(t("meeting-page.follow"), f"{slot_}:follow")] if meeting.next_start else []
    if meeting.person_id is not None:
        about.append(Button(t("meeting-page.change"), f"own:{meeting.id}:change"))
    buttons = [*ways, *about]
    by_two = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    return (*by_two, (Button(t("help-button"), "help"),))


async def _begun(turn: Turn, meeting: Meeting) -> Reply | Goto:
    if planning.held(meeting) is None or meeting.next_start is None:
        return Reply((await shown(turn, meeting),))
    follow = await rows.begin(turn.session, turn.person, meeting, turn.now)
    if follow is None:
        return Reply((await shown(turn, meeting, turn.t("meeting-enough")),))
    planning.plan(follow, meeting, turn.person, turn.now)
    return Reply((await shown(turn, meeting),))
