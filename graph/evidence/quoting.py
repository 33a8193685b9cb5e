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
        self._quotes: dict[tuple[int, int], Evidence] = {}

    def quote(self, start: int, end: int, paragraph: int = -1) -> Evidence:
        """Return the sentence that holds a stretch of text, or all sentences it touches.

        Only what lies around the stretch is searched for the ends of sentences: a stop within it,
        or after an initial or a title, ends none.

        Args:
            start: Where the stretch begins.
            end: Where it ends.
            paragraph: Ordinal of its passage, if known; a sentence does not leave it.
        """
        first, last = self._bounds(paragraph)
        before = bisect_right(self._starts, start)
        after = bisect_left(self._ends, end)
        if before:
            first = max(first, self._starts[before - 1])
        if after < len(self._ends):
            last = min(last, self._ends[after])
        first, last = min(first, start), max(last, end)
        if (first, last) not in self._quotes:
            self._quotes[first, last] = self._evidence(first, last)
        return self._quotes[first, last]

    def _bounds(self, paragraph: int) -> tuple[int, int]:
        """First and last character of a passage that are no white space."""
        text, passages = self._document.text, self._document.passages
        first, last = 0, len(text)
        if 0 <= paragraph < len(passages):
            first, last = passages[paragraph].start, passages[paragraph].end
        passage = text[first:last]
        return last - len(passage.lstrip()), first + len(passage.rstrip())

    def _evidence(self, first: int, last: int) -> Evidence:
        text = self._document.text
        return Evidence(
            document_id=self._document.id,
            start=first,
            end=last,
            exact=text[first:last],
            prefix=text[max(0, first - CONTEXT) : first],
            suffix=text[last : last + CONTEXT],
            date=self._document.date,
        )
