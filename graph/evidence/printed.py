"""On which printed page a character range stands."""

from __future__ import annotations

from bisect import bisect_right

from ...schema import Document


def page_of(document: Document, offset: int) -> int | None:
    """Return the number of the page, counted from 1; None for a document without pages.

    >>> document = Document(id="d", text="One. Two.", metadata={"pages": "0 5"})
    >>> page_of(document, 4), page_of(document, 5), page_of(Document(id="e", text="One."), 0)
    (1, 2, None)
    """
    starts = document.metadata.get("pages", "").split()
    return max(1, bisect_right([int(start) for start in starts], offset)) if starts else None
