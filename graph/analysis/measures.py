"""What is computed about a graph as a whole: made when first asked for, then kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ...errors import QueryError
from ...schema import GraphView
from .. import analytics

_NETWORK_MEASURES = {
    "degree": analytics.degree,
    "betweenness": analytics.betweenness,
}
_COUNTS = ("mentions", "documents")


class Measures:
    """Centrality, communities and layout of one graph."""

    def __init__(self, graph: GraphView) -> None:
        self._graph = graph
        self._known: dict[str, Mapping[str, float]] = {}

    def of(self, by: str) -> Mapping[str, float]:
        """Return a measure of importance for every entity, by id; PageRank is `links.pagerank`.

        Raises:
            QueryError: If there is no such measure.
        """
        if by not in self._known:
            self._known[by] = self._compute(by)
        return self._known[by]

    @cached_property
    def clusters(self) -> Mapping[str, int]:
        """Community number of every entity, by id; 0 is the largest."""
        return analytics.communities(self._ids, self._weights)

    @cached_property
    def layout(self) -> Mapping[str, tuple[float, float]]:
        """Position of every entity, by id."""
        from .layout import layout

        return layout(self._ids, self._weights, self.clusters)

    def _compute(self, by: str) -> Mapping[str, float]:
        if by in _NETWORK_MEASURES:
            return _NETWORK_MEASURES[by](self._ids, self._weights)
        if by in _COUNTS:
            return {entity.id: getattr(entity, by) for entity in self._graph.entities}
        known = ", ".join(("pagerank", *_NETWORK_MEASURES, *_COUNTS))
        raise QueryError(f"Cannot rank by {by!r}. Use {known}.")

    @cached_property
    def _ids(self) -> list[str]:
        return [entity.id for entity in self._graph.entities]

    @cached_property
    def _weights(self) -> dict[analytics.Pair, float]:
        return analytics.pair_weights(self._graph.edges, self._graph.comentions)
