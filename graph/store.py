"""The store of record: what was found in every document, in one SQLite file.

A graph is a view that can be made again; the store is what it is made from. Any SQL tool reads
it: every fact has a column, and two views join names and titles to the numbers.

``v_mentions``
    One row a mention: where, in which words, standing for whom, found by which rule.
``v_claims``
    One row a claim: who, relation, whom, how firmly, and the sentence that says so.

Entity ids in the store are those of single documents, before names are resolved over the corpus.
Journal mode is write-ahead logging: a killed build loses at most the document it was writing.

A build first takes in all its documents in one transaction (`intake`), then finishes them one by
one (`pending`, `finish`). What is not finished is in no graph.
"""

from __future__ import annotations

import logging
import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..errors import ActorgraphError, StoreError
from ..schema import Document, Extraction
from .storage import rows as nouns
from .storage.corpus import Corpus
from .storage.intake import PENDING, Intake
from .storage.rows import Findings

_log = logging.getLogger(__name__)

_FINISHED = f"key NOT LIKE '{PENDING}%'"


class Store:
    """Extractions on disk, one transaction a document.

    Iterating gives every extraction in the order of document ids, as often as asked.

    >>> with Store(":memory:") as store:
    ...     store.add(Extraction(document=Document(id="d1", text="NATO met.")), key="v1")
    ...     store.has("d1", "v1"), store.has("d1", "v2"), len(store)
    (True, False, 1)
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        """Open the store at `path`, or begin a new one there.

        Args:
            path: A file, or ``:memory:``.
            read_only: Open a store that nothing writes to, in a folder that cannot be written to.

        Raises:
            StoreError: The file is no store, is damaged, or was written by a newer version.
        """
        self.path = Path(path)
        try:
            name = f"{self.path.resolve().as_uri()}?immutable=1" if read_only else str(self.path)
            self._db = sqlite3.connect(name, uri=read_only, isolation_level=None)
        except sqlite3.Error as error:
            raise StoreError(f"Cannot open {path}: {error}.") from error
        try:
            with self.explained():
                self._prepare()
        except StoreError:
            self._db.close()
            raise

    @classmethod
    def renewed(cls, path: str | Path) -> Self:
        """Open a store to build in; one that an older version made begins anew.

        All that is lost is time: the documents are read again, and decisions are kept elsewhere.
        """
        try:
            return cls(path)
        except OlderLayoutError:
            _log.warning("%s was made by an older version; all documents are read again.", path)
            for suffix in ("", "-wal", "-shm"):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
            return cls(path)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open a store that exists.

        Raises:
            StoreError: There is no file at `path`, or it cannot be read as a store.
        """
        if not Path(path).is_file():
            raise StoreError(f"There is no store at {path}. Build a graph first.")
        try:
            return cls(path)
        except StoreError:
            return cls(path, read_only=True)

    @property
    def in_memory(self) -> bool:
        """Whether it is gone when it is closed."""
        return str(self.path) == ":memory:"

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
        return int(self._one(f"SELECT count(*) FROM documents WHERE {_FINISHED}")[0])  # noqa: S608

    def __iter__(self) -> Iterator[Extraction]:
        return self.extractions()

    def has(self, document_id: str, key: str) -> bool:
        """Whether the document is here, as extracted by the versions that `key` stands for."""
        with self.explained():
            row = self._db.execute(
                "SELECT 1 FROM documents WHERE id = ? AND key = ?", (document_id, key)
            ).fetchone()
        return row is not None

    @contextmanager
    def intake(self) -> Iterator[Intake]:
        """Take in the documents of a build; those that are not taken in are forgotten.

        All in one step: if reading them fails or is cut off, the store stays as it was.
        """
        with self._transaction() as db, Intake(db) as intake:
            yield intake

    def pending(self) -> Pending:
        """The documents that were taken in and wait to be extracted, in the order of reading."""
        query = f"SELECT number FROM documents WHERE NOT {_FINISHED} ORDER BY number"  # noqa: S608
        with self.explained():
            numbers = array("q", (number for (number,) in self._db.execute(query)))
        return Pending(self, numbers)

    def finish(self, findings: Findings) -> None:
        """Store what was found in a document that was pending."""
        with self._transaction() as db:
            (number,) = db.execute(
                "UPDATE documents SET key = replace(key, ?, ''), sentences = ? WHERE id = ? "
                "RETURNING number",
                (PENDING, findings.sentences, findings.document_id),
            ).fetchone()
            self._insert(findings, number)

    def add(self, extraction: Extraction, key: str) -> None:
        """Store what was found in one document, in place of what was known of it before."""
        with self._transaction() as db:
            document = extraction.document
            db.execute("DELETE FROM documents WHERE id = ?", (document.id,))
            row = (*nouns.document_row(document), key, extraction.sentences)
            number = db.execute(nouns.insert("documents", "key", "sentences"), row).lastrowid
            self._insert(Findings.of(extraction), number)

    def remove(self, document_id: str) -> None:
        """Forget one document and what was found in it."""
        with self._transaction() as db:
            db.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def document(self, document_id: str) -> Document | None:
        """The document of that id, or None."""
        query = nouns.select("documents") + "WHERE id = ?"
        with self.explained():
            row = self._db.execute(query, (document_id,)).fetchone()
        return None if row is None else nouns.read_document(row)

    def documents(self) -> Iterator[Document]:
        """All documents, by id."""
        with self.explained():
            query = nouns.select("documents") + f"WHERE {_FINISHED} ORDER BY id"
            rows = self._db.execute(query)
            yield from map(nouns.read_document, rows)

    def extractions(self) -> Iterator[Extraction]:
        """Everything that was found, document by document, in the order of their ids."""
        columns = ", ".join(nouns.COLUMNS["documents"])
        query = f"SELECT number, sentences, {columns} FROM documents "  # noqa: S608
        query += f"WHERE {_FINISHED} ORDER BY id"
        with self.explained(), closing(self._db.execute(query)) as rows:
            for number, sentences, *fields in rows:
                document = nouns.read_document(tuple(fields))
                mention = partial(nouns.read_mention, document.id)
                claim = partial(nouns.read_claim, document.id)
                yield Extraction.model_construct(
                    document=document,
                    mentions=tuple(map(mention, self._found("mentions", number))),
                    entities=tuple(map(nouns.read_entity, self._found("entities", number))),
                    claims=tuple(map(claim, self._found("claims", number))),
                    sentences=sentences,
                )

    def corpus(self) -> Corpus:
        """Everything that was found, in the order that a graph is assembled in."""
        return Corpus(self._db, _FINISHED, self.explained)

    def record_run(self, provenance: Mapping[str, str]) -> None:
        """Note the versions of code, model and lexicon that a build was made with, if new."""
        if provenance == self.provenance():
            return
        with self._transaction() as db:
            (last,) = db.execute("SELECT coalesce(max(run), 0) FROM runs").fetchone()
            db.executemany(
                "INSERT INTO runs VALUES (?, ?, ?)",
                ((last + 1, name, value) for name, value in sorted(provenance.items())),
            )

    def provenance(self) -> dict[str, str]:
        """What the last build noted; empty before the first."""
        with self.explained():
            return dict(
                self._db.execute(
                    "SELECT name, value FROM runs WHERE run = (SELECT max(run) FROM runs) "
                    "ORDER BY name"
                )
            )

    def digest(self) -> str:
        """A hash of all that is in the store; equal stores make equal graphs."""
        digest = sha256()
        columns = ", ".join(("id", "key", *nouns.ORIGIN))
        query = f"SELECT {columns} FROM documents WHERE {_FINISHED} ORDER BY id"  # noqa: S608
        with self.explained():
            for row in self._db.execute(query):
                digest.update(repr(row).encode())
        digest.update(repr(sorted(self.provenance().items())).encode())
        return digest.hexdigest()

    def output(self, name: str) -> tuple[str, str] | None:
        """What an exported file was made from, and its stamp, if it is known."""
        with self.explained():
            query = "SELECT key, stamp FROM outputs WHERE name = ?"
            row = self._db.execute(query, (name,)).fetchone()
        return None if row is None else (row[0], row[1])

    def record_output(self, name: str, key: str, stamp: str) -> None:
        """Note what an exported file was made from, and its stamp."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?)", (name, key, stamp))

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Say of errors in reading and writing which file failed and how.

        A damaged row shows where it is used; broken constraints are our own bugs and pass through.

        Raises:
            StoreError: In their place.
        """
        try:
            yield
        except (ActorgraphError, sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise
        except UnicodeEncodeError as error:
            raise StoreError(f"{self.path} cannot hold half characters: {error}.") from error
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            # what a damaged row cannot become
            raise StoreError(
                f"{self.path} is damaged: {error}. Delete it and build again."
            ) from error
        except sqlite3.OperationalError as error:
            raise StoreError(f"Cannot use {self.path}: {error}.") from error
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"{self.path} is no store, or a damaged one: {error}. If a build made it, delete "
                "it and build again."
            ) from error

    def _insert(self, findings: Findings, number: int | None) -> None:
        for table, rows in findings.tables:
            statement = nouns.insert(table, "document")
            self._db.executemany(statement, ((*row, number) for row in rows))

    def _prepare(self) -> None:
        self._db.execute("PRAGMA busy_timeout = 10000")
        self._db.execute("PRAGMA foreign_keys = ON")
        known = {name for (name,) in self._db.execute("SELECT name FROM sqlite_master")}
        if not known:
            self._db.execute("PRAGMA journal_mode = WAL")
            layout = f"INSERT INTO meta VALUES ('layout', '{nouns.VERSION}');"  # noqa: S608
            self._db.executescript(f"BEGIN; {nouns.SCHEMA} {layout} COMMIT;")
        elif "meta" not in known:
            raise StoreError(f"{self.path} is a database, but not a store of actorgraph.")
        self._db.execute("PRAGMA synchronous = NORMAL")
        version = int(self._one("SELECT value FROM meta WHERE name = 'layout'")[0])
        if version < nouns.VERSION:
            raise OlderLayoutError(
                f"{self.path} was made by an older version of actorgraph. Build again from the "
                "same sources into the same folder: the documents are read anew, and your "
                "decisions stay."
            )
        if version > nouns.VERSION:
            raise StoreError(
                f"{self.path} has layout {version}, and this version of actorgraph reads layout "
                f"{nouns.VERSION}. Upgrade actorgraph."
            )

    def _found(self, table: str, number: int) -> sqlite3.Cursor:
        return self._db.execute(
            nouns.select(table) + "WHERE document = ? ORDER BY rowid",
            (number,),
        )

    def _one(self, query: str) -> tuple[Any, ...]:
        with self.explained():
            row = self._db.execute(query).fetchone()
        if row is None:
            raise StoreError(f"{self.path} is not a complete store. Delete it and build again.")
        return tuple(row)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self.explained():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                if self._db.in_transaction:  # a full disk has ended it already
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


class OlderLayoutError(StoreError):
    """The store was made by an older version."""


class Pending:
    """Documents that wait to be extracted: counted, and read one by one."""

    def __init__(self, store: Store, numbers: Sequence[int]) -> None:
        self._store = store
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[Document]:
        query = nouns.select("documents") + "WHERE number = ?"
        for number in self._numbers:
            with self._store.explained():
                row = self._store._db.execute(query, (number,)).fetchone()
            yield nouns.read_document(row)
