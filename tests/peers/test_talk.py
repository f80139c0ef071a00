"""The talk: what two people type goes from one to the other, and nothing else ever does."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.backup import backup
from bot.chat import Message, NotTaken, Refused
from bot.engine import sqlite_file
from bot.peers.talk import Line
from tests.peers.cast import with_people
from tests.peers.test_alert import SECONDS, arrived, asked, asks, opens
from tests.phone import Someone
from tests.world import World

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def talk(world: World, ana: Someone, ben: Someone, dee: Someone) -> None:
    """Ben is there, and Ana has read it."""
    await with_people(world, ana, Ben=ben, Dee=dee)
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")
    await opens(ana)
    await ben.looks()


async def lines(world: World) -> int:
    async with world.store.look() as session:
        return await session.scalar(select(func.count()).select_from(Line)) or 0


@pytest.mark.usefixtures("talk")
async def test_words_go_from_one_to_the_other_and_none_is_kept(world: World, ana: Someone, ben: Someone) -> None:
    await ana.says("It is hard. Craving.")
    await ben.looks()
    assert ben.sees == "Ana: It is hard. Craving."
    await ben.says("Shall we walk?")
    await ana.looks()
    assert ana.sees == "Ben: Shall we walk?"
    assert await lines(world) == 0
    assert ana.screen.keyboard == ben.screen.keyboard == (("End the talk", "Help now"),)
    assert ana.screen.bubbles[-1].message.hint == "To Ben"
    assert ben.screen.bubbles[-1].message.hint == "To Ana"


@pytest.mark.usefixtures("talk")
async def test_commands_and_the_lower_buttons_never_cross(world: World, ana: Someone, ben: Someone) -> None:
    had = len(ben.rung)
    for words in ("/people", "/slip", "Help now", "Hard moment", "Check in", "/checkin"):
        await ana.says(words)
    await ana.sends_a_sticker()
    await world.wait(MINUTE)
    assert len(ben.rung) == had


@pytest.mark.usefixtures("talk")
async def test_what_ben_wrote_waits_until_ana_has_read_that_he_is_there(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await ana.presses("All is well now")
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")
    await ben.says("shall I call")
    await ana.looks()
    assert not arrived(ana, "shall I call")
    had = len(ben.rung)
    await ana.says("qwzxkj")
    await ben.looks()
    assert len(ben.rung) == had, "she has not read yet where her words would go"
    await ana.presses("Open")
    await ana.looks()
    assert arrived(ana, "Ben: shall I call") == 1


@pytest.mark.usefixtures("talk")
async def test_the_end_gives_the_program_back_to_both(world: World, ana: Someone, ben: Someone) -> None:
    await ana.presses("End the talk")
    assert ana.sees == "The talk has ended. You are writing to the program again."
    assert ("Hard moment",) in ana.screen.keyboard
    await ben.looks()
    assert ben.sees == "The talk has ended. You are writing to the program again."
    had = len(ben.rung)
    await ana.says("to nobody")
    await ben.looks()
    assert len(ben.rung) == had


@pytest.mark.usefixtures("talk")
async def test_fifteen_quiet_minutes_end_it(world: World, ana: Someone, ben: Someone) -> None:
    await ana.says("hello")
    await world.wait(14 * MINUTE)
    assert not arrived(ben, "The talk has ended")
    await world.wait(2 * MINUTE)
    assert arrived(ana, "The talk has ended") == arrived(ben, "The talk has ended") == 1


@pytest.mark.usefixtures("talk")
async def test_an_hour_ends_it(world: World, ana: Someone, ben: Someone) -> None:
    for _ in range(6):
        await ana.says("still here")
        await world.wait(10 * MINUTE)
    assert arrived(ben, "The talk has ended") == 1


@pytest.mark.usefixtures("talk")
async def test_a_line_that_cannot_be_passed_on_goes_after_an_hour(world: World, ana: Someone, ben: Someone) -> None:
    async def down(address: str, message: Message) -> None:
        raise NotTaken

    world.phones.before = down
    await ana.says("hello")
    assert await lines(world) == 1
    await world.sleeps(timedelta(hours=1, minutes=1))
    assert await lines(world) == 0


@pytest.mark.usefixtures("talk")
async def test_a_block_in_the_middle_of_it_asks_the_next_one(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    ben.screen.blocked = True
    await ana.says("are you there?")
    await world.wait(SECONDS)
    assert arrived(ana, "The talk has ended") == 1
    assert asked(dee) == 1
    assert await lines(world) == 0


@pytest.mark.usefixtures("talk")
async def test_after_a_restart_it_goes_on(world: World, ana: Someone, ben: Someone) -> None:
    await world.restart()
    await ana.says("still there?")
    await ben.looks()
    assert ben.sees == "Ana: still there?"


@pytest.mark.usefixtures("talk")
async def test_lines_are_sealed_while_they_wait(world: World, ana: Someone, tmp_path: Path) -> None:
    async def down(address: str, message: Message) -> None:
        raise NotTaken

    world.phones.before = down
    await ana.says("zephyrine")
    async with world.store.look() as session:
        [row] = await session.scalars(select(Line))
        assert row.line == "zephyrine"
    assert b"zephyrine" not in row.sealed_line
    if file := sqlite_file(world.url):
        copy = backup(file, tmp_path / "copies", "day.sqlite3")
        with closing(sqlite3.connect(copy)) as database:
            assert database.execute("SELECT count(*) FROM talk_lines").fetchone() == (0,), "in no copy either"
    world.phones.before = world.phones.after
    await world.wait(MINUTE)


@pytest.mark.usefixtures("talk")
async def test_a_question_that_was_open_before_gets_none_of_it(world: World, ana: Someone, ben: Someone) -> None:
    await ana.says("/settings")
    await ana.presses("Name")
    await ana.says("Anna")
    await ana.says("now to you")
    await ben.looks()
    assert ben.sees == "Anna: now to you"


UNSAID = "Something you wrote could not be passed on"


def marked(person: Someone) -> list[str]:
    """The marks on what they wrote last, up to three, oldest first; empty for none."""
    return [person.screen.marks.get(number, "") for number in person.screen.own[-3:]]


@pytest.mark.usefixtures("talk")
async def test_a_line_has_its_mark_once_it_was_handed_over_and_not_before(
    world: World, ana: Someone, ben: Someone
) -> None:
    async def down(address: str, message: Message) -> None:
        if address == ben.address:
            raise NotTaken

    world.phones.before = down
    await ana.says("one")
    await ana.looks()
    assert marked(ana)[-1] == ""
    world.phones.before = world.phones.after
    await ana.says("two")
    await world.wait(SECONDS)
    assert arrived(ben, "Ana: one") == arrived(ben, "Ana: two") == 1
    assert marked(ana)[-2:] == ["✍", "✍"]
    had = len(ana.rung)
    await ben.says("three")
    await world.wait(SECONDS)
    assert marked(ben)[-1] == "✍"
    assert ana.rung[had:] == ["Ben: three"], "a mark rings nobody"
    assert not arrived(ana, UNSAID)


@pytest.mark.usefixtures("talk")
async def test_a_line_that_will_not_be_taken_is_said_and_the_talk_goes_on(
    world: World, ana: Someone, ben: Someone
) -> None:
    async def refuses(address: str, message: Message) -> None:
        if address == ben.address:
            raise Refused

    world.phones.before = refuses
    await ana.says("one")
    await world.wait(SECONDS)
    world.phones.before = world.phones.after
    assert arrived(ana, UNSAID) == 1
    assert marked(ana)[-1] == ""
    await ana.says("two")
    await ben.looks()
    assert ben.sees == "Ana: two"


@pytest.mark.usefixtures("talk")
async def test_lines_that_nobody_reads_are_said_once_whoever_it_was(world: World, ana: Someone, ben: Someone) -> None:
    ben.screen.blocked = True
    await world.arrive(ana.typed("one"), ana.typed("two"), ana.typed("three"))
    await world.wait(SECONDS)
    assert arrived(ana, UNSAID) == arrived(ana, "The talk has ended") == 1
    assert marked(ana) == ["", "", ""]
    assert await lines(world) == 0


@pytest.mark.usefixtures("talk")
async def test_what_ben_wrote_to_nobody_is_said_too(world: World, ana: Someone, ben: Someone) -> None:
    """She has not opened his answer, and then it is over."""
    await ana.presses("All is well now")
    await asks(ana)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")
    await ben.says("shall I call")
    await ana.presses("All is well now")
    await ben.looks()
    assert arrived(ben, UNSAID) == 1
    assert await lines(world) == 0


@pytest.mark.usefixtures("talk")
async def test_a_line_longer_than_a_message_is_not_cut_in_silence(world: World, ana: Someone, ben: Someone) -> None:
    had = len(ben.rung)
    await ana.says("word " * 800)
    assert "That is too long for one message, and was not passed on." in ana.sees
    await ben.looks()
    assert len(ben.rung) == had


@pytest.mark.usefixtures("talk")
async def test_a_new_question_ends_the_talk_of_the_one_before(world: World, ana: Someone, ben: Someone) -> None:
    """He answers the old one while she looks at the new: what he wrote would wait in a talk that nobody can open."""
    await ana.presses("All is well now")
    await asks(ana, "Only Ben")
    await world.wait(SECONDS + 5 * MINUTE)
    await ana.presses("Ask again")
    send = ana.tapped("Send to Ben")
    await opens(ben)
    await ben.presses("I'm here")
    await world.arrive(send)
    await world.wait(SECONDS)
    await opens(ben)
    await ben.presses("I'm here")
    await ben.says("again")
    await opens(ana)
    await ana.looks()
    assert arrived(ana, "Ben: again") == 1


@pytest.mark.usefixtures("talk")
async def test_another_who_is_asked_beside_somebody_who_is_there_is_not_waited_for(
    world: World, ana: Someone, ben: Someone, dee: Someone
) -> None:
    await ben.says("tell me")
    await world.arrive(ana.forged("alert:1:next:2"))
    await world.wait(SECONDS)
    assert asked(dee) == 1
    await world.wait(10 * MINUTE)
    assert not arrived(ana, "Nothing has followed yet")
    assert not arrived(ana, "Nobody has answered yet")
