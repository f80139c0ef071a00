"""Numbers to call: all there, dialled as given, and honest about what nobody has checked."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.chat import COPY_LIMIT
from bot.content import countries, helplines
from bot.content.helplines import Line, must_check
from bot.content.reading import BrokenContent

COMPILED = Path(__file__).parents[3] / "shared/data/helplines/well-known-numbers.json"
TODAY = date(2026, 11, 21)
HOURS = {"24/7": "always", "office hours": "office", "limited": "limited", "08:00-02:00": "08:00-02:00"}


def every_line() -> Iterator[tuple[str, Line]]:
    for code, found in helplines.read().items():
        for line in found:
            yield code, line


OURS = {"violence", "youth", "family", "warm"}
"""Kinds that we added ourselves, from what is well known."""


def test_there_are_so_many_lines_in_56_countries_the_union_and_the_world() -> None:
    files = helplines.read()
    assert Counter(line.kind if line.kind in OURS else "compiled" for _, line in every_line()) == {
        "compiled": 148 + len(list(directories())),
        "violence": 55,
        "youth": 52,
        "family": 12,
        "warm": 11,
    }
    assert len(files) == 58
    assert {"EU", "INT"} == files.keys() - countries.COUNTRIES.keys()


def directories() -> Iterator[tuple[str, Line]]:
    """Links to what serves one purpose: ours as well."""
    yield from ((code, line) for code, line in every_line() if line.serves != "anyone")


@pytest.mark.skipif(not COMPILED.exists(), reason="the numbers these were written from are not beside the repository")
def test_every_line_is_dialled_as_it_was_compiled() -> None:
    rows = json.loads(COMPILED.read_text(encoding="utf-8"))["rows"]
    ours = [
        (code, line.dial, line.kind, line.confidence, line.hours)
        for code, line in every_line()
        if line.kind not in OURS and line.serves == "anyone"
    ]
    theirs = [
        (
            row["country"],
            row["dial"],
            row["kind"].partition("-")[0].rstrip("2"),
            {"H": "high", "M": "believed"}[row["confidence"]],
            "always" if row["kind"] == "directory" else HOURS.get(row["hours"], "unknown"),
        )
        for row in rows
    ]
    assert sorted(ours) == sorted(theirs)


def test_no_line_is_said_to_be_verified_yet() -> None:
    assert all(must_check(line, TODAY) for _, line in every_line())


def test_every_dial_fits_on_a_copy_button_and_is_what_one_types() -> None:
    for code, line in every_line():
        assert len(line.dial) <= COPY_LIMIT, code
        assert not line.dial.startswith(("+", "tel:")), code
        assert line.dial == line.dial.strip(), code


def test_every_line_is_short_enough_for_a_crisis_screen_in_both_languages() -> None:
    for code, line in every_line():
        assert len(line.name) <= 32, code
        for said in filter(None, (line.where, line.note)):
            assert said.keys() == {"en", "es"}, code
            assert all(len(words) <= 60 and "!" not in words for words in said.values()), code


@pytest.mark.parametrize("country", helplines.countries(), ids=lambda country: country.code)
def test_every_country_has_an_emergency_number_and_a_name_in_both_languages(country: helplines.Country) -> None:
    assert country.first("emergency")
    assert country.name("en")
    assert country.name("es")


def test_an_unknown_country_leads_to_links_for_the_world() -> None:
    for unknown in (None, "", "XX", "AF", "gb", "EU"):
        assert {line.kind for line in helplines.lines(unknown).lines} == {"directory"}
    assert helplines.lines(None) == helplines.world()


def test_a_member_state_has_the_unions_numbers_only_for_what_its_own_list_lacks() -> None:
    luxembourg = helplines.lines("LU")
    assert [line.dial for line in luxembourg.lines] == ["454545", "2060 1060", "116 111", "112"]
    assert [line.dial for line in helplines.lines("BG").lines] == ["112", "116 123", "116 111"]
    assert helplines.lines("BG").lines[1].note == {
        "en": "Not in every country of the EU.",
        "es": "No en todos los países de la UE.",
    }
    assert [line.dial for line in helplines.lines("ES").lines][:2] == ["112", "024"]
    assert "116 111" not in [line.dial for line in helplines.lines("ES").lines]


def test_no_country_dials_one_number_twice_though_it_borrows() -> None:
    for country in helplines.countries():
        dials = [line.dial for line in country.lines]
        assert len(dials) == len(set(dials)), country.code


def test_a_link_is_the_countrys_own_else_the_worlds_else_the_one_that_lists_everything() -> None:
    assert helplines.link("US", "care") == helplines.link("PR", "care") == "https://findtreatment.gov"
    assert helplines.link("BG", "youth") == helplines.link(None, "youth") != helplines.link(None, "anyone")
    assert helplines.link("BG", "care") == helplines.link(None, "anyone") == helplines.world().lines[0].dial


def test_what_we_added_is_dated_by_nobody_and_sure_only_where_it_is_well_known() -> None:
    ours = [line for _, line in every_line() if line.kind in OURS or line.serves != "anyone"]
    assert not [line.dial for line in ours if line.verified_on or line.source]
    assert {line.confidence for line in ours} == {"high", "believed"}


def test_a_territory_has_the_numbers_of_its_country() -> None:
    assert helplines.lines("PR").lines == helplines.lines("US").lines


def test_a_regional_line_says_where_and_stands_after_the_national_one() -> None:
    crisis = [line for line in helplines.lines("GB").lines if line.kind == "crisis"]
    assert [helplines.said(line.where, "en") for line in crisis] == ["", "Northern Ireland", "Scotland"]
    assert helplines.said(crisis[1].where, "es") == "Irlanda del Norte"
    assert helplines.said(crisis[1].where, "fa") == "Northern Ireland"


def test_the_picker_begins_with_six_and_goes_on_by_name() -> None:
    codes = [country.code for country in helplines.countries("es")]
    assert codes[:6] == ["US", "GB", "IN", "AU", "MX", "ES"]
    assert codes[6:9] == ["DE", "SA", "AR"]
    assert len(codes) == len(set(codes)) == 56 + 8 + 3


@pytest.mark.parametrize(
    ("verified_on", "check"),
    [
        ("", True),
        ("2026-11-21", False),
        ("2026-05-25", False),  # 180 days
        ("2026-05-24", True),
        ("2026-11-22", True),  # tomorrow: a slip of the pen
    ],
)
def test_a_number_is_good_for_180_days(verified_on: str, check: bool) -> None:
    facts = {
        "kind": "crisis",
        "dial": "116 123",
        "hours": "always",
        "confidence": "high",
        "source": "https://example.org",
    }
    line = Line.model_validate({**facts, "verified_on": date.fromisoformat(verified_on) if verified_on else ""})
    assert must_check(line, TODAY) is check


GOOD = 'kind = "crisis"\ndial = "116 123"\nhours = "always"\nconfidence = "high"\nverified_on = ""\n'


@pytest.mark.parametrize(
    ("good", "bad", "named"),
    [
        ('dial = "116 123"', 'dial = "+44 116 123"', "dial"),
        ('dial = "116 123"', 'dial = "call us"', "dial"),
        ('dial = "116 123"', "dial = 116123", "dial"),
        ('dial = "116 123"', f'dial = "{"1" * 257}"', "dial"),
        ('hours = "always"', 'hours = "24/7"', "hours"),
        ('kind = "crisis"', 'kind = "crisis-sct"', "kind"),
        ('kind = "crisis"', 'kind = "directory"', "dial"),
        ('hours = "always"', 'hours = "always"\nserves = "care"', "serves"),
        ('confidence = "high"', "", "confidence"),
        ('verified_on = ""', 'verified_on = "yesterday"', "verified_on"),
        ('verified_on = ""', "verified_on = 2026-11-01", "source"),
        ('verified_on = ""', 'verified_on = ""\nnmae = "A name"', "nmae"),
        ('verified_on = ""', 'verified_on = ""\nnote = { es = "Solo" }', "note"),
        ('verified_on = ""', "verified_on =", "line 6"),
    ],
)
def test_a_broken_line_stops_the_start_and_is_named(tmp_path: Path, good: str, bad: str, named: str) -> None:
    (tmp_path / "GB.toml").write_text("[[line]]\n" + GOOD.replace(good, bad), encoding="utf-8")
    with pytest.raises(BrokenContent) as broken:
        helplines.read(tmp_path)
    assert "/GB.toml: " in str(broken.value)
    assert named in str(broken.value)


def test_a_file_for_a_country_that_nobody_named_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "XX.toml").write_text("[[line]]\n" + GOOD, encoding="utf-8")
    with pytest.raises(BrokenContent, match=r"XX\.toml"):
        helplines.read(tmp_path)


def test_numbers_that_others_borrow_may_not_go_missing(tmp_path: Path) -> None:
    (tmp_path / "GB.toml").write_text("[[line]]\n" + GOOD, encoding="utf-8")
    with pytest.raises(BrokenContent, match="is missing"):
        helplines.read(tmp_path)
