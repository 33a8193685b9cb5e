"""Counts of far more keys than fit in memory: sorted runs, merged range by range.

Keys are counted a batch at a time. Each batch is one sorted run of distinct keys with their counts,
packed into one number each; when the runs in memory grow too many, they go to a file without a
name, which is gone with its process. The totals are read in ranges of keys: the pieces of all runs
that lie in one range are merged in memory.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...errors import StoreError

Ints = NDArray[np.int64]

IN_MEMORY = 4_000_000
"""Numbers that are held before they go to the file: 32 MB."""
RANGE = 1_000_000
"""About how many numbers are merged at a time."""
STEP = 1_024
"""Every so many numbers of a run one is remembered: where to look for a key in the file."""
_BITS = 63
"""Of a number, without its sign."""


class Tally:
    """Counts of keys.

    Args:
        limit: All keys are less.
        group: Keys of one group, equal when divided by this, are read together.
        folder: Where the file goes, if one is needed; by default where the system keeps such files.

    >>> tally = Tally(100)
    >>> tally.add(np.array([3, 7]), np.array([1, 2]))
    >>> tally.add(np.array([7, 9]), np.array([5, 1]))
    >>> [(keys.tolist(), counts.tolist()) for keys, counts in tally.totals()]
    [([3, 7, 9], [1, 7, 1])]
    """

    def __init__(self, limit: int, group: int = 1, folder: Path | None = None) -> None:
        self._limit = limit
        self._group = group
        self._folder = folder
        self._bits = _BITS - (limit - 1).bit_length()
        self._most = (1 << self._bits) - 1
        self._runs: list[_Run] = []
        self._file: IO[bytes] | None = None
        self._in_memory = 0

    def add(self, keys: Ints, counts: Ints) -> None:
        """Add the counts of sorted, distinct keys."""
        if not len(keys):
            return
        numbers = self._packed(keys, counts)
        self._runs.append(_Run(len(numbers), numbers[::STEP] >> self._bits, _InMemory(numbers)))
        self._in_memory += len(numbers)
        if self._in_memory > IN_MEMORY:
            self._spill()

    def totals(self) -> Iterator[tuple[Ints, Ints]]:
        """Yield all keys, sorted, with their counts, some at a time."""
        starts = [0] * len(self._runs)
        for bound in self._bounds():
            ends = [self._place(run, bound) for run in self._runs]
            pieces = [
                run.numbers.read(start, end)
                for run, start, end in zip(self._runs, starts, ends, strict=True)
                if start < end
            ]
            if pieces:
                yield self._summed(np.concatenate(pieces))
            starts = ends

    def _packed(self, keys: Ints, counts: Ints) -> Ints:
        if counts.max() > self._most:  # in parts, where the bits left are too few for a count
            parts = -(-counts // self._most)
            rest = counts - (parts - 1) * self._most
            keys = np.repeat(keys, parts)
            counts = np.full(len(keys), self._most)
            counts[np.cumsum(parts) - 1] = rest
        return (keys << self._bits) | counts

    def _summed(self, numbers: Ints) -> tuple[Ints, Ints]:
        numbers.sort(kind="stable")  # which merges what is sorted in pieces
        keys = numbers >> self._bits
        starts = run_starts(keys)
        return keys[starts], np.add.reduceat(numbers & self._most, starts)

    def _spill(self) -> None:
        try:
            self._write()
        except OSError as error:
            place = self._folder or "the folder of temporary files"
            raise StoreError(f"Cannot write counts to {place}: {error}.") from error

    def _write(self) -> None:
        if self._file is None:
            self._file = TemporaryFile(prefix=".actorgraph-", dir=self._folder)  # noqa: SIM115
            weakref.finalize(self, self._file.close)
        for run in self._runs:
            if isinstance(run.numbers, _InMemory):
                place = self._file.tell()
                self._file.write(run.numbers.held.data)
                run.numbers = _InFile(self._file, place)
        self._in_memory = 0

    def _bounds(self) -> Iterator[int]:
        """Ends of ranges that hold about equally many numbers of all runs."""
        if self._runs:
            marks = np.sort(np.concatenate([run.marks for run in self._runs]))
            inner = marks[RANGE // STEP :: max(RANGE // STEP, 1)]
            yield from (np.unique(inner // self._group) * self._group).tolist()
        yield self._limit

    def _place(self, run: _Run, key: int) -> int:
        """How many numbers of a run are of lesser keys."""
        start = max(int(np.searchsorted(run.marks, key)) - 1, 0) * STEP
        numbers = run.numbers.read(start, min(start + STEP, run.length))
        return start + int(np.searchsorted(numbers >> self._bits, key))


class _InMemory(NamedTuple):
    """Numbers that are held."""

    held: Ints

    def read(self, start: int, end: int) -> Ints:
        """Return some of them."""
        return self.held[start:end]


class _InFile(NamedTuple):
    """Numbers that lie in a file from a place on."""

    file: IO[bytes]
    place: int

    def read(self, start: int, end: int) -> Ints:
        """Return some of them."""
        self.file.seek(self.place + 8 * start)
        return np.frombuffer(self.file.read(8 * (end - start)), np.int64)


@dataclass(slots=True)
class _Run:
    """Packed numbers, sorted."""

    length: int
    marks: Ints
    """The keys of every so many of them."""
    numbers: _InMemory | _InFile


def run_starts(values: NDArray[np.integer]) -> NDArray[np.intp]:
    """Where runs of equal values begin.

    >>> run_starts(np.array([5, 5, 7, 7, 7])).tolist()
    [0, 2]
    """
    differs = np.empty(len(values), bool)
    differs[:1] = True
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return np.flatnonzero(differs)
