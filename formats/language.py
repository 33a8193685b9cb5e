"""Which language a text is in, by py3langid (Lui and Baldwin, 2012, *langid.py*).

Plain English is told by its commonest words, which are rare in every other language; so a corpus in
English never loads the model, and the answers are the same.
"""

from __future__ import annotations

import re

MIN_LENGTH = 100
"""Shorter texts tell too little: *NATO IAMD* is no Italian."""
_SAMPLE = 5_000
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(("the", "and"))
_ENOUGH = 0.04
"""Share of these words that no text in another language reaches; half of what English has."""


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text; None where it is too short to tell.

    >>> detect_language("NATO IAMD")
    >>> detect_language("The sale of the radar and of the S-400 was the end of it. " * 3)
    'en'
    """
    text = text[:_SAMPLE]
    words = _WORD.findall(text.lower())
    if len(text) < MIN_LENGTH or 2 * sum(map(len, words)) < MIN_LENGTH:
        return None
    if sum(word in _ENGLISH for word in words) >= _ENOUGH * len(words):
        return "en"
    from py3langid import classify

    return str(classify(text)[0])
