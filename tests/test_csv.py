"""The tables hold a row for every node, edge and claim, and nothing a spreadsheet would run."""

import csv
import importlib.util
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

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
OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
TABLE, OFFICE = f"{{{OPEN_DOCUMENT}:table:1.0}}", f"{{{OPEN_DOCUMENT}:office:1.0}}"
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

    assert [(row["Id"], row["Label"], row["aliases"]) for row in nodes] == [
        ("country:ru", "Russia", ""),
        ("country:tr", "Türkiye", 'Turkey|the "bridge", they say|Турция'),
        ("organization:e-f", '"E" & <F>', ""),
        ("system:s-400", "S-400", "Triumf"),
    ]
    assert [(row["Source"], row["Target"], row["Type"], row["kind"]) for row in edges] == [
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
    assert [row["document_date"] for row in evidence] == ["2019"] * 5
    assert [row["document_url"] for row in evidence] == ["x:/arms", "", "x:/arms", "x:/arms", ""]


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

    assert nodes[0]["Label"] == cell


def test_a_negative_number_stays_a_number(tmp_path):
    _, edges, _ = tables(SMALL, tmp_path)

    assert [row["npmi"] for row in edges] == ["", "", "", "0.25", "-0.125"]


def test_pandas_reads_the_columns_with_their_types(tmp_path):
    pandas = pytest.importorskip("pandas")
    write_csv(SMALL, tmp_path)

    nodes, edges, evidence = (pandas.read_csv(tmp_path / name) for name in FILES)

    assert list(nodes.columns[:2]) == ["Id", "Label"]
    assert list(edges.columns[:6]) == ["Source", "Target", "Type", "Id", "Label", "Weight"]
    assert nodes["Label"].tolist() == [entity.name for entity in SMALL.entities]
    assert edges["Weight"].tolist() == [2, 1, 2, 5, 2]
    assert edges["belief"].dropna().tolist() == [0.9, 0.9, 0.9]
    assert evidence["start"].tolist() == [10, 0, 40, 80, 0]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", FILES)
def test_libreoffice_opens_the_same_cells(tmp_path, name):
    formula = Entity(id="a", name="=1+1", type="system")
    write_csv(replace(SMALL, entities=(*SMALL.entities, formula)), tmp_path)
    with (tmp_path / name).open(encoding="utf-8", newline="") as stream:
        expected = [[shown(cell) for cell in row] for row in csv.reader(stream)]

    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"),
            *("--infilter=CSV:44,34,76,1", "--convert-to", "fods", "--outdir", tmp_path),
            tmp_path / name,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    sheet = ElementTree.parse((tmp_path / name).with_suffix(".fods"))
    found = [cells(row) for row in sheet.iter(f"{TABLE}table-row")]
    assert [row[: len(expected[0])] for row in found if any(row)] == expected
    assert not any(cell.get(f"{TABLE}formula") for cell in sheet.iter(f"{TABLE}table-cell"))


def shown(cell):
    """A cell as a spreadsheet shows it: 1 for 1.0, and truth in capitals."""
    try:
        return f"{float(cell):g}"
    except ValueError:
        return cell.upper() if cell in ("True", "False") else cell


def cells(row):
    """The text of each cell of a row of a sheet."""
    texts = []
    for cell in row.iter(f"{TABLE}table-cell"):
        value = cell.get(f"{OFFICE}value") or "".join(cell.itertext()).strip()
        texts += [shown(value)] * int(cell.get(f"{TABLE}number-columns-repeated", "1"))
    return texts


@settings(max_examples=50, deadline=None)
@given(cases.graphs())
def test_every_graph_keeps_its_rows_whatever_the_order(scratch, graph):
    nodes, edges, evidence = tables(graph, scratch)
    assert len(nodes) == len(graph.entities)
    assert len(edges) == len(graph.edges) + len(graph.comentions)
    assert len(evidence) == sum(len(edge.claims) for edge in graph.edges)
    assert {row["Source"] for row in edges} <= {row["Id"] for row in nodes}

    before = [(scratch / name).read_bytes() for name in FILES]
    write_csv(graph.reversed(), scratch)
    assert [(scratch / name).read_bytes() for name in FILES] == before
