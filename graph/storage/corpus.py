"""All that a store holds, in the order that assembling needs, and only the columns it needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any, NamedTuple

from ...schema import Claim, Document, MentionKind
from . import rows as nouns

_KNOWN = 16
"""Documents that are remembered: one is mostly asked for several times in a row."""


class Named(NamedTuple):
    """A mention: what it stands for, and where it is."""

    document_id: str
    entity_id: str
    text: str
    paragraph: int
    sentence: int
    start: int
    end: int


class Stated(NamedTuple):
    """A claim before it is read whole: its place in the store, and what it links in which words."""

    place: int
    id: str
    document_id: str
    subject_id: str
    relation: str
    object_id: str
    subject: str
    object: str


class Corpus:
    """Reads the finished documents of a store.

    Args:
        db: The store.
        finished: The condition for a document to be finished.
        explained: What turns errors of the database into our own.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        finished: str,
        explained: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._db = db
        self._finished = finished
        self._explained = explained

    @property
    def documents(self) -> Mapping[str, Document]:
        """Documents by id, each read when it is asked for."""
        query = nouns.select("documents")

        @lru_cache(maxsize=_KNOWN)
        def find(document_id: str) -> Document | None:
            rows = self._rows(f"{query} WHERE id = ?", document_id)
            return next(map(nouns.read_document, rows), None)

        return _Documents(self._ids, find)

    def publishers(self) -> dict[str, str]:
        """Who published a document, by its id, where that is known."""
        query = f"SELECT id, publisher FROM documents WHERE publisher <> '' AND {self._finished}"  # noqa: S608
        return dict(self._rows(query))

    def by_date(self) -> Iterator[Document]:
        """All documents by date, title and id; undated ones come first."""
        order = "ORDER BY coalesce(date, ''), coalesce(title, ''), id"
        query = nouns.select("documents") + f"WHERE {self._finished} {order}"
        return map(nouns.read_document, self._rows(query))

    def sentences(self) -> Iterator[tuple[str, int]]:
        """The id of every document, sorted, and how many sentences it has."""
        query = f"SELECT id, sentences FROM documents WHERE {self._finished} ORDER BY id"  # noqa: S608
        return self._rows(query)

    def mentions(self, kinds: Collection[MentionKind]) -> Iterator[Named]:
        """All mentions of some kinds, by document and in the order they were found."""
        places = ", ".join("?" * len(kinds))
        query = (
            'SELECT d.id, m.entity_id, m.text, m.paragraph, m.sentence, m.start, m."end" '  # noqa: S608
            "FROM documents d CROSS JOIN mentions m ON m.document = d.number "
            f"WHERE d.{self._finished} AND m.kind IN ({places}) ORDER BY d.id, m.rowid"
        )
        return map(Named._make, self._rows(query, *sorted(kinds)))

    def claims(self) -> Iterator[Stated]:
        """All claims, by date, document, place and id."""
        query = (
            "SELECT c.rowid, c.id, d.id, c.subject_id, c.relation, c.object_id, "  # noqa: S608
            "substr(d.text, c.subject_start + 1, c.subject_end - c.subject_start), "
            "substr(d.text, c.object_start + 1, c.object_end - c.object_start) "
            "FROM claims c JOIN documents d ON d.number = c.document "
            f"WHERE d.{self._finished} ORDER BY coalesce(c.date, ''), d.id, c.start, c.id"
        )
        return map(Stated._make, self._rows(query))

    def claim(self, place: int) -> Claim:
        """Read a claim whole."""
        columns = ", ".join(f'c."{column}"' for column in nouns.COLUMNS["claims"])
        query = (
            f"SELECT d.id, {columns} FROM claims c JOIN documents d ON d.number = c.document "  # noqa: S608
            "WHERE c.rowid = ?"
        )
        (row,) = self._rows(query, place)
        return nouns.read_claim(row[0], row[1:])

    def has_claim(self, claim_id: str) -> bool:
        """Whether there is a claim of that id."""
        query = f"""
            SELECT 1 FROM claims c JOIN documents d ON d.number = c.document
            WHERE c.id = ? AND d.{self._finished}
        """  # noqa: S608
        return any(self._rows(query, claim_id))

    def _ids(self) -> Iterator[str]:
        query = f"SELECT id FROM documents WHERE {self._finished} ORDER BY id"  # noqa: S608
        return (name for (name,) in self._rows(query))

    def _rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        with self._explained():
            yield from self._db.execute(query, values)


class _Documents(Mapping[str, Document]):
    """Documents by id, each read when it is asked for."""

    def __init__(
        self, ids: Callable[[], Iterator[str]], find: Callable[[str], Document | None]
    ) -> None:
        self._ids = ids
        self._find = find

    def __getitem__(self, document_id: str) -> Document:
        document = self._find(document_id)
        if document is None:
            raise KeyError(document_id)
        return document

    def __iter__(self) -> Iterator[str]:
        return self._ids()

    def __len__(self) -> int:
        return sum(1 for _ in self._ids())
