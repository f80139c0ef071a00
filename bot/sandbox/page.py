"""The page with the phones, in the language of whoever looks: `page.html` with the words of `sandbox.ftl` put in."""

import json
import re
from html import escape
from importlib.resources import files
from pathlib import Path

from starlette.requests import Request

from bot.texts import ENGLISH, LOCALES, Texts

PREFIX = "sandbox-"
"""Of every key that the page may name."""
HOLE = re.compile(r"\{\{ ([a-z._-]+) \}\}")
VARIABLES = "name", "count", "date", "time", "text", "face", "size", "length", "label", "number", "most"
BLANKS = {variable: f"{{{variable}}}" for variable in VARIABLES}
"""What the words are filled in with is known only in the browser, so each variable stands for itself until then."""


def write(language: str, directory: Path = LOCALES) -> str:
    """The whole page. Static words stand in it already; those that its program says come with it, as JSON."""
    t = Texts(language, directory=directory)
    every = Texts(ENGLISH, directory=directory).keys()
    words = {key: t(key, **BLANKS) for key in every if key.startswith(PREFIX)}
    names = {code: Texts(code, directory=directory)("language-name") for code in Texts.languages(directory)}
    told = json.dumps({"language": language, "languages": names, "words": words}, ensure_ascii=False)
    holes = {key: escape(said) for key, said in words.items()}
    # a "</script>" in somebody's translation would end the data in the middle
    holes |= {"language": language, "told": told.replace("<", r"\u003c")}
    page = files("bot.sandbox").joinpath("page.html").read_text(encoding="utf-8")
    return HOLE.sub(lambda hole: holes[hole[1]], page)


def language(request: Request) -> str:
    """One of ours: what `?lang=` names, else what the browser likes best, else English."""
    asked = request.query_params.get("lang", "")
    tags = [asked, *_liked(request.headers.get("accept-language", ""))]
    return next((Texts.best(tag) for tag in tags if _is_ours(tag)), ENGLISH)


def _is_ours(tag: str) -> bool:
    """Whether there are words for this, so that English is not a mere stand-in."""
    return Texts.best(tag) != ENGLISH or tag.lower().partition("-")[0] == ENGLISH


def _liked(header: str) -> list[str]:
    """The languages of an Accept-Language header, the dearest first, without those of weight 0."""
    parts = (one.partition(";") for one in header.split(","))
    weighed = [(_weight(weight), tag.strip()) for tag, _, weight in parts]
    return [tag for weight, tag in sorted(weighed, key=lambda one: -one[0]) if weight > 0]


def _weight(words: str) -> float:
    """`q=0.8` as a number. None given is 1, and nonsense is nothing."""
    if not words.strip():
        return 1
    found = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", words, re.IGNORECASE | re.ASCII)
    return float(found[1]) if found else 0
