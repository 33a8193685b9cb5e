"""One row a node, one row an edge: what a graph loses, once for all formats with flat attributes.

GraphML, GEXF and CSV know no records within records. Here it is settled what becomes of claims
and evidence: an edge keeps the number of its sentences and one of them, and `export.json` keeps
them all. Text is on one line and free of what XML cannot hold; ids are XML name tokens.

Two presets. *One edge a relation* keeps every stated relation and every co-mention apart. *One
edge a pair* folds them, for programs that would merge parallel edges themselves and then sum
their weights and overwrite their attributes:

* All relations stated from A to B are one edge. The leading relation (the firmest status, then the
  most evidence) gives its colour, status, belief and sentence; ``relations`` lists all, and marks
  those that are not fact: ``operates|targets (denied)``.
* A co-mention of A and B adds its counts to the stated edges of the pair, in both directions, and
  is an edge of its own only where nothing is stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import sqrt
from typing import NamedTuple

from ..schema import (
    CO_MENTIONED_WITH,
    Claim,
    CoMention,
    Document,
    Edge,
    GraphView,
    Modality,
    Polarity,
    Status,
)
from .palette import CO_MENTION, edge_colour, node_colour
from .xml import clean, token

_SMALLEST, _LARGEST = 6.0, 40.0
"""Sizes of nodes, in the units of the layout."""


class Node(NamedTuple):
    """An entity without structure; what is not known is empty or None."""

    id: str
    label: str
    x: float
    y: float
    size: float
    color: str
    actor_type: str
    subtype: str
    country: str
    aliases: tuple[str, ...]
    mentions: int
    documents: int
    first_seen: str
    last_seen: str
    pagerank: float
    community: int


class Link(NamedTuple):
    """An edge without structure; what is not known is empty or None."""

    id: str
    source: str
    target: str
    undirected: bool
    kind: str
    """The relation, or the leading one of several."""
    label: str
    weight: int
    """Number of distinct sentences, never 0."""
    color: str
    relations: str
    quad: str
    status: str
    belief: float | None
    modality: str
    n_documents: int
    first_date: str
    last_date: str
    sentence: str
    """One sentence that says so."""
    source_title: str
    """Where that sentence stands."""
    source_date: str
    source_url: str
    comentions: int | None
    npmi: float | None


NODE_COLUMNS: Mapping[str, str] = {
    "actor_type": "string",
    "subtype": "string",
    "country": "string",
    "aliases": "strings",
    "mentions": "int",
    "documents": "int",
    "first_seen": "string",
    "last_seen": "string",
    "pagerank": "double",
    "community": "int",
}
"""Fields of `Node` that no format has a place of its own for, with their types."""

EDGE_COLUMNS: Mapping[str, str] = {
    "relations": "string",
    "quad": "string",
    "status": "string",
    "belief": "double",
    "modality": "string",
    "n_documents": "int",
    "first_date": "string",
    "last_date": "string",
    "sentence": "string",
    "source_title": "string",
    "source_date": "string",
    "source_url": "string",
    "comentions": "int",
    "npmi": "double",
    "undirected": "boolean",
}
"""Fields of `Link` that no format has a place of its own for, with their types."""


def flat_nodes(graph: GraphView) -> list[Node]:
    """Return a row for every entity, sorted by id."""
    layout, centrality, clusters = graph.layout(), graph.centrality(), graph.clusters()
    greatest = max(centrality.values(), default=0.0) or 1.0
    return [
        Node(
            id=token(entity.id),
            label=clean(entity.name) or token(entity.id),
            x=round(float(layout[entity.id][0]), 2),
            y=round(float(layout[entity.id][1]), 2),
            size=_size(centrality[entity.id] / greatest),
            color=node_colour(entity.type),
            actor_type=clean(entity.type),
            subtype=clean(entity.subtype or ""),
            country=clean(entity.country or ""),
            aliases=tuple(filter(None, map(clean, entity.aliases))),
            mentions=entity.mentions,
            documents=entity.documents,
            first_seen=clean(entity.first_seen or ""),
            last_seen=clean(entity.last_seen or ""),
            pagerank=round(float(centrality[entity.id]), 9),
            community=int(clusters[entity.id]),
        )
        for entity in sorted(graph.entities, key=lambda entity: entity.id)
    ]


def flat_links(graph: GraphView, *, fold: bool) -> Iterator[Link]:
    """Yield a row for every edge: the stated ones sorted by key, then the co-mentions by pair.

    Args:
        graph: The graph.
        fold: One edge for each pair and direction, rather than one for each relation.
    """
    documents = {document.id: document for document in graph.documents}
    quads = {name: relation.quad for name, relation in graph.relations.items()}
    met = {(c.a, c.b): c for c in sorted(graph.comentions, key=lambda c: (c.a, c.b))}
    stated = sorted(graph.edges, key=lambda edge: (edge.subject_id, edge.object_id, edge.relation))

    if not fold:
        for edge in stated:
            yield _stated([edge], None, quads, documents, parallel=True)
        for comention in met.values():
            yield _met(comention, documents, parallel=True)
        return

    joined = set()
    for (a, b), edges in groupby(stated, key=lambda edge: (edge.subject_id, edge.object_id)):
        pair = (a, b) if a < b else (b, a)
        joined.add(pair)
        yield _stated(list(edges), met.get(pair), quads, documents, parallel=False)
    for pair, comention in met.items():
        if pair not in joined:
            yield _met(comention, documents, parallel=False)


def _size(share: float) -> float:
    """Size of a node whose area grows with its share of the greatest centrality."""
    return round(_SMALLEST + (_LARGEST - _SMALLEST) * sqrt(max(share, 0.0)), 2)


def _stated(
    edges: Sequence[Edge],
    comention: CoMention | None,
    quads: Mapping[str, str],
    documents: Mapping[str, Document],
    *,
    parallel: bool,
) -> Link:
    """One row for the relations stated from one entity to another."""
    lead = min(edges, key=_firmness)
    claims = [claim for edge in edges for claim in edge.claims]
    example = min(lead.claims, key=_plainness, default=None)
    document = documents.get(example.evidence.document_id) if example else None
    quad = quads.get(lead.relation, "structural")
    return Link(
        id=_link_id(lead.subject_id, lead.relation if parallel else None, lead.object_id),
        source=token(lead.subject_id),
        target=token(lead.object_id),
        undirected=False,
        kind=clean(lead.relation),
        label=", ".join(_reading(edge).replace("_", " ") for edge in edges),
        weight=_distinct_sentences(edges, claims),
        color=edge_colour(quad),
        relations="|".join(_reading(edge) for edge in edges),
        quad=quad,
        status=lead.status.value,
        belief=round(lead.belief, 4),
        modality=example.modality.value if example else "",
        n_documents=len({claim.evidence.document_id for claim in claims}),
        first_date=clean(min((edge.first_date for edge in edges if edge.first_date), default="")),
        last_date=clean(max((edge.last_date for edge in edges if edge.last_date), default="")),
        sentence=clean(example.evidence.exact) if example else "",
        **_citation(document),
        comentions=comention.sentences if comention else None,
        npmi=round(comention.npmi, 4) if comention else None,
    )


def _met(comention: CoMention, documents: Mapping[str, Document], *, parallel: bool) -> Link:
    """One row for a pair of names that only met."""
    example = comention.examples[0] if comention.examples else None
    document = documents.get(example.document_id) if example else None
    return Link(
        id=_link_id(comention.a, CO_MENTIONED_WITH if parallel else None, comention.b),
        source=token(comention.a),
        target=token(comention.b),
        undirected=True,
        kind=CO_MENTIONED_WITH,
        label="co-mentioned",
        weight=max(1, comention.sentences),
        color=edge_colour(CO_MENTION),
        relations=CO_MENTIONED_WITH,
        quad=CO_MENTION,
        status="",
        belief=None,
        modality="",
        n_documents=comention.documents,
        first_date="",
        last_date="",
        sentence=clean(example.exact) if example else "",
        **_citation(document),
        comentions=comention.sentences,
        npmi=round(comention.npmi, 4),
    )


def _link_id(source: str, relation: str | None, target: str) -> str:
    """An id that no other edge of the file has, and that the next export gives again."""
    parts = (source, target) if relation is None else (source, relation, target)
    return "--".join(map(token, parts))


def _citation(document: Document | None) -> dict[str, str]:
    return {
        "source_title": clean(document.label) if document else "",
        "source_date": clean(document.date or "") if document else "",
        "source_url": clean(document.url or "") if document else "",
    }


def _reading(edge: Edge) -> str:
    """The relation, marked where it is not to be taken for a fact."""
    relation = clean(edge.relation)
    return relation if edge.status.is_fact else f"{relation} ({edge.status})"


def _distinct_sentences(edges: Sequence[Edge], claims: Sequence[Claim]) -> int:
    """Number of sentences behind several relations, where one sentence may state two of them.

    Both terms are too high in their own way: the sum counts such a sentence twice, and the
    wordings count near copies of one text as several.
    """
    wordings = len({claim.evidence.exact for claim in claims})
    return max(1, min(sum(edge.n_evidence for edge in edges), wordings))


_STATUSES = {status: rank for rank, status in enumerate(Status)}
_MODALITIES = {modality: rank for rank, modality in enumerate(Modality)}


def _firmness(edge: Edge) -> tuple[int, int, str]:
    return _STATUSES[edge.status], -edge.n_evidence, edge.relation


def _plainness(claim: Claim) -> tuple[bool, int, float, str, int, str]:
    """Sorts the claim first that a reader should see first."""
    return (
        claim.polarity is Polarity.NEGATED,
        _MODALITIES[claim.modality],
        -claim.confidence,
        claim.evidence.document_id,
        claim.evidence.start,
        claim.id,
    )
