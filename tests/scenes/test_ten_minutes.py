"""Ten minutes that keep company: edits without a sound, a question at the end, whatever happens in between."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bot.chat import Ambiguous, Lane, Message
from bot.cravings import due
from bot.cravings.model import Try
from bot.outbox import Notification
from tests.phone import A_MOMENT, Bubble, Someone
from tests.scenes.looking import rows, tells
from tests.scenes.members import become, row_of
from tests.world import World, is_set

MINUTE = timedelta(minutes=1)
TEN = timedelta(minutes=10)
STILL = "Still here. How is it now?"


async def tries_of(world: World, person: Someone) -> list[Try]:
    row = await row_of(world, person)
    async with world.store.look() as session:
        return list(await session.scalars(select(Try).where(Try.person_id == row.id).order_by(Try.id)))


async def begins(world: World, person: Someone, press: str = "moment:ten:steady:") -> Bubble:
    """Ten minutes begin. The message that keeps company."""
    await world.arrive(person.forged(press))
    return person.screen.bubbles[-1]


async def test_one_message_is_edited_every_minute_and_nothing_rings_until_the_end(world: World, ana: Someone) -> None:
    await is_set(ana)
    timer = await begins(world, ana)
    rung = len(ana.rung)
    await world.wait(TEN - timedelta(seconds=1))
    left = [message.text.splitlines()[1] for message in (*timer.earlier, timer.message)]
    assert left[1:] == [f"{minutes} minutes to go." for minutes in range(9, 1, -1)] + ["One more minute."]
    assert len(ana.rung) == rung
    await world.wait(MINUTE)
    assert ana.rung[rung:] == [STILL]
    assert tells(ana.screen.bubbles[-1].message) == [], "whoever sees the phone lying there learns nothing"


async def test_how_strong_it_was_is_asked_at_the_beginning_and_not_beside_the_last_question(
    world: World, ana: Someone
) -> None:
    await is_set(ana)
    timer = await begins(world, ana)
    await world.wait(MINUTE + A_MOMENT)
    assert "How strong is it right now?" in timer.message.text
    await world.wait(MINUTE)
    assert timer.message.text.endswith("8 minutes to go.")
    assert [button.label for row in timer.message.rows for button in row] == [
        "It is easier",
        "Something else",
        "Help now",
    ]


async def test_a_breath_is_shown_at_its_own_pace_and_then_the_minutes(world: World, ana: Someone) -> None:
    await is_set(ana)
    await become(world, ana)
    await ana.says("/health")
    await ana.presses("None of these")
    timer = await begins(world, ana, "moment:ten:breathe:")
    began = world.clock.now()
    changes: list[tuple[int, str]] = []

    async def watch(address: str, message: Message) -> None:
        changes.append((int((world.clock.now() - began).total_seconds()), message.text.splitlines()[1]))

    world.phones.after = watch
    await world.wait(4 * MINUTE)
    assert timer.earlier[0].text.splitlines()[1] == "Breathe in, and count to 4."
    assert changes[:3] == [
        (4, "Breathe out slowly, and count to 6."),
        (10, "Breathe in, and count to 4."),
        (14, "Breathe out slowly, and count to 6."),
    ]
    assert len(changes) == 2 * 18 - 1 + 2
    assert changes[-2:] == [(180, "7 minutes to go."), (240, "6 minutes to go.")]


async def test_a_phone_that_is_read_aloud_gets_a_message_at_each_end_and_counted_breaths(
    world: World, ana: Someone
) -> None:
    await is_set(ana)
    await become(world, ana, reader=True)
    timer = await begins(world, ana, "moment:ten:steady:")
    await world.wait(TEN)
    assert timer.earlier == []
    assert ana.sees == STILL
    await ana.says("/health")
    await ana.presses("None of these")
    timer = await begins(world, ana, "moment:ten:breathe:")
    assert timer.message.text.count("In: 1 2 3 4. Out: 1 2 3 4 5 6.") == 5
    await world.wait(TEN)
    assert timer.earlier == []
    assert ana.sees == STILL


async def test_a_restart_in_the_middle_changes_nothing(world: World, ana: Someone) -> None:
    await is_set(ana)
    timer = await begins(world, ana)
    await world.wait(4 * MINUTE)
    await world.restart()
    await world.wait(MINUTE)
    assert "5 minutes to go." in timer.message.text
    await world.wait(5 * MINUTE)
    assert ana.sees == STILL
    assert ana.rung.count(STILL) == 1


async def test_a_machine_that_slept_asks_all_the_same_and_says_when_it_meant_to(world: World, ana: Someone) -> None:
    await is_set(ana)
    timer = await begins(world, ana)
    await world.sleeps(timedelta(hours=5))
    assert ana.sees == "Still here. I meant to ask at 12:10. How is it now?"
    assert timer.earlier == [], "edits that are late are dropped"
    await ana.presses("2")
    assert ana.sees == "Now: 2. What helped?"


async def test_the_question_at_the_end_is_help_and_its_edits_are_not(world: World, ana: Someone) -> None:
    await is_set(ana)
    await begins(world, ana)
    async with world.store.look() as session:
        query = select(Notification.kind, Notification.lane, func.count())
        lanes = await session.execute(query.group_by(Notification.kind, Notification.lane))
        found = {kind: (lane, number) for kind, lane, number in lanes}
    assert found[due.STILL_KIND] == (Lane.CRISIS, 1)
    assert found[due.TICK_KIND] == (Lane.REMINDER, 9)
    await world.wait(TEN)
    async with world.store.look() as session:
        kinds = set(await session.scalars(select(Notification.kind)))
    assert due.TICK_KIND not in kinds, "nobody will look up what became of an edit"


async def test_a_question_that_may_not_have_arrived_comes_again_and_says_so(world: World, ana: Someone) -> None:
    await is_set(ana)
    await begins(world, ana)
    doubts = [Ambiguous()]

    async def doubt(address: str, message: Message) -> None:
        if message.text.startswith(STILL) and doubts:
            raise doubts.pop()

    world.phones.after = doubt
    await world.wait(TEN)
    await world.wait(timedelta(seconds=5))
    assert [text for text in ana.rung if text.startswith(STILL)] == [STILL, f"{STILL} Perhaps this comes twice."]


CLOCKS = {
    "Europe/Berlin": "Until 3:04.",  # 1:54 in winter: the clocks go forward from 2:00 to 3:00
    "Asia/Kathmandu": "Until 6:49.",
    "America/New_York": "Until 21:04.",
    None: "In ten minutes I ask again.",
}


async def test_the_end_is_said_by_their_own_clock_wherever_they_are_by_then(world: World, ana: Someone) -> None:
    await is_set(ana)
    world.clock.at = datetime(2026, 3, 29, 0, 54, tzinfo=UTC)
    for zone, until in CLOCKS.items():
        await become(world, ana, zone=zone)
        await world.wait(A_MOMENT)
        await begins(world, ana)
        assert ana.sees.startswith(until)
    await world.sleeps(timedelta(hours=1))
    assert ana.sees == "Still here, later than I said. How is it now?"


async def test_pressed_twice_it_goes_on_and_something_else_begins_anew(world: World, ana: Someone) -> None:
    await is_set(ana)
    await begins(world, ana)
    await world.wait(4 * MINUTE)
    again = await begins(world, ana)
    assert again.message.text.splitlines()[:2] == ["Until 12:10. Nothing to decide before then.", "6 minutes to go."]
    assert len(await tries_of(world, ana)) == 1
    await begins(world, ana, "moment:ten:stop:")
    assert ana.sees.startswith("Until 12:14.")
    await world.wait(TEN)
    assert ana.rung.count(STILL) == 1, "only of the one that goes on"


async def test_once_it_is_easier_nothing_asks_any_more(world: World, ana: Someone) -> None:
    await is_set(ana)
    timer = await begins(world, ana)
    await ana.presses("It is easier")
    rung, edits = len(ana.rung), len(timer.earlier)
    await world.wait(2 * TEN)
    assert (len(ana.rung), len(timer.earlier)) == (rung, edits)


async def test_an_old_button_corrects_what_it_said(world: World, ana: Someone) -> None:
    await is_set(ana)
    await begins(world, ana)
    await world.wait(TEN)
    still = ana.screen.bubbles[-1].id
    (row,) = await tries_of(world, ana)
    await world.arrive(ana.forged(f"moment:{row.id}:now:9", still))
    assert ana.sees.startswith("Now: 9")
    await world.wait(MINUTE)
    await world.arrive(ana.forged(f"moment:{row.id}:now:2", still))
    assert ana.sees == "Now: 2. What helped?"
    await world.arrive(ana.forged(f"moment:{row.id}:before:6", still))
    assert ana.sees == "It went from 6 to 2. What helped?"
    (row,) = await tries_of(world, ana)
    assert (row.pull_before, row.pull_after, row.eased) == (6, 2, 4)


async def test_in_words_for_those_who_like_words_better(world: World, ana: Someone) -> None:
    await is_set(ana)
    await become(world, ana, scale="words")
    await begins(world, ana)
    await ana.presses("Very strong")
    await world.wait(TEN)
    await ana.presses("Some")
    assert ana.sees == "It went from very strong to some. What helped?"


async def test_somebody_who_erases_everything_in_the_middle_is_not_asked_again(world: World, ana: Someone) -> None:
    await is_set(ana)
    await begins(world, ana)
    await world.wait(3 * MINUTE)
    await world.arrive(ana.forged("erase"))
    await ana.presses("Erase now")
    await ana.looks()
    rung = len(ana.rung)
    await world.wait(TEN)
    assert len(ana.rung) == rung
    assert not {"people", "hard_moments", "hard_tries", "hard_standing", "outbox"} & (await rows(world)).keys()


async def test_somebody_who_blocks_in_the_middle_is_left_alone_and_finds_their_way_back(
    world: World, ana: Someone
) -> None:
    await is_set(ana)
    await begins(world, ana)
    await world.wait(3 * MINUTE)
    await ana.blocks()
    await world.wait(TEN)
    assert STILL not in ana.chat
    await ana.unblocks()
    await ana.says("/trigger")
    assert "Start ten minutes" in ana.buttons


async def test_nothing_else_arrives_while_it_goes_on_and_for_an_hour_after(world: World, ana: Someone) -> None:
    await is_set(ana)
    await world.go_to(datetime(2026, 3, 2, 18, 55, tzinfo=UTC))
    await begins(world, ana)
    rung = len(ana.rung)
    await world.wait(TEN)
    await ana.presses("2")
    await world.wait(55 * MINUTE)
    assert ana.rung[rung:] == [STILL], "the evening note waits"
    await world.wait(TEN)
    assert len(ana.rung) == rung + 2
