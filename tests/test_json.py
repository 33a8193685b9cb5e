"""JSON keeps every noun: what is read back is what was written, but for the documents' text."""

import importlib.util
import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings

from actorgraph.errors import StoreError
from actorgraph.export.json import read_json, write_json


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL


def written(graph):
    target = io.BytesIO()
    write_json(graph, target)
    return target.getvalue()


def by_id(nouns):
    return tuple(sorted(nouns, key=lambda noun: noun.id))


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("json") / "graph.json"


def assert_comes_back(graph, path):
    write_json(graph, path)
    parts = read_json(path)

    assert parts.title == graph.title
    assert parts.entities == by_id(graph.entities)
    assert parts.edges == tuple(sorted(graph.edges, key=lambda edge: edge.key))
    assert parts.comentions == tuple(sorted(graph.comentions, key=lambda c: (c.a, c.b)))
    assert parts.relations == graph.relations
    assert parts.provenance == graph.provenance
    assert parts.documents == tuple(
        document.model_copy(update={"text": ""}) for document in by_id(graph.documents)
    )


def test_the_small_graph_comes_back(scratch):
    assert_comes_back(SMALL, scratch)


@settings(max_examples=50, deadline=None)
@given(cases.graphs())
def test_every_graph_comes_back(scratch, graph):
    assert_comes_back(graph, scratch)


@pytest.mark.parametrize(
    ("number", "read"),
    [
        (2**63 - 1, 2**63 - 1),
        (2**63, 2**63 - 1),
        (10**30, 2**63 - 1),
        (-(10**30), 1 - 2**63),
    ],
)
def test_a_count_is_written_as_it_can_be_read(scratch, number, read):
    edge, pair = SMALL.edges[0], SMALL.comentions[1]
    far = edge.claims[0].model_copy(update={"object_mention": (number, number)})
    graph = replace(
        SMALL,
        edges=(edge.model_copy(update={"claims": (far,), "n_evidence": number}),),
        comentions=(pair.model_copy(update={"sentences": number}),),
    )

    write_json(graph, scratch)
    parts = read_json(scratch)

    assert parts.edges[0].n_evidence == parts.comentions[0].sentences == read
    assert parts.edges[0].claims[0].object_mention == (read, read)


def test_a_larger_count_is_refused(scratch):
    scratch.write_bytes(written(SMALL).replace(b'"mentions":9', b'"mentions":9223372036854775808'))

    with pytest.raises(StoreError, match="too large a number"):
        read_json(scratch)


def test_truth_values_stay_what_they_are():
    assert b'"symmetric":true' in written(SMALL)


def test_the_texts_of_documents_stay_behind():
    assert b"(not kept)" not in written(SMALL)


@settings(max_examples=50, deadline=None)
@given(cases.graphs())
def test_the_same_graph_gives_the_same_bytes(graph):
    assert written(graph) == written(graph.reversed())


def test_the_order_within_a_mapping_does_not_show():
    first, second = SMALL.documents
    turned = second.model_copy(update={"metadata": {"a": "2", "z": "1"}})
    assert turned == second

    assert written(replace(SMALL, documents=(first, turned))) == written(SMALL)


def test_a_record_is_a_line():
    lines = written(SMALL).decode().splitlines()

    records = [json.loads(line.rstrip(",")) for line in lines if line.startswith('{"')]
    assert len(records) == sum(
        map(len, (SMALL.entities, SMALL.edges, SMALL.comentions, SMALL.documents, SMALL.relations))
    )
    assert any('"name":"Türkiye"' in line for line in lines), "readable, not escaped"


def test_a_half_character_is_escaped():
    graph = replace(SMALL, title="\ud83d")

    assert rb'"title": "\ud83d"' in written(graph)


def test_networkx_reads_it():
    data = json.loads(written(SMALL))

    graph = nx.node_link_graph(data, edges="edges", key="relation")

    assert graph.is_directed()
    assert sorted(graph.edges(keys=True)) == sorted(
        (edge.subject_id, edge.object_id, edge.relation) for edge in SMALL.edges
    )
    assert graph.nodes["system:s-400"]["aliases"] == ["Triumf"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file"),
        (b"", "Expecting value"),
        (b"\xff", "utf-8"),
        (b"[]", "its format is None"),
        (b'{"format": "actorgraph/2"}', "actorgraph/2, not actorgraph/1"),
        (b'{"format": "actorgraph/1"}', "relations"),
        (written(SMALL).replace(b'"name":"Russia"', b'"nome":"Russia"'), "nome"),
    ],
)
def test_what_is_not_such_a_file_is_refused(tmp_path, content, reason):
    path = tmp_path / "graph.json"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(StoreError, match=rf"(?s)graph\.json.*{reason}"):
        read_json(path)
