"""Which documents are copies of one another: reprints, updates, the same release on two sites.

Texts are compared by their runs of five words, whatever their case, punctuation and furniture; two
are copies where at least `SIMILAR` of all the runs of either are shared (Broder, 1997, *On the
resemblance and containment of documents*). Candidates are found by MinHash and locality-sensitive
hashing, and every one is confirmed on the runs themselves, so an estimate decides nothing. What is
a copy of a copy is of the same group. Groups depend on the texts alone, not on their order.

Of every group one document speaks for all: the fullest, then the earliest. What the others repeat
is no further evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ...schema import Claim, Document

Runs = NDArray[np.uint64]
Signatures = NDArray[np.uint32]

COPY_OF = "copy_of"
"""In the metadata of a document: the id of the one that speaks for it."""
COPIES = "copies"
"""In the metadata of a document that speaks for a group: how many copies of it there are."""
SIMILAR = 0.8
"""Share of common runs from which on two texts are copies."""

_RUN = 5
_MIN_WORDS = 30
"""Shorter texts are copies only if they are equal: a few words change what they say."""
_SIGNATURE, _BANDS = 128, 32
"""Two texts of which 80 % is shared become candidates in all but one of ten million cases."""
_SEED = 1
_BATCH = 1_000
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
"""Any large odd number: it keeps the order of the words in the number of their run."""
_WORD = re.compile(r"\w+")


def find_copies(documents: Iterable[Document] | Mapping[str, Document]) -> dict[str, str]:
    """Find the documents that have copies.

    Args:
        documents: All documents; by id, they are read one by one and not held.

    Returns:
        For every document of a group of two or more, the id of the one that speaks for the group;
        for that one its own.

    >>> texts = {"a": "Oslo bought a radar.", "b": "OSLO bought a radar", "c": "Oslo paid."}
    >>> find_copies(Document(id=name, text=text) for name, text in texts.items())
    {'a': 'a', 'b': 'a'}
    """
    by_id = (
        documents
        if isinstance(documents, Mapping)
        else {document.id: document for document in documents}
    )
    reader, groups = _Reader(by_id), _Groups()
    distinct: dict[bytes, str] = {}
    for name in sorted(by_id):
        words = reader.words(name)
        if words:
            text = " ".join(words).encode()
            first = distinct.setdefault(blake2b(text, digest_size=16).digest(), name)
            if first != name:
                groups.join(first, name)
            elif len(words) >= _MIN_WORDS:
                reader.sign(name, words)
    for candidates in reader.candidates():
        _join_similar(candidates, reader, groups)
    found: dict[str, str] = {}
    for members in groups.sets():
        # The fullest, then the earliest; undated ones come last.
        lengths = {name: len(reader.words(name)) for name in members}
        dates = {name: by_id[name].date or "~" for name in members}
        speaker = min(members, key=lambda name: (-lengths[name], dates[name], name))
        found.update(dict.fromkeys(members, speaker))
    return dict(sorted(found.items()))


def mark_copies(documents: Mapping[str, Document]) -> dict[str, Document]:
    """Note in the metadata of documents which are copies, and of which."""
    notes = copy_notes(find_copies(documents))
    return {name: noted(document, notes) for name, document in documents.items()}


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


def independent(claims: Sequence[Claim], documents: Mapping[str, Document]) -> list[Claim]:
    """Keep the claims of one edge that no other copy of their document has made.

    The document that speaks for its group is heard; where it says nothing of the kind, the first of
    the others. Those that affirm and those that deny are heard apart.

    Args:
        claims: All claims of one edge.
        documents: Documents by id, marked by `mark_copies`.
    """
    heard: dict[tuple[str, str], str] = {}
    for claim in claims:
        name = claim.evidence.document_id
        group = speaker_of(name, documents)
        key = group, claim.polarity.value
        heard[key] = min(heard.get(key, name), name, key=lambda other: (other != group, other))
    return [
        claim
        for claim in claims
        if heard[speaker_of(claim.evidence.document_id, documents), claim.polarity.value]
        == claim.evidence.document_id
    ]


def speaker_of(name: str, documents: Mapping[str, Document]) -> str:
    """The id of the document that speaks for one: its own, unless it is a copy."""
    document = documents.get(name)
    return name if document is None else document.metadata.get(COPY_OF, name)


def _join_similar(candidates: Sequence[str], reader: _Reader, groups: _Groups) -> None:
    """Join those of the candidates that agree; what is of one group needs no further proof."""
    kept: list[list[str]] = []
    for name in candidates:
        apart, own = [], [name]
        for members in kept:
            if groups.are_one(name, members[0]) or any(reader.agree(name, m) for m in members):
                groups.join(name, members[0])
                own += members
            else:
                apart.append(members)
        kept = [*apart, own]


class _Reader:
    """Reads texts as runs of words, and keeps a signature of each."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        self._apart: set[tuple[str, str]] = set()
        self._pending: list[list[int]] = []
        self._signatures: list[Signatures] = []
        self._runs_of = lru_cache(maxsize=256)(self._distinct_runs)

    def words(self, name: str) -> list[str]:
        """The words of the running text, or of all the text where no passages are known."""
        document = self._documents[name]
        text = document.text
        parts = [text[p.start : p.end] for p in document.passages] or [text]
        return list(chain.from_iterable(_WORD.findall(part.casefold()) for part in parts))

    def sign(self, name: str, words: Sequence[str]) -> None:
        """Keep the signature of a text."""
        self._names.append(name)
        self._pending.append(self._runs(words).tolist())
        if len(self._pending) == _BATCH:
            self._sign_pending()

    def candidates(self) -> Iterator[list[str]]:
        """Texts that agree in a whole band of their signatures."""
        self._sign_pending()
        if not self._signatures:
            return
        signatures = np.concatenate(self._signatures)
        for band in np.hsplit(signatures, _BANDS):
            order = np.lexsort(band.T)
            differs = np.any(band[order[1:]] != band[order[:-1]], axis=1)
            for bucket in np.split(order, np.flatnonzero(differs) + 1):
                if len(bucket) > 1:
                    yield [self._names[number] for number in bucket]

    def agree(self, a: str, b: str) -> bool:
        """Whether two texts share enough of their runs."""
        if (a, b) in self._apart:
            return False
        mine, its = self._runs_of(a), self._runs_of(b)
        shared = len(np.intersect1d(mine, its, assume_unique=True))
        is_enough = bool(shared >= SIMILAR * (len(mine) + len(its) - shared))
        if not is_enough:
            self._apart |= {(a, b), (b, a)}
        return is_enough

    def _sign_pending(self) -> None:
        if self._pending:
            from rensa import RMinHash

            signed = RMinHash.digest_matrix_from_token_hash_sets(
                self._pending, num_perm=_SIGNATURE, seed=_SEED
            )
            self._signatures.append(np.array(signed.to_rows(), dtype=np.uint32))
            self._pending = []

    def _distinct_runs(self, name: str) -> Runs:
        return np.unique(self._runs(self.words(name)))

    def _runs(self, words: Sequence[str]) -> Runs:
        """A number for every run, made of the numbers of its words; overflow is meant."""
        numbers = np.array([self._numbers.get(w) or self._number(w) for w in words], np.uint64)
        last = len(words) - _RUN + 1
        runs = np.zeros(last, np.uint64)
        for place in range(_RUN):
            runs = runs * _MULTIPLIER + numbers[place : place + last]
        return runs

    def _number(self, word: str) -> int:
        digest = blake2b(word.encode("utf-8", "replace"), digest_size=8).digest()
        return self._numbers.setdefault(word, int.from_bytes(digest, "little"))


class _Groups:
    """Disjoint sets of names; each is known by its least name."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def join(self, a: str, b: str) -> None:
        """Make the sets of two names one."""
        a, b = sorted((self._top(a), self._top(b)))
        self._above[b] = a

    def are_one(self, a: str, b: str) -> bool:
        """Whether two names are in one set."""
        return self._top(a) == self._top(b)

    def sets(self) -> list[list[str]]:
        """The sets of two and more, sorted."""
        found: dict[str, list[str]] = {}
        for name in sorted(self._above):
            found.setdefault(self._top(name), []).append(name)
        return [members for members in found.values() if len(members) > 1]

    def _top(self, name: str) -> str:
        while (above := self._above.setdefault(name, name)) != name:
            self._above[name] = self._above.setdefault(above, above)
            name = above
        return name
