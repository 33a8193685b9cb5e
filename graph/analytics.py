"""Who is central, and who belongs together.

Every measure looks at one and the same undirected graph: a pair of entities is linked by the
sentences that state a fact about both and by the sentences that merely name both. A sentence that
states a fact therefore counts twice. Planned, feared and denied relations are no links.

Results do not depend on the order of the input, on threads or on the hash seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx
import rustworkx as rx

from ..schema import CoMention, Edge
from .analysis.coarsening import coarsen

Pair = tuple[str, str]
"""Two entity ids, the smaller first."""

_LOOSE = 0.1
"""Weight of a pair that shares a paragraph or document, but no sentence."""
_DIGITS = 10
"""Decimals kept, well above the tolerance of the iterations, so that bytes are stable."""
_SEED = 20240
_LARGE = 2000
"""Entities from which communities are sought in a smaller graph first."""
_JOINING_ROUNDS = 3


def pair_weights(edges: Iterable[Edge], comentions: Iterable[CoMention]) -> dict[Pair, float]:
    """Merge stated facts and co-mentions into one weight per pair, sorted by pair."""
    weights: dict[Pair, float] = {}
    for together in comentions:
        weights[together.a, together.b] = together.sentences or _LOOSE
    for edge in edges:
        if edge.status.is_fact and edge.subject_id != edge.object_id:
            pair = ordered(edge.subject_id, edge.object_id)
            weights[pair] = weights.get(pair, 0) + edge.n_evidence
    return dict(sorted(weights.items()))


def ordered(a: str, b: str) -> Pair:
    """Return two ids as an undirected pair.

    >>> ordered("system:s-400", "country:ru")
    ('country:ru', 'system:s-400')
    """
    return (a, b) if a <= b else (b, a)


def betweenness(ids: Sequence[str], weights: Mapping[Pair, float]) -> dict[str, float]:
    """Return the share of shortest paths that pass through every entity (Freeman, 1977)."""
    ids = sorted(ids)
    graph: rx.PyGraph[str, float] = rx.PyGraph()
    graph.add_nodes_from(ids)
    graph.add_edges_from(_numbered(ids, weights))
    # One thread: the order of additions, and so the last digit, must not depend on scheduling.
    scores = rx.betweenness_centrality(graph, parallel_threshold=len(ids) + 1)
    return {entity_id: round(scores[node], _DIGITS) for node, entity_id in enumerate(ids)}


def degree(ids: Sequence[str], weights: Mapping[Pair, float]) -> dict[str, float]:
    """Return the number of entities that every entity is linked to."""
    counts = dict.fromkeys(sorted(ids), 0.0)
    for a, b in weights:
        counts[a] += 1
        counts[b] += 1
    return counts


def communities(ids: Sequence[str], weights: Mapping[Pair, float]) -> dict[str, int]:
    """Return the community number of every entity; 0 is the largest.

    The method is Louvain's (Blondel et al., 2008) on nodes numbered in the order of their ids, with
    a fixed seed. In a large graph, nodes that are each other's best partner are joined beforehand.
    Communities of one size are numbered by their first member.
    """
    ids = sorted(ids)
    links = _numbered(ids, weights)
    body = list(range(len(ids)))
    for _ in range(_JOINING_ROUNDS if len(ids) > _LARGE else 0):
        joined, links = coarsen(max(body) + 1, links)
        body = [joined[one] for one in body]
    graph = nx.Graph()
    graph.add_nodes_from(body)
    graph.add_weighted_edges_from(links)
    found = nx.community.louvain_communities(graph, seed=_SEED)
    community = {one: index for index, group in enumerate(found) for one in group}
    groups: dict[int, list[int]] = {}
    for node, one in enumerate(body):
        groups.setdefault(community[one], []).append(node)
    ordered_groups = sorted(groups.values(), key=lambda group: (-len(group), group[0]))
    number = {node: index for index, group in enumerate(ordered_groups) for node in group}
    return {entity_id: number[node] for node, entity_id in enumerate(ids)}


def _numbered(ids: Sequence[str], weights: Mapping[Pair, float]) -> list[tuple[int, int, float]]:
    """Return the links with entities replaced by their place among the sorted ids."""
    place = {entity_id: index for index, entity_id in enumerate(ids)}
    return [(place[a], place[b], float(weight)) for (a, b), weight in sorted(weights.items())]
