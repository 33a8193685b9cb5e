"""Which entities meet: co-mentions within a sentence, a paragraph or a document.

Rows are counted a chunk of whole documents at a time: repeated names within one window are dropped,
windows of too many names cut, and the pairs of all windows of one size made at once. Distinct pairs
and their counts are kept sorted, in a file where they are many (`storage.tally`), so that memory
does not grow with the corpus.

NPMI after Bouma (2009), *Normalized (pointwise) mutual information in collocation extraction*;
log-likelihood ratio after Dunning (1993), *Accurate methods for the statistics of surprise and
coincidence*. Both take the sentence as their unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .storage.tally import Ints, Tally, run_starts
from .windows import DOCUMENT, NEAR, PARAGRAPH, SENTENCE, Chunk, Numbers, ranked

Floats = NDArray[np.float64]

TOP_ENTITIES = 30
"""Entities of a document, most mentioned first, that meet in the window of the document."""
TOP_NEAR = 100
"""Entities of a sentence or paragraph, in the order of the text, that meet in it: one that names
more is a register, and the pairs of a register would fill the memory."""
EXAMPLES = 3
"""Stretches of text that are quoted for a pair."""
CHUNK_ROWS = 100_000
"""Rows that are counted at a time: enough for few runs, few enough to stay near the processor."""

_KINDS = 4
"""Of counts of a pair, by the column of their window; that of the entity is not used."""


class CoMentions(NamedTuple):
    """All pairs that met, and what was left out for the size of windows."""

    tables: Iterator[Table]
    """Some pairs at a time, sorted."""
    documents_cut: int
    """Documents in which only the entities mentioned most meet as a whole."""
    windows_cut: int
    """Sentences and paragraphs of which only the first entities meet in them."""


class Examples(NamedTuple):
    """Where pairs are named together: some places each, in the order of the corpus."""

    places: Ints
    """Which pair of a table; sorted."""
    left: Ints
    """The row that names one end."""
    right: Ints
    """The row that names the other."""


class Table(NamedTuple):
    """Pairs of entities with their counts, column by column."""

    a: Ints
    b: Ints
    sentences: Ints
    paragraphs: Ints
    documents: Ints
    npmi: Floats
    log_likelihood: Floats
    examples: Examples


def count_comentions(
    rows: Numbers,
    entities: int,
    *,
    sentences: int = 0,
    with_examples: bool = False,
    document_only_from: int = 0,
    chunk_rows: int = CHUNK_ROWS,
    folder: Path | None = None,
) -> CoMentions:
    """Count how often entities meet.

    Args:
        rows: One row a mention: numbers of its document, paragraph, sentence and entity.
            Paragraphs and sentences count within their document; -1 is unknown. Rows are in
            the order of documents; 32 bits a number are enough.
        entities: How many there are.
        sentences: How many sentences the corpus has, with or without mentions.
        with_examples: Whether to keep where pairs are named together.
        document_only_from: In how many documents a pair that shares no paragraph must meet to
            be kept; 0 drops all such pairs.
        chunk_rows: About how many rows are counted at a time, in whole documents.
        folder: Where counts go that do not fit in memory; by default where the system keeps
            temporary files.

    A pair that meets in no sentence has an NPMI of -1 and a log-likelihood of 0. Where a pair
    meets in a paragraph, its document counts even if the window of the document was cut.
    """
    counter = _Counter(entities, document_only_from, with_examples, folder)
    counter.add(rows, chunk_rows)
    return CoMentions(counter.tables(sentences), counter.documents_cut, counter.windows_cut)


def normalized_pmi(together: Floats, a: Floats, b: Floats, windows: float) -> Floats:
    """Return the NPMI of pairs: -1 never together, 0 as by chance, 1 never apart.

    >>> normalized_pmi(np.array([2.0, 1.0]), np.array([2.0, 2.0]), np.array([2.0, 2.0]), 4)
    array([1., 0.])
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        pmi = np.log(together * windows / (a * b))
        npmi = pmi / -np.log(together / windows)
    npmi = np.where(together == windows, 1.0, npmi)
    return np.clip(np.where(together == 0, -1.0, npmi), -1.0, 1.0)


def log_likelihood(together: Floats, a: Floats, b: Floats, windows: float) -> Floats:
    """Return Dunning's ratio G² of pairs: how surprising the count is, whether high or low."""
    observed = (together, a - together, b - together, windows - a - b + together)
    rows = (a, a, windows - a, windows - a)
    columns = (b, windows - b, b, windows - b)
    # The cells of a table: both, only a, only b, neither.
    total = np.zeros_like(together)
    for count, row, column in zip(observed, rows, columns, strict=True):
        with np.errstate(divide="ignore", invalid="ignore"):
            term = count * np.log(count * windows / (row * column))
        total += np.where(count > 0, term, 0.0)
    ratio: Floats = np.maximum(2 * total, 0.0)
    return ratio


class _Counter:
    """Counts pairs of one corpus, chunk by chunk. A pair is the number a × entities + b."""

    def __init__(
        self, entities: int, document_only_from: int, with_examples: bool, folder: Path | None
    ) -> None:
        self.documents_cut = 0
        self.windows_cut = 0
        self._entities = max(entities, 1)
        self._document_only_from = document_only_from
        self._tally = Tally(self._entities**2 * _KINDS, _KINDS, folder)
        self._entity_sentences = np.zeros(self._entities, np.int64)
        self._windows = 0
        # By sentence, and by paragraph for those that never meet in one.
        self._examples = {column: _Examples() for column in NEAR} if with_examples else {}

    def add(self, rows: Numbers, chunk_rows: int) -> None:
        """Count all rows."""
        for first, last in _chunks(rows[:, DOCUMENT], chunk_rows):
            chunk = Chunk(rows[first:last], self._entities)
            for column in NEAR:
                self._add_near(chunk, column, first)
            pairs, documents_cut = chunk.document_pairs(TOP_ENTITIES, TOP_NEAR)
            self.documents_cut += documents_cut
            self._count(chunk, pairs, DOCUMENT)

    def tables(self, sentences: int) -> Iterator[Table]:
        """All pairs worth keeping, sorted, some at a time."""
        windows = max(sentences, self._windows)
        for keys, counts in self._tally.totals():
            pairs = keys // _KINDS
            starts = run_starts(pairs)
            by_kind = np.zeros((_KINDS, len(starts)), np.int64)
            by_kind[keys % _KINDS, np.cumsum(np.bincount(starts, minlength=len(pairs))) - 1] = (
                counts
            )
            kept = (by_kind[SENTENCE] > 0) | (by_kind[PARAGRAPH] > 0)
            if self._document_only_from:
                kept |= by_kind[DOCUMENT] >= self._document_only_from
            if kept.any():
                yield self._table(pairs[starts[kept]], by_kind[:, kept], windows)

    def _add_near(self, chunk: Chunk, column: int, offset: int) -> None:
        """Count sentences or paragraphs; `offset` is the number of the first row of the chunk."""
        met = chunk.met(column, TOP_NEAR, with_first=bool(self._examples))
        self.windows_cut += len(met.cut)
        if column == SENTENCE and len(met.windows):
            self._windows += int(met.windows[-1]) + 1
            self._entity_sentences[chunk.ids] += np.bincount(met.actors, minlength=len(chunk.ids))
        left, right = met.pairs()
        pairs = chunk.pair(met.actors[left], met.actors[right])
        if self._examples:
            first = met.first + offset
            known = self._everywhere(chunk, pairs)
            self._examples[column].add(known, first[left], first[right])
        self._count(chunk, pairs, column)

    def _count(self, chunk: Chunk, pairs: Numbers, kind: int) -> None:
        pairs.sort()
        starts = run_starts(pairs)
        counts = np.diff(starts, append=len(pairs))
        self._tally.add(self._everywhere(chunk, pairs[starts]) * _KINDS + kind, counts)

    def _everywhere(self, chunk: Chunk, pairs: Numbers) -> Ints:
        """Pairs of a chunk as they are numbered in the corpus."""
        a, b = chunk.ends(pairs)
        return a * self._entities + b

    def _examples_of(self, pairs: Ints) -> Examples:
        """Where sorted pairs are named together."""
        by_sentence, by_paragraph = (
            self._examples[column].of(pairs) if self._examples else _NO_EXAMPLES for column in NEAR
        )
        further = ~np.isin(by_paragraph.places, by_sentence.places)
        places, left, right = (
            np.concatenate((near, far[further]))
            for near, far in zip(by_sentence, by_paragraph, strict=True)
        )
        order = np.lexsort((right, left, places))
        return Examples(places[order], left[order], right[order])

    def _table(self, pairs: Ints, by_kind: Ints, windows: int) -> Table:
        a, b = np.divmod(pairs, self._entities)
        npmi, likelihood = np.full(len(pairs), -1.0), np.zeros(len(pairs))
        near = np.flatnonzero(by_kind[SENTENCE])
        together = by_kind[SENTENCE, near].astype(np.float64)
        of_a, of_b = (self._entity_sentences[end[near]].astype(np.float64) for end in (a, b))
        npmi[near] = normalized_pmi(together, of_a, of_b, float(windows))
        likelihood[near] = log_likelihood(together, of_a, of_b, float(windows))
        return Table(
            a=a,
            b=b,
            sentences=by_kind[SENTENCE],
            paragraphs=by_kind[PARAGRAPH],
            documents=by_kind[DOCUMENT],
            npmi=np.round(npmi, 4),
            log_likelihood=np.round(likelihood, 4),
            examples=self._examples_of(pairs),
        )


_NONE = np.empty(0, np.int64)
_NO_EXAMPLES = Examples(_NONE, _NONE, _NONE)


class _Examples:
    """The first rows that show each pair."""

    def __init__(self) -> None:
        self._batches: list[tuple[Ints, Ints, Ints]] = []

    def add(self, pairs: Ints, left: Ints, right: Ints) -> None:
        """Keep the first rows of each pair."""
        self._batches.append(_first_rows(pairs, left, right))
        while len(self._batches) > 1 and len(self._batches[-2][0]) <= 2 * len(self._batches[-1][0]):
            self._merge_last()

    def of(self, pairs: Ints) -> Examples:
        """Both rows of each example of sorted pairs."""
        while len(self._batches) > 1:
            self._merge_last()
        known, left, right = self._batches[0] if self._batches else _NO_EXAMPLES
        kept = _is_in(known, pairs)
        return Examples(np.searchsorted(pairs, known[kept]), left[kept], right[kept])

    def _merge_last(self) -> None:
        later, earlier = self._batches.pop(), self._batches.pop()
        pairs, left, right = map(np.concatenate, zip(earlier, later, strict=True))
        self._batches.append(_first_rows(pairs, left, right))


def _first_rows(pairs: Ints, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """Sort by pair and row, and cut each pair off after a few."""
    order = np.lexsort((left, pairs))
    order = order[ranked(pairs[order]) < EXAMPLES]
    return pairs[order], left[order], right[order]


def _chunks(documents: Numbers, size: int) -> Iterator[tuple[int, int]]:
    """Ranges of about `size` rows that end where a document ends."""
    first, total = 0, len(documents)
    while first < total:
        last = min(first + size, total)
        last = int(np.searchsorted(documents, documents[last - 1], side="right"))
        yield first, last
        first = last


def _is_in(values: Ints, known: Ints) -> NDArray[np.bool_]:
    """Whether each value is among sorted ones."""
    if not len(known):
        return np.zeros(len(values), bool)
    places = np.searchsorted(known, values)
    places[places == len(known)] = 0
    found: NDArray[np.bool_] = known[places] == values
    return found
