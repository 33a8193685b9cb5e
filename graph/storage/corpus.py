"""All that a store holds, in the order that assembling needs, and only the columns it needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import lru_cache
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from ...schema import Document, Entity, MentionKind
from . import rows as nouns

_KNOWN = 16
"""Documents that are remembered: one is mostly asked for several times in a row."""
_SAME = 4096
"""Entities that are remembered: thousands of documents describe one in the same words."""
_AT_ONCE = 500
"""Claims that are read at a time."""


class Origin(NamedTuple):
    """A document without its text."""

    id: str
    date: str | None


class Use(NamedTuple):
    """A mention, as far as resolution asks."""

    entity_id: str
    type: str
    text: str
    kind: str
    rule: str


class Names(NamedTuple):
    """What one document calls its entities."""

    document: Origin
    entities: Iterable[Entity]
    mentions: Iterable[Use]


class Named(NamedTuple):
    """A mention: what it stands for, and where it and the sentence around it are."""

    document: int
    document_id: str
    entity_id: str
    text: str
    paragraph: int
    sentence: int
    quote_start: int
    quote_end: int


class Text(NamedTuple):
    """What is needed of a document to quote it."""

    id: str
    text: str
    date: str | None


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


class StoredClaim(NamedTuple):
    """A claim as the store has it, and who published its document."""

    document_id: str
    publisher: str | None
    id: str
    subject_id: str
    relation: str
    object_id: str
    polarity: str
    modality: str
    speaker_id: str | None
    speaker: str | None
    wording: str
    rule: str
    confidence: float
    event_date: str | None
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    date: str | None
    subject_start: int
    subject_end: int
    object_start: int
    object_end: int
    qualifiers: str


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
        self._document = lru_cache(maxsize=_KNOWN)(self._read_document)

    def document(self, number: int) -> Document:
        """Read a document, whose number the store has given it."""
        return self._document(number)

    def text(self, number: int) -> Text:
        """Read the text of a document."""
        (row,) = self._rows("SELECT id, text, date FROM documents WHERE number = ?", number)
        return Text._make(row)

    def by_date(self) -> Iterator[tuple[Any, ...]]:
        """Rows of all documents by date, title and id; undated ones come first."""
        order = "ORDER BY coalesce(date, ''), coalesce(title, ''), id"
        return self._rows(nouns.select("documents") + f"WHERE {self._finished} {order}")

    def names(self) -> Iterator[Names]:
        """What every document calls its entities, by id; each is to be read before the next."""
        query = f"SELECT number, id, date FROM documents WHERE {self._finished} ORDER BY id"  # noqa: S608
        entities = _in_turn(self._found("entities", nouns.NAMING))
        mentions = _in_turn(self._found("mentions", Use._fields))
        read = lru_cache(maxsize=_SAME)(nouns.read_naming)
        for number, *origin in self._rows(query):
            yield Names(
                Origin(*origin),
                (read(row[1:]) for row in entities(number)),
                (Use._make(row[1:]) for row in mentions(number)),
            )

    def sentences(self) -> Iterator[tuple[int, str, int]]:
        """Number and id of every document, by id, and how many sentences it has."""
        query = f"SELECT number, id, sentences FROM documents WHERE {self._finished} ORDER BY id"  # noqa: S608
        return self._rows(query)

    def equal_texts(self) -> Iterator[list[int]]:
        """Numbers of documents that have the same words."""
        query = """
            SELECT digest, document FROM signatures
            WHERE digest IN (SELECT digest FROM signatures GROUP BY digest HAVING count(*) > 1)
            ORDER BY digest, document
        """
        for _, rows in groupby(self._rows(query), key=itemgetter(0)):
            yield [number for _, number in rows]

    def signatures(self) -> Iterator[tuple[int, bytes]]:
        """Numbers and signatures of the documents that are long enough for one."""
        return self._rows("SELECT document, minima FROM signatures WHERE minima IS NOT NULL")

    def lengths(self, numbers: Iterable[int]) -> Iterator[tuple[str, str | None, int]]:
        """Id, date and words of documents."""
        query = """
            SELECT d.id, d.date, s.words FROM documents d JOIN signatures s ON s.document = d.number
            WHERE d.number = ?
        """
        for number in numbers:
            yield from self._rows(query, number)

    def mentions(self, kinds: Collection[MentionKind]) -> Iterator[Named]:
        """All mentions of some kinds, by document and in the order they were found."""
        places = ", ".join("?" * len(kinds))
        query = (
            "SELECT d.number, d.id, m.entity_id, m.text, m.paragraph, m.sentence, "  # noqa: S608
            "m.quote_start, m.quote_end "
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

    def claims_at(self, places: Iterable[int]) -> Iterator[StoredClaim]:
        """Claims by their places in the store, in the order asked for."""
        columns = ", ".join(f'c."{column}"' for column in nouns.COLUMNS["claims"])
        places = iter(places)
        while asked := tuple(islice(places, _AT_ONCE)):
            query = (
                f"SELECT c.rowid, d.id, d.publisher, {columns} FROM claims c "  # noqa: S608
                "JOIN documents d ON d.number = c.document "
                f"WHERE c.rowid IN ({', '.join('?' * len(asked))})"
            )
            found = {row[0]: row[1:] for row in self._rows(query, *asked)}
            yield from (StoredClaim._make(found[place]) for place in asked)

    def has_claim(self, claim_id: str) -> bool:
        """Whether there is a claim of that id."""
        query = f"""
            SELECT 1 FROM claims c JOIN documents d ON d.number = c.document
            WHERE c.id = ? AND d.{self._finished}
        """  # noqa: S608
        return any(self._rows(query, claim_id))

    def _found(self, table: str, columns: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Columns of all that was found, after the number of the document, by its id."""
        named = ", ".join(f"f.{column}" for column in columns)
        query = (
            f"SELECT d.number, {named} FROM documents d "  # noqa: S608
            f"CROSS JOIN {table} f ON f.document = d.number "
            f"WHERE d.{self._finished} ORDER BY d.id, f.rowid"
        )
        return self._rows(query)

    def _read_document(self, number: int) -> Document:
        (row,) = self._rows(f"{nouns.select('documents')} WHERE number = ?", number)
        return nouns.read_document(row)

    def _rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        with self._explained():
            # A cursor left half read would close itself, in a database that may be closed by then.
            yield from chain(self._db.execute(query, values))


def _in_turn(rows: Iterable[tuple[Any, ...]]) -> Callable[[int], Iterator[tuple[Any, ...]]]:
    """Return a function from a number to the rows that begin with it, asked in their order."""
    groups = groupby(rows, key=itemgetter(0))
    number, group = next(groups, (None, iter(())))

    def of(asked: int) -> Iterator[tuple[Any, ...]]:
        nonlocal number, group
        if number == asked:
            yield from group
            number, group = next(groups, (None, iter(())))

    return of
