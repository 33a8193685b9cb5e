"""Files hold to the rules of their formats, whatever is in the graph. Needs lxml."""

import importlib.util
import io
import sys
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

from actorgraph.export.flat import flat_links, flat_nodes
from actorgraph.export.gexf import write_gexf
from actorgraph.export.graphml import write_graphml

etree = pytest.importorskip("lxml.etree")


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases, gephi = load("export_cases"), load("gephi_rules")
SCHEMAS = Path(__file__).with_name("schemas")
GRAPHML = etree.XMLSchema(etree.parse(SCHEMAS / "graphml.xsd"))
GEXF = etree.RelaxNG(etree.parse(SCHEMAS / "gexf.rng"))


def written(write, graph, **options):
    target = io.BytesIO()
    write(graph, target, **options)
    return target.getvalue()


def faults(schema, content):
    schema.validate(etree.fromstring(content))
    return [error.message for error in schema.error_log]


@pytest.mark.parametrize("number", [250, pytest.param(1000, marks=pytest.mark.slow)])
def test_hundreds_of_graphs_are_valid_and_whole(number):
    limits = settings(max_examples=number, deadline=None, suppress_health_check=list(HealthCheck))
    limits(given(cases.graphs())(assert_valid_and_whole))()


def assert_valid_and_whole(graph):
    pairs, relations = written(write_graphml, graph), written(write_graphml, graph, multigraph=True)
    gexf = written(write_gexf, graph)
    nodes = {node.id: node.label for node in flat_nodes(graph)}
    folded = {(e.source, e.target): e.weight for e in flat_links(graph, fold=True)}
    apart = {e.id: e.weight for e in flat_links(graph, fold=False)}
    assert len(nodes) == len(graph.entities)
    assert len(apart) == len(graph.edges) + len(graph.comentions)

    assert faults(GRAPHML, pairs) == faults(GRAPHML, relations) == faults(GEXF, gexf) == []

    in_gephi = gephi.import_graphml(pairs)
    assert in_gephi.problems == []
    assert {id_: node.label for id_, node in in_gephi.nodes.items()} == nodes
    assert {(e.source, e.target): e.weight for e in in_gephi.edges.values()} == folded
    in_gephi = gephi.import_gexf(gexf)
    assert in_gephi.problems == []
    assert {id_: node.label for id_, node in in_gephi.nodes.items()} == nodes
    assert {id_: edge.weight for id_, edge in in_gephi.edges.items()} == apart

    in_networkx = nx.read_graphml(io.BytesIO(relations), force_multigraph=True)
    assert dict(in_networkx.nodes(data="label")) == nodes
    assert {key: weight for *_, key, weight in in_networkx.edges(keys=True, data="weight")} == apart


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('edgedefault="directed"', "", "edgedefault"),
        ('source="country:tr"', 'source="nobody"', "No match"),
        ('<node id="country:tr"', '<node id="country:ru"', "Duplicate"),
        ('<edge id="country:tr--system:s-400"', '<edge id="country:ru--country:tr"', "Duplicate"),
        ('<data key="weight">', '<data key="heaviness">', "No match"),
        ('attr.type="int"', 'attr.type="date"', "enumeration"),
        ("<edge id=", '<edge label="supplies" id=', "not allowed"),
        ('<node id="country:tr"', '<node id=" country tr"', "NMTOKEN"),
    ],
)
def test_the_rules_of_graphml_can_be_broken(old, new, fault):
    content = written(write_graphml, cases.SMALL).decode()
    assert old in content

    assert any(fault in found for found in faults(GRAPHML, content.replace(old, new, 1).encode()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('version="1.3"', 'version="1.2draft"'),
        ('timeformat="date"', 'timeformat="year"'),
        ('type="integer"', 'type="int"'),
        ('type="undirected"', 'type="both"'),
        ('start="2017-12-01"', 'start="2017-12"'),
        ('weight="2.0"', 'weight="NaN"'),
        ("<viz:color", "<color"),
        ('r="0"', 'r="256"'),
        ('<viz:size value="', '<viz:size value="-'),
        ('<edge id="country:ru--supplies', '<edge pid="1" id="country:ru--supplies'),
    ],
)
def test_the_rules_of_gexf_can_be_broken(old, new):
    content = written(write_gexf, cases.SMALL).decode()
    assert old in content

    assert faults(GEXF, content.replace(old, new, 1).encode())
