"""GraphML: the graph for networkx, igraph, yEd, Cytoscape and, where GEXF will not do, Gephi.

Specification: http://graphml.graphdrawing.org/specification.html, with its attributes extension;
keys are named as Gephi's importer looks for them.

Kept: every entity, with position, size and colour, and every pair that is linked. Folded: what
`export.flat` says; lists are joined with ``|``,
which becomes ``/`` where it stands in an item. Lost: all evidence but one sentence an edge, and
direction the other way round: every edge is directed, and a co-mention runs from the id that sorts
first, with the column ``undirected`` set. GraphML could mix both kinds of edges, but networkx
refuses to read such a file and graphology takes no notice. The GEXF file has them right. rustworkx
does not read the few texts that are CDATA for Gephi's sake, those with ``& <`` or the like.
`export.read_graphml` says what comes back from a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from ..schema import GraphView
from .files import write_pieces
from .flat import (
    EDGE_COLUMNS,
    NODE_COLUMNS,
    REPEATED,
    Link,
    Node,
    flat_links,
    flat_nodes,
    one_of_several,
)
from .xml import DECLARATION, boolean, clean, columns, content


class _Key(NamedTuple):
    id: str
    name: str
    kind: str
    field: str


def _keys(columns: Mapping[str, str]) -> list[_Key]:
    return [_Key(name, name, kind, name) for name, kind in columns.items()]


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
    write_pieces(_lines(graph, multigraph), target)


def _lines(graph: GraphView, multigraph: bool) -> Iterator[str]:
    yield DECLARATION
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    if title := clean(graph.title):
        yield f"<desc>{content(title)}</desc>\n"
    yield from _declarations("node", _NODE_KEYS)
    yield from _declarations("edge", _EDGE_KEYS)
    yield '<graph edgedefault="directed">\n'
    data = columns(Node, _makers(_NODE_KEYS))
    for node in flat_nodes(graph):
        yield f'<node id="{node.id}">{data(node)}</node>\n'
    data = columns(Link, _makers(_EDGE_KEYS), REPEATED)
    for link in flat_links(graph, fold=not multigraph):
        yield (
            f'<edge id="{link.id}" source="{link.source}" target="{link.target}">'
            f"{data(link)}</edge>\n"
        )
    yield "</graph>\n</graphml>\n"


def _declarations(element: str, keys: Sequence[_Key]) -> Iterator[str]:
    for key in keys:
        type_ = _TYPES.get(key.kind, key.kind)
        yield f'<key id="{key.id}" for="{element}" attr.name="{key.name}" attr.type="{type_}"/>\n'


def _makers(keys: Sequence[_Key]) -> list[tuple[str, str, Callable[[Any], str]]]:
    """For each key, a function from a value to its ``<data>`` element."""
    return [(key.field, key.kind, _maker(key)) for key in keys]


def _maker(key: _Key) -> Callable[[Any], str]:
    tag, write = f'<data key="{key.id}">', _WRITE[key.kind]
    return lambda value: f"{tag}{write(value)}</data>"


def _joined(texts: Iterable[str]) -> str:
    return content("|".join(map(one_of_several, texts)))


_TYPES = {"strings": "string", "share": "double"}
"""Types of columns that GraphML has another word for."""
_WRITE: Mapping[str, Callable[[Any], str]] = {
    "string": content,
    "strings": _joined,
    "int": repr,
    "double": repr,
    "share": repr,
    "boolean": boolean,
}
