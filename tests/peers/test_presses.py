"""Who may do what: every command and press, by everybody, in every state. And what is forged finds nothing."""

import secrets
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot import people
from bot.app import FEATURES
from bot.peers import invite
from bot.peers.alert import Ask
from bot.peers.invite import Invite, is_token
from bot.routes import Routes
from tests.figures import Record
from tests.peers.cast import joins
from tests.peers.stage import HELPS, Stage, stage
from tests.phone import Someone
from tests.walk.moment import file
from tests.world import is_set

MINUTE = timedelta(minutes=1)

ANAS = (
    "alerts",
    "asks",
    "peers",
    "grants",
    "sharing",
    "peer_invites",
    "talks",
    "checkins",
    "setups",
    "quiet",
    "quiet_notes",
)
"""What is Ana's. `asks` may be answered by whoever was asked, and by nobody else."""

SECRET = (HELPS, "Dee", "Eli", "Lisbon")

MEMBER_ONLY = (
    "people",
    "people:one:{link}",
    "people:sees:{link}",
    "people:mute:{link}",
    "people:remove:{link}",
    "people:removed:{link}",
    "people:confirm:{link}:yes",
    "people:times:wait:15",
    "people:invite",
    "people:gone",
    "people:withdraw",
    "people:stop",
    "people:stopped",
    "quiet:{link}:ask",
    "quiet:{link}:days:7",
    "quiet:{link}:test",
    "quiet:{link}:off",
    "quiet:stop",
    "quiet:well",
    "note:{ask}:open",
    "note:{grant}:yes",
    "note:{grant}:no",
    "sharing",
    "sharing:right",
    "alert",
    "alert:ask:{link}",
    "alert:{alert}:send",
    "alert:{alert}:only",
    "alert:{alert}:back",
    "alert:{alert}:words",
    "alert:{alert}:not",
    "alert:{alert}:next",
    "alert:{alert}:well",
    "alert:{alert}:mistake",
    "alert:{alert}:open",
)

PEERS = ("ask:{ask}:open", "ask:{ask}:here", "ask:{ask}:later", "ask:{ask}:cant", "ask:{ask}:well", "line", "line:end")
"""What somebody who was asked may press, and nobody else may with effect."""

STATES = ("nothing sent", "a draft", "asked", "talking", "over")


async def bring(on: Stage, state: str) -> None:
    """An alert of Ana's in a state."""
    ben, ana, world = on.peers["Ben"], on.ana, on.world
    if state == "nothing sent":
        return
    await world.arrive(ana.forged("quiet:3:ask"))  # Eli's, who is removed before anybody tries it
    await world.arrive(ana.forged("alert:ask:1"))
    if state == "a draft":
        return
    await world.arrive(ana.tapped("Send to Ben"))
    await world.wait(MINUTE)
    if state == "talking":
        await world.arrive(ben.tapped("Open"))
        await world.arrive(ben.tapped("I'm here"))
        await ana.looks()
        await world.arrive(ana.tapped("Open"))
    if state == "over":
        await world.arrive(ana.tapped("All is well now"))
    await world.wait(MINUTE)


def rows_of_ana(on: Stage, *, but: tuple[str, ...] = ()) -> dict[str, list[tuple[object, ...]]]:
    """Everything of Ana's that a press could have changed."""
    with closing(sqlite3.connect(file(on.world))) as database:
        return {
            table: database.execute(f"SELECT * FROM {table} WHERE person_id = 1").fetchall()
            for table in ANAS
            if table not in but
        }


def numbers(on: Stage) -> dict[str, int]:
    with closing(sqlite3.connect(file(on.world))) as database:
        return {
            "link": 1,
            "alert": database.execute("SELECT coalesce(max(id), 1) FROM alerts").fetchone()[0],
            "grant": database.execute("SELECT coalesce(max(id), 1) FROM grants WHERE scope = 'quiet'").fetchone()[0],
            "ask": database.execute("SELECT coalesce(max(id), 1) FROM asks").fetchone()[0],
        }


def shown(who: Someone, since: int) -> str:
    fresh = who.screen.bubbles[since:]
    return "\n".join(one.text for bubble in fresh for one in (*bubble.earlier, bubble.message))


@pytest.mark.parametrize("state", STATES)
def test_nobody_but_ana_changes_or_reads_what_is_hers(
    state: str, sqlite_url: str, tmp_path: Path, figures: Record
) -> None:
    commands = [f"/{name}" for name, press in Routes(FEATURES).commands.items() if press.split(":")[0] != "help"]
    tried = 0
    with stage(sqlite_url, tmp_path) as on:
        on.do(bring(on, state))
        on.do(on.world.arrive(on.ana.forged("people:removed:3")))
        before, ids = rows_of_ana(on), numbers(on)
        presses = [press.format(**ids) for press in (*MEMBER_ONLY, *PEERS)]
        # Ben may answer what he was asked; everything else of hers is closed to him as to all others
        for who, may in ((on.cai, ()), (on.peers["Eli"], ()), (on.peers["Dee"], ()), (on.peers["Ben"], PEERS)):
            allowed = {press.format(**ids) for press in may}
            since = len(who.screen.bubbles)
            for press in (press for press in presses if press not in allowed):
                on.do(on.world.arrive(who.forged(press)))
                tried += 1
            for command in commands:
                if command not in ("/move", "/forget") and not (who is on.peers["Ben"] and state == "talking"):
                    on.do(on.world.arrive(who.typed(command)))
                    tried += 1
            assert rows_of_ana(on) == before, who.address
            read = shown(who, since)
            assert not [word for word in SECRET if word in read], who.address
    figures(f"authorisation, {state}: {tried} presses and commands of others")


def test_a_press_of_ana_on_another_members_rows_finds_nothing(sqlite_url: str, tmp_path: Path) -> None:
    """Cai becomes a member, with Dee: Ana's numbers are not hers."""

    async def others(on: Stage) -> None:
        await is_set(on.cai, name="Cai")
        await joins(on.cai, on.peers["Dee"], "Dee")

    with stage(sqlite_url, tmp_path) as on:
        on.do(others(on))
        on.do(bring(on, "asked"))
        before, ids = rows_of_ana(on), numbers(on)
        own = (
            "people:stopped",
            "people:stop",
            "people:withdraw",
            "people:invite",
            "sharing:right",
            "people:times:wait:15",
        )
        for press in MEMBER_ONLY:
            if press not in own:
                on.do(on.world.arrive(on.cai.forged(press.format(**ids))))
        assert rows_of_ana(on) == before
        assert not [word for word in (HELPS, "Ben", "Eli") if word in shown(on.cai, 0)]


FORGED = 100_000
BATCH = 500


def test_a_hundred_thousand_forged_tokens_and_numbers_open_nothing(
    sqlite_url: str, tmp_path: Path, figures: Record
) -> None:
    """At the statement that decides, and a few hundred of them through everything before it."""

    async def forge(on: Stage) -> int:
        token = ""
        async with on.world.store.work() as session:
            ana = await people.look_by_id(session, 1)
            assert ana
            _, token = await invite.invite(session, ana, on.world.clock.now()) or (None, "")
        found = 0
        async with on.world.store.look() as session:
            for _ in range(FORGED // 2 // BATCH):
                made = [f"p{secrets.token_hex(24)}" for _ in range(BATCH)]
                assert all(map(is_token, made))
                query = select(func.count()).select_from(Invite)
                blind = [invite._blind(session, one) for one in made]
                found += await session.scalar(query.where(Invite.blind.in_(blind))) or 0
                numbers = [secrets.randbelow(10**17) + 1 for _ in range(BATCH)]
                asks = select(func.count()).select_from(Ask).where(Ask.id.in_(numbers))
                found += await session.scalar(asks) or 0
            query = select(func.count()).select_from(Invite).where(Invite.blind == invite._blind(session, token))
            assert await session.scalar(query) == 1, "the true one is found"
        return found

    async def press(on: Stage, how_many: int) -> None:
        for _ in range(how_many):
            number = secrets.randbelow(10**17) + 1
            await on.world.app.arrive(
                [on.cai.forged(f"ask:{number}:here"), on.cai.typed(f"/start p{secrets.token_hex(24)}")]
            )
            await on.world.settle()

    with stage(sqlite_url, tmp_path) as on:
        assert on.do(forge(on)) == 0
        on.do(bring(on, "asked"))
        before = rows_of_ana(on)
        on.do(press(on, 100))
        assert rows_of_ana(on) == before
    figures(f"{FORGED} forged tokens and numbers found nothing, 200 of them by way of a phone")
