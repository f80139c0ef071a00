"""Twelve mistakes that somebody could make here one day, each with the test that must not let it pass."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock, inbox, outbox
from bot.app import App
from bot.bucket import RATE
from bot.chat import Lane, TooFast
from bot.checkins import due, model
from bot.checkins.model import Checkin
from bot.delivery import Delivery
from bot.flight import Flight, Result
from bot.inbox import Answer, Update
from bot.notifications import Notifications
from bot.outbox import Notification, Outcome

Patch = pytest.MonkeyPatch


def commit_after_send(patch: Patch) -> None:
    """That it is on its way is written down only when it has arrived."""
    settled = Notifications._settle

    def take_off(notification: Notification, now: datetime) -> None:
        notification.next_at = now + outbox.LEASE

    async def settle(self: Notifications, session: AsyncSession, person_id: int, number: int, *rest: Any) -> None:
        row = await session.get(Notification, number)
        if row:
            row.outcome = Outcome.SENDING
        await settled(self, session, person_id, number, *rest)

    patch.setattr(outbox, "take_off", take_off)
    patch.setattr(Notifications, "_settle", settle)


def no_lease_reclaim(patch: Patch) -> None:
    """What was on its way when the program ended is never looked at again."""

    async def recover(session: AsyncSession, before: datetime, now: datetime) -> None: ...

    patch.setattr(outbox, "recover", recover)


def no_unique_key(patch: Patch) -> None:
    """Nothing tells that an occurrence was promised before."""
    promise = outbox.promise

    def promised(person: Any, kind: str, occurrence: str, **more: Any) -> outbox.Promise:
        return promise(person, kind, f"{occurrence}/{secrets.token_hex(4)}", **more)

    patch.setattr(outbox, "promise", promised)


def confirm_before_write(patch: Patch) -> None:
    """The platform is told that an update has arrived, and then it is written."""
    arrive = App.arrive

    async def arrived(self: App, raws: Sequence[Any]) -> None:
        self.arrivals._run_aside(arrive(self, raws))

    patch.setattr(App, "arrive", arrived)


def wrong_fold(patch: Patch) -> None:
    """Of an hour that comes twice, the second."""
    instant = clock.instant

    def folded(day: date, at: time, place: ZoneInfo) -> datetime:
        second = datetime.combine(day, at.replace(fold=1), place).astimezone(UTC)
        return max(instant(day, at, place), second)  # in a gap it is the earlier that fold=1 gives

    patch.setattr(clock, "instant", folded)


def missing_owner(patch: Patch) -> None:
    """A row is found by its number alone."""

    async def anybodys(session: AsyncSession, person: Any, checkin_id: int | None) -> Checkin | None:
        return (await session.scalars(select(Checkin).where(Checkin.id == checkin_id))).one_or_none()

    patch.setattr(model, "theirs", anybodys)


def late_crisis_dropped(patch: Patch) -> None:
    """Help is no longer of use after an hour."""
    post = outbox.post

    async def posted(session: AsyncSession, person: Any, kind: str, occurrence: str, **more: Any) -> bool:
        if more["lane"] is Lane.CRISIS:
            more["send_before"] = more["due_at"] + timedelta(hours=1)
        return await post(session, person, kind, occurrence, **more)

    patch.setattr(outbox, "post", posted)


def shared_bucket(patch: Patch) -> None:
    """A chat that is told to wait takes everybody's tokens with it for as long."""
    heed = Delivery._heed

    def heeded(self: Delivery, flight: Flight, result: Result) -> None:
        heed(self, flight, result)
        if isinstance(result, TooFast):
            self.bucket.level -= result.retry_after.total_seconds() * RATE

    patch.setattr(Delivery, "_heed", heeded)


def reply_not_stored(patch: Patch) -> None:
    """An answer is in the memory of the program, and nowhere else until it has left."""
    memory: list[Answer] = []
    begin, pump = App.__init__, Delivery.pump_spoken

    def begun(self: App, *given: Any, **more: Any) -> None:
        memory.clear()
        begin(self, *given, **more)

    def answer(session: AsyncSession, row: Update, reply: Answer | None, *_: Any) -> None:
        if reply:
            memory.append(reply)
        inbox.done(row)

    def pumped(self: Delivery, now: datetime) -> datetime | None:
        while memory:
            reply = memory.pop(0)
            for message in reply.messages:
                self.say(reply.address, message)
        return pump(self, now)

    patch.setattr(App, "__init__", begun)
    patch.setattr(inbox, "answer", answer)
    patch.setattr(Delivery, "pump_spoken", pumped)


def key_deleted_too_early(patch: Patch) -> None:
    """That we had an update is forgotten while the platform may still hand it over."""
    patch.setattr(inbox, "KEY_KEPT", timedelta(hours=12))


def consent_read_at_posting(patch: Patch) -> None:
    """Whether it is wanted is decided when it is promised, and not when it is sent."""

    async def opened(occasion: Any) -> Checkin | None:
        found: Checkin | None = await occasion.session.get(Checkin, occasion.notification.about)
        return found

    patch.setattr(due, "_open_row", opened)


def lanes_reversed(patch: Patch) -> None:
    """The numbers of the lanes are read the other way round."""
    ready = outbox.ready

    async def mirrored(session: AsyncSession, now: datetime, lanes: Sequence[Lane], limit: int) -> Sequence[int]:
        others = [Lane(len(Lane) + 1 - lane) for lane in lanes]
        return await ready(session, now, others, limit)

    patch.setattr(outbox, "ready", mirrored)


@dataclass(frozen=True)
class Defect:
    """A mistake, how to make it, and the test that fails then."""

    make: Callable[[Patch], None]
    caught_by: str

    @property
    def name(self) -> str:
        return self.make.__name__.replace("_", " ")


DEFECTS = (
    Defect(commit_after_send, "tests/worlds/test_ends.py::test_a_note_comes_once_wherever_the_program_ends[sqlite]"),
    Defect(
        no_lease_reclaim,
        "tests/test_outbox.py::test_what_was_on_its_way_when_the_program_ended_is_decided_about_by_lane[sqlite]",
    ),
    Defect(
        no_unique_key,
        "tests/scenes/test_checkin.py::test_flying_west_brings_no_second_note_for_the_same_local_day[sqlite]",
    ),
    Defect(confirm_before_write, "tests/worlds/test_ends.py::test_what_the_platform_was_told_of_is_kept[sqlite]"),
    Defect(wrong_fold, "tests/test_clock.py::test_in_a_fold_it_is_the_first_of_the_two"),
    Defect(missing_owner, "tests/scenes/test_checkin.py::test_cai_can_do_nothing_with_anas_check_in[sqlite]"),
    Defect(late_crisis_dropped, "tests/worlds/test_misfires.py::test_what_lateness_does_to_each_kind[9:00:00]"),
    Defect(shared_bucket, "tests/test_delivery.py::test_a_parked_chat_waits_and_fifty_others_flow[sqlite]"),
    Defect(reply_not_stored, "tests/worlds/test_ends.py::test_a_reply_comes_wherever_the_program_ends[sqlite]"),
    Defect(
        key_deleted_too_early,
        "tests/worlds/test_ends.py::test_an_update_that_comes_again_within_a_day_is_known[sqlite]",
    ),
    Defect(
        consent_read_at_posting,
        "tests/scenes/test_checkin.py::test_answered_while_it_waits_to_leave_it_is_not_wanted_any_more[sqlite]",
    ),
    Defect(lanes_reversed, "tests/test_delivery.py::test_the_most_urgent_lane_leaves_first[sqlite]"),
)
