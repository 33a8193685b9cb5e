"""Co-mentions by pair, without a copy or an index that is as large as they are."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import compress, pairwise, starmap
from operator import attrgetter, le, not_
from typing import Any, TypeVar

from ..schema import CoMention

_T = TypeVar("_T")

pair = attrgetter("a", "b")
_b = attrgetter("b")


def in_order(items: Sequence[_T], key: Callable[[_T], Any]) -> Sequence[_T]:
    """Return the items sorted by a key: themselves if they are, for a copy takes memory.

    >>> in_order((1, 3, 3), int), in_order((3, 1, 3), int)
    ((1, 3, 3), [1, 3, 3])
    """
    is_sorted = all(starmap(le, pairwise(map(key, items))))
    return items if is_sorted else sorted(items, key=key)


class Meetings:
    """All co-mentions of a graph, sorted by pair; those that were taken are remembered.

    That takes a byte a pair and 16 bytes a name. The pairs are gone through three times and seldom
    asked for by their place: a graph in a file has to read them.
    """

    def __init__(self, comentions: Sequence[CoMention]) -> None:
        self._pairs = comentions
        if not self._index():
            self._pairs = sorted(comentions, key=pair)
            self._index()
        self._ahead = enumerate(self._pairs)
        """Goes along with the pairs that are asked for as they are sorted."""
        self._met = next(self._ahead, None)
        self._taken = bytearray(len(self._pairs))

    def take(self, one: str, other: str) -> CoMention | None:
        """Return the co-mention of two entities, if there is one.

        Args:
            one: The id of an entity; from call to call, `one` and `other` are sorted.
            other: The id of the other, which may sort before or after it.
        """
        met = self._find(other, one) if other < one else self._reach(one, other)
        if met is None:
            return None
        place, comention = met
        self._taken[place] = True
        return comention

    def left(self) -> Iterator[CoMention]:
        """Yield those that were not taken, sorted by pair."""
        return compress(self._pairs, map(not_, self._taken))

    def _reach(self, a: str, b: str) -> tuple[int, CoMention] | None:
        """Go ahead to a pair, and say where it is."""
        while self._met and (self._met[1].a < a or (self._met[1].a == a and self._met[1].b < b)):
            self._met = next(self._ahead, None)
        return self._met if self._met and pair(self._met[1]) == (a, b) else None

    def _find(self, a: str, b: str) -> tuple[int, CoMention] | None:
        """Look a pair up, and say where it is."""
        number = bisect_left(self._names, a)
        if number == len(self._names) or self._names[number] != a:
            return None
        end = self._starts[number + 1]
        place = bisect_left(self._pairs, b, self._starts[number], end, key=_b)
        comention = self._pairs[place] if place < end else None
        return (place, comention) if comention and comention.b == b else None

    def _index(self) -> bool:
        """Note every `a` and where its pairs begin; return whether all pairs are sorted."""
        self._names: list[str] = []
        self._starts = array("Q")
        last = "", ""
        for place, met in enumerate(map(pair, self._pairs)):
            if met < last:
                return False
            if met[0] != last[0] or not place:
                self._names.append(met[0])
                self._starts.append(place)
            last = met
        self._starts.append(len(self._pairs))
        return True
