"""What every text for a hard moment has to be: short, plain, kind, and for whoever reads it."""

import re

LINES_MOST = 8
LINE_MOST = 105
"""Characters: three lines on a phone."""
SENTENCE_MOST = 12

_SENTENCES = re.compile(r"(?<=[.?:;])[»\"]?\s+|\n")
_NEVER = {
    "en": re.compile(
        r"\b(clean|dirty|fail\w*|junkies?|addicts?|abuse\w*|weak|guilty|proven|cures?|treats?"
        r"|he|she|him|her|his|hers|himself|herself)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(limpi[oa]s?|suci[oa]s?|fracas\w+|yonquis?|drogadict\w+|adict[oa]s?|vicios\w*|débil|culpable|coche|carro|móvil"
        r"|vosotr\w+|usted\w*|(est|er|qued|sient|encuentr)\w*\s+(\w+\s+)?(cansad|sol|list|segur|preparad|tranquil|nervios"
        r"|enfadad|enojad|asustad|maread|despiert|ocupad|content|perdid|atrapad|metid|decidid|acompañad)[oa]"
        r"|bienvenid[oa]|orgullos[oa]|tú mism[oa]|ti mism[oa]|tú sol[oa]|ti sol[oa])\b",
        re.IGNORECASE,
    ),
}
"""Blame, claims, words of one country only, and forms that guess who reads."""
_DOSING = re.compile(
    r"\d\s*(mg|mcg|µg|g|gramos?|grams?|ml|gotas|drops|pills?|pastillas?|tablets?|dos[ei]s)\b", re.IGNORECASE
)


def sentences(text: str) -> list[str]:
    """Its sentences without the numbers of steps; what stands after a colon is one of its own."""
    return [part for part in _SENTENCES.split(re.sub(r"^\d ", "", text, flags=re.MULTILINE)) if part.strip()]


def faults(text: str, language: str) -> list[str]:
    """What is wrong with a text, in words; empty if nothing is."""
    long = [sentence for sentence in sentences(text) if len(re.findall(r"[\w’'-]+", sentence)) > SENTENCE_MOST]
    wide = [line for line in text.splitlines() if len(line) > LINE_MOST]
    unwanted = [found[0] for pattern in (_NEVER[language], _DOSING) for found in pattern.finditer(text)]
    found = [f"long: {one}" for one in long] + [f"wide: {one}" for one in wide] + [f"never: {one}" for one in unwanted]
    found += ["more lines than a screen"] * (len(text.splitlines()) > LINES_MOST)
    return found + [f"not plain: {mark}" for mark in "!¡{}*_" if mark in text]
