"""A whole graph in one SQLite file: it opens at once, and gives links and evidence as asked.

The file is made from a graph and can be made again at any time; the store stays the truth. Any SQL
tool reads it, by these views, which are also what `KnowledgeGraph.sql` asks:

``entities``
    id, name, type, subtype, country, family, mentions, documents, first_seen, last_seen.
``aliases``
    entity_id, name: every name of every entity, the one it is shown by included.
``edges``
    subject_id, subject, relation, object_id, object, status, belief, n_evidence, n_documents,
    n_sources, first_date, last_date.
``claims``
    id, subject_id, subject, relation, object_id, object, polarity, modality, speaker_id, speaker,
    wording, rule, confidence, event_date, date, qualifiers (JSON), document_id, source, start, end,
    sentence. ``date`` is when the thing happened, else when it was published.
``comentions``
    a_id, a, b_id, b, sentences, paragraphs, documents, npmi, log_likelihood.
``examples``
    a_id, b_id, document_id, start, end, sentence: sentences that name both of a co-mention.
``documents``
    id, title, author, publisher, date, url, path, language, text.
``decisions``
    name, entity_id, rule, detail, mentions: why a name stands for an entity.
``relations``
    name, inverse, symmetric, description, plover, quad, wikidata.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from ...errors import StoreError
from ...schema import Decision, Entity
from .rows import dump
from .tables import ComentionRow, EdgeRow, Parts, Row, Tables, TablesOf

LAYOUT = "1"
"""Version of the tables below; a file of another version is made again."""

VIEWS = (
    *("entities", "aliases", "edges", "claims", "comentions", "examples"),
    *("documents", "decisions", "relations"),
)

_TABLES = """
CREATE TABLE info (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE entity (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, type TEXT NOT NULL,
    subtype TEXT, country TEXT, family TEXT, mentions INTEGER NOT NULL, documents INTEGER NOT NULL,
    first_seen TEXT, last_seen TEXT, aliases TEXT NOT NULL, identifiers TEXT NOT NULL
);

CREATE TABLE document (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL, title TEXT,
    author TEXT, publisher TEXT, date TEXT, url TEXT, path TEXT, language TEXT NOT NULL,
    metadata TEXT NOT NULL, passages TEXT NOT NULL
);

CREATE TABLE edge (
    number INTEGER PRIMARY KEY, subject INTEGER NOT NULL, relation TEXT NOT NULL,
    object INTEGER NOT NULL, status TEXT NOT NULL, belief REAL NOT NULL,
    n_evidence INTEGER NOT NULL, n_documents INTEGER NOT NULL, n_sources INTEGER NOT NULL,
    first_date TEXT, last_date TEXT, first_claim INTEGER NOT NULL, n_claims INTEGER NOT NULL
);

CREATE TABLE claim (
    number INTEGER PRIMARY KEY, edge INTEGER NOT NULL, id TEXT NOT NULL,
    polarity TEXT NOT NULL, modality TEXT NOT NULL, speaker_id TEXT, speaker TEXT,
    wording TEXT NOT NULL, rule TEXT NOT NULL, confidence REAL NOT NULL, event_date TEXT,
    document_id TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, exact TEXT NOT NULL,
    prefix TEXT NOT NULL, suffix TEXT NOT NULL, date TEXT,
    subject_start INTEGER NOT NULL, subject_end INTEGER NOT NULL,
    object_start INTEGER NOT NULL, object_end INTEGER NOT NULL, qualifiers TEXT NOT NULL
);

CREATE TABLE part (
    entity INTEGER NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (entity, claim)
) WITHOUT ROWID;

CREATE TABLE comention (
    number INTEGER PRIMARY KEY, a INTEGER NOT NULL, b INTEGER NOT NULL,
    sentences INTEGER NOT NULL, paragraphs INTEGER NOT NULL, documents INTEGER NOT NULL,
    npmi REAL NOT NULL, log_likelihood REAL NOT NULL
);

CREATE TABLE example (
    comention INTEGER NOT NULL, document_id TEXT NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, exact TEXT NOT NULL, prefix TEXT NOT NULL, suffix TEXT NOT NULL,
    date TEXT
);

CREATE TABLE decision (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, entity_id TEXT NOT NULL, rule TEXT NOT NULL,
    detail TEXT NOT NULL, mentions INTEGER NOT NULL, documents TEXT NOT NULL,
    kept_apart TEXT NOT NULL
);

CREATE TABLE relation (name TEXT PRIMARY KEY, meaning TEXT NOT NULL);
"""

_INDEXES = """
CREATE INDEX edge_subject ON edge (subject);
CREATE INDEX edge_object ON edge (object);
CREATE INDEX claim_speaker ON claim (speaker_id) WHERE speaker_id IS NOT NULL;
CREATE INDEX comention_a ON comention (a);
CREATE INDEX comention_b ON comention (b);
CREATE INDEX example_comention ON example (comention);
CREATE INDEX decision_entity ON decision (entity_id);
"""

_VIEWS = """
CREATE VIEW entities AS
SELECT id, name, type, subtype, country, family, mentions, documents, first_seen, last_seen
FROM entity;

CREATE VIEW aliases AS
SELECT id AS entity_id, name FROM entity
UNION ALL
SELECT e.id, a.value FROM entity e, json_each(e.aliases) a;

CREATE VIEW edges AS
SELECT s.id AS subject_id, s.name AS subject, e.relation, o.id AS object_id, o.name AS object,
       e.status, e.belief, e.n_evidence, e.n_documents, e.n_sources, e.first_date, e.last_date
FROM edge e JOIN entity s ON s.number = e.subject JOIN entity o ON o.number = e.object;

CREATE VIEW claims AS
SELECT c.id, s.id AS subject_id, s.name AS subject, e.relation, o.id AS object_id,
       o.name AS object, c.polarity, c.modality, c.speaker_id,
       coalesce(c.speaker, p.name) AS speaker, c.wording, c.rule, c.confidence, c.event_date,
       coalesce(c.event_date, c.date) AS date, c.qualifiers, c.document_id,
       coalesce(d.title, d.path, c.document_id) AS source, c.start, c."end", c.exact AS sentence
FROM claim c
JOIN edge e ON e.number = c.edge
JOIN entity s ON s.number = e.subject
JOIN entity o ON o.number = e.object
LEFT JOIN entity p ON p.id = c.speaker_id
LEFT JOIN document d ON d.id = c.document_id;

CREATE VIEW comentions AS
SELECT a.id AS a_id, a.name AS a, b.id AS b_id, b.name AS b, c.sentences, c.paragraphs,
       c.documents, c.npmi, c.log_likelihood
FROM comention c JOIN entity a ON a.number = c.a JOIN entity b ON b.number = c.b;

CREATE VIEW examples AS
SELECT a.id AS a_id, b.id AS b_id, x.document_id, x.start, x."end", x.exact AS sentence
FROM example x
JOIN comention c ON c.number = x.comention
JOIN entity a ON a.number = c.a
JOIN entity b ON b.number = c.b;

CREATE VIEW documents AS
SELECT id, title, author, publisher, date, url, path, language, text FROM document;

CREATE VIEW decisions AS SELECT name, entity_id, rule, detail, mentions FROM decision;

CREATE VIEW relations AS
SELECT name, json_extract(meaning, '$.inverse') AS inverse,
       json_extract(meaning, '$.symmetric') AS symmetric,
       json_extract(meaning, '$.description') AS description,
       json_extract(meaning, '$.plover') AS plover, json_extract(meaning, '$.quad') AS quad,
       json_extract(meaning, '$.wikidata') AS wikidata
FROM relation;
"""


def write_database(graph: Parts, path: str | Path, key: str = "") -> Path:
    """Write a graph as one SQLite file, in place of what was there, and return the path.

    Args:
        graph: A graph, or the parts of one.
        path: The file; it appears in one step, when it is complete.
        key: What the graph was made from, for `GraphFile.key` to tell whether it is out of date.

    Raises:
        StoreError: The folder is not there, is read-only, or its disk is full.
    """
    return write_tables(TablesOf(graph), path, key)


def write_tables(tables: Tables, path: str | Path, key: str = "") -> Path:
    """Like `write_database`, for a graph that is there as rows."""
    path = Path(path)
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(partial, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("PRAGMA synchronous = OFF")
            _fill(db, tables, key)
        partial.replace(path)
    except sqlite3.OperationalError as error:
        raise StoreError(f"Cannot write {path}: {error}.") from error
    finally:
        partial.unlink(missing_ok=True)
    return path


def in_memory(tables: Tables) -> sqlite3.Connection:
    """Return a graph as a database in memory."""
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _fill(db, tables)
    return db


def _fill(db: sqlite3.Connection, tables: Tables, key: str = "") -> None:
    """Write a graph into an empty database."""
    db.executescript(_TABLES)
    db.execute("BEGIN")
    db.executemany(_insert("entity", 13), _numbered(map(_entity_row, tables.entities)))
    db.executemany(_insert("document", 12), _numbered(tables.document_rows))
    _fill_edges(db, tables.edge_rows)
    _fill_comentions(db, tables.comention_rows)
    db.executemany(_insert("decision", 8), _numbered(map(_decision_row, tables.decisions)))
    db.executemany(
        _insert("relation", 2),
        ((name, kind.model_dump_json()) for name, kind in sorted(tables.relations.items())),
    )
    info = {
        "layout": LAYOUT,
        "key": key,
        "title": tables.title,
        "provenance": dump(dict(sorted(tables.provenance.items()))),
        "stale": dump(list(tables.stale)),
    }
    db.executemany(_insert("info", 2), info.items())
    db.execute("COMMIT")
    db.executescript(_INDEXES + _VIEWS)


def _fill_edges(db: sqlite3.Connection, edges: Iterable[EdgeRow]) -> None:
    claims = 0
    for number, (row, stated) in enumerate(edges):
        db.execute(_EDGE, (number, *row, claims, len(stated)))
        numbered = list(enumerate(stated, claims))
        db.executemany(_CLAIM, [(claim, number, *fields) for claim, (fields, _) in numbered])
        parts = ((part, claim) for claim, (_, parts) in numbered for part in parts)
        db.executemany(_PART, sorted(parts))
        claims += len(stated)


def _fill_comentions(db: sqlite3.Connection, comentions: Iterable[ComentionRow]) -> None:
    for number, (row, examples) in enumerate(comentions):
        db.execute(_COMENTION, (number, *row))
        db.executemany(_EXAMPLE, [(number, *example) for example in examples])


def _entity_row(entity: Entity) -> Row:
    return (
        *(entity.id, entity.name, entity.type, entity.subtype, entity.country, entity.family),
        *(entity.mentions, entity.documents, entity.first_seen, entity.last_seen),
        *(dump(entity.aliases), dump(dict(entity.identifiers))),
    )


def _decision_row(decision: Decision) -> Row:
    said = decision.name, decision.entity_id, decision.rule, decision.detail, decision.mentions
    return (*said, dump(decision.documents), dump(decision.kept_apart))


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    return ((number, *row) for number, row in enumerate(rows))


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608


_EDGE = _insert("edge", 13)
_CLAIM = _insert("claim", 23)
_PART = _insert("part", 2)
_COMENTION = _insert("comention", 8)
_EXAMPLE = _insert("example", 8)
