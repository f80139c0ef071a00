"""Words: found, filled, missing, broken, compared."""

from pathlib import Path

import pytest

from bot.texts import BrokenWords, MissingWords, Texts, normalise

ENGLISH = """
checkin-mood = How are you right now, { $name }?
    .low = 😕 Low
    .back = Back to { $year }
menu = Menu
hard-words = craving | urge | I'm going to use | want  to — use! |
labels =
    .only = Only a label
"""

SPANISH = """
checkin-mood = ¿Cómo vas, { $nombre }?
    .low = 😕 Bajo
"""


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    for language, words in (("en", ENGLISH), ("es", SPANISH)):
        (tmp_path / language).mkdir()
        (tmp_path / language / "checkins.ftl").write_text(words, encoding="utf-8")
    return tmp_path


def test_a_message_says_its_words_without_marks_around_the_name(locales: Path) -> None:
    assert Texts("en", directory=locales)("checkin-mood", name="Ana") == "How are you right now, Ana?"


def test_a_button_is_an_attribute_of_its_screen(locales: Path) -> None:
    assert Texts("en", directory=locales)("checkin-mood.low") == "😕 Low"


def test_a_year_stays_as_it_was_given(locales: Path) -> None:
    assert Texts("en", directory=locales)("checkin-mood.back", year="2026") == "Back to 2026"


@pytest.mark.parametrize("key", ["nothing", "checkin-mood.nothing", "checkin-mood", "labels", "", ".", "menu."])
def test_words_that_are_not_there_or_lack_a_name_are_missed(locales: Path, key: str) -> None:
    with pytest.raises(MissingWords):
        Texts("en", directory=locales)(key)


def test_a_missing_word_names_the_key_and_never_the_person(locales: Path) -> None:
    with pytest.raises(MissingWords) as missed:
        Texts("en", directory=locales)("checkin-mood", nme="Ana")
    assert str(missed.value) == "checkin-mood (en)"


def test_what_another_language_lacks_comes_in_english(locales: Path) -> None:
    spanish = Texts("es", directory=locales)
    assert spanish("checkin-mood.low") == "😕 Bajo"
    assert spanish("menu") == "Menu"
    assert spanish("checkin-mood", name="Ana") == "How are you right now, Ana?"


def test_nothing_stands_in_when_we_are_strict(locales: Path) -> None:
    strict = Texts("es", strict=True, directory=locales)
    assert strict("checkin-mood.low") == "😕 Bajo"
    with pytest.raises(MissingWords):
        strict("menu")


def test_a_language_that_nobody_wrote_is_english(locales: Path) -> None:
    assert Texts("fa", directory=locales)("menu") == "Menu"


def test_a_language_knows_its_own_keys(locales: Path) -> None:
    spanish = Texts("es", directory=locales)
    assert spanish.keys() == {"checkin-mood", "checkin-mood.low"}
    assert "checkin-mood.low" in spanish
    assert "menu" not in spanish
    assert "labels" not in Texts("en", directory=locales)


@pytest.mark.parametrize(
    ("hint", "spoken"),
    [("es-MX", "es"), ("es_MX", "es"), ("ES", "es"), ("en-GB", "en"), ("pt-br", "en"), ("", "en"), ("-", "en")],
)
def test_the_best_language_is_one_that_we_have(locales: Path, hint: str, spoken: str) -> None:
    assert Texts.languages(locales) == ("en", "es")
    assert Texts.best(hint, locales) == spoken


def test_phrases_are_listed_between_bars(locales: Path) -> None:
    assert Texts("en", directory=locales).phrases("hard-words") == (
        "craving",
        "urge",
        "im going to use",
        "want to use",
    )


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("  I CAN’T   take this!!! ", "i cant take this"),
        ("¿Cómo estás?", "como estas"),
        ("🆘 help 😭😭 now 👩🏽‍⚕️", "help now"),
        ("9-1-1", "9 1 1"),
        ("São Paulo", "sao paulo"),
        ("ŁÓDŹ, København, Straße", "lodz kobenhavn strasse"),
        ("İstanbul", "istanbul"),
        ("Москва", "москва"),
        ("what\u200bnow\nplease", "whatnow please"),
        ("1\ufe0f\u20e3", "1"),
        ("...", ""),
    ],
)
def test_typed_words_are_compared_bare(typed: str, bare: str) -> None:
    assert normalise(typed) == bare
    assert normalise(bare) == bare


def test_a_broken_line_is_named_with_its_file(locales: Path) -> None:
    (locales / "en" / "meetings.ftl").write_text("one = One\n\ntwo = { $open\nthree = Three\n", encoding="utf-8")
    with pytest.raises(BrokenWords, match=r"en/meetings\.ftl:3"):
        Texts("en", directory=locales)("menu")


def test_a_key_said_twice_is_named_with_its_file(locales: Path) -> None:
    (locales / "en" / "meetings.ftl").write_text("first = One\nmenu = Another menu\n", encoding="utf-8")
    with pytest.raises(BrokenWords, match=r"en/meetings\.ftl:2: menu is said twice"):
        Texts("en", directory=locales)("menu")


@pytest.mark.parametrize("language", Texts.languages())
def test_our_own_files_parse(language: str) -> None:
    assert Texts(language, strict=True).keys()
