"""The part of a graph that a question is about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple, TypeVar

from ...schema import (
    CO_MENTIONED_WITH,
    CoMention,
    Document,
    Edge,
    Entity,
    GraphView,
    Modality,
    Polarity,
)
from .index import Index, other_end

T = TypeVar("T")


def states(edge: Edge, modality: Modality | None, facts_only: bool) -> bool:
    """Whether an edge counts, given how firmly it must be stated.

    Naming a modality asks for an affirmed claim of just that modality, fact or not: so the planned
    can be asked for. Otherwise `facts_only` decides.
    """
    if modality is None:
        return edge.status.is_fact or not facts_only
    return any(c.modality is modality and c.polarity is Polarity.AFFIRMED for c in edge.claims)


@dataclass(frozen=True)
class LinkFilter:
    """Which links a subgraph keeps."""

    relations: frozenset[str] | None = None
    modality: Modality | None = None
    facts_only: bool = False
    min_belief: float = 0

    def keeps(self, edge: Edge) -> bool:
        """Whether a stated edge is kept."""
        return (
            (self.relations is None or edge.relation in self.relations)
            and edge.belief >= self.min_belief
            and states(edge, self.modality, self.facts_only)
        )

    @property
    def keeps_comentions(self) -> bool:
        """Whether co-mentions are kept: not where the filter asks for what only sources state."""
        if self.relations is not None:
            return CO_MENTIONED_WITH in self.relations
        return self.modality is None and self.min_belief == 0

    @property
    def is_open(self) -> bool:
        """Whether every link is kept."""
        return self == LinkFilter()


class Part(NamedTuple):
    """A part of a graph."""

    entities: list[Entity]
    edges: list[Edge]
    comentions: list[CoMention]


def cut(
    graph: GraphView,
    index: Index,
    links: LinkFilter,
    named: Collection[str] | None,
    centre: str | None,
    hops: int,
    types: Collection[str] | None,
) -> Part:
    """Return the part of a graph that meets all conditions.

    Args:
        graph: The whole graph.
        index: Its index.
        links: Which links are kept.
        named: Ids of the entities that are kept, whatever their type; None for all.
        centre: Id of an entity to stay near.
        hops: How far from it.
        types: Types of the entities that are kept, but for those named.
    """
    keep = set(index.entities) if named is None else set(named)
    chosen = set(named or ())
    if centre is not None:
        keep &= within(centre, hops, links, index)
        chosen.add(centre)
    if types is not None:
        keep &= {e.id for e in graph.entities if e.type in types} | chosen
    edges, comentions = _links_among(keep, graph, links, index)
    if not links.is_open:
        keep &= linked(edges, comentions) | chosen
    return Part([entity for entity in graph.entities if entity.id in keep], edges, comentions)


def within(centre: str, hops: int, links: LinkFilter, index: Index) -> set[str]:
    """Return everything at most some hops away from an entity, itself included."""
    reached = frontier = {centre}
    for _ in range(hops):
        near: set[str] = set()
        for entity_id in frontier:
            edges = filter(links.keeps, index.edges_at(entity_id))
            near.update(other_end(edge, entity_id) for edge in edges)
            if links.keeps_comentions:
                pairs = index.comentions_at(entity_id)
                near.update(other_end(pair, entity_id) for pair in pairs)
        frontier = near - reached
        reached = reached | frontier
    return reached


def _links_among(
    keep: Collection[str], graph: GraphView, links: LinkFilter, index: Index
) -> tuple[list[Edge], list[CoMention]]:
    """Return the links between some entities, sorted; a few entities are asked one by one."""
    edges: Iterable[Edge] = graph.edges
    pairs: Iterable[CoMention] = graph.comentions if links.keeps_comentions else ()
    if len(keep) < len(graph.entities) / 10:
        edges = _once((e for name in keep for e in index.edges_at(name)), attrgetter("key"))
        if links.keeps_comentions:
            found = (p for name in keep for p in index.comentions_at(name))
            pairs = _once(found, lambda pair: (pair.a, pair.b))
    kept = [
        edge
        for edge in edges
        if edge.subject_id in keep and edge.object_id in keep and links.keeps(edge)
    ]
    return kept, [pair for pair in pairs if pair.a in keep and pair.b in keep]


def _once(items: Iterable[T], key: Callable[[T], tuple[str, ...]]) -> list[T]:
    """Return items sorted by a key, each once."""
    found = {key(item): item for item in items}
    return [found[each] for each in sorted(found)]


def cited_documents(
    documents: Iterable[Document], edges: Iterable[Edge], comentions: Iterable[CoMention]
) -> tuple[Document, ...]:
    """Return the documents that some link quotes."""
    cited = {claim.evidence.document_id for edge in edges for claim in edge.claims}
    cited |= {example.document_id for together in comentions for example in together.examples}
    return tuple(document for document in documents if document.id in cited)


def linked(edges: Iterable[Edge], comentions: Iterable[CoMention]) -> set[str]:
    """Return the ids at the ends of links."""
    ends = {end for edge in edges for end in (edge.subject_id, edge.object_id)}
    return ends | {end for together in comentions for end in (together.a, together.b)}
