"""Sequences that stay in their file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

T = TypeVar("T")


class Shelf(Sequence[T], Generic[T]):
    """A sequence that is read from a file as it is gone through, sorted as it was written.

    Args:
        length: How many items there are.
        read: Gives the items from one number up to another.
    """

    def __init__(self, length: int, read: Callable[[int, int], Iterator[T]]) -> None:
        self._length = length
        self._read = read

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            start, stop, step = index.indices(self._length)
            if step == 1:
                return tuple(self._read(start, max(start, stop)))
            return tuple(self[i] for i in range(start, stop, step))
        number = range(self._length)[index]
        return next(self._read(number, number + 1))

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        return self._read(0, self._length)
