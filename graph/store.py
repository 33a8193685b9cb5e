"""The store of record: what was found in every document, in one SQLite file.

A graph is a view that can be made again; the store is what it is made from. Any SQL tool reads
it: every fact has a column, and two views join names and titles to the numbers.

``v_mentions``
    One row a mention: where, in which words, standing for whom, found by which rule.
``v_claims``
    One row a claim: who, relation, whom, how firmly, and the sentence that says so.

Entity ids in the store are those of single documents, before names are resolved over the corpus.
Journal mode is write-ahead logging: a killed build loses at most the document it was writing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..errors import StoreError
from ..schema import Document, Extraction
from . import rows as nouns


class Store:
    """Extractions on disk, one transaction a document.

    Iterating gives every extraction in the order of document ids, as often as asked.

    >>> with Store(":memory:") as store:
    ...     store.add(Extraction(document=Document(id="d1", text="NATO met.")), key="v1")
    ...     store.has("d1", "v1"), store.has("d1", "v2"), len(store)
    (True, False, 1)
    """

    def __init__(self, path: str | Path) -> None:
        """Open the store at `path`, or begin a new one there.

        Raises:
            StoreError: The file is no store, is damaged, or was written by a newer version.
        """
        self.path = Path(path)
        try:
            self._db = sqlite3.connect(self.path, isolation_level=None)
        except sqlite3.Error as error:
            raise StoreError(f"Cannot open {path}: {error}.") from error
        try:
            with self._explained():
                self._prepare()
        except StoreError:
            self._db.close()
            raise

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open a store that exists.

        Raises:
            StoreError: There is no file at `path`, or it cannot be read as a store.
        """
        if not Path(path).is_file():
            raise StoreError(f"There is no store at {path}. Build a graph first.")
        return cls(path)

    def close(self) -> None:
        """Close the file; what was added stays."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return int(self._one("SELECT count(*) FROM documents")[0])

    def __iter__(self) -> Iterator[Extraction]:
        return self.extractions()

    def has(self, document_id: str, key: str) -> bool:
        """Whether the document is here, as extracted by the versions that `key` stands for."""
        with self._explained():
            row = self._db.execute(
                "SELECT 1 FROM documents WHERE id = ? AND key = ?", (document_id, key)
            ).fetchone()
        return row is not None

    def add(self, extraction: Extraction, key: str) -> None:
        """Store what was found in one document, in place of what was known of it before."""
        with self._transaction() as db:
            document = extraction.document
            db.execute("DELETE FROM documents WHERE id = ?", (document.id,))
            row = (*nouns.document_row(document), key, extraction.sentences)
            number = db.execute(_insert("documents", "key", "sentences"), row).lastrowid
            for table, rows in nouns.finding_rows(extraction):
                db.executemany(_insert(table, "document"), ((*row, number) for row in rows))

    def remove(self, document_id: str) -> None:
        """Forget one document and what was found in it."""
        with self._transaction() as db:
            db.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def keep_only(self, document_ids: Iterable[str]) -> int:
        """Forget every document but these; return how many went."""
        with self._transaction() as db:
            db.execute("CREATE TEMP TABLE kept (id TEXT PRIMARY KEY)")
            db.executemany(
                "INSERT OR IGNORE INTO kept VALUES (?)", ((name,) for name in document_ids)
            )
            gone = db.execute(
                "DELETE FROM documents WHERE id NOT IN (SELECT id FROM kept)"
            ).rowcount
            db.execute("DROP TABLE kept")
        return gone

    def document(self, document_id: str) -> Document | None:
        """The document of that id, or None."""
        query = _select("documents") + "WHERE id = ?"
        with self._explained():
            row = self._db.execute(query, (document_id,)).fetchone()
        return None if row is None else nouns.read_document(row)

    def documents(self) -> Iterator[Document]:
        """All documents, by id."""
        with self._explained():
            rows = self._db.execute(_select("documents") + "ORDER BY id")
            yield from map(nouns.read_document, rows)

    def extractions(self) -> Iterator[Extraction]:
        """Everything that was found, document by document, in the order of their ids."""
        query = _select("documents", "number", "sentences") + "ORDER BY id"
        with self._explained(), closing(self._db.execute(query)) as rows:
            for *fields, number, sentences in rows:
                document = nouns.read_document(tuple(fields))
                mention = partial(nouns.read_mention, document.id)
                claim = partial(nouns.read_claim, document.id)
                yield Extraction(
                    document=document,
                    mentions=tuple(map(mention, self._found("mentions", number))),
                    entities=tuple(map(nouns.read_entity, self._found("entities", number))),
                    claims=tuple(map(claim, self._found("claims", number))),
                    sentences=sentences,
                )

    def record_run(self, provenance: Mapping[str, str]) -> None:
        """Note the versions of code, model and lexicon that a build was made with."""
        with self._transaction() as db:
            (last,) = db.execute("SELECT coalesce(max(run), 0) FROM runs").fetchone()
            db.executemany(
                "INSERT INTO runs VALUES (?, ?, ?)",
                ((last + 1, name, value) for name, value in sorted(provenance.items())),
            )

    def provenance(self) -> dict[str, str]:
        """What the last build noted; empty before the first."""
        with self._explained():
            return dict(
                self._db.execute(
                    "SELECT name, value FROM runs WHERE run = (SELECT max(run) FROM runs) "
                    "ORDER BY name"
                )
            )

    def _prepare(self) -> None:
        self._db.execute("PRAGMA busy_timeout = 10000")
        self._db.execute("PRAGMA foreign_keys = ON")
        known = {name for (name,) in self._db.execute("SELECT name FROM sqlite_master")}
        if not known:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.executescript(f"BEGIN; {nouns.SCHEMA} COMMIT;")
            self._db.execute("INSERT INTO meta VALUES ('layout', ?)", (str(nouns.VERSION),))
        elif "meta" not in known:
            raise StoreError(f"{self.path} is a database, but not a store of actorgraph.")
        self._db.execute("PRAGMA synchronous = NORMAL")
        version = int(self._one("SELECT value FROM meta WHERE name = 'layout'")[0])
        if version != nouns.VERSION:
            raise StoreError(
                f"{self.path} has layout {version}, and this version of actorgraph reads layout "
                f"{nouns.VERSION}. Upgrade actorgraph, or delete the file and build again."
            )

    def _found(self, table: str, number: int) -> sqlite3.Cursor:
        return self._db.execute(
            _select(table) + "WHERE document = ? ORDER BY rowid",
            (number,),
        )

    def _one(self, query: str) -> tuple[Any, ...]:
        with self._explained():
            row = self._db.execute(query).fetchone()
        if row is None:
            raise StoreError(f"{self.path} is not a complete store. Delete it and build again.")
        return tuple(row)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._explained():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Say which file failed and how; broken constraints are our own bugs and pass through."""
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise
        except sqlite3.OperationalError as error:
            raise StoreError(f"Cannot use {self.path}: {error}.") from error
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"{self.path} is damaged or no store: {error}. Delete it and build again."
            ) from error


def _select(table: str, *more: str) -> str:
    return f"SELECT {_list(*nouns.COLUMNS[table], *more)} FROM {table} "  # noqa: S608


def _insert(table: str, *more: str) -> str:
    columns = (*nouns.COLUMNS[table], *more)
    places = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({_list(*columns)}) VALUES ({places})"  # noqa: S608


def _list(*columns: str) -> str:
    return ", ".join(f'"{column}"' for column in columns)
