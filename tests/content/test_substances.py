"""Substances: what changes with each, in every language, as ranges with a source, and never with an amount."""

import re
import shutil
from pathlib import Path

import pytest

from bot.content import danger, substances
from bot.content.reading import BrokenContent
from bot.content.substances import IDS, SUBSTANCES, Substance
from bot.people import SUBSTANCES as OFFERED
from bot.texts import Texts

DOSING = re.compile(
    r"\d\s*(mg|mcg|µg|g|grams?|gramos?|ml|drops|gotas|pills?|tablets?|pastillas?|doses?|dosis)\b", re.IGNORECASE
)
TAPERS = re.compile(r"\b(taper|halve|half the|per cent|%|loperamid\w*|la mitad de)", re.IGNORECASE)
NEVER = re.compile(
    r"!|¡|\byou will\b|\b(clean|dirty|addict|abuse|cures?|treats|fail\w*|he|she|limpi[oa]s?|adict[oa]s?|cura)\b",
    re.IGNORECASE,
)

each = pytest.mark.parametrize("one", SUBSTANCES.values(), ids=SUBSTANCES.keys())


def said(one: Substance, language: str) -> dict[str, str]:
    """Everything that is said of it, by what it is about."""
    words = {
        "tolerance": one.tolerance(language),
        "stopping": one.stopping(language),
        "helps": one.helps(language),
        "pregnancy": one.pregnancy(language),
    }
    return words | {days.id: one.common(days, language) for days in one.about.days}


def test_the_nine_are_there_and_all_of_them_can_be_chosen() -> None:
    assert tuple(SUBSTANCES) == IDS == OFFERED
    assert len(IDS) == 9
    assert substances.get("something forged").id == "other"


@each
@pytest.mark.parametrize("language", Texts.languages())
def test_everything_is_said_in_a_few_short_lines(one: Substance, language: str) -> None:
    assert language in one.sections
    assert one.name(language)
    for about, words in said(one, language).items():
        lines = words.splitlines()
        assert len(lines) <= (5 if about == "helps" else 2 if about in ("tolerance", "stopping") else 1), about
        for sentence in re.split(r"(?<=[.?!:;])\s+|\n", words):
            assert len(re.findall(r"[^\W\d_][\w’'-]*", sentence)) <= 22, sentence


@each
@pytest.mark.parametrize("language", Texts.languages())
def test_nothing_promises_doses_or_blames(one: Substance, language: str) -> None:
    for words in said(one, language).values():
        for unwanted in (DOSING, TAPERS, NEVER):
            assert not unwanted.search(words), words


@each
def test_it_says_where_it_comes_from_and_that_nobody_has_reviewed_it(one: Substance) -> None:
    assert one.about.source
    assert (one.about.reviewed_by, one.about.reviewed_on) == ("", None)
    assert all(days.source or days.basis == "clinics" for days in one.about.days)


def test_what_can_kill_when_stopped_suddenly_is_what_the_danger_page_watches() -> None:
    assert {"alcohol", "benzodiazepines"} == danger.SUDDEN
    for name in danger.SUDDEN:
        assert "alcohol_benzo_withdrawal" in SUBSTANCES[name].about.red_flags
        assert "Don't stop suddenly on your own." in SUBSTANCES[name].stopping("en")
        assert "de golpe por tu cuenta" in SUBSTANCES[name].stopping("es")


def test_lost_tolerance_is_told_where_the_old_amount_can_be_too_much() -> None:
    told = {one.id for one in SUBSTANCES.values() if one.tolerance("en")}
    assert told == {"kratom_leaf", "kratom_extract", "opioids", "benzodiazepines", "alcohol", "other"}


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        (0, ["hours_0_12", "hours_12_24"]),
        (1, ["days_1_3"]),
        (3, ["days_1_3"]),
        (4, ["days_4_7"]),
        (7, ["days_4_7"]),
        (8, ["weeks_2_4"]),
        (28, ["weeks_2_4"]),
        (29, ["months"]),
        (4000, ["months"]),
    ],
)
def test_a_day_of_kratom_falls_into_the_ranges_of_the_survey_table(day: int, ids: list[str]) -> None:
    assert [days.id for days in SUBSTANCES["kratom_leaf"].on(day)] == ids


def test_where_the_ranges_end_nothing_is_said_any_more() -> None:
    assert SUBSTANCES["cannabis"].on(15) == ()
    assert SUBSTANCES["other"].on(0) == ()


def test_the_first_days_page_takes_its_range_from_here() -> None:
    page = danger.page("first_days")
    assert danger.FIRST_DAYS == 10
    assert "in 5 to 10 days" in page.text("en", emergency="112", day=2, names={"kratom_leaf"})
    assert "in 4 to 10 days" in page.text("en", emergency="112", day=2, names={"kratom_leaf", "opioids", "nicotine"})
    assert "entre 4 y 10 días" in page.text("es", emergency="112", day=2, names={"cannabis"}), "the widest, unless told"


@pytest.mark.parametrize(
    ("file", "good", "bad", "named"),
    [
        ("about.toml", "tolerance = true", "", "tolerance"),
        ("about.toml", '"liver"', '"bad luck"', "red_flags"),
        ("about.toml", "first = 4", "first = 5", "days"),
        ("about.toml", 'basis = "surveys"', 'basis = "rumour"', "basis"),
        ("about.toml", 'basis = "clinics"', 'basis = "guidance"', "source"),
        ("about.toml", "opioid = true", "opioid = false", "eases"),
        ("en.md", "## tolerance", "## tolerence", "tolerance"),
        ("en.md", "## months", "", "months"),
        ("es.md", "# Kratom en hoja", "Kratom en hoja", "title"),
        ("en.md", "Pregnant, or might be? A doctor or midwife first: stopping suddenly can harm.", "", "below"),
    ],
)
def test_a_broken_file_stops_the_start_and_is_named(tmp_path: Path, file: str, good: str, bad: str, named: str) -> None:
    shutil.copytree(substances.DIRECTORY, tmp_path / "all")
    broken = tmp_path / "all/kratom_leaf" / file
    text = broken.read_text(encoding="utf-8")
    assert good in text
    broken.write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(BrokenContent, match=rf"kratom_leaf/{re.escape(file)}.*{named}"):
        substances.read(tmp_path / "all")
