"""Questions in Cypher: what is answered, and that what is not says so."""

from __future__ import annotations

import builtins

import pytest

from actorgraph.errors import QueryError
from actorgraph.graph.example import example_graph
from actorgraph.graph.model import KnowledgeGraph
from actorgraph.schema import Entity


@pytest.fixture(scope="module")
def kg():
    return example_graph()


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("MATCH (e:Entity {type: 'system'}) RETURN e.name", [("S-400",)]),
        ("MATCH (a)-[:operates]->(b) RETURN a.name, b.name", [("Russia", "S-400")]),
        ("MATCH (a)-[r:acquires]->(b) RETURN r.status, r.n_evidence", [("contested", 2)]),
        ("MATCH (a)-[r:co_mentioned_with]->(b) RETURN a.name, r.sentences", [("Russia", 2)]),
        ("MATCH (a:Entity)-[r]->(b {name: 'NATO'}) RETURN DISTINCT label(r) ORDER BY label(r)",
         [("co_mentioned_with",), ("member_of",), ("opposes",)]),
        ("MATCH (a {name: 'United States'})-[*1..2]->(b {name: 'NATO'}) RETURN count(*)", [(1,)]),
        ("MATCH (e:Entity) WHERE e.name = 'Atlantis' RETURN e", []),
        ("MATCH (a)-[:related_to]->(b) RETURN a", []),
        ("MATCH (e:Entity) WHERE e.name = 'copy; delete' RETURN e", []),
    ],
)  # fmt: skip
def test_a_query_is_answered(kg, query, rows):
    assert list(kg.cypher(query)) == rows


def test_values_are_given_by_name(kg):
    found = kg.cypher("MATCH (e:Entity) WHERE e.name = $name RETURN e.id", {"name": "Turkey"})
    assert list(found) == [("country:tr",)]
    assert found.columns == ("e.id",)
    assert found.to_pandas()["e.id"].tolist() == ["country:tr"]


def test_a_node_is_shown_without_the_keys_of_the_engine(kg):
    ((node,),) = kg.cypher("MATCH (e:Entity {id: 'system:s-400'}) RETURN e")
    assert node == {
        "_LABEL": "Entity", "id": "system:s-400", "name": "S-400", "type": "system",
        "mentions": 5, "documents": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("MATCH (a:country) RETURN a", "labelled Entity"),
        ("MATCH (a)-[:bought]->(b) RETURN a", "no label or relation 'bought'"),
        ("MATCH (a:Entity) RETURN a.colour", "colour"),
        ("MATCH (a RETURN a", "cannot answer"),
        ("MATCH (a:Entity) WHERE a.name = $name RETURN a", "(?i)parameter"),
        ("MATCH (a:Entity) RETURN a.id; MATCH (a:Entity) RETURN a.name", "one question"),
        ("CREATE (a:Entity {id: 'x'})", "only read"),
        ("MATCH (a:Entity) DELETE a", "only read"),
        ("MATCH (a:Entity) SET a.name = 'x'", "only read"),
        ("LOAD FROM 'x.csv' RETURN *", "only read"),
        ("COPY (MATCH (a:Entity) RETURN a.id) TO 'x.csv'", "only read"),
        ("INSTALL httpfs", "only read"),
        ("", "Cypher"),
    ],
)
def test_what_cannot_be_answered_is_an_error_and_never_an_empty_result(kg, query, message):
    with pytest.raises(QueryError, match=message):
        list(kg.cypher(query))


def test_strange_names_survive_the_copy():
    names = ['A "quoted", name', "line\nbreak", "\\N", "it's", "Ünï—çødé", "a\\b"]
    graph = KnowledgeGraph(
        entities=[Entity(id=f"x:{n}", name=name, type="person") for n, name in enumerate(names)]
    )
    rows = graph.cypher("MATCH (e:Entity) RETURN e.name, e.country ORDER BY e.id")
    assert list(rows) == [(name, None) for name in names]


def test_an_empty_graph_answers_too():
    assert list(KnowledgeGraph().cypher("MATCH (e:Entity) RETURN e")) == []


def test_without_the_engine_the_error_says_how_to_get_it(monkeypatch):
    real_import = builtins.__import__

    def no_engine(name, *args, **kwargs):
        if name == "ladybug":
            raise ImportError(name)
        return real_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", no_engine)
    with pytest.raises(QueryError, match=r"pip install 'actorgraph\[cypher\]'"):
        example_graph().cypher("MATCH (e:Entity) RETURN e")
