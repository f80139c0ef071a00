"""Which small towns belong on the map so that the nearest of it is in the right country and on the right clock."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.content.geonames import City

_CELLS = 4
"""Cells for each degree, each way."""
_RINGS = (1, 4, 12)
"""How many cells to look around, the last about 300 km."""


def along_borders(cities: Sequence[City], towns: Sequence[City], side: Callable[[City], tuple[str, int]]) -> list[City]:
    """The towns that have a city of another side nearest to them, or none near at all.

    Each town taken may come nearest to others, so it goes on until no town is misled. The biggest are taken first.
    """
    known = _Map(cities)
    left = sorted(towns, key=lambda town: (-town.population, town))
    taken: list[City] = []
    while misled := [town for town in left if known.misleads(town, side)]:
        for town in misled:
            if known.misleads(town, side):  # not since a bigger one was taken
                known.add(town)
                taken.append(town)
        gone = set(taken)
        left = [town for town in left if town not in gone]
    return taken


class _Map:
    """Cities by the cell that they lie in."""

    def __init__(self, cities: Iterable[City]) -> None:
        self._cells: defaultdict[tuple[int, int], list[City]] = defaultdict(list)
        for city in cities:
            self.add(city)

    def add(self, city: City) -> None:
        self._cells[_row(city), _column(city)].append(city)

    def misleads(self, town: City, side: Callable[[City], tuple[str, int]]) -> bool:
        shrunk = max(0.05, math.cos(math.radians(town.latitude)))
        for ring in _RINGS:
            away, _, near = min(
                ((_apart(town, city, shrunk), city[:3], city) for city in self._within(town, ring, shrunk)),
                default=(math.inf, (), None),
            )
            if near is not None and away <= ring / _CELLS:
                return side(near) != side(town)
        return True

    def _within(self, town: City, ring: int, shrunk: float) -> Iterator[City]:
        wide = math.ceil(ring / shrunk)
        for row in range(_row(town) - ring, _row(town) + ring + 1):
            for column in range(_column(town) - wide, _column(town) + wide + 1):
                yield from self._cells.get((row, column % (360 * _CELLS)), ())


def _row(city: City) -> int:
    return math.floor(city.latitude * _CELLS)


def _column(city: City) -> int:
    return math.floor(city.longitude * _CELLS) % (360 * _CELLS)


def _apart(one: City, other: City, shrunk: float) -> float:
    """In degrees, as on a flat map: enough to tell which is nearer."""
    turned = abs(one.longitude - other.longitude)
    return math.hypot(one.latitude - other.latitude, min(turned, 360 - turned) * shrunk)
