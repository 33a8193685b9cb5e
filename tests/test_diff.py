"""What changed between two graphs."""

from __future__ import annotations

import pytest

from actorgraph.graph.model import KnowledgeGraph
from actorgraph.schema import Document, Entity, Status


def changed(graph, **fields):
    """Return a graph with some of its parts replaced."""
    parts = ("title", "entities", "edges", "comentions", "documents", "relations", "provenance")
    return KnowledgeGraph(**({name: getattr(graph, name) for name in parts} | fields))


def lines(diff):
    return [(change.kind, change.what, change.label, change.detail) for change in diff]


def test_a_graph_does_not_differ_from_itself(small_graph):
    diff = small_graph.diff(changed(small_graph))
    assert not diff
    assert len(diff) == 0


def test_added_and_removed_swap_with_the_direction(small_graph):
    part = small_graph.subgraph(around="S-400")
    forth, back = small_graph.diff(part), part.diff(small_graph)
    assert {c.id for c in forth.removed} == {c.id for c in back.added} != set()
    assert not forth.added
    assert not back.removed


def test_an_edge_that_became_fact_is_changed(small_graph):
    edges = [
        edge.model_copy(update={"status": Status.AFFIRMED, "belief": 0.8, "n_evidence": 2})
        if edge.status is Status.HYPOTHETICAL
        else edge
        for edge in small_graph.edges
    ]
    diff = small_graph.diff(changed(small_graph, edges=edges))
    assert lines(diff.edges) == [
        (
            "changed",
            "edge",
            "United States sanctions Turkey",
            "status: hypothetical → affirmed; belief: 0.3 → 0.8; n_evidence: 1 → 2",
        )
    ]
    assert not diff.entities
    assert diff.ranks


def test_new_names_and_counts_change_an_entity(small_graph):
    entities = [
        entity.model_copy(update={"aliases": ("Moscow", "RF"), "mentions": 7})
        if entity.id == "country:ru"
        else entity
        for entity in small_graph.entities
    ]
    (change,) = small_graph.diff(changed(small_graph, entities=entities)).entities
    assert change.label == "Russia"
    assert change.detail == "mentions: 6 → 7; new alias RF; lost alias Russian Federation"


def test_a_merged_entity_says_into_which(small_graph):
    extra = Entity(id="system:triumf", name="Triumf", type="system")
    old = changed(small_graph, entities=[*small_graph.entities, extra])
    new = changed(
        small_graph,
        entities=[
            entity.model_copy(update={"aliases": (*entity.aliases, "Triumf")})
            if entity.id == "system:s-400"
            else entity
            for entity in small_graph.entities
        ],
    )
    assert lines(old.diff(new).removed) == [
        ("removed", "entity", "Triumf", "now a name of system:s-400")
    ]


def test_new_documents_are_named(small_graph):
    more = Document(id="abc", text="Acme builds radars.", title="Radars")
    diff = small_graph.diff(changed(small_graph, documents=[*small_graph.documents, more]))
    assert lines(diff) == [("added", "document", "Radars", "")]


def test_ranks_move_only_among_the_central(make_graph):
    graph = make_graph(200, 400, 1)
    diff = graph.diff(changed(graph, edges=graph.edges[:200]))
    moves = [tuple(map(int, change.detail.split(" → "))) for change in diff.ranks]
    assert moves
    assert all(min(move) <= 20 for move in moves)


@pytest.mark.parametrize(
    ("part", "kinds"),
    [
        ("added", {"added"}),
        ("removed", {"removed"}),
        ("changed", {"changed"}),
    ],
)
def test_a_diff_is_narrowed_by_kind(small_graph, part, kinds):
    new = changed(small_graph, title="later", entities=small_graph.entities[:-1], edges=(),
                  comentions=(), documents=[Document(id="new", text="New.")])  # fmt: skip
    assert {change.kind for change in getattr(small_graph.diff(new), part)} == kinds


def test_a_diff_prints_as_a_table_and_as_markdown(small_graph):
    diff = small_graph.diff(small_graph.subgraph(around="S-400")).edges
    assert "United States operates Patriot" in str(diff)
    assert diff.to_markdown() == (
        "**Changes from 'seeds' to 'seeds' (2)**\n\n"
        "| change | what | label | detail |\n"
        "| --- | --- | --- | --- |\n"
        "| removed | edge | United States operates Patriot |  |\n"
        "| removed | edge | United States sanctions Turkey |  |\n"
    )


def test_a_diff_is_a_page_with_a_table_for_each_kind(small_graph):
    from lxml import html

    more = Document(id="n", text=".", title="New & old")
    new = changed(
        small_graph,
        edges=small_graph.edges[1:],
        title="<later>",
        documents=[*small_graph.documents, more],
    )
    diff = small_graph.diff(new)
    page = html.fromstring(diff.to_html())
    assert "<later>" in page.findtext(".//h1")
    headings = [heading.text.partition(" (")[0] for heading in page.iter("h2")]
    assert headings == ["Documents", "Stated relations"]
    assert len(page.xpath("//tr[td]")) == len(diff)
    assert page.xpath("//tr[@class='added']/td[2]")[0].text == "New & old"
    assert "Nothing changed." in small_graph.diff(small_graph).to_html()


def test_the_same_change_prints_the_same_whatever_the_order(small_graph):
    part = small_graph.subgraph(around="S-400")
    again = changed(part, entities=reversed(part.entities), edges=reversed(part.edges))
    assert str(small_graph.diff(part)) == str(small_graph.diff(again))
