"""Questions in SQL: every view, values, errors, and that nothing can be written."""

from __future__ import annotations

import builtins

import pytest

from actorgraph.errors import QueryError
from actorgraph.graph.example import example_graph
from actorgraph.graph.storage.database import VIEWS


@pytest.fixture(scope="module")
def kg():
    return example_graph()


ENGINES = ["sqlite", "duckdb"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT name FROM entities WHERE type = 'system'", [("S-400",)]),
        ("SELECT entity_id FROM aliases WHERE name = 'Growler'", [("system:s-400",)]),
        ("SELECT subject, object FROM edges WHERE status = 'contested'", [("Turkey", "S-400")]),
        (
            "SELECT date, wording FROM claims WHERE relation = 'supplies'",
            [("2017", "supplied")],
        ),
        ("SELECT a, b, sentences FROM comentions", [("Russia", "NATO", 2)]),
        ("SELECT sentence FROM examples WHERE document_id = 'review'", [("Russia opposes NATO.",)]),
        ("SELECT publisher FROM documents ORDER BY date", [("Harbour Gazette",),
                                                           ("Northern Review",)]),
        ("SELECT name, rule FROM decisions", [("Growler", "lexicon")]),
        ("SELECT inverse FROM relations WHERE name = 'operates'", [("operated_by",)]),
        ("SELECT count(*) FROM claims WHERE modality = 'hypothetical'", [(1,)]),
        ("SELECT speaker_id FROM claims LIMIT 1", [(None,)]),
        ("SELECT round(sum(belief), 2) > 1 FROM edges", [(True,)]),
        ("WITH x AS (SELECT 1 AS n) SELECT n FROM x", [(1,)]),
    ],
)  # fmt: skip
def test_a_query_is_answered(kg, engine, query, rows):
    assert list(kg.sql(query, engine=engine)) == rows


@pytest.mark.parametrize("engine", ENGINES)
def test_every_view_is_there_with_as_many_rows(kg, engine):
    counts = {view: kg.sql(f"SELECT count(*) FROM {view}", engine=engine)[0][0] for view in VIEWS}
    assert counts == {
        "entities": 5, "aliases": 9, "edges": 6, "claims": 7, "comentions": 1, "examples": 2,
        "documents": 2, "decisions": 1, "relations": 6,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("engine", "query", "values"),
    [
        ("sqlite", "SELECT name FROM entities WHERE id = ?", ["country:ru"]),
        ("sqlite", "SELECT name FROM entities WHERE id = :id", {"id": "country:ru"}),
        ("duckdb", "SELECT name FROM entities WHERE id = ?", ["country:ru"]),
        ("duckdb", "SELECT name FROM entities WHERE id = $id", {"id": "country:ru"}),
    ],
)
def test_values_are_never_part_of_the_query(kg, engine, query, values):
    assert list(kg.sql(query, values, engine=engine)) == [("Russia",)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM entity",
        "INSERT INTO info VALUES ('a', 'b')",
        "UPDATE entity SET name = 'x'",
        "DROP VIEW entities",
        "CREATE TABLE t (x INTEGER)",
        "ATTACH 'other.sqlite' AS other",
        "PRAGMA user_version = 7",
        "COPY entities TO 'out.csv'",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT load_extension('x')",
    ],
)
def test_nothing_but_reading_is_allowed(kg, engine, query, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QueryError):
        kg.sql(query, engine=engine)
    assert list(tmp_path.iterdir()) == []
    assert kg.sql("SELECT count(*) FROM entities", engine=engine)[0] == (5,)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT nope FROM edges", "nope"),
        ("SELECT * FROM nowhere", "nowhere"),
        ("SELEC 1", "(?i)syntax"),
        ("SELECT 1 WHERE ?", "SQL"),
        ("", "(?i)queries only read|SQL"),
    ],
)
def test_a_wrong_query_is_explained(kg, engine, query, message):
    with pytest.raises(QueryError, match=message):
        list(kg.sql(query, engine=engine))


def test_two_statements_at_once_are_refused(kg):
    with pytest.raises(QueryError):
        kg.sql("SELECT 1; SELECT 2")


def test_an_unknown_engine_is_refused(kg):
    with pytest.raises(QueryError, match="'sqlite' or 'duckdb'"):
        kg.sql("SELECT 1", engine="oracle")


def test_rows_print_and_become_data_frames(kg):
    rows = kg.sql("SELECT s.name, o.name, NULL FROM entities s, entities o WHERE s.id < o.id")
    assert rows.columns == ("name", "name_2", "NULL")
    assert "Rows (10)" in str(rows)
    assert list(rows.to_pandas().columns) == list(rows.columns)
    assert rows.to_polars().height == 10


def test_without_duckdb_the_error_says_how_to_get_it(monkeypatch):
    real_import = builtins.__import__

    def no_duckdb(name, *args, **kwargs):
        if name == "duckdb":
            raise ImportError(name)
        return real_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", no_duckdb)
    with pytest.raises(QueryError, match=r"pip install 'actorgraph\[duckdb\]'"):
        example_graph().sql("SELECT 1", engine="duckdb")


def test_a_graph_in_a_file_is_asked_where_it_lies(kg, tmp_path):
    graph = type(kg).open(kg.write_database(tmp_path / "g.sqlite"))
    assert list(graph.sql("SELECT count(*) FROM claims")) == [(7,)]
    with pytest.raises(QueryError, match="only read"):
        graph.sql("DELETE FROM claim")
    assert len(graph.claims()) == 7


def test_strange_names_survive_the_copy_to_duckdb():
    from actorgraph.graph.model import KnowledgeGraph
    from actorgraph.schema import Entity

    names = ['A "quoted", name', "line\nbreak", "\\N", "", "Ünï—çødé", "tab\there", "a\\b"]
    graph = KnowledgeGraph(
        entities=[Entity(id=f"x:{n}", name=name, type="person") for n, name in enumerate(names)]
    )
    rows = graph.sql("SELECT name, country FROM entities ORDER BY id", engine="duckdb")
    assert list(rows) == [(name, None) for name in names]


def test_a_row_too_wide_for_a_line_is_printed_a_value_a_line(kg, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    few = str(kg.sql("SELECT subject, relation, object FROM claims LIMIT 2")).splitlines()
    many = str(kg.sql("SELECT * FROM claims LIMIT 2")).splitlines()

    assert [line.split() for line in few].count(["subject", "relation", "object"]) == 1
    assert sum(line.split()[:1] == ["relation"] for line in many) == 2
    assert all(len(line) <= 100 for line in few + many)
