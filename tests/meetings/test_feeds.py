"""Feeds read row by row: our own small ones in every shape, and the real samples with their exact counts."""

import gzip
import json
from collections import Counter
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from bot.meetings.feeds import bmlt
from bot.meetings.feeds.source import BadFeed, Source
from bot.meetings.listing import Listing, Remarked, Skipped, Venue
from bot.tryout import MEETINGS

SAMPLES = Path(__file__).parents[3] / "shared/data/meetings"

GUIDE: dict[str, Any] = {
    "slug": "morning-light",
    "name": "Morning Light",
    "day": 1,
    "time": "07:00",
    "end_time": "08:00",
    "timezone": "America/New_York",
    "formatted_address": "1 Example St, Albany, NY",
    "types": ["O", "W", "S"],
}
BMLT: dict[str, Any] = {
    "id_bigint": "7",
    "weekday_tinyint": "1",
    "start_time": "23:00:00",
    "duration_time": "01:30:00",
    "time_zone": "",
    "formats": "O,B",
    "meeting_name": "Late Light",
    "location_street": "2 Example St",
    "published": "1",
}


def file(folder: Path, content: object) -> Path:
    path = folder / "feed"
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    path.write_bytes(data)
    return path


def listings(source: Source) -> list[Listing]:
    return [row.listing for row in source.rows() if isinstance(row, Remarked)]


def read(folder: Path, content: object) -> list[Listing]:
    return listings(Source(file(folder, content)))


def skipped(folder: Path, content: object) -> list[str]:
    return [row.reason for row in Source(file(folder, content)).rows() if isinstance(row, Skipped)]


def test_how_one_gets_in_comes_before_all_that_else_is_said(tmp_path: Path) -> None:
    (one,) = read(tmp_path, [GUIDE | {"notes": "No pets", "group_notes": "Est. 1990", "location_notes": "Ring twice"}])
    assert one.notes == "Ring twice\nNo pets"
    town = {"location_municipality": "New York", "location_city_subsection": "Brooklyn"}
    (one,) = read(tmp_path, [BMLT | town | {"location_info": "Basement", "comments": "No pets"}])
    assert (one.notes, one.where.city) == ("Basement\nNo pets", "Brooklyn")
    (one,) = read(tmp_path, [BMLT | {"location_municipality": "Albany"}])
    assert (one.notes, one.where.city) == ("", "Albany")


def test_a_meeting_guide_row(tmp_path: Path) -> None:
    (one,) = read(tmp_path, [GUIDE])
    assert (one.key, one.name, one.program) == ("morning-light", "Morning Light", "AA")
    assert (one.timing.weekday, one.timing.at, one.timing.minutes) == (0, time(7), 60)
    assert one.timing.zone == "America/New_York"
    assert one.tags == {"open", "women", "lang-es"}


def test_a_code_means_what_its_own_fellowship_means(tmp_path: Path) -> None:
    path = file(tmp_path, [GUIDE | {"types": ["Y", "B"]}])
    assert listings(Source(path, "AA"))[0].tags == {"young"}
    assert listings(Source(path, "Al-Anon"))[0].tags == frozenset()


def test_one_meeting_on_many_days_is_a_row_for_each(tmp_path: Path) -> None:
    found = read(tmp_path, [GUIDE | {"day": ["0", 3, "Friday"]}])
    assert [(one.key, one.timing.weekday) for one in found] == [
        ("morning-light-6", 6),
        ("morning-light-2", 2),
        ("morning-light-4", 4),
    ]


def test_without_a_day_or_a_time_it_is_listed_and_not_remindable(tmp_path: Path) -> None:
    found = read(tmp_path, [GUIDE | {"day": None}, GUIDE | {"slug": "b", "time": ""}])
    assert [one.timing.rule("America/New_York") for one in found] == [None, None]


def test_private_peoples_numbers_and_donations_are_dropped(tmp_path: Path) -> None:
    private = {
        "contact_1_name": "Wren",
        "contact_1_phone": "555 0100",
        "venmo": "@wren",
        "paypal": "wren",
        "email": "w@example.org",
    }
    (one,) = read(tmp_path, [GUIDE | private])
    assert "wren" not in repr(one).lower()
    assert "0100" not in repr(one)


@pytest.mark.parametrize(
    ("more", "venue", "closed"),
    [
        ({}, Venue.PLACE, False),
        ({"conference_url": "https://example.org/j/1"}, Venue.BOTH, False),
        ({"conference_url": "https://example.org/j/1", "types": ["TC"]}, Venue.ONLINE, False),
        ({"types": ["TC"]}, Venue.PLACE, True),
        ({"attendance_option": "online"}, Venue.ONLINE, False),
        ({"formatted_address": "", "conference_phone": "+1 555 0100,,1#"}, Venue.ONLINE, False),
        (
            {"formatted_address": "Albany, NY", "approximate": "yes", "conference_url": "https://example.org/"},
            Venue.ONLINE,
            False,
        ),
        ({"formatted_address": ""}, Venue.ONLINE, False),
    ],
)
def test_in_a_place_online_or_closed(tmp_path: Path, more: dict[str, Any], venue: Venue, *, closed: bool) -> None:
    (one,) = read(tmp_path, [GUIDE | more])
    assert (one.venue, one.closed) == (venue, closed)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Light\x00house", "Light house"),  # PostgreSQL takes no such character
        ("\u202eesuohthgiL\u202c", "esuohthgiL"),  # turns the direction of all that follows
        ("\u2066Light\u2069\u200bhouse\ufeff", "Lighthouse"),
        ("<script>alert(1)</script>Lighthouse", "Lighthouse"),
        ("<script>alert(1)", ""),
        ("<b onclick=x>Light</b>house &amp;lt;i&gt;", "Lighthouse &lt;i>"),
        ("Light\ud800house", "Light?house"),
        ("Light\n\n\thouse", "Light house"),
        ("&#0;&#x202e;Light&zwj;house", "\ufffdLighthouse"),
        ("L" + "i\u0301" * 300, "L" + "i\u0301" * 126 + "i…"),
    ],
)
def test_a_name_holds_nothing_that_nobody_sees(tmp_path: Path, name: str, shown: str) -> None:
    rows = [GUIDE | {"name": name}, GUIDE | {"slug": "next"}]
    assert [one.name for one in read(tmp_path, rows)] == ([shown] if shown else []) + ["Morning Light"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "tg://resolve?domain=x",
        "https://user:word@example.org/",
        "https://example.org/\u202egpj.exe",
        "https://exa\u200bmple.org/",
        "https://example.org/a b",
        "https://example.org/\x00",
        "https://",
        "https://[broken/",
        "https://example.org/" + "x" * 2_000,
    ],
)
def test_an_address_that_no_phone_should_open_is_none(tmp_path: Path, address: str) -> None:
    (one,) = read(tmp_path, [GUIDE | {"conference_url": address, "url": address}])
    assert (one.link, one.page, one.venue) == ("", "", Venue.PLACE)


def test_one_bad_row_never_stops_the_rest(tmp_path: Path) -> None:
    rows: list[Any] = [
        None,
        5,
        "x",
        [],
        {},
        {"slug": "a"},
        {"name": "b"},
        GUIDE | {"attendance_option": "inactive"},
        GUIDE,
    ]
    assert skipped(tmp_path, rows) == ["not-a-row"] * 4 + ["no-key", "no-name", "no-key", "not-held"]
    assert len(read(tmp_path, rows)) == 1


def test_a_bmlt_row_counts_sunday_as_one_and_ends_after_midnight(tmp_path: Path) -> None:
    (one,) = read(tmp_path, [BMLT])
    assert (one.timing.weekday, one.timing.at, one.timing.minutes) == (6, time(23), 90)
    assert one.tags == frozenset()  # a key alone means nothing: each server chooses its own


def test_bmlt_formats_are_told_by_their_world_id(tmp_path: Path) -> None:
    table = [
        {"key_string": "B", "world_id": "BEG", "id": "1"},
        {"key_string": "O", "world_id": "OPEN", "id": "2"},
        {"key_string": "O", "world_id": "", "id": "3"},
    ]
    (one,) = read(tmp_path, {"meetings": [BMLT], "formats": table})
    assert one.tags == {"newcomers", "open"}
    beside = tmp_path / "formats"
    beside.write_text(json.dumps([{"key_string": "B", "worldid_mixed": "W", "shared_id_bigint": "9"}]))
    (one,) = listings(Source(file(tmp_path, [BMLT]), formats=beside))
    assert one.tags == {"women"}


def test_only_the_list_of_meetings_is_read_wherever_it_stands(tmp_path: Path) -> None:
    others: dict[str, Any] = {"before": [BMLT | {"id_bigint": "1"}], "deep": {"meetings": [BMLT | {"id_bigint": "2"}]}}
    behind: dict[str, Any] = {"behind": [BMLT | {"id_bigint": "3"}, []], "number": 5}
    found = read(tmp_path, others | {"meetings": [BMLT, BMLT | {"id_bigint": "8"}]} | behind)
    assert [one.key for one in found] == ["7", "8"]
    assert skipped(tmp_path, {"meetings": [None, 5, "x", [[BMLT]], BMLT, {}]}) == ["not-a-row"] * 4 + ["no-key"]
    for none in ({"meetings": {"a": BMLT}}, {"meetings": BMLT}, {"deep": {"meetings": [BMLT]}}):
        assert read(tmp_path, none) == []


def test_a_bmlt_meeting_that_is_closed_for_now_and_one_that_moved_online(tmp_path: Path) -> None:
    table = [{"key_string": "TC", "world_id": "TC", "id": "1"}, {"key_string": "VM", "world_id": "VM", "id": "2"}]
    rows = [
        BMLT | {"formats": "TC"},
        BMLT | {"id_bigint": "8", "formats": "TC,VM"},
        BMLT | {"id_bigint": "9", "venue_type": "3"},
    ]
    found = read(tmp_path, {"formats": table, "meetings": rows})
    assert [(one.venue, one.closed) for one in found] == [
        (Venue.PLACE, True),
        (Venue.ONLINE, False),
        (Venue.BOTH, False),
    ]


def test_what_is_not_published_is_not_kept(tmp_path: Path) -> None:
    assert skipped(tmp_path, [BMLT | {"published": "0"}, BMLT]) == ["not-published"]


def test_a_table_by_other_english_names_of_its_columns(tmp_path: Path) -> None:
    table = """Meeting Name\tWeekday\tStart Time\tEnd-Time\tTime Zone\tOnline URL\tConference Phone\tFormatted Address
Evening Table\tTues\t7:30 p.m.\t12:15 am\tAmerica/Chicago\thttps://example.org/t\t+1 555 0100\t1 Example St
Noon\tsat\tNoon\t1 PM\t\t\t\t1 Example St
Late\tMonday\tMidnight\t\t\t\t\t1 Example St
Never\tSomeday\t25:00\t\t\t\t\t1 Example St
"""
    found = read(tmp_path, table.encode())
    assert [(one.name, one.timing.weekday, one.timing.at, one.timing.minutes) for one in found] == [
        ("Evening Table", 1, time(19, 30), None),
        ("Noon", 5, time(12), 60),
        ("Late", 0, time(0), None),
        ("Never", None, None, None),
    ]
    evening = found[0]
    assert (evening.timing.zone, evening.link, evening.phone) == (
        "America/Chicago",
        "https://example.org/t",
        "+1 555 0100",
    )
    assert (evening.venue, evening.where.address) == (Venue.BOTH, "1 Example St")


TABLE = """\ufeffName,Day,Time,End Time,City,State,Types,Conference URL,ID
Evening Table,Sunday,7:30 PM,8:30 PM,Albany,NY,"Open, Women",https://example.org/t,t1
,Sunday,7:30 PM,,,,,,t2
No Day,,,,Albany,NY,,,t3
No Key,Friday,noon,,Albany,NY,Speaker,,
"""


def test_a_table_by_its_english_columns(tmp_path: Path) -> None:
    path = file(tmp_path, TABLE.encode())
    found = listings(Source(path, "NA"))
    assert [(one.name, one.timing.weekday, one.timing.at) for one in found] == [
        ("Evening Table", 6, time(19, 30)),
        ("No Day", None, None),
        ("No Key", 4, time(12)),
    ]
    assert found[0].tags == {"open", "women"}
    assert found[0].program == "NA"
    assert found[2].key
    assert found[2].key == listings(Source(path))[2].key


def test_a_table_with_semicolons_in_an_old_encoding(tmp_path: Path) -> None:
    text = "Name;Day;Time\nCafé;Lunes;19:00\nÑandú;Friday;19:00\n"
    found = read(tmp_path, text.encode("cp1252"))
    assert [(one.name, one.timing.weekday) for one in found] == [("Café", None), ("Ñandú", 4)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"<!doctype html><p>502", "not-a-feed"),
        (b"%PDF-1.7", "not-a-feed"),
        (b"[{", "broken"),
        (b'[{"slug": "a", "name": "b"}, {"slug', "broken"),
        (b"[" * 100_000, "too-deep"),
        (b'{"meetings": [{"a": ' + b"[" * 50, "too-deep"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x", "broken"),
        (b'[{"slug": "\xff\xfe"}]', "broken"),
        (b"[]" * 2, "broken"),
        (b'[{"slug": "a", "name": 1e999}]', "broken"),
        (gzip.compress(b'[{"slug": "a", "name": "b"}]', mtime=0), "not-a-feed"),
        (b'[{"slug": "a", "name": "' + b"x" * 2_000_000, "too-big"),
        (b'[{"slug": "a", "name": "b"}, {"types": [' + b"1," * 1_000_000, "too-big"),
        (b'[{"slug": "a"' + b"".join(b', "%d": 1' % key for key in range(200_000)), "too-big"),
        (b'{"hidden": "' + b"x" * 2_000_000, "too-big"),
        (b"name,day,time" + b",x" * 1_000_000, "too-big"),
        (b"name,day,time\n" + b"x," * 1_000_000, "too-big"),
        (b'name,day,time\n"' + b"x\n" * 100_000, "not-a-feed"),
    ],
    ids=lambda given: repr(given[:20]),  # whole, some of these names would be two million letters long
)
def test_what_is_no_feed_is_refused_with_a_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(BadFeed, match=reason):
        list(Source(file(tmp_path, content)).rows())


def sample(name: str, formats: str = "") -> tuple[list[Listing], Counter[str], Counter[str]]:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the sample feeds do not lie beside the repository")
    rows = list(Source(path, formats=SAMPLES / formats if formats else None).rows())
    left_out = Counter(row.reason for row in rows if isinstance(row, Skipped))
    remarks = Counter(remark for row in rows if isinstance(row, Remarked) for remark in row.remarks)
    return [row.listing for row in rows if isinstance(row, Remarked)], left_out, remarks


def test_new_york_has_its_exact_counts() -> None:
    found, left_out, remarks = sample("bmlt-gnyr-sample-getsearchresults.json", "bmlt-formats-all-languages.json")
    assert (len(found), left_out) == (1513, {"not-published": 42})
    assert remarks == {"no-zone": 1513, "long": 2}
    tags = Counter(tag for one in found for tag in one.tags)
    assert (tags["open"], tags["closed"], tags["discussion"]) == (864, 329, 422)


def test_the_online_intergroup_has_its_exact_counts() -> None:
    found, left_out, remarks = sample("oiaa-central-query-meetings.json")
    assert (len(found), left_out) == (160, {})
    assert remarks == {"no-time": 10, "no-zone": 1}
    assert len({one.timing.zone for one in found} - {""}) == 22
    assert {one.venue for one in found} == {Venue.ONLINE}


def test_the_recorded_search_and_the_small_fixture_have_their_exact_counts() -> None:
    found, left_out, remarks = sample("bmlt-yap-meeting-search-42.867970-day2.json")
    assert (len(found), left_out, remarks) == (53, {}, {"no-zone": 53})
    assert {one.timing.weekday for one in found} == {0}
    found, left_out, remarks = sample("c4r-pdf-fixture.json")
    assert (len(found), left_out, remarks) == (25, {}, {"no-zone": 25})


@pytest.mark.parametrize(
    ("table", "known", "open_"),
    [("bmlt-formats-all-languages.json", 76, {"O", "Ö"}), ("bmlt-yap-formats.json", 66, {"O"})],
)
def test_the_tables_of_formats_have_their_exact_counts(table: str, known: int, open_: set[str]) -> None:
    path = SAMPLES / table
    if not path.exists():
        pytest.skip("the sample feeds do not lie beside the repository")
    found = bmlt.formats(json.loads(path.read_text()))
    assert len(found) == known
    assert found["id:17"] == {"OPEN"}
    assert {name for name, worlds in found.items() if "OPEN" in worlds} == {"id:17", *(f"key:{one}" for one in open_)}


def test_the_sandboxs_own_small_list_is_whole() -> None:
    rows = list(Source(MEETINGS, "NA").rows())
    assert len(rows) == 30
    assert not [row for row in rows if isinstance(row, Skipped) or row.remarks]
    assert all(row.listing.timing.rule("") for row in rows if isinstance(row, Remarked))
