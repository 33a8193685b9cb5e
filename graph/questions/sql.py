"""Questions in SQL, over the views that `graph.storage.database` describes.

Queries only read. SQLite answers where the graph lies, in its file or in memory; DuckDB, for heavy
sums, works on a copy of the views, made at the first query and kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from ...errors import QueryError
from ..answers.tables import Labels, Results, page_width
from ..storage.database import VIEWS
from ..storage.scratch import scratch_folder, write_rows

if TYPE_CHECKING:
    import duckdb
    from rich.table import Table

Engine = Literal["sqlite", "duckdb"]
Values = Sequence[object] | Mapping[str, object]
"""What stands for ``?`` in order, or for ``:name`` (in DuckDB ``$name``) by name."""

SqlRow = tuple[Any, ...]

_READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    getattr(sqlite3, "SQLITE_RECURSIVE", 33),
}


_LEGIBLE = 12
"""Letters of a cell that a column must have room for; more are broken into lines."""
_BETWEEN = 3
"""Blanks between two columns."""


class QueryResult(Results[SqlRow]):
    """Rows that a query returns; iterate over it to get tuples.

    Rows of more columns than a line has room for are printed one value a line.
    """

    def __init__(self, rows: Iterable[SqlRow], columns: Iterable[str], labels: Labels) -> None:
        super().__init__(rows, labels, "Rows")
        self.columns = _distinct(columns)

    def cells(self, item: SqlRow) -> Iterable[tuple[str, ...]]:
        return [tuple("" if value is None else str(value) for value in item)]

    def record(self, item: SqlRow) -> Mapping[str, object]:
        return dict(zip(self.columns, item, strict=True))

    def _table(self, items: Iterable[SqlRow]) -> Table:
        rows = [cells for item in items for cells in self.cells(item)]
        least = (
            max(len(name), *(min(len(cell), _LEGIBLE) for cell in column))
            for name, *column in zip(self.columns, *rows, strict=True)
        )
        if sum(letters + _BETWEEN for letters in least) <= page_width():
            return super()._table(items)
        return self._upright(rows)

    def _upright(self, rows: Iterable[tuple[str, ...]]) -> Table:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE, show_header=False)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for row in rows:
            for name, cell in zip(self.columns, row, strict=True):
                table.add_row(name, Text(cell))
            table.add_section()
        return table


def ask_sqlite(db: sqlite3.Connection, query: str, values: Values, labels: Labels) -> QueryResult:
    """Answer a query with SQLite.

    Raises:
        QueryError: If the query is wrong, or would do anything but read.
    """
    db.set_authorizer(_only_reading)
    try:
        cursor = db.execute(query, values)
        if cursor.description is None:
            raise _not_reading(query)
        return QueryResult(cursor.fetchall(), (column[0] for column in cursor.description), labels)
    except (sqlite3.Error, sqlite3.Warning) as error:
        if "not authorized" in str(error) or "prohibited" in str(error):
            raise _not_reading(query) from error
        raise QueryError(f"SQL: {error}. There are the views {', '.join(VIEWS)}.") from error
    finally:
        db.set_authorizer(None)


class DuckCopy:
    """The views of a graph, copied into a DuckDB database that only reads."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Copy the views.

        Raises:
            QueryError: If DuckDB is not installed.
        """
        try:
            import duckdb
        except ImportError as error:
            raise QueryError(
                "engine='duckdb' needs DuckDB. Install it with: pip install 'actorgraph[duckdb]'"
            ) from error
        self._error = duckdb.Error
        self._folder = scratch_folder(self)
        file = self._folder / "graph.duckdb"
        with duckdb.connect(str(file)) as copy:
            for view in VIEWS:
                self._copy(db, copy, view)
        self._db = duckdb.connect(
            str(file), read_only=True, config={"enable_external_access": "false"}
        )

    def ask(self, query: str, values: Values, labels: Labels) -> QueryResult:
        """Answer a query with DuckDB.

        Raises:
            QueryError: If the query is wrong, or would do anything but read.
        """
        try:
            cursor = self._db.execute(query, values)
            if cursor is None or cursor.description is None:
                raise _not_reading(query)
            columns = [column[0] for column in cursor.description]
            return QueryResult(cursor.fetchall(), columns, labels)
        except self._error as error:
            if "read-only" in str(error) or "Permission" in str(error):
                raise _not_reading(query) from error
            raise QueryError(f"SQL: {error}") from error

    def _copy(self, db: sqlite3.Connection, copy: duckdb.DuckDBPyConnection, view: str) -> None:
        rows = db.execute(f"SELECT * FROM {view}")  # noqa: S608
        columns = [column[0] for column in rows.description]
        types = ", ".join(f"'{name}': '{_TYPES.get(name, 'VARCHAR')}'" for name in columns)
        file = self._folder / f"{view}.csv"
        write_rows(file, rows)
        copy.execute(
            f"CREATE TABLE {view} AS SELECT * FROM read_csv(?, header = false, delim = ',', "  # noqa: S608
            "quote = '\"', escape = '\"', allow_quoted_nulls = false, auto_detect = false, "
            f"max_line_size = 1000000000, columns = {{{types}}})",
            [str(file)],
        )
        file.unlink()


_TYPES = {
    **dict.fromkeys(("mentions", "documents", "n_evidence", "n_documents", "n_sources"), "BIGINT"),
    **dict.fromkeys(("start", "end", "sentences", "paragraphs"), "BIGINT"),
    **dict.fromkeys(("belief", "confidence", "npmi", "log_likelihood"), "DOUBLE"),
    "symmetric": "BOOLEAN",
}


def _only_reading(action: int, name: str | None, *more: str | None) -> int:
    """Allow what a SELECT needs; loading an extension would be a function."""
    if action in _READING and not (more and more[0] == "load_extension"):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _not_reading(query: str) -> QueryError:
    start = " ".join(query.split())[:60]
    return QueryError(f"Queries only read a graph, and this does not: {start!r}. Use SELECT.")


def _distinct(columns: Iterable[str]) -> tuple[str, ...]:
    """Number columns of one name: *name, name_2*."""
    names: list[str] = []
    for column in columns:
        name, number = column, 1
        while name in names:
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return tuple(names)
