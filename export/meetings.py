"""Co-mentions by pair, without an index that is as large as they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from ..schema import CoMention

_a, _b = attrgetter("a"), attrgetter("b")


class Meetings:
    """All co-mentions of a graph, sorted by pair; those that were taken are remembered."""

    def __init__(self, comentions: Iterable[CoMention]) -> None:
        self._pairs: list[CoMention] = []
        self._of: dict[str, tuple[int, int]] = {}
        """For each `a`, where its pairs begin and end."""
        for a, pairs in groupby(sorted(comentions, key=_a), key=_a):
            start = len(self._pairs)
            self._pairs += sorted(pairs, key=_b)
            self._of[a] = start, len(self._pairs)
        self._taken = bytearray(len(self._pairs))

    def take(self, one: str, other: str) -> CoMention | None:
        """Return the co-mention of two entities in whatever order, if there is one."""
        a, b = (one, other) if one < other else (other, one)
        start, end = self._of.get(a, (0, 0))
        place = bisect_left(self._pairs, b, start, end, key=_b)
        if place == end or self._pairs[place].b != b:
            return None
        self._taken[place] = True
        return self._pairs[place]

    def left(self) -> Iterator[CoMention]:
        """Yield those that were not taken, sorted by pair."""
        return (pair for pair, taken in zip(self._pairs, self._taken, strict=True) if not taken)
