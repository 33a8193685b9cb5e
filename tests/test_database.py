"""A graph in its file answers as the same graph in memory does."""

from __future__ import annotations

import gc
import importlib.util
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from actorgraph.errors import StoreError
from actorgraph.graph.model import KnowledgeGraph
from actorgraph.graph.questions.select import parts_of
from actorgraph.graph.storage.database import write_database
from actorgraph.graph.storage.graph_file import GraphFile


@pytest.fixture(scope="module", params=["small", "made"])
def pair(request, small_graph, make_graph, tmp_path_factory):
    """A graph in memory, and the same in a file."""
    graph = small_graph if request.param == "small" else make_graph(60, 150, 1)
    path = graph.write_database(tmp_path_factory.mktemp("file") / "graph.sqlite", key="k1")
    return graph, KnowledgeGraph.open(path)


@pytest.mark.parametrize(
    "part",
    """title entities edges comentions documents relations provenance decisions stale""".split(),
)
def test_every_part_comes_back_as_it_was(pair, part):
    before, after = (getattr(graph, part) for graph in pair)
    assert (list(before), len(before)) == (list(after), len(after))
    if isinstance(before, dict):
        assert before == after


def test_what_lies_in_the_file_equals_what_it_was_made_from(pair):
    kept, opened = pair

    assert opened.edges == kept.edges == opened.edges
    assert kept.documents == opened.documents
    assert opened.edges != kept.edges[1:]
    assert opened.edges != len(kept.edges)
    assert repr(opened.edges) == repr(kept.edges)
    assert len(repr(opened.edges).splitlines()) < 30


@pytest.mark.parametrize("number", [0, 1, -1, slice(1, 3), slice(None, None, 4), slice(5, 2)])
def test_what_lies_in_the_file_is_a_sequence(pair, number):
    memory, file = pair
    for part in ("edges", "comentions", "documents"):
        if isinstance(number, int) and not -len(getattr(file, part)) <= number < len(
            getattr(file, part)
        ):
            continue
        found, expected = getattr(file, part)[number], getattr(memory, part)[number]
        assert (found if isinstance(number, int) else tuple(found)) == expected
    with pytest.raises(IndexError):
        file.edges[len(file.edges)]


@pytest.mark.parametrize(
    "ask",
    [
        lambda kg, a, b: kg.neighbors(a, facts_only=False),
        lambda kg, a, b: kg.neighbors(a, relation="co_mentioned_with"),
        lambda kg, a, b: kg.claims(about=a),
        lambda kg, a, b: kg.claims(subject=a, object=b),
        lambda kg, a, b: kg.claims(speaker=a),
        lambda kg, a, b: kg.evidence(a),
        lambda kg, a, b: kg.evidence(a, b),
        lambda kg, a, b: kg.why_edge(a, b),
        lambda kg, a, b: kg.path(a, b, k=3),
        lambda kg, a, b: kg.dossier(a),
        lambda kg, a, b: kg.associations(a, min_sentences=1),
        lambda kg, a, b: kg.balance(a),
        lambda kg, a, b: kg.subgraph(around=a, hops=2).to_networkx().adj,
        lambda kg, a, b: kg.top(20, by="betweenness"),
        lambda kg, a, b: kg.communities(),
        lambda kg, a, b: kg.brokers(),
        lambda kg, a, b: kg.cores(),
        lambda kg, a, b: kg.contradictions(),
        lambda kg, a, b: kg.bursts(),
        lambda kg, a, b: kg.claims(),
        lambda kg, a, b: kg.between(until="2019").edges,
        lambda kg, a, b: kg.centrality(),
    ],
)
def test_the_file_and_memory_give_the_same_answers(pair, ask):
    memory, file = pair
    ids = [entity.id for entity in memory]
    for a, b in zip(ids[:13], reversed(ids), strict=False):
        assert str(ask(memory, a, b)) == str(ask(file, a, b))


def test_writing_twice_gives_the_same_rows(pair, tmp_path):
    _, file = pair
    again = file.write_database(tmp_path / "again.sqlite", key="k1")
    with sqlite3.connect(file._file.path) as one, sqlite3.connect(again) as two:
        assert list(one.iterdump()) == list(two.iterdump())
    one.close()
    two.close()


def test_the_file_knows_what_it_was_made_from(pair):
    assert pair[1]._file.key == "k1"


def test_every_claim_is_found_by_each_of_its_parts(small_graph, tmp_path):
    file = GraphFile.open(small_graph.write_database(tmp_path / "g.sqlite"))
    for claim in small_graph.claims():
        parts = sorted(parts_of(claim))
        assert all(claim in file.claims_about(part) for part in parts)
        assert claim in file.claims_about(*parts)
    assert file.claims_about("country:tr", "system:patriot") == []
    file.close()


def test_a_file_that_is_no_graph_is_explained(tmp_path):
    (tmp_path / "text.sqlite").write_text("no database", encoding="utf-8")
    with sqlite3.connect(tmp_path / "other.sqlite") as db:
        db.execute("CREATE TABLE info (name TEXT, value TEXT)")
    db.close()
    for name, message in {
        "missing.sqlite": "Build one first",
        "text.sqlite": "damaged",
        "other.sqlite": "another version",
    }.items():
        with pytest.raises(StoreError, match=message):
            KnowledgeGraph.open(tmp_path / name)


def test_an_interrupted_write_leaves_the_old_file(small_graph, tmp_path):
    path = small_graph.write_database(tmp_path / "g.sqlite")
    before = path.read_bytes()

    class Broken(KnowledgeGraph):
        @property
        def comentions(self):
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        Broken(entities=small_graph.entities).write_database(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["g.sqlite"]


def test_the_graph_of_the_benchmark_opens(tmp_path):
    file = Path(__file__).parents[1] / "benchmarks" / "queries.py"
    spec = importlib.util.spec_from_file_location("queries", file)
    queries = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = queries
    spec.loader.exec_module(queries)
    graph = KnowledgeGraph.open(write_database(queries.generate(50, 200), tmp_path / "g.sqlite"))
    assert (len(graph), len(graph.edges)) == (50, 200)
    edge = graph.edges[7]
    assert graph.evidence(edge.subject_id, edge.object_id)[0].claim == edge.claims[0]
    assert graph["Alias 7"].name == "Actor 7"


def test_an_answer_outlives_its_graph(tmp_path, small_graph):
    path = small_graph.write_database(tmp_path / "graph.sqlite")

    answer = KnowledgeGraph.open(path).why("S-400")
    gc.collect()

    assert str(answer) == str(small_graph.why("S-400"))


@pytest.mark.parametrize(
    ("damage", "read"),
    [
        ("entity SET aliases = 'x'", lambda kg: kg.entities),
        ("edge SET subject = 99", lambda kg: list(kg.edges)),
        ("edge SET status = 'sworn'", lambda kg: kg.neighbors("Turkey")),
        ("claim SET qualifiers = '{'", lambda kg: kg.claims(subject="Turkey")),
        ("comention SET a = 99", lambda kg: list(kg.comentions)),
        ("example SET start = 'x'", lambda kg: list(kg.comentions)),
        ("document SET metadata = 'x'", lambda kg: list(kg.documents)),
        ("document SET passages = 'x'", lambda kg: kg.evidence("Turkey", "S-400").to_pandas()),
        ("decision SET documents = 'x'", lambda kg: list(kg.decisions)),
        ("relation SET meaning = '{'", lambda kg: kg.relations),
    ],
)
def test_a_damaged_row_is_an_error_that_names_the_file(damage, read, small_graph, tmp_path):
    path = small_graph.write_database(tmp_path / "g.sqlite")
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"UPDATE {damage}")

    with pytest.raises(StoreError, match=r"g\.sqlite is damaged: .*Build it again"):
        read(KnowledgeGraph.open(path))
