"""The bot is killed with `kill -9` again and again while people go on, and nothing is lost.

Three processes: the local Bot API, the bot (forked from a parent that has everything imported), and this one, which
is the people and the killer.
"""

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import people
from bot.inbox import State, Update
from bot.outbox import Notification, Outcome
from bot.texts import Texts
from tests.faults.killing import PATIENCE, Bench, Phone, has, until
from tests.figures import Record, tell

pytestmark = [pytest.mark.faults, pytest.mark.slow]

KILLS, LIVES = 50, 2
"""In each of so many worlds on each database: two hundred in all. More in one world, and its last replies are so late
that they are held back, which is right and would hide what is looked for here."""
SHORTEST, LONGEST = 0.02, 0.25
"""Seconds from fork to kill, or from when it could first answer."""
ANSWERS_WITHIN = 0.6
"""Seconds that are granted to it for that at most: a busy machine takes several times as long as a quiet one."""

TALKERS, ASKED = 12, 24
"""How many people talk all the while, and how many are sent a check-in meanwhile."""

HELP = Texts("en")("help-program")
CROWDED = Texts("en")("outage-crowded")
FINAL = {Outcome.SENT, Outcome.UNKNOWN}


async def _talk(phone: Phone, chance: random.Random, enough: asyncio.Event) -> None:
    """Go on saying and pressing things until it is enough."""
    while not enough.is_set():
        await asyncio.sleep(chance.uniform(0.5, 1.5))
        if await phone.waits():
            continue
        dice = chance.random()
        if dice < 0.1:
            await phone.asks_for_help()
        elif dice < 0.7 or not await phone.taps():
            await phone.notes()


@pytest.mark.parametrize("life", range(1, LIVES + 1))
async def test_a_bot_that_is_killed_loses_nothing(bench: Bench, figures: Record, life: int) -> None:
    seed = random.SystemRandom().randrange(10**6)
    tell(f"seed {seed}")
    chance = random.Random(seed)
    talkers = [await bench.somebody() for _ in range(TALKERS)]
    asked = [await bench.somebody() for _ in range(ASKED)]
    # one life in peace tells how long a bot takes here until it answers: half of the others are given that time
    born = datetime.now(UTC)
    await bench.fork()
    await until(lambda: has(bench, talkers[0], "recovering from"))
    start = min((datetime.now(UTC) - born).total_seconds(), ANSWERS_WITHIN)
    await bench.kill()
    began = datetime.now(UTC)
    for phone in asked:
        await bench.asked_at(phone, began + timedelta(seconds=chance.uniform(1, KILLS * 0.3)))
    enough = asyncio.Event()
    talking = [asyncio.create_task(_talk(phone, random.Random(seed + phone.id), enough)) for phone in talkers]
    for _ in range(KILLS):
        await bench.fork()
        await until(bench.spared)
        await asyncio.sleep(chance.uniform(SHORTEST, LONGEST) + chance.choice((0, start)))
        await bench.kill()
        await bench.look()
        for phone in asked[: ASKED // 2]:
            if chance.random() < 0.1:
                await phone.answers()
    took = (datetime.now(UTC) - began).total_seconds()
    enough.set()
    await asyncio.gather(*talking)
    await bench.fork()
    await until(bench.quiet)
    for phone in asked[: ASKED // 2]:
        await phone.answers()
    await until(bench.quiet)
    await bench.kill()

    said = await bench.said()
    edited = {
        (f"telegram:{call['parameters']['chat_id']}", call["parameters"]["text"])
        for call in await bench.calls("editMessageText")
        if call["effect"]
    }
    phones = [*talkers, *asked]
    assert not [text for _, text in said if text == CROWDED], "the people were too fast for this machine"
    copies = await _every_update_was_handled_once(bench, phones, said, edited)
    outcomes = await _every_promise_has_one_end(bench, asked, said)
    reached = {
        "kills": KILLS,
        "seconds": round(took),
        "updates": sum(phone.acts for phone in phones),
        "messages": said.total(),
        "copies": copies,
        "check-ins": sum(outcomes.values()),
        **{str(outcome): number for outcome, number in outcomes.items()},
    }
    figures(f"{reached}")
    log = (bench.folder / "log").read_text()
    assert "action=turn_failed" not in log
    assert "Traceback" not in log


async def _every_update_was_handled_once(
    bench: Bench, phones: list[Phone], said: Counter[tuple[str, str]], edited: set[tuple[str, str]]
) -> int:
    """Returns how many replies came more than once."""
    async with bench.looking() as session:
        rows = (await session.scalars(select(Update))).all()
        assert len(rows) == sum(phone.acts for phone in phones)
        assert {row.state for row in rows} == {State.DONE}
        assert not [row.number for row in rows if row.sealed_raw or row.sealed_reply]
    async with bench.work() as session:
        for phone in phones:
            person, _ = await people.lock(session, bench.address_of(phone))
            assert person
            assert (person.name or "").split() == phone.words, f"{phone.id}"
    copies = 0
    for phone in phones:
        address = bench.address_of(phone)
        for word in phone.words:
            key = (address, f"Heard {word}.")
            if word.endswith("b"):
                assert key in edited or said[key], key
                continue
            assert said[key] >= 1, key
            assert said[key] <= 1 + bench.standing[key], f"{key} again, and was not on its way"
            copies += said[key] - 1
        helped = sum(times for (where, text), times in said.items() if where == address and HELP in text)
        assert helped >= phone.asked_for_help
    return copies


async def _every_promise_has_one_end(bench: Bench, asked: list[Phone], said: Counter[tuple[str, str]]) -> Counter[str]:
    """Returns how the check-ins ended."""
    outcomes: Counter[str] = Counter()
    async with bench.work() as session:
        for phone in asked:
            address = bench.address_of(phone)
            person, _ = await people.lock(session, address)
            assert person
            theirs = select(Notification).where(Notification.person_id == person.id, Notification.kind == "checkin")
            (row,) = await session.scalars(theirs)
            came = sum(times for (where, text), times in said.items() if where == address and text.startswith("Your "))
            outcomes[row.outcome] += 1
            assert row.outcome in FINAL
            assert came <= 1
            if row.outcome == Outcome.SENT:
                assert came == 1
            else:
                assert bench.flying[row.id], "nobody can say, and yet it was not on its way"
                assert not phone.answered
    return outcomes


async def test_a_kill_between_reply_sent_and_update_confirmed_handles_nothing_twice(bench: Bench) -> None:
    ana = await bench.somebody()
    await bench.fork()
    await until(lambda: has(bench, ana, "recovering from"))
    # the poll that would confirm the note is held for as long as the bot lives
    rule = {"do": "hang", "method": "getUpdates", "effect": "none", "seconds": PATIENCE, "nth": 1}
    await bench.http.post("/faults", json=rule)
    await ana.notes()
    await until(lambda: has(bench, ana, "Heard 1."))
    await until(bench.settled)
    await bench.kill()
    await bench.http.delete("/faults")
    before = len(await bench.calls("getUpdates"))
    await bench.fork()
    await until(lambda: _confirmed_since(bench, before))
    await ana.notes()
    await until(lambda: has(bench, ana, "Heard 2."))
    await until(bench.quiet)
    await bench.kill()
    said = await bench.said()
    assert said[bench.address_of(ana), "Heard 1."] == 1
    await _every_update_was_handled_once(bench, [ana], said, set())


async def _confirmed_since(bench: Bench, before: int) -> bool:
    """Whether a later life was handed something again, and has confirmed it."""
    return any("offset" in call["parameters"] for call in (await bench.calls("getUpdates"))[before:])
