"""CSV: three tables for spreadsheets, pandas, SQL loaders and Gephi's data laboratory.

Specification: RFC 4180, in UTF-8 without a byte order mark and with line feeds.

``nodes.csv`` has a row for each entity, ``edges.csv`` for each stated relation and each co-mention,
and ``evidence.csv`` for each claim, with its sentence and where that stands in the document. The
columns that Gephi's spreadsheet import looks for have the names it gives them: ``Id``, ``Label``,
``Source``, ``Target``, ``Type``, ``Weight``.

Kept: all that the flat columns hold, and every claim with its sentence. Text that a spreadsheet
would run as a formula gets a leading apostrophe (CWE-1236). Lost: control characters and line
breaks within text, and qualifiers of claims; lists are joined with ``|``, which becomes ``/`` where
it stands in an item.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path

from ..schema import Claim, GraphView
from .files import open_text
from .flat import EDGE_COLUMNS, Node, flat_links, flat_nodes, one_of_several
from .xml import clean, token

Cell = str | int | float | None

_NODES = ("Id", "Label", *Node._fields[2:])
_EDGES = ("Source", "Target", "Type", "Id", "Label", "Weight", "kind", "color", *EDGE_COLUMNS)
_EVIDENCE = (
    "claim_id",
    "source",
    "relation",
    "target",
    "polarity",
    "modality",
    "speaker_id",
    "speaker",
    "wording",
    "rule",
    "confidence",
    "event_date",
    "document_id",
    "document_title",
    "document_date",
    "document_url",
    "start",
    "end",
    "sentence",
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def write_csv(graph: GraphView, folder: Path) -> None:
    """Write ``nodes.csv``, ``edges.csv`` and ``evidence.csv`` into a folder.

    The same graph always gives the same bytes.

    Raises:
        ExportError: A file cannot be written.
    """
    folder = Path(folder)
    _write(folder / "nodes.csv", _NODES, flat_nodes(graph))
    _write(folder / "edges.csv", _EDGES, _edges(graph))
    _write(folder / "evidence.csv", _EVIDENCE, _evidence(graph))


def _write(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell | tuple[str, ...]]]
) -> None:
    with open_text(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Cell | tuple[str, ...]) -> Cell:
    if isinstance(value, tuple):
        value = "|".join(map(one_of_several, value))
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def _edges(graph: GraphView) -> Iterator[list[Cell]]:
    columns = attrgetter(*EDGE_COLUMNS)
    for link in flat_links(graph, fold=False):
        direction = "Undirected" if link.undirected else "Directed"
        cells = (link.source, link.target, direction, link.id, link.label, link.weight, link.kind)
        yield [*cells, link.color, *columns(link)]


def _evidence(graph: GraphView) -> Iterator[list[Cell]]:
    documents = {document.id: document for document in graph.documents}
    for edge in sorted(graph.edges, key=lambda edge: edge.key):
        for claim in sorted(edge.claims, key=_place):
            evidence = claim.evidence
            document = documents.get(evidence.document_id)
            yield [
                clean(claim.id),
                token(edge.subject_id),
                clean(edge.relation),
                token(edge.object_id),
                claim.polarity.value,
                claim.modality.value,
                token(claim.speaker_id or ""),
                clean(claim.speaker or ""),
                clean(claim.wording),
                clean(claim.rule),
                claim.confidence,
                clean(claim.event_date or ""),
                clean(evidence.document_id),
                clean(document.label) if document else "",
                clean(evidence.date or ""),
                clean(document.url or "") if document else "",
                evidence.start,
                evidence.end,
                clean(evidence.exact),
            ]


def _place(claim: Claim) -> tuple[str, int, str]:
    return claim.evidence.document_id, claim.evidence.start, claim.id
