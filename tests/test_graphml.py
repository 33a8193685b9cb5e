"""GraphML files are valid, and Gephi and networkx find in them what was put in."""

import importlib.util
import io
import re
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
import rustworkx as rx
from hypothesis import given, settings

from actorgraph.errors import ExportError
from actorgraph.export.flat import EDGE_COLUMNS, NODE_COLUMNS, flat_links, flat_nodes
from actorgraph.export.graphml import write_graphml


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases, gephi = load("export_cases"), load("gephi_rules")
SMALL = cases.SMALL
XMLNS = "{http://graphml.graphdrawing.org/xmlns}"


def graphml(graph, **options):
    target = io.BytesIO()
    write_graphml(graph, target, **options)
    return target.getvalue()


def columns(row, names):
    """The attributes that a reader should find for a row."""
    values = {name: getattr(row, name) for name in names}
    if "aliases" in values:
        values["aliases"] = "|".join(alias.replace("|", "/") for alias in values["aliases"])
    return {name: value for name, value in values.items() if value is not None and value != ""}


def check_structure(content):
    """Hold the file to the schema of GraphML: elements, attributes, their order and references."""
    root = ElementTree.fromstring(content)
    assert root.tag == f"{XMLNS}graphml"
    tags = "".join(child.tag.removeprefix(XMLNS)[0] for child in root)
    assert re.fullmatch("d?k+g", tags), "an optional desc, then keys, then one graph"

    owners = {}
    for key in root.iter(f"{XMLNS}key"):
        assert set(key.attrib) == {"id", "for", "attr.name", "attr.type"}
        assert key.get("attr.type") in {"boolean", "int", "double", "string"}
        assert key.get("for") in {"node", "edge"}
        assert key.get("id") not in owners
        owners[key.get("id")] = key.get("for")

    graph = root.find(f"{XMLNS}graph")
    assert graph.attrib == {"edgedefault": "directed"}
    assert re.fullmatch("n*e*", "".join(child.tag.removeprefix(XMLNS)[0] for child in graph))
    nodes = [node.get("id") for node in graph.iter(f"{XMLNS}node")]
    edges = [edge.get("id") for edge in graph.iter(f"{XMLNS}edge")]
    assert len(nodes) == len(set(nodes))
    assert len(edges) == len(set(edges))
    for element in graph:
        kind = element.tag.removeprefix(XMLNS)
        named = {"node": {"id"}, "edge": {"id", "source", "target"}}[kind]
        assert set(element.attrib) == named
        assert all(re.fullmatch("[-.:_0-9A-Za-z]+", value) for value in element.attrib.values())
        assert {element.get("source", nodes[0]), element.get("target", nodes[0])} <= set(nodes)
        keys = [data.get("key") for data in element]
        assert len(keys) == len(set(keys))
        assert all(owners[key] == kind for key in keys)


@pytest.mark.parametrize("multigraph", [False, True])
def test_the_file_follows_the_schema(multigraph):
    check_structure(graphml(SMALL, multigraph=multigraph))


def test_gephi_knows_these_keys_by_their_ids():
    keys = re.findall(rb'<key id="(\w+)" for="(\w+)" attr.name="(\w+)"', graphml(SMALL))

    assert (b"label", b"node", b"label") in keys
    assert {(b"x", b"node", b"x"), (b"y", b"node", b"y"), (b"size", b"node", b"size")} <= set(keys)
    assert (b"color", b"node", b"color") in keys
    assert (b"weight", b"edge", b"weight") in keys
    assert (b"edgelabel", b"edge", b"label") in keys


def test_what_is_not_known_is_left_out():
    assert not re.search(rb'key="\w+"></data>', graphml(SMALL))


def assert_gephi_sees(graph):
    seen = gephi.import_graphml(graphml(graph))
    assert seen.problems == []

    nodes, links = flat_nodes(graph), list(flat_links(graph, fold=True))
    assert {
        id_: (node.label, node.x, node.y, node.size, node.color, node.attributes)
        for id_, node in seen.nodes.items()
    } == {n.id: (n.label, n.x, n.y, n.size, n.color, columns(n, NODE_COLUMNS)) for n in nodes}
    assert {
        id_: (edge.source, edge.target, edge.label, edge.weight, edge.color, edge.attributes)
        for id_, edge in seen.edges.items()
    } == {
        e.id: (e.source, e.target, e.label, e.weight, e.color, columns(e, EDGE_COLUMNS))
        for e in links
    }


def test_gephi_sees_the_small_graph():
    assert_gephi_sees(SMALL)


@settings(max_examples=50, deadline=None)
@given(cases.graphs())
def test_gephi_sees_every_graph_without_a_warning(graph):
    check_structure(graphml(graph))
    assert_gephi_sees(graph)


def test_gephi_loses_no_space_between_two_entities():
    seen = gephi.import_graphml(graphml(SMALL))

    assert seen.nodes["organization:e-f"].label == '"E" & <F>'


def test_an_undirected_pair_is_an_edge_that_says_so():
    seen = gephi.import_graphml(graphml(SMALL))

    edge = seen.edges["country:tr--organization:e-f"]
    assert edge.attributes["undirected"] is True
    assert not seen.edges["country:ru--country:tr"].attributes["undirected"]


def test_networkx_reads_every_node_and_edge():
    read = nx.read_graphml(io.BytesIO(graphml(SMALL)))

    assert set(read) == {entity.id for entity in SMALL.entities}
    assert set(read.edges) == {
        ("country:ru", "country:tr"),
        ("country:tr", "system:s-400"),
        ("country:tr", "organization:e-f"),
    }
    assert read.nodes["organization:e-f"]["label"] == '"E" & <F>'
    assert read.nodes["country:tr"]["aliases"] == 'Turkey|the "bridge", they say|Турция'
    assert read.edges["country:ru", "country:tr"]["relations"] == "supplies|threatens (denied)"
    assert read.edges["country:ru", "country:tr"]["weight"] == 3.0


def test_networkx_reads_every_relation_of_a_multigraph():
    read = nx.read_graphml(io.BytesIO(graphml(SMALL, multigraph=True)))

    assert sorted(read.edges(data="relations")) == [
        ("country:ru", "country:tr", "co_mentioned_with"),
        ("country:ru", "country:tr", "supplies"),
        ("country:ru", "country:tr", "threatens (denied)"),
        ("country:tr", "organization:e-f", "co_mentioned_with"),
        ("country:tr", "system:s-400", "acquires"),
    ]


@pytest.mark.parametrize("multigraph", [False, True])
def test_a_graph_of_the_package_is_written_either_way(small_graph, multigraph):
    read = nx.read_graphml(io.BytesIO(graphml(small_graph, multigraph=multigraph)))

    stated = [(edge.subject_id, edge.object_id) for edge in small_graph.edges]
    met = [(pair.a, pair.b) for pair in small_graph.comentions]
    apart = {*met} - {*stated} - {(b, a) for a, b in stated}
    assert len(apart) < len(met), "some met that are also in a relation"
    assert len(read.edges) == (len(stated + met) if multigraph else len(set(stated)) + len(apart))


@pytest.mark.parametrize("multigraph", [False, True])
def test_rustworkx_reads_every_node_and_edge(tmp_path, multigraph):
    path = tmp_path / "graph.graphml"
    renamed = SMALL.entities[2].model_copy(update={"name": 'the "A&B" <F>'})
    graph = replace(SMALL, entities=(*SMALL.entities[:2], renamed, SMALL.entities[3]))
    write_graphml(graph, path, multigraph=multigraph)

    (read,) = rx.read_graphml(str(path))

    nodes, links = list(flat_nodes(graph)), list(flat_links(graph, fold=not multigraph))
    assert [(n["id"], n["label"], n["x"], n["y"], n["size"], n["color"]) for n in read.nodes()] == [
        (n.id, n.label, n.x, n.y, n.size, n.color) for n in nodes
    ]
    assert [
        (read[a]["id"], read[b]["id"], e["label"], e["weight"], e["color"])
        for a, b, e in read.weighted_edge_list()
    ] == [(e.source, e.target, e.label, e.weight, e.color) for e in links]


@settings(max_examples=50, deadline=None)
@given(cases.graphs())
def test_networkx_reads_any_graph(graph):
    read = nx.read_graphml(io.BytesIO(graphml(graph)))

    labels = {node.id: node.label for node in flat_nodes(graph)}
    weights = {(e.source, e.target): e.weight for e in flat_links(graph, fold=True)}
    assert dict(read.nodes(data="label")) == labels
    assert {(u, v): weight for u, v, weight in read.edges(data="weight")} == weights


@settings(max_examples=50, deadline=None)
@given(cases.graphs())
def test_the_same_graph_gives_the_same_bytes(graph):
    assert graphml(graph) == graphml(graph.reversed())


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "new folder" / "graph.graphml"
    write_graphml(SMALL, target)
    before = target.read_bytes()
    assert before == graphml(SMALL)

    broken = replace(SMALL, edges=(*SMALL.edges, None))
    with pytest.raises(AttributeError):
        write_graphml(broken, target)

    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == ["graph.graphml"]


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(ExportError, match=r"graph\.graphml"):
        write_graphml(SMALL, tmp_path / "file" / "graph.graphml")
