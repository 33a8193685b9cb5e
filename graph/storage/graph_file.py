"""A graph that stays in its file: entities are in memory, links and evidence are read as asked.

A `GraphFile` gives the parts and the index of a `KnowledgeGraph`. Its edges and co-mentions are
`Shelf` sequences: they have a length and can be gone through, but nothing is read before.
"""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np

from ...errors import StoreError
from ...schema import (
    Claim,
    CoMention,
    Decision,
    Document,
    Edge,
    Entity,
    Evidence,
    RelationType,
    Status,
)
from ..analysis.links import Links
from ..questions.index import BareEdge, BarePair
from .database import LAYOUT
from .rows import read_document
from .shelf import Shelf

T = TypeVar("T")
Row = tuple[Any, ...]

_ENTITY = (
    "SELECT id, name, type, subtype, country, family, mentions, documents, first_seen, last_seen, "
    "aliases, identifiers FROM entity ORDER BY number"
)
_DOCUMENT = (
    "SELECT id, text, title, author, publisher, date, url, path, language, metadata, passages "
    "FROM document"
)
_EDGE = (
    "SELECT number, subject, relation, object, status, belief, n_evidence, n_documents, n_sources, "
    "first_date, last_date, first_claim, n_claims FROM edge"
)
_CLAIM = (
    "SELECT e.subject, e.relation, e.object, c.id, c.polarity, c.modality, c.speaker_id, "
    "c.speaker, c.wording, c.rule, c.confidence, c.event_date, c.document_id, c.start, "
    'c."end", c.exact, c.prefix, c.suffix, c.date, c.subject_start, c.subject_end, '
    "c.object_start, c.object_end, c.qualifiers FROM claim c JOIN edge e ON e.number = c.edge"
)
_COMENTION = (
    "SELECT number, a, b, sentences, paragraphs, documents, npmi, log_likelihood FROM comention"
)
_DECISION = "SELECT name, entity_id, rule, detail, mentions, documents, kept_apart FROM decision"


class GraphFile:
    """The parts of a graph, and the index of them, read from a file of `write_database`.

    Raises:
        StoreError: There is no such file, it is damaged, or it is of another version.
    """

    def __init__(self, db: sqlite3.Connection, path: str | Path = ":memory:") -> None:
        """Read from an open database, and close it when nothing uses it any more."""
        self.path = Path(path)
        self.db = db
        weakref.finalize(self, db.close)
        try:
            self._info: dict[str, str] = dict(db.execute("SELECT name, value FROM info"))
        except sqlite3.Error as error:
            raise StoreError(f"{path} is damaged or no graph: {error}. Build it again.") from error
        if self._info.get("layout") != LAYOUT:
            raise StoreError(f"{path} was written by another version. Build it again.")

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open a file; nothing is ever written to it."""
        path = Path(path)
        try:
            if path.is_dir():
                raise StoreError(f"{path} is a folder. Open it with actorgraph.load.")
            if not path.is_file():
                raise StoreError(f"There is no graph at {path}. Build one first.")
            name = f"{path.resolve().as_uri()}?mode=ro"
            db = sqlite3.connect(name, uri=True, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise StoreError(f"{path} is damaged or no graph: {error}. Build it again.") from error
        except OSError as error:
            raise StoreError(f"Cannot use {path}: {error.strerror}.") from error
        return cls(db, path)

    # Parts

    @property
    def key(self) -> str:
        """What the graph was made from."""
        return self._info["key"]

    @property
    def title(self) -> str:
        """What the graph is about."""
        return self._info["title"]

    @property
    def provenance(self) -> dict[str, str]:
        """Versions of code, model and lexicon."""
        return dict(json.loads(self._info["provenance"]))

    @property
    def stale(self) -> tuple[str, ...]:
        """Curation decisions that no longer apply to anything, in words."""
        return tuple(json.loads(self._info["stale"]))

    @cached_property
    def relations(self) -> dict[str, RelationType]:
        """What each relation name means."""
        query = "SELECT name, meaning FROM relation ORDER BY name"
        return dict(self.rows(_relation, query))

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """Entities by id."""
        return {entity.id: entity for entity in self.rows(_entity, _ENTITY)}

    @cached_property
    def edges(self) -> Shelf[Edge]:
        """All edges, by key."""
        return Shelf(self.count("edge"), self._read_edges)

    @cached_property
    def comentions(self) -> Shelf[CoMention]:
        """All co-mentions, by their ids."""
        return Shelf(self.count("comention"), self._read_comentions)

    @cached_property
    def claims(self) -> Shelf[Claim]:
        """All claims, by edge."""
        return Shelf(self.count("claim"), self._read_claims)

    @cached_property
    def document_shelf(self) -> Shelf[Document]:
        """All documents with their texts, by date, title and id."""
        return Shelf(self.count("document"), self._read_documents)

    @cached_property
    def decisions(self) -> Shelf[Decision]:
        """Why names stand for entities."""
        return Shelf(self.count("decision"), self._read_decisions)

    # Lookups

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Documents by id, without their texts."""
        return _Documents(self)

    def edges_at(self, entity_id: str) -> Sequence[Edge]:
        """Return the edges an entity is an end of."""
        number = self._number(entity_id)
        return self._edges("WHERE subject = ? OR object = ? ORDER BY number", number, number)

    def edges_between(self, a: str, b: str) -> Sequence[Edge]:
        """Return the edges from either of two entities to the other."""
        # The unary plus keeps SQLite from the second index: one list of ends is short enough.
        return self._edges(
            "WHERE (subject = ? AND +object = ?) OR (subject = ? AND +object = ?) ORDER BY number",
            *map(self._number, (a, b, b, a)),
        )

    def comentions_at(self, entity_id: str) -> Sequence[CoMention]:
        """Return the co-mentions of an entity."""
        number = self._number(entity_id)
        return self._comentions("WHERE a = ? OR b = ? ORDER BY number", number, number)

    def comention_of(self, a: str, b: str) -> CoMention | None:
        """Return the co-mention of two entities, if there is one."""
        numbers = map(self._number, sorted((a, b)))
        return next(iter(self._comentions("WHERE a = ? AND +b = ?", *numbers)), None)

    def claims_about(self, *entity_ids: str) -> Sequence[Claim]:
        """Return the claims in which all these play any part but that of the speaker."""
        asked = " INTERSECT ".join(["SELECT claim FROM part WHERE entity = ?"] * len(entity_ids))
        numbers = map(self._number, entity_ids)
        return self._claims(f"WHERE c.number IN ({asked}) ORDER BY c.number", *numbers)

    def claims_by(self, speaker_id: str) -> Sequence[Claim]:
        """Return the claims an entity is the speaker of."""
        return self._claims("WHERE c.speaker_id = ? ORDER BY c.number", speaker_id)

    def decisions_at(self, entity_id: str) -> Sequence[Decision]:
        """Return why names stand for an entity."""
        where = "WHERE entity_id = ? ORDER BY number"
        return list(self.rows(_decision, f"{_DECISION} {where}", entity_id))

    def bare_edges(self) -> Iterator[BareEdge]:
        """Yield all edges without their claims."""
        ids, statuses = self._ids, {status.value: status for status in Status}

        def bare(row: Row) -> BareEdge:
            subject, object_, status, sentences = row
            return BareEdge(ids[subject], ids[object_], statuses[status], sentences)

        query = "SELECT subject, object, status, n_evidence FROM edge ORDER BY number"
        return self.rows(bare, query)

    def bare_pairs(self) -> Iterator[BarePair]:
        """Yield all co-mentions without their examples."""
        ids = self._ids

        def bare(row: Row) -> BarePair:
            a, b, sentences = row
            return BarePair(ids[a], ids[b], sentences)

        return self.rows(bare, "SELECT a, b, sentences FROM comention ORDER BY number")

    def stated_links(self, facts_only: bool) -> Links:
        """Return who is linked by how many sentences that state it, places in order of ids."""
        facts = ", ".join(f"'{status}'" for status in Status if status.is_fact)
        where = f"WHERE status IN ({facts})" if facts_only else ""
        return self._links(f"SELECT subject, object, n_evidence FROM edge {where}")  # noqa: S608

    def named_links(self) -> Links:
        """Return who is named together in how many sentences."""
        return self._links("SELECT a, b, sentences FROM comention")

    def _links(self, query: str) -> Links:
        with self._explained():
            numbers = np.fromiter(chain.from_iterable(self.db.execute(query)), dtype=np.int64)
            return Links.of(len(self.entities), numbers.reshape(-1, 3))

    def close(self) -> None:
        """Close the file; what was read stays."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    # Rows

    @cached_property
    def _ids(self) -> list[str]:
        return list(self.entities)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {entity_id: number for number, entity_id in enumerate(self._ids)}

    def _number(self, entity_id: str) -> int:
        return self._numbers.get(entity_id, -1)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        with self._explained():
            return int(self.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608

    def _read_edges(self, start: int, stop: int) -> Iterator[Edge]:
        if start >= stop:
            return iter(())
        query = "SELECT first_claim FROM edge WHERE number = ?"
        (first,) = next(self.rows(tuple, query, start))
        claims = self._read_claims(first, len(self.claims))
        where = "WHERE number >= ? AND number < ? ORDER BY number"
        return self.rows(lambda row: self._edge(row, claims), f"{_EDGE} {where}", start, stop)

    def _edges(self, where: str, *values: int) -> list[Edge]:
        def edge(row: Row) -> Edge:
            *_, first, length = row
            return self._edge(row, self._read_claims(first, first + length))

        return list(self.rows(edge, f"{_EDGE} {where}", *values))

    def _edge(self, row: Row, claims: Iterator[Claim]) -> Edge:
        """An edge and its claims, which come next."""
        _, subject, relation, object_, status, belief, *counts = row
        evidence, documents, sources, first, last, _, length = counts
        return Edge(
            subject_id=self._ids[subject],
            relation=relation,
            object_id=self._ids[object_],
            claims=tuple(islice(claims, length)),
            status=status,
            belief=belief,
            n_evidence=evidence,
            n_documents=documents,
            n_sources=sources,
            first_date=first,
            last_date=last,
        )

    def _read_claims(self, start: int, stop: int) -> Iterator[Claim]:
        where = "WHERE c.number >= ? AND c.number < ? ORDER BY c.number"
        return self.rows(self._claim, f"{_CLAIM} {where}", start, stop)

    def _claims(self, where: str, *values: object) -> list[Claim]:
        return list(self.rows(self._claim, f"{_CLAIM} {where}", *values))

    def _claim(self, row: Row) -> Claim:
        (subject, relation, object_, id_, polarity, modality, speaker_id, speaker, wording, rule,
         confidence, event_date, document_id, start, end, exact, prefix, suffix, date,
         subject_start, subject_end, object_start, object_end, qualifiers) = row  # fmt: skip
        return Claim(
            id=id_,
            subject_id=self._ids[subject],
            relation=relation,
            object_id=self._ids[object_],
            polarity=polarity,
            modality=modality,
            speaker_id=speaker_id,
            speaker=speaker,
            wording=wording,
            rule=rule,
            confidence=confidence,
            event_date=event_date,
            evidence=_evidence((document_id, start, end, exact, prefix, suffix, date)),
            subject_mention=(subject_start, subject_end),
            object_mention=(object_start, object_end),
            qualifiers=json.loads(qualifiers),
        )

    def _read_comentions(self, start: int, stop: int) -> Iterator[CoMention]:
        where = "WHERE number >= ? AND number < ? ORDER BY number"
        return self.rows(self._comention, f"{_COMENTION} {where}", start, stop)

    def _comentions(self, where: str, *values: int) -> list[CoMention]:
        return list(self.rows(self._comention, f"{_COMENTION} {where}", *values))

    def _comention(self, row: Row) -> CoMention:
        number, a, b, sentences, paragraphs, documents, npmi, log_likelihood = row
        rows = self.db.execute(
            'SELECT document_id, start, "end", exact, prefix, suffix, date FROM example '
            "WHERE comention = ? ORDER BY rowid",
            (number,),
        )
        return CoMention(
            a=self._ids[a],
            b=self._ids[b],
            sentences=sentences,
            paragraphs=paragraphs,
            documents=documents,
            npmi=npmi,
            log_likelihood=log_likelihood,
            examples=tuple(map(_evidence, rows)),
        )

    def _read_documents(self, start: int, stop: int) -> Iterator[Document]:
        where = "WHERE number >= ? AND number < ? ORDER BY number"
        return self.rows(read_document, f"{_DOCUMENT} {where}", start, stop)

    def _read_decisions(self, start: int, stop: int) -> Iterator[Decision]:
        where = "WHERE number >= ? AND number < ? ORDER BY number"
        return self.rows(_decision, f"{_DECISION} {where}", start, stop)

    def rows(self, read: Callable[[Row], T], query: str, *values: object) -> Iterator[T]:
        """What the rows of a query are read as."""
        with self._explained():
            yield from map(read, self.db.execute(query, values))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Say which file has rows that cannot be read."""
        try:
            yield
        except (sqlite3.DatabaseError, LookupError, TypeError, ValueError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise StoreError(f"{self.path} is damaged: {reason}. Build it again.") from error


class _Documents(Mapping[str, Document]):
    """Documents by id, each read when it is first asked for; they keep their file open."""

    def __init__(self, file: GraphFile) -> None:
        self._file = file
        self._known: dict[str, Document] = {}

    def __getitem__(self, document_id: str) -> Document:
        if document_id not in self._known:
            found = self._file.rows(_without_text, f"{_DOCUMENT} WHERE id = ?", document_id)
            document = next(found, None)
            if document is None:
                raise KeyError(document_id)
            self._known[document_id] = document
        return self._known[document_id]

    def __iter__(self) -> Iterator[str]:
        return self._file.rows(itemgetter(0), "SELECT id FROM document ORDER BY number")

    def __len__(self) -> int:
        return self._file.count("document")


def _without_text(row: Row) -> Document:
    return read_document((row[0], "", *row[2:]))


def _relation(row: Row) -> tuple[str, RelationType]:
    name, meaning = row
    return name, RelationType.model_validate_json(meaning)


def _entity(row: Row) -> Entity:
    *fields, aliases, identifiers = row
    return Entity(
        **dict(zip(_ENTITY_FIELDS, fields, strict=True)),
        aliases=tuple(json.loads(aliases)),
        identifiers=json.loads(identifiers),
    )


def _evidence(row: Iterable[Any]) -> Evidence:
    document_id, start, end, exact, prefix, suffix, date = row
    return Evidence(
        document_id=document_id,
        start=start,
        end=end,
        exact=exact,
        prefix=prefix,
        suffix=suffix,
        date=date,
    )


def _decision(row: Row) -> Decision:
    name, entity_id, rule, detail, mentions, documents, kept_apart = row
    return Decision(
        name=name,
        entity_id=entity_id,
        rule=rule,
        detail=detail,
        mentions=mentions,
        documents=tuple(json.loads(documents)),
        kept_apart=tuple(json.loads(kept_apart)),
    )


_ENTITY_FIELDS = (
    *("id", "name", "type", "subtype", "country", "family"),
    *("mentions", "documents", "first_seen", "last_seen"),
)
