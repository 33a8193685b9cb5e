"""The tables of the store, and how a noun becomes a row and a row a noun."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from ...schema import Claim, Document, Entity, Evidence, Extraction, Mention, Passage
from ..evidence.quoting import Quoter
from ..evidence.signatures import Signature, sign

VERSION = 4
"""Layout of the tables below; a build begins a store of an older layout anew."""

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE runs (run INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL);

CREATE TABLE readings (
    stamp TEXT NOT NULL, id TEXT NOT NULL, language TEXT NOT NULL, origin TEXT NOT NULL
);
CREATE INDEX readings_stamp ON readings (stamp);

CREATE TABLE outputs (name TEXT PRIMARY KEY, key TEXT NOT NULL, stamp TEXT NOT NULL);

CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL,
    text TEXT NOT NULL,
    title TEXT, author TEXT, publisher TEXT, date TEXT, url TEXT, path TEXT,
    language TEXT NOT NULL,
    metadata TEXT NOT NULL,
    passages TEXT NOT NULL,
    sentences INTEGER NOT NULL
);

CREATE TABLE mentions (
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
    type TEXT NOT NULL, entity_id TEXT NOT NULL, kind TEXT NOT NULL, rule TEXT NOT NULL,
    score REAL NOT NULL, sentence INTEGER NOT NULL, paragraph INTEGER NOT NULL,
    quote_start INTEGER NOT NULL, quote_end INTEGER NOT NULL
);
CREATE INDEX mentions_document ON mentions (document);
CREATE INDEX mentions_entity ON mentions (entity_id);

CREATE TABLE entities (
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    id TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
    subtype TEXT, country TEXT, aliases TEXT NOT NULL, identifiers TEXT NOT NULL, family TEXT,
    mentions INTEGER NOT NULL, documents INTEGER NOT NULL, first_seen TEXT, last_seen TEXT
);
CREATE UNIQUE INDEX entities_document ON entities (document, id);

CREATE TABLE claims (
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    id TEXT NOT NULL, subject_id TEXT NOT NULL, relation TEXT NOT NULL, object_id TEXT NOT NULL,
    polarity TEXT NOT NULL, modality TEXT NOT NULL, speaker_id TEXT, speaker TEXT,
    wording TEXT NOT NULL, rule TEXT NOT NULL, confidence REAL NOT NULL, event_date TEXT,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, exact TEXT NOT NULL,
    prefix TEXT NOT NULL, suffix TEXT NOT NULL, date TEXT,
    subject_start INTEGER NOT NULL, subject_end INTEGER NOT NULL,
    object_start INTEGER NOT NULL, object_end INTEGER NOT NULL,
    qualifiers TEXT NOT NULL
);
CREATE INDEX claims_document ON claims (document);
CREATE INDEX claims_ends ON claims (subject_id, object_id);

CREATE TABLE signatures (
    document INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
    words INTEGER NOT NULL, digest BLOB NOT NULL, minima BLOB
);
CREATE INDEX signatures_digest ON signatures (digest);

CREATE VIEW v_mentions AS
SELECT d.id AS document_id, d.title, d.publisher, d.date, m.start, m."end", m.text, m.kind,
       m.entity_id, e.name, m.type, m.rule, m.score, m.sentence, m.paragraph
FROM mentions m
JOIN documents d ON d.number = m.document
LEFT JOIN entities e ON e.document = m.document AND e.id = m.entity_id;

CREATE VIEW v_claims AS
SELECT c.id, s.name AS subject, c.relation, o.name AS object, c.polarity, c.modality,
       coalesce(c.speaker, p.name) AS speaker, c.wording, c.confidence, c.event_date,
       c.exact AS sentence, d.title, d.publisher, d.date, d.id AS document_id, c.start, c."end",
       c.subject_id, c.object_id, c.rule
FROM claims c
JOIN documents d ON d.number = c.document
LEFT JOIN entities s ON s.document = c.document AND s.id = c.subject_id
LEFT JOIN entities o ON o.document = c.document AND o.id = c.object_id
LEFT JOIN entities p ON p.document = c.document AND p.id = c.speaker_id;
"""

_DOCUMENT = ("id", "text", "title", "author", "publisher", "date", "url", "path", "language")
_MENTION = (
    *("start", "end", "text", "type", "entity_id", "kind", "rule"),
    *("score", "sentence", "paragraph"),
)
_QUOTE = ("quote_start", "quote_end")
"""Where the sentence around a mention begins and ends."""
ORIGIN = (*_DOCUMENT[2:], "metadata")
"""The columns that say where a document comes from; extraction does not depend on them."""
_ENTITY = (
    *("id", "name", "type", "subtype", "country", "family"),
    *("mentions", "documents", "first_seen", "last_seen"),
)
NAMING = ("id", "name", "type", "subtype", "country", "family", "aliases", "identifiers")
"""The columns of an entity but those that count."""
_CLAIM = (
    *("id", "subject_id", "relation", "object_id", "polarity", "modality"),
    *("speaker_id", "speaker", "wording", "rule", "confidence", "event_date"),
)
_EVIDENCE = ("start", "end", "exact", "prefix", "suffix", "date")
_RANGES = ("subject_start", "subject_end", "object_start", "object_end")

COLUMNS = {
    "documents": (*_DOCUMENT, "metadata", "passages"),
    "mentions": (*_MENTION, *_QUOTE),
    "entities": (*_ENTITY, "aliases", "identifiers"),
    "claims": (*_CLAIM, *_EVIDENCE, *_RANGES, "qualifiers"),
    "signatures": Signature._fields,
}
"""The columns that hold each noun, in the order of the rows below."""
FOUND = ("mentions", "entities", "claims", "signatures")
"""The tables of what is found in documents."""

Row = tuple[Any, ...]

_mention_fields = attrgetter(*_MENTION)
_entity_fields = attrgetter(*_ENTITY)
_claim_fields = attrgetter(*_CLAIM)
_evidence_fields = attrgetter(*_EVIDENCE)
_document_fields = attrgetter(*_DOCUMENT)


def document_row(document: Document) -> Row:
    """A document as a row of ``documents``."""
    passages = [(p.start, p.end, p.kind, p.speaker) for p in document.passages]
    return *_document_fields(document), dump(dict(document.metadata)), dump(passages)


def origin_row(document: Document) -> Row:
    """What a row of ``documents`` says of the origin of a document, without its text."""
    _, _, *fields = _document_fields(document)
    return *fields, dump(dict(document.metadata))


class Findings(NamedTuple):
    """What was found in one document, as rows: cheap to send from one process to another."""

    document_id: str
    words: int
    sentences: int
    tables: tuple[tuple[str, list[Row]], ...]

    @classmethod
    def of(cls, extraction: Extraction) -> Findings:
        """The rows of an extraction."""
        tables = tuple((table, list(rows)) for table, rows in finding_rows(extraction))
        document = extraction.document
        return cls(document.id, len(document.text.split()), extraction.sentences, tables)


def finding_rows(extraction: Extraction) -> Iterator[tuple[str, Iterable[Row]]]:
    """What was found in a document: the names of tables, each with its rows."""
    quoter = Quoter(extraction.document)
    yield "mentions", (_mention_row(mention, quoter) for mention in extraction.mentions)
    yield "entities", map(_entity_row, extraction.entities)
    yield "claims", map(_claim_row, extraction.claims)
    yield "signatures", filter(None, (sign(extraction.document),))


def read_document(row: Row) -> Document:
    """A row of ``documents`` as a document."""
    *fields, metadata, passages = row
    return Document(
        **dict(zip(_DOCUMENT, fields, strict=True)),
        metadata=load(metadata),
        passages=tuple(
            Passage(start=start, end=end, kind=kind, speaker=speaker)
            for start, end, kind, speaker in load(passages)
        ),
    )


def read_mention(document_id: str, row: Row) -> Mention:
    """A row of ``mentions`` as a mention."""
    fields = row[: len(_MENTION)]
    return Mention(document_id=document_id, **dict(zip(_MENTION, fields, strict=True)))


def read_entity(row: Row) -> Entity:
    """A row of ``entities`` as an entity."""
    *fields, aliases, identifiers = row
    return Entity(
        **dict(zip(_ENTITY, fields, strict=True)),
        aliases=tuple(load(aliases)),
        identifiers=load(identifiers),
    )


def read_naming(row: Row) -> Entity:
    """The columns of `NAMING` as an entity."""
    *fields, aliases, identifiers = row
    return Entity(
        **dict(zip(NAMING[:-2], fields, strict=True)),
        aliases=tuple(load(aliases)),
        identifiers=load(identifiers),
    )


def read_claim(document_id: str, row: Row) -> Claim:
    """A row of ``claims`` as a claim with its evidence."""
    evidence = len(_CLAIM)
    ranges = evidence + len(_EVIDENCE)
    fields = dict(zip(_EVIDENCE, row[evidence:ranges], strict=True))
    subject_start, subject_end, object_start, object_end, qualifiers = row[ranges:]
    return Claim(
        **dict(zip(_CLAIM, row[:evidence], strict=True)),
        evidence=Evidence(document_id=document_id, **fields),
        subject_mention=(subject_start, subject_end),
        object_mention=(object_start, object_end),
        qualifiers=load(qualifiers),
    )


def _mention_row(mention: Mention, quoter: Quoter) -> Row:
    sentence = quoter.bounds(mention.start, mention.end, mention.paragraph)
    return *_mention_fields(mention), *sentence


def _entity_row(entity: Entity) -> Row:
    return *_entity_fields(entity), dump(entity.aliases), dump(dict(entity.identifiers))


def _claim_row(claim: Claim) -> Row:
    return (
        *_claim_fields(claim),
        *_evidence_fields(claim.evidence),
        *claim.subject_mention,
        *claim.object_mention,
        dump(dict(claim.qualifiers)),
    )


def load(text: str) -> Any:
    """What `dump` wrote; most of it is empty."""
    return json.loads(text) if len(text) > 2 else {"[]": (), "{}": {}}[text]


dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A list or a dictionary as text."""


def select(table: str, *more: str) -> str:
    """The beginning of a query for the rows of a noun."""
    return f"SELECT {_list(*COLUMNS[table], *more)} FROM {table} "  # noqa: S608


def insert(table: str, *more: str) -> str:
    """The statement that inserts a row of a noun."""
    columns = (*COLUMNS[table], *more)
    places = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({_list(*columns)}) VALUES ({places})"  # noqa: S608


def _list(*columns: str) -> str:
    return ", ".join(f'"{column}"' for column in columns)
