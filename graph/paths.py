"""Chains of links between two entities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

import networkx as nx

from ..schema import CoMention, Edge, GraphView
from .analytics import ordered
from .index import GraphIndex, other_end
from .results import GraphPath, Hop
from .subgraph import states

_NAMED_TOGETHER = 1000.0
"""Cost of a co-mention: any chain of stated relations is shorter than one of these."""


class PathFinder:
    """The shortest paths of one graph, over facts or over all that is stated."""

    def __init__(self, graph: GraphView, index: GraphIndex) -> None:
        self._graph = graph
        self._index = index
        self._networks: dict[bool, nx.Graph] = {}

    def paths(self, start: str, end: str, k: int, facts_only: bool) -> list[GraphPath]:
        """Return up to k simple paths between two ids, cheapest first (Yen, 1971)."""
        network = self._network(facts_only)
        if start not in network or end not in network:
            return []
        found = nx.shortest_simple_paths(network, start, end, weight="cost")
        try:
            return [self._walk(ids, facts_only) for ids in islice(found, k)]
        except nx.NetworkXNoPath:
            return []

    def _network(self, facts_only: bool) -> nx.Graph:
        if facts_only not in self._networks:
            edges = (edge for edge in self._graph.edges if states(edge, None, facts_only))
            self._networks[facts_only] = _network(edges, self._graph.comentions)
        return self._networks[facts_only]

    def _walk(self, ids: Sequence[str], facts_only: bool) -> GraphPath:
        """Return a path with what links each entity to the next."""
        entities = tuple(self._index.entities[entity_id] for entity_id in ids)
        return GraphPath(entities, tuple(self._hop(a, b, facts_only) for a, b in pairwise(ids)))

    def _hop(self, a: str, b: str, facts_only: bool) -> Hop:
        between = (edge for edge in self._index.edges_at(a) if other_end(edge, a) == b)
        stated = [edge for edge in between if states(edge, None, facts_only)]
        stated.sort(key=lambda edge: (-edge.n_evidence, edge.key))
        together = (pair for pair in self._index.comentions_at(a) if other_end(pair, a) == b)
        ends = self._index.entities[a], self._index.entities[b]
        return Hop(*ends, tuple(stated), next(together, None))


def _network(edges: Iterable[Edge], comentions: Iterable[CoMention]) -> nx.Graph:
    """Return the graph to walk: a hop costs one, a little more where few sentences support it."""
    network = nx.Graph()
    for together in comentions:
        cost = _NAMED_TOGETHER + _doubt(together.sentences)
        network.add_edge(together.a, together.b, cost=cost)
    support: dict[tuple[str, str], int] = {}
    for edge in edges:
        pair = ordered(edge.subject_id, edge.object_id)
        support[pair] = support.get(pair, 0) + edge.n_evidence
    for (a, b), sentences in support.items():
        network.add_edge(a, b, cost=1 + _doubt(sentences))
    return network


def _doubt(sentences: int) -> float:
    """Return what a hop costs on top: so little that it only decides between equal lengths."""
    return 0.1 / (1 + sentences)
