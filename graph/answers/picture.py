"""A small picture of a graph, for a notebook."""

from __future__ import annotations

from html import escape

from ...schema import Entity, GraphView
from ..analytics import pair_weights

_LABELLED = 12
"""The most central entities carry their names."""
_COLOURS = (
    *("#4e79a7", "#e1812c", "#3a923a", "#c03d3e", "#9372b2"),
    *("#845b53", "#d684bd", "#5f9ea0", "#a9a23d", "#7f7f7f"),
)


def svg(graph: GraphView) -> str:
    """Return the graph as an SVG element: colour is community, size is centrality."""
    places, ranks, clusters = graph.layout(), graph.centrality(), graph.clusters()
    top = max(ranks.values(), default=1)
    central = sorted(graph.entities, key=lambda e: (-ranks[e.id], e.id))[:_LABELLED]
    lines = [
        f'<line x1="{places[a][0]}" y1="{places[a][1]}" x2="{places[b][0]}" y2="{places[b][1]}"/>'
        for a, b in pair_weights(graph.edges, graph.comentions)
    ]
    dots = [
        _dot(entity, *places[entity.id], (ranks[entity.id] / top) ** 0.5, clusters[entity.id])
        for entity in graph.entities
    ]
    names = [_name(entity, *places[entity.id]) for entity in central]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-640 -560 1280 1120" width="540">'
        f'<g stroke="#999" stroke-opacity="0.5" stroke-width="2">{"".join(lines)}</g>'
        f"{''.join(dots)}"
        '<g font-family="sans-serif" font-size="26" text-anchor="middle" fill="currentColor">'
        f"{''.join(names)}</g></svg>"
    )


def _dot(entity: Entity, x: float, y: float, size: float, cluster: int) -> str:
    colour = _COLOURS[cluster % len(_COLOURS)]
    return (
        f'<circle cx="{x}" cy="{y}" r="{6 + 20 * size:.1f}" fill="{colour}">'
        f"<title>{escape(entity.name)}</title></circle>"
    )


def _name(entity: Entity, x: float, y: float) -> str:
    return f'<text x="{x}" y="{y - 30:.1f}">{escape(entity.name)}</text>'
