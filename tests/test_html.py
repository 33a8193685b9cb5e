"""The interactive page as text: what it holds, that it loads nothing, and that it is steady."""

import base64
import hashlib
import importlib.util
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from actorgraph.errors import ExportError
from actorgraph.export.explorer.placement import GAP, place
from actorgraph.export.html import page, script_json, write_html


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL


class Elements(HTMLParser):
    """All tags of a page, each with its attributes and its own text."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.inside = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append([tag, dict(attrs), ""])
        self.inside = True

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.found[-1][2] += data

    def named(self, tag):
        return [(attributes, text) for name, attributes, text in self.found if name == tag]


def payload_of(text):
    blocks = Elements(text).named("script")
    return json.loads(
        next(text for attributes, text in blocks if attributes.get("id") == "payload")
    )


@pytest.fixture(scope="module")
def small_page():
    return page(SMALL)


@pytest.fixture(scope="module")
def elements(small_page):
    return Elements(small_page)


def test_page_is_one_complete_document(small_page, elements):
    assert small_page.startswith("<!doctype html>")
    assert [tag for tag in ("html", "head", "body") if len(elements.named(tag)) != 1] == []
    assert len(small_page) < 1_000_000


def test_page_refers_to_nothing_outside_itself(elements):
    addresses = [
        attributes[name]
        for _, attributes, _ in elements.found
        for name in ("src", "href", "action", "data", "poster", "srcset")
        if name in attributes
    ]
    assert [address for address in addresses if not address.startswith(("data:,", "#"))] == []


def test_policy_allows_exactly_the_scripts_and_the_style_of_the_page(elements):
    policy = next(a["content"] for a, _ in elements.named("meta") if "http-equiv" in a)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    def digest(text):
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    code = [text for attributes, text in elements.named("script") if "type" not in attributes]
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [digest(text) for text in code]
    assert rules["style-src"].split() == [digest(text) for _, text in elements.named("style")]
    assert "connect-src" not in rules
    assert "unsafe" not in policy


def test_no_element_carries_a_style_or_a_handler(elements):
    forbidden = [
        (tag, name)
        for tag, attributes, _ in elements.found
        for name in attributes
        if name == "style" or name.startswith("on")
    ]
    assert forbidden == []


def test_title_is_escaped(small_page, elements):
    assert elements.named("h1")[0][1] == SMALL.title
    assert "<swords>" not in small_page


@pytest.mark.parametrize(
    "text",
    ["</script><script>", "<!-- <script>", "a & b", "\u2028\u2029", "]]>", "\ud83d", "🛰", "\x00"],
)
def test_json_survives_in_a_script_element(text):
    written = str(script_json({"text": text}))

    assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", written)
    assert json.loads(written) == {"text": text}


def test_payload_holds_names_relations_and_sentences(small_page):
    payload = payload_of(small_page)
    names = [entity["name"] for entity in payload["entities"]]

    assert names == ["Russia", "S-400", "Türkiye", '"E" & <F>']  # the most central first
    assert payload["entities"][2]["aliases"] == ["Turkey", 'the "bridge", they say', "Турция"]
    relations = {
        (names[e["s"]], e["relation"], names[e["o"]], e["status"]) for e in payload["edges"]
    }
    assert relations == {
        ("Russia", "supplies", "Türkiye", "affirmed"),
        ("Russia", "threatens", "Türkiye", "denied"),
        ("Türkiye", "acquires", "S-400", "affirmed"),
    }
    sentences = {sentence["text"] for sentence in payload["evidence"]}
    assert {"Russia armed Turkey.", "Moscow delivers.", "Turkey and F."} <= sentences


def test_parallel_relations_share_a_line(small_page):
    payload = payload_of(small_page)
    between = {edge["pair"] for edge in payload["edges"] if edge["relation"] != "acquires"}
    met = payload["comentions"][0]["pair"]

    assert between == {met}


def test_names_that_share_no_sentence_wait_for_a_path():
    met, *others = SMALL.comentions
    apart = met.model_copy(update={"sentences": 0, "examples": ()})
    payload = payload_of(page(replace(SMALL, comentions=(apart, *others))))

    assert [pair.get("waits", False) for pair in payload["comentions"]] == [True, False]
    assert payload["counts"]["comentions"] == len(others)


def test_a_sentence_is_written_once_however_many_claims_rest_on_it(small_graph):
    evidence = payload_of(page(small_graph))["evidence"]
    places = [(sentence["doc"], sentence["start"], sentence["end"]) for sentence in evidence]

    assert len(places) == len(set(places))


@pytest.mark.parametrize(
    ("subject", "relation", "marked"),
    [
        ("Russia", "supplies", ["Russia", "Turkey", "supplied"]),
        ("Russia", "operates", ["Russia", "S-400", "operates"]),
        ("NATO", "operates", ["NATO", "S-400", "does not operate"]),
        ("Almaz-Antey", "produces", ["Almaz-Antey", "The system", "built by"]),
    ],
)
def test_sentences_are_marked_where_they_name_and_state(small_graph, subject, relation, marked):
    payload = payload_of(page(small_graph))
    claims = [
        claim
        for edge in payload["edges"]
        for claim in edge["claims"]
        if payload["entities"][edge["s"]]["name"] == subject and edge["relation"] == relation
    ]
    text = payload["evidence"][claims[0]["ev"]]["text"]
    ranges = [claims[0]["smark"], claims[0]["omark"], *claims[0]["wmark"]]

    assert [text[start:end] for start, end in ranges] == marked


def test_marks_count_utf16_units():
    rocket = cases.claim("country:ru", "supplies", "country:tr", "🚀 Russia supplies Turkey.")
    rocket = rocket.model_copy(update={"subject_mention": (2, 8), "object_mention": (18, 24)})
    payload = payload_of(page(replace(SMALL, edges=(cases.edge(rocket),))))

    claim = payload["edges"][0]["claims"][0]
    assert (claim["smark"], claim["omark"], claim["wmark"]) == ([3, 9], [19, 25], [[10, 18]])


def test_same_graph_same_bytes_in_any_order(small_page):
    assert page(SMALL.reversed()) == small_page


def test_same_bytes_under_any_hash_seed():
    code = (
        "import hashlib, importlib.util, sys;"
        f"s = importlib.util.spec_from_file_location('c', {str(Path(cases.__file__))!r});"
        "m = importlib.util.module_from_spec(s); sys.modules['c'] = m; s.loader.exec_module(m);"
        "from actorgraph.export.html import page;"
        "print(hashlib.sha256(page(m.SMALL).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_file_holds_the_page_and_no_other_line_ends(tmp_path, small_page):
    target = tmp_path / "graph.html"
    write_html(SMALL, target)

    assert target.read_bytes() == small_page.encode()


def test_open_file_stays_open(small_page):
    target = io.StringIO()
    write_html(SMALL, target)

    assert target.getvalue() == small_page


def test_large_graph_draws_its_most_central_part_and_keeps_the_rest(make_graph):
    graph = make_graph(300, 900, 1)
    payload = payload_of(page(graph, max_nodes=50))
    weight = graph.centrality()
    drawn = [entity["id"] for entity in payload["entities"][: payload["shown"]]]

    assert payload["shown"] == 50
    assert len(payload["entities"]) == payload["counts"]["entities"] == 300
    assert min(weight[name] for name in drawn) >= max(
        weight[entity["id"]] for entity in payload["entities"][50:]
    )
    assert len(payload["edges"]) == len(graph.edges)


def test_page_of_no_nodes_is_refused():
    with pytest.raises(ExportError, match="at least 1"):
        page(SMALL, max_nodes=0)


def test_empty_graph_has_a_page():
    assert payload_of(page(cases.HandMadeGraph()))["entities"] == []


@settings(max_examples=25, deadline=None)
@given(cases.graphs())
def test_any_graph_has_a_page_that_can_be_read_back(graph):
    text = page(graph).encode().decode()  # it can be written, whatever the names hold
    payload = payload_of(text)

    assert len(payload["entities"]) == len(graph.entities)
    assert len(payload["edges"]) == len(graph.edges)


def test_drawn_nodes_do_not_overlap_and_strays_come_near():
    points = [(i % 7 * 3.0, i // 7 * 3.0) for i in range(60)] + [(0.0, 0.0)] * 3 + [(9e4, 0.0)]
    sizes = [8.0] * len(points)
    places = place(points, sizes, len(points))
    gaps = [
        ((x - u) ** 2 + (y - v) ** 2) ** 0.5
        for i, (x, y) in enumerate(places)
        for u, v in places[:i]
    ]
    reach = sorted((x * x + y * y) ** 0.5 for x, y in places)

    assert min(gaps) > 16 + GAP / 2
    assert reach[-1] < 4 * reach[-8]


def test_importing_the_module_does_not_import_pyvis():
    code = "import sys, actorgraph.export.html; print({'pyvis', 'IPython'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "set()"
