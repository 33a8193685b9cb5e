"""The documents of a build on their way into the store, and which of them are known already."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from typing import NamedTuple, Self

from ...schema import Document
from . import rows as nouns

PENDING = "pending "
"""Begins the key of a document that was taken in and is not extracted yet."""

_RECALL = f"""
    SELECT r.id, r.language, r.origin, d.key, {", ".join(f"d.{name}" for name in nouns.ORIGIN)}
    FROM readings r LEFT JOIN documents d ON d.id = r.id
    WHERE r.stamp = ? ORDER BY r.rowid
"""  # noqa: S608


class Recalled(NamedTuple):
    """A document of a file that was read before, without its text."""

    id: str
    language: str
    origin: str
    """Its `origin_row`, as text."""
    key: str | None
    """What it was found with; None if it is not in the store."""
    is_placed: bool
    """Whether the store says the same of its origin."""


class Intake:
    """Takes in the documents of one build, each once; at its end, all others are forgotten.

    It also remembers what each file held (`remember`), so that a file that did not change need not
    be read again (`recall`).
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> Self:
        self._db.execute("CREATE TEMP TABLE kept (id TEXT PRIMARY KEY)")
        self._db.execute("CREATE TEMP TABLE read (stamp TEXT PRIMARY KEY)")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._db.execute("DELETE FROM documents WHERE id NOT IN (SELECT id FROM kept)")
            self._db.execute("DELETE FROM readings WHERE stamp NOT IN (SELECT stamp FROM read)")
            self._db.execute("DROP TABLE kept")
            self._db.execute("DROP TABLE read")

    def add(self, document: Document, key: str) -> bool:
        """Take in a document, unless this build has it already.

        What was found in it before stays if `key` is the one it was found with, wherever the
        document comes from now; else it is pending.

        Returns:
            Whether it is the first of its id in this build.
        """
        if not self._keep(document.id):
            return False
        known = self._known(document.id)
        if known is None or known[0].removeprefix(PENDING) != key:
            self._db.execute("DELETE FROM documents WHERE id = ?", (document.id,))
            row = (*nouns.document_row(document), PENDING + key, 0)
            self._db.execute(nouns.insert("documents", "key", "sentences"), row)
        elif known[1:] != (origin := nouns.origin_row(document)):
            self._place(document.id, origin)
        return True

    def add_recalled(self, document: Recalled, recipe: str) -> bool:
        """Take in a document that was recalled.

        Its key is that of the recipe and that of its content, with a bar between them; with another
        recipe than before it is pending.

        Returns:
            Whether it is the first of its id in this build.
        """
        if not self._keep(document.id):
            return False
        before, _, content = (document.key or "").removeprefix(PENDING).rpartition("|")
        if before != recipe:
            number = "(SELECT number FROM documents WHERE id = ?)"
            for table in nouns.FOUND:
                statement = f"DELETE FROM {table} WHERE document = {number}"  # noqa: S608
                self._db.execute(statement, (document.id,))
            statement = "UPDATE documents SET key = ? WHERE id = ?"
            self._db.execute(statement, (f"{PENDING}{recipe}|{content}", document.id))
        if not document.is_placed:
            self._place(document.id, nouns.load(document.origin))
        return True

    def remember(self, stamp: str, document: Document) -> None:
        """Note that a file holds a document; `stamp` stands for its content."""
        self._db.execute("INSERT OR IGNORE INTO read VALUES (?)", (stamp,))
        origin = nouns.dump(nouns.origin_row(document))
        row = stamp, document.id, document.language, origin
        self._db.execute("INSERT INTO readings VALUES (?, ?, ?, ?)", row)

    def forget(self, stamp: str) -> None:
        """Forget what a file holds: it is read again at the next build."""
        self._db.execute("DELETE FROM readings WHERE stamp = ?", (stamp,))

    def recall(self, stamp: str, languages: Collection[str]) -> list[Recalled] | None:
        """The documents of a file that was read before.

        Args:
            stamp: Stands for the content of the file.
            languages: Documents in these are in the store; others were only counted.

        Returns:
            None if the file is new, or the store has lost one of its documents.
        """
        found = [
            Recalled(name, language, origin, key, nouns.dump(place) == origin)
            for name, language, origin, key, *place in self._db.execute(_RECALL, (stamp,))
        ]
        if not found or any(d.key is None and d.language in languages for d in found):
            self.forget(stamp)
            return None
        self._db.execute("INSERT OR IGNORE INTO read VALUES (?)", (stamp,))
        return found

    def _keep(self, document_id: str) -> bool:
        """Whether a document is the first of its id in this build; from now on it is not."""
        statement = "INSERT OR IGNORE INTO kept VALUES (?)"
        return self._db.execute(statement, (document_id,)).rowcount == 1

    def _known(self, document_id: str) -> tuple[str, ...] | None:
        """Key and origin of a document that is in the store."""
        columns = ", ".join(("key", *nouns.ORIGIN))
        query = f"SELECT {columns} FROM documents WHERE id = ?"  # noqa: S608
        row: tuple[str, ...] | None = self._db.execute(query, (document_id,)).fetchone()
        return row

    def _place(self, document_id: str, origin: Sequence[object]) -> None:
        """Note where a known document comes from now."""
        changes = ", ".join(f"{column} = ?" for column in nouns.ORIGIN)
        statement = f"UPDATE documents SET {changes} WHERE id = ?"  # noqa: S608
        self._db.execute(statement, (*origin, document_id))
