"""Questions in Cypher, answered by Ladybug over a copy of the graph that can be made again.

Nodes are labelled ``Entity`` and have id, name, type, subtype, country, family, mentions,
documents, first_seen and last_seen. Every relation the graph knows is a relationship of its own
name with status, belief, n_evidence, n_documents, n_sources, first_date and last_date;
``co_mentioned_with`` has sentences, paragraphs, documents, npmi and log_likelihood::

    MATCH (a:Entity)-[r:operates]->(s:Entity {type: 'system'})
    WHERE r.belief > 0.5 RETURN a.name, s.name

What the engine cannot answer is an error, never an empty result: an unknown label, relation or
property, a clause it does not know, and anything that writes or reads files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ...errors import QueryError
from ...schema import CO_MENTIONED_WITH, RELATED_TO
from ..answers.tables import Labels
from ..storage.scratch import scratch_folder, write_rows
from ..storage.tables import Parts
from .sql import QueryResult

_NODE = {
    **dict.fromkeys(("id", "name", "type", "subtype", "country", "family"), "STRING"),
    **dict.fromkeys(("mentions", "documents"), "INT64"),
    **dict.fromkeys(("first_seen", "last_seen"), "STRING"),
}
_STATED = {
    "status": "STRING",
    "belief": "DOUBLE",
    **dict.fromkeys(("n_evidence", "n_documents", "n_sources"), "INT64"),
    **dict.fromkeys(("first_date", "last_date"), "STRING"),
}
_TOGETHER = {
    **dict.fromkeys(("sentences", "paragraphs", "documents"), "INT64"),
    **dict.fromkeys(("npmi", "log_likelihood"), "DOUBLE"),
}
_ROOM = 1 << 36
"""Bytes of address space for a copy; the engine asks for 8 TB, which some machines refuse."""
_LITERAL = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|//[^\n]*|/\*.*?\*/", re.S)
_FORBIDDEN = re.compile(
    r"\b(?:COPY|LOAD|INSTALL|ATTACH|DETACH|USE|EXPORT|IMPORT|CREATE|MERGE|SET|DELETE|DROP|ALTER|"
    r"REMOVE|BEGIN|COMMIT|ROLLBACK|CHECKPOINT|CALL)\b",
    re.I,
)
_VALUE = re.compile(r"\$(\w+)")


class CypherCopy:
    """A copy of a graph that answers Cypher."""

    def __init__(self, graph: Parts) -> None:
        """Copy the graph.

        Raises:
            QueryError: If Ladybug is not installed.
        """
        try:
            import ladybug
        except ImportError as error:
            raise QueryError(
                "Cypher needs Ladybug. Install it with: pip install 'actorgraph[cypher]'"
            ) from error
        self._folder = scratch_folder(self)
        file = str(self._folder / "graph.lbug")
        database = ladybug.Database(file, max_db_size=_ROOM)
        with ladybug.Connection(database) as connection:
            self._fill(connection, graph)
        database.close()
        self._database = ladybug.Database(file, read_only=True, max_db_size=_ROOM)
        self._db = ladybug.Connection(self._database)

    def ask(self, query: str, values: Mapping[str, object], labels: Labels) -> QueryResult:
        """Answer a query.

        Args:
            query: One statement; ``$name`` stands for a value.
            values: The values, by name.
            labels: How things are called.

        Raises:
            QueryError: If the engine cannot answer it, or it would do anything but read.
        """
        _check(query)
        missing = sorted(set(_VALUE.findall(_LITERAL.sub(" ", query))) - set(values))
        if missing:
            raise QueryError(f"Cypher: no value is given for the parameter ${missing[0]}.")
        try:
            result = self._db.execute(query, dict(values))
        except RuntimeError as error:
            raise _unanswerable(str(error)) from error
        if isinstance(result, list):
            raise QueryError("Cypher: ask one question at a time, without semicolons.")
        return QueryResult(map(_row, result), result.get_column_names(), labels)

    def _fill(self, db: Any, graph: Parts) -> None:
        columns = ", ".join(f"{name} {kind}" for name, kind in _NODE.items())
        db.execute(f"CREATE NODE TABLE Entity({columns}, PRIMARY KEY(id))")
        self._copy(db, "Entity", ([getattr(e, name) for name in _NODE] for e in graph.entities))
        stated: dict[str, list[list[object]]] = {}
        for edge in graph.edges:
            row = [edge.subject_id, edge.object_id, *(getattr(edge, name) for name in _STATED)]
            stated.setdefault(edge.relation, []).append(row)
        for relation in sorted({RELATED_TO, *graph.relations, *stated} - {CO_MENTIONED_WITH}):
            self._relation(db, relation, _STATED, stated.get(relation, ()))
        pairs = (
            [pair.a, pair.b, *(getattr(pair, name) for name in _TOGETHER)]
            for pair in graph.comentions
        )
        self._relation(db, CO_MENTIONED_WITH, _TOGETHER, pairs)

    def _relation(
        self, db: Any, name: str, properties: Mapping[str, str], rows: Iterable[Iterable[object]]
    ) -> None:
        columns = ", ".join(f"{column} {kind}" for column, kind in properties.items())
        db.execute(f"CREATE REL TABLE `{name}`(FROM Entity TO Entity, {columns})")
        self._copy(db, name, rows)

    def _copy(self, db: Any, table: str, rows: Iterable[Iterable[object]]) -> None:
        file = self._folder / "rows.csv"
        write_rows(file, rows)
        if file.stat().st_size:
            options = "HEADER=false, PARALLEL=false, ESCAPE='\"'"
            db.execute(f"COPY `{table}` FROM '{file.as_posix()}' ({options})")
        file.unlink()


def _row(values: Iterable[object]) -> tuple[object, ...]:
    return tuple(map(_plain, values))


def _plain(value: object) -> object:
    """Leave out the engine's own keys of nodes and relationships, which mean nothing outside."""
    if isinstance(value, Mapping):
        return {
            key: _plain(inner)
            for key, inner in value.items()
            if key not in ("_ID", "_SRC", "_DST") and inner is not None
        }
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


def _check(query: str) -> None:
    """Refuse what would write or leave the graph.

    >>> _check("MATCH (a:Entity) WHERE a.name = 'Load it' RETURN a.name")
    >>> _check("COPY Entity TO 'x.csv'")
    Traceback (most recent call last):
        ...
    actorgraph.errors.QueryError: Cypher: queries only read a graph; COPY is not allowed.
    """
    found = _FORBIDDEN.search(_LITERAL.sub(" ", query))
    if found:
        word = found[0].upper()
        raise QueryError(f"Cypher: queries only read a graph; {word} is not allowed.")


def _unanswerable(message: str) -> QueryError:
    unknown = re.search(r"Table (\S+) does not exist", message)
    if unknown:
        return QueryError(
            f"Cypher: there is no label or relation {unknown[1]!r}. Nodes are labelled Entity: "
            "write (a:Entity {type: 'country'}). Relations go by their names: -[:operates]->."
        )
    return QueryError(f"Cypher cannot answer this: {message}")
