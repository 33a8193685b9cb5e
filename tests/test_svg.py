"""The picture is well-formed SVG with a circle for each entity and a line for each linked pair."""

import importlib.util
import io
import re
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from actorgraph.export.svg import write_svg
from actorgraph.schema import CoMention, Entity


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL
SVG = "{http://www.w3.org/2000/svg}"


def written(graph):
    target = io.BytesIO()
    write_svg(graph, target)
    return target.getvalue()


class Picture:
    """What is drawn, by kind."""

    def __init__(self, graph):
        root = etree.fromstring(written(graph))
        self.box = [float(number) for number in root.get("viewBox").split()]
        self.title = root.findtext(f"{SVG}title")
        groups = root.findall(f"{SVG}g")
        self.lines, self.dots, self.names, self.legend = (list(group) for group in groups)
        self.heads = {marker.get("id") for marker in root.iter(f"{SVG}marker")}

    def tips(self, shapes):
        return [shape.findtext(f"{SVG}title") for shape in shapes]


def test_what_is_drawn_of_the_small_graph():
    picture = Picture(SMALL)

    assert picture.title == SMALL.title
    assert picture.tips(picture.dots) == ["Russia", "Türkiye", '"E" & <F>', "S-400"]
    assert {name.text for name in picture.names} <= set(picture.tips(picture.dots))
    assert [tip.partition(" · ")[0] for tip in picture.tips(picture.lines)] == [
        "supplies, threatens (denied)",
        "acquires",
        "co-mentioned",
    ]
    assert [bool(line.get("marker-end")) for line in picture.lines] == [True, True, False]
    assert [text.text for text in picture.legend if text.tag == f"{SVG}text"] == [
        *("country", "organization", "system"),
        *("structural", "material cooperation", "co-mention"),
    ]


def test_only_what_is_no_fact_is_dashed(small_graph):
    lines = Picture(small_graph).lines
    pairs = {}
    for edge in small_graph.edges:
        facts = pairs.setdefault((edge.subject_id, edge.object_id), [])
        facts.append(edge.status.is_fact)

    dashed = sum(line.get("stroke-dasharray") is not None for line in lines)
    assert dashed == sum(not any(facts) for facts in pairs.values()) > 0


def test_the_legend_explains_a_dashed_line_where_there_is_one(small_graph):
    def explained(graph):
        return [text.text for text in Picture(graph).legend].count("planned or denied")

    assert explained(small_graph) == 1
    assert explained(replace(SMALL, edges=SMALL.edges[:1])) == 0


@settings(deadline=None, max_examples=50)
@given(cases.graphs())
def test_every_graph_is_drawn_within_its_frame(graph):
    picture = Picture(replace(graph, odd_numbers=()))
    left, top, width, height = picture.box
    pairs = {(edge.subject_id, edge.object_id) for edge in graph.edges}
    met = {(c.a, c.b) for c in graph.comentions} - pairs - {(b, a) for a, b in pairs}

    assert len(picture.dots) == len(graph.entities)
    assert len(picture.lines) == len(pairs) + len(met)
    for dot in picture.dots:
        x, y, r = (float(dot.get(name)) for name in ("cx", "cy", "r"))
        assert left < x - r < x + r < left + width
        assert top < y - r < y + r < top + height
    for line in picture.lines:
        assert line.get("marker-end") is None or line.get("marker-end")[5:-1] in picture.heads


def box(text):
    x, y, size = (float(text.get(name)) for name in ("x", "y", "font-size"))
    half = 0.3 * size * len(text.text)
    return x - half, y - size, x + half, y


def test_names_do_not_cover_one_another(make_graph):
    graph = make_graph(400, 800, 1)
    boxes = [box(text) for text in Picture(graph).names]

    assert 20 < len(boxes) <= 150
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:i]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart


def test_circles_do_not_cover_one_another(make_graph):
    dots = [
        tuple(float(dot.get(name)) for name in ("cx", "cy", "r"))
        for dot in Picture(make_graph(400, 800, 1)).dots
    ]
    covered = sum(
        (x - a) ** 2 + (y - b) ** 2 < (0.8 * (r + s)) ** 2
        for i, (x, y, r) in enumerate(dots)
        for a, b, s in dots[:i]
    )

    assert covered <= 4


@pytest.mark.parametrize(
    "name", ["]]>", "a & b", "<script>", "\x00\x1b", "\ud83d", "\u202eabc", "🚀"]
)
def test_hostile_names_are_text(name):
    entity = Entity(id="a", name=name, type=name)
    picture = Picture(replace(SMALL, title=name, entities=(entity,), edges=(), comentions=()))

    shown = name.replace("\ud83d", "\ufffd").replace("\x00\x1b[31m", "")
    assert picture.tips(picture.dots) == ["a" if name == "\x00\x1b" else shown]


def test_a_loop_is_drawn_around_its_node():
    stated = cases.edge(cases.claim("country:ru", "supplies", "country:ru", "To itself."))
    (line,) = Picture(replace(SMALL, edges=(stated,), comentions=())).lines

    assert "A" in line.get("d")


class Placed(cases.HandMadeGraph):
    """Russia on the left, Türkiye far to the right, the others far above."""

    def layout(self):
        places = {"country:ru": (0.0, 0.0), "country:tr": (300.0, 400.0)}
        return {each.id: places.get(each.id, (0.0, -900.0)) for each in self.entities}

    def centrality(self):
        known = {"country:ru": 1.0, "country:tr": 0.25}
        return {each.id: known.get(each.id, 0.0) for each in self.entities}


PLACED = Placed(SMALL.title, SMALL.entities, SMALL.edges, SMALL.comentions)


def numbers(path):
    return [float(number) for number in re.findall(r"-?\d+\.?\d*", path.get("d"))]


def test_a_line_runs_from_rim_to_rim():
    picture = Picture(PLACED)
    tips = dict(zip(picture.tips(picture.dots), picture.dots, strict=True))
    russia, turkey = (float(tips[name].get("r")) for name in ("Russia", "Türkiye"))
    along = (0.6, 0.8)  # of a triangle of 300, 400 and 500

    x, y, u, v = numbers(picture.lines[0])
    assert (x, y) == pytest.approx([russia * each for each in along], abs=0.1)
    assert (u, v) == pytest.approx([(500 - turkey) * each for each in along], abs=0.1)


def test_the_most_central_is_the_largest_and_a_name_stands_below_its_circle():
    picture = Picture(PLACED)
    sizes = dict(zip(picture.tips(picture.dots), picture.dots, strict=True))
    radius = {name: float(dot.get("r")) for name, dot in sizes.items()}

    assert radius["Russia"] == 22
    assert radius["Russia"] > radius["Türkiye"] > radius["S-400"] > 0
    for name in picture.names:
        dot = sizes[name.text]
        assert name.get("x") == dot.get("cx")
        below = float(name.get("y")) - float(dot.get("cy")) - radius[name.text]
        assert below == pytest.approx(float(name.get("font-size")), abs=0.15)
    assert float(picture.names[0].get("font-size")) > float(picture.names[-1].get("font-size")) > 9


@pytest.mark.parametrize(("claims", "width"), [(1, 1.5), (4, 2.0), (16, 3.0), (64, 5.0), (90, 5.0)])
def test_a_line_is_as_wide_as_there_is_evidence_up_to_a_bound(claims, width):
    said = [
        cases.claim("country:ru", "supplies", "country:tr", f"S{n}.", start=9 * n)
        for n in range(claims)
    ]
    picture = Picture(replace(PLACED, edges=(cases.edge(*said),)))

    assert float(picture.lines[0].get("stroke-width")) == width
    assert float(picture.lines[-1].get("stroke-width")) == 0.6  # a co-mention


def test_the_rows_of_the_legend_stand_below_one_another_left_of_the_picture():
    picture = Picture(PLACED)
    left, top, _, height = picture.box
    words = [text for text in picture.legend if text.tag == f"{SVG}text"]
    rows = [float(text.get("y")) for text in words]
    drawn = min(float(dot.get("cx")) - float(dot.get("r")) for dot in picture.dots)

    assert len({round(b - a, 1) for a, b in pairwise(rows)}) == 1
    assert rows[1] - rows[0] > 11  # the height of the letters
    assert top < rows[0] < rows[-1] < top + height
    assert all(left < float(text.get("x")) < drawn - 100 for text in words)


def test_a_loop_begins_on_the_rim_and_ends_on_it():
    stated = cases.edge(cases.claim("country:ru", "supplies", "country:ru", "To itself."))
    (line,) = Picture(replace(PLACED, edges=(stated,), comentions=())).lines
    x, y, *_, u, v = numbers(line)

    assert (x, y) == (-22, 0)
    assert (u, v) == (0, -22)


def test_nodes_on_one_spot_can_still_be_linked():
    class Heap(cases.HandMadeGraph):
        def layout(self):
            return dict.fromkeys((entity.id for entity in self.entities), (1.0, 1.0))

    met = CoMention(a="a", b="b", sentences=1, paragraphs=1, documents=1, npmi=0, log_likelihood=0)
    two = tuple(Entity(id=id_, name=id_, type="x") for id_ in "ab")

    assert len(Picture(Heap(entities=two, comentions=(met,))).lines) == 1


def test_an_empty_graph_is_an_empty_picture():
    picture = Picture(cases.HandMadeGraph())

    assert (picture.lines, picture.dots, picture.names, picture.legend) == ([], [], [], [])


@settings(deadline=None, max_examples=30)
@given(cases.graphs())
def test_the_same_graph_gives_the_same_bytes(graph):
    assert written(graph) == written(graph.reversed())
