"""Passages that are too long to parse, cut where a sentence ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .lines import LETTER

MAX_PASSAGE = 50_000
"""Longer passages are cut at the end of a sentence, or at a blank, so that parsing stays linear."""

_SENTENCE_ENDS = (". ", "? ", "! ", ".\n", "?\n", "!\n")
_NOT_BLANK = re.compile(r"\S")


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch of text so that no piece is longer than `MAX_PASSAGE`."""
    while end - start > MAX_PASSAGE:
        cut = _last_cut(text, start + MAX_PASSAGE // 2, start + MAX_PASSAGE)
        if LETTER.search(text, start, cut):
            yield start, cut
        rest = _NOT_BLANK.search(text, cut, end)
        if not rest:
            return
        start = rest.start()
    yield start, end


def _last_cut(text: str, low: int, high: int) -> int:
    """The offset after the last sentence, else of the last blank, else as far as may be."""
    sentence = max(text.rfind(mark, low, high) for mark in _SENTENCE_ENDS)
    if sentence >= 0:
        return sentence + 1
    blank = text.rfind(" ", low, high)
    return blank if blank >= 0 else high
