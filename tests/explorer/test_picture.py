"""The picture and the evidence that every part of it opens."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_first_view_shows_everything_without_a_request(small_graph, read):
    reader = read(small_graph)

    assert len(reader.names()) == 13
    assert reader.text("#counts") == "13 nodes · 11 relations · 2 documents"
    assert "An edge is what a source says, not what is true" in reader.text("#panel")
    assert len({url for url in reader.requests if url.startswith("file:")}) == 1


def test_labels_are_drawn_and_none_lies_on_another(make_graph, read):
    reader = read(make_graph(150, 400, 2))
    labels = reader.run("actorgraph.labels.placed.map(({x, y, w, h}) => [x, y, w, h])")
    assert len(labels) > 20
    overlaps = [
        (a, b)
        for i, a in enumerate(labels)
        for b in labels[:i]
        if a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]
    ]
    assert overlaps == []


def test_no_name_lies_under_the_buttons(make_graph, read):
    reader = read(make_graph(150, 400, 2))
    covered = """() => {
        const [frame, zoom] = ["#canvas", ".zoom"]
            .map((name) => document.querySelector(name).getBoundingClientRect());
        const [left, top] = [zoom.x - frame.x, zoom.y - frame.y];
        return actorgraph.labels.placed
            .filter(({ x, y, w, h }) => x < left + zoom.width && left < x + w
                && y < top + zoom.height && top < y + h)
            .map(({ text }) => text);
    }"""
    seen = []
    for _ in range(4):  # the picture moves to the left and down, under the buttons
        reader.run("actorgraph.graph.pan(1, -1)")
        reader.settle()
        seen += reader.run(covered)

    assert seen == []


@pytest.mark.parametrize(
    ("a", "b", "look"),
    [
        ("Russia", "Turkey", {"dashes": False, "arrow": True, "middle": None}),
        ("United States", "Turkey", {"dashes": True, "arrow": True, "middle": None}),
        ("NATO", "S-400", {"dashes": True, "arrow": True, "middle": "bar"}),
        ("Turkey", "S-400", {"dashes": False, "arrow": True, "middle": "circle"}),
        ("NATO", "Valdai Discussion Club", {"dashes": False, "arrow": False, "middle": None}),
    ],
)
def test_stated_planned_denied_and_contested_lines_look_different(small_graph, read, a, b, look):
    drawn = read(small_graph).run(
        """([a, b]) => {
          const node = (name) => actorgraph.data.entities.findIndex((e) => e.name === name);
          const pair = actorgraph.pairBetween(node(a), node(b));
          const look = actorgraph.graph.lineLook({ a: pair.a, edges: pair.edges });
          const on = (end) => Boolean(look.arrows && look.arrows[end].enabled);
          return { dashes: Boolean(look.dashes), arrow: on('to') || on('from'),
                   middle: on('middle') ? look.arrows.middle.type : null };
        }""",
        [a, b],
    )
    assert drawn == look


def test_click_on_a_node_opens_what_is_known_of_it(small_graph, read):
    reader = read(small_graph)
    reader.click_node("S-400")
    panel = reader.text("#panel")

    assert reader.texts("#panel h2") == ["S-400"]
    assert "also Growler, SA-21, S-400 Triumf" in panel
    assert "system · air defence system" in panel
    assert reader.texts("#panel .numbers dd")[:2] == ["9", "2"]
    assert {"Operated by", "Produced by", "Replaces", "Counters", "Acquired by"} <= {
        title.split(" 1 ")[0].split(" 2 ")[0] for title in reader.texts("#panel h3")
    }
    # What a source denies is marked, and stands below what one states.
    rows = reader.texts("#panel .relation:has(h3:text('Operated by')) li")
    assert rows == ["Russia 1", "NATO denied 1"]


def test_click_on_a_line_opens_its_sentences_with_names_and_wording_marked(small_graph, read):
    reader = read(small_graph)
    reader.click_line("Turkey", "S-400")
    cards = reader.texts("#panel .card")

    assert "Turkey acquires S-400" in reader.texts("#panel h3")[0]
    assert "contested" in reader.texts("#panel h3")[0]
    assert len(cards) == 2
    assert reader.texts("#panel .card >> nth=0 >> mark") == ["Turkey", "took delivery of", "S-400"]
    assert "Turkey takes delivery of S-400" in cards[0]
    assert "13 Jul 2019" in cards[0]
    assert "affirmed asserted in the author’s words event 12 Jul 2019 confidence 0.95" in cards[0]
    assert "negated reported said by one analyst confidence 0.80" in cards[1]
    link = reader.page.locator("#panel .card a").first
    assert link.get_attribute("href") == "https://gazette.example/s-400"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_every_line_opens_at_least_one_sentence(small_graph, read):
    reader = read(small_graph)
    without = reader.run(
        """actorgraph.pairs.filter((pair) => {
          actorgraph.state.selectPair(pair);
          return !document.querySelector('#panel .card blockquote').textContent.trim()
            || !document.querySelector('#panel .card cite').textContent.trim();
        }).length"""
    )
    assert without == 0


def test_citation_names_the_source(small_graph, read):
    reader = read(small_graph, permissions=["clipboard-read", "clipboard-write"])
    reader.click_line("Turkey", "Russia")
    reader.page.click("#panel .copy >> nth=0")

    assert re.fullmatch(
        "“Russia supplied Turkey with the S-400 under a contract of 2017.” R. Aydin, “Turkey takes "
        "delivery of S-400”, The Harbour Gazette, 2019-07-13, https://gazette.example/s-400 "
        r"\(characters \d+–\d+\)\.",
        reader.run("navigator.clipboard.readText()"),
    )


def test_co_mentions_are_ranked_by_npmi_and_name_both_in_the_sentence(small_graph, read):
    reader = read(small_graph)
    reader.find("Valdai")
    rows = reader.texts("#panel section:has(h3:text('Named together')) li")
    reader.page.click("#panel section:has(h3:text('Named together')) li >> nth=0 >> .line")

    assert rows == ["NATO 0.55", "Russia 0.52"]
    assert set(reader.texts("#panel .card >> nth=0 >> mark")) == {"Valdai Discussion Club", "NATO"}


def test_entity_shows_when_it_was_written_of(small_graph, read):
    reader = read(small_graph, "#n=system%3As-400")
    timeline = reader.page.locator("#panel .timeline")

    assert timeline.locator("[role=img]").get_attribute("aria-label") == (
        "Jul 2019: 4 sentences, Mar 2021: 4 sentences"
    )
    assert timeline.locator(".bars span").count() == 21
    assert " ".join(timeline.inner_text().split()) == "Jul 2019 Mar 2021"


def test_large_picture_moves_as_one_image_and_its_nodes_one_by_one(make_graph, read):
    reader = read(make_graph(700, 2100, 1))
    drawn = """() => {
      const { network, canvas } = actorgraph.graph;
      network.redraw();
      const sheet = document.createElement('canvas');
      [sheet.width, sheet.height] = [canvas.width, canvas.height];
      const context = sheet.getContext('2d', { willReadFrequently: true });
      context.drawImage(canvas, 0, 0);
      const { data } = context.getImageData(0, 0, sheet.width, sheet.height);
      const hex = actorgraph.typeOf(0).colour.match(/[0-9a-f]{2}/gi);
      const [r, g, b] = hex.map((x) => parseInt(x, 16));
      let points = 0;
      for (let i = 0; i < data.length; i += 4) {
        points += data[i] === r && data[i + 1] === g && data[i + 2] === b;
      }
      return points;
    }"""
    single = "!actorgraph.graph.network.renderer.options.hideNodesOnDrag"
    mouse = reader.page.mouse
    # Lines hide while the picture is dragged; then as many points of the node's colour are seen.
    reader.run("actorgraph.graph.network.body.edgeIndices.length = 0")
    before = reader.run(drawn)
    mouse.move(320, 120)
    mouse.down()
    mouse.move(350, 150, steps=4)
    assert not reader.run(single)
    assert before > 500
    assert reader.run(drawn) == pytest.approx(before, rel=0.05)
    mouse.up()
    spot = reader._at("[0]")
    place = "actorgraph.graph.network.getPosition(0).x"
    at = reader.run(place)
    mouse.move(*spot)
    mouse.down()
    mouse.move(spot[0] + 60, spot[1], steps=4)

    assert reader.run(single)
    assert reader.run(place) > at
    mouse.up()


def test_spreading_moves_crowded_nodes_apart_and_then_rests(small_graph, read):
    reader = read(small_graph)
    nearest = """() => {
      const places = Object.values(actorgraph.graph.network.getPositions());
      return Math.min(...places.flatMap((a, i) =>
        places.slice(0, i).map((b) => Math.hypot(a.x - b.x, a.y - b.y))));
    }"""
    reader.run(
        "Object.values(actorgraph.graph.network.body.nodes).forEach((n) => { n.x /= 6; n.y /= 6; })"
    )
    before = reader.run(nearest)
    reader.page.click("#relax")
    reader.until("!actorgraph.graph.network.physics.physicsEnabled")
    after = reader.run(nearest)
    reader.settle()

    assert after > 1.5 * before
    assert reader.run(nearest) == after
    assert len(reader.names()) == 13
