"""The quiet note: the only message that goes without a tap, and everything that keeps it from going."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.chat import Message, NotTaken, Refused
from bot.earshot import Earshot
from bot.outbox import Notification, Outcome
from bot.peers import arranging
from bot.peers.quiet import Quiet
from tests.peers.cast import known_for_a_week, with_people
from tests.peers.test_alert import arrived
from tests.phone import Someone
from tests.scenes.looking import everything, tells
from tests.walk.neutral import told
from tests.world import World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORDS = (
    "Ana has not answered me for 2 days and asked that you hear of it.\n"
    "I know nothing more; a lost phone looks the same. A plain hello is enough.\n"
    "Please don't ask what Ana has told me."
)
LOCK = "A note that Ana arranged."
WARNING = "something that you arranged goes out"
WAITS = "It begins once there is a yes and Ben can be reached here.\nWithout both, nothing goes out."


async def arranged(world: World, ana: Someone, ben: Someone, days: int = 2) -> None:
    """Ana asks that Ben may hear of it, and Ben, who has been one of her people for long, says yes."""
    await ana.says("/people")
    await ana.presses("Ben")
    await ana.presses("When I go quiet")
    await ana.presses(f"{days} days")
    await ana.presses("Ask Ben")
    await ben.looks()
    await ben.presses("Open")
    await ben.presses("Yes, tell me")
    await known_for_a_week(world)


@pytest.fixture
async def quiet(world: World, ana: Someone, ben: Someone) -> None:
    """Ana has Ben, and has arranged it. Her last word came a few seconds ago, at noon on a Monday."""
    await with_people(world, ana, Ben=ben)
    await arranged(world, ana, ben)


def noon(day: int, hour: int = 12) -> datetime:
    """On this day of March."""
    return datetime(2026, 3, day, hour, tzinfo=UTC)


async def until_warned(world: World, ana: Someone) -> None:
    """She says nothing more, and the evening of the second check-in comes."""
    had = warnings(ana)
    await world.go_to(noon(3, 21))
    assert warnings(ana) == had + 1


def warnings(ana: Someone) -> int:
    return arrived(ana, WARNING)


def notes(ben: Someone) -> int:
    """How many notes reached Ben, tests left out."""
    return len([text for text in ben.rung if text == LOCK])


@pytest.mark.usefixtures("quiet")
async def test_a_note_goes_after_two_days_with_a_days_warning_and_comes_back_to_all_is_well(
    world: World, ana: Someone, ben: Someone
) -> None:
    await ana.says("/people")
    assert "And a note after 2 quiet days." in ana.sees
    await ana.presses("Ben")
    await ana.presses("See exactly what Ben gets")
    assert f'If I hear nothing from you for 2 days: "{WORDS}"' in ana.sees
    await until_warned(world, ana)
    assert ana.screen.rung[-1].text.startswith("Tomorrow 19:0"), "a check-in at 19:00 on the 2nd and the 3rd"
    assert ana.buttons == ["Don't send", "What is it?", "Help now"]
    assert not tells(ana.screen.rung[-1])
    await world.go_to(noon(4, 19))
    assert notes(ben) == 0, "the day is not over"
    await world.go_to(noon(4, 21))
    assert notes(ben) == 1
    await ben.presses("Open")
    assert ben.sees.startswith("4 March. Ana has not answered"), (
        "he has named no clock, and hers would tell where she is"
    )
    assert ben.sees.endswith(WORDS)
    assert ana.rung[-1] == "Something that you arranged has gone out."
    await world.go_to(noon(13))
    assert (notes(ben), warnings(ana)) == (1, 1), "one note is enough for one silence"
    had = len([*everything(ben)])
    await ana.says("hello")
    await world.wait(DAY)
    assert len([*everything(ben)]) == had, "coming back says nothing to anybody"
    await ana.says("/people")
    assert "Last sent: 4 March." in ana.sees
    await world.arrive(ana.forged("quiet:gone"))
    assert "This went to Ben on 4 March, 19:0" in ana.chat
    await ana.presses("Tell them all is well")
    await ben.looks()
    assert ben.sees == "Ana says all is well now. Thank you."
    await ana.says("/people")
    assert "Tell them all is well" not in ana.buttons, "said once"


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("how", ["Don't send", "What is it?", "a word"])
async def test_any_word_in_the_day_of_the_warning_stops_it(how: str, world: World, ana: Someone, ben: Someone) -> None:
    await until_warned(world, ana)
    await (ana.says("/next") if how == "a word" else ana.presses(how))
    if how != "a word":
        assert "othing goes to anyone" in ana.sees
    await world.go_to(noon(5, 18))
    assert (notes(ben), warnings(ana)) == (0, 1)
    await world.go_to(noon(8))
    assert (notes(ben), warnings(ana)) == (1, 2), "and a new silence has a warning of its own"


@pytest.mark.usefixtures("quiet")
async def test_a_machine_that_slept_over_the_warnings_day_warns_anew(world: World, ana: Someone, ben: Someone) -> None:
    await until_warned(world, ana)
    await world.sleeps(30 * HOUR)
    await world.wait(HOUR)
    assert notes(ben) == 0
    warned = []
    while notes(ben) == 0:
        had = warnings(ana)
        await world.wait(HOUR)
        if warnings(ana) > had:
            warned.append(world.clock.now())
        assert world.clock.now() < noon(13)
    assert warned, "a fresh warning came"
    assert world.clock.now() - warned[-1] >= DAY - HOUR


@pytest.mark.usefixtures("quiet")
async def test_a_warning_that_cannot_be_delivered_means_no_note(world: World, ana: Someone, ben: Someone) -> None:
    async def lost(address: str, message: Message) -> None:
        if WARNING in message.text:
            raise Refused

    world.phones.before = lost
    await world.go_to(noon(5))
    assert (warnings(ana), notes(ben)) == (0, 0)


@pytest.mark.usefixtures("quiet")
async def test_check_ins_that_did_not_arrive_are_not_answered_by_silence(
    world: World, ana: Someone, ben: Someone
) -> None:
    async def lost(address: str, message: Message) -> None:
        if message.slot.startswith("checkin:") and world.clock.now().day == 3:
            raise Refused

    world.phones.before = lost
    await world.go_to(noon(5))
    assert (warnings(ana), notes(ben)) == (0, 0), (
        "on the 2nd and the 4th she was asked, and in between we were at fault"
    )


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("how", ["checkin:pause:week", "travel:until:GR:Europe/Athens:20260305"])
async def test_a_pause_and_a_journey_are_no_silence(how: str, world: World, ana: Someone, ben: Someone) -> None:
    await world.arrive(ana.forged(how))
    await world.go_to(noon(8))
    assert (warnings(ana), notes(ben)) == (0, 0)
    await world.go_to(noon(12))
    assert (warnings(ana), notes(ben)) == (1, 1), "it goes on when that is over"


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(
    "how", ["she blocks", "she erases", "she removes", "she mutes", "she stops it", "Ben stops it", "Ben steps back"]
)
async def test_whoever_does_not_want_it_any_more_ends_it_even_in_the_last_hour(
    how: str, world: World, ana: Someone, ben: Someone
) -> None:
    await until_warned(world, ana)
    await world.go_to(noon(4, 19))
    rung = len(ana.rung)
    async with world.store.work() as session:  # as if she had done it by the press that went before her silence
        heard = (await session.scalars(select(Quiet.since))).one()
    match how:
        case "she blocks":
            await ana.blocks()
        case "Ben stops it":
            await ben.says("/helping")
            await ben.presses("No quiet notes")
            assert ben.sees.endswith("Nobody is told.")
        case "Ben steps back":
            await world.arrive(ben.forged("peer:back:yes"))
        case _:
            presses = {
                "she erases": "erase:now",
                "she removes": "people:removed:1",
                "she mutes": "people:mute:1",
                "she stops it": "quiet:1:off",
            }
            await world.arrive(ana.forged(presses[how]))
    if how in ("she removes", "she mutes", "she stops it"):
        async with world.store.work() as session:  # so that nothing but the consent itself keeps it back
            await session.execute(update(Quiet).values(state="going"))
            assert heard
    await world.go_to(noon(7))
    assert notes(ben) == 0
    if how.startswith("Ben"):
        assert WARNING not in "".join(ana.rung[rung:]), "and there is nobody left to warn about"
        await ana.says("/people")
        assert "once one can go" in ana.sees or "Can't be reached" in ana.sees


async def test_it_needs_a_yes_of_its_own_and_a_week(world: World, ana: Someone, ben: Someone) -> None:
    await with_people(world, ana, Ben=ben)
    await ana.says("/people")
    await ana.presses("Ben")
    await ana.presses("When I go quiet")
    await ana.presses("2 days")
    assert "It is off. Ben would be asked first." in ana.sees
    await ana.presses("Ask Ben")
    assert ana.sees.startswith("I ask Ben when I can, once a day at most.")
    assert ana.sees.endswith(WAITS)
    await ana.presses("Back to my people")
    assert ana.sees.endswith("And a note after 2 quiet days, once one can go.")
    await ben.looks()
    assert ben.sees == "Ana asks you something."
    await ben.presses("Open")
    assert WORDS in ben.sees
    await ben.presses("Yes, tell me")
    await ana.presses("Ben")
    await ana.presses("When I go quiet")
    assert "It is arranged, and begins on 9 March." in ana.sees
    await world.go_to(noon(9, 12))
    assert (warnings(ana), notes(ben)) == (0, 0), "new people get no such note"
    await world.go_to(noon(13))
    assert (warnings(ana), notes(ben)) == (1, 1)


async def test_a_no_looks_like_no_answer_and_like_a_door_that_is_shut_or_nobody_behind_it(
    world: World, ana: Someone
) -> None:
    peers = {name: world.someone(name.lower()) for name in ("Ben", "Dee", "Eli", "Fay", "Gus")}
    await with_people(world, ana, **peers)
    await world.arrive(peers["Eli"].forged("peer:back:yes"))
    await peers["Fay"].blocks()
    asked = [await shown(world, ana, name, number, "ask") for number, name in enumerate(peers, 1)]
    assert asked[0].startswith("I ask … when I can, once a day at most.")
    for name, answer in (("Ben", "No, thanks"), ("Gus", "Yes, tell me")):
        await peers[name].looks()
        await peers[name].presses("Open")
        await peers[name].presses(answer)
    assert peers["Ben"].sees == "That is a fine answer. No such note comes."
    await peers["Gus"].blocks()
    later = [await shown(world, ana, name, number, "") for number, name in enumerate(peers, 1)]
    assert len(set(asked)) == len(set(later)) == 1, "asked, no, gone for good, a shut door, and one shut after a yes"
    await known_for_a_week(world)
    await world.go_to(noon(7))
    assert warnings(ana) == sum(notes(one) for one in peers.values()) == 0


async def shown(world: World, ana: Someone, name: str, number: int, what: str) -> str:
    """The screen about the note for somebody, words and buttons, without the name."""
    await world.arrive(ana.forged(f"quiet:{number}:{what}"))
    await ana.looks()
    bubble = next(one.message for one in reversed(ana.screen.bubbles) if one.message.slot == "quiet")
    return "\n".join((bubble.text, *(button.label for row in bubble.rows for button in row))).replace(name, "…")


async def test_whoever_is_to_get_nothing_for_a_week_is_not_asked(world: World, ana: Someone, ben: Someone) -> None:
    await with_people(world, ana, Ben=ben)
    await world.arrive(ana.forged("people:mute:1"))
    await ana.says("/people")
    await ana.presses("Ben")
    await ana.presses("When I go quiet")
    assert ana.sees.endswith("Nothing goes there until 9 March.")
    had = len(ben.rung)
    await world.arrive(ana.forged("quiet:1:ask"))
    await world.wait(HOUR)
    assert len(ben.rung) == had
    await ana.presses("May get messages again")
    await ana.presses("When I go quiet")
    assert "It is off. Ben would be asked first." in ana.sees


@pytest.mark.usefixtures("quiet")
async def test_a_test_says_so_and_rings_once_a_day_at_most(world: World, ana: Someone, ben: Someone) -> None:
    await ana.says("/people")
    await ana.presses("Ben")
    await ana.presses("When I go quiet")
    await ana.presses("Send Ben a TEST")
    await ana.presses("Send Ben a TEST")
    await ben.looks()
    assert ben.rung.count(f"TEST. {LOCK}") == 1
    await ben.presses("Open")
    assert ben.sees.startswith("TEST. Nothing has happened. This is how it would read:")
    assert ben.sees.endswith(WORDS)


@pytest.mark.usefixtures("quiet")
async def test_a_note_on_its_way_as_she_presses(world: World, ana: Someone, ben: Someone) -> None:
    await until_warned(world, ana)
    stop = ana.tapped("Don't send")

    async def down(address: str, message: Message) -> None:
        if address == ben.address:
            raise NotTaken

    world.phones.before = down
    await world.go_to(noon(4, 19) + timedelta(minutes=4))
    async with world.store.work() as session:
        await session.execute(
            update(Notification).where(Notification.kind == "from-quiet").values(outcome=Outcome.SENDING)
        )
    await world.arrive(stop)
    assert "It was just leaving as you pressed." in ana.chat
    world.phones.before = world.phones.after
    await world.wait(timedelta(minutes=6))
    assert ana.rung[-1] == "Something that you arranged has gone out.", "she is told soon, and not at the next hour"
    await ana.presses("Open")
    assert "This may have reached Ben on 4 March" in ana.chat, "the one that sent it is gone, and nobody can tell"


@pytest.mark.usefixtures("quiet")
async def test_the_review_covers_it(world: World, ana: Someone) -> None:
    await world.arrive(ana.forged("sharing:open"))
    assert "Ben: gets what you send by hand.\nBen: also hears it when you have been quiet" in ana.chat


async def test_in_the_readers_language(world: World, ana: Someone, ben: Someone) -> None:
    await with_people(world, ana, Ben=ben)
    await ben.says("/settings")
    await ben.presses("Español")
    await world.arrive(ana.forged("quiet:1:ask"))
    await world.arrive(ana.forged("quiet:1:days:3"))
    assert "Ana lleva 3 días sin contestarme" in ana.chat
    await ben.looks()
    assert ben.sees == "Ana te pregunta algo."
    assert not told(ben.screen.rung[-1], "es")


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("trouble", ["a net that was gone", "a door that was shut", "ten minutes without a program"])
async def test_what_she_pressed_meanwhile_may_be_lost_so_the_warning_counts_no_more(
    trouble: str, world: World, ana: Someone, ben: Someone, tmp_path: Path
) -> None:
    await until_warned(world, ana)
    match trouble:
        case "a net that was gone":
            world.app.earshot.deaf(world.clock.now())
            await world.wait(timedelta(minutes=10))
            world.app.earshot.deaf(world.clock.now())
            world.app.earshot.heard(world.clock.now())
        case "ten minutes without a program":
            await restarts(world, tmp_path, timedelta(minutes=10))
        case _:
            await ana.blocks()
            await ana.unblocks()
    await world.go_to(noon(5, 18))
    assert (warnings(ana), notes(ben)) == (1, 0)
    await world.go_to(noon(7, 21))
    assert warnings(ana) == 2, "it begins anew, with the check-ins of the 4th and the 7th"
    assert notes(ben) == 0


@pytest.mark.usefixtures("quiet")
async def test_a_word_that_breaks_something_of_ours_was_a_word(
    world: World, ana: Someone, ben: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("broken")

    await until_warned(world, ana)
    monkeypatch.setattr(arranging, "_stopped", broken)
    await ana.presses("Don't send")
    await world.go_to(noon(5, 12))
    assert notes(ben) == 0


async def restarts(world: World, folder: Path, down: timedelta) -> None:
    """The program ends a few minutes after a look, and well before the next one is there again."""
    await world.wait(timedelta(minutes=5))
    Earshot(folder).lasts(world.clock.now())
    await world.close()
    world.clock.at += down
    world.start()
    world.app.earshot = Earshot(folder)
    world.app.earshot.begin(world.clock.now())
    await world.settle()


@pytest.mark.usefixtures("quiet")
async def test_a_quick_restart_keeps_nobody_from_hearing_of_it(
    world: World, ana: Someone, ben: Someone, tmp_path: Path
) -> None:
    await until_warned(world, ana)
    await restarts(world, tmp_path, timedelta(minutes=2))
    await world.go_to(noon(4, 21))
    assert (warnings(ana), notes(ben)) == (1, 1)


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("back", [False, True])
async def test_a_note_waits_until_ben_is_awake_and_is_not_sent_if_she_is_back(
    back: bool, world: World, ana: Someone, ben: Someone
) -> None:
    for press in ("set:18-9", "in:Europe/Lisbon", "night:rest"):
        await world.arrive(ben.forged(f"peer:quiet:{press}"))
    await until_warned(world, ana)
    await world.go_to(noon(5, 8))
    assert notes(ben) == 0
    if back:
        await ana.says("/next")
    await world.go_to(noon(5, 10))
    assert notes(ben) == (not back)
    if not back:
        await ben.presses("Open")
        assert ben.sees.startswith("4 March, 19:0"), "by the hour to which its words hold"
