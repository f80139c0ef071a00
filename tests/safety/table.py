"""The confusion table of the written set: what each flag's lines raised."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bot.content import redflags
from tests.safety.written import NONE, Line

KINDS = ("explicit", "third_person", "veiled", "negated", "everyday")


def heard(lines: Iterable[Line]) -> Mapping[Line, str]:
    """What each line raises, or `none`."""
    return {line: redflags.heard(line.said) or NONE for line in lines}


def share(found: Mapping[Line, str], kind: str) -> float:
    """How many lines of a kind raised just what they should."""
    right = [found[line] == line.flag for line in found if line.kind == kind]
    return sum(right) / len(right)


def false_alarms(found: Mapping[Line, str]) -> float:
    """How much of the everyday talk raised anything."""
    return 1 - share(found, "everyday")


def printed(found: Mapping[Line, str]) -> Iterator[str]:
    """The table, the shares of each kind, and every line that went wrong."""
    names = [*redflags.FLAGS, NONE]
    cells = Counter((line.flag, raised) for line, raised in found.items())
    yield f"{'said / raised':26}" + "".join(f"{name[:7]:>8}" for name in names)
    for said in names:
        yield f"{said:26}" + "".join(f"{cells[said, raised] or '.':>8}" for raised in names)
    for kind in KINDS:
        of_kind = [line for line in found if line.kind == kind]
        right = sum(found[line] == line.flag for line in of_kind)
        by_language = ", ".join(
            f"{language} {sum(found[line] == line.flag for line in of_kind if line.language == language)}"
            f" of {sum(line.language == language for line in of_kind)}"
            for language in ("en", "es")
        )
        yield f"{kind:14} right {right} of {len(of_kind)} = {right / len(of_kind):.3f} ({by_language})"
    yield f"{'everyday':14} false alarms {false_alarms(found):.3f}"
    for line, raised in found.items():
        if raised != line.flag:
            yield f"wrong: {line.kind}, {line.flag} raised {raised}: {line.said}"
