"""Places: found by what people type, and by the time it is for them."""

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.content import countries, helplines, places
from bot.content.reading import BrokenContent


def labels(found: list[places.Place]) -> list[str]:
    return [place.label("en") for place in found]


def zones(hour: int, minute: int, now: datetime) -> set[str]:
    return {place.zone for place in places.at_local_time(hour, minute, now)}


def test_every_place_is_in_a_legal_zone_and_a_named_country() -> None:
    assert places.zone_names() <= available_timezones()
    assert {place.country for place in places.PLACES} <= countries.COUNTRIES.keys()
    assert len({(place.name, place.region, place.country) for place in places.PLACES}) == len(places.PLACES)


def test_every_place_reads_differently_on_a_button() -> None:
    assert len(set(labels(list(places.PLACES)))) == len(places.PLACES)


def zone_countries() -> list[tuple[str, str]]:
    """Which zone belongs to which country, from the time-zone database itself."""
    table = (files("tzdata") / "zoneinfo/zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return [(row[0], row[2]) for row in rows]


def offsets(zone: str) -> tuple[timedelta | None, ...]:
    """What a zone does in the three years ahead, day by day."""
    start = datetime(2026, 11, 1, 12, tzinfo=UTC)
    return tuple((start + timedelta(days=day)).astimezone(ZoneInfo(zone)).utcoffset() for day in range(3 * 365))


def test_every_clock_of_a_country_with_numbers_can_be_reached_by_a_city_of_it() -> None:
    reached = {(place.country, offsets(place.zone)) for place in places.PLACES}
    with_numbers = {country.code for country in helplines.countries()}
    wanted = {(code, zone) for code, zone in zone_countries() if code in with_numbers}
    assert {(code, zone) for code, zone in wanted if (code, offsets(zone)) not in reached} == set()


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Lisbon", "Europe/Lisbon"),
        ("  LISBOA ", "Europe/Lisbon"),
        ("nyc", "America/New_York"),
        ("são paulo", "America/Sao_Paulo"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("München", "Europe/Berlin"),
        ("Москва", "Europe/Moscow"),
        ("تهران", "Asia/Tehran"),
        ("東京", "Asia/Tokyo"),
        ("กรุงเทพ", "Asia/Bangkok"),
        ("Ciudad de México", "America/Mexico_City"),
        ("st johns", "America/St_Johns"),
        ("📍 Kyiv", "Europe/Kyiv"),
        ("Paris, France", "Europe/Paris"),
        ("Thessal", "Europe/Athens"),
    ],
)
def test_a_city_is_found_as_people_type_it(typed: str, zone: str) -> None:
    assert [place.zone for place in places.find(typed)] == [zone]


def test_an_ambiguous_name_gives_several() -> None:
    assert labels(places.find("london")) == ["London, United Kingdom", "London, Ontario, Canada"]
    assert labels(places.find("Portland")) == ["Portland, Oregon, United States", "Portland, Maine, United States"]
    assert labels(places.find("cordoba")) == ["Córdoba, Andalucía, Spain", "Córdoba, Argentina"]


@pytest.mark.parametrize("typed", ["London, Canada", "london, CA", "London , Ontario", "London, Canadá"])
def test_what_stands_behind_the_comma_narrows_it(typed: str) -> None:
    assert labels(places.find(typed)) == ["London, Ontario, Canada"]


def test_what_we_do_not_know_behind_the_comma_is_no_hindrance() -> None:
    assert len(places.find("London, near the river")) == 2


def test_an_exact_name_wins_over_longer_ones() -> None:
    assert labels(places.find("Valencia")) == ["Valencia, Spain", "Valencia, Venezuela"]
    assert labels(places.find("santiago")) == ["Santiago, Chile"]


def test_a_beginning_gives_the_most_populous_first() -> None:
    found = labels(places.find("san"))
    assert found[0] == "Santiago, Chile"
    assert "San Francisco, United States" in found


@pytest.mark.parametrize("typed", ["", " ", "x", "to", "Qwertyville", "😀", ",", "..", "America", "../etc"])
def test_what_is_no_city_finds_nothing(typed: str) -> None:
    assert places.find(typed) == []


def test_the_time_it_is_finds_the_places_where_it_is_that_time() -> None:
    now = datetime(2026, 11, 21, 18, 42, tzinfo=UTC)
    assert [place.name for place in places.at_local_time(18, 42, now)][:3] == ["London", "Abidjan", "Accra"]
    assert "Asia/Kathmandu" in zones(0, 27, now)
    assert zones(18, 50, now) == set()


def test_a_clock_read_a_little_wrong_still_finds_its_zone() -> None:
    now = datetime(2026, 11, 21, 18, 42, tzinfo=UTC)
    assert zones(18, 42, now) == zones(18, 45, now) == zones(18, 35, now)


def test_midnight_is_near_on_both_sides() -> None:
    now = datetime(2026, 11, 21, 23, 58, tzinfo=UTC)
    assert "Europe/London" in zones(0, 3, now)
    assert "Europe/London" in zones(23, 58, now)
    assert "Pacific/Kiritimati" in zones(13, 58, now)  # there it is tomorrow
    assert "Pacific/Pago_Pago" in zones(12, 58, now)


def test_one_place_stands_for_each_zone() -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    found = places.at_local_time(17, 30, now)
    assert [place.name for place in found] == ["Delhi", "Colombo"]


@pytest.mark.parametrize(
    ("now", "local", "is_there", "is_not"),
    [
        # Spring forward in Berlin at 01:00 UTC on 28 March 2027, back at 01:00 UTC on 31 October.
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), (1, 59), "Europe/Berlin", "Europe/Athens"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), (3, 0), "Europe/Berlin", "Africa/Lagos"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), (2, 30), "Europe/Berlin", "Africa/Lagos"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), (2, 30), "Europe/Berlin", "Africa/Cairo"),
        # New York has sprung, London has not yet.
        (datetime(2027, 3, 15, 12, 0, tzinfo=UTC), (8, 0), "America/New_York", "America/Lima"),
        # Lord Howe moves by half an hour.
        (datetime(2027, 1, 15, 0, 0, tzinfo=UTC), (11, 0), "Australia/Lord_Howe", "Australia/Brisbane"),
        (datetime(2027, 7, 15, 0, 0, tzinfo=UTC), (10, 30), "Australia/Lord_Howe", "Australia/Sydney"),
    ],
)
def test_candidates_are_right_when_clocks_change(
    now: datetime, local: tuple[int, int], is_there: str, is_not: str
) -> None:
    found = zones(*local, now)
    assert is_there in found
    assert is_not not in found


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ('name = "Atlantis", country = "PT", zone = "Atlantic/Atlantis"', "zone"),
        ('name = "Atlantis", country = "XX", zone = "Europe/Lisbon"', "country"),
        ('name = "", country = "PT", zone = "Europe/Lisbon"', "name"),
        ('country = "PT", zone = "Europe/Lisbon"', "name"),
    ],
)
def test_a_broken_place_stops_the_start_and_is_named(tmp_path: Path, place: str, named: str) -> None:
    file = tmp_path / "places.toml"
    file.write_text(f"places = [ {{ {place} }} ]", encoding="utf-8")
    with pytest.raises(BrokenContent, match=rf"places\.toml: places\.0\.{named}"):
        places.read(file)
