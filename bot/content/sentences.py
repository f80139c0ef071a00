"""Where sentences and clauses end, in how people type: few marks, many dots."""

import re
from collections.abc import Iterator

_SENTENCES = re.compile(r"[!?;\n\r¡¿]+|(?<!\.)\.(?=\s|$)")
_CLAUSES = re.compile(r"[,:()\[\]\"“”«»—–…]+|\.{2,}|\s-+\s")


def parts(text: str) -> Iterator[tuple[int, int, str]]:
    """The pieces between marks, each with the number of its sentence and of its clause."""
    clause = 0
    for sentence, words in enumerate(_SENTENCES.split(text)):
        for part in _CLAUSES.split(words):
            yield sentence, clause, part
            clause += 1
