"""The parts of a graph that people export, each under a name, the same for every format.

``view_of(kg, "actors").write("actors.gexf")`` writes one. Views are graphs, so that they can be
narrowed by `KnowledgeGraph.subgraph`, asked, and written like any other.
"""

from __future__ import annotations

from enum import StrEnum

from ..errors import QueryError
from ..schema import CoMention, EntityType
from .model import KnowledgeGraph
from .questions.subgraph import cited_documents, linked

CORE_TYPES = frozenset(
    (EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.PERSON, EntityType.SYSTEM)
)
"""The types of the actors and systems that a graph is about."""

STRONG_SENTENCES = 2
"""A strong co-mention shares at least so many sentences, and more than chance would have it."""


class View(StrEnum):
    """Which part of a graph is shown."""

    ALL = "all"
    """Everything."""

    STATED = "stated"
    """What sources state, denials and plans included, and the entities at its ends."""

    ACTORS = "actors"
    """Countries, organizations, people and systems that are linked, by what sources state of them
    and by strong co-mention."""


def view_of(graph: KnowledgeGraph, view: str) -> KnowledgeGraph:
    """Return the part of a graph that a view shows, as a graph.

    Args:
        graph: The graph.
        view: ``all``, ``stated`` or ``actors``.

    Raises:
        QueryError: There is no view of that name.
    """
    if view not in list(View):
        raise QueryError(f"There is no view {view!r}. Views: {', '.join(View)}.")
    if view == View.ALL:
        return graph
    if view == View.STATED:
        return _part(graph, {entity.id for entity in graph}, comentions=False)
    return _part(graph, {e.id for e in graph if e.type in CORE_TYPES}, comentions=True)


def is_strong(comention: CoMention) -> bool:
    """Whether two names meet often enough to be taken for a link between actors.

    >>> is_strong(CoMention(a="a", b="b", sentences=1, paragraphs=1, documents=1, npmi=0.9,
    ...                     log_likelihood=12.0))
    False
    """
    return comention.sentences >= STRONG_SENTENCES and comention.npmi > 0


def _part(graph: KnowledgeGraph, among: set[str], *, comentions: bool) -> KnowledgeGraph:
    """The links among some entities, with those entities that have any."""
    edges = [e for e in graph.edges if e.subject_id in among and e.object_id in among]
    together = [
        c for c in graph.comentions if comentions and is_strong(c) and c.a in among and c.b in among
    ]
    ends = linked(edges, together)
    return KnowledgeGraph(
        title=graph.title,
        entities=[entity for entity in graph if entity.id in ends],
        edges=edges,
        comentions=together,
        documents=cited_documents(graph.documents, edges, together),
        relations=graph.relations,
        provenance=graph.provenance,
        decisions=[decision for decision in graph.decisions if decision.entity_id in ends],
        stale=graph.stale,
    )
