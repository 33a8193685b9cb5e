"""The interactive page in a browser, offline: what a reader does, and what they then see."""

import base64
import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import pytest

from actorgraph.export.html import write_html
from actorgraph.graph.model import KnowledgeGraph
from actorgraph.schema import Claim, CoMention, Document, Edge, Entity, Evidence, RelationType

playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright")
AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
SVG = "{http://www.w3.org/2000/svg}"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@dataclass
class Reader:
    """A page as its reader has it before them; complaints and requests are noted."""

    page: object
    complaints: list = field(default_factory=list)
    requests: list = field(default_factory=list)

    def run(self, script, argument=None):
        return self.page.evaluate(script, argument)

    def text(self, selector):
        return self.page.inner_text(selector)

    def texts(self, selector):
        return [" ".join(text.split()) for text in self.page.locator(selector).all_inner_texts()]

    def names(self):
        """Names of the nodes that are shown."""
        return self.run(
            "[...actorgraph.view.current.nodes].map((n) => actorgraph.data.entities[n].name).sort()"
        )

    def relations(self):
        """Relations that are shown, as subject, relation, object."""
        return self.run(
            """actorgraph.view.edgesOf(actorgraph.view.current).map((edge) => [
                 actorgraph.data.entities[edge.s].name, edge.relation,
                 actorgraph.data.entities[edge.o].name].join(' ')).sort()"""
        )

    def click_node(self, name):
        self.page.mouse.click(*self._at(f"[{self._node(name)}]"))

    def click_line(self, a, b):
        self.page.mouse.click(*self._at(f"[{self._node(a)}, {self._node(b)}]"))

    def _node(self, name):
        return f"actorgraph.data.entities.findIndex((e) => e.name === {json.dumps(name)})"

    def _at(self, nodes):
        """The middle of some nodes on the screen; waits until the camera stands still."""
        spot = f"""(() => {{
          const net = actorgraph.graph.network, box = net.canvas.frame.getBoundingClientRect();
          const spots = {nodes}.map((n) => net.canvasToDOM(net.getPosition(n)));
          const mean = (axis) => spots.reduce((sum, s) => sum + s[axis], 0) / spots.length;
          return [box.left + mean('x'), box.top + mean('y')];
        }})()"""
        before = None
        while (now := self.run(spot)) != before:
            before = now
            self.page.wait_for_timeout(60)
        return now

    def find(self, words):
        self.page.keyboard.press("/")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")

    def export(self, kind):
        self.page.click("#take")
        with self.page.expect_download() as waiting:
            self.page.click(f"[data-format='{kind}']")
        return waiting.value.path().read_bytes()

    def settle(self):
        self.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.fixture
def read(browser, tmp_path):
    """``read(graph)`` opens the graph's page offline; nothing may go wrong behind the scenes."""
    readers = []

    def open_page(graph, address="", *, max_nodes=2000, width=1280, height=860, **context):
        path = tmp_path / f"{len(readers)}.html"
        write_html(graph, path, max_nodes=max_nodes)
        frame = browser.new_context(
            viewport={"width": width, "height": height},
            offline=True,
            reduced_motion="reduce",
            accept_downloads=True,
            **context,
        )
        reader = Reader(frame.new_page())
        reader.page.on("console", lambda message: reader.complaints.append(message.text))
        reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
        reader.page.on("request", lambda request: reader.requests.append(request.url))
        reader.page.goto(path.as_uri() + address)
        reader.settle()
        readers.append((reader, frame))
        return reader

    yield open_page
    for reader, frame in readers:
        loaded = [url for url in reader.requests if not url.startswith(("file:", "data:", "blob:"))]
        frame.close()
        assert loaded == []
        assert reader.complaints == []


# ---- the picture -------------------------------------------------------------------------


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
    rows = reader.texts("#panel section:has(h3:text('Mentioned together')) li")
    reader.page.click("#panel section:has(h3:text('Mentioned together')) li >> nth=0 >> .line")

    assert rows == ["NATO 0.55", "Russia 0.52"]
    assert set(reader.texts("#panel .card >> nth=0 >> mark")) == {"Valdai Discussion Club", "NATO"}


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
    reader.page.wait_for_function("!actorgraph.graph.network.physics.physicsEnabled")
    after = reader.run(nearest)
    reader.settle()

    assert after > 1.5 * before
    assert reader.run(nearest) == after
    assert len(reader.names()) == 13


# ---- finding -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("growler", "S-400"),
        ("s400", "S-400"),
        ("turkiye", "Turkey"),
        ("discussion", "Valdai Discussion Club"),
        ("North Atlantic", "NATO"),
        ("mim104", "Patriot"),
        ("s-", "S-400"),
    ],
)
def test_search_finds_by_alias_without_hyphens_and_accents(small_graph, read, words, name):
    reader = read(small_graph)
    reader.find(words)

    assert reader.texts("#panel h2") == [name]


def test_search_is_driven_by_the_keyboard(small_graph, read):
    reader = read(small_graph)
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("sentinel")
    offered = reader.texts("#search-list li .name")
    reader.page.keyboard.press("ArrowDown")
    chosen = reader.page.get_attribute("#search", "aria-activedescendant")
    reader.page.keyboard.press("Enter")

    assert offered == ["AN/MPQ-64 Sentinel", "LGM-35A Sentinel"]
    assert chosen == "match-1"
    assert reader.texts("#panel h2") == ["LGM-35A"]


def test_unknown_name_is_said_to_be_unknown(small_graph, read):
    reader = read(small_graph)
    reader.page.fill("#search", "Atlantis")

    assert reader.texts("#search-list li") == ["No such name in this graph"]


@pytest.mark.parametrize(
    ("hops", "names"),
    [
        ("1 hop", ["Patriot", "Russia", "S-300", "S-400"]),
        ("2 hops", ["Patriot", "Russia", "S-400", "United States"]),
    ],
)
def test_focus_shows_only_what_is_around(small_graph, read, hops, names):
    reader = read(small_graph)
    reader.find("Patriot" if hops == "2 hops" else "S-400")
    reader.page.click(f"#panel button:text('{hops}')")

    assert set(names) <= set(reader.names())
    assert len(reader.names()) < 13
    assert "Around" in reader.text("#chips")
    reader.page.click("#chips button")
    assert len(reader.names()) == 13


def test_shortest_path_shows_the_evidence_of_each_hop(small_graph, read):
    reader = read(small_graph)
    reader.find("Valdai")
    reader.page.click("#panel button:text('Path to…')")
    reader.page.keyboard.type("patriot")
    reader.page.keyboard.press("Enter")
    hops = reader.texts("#panel .hop > h3")

    assert "Shortest path · 3 hops" in reader.text("#panel")
    assert hops == ["Valdai Discussion Club → Russia", "Russia → S-400", "S-400 → Patriot"]
    assert all(
        reader.page.locator(f"#panel .hop >> nth={i} >> blockquote").count() for i in range(3)
    )


def test_path_prefers_what_is_stated(small_graph, read):
    reader = read(small_graph)
    way = reader.run(
        """(() => {
          const node = (id) => actorgraph.byId.get(id);
          const kept = actorgraph.view.current.pairs;
          const [start, end] = [node('organization:nato'), node('system:s-300')];
          return actorgraph.paths.stops(start, actorgraph.paths.shortest(start, end, kept))
            .map((n) => actorgraph.data.entities[n].name);
        })()"""
    )
    # NATO stands beside the S-400 only in a denial, so the two-hop path carries it all the same.
    assert way == ["NATO", "S-400", "S-300"]


def test_no_path_is_said_plainly(small_graph, read):
    reader = read(small_graph, "#p=system%3Algm-35a&p=country%3Aru")

    assert "Nothing that is shown links them" in reader.text("#panel")


# ---- narrowing ---------------------------------------------------------------------------


def test_legend_counts_and_filters(small_graph, read):
    reader = read(small_graph)
    legend = reader.texts("#side fieldset >> nth=0 >> label")
    reader.page.click("#side label:has-text('country')")

    assert legend[:4] == ["country 3", "organization 3", "person 1", "system 5"]
    assert "Russia" not in reader.names()
    assert "S-400" in reader.names()
    assert reader.text("#counts").startswith("10 of 13 nodes")
    assert reader.text("#status") == reader.text("#counts") + " shown"


@pytest.mark.parametrize(
    ("step", "gone", "kept"),
    [
        ("Hypothetical", "United States sanctions Turkey", "Russia supplies Turkey"),
        ("Denied", "NATO operates S-400", "Russia operates S-400"),
        ("operates", "Russia operates S-400", "S-400 replaces S-300"),
    ],
)
def test_lines_are_filtered_by_status_and_relation(small_graph, read, step, gone, kept):
    reader = read(small_graph)
    assert gone in reader.relations()
    reader.page.click(f"#side label:has-text('{step}')")

    assert gone not in reader.relations()
    assert kept in reader.relations()


def test_co_mentions_can_be_switched_off(small_graph, read):
    reader = read(small_graph)
    count = "actorgraph.view.comentionsOf(actorgraph.view.current).length"
    assert reader.run(count) == 5
    reader.page.click("#side label:has-text('Mentioned together')")

    assert reader.run(count) == 0


def test_only_hides_the_others_and_then_brings_them_back(small_graph, read):
    reader = read(small_graph)
    row = reader.page.locator("#side .choice:has-text('system')").first
    row.hover()
    row.locator(".only").click()
    assert reader.names() == ["AN/MPQ-64", "LGM-35A", "Patriot", "S-300", "S-400"]
    row.locator(".only").click()

    assert len(reader.names()) == 13


@pytest.mark.parametrize(
    ("address", "relations"),
    [
        ("#from=2020", 7),  # of the review: the contested one keeps its denial
        ("#to=2019-12", 5),
        ("#min=2", 1),
        ("#m=reported&m=hypothetical", 8),
        ("#s=affirmed&s=denied&s=hypothetical", 1),
    ],
)
def test_claims_are_filtered_by_date_number_and_firmness(small_graph, read, address, relations):
    assert len(read(small_graph, address).relations()) == relations


@pytest.mark.parametrize(
    ("dates", "bars"),
    [
        (["2019-11", "2020-02-03"], 4),
        (["2019", "2023-02"], 5),
        (["2019-99", "2020-13"], 2),
        (["0001", "2020"], 2),
        (["2020-01", "about 1999"], 0),
    ],
)
def test_time_has_a_bar_for_each_month_or_year(small_graph, read, dates, bars):
    edges = [
        edge.model_copy(
            update={
                "claims": tuple(
                    claim.model_copy(
                        update={"evidence": claim.evidence.model_copy(update={"date": date})}
                    )
                    for claim in edge.claims
                )
            }
        )
        for edge, date in zip(small_graph.edges, dates, strict=False)
    ]
    reader = read(changed(small_graph, edges=edges))

    assert reader.page.locator("#side .time .bars span").count() == bars


def test_npmi_threshold_keeps_the_telling_co_mentions(small_graph, read):
    reader = read(small_graph, "#npmi=0.5")

    assert sorted(
        reader.run("actorgraph.view.comentionsOf(actorgraph.view.current).map((c) => c.npmi)")
    ) == [0.52, 0.55, 0.61]


def test_one_document_can_be_read_alone(small_graph, read):
    reader = read(small_graph)
    reader.page.select_option("#filter-doc", label="Air defence in the north")

    assert "S-400 replaces S-300" in reader.relations()
    assert "Russia supplies Turkey" not in reader.relations()
    assert "Only Air defence in the north" in reader.text("#chips")


def test_panel_counts_only_the_sentences_that_the_filters_leave(small_graph, read):
    reader = read(small_graph, "#e=country%3Atr&e=system%3As-400&from=2020")

    assert "1 of 2 sentences" in reader.text("#panel")
    assert reader.page.locator("#panel .card").count() == 1


def test_unconnected_nodes_can_be_hidden(small_graph, read):
    reader = read(small_graph)
    assert "LGM-35A" in reader.names()
    reader.page.click("#side label:has-text('show the unconnected')")

    assert "LGM-35A" not in reader.names()


def test_slider_works_from_the_keyboard_and_is_one_step_to_undo(small_graph, read):
    reader = read(small_graph)
    reader.page.focus("#filter-minimum")
    reader.page.keyboard.press("ArrowRight")
    assert len(reader.relations()) == 1
    reader.page.click("#back")
    reader.page.wait_for_function("actorgraph.state.now.minimum === 1")

    assert len(reader.relations()) == 11


# ---- the address -------------------------------------------------------------------------


def test_back_walks_through_the_steps(small_graph, read):
    reader = read(small_graph)
    reader.find("NATO")
    reader.find("Turkey")
    reader.page.go_back()
    reader.page.wait_for_function("document.querySelector('#panel h2').textContent === 'NATO'")
    reader.page.click("#back")
    reader.page.wait_for_function("actorgraph.state.now.node === null")

    assert reader.page.is_disabled("#back")


STATES = [
    "n=system%3As-400&t=country&t=person&min=2",
    "e=country%3Aru&e=country%3Atr&co=0&npmi=0.35",
    "p=country%3Aus&p=country%3Aru&iso=0",
    "ego=country%3Aru&hops=2&view=table&rows=relations",
    "from=2019&to=2020-05&s=denied&s=hypothetical&r=operates&m=reported",
]


@pytest.mark.parametrize("state", STATES)
def test_address_restores_everything(small_graph, read, state):
    reader = read(small_graph, f"#{state}")
    again = reader.run("actorgraph.state.encode()")
    copy = read(small_graph, f"#{again}")

    assert sorted(again.split("&")) == sorted(state.split("&"))
    assert copy.names() == reader.names()
    assert copy.relations() == reader.relations()
    assert copy.text("#panel") == reader.text("#panel")


def test_address_of_another_graph_is_passed_over(small_graph, read):
    reader = read(small_graph, "#n=system%3Aunknown&e=a&e=b&p=x&ego=y&doc=z&min=-4&npmi=9&hops=77")

    assert reader.run("actorgraph.state.encode()") == ""
    assert len(reader.names()) == 13


# ---- taking away -------------------------------------------------------------------------


def test_png_is_a_picture_of_the_window(small_graph, read):
    reader = read(small_graph)
    address = "data:image/png;base64," + base64.b64encode(reader.export("png")).decode()
    seen = reader.run(
        """async (address) => {
          const image = new Image();
          image.src = address;
          await image.decode();
          const sheet = document.createElement('canvas');
          [sheet.width, sheet.height] = [image.width, image.height];
          const context = sheet.getContext('2d');
          context.drawImage(image, 0, 0);
          const { data } = context.getImageData(0, 0, sheet.width, sheet.height);
          const colours = new Set();
          for (let i = 0; i < data.length; i += 4) {
            const part = (k) => data[i + k].toString(16).padStart(2, '0');
            colours.add('#' + part(0) + part(1) + part(2));
          }
          const { clientWidth, clientHeight } = document.getElementById('canvas');
          return {
            shape: Math.abs(image.width / image.height - clientWidth / clientHeight),
            missing: actorgraph.data.legend.types.map((type) => type.colour.toLowerCase())
              .filter((colour) => !colours.has(colour)),
          };
        }""",
        address,
    )
    assert seen["shape"] < 0.01
    assert seen["missing"] == []


def test_svg_holds_the_drawn_nodes_lines_and_names(small_graph, read):
    reader = read(small_graph, "#t=country")
    root = ElementTree.fromstring(reader.export("svg"))
    texts = [node.text for node in root.iter(f"{SVG}text")]

    signs = [node for kind in ("circle", "polygon") for node in root.iter(f"{SVG}{kind}")]

    assert "S-400" in texts
    assert "Russia" not in texts
    assert len(signs) >= len(reader.names())
    assert len([*root.iter(f"{SVG}line"), *root.iter(f"{SVG}path")]) >= len(reader.relations())


def test_csv_holds_what_is_shown_and_no_formula(small_graph, read):
    risky = Entity(id="system:risky", name='=HYPERLINK("x")', type="system", mentions=1)
    reader = read(changed(small_graph, entities=[*small_graph.entities, risky]), "#t=country")
    rows = reader.export("nodes.csv").decode("utf-8-sig").splitlines()
    relations = reader.export("relations.csv").decode("utf-8-sig").splitlines()

    assert rows[0].startswith("id,name,type")
    assert len(rows) == 1 + 11
    assert any('"\'=HYPERLINK(""x"")"' in row for row in rows)
    assert not any("Russia" in row for row in rows)
    assert any(row.startswith("S-400,replaces,S-300,affirmed,1,1") for row in relations)


def test_json_holds_the_evidence_of_what_is_shown(small_graph, read):
    saved = json.loads(read(small_graph, "#co=0").export("json"))
    supplies = next(edge for edge in saved["edges"] if edge["relation"] == "supplies")

    assert len(saved["edges"]) == 11
    assert saved["comentions"] == []
    assert supplies["claims"][0]["sentence"].startswith("Russia supplied Turkey")
    assert supplies["claims"][0]["url"] == "https://gazette.example/s-400"


def test_graphml_is_read_by_networkx(small_graph, read, tmp_path):
    import networkx as nx

    target = tmp_path / "shown.graphml"
    target.write_bytes(read(small_graph, "#co=0").export("graphml"))
    graph = nx.read_graphml(target)

    assert len(graph) == 13
    assert graph.number_of_edges() == 11
    assert graph.nodes["system:s-400"]["label"] == "S-400"


# ---- for everyone ------------------------------------------------------------------------


def test_table_lists_what_the_picture_shows_and_sorts(small_graph, read):
    reader = read(small_graph)
    reader.page.keyboard.press("t")
    names = reader.texts("#table tbody th")
    reader.page.click("#table th button:text('Mentions')")
    mentions = [int(text) for text in reader.texts("#table tbody td:nth-child(4)")]

    assert sorted(names) == reader.names()
    assert mentions == sorted(mentions, reverse=True)
    assert reader.page.get_attribute("#table th:has-text('Mentions')", "aria-sort") == "descending"


def test_table_of_relations_opens_the_evidence(small_graph, read):
    reader = read(small_graph, "#view=table&rows=relations")
    reader.page.click("#table tr:has-text('replaces') button")

    assert "S-400 replaces S-300" in reader.texts("#panel h3")[0]
    assert reader.page.is_visible("#table")


def test_every_control_has_a_name(small_graph, read):
    reader = read(small_graph, "#n=system%3As-400")
    nameless = reader.run(
        """[...document.querySelectorAll('button, input, select, a, [tabindex="0"]')]
             .filter((node) => node.checkVisibility())
             .filter((node) => !(node.getAttribute('aria-label') || node.textContent.trim()
                               || (node.labels && node.labels.length)
                               || node.closest('.vis-network')))
             .map((node) => node.outerHTML)"""
    )
    assert nameless == []


def test_page_can_be_used_without_a_pointer(small_graph, read):
    reader = read(small_graph)
    reader.page.keyboard.press("Tab")
    assert reader.run("document.activeElement.className") == "skip"
    reader.page.keyboard.press("Enter")
    assert reader.run("document.activeElement.id") == "panel"
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    assert reader.texts("#panel h2") == [reader.run("actorgraph.data.entities[0].name")]
    reader.page.keyboard.press("Escape")

    assert "An edge is what a source says" in reader.text("#panel")


def test_arrow_keys_move_the_picture_only_when_it_has_the_focus(small_graph, read):
    reader = read(small_graph)
    place = "actorgraph.graph.network.getViewPosition().x"
    before = reader.run(place)
    reader.page.keyboard.press("ArrowRight")
    assert reader.run(place) == before
    reader.page.focus("#canvas")
    reader.page.keyboard.press("ArrowRight")

    assert reader.run(place) > before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_theme_follows_the_system_and_can_be_switched(small_graph, read, scheme):
    reader = read(small_graph, color_scheme=scheme)
    theme = "document.documentElement.dataset.theme"
    assert reader.run(theme) == scheme
    reader.page.click("#theme")

    assert {scheme, reader.run(theme)} == {"light", "dark"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast(small_graph, read, scheme):
    reader = read(small_graph, color_scheme=scheme)
    ratio = reader.run(
        """() => {
          const style = getComputedStyle(document.documentElement);
          const light = (name) => {
            const hex = style.getPropertyValue(name).trim().slice(1);
            const [r, g, b] = [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
              .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const contrast = (a, b) => {
            const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
            return (high + 0.05) / (low + 0.05);
          };
          return Math.min(...['--ink', '--muted', '--accent', '--good', '--warn', '--bad']
            .map((name) => contrast(name, '--surface')));
        }"""
    )
    assert ratio >= 4.5


@pytest.mark.parametrize("width", [390, 768, 1024, 1440])
def test_nothing_sticks_out_at_any_width(small_graph, read, width):
    reader = read(small_graph, "#n=system%3As-400", width=width)

    assert reader.run("document.documentElement.scrollWidth") <= width
    assert reader.page.is_visible("#canvas")
    assert reader.page.is_visible("#search")


def test_print_shows_the_evidence_without_the_controls(small_graph, read):
    reader = read(small_graph, "#e=country%3Atr&e=system%3As-400")
    reader.page.emulate_media(media="print")

    assert reader.page.is_visible("#panel .card >> nth=0")
    assert not reader.page.is_visible("#side")
    assert not reader.page.is_visible("#search")


@pytest.mark.parametrize(
    ("address", "scheme", "width"),
    [
        ("", "light", 1280),
        ("", "dark", 1280),
        ("#n=system%3As-400", "light", 1280),
        ("#e=country%3Atr&e=system%3As-400", "light", 1280),
        ("#e=country%3Atr&e=system%3As-400", "dark", 1280),
        ("#view=table", "light", 1280),
        ("#view=table&rows=relations", "dark", 1280),
        ("#n=system%3As-400", "light", 390),
        ("#view=table", "dark", 390),
    ],
)
def test_axe_finds_nothing_to_complain_of(small_graph, read, address, scheme, width):
    if not AXE.is_file():
        pytest.skip("needs axe-core: npm install in tests/explorer")
    reader = read(small_graph, address, color_scheme=scheme, width=width)
    # As a script of the test, not of the page: the page's policy would refuse it.
    reader.run(AXE.read_text(encoding="utf-8") + ";null")
    result = reader.run("axe.run(document, { resultTypes: ['violations'] })")

    assert [
        (found["id"], node["html"], node["failureSummary"])
        for found in result["violations"]
        for node in found["nodes"]
    ] == []


# ---- large and hostile -------------------------------------------------------------------


def test_large_graph_says_what_it_leaves_out_and_search_pulls_it_in(make_graph, read):
    reader = read(make_graph(400, 1200, 3), max_nodes=100)
    last = reader.run("actorgraph.data.entities[350].name")
    assert "100 of 400 nodes drawn" in reader.text("#chips")
    assert last not in reader.names()
    reader.find(last)
    reader.settle()

    assert reader.texts("#panel h2") == [last]
    assert last in reader.names()
    assert len(reader.names()) == 101


PAYLOADS = [
    "<script>bad('1')</script>",
    "</script><script>bad('2')</script>",
    "<img src=x onerror=bad('3')>",
    "<svg onload=bad('4')>",
    "<svg><script>bad('5')</script></svg>",
    "<iframe srcdoc=\"<script>parent.bad('6')</script>\">",
    "<a href=javascript:bad('7')>href</a>",
    "javascript:bad('8')",
    "data:text/html,<script>bad('9')</script>",
    "' onmouseover='bad(10)",
    "\" autofocus onfocus=\"bad('11')",
    "{{constructor.constructor('bad(12)')()}}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{7*7}}{% endfor %}",
    "${bad(13)}",
    "<!--<script>bad('14')",
    "]]><script>bad('15')</script>",
    "\u2028bad('16')\u2029",
    "<style>*{background:url(//bad.example/17)}</style>",
    "<link rel=stylesheet href=//bad.example/18>",
    "<meta http-equiv=refresh content=0;url=//bad.example/19>",
    "<base href=//bad.example/20>",
    "<details open ontoggle=bad('21')>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=bad('22')></style></mglyph></math>",
    "&lt;script&gt;bad('23')&lt;/script&gt;",
    "vbscript:bad('24')",
    "\u202e<b onclick=bad('25')>\x00\ud83d",
    "<body onload=bad('26')>",
    "<video><source onerror=bad('27')></video>",
    "<audio src=x onerror=bad('28')>",
    "<input autofocus onfocus=bad('29')>",
    "<form action=javascript:bad('30')><button>href</button></form>",
    "<object data=javascript:bad('31')></object>",
    "<embed src=javascript:bad('32')>",
    "<template><script>bad('33')</script></template>",
    "</title><script>bad('34')</script>",
    "</style><script>bad('35')</script>",
    "</textarea></noscript><script>bad('36')</script>",
    "jAvAsCrIpT&colon;bad('37')",
    "\tjava\nscript:bad('38')",
    "https://x.example/\" onclick=\"bad('39')",
    "http://x.example/'><img src=x onerror=bad('40')>",
    "file:///etc/passwd",
    "blob:bad('42')",
    "\\u003cscript\\u003ebad('43')\\u003c/script\\u003e",
    "\\\"});bad('44');//",
    "__proto__",
    "constructor",
    "toString",
    "%3Cscript%3Ebad('48')%3C/script%3E",
    "+ADw-script+AD4-bad('49')+ADw-/script+AD4-",
    "＜script＞bad('50')＜/script＞",
    "(((a+)+)+)+$[\\",
]


def hostile_graph():
    """A graph in which every text of every noun is an attack."""
    entities = [
        Entity(id=f"system:{text}", name=text, type="system", subtype=text, aliases=(text + " ",),
               identifiers={text: text}, country=text, mentions=1 + i, first_seen=text)
        for i, text in enumerate(PAYLOADS)
    ]  # fmt: skip
    documents = [
        Document(id=f"d{i} {text}", text="", title=text, author=text, publisher=text, date=text,
                 url=text, path=text)
        for i, text in enumerate(PAYLOADS)
    ]  # fmt: skip
    edges, comentions = [], []
    for i, text in enumerate(PAYLOADS):
        a, b = entities[i].id, entities[(i + 1) % len(PAYLOADS)].id
        sentence = f"{text} met {PAYLOADS[(i + 1) % len(PAYLOADS)]}"
        quoted = Evidence(document_id=documents[i].id, start=0, end=len(sentence), exact=sentence,
                          prefix=text, suffix=text, date=text)  # fmt: skip
        claim = Claim(id=str(i), subject_id=a, relation=text, object_id=b, speaker=text,
                      wording=text, rule=text, event_date=text, evidence=quoted,
                      subject_mention=(0, len(text)), object_mention=(len(text) + 5, len(sentence)),
                      qualifiers={text: text})  # fmt: skip
        edges.append(Edge(subject_id=a, relation=text, object_id=b, claims=(claim,),
                          status="affirmed", belief=1, n_evidence=1, n_documents=1, n_sources=1,
                          first_date=text, last_date=text))  # fmt: skip
        x, y = sorted((a, b))
        comentions.append(CoMention(a=x, b=y, sentences=1, paragraphs=1, documents=1, npmi=0.5,
                                    log_likelihood=1, examples=(quoted,)))  # fmt: skip
    relations = {
        text: RelationType(name=text, inverse=f"{text} back", description=text, quad=text)
        for text in PAYLOADS
    }
    return KnowledgeGraph(title=PAYLOADS[1], entities=entities, edges=edges, comentions=comentions,
                          documents=documents, relations=relations,
                          provenance={text: text for text in PAYLOADS})  # fmt: skip


def test_no_text_of_a_document_is_ever_run(read):
    assert len(set(PAYLOADS)) >= 40
    reader = read(hostile_graph())
    reader.run("globalThis.harm = []; globalThis.bad = (what) => harm.push(what); null")
    reader.run(
        """() => {
          actorgraph.state.listen(() => {
            const links = [...document.links].map((link) => link.getAttribute('href'));
            harm.push(...links.filter((href) => href !== '#panel' && !/^https?:/.test(href)));
          });
          for (const node of actorgraph.data.entities.keys()) actorgraph.state.selectNode(node);
          for (const pair of actorgraph.pairs) actorgraph.state.selectPair(pair);
          actorgraph.state.showPath(0, 9);
          actorgraph.state.change({ view: 'table', rows: 'nodes' });
          actorgraph.state.change({ rows: 'relations' });
          actorgraph.state.change({ view: 'graph', doc: 3 });
          const box = document.getElementById('search');
          for (const entity of actorgraph.data.entities) {
            box.value = entity.name;
            box.dispatchEvent(new Event('input'));
          }
        }"""
    )
    reader.page.mouse.move(640, 400)
    reader.page.wait_for_timeout(300)

    assert reader.run("harm") == []
    reader.run("actorgraph.state.reset()")
    reader.settle()
    assert reader.run("[...document.querySelectorAll('a[href]')].map((a) => a.protocol)") == [
        "file:"
    ]
    assert reader.run("document.querySelectorAll('iframe, base, object, embed, img').length") == 0
    for kind in ("svg", "nodes.csv", "relations.csv", "json", "graphml"):
        assert reader.export(kind)
    ElementTree.fromstring(reader.export("svg"))
    ElementTree.fromstring(reader.export("graphml"))


def changed(graph, **parts):
    """The same graph with some of its parts replaced."""
    names = "title entities edges comentions documents relations provenance".split()
    return KnowledgeGraph(**{**{name: getattr(graph, name) for name in names}, **parts})
