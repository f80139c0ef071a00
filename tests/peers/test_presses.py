"""Who may do what: every command and press, by everybody, in every state. And what is forged finds nothing."""

import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select

from bot import bucket, people
from bot.app import FEATURES
from bot.peers import invite
from bot.peers.alert import Ask
from bot.peers.invite import Invite, is_token
from bot.routes import Routes
from tests.figures import Record
from tests.peers.cast import joins, link_of
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
    "alert:{alert}:next:{link}",
    "alert:{alert}:well",
    "alert:{alert}:mistake",
    "alert:{alert}:said:open",
)

PEERS = ("ask:{ask}:open", "ask:{ask}:here", "ask:{ask}:later", "ask:{ask}:cant", "ask:{ask}:well", "line", "line:end")
"""What somebody who was asked may press, and nobody else may with effect."""

GUESTS = ("peer:{invite}:offer", "peer:{invite}:more", "peer:{invite}:no", "peer:{invite}:yes")
"""What somebody may press who has opened a link and not answered yet. Nobody else may with effect."""

STATES = ("nothing sent", "a draft", "asked", "answered", "talking", "over")
WITH_ALL_ELSE = ("talking",)
"""In these every command is tried too, and every other press that there is. Most is open while two people talk."""

AT_ONCE = 15
"""Presses that arrive together: of one person no more than twenty may wait."""


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
    if state in ("answered", "talking"):
        await world.arrive(ben.tapped("Open"))
        await world.arrive(ben.tapped("I'm here"))
        await ana.looks()
    if state == "talking":
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
            "invite": database.execute("SELECT coalesce(max(id), 1) FROM peer_invites").fetchone()[0],
            "ask": database.execute("SELECT coalesce(max(id), 1) FROM asks").fetchone()[0],
        }


def shown(who: Someone, since: int) -> str:
    fresh = [one for bubble in who.screen.bubbles[since:] for one in (*bubble.earlier, bubble.message)]
    labels = [button.label for one in fresh for row in one.rows for button in row]
    return "\n".join([*(one.text for one in fresh), *labels, *(one.document.text for one in fresh if one.document)])


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every answer leaves at once: what waits for its second is read by nobody, and would prove nothing."""
    monkeypatch.setattr(bucket, "CHAT_DEPTH", 1e6)
    monkeypatch.setattr(bucket.Bucket, "room", lambda *_: 1000)


async def try_all(on: Stage, who: Someone, tried: list[dict[str, Any]]) -> None:
    for start in range(0, len(tried), AT_ONCE):
        await on.world.arrive(*tried[start : start + AT_ONCE])


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("state", STATES)
def test_nobody_but_ana_changes_or_reads_what_is_hers(
    state: str, sqlite_url: str, tmp_path: Path, figures: Record
) -> None:
    routes = Routes(FEATURES)
    every = [f"/{name}" for name, press in routes.commands.items() if press.split(":")[0] != "help"]
    commands = [command for command in every if command not in ("/move", "/forget")]
    rest = [f"{name}{words}" for name in routes.presses for words in ("", ":1:open")]
    tried = read = 0
    with stage(sqlite_url, tmp_path) as on:
        flo = on.world.someone("flo")
        on.do(flo.says(f"/start {on.do(link_of(on.ana))}"))
        on.do(bring(on, state))
        on.do(on.world.arrive(on.ana.forged("people:removed:3")))
        before, ids = rows_of_ana(on), numbers(on)
        peers = on.peers
        # each may press what was shown to them; everything else of hers is closed to them as to all others
        roles = ((on.cai, ()), (flo, GUESTS), (peers["Eli"], ()), (peers["Dee"], ()), (peers["Ben"], PEERS))
        for who, may in roles:
            allowed = {press.format(**ids) for press in may}
            since = len(who.screen.bubbles)
            presses = [press.format(**ids) for press in (*MEMBER_ONLY, *PEERS, *GUESTS)]
            presses += rest if state in WITH_ALL_ELSE else []
            acts = [who.forged(press) for press in presses if press not in allowed]
            acts += [who.typed(command) for command in commands] if state in WITH_ALL_ELSE else []
            on.do(try_all(on, who, acts))
            assert rows_of_ana(on) == before, who.address
            words, own = shown(who, since), who.address.removeprefix("phone:").title()
            assert not [word for word in SECRET if word in words and word != own], who.address
            tried, read = tried + len(acts), read + words.count("\n")
    figures(f"authorisation, {state}: {tried} presses and commands of others, {read} lines read")
    assert read > tried, "nobody was answered, so nothing was tried"


@pytest.mark.usefixtures("unhurried")
def test_a_press_of_ana_on_another_members_rows_finds_nothing(sqlite_url: str, tmp_path: Path) -> None:
    """Cai becomes a member, with Dee: Ana's numbers are not hers."""

    async def others(on: Stage) -> None:
        await is_set(on.cai, name="Cai")
        await joins(on.cai, on.peers["Dee"], "Dee")

    with stage(sqlite_url, tmp_path) as on:
        on.do(others(on))
        on.do(bring(on, "asked"))
        before, ids, since = rows_of_ana(on), numbers(on), len(on.cai.screen.bubbles)
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
        read = shown(on.cai, since)
        assert "Dee" in read, "her own she sees"
        assert not [word for word in (HELPS, "Ben", "Eli") if word in read]


FORGED = 100_000
BATCH = 500
THROUGH_ALL = 1_500
"""So many of the forged presses go by way of a phone, through everything that stands before the deciding statement."""

VERBS = (
    "open",
    "said",
    "here",
    "later",
    "cant",
    "send",
    "only",
    "back",
    "next",
    "well",
    "mistake",
    "yes",
    "no",
    "removed",
    "sees",
)
HEADS = ("ask", "alert", "people", "peer", "note", "quiet", "line", "sharing")


def test_a_hundred_thousand_forged_tokens_and_numbers_open_nothing(
    sqlite_url: str, tmp_path: Path, figures: Record
) -> None:
    """At the statement that decides; and a sample through all that stands before it."""
    chance = Random(secrets.randbits(32))

    async def forge(on: Stage) -> int:
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

    def forged(who: Someone, true: list[int]) -> dict[str, Any]:
        number = chance.choice(
            (*true, secrets.randbelow(10**17) + 1, secrets.randbelow(10**20), chance.randrange(9), -1)
        )
        words = [chance.choice(HEADS), *chance.sample((str(number), chance.choice(VERBS), "1"), chance.randint(0, 3))]
        if chance.random() < 0.1:
            return who.typed(f"/start p{secrets.token_hex(24)}")
        return who.forged(":".join(words)[:64])

    async def press(on: Stage, who: Sequence[Someone], how_many: int) -> None:
        true = list(numbers(on).values())
        for _ in range(how_many // (AT_ONCE * len(who))):
            await on.world.arrive(*(forged(one, true) for one in who for _ in range(AT_ONCE)))

    with stage(sqlite_url, tmp_path) as on:
        assert on.do(forge(on)) == 0
        on.do(bring(on, "asked"))
        on.do(on.world.arrive(on.ana.forged("people:removed:3")))
        before = rows_of_ana(on)
        on.do(press(on, (on.cai, on.peers["Eli"], on.peers["Dee"]), THROUGH_ALL))
        assert rows_of_ana(on) == before
    figures(f"{FORGED} forged tokens and numbers found nothing, {THROUGH_ALL} more by way of a phone")
