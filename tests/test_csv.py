"""The tables hold a row for every node, edge and claim, and nothing a spreadsheet would run."""

import csv
import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from actorgraph.export.csv import write_csv
from actorgraph.schema import Entity


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL
FILES = ("nodes.csv", "edges.csv", "evidence.csv")


def tables(graph, folder):
    write_csv(graph, folder)
    result = []
    for name in FILES:
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            result.append(list(csv.DictReader(stream, strict=True)))
    return result


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("csv")


def test_a_row_for_each_node_edge_and_claim(tmp_path):
    nodes, edges, evidence = tables(SMALL, tmp_path)

    assert [(row["id"], row["label"], row["aliases"]) for row in nodes] == [
        ("country:ru", "Russia", ""),
        ("country:tr", "Türkiye", 'Turkey|the "bridge", they say|Турция'),
        ("organization:e-f", '"E" & <F>', ""),
        ("system:s-400", "S-400", "Triumf"),
    ]
    assert [(row["source"], row["target"], row["type"], row["kind"]) for row in edges] == [
        ("country:ru", "country:tr", "Directed", "supplies"),
        ("country:ru", "country:tr", "Directed", "threatens"),
        ("country:tr", "system:s-400", "Directed", "acquires"),
        ("country:ru", "country:tr", "Undirected", "co_mentioned_with"),
        ("country:tr", "organization:e-f", "Undirected", "co_mentioned_with"),
    ]
    assert [(row["relation"], row["polarity"], row["sentence"]) for row in evidence] == [
        ("supplies", "affirmed", "Russia armed Turkey."),
        ("supplies", "affirmed", "Moscow delivers."),
        ("threatens", "negated", "Russia did not threaten Turkey."),
        ("acquires", "affirmed", "Turkey may buy the S-400 & more."),
        ("acquires", "affirmed", "Turkey bought it."),
    ]
    assert evidence[0]["document_title"] == "On arms"
    assert (evidence[0]["start"], evidence[0]["end"]) == ("10", "30")


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+7 495", "'+7 495"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("S-400", "S-400"),
    ],
)
def test_no_text_is_a_formula(tmp_path, name, cell):
    graph = replace(SMALL, entities=(Entity(id="a", name=name, type="system"),), edges=())

    nodes, _, _ = tables(replace(graph, comentions=()), tmp_path)

    assert nodes[0]["label"] == cell


def test_a_negative_number_stays_a_number(tmp_path):
    _, edges, _ = tables(SMALL, tmp_path)

    assert [row["npmi"] for row in edges] == ["", "", "", "0.25", "-0.125"]


@settings(deadline=None)
@given(cases.graphs())
def test_every_graph_keeps_its_rows_whatever_the_order(scratch, graph):
    nodes, edges, evidence = tables(graph, scratch)
    assert len(nodes) == len(graph.entities)
    assert len(edges) == len(graph.edges) + len(graph.comentions)
    assert len(evidence) == sum(len(edge.claims) for edge in graph.edges)
    assert {row["source"] for row in edges} <= {row["id"] for row in nodes}

    before = [(scratch / name).read_bytes() for name in FILES]
    write_csv(graph.reversed(), scratch)
    assert [(scratch / name).read_bytes() for name in FILES] == before
