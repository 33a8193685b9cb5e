"""Small things that an export must get right: numbers, dates, ids, order and what is left out."""

import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from actorgraph.errors import ExportError, StoreError
from actorgraph.export.explorer import payload
from actorgraph.export.explorer.payload import Payload, select, visual_edges, visual_nodes
from actorgraph.export.formats import WRITERS
from actorgraph.export.gexf import interval
from actorgraph.export.graphml import write_graphml
from actorgraph.export.html import page, script_json, write_html
from actorgraph.export.json import FORMAT, decode, read_json, write_json
from actorgraph.schema import CoMention, Entity, Evidence, Status

from .export_cases import SMALL, HandMadeGraph, claim, edge


def entity(id_, **more):
    return Entity(**{"id": id_, "name": id_.upper(), "type": "system", **more})


def met(a, b, *, sentences=1, strength=1.0, **more):
    return CoMention(
        a=a, b=b, sentences=sentences, paragraphs=sentences, documents=1, npmi=0.5,
        log_likelihood=strength, **more,
    )  # fmt: skip


def stated(a, b, relation="supplies", *, claims=1, **more):
    found = [claim(a, relation, b, f"{a} {relation} {b}.", start=9 * n) for n in range(claims)]
    return edge(*found, **more)


# JSON


def test_json_holds_every_part_in_the_order_of_its_ids():
    stream = io.BytesIO()
    write_json(SMALL.reversed(), stream)
    data = json.loads(stream.getvalue())

    assert (data["format"], data["title"]) == (FORMAT, SMALL.title)
    assert (data["directed"], data["multigraph"]) == (True, True)
    assert [node["id"] for node in data["nodes"]] == sorted(e.id for e in SMALL.entities)
    assert [(e["source"], e["relation"], e["target"]) for e in data["edges"]] == sorted(
        edge.key for edge in SMALL.edges
    )
    assert [(p["a"], p["b"]) for p in data["comentions"]] == [(p.a, p.b) for p in SMALL.comentions]
    assert [d["id"] for d in data["documents"]] == ["d1", "d2"]
    assert [r["name"] for r in data["relations"]] == sorted(SMALL.relations)
    assert not any({"text", "passages"} & set(document) for document in data["documents"])


def test_json_is_text_of_all_languages_sorted_and_without_what_goes_without_saying():
    stream = io.BytesIO()
    write_json(replace(SMALL, provenance={"b": "1", "a": "Турция"}), stream)
    text = stream.getvalue().decode()
    nodes = json.loads(text)["nodes"]

    assert '{"a":"Турция","b":"1"}' in text
    assert '"metadata":{"a":"2","z":"1"}' in text
    assert set(nodes[0]) == {"country", "id", "mentions", "name", "type"}


def test_json_is_not_written_with_a_number_that_is_none():
    odd = SMALL.edges[0].model_copy(update={"belief": float("nan")})

    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json(replace(SMALL, edges=(odd,)), io.BytesIO())


@pytest.mark.parametrize("text", ["NaN", "-Infinity", "9" * 20, "[" * 100_000])
def test_json_takes_no_number_that_cannot_be_held(text):
    with pytest.raises((ValueError, RecursionError)):
        decode(text)


@pytest.mark.parametrize("text", ["9223372036854775807", "-9223372036854775807"])
def test_json_takes_every_number_of_64_bits(text):
    assert decode(text) == int(text)


def changed(**parts):
    stream = io.BytesIO()
    write_json(SMALL, stream)
    data = json.loads(stream.getvalue())
    return json.dumps({**data, **{name: change(data[name]) for name, change in parts.items()}})


BROKEN = {
    "[]": "its format is None",
    "{": "Cannot read a graph",
    changed(format=lambda _: "other/2"): "its format is other/2, not actorgraph/1",
    changed(nodes=lambda nodes: nodes + nodes[:1]): "there twice",
    changed(edges=lambda edges: edges + edges[:1]): "there twice",
    changed(comentions=lambda pairs: pairs + pairs[:1]): "there twice",
    changed(nodes=lambda nodes: nodes[1:]): "'country:ru', which is no entity of it",
    changed(title=lambda _: 3): "its title is no text",
    changed(provenance=lambda _: {"code": 1}): "its provenance is no text",
    changed(edges=lambda edges: [{}]): "Cannot read a graph",
}


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_no_graph_says_why(text, tmp_path):
    path = tmp_path / "graph.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(StoreError, match=re.escape(BROKEN[text])):
        read_json(path)


def test_json_comes_back_without_the_texts(tmp_path):
    write_json(SMALL, tmp_path / "graph.json")
    parts = read_json(tmp_path / "graph.json")

    assert parts.title == SMALL.title
    assert parts.entities == SMALL.entities
    assert parts.edges == tuple(sorted(SMALL.edges, key=lambda edge: edge.key))
    assert parts.comentions == SMALL.comentions
    assert [document.text for document in parts.documents] == ["", ""]
    assert [document.metadata for document in parts.documents] == [{}, {"z": "1", "a": "2"}]
    assert parts.relations == SMALL.relations
    assert parts.provenance == SMALL.provenance


# GEXF


GEXF = "{http://gexf.net/1.3}"


def gexf(graph, **options):
    stream = io.BytesIO()
    WRITERS[".gexf"](graph, stream, **options)
    return ElementTree.fromstring(stream.getvalue())


def spell(element):
    return element.get("start"), element.get("end")


def test_a_node_lasts_as_long_as_it_is_seen_or_its_edges_are():
    graph = HandMadeGraph(
        entities=(entity("a", first_seen="2015-03", last_seen="2016"), entity("b"), entity("c")),
        edges=(
            stated("a", "b", first_date="2014", last_date="2015-06-07"),
            stated("b", "a", "opposes", first_date="2020-02", last_date="2020-02"),
        ),
        relations=SMALL.relations,
    )
    nodes = {node.get("id"): spell(node) for node in gexf(graph).iter(f"{GEXF}node")}

    assert nodes == {
        "a": ("2014-01-01", "2020-02-29"),
        "b": ("2014-01-01", "2020-02-29"),
        "c": (None, None),
    }


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ((("2015", "2016"), ("2016-05", "2018")), ("2016-05-01", "2016-12-31")),
        ((("2015", "2016-05-01"), ("2016-05-01", "2018")), ("2016-05-01", "2016-05-01")),
        ((("2015", "2016"), ("2017", "2018")), (None, None)),
        ((("2015", "2016"), (None, None)), (None, None)),
        (((None, None), ("2015", "2016")), (None, None)),
    ],
)
def test_a_comention_lasts_while_both_are_seen(seen, expected):
    ends = [
        entity(name, first_seen=first, last_seen=last)
        for name, (first, last) in zip("ab", seen, strict=True)
    ]
    root = gexf(HandMadeGraph(entities=tuple(ends), comentions=(met("a", "b"),)))

    assert [spell(each) for each in root.iter(f"{GEXF}edge")] == [expected]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2019", "", ("2019-01-01", "2019-12-31")),
        ("", "2019-04", ("2019-04-01", "2019-04-30")),
        ("2019-04-05", "2019-04-05", ("2019-04-05", "2019-04-05")),
        ("2019", "2019-05", ("2019-01-01", "2019-05-31")),
        ("2019-05", "2019", ("2019-05-01", "2019-12-31")),
        ("2020", "2019", None),
        ("2019-13", "2020", None),
        ("2019", "2020-02-30", None),
        ("", "", None),
    ],
)
def test_dates_of_any_precision_are_whole_days(first, last, expected):
    assert interval(first, last) == expected


@pytest.mark.parametrize(
    ("relations", "pairs", "directed", "expected"),
    [
        (["supplies"], 0, False, "directed"),
        (["allied_with"], 0, False, "undirected"),
        ([], 1, False, "undirected"),
        (["supplies"], 1, False, None),
        (["supplies", "allied_with"], 0, False, None),
        (["supplies", "allied_with"], 1, True, "directed"),
    ],
)
def test_the_direction_is_that_of_all_edges_or_is_not_told(relations, pairs, directed, expected):
    graph = HandMadeGraph(
        entities=(entity("a"), entity("b")),
        edges=tuple(stated("a", "b", name) for name in relations),
        comentions=(met("a", "b"),) * pairs,
        relations=SMALL.relations,
    )
    root = gexf(graph, directed=directed)
    types = {each.get("type") for each in root.iter(f"{GEXF}edge")}

    assert root.find(f"{GEXF}graph").get("defaultedgetype") == expected
    assert types == {expected} if expected else types == {"directed", "undirected"}


def test_gexf_declares_every_attribute_that_it_uses():
    root = gexf(SMALL)
    declared = {
        element.get("class"): {each.get("id") for each in element}
        for element in root.iter(f"{GEXF}attributes")
    }

    for kind in ("node", "edge"):
        used = {v.get("for") for e in root.iter(GEXF + kind) for v in e.iter(f"{GEXF}attvalue")}
        assert used
        assert used <= declared[kind]


def test_gexf_escapes_the_items_of_a_list():
    graph = HandMadeGraph(entities=(entity("a", aliases=('x "y"', "back\\slash")),))
    values = [
        v.get("value") for v in gexf(graph).iter(f"{GEXF}attvalue") if v.get("for") == "aliases"
    ]

    assert values == ['["x \\"y\\"", "back\\\\slash"]']


# GraphML


def graphml(graph, **options):
    stream = io.BytesIO()
    write_graphml(graph, stream, **options)
    return stream.getvalue().decode()


def test_graphml_joins_the_relations_of_a_pair_unless_a_multigraph_is_asked_for():
    folded, whole = graphml(SMALL), graphml(SMALL, multigraph=True)

    assert folded.count("<edge ") < whole.count("<edge ")
    assert whole.count("<edge ") == len(SMALL.edges) + len(SMALL.comentions)


def test_graphml_declares_every_key_that_it_uses_once():
    text = graphml(SMALL)
    declared = re.findall(r'<key id="([^"]+)"', text)

    assert len(declared) == len(set(declared))
    assert set(re.findall(r'<data key="([^"]+)"', text)) <= set(declared)
    assert 'attr.type="strings"' not in text


def test_graphml_joins_a_list_and_writes_a_slash_for_what_joins_it():
    graph = HandMadeGraph(entities=(entity("a", aliases=("one", "two|three")),))

    assert '<data key="aliases">one|two/three</data>' in graphml(graph)


def test_a_graph_without_a_title_has_no_description():
    assert "<desc>" in graphml(SMALL)
    assert "<desc>" not in graphml(replace(SMALL, title="\x00"))
    assert gexf(SMALL).find(f".//{GEXF}description").text == SMALL.title
    assert gexf(replace(SMALL, title="\x00")).find(f".//{GEXF}description") is None


# The page


def built(graph, max_nodes=2000):
    selection = select(graph, max_nodes)
    return Payload(graph, selection).build()


def test_the_page_takes_the_most_central_first():
    graph = HandMadeGraph(entities=(entity("a"), entity("b", mentions=5), entity("c", mentions=5)))
    selection = select(graph, 2)

    assert [each.id for each in selection.entities] == ["b", "c", "a"]
    assert selection.shown == 2
    assert select(graph, 9).shown == 3


def test_the_page_holds_no_more_than_its_bounds(monkeypatch):
    monkeypatch.setattr(payload, "MOST_ENTITIES", 3)
    monkeypatch.setattr(payload, "MOST_PAIRS", 3)
    names = "abcd"
    graph = HandMadeGraph(
        entities=tuple(entity(n, mentions=9 - i) for i, n in enumerate(names)),
        edges=(
            stated("a", "b", claims=1), stated("a", "c", claims=2), stated("a", "d", claims=3),
        ),
        comentions=(
            met("a", "b", strength=1.0), met("a", "c", strength=2.0), met("b", "c", strength=3.0),
        ),
    )  # fmt: skip
    selection = select(graph, 10)

    assert [each.id for each in selection.entities] == ["a", "b", "c"]
    assert [each.key for each in selection.edges] == [
        ("a", "supplies", "b"), ("a", "supplies", "c"),
    ]  # fmt: skip
    assert [(pair.a, pair.b) for pair in selection.comentions] == [("b", "c")]


def test_of_meetings_those_in_one_sentence_come_first_and_then_the_stronger(monkeypatch):
    monkeypatch.setattr(payload, "MOST_PAIRS", 2)
    graph = HandMadeGraph(
        entities=tuple(map(entity, "abcd")),
        comentions=(
            met("a", "b", sentences=0, strength=9.0),
            met("a", "c", strength=1.0),
            met("a", "d", strength=2.0),
        ),
    )
    assert [pair.b for pair in select(graph, 10).comentions] == ["c", "d"]


def test_meetings_fill_what_stated_relations_leave_of_the_lines(monkeypatch):
    graph = HandMadeGraph(
        entities=tuple(entity(n, mentions=9 - i) for i, n in enumerate("abc")),
        edges=(stated("a", "b"), stated("b", "a", "opposes")),
        comentions=(
            met("a", "b", strength=5.0),
            met("a", "c", strength=4.0),
            met("b", "c", strength=3.0),
        ),
    )
    assert select(graph, 2).drawn == {("a", "b"), ("a", "c"), ("b", "c")}
    monkeypatch.setattr(payload, "PAIRS_PER_NODE", 1)
    assert select(graph, 3).drawn == {("a", "b"), ("a", "c")}


@pytest.mark.parametrize(("most", "kept"), [(8, 1000), (7, 3), (6, 3), (5, 2), (4, 2), (3, 1)])
def test_relations_keep_fewer_sentences_when_there_are_too_many(most, kept, monkeypatch):
    monkeypatch.setattr(payload, "MOST_SENTENCES", most)
    graph = HandMadeGraph(
        entities=tuple(map(entity, "ab")),
        edges=(stated("a", "b", claims=4), stated("b", "a", claims=4)),
    )
    assert select(graph, 10).sentences == kept


def test_a_relation_that_keeps_fewer_says_how_many_are_left_out_and_keeps_both_sides(monkeypatch):
    monkeypatch.setattr(payload, "_SENTENCES_EACH", (2,))
    claims = [claim("a", "supplies", "b", f"S{n}.", start=9 * n, confidence=0.9) for n in range(4)]
    claims.append(claim("a", "supplies", "b", "No.", start=99, confidence=0.5, polarity="negated"))
    graph = HandMadeGraph(entities=tuple(map(entity, "ab")), edges=(edge(*claims),))
    data = built(graph)

    [relation] = data["edges"]
    assert relation["left"] == 3
    assert [data["evidence"][c["ev"]]["text"] for c in relation["claims"]] == ["S0.", "No."]


def test_the_page_counts_what_the_graph_holds_and_not_what_it_shows():
    data = built(SMALL, max_nodes=1)

    assert data["counts"] == {"entities": 4, "edges": 3, "comentions": 2, "documents": 2}
    assert data["shown"] == 1
    assert set(data["relations"]) == {"supplies", "threatens", "acquires"}
    assert data["provenance"] == {"code": "0.1.0", "model": "by hand"}


def test_a_sentence_is_written_once_and_its_document_too():
    shared = Evidence(document_id="d1", start=0, end=3, exact="A B")
    graph = HandMadeGraph(
        entities=tuple(map(entity, "abc")),
        comentions=(met("a", "b", examples=(shared,)), met("a", "c", examples=(shared,))),
    )
    data = built(graph)

    assert len(data["evidence"]) == 1
    assert [pair["examples"] for pair in data["comentions"]] == [[0], [0]]
    assert data["documents"] == [{"id": "d1", "label": "d1"}]


def test_parallel_edges_and_meetings_share_one_line():
    data = built(SMALL)
    lines = visual_edges(data)
    pairs = {frozenset((each["from"], each["to"])) for each in lines}

    assert [each["id"] for each in lines] == list(range(len(lines)))
    assert len(pairs) == len(lines) == 3


def test_where_nodes_are_drawn_follows_layout_and_centrality():
    selection = select(SMALL, 10)
    nodes = visual_nodes(SMALL, selection)
    sizes = {e.id: n["size"] for e, n in zip(selection.entities, nodes, strict=True)}

    assert [node["id"] for node in nodes] == [0, 1, 2, 3]
    assert sizes["country:ru"] > sizes["system:s-400"] > sizes["organization:e-f"] > 0
    assert max(sizes.values()) / min(sizes.values()) == pytest.approx(4, rel=0.05)


@pytest.mark.parametrize(
    ("exact", "wording", "subject", "expected"),
    [
        ("Oslo bought it and sold it.", "sold", (0, 4), [[19, 23]]),
        ("Oslo sold it; Rome sold more.", "sold", (14, 18), [[19, 23]]),
        ("Oslo took it over.", "took over", (0, 4), [[5, 9], [13, 17]]),
        ("Took it Oslo over.", "took over", (8, 12), [[0, 4], [13, 17]]),
        ("Sold, Oslo sold, Rome too sold.", "sold", (6, 10), [[11, 15]]),
        ("Over Oslo it took over.", "took over", (5, 9), [[13, 22]]),
        ("Oslo resold it.", "sold", (0, 4), None),
        ("\U0001d54f sold it.", "sold", (0, 1), [[3, 7]]),
    ],
)
def test_the_words_of_a_claim_are_marked_in_its_sentence(exact, wording, subject, expected):
    found = claim("a", "supplies", "b", exact, start=50).model_copy(
        update={
            "wording": wording,
            "subject_mention": (50 + subject[0], 50 + subject[1]),
            "object_mention": (50 + subject[0], 50 + subject[1]),
        }
    )
    graph = HandMadeGraph(entities=tuple(map(entity, "ab")), edges=(edge(found),))
    [[shown]] = [each["claims"] for each in built(graph)["edges"]]

    assert shown.get("wmark") == expected


@pytest.mark.parametrize(
    ("mention", "mark"), [((50, 54), [0, 4]), ((49, 54), None), ((50, 50), None), ((60, 66), None)]
)
def test_a_mention_outside_the_sentence_is_not_marked(mention, mark):
    found = claim("a", "supplies", "b", "Oslo sold it.", start=50)
    found = found.model_copy(update={"subject_mention": mention})
    graph = HandMadeGraph(entities=tuple(map(entity, "ab")), edges=(edge(found),))
    [[shown]] = [each["claims"] for each in built(graph)["edges"]]

    assert shown.get("smark") == mark


def test_what_says_nothing_is_left_out_of_the_page():
    data = built(SMALL)
    russia = next(e for e in data["entities"] if e["id"] == "country:ru")
    supplies = next(e for e in data["edges"] if e["relation"] == "supplies")

    assert set(russia) == {"id", "name", "type", "country", "mentions", "documents"}
    assert russia["documents"] == 0
    assert not {"polarity", "modality", "confidence", "speaker"} & set(supplies["claims"][0])
    assert "left" not in supplies
    assert [pair.get("waits") for pair in data["comentions"]] == [None, None]


def test_a_name_of_blanks_is_shown_as_the_id():
    graph = HandMadeGraph(entities=(entity("a", name=" "),))

    assert built(graph)["entities"][0]["name"] == "a"


def test_a_page_shows_at_least_one_node(tmp_path):
    assert page(SMALL, max_nodes=1)
    with pytest.raises(ExportError, match="A page of 0 nodes shows nothing"):
        write_html(SMALL, tmp_path / "graph.html", max_nodes=0)
    assert not (tmp_path / "graph.html").exists()


def test_a_page_goes_to_a_file_or_a_stream_alike(tmp_path):
    stream = io.StringIO()
    write_html(SMALL, stream)
    write_html(SMALL, tmp_path / "graph.html")

    assert (tmp_path / "graph.html").read_bytes().decode() == stream.getvalue() == page(SMALL)


def test_the_legend_holds_the_types_of_the_page_known_ones_first():
    graph = HandMadeGraph(
        entities=(entity("a", type="vessel"), entity("b", type="system"), entity("c", type="ape"))
    )
    block = re.search(r'id="payload"[^>]*>(.*?)</script>', page(graph), re.S)
    legend = json.loads(block[1])["legend"]

    assert [each["name"] for each in legend["types"]] == ["system", "ape", "vessel"]
    assert [each["shape"] for each in legend["types"]] == ["diamond", "dot", "dot"]
    assert {"verbal-conflict", "material-cooperation"} <= set(legend["quads"])
    assert legend["comention"] not in legend["quads"].values()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": "</script>"}, '{"a":"\\u003c/script\\u003e"}'),
        ('{"a":  1}', '{"a":1}'),
        (["&\u2028"], '["\\u0026\\u2028"]'),
    ],
)
def test_json_in_a_page_holds_nothing_that_ends_its_block(value, text):
    assert str(script_json(value)) == text


def test_a_number_that_is_none_is_not_written_into_a_page():
    with pytest.raises(ValueError, match="not JSON compliant"):
        script_json([float("nan")])


def test_the_status_of_an_edge_is_told_in_every_format():
    for suffix in (".json", ".gexf", ".graphml", ".html"):
        stream = io.StringIO() if suffix == ".html" else io.BytesIO()
        WRITERS[suffix](SMALL, stream)
        text = stream.getvalue() if suffix == ".html" else stream.getvalue().decode()
        assert str(Status.DENIED) in text


def test_nothing_moves_the_picture_but_who_looks_at_it():
    block = re.search(r'id="network">(.*?)</script>', page(SMALL), re.S)
    drawn = json.loads(block[1])
    options = drawn["options"]

    assert options["physics"]["enabled"] is False
    assert options["layout"] == {"improvedLayout": False, "randomSeed": 0}
    assert options["nodes"] == {"chosen": False, "borderWidth": 1.5}
    # Lines are as wide as what they stand for, whether they are pointed at or not.
    assert options["edges"] == {
        "chosen": False,
        "smooth": False,
        "selectionWidth": 0,
        "hoverWidth": 0,
    }
    # The page has keys of its own, and says itself what is pointed at together.
    assert options["interaction"] == {
        "hover": True,
        "hoverConnectedEdges": False,
        "keyboard": False,
        "selectable": True,
        "selectConnectedEdges": False,
    }
    assert {"id", "x", "y", "size"} == set(drawn["nodes"][0])
    assert len(drawn["edges"]) == 3


def test_text_of_the_graph_never_becomes_mark_up():
    text = page(replace(SMALL, title="<b>bold</b> & more"))

    assert "<b>bold</b>" not in text
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; more" in text


def test_the_policy_of_a_page_names_its_scripts_and_style_by_their_hashes():
    text = page(SMALL)
    policy = re.search(r'content="(default-src[^"]*)"', text)[1].replace("&#39;", "'")

    assert len(re.findall(r"'sha256-[A-Za-z0-9+/]{43}='", policy)) == 3
    assert "sourceMappingURL" not in text
    assert text.count('"use strict";') >= 1


def test_numbers_of_the_page_have_three_digits():
    claims = [claim("a", "supplies", "b", "S.", confidence=0.98765)]
    graph = HandMadeGraph(
        entities=tuple(map(entity, "ab")),
        edges=(edge(*claims, belief=0.12345),),
        comentions=(met("a", "b", strength=1.2345).model_copy(update={"npmi": 0.98765}),),
    )
    data = built(graph)

    assert data["edges"][0]["belief"] == 0.123
    assert data["edges"][0]["claims"][0]["confidence"] == 0.988
    assert (data["comentions"][0]["npmi"], data["comentions"][0]["ll"]) == (0.988, 1.2)


def test_the_page_tells_of_each_document_what_is_known():
    assert built(SMALL)["documents"] == [
        {"id": "d1", "label": "On arms", "date": "2019-07-12", "url": "x:/arms"},
        {"id": "d2", "label": "b.txt", "path": "b.txt"},
    ]


def test_an_entity_without_centrality_is_drawn_smallest():
    class Partly(HandMadeGraph):
        def centrality(self):
            return {"a": 0.5}

    graph = Partly(entities=(entity("b"), entity("a")))
    selection = select(graph, 10)
    sizes = [node["size"] for node in visual_nodes(graph, selection)]

    assert [each.id for each in selection.entities] == ["a", "b"]
    assert sizes[0] > sizes[1]
