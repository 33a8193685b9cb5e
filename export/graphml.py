"""GraphML: the graph for networkx, igraph, yEd, Cytoscape and, where GEXF will not do, Gephi.

Specification: http://graphml.graphdrawing.org/specification.html, with its attributes extension;
keys are named as Gephi's importer looks for them.

Kept: every entity, with position, size and colour, and every pair that is linked. Folded: what
`export.flat` says; lists are joined with ``|``. Lost: all evidence but one sentence an edge, and
direction the other way round: every edge is directed, and a co-mention runs from the id that sorts
first, with the column ``undirected`` set. GraphML could mix both kinds of edges, but networkx
refuses to read such a file and graphology takes no notice. The GEXF file has them right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from ..schema import GraphView
from .files import open_text
from .flat import EDGE_COLUMNS, NODE_COLUMNS, Link, Node, flat_links, flat_nodes
from .xml import DECLARATION, clean, content, quoted


class _Key(NamedTuple):
    id: str
    name: str
    type: str
    field: str


def _keys(columns: Mapping[str, str]) -> list[_Key]:
    return [
        _Key(name, name, "string" if kind == "strings" else kind, name)
        for name, kind in columns.items()
    ]


_NODE_KEYS = [
    _Key("label", "label", "string", "label"),
    _Key("x", "x", "double", "x"),
    _Key("y", "y", "double", "y"),
    _Key("size", "size", "double", "size"),
    _Key("color", "color", "string", "color"),
    *_keys(NODE_COLUMNS),
]
_EDGE_KEYS = [
    _Key("weight", "weight", "double", "weight"),
    _Key("edgelabel", "label", "string", "label"),
    _Key("edgecolor", "color", "string", "color"),  # an id is unique in the file, a name is not
    *_keys(EDGE_COLUMNS),
]


def write_graphml(graph: GraphView, target: Path | BinaryIO, *, multigraph: bool = False) -> None:
    """Write the graph as GraphML; the same graph always gives the same bytes.

    Args:
        graph: The graph.
        target: A path, or a binary file that stays open.
        multigraph: Write one edge for each relation, and co-mentions apart, instead of one
            edge for each pair and direction. Gephi merges such edges when it opens the file.

    Raises:
        ExportError: The path cannot be written.
    """
    with open_text(target) as stream:
        stream.writelines(_lines(graph, multigraph))


def _lines(graph: GraphView, multigraph: bool) -> Iterator[str]:
    yield DECLARATION
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    if title := clean(graph.title):
        yield f"<desc>{content(title)}</desc>\n"
    yield from _declarations("node", _NODE_KEYS)
    yield from _declarations("edge", _EDGE_KEYS)
    yield '<graph edgedefault="directed">\n'
    data = _data(_NODE_KEYS)
    for node in flat_nodes(graph):
        yield f"<node id={quoted(node.id)}>{data(node)}</node>\n"
    data = _data(_EDGE_KEYS)
    for link in flat_links(graph, fold=not multigraph):
        ends = f"id={quoted(link.id)} source={quoted(link.source)} target={quoted(link.target)}"
        yield f"<edge {ends}>{data(link)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _declarations(element: str, keys: Sequence[_Key]) -> Iterator[str]:
    for key in keys:
        yield (
            f'<key id="{key.id}" for="{element}" attr.name="{key.name}" attr.type="{key.type}"/>\n'
        )


def _data(keys: Sequence[_Key]) -> Callable[[Node | Link], str]:
    """Return a function from a row to its ``<data>`` elements, without those that say nothing."""
    values = attrgetter(*(key.field for key in keys))
    tags = [f'<data key="{key.id}">' for key in keys]

    def data(row: Node | Link) -> str:
        return "".join(
            f"{tag}{_scalar(value)}</data>"
            for tag, value in zip(tags, values(row), strict=True)
            if value is not None and value != "" and value != ()
        )

    return data


def _scalar(value: Any) -> str:
    match value:
        case str():
            return content(value)
        case bool():
            return "true" if value else "false"
        case tuple():
            return content("|".join(value))
        case _:
            return repr(value)
