"""GEXF files are valid, and Gephi finds in them what was put in, direction and time included."""

import importlib.util
import io
import re
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings

from actorgraph.export.flat import EDGE_COLUMNS, NODE_COLUMNS, flat_links, flat_nodes
from actorgraph.export.gexf import interval, write_gexf


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases, gephi = load("export_cases"), load("gephi_rules")
SMALL = cases.SMALL
XMLNS = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"


def gexf(graph, **options):
    target = io.BytesIO()
    write_gexf(graph, target, **options)
    return target.getvalue()


def columns(row, names):
    """The attributes that a reader should find for a row."""
    values = {name: getattr(row, name) for name in names}
    return {name: value for name, value in values.items() if value not in (None, "", ())}


def tags(element):
    return [child.tag.replace(XMLNS, "").replace(VIZ, "viz:") for child in element]


def check_structure(content):
    """Hold the file to the schema of GEXF 1.3: elements, attributes, their order and references."""
    root = ElementTree.fromstring(content)
    assert root.tag == f"{XMLNS}gexf"
    assert root.attrib == {"version": "1.3"}
    assert tags(root) == ["meta", "graph"]
    assert set(tags(root[0])) <= {"creator", "description"}
    assert root[0].attrib == {}, "no date: the same graph gives the same bytes"

    graph = root[1]
    fixed = {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
    assert fixed.items() <= graph.attrib.items()
    assert set(graph.attrib) - set(fixed) <= {"defaultedgetype"}
    assert tags(graph) == ["attributes", "attributes", "nodes", "edges"]
    models = {}
    for attributes in graph.iterfind(f"{XMLNS}attributes"):
        assert set(attributes.attrib) == {"class"}
        assert all(set(a.attrib) == {"id", "title", "type"} for a in attributes)
        models[attributes.get("class")] = {a.get("id") for a in attributes}
    assert set(models) == {"node", "edge"}

    nodes = graph.find(f"{XMLNS}nodes")
    ids = [node.get("id") for node in nodes]
    assert len(ids) == len(set(ids))
    for node in nodes:
        assert set(node.attrib) - {"start", "end"} == {"id", "label"}
        assert tags(node) == ["attvalues", "viz:size", "viz:position", "viz:color"]
    edges = graph.find(f"{XMLNS}edges")
    assert len(edges) == len({edge.get("id") for edge in edges})
    for edge in edges:
        assert set(edge.attrib) - {"start", "end"} == {
            *("id", "source", "target", "type", "kind", "label", "weight")
        }
        assert tags(edge) == ["attvalues", "viz:color"]
        assert {edge.get("source"), edge.get("target")} <= set(ids)
        assert edge.get("type") in {"directed", "undirected"}
    for kind, elements in (("node", nodes), ("edge", edges)):
        for element in elements:
            assert not any(re.search(r"^ |  | $", value) for value in element.attrib.values())
            owned = [value.get("for") for value in element.find(f"{XMLNS}attvalues")]
            assert len(owned) == len(set(owned))
            assert set(owned) <= models[kind]


def test_the_file_follows_the_schema():
    check_structure(gexf(SMALL))


def assert_gephi_sees(graph):
    seen = gephi.import_gexf(gexf(graph))
    assert seen.problems == []

    nodes, links = flat_nodes(graph), list(flat_links(graph, fold=False))
    assert {
        id_: (n.label, n.x, n.y, n.size, n.color, n.attributes) for id_, n in seen.nodes.items()
    } == {n.id: (n.label, n.x, n.y, n.size, n.color, columns(n, NODE_COLUMNS)) for n in nodes}
    assert {
        id_: (e.source, e.target, e.directed, e.kind, e.label, e.weight, e.color, e.attributes)
        for id_, e in seen.edges.items()
    } == {
        e.id: (
            *(e.source, e.target, not e.undirected, e.kind, e.label, e.weight, e.color),
            columns(e, EDGE_COLUMNS),
        )
        for e in links
    }
    for edge in seen.edges.values():
        for end in (seen.nodes[edge.source], seen.nodes[edge.target]):
            assert outlasts(end.lifetime, edge.lifetime), "or the timeline would hide the edge"


def outlasts(whole, part):
    return part is None or whole is None or (whole[0] <= part[0] and part[1] <= whole[1])


def test_gephi_sees_the_small_graph():
    assert_gephi_sees(SMALL)


@settings(max_examples=50, deadline=None)
@given(cases.graphs())
def test_gephi_sees_every_graph_without_a_warning(graph):
    check_structure(gexf(graph))
    assert_gephi_sees(graph)


def test_relations_and_the_co_mention_of_one_pair_stay_apart():
    seen = gephi.import_gexf(gexf(SMALL))

    pair = [edge for edge in seen.edges.values() if edge.target == "country:tr"]
    assert sorted((edge.kind, edge.directed, edge.weight) for edge in pair) == [
        ("co_mentioned_with", False, 5),
        ("supplies", True, 2),
        ("threatens", True, 1),
    ]


def test_aliases_arrive_as_a_list():
    seen = gephi.import_gexf(gexf(SMALL))

    turkey = seen.nodes["country:tr"]
    assert turkey.attributes["aliases"] == ("Turkey", 'the "bridge", they say', "Турция")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2019-07-12", "2019-07-12", ("2019-07-12", "2019-07-12")),
        ("2017-12", "2019", ("2017-12-01", "2019-12-31")),
        ("2021", "2021", ("2021-01-01", "2021-12-31")),
        ("2020-02", "", ("2020-02-01", "2020-02-29")),
        ("", "2021-02", ("2021-02-01", "2021-02-28")),
        ("2021-02", "2021", ("2021-02-01", "2021-12-31")),
        ("", "", None),
        ("2021-02-29", "2021", None),
        ("2021-13", "2021", None),
        ("about 2021", "2021", None),
        ("2021", "2020", None),
        ("0000", "2020", None),
    ],
)
def test_dates_of_any_precision_span_whole_days(first, last, expected):
    assert interval(first, last) == expected


ALLIES = cases.edge(cases.claim("country:ru", "allied_with", "country:tr", "They are allies."))


@pytest.mark.parametrize(
    ("graph", "default"),
    [
        (SMALL, None),
        (replace(SMALL, comentions=()), "directed"),
        (replace(SMALL, edges=()), "undirected"),
        (replace(SMALL, edges=(ALLIES,)), "undirected"),
        (replace(SMALL, edges=(ALLIES, *SMALL.edges), comentions=()), None),
        (replace(SMALL, edges=(), comentions=()), None),
    ],
)
def test_a_mixed_graph_has_no_default_direction(graph, default):
    root = ElementTree.fromstring(gexf(graph))

    assert root[1].get("defaultedgetype") == default
    seen = gephi.import_gexf(gexf(graph))
    assert len(seen.edges) == len(graph.edges) + len(graph.comentions)


def test_a_symmetric_relation_has_no_direction():
    seen = gephi.import_gexf(gexf(replace(SMALL, edges=(ALLIES, *SMALL.edges))))

    directed = {edge.kind: edge.directed for edge in seen.edges.values()}
    assert directed == {
        "acquires": True,
        "allied_with": False,
        "co_mentioned_with": False,
        "supplies": True,
        "threatens": True,
    }


def lifetimes(graph):
    seen = gephi.import_gexf(gexf(graph))
    edges = {(e.source, e.kind, e.target): e.lifetime for e in seen.edges.values()}
    return {id_: node.lifetime for id_, node in seen.nodes.items()}, edges


def test_a_node_lasts_as_long_as_it_is_named_and_as_its_edges():
    nodes, edges = lifetimes(SMALL)

    assert nodes == {
        "country:ru": ("2017-12-01", "2019-07-12"),
        "country:tr": ("2017-12-01", "2019-12-31"),
        "organization:e-f": None,
        "system:s-400": ("2019-01-01", "2019-12-31"),
    }
    assert edges["country:ru", "supplies", "country:tr"] == ("2017-12-01", "2019-07-12")
    assert edges["country:tr", "acquires", "system:s-400"] == ("2019-01-01", "2019-12-31")
    assert edges["country:ru", "threatens", "country:tr"] is None


def test_a_co_mention_lasts_while_both_nodes_do():
    _, edges = lifetimes(SMALL)

    assert edges["country:ru", "co_mentioned_with", "country:tr"] == ("2017-12-01", "2019-07-12")
    assert edges["country:tr", "co_mentioned_with", "organization:e-f"] is None


def test_networkx_reads_every_stated_relation():
    read = nx.read_gexf(io.BytesIO(gexf(replace(SMALL, comentions=()))))

    assert set(read) == {entity.id for entity in SMALL.entities}
    assert sorted(read.edges(data="label")) == [
        ("country:ru", "country:tr", "supplies"),
        ("country:ru", "country:tr", "threatens (denied)"),
        ("country:tr", "system:s-400", "acquires"),
    ]


def test_networkx_reads_every_edge():
    read = nx.read_gexf(io.BytesIO(gexf(SMALL, directed=True)))

    assert len(read) == len(SMALL.entities)
    assert len(read.edges) == len(SMALL.edges) + len(SMALL.comentions)


def test_networkx_reads_no_graph_of_mixed_direction():
    with pytest.raises(nx.NetworkXError, match="irected"):
        nx.read_gexf(io.BytesIO(gexf(SMALL)))


@settings(max_examples=50, deadline=None)
@given(cases.graphs())
def test_the_same_graph_gives_the_same_bytes(graph):
    assert gexf(graph) == gexf(graph.reversed())


def test_the_value_of_a_size_comes_first():
    sizes = re.findall(rb"<viz:size (\w+)", gexf(SMALL))

    assert sizes == [b"value"] * len(SMALL.entities)
