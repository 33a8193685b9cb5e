r"""Neo4j: a Cypher script for small graphs, and tables for ``neo4j-admin database import``.

Specifications: openCypher 9, with the constraints of Neo4j 5 (the script), and the CSV header
format of neo4j-admin (the tables). Both hold the same property graph:

* ``(:Entity)`` with a second label for its type (``:Country``, ``:System``), ``(:Document)``, and
  ``(:Claim)``, one for each sentence that states something;
* ``(:Entity)-[:SUPPLIES]->(:Entity)``, one for each stated relation, with its status: keep to
  ``affirmed`` and ``contested`` where only facts count. ``CO_MENTIONED_WITH`` has no direction and
  runs from the id that sorts first;
* ``(:Claim)-[:HAS_SUBJECT|HAS_OBJECT|SPOKEN_BY]->(:Entity)`` and
  ``(:Claim)-[:STATED_IN]->(:Document)``.

Kept: entities, edges, claims with their evidence, counts of co-mentions, documents; identifiers and
qualifiers as lists of ``key=value``. Lost: examples of co-mentions, metadata and text of the
documents. Ids are those of the GraphML file. The script keeps text as it is but for half characters
(lone surrogates), which become U+FFFD; in the tables text is on one line, and ``|``, which joins
lists there, becomes ``/`` within one.

The script has one statement a line, works in batches and merges by id: it may be run again, or into
a database that holds another graph. What only Neo4j knows, constraints and second labels, stands in
statements of its own, at the beginning and at the end.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from pathlib import Path
from typing import Any, BinaryIO

from ..schema import CO_MENTIONED_WITH, Claim, CoMention, Document, Edge, Entity, GraphView
from .files import open_text
from .flat import flat_nodes, one_of_several
from .text import bounded, escaped, finite
from .xml import clean, token

Row = dict[str, Any]
Columns = Mapping[str, str]

_BATCH = 500
"""Rows of one statement."""

_NODES: Mapping[str, Columns] = {
    "Entity": {
        "id": "string",
        **dict.fromkeys(("name", "type", "subtype", "country", "family"), "string"),
        **dict.fromkeys(("aliases", "identifiers"), "string[]"),
        **dict.fromkeys(("mentions", "documents"), "long"),
        **dict.fromkeys(("first_seen", "last_seen"), "string"),
        "pagerank": "double",
        "community": "long",
    },
    "Document": {
        "id": "string",
        **dict.fromkeys(("title", "author", "publisher", "date", "url", "path"), "string"),
        "language": "string",
    },
    "Claim": {
        "id": "string",
        **dict.fromkeys(("relation", "polarity", "modality", "speaker", "wording"), "string"),
        "rule": "string",
        "confidence": "double",
        "event_date": "string",
        "qualifiers": "string[]",
        **dict.fromkeys(("exact", "prefix", "suffix", "date"), "string"),
        **dict.fromkeys(("start", "end"), "long"),
    },
}
_STATED: Columns = {
    "relation": "string",
    "status": "string",
    "belief": "double",
    **dict.fromkeys(("n_evidence", "n_documents", "n_sources"), "long"),
    **dict.fromkeys(("first_date", "last_date"), "string"),
}
_MET: Columns = {
    "relation": "string",
    **dict.fromkeys(("sentences", "paragraphs", "documents"), "long"),
    **dict.fromkeys(("npmi", "log_likelihood"), "double"),
}


def write_cypher(graph: GraphView, target: Path | BinaryIO) -> None:
    """Write a script that makes the graph, for ``cypher-shell --file``.

    Args:
        graph: The graph.
        target: A path, or a binary file that stays open.

    Raises:
        ExportError: The path cannot be written.
    """
    with open_text(target) as stream:
        stream.writelines(_script(graph))


def write_neo4j(graph: GraphView, folder: Path) -> None:
    """Write tables for ``neo4j-admin database import`` into a folder.

    ``entities.csv``, ``documents.csv`` and ``claims.csv`` are nodes; ``relations.csv``,
    ``comentions.csv``, ``claim_entities.csv`` and ``claim_documents.csv`` are relationships. Lists
    are joined with ``|``: import with ``--array-delimiter='|'``.

    Raises:
        ExportError: A file cannot be written.
    """
    folder = Path(folder)
    for name, label, rows in (
        ("entities", "Entity", _entities(graph)),
        ("documents", "Document", _documents(graph)),
        ("claims", "Claim", _claims(graph)),
    ):
        header = [*_admin_names(_NODES[label], label), ":LABEL"]
        labelled = ({**row, ":LABEL": _labels(label, row)} for row in rows)
        _write_table(folder / f"{name}.csv", header, labelled)
    for name, columns, (start, end), rows in (
        ("relations", _STATED, ("Entity", "Entity"), _stated(graph)),
        ("comentions", _MET, ("Entity", "Entity"), _met(graph)),
        ("claim_entities", {}, ("Claim", "Entity"), _claim_entities(graph)),
        ("claim_documents", {}, ("Claim", "Document"), _claim_documents(graph)),
    ):
        header = [f":START_ID({start})", f":END_ID({end})", ":TYPE", *_admin_names(columns)]
        _write_table(folder / f"{name}.csv", header, rows)


# The rows, the same for both


def _entities(graph: GraphView) -> Iterator[Row]:
    entities = sorted(graph.entities, key=lambda entity: entity.id)
    for entity, node in zip(entities, flat_nodes(graph), strict=True):
        measured = {"pagerank": node.pagerank, "community": node.community}
        yield _row(entity, _NODES["Entity"], **measured)


def _documents(graph: GraphView) -> Iterator[Row]:
    for document in sorted(graph.documents, key=lambda document: document.id):
        yield _row(document, _NODES["Document"])


def _claims(graph: GraphView) -> Iterator[Row]:
    for claim in _all_claims(graph):
        evidence = claim.evidence.model_dump(exclude={"document_id"})
        yield _row(claim, _NODES["Claim"], **evidence)


def _stated(graph: GraphView) -> Iterator[Row]:
    def by_type(edge: Edge) -> tuple[str, tuple[str, str, str]]:
        return _relation_type(edge.relation), edge.key

    for edge in sorted(graph.edges, key=by_type):
        ends = _ends(edge.subject_id, edge.object_id, _relation_type(edge.relation))
        yield {**ends, **_row(edge, _STATED)}


def _met(graph: GraphView) -> Iterator[Row]:
    for comention in sorted(graph.comentions, key=lambda comention: (comention.a, comention.b)):
        ends = _ends(comention.a, comention.b, _relation_type(CO_MENTIONED_WITH))
        yield {**ends, **_row(comention, _MET, relation=CO_MENTIONED_WITH)}


def _claim_entities(graph: GraphView) -> Iterator[Row]:
    known = {entity.id for entity in graph.entities}
    for kind, role in (
        ("HAS_SUBJECT", "subject_id"),
        ("HAS_OBJECT", "object_id"),
        ("SPOKEN_BY", "speaker_id"),
    ):
        for claim in _all_claims(graph):
            if getattr(claim, role) in known:
                yield _ends(claim.id, getattr(claim, role), kind)


def _claim_documents(graph: GraphView) -> Iterator[Row]:
    known = {document.id for document in graph.documents}
    for claim in _all_claims(graph):
        if claim.evidence.document_id in known:
            yield _ends(claim.id, claim.evidence.document_id, "STATED_IN")


def _all_claims(graph: GraphView) -> Iterator[Claim]:
    for edge in sorted(graph.edges, key=lambda edge: edge.key):
        yield from edge.claims


def _ends(start: str, end: str, kind: str) -> Row:
    return {"start_id": token(start), "end_id": token(end), "kind": kind}


def _row(noun: Entity | Document | Claim | Edge | CoMention, columns: Columns, **more: Any) -> Row:
    """The fields of a noun that are columns."""
    given = {name: more[name] if name in more else getattr(noun, name) for name in columns}
    return {
        name: token(given[name]) if name == "id" else _typed(given[name], kind)
        for name, kind in columns.items()
    }


def _typed(value: Any, kind: str) -> Any:
    """A value of a column; mappings become lists of ``key=value``."""
    match kind:
        case "long":
            return bounded(value)
        case "double":
            return finite(value)
        case "string[]" if isinstance(value, Mapping):
            return [f"{key}={item}" for key, item in sorted(value.items())]
        case _:
            return value


def _relation_type(relation: str) -> str:
    """``co_mentioned_with`` -> ``CO_MENTIONED_WITH``; of letters, digits and underscores only."""
    return re.sub(r"\W", "_", relation).upper() or "_"


def _labels(label: str, row: Row) -> list[str]:
    return [label, *filter(None, [_type_label(row.get("type", ""))])]


def _type_label(entity_type: str) -> str:
    """``air_base`` -> ``AirBase``; of letters and digits only."""
    return "".join(word.capitalize() for word in re.split(r"[\W_]+", entity_type))


# The script


def _script(graph: GraphView) -> Iterator[str]:
    for label in _NODES:
        name = f"{label.lower()}_id"
        yield f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;\n"
    yield from _merge_nodes("Entity", _entities(graph))
    yield from _merge_nodes("Document", _documents(graph))
    yield from _merge_nodes("Claim", _claims(graph))
    yield from _merge_links("Entity", "Entity", _stated(graph), _STATED)
    yield from _merge_links("Entity", "Entity", _met(graph), _MET)
    yield from _merge_links("Claim", "Entity", _claim_entities(graph), {})
    yield from _merge_links("Claim", "Document", _claim_documents(graph), {})
    for entity_type in sorted({entity.type for entity in graph.entities}):
        if label := _type_label(entity_type):
            yield f"MATCH (n:Entity {{type: {_literal(entity_type)}}}) SET n:`{label}`;\n"


def _merge_nodes(label: str, rows: Iterator[Row]) -> Iterator[str]:
    """Lists get statements of their own: some engines want those of one statement filled."""
    lists = [name for name, kind in _NODES[label].items() if kind == "string[]"]
    scalars = [name for name in _NODES[label] if name not in ("id", *lists)]
    for batch in _batches(rows):
        for names in (scalars, *([name] for name in lists)):
            told = [row for row in batch if names is scalars or row[names[0]]]
            if told:
                listed = _literal([{name: row[name] for name in ("id", *names)} for row in told])
                merge = f"MERGE (n:{label} {{id: row.id}})"
                yield f"UNWIND {listed} AS row {merge} {_set('n', names)};\n"


def _merge_links(start: str, end: str, rows: Iterator[Row], columns: Columns) -> Iterator[str]:
    names = [name for name in columns if name != "relation"]
    for kind, same in groupby(rows, key=lambda row: str(row.pop("kind"))):
        match = f"MATCH (a:{start} {{id: row.start_id}}), (b:{end} {{id: row.end_id}})"
        link = f"[r:`{kind}` {{relation: row.relation}}]" if columns else f"[r:`{kind}`]"
        merge = f"MERGE (a)-{link}->(b) {_set('r', names)}".rstrip()
        for batch in _batches(same):
            yield f"UNWIND {_literal(batch)} AS row {match} {merge};\n"


def _set(variable: str, names: Iterable[str]) -> str:
    """Names are quoted because ``end`` is a word of the language."""
    told = ", ".join(f"{variable}.`{name}` = row.`{name}`" for name in names)
    return f"SET {told}" if told else ""


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _literal(value: Any) -> str:
    match value:
        case None:
            return "null"
        case str():
            return "'" + escaped(value, "'") + "'"
        case list() | tuple():
            return f"[{', '.join(map(_literal, value))}]"
        case dict():
            pairs = (f"`{name}`: {_literal(item)}" for name, item in value.items())
            return f"{{{', '.join(pairs)}}}"
        case _:
            return repr(value).replace("e+", "e")  # the grammar has no plus there


# The tables


def _admin_names(columns: Columns, label: str = "") -> Iterator[str]:
    for column, kind in columns.items():
        if column == "id":
            yield f"id:ID({label})"
        else:
            yield column if kind == "string" else f"{column}:{kind}"


def _write_table(path: Path, header: list[str], rows: Iterable[Row]) -> None:
    with open_text(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_cell(value) for value in row.values()] for row in rows)


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case list() | tuple():
            return "|".join(filter(None, (one_of_several(clean(item)) for item in value)))
        case float():
            return repr(value)
        case _:
            return clean(str(value))
