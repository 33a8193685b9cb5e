"""Names for the shell to complete, read from the store without making the graph."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_QUERY = """
SELECT name, sum(mentions) AS uses FROM entities
WHERE name LIKE ? ESCAPE '\\' GROUP BY name ORDER BY uses DESC, name LIMIT ?
"""


def names_beginning(store: Path, text: str, limit: int = 50) -> list[str]:
    """Return names as documents show them that begin so, the most mentioned first.

    A store that is not there or cannot be read has no names: completion never fails.
    """
    pattern = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    try:
        with closing(sqlite3.connect(f"{store.resolve().as_uri()}?mode=ro", uri=True)) as db:
            return [name for name, _ in db.execute(_QUERY, (pattern, limit))]
    except sqlite3.Error:
        return []
