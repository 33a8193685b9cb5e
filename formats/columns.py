"""Printed columns: which lines of a page stand side by side, and in which order they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

_GUTTERS = 100
"""Places that are tried, from a quarter to three quarters of the width."""
_CROSSING = 0.15
"""So many of the lines may run across the gutter: titles, and tables."""
_BESIDE = 0.3
"""So many of the lines have words in both columns."""


class PrintedLine(NamedTuple):
    """The words of a line, how far from the top, in which size."""

    words: str
    top: float
    size: float


class _Word(NamedTuple):
    text: str
    left: float
    right: float
    top: float
    size: float


def column_lines(page: Any) -> list[PrintedLine]:
    """The lines of a page of pdfplumber, the left column before the right.

    A line across both columns ends what stands above it.
    """
    words = [
        _Word(w["text"], w["x0"], w["x1"], w["top"], w["bottom"] - w["top"])
        for w in page.extract_words()
    ]
    rows = list(_rows(words))
    gutter = _gutter(rows, float(page.width))
    if gutter is None:
        return [_line(row) for row in rows]
    lines: list[PrintedLine] = []
    left: list[PrintedLine] = []
    right: list[PrintedLine] = []
    for row in rows:
        if _crosses(row, gutter):
            lines += [*left, *right, _line(row)]
            left, right = [], []
        else:
            for column, part in (
                (left, [w for w in row if w.right <= gutter]),
                (right, [w for w in row if w.left >= gutter]),
            ):
                if part:
                    column.append(_line(part))
    return [*lines, *left, *right]


def _rows(words: Sequence[_Word]) -> Iterator[list[_Word]]:
    """Words at one height, from left to right."""
    row: list[_Word] = []
    for word in sorted(words, key=lambda w: (w.top, w.left)):
        if row and word.top - row[0].top > 0.5 * row[0].size:
            yield sorted(row, key=lambda w: w.left)
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda w: w.left)


def _gutter(rows: Sequence[Sequence[_Word]], width: float) -> float | None:
    """Where the columns part: the place that the fewest lines cross, if both sides are in use."""
    if len(rows) < 4:
        return None
    places = [width * (0.25 + 0.5 * step / _GUTTERS) for step in range(_GUTTERS + 1)]
    crossing = {x: sum(_crosses(row, x) for row in rows) for x in places}
    beside = {x: sum(_is_beside(row, x) for row in rows) for x in places}
    gutter = max(places, key=lambda x: (beside[x] - crossing[x], -abs(x - width / 2)))
    is_used = beside[gutter] >= _BESIDE * len(rows)
    return gutter if is_used and crossing[gutter] <= _CROSSING * len(rows) else None


def _is_beside(row: Sequence[_Word], x: float) -> bool:
    """Whether a line has words on both sides of a place, and nothing across it."""
    return row[0].right <= x <= row[-1].left and not _crosses(row, x)


def _crosses(row: Sequence[_Word], x: float) -> bool:
    """Whether a line runs across: over the place, or with no more than a blank there."""
    if any(word.left < x < word.right for word in row):
        return True
    before = max((w.right for w in row if w.right <= x), default=None)
    after = min((w.left for w in row if w.left >= x), default=None)
    return before is not None and after is not None and after - before < 0.6 * row[0].size


def _line(words: Sequence[_Word]) -> PrintedLine:
    return PrintedLine(" ".join(w.text for w in words), words[0].top, words[0].size)
