"""JSON Lines: every claim with its evidence on a line of its own, and all that it refers to.

Specification: https://jsonlines.org (RFC 8259 values, UTF-8, a line feed after each). Every line is
an object that says what it is in ``kind``: first one ``graph`` with the title and the versions it
was made with, then each ``relation`` (type), ``document`` and ``entity``; then each ``edge``,
followed by its lines of kind ``claim``; last each ``co_mention``. Fields are those of
`actorgraph.schema`, and all of them are there, known or not. With pandas::

    lines = pd.read_json("graph.jsonl", lines=True)
    claims = lines[lines.kind == "claim"].dropna(axis="columns", how="all")

Kept: all nouns; `read_jsonl` gives them back as they were. Lost: the full text of the documents, a
log-likelihood that is no number, which becomes 0, and counts beyond 2**63 - 1, which become that
number. Lines are written one at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import StoreError
from ..schema import Claim, CoMention, Document, Edge, Entity, GraphView, RelationType
from .files import open_text
from .json import GraphParts, checked, decode, readable
from .text import finite

FORMAT = "actorgraph-lines/1"
"""Name and version of the layout; the number changes when older readers would misread it."""

Record = Mapping[str, Any]


def write_jsonl(graph: GraphView, target: Path | BinaryIO) -> None:
    """Write the graph as JSON Lines; the same graph always gives the same bytes.

    Args:
        graph: The graph.
        target: A path, or a binary file that stays open.

    Raises:
        ExportError: The path cannot be written.
    """
    write_lines(map(readable, _records(graph)), target)


def write_lines(records: Iterable[Record], target: Path | BinaryIO) -> None:
    """Write one JSON object a line, its keys sorted."""
    # Half characters, which UTF-8 cannot hold, become "\udXXX": in JSON that is the same text.
    with open_text(target, errors="backslashreplace") as stream:
        for record in records:
            stream.write(_encode(record) + "\n")


def read_jsonl(path: Path) -> GraphParts:
    """Read what `write_jsonl` wrote.

    Raises:
        StoreError: The file cannot be read, or is not a graph of this format.
    """
    parts = _Parts()
    try:
        with Path(path).open(encoding="utf-8", newline="\n") as stream:
            for line in stream:
                parts.add(decode(line))
        return checked(parts.whole())
    except OSError as error:
        raise StoreError(f"Cannot read a graph from {path}: {error}") from error
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise StoreError(f"Cannot read a graph from {path}, line {parts.lines}: {error}") from error


_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode


def _records(graph: GraphView) -> Iterator[Record]:
    yield {
        "kind": "graph",
        "format": FORMAT,
        "title": graph.title,
        "provenance": dict(graph.provenance),
    }
    for name in sorted(graph.relations):
        yield {"kind": "relation", **graph.relations[name].model_dump(mode="json")}
    for document in sorted(graph.documents, key=lambda document: document.id):
        about = document.model_dump(mode="json", exclude={"text", "passages"})
        yield {"kind": "document", **about}
    for entity in sorted(graph.entities, key=lambda entity: entity.id):
        yield {"kind": "entity", **entity.model_dump(mode="json")}
    for edge in sorted(graph.edges, key=lambda edge: edge.key):
        yield {"kind": "edge", **edge.model_dump(mode="json", exclude={"claims"})}
        for claim in edge.claims:
            yield {"kind": "claim", **claim.model_dump(mode="json")}
    for comention in sorted(graph.comentions, key=lambda comention: (comention.a, comention.b)):
        record = comention.model_dump(mode="json", exclude={"log_likelihood"})
        ratio = finite(comention.log_likelihood)
        yield {"kind": "co_mention", **record, "log_likelihood": ratio}


class _Parts:
    """A graph that grows line by line."""

    def __init__(self) -> None:
        self.lines = 0
        self.about: Record = {}
        self.relations: dict[str, RelationType] = {}
        self.documents: list[Document] = []
        self.entities: list[Entity] = []
        self.edges: list[tuple[Record, list[Claim]]] = []
        self.comentions: list[CoMention] = []

    def add(self, record: dict[str, Any]) -> None:
        """Take in the next line."""
        self.lines += 1
        kind = record.pop("kind", None)
        if not self.about:
            if kind != "graph" or record.get("format") != FORMAT:
                raise ValueError(f"the file does not begin with a graph of format {FORMAT}")
            self.about = record
        elif kind == "relation":
            self.relations[record["name"]] = RelationType.model_validate(record)
        elif kind == "document":
            self.documents.append(Document.model_validate({**record, "text": ""}))
        elif kind == "entity":
            self.entities.append(Entity.model_validate(record))
        elif kind == "edge":
            self.edges.append((record, []))
        elif kind == "claim":
            self._add_claim(Claim.model_validate(record))
        elif kind == "co_mention":
            self.comentions.append(CoMention.model_validate(record))
        else:
            raise ValueError(f"there are no lines of kind {kind!r}")

    def _add_claim(self, claim: Claim) -> None:
        if not self.edges:
            raise ValueError("a claim follows its edge, and there is none yet")
        edge, claims = self.edges[-1]
        if any(edge[end] != getattr(claim, end) for end in ("subject_id", "relation", "object_id")):
            raise ValueError(f"claim {claim.id} does not follow its edge")
        claims.append(claim)

    def whole(self) -> GraphParts:
        """Return the graph after the last line."""
        if not self.about:
            raise ValueError("the file is empty")
        return GraphParts(
            title=self.about["title"],
            entities=tuple(self.entities),
            edges=tuple(Edge.model_validate({**edge, "claims": c}) for edge, c in self.edges),
            comentions=tuple(self.comentions),
            documents=tuple(self.documents),
            relations=self.relations,
            provenance=self.about["provenance"],
        )
