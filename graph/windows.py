"""Rows of mentions as windows of text, and the pairs that meet in each of them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .storage.tally import Ints, run_starts

Places = NDArray[np.intp]
Numbers = NDArray[np.integer[Any]]
"""Numbers of any width: those of four bytes are sorted in half the time."""

DOCUMENT, PARAGRAPH, SENTENCE, ENTITY = range(4)
"""Columns of the rows to count."""
NEAR = (SENTENCE, PARAGRAPH)
"""Windows in which entities meet closely."""


class Met(NamedTuple):
    """Every actor of every window once, sorted by both."""

    windows: Numbers
    actors: Numbers
    first: Places
    """The row that names it first there; empty unless asked for."""
    cut: Ints
    """Windows with so many actors that some were left out."""

    def pairs(self) -> tuple[Places, Places]:
        """Return the places of the two ends of all pairs within a window."""
        starts = run_starts(self.windows)
        sizes = np.diff(starts, append=len(self.windows))
        lefts, rights = [starts[:0]], [starts[:0]]
        for size in (np.flatnonzero(np.bincount(sizes)[2:]) + 2).tolist():
            # One column a window of this size, one row a place in it.
            places = starts[sizes == size] + np.arange(size)[:, None]
            for row in range(size - 1):
                right = places[row + 1 :]
                lefts.append(np.broadcast_to(places[row], right.shape).ravel())
                rights.append(right.ravel())
        return np.concatenate(lefts), np.concatenate(rights)


class Chunk:
    """Rows of whole documents, whose entities are numbered anew: few, so that pairs are small."""

    def __init__(self, rows: Numbers, entities: int) -> None:
        self._rows = rows
        is_here = np.zeros(entities, bool)
        is_here[rows[:, ENTITY]] = True
        self.ids: Places = np.flatnonzero(is_here)
        """The entities that are mentioned."""
        self._actors = (np.cumsum(is_here) - 1)[rows[:, ENTITY]]
        self._bits = max(len(self.ids) - 1, 1).bit_length()
        self._documents = _dense(rows[:, DOCUMENT])

    def met(self, column: int, most: int, *, with_first: bool = False) -> Met:
        """Return who is in which window; of one with too many actors the first in the text."""
        return self._met(column, np.flatnonzero(self._rows[:, column] >= 0), most, with_first)

    def document_pairs(self, most: int, most_near: int) -> tuple[Numbers, int]:
        """Return the pairs of all documents, and how many documents were cut.

        Of a document with too many actors those mentioned most meet; and those that meet closely
        in it meet in it, too.
        """
        met = self._met(DOCUMENT, np.arange(len(self._rows)), most, with_first=False)
        left, right = met.pairs()
        pairs = self.pair(met.actors[left], met.actors[right])
        if not len(met.cut):
            return pairs, 0
        is_cut = np.zeros(len(self._rows) + 1, bool)
        is_cut[met.cut] = True
        of_cut = is_cut[met.windows[left]]
        keyed = [self._in_document(met.windows[left[of_cut]], pairs[of_cut])]
        rows = np.flatnonzero(is_cut[self._documents])
        for column in NEAR:
            known = rows[self._rows[rows, column] >= 0]
            near = self._met(column, known, most_near, with_first=True)
            left, right = near.pairs()
            documents = self._documents[near.first[left]]
            keyed.append(
                self._in_document(documents, self.pair(near.actors[left], near.actors[right]))
            )
        distinct = np.unique(np.concatenate(keyed)) & ((1 << 2 * self._bits) - 1)
        return np.concatenate((pairs[~of_cut], distinct.astype(pairs.dtype))), len(met.cut)

    def pair(self, a: Numbers, b: Numbers) -> Numbers:
        """Return pairs of actors as numbers."""
        return self._joined(a, b, 2 * self._bits)

    def ends(self, pairs: Numbers) -> tuple[Places, Places]:
        """Return the two entities of pairs."""
        return self.ids[pairs >> self._bits], self.ids[pairs & ((1 << self._bits) - 1)]

    def _joined(self, high: Numbers, low: Numbers, bits: int) -> Numbers:
        """Two numbers in one of so many bits; the lower is that of an actor."""
        kind = np.dtype(np.uint32 if bits <= 32 else np.int64)
        joined: Numbers = high.astype(kind) << self._bits
        joined |= low.astype(kind)
        return joined

    def _in_document(self, documents: Numbers, pairs: Numbers) -> Ints:
        return (documents.astype(np.int64) << 2 * self._bits) | pairs.astype(np.int64)

    def _met(self, column: int, rows: Places, most: int, with_first: bool) -> Met:
        windows, actors = self._windows(column, rows), self._actors[rows]
        beyond, cut = self._beyond(windows, actors, most, by_mentions=column == DOCUMENT)
        if len(cut):
            rows, windows, actors = rows[~beyond], windows[~beyond], actors[~beyond]
        last = int(windows.max(initial=0))
        keys = self._joined(windows, actors, last.bit_length() + self._bits)
        first = rows[:0]
        if with_first:
            order = np.argsort(keys)
            keys = keys[order]
            starts = run_starts(keys)
            if len(starts):
                first = rows[np.minimum.reduceat(order, starts)]
        else:
            keys.sort()
            starts = run_starts(keys)
        keys = keys[starts]
        return Met(keys >> self._bits, keys & ((1 << self._bits) - 1), first, cut)

    def _windows(self, column: int, rows: Places) -> Ints:
        """Numbers of the windows of rows, without gaps."""
        if column == DOCUMENT:
            return self._documents[rows]
        ordinals = self._rows[rows, column]
        return _dense(self._documents[rows] * (int(ordinals.max(initial=0)) + 1) + ordinals)

    def _beyond(
        self, windows: Ints, actors: Ints, most: int, *, by_mentions: bool
    ) -> tuple[NDArray[np.bool_], Ints]:
        """Which rows are left out as their window names too many actors, and those windows."""
        beyond = np.zeros(len(windows), bool)
        large = np.flatnonzero(np.bincount(windows)[windows] > most)
        keys = (windows[large] << self._bits) | actors[large]
        distinct, first, mentions = np.unique(keys, return_index=True, return_counts=True)
        groups = distinct >> self._bits
        order = np.lexsort((distinct, -mentions if by_mentions else first, groups))
        ranks = ranked(groups)
        beyond[large] = np.isin(keys, distinct[order[ranks >= most]])
        return beyond, groups[ranks == most]


def ranked(groups: Ints) -> Places:
    """Return the place of every row in its group; groups lie together.

    >>> ranked(np.array([5, 5, 7, 7, 7])).tolist()
    [0, 1, 0, 1, 2]
    """
    starts = run_starts(groups)
    return np.arange(len(groups)) - np.repeat(starts, np.diff(starts, append=len(groups)))


def _dense(values: Numbers) -> Ints:
    """Number values without gaps, in their order."""
    if np.all(values[1:] >= values[:-1]):
        starts = np.zeros(len(values), np.int64)
        starts[run_starts(values)[1:]] = 1
        return np.cumsum(starts)
    return np.unique(values, return_inverse=True)[1]
