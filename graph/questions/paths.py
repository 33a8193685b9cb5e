"""Chains of links between two entities."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from heapq import heappop, heappush
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np

from ..analysis.links import Floats, Links
from ..answers.results import GraphPath, Hop
from .index import Index
from .subgraph import states

_NAMED_TOGETHER = 1000.0
"""Cost of a co-mention: any chain of stated relations is shorter than one of these."""

Step = tuple[int, int]


class Walk(NamedTuple):
    """A chain of places in the network, and what it costs."""

    cost: float
    places: tuple[int, ...]


class PathFinder:
    """The shortest paths of one graph, over facts or over all that is stated."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._ids = list(index.entities)
        self._places = {entity_id: place for place, entity_id in enumerate(self._ids)}
        self._networks: dict[bool, _Network] = {}

    def paths(self, start: str, end: str, k: int, facts_only: bool) -> list[GraphPath]:
        """Return up to k simple paths between two ids, cheapest first (Yen, 1971)."""
        network = self._network(facts_only)
        walks = cheapest_walks(network, self._places[start], self._places[end])
        return [self._path(walk, facts_only) for walk in islice(walks, k)]

    def _network(self, facts_only: bool) -> _Network:
        if facts_only not in self._networks:
            stated = self._index.stated_links(facts_only)
            self._networks[facts_only] = _Network(stated, self._index.named_links())
        return self._networks[facts_only]

    def _path(self, walk: Walk, facts_only: bool) -> GraphPath:
        """Return a path with what links each entity to the next."""
        ids = [self._ids[place] for place in walk.places]
        entities = tuple(self._index.entities[entity_id] for entity_id in ids)
        return GraphPath(entities, tuple(self._hop(a, b, facts_only) for a, b in pairwise(ids)))

    def _hop(self, a: str, b: str, facts_only: bool) -> Hop:
        between = self._index.edges_between(a, b)
        stated = [edge for edge in between if states(edge, None, facts_only)]
        stated.sort(key=lambda edge: (-edge.n_evidence, edge.key))
        ends = self._index.entities[a], self._index.entities[b]
        return Hop(*ends, tuple(stated), self._index.comention_of(a, b))


def cheapest_walks(network: _Network, start: int, end: int) -> Iterator[Walk]:
    """Yield simple paths from the cheapest on, by deviating from those found (Yen, 1971)."""
    found: list[Walk] = []
    waiting: list[Walk] = []
    best = _cheapest(network, start, end)
    while best is not None:
        yield best
        found.append(best)
        for cut in range(len(best.places) - 1):
            root = best.places[: cut + 1]
            taken = {w.places[cut : cut + 2] for w in found if w.places[: cut + 1] == root}
            closed = {step for a, b in taken for step in ((a, b), (b, a))}
            spur = _cheapest(network, root[-1], end, frozenset(root[:-1]), closed)
            if spur is not None:
                cost = sum(network.cost(a, b) for a, b in pairwise(root)) + spur.cost
                walk = Walk(cost, (*root[:-1], *spur.places))
                if all(walk.places != other.places for other in waiting):
                    heappush(waiting, walk)
        best = heappop(waiting) if waiting else None


class _Network:
    """Who is next to whom, at what cost: a hop costs one, a little more where few sentences
    support it. Neighbours lie one after the other in two arrays, which takes 12 bytes a link."""

    def __init__(self, stated: Links, together: Links) -> None:
        new = ~np.isin(together.keys, stated.keys)
        low, high = np.append(stated.a, together.a[new]), np.append(stated.b, together.b[new])
        costs = np.append(
            _costs(stated.weights, 1.0), _costs(together.weights[new], _NAMED_TOGETHER)
        )
        sources, targets = np.append(low, high), np.append(high, low).astype(np.int32)
        order = np.lexsort((targets, sources))
        self._targets = targets[order]
        self._costs = np.append(costs, costs)[order]
        self._first = np.searchsorted(sources[order], np.arange(stated.size + 1))

    def neighbors(self, place: int) -> Iterator[tuple[int, float]]:
        """Yield what is next to a place, each with the cost of the hop."""
        near = slice(self._first[place], self._first[place + 1])
        return zip(self._targets[near].tolist(), self._costs[near].tolist(), strict=True)

    def cost(self, a: int, b: int) -> float:
        """Return the cost of one hop."""
        return next(cost for place, cost in self.neighbors(a) if place == b)


def _costs(sentences: Floats, hop: float) -> Floats:
    """Return what hops cost: so little more than others of their kind that support only decides
    between chains of equal length."""
    return hop + 0.1 / (1 + sentences)


def _cheapest(
    network: _Network,
    start: int,
    end: int,
    closed: Collection[int] = frozenset(),
    closed_steps: Collection[Step] = frozenset(),
) -> Walk | None:
    """Search from both ends at once (Pohl, 1971), each by Dijkstra's method (1959)."""
    if start == end:
        return Walk(0.0, (start,))
    sides = (_Side(start), _Side(end))
    best: tuple[float, int] | None = None
    while all(side.heap for side in sides):
        side, other = sorted(sides, key=lambda s: len(s.heap))
        cost, place = heappop(side.heap)
        if cost > side.costs[place]:
            continue
        if best and cost + other.heap[0][0] >= best[0]:
            break
        for near, hop in network.neighbors(place):
            if near in closed or (place, near) in closed_steps:
                continue
            if cost + hop < side.costs.get(near, np.inf):
                side.costs[near] = cost + hop
                side.before[near] = place
                heappush(side.heap, (cost + hop, near))
                if near in other.costs:
                    meeting = cost + hop + other.costs[near], near
                    best = min(best, meeting) if best else meeting
    if best is None:
        return None
    return Walk(best[0], (*reversed(sides[0].back(best[1])), *sides[1].back(best[1])[1:]))


class _Side:
    """What a search has reached from one end."""

    def __init__(self, start: int) -> None:
        self.costs = {start: 0.0}
        self.before: dict[int, int] = {}
        self.heap = [(0.0, start)]

    def back(self, place: int) -> list[int]:
        """Return the places from one that was reached back to the start."""
        places = [place]
        while places[-1] in self.before:
            places.append(self.before[places[-1]])
        return places
