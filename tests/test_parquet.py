"""Parquet keeps types: pandas, DuckDB and pyarrow read numbers, lists and maps, and nulls."""

import builtins
import importlib.util
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from pyarrow import parquet

from actorgraph.errors import ExportError
from actorgraph.export.parquet import write_parquet
from actorgraph.schema import Claim, CoMention, Document, Edge, Entity, Evidence


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL
TABLES = ("entities", "edges", "claims", "comentions", "documents")


@pytest.fixture
def folder(tmp_path):
    write_parquet(SMALL, tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("parquet")


def test_pandas_reads_typed_columns(folder):
    entities = pd.read_parquet(folder / "entities.parquet").set_index("id")
    claims = pd.read_parquet(folder / "claims.parquet")

    assert entities["mentions"].dtype == "int64"
    assert entities["pagerank"].dtype == "float64"
    assert list(entities.loc["country:tr", "aliases"]) == [
        "Turkey",
        'the "bridge", they say',
        "Турция",
    ]
    assert pd.isna(entities.loc["country:ru", "subtype"])
    assert claims["confidence"].dtype == "float64"
    assert claims["start"].dtype == "int64"
    assert list(claims["exact"][:2]) == ["Russia armed Turkey.", "Moscow delivers."]


def test_duckdb_joins_the_tables(folder):
    found = duckdb.sql(
        f"""
        SELECT s.name, e.relation, o.name, c.polarity, c.exact, d.metadata['z']
        FROM '{folder}/claims.parquet' c
        JOIN '{folder}/edges.parquet' e USING (subject_id, relation, object_id)
        JOIN '{folder}/entities.parquet' s ON s.id = e.subject_id
        JOIN '{folder}/entities.parquet' o ON o.id = e.object_id
        JOIN '{folder}/documents.parquet' d ON d.id = c.document_id
        WHERE e.status = 'affirmed' AND e.n_evidence = 2 ORDER BY c.exact
        """
    ).fetchall()

    assert found == [
        ("Russia", "supplies", "Türkiye", "affirmed", "Moscow delivers.", "1"),
        ("Russia", "supplies", "Türkiye", "affirmed", "Russia armed Turkey.", None),
        ("Türkiye", "acquires", "S-400", "affirmed", "Turkey bought it.", "1"),
        ("Türkiye", "acquires", "S-400", "affirmed", "Turkey may buy the S-400 & more.", None),
    ]


@pytest.mark.parametrize(
    ("table", "noun", "left_out", "instead"),
    [
        ("entities", Entity, set(), {"x", "y", "pagerank", "community"}),
        ("edges", Edge, {"claims"}, set()),
        ("documents", Document, {"text", "passages"}, set()),
        ("comentions", CoMention, set(), set()),
        (
            "claims",
            Claim,
            {"evidence", "subject_mention", "object_mention"},
            {
                *Evidence.model_fields,
                *("subject_start", "subject_end", "object_start", "object_end"),
            },
        ),
    ],
)
def test_every_field_is_a_column(folder, table, noun, left_out, instead):
    columns = set(parquet.read_schema(folder / f"{table}.parquet").names)

    assert columns == {*noun.model_fields} - left_out | instead


def test_examples_of_a_comention_are_records(folder):
    rows = parquet.read_table(folder / "comentions.parquet").to_pylist()

    assert rows[1]["examples"] == [
        {"document_id": "d2", "start": 9, "end": 21, "exact": "Turkey and F.", "prefix": "",
         "suffix": "", "date": None}
    ]  # fmt: skip
    assert rows[1]["npmi"] == -0.125


def mended(text):
    return None if text is None else "".join("�" if "\ud800" <= c <= "\udfff" else c for c in text)


@settings(deadline=None, max_examples=40)
@given(cases.graphs())
def test_every_graph_keeps_its_rows_whatever_the_order(scratch, graph):
    write_parquet(graph, scratch)
    before = [(scratch / f"{name}.parquet").read_bytes() for name in TABLES]
    entities = parquet.read_table(scratch / "entities.parquet").to_pylist()
    claims = parquet.read_table(scratch / "claims.parquet").to_pylist()
    expected = sorted(graph.entities, key=lambda entity: entity.id)

    assert [row["name"] for row in entities] == [mended(entity.name) for entity in expected]
    assert [row["aliases"] for row in entities] == [[*map(mended, e.aliases)] for e in expected]
    assert len(claims) == sum(len(edge.claims) for edge in graph.edges)

    write_parquet(graph.reversed(), scratch)
    assert [(scratch / f"{name}.parquet").read_bytes() for name in TABLES] == before


def test_an_empty_graph_has_all_columns(tmp_path):
    write_parquet(cases.HandMadeGraph(), tmp_path)

    assert [len(pd.read_parquet(tmp_path / f"{name}.parquet")) for name in TABLES] == [0] * 5
    assert "exact" in parquet.read_schema(tmp_path / "claims.parquet").names


def test_without_pyarrow_the_error_says_how_to_get_it(tmp_path, monkeypatch):
    real_import = builtins.__import__

    def no_pyarrow(name, *args, **kwargs):
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", no_pyarrow)

    with pytest.raises(ExportError, match=r"pip install 'actorgraph\[parquet\]'"):
        write_parquet(SMALL, tmp_path)
