"""Stretches of text as evidence: the sentence around two mentions, with some context."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from ...schema import Document, Evidence

CONTEXT = 32
"""Characters of prefix and suffix; the selectors of the W3C Web Annotation model use as many."""

_BREAK = re.compile(r"(?:(?<![.!?…])[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W_a-z])|\n\s*\n)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|Gen|Adm|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|St|No|vs|Jr|Sr))\.$"
)


class Quoter:
    """Quotes one document; where its sentences may end is looked up once.

    >>> text = "It rained. Gen. A. Smith of NATO met Acme. All went home."
    >>> Quoter(Document(id="d", text=text)).quote(29, 41).exact
    'Gen. A. Smith of NATO met Acme.'
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        breaks = [
            found
            for found in _BREAK.finditer(document.text)
            if not _ABBREVIATED.search(document.text, max(0, found.start() - 8), found.start() + 1)
        ]
        self._ends = [found.start() + len(found[0].rstrip()) for found in breaks]
        self._starts = [found.end() for found in breaks]
        self._passages: dict[int, tuple[int, int]] = {}

    def quote(self, start: int, end: int, paragraph: int = -1) -> Evidence:
        """Return the sentence that holds a stretch of text, or all sentences it touches.

        Args:
            start: Where the stretch begins.
            end: Where it ends.
            paragraph: Ordinal of its passage, if known; a sentence does not leave it.
        """
        document = self._document
        first, last = self.bounds(start, end, paragraph)
        exact, prefix, suffix = quotation(document.text, first, last)
        return Evidence(
            document_id=document.id,
            start=first,
            end=last,
            exact=exact,
            prefix=prefix,
            suffix=suffix,
            date=document.date,
        )

    def bounds(self, start: int, end: int, paragraph: int = -1) -> tuple[int, int]:
        """Return where the sentence of a stretch begins and ends; see `quote`.

        Only what lies around the stretch is searched for the ends of sentences: a stop within it,
        or after an initial or a title, ends none.
        """
        first, last = self._passage(paragraph)
        before = bisect_right(self._starts, start)
        after = bisect_left(self._ends, end)
        if before:
            first = max(first, self._starts[before - 1])
        if after < len(self._ends):
            last = min(last, self._ends[after])
        return min(first, start), max(last, end)

    def _passage(self, number: int) -> tuple[int, int]:
        """First and last character of a passage that are no white space."""
        found = self._passages.get(number)
        if found is None:
            text, passages = self._document.text, self._document.passages
            first, last = 0, len(text)
            if 0 <= number < len(passages):
                first, last = passages[number].start, passages[number].end
            passage = text[first:last]
            found = last - len(passage.lstrip()), first + len(passage.rstrip())
            self._passages[number] = found
        return found


def quotation(text: str, first: int, last: int) -> tuple[str, str, str]:
    """Return a stretch of text, and some context before and after it.

    >>> quotation("It rained. Acme sold it.", 11, 24)
    ('Acme sold it.', 'It rained. ', '')
    """
    return text[first:last], text[max(0, first - CONTEXT) : first], text[last : last + CONTEXT]
