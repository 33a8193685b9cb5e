"""What an entity is linked to."""

from __future__ import annotations

from collections.abc import Collection

from ...schema import CO_MENTIONED_WITH, CoMention, Edge, Entity, Modality
from ..answers.results import Neighbor
from ..answers.vocabulary import Vocabulary
from .index import Index, other_end
from .subgraph import states


def find_neighbors(
    index: Index,
    words: Vocabulary,
    centre: Entity,
    relation: str | None,
    outward: Collection[bool],
    modality: Modality | None,
    facts_only: bool,
) -> list[Neighbor]:
    """Return the neighbours of an entity, best supported first.

    Args:
        index: Lookups in the graph.
        words: Which relations are symmetric.
        centre: The entity in the middle.
        relation: The one relation to follow; None for all that are stated.
        outward: Directions to follow: True from subject to object, False back.
        modality: How firmly it must be stated.
        facts_only: Whether to leave out what is only planned or denied.
    """
    edges: dict[str, list[Edge]] = {}
    for edge in index.edges_at(centre.id):
        if (
            relation in (None, edge.relation)
            and (words.is_symmetric(edge.relation) or (edge.subject_id == centre.id) in outward)
            and states(edge, modality, facts_only)
        ):
            edges.setdefault(other_end(edge, centre.id), []).append(edge)
    together: dict[str, CoMention] = {}
    if relation == CO_MENTIONED_WITH:
        together = {other_end(pair, centre.id): pair for pair in index.comentions_at(centre.id)}
    found = [
        Neighbor(index.entities[near], tuple(edges.get(near, ())), together.get(near))
        for near in edges.keys() | together.keys()
    ]
    return sorted(found, key=lambda neighbor: (-neighbor.n_evidence, neighbor.id))
