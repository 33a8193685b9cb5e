"""The documents of a build on their way into the store, and which of them are known already."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from typing import Self

from ...schema import Document
from . import rows as nouns

PENDING = "pending "
"""Begins the key of a document that was taken in and is not extracted yet."""


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
        if not self._keep(document):
            return False
        known = self._known(document.id)
        if known is None or known[0].removeprefix(PENDING) != key:
            self._db.execute("DELETE FROM documents WHERE id = ?", (document.id,))
            row = (*nouns.document_row(document), PENDING + key, 0)
            self._db.execute(nouns.insert("documents", "key", "sentences"), row)
        elif known[1:] != nouns.origin_row(document):
            self._place(document)
        return True

    def add_known(self, document: Document, recipe: str) -> bool:
        """Take in a document that was recalled, without its text.

        Its key is that of the recipe and that of its content, with a bar between them; with another
        recipe than before it is pending.

        Returns:
            Whether it is the first of its id in this build.
        """
        if not self._keep(document):
            return False
        key, *origin = self._known(document.id) or ("",)
        before, _, content = key.removeprefix(PENDING).rpartition("|")
        if before != recipe:
            number = "(SELECT number FROM documents WHERE id = ?)"
            for table in nouns.FOUND:
                statement = f"DELETE FROM {table} WHERE document = {number}"  # noqa: S608
                self._db.execute(statement, (document.id,))
            statement = "UPDATE documents SET key = ? WHERE id = ?"
            self._db.execute(statement, (f"{PENDING}{recipe}|{content}", document.id))
        if tuple(origin) != nouns.origin_row(document):
            self._place(document)
        return True

    def remember(self, stamp: str, document: Document) -> None:
        """Note that a file holds a document; `stamp` stands for its content."""
        self._db.execute("INSERT OR IGNORE INTO read VALUES (?)", (stamp,))
        row = json.dumps((document.id, *nouns.origin_row(document)), ensure_ascii=False)
        self._db.execute("INSERT INTO readings VALUES (?, ?)", (stamp, row))

    def forget(self, stamp: str) -> None:
        """Forget what a file holds: it is read again at the next build."""
        self._db.execute("DELETE FROM readings WHERE stamp = ?", (stamp,))

    def recall(self, stamp: str, languages: Collection[str]) -> Iterator[Document] | None:
        """The documents of a file that was read before, without their texts.

        Args:
            stamp: Stands for the content of the file.
            languages: Documents in these are in the store; others were only counted.

        Returns:
            None if the file is new, or the store has lost one of its documents.
        """
        is_new = True
        for document in self._read(stamp):
            is_new = document.language in languages and self._known(document.id) is None
            if is_new:
                break
        if is_new:
            self.forget(stamp)
            return None
        self._db.execute("INSERT OR IGNORE INTO read VALUES (?)", (stamp,))
        return self._read(stamp)

    def _read(self, stamp: str) -> Iterator[Document]:
        query = "SELECT document FROM readings WHERE stamp = ? ORDER BY rowid"
        for (row,) in self._db.execute(query, (stamp,)):
            yield nouns.read_origin(json.loads(row))

    def _keep(self, document: Document) -> bool:
        """Whether a document is the first of its id in this build; from now on it is not."""
        statement = "INSERT OR IGNORE INTO kept VALUES (?)"
        return self._db.execute(statement, (document.id,)).rowcount == 1

    def _known(self, document_id: str) -> tuple[str, ...] | None:
        """Key and origin of a document that is in the store."""
        columns = ", ".join(("key", *nouns.ORIGIN))
        query = f"SELECT {columns} FROM documents WHERE id = ?"  # noqa: S608
        row: tuple[str, ...] | None = self._db.execute(query, (document_id,)).fetchone()
        return row

    def _place(self, document: Document) -> None:
        """Note where a known document comes from now."""
        changes = ", ".join(f"{column} = ?" for column in nouns.ORIGIN)
        statement = f"UPDATE documents SET {changes} WHERE id = ?"  # noqa: S608
        self._db.execute(statement, (*nouns.origin_row(document), document.id))
