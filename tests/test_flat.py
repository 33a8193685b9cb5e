"""What a graph loses when it is flattened, and what it must not lose."""

import importlib.util
import re
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.export.flat import flat_links, flat_nodes
from actorgraph.export.meetings import in_order
from actorgraph.export.palette import EDGE_COLOURS, NODE_COLOURS
from actorgraph.export.xml import clean, content, token
from actorgraph.schema import EntityType, Modality, Status


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL
IDS = st.text(st.sampled_from("-_x25DFa/\ud83d") | st.characters(exclude_categories=()), min_size=1)


def folded(*edges, comentions=()):
    return list(flat_links(replace(SMALL, edges=edges, comentions=comentions), fold=True))


def test_one_edge_a_pair_and_direction():
    assert [(e.id, e.relations, e.weight, e.comentions) for e in flat_links(SMALL, fold=True)] == [
        ("country:ru--country:tr", "supplies|threatens (denied)", 3, 5),
        ("country:tr--system:s-400", "acquires", 2, None),
        ("country:tr--organization:e-f", "co_mentioned_with", 2, 2),
    ]


def test_one_edge_a_relation():
    assert [(e.id, e.label, e.undirected) for e in flat_links(SMALL, fold=False)] == [
        ("country:ru--supplies--country:tr", "supplies", False),
        ("country:ru--threatens--country:tr", "threatens (denied)", False),
        ("country:tr--acquires--system:s-400", "acquires", False),
        ("country:ru--co_mentioned_with--country:tr", "co-mentioned", True),
        ("country:tr--co_mentioned_with--organization:e-f", "co-mentioned", True),
    ]


def test_mutual_relations_are_two_edges_and_share_the_co_mention():
    there = cases.edge(cases.claim("country:ru", "supplies", "country:tr", "One."))
    back = cases.edge(cases.claim("country:tr", "threatens", "country:ru", "Two."))

    links = folded(there, back, comentions=SMALL.comentions[:1])

    assert [(e.source, e.relations, e.comentions) for e in links] == [
        ("country:ru", "supplies", 5),
        ("country:tr", "threatens", 5),
    ]


def test_each_co_mention_goes_to_the_edges_of_its_pair_or_is_an_edge():
    names = "abcdef"
    met = [
        cases.SMALL.comentions[0].model_copy(update={"a": a, "b": b, "sentences": ord(a) + ord(b)})
        for a, b in combinations(names, 2)
    ]
    stated = [
        cases.edge(cases.claim(a, "supplies", b, "One."))
        for a, b in ("ac", "ba", "da", "db", "ef", "fe", "ff")
    ]

    for comentions in (met, met[::-1]):
        links = folded(*stated, comentions=comentions)

        told = {(e.source, e.target): e.comentions for e in links}
        assert told.pop(("f", "f")) is None
        assert all(number == ord(one) + ord(other) for (one, other), number in told.items())
        assert len(links) == 7 + 15 - 5
        assert {frozenset(pair) for pair in told} == {frozenset((c.a, c.b)) for c in met}


def test_what_is_sorted_is_not_copied():
    numbers = range(9)

    assert in_order(numbers, int) is numbers
    assert in_order(numbers[::-1], int) == list(numbers)


def test_a_sentence_that_states_two_relations_counts_once():
    one = cases.edge(cases.claim("a", "supplies", "b", "A arms and threatens B."))
    two = cases.edge(cases.claim("a", "threatens", "b", "A arms and threatens B."))

    assert [e.weight for e in folded(one, two)] == [1]


def test_copies_of_a_sentence_that_the_graph_counted_once_count_once():
    claims = [cases.claim("a", "supplies", "b", text) for text in ("A arms B.", "A arms  B.")]

    assert [e.weight for e in folded(cases.edge(*claims, n_evidence=1))] == [1]


@pytest.mark.parametrize(
    ("status", "other", "leading"),
    [
        (Status.DENIED, Status.AFFIRMED, "threatens"),
        (Status.AFFIRMED, Status.DENIED, "supplies"),
        (Status.HYPOTHETICAL, Status.CONTESTED, "threatens"),
        (Status.AFFIRMED, Status.AFFIRMED, "threatens"),
    ],
)
def test_a_fact_leads_then_the_relation_with_most_evidence(status, other, leading):
    one = cases.edge(cases.claim("a", "supplies", "b", "One."), status=status)
    two = cases.edge(
        cases.claim("a", "threatens", "b", "Two."),
        cases.claim("a", "threatens", "b", "Three."),
        status=other,
    )

    assert [e.kind for e in folded(one, two)] == [leading]


def test_the_sentence_shown_is_the_plainest():
    acquired = next(e for e in flat_links(SMALL, fold=True) if e.kind == "acquires")

    assert (acquired.sentence, acquired.modality) == ("Turkey bought it.", Modality.ASSERTED)
    assert (acquired.source_title, acquired.source_date) == ("b.txt", "")


def test_the_most_central_node_is_the_largest():
    sizes = {node.id: node.size for node in flat_nodes(SMALL)}

    assert sizes["organization:e-f"] == 6.0
    assert sizes["country:ru"] == 40.0
    assert 6.0 < sizes["country:tr"] < sizes["system:s-400"] < 40.0


def test_a_name_that_cannot_be_shown_gives_way_to_the_id():
    nameless = SMALL.entities[0].model_copy(update={"name": "\x00 "})

    assert next(flat_nodes(replace(SMALL, entities=(nameless,)))).label == "country:ru"


def test_every_type_and_quad_class_has_a_colour_of_its_own():
    assert set(NODE_COLOURS) == set(EntityType)
    assert len(set(NODE_COLOURS.values())) == len(NODE_COLOURS)
    assert len(set(EDGE_COLOURS.values())) == len(EDGE_COLOURS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S-400", "S-400"),
        (" two \r\n\t lines ", "two lines"),
        ("two\x85more \u2028\u2029 lines", "two more lines"),
        ("\x00bell\x07\x7f", "bell\x7f"),
        ("\ufffe\uffff", ""),
        ("half \ud83d", "half \ufffd"),
        ("🚀 الدفاع", "🚀 الدفاع"),
        ("no\xa0break", "no\xa0break"),
    ],
)
def test_text_is_cleaned(text, expected):
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain > text", "plain > text"),
        ('"E" & <F>', '<![CDATA["E" & <F>]]>'),
        ("A & B", "A &amp; B"),
        ("a]]>b", "a]]&gt;b"),
        ("a ]]> & b", "<![CDATA[a ]]]]><![CDATA[> & b]]>"),
        ("a ]]> ]]> b", "<![CDATA[a ]]]]><![CDATA[> ]]]]><![CDATA[> b]]>"),
        ("a ]]> ]]& b", "a ]]&gt; ]]&amp; b"),
        ("a &lt; & b", "a &amp;lt; &amp; b"),
        ("a &\xa0< b", "<![CDATA[a &\xa0< b]]>"),
    ],
)
def test_text_is_escaped(text, expected):
    assert content(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("system:s-400", "system:s-400"),
        ("a/b", "a_x2F_b"),
        ("a_x2F_b", "a_x5F_x2F_b"),
        ("a--b", "a_x2D_-b"),
        ("-a-", "_x2D_a_x2D_"),
        (" я ", "_x20__x44F__x20_"),
    ],
)
def test_ids_become_tokens(name, expected):
    assert token(name) == expected


@given(IDS, IDS)
def test_two_ids_never_share_a_token(one, other):
    assert (token(one) == token(other)) == (one == other)
    assert re.fullmatch("[-.:_0-9A-Za-z]+", token(one))


@given(st.lists(IDS, min_size=1, max_size=3))
def test_joined_tokens_can_be_told_apart(names):
    tokens = [token(name) for name in names]

    assert "--".join(tokens).split("--") == tokens
