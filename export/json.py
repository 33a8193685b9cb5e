"""JSON: the whole graph in one file, every claim with its evidence, to be read back.

Specification: RFC 8259, in the node-link form of networkx and D3: ``nodes`` have an ``id``, and
``edges`` a ``source``, a ``target`` and a ``relation``. In networkx::

    data = json.loads(Path("graph.json").read_text())
    nx.node_link_graph(data, edges="edges", key="relation")

Kept: all nouns, without the fields that have their default value; one record a line, so that two
files can be compared. Lost: the full text of the documents, a log-likelihood that is no number,
which becomes 0, and counts beyond 2**63 - 1, which become that number: no file is read that holds a
larger one. Every piece of evidence carries its sentence and the words around it, so that each
edge can still be cited and found in its source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from pydantic import BaseModel

from ..errors import StoreError
from ..schema import CoMention, Document, Edge, Entity, GraphView, RelationType
from .files import open_text
from .text import bounded, finite, whole

FORMAT = "actorgraph/1"
"""Name and version of the layout; the number changes when older readers would misread it."""


class GraphParts(NamedTuple):
    """What a graph is made of. The documents are without their text."""

    title: str
    entities: tuple[Entity, ...]
    edges: tuple[Edge, ...]
    comentions: tuple[CoMention, ...]
    documents: tuple[Document, ...]
    relations: Mapping[str, RelationType]
    provenance: Mapping[str, str]


def write_json(graph: GraphView, target: Path | BinaryIO) -> None:
    """Write the graph as JSON; the same graph always gives the same bytes.

    Args:
        graph: The graph.
        target: A path, or a binary file that stays open.

    Raises:
        ExportError: The path cannot be written.
    """
    # Half characters, which UTF-8 cannot hold, become "\udXXX": in JSON that is the same text.
    with open_text(target, errors="backslashreplace") as stream:
        stream.writelines(_lines(graph))


def read_json(path: Path) -> GraphParts:
    """Read what `write_json` wrote.

    Raises:
        StoreError: The file cannot be read, or is not a graph of this format.
    """
    try:
        data = decode(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise StoreError(f"Cannot read a graph from {path}: {error}") from error
    found = data.get("format") if isinstance(data, dict) else None
    if found != FORMAT:
        raise StoreError(f"Cannot read a graph from {path}: its format is {found}, not {FORMAT}")
    try:
        return checked(_parts(data))
    except (AttributeError, KeyError, TypeError, ValueError) as error:  # as is ValidationError
        raise StoreError(f"Cannot read a graph from {path}: {error}") from error


def decode(text: str) -> Any:
    """Decode JSON with numbers that every later stage can hold.

    Raises:
        ValueError: It is broken, or holds a number that is none or has over 64 bits.
        RecursionError: Its values are nested too deeply.
    """
    return json.loads(text, parse_int=whole, parse_constant=_refuse)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def checked(parts: GraphParts) -> GraphParts:
    """Return the parts of a graph that refer to nothing but one another.

    Raises:
        ValueError: An id is there twice, or a link joins what is not there.
    """
    if not isinstance(parts.title, str):
        raise ValueError("its title is no text")
    if not all(isinstance(v, str) for item in parts.provenance.items() for v in item):
        raise ValueError("its provenance is no text")
    known = {entity.id for entity in parts.entities}
    edges = {edge.key for edge in parts.edges}
    pairs = {(pair.a, pair.b) for pair in parts.comentions}
    counts = len(parts.entities), len(parts.edges), len(parts.comentions)
    if (len(known), len(edges), len(pairs)) != counts:
        raise ValueError("an entity or link is there twice")
    ends = [(subject, object_) for subject, _, object_ in edges] + list(pairs)
    unknown = {end for pair in ends for end in pair} - known
    if unknown:
        raise ValueError(f"a link ends at {min(unknown)!r}, which is no entity of it")
    return parts


def _lines(graph: GraphView) -> Iterator[str]:
    yield f'{{\n"format": {_encode(FORMAT)},\n"directed": true,\n"multigraph": true,\n'
    yield f'"title": {_encode(graph.title)},\n'
    yield f'"provenance": {_encode(dict(graph.provenance))},\n'
    yield from _array("relations", (_dump(graph.relations[n]) for n in sorted(graph.relations)))
    yield ",\n"
    yield from _array("documents", map(_dump_document, sorted(graph.documents, key=_id)))
    yield ",\n"
    yield from _array("nodes", map(_dump, sorted(graph.entities, key=_id)))
    yield ",\n"
    yield from _array("edges", map(_dump_edge, sorted(graph.edges, key=lambda edge: edge.key)))
    yield ",\n"
    pairs = sorted(graph.comentions, key=lambda comention: (comention.a, comention.b))
    yield from _array("comentions", map(_dump_comention, pairs))
    yield "\n}\n"


def _array(name: str, records: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield f'"{name}": ['
    separator = "\n"
    for record in records:
        yield separator + _encode(record)
        separator = ",\n"
    yield "\n]"


_encode = json.JSONEncoder(
    ensure_ascii=False,
    allow_nan=False,
    sort_keys=True,  # mappings that are equal may have been filled in any order
    separators=(",", ":"),
).encode


def _id(noun: Entity | Document) -> str:
    return noun.id


def _dump(noun: BaseModel) -> dict[str, Any]:
    record: dict[str, Any] = readable(noun.model_dump(mode="json", exclude_defaults=True))
    return record


def readable(value: Any) -> Any:
    """Return a value of JSON whose whole numbers `decode` takes, however deep they lie.

    >>> readable({"mentions": 2**70, "span": [0, 9]})
    {'mentions': 9223372036854775807, 'span': [0, 9]}
    """
    if isinstance(value, dict):
        return {name: readable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [readable(item) for item in value]
    if type(value) is int:  # a truth value is a number, too
        return bounded(value) if value > 0 else -bounded(-value)
    return value


def _dump_document(document: Document) -> dict[str, Any]:
    return document.model_dump(mode="json", exclude_defaults=True, exclude={"text", "passages"})


def _dump_edge(edge: Edge) -> dict[str, Any]:
    record = _dump(edge)
    return {"source": record.pop("subject_id"), "target": record.pop("object_id"), **record}


def _dump_comention(comention: CoMention) -> dict[str, Any]:
    record = _dump(comention)
    return {**record, "log_likelihood": finite(comention.log_likelihood)}


def _load_edge(record: Mapping[str, Any]) -> Edge:
    record = dict(record)
    ends = {"subject_id": record.pop("source"), "object_id": record.pop("target")}
    return Edge.model_validate({**ends, **record})


def _parts(data: Mapping[str, Any]) -> GraphParts:
    relations = [RelationType.model_validate(record) for record in data["relations"]]
    return GraphParts(
        title=data["title"],
        entities=tuple(Entity.model_validate(record) for record in data["nodes"]),
        edges=tuple(_load_edge(record) for record in data["edges"]),
        comentions=tuple(CoMention.model_validate(record) for record in data["comentions"]),
        documents=tuple(
            Document.model_validate({**record, "text": ""}) for record in data["documents"]
        ),
        relations={relation.name: relation for relation in relations},
        provenance=data["provenance"],
    )
