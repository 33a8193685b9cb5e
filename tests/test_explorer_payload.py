"""What a page is told of a graph: bounds, sizes, places, marks, and what goes without saying."""

import json
import math
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from actorgraph.export.explorer import payload
from actorgraph.export.explorer.payload import Payload, select, visual_edges, visual_nodes
from actorgraph.schema import CoMention, Entity, Evidence, RelationType

from .export_cases import HandMadeGraph, claim, edge


def entity(id_, **more):
    return Entity(**{"id": id_, "name": id_.upper(), "type": "system", **more})


def met(a, b, **more):
    return CoMention(
        **{
            "a": a, "b": b, "sentences": 1, "paragraphs": 1, "documents": 1, "npmi": 0.5,
            "log_likelihood": 1.0, **more,
        }
    )  # fmt: skip


def built(graph, max_nodes=2000):
    return Payload(graph, select(graph, max_nodes)).build()


@dataclass(frozen=True)
class Placed(HandMadeGraph):
    """A graph whose layout and centrality are given."""

    places: dict = field(default_factory=dict)
    ranks: dict = field(default_factory=dict)

    def layout(self):
        return self.places

    def centrality(self):
        return self.ranks


def drawn(max_nodes=2000, *, places=None, **ranks):
    """Where and how large entities of these centralities are drawn, by name."""
    graph = Placed(entities=tuple(map(entity, ranks)), places=places or {}, ranks=ranks)
    selection = select(graph, max_nodes)
    nodes = visual_nodes(graph, selection)
    return {each.id: node for each, node in zip(selection.entities, nodes, strict=True)}


# Bounds


def test_the_bounds_of_a_page_are_those_that_are_told():
    text = Path(__file__).parents[1].joinpath("docs", "security.md").read_text(encoding="utf-8")
    told = next(line for line in text.splitlines() if line.startswith("| entities on a page"))

    assert f"{payload.MOST_ENTITIES:,}, of pairs {payload.MOST_PAIRS:,}" in told
    assert f"of sentences {payload.MOST_SENTENCES:,}" in told


@pytest.mark.parametrize(
    ("room", "kept"),
    [
        (3_000, 1_000), (2_999, 300), (900, 300), (899, 100), (300, 100), (299, 50), (150, 50),
        (149, 20), (60, 20), (59, 10), (30, 10), (29, 5), (15, 5), (14, 3), (9, 3), (8, 2),
        (6, 2), (5, 1), (0, 1),
    ],
)  # fmt: skip
def test_three_long_relations_share_the_room_for_sentences(room, kept, monkeypatch):
    monkeypatch.setattr(payload, "MOST_SENTENCES", room)
    said = claim("a", "supplies", "b", "S.")
    long = [edge(said).model_copy(update={"claims": (said,) * 2_000}) for _ in range(2)]
    example = Evidence(document_id="d1", start=0, end=1, exact="S")
    graph = HandMadeGraph(
        entities=tuple(map(entity, "ab")),
        edges=tuple(long),
        comentions=(met("a", "b").model_copy(update={"examples": (example,) * 2_000}),),
    )
    assert select(graph, 10).sentences == kept


@pytest.mark.parametrize(("room", "shown"), [(10, 3), (1, 2)])
def test_two_names_that_meet_show_two_places_however_little_room_there_is(room, shown, monkeypatch):
    monkeypatch.setattr(payload, "MOST_SENTENCES", room)
    places = [Evidence(document_id="d1", start=n, end=n + 1, exact="S") for n in range(3)]
    graph = HandMadeGraph(
        entities=tuple(map(entity, "ab")), comentions=(met("a", "b", examples=tuple(places)),)
    )
    [pair] = built(graph)["comentions"]

    assert len(pair["examples"]) == shown


@pytest.mark.parametrize(
    ("polarities", "kept"),
    [
        ({"affirmed": [0.9, 0.8, 0.7]}, [0.9, 0.8]),
        ({"affirmed": [0.7, 0.8, 0.9]}, [0.8, 0.9]),
        ({"affirmed": [0.5, 0.5, 0.5]}, [0.5, 0.5]),
        ({"affirmed": [0.9, 0.8], "negated": [0.1]}, [0.9, 0.1]),
        ({"affirmed": [0.2], "negated": [0.9, 0.8, 0.7]}, [0.2, 0.9]),
    ],
)
def test_of_many_claims_the_firmest_stay_with_one_of_each_side(polarities, kept, monkeypatch):
    monkeypatch.setattr(payload, "_SENTENCES_EACH", (2,))
    sides = [(side, firm) for side, firms in polarities.items() for firm in firms]
    claims = [
        claim("a", "supplies", "b", f"S{n}.", start=9 * n, confidence=firm, polarity=side)
        for n, (side, firm) in enumerate(sides)
    ]
    graph = HandMadeGraph(entities=tuple(map(entity, "ab")), edges=(edge(*claims),))
    [relation] = built(graph)["edges"]

    assert [each["confidence"] for each in relation["claims"]] == kept
    assert relation["left"] == len(sides) - len(kept)


def test_of_equally_firm_claims_the_first_stay(monkeypatch):
    monkeypatch.setattr(payload, "_SENTENCES_EACH", (2,))
    claims = [claim("a", "supplies", "b", f"S{n}.", start=9 * n) for n in range(4)]
    graph = HandMadeGraph(entities=tuple(map(entity, "ab")), edges=(edge(*claims),))

    assert [each["text"] for each in built(graph)["evidence"]] == ["S0.", "S1."]


def test_a_relation_that_is_shown_whole_says_nothing_of_a_rest():
    graph = HandMadeGraph(
        entities=tuple(map(entity, "ab")), edges=(edge(claim("a", "supplies", "b", "S.")),)
    )
    [relation] = built(graph)["edges"]

    assert "left" not in relation


def test_a_page_draws_three_lines_for_each_of_its_nodes():
    names = "abcdefgh"
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    graph = HandMadeGraph(
        entities=tuple(map(entity, names)), comentions=tuple(met(a, b) for a, b in pairs)
    )
    assert len(pairs) == 28
    assert len(select(graph, len(names)).drawn) == 24


def test_where_stated_relations_take_all_the_lines_meetings_wait():
    names = "abcdefgh"
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    graph = HandMadeGraph(
        entities=tuple(map(entity, names)),
        edges=tuple(edge(claim(a, "arms", b, "S.")) for a, b in pairs),
        comentions=tuple(met(a, b) for a, b in pairs),
    )
    assert select(graph, len(names)).drawn == frozenset()


# Where and how large


@pytest.mark.parametrize(
    ("ranks", "radii"),
    [
        ({"a": 1.0, "b": 0.25, "c": 0.0}, {"a": 24, "b": 15, "c": 6}),  # the area grows
        ({"a": 0.004, "b": 0.001}, {"a": 24, "b": 15}),  # beside the strongest
        ({"a": 2.0}, {"a": 24}),
        ({"a": 0.0, "b": 0.0}, {"a": 6, "b": 6}),
        ({"a": 1.0, "b": -1.0}, {"a": 24, "b": 6}),
        ({"a": 1.0, "b": math.nan, "c": math.inf}, {"a": 24, "b": 6, "c": 6}),
        ({"a": 1.0, "b": 2e9}, {"a": 24, "b": 6}),  # no centrality is that great
        ({}, {}),
    ],
)
def test_how_large_a_node_is(ranks, radii):
    assert {name: node["size"] for name, node in drawn(**ranks).items()} == radii


def test_an_entity_of_unknown_centrality_is_the_last_and_smallest():
    graph = Placed(entities=(entity("a"), entity("b")), ranks={"b": 0.5})
    selection = select(graph, 10)

    assert [each.id for each in selection.entities] == ["b", "a"]
    assert [node["size"] for node in visual_nodes(graph, selection)] == [24, 6]


@pytest.mark.parametrize(
    ("place", "as_if_at"),
    [
        (None, (0, 0)),
        ((math.nan, 30.0), (0, 30)),
        ((30.0, math.inf), (30, 0)),
        ((2e9, -2e9), (0, 0)),
    ],
)
def test_a_place_that_is_none_is_the_middle_on_that_axis(place, as_if_at):
    corners = {"a": (-100, -100), "b": (100, -100), "c": (100, 100), "d": (-100, 100)}
    ranks = dict.fromkeys("abcde", 1.0)
    odd = drawn(places=corners | ({"e": place} if place else {}), **ranks)

    assert odd == drawn(places=corners | {"e": as_if_at}, **ranks)


def test_nodes_are_numbered_and_placed_to_a_tenth():
    nodes = drawn(places={"a": (0, 0), "b": (1 / 3, 2 / 3), "c": (5, 7)}, a=3.0, b=2.0, c=1.0)

    assert [node["id"] for node in nodes.values()] == [0, 1, 2]
    places = [place for node in nodes.values() for place in (node["x"], node["y"])]
    assert places == [round(place, 1) for place in places]
    assert any(place != round(place) for place in places)


@pytest.mark.parametrize(("nodes", "grain"), [(50, 1.0), (1440, 2.0), (1000, 1.83)])
def test_signs_grow_with_the_sheet(nodes, grain):
    graph = HandMadeGraph(entities=tuple(entity(f"e{n}") for n in range(nodes)))

    assert built(graph)["grain"] == grain


# Marks


@pytest.mark.parametrize(
    ("exact", "subject", "object_", "wording", "marked"),
    [
        # Of several occurrences the one nearest to the middle of the two names.
        ("Rome sold it after Oslo sold Bari what it sold.", "Oslo", "Bari", "sold", ["24:28"]),
        ("Oslo sold arms; what Bari sold was little.", "Oslo", "Bari", "sold", ["5:9"]),
        ("Sold, sold, Oslo and Bari sold.", "Oslo", "Bari", "sold", ["26:30"]),
        ("Oslo, which sold it all, then sold more to Bari.", "Oslo", "Bari", "sold", ["30:34"]),
        # A phrase before its words one by one, and those in their order.
        ("Oslo took Bari over, then took over Rome.", "Oslo", "Rome", "took over", ["26:35"]),
        ("Over time Oslo took Bari over.", "Oslo", "Bari", "took over", ["15:19", "25:29"]),
        ("Oslo took\n  over Bari.", "Oslo", "Bari", "took over", ["5:16"]),
        ("OSLO TOOK OVER BARI.", "OSLO", "BARI", "took over", ["5:14"]),
        ("Oslo took Bari.", "Oslo", "Bari", "took over", ["5:9"]),
        ("Oslo had long had Bari.", "Oslo", "Bari", "had had", ["5:8", "14:17"]),
        # Nothing that is a part of a word, no sign of a pattern, and nothing for no words.
        ("Oslo resold it to Bari unsoldered.", "Oslo", "Bari", "sold", []),
        ("Oslo (c.o.o.) Bari cxoxox.", "Oslo", "Bari", "c.o.o", ["6:11"]),
        ("Oslo sold Bari.", "Oslo", "Bari", "", []),
        ("Oslo sold Bari.", "Oslo", "Bari", "  ", []),
    ],
)
@pytest.mark.parametrize("start", [0, 1000])
def test_the_words_that_state_a_relation(exact, subject, object_, wording, marked, start):
    def place(name):
        at = start + exact.index(name)
        return at, at + len(name)

    said = claim("a", "supplies", "b", exact, start=start).model_copy(
        update={
            "wording": wording,
            "subject_mention": place(subject),
            "object_mention": place(object_),
        }
    )
    graph = HandMadeGraph(entities=tuple(map(entity, "ab")), edges=(edge(said),))
    [[shown]] = [each["claims"] for each in built(graph)["edges"]]

    assert [f"{start}:{end}" for start, end in shown.get("wmark", [])] == marked
    for mark, name in ((shown["smark"], subject), (shown["omark"], object_)):
        assert exact[slice(*mark)] == name


@pytest.mark.parametrize(
    ("mention", "mark"),
    [
        ((50, 62), [0, 12]), ((61, 62), [11, 12]),
        ((50, 63), None), ((49, 51), None), ((55, 55), None),
    ],
)  # fmt: skip
def test_only_what_lies_in_the_sentence_is_marked(mention, mark):
    said = claim("a", "supplies", "b", "Oslo sold it", start=50).model_copy(
        update={"subject_mention": mention}
    )
    graph = HandMadeGraph(entities=tuple(map(entity, "ab")), edges=(edge(said),))
    [[shown]] = [each["claims"] for each in built(graph)["edges"]]

    assert shown.get("smark") == mark


@pytest.mark.parametrize(
    ("exact", "marks"),
    [
        ("Oslo sold \u20ac5 to Bari", [[0, 4], [5, 9], [16, 20]]),  # two bytes, one unit
        ("\U0001f680 Oslo sold Bari", [[3, 7], [8, 12], [13, 17]]),
        ("Oslo \U0001f680 sold \U0001f680 Bari", [[0, 4], [8, 12], [16, 20]]),
        ("\uffff Oslo sold Bari", [[2, 6], [7, 11], [12, 16]]),
    ],
)
def test_places_count_as_javascript_does(exact, marks):
    names = [(exact.index(name), exact.index(name) + 4) for name in ("Oslo", "Bari")]
    said = claim("a", "supplies", "b", exact).model_copy(
        update={"wording": "sold", "subject_mention": names[0], "object_mention": names[1]}
    )
    graph = HandMadeGraph(entities=tuple(map(entity, "ab")), edges=(edge(said),))
    [[shown]] = [each["claims"] for each in built(graph)["edges"]]

    assert [shown["smark"], *shown["wmark"], shown["omark"]] == marks


# What is said, and what goes without saying


def test_a_claim_tells_all_that_is_known_of_it():
    said = claim(
        "a", "supplies", "b", "S.", polarity="negated", modality="reported", speaker="the c",
        speaker_id="c", confidence=0.45678, event_date="2019-07", qualifiers={"to": "x", "at": "y"},
    )  # fmt: skip
    graph = HandMadeGraph(entities=tuple(map(entity, "abc")), edges=(edge(said),))
    data = built(graph)
    [[shown]] = [each["claims"] for each in data["edges"]]

    assert data["entities"][shown.pop("by")]["id"] == "c"
    assert shown == {
        "ev": 0, "polarity": "negated", "modality": "reported", "speaker": "the c",
        "wording": "supplies", "confidence": 0.457, "rule": "by hand", "event": "2019-07",
        "qualifiers": {"at": "y", "to": "x"},
    }  # fmt: skip
    assert list(shown["qualifiers"]) == ["at", "to"]


def test_an_ordinary_claim_tells_its_sentence_and_words_alone():
    graph = HandMadeGraph(
        entities=tuple(map(entity, "ab")), edges=(edge(claim("a", "supplies", "b", "S.")),)
    )
    [[shown]] = [each["claims"] for each in built(graph)["edges"]]

    assert shown == {"ev": 0, "wording": "supplies", "rule": "by hand"}


def test_a_speaker_who_is_not_on_the_page_is_told_by_the_words_alone():
    said = claim("a", "supplies", "b", "S.", speaker="officials", speaker_id="nowhere")
    graph = HandMadeGraph(entities=tuple(map(entity, "ab")), edges=(edge(said),))
    [[shown]] = [each["claims"] for each in built(graph)["edges"]]

    assert (shown["speaker"], "by" in shown) == ("officials", False)


def test_the_first_entity_of_the_page_may_speak():
    said = claim("a", "supplies", "b", "S.", speaker="A", speaker_id="a")
    graph = HandMadeGraph(entities=tuple(map(entity, "ab")), edges=(edge(said),))
    [[shown]] = [each["claims"] for each in built(graph)["edges"]]

    assert shown["by"] == 0


def test_relations_that_are_used_are_described():
    graph = HandMadeGraph(
        entities=tuple(map(entity, "ab")),
        edges=(edge(claim("a", "borders", "b", "S.")), edge(claim("a", "arms", "b", "S."))),
        relations={
            "borders": RelationType(
                name="borders", inverse="borders", symmetric=True, description="Shares a border."
            ),
            "arms": RelationType(name="arms", inverse="armed by", quad="material-cooperation"),
            "unused": RelationType(name="unused", inverse="unused by"),
        },
    )
    assert built(graph)["relations"] == {
        "arms": {"inverse": "armed by", "quad": "material-cooperation"},
        "borders": {
            "inverse": "borders",
            "symmetric": True,
            "description": "Shares a border.",
            "quad": "structural",
        },
    }


@pytest.mark.parametrize(("sentences", "waits"), [(0, True), (1, False), (3, False)])
def test_names_without_a_common_sentence_wait(sentences, waits):
    graph = HandMadeGraph(
        entities=tuple(map(entity, "ab")), comentions=(met("a", "b", sentences=sentences),)
    )
    data = built(graph)
    [pair] = data["comentions"]

    assert pair.get("waits", False) is waits
    assert pair["sentences"] == sentences
    assert data["counts"]["comentions"] == (sentences > 0)


def test_a_line_runs_as_the_first_relation_of_its_pair():
    graph = HandMadeGraph(
        entities=(entity("a", mentions=9), entity("b")),
        edges=(edge(claim("b", "arms", "a", "S.")), edge(claim("a", "opposes", "b", "S."))),
        comentions=(met("a", "b"),),
    )
    assert visual_edges(built(graph)) == [{"id": 0, "from": 0, "to": 1}]


def test_the_whole_of_it_is_json():
    said = claim("a", "supplies", "b", "S.", confidence=0.1)
    graph = HandMadeGraph(
        entities=tuple(map(entity, "ab")),
        edges=(edge(said, belief=0.1),),
        comentions=(met("a", "b", log_likelihood=math.nan),),
    )
    data = built(graph)

    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["comentions"][0]["ll"] == 0
