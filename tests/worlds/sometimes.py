"""What a world has met, counted: a fault that never happened has proved nothing."""

from collections import Counter
from collections.abc import Iterable


class Sometimes:
    """Counts what happens now and then."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()

    def __call__(self, what: str, times: int = 1) -> None:
        """It has happened."""
        self.counted[what] += times

    def never(self, expected: Iterable[str]) -> list[str]:
        """Which of these have not."""
        return [what for what in expected if not self.counted[what]]

    def __str__(self) -> str:
        return ", ".join(f"{what} {times}" for what, times in sorted(self.counted.items()))
