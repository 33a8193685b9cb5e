"""Parquet: five typed tables for pandas, Polars, DuckDB, Spark and R.

Specification: https://parquet.apache.org/docs/file-format/, version 2.6, compressed with Zstandard.

``entities.parquet``, ``edges.parquet`` (stated relations), ``claims.parquet`` (with evidence),
``comentions.parquet`` and ``documents.parquet``. Kept: every field of every noun, numbers as
numbers, lists as lists, identifiers and qualifiers as maps, what is unknown as null. Lost: the full
text of the documents, what relations mean, half characters (lone surrogates), which become U+FFFD,
and whole numbers of more than 64 bits. Dates are text, because they are as precise as their source:
``2021``, ``2021-02``.

It needs pyarrow: ``pip install 'actorgraph[parquet]'``. The same graph gives the same bytes with
the same version of pyarrow. Rows are written in groups, so that memory does not grow with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ExportError
from ..schema import Claim, CoMention, Document, Edge, Entity, Evidence, GraphView
from .files import open_text
from .flat import flat_nodes
from .text import bounded, well_formed

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]

_GROUP = 20_000
"""Rows written at a time."""

_ENTITY = {
    **dict.fromkeys(("id", "name", "type", "subtype", "country"), "text"),
    "aliases": "texts",
    "identifiers": "map",
    "family": "text",
    **dict.fromkeys(("mentions", "documents"), "count"),
    **dict.fromkeys(("first_seen", "last_seen"), "text"),
    **dict.fromkeys(("x", "y", "pagerank"), "number"),
    "community": "count",
}
_EDGE = {
    **dict.fromkeys(("subject_id", "relation", "object_id", "status"), "text"),
    "belief": "number",
    **dict.fromkeys(("n_evidence", "n_documents", "n_sources"), "count"),
    **dict.fromkeys(("first_date", "last_date"), "text"),
}
_EVIDENCE = {
    "document_id": "text",
    **dict.fromkeys(("start", "end"), "count"),
    **dict.fromkeys(("exact", "prefix", "suffix", "date"), "text"),
}
_CLAIM = {
    **dict.fromkeys(("id", "subject_id", "relation", "object_id", "polarity", "modality"), "text"),
    **dict.fromkeys(("speaker_id", "speaker", "wording", "rule"), "text"),
    "confidence": "number",
    "event_date": "text",
    **_EVIDENCE,
    **dict.fromkeys(("subject_start", "subject_end", "object_start", "object_end"), "count"),
    "qualifiers": "map",
}
_COMENTION = {
    **dict.fromkeys(("a", "b"), "text"),
    **dict.fromkeys(("sentences", "paragraphs", "documents"), "count"),
    **dict.fromkeys(("npmi", "log_likelihood"), "number"),
    "examples": "evidence",
}
_DOCUMENT = {
    **dict.fromkeys(("id", "title", "author", "publisher", "date", "url", "path"), "text"),
    "language": "text",
    "metadata": "map",
}


def write_parquet(graph: GraphView, folder: Path) -> None:
    """Write the five tables into a folder.

    Raises:
        ExportError: A file cannot be written, or pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise ExportError(
            "Parquet needs pyarrow. Install it: pip install 'actorgraph[parquet]'"
        ) from error
    folder = Path(folder)
    claims = (claim for edge in _edges(graph) for claim in edge.claims)
    pairs = sorted(graph.comentions, key=lambda comention: (comention.a, comention.b))
    documents = sorted(graph.documents, key=lambda document: document.id)
    _write(folder / "entities.parquet", _ENTITY, _entity_rows(graph))
    _write(folder / "edges.parquet", _EDGE, map(_edge_row, _edges(graph)))
    _write(folder / "claims.parquet", _CLAIM, map(_claim_row, claims))
    _write(folder / "comentions.parquet", _COMENTION, map(_comention_row, pairs))
    _write(folder / "documents.parquet", _DOCUMENT, map(_document_row, documents))


def _write(path: Path, columns: Mapping[str, str], rows: Iterable[Row]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    types = _types()
    schema = pa.schema([(name, types[kind]) for name, kind in columns.items()])
    rows = iter(rows)
    with (
        open_text(path) as stream,
        parquet.ParquetWriter(stream.buffer, schema, version="2.6", compression="zstd") as writer,
    ):
        while group := list(islice(rows, _GROUP)):
            writer.write_batch(pa.RecordBatch.from_pylist(group, schema=schema))


def _types() -> dict[str, pa.DataType]:
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "map": pa.map_(pa.string(), pa.string()),
        "count": pa.int64(),
        "number": pa.float64(),
    }
    fields = [(name, types[kind]) for name, kind in _EVIDENCE.items()]
    return {**types, "evidence": pa.list_(pa.struct(fields))}


def _edges(graph: GraphView) -> list[Edge]:
    return sorted(graph.edges, key=lambda edge: edge.key)


def _entity_rows(graph: GraphView) -> Iterator[Row]:
    entities = sorted(graph.entities, key=lambda entity: entity.id)
    for entity, node in zip(entities, flat_nodes(graph), strict=True):
        measured = {name: getattr(node, name) for name in ("x", "y", "pagerank", "community")}
        yield {**_row(entity, _ENTITY), **measured}


def _edge_row(edge: Edge) -> Row:
    return _row(edge, _EDGE)


def _claim_row(claim: Claim) -> Row:
    (subject_start, subject_end), (object_start, object_end) = (
        claim.subject_mention,
        claim.object_mention,
    )
    return {
        **_row(claim, _CLAIM),
        **_row(claim.evidence, _EVIDENCE),
        "subject_start": subject_start,
        "subject_end": subject_end,
        "object_start": object_start,
        "object_end": object_end,
    }


def _comention_row(comention: CoMention) -> Row:
    examples = [_row(example, _EVIDENCE) for example in comention.examples]
    return {**_row(comention, _COMENTION), "examples": examples}


def _document_row(document: Document) -> Row:
    return _row(document, _DOCUMENT)


def _row(
    noun: Entity | Edge | Claim | CoMention | Document | Evidence, columns: Iterable[str]
) -> Row:
    """The fields of a noun that are columns, in values that Arrow knows."""
    return {name: _value(getattr(noun, name)) for name in columns if hasattr(noun, name)}


def _value(value: Any) -> Any:
    match value:
        case str():
            return well_formed(value)
        case int():
            return bounded(value)
        case tuple():
            return [_value(item) for item in value]
        case Mapping():
            return sorted((well_formed(key), well_formed(text)) for key, text in value.items())
        case _:
            return value
