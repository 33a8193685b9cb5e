"""Which documents are copies of one another: reprints, updates, the same release on two sites.

Texts are compared by their runs of five words, whatever their case, punctuation and furniture; two
are copies where at least `SIMILAR` of all the runs of either are shared. Candidates are those that
agree in a whole band of their signatures (`signatures`; locality-sensitive hashing), and every one
is confirmed on the runs themselves, so an estimate decides nothing. What is a copy of a copy is of
the same group. Groups depend on the texts alone, not on their order.

Of every group one document speaks for all: the fullest, then the earliest. What the others repeat
is no further evidence.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ...schema import Claim, Document
from ..storage.corpus import Corpus
from .signatures import BAND, BANDS, Runs, runs_of, words_of

COPY_OF = "copy_of"
"""In the metadata of a document: the id of the one that speaks for it."""
COPIES = "copies"
"""In the metadata of a document that speaks for a group: how many copies of it there are."""
SIMILAR = 0.8
"""Share of common runs from which on two texts are copies."""

_IN_MEMORY = 8_000_000
"""Bytes of signatures that are compared at a time."""
_LEAST = 77
"""Numbers of their signatures in which candidates agree: of 128, copies have fewer in one of ten
million cases."""
_SIGNATURES, _RUNS, _PAIRS = 4_096, 256, 2**16
"""Texts and comparisons that are remembered."""


def find_copies(corpus: Corpus) -> dict[str, str]:
    """Find the documents that have copies.

    Returns:
        For every document of a group of two or more, the id of the one that speaks for the group;
        for that one its own.
    """
    groups, repeated = _Groups(), set[int]()
    for first, *others in corpus.equal_texts():
        for other in others:
            groups.join(first, other)
        repeated.update(others)
    texts = _Texts(corpus)
    for candidates in _candidates(corpus, repeated):
        _join_similar(candidates, texts, groups)
    found: dict[str, str] = {}
    for members in groups.sets():
        # The fullest, then the earliest; undated ones come last.
        fullest = [(-words, date or "~", name) for name, date, words in corpus.lengths(members)]
        speaker = min(fullest)[2]
        found.update((name, speaker) for _, _, name in fullest)
    return dict(sorted(found.items()))


def copy_notes(speakers: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return what the metadata of documents are to say of copies, for the groups of `find_copies`.

    >>> copy_notes({"a": "a", "b": "a"})
    {'a': {'copies': '1'}, 'b': {'copy_of': 'a'}}
    """
    sizes = Counter(speakers.values())
    return {
        name: {COPIES: str(sizes[name] - 1)} if name == speaker else {COPY_OF: speaker}
        for name, speaker in speakers.items()
    }


def noted(document: Document, notes: Mapping[str, Mapping[str, str]]) -> Document:
    """Return a document with what is to be noted of it in its metadata."""
    note = notes.get(document.id)
    if note is None:
        return document
    metadata = dict(sorted({**document.metadata, **note}.items()))
    return document.model_copy(update={"metadata": metadata})


def independent(claims: Sequence[Claim], document: Callable[[str], Document | None]) -> list[Claim]:
    """Keep the claims of one edge that no other copy of their document has made.

    The document that speaks for its group is heard; where it says nothing of the kind, the first of
    the others. Those that affirm and those that deny are heard apart.

    Args:
        claims: All claims of one edge.
        document: A document by its id, with what is noted of copies in its metadata.
    """
    heard: dict[tuple[str, str], str] = {}
    said = [(claim.evidence.document_id, claim.polarity.value) for claim in claims]
    groups = {name: _speaker_of(name, document) for name, _ in said}
    for name, polarity in said:
        group = groups[name]
        first = heard.get((group, polarity), name)
        heard[group, polarity] = min(first, name, key=lambda other: (other != group, other))
    return [
        claim
        for claim, (name, polarity) in zip(claims, said, strict=True)
        if heard[groups[name], polarity] == name
    ]


def _speaker_of(name: str, document: Callable[[str], Document | None]) -> str:
    """The id of the document that speaks for one: its own, unless it is a copy."""
    known = document(name)
    return name if known is None else known.metadata.get(COPY_OF, name)


def _candidates(corpus: Corpus, repeated: Collection[int]) -> Iterator[list[int]]:
    """Numbers of texts that agree in a whole band of their signatures, and are not repeated."""
    at_once = max(1, _IN_MEMORY // (BAND * max(1, corpus.signed())))
    for first in range(0, BANDS, at_once):
        numbers, data = array("q"), bytearray()
        for number, part in corpus.signatures(first * BAND, at_once * BAND):
            if number not in repeated:
                numbers.append(number)
                data += part
        if not numbers:
            return
        signatures = np.frombuffer(data, "<u4").reshape(len(numbers), -1, BAND // 4)
        for place in range(signatures.shape[1]):
            band = signatures[:, place]
            order = np.lexsort(band.T)
            differs = np.any(band[order[1:]] != band[order[:-1]], axis=1)
            starts = np.flatnonzero(np.concatenate(([True], differs)))
            sizes = np.diff(starts, append=len(order))
            for start, size in zip(starts[sizes > 1], sizes[sizes > 1], strict=True):
                yield [numbers[n] for n in order[start : start + size]]


def _join_similar(candidates: Sequence[int], texts: _Texts, groups: _Groups) -> None:
    """Join those of the candidates that agree; what is of one group needs no further proof."""
    kept: list[list[int]] = []
    for number in candidates:
        apart, own = [], [number]
        for members in kept:
            if groups.are_one(number, members[0]) or any(texts.agree(number, m) for m in members):
                groups.join(number, members[0])
                own += members
            else:
                apart.append(members)
        kept = [*apart, own]


class _Texts:
    """Compares texts by their runs, and remembers some."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._signature = lru_cache(maxsize=_SIGNATURES)(self._read_signature)
        self._runs_of = lru_cache(maxsize=_RUNS)(self._distinct_runs)
        self._compare = lru_cache(maxsize=_PAIRS)(self._share_enough)

    def agree(self, a: int, b: int) -> bool:
        """Whether two texts share enough of their runs."""
        return self._compare(min(a, b), max(a, b))

    def _share_enough(self, a: int, b: int) -> bool:
        if np.count_nonzero(self._signature(a) == self._signature(b)) < _LEAST:
            return False
        one, other = self._runs_of(a), self._runs_of(b)
        shared = len(np.intersect1d(one, other, assume_unique=True))
        return bool(shared >= SIMILAR * (len(one) + len(other) - shared))

    def _read_signature(self, number: int) -> NDArray[np.uint32]:
        return np.frombuffer(self._corpus.signature(number), "<u4")

    def _distinct_runs(self, number: int) -> Runs:
        return np.unique(runs_of(words_of(self._corpus.document(number))))


class _Groups:
    """Disjoint sets of numbers; each is known by its least one."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def join(self, a: int, b: int) -> None:
        """Make the sets of two numbers one."""
        a, b = sorted((self._top(a), self._top(b)))
        self._above[b] = a

    def are_one(self, a: int, b: int) -> bool:
        """Whether two numbers are in one set."""
        return self._top(a) == self._top(b)

    def sets(self) -> list[list[int]]:
        """The sets of two and more, sorted."""
        found: dict[int, list[int]] = {}
        for number in sorted(self._above):
            found.setdefault(self._top(number), []).append(number)
        return [members for members in found.values() if len(members) > 1]

    def _top(self, number: int) -> int:
        while (above := self._above.setdefault(number, number)) != number:
            self._above[number] = self._above.setdefault(above, above)
            number = above
        return number
