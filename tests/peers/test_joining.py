"""Becoming one of somebody's people: a link that works once, and that says the same when it does not."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from bot.account import access
from bot.house import House
from bot.peers.invite import Invite, is_token
from bot.people import Consent, Person
from tests.peers.cast import joins, link_of, with_people
from tests.phone import Someone
from tests.scenes.looking import rows
from tests.world import World, is_set

HOUR = timedelta(hours=1)
DEAD = "This link leads nowhere any more"


async def test_a_link_a_yes_and_a_word_of_the_members(world: World, ana: Someone, ben: Someone) -> None:
    await with_people(world, ana, Ben=ben)
    await ana.says("/people")
    assert "Ben: gets what I send by hand, since 2 March. Last sent: never." in ana.sees


async def test_ben_reads_what_he_would_get_before_he_says_anything(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana, name="Ana")
    await ben.says(f"/start {await link_of(ana)}")
    assert "Ana asks you to be a person to reach in a hard moment." in ben.sees
    assert "You would get: a message when Ana presses a button, one when it is over." in ben.sees
    assert {"Yes, I will", "No, thanks", "Help now"} <= set(ben.buttons)
    kept = await rows(world)
    assert kept["consents"] == 1, "Ana's own: nothing of Ben's is agreed to by opening a link"
    assert "peers" not in kept


async def test_until_ana_says_it_is_ben_nothing_can_go_to_him(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana, name="Ana")
    await ben.says(f"/start {await link_of(ana)}")
    await ben.presses("Yes, I will")
    await ben.says("Ben")
    await ana.looks()
    assert "Somebody has answered you." in ana.rung
    await ana.says("/alert")
    assert "Many people start there" in ana.sees
    await ana.says("/people")
    await ana.presses("Ben accepted: is it them?")
    await ana.presses("No")
    assert "Nobody yet" in ana.sees
    assert not re.search("Ben", ana.sees)


async def test_no_is_a_fine_answer_and_nothing_is_kept(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana, name="Ana")
    rung = len(ana.rung)
    await ben.says(f"/start {await link_of(ana)}")
    await ben.presses("No, thanks")
    assert "That is a fine answer. Nothing about you is kept." in ben.sees
    async with world.store.look() as session:
        assert len((await session.scalars(select(Person))).all()) == 1
    await world.wait(HOUR)
    assert len(ana.rung) == rung + 2, "the two messages of the invitation, and no word of a no"


async def test_of_a_peer_only_what_the_screen_says_is_kept_and_not_forgotten(
    world: World, ana: Someone, ben: Someone
) -> None:
    await with_people(world, ana, Ben=ben)
    async with world.store.look() as session:
        purposes = list(await session.scalars(select(Consent.purpose).order_by(Consent.purpose)))
    assert purposes == ["peer", "service"]
    kept = await rows(world)
    assert kept["setups"] == kept["schedules"] == 1, "Ana's"
    await world.wait(timedelta(days=8))
    await House(world.store, world.clock).tidy()
    assert (await rows(world))["people"] == 2


async def test_a_leaflets_code_is_an_ordinary_start(world: World, cai: Someone) -> None:
    for code in ("leaflet-42", "p123", "p" + "g" * 48, "P" + "a" * 48):
        await cai.says(f"/start {code}")
        assert "I am 18 or over and agree" in cai.buttons, code


async def test_unknown_used_expired_and_own_links_answer_alike_and_in_as_many_steps(
    world: World, ana: Someone, ben: Someone, cai: Someone
) -> None:
    await is_set(ana, name="Ana")
    await cai.starts()
    used, mine, old = await link_of(ana), await link_of(ana), await link_of(ana)
    await ben.says(f"/start {used}")
    await ben.presses("Yes, I will")
    await ben.says("Ben")
    steps: list[str] = []

    def count(connection: object, cursor: object, statement: str, *rest: object) -> None:
        steps.append(statement)

    engine = world.store._writer.sync_engine
    seen = {}
    cases = [("unknown", cai, "p" + "0" * 48), ("used", cai, used)]
    for kind, who, token in cases:
        seen[kind] = await _opened(world, who, token, engine, count, steps)
    await world.wait(timedelta(hours=25))
    seen["expired"] = await _opened(world, cai, old, engine, count, steps)
    assert seen["unknown"] == seen["used"] == seen["expired"]
    text, made = seen["unknown"]
    assert DEAD in text
    assert made > 5
    fresh = await link_of(ana)
    assert fresh != mine
    theirs = await _opened(world, ana, fresh, engine, count, steps)
    unknown = await _opened(world, ana, "p" + "1" * 48, engine, count, steps)
    assert theirs == unknown


async def _opened(world: World, who: Someone, token: str, engine: Any, count: Any, steps: list[str]) -> tuple[str, int]:
    """What somebody reads who opens a link, and how many statements that took."""
    await world.wait(timedelta(seconds=5))
    event.listen(engine, "before_cursor_execute", count)
    steps.clear()
    await world.arrive(who.typed(f"/start {token}"))
    event.remove(engine, "before_cursor_execute", count)
    return who.sees, len(steps)


async def test_a_link_is_whoevers_who_opened_it_first(world: World, ana: Someone, ben: Someone, cai: Someone) -> None:
    await is_set(ana, name="Ana")
    link = await link_of(ana)
    await ben.says(f"/start {link}")
    await cai.says(f"/start {link}")
    assert DEAD in cai.sees
    await ben.says(f"/start {link}")
    assert "Ana asks you" in ben.sees, "he may read it again"


async def test_five_tries_an_hour(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana, name="Ana")
    link = await link_of(ana)
    for _ in range(5):
        await ben.says(f"/start p{'0' * 48}")
    await ben.says(f"/start {link}")
    assert DEAD in ben.sees
    await world.wait(HOUR)
    await ben.says(f"/start {link}")
    assert "Ana asks you" in ben.sees


async def test_three_links_at_most_stand_open(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana, name="Ana")
    links = [await link_of(ana) for _ in range(3)]
    await ana.says("/people")
    await ana.presses("Invite someone")
    assert "Three invitations are open" in ana.sees
    await ana.presses("Take them all back")
    await ben.says(f"/start {links[0]}")
    assert DEAD in ben.sees
    assert await link_of(ana)


async def test_only_the_hash_of_a_link_is_kept(world: World, ana: Someone) -> None:
    await is_set(ana, name="Ana")
    link = await link_of(ana)
    assert is_token(link)
    async with world.store.look() as session:
        [row] = await session.scalars(select(Invite))
    assert link.encode() not in row.blind
    assert bytes.fromhex(link[1:]) not in row.blind
    assert len(row.blind) == 32


async def test_without_a_name_ana_is_asked_for_one_first(world: World, ana: Someone) -> None:
    await is_set(ana)
    await ana.says("/people")
    await ana.presses("Invite someone")
    assert "The person you invite reads who asks" in ana.sees


async def test_a_closed_door_lets_somebody_in_who_was_asked(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana, name="Ana")
    async with world.store.work() as session:
        code = await access.invite(session, 1, 1, world.clock.now())
    world.closed = True
    world.begin()
    await ana.says(f"/start {code}")
    await ben.says("/start")
    assert "code" in ben.sees
    await joins(ana, ben, "Ben")
    await ben.says("/start")
    assert "Somebody may ask you here" in ben.sees
    await ben.says("/start p" + "0" * 48)
    assert DEAD in ben.sees


async def test_links_that_lead_nowhere_are_not_kept(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ana, name="Ana")
    await ben.says(f"/start {await link_of(ana)}")
    assert {"peer_invites", "peer_tries"} <= set(await rows(world))
    await world.sleeps(timedelta(hours=49))
    await House(world.store, world.clock).tidy()
    assert not {"peer_invites", "peer_tries"} & set(await rows(world))


async def test_a_member_can_be_somebodys_peer_too(world: World, ana: Someone, ben: Someone) -> None:
    await is_set(ben, name="Ben")
    await is_set(ana, name="Ana")
    await joins(ana, ben, "Ben")
    await ben.says("/checkin")
    assert "How are you right now?" in ben.sees
    await ben.says("/helping")
    assert "Somebody may ask you here" in ben.sees


@pytest.mark.parametrize("words", ["/start", "hello", "/checkin", "/people", "/alert", "/next", "menu"])
async def test_whoever_only_helps_comes_to_the_page_on_helping(
    words: str, world: World, ana: Someone, ben: Someone
) -> None:
    await with_people(world, ana, Ben=ben)
    await ben.says(words)
    assert "Somebody may ask you here" in ben.sees
    await ben.presses("I want this for myself")
    assert "I am 18 or over and agree" in ben.buttons


async def test_whoever_only_helps_has_their_data_and_their_language(world: World, ana: Someone, ben: Someone) -> None:
    await with_people(world, ana, Ben=ben)
    await ben.says("/mydata")
    await ben.presses("Send them to me")
    await ben.looks()
    files = [bubble.message.document.text for bubble in ben.screen.bubbles if bubble.message.document]
    assert len(files) == 3
    assert not [text for text in files if "Ana" in text]
    await ben.says("/settings")
    await ben.presses("Español")
    assert "Mis datos" in ben.sees
