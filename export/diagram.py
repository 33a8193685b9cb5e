"""What a layout program is given to draw: few enough nodes and links for a reader to follow."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from ..errors import ExportError
from ..schema import GraphView
from .flat import Link, Node, flat_links, flat_nodes


class Diagram(NamedTuple):
    """Every node, and an edge for each pair and direction."""

    nodes: list[Node]
    links: list[Link]


def diagram(graph: GraphView, program: str, most: int) -> Diagram:
    """Return what to draw of a small graph.

    Args:
        graph: The graph.
        program: Who is to draw it, for the message.
        most: How many nodes, and how many links, it draws at most.

    Raises:
        ExportError: The graph is larger.
    """
    nodes = list(flat_nodes(graph))
    links = list(islice(flat_links(graph, fold=True), most + 1))
    if len(nodes) > most or len(links) > most:
        raise too_large(program, f"{most:,} nodes and {most:,} links")
    return Diagram(nodes, links)


def too_large(program: str, limit: str) -> ExportError:
    """The error for a graph that no one could read in a diagram."""
    return ExportError(
        f"The graph is too large for {program}, which draws at most {limit}. "
        "Write a part of it: kg.subgraph(around='NATO', hops=1), or use SVG, GraphML or GEXF."
    )
