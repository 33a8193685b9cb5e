"""Each rule of the model of Gephi's importers is broken by a file that breaks it, and no other."""

import importlib.util
import io
import sys
from pathlib import Path

import networkx as nx
import pytest

from actorgraph.export.flat import flat_links
from actorgraph.export.gexf import write_gexf
from actorgraph.export.graphml import write_graphml


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases, gephi = load("export_cases"), load("gephi_rules")
SMALL = cases.SMALL


def written(write, **options):
    target = io.BytesIO()
    write(SMALL, target, **options)
    return target.getvalue().decode()


def broken(content, old, new):
    assert old in content
    return content.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('<node id="country:tr"', '<node id="country:ru"', "is there twice"),
        ('<node id="country:tr"', '<node id=" country:tr"', "padded"),
        ('<edge id="country:tr--system:s-400"', '<edge id="country:ru--country:tr"', "twice"),
        ('<edge id="country:tr--system:s-400"', '<edge id="country:tr--system:s-400 "', "padded"),
        ('source="country:tr"', 'source="nobody"', "made up"),
        ('attr.name="relations"', 'attr.name="type"', "reserved name"),
        ('attr.name="relations"', 'attr.name="Timeset"', "reserved name"),
        ('attr.type="int"', 'attr.type="date"', "unknown type"),
        ('id="quad"', 'id="RELATIONS"', "but for case"),
        ('for="node"', 'for="all"', "is lost"),
        ('<data key="mentions">9', '<data key="mentions">many', "is no int"),
        ('<data key="undirected">false', '<data key="undirected">0', "is no boolean"),
        ('<data key="weight">3', '<data key="weight">0', "is deleted"),
        ('<data key="weight">3', '<data key="weight">NaN', "is deleted"),
        ('<data key="weight">3', '<data key="weight">-3', "weighs -3"),
        ('<data key="weight">3', '<data key="weight">Infinity', "weighs inf"),
        ('<data key="color">#0072b2', '<data key="color">#07b', "misread"),
        ('<data key="color">#0072b2', '<data key="color">#0072b2ff', "misread"),
        ('<data key="edgecolor">#', '<data key="colour">#', "unknown key"),
    ],
)
def test_what_gephi_warns_of_in_graphml(old, new, problem):
    seen = gephi.import_graphml(broken(written(write_graphml), old, new))

    assert any(problem in found for found in seen.problems), seen.problems


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (' mode="dynamic"', ' defaultedgetype="undirected" mode="dynamic"', "is dropped"),
        ('<node id="country:tr"', '<node id="country:ru"', "is there twice"),
        ('<node id="country:tr"', '<node pid="country:ru" id="country:tr"', "has a parent"),
        ('title="relations"', 'title="label"', "reserved name"),
        ('type="integer"', 'type="int"', "unknown type"),
        ('<viz:size value="', '<viz:size unit="1" value="', "is not its value"),
        ('timeformat="date"', 'timeformat="double"', "no time"),
        ('start="2017-12-01"', 'timestamp="2017-12-01"', "timestamps among intervals"),
        ('weight="2.0"', 'weight="0"', "is deleted"),
        ('<attvalue for="status"', '<attvalue for="state"', "unknown attribute"),
    ],
)
def test_what_gephi_warns_of_in_gexf(old, new, problem):
    seen = gephi.import_gexf(broken(written(write_gexf), old, new))

    assert any(problem in found for found in seen.problems), seen.problems


def test_gephi_merges_parallel_edges_of_graphml_and_sums_their_weights():
    seen = gephi.import_graphml(written(write_graphml, multigraph=True).encode())

    apart = list(flat_links(SMALL, fold=False))
    merged = seen.edges["country:ru--supplies--country:tr"]
    assert len(seen.edges) < len(apart)
    assert merged.weight == sum(e.weight for e in apart if e.target == "country:tr")
    assert merged.attributes["relations"] == "co_mentioned_with", "the last one overwrites"


def test_gephi_keeps_parallel_edges_of_gexf_apart_by_their_kind():
    content = written(write_gexf)

    assert len(gephi.import_gexf(content.encode()).edges) == 5
    assert len(gephi.import_gexf(content.replace(' kind="', ' sort="').encode()).edges) == 3


def test_gephi_loses_space_between_two_entities_but_not_in_cdata():
    content = written(write_graphml)
    escaped = content.replace('<![CDATA["E" & <F>]]>', '"E" &amp; &lt;F>')
    assert escaped != content

    assert gephi.import_graphml(content.encode()).nodes["organization:e-f"].label == '"E" & <F>'
    assert gephi.import_graphml(escaped.encode()).nodes["organization:e-f"].label == '"E" &<F>'


def test_gephi_loses_edges_of_networkx():
    graph = nx.MultiDiGraph([("a", "b"), ("a", "b"), ("b", "a")])
    target = io.BytesIO()
    nx.write_graphml(graph, target)

    seen = gephi.import_graphml(target.getvalue())

    assert len(seen.edges) == 1
    assert "the second is dropped" in seen.problems[0]
