"""The pages of the first days: danger first, reviewed like the rest, and never without the number to call."""

from pathlib import Path

import pytest

from bot.content import danger
from bot.content.danger import PAGES, Page
from bot.content.reading import BrokenContent
from bot.texts import Texts

LINES_MOST = 8


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_a_page_fits_on_a_screen_in_every_language(page: Page) -> None:
    for language in Texts.languages():
        assert language in page.words_by_language
        text = page.text(language, emergency="999", day=2)
        assert len(text.splitlines()) <= LINES_MOST
        assert "{" not in text


@pytest.mark.parametrize("language", Texts.languages())
def test_pregnancy_is_named_where_stopping_is_spoken_of(language: str) -> None:
    for page in (danger.page("stopping"), danger.page("first_days")):
        text = page.text(language, emergency="999", day=1).casefold()
        assert "pregnant" in text or "embarazo" in text


def test_the_danger_never_comes_without_the_number() -> None:
    assert "999" in danger.page("stopping").text("en", emergency="999")
    assert "999" in danger.page("doctor").text("es", emergency="999")


def test_a_page_that_forgets_the_number_stops_the_program(tmp_path: Path) -> None:
    for page in PAGES:
        folder = tmp_path / page
        folder.mkdir()
        (folder / "about.toml").write_text('source = "A guide"\nreviewed_by = ""\nreviewed_on = ""\n')
        (folder / "en.md").write_text("# Read this.\n\nIt can be dangerous.\n")
    with pytest.raises(BrokenContent, match=r"stopping/en.md: does not name \{emergency\}"):
        danger.read(tmp_path)
