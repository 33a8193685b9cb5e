"""A view keeps what its name says, and is a graph like any other."""

import pytest

from actorgraph.errors import QueryError
from actorgraph.graph.model import KnowledgeGraph
from actorgraph.graph.presets import View, is_strong, view_of
from actorgraph.schema import Claim, CoMention, Document, Edge, Entity, Evidence, Status


def stated(subject, object_, document="d1"):
    quote = Evidence(document_id=document, start=0, end=4, exact="Yes.")
    said = Claim(
        id=f"{subject} {object_}",
        subject_id=subject,
        relation="hosts",
        object_id=object_,
        wording="hosts",
        rule="by hand",
        evidence=quote,
        subject_mention=(0, 1),
        object_mention=(2, 3),
    )
    return Edge(
        subject_id=subject,
        relation="hosts",
        object_id=object_,
        claims=(said,),
        status=Status.DENIED,
        belief=0.5,
        n_evidence=1,
        n_documents=1,
        n_sources=1,
    )


def met(a, b, sentences, npmi):
    return CoMention(
        a=a, b=b, sentences=sentences, paragraphs=9, documents=1, npmi=npmi, log_likelihood=1.0
    )


TYPES = {
    "alliance": "organization",
    "base": "place",
    "envoy": "person",
    "host": "country",
    "loner": "country",
    "radar": "system",
}
GRAPH = KnowledgeGraph(
    title="Six",
    entities=[Entity(id=name, name=name.title(), type=type_) for name, type_ in TYPES.items()],
    edges=[stated("host", "base", "d2"), stated("host", "radar")],
    comentions=[
        met("alliance", "envoy", 2, 0.1),
        met("alliance", "host", 1, 0.9),
        met("alliance", "radar", 9, -0.1),
        met("base", "envoy", 9, 0.9),
    ],
    documents=[Document(id="d1", text=""), Document(id="d2", text="")],
)


def shown(view):
    graph = view_of(GRAPH, view)
    return (
        [entity.id for entity in graph.entities],
        [(edge.subject_id, edge.object_id) for edge in graph.edges],
        [(pair.a, pair.b) for pair in graph.comentions],
    )


def test_all_is_the_graph():
    assert view_of(GRAPH, View.ALL) is GRAPH


def test_stated_is_what_sources_state_denials_included():
    assert shown("stated") == (
        ["base", "host", "radar"],
        [("host", "base"), ("host", "radar")],
        [],
    )


def test_actors_are_core_types_that_are_linked():
    assert shown("actors") == (
        ["alliance", "envoy", "host", "radar"],
        [("host", "radar")],
        [("alliance", "envoy")],
    )


def test_a_view_keeps_the_documents_it_quotes():
    assert [document.id for document in view_of(GRAPH, "actors").documents] == ["d1"]
    assert [document.id for document in view_of(GRAPH, "stated").documents] == ["d1", "d2"]


@pytest.mark.parametrize(
    ("sentences", "npmi", "strong"),
    [(2, 0.01, True), (9, 1.0, True), (1, 1.0, False), (2, 0.0, False), (0, -1.0, False)],
)
def test_a_strong_co_mention_is_neither_single_nor_chance(sentences, npmi, strong):
    assert is_strong(met("a", "b", sentences, npmi)) is strong


def test_a_view_can_be_narrowed():
    narrowed = view_of(GRAPH, "actors").subgraph(types=["country", "system"])

    assert [entity.id for entity in narrowed.entities] == ["host", "radar"]


def test_an_unknown_view_names_those_there_are():
    with pytest.raises(QueryError, match=r"'actor'.*all, stated, actors"):
        view_of(GRAPH, "actor")
