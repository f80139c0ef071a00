"""The bot is killed with `kill -9` all through an alert, and it is passed on, or its sender is told.

Each life begins a little later by its own clock: to kill a bot for fifteen minutes would take as long.
"""

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import people
from bot.peers import ledger
from bot.peers.alert import Alert, State
from bot.peers.joining import CONSENT
from bot.peers.model import WAIT, Peer
from bot.texts import Texts
from tests.faults.killing import Bench, Phone, has, until
from tests.figures import Record, tell

pytestmark = [pytest.mark.faults, pytest.mark.slow]

NAMES = ("Ben", "Dee", "Eli")
EACH = timedelta(seconds=45)
"""How much later each life begins."""
SHORTEST, LONGEST = 0.02, 0.4
"""Seconds from fork to kill, or from when it could first do anything."""
BEGINS_WITHIN = 1.5
"""Seconds that are granted to it for that at most."""
MOST = 120
"""Lives until a test gives up: an alert with three people takes a quarter of them."""

SAYS = Texts("en")
ASKS = SAYS("alert-asks", name=SAYS("people-somebody"))
AGAIN = f"{SAYS('alert-repeat')} {ASKS}"
NOBODY = SAYS("alert-nobody", time="").split(".")[0]


async def _people_of(bench: Bench, ana: Phone) -> dict[str, Phone]:
    """Three people who have said yes."""
    phones = {name: await bench.somebody() for name in NAMES}
    now = datetime.now(UTC)
    async with bench.work() as session:
        member, _ = await people.lock(session, bench.address_of(ana))
        assert member
        for name, phone in phones.items():
            peer, _ = await people.lock(session, bench.address_of(phone))
            assert peer
            await people.agree(session, peer, CONSENT, now, people.PEER)
            link = Peer(person_id=member.id, peer_id=peer.id, accepted_at=now, confirmed_at=now)
            session.add(link)
            link.name = name
            await session.flush()
            for scope in ledger.BY_HAND:
                await ledger.grant(session, link, scope, now)
    return phones


async def _state(bench: Bench) -> str:
    async with bench.looking() as session:
        return str(await session.scalar(select(Alert.state).order_by(Alert.id.desc()).limit(1)))


async def test_an_alert_outlives_every_kill(bench: Bench, figures: Record) -> None:
    seed = random.SystemRandom().randrange(10**6)
    tell(f"seed {seed}")
    chance = random.Random(seed)
    ana = await bench.somebody()
    peers = await _people_of(bench, ana)
    born = datetime.now(UTC)
    await bench.fork()
    await until(lambda: has(bench, ana, "recovering from"))
    start = min((datetime.now(UTC) - born).total_seconds(), BEGINS_WITHIN)
    await ana.does("say", text="/alert")
    await ana.presses(SAYS("alert-send", name="Ben"))
    await until(lambda: _is_sent(bench))
    await bench.kill()

    lives, ahead = 0, timedelta()
    while await _state(bench) != State.TOLD:
        assert lives < MOST, "it went on for ever"
        lives, ahead = lives + 1, ahead + EACH
        await bench.fork(ahead)
        await asyncio.sleep(chance.uniform(SHORTEST, LONGEST) + chance.choice((0, start)))
        await bench.kill()
    await bench.fork(ahead)
    await until(bench.settled)
    await until(lambda: has(bench, ana, NOBODY))
    await bench.kill()

    said = await bench.said()
    asked: Counter[str] = Counter()
    for name, phone in peers.items():
        plain, again = (said[bench.address_of(phone), words] for words in (ASKS, AGAIN))
        assert plain + again >= 1, f"{name} was never asked"
        assert plain <= 1, f"{name} was asked again, and it did not say so"
        asked.update(plain=plain, again=again)
    assert ahead >= timedelta(minutes=WAIT * (len(NAMES) - 1)), "nobody had the time to answer"
    assert "action=part_failed" not in (bench.folder / "log").read_text()
    figures(f"{lives} lives of an alert by {ahead} of its clock, asked: {dict(asked)}")


async def _is_sent(bench: Bench) -> bool:
    return await _state(bench) == State.HELD
