"""What is kept of a text to find its copies: a hash of its words, and a MinHash signature.

The signature estimates which share of their runs of five words two texts have in common (Broder,
1997, *On the resemblance and containment of documents*); of each of its numbers one byte is enough
(Li and König, 2010, *b-bit minwise hashing*). It is made once a document, when it is extracted, so
that copies among many documents are found without reading their texts again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...schema import Document

Runs = NDArray[np.uint64]

MIN_WORDS = 30
"""Shorter texts are copies only if they are equal: a few words change what they say."""
SIZE = 128
"""Bytes of a signature."""

_RUN = 5
_CHUNK = 512
"""Runs that are mixed at a time."""
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
"""Any large odd number: it keeps the order of the words in the number of their run."""
_WORD = re.compile(r"\w+")


class Signature(NamedTuple):
    """What is kept of a text."""

    words: int
    digest: bytes
    """Equal for texts of the same words."""
    minima: bytes | None
    """`SIZE` bytes, each of the least of all numbers of runs, mixed in its own way; None of a short
    text."""


def sign(document: Document) -> Signature | None:
    """Return the signature of a text, whatever its case and punctuation; None if it has no words.

    >>> texts = ("Oslo bought a radar.", "OSLO bought a radar")
    >>> one, other = (sign(Document(id="d", text=text)) for text in texts)
    >>> one == other
    True
    """
    words = words_of(document)
    if not words:
        return None
    digest = blake2b(" ".join(words).encode(), digest_size=16).digest()
    return Signature(len(words), digest, _minima(words) if len(words) >= MIN_WORDS else None)


def words_of(document: Document) -> list[str]:
    """The words of the running text, or of all the text where no passages are known."""
    text = document.text
    parts = [text[p.start : p.end] for p in document.passages] or [text]
    return list(chain.from_iterable(_WORD.findall(part.casefold()) for part in parts))


def runs_of(words: Sequence[str]) -> Runs:
    """A number for every run of words, made of the numbers of its words; overflow is meant."""
    numbers = np.fromiter(map(_number, words), np.uint64, len(words))
    last = len(words) - _RUN + 1
    runs = np.zeros(last, np.uint64)
    for place in range(_RUN):
        runs = runs * _MULTIPLIER + numbers[place : place + last]
    return runs


def _minima(words: Sequence[str]) -> bytes:
    runs = runs_of(words)
    least = np.full(SIZE, np.iinfo(np.uint64).max, np.uint64)
    for first in range(0, len(runs), _CHUNK):
        mixed = runs[first : first + _CHUNK, None] * _multipliers()
        np.minimum(least, mixed.min(axis=0), out=least)
    return least.astype(np.uint8).tobytes()


@lru_cache(maxsize=1)
def _multipliers() -> Runs:
    """An odd number for each byte of a signature; numbers times it are as good as drawn anew."""
    return np.array([_number(str(place)) | 1 for place in range(SIZE)], np.uint64)


@lru_cache(maxsize=2**15)
def _number(word: str) -> int:
    digest = blake2b(word.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
