"""One build at a time on a store: a lock that ends with the process that holds it.

It is SQLite's own lock on an empty file beside the store, so that it works on every system, between
the threads of one process as well, and leaves nothing behind that must be removed by hand.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ...errors import StoreError

_PATIENCE = 1.0
"""Seconds between two attempts."""


def lock_file(store: Path) -> Path:
    """The file that is locked; empty, and hidden beside the store."""
    return store.with_name(f".{store.name}.lock")


@contextmanager
def build_lock(store: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of a store.

    Args:
        store: Path of the store.
        on_wait: Called once if another build holds the lock, before waiting for it to end.

    Raises:
        StoreError: The folder cannot be written to.
    """
    path = lock_file(store)
    try:
        db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    except sqlite3.Error as error:
        raise _unwritable(store, error) from error
    with closing(db):
        is_waiting = False
        while not _locked(db, store):
            if not is_waiting:
                on_wait()
            is_waiting = True
        yield


def _locked(db: sqlite3.Connection, store: Path) -> bool:
    """Try to take the lock for as long as patience lasts."""
    try:
        db.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return False
        raise _unwritable(store, error) from error
    return True


def _unwritable(store: Path, error: sqlite3.Error) -> StoreError:
    return StoreError(f"Cannot write to the folder {store.parent}: {error}.")
