"""Which documents are copies of one another: reprints, updates, the same release on two sites.

Texts are compared by their runs of five words, whatever their case, punctuation and furniture; two
are copies where at least `SIMILAR` of all the runs of either are shared. Candidates are those that
agree in a whole band of their signatures (locality-sensitive hashing), and in enough of the rest;
every one is confirmed on the runs themselves, so an estimate decides nothing. What is a copy of a
copy is of the same group. Groups depend on the texts alone, not on their order.

Of every group one document speaks for all: the fullest, then the earliest. What the others repeat
is no further evidence.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from ..storage.corpus import Corpus
from ..storage.rows import Row, dump, load
from ..storage.tally import Ints, run_starts
from .belief import Said
from .signatures import SIZE, Runs, runs_of, words_of

COPY_OF = "copy_of"
"""In the metadata of a document: the id of the one that speaks for it."""
COPIES = "copies"
"""In the metadata of a document that speaks for a group: how many copies of it there are."""
SIMILAR = 0.8
"""Share of common runs from which on two texts are copies."""

_BAND = np.uint32
"""Four bytes of a signature; copies agree in none of the 32 in one of ten million cases."""
_LEAST = 77
"""Bytes of a signature that candidates share: copies share fewer in one of ten million cases."""
_AT_ONCE = (8, 64, 512)
"""Texts that one is compared with at a time: mostly one of the first is a copy, and the others are
not asked."""
_HELD = 2_000_000
"""Runs that are remembered: 16 MB."""


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
    texts = _Texts(corpus, repeated)
    for band, candidates in texts.candidates():
        _join_similar(band, candidates, texts, groups)
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


def noted(row: Row, notes: Mapping[str, Mapping[str, str]]) -> Row:
    """Return the row of a document with what is to be noted of it in its metadata."""
    name, *fields, metadata, passages = row
    note = notes.get(name)
    if note is None:
        return row
    return name, *fields, dump(dict(sorted({**load(metadata), **note}.items()))), passages


def independent(claims: Sequence[Said]) -> list[bool]:
    """Tell which claims of one edge no other copy of their document has made.

    The document that speaks for its group is heard; where it says nothing of the kind, the first of
    the others. Those that affirm and those that deny are heard apart.
    """
    heard: dict[tuple[str, str], str] = {}
    for claim in claims:
        key = claim.speaker, claim.polarity
        known = heard.get(key)
        if known is None or (claim.document != claim.speaker, claim.document) < (
            known != claim.speaker,
            known,
        ):
            heard[key] = claim.document
    return [heard[c.speaker, c.polarity] == c.document for c in claims]


def _join_similar(band: int, candidates: Ints, texts: _Texts, groups: _Groups) -> None:
    """Join those of the candidates that agree; what is of one group needs no further proof.

    Pairs that agree in an earlier band were compared there.
    """
    numbers = texts.numbers[candidates].tolist()
    group = np.array([groups.of(number) for number in numbers])
    if np.all(group == group[0]):
        return
    signatures, bands = texts.signatures[candidates], texts.bands[candidates, :band]
    for place, number in enumerate(numbers):
        is_near = np.count_nonzero(signatures[:place] == signatures[place], axis=1) >= _LEAST
        is_near &= ~np.any(bands[:place] == bands[place], axis=1)
        near = np.flatnonzero(is_near)
        at_once = chain(_AT_ONCE, repeat(_AT_ONCE[-1]))
        while len(near := near[group[near] != group[place]]):
            asked, near = np.split(near, [next(at_once)])
            agree = texts.agreeing(number, [numbers[other] for other in asked])
            for other in asked[agree].tolist():
                one, further = group[place], group[other]
                group[(group == one) | (group == further)] = groups.join(one, further)


class _Texts:
    """Texts by the numbers of their documents, and their signatures."""

    def __init__(self, corpus: Corpus, repeated: Collection[int]) -> None:
        self._corpus = corpus
        self._known: dict[int, Runs] = {}
        self._held = 0
        numbers, data = array("q"), bytearray()
        for number, signature in corpus.signatures():
            if number not in repeated:
                numbers.append(number)
                data += signature
        self.numbers = np.frombuffer(numbers, np.int64)
        self.signatures = np.frombuffer(data, np.uint8).reshape(-1, SIZE)
        self.bands = self.signatures.view(_BAND)

    def candidates(self) -> Iterator[tuple[int, Ints]]:
        """Each band, and places of signatures that agree in it."""
        for band, keys in enumerate(self.bands.T):
            order = np.argsort(keys, kind="stable")
            starts = run_starts(keys[order])
            sizes = np.diff(starts, append=len(order))
            for start, size in zip(starts[sizes > 1], sizes[sizes > 1], strict=True):
                yield band, order[start : start + size]

    def agreeing(self, number: int, others: Sequence[int]) -> NDArray[np.bool_]:
        """Which other texts share enough of their runs with one."""
        own, theirs = self._runs(number), [self._runs(other) for other in others]
        sizes = np.array([len(runs) for runs in theirs])
        is_shared = np.isin(np.concatenate(theirs), own)
        shared = np.add.reduceat(is_shared, np.cumsum(sizes) - sizes, dtype=np.int64)
        agree: NDArray[np.bool_] = shared >= SIMILAR * (len(own) + sizes - shared)
        return agree

    def _runs(self, number: int) -> Runs:
        """The distinct runs of a text, sorted."""
        runs = self._known.get(number)
        if runs is None:
            runs = np.unique(runs_of(words_of(self._corpus.document(number))))
            self._held += len(runs)
            if self._held > _HELD:
                self._known.clear()
                self._held = len(runs)
            self._known[number] = runs
        return runs


class _Groups:
    """Disjoint sets of numbers; each is known by its least one."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def join(self, a: int, b: int) -> int:
        """Make the sets of two numbers one, and return what it is known by."""
        a, b = sorted((self.of(a), self.of(b)))
        self._above[b] = a
        return a

    def sets(self) -> list[list[int]]:
        """The sets of two and more, sorted."""
        found: dict[int, list[int]] = {}
        for number in sorted(self._above):
            found.setdefault(self.of(number), []).append(number)
        return [members for members in found.values() if len(members) > 1]

    def of(self, number: int) -> int:
        """What the set of a number is known by."""
        while (above := self._above.setdefault(number, number)) != number:
            self._above[number] = self._above.setdefault(above, above)
            number = above
        return number
