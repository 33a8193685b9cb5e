"""What Gephi makes of a GraphML or GEXF file: its import rules, as far as they were observed.

The rules model what Gephi's importers keep, drop and change: which names they know, which values
they refuse, and which edges they merge. `problems` lists all that Gephi would warn of, and what
it would alter without a word.

What an export owes to Gephi, and the tests that hold it to that:

====================================================  ============================================
valid against the schemas of GraphML and GEXF         test_schema_rules: a thousand graphs
characters that XML allows, in UTF-8                  test_schema_rules; test_flat: text is cleaned
ids of nodes and edges unique and without space       `Imported.add_node`, `Imported.add_edge`;
                                                      test_flat: two ids never share a token
keys under the ids that are known, no other attribute `_declare`, `import_gexf`;
under a name that is reserved                         test_graphml: Gephi knows these keys
one type a column, and a value of it                  `Imported.set_attribute`
weights finite and above 0                            `Imported.add_edge`
colours as ``#rrggbb``                                `Imported.set_property`
space between two entities                            `_graphml_elements`; test_graphml: Gephi loses
                                                      no space
GEXF of mixed direction: type and kind on every edge, `import_gexf`; test_gexf: a mixed graph has no
no default type; size first; dates                    default direction, the value of a size first
GraphML of one edge a pair and direction: as many     `Imported.merge_parallel_edges`; test_graphml:
after the merge as were written                       Gephi sees every graph
read back whole by networkx and graphology            test_graphml, test_gexf, test_graphology
no warning                                            `Imported.problems`, empty for every graph of
                                                      test_graphml, test_gexf, test_schema_rules
====================================================  ============================================

That each rule can be broken is in test_gephi_rules.
"""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

_NODE_PROPERTIES = {
    "label": "label",
    "nodelabel": "label",
    "d3": "label",
    "x": "x",
    "xpos": "x",
    "y": "y",
    "ypos": "y",
    "z": "z",
    "zpos": "z",
    "size": "size",
    "color": "color",
    "r": "r",
    "g": "g",
    "b": "b",
}
_EDGE_PROPERTIES = {
    "label": "label",
    "edgelabel": "label",
    "d7": "label",
    "weight": "weight",
    "Edge Weight": "weight",
    "id": "id",
    "edgeid": "id",
    "color": "color",
    "r": "r",
    "g": "g",
    "b": "b",
}
_RESERVED = {"id", "source", "target", "type", "timeset", "interval"}
_PARSERS = {
    "boolean": {"true": True, "false": False}.__getitem__,
    "int": int,
    "integer": int,
    "long": int,
    "float": float,
    "double": float,
    "string": str,
    "liststring": lambda text: tuple(_list_items(text)),
}
_GEXF = "{http://gexf.net/1.3}"
_VIZ = "{http://gexf.net/1.3/viz}"


@dataclass
class ImportedNode:
    label: str = ""
    x: float = 0.0
    y: float = 0.0
    z: float = 0.0
    size: float = 0.0
    color: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    lifetime: tuple[str, str] | None = None


@dataclass
class ImportedEdge:
    source: str
    target: str
    directed: bool
    kind: str | None = None
    label: str = ""
    weight: float = 1.0
    color: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    lifetime: tuple[str, str] | None = None


@dataclass
class Imported:
    """The graph in Gephi's workspace; edges are by id, after parallel ones were merged."""

    nodes: dict[str, ImportedNode] = field(default_factory=dict)
    edges: dict[str, ImportedEdge] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add_node(self, id_: str, node: ImportedNode) -> None:
        if not id_ or id_ != id_.strip():
            self.problems.append(f"node id {id_!r} is empty or padded")
        if id_ in self.nodes:
            self.problems.append(f"node {id_!r} is there twice: the second is dropped")
        else:
            self.nodes[id_] = node

    def add_edge(self, id_: str, edge: ImportedEdge) -> None:
        if not id_ or id_ != id_.strip():
            self.problems.append(f"edge id {id_!r} is empty or padded")
        if id_ in self.edges:
            self.problems.append(f"edge {id_!r} is there twice: the second is dropped")
            return
        if math.isnan(edge.weight) or edge.weight == 0:
            self.problems.append(f"edge {id_!r} weighs {edge.weight}: it is deleted")
            return
        if edge.weight < 0 or math.isinf(edge.weight):
            self.problems.append(f"edge {id_!r} weighs {edge.weight}")
        for end in (edge.source, edge.target):
            if end not in self.nodes:
                self.problems.append(f"node {end!r} is unknown: it is made up")
                self.nodes[end] = ImportedNode(label=end)
        self.edges[id_] = edge

    def merge_parallel_edges(self) -> None:
        """Keep one edge of each kind for a pair; a directed and an undirected one collide."""
        kept: dict[tuple[str | None, str, str], ImportedEdge] = {}
        undirected = {
            (edge.kind, *sorted((edge.source, edge.target)))
            for edge in self.edges.values()
            if not edge.directed
        }
        for id_, edge in list(self.edges.items()):
            loose = (edge.kind, *sorted((edge.source, edge.target)))
            key = loose if loose in undirected else (edge.kind, edge.source, edge.target)
            if key in kept:
                kept[key].weight += edge.weight
                kept[key].attributes.update(edge.attributes)
                del self.edges[id_]
            else:
                kept[key] = edge

    def set_property(self, element: ImportedNode | ImportedEdge, name: str, value: str) -> None:
        if name == "label":
            element.label = value
        elif name == "color":
            element.color = value
            if not re.fullmatch("#[0-9a-fA-F]{6}", value):
                self.problems.append(f"color {value!r} is misread")
        else:
            try:
                setattr(element, name, float(value.replace(",", ".")))
            except ValueError:
                self.problems.append(f"{name} {value!r} is no number")

    def set_attribute(
        self, element: ImportedNode | ImportedEdge, name: str, type_: str, value: str
    ) -> None:
        try:
            element.attributes[name] = _PARSERS[type_](value)
        except (KeyError, ValueError):
            self.problems.append(f"{name} {value!r} is no {type_}")


def import_graphml(content: bytes) -> Imported:
    """Read GraphML as Gephi does, which is blind to white space between two entities."""
    result = Imported()
    known: dict[str, tuple[str, str, str | None]] = {}
    columns: set[tuple[str, str]] = set()
    default_directed = True

    for tag, attributes, data in _graphml_elements(content):
        if tag == "key":
            _declare(result, attributes, known, columns)
        elif tag == "graph":
            default_directed = attributes.get("edgedefault") != "undirected"
        elif tag == "node":
            node = ImportedNode(label=attributes["id"])
            _fill(result, node, data, known)
            result.add_node(attributes["id"], node)
        elif tag == "edge":
            directed = attributes.get("directed", "true" if default_directed else "false")
            if directed not in ("true", "false"):
                result.problems.append(f"directed={directed!r} is unknown")
            edge = ImportedEdge(attributes["source"], attributes["target"], directed == "true")
            _fill(result, edge, data, known)
            result.add_edge(attributes.get("id") or f"edge {len(result.edges)}", edge)
    result.merge_parallel_edges()
    return result


def _declare(
    result: Imported,
    key: dict[str, str],
    known: dict[str, tuple[str, str, str | None]],
    columns: set[tuple[str, str]],
) -> None:
    id_, for_, type_ = key["id"], key.get("for", "all"), key.get("attr.type", "")
    name = key.get("attr.name") or id_
    properties = {"node": _NODE_PROPERTIES, "edge": _EDGE_PROPERTIES}.get(for_)
    if properties is None:
        result.problems.append(f"key {id_!r} is for {for_!r}: it is lost")
        return
    found = properties.get(id_) or properties.get(name)
    if found == "id" or (found is None and name.lower() in _RESERVED):
        result.problems.append(f"key {id_!r} has the reserved name {name!r}")
    if found is None:
        if type_ not in _PARSERS or type_ == "liststring":
            result.problems.append(f"key {id_!r} has the unknown type {type_!r}")
            return
        if (for_, id_.lower()) in columns:
            result.problems.append(f"key {id_!r} is there twice, but for case")
        columns.add((for_, id_.lower()))
    known[id_] = (name, type_, found)


def _fill(
    result: Imported,
    element: ImportedNode | ImportedEdge,
    data: list[tuple[str, str]],
    known: dict[str, tuple[str, str, str | None]],
) -> None:
    for key, value in data:
        if key not in known:
            result.problems.append(f"data of the unknown key {key!r}")
        elif value:
            name, type_, found = known[key]
            if found:
                result.set_property(element, found, value)
            else:
                result.set_attribute(element, name, type_, value)


def _graphml_elements(content: bytes) -> list[tuple[str, dict[str, str], list[tuple[str, str]]]]:
    """Keys, graphs, nodes and edges with their data, in the order of the file."""
    elements: list[tuple[str, dict[str, str], list[tuple[str, str]]]] = []
    pieces: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        pieces.clear()
        if tag == "data":
            elements[-1][2].append((attributes["key"], ""))
        else:
            elements.append((tag, attributes, []))

    def text(piece: str) -> None:
        if piece.strip(" \t\r\n"):  # one piece up to each entity: blank ones never arrive
            pieces.append(piece)

    def end(tag: str) -> None:
        if tag == "data":
            key, _ = elements[-1][2].pop()
            elements[-1][2].append((key, "".join(pieces)))
        pieces.clear()

    parser = expat.ParserCreate()
    parser.buffer_text = False
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.Parse(content, True)
    return elements


def import_gexf(content: bytes) -> Imported:
    """Read GEXF 1.3 as Gephi does."""
    result = Imported()
    graph = ElementTree.parse(io.BytesIO(content)).getroot().find(f"{_GEXF}graph")
    assert graph is not None
    default = graph.get("defaultedgetype")
    time_format = graph.get("timeformat", "double")
    models = {
        attributes.get("class"): {
            attribute.get("id"): (attribute.get("title"), attribute.get("type"))
            for attribute in attributes.iter(f"{_GEXF}attribute")
        }
        for attributes in graph.iter(f"{_GEXF}attributes")
    }
    for model in models.values():
        for title, type_ in model.values():
            if type_ not in _PARSERS or type_ == "int":
                result.problems.append(f"attribute {title!r} has the unknown type {type_!r}")
            if title in _RESERVED | {"label", "weight"}:
                result.problems.append(f"attribute {title!r} has a reserved name")

    for xml in graph.iter(f"{_GEXF}node"):
        node = ImportedNode(label=xml.get("label", ""))
        _fill_gexf(result, node, xml, models["node"], time_format)
        result.add_node(xml.get("id", ""), node)
        if xml.get("pid") is not None:
            result.problems.append(f"node {xml.get('id')!r} has a parent")
    for xml in graph.iter(f"{_GEXF}edge"):
        direction = xml.get("type") or default or "undirected"
        if default is not None and direction != default:
            result.problems.append(f"edge {xml.get('id')!r} is not {default}: it is dropped")
            continue
        edge = ImportedEdge(
            xml.get("source", ""),
            xml.get("target", ""),
            direction == "directed",
            kind=xml.get("kind"),
            label=xml.get("label", ""),
        )
        result.set_property(edge, "weight", xml.get("weight", "1"))
        _fill_gexf(result, edge, xml, models["edge"], time_format)
        result.add_edge(xml.get("id", ""), edge)
    result.merge_parallel_edges()
    return result


def _fill_gexf(
    result: Imported,
    element: ImportedNode | ImportedEdge,
    xml: ElementTree.Element,
    model: dict[str | None, tuple[str | None, str | None]],
    time_format: str,
) -> None:
    for value in xml.iter(f"{_GEXF}attvalue"):
        name, type_ = model.get(value.get("for"), (None, None))
        if name is None or type_ is None:
            result.problems.append(f"value of the unknown attribute {value.get('for')!r}")
        elif value.get("value"):
            result.set_attribute(element, name, type_, value.get("value", ""))
    if (color := xml.find(f"{_VIZ}color")) is not None:
        channels = [int(color.get(channel, "0")) for channel in "rgb"]
        element.color = "#" + bytes(channels).hex()
    if (size := xml.find(f"{_VIZ}size")) is not None:
        if next(iter(size.attrib)) != "value":
            result.problems.append("the first attribute of viz:size is not its value")
        result.set_property(element, "size", size.get("value", ""))
    if (position := xml.find(f"{_VIZ}position")) is not None:
        for axis in "xyz":
            result.set_property(element, axis, position.get(axis, "0"))
    if xml.get("timestamp") or xml.get("timestamps"):
        result.problems.append("timestamps among intervals")
    start, end = xml.get("start"), xml.get("end")
    if start and end:
        element.lifetime = (start, end)
        if time_format != "date" or date.fromisoformat(start) > date.fromisoformat(end):
            result.problems.append(f"no time: {start} to {end}")


def _list_items(text: str) -> list[str]:
    """The strings of ``["one", "and \\"two\\""]``."""
    if not (text.startswith("[") and text.endswith("]")):
        raise ValueError(text)
    items = re.findall(r'"((?:[^"\\]|\\.)*)"(?:, |$)', text[1:-1], flags=re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", item, flags=re.DOTALL) for item in items]
