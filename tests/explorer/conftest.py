"""A reader before the page: Chromium, offline, and what people do in it by hand."""

import json
import shutil
from dataclasses import dataclass, field

import pytest

from actorgraph.export.html import write_html
from actorgraph.graph.model import KnowledgeGraph

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
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

    def until(self, condition):
        """Wait for it; the page forbids the eval by which Playwright would ask again."""
        self.run(
            f"""new Promise((done) => {{
                const look = () => ({condition}) ? done() : requestAnimationFrame(look);
                look();
            }})"""
        )

    def settle(self):
        self.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests: starting it takes longer than most of them."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright")
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def page_of(tmp_path_factory):
    """``page_of(graph)`` is the file of a graph's page, written once however many tests read it."""
    folder = tmp_path_factory.mktemp("pages")
    written = {}

    def write(graph, max_nodes):
        key = id(graph), max_nodes
        if key not in written:
            path = folder / f"{len(written)}.html"
            write_html(graph, path, max_nodes=max_nodes)
            written[key] = graph, path  # the graph stays alive, and so its id its own
        return written[key][1]

    return write


@pytest.fixture(scope="session")
def window(browser):
    """``window(...)`` is a window of the browser with such settings, shared by the tests."""
    windows = {}

    def open_window(**settings):
        key = json.dumps(settings, sort_keys=True)
        if key not in windows:
            windows[key] = browser.new_context(
                offline=True, reduced_motion="reduce", accept_downloads=True, **settings
            )
        return windows[key]

    yield open_window
    for each in windows.values():
        each.close()


@pytest.fixture
def read(page_of, window):
    """``read(graph)`` opens the graph's page offline; nothing may go wrong behind the scenes."""
    readers = []

    def open_page(graph, address="", *, max_nodes=2000, width=1280, height=860, **settings):
        frame = window(viewport={"width": width, "height": height}, **settings)
        reader = Reader(frame.new_page())
        readers.append(reader)
        reader.page.on("console", lambda message: reader.complaints.append(message.text))
        reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
        reader.page.on("request", lambda request: reader.requests.append(request.url))
        reader.page.goto(page_of(graph, max_nodes).as_uri() + address)
        reader.settle()
        return reader

    yield open_page
    for reader in readers:
        loaded = [url for url in reader.requests if not url.startswith(("file:", "data:", "blob:"))]
        reader.run("localStorage.clear()")
        reader.page.close()
        assert loaded == []
        assert reader.complaints == []


@pytest.fixture(scope="session")
def changed():
    """``changed(graph, edges=...)`` is the same graph with some of its parts replaced."""
    names = "title entities edges comentions documents relations provenance".split()

    def change(graph, **parts):
        return KnowledgeGraph(**{**{name: getattr(graph, name) for name in names}, **parts})

    return change
