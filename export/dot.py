r"""DOT: a small graph for Graphviz.

Specification: https://graphviz.org/doc/info/lang.html.

Kept: names, types as colours, the relations of each pair and direction, the number of sentences as
the width of a line, one sentence as its tooltip, and our positions, which ``neato -n`` takes. Solid
lines are facts, dashed ones are only planned or denied, dotted ones co-mentions.
Lost: everything else.

    dot -Tsvg graph.dot -o graph.svg
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log2
from pathlib import Path
from typing import BinaryIO

from ..schema import CO_MENTIONED_WITH, GraphView
from .diagram import diagram
from .files import open_text
from .flat import Link, Node
from .xml import clean

_MOST = 500
"""With twice as many links ``dot`` takes minutes."""


def write_dot(graph: GraphView, target: Path | BinaryIO) -> None:
    """Write a small graph as DOT; the same graph always gives the same bytes.

    Args:
        graph: The graph.
        target: A path, or a binary file that stays open.

    Raises:
        ExportError: The graph has more than 500 nodes or links, or the path cannot be written.
    """
    nodes, links = diagram(graph, "Graphviz", _MOST)
    with open_text(target) as stream:
        stream.writelines(_lines(clean(graph.title), nodes, links))


def _lines(title: str, nodes: list[Node], links: list[Link]) -> Iterator[str]:
    yield f"digraph {_quoted(title)} {{\n"
    yield 'graph [charset="UTF-8", overlap="false", rankdir="LR"];\n'
    yield 'node [shape="box", style="rounded,filled", fontname="sans-serif"];\n'
    yield 'edge [fontname="sans-serif", fontsize="10"];\n'
    for node in nodes:
        yield (
            f"{_quoted(node.id)} [label={_quoted(node.label)}, color={_quoted(node.color)},"
            f' fillcolor={_quoted(node.color + "33")}, pos="{node.x},{node.y}"];\n'
        )
    for link in links:
        yield (
            f"{_quoted(link.source)} -> {_quoted(link.target)} [{_style(link)},"
            f" color={_quoted(link.color)}, penwidth={_quoted(f'{log2(link.weight + 1):.2f}')},"
            f" tooltip={_quoted(link.sentence)}];\n"
        )
    yield "}\n"


def _style(link: Link) -> str:
    if link.kind == CO_MENTIONED_WITH:
        return 'style="dotted", dir="none"'
    style = "solid" if link.is_fact else "dashed"
    head = "none" if link.undirected else "forward"
    return f'label={_quoted(link.label)}, style="{style}", dir="{head}"'


def _quoted(text: str) -> str:
    """Text on one line as Graphviz shows it: it knows backslashes and HTML entities."""
    return '"' + text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') + '"'
