"""Finding a meeting: near, online, by day, on now, by fellowship and kind; and nobody finds what is another's own."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bot.chat import PRESS_LIMIT
from bot.meetings.search import NOW, UNTIMED, WEEKDAYS, Wanted
from bot.store import Base
from tests.meetings.listed import NEW_YORK, is_member, listed, utc
from tests.phone import Someone
from tests.scenes.looking import the_person
from tests.world import World, is_set

LISBON = "Europe/Lisbon"
ROSSIO = {"venue": "place", "zone": LISBON, "city": "Lisbon", "link": "", "latitude": 38.714, "longitude": -9.139}


@pytest.fixture
async def member(world: World, ana: Someone) -> Someone:
    """Ana in Lisbon."""
    await is_member(world, ana)
    return ana


async def test_with_no_list_one_can_still_enter_an_own_one(world: World, member: Someone) -> None:
    await member.says("/meetings")
    assert "no list of meetings here yet" in member.sees
    assert member.buttons == ["My meetings", "Enter my own", "Help now"]


async def test_from_home_to_a_meeting_online_with_both_clocks(world: World, member: Someone) -> None:
    await listed(world)
    await listed(world, "Rossio", **ROSSIO)
    await member.says("menu")
    await member.presses("Meetings")
    await member.presses("Online")
    assert member.sees.split("\n")[1:] == ["1. Thu 21:00 for you, 16:00 in New York · online · NA"]
    await member.presses("1. Midnight Hope")
    assert "Every Thursday at 16:00 in New York. Next: Thu 21:00 for you." in member.sees
    assert member.buttons == ["Join", "Remind me", "Help now"]


async def test_a_city_is_used_once_and_kept_nowhere(world: World, member: Someone) -> None:
    await listed(world, "Rossio", **ROSSIO)
    await listed(world, "Sintra", **(ROSSIO | {"latitude": 38.80, "longitude": -9.38, "city": "Sintra"}))
    await listed(world, "Porto", **(ROSSIO | {"latitude": 41.15, "longitude": -8.61, "city": "Porto"}))
    await member.says("/meetings")
    await member.presses("Near a place")
    await member.says("Lisbon")
    assert [line[:2] for line in member.sees.split("\n")[1:]] == ["1.", "2."]
    assert "Lisbon, 2 km" in member.sees
    assert "Sintra, 21 km" in member.sees
    assert "Porto" not in member.sees
    person = await the_person(world)
    assert person.awaiting is None
    async with world.store.look() as session:
        kept = [
            str(row)
            for table in Base.metadata.sorted_tables
            if table.name not in ("meetings", "feeds")
            for row in await session.execute(text(f"SELECT * FROM {table.name}"))
        ]
    assert not [row for row in kept if "38.7" in row or "3873" in row or "-9.1" in row or "-915" in row]


async def test_a_shared_place_is_used_once_and_moves_nobody(world: World, member: Someone) -> None:
    await listed(world, "Rossio", **ROSSIO)
    await listed(world, "Harlem", **(ROSSIO | {"zone": NEW_YORK, "latitude": 40.81, "longitude": -73.95, "city": ""}))
    await member.says("/meetings")
    await member.presses("Near a place")
    await member.presses("Share location once")
    await member.looks()
    await member.shares(40.8123, -73.9511)
    await member.looks()
    assert member.screen.keyboard[-1][-1] == "Help now"
    assert len(member.screen.keyboard) == 2, "the three buttons that stay are back"
    await member.presses("What is near me")
    assert "less than 1 km" in member.sees
    assert "21:00 for you, 16:00 in New York" in member.sees
    assert (await the_person(world)).zone == LISBON


async def test_of_several_cities_one_is_chosen(world: World, member: Someone) -> None:
    await listed(world, "Pearl", **(ROSSIO | {"zone": "America/Los_Angeles", "latitude": 45.52, "longitude": -122.68}))
    await member.says("/meetings")
    await member.presses("Near a place")
    await member.says("Portland")
    await member.presses("Portland, Oregon, United States")
    assert "1. Pearl" in member.buttons
    await member.says("/meetings")
    await member.presses("Near a place")
    await member.says("qwzxkj")
    assert "city" in member.sees


async def test_the_place_that_was_asked_for_is_named(world: World, member: Someone) -> None:
    await listed(world, "Harlem", **(ROSSIO | {"zone": NEW_YORK, "latitude": 40.68, "longitude": -73.95, "city": ""}))
    for asked, named in (("Brooklyn", "Near Brooklyn."), ("Nueva York", "Near New York.")):
        await member.says("/meetings")
        await member.presses("Near a place")
        await member.says(asked)
        assert named in member.sees


async def test_by_the_members_own_day_and_not_the_meetings(world: World, member: Someone) -> None:
    """22:00 on Wednesday in New York is Thursday in Lisbon."""
    await listed(world, "Late", weekday=2, at=time(22))
    await member.says("/meetings")
    await member.presses("By day")
    assert member.buttons[:7] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    await member.presses("Wednesday")
    assert "I found none" in member.sees
    await member.presses("Narrow it")
    await member.presses("A day")
    await member.presses("Thursday")
    assert "Thu 3:00 for you, Wed 22:00 in New York" in member.sees


async def test_on_now_with_fifteen_minutes_of_grace_and_soon(world: World, member: Someone) -> None:
    await listed(world, "Begun")
    await listed(world, "Soon", at=time(16, 40))
    await listed(world, "Later", at=time(18))
    await world.go_to(utc(2026, 3, 5, 21, 14))
    await member.says("/meetings")
    await member.presses("On now or soon")
    assert [label for label in member.buttons if label[0].isdigit()] == ["1. Begun", "2. Soon"]
    assert "Began 14 min ago" in member.sees
    await world.go_to(
        utc(
            2026,
            3,
            5,
            21,
            15,
        )
    )
    await member.says("/meetings")
    await member.presses("On now or soon")
    assert [label for label in member.buttons if label[0].isdigit()] == ["1. Soon"]


async def test_pages_of_five_there_and_back(world: World, member: Someone) -> None:
    for number in range(12):
        await listed(world, f"Group {number}", at=time(8 + number))
    await member.says("/meetings")
    await member.presses("Online")
    assert [label for label in member.buttons if label[0].isdigit()] == [f"{n}. Group {n - 1}" for n in range(1, 6)]
    assert len(member.sees.split("\n")) <= 8
    await member.presses("More")
    await member.presses("More")
    assert [label for label in member.buttons if label[0].isdigit()] == ["11. Group 10", "12. Group 11"]
    assert "More" not in member.buttons
    await member.presses("Before these")
    assert "6. Group 5" in member.buttons
    assert member.buttons[-1] == "Help now"


async def test_by_fellowship_and_by_kind(world: World, member: Someone) -> None:
    await listed(world, "Secular one", program="SMART", tags=" secular lang-es ")
    await listed(world, "Other one", tags=" women ")
    await member.says("/meetings")
    await member.presses("Online")
    await member.presses("Narrow it")
    await member.presses("A fellowship")
    assert member.buttons[:2] == ["NA", "SMART"]
    await member.presses("SMART")
    assert "1. Secular one" in member.buttons
    assert "2. Other one" not in member.buttons
    await member.presses("Narrow it")
    await member.presses("A kind")
    assert member.buttons == ["Women", "Secular", "Spanish", "Any kind", "Back", "Help now"], (
        "what no list has is not offered"
    )
    await member.presses("Secular")
    assert "Online, SMART, secular" in member.sees
    await member.presses("Narrow it")
    await member.presses("A kind")
    await member.presses("Spanish")
    assert "1. Secular one" in member.buttons


async def test_what_has_no_time_is_listed_apart_and_cannot_be_reminded_of(world: World, member: Someone) -> None:
    await listed(world, "Always open", at=None, weekday=None)
    await member.says("/meetings")
    await member.presses("Online")
    assert "I found none" in member.sees
    await member.presses("Narrow it")
    await member.presses("A day")
    await member.presses("No fixed time")
    await member.presses("1. Always open")
    assert "I can't remind you of this one" in member.sees
    assert "Remind me" not in member.buttons


async def test_what_is_closed_or_gone_or_anothers_own_is_not_found(world: World, member: Someone, cai: Someone) -> None:
    await listed(world, "Closed", closed=True)
    gone = await listed(world, "Gone", gone_at=utc(2026, 3, 1))
    await is_set(cai)
    await cai.says("/meetings")
    await cai.presses("Enter my own")
    await cai.says("Cellar")
    await cai.presses("Every week")
    await cai.presses("Friday")
    await cai.presses("19:00")
    await cai.says("https://meet.example/cellar")
    assert "Cellar" in cai.sees
    await listed(world, "Open")
    for press in ("meetings:l:+o:0", "meetings:l::0", f"meetings:l:+w{UNTIMED}:0"):
        await world.arrive(member.forged(press))
        assert not [word for word in ("Closed", "Gone", "Cellar") if word in member.chat]
    for number in range(1, gone + 5):
        for what in ("", ":join", ":follow", ":where"):
            await world.arrive(member.forged(f"meeting:{number}{what}"))
    assert "cellar" not in member.chat.lower()


async def test_forged_searches_find_nothing_and_break_nothing(world: World, member: Someone) -> None:
    await listed(world)
    for press in (
        "meetings:l:n9999_0:0",
        "meetings:l:n1_1+o:-1",
        "meetings:l:+tx%' OR 1=1:0",
        "meetings:l:+w9:0",
        "meetings:l::999",
        "meetings:l:x:y:z",
        "meetings:days:nonsense",
        "meetings:tags::99",
        "meetings:programs::99",
        "meetings:what",
        "meeting:99999999999999999999",
        "meeting",
    ):
        await world.arrive(member.forged(press))
        assert "1=1" not in member.chat


@given(
    near=st.none() | st.tuples(st.integers(-9000, 9000), st.integers(-18000, 18000)),
    online=st.booleans(),
    when=st.sampled_from(("", NOW, UNTIMED, *WEEKDAYS)),
    program=st.just("") | st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,15}", fullmatch=True),
    tag=st.sampled_from(("", "wheelchair", "lang-es", "newcomers")),
)
def test_every_limit_fits_into_a_button_and_comes_back(
    near: tuple[int, int] | None, online: bool, when: str, program: str, tag: str
) -> None:
    wanted = Wanted(near, online, when, program, tag)
    assert Wanted.read(wanted.code) == wanted
    assert len(f"meetings:programs:{wanted.code}:99".encode()) <= PRESS_LIMIT + 12
    assert len(f"meetings:l:{wanted.code}:199".encode()) <= PRESS_LIMIT
