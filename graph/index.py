"""Lookups in a graph: what stands at an entity, in one step."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from typing import TypeVar

from ..schema import Claim, CoMention, Decision, Document, Edge, Entity, GraphView
from .select import parts_of

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class GraphIndex:
    """What belongs to each entity and document; every table is made when it is first needed."""

    def __init__(self, graph: GraphView, decisions: Sequence[Decision]) -> None:
        self._graph = graph
        self._decisions = decisions

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Entities by id."""
        return {entity.id: entity for entity in self._graph.entities}

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Documents by id."""
        return {document.id: document for document in self._graph.documents}

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, by edge."""
        return tuple(claim for edge in self._graph.edges for claim in edge.claims)

    def edges_at(self, entity_id: str) -> Sequence[Edge]:
        """Return the edges an entity is an end of."""
        return self._edges.get(entity_id, ())

    def comentions_at(self, entity_id: str) -> Sequence[CoMention]:
        """Return the co-mentions of an entity."""
        return self._comentions.get(entity_id, ())

    def claims_at(self, entity_id: str) -> Sequence[Claim]:
        """Return the claims an entity plays any part in but that of the speaker."""
        return self._claims.get(entity_id, ())

    def decisions_at(self, entity_id: str) -> Sequence[Decision]:
        """Return why names stand for an entity."""
        return self._named.get(entity_id, ())

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
    def _named(self) -> dict[str, list[Decision]]:
        return _group(self._decisions, lambda decision: {decision.entity_id})


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
