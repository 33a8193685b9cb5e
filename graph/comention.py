"""Which entities meet: co-mentions within a sentence, a paragraph or a document.

Rows of whole documents are sorted, repeated names within one window dropped, windows of too many
names cut, and pairs made by shifting the sorted column against itself. Only distinct pairs and
their counts are kept, a chunk of documents at a time, and pairs that share nothing but a document
are not even counted.

NPMI after Bouma (2009), *Normalized (pointwise) mutual information in collocation extraction*;
log-likelihood ratio after Dunning (1993), *Accurate methods for the statistics of surprise and
coincidence*. Both take the sentence as their unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..schema import CoMention, Evidence

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Quote = Callable[[int, int], Evidence]
"""From the numbers of two rows, the stretch of text that holds both mentions."""

DOCUMENT, PARAGRAPH, SENTENCE, ENTITY = range(4)
"""Columns of the rows to count."""
_NEAR = (SENTENCE, PARAGRAPH)
TOP_ENTITIES = 30
"""Entities of a document, most mentioned first, that meet in the window of the document."""
TOP_NEAR = 100
"""Entities of a sentence or paragraph, in the order of the text, that meet in it: one that names
more is a register, and the pairs of a register would fill the memory."""
_TABLE_PAIRS = 1_000_000
"""Pairs that are weighed at a time."""
EXAMPLES = 3
"""Stretches of text that are quoted for a pair."""


class CoMentions(NamedTuple):
    """All pairs that met, by `a` and `b`, and in how many documents the widest window was cut."""

    pairs: list[CoMention]
    documents_cut: int


def count_comentions(
    rows: Ints,
    names: Sequence[str],
    *,
    sentences: int = 0,
    quote: Quote | None = None,
    document_only_from: int = 0,
    chunk_rows: int = 500_000,
) -> CoMentions:
    """Count how often entities meet.

    Args:
        rows: One row a mention: numbers of its document, paragraph, sentence and entity.
            Paragraphs and sentences count within their document; -1 is unknown. Rows are in
            the order of documents; 32 bits a number are enough.
        names: Ids of the entities, sorted; the last column of `rows` are places in it.
        sentences: How many sentences the corpus has, with or without mentions.
        quote: Makes the evidence of an example from two rows; without it there are none.
        document_only_from: In how many documents a pair that shares no paragraph must meet to
            be kept; 0 drops all such pairs.
        chunk_rows: About how many rows are counted at a time, in whole documents.

    A pair that meets in no sentence has an NPMI of -1 and a log-likelihood of 0. Where a pair
    meets in a paragraph, its document counts even if the window of the document was cut.
    """
    counter = _count(rows, len(names), document_only_from, chunk_rows, quote is not None)
    pairs: list[CoMention] = []
    for table in counter.tables(sentences, document_only_from or 2):
        examples = _quoted(counter.examples(table.pairs), quote) if quote else {}
        columns = zip(*(column.tolist() for column in table[1:]), strict=True)
        pairs += (
            CoMention(
                a=names[a],
                b=names[b],
                sentences=in_sentences,
                paragraphs=in_paragraphs,
                documents=in_documents,
                npmi=npmi,
                log_likelihood=likelihood,
                examples=tuple(examples.get(place, ())),
            )
            for place, (
                a,
                b,
                in_sentences,
                in_paragraphs,
                in_documents,
                npmi,
                likelihood,
            ) in enumerate(columns)
        )
    return CoMentions(pairs, counter.documents_cut)


def tally_comentions(
    rows: Ints, entities: int, *, sentences: int = 0, chunk_rows: int = 500_000
) -> Iterator[Table]:
    """Count like `count_comentions`, without examples, and leave the counts in columns."""
    counter = _count(rows, entities, 0, chunk_rows, False)
    yield from counter.tables(sentences, 2)


def _count(
    rows: Ints, entities: int, document_only_from: int, chunk_rows: int, with_examples: bool
) -> _Counter:
    counter = _Counter(entities, with_examples=with_examples)
    chunks = list(_chunks(rows[:, DOCUMENT], chunk_rows))
    for first, last in chunks:
        counter.add_near(rows[first:last].astype(np.int64), first)
    near = None if document_only_from else counter.near()
    for first, last in chunks:
        counter.add_documents(rows[first:last].astype(np.int64), near)
    return counter


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


class Table(NamedTuple):
    """Pairs with their counts, column by column."""

    pairs: Ints
    a: Ints
    b: Ints
    sentences: Ints
    paragraphs: Ints
    documents: Ints
    npmi: Floats
    log_likelihood: Floats


def _quoted(examples: tuple[Ints, Ints, Ints], quote: Quote) -> dict[int, list[Evidence]]:
    """Examples by the place of their pair; quoted document by document, which is faster."""
    places, left, right = examples
    quotes = {row: quote(*row) for row in sorted(zip(left.tolist(), right.tolist(), strict=True))}
    found: dict[int, list[Evidence]] = {}
    for place, *row in zip(places.tolist(), left.tolist(), right.tolist(), strict=True):
        found.setdefault(place, []).append(quotes[row[0], row[1]])
    return found


class _Tally:
    """Counts of keys, added in sorted batches; batches of like size are merged as they come."""

    def __init__(self) -> None:
        self._batches: list[tuple[Ints, Ints]] = []

    def add(self, keys: Ints, wanted: Ints | None = None) -> None:
        """Count every key once for each time it is there; only the wanted ones, if any are."""
        values, counts = np.unique(keys, return_counts=True)
        if wanted is not None:
            kept = _is_in(values, wanted)
            values, counts = values[kept], counts[kept]
        self._batches.append((values, counts.astype(np.int32)))
        while len(self._batches) > 1 and len(self._batches[-2][0]) <= 2 * len(self._batches[-1][0]):
            self._merge_last()

    def totals(self) -> tuple[Ints, Ints]:
        """All keys, sorted, and their counts."""
        while len(self._batches) > 1:
            self._merge_last()
        empty = np.empty(0, np.int64)
        return self._batches[0] if self._batches else (empty, empty)

    def _merge_last(self) -> None:
        (keys, counts), (more_keys, more_counts) = self._batches.pop(), self._batches.pop()
        keys, counts = np.concatenate((keys, more_keys)), np.concatenate((counts, more_counts))
        order = np.argsort(keys, kind="stable")
        keys, counts = keys[order], counts[order]
        starts = np.flatnonzero(np.diff(keys, prepend=keys[:1] - 1))
        self._batches.append((keys[starts], np.add.reduceat(counts, starts)))


class _Counter:
    """Counts pairs of one corpus, chunk by chunk. A pair is the number a × entities + b."""

    def __init__(self, entities: int, *, with_examples: bool) -> None:
        self.documents_cut = 0
        self._entities = max(entities, 1)
        self._sentences, self._paragraphs, self._documents = _Tally(), _Tally(), _Tally()
        self._entity_sentences = np.zeros(self._entities, np.int64)
        self._windows = 0
        # By sentence, and by paragraph for those that never meet in one.
        self._examples = (_Examples(), _Examples()) if with_examples else ()

    def add_near(self, rows: Ints, offset: int) -> None:
        """Count sentences and paragraphs of whole documents; `offset` is the number of row one."""
        tallies = self._sentences, self._paragraphs
        for place, (column, tally) in enumerate(zip(_NEAR, tallies, strict=True)):
            groups, actors, first = self._distinct(rows, column)
            left, right = _pairs(groups)
            pairs = actors[left] * self._entities + actors[right]
            tally.add(pairs)
            if column == SENTENCE:
                self._windows += len(_sorted_set(groups))
                self._entity_sentences += np.bincount(actors, minlength=self._entities)
            if self._examples:
                self._examples[place].add(pairs, first[left] + offset, first[right] + offset)

    def near(self) -> Ints:
        """All pairs that met in a sentence or paragraph, sorted."""
        return _sorted_set(
            np.concatenate((self._sentences.totals()[0], self._paragraphs.totals()[0]))
        )

    def add_documents(self, rows: Ints, wanted: Ints | None) -> None:
        """Count whole documents; only the wanted pairs, or all."""
        documents = rows[:, DOCUMENT] - rows[0, DOCUMENT]
        keys, counts = np.unique(documents * self._entities + rows[:, ENTITY], return_counts=True)
        groups, actors = np.divmod(keys, self._entities)
        order = np.lexsort((actors, -counts, groups))
        rank = _ranks(groups)
        cut = groups[rank == TOP_ENTITIES]
        top = np.sort(order[rank < TOP_ENTITIES])
        groups, actors = groups[top], actors[top]
        left, right = _pairs(groups)
        pairs = actors[left] * self._entities + actors[right]
        if len(cut):
            self.documents_cut += len(cut)
            # What met closely in a document that was cut has met in the document, too.
            width = self._entities**2
            met = [groups[left] * width + pairs]
            few = rows[np.isin(documents, cut)]
            met += [self._near_in_documents(few, column, rows[0, DOCUMENT]) for column in _NEAR]
            pairs = _sorted_set(np.concatenate(met)) % width
        self._documents.add(pairs, wanted)

    def examples(self, pairs: Ints) -> tuple[Ints, Ints, Ints]:
        """Places of pairs, and the two rows of each of their examples, in corpus order."""
        by_sentence, by_paragraph = (kept.of(pairs) for kept in self._examples)
        further = ~np.isin(by_paragraph[0], by_sentence[0])
        places, left, right = (
            np.concatenate((near, far[further]))
            for near, far in zip(by_sentence, by_paragraph, strict=True)
        )
        order = np.lexsort((right, left, places))
        return places[order], left[order], right[order]

    def tables(self, sentences: int, document_only_from: int) -> Iterator[Table]:
        """All pairs worth keeping, sorted, some at a time."""
        pairs, in_documents = self._documents.totals()
        for first in range(0, len(pairs), _TABLE_PAIRS):
            part = slice(first, first + _TABLE_PAIRS)
            yield self._table(pairs[part], in_documents[part], sentences, document_only_from)

    def _table(
        self, pairs: Ints, in_documents: Ints, sentences: int, document_only_from: int
    ) -> Table:
        in_sentences = _look_up(pairs, *self._sentences.totals())
        in_paragraphs = _look_up(pairs, *self._paragraphs.totals())
        kept = (in_sentences > 0) | (in_paragraphs > 0) | (in_documents >= document_only_from)
        a, b = np.divmod(pairs[kept], self._entities)
        together = in_sentences[kept].astype(np.float64)
        of_a = self._entity_sentences[a].astype(np.float64)
        of_b = self._entity_sentences[b].astype(np.float64)
        windows = float(max(sentences, self._windows))
        npmi = normalized_pmi(together, of_a, of_b, windows)
        likelihood = log_likelihood(together, of_a, of_b, windows) * (together > 0)
        return Table(
            pairs=pairs[kept],
            a=a,
            b=b,
            sentences=in_sentences[kept],
            paragraphs=in_paragraphs[kept],
            documents=in_documents[kept],
            npmi=np.round(npmi, 4),
            log_likelihood=np.round(likelihood, 4),
        )

    def _distinct(self, rows: Ints, column: int) -> tuple[Ints, Ints, NDArray[np.intp]]:
        """Window and actor of every actor once a window, sorted, and its first row there."""
        known = np.flatnonzero(rows[:, column] >= 0)
        ordinals = rows[known, column]
        windows = rows[known, DOCUMENT] - rows[0, DOCUMENT] if len(rows) else ordinals
        windows = windows * (int(ordinals.max(initial=0)) + 1) + ordinals
        keys, first = np.unique(windows * self._entities + rows[known, ENTITY], return_index=True)
        groups, actors = np.divmod(keys, self._entities)
        order = np.lexsort((first, groups))
        kept = np.sort(order[_ranks(groups) < TOP_NEAR])
        return groups[kept], actors[kept], known[first[kept]]

    def _near_in_documents(self, rows: Ints, column: int, first_document: int) -> Ints:
        """Pairs that met in a window, with the number of their document in front."""
        groups, actors, first = self._distinct(rows, column)
        left, right = _pairs(groups)
        documents = rows[first[left], DOCUMENT] - first_document
        keyed: Ints = documents * self._entities**2 + actors[left] * self._entities + actors[right]
        return keyed


class _Examples:
    """The first rows that show each pair; added in the order of the corpus."""

    def __init__(self) -> None:
        self._batches: list[tuple[Ints, Ints, Ints]] = []

    def add(self, pairs: Ints, left: Ints, right: Ints) -> None:
        """Keep the first rows of each pair that has too few."""
        self._batches.append(_first_rows(pairs, left, right))
        while len(self._batches) > 1 and len(self._batches[-2][0]) <= 2 * len(self._batches[-1][0]):
            self._merge_last()

    def of(self, pairs: Ints) -> tuple[Ints, Ints, Ints]:
        """Places of pairs, and both rows of each of their examples."""
        while len(self._batches) > 1:
            self._merge_last()
        empty = np.empty(0, np.int64)
        known, left, right = self._batches[0] if self._batches else (empty, empty, empty)
        kept = _is_in(known, pairs)
        return np.searchsorted(pairs, known[kept]), left[kept], right[kept]

    def _merge_last(self) -> None:
        later, earlier = self._batches.pop(), self._batches.pop()
        pairs, left, right = map(np.concatenate, zip(earlier, later, strict=True))
        self._batches.append(_first_rows(pairs, left, right))


def _first_rows(pairs: Ints, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """Sort by pair, keep the order within one, and cut each off after a few."""
    order = np.argsort(pairs, kind="stable")
    order = order[_ranks(pairs[order]) < EXAMPLES]
    return pairs[order], left[order], right[order]


def _ranks(groups: Ints) -> NDArray[np.intp]:
    """The place of every row in its group; groups lie together.

    >>> _ranks(np.array([5, 5, 7, 7, 7])).tolist()
    [0, 1, 0, 1, 2]
    """
    starts = np.flatnonzero(np.diff(groups, prepend=groups[:1] - 1))
    return np.arange(len(groups)) - np.repeat(starts, np.diff(starts, append=len(groups)))


def _chunks(documents: Ints, size: int) -> Iterator[tuple[int, int]]:
    """Ranges of about `size` rows that end where a document ends."""
    first, total = 0, len(documents)
    while first < total:
        last = min(first + size, total)
        last = int(np.searchsorted(documents, documents[last - 1], side="right"))
        yield first, last
        first = last


def _sorted_set(keys: Ints) -> Ints:
    """Every key once, sorted."""
    keys = np.sort(keys)
    return keys[np.diff(keys, prepend=keys[:1] - 1) > 0]


def _pairs(groups: Ints) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places of all pairs within the groups of a sorted column."""
    left = np.arange(len(groups))
    lefts, rights = [left[:0]], [left[:0]]
    shift = 1
    while len(left):
        left = left[left + shift < len(groups)]
        # Groups are runs: who has no partner at this distance has none further on.
        left = left[groups[left + shift] == groups[left]]
        lefts.append(left)
        rights.append(left + shift)
        shift += 1
    return np.concatenate(lefts), np.concatenate(rights)


def _is_in(values: Ints, known: Ints) -> NDArray[np.bool_]:
    """Whether each value is among sorted ones."""
    if not len(known):
        return np.zeros(len(values), bool)
    places = np.searchsorted(known, values)
    places[places == len(known)] = 0
    found: NDArray[np.bool_] = known[places] == values
    return found


def _look_up(wanted: Ints, keys: Ints, counts: Ints) -> Ints:
    """Counts of the wanted keys, both sorted; 0 where there is none."""
    first, last = np.searchsorted(keys, (wanted[0], wanted[-1] + 1))
    found = np.zeros(len(wanted), np.int64)
    found[np.searchsorted(wanted, keys[first:last])] = counts[first:last]
    return found
