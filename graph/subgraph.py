"""The part of a graph that a question is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..schema import CO_MENTIONED_WITH, CoMention, Document, Edge, Modality, Polarity


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


def within(
    centre: str, hops: int, edges: Iterable[Edge], comentions: Iterable[CoMention]
) -> set[str]:
    """Return everything at most some hops away from an entity, itself included."""
    near: dict[str, set[str]] = {}
    pairs = [(edge.subject_id, edge.object_id) for edge in edges]
    pairs += [(together.a, together.b) for together in comentions]
    for a, b in pairs:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    reached = frontier = {centre}
    for _ in range(hops):
        frontier = {other for entity_id in frontier for other in near.get(entity_id, ())} - reached
        reached = reached | frontier
    return reached


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
