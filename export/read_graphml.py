"""Reading back the GraphML that `export.graphml` writes.

What comes back: every entity, relation and co-mention, under its own id; names, aliases, counts,
dates, status and belief; and of each edge the sentence it shows, with where it stands, as its one
claim. What the file does not hold does not come back: further claims and sentences, identifiers and
families of entities, the texts of documents, and what relation names mean but for their class. From
a file with one edge a pair, the relations beside the leading one come back without evidence. Places
and ranks are computed anew. `export.json` and `export.jsonl` lose none of this.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from ..errors import StoreError
from ..schema import (
    Claim,
    CoMention,
    Document,
    Edge,
    Entity,
    Evidence,
    RelationType,
    Status,
)
from .json import GraphParts, checked
from .palette import CO_MENTION
from .text import bounded, whole
from .xml import untoken

_MARKED = re.compile(rf"(?P<name>.*?)(?: ?\((?P<status>{'|'.join(Status)})\))?", re.DOTALL)


def read_graphml(path: Path) -> GraphParts:
    """Read what `write_graphml` wrote.

    Raises:
        StoreError: The file cannot be read, or is not a graph of ours.
    """
    reader = _Reader()
    try:
        with Path(path).open("rb") as stream:
            reader.read(stream)
        return checked(reader.parts())
    except (OSError, OverflowError, expat.ExpatError, LookupError, TypeError, ValueError) as error:
        raise StoreError(f"Cannot read a graph from {path}: {error}") from error


class _Reader:
    """A graph that grows element by element."""

    def __init__(self) -> None:
        self._title = ""
        self._fields: dict[str, str] = {}
        self._entities: list[Entity] = []
        self._edges: list[Edge] = []
        self._comentions: dict[tuple[str, str], CoMention] = {}
        self._documents: dict[str, Document] = {}
        self._relations: dict[str, RelationType] = {}
        self._data: dict[str, str] = {}
        self._pieces: list[str] = []

    def read(self, stream: BinaryIO) -> None:
        """Take in a file."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._pieces.append
        parser.EndElementHandler = self._end
        parser.ParseFile(stream)

    def parts(self) -> GraphParts:
        """Return the graph."""
        return GraphParts(
            title=self._title,
            entities=tuple(self._entities),
            edges=tuple(self._edges),
            comentions=tuple(self._comentions.values()),
            documents=tuple(self._documents.values()),
            relations=self._relations,
            provenance={},
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._pieces.clear()
        if tag == "key":
            self._fields[attributes["id"]] = attributes["attr.name"]
        elif tag == "graph" and "actor_type" not in self._fields:
            raise ValueError("it is GraphML of another program")
        elif tag in ("node", "edge"):
            self._data = dict(attributes)
        elif tag == "data":
            self._field = self._fields[attributes["key"]]

    def _end(self, tag: str) -> None:
        if tag == "data":
            self._data[self._field] = "".join(self._pieces)
        elif tag == "desc":
            self._title = "".join(self._pieces)
        elif tag == "node":
            self._entities.append(_entity(self._data))
        elif tag == "edge":
            self._add_link(self._data)
        self._pieces.clear()

    def _add_link(self, data: Mapping[str, str]) -> None:
        self._add_document(data)
        subject, object_ = untoken(data["source"]), untoken(data["target"])
        if "comentions" in data:
            pair = min(subject, object_), max(subject, object_)
            self._comentions[pair] = _comention(*pair, data)
        if data["quad"] == CO_MENTION:
            return
        names = data["id"].split("--")
        readings = [_reading(text) for text in data["relations"].split("|")]
        if len(names) == 3:  # of an edge a relation, even the name is an exact one
            readings = [(untoken(names[1]), status) for _, status in readings]
        lead = next(relation for relation, status in readings if _agree(status, data["status"]))
        # By name: relations that differ only in what XML cannot hold have become one.
        edges = {relation: _bare_edge(subject, relation, object_, s) for relation, s in readings}
        edges[lead] = _edge(subject, lead, object_, data)
        self._edges.extend(edges.values())
        for relation in edges:
            if relation == lead or relation not in self._relations:
                self._relations[relation] = _relation(relation, data)

    def _add_document(self, data: Mapping[str, str]) -> None:
        if "source_title" in data:
            self._documents[data["document_id"]] = Document(
                id=data["document_id"],
                text="",
                title=data["source_title"],
                date=data.get("source_date"),
                url=data.get("source_url"),
            )


def _refuse(*_: object) -> None:
    raise ValueError("it declares a document type, which no file of ours does")


def _entity(data: Mapping[str, str]) -> Entity:
    return Entity(
        id=untoken(data["id"]),
        name=data["label"],
        type=data.get("actor_type", ""),
        subtype=data.get("subtype"),
        country=data.get("country"),
        aliases=tuple(data["aliases"].split("|")) if "aliases" in data else (),
        mentions=whole(data["mentions"]),
        documents=whole(data["documents"]),
        first_seen=data.get("first_seen"),
        last_seen=data.get("last_seen"),
    )


def _edge(subject: str, relation: str, object_: str, data: Mapping[str, str]) -> Edge:
    """The relation that gives an edge of the file its columns."""
    evidence = _evidence(data)
    claim = evidence and Claim(
        id=data["id"],
        subject_id=subject,
        relation=relation,
        object_id=object_,
        polarity=data["polarity"],  # type: ignore[arg-type]  # pydantic makes the enums
        modality=data["modality"],  # type: ignore[arg-type]
        speaker=data.get("speaker"),
        wording=data.get("wording", ""),
        rule="graphml",
        evidence=evidence,
        subject_mention=(evidence.start, evidence.start),
        object_mention=(evidence.start, evidence.start),
    )
    return Edge(
        subject_id=subject,
        relation=relation,
        object_id=object_,
        claims=(claim,) if claim else (),
        status=Status(data["status"]),
        belief=float(data["belief"]),
        n_evidence=bounded(int(float(data["weight"]))),
        n_documents=whole(data["n_documents"]),
        n_sources=whole(data["n_sources"]),
        first_date=data.get("first_date"),
        last_date=data.get("last_date"),
    )


def _bare_edge(subject: str, relation: str, object_: str, status: Status) -> Edge:
    """A relation of which the file only says that it was stated."""
    return Edge(
        subject_id=subject,
        relation=relation,
        object_id=object_,
        claims=(),
        status=status,
        belief=0,
        n_evidence=0,
        n_documents=0,
        n_sources=0,
    )


def _comention(a: str, b: str, data: Mapping[str, str]) -> CoMention:
    alone = data["quad"] == CO_MENTION
    evidence = _evidence(data) if alone else None
    sentences = whole(data["comentions"])
    return CoMention(
        a=a,
        b=b,
        sentences=sentences,
        paragraphs=sentences,
        documents=whole(data["n_documents"]) if alone else min(sentences, 1),
        npmi=float(data["npmi"]),
        log_likelihood=0,
        examples=(evidence,) if evidence else (),
    )


def _evidence(data: Mapping[str, str]) -> Evidence | None:
    if "start" not in data:
        return None
    sentence, start = data.get("sentence", ""), whole(data["start"])
    return Evidence(
        document_id=data.get("document_id", ""),
        start=start,
        end=start + len(sentence),
        exact=sentence,
        date=data.get("source_date"),
    )


def _relation(name: str, data: Mapping[str, str]) -> RelationType:
    symmetric = data["undirected"] == "true"
    return RelationType(name=name, inverse=name, symmetric=symmetric, quad=data["quad"])


def _reading(text: str) -> tuple[str, Status]:
    """A relation and its status, from how the file marks it."""
    match = _MARKED.fullmatch(text)
    if match is None:  # which it never is: the pattern takes any text
        raise ValueError(text)
    return match["name"], Status(match["status"] or Status.AFFIRMED)


def _agree(marked: Status, status: str) -> bool:
    return marked == status or (marked is Status.AFFIRMED and Status(status).is_fact)
