"""The numbers and words of the rows that GraphML, GEXF, CSV and the pictures are made of."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.export.flat import flat_links, flat_nodes
from actorgraph.export.xml import Column, clean, token, untoken

from .export_cases import SMALL, HandMadeGraph, claim, edge


@dataclass(frozen=True)
class Placed(HandMadeGraph):
    """A graph whose layout and centrality are given."""

    places: dict = field(default_factory=dict)
    ranks: dict = field(default_factory=dict)

    def layout(self):
        return {each.id: self.places.get(each.id, (0.0, 0.0)) for each in self.entities}

    def centrality(self):
        return {each.id: self.ranks.get(each.id, 0.0) for each in self.entities}


def nodes(places=None, ranks=None):
    graph = Placed(entities=SMALL.entities, places=places or {}, ranks=ranks or {})
    return {node.id: node for node in flat_nodes(graph)}


def links(*edges, comentions=(), fold=True):
    return list(flat_links(replace(SMALL, edges=edges, comentions=comentions), fold=fold))


@pytest.mark.parametrize(
    ("place", "written"),
    [
        ((1 / 3, 2 / 3), (0.33, 0.67)),
        ((-0.004, 0.006), (0.0, 0.01)),
        ((float("nan"), float("inf")), (0.0, 0.0)),
    ],
)
def test_a_place_has_two_digits(place, written):
    node = nodes(places={"country:ru": place})["country:ru"]

    assert (node.x, node.y) == written


@pytest.mark.parametrize(
    ("ranks", "largest"),
    [
        ({}, []),
        ({"country:ru": 1e-3}, ["country:ru"]),
        ({"country:ru": 1e-3, "country:tr": 1e-3}, ["country:ru", "country:tr"]),
        ({"country:ru": 0.9, "country:tr": 0.1}, ["country:ru"]),
    ],
)
def test_the_largest_node_is_the_most_central_however_little_that_is(ranks, largest):
    found = nodes(ranks=ranks)

    assert [id_ for id_, node in found.items() if node.size == 40] == largest
    assert {node.size for id_, node in found.items() if id_ not in ranks} == {6}


def test_an_edge_tells_who_says_so_in_which_words_and_where():
    said = claim("country:ru", "supplies", "country:tr", "S.", start=7, speaker="the minister")
    [link] = links(edge(said, belief=0.123456))

    assert (link.speaker, link.wording, link.start) == ("the minister", "supplies", 7)
    assert (link.sentence, link.belief) == ("S.", 0.1235)


def test_an_edge_tells_how_often_the_two_meet():
    met = SMALL.comentions[0].model_copy(update={"npmi": 0.123456})
    [link] = links(edge(claim("country:ru", "supplies", "country:tr", "S.")), comentions=(met,))

    assert (link.weight, link.comentions, link.npmi) == (1, 5, 0.1235)


def test_an_edge_without_a_claim_tells_what_is_known():
    bare = edge(claim("country:ru", "supplies", "country:tr", "S.")).model_copy(
        update={"claims": (), "n_evidence": 0}
    )
    [link] = links(bare)

    assert (link.speaker, link.wording, link.start, link.sentence) == ("", "", None, "")
    assert (link.weight, link.n_documents, link.kind) == (1, 1, "supplies")


@pytest.mark.parametrize(("sentences", "weight"), [(0, 1), (1, 1), (5, 5)])
def test_a_meeting_weighs_as_many_sentences_and_one_at_least(sentences, weight):
    met = SMALL.comentions[1].model_copy(update={"sentences": sentences, "npmi": 0.123456})
    [link] = links(comentions=(met,))

    assert (link.weight, link.comentions, link.npmi) == (weight, sentences, 0.1235)
    assert (link.sentence, link.start, link.belief) == ("Turkey and F.", 9, None)


def test_a_meeting_without_an_example_tells_no_sentence():
    [link] = links(comentions=(SMALL.comentions[0],))

    assert (link.sentence, link.start, link.document_id) == ("", None, "")


@pytest.mark.parametrize("text", ["two  blanks", " two blanks ", "two \t blanks"])
def test_blanks_become_one(text):
    assert clean(text) == "two blanks"


@given(st.text(st.sampled_from("-_x25DFa/\ud83d") | st.characters(exclude_categories=())))
def test_an_id_comes_back_from_its_token(name):
    assert untoken(token(name)) == name


@pytest.mark.parametrize("kept", [0, 3, 5, 100])
def test_a_column_makes_each_value_right_however_few_it_keeps(kept):
    made = []
    column = Column(lambda value: made.append(value) or f"<{value}>", kept)

    assert [column[value] for value in (1, 2, 3, 2, 1, 4)] == [f"<{n}>" for n in (1, 2, 3, 2, 1, 4)]
    assert [column[nothing] for nothing in (None, "", ())] == ["", "", ""]
    assert len(column) <= max(kept, 3)
    assert len(made) == 6 - 2 * (kept >= 5)  # which is what it is for
