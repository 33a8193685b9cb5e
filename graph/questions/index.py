"""Lookups in a graph: what stands at an entity, in one step."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from ...schema import Claim, CoMention, Decision, Document, Edge, Entity, Status
from ..analysis.links import Links
from .select import parts_of

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class BareEdge(NamedTuple):
    """An edge without its claims: all that measures and paths need to know."""

    subject_id: str
    object_id: str
    status: Status
    n_evidence: int


class BarePair(NamedTuple):
    """A co-mention without its examples."""

    a: str
    b: str
    sentences: int


class BareGraph:
    """A graph without its evidence: what measures look at."""

    def __init__(self, entities: Sequence[Entity], index: Index) -> None:
        self.entities = entities
        self._index = index

    @property
    def edges(self) -> Iterator[BareEdge]:
        """All edges."""
        return self._index.bare_edges()

    @property
    def comentions(self) -> Iterator[BarePair]:
        """All co-mentions."""
        return self._index.bare_pairs()


class Index(Protocol):
    """What belongs to each entity and document, from memory or from a file."""

    @property
    def entities(self) -> Mapping[str, Entity]:
        """Entities by id."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """Documents by id."""

    @property
    def claims(self) -> Sequence[Claim]:
        """All claims, by edge."""

    def edges_at(self, entity_id: str) -> Sequence[Edge]:
        """Return the edges an entity is an end of."""

    def edges_between(self, a: str, b: str) -> Sequence[Edge]:
        """Return the edges from either of two entities to the other."""

    def comentions_at(self, entity_id: str) -> Sequence[CoMention]:
        """Return the co-mentions of an entity."""

    def comention_of(self, a: str, b: str) -> CoMention | None:
        """Return the co-mention of two entities, if there is one."""

    def claims_about(self, *entity_ids: str) -> Sequence[Claim]:
        """Return the claims in which all these play any part but that of the speaker."""

    def claims_by(self, speaker_id: str) -> Sequence[Claim]:
        """Return the claims an entity is the speaker of."""

    def decisions_at(self, entity_id: str) -> Sequence[Decision]:
        """Return why names stand for an entity."""

    def bare_edges(self) -> Iterator[BareEdge]:
        """Yield all edges without their claims."""

    def bare_pairs(self) -> Iterator[BarePair]:
        """Yield all co-mentions without their examples."""

    def stated_links(self, facts_only: bool) -> Links:
        """Return who is linked by how many sentences that state it, places in order of ids."""

    def named_links(self) -> Links:
        """Return who is named together in how many sentences."""


class Held(NamedTuple):
    """All that a graph in memory holds."""

    entities: Sequence[Entity]
    edges: Sequence[Edge]
    comentions: Sequence[CoMention]
    documents: Sequence[Document]
    decisions: Sequence[Decision]


class GraphIndex:
    """An index of a graph in memory; every table is made when it is first needed."""

    def __init__(self, graph: Held) -> None:
        self._graph = graph

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """Entities by id."""
        return {entity.id: entity for entity in self._graph.entities}

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Documents by id."""
        return {document.id: document for document in self._graph.documents}

    @cached_property
    def claims(self) -> Sequence[Claim]:
        """All claims, by edge."""
        return tuple(claim for edge in self._graph.edges for claim in edge.claims)

    def edges_at(self, entity_id: str) -> Sequence[Edge]:
        """Return the edges an entity is an end of."""
        return self._edges.get(entity_id, ())

    def edges_between(self, a: str, b: str) -> Sequence[Edge]:
        """Return the edges from either of two entities to the other."""
        return [edge for edge in self.edges_at(a) if other_end(edge, a) == b]

    def comentions_at(self, entity_id: str) -> Sequence[CoMention]:
        """Return the co-mentions of an entity."""
        return self._comentions.get(entity_id, ())

    def comention_of(self, a: str, b: str) -> CoMention | None:
        """Return the co-mention of two entities, if there is one."""
        return next((pair for pair in self.comentions_at(a) if other_end(pair, a) == b), None)

    def claims_about(self, *entity_ids: str) -> Sequence[Claim]:
        """Return the claims in which all these play any part but that of the speaker."""
        first, *others = entity_ids
        wanted = set(others)
        found = self._claims.get(first, ())
        return [claim for claim in found if wanted <= parts_of(claim)] if wanted else found

    def claims_by(self, speaker_id: str) -> Sequence[Claim]:
        """Return the claims an entity is the speaker of."""
        return self._spoken.get(speaker_id, ())

    def decisions_at(self, entity_id: str) -> Sequence[Decision]:
        """Return why names stand for an entity."""
        return self._named.get(entity_id, ())

    def bare_edges(self) -> Iterator[BareEdge]:
        """Yield all edges without their claims."""
        for edge in self._graph.edges:
            yield BareEdge(edge.subject_id, edge.object_id, edge.status, edge.n_evidence)

    def bare_pairs(self) -> Iterator[BarePair]:
        """Yield all co-mentions without their examples."""
        for pair in self._graph.comentions:
            yield BarePair(pair.a, pair.b, pair.sentences)

    def stated_links(self, facts_only: bool) -> Links:
        """Return who is linked by how many sentences that state it, places in order of ids."""
        place = self._places
        return self._links(
            (place[edge.subject_id], place[edge.object_id], edge.n_evidence)
            for edge in self._graph.edges
            if edge.status.is_fact or not facts_only
        )

    def named_links(self) -> Links:
        """Return who is named together in how many sentences."""
        place = self._places
        return self._links((place[p.a], place[p.b], p.sentences) for p in self._graph.comentions)

    def _links(self, rows: Iterable[tuple[int, int, int]]) -> Links:
        return Links.of(len(self.entities), np.array(list(rows), dtype=np.int64).reshape(-1, 3))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {entity_id: place for place, entity_id in enumerate(self.entities)}

    @cached_property
    def _edges(self) -> dict[str, list[Edge]]:
        return _group(self._graph.edges, lambda edge: {edge.subject_id, edge.object_id})

    @cached_property
    def _comentions(self) -> dict[str, list[CoMention]]:
        return _group(self._graph.comentions, lambda pair: {pair.a, pair.b})

    @cached_property
    def _claims(self) -> dict[str, list[Claim]]:
        return _group(self.claims, parts_of)

    @cached_property
    def _spoken(self) -> dict[str, list[Claim]]:
        return _group(self.claims, lambda c: (c.speaker_id,) if c.speaker_id else ())

    @cached_property
    def _named(self) -> dict[str, list[Decision]]:
        return _group(self._graph.decisions, lambda decision: {decision.entity_id})


def other_end(link: Edge | CoMention, entity_id: str) -> str:
    """Return what is at the other end of a link; the same entity for a loop."""
    a, b = (link.a, link.b) if isinstance(link, CoMention) else (link.subject_id, link.object_id)
    return b if a == entity_id else a


def _group(items: Iterable[V], keys: Callable[[V], Iterable[K]]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = {}
    for item in items:
        for key in keys(item):
            groups.setdefault(key, []).append(item)
    return groups
