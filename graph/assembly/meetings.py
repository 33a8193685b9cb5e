"""Mentions of single documents, made into the co-mentions of one graph."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...schema import MentionKind
from ..comention import Table, count_comentions
from ..evidence.quoting import quotation
from ..resolve import Resolution
from ..storage.corpus import Corpus, Text
from ..storage.tables import ComentionRow, Row
from ..windows import DOCUMENT, ENTITY

SMALL_COLLECTION = 10
"""Up to so many documents, two names that share only a document are linked as well: there is little
else to link them, and the pairs are few."""

_COUNTED = 4
"""Columns of a mention that are counted: document, paragraph, sentence and entity."""
_QUOTE = slice(_COUNTED, None)
"""Columns of where its sentence begins and ends."""


class Meetings:
    """Who is named together in the documents of a store; copies of a document are not counted.

    Args:
        corpus: What was found in each document.
        resolution: What every name stands for.
        copies: Ids of the documents that another one speaks for.
        kinds: Kinds of mention that count.
        folder: Where counts go that do not fit in memory.
    """

    def __init__(
        self,
        corpus: Corpus,
        resolution: Resolution,
        copies: Collection[str],
        kinds: Collection[MentionKind],
        folder: Path | None,
    ) -> None:
        self._corpus = corpus
        self._ids = [entity.id for entity in resolution.entities]
        self._documents = array("q")
        """Their numbers in the store, by id; rows have places in it."""
        sentences = 0
        for number, name, n in corpus.sentences():
            if name not in copies:
                self._documents.append(number)
                sentences += n
        self._text = lru_cache(maxsize=1)(self._read_text)
        self._mentions = self._resolved(resolution, copies, kinds)
        self._found = count_comentions(
            self._mentions[:, :_COUNTED],
            len(self._ids),
            sentences=sentences,
            with_examples=True,
            document_only_from=1 if len(self._documents) <= SMALL_COLLECTION else 0,
            folder=folder,
        )
        self.documents_cut, self.windows_cut = self._found.documents_cut, self._found.windows_cut

    def rows(self, number: Mapping[str, int]) -> Iterator[ComentionRow]:
        """All pairs that are named together, by their ids; to be gone through once.

        Args:
            number: The numbers of entities in the graph, by id; they rise with the ids.
        """
        for table in self._found.tables:
            examples = self._examples(table)
            columns = zip(*(column.tolist() for column in table[:-1]), strict=True)
            for place, (a, b, *counts) in enumerate(columns):
                pair = number[self._ids[a]], number[self._ids[b]], *counts
                yield ComentionRow(pair, examples.get(place) or self._one_of_each(a, b))

    def _resolved(
        self, resolution: Resolution, copies: Collection[str], kinds: Collection[MentionKind]
    ) -> NDArray[np.int32]:
        """All mentions, by document: what is counted, and where their sentences are."""
        find = resolution.entity_id
        numbers = {entity_id: number for number, entity_id in enumerate(self._ids)}
        rows = array("i")
        place = 0
        found = self._corpus.mentions(kinds)
        for (document, name), mentions in groupby(found, itemgetter(0, 1)):
            if name in copies:
                continue
            place = self._documents.index(document, place)  # both go by the ids of documents
            known: dict[tuple[str, str], str | None] = {}
            for _, _, local_id, text, paragraph, sentence, first, last in mentions:
                key = local_id, text
                if key not in known:
                    known[key] = find(name, *key)
                entity_id = known[key]
                if entity_id is not None:
                    rows.extend((place, paragraph, sentence, numbers[entity_id], first, last))
        return np.frombuffer(rows, np.intc).reshape(-1, _COUNTED + 2)

    def _examples(self, table: Table) -> dict[int, list[Row]]:
        """Quotes of what names both of a pair, by the place of the pair in a table."""
        places, left, right = table.examples
        starts, ends = self._mentions[:, _QUOTE].T
        first, last = np.minimum(starts[left], starts[right]), np.maximum(ends[left], ends[right])
        documents = self._mentions[left, DOCUMENT]
        order = np.lexsort((places, documents))
        quotes: dict[int, list[Row]] = {}
        asked = (column[order].tolist() for column in (places, documents, first, last))
        for place, *stretch in zip(*asked, strict=True):
            quotes.setdefault(place, []).append(self._quote(*stretch))
        return quotes

    def _one_of_each(self, a: int, b: int) -> list[Row]:
        """The first mention of either, where no sentence or paragraph holds both."""
        of_a, of_b = (self._mentions[self._mentions[:, ENTITY] == end] for end in (a, b))
        shared = np.intersect1d(of_a[:, DOCUMENT], of_b[:, DOCUMENT])[0]
        firsts = [mentions[mentions[:, DOCUMENT] == shared][0] for mentions in (of_a, of_b)]
        return [self._quote(int(shared), *map(int, first[_QUOTE])) for first in firsts]

    def _quote(self, document: int, first: int, last: int) -> Row:
        name, text, date = self._text(document)
        return name, first, last, *quotation(text, first, last), date

    def _read_text(self, document: int) -> Text:
        return self._corpus.text(self._documents[document])
