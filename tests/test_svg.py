"""The picture is well-formed SVG with a circle for each entity and a line for each linked pair."""

import importlib.util
import io
import math
import re
import sys
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given, settings
from lxml import etree
from PIL import ImageFont

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


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+\.?\d*", text)]


class Row:
    """A row of the legend, where it is in the picture."""

    def __init__(self, element, size):
        sign, text = element
        self.words, self.sign, self.size = text.text, sign, size
        x, self.y = numbers(element.get("transform"))
        if sign.tag == f"{SVG}circle":
            begin, width = -float(sign.get("r")), 2 * float(sign.get("r"))
        else:
            begin, _, width = numbers(sign.get("d"))
        self.left, self.right = x + begin, x + begin + width
        self.begin = x + float(text.get("x"))
        """Where the words begin."""


class Picture:
    """What is drawn, by kind."""

    def __init__(self, graph):
        root = etree.fromstring(written(graph))
        self.box = [float(number) for number in root.get("viewBox").split()]
        self.title = root.findtext(f"{SVG}title")
        groups = root.findall(f"{SVG}g")
        self.lines, self.dots, self.names, rows = (list(group) for group in groups)
        self.legend = [Row(row, float(groups[-1].get("font-size"))) for row in rows]
        self.heads = {
            f"url(#{marker.get('id')})": marker[0].get("fill")
            for marker in root.iter(f"{SVG}marker")
        }

    def tips(self, shapes):
        return [shape.findtext(f"{SVG}title") for shape in shapes]

    @property
    def circles(self):
        return [tuple(float(dot.get(name)) for name in ("cx", "cy", "r")) for dot in self.dots]

    @property
    def edges(self):
        left, top, width, height = self.box
        return left, top, left + width, top + height


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
    assert [row.words for row in picture.legend] == [
        *("country", "organization", "system"),
        *("structural", "material cooperation", "co-mention"),
    ]


def test_an_arrow_head_has_the_colour_of_its_line():
    lines, heads = Picture(SMALL).lines, Picture(SMALL).heads
    ended = [(heads[line.get("marker-end")], line.get("stroke")) for line in lines[:2]]

    assert ended[0] != ended[1]
    assert all(head == line for head, line in ended)


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
        return [row.words for row in Picture(graph).legend].count("planned or denied")

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
        assert line.get("marker-end") is None or line.get("marker-end") in picture.heads


def box(text):
    x, y, size = (float(text.get(name)) for name in ("x", "y", "font-size"))
    half = 0.3 * size * len(text.text)
    return x - half, y - size, x + half, y


FONT = ImageFont.truetype(str(files("ziafont.fonts") / "DejaVuSans.ttf"), 100)
"""A wide font: where its letters have room, those of most others have."""


class Alone(cases.HandMadeGraph):
    """One entity in the middle, with a name."""

    def __init__(self, name, type_="x", **more):
        super().__init__(entities=(Entity(id="a", name=name, type=type_),), **more)

    def layout(self):
        return {"a": (0.0, 0.0)}


@pytest.mark.parametrize(
    ("name", "spared"),
    [
        ("Organisation for Security and Co-operation", 0.25),
        ("Организация Договора о коллективной безопасности", 0.2),
        ("NORTH ATLANTIC COUNCIL", 0.3),
        ("中华人民共和国国务院办公厅", 0.01),
        ("🚀🚀🚀🚀🚀🚀🚀🚀", 0.01),
    ],
)
def test_a_name_has_the_room_of_its_letters_and_not_much_more(name, spared):
    picture = Picture(Alone(name))
    (text,) = picture.names
    size = float(text.get("font-size"))
    wide = {"So", "Lo"}  # such letters are square in every font
    square = {category(letter) for letter in name} <= wide
    half = size * (len(name) if square else FONT.getlength(name) / 100) / 2
    descent = size * FONT.getmetrics()[1] / 100
    (left, top, right, bottom), ((x, y, r),) = picture.edges, picture.circles
    margin = y - r - top

    assert margin > size
    assert margin - 1 <= right - (x + half) <= margin + 1 + spared * half
    assert margin - 1 <= bottom - float(text.get("y")) - descent <= margin + size / 4
    assert left < x - half


def apart(many):
    """A graph of so many nodes in a square, far from one another, the first the most central."""

    class Apart(cases.HandMadeGraph):
        def layout(self):
            return {f"{n:03}": (500.0 * (n % 15), 500.0 * (n // 15)) for n in range(many)}

        def centrality(self):
            return {f"{n:03}": 1.0 / (n + 1) for n in range(many)}

    return Apart(entities=tuple(Entity(id=f"{n:03}", name=f"N{n}", type="x") for n in range(many)))


@pytest.mark.parametrize(("nodes", "named"), [(1, 1), (40, 40), (150, 150), (151, 150), (210, 150)])
def test_where_there_is_room_the_150_most_central_have_names(nodes, named):
    names = [text.text for text in Picture(apart(nodes)).names]

    assert names == [f"N{n}" for n in range(named)]


def test_of_two_names_on_one_spot_the_more_central_is_written():
    class Close(cases.HandMadeGraph):
        def layout(self):
            return {"a": (0.0, 0.0), "b": (30.0, 6.0), "c": (300.0, 6.0), "d": (0.0, 300.0)}

        def centrality(self):
            return {"a": 0.5, "b": 1.0, "c": 0.2, "d": 0.1}

    entities = tuple(Entity(id=id_, name=id_ * 9, type="x") for id_ in "abcd")

    assert [name.text for name in Picture(Close(entities=entities)).names] == [
        *("b" * 9, "c" * 9, "d" * 9)
    ]


def test_the_area_of_circles_shrinks_as_there_are_more():
    few, some, many = (
        max(r for _, _, r in Picture(apart(nodes)).circles) for nodes in (4, 160, 640)
    )

    assert few > some
    assert some == pytest.approx(2 * many, abs=0.1)


def test_names_do_not_cover_one_another(make_graph):
    graph = make_graph(400, 800, 1)
    boxes = [box(text) for text in Picture(graph).names]

    assert 20 < len(boxes) <= 150
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:i]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart


def test_circles_do_not_cover_one_another(make_graph):
    dots = Picture(make_graph(400, 800, 1)).circles
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


LOOP = (cases.edge(cases.claim("a", "supplies", "a", "To itself.")),)


class Placed(cases.HandMadeGraph):
    """Russia on the left, Türkiye far to the right, the others far above."""

    def layout(self):
        places = {"country:ru": (0.0, 0.0), "country:tr": (300.0, 400.0)}
        return {each.id: places.get(each.id, (0.0, -900.0)) for each in self.entities}

    def centrality(self):
        known = {"country:ru": 1.0, "country:tr": 0.25}
        return {each.id: known.get(each.id, 0.0) for each in self.entities}


PLACED = Placed(SMALL.title, SMALL.entities, SMALL.edges, SMALL.comentions)


def test_a_line_runs_from_rim_to_rim():
    picture = Picture(PLACED)
    tips = dict(zip(picture.tips(picture.dots), picture.dots, strict=True))
    russia, turkey = (float(tips[name].get("r")) for name in ("Russia", "Türkiye"))
    along = (0.6, 0.8)  # of a triangle of 300, 400 and 500

    x, y, u, v = numbers(picture.lines[0].get("d"))
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


def test_the_signs_of_the_legend_are_in_the_middle_of_one_column_and_the_words_in_another():
    rows = Picture(PLACED).legend
    apart = {round(below.y - above.y, 1) for above, below in pairwise(rows)}

    assert len({round(row.left + row.right, 1) for row in rows}) == 1
    assert len({row.begin for row in rows}) == 1
    assert min(row.begin - row.right for row in rows) > 5
    assert len(apart) == 1
    assert apart.pop() > rows[0].size


@pytest.mark.parametrize("kind", ["国" * 4, "国" * 15, "国" * 40])
def test_the_legend_has_the_room_of_its_words_with_margins_around(kind):
    picture = Picture(Alone("a", kind, edges=LOOP))
    node, stroke = picture.legend
    left, top, _, _ = picture.edges
    ((x, y, r),) = picture.circles
    margin = y - r - top

    assert stroke.left - left == pytest.approx(margin, abs=0.11)
    assert min(x - r, float(picture.names[0].get("x")) - 5) - margin == pytest.approx(
        node.begin + node.size * max(len(kind), 0.62 * len(stroke.words)), abs=0.2
    )


class Flat(cases.HandMadeGraph):
    """All entities side by side."""

    def layout(self):
        return {each.id: (60.0 * n, 0.0) for n, each in enumerate(self.entities)}


def test_a_long_legend_is_in_a_low_picture():
    entities = tuple(Entity(id=f"{n}", name="n", type=f"kind {n}") for n in range(20))
    picture = Picture(Flat(entities=entities))
    _, top, _, bottom = picture.edges
    first, *_, last = picture.legend
    margin = min(y - r for _, y, r in picture.circles) - top

    assert len(picture.legend) == 20
    assert margin < first.y - top < margin + first.size
    assert bottom - last.y == pytest.approx(first.y - top, abs=0.11)


def test_a_loop_is_in_the_picture_and_clear_of_the_legend():
    picture = Picture(Alone("a", edges=LOOP))
    (line,) = picture.lines
    x, y, bow, *_, u, v = numbers(line.get("d"))
    beyond = math.sqrt(bow**2 - math.dist((x, y), (u, v)) ** 2 / 4)  # of its centre from the chord
    far = (x + u) / 2 - beyond / math.sqrt(2) - bow - float(line.get("stroke-width")) / 2
    _, top, _, _ = picture.edges
    words = max(row.begin + row.size * 0.6 * len(row.words) for row in picture.legend)

    assert far - words > 5
    assert far - top > 5  # the loop is as far up as to the left
    assert far < -22 * 1.2  # and can be seen beside the circle


def test_a_loop_begins_on_the_rim_and_ends_on_it():
    stated = cases.edge(cases.claim("country:ru", "supplies", "country:ru", "To itself."))
    (line,) = Picture(replace(PLACED, edges=(stated,), comentions=())).lines
    x, y, *_, u, v = numbers(line.get("d"))

    assert (x, y) == (-22, 0)
    assert (u, v) == (0, -22)


@pytest.mark.parametrize("distance", [0, 1, 30, 43.9, 44, 44.1, 60, 200])
def test_a_line_between_nodes_that_touch_or_overlap_can_be_seen(distance):
    class Pair(cases.HandMadeGraph):
        def layout(self):
            return {"a": (0.0, 0.0), "b": (float(distance), 0.0)}

    two = tuple(Entity(id=id_, name=id_, type="x") for id_ in "ab")
    stated = cases.edge(cases.claim("a", "supplies", "b", "To b."))
    picture = Picture(Pair(entities=two, edges=(stated,)))
    x, y, *_, u, v = numbers(picture.lines[0].get("d"))

    assert picture.circles[0][2] == picture.circles[1][2] == 22
    assert math.dist((x, y), (u, v)) == pytest.approx(
        distance - 44 if distance > 44 else distance or 22 * math.sqrt(2), abs=0.1
    )


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
    assert picture.edges[2:] == tuple(-edge for edge in picture.edges[:2])
    assert picture.edges[2] == picture.edges[3] > 0


@settings(deadline=None, max_examples=30)
@given(cases.graphs())
def test_the_same_graph_gives_the_same_bytes(graph):
    assert written(graph) == written(graph.reversed())
