"""Gephi Lite's own readers find every node and edge. Needs Node, and once ``npm install``."""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from actorgraph.export.flat import flat_links, flat_nodes
from actorgraph.export.gexf import write_gexf
from actorgraph.export.graphml import write_graphml

READER = Path(__file__).parent / "graphology" / "read.mjs"
pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed"),
    pytest.mark.skipif(
        not (READER.parent / "node_modules").is_dir(),
        reason="graphology is missing: npm install --no-package-lock in tests/graphology",
    ),
]


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL


def read(*paths):
    command = ["node", str(READER), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return [json.loads(line) for line in done.stdout.splitlines()]


def generated(number):
    graphs = []

    @settings(
        max_examples=number,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases.graphs())
    def collect(graph):
        graphs.append(graph)

    collect()
    return graphs


def shown(row):
    """What Gephi Lite draws of a node."""
    return row["id"], *(row["attributes"][name] for name in ("label", "x", "y", "size"))


def test_graphml(tmp_path):
    write_graphml(SMALL, tmp_path / "graph.graphml")

    (found,) = read(tmp_path / "graph.graphml")

    assert [shown(row) for row in found["nodes"]] == [
        (node.id, node.label, node.x, node.y, node.size) for node in flat_nodes(SMALL)
    ]
    assert [row["attributes"]["color"] for row in found["nodes"]] == [
        node.color for node in flat_nodes(SMALL)
    ]
    assert [
        (row["source"], row["target"], row["attributes"]["label"], row["attributes"]["weight"])
        for row in found["edges"]
    ] == [(e.source, e.target, e.label, e.weight) for e in flat_links(SMALL, fold=True)]


def test_gexf(tmp_path):
    write_gexf(SMALL, tmp_path / "graph.gexf")

    (found,) = read(tmp_path / "graph.gexf")

    assert [shown(row) for row in found["nodes"]] == [
        (node.id, node.label, node.x, node.y, node.size) for node in flat_nodes(SMALL)
    ]
    assert found["nodes"][0]["attributes"]["color"] == "rgb(0,114,178)"
    assert found["nodes"][1]["attributes"]["aliases"] == list(SMALL.entities[1].aliases)
    assert [
        (row["id"], row["undirected"], row["attributes"]["kind"], row["attributes"]["weight"])
        for row in found["edges"]
    ] == [(e.id, e.undirected, e.kind, e.weight) for e in flat_links(SMALL, fold=False)]


@pytest.mark.parametrize(
    ("suffix", "write", "fold"), [("graphml", write_graphml, True), ("gexf", write_gexf, False)]
)
def test_every_graph_arrives_whole(tmp_path, suffix, write, fold):
    graphs = generated(100)
    paths = [tmp_path / f"{number}.{suffix}" for number in range(len(graphs))]
    for graph, path in zip(graphs, paths, strict=True):
        write(graph, path)

    for graph, found in zip(graphs, read(*paths), strict=True):
        assert sorted(map(shown, found["nodes"])) == sorted(
            (node.id, node.label, node.x, node.y, node.size) for node in flat_nodes(graph)
        )
        assert sorted(
            (row["source"], row["target"], row["attributes"]["weight"]) for row in found["edges"]
        ) == sorted((e.source, e.target, e.weight) for e in flat_links(graph, fold=fold))
