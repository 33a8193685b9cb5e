"""How long the interactive page takes to write, to show, to filter and to move.

Run ``python benchmarks/explorer.py``. The same graph, with the same places and no physics, is also
written as a page of stock pyvis and measured in the same run; for 5,000 nodes, where that page
takes long, only with ``--all``. The browser's part is left out where there is no Chromium; where
there is one, it draws without a graphics card. Every figure of the browser is the median of three
visits.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from actorgraph.export.html import write_html
from actorgraph.graph.model import KnowledgeGraph

SIZES = ((500, 1500), (2000, 6000), (5000, 15000))
STOCK_UP_TO = 2000
VISITS = 3

FRAME = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
FILTER = """() => {
  const start = performance.now();
  actorgraph.state.change({ types: new Set(['country']) });
  const taken = performance.now() - start;
  actorgraph.state.reset();
  return taken;
}"""
PAN = """new Promise((done) => {
  const net = globalThis.actorgraph ? actorgraph.graph.network : network;
  const start = performance.now();
  let frames = 0;
  net.body.emitter.emit('dragStart', { nodes: [], edges: [] });
  const step = () => {
    net.body.view.translation.x += frames % 80 < 40 ? 8 : -8;
    frames += 1;
    net.redraw();
    if (performance.now() - start < 2000) requestAnimationFrame(step);
    else {
      net.body.emitter.emit('dragEnd', { nodes: [], edges: [] });
      done((1000 * frames) / (performance.now() - start));
    }
  };
  step();
})"""


def main() -> None:
    """Print two lines for each size of graph: our page, then pyvis'."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--all", action="store_true", help="pyvis' page of 5,000 nodes, too")
    everything = parser.parse_args().all
    make_graph = _fixtures()._make_graph
    print("nodes  edges  page        write s  page MB  first frame s  filter ms  pan fps")
    for nodes, edges in SIZES:
        graph = make_graph(nodes, edges)
        _measure(f"{nodes:5}  {edges:5}  actorgraph", graph, _write_ours)
        if everything or nodes <= STOCK_UP_TO:
            _measure(f"{nodes:5}  {edges:5}  pyvis     ", graph, _write_stock)


def _measure(
    name: str, graph: KnowledgeGraph, write: Callable[[KnowledgeGraph, Path], None]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.html"
        start = time.perf_counter()
        write(graph, path)
        seconds = time.perf_counter() - start
        size = path.stat().st_size / 1e6
        print(f"{name}  {seconds:7.2f}  {size:7.2f}  {_in_browser(path)}", flush=True)


def _write_ours(graph: KnowledgeGraph, path: Path) -> None:
    """Write our page with every node drawn; the time includes communities and layout."""
    write_html(graph, path, max_nodes=len(graph.entities))


def _write_stock(graph: KnowledgeGraph, path: Path) -> None:
    """Write pyvis' own page: places from our layout, which is computed by then, no physics."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="900px")
    network.set_options('{"physics": {"enabled": false}, "layout": {"improvedLayout": false}}')
    places = graph.layout()
    # Not add_node and add_edge: they would take 40 s at 5,000 nodes.
    network.nodes = [
        {"id": entity.id, "label": entity.name, "x": 5 * x, "y": 5 * y, "shape": "dot", "size": 8}
        for entity in graph.entities
        for x, y in [places[entity.id]]
    ]
    network.edges = [
        {"from": edge.subject_id, "to": edge.object_id, "title": edge.relation, "arrows": "to"}
        for edge in graph.edges
    ] + [{"from": pair.a, "to": pair.b} for pair in graph.comentions]
    path.write_text(network.generate_html(), encoding="utf-8")


def _in_browser(path: Path) -> str:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return "no Chromium"
    from playwright.sync_api import sync_playwright

    first, filtered, frames = [], [], []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for _ in range(VISITS):
            context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
            page = context.new_page()
            start = time.perf_counter()
            page.goto(path.as_uri())
            page.evaluate(FRAME)
            first.append(time.perf_counter() - start)
            if page.evaluate("Boolean(globalThis.actorgraph)"):
                filtered.append(page.evaluate(FILTER))
            frames.append(page.evaluate(PAN))
            context.close()
        browser.close()
    taken = f"{statistics.median(filtered):9.0f}" if filtered else f"{'-':>9}"
    return f"{statistics.median(first):13.2f}  {taken}  {statistics.median(frames):7.0f}"


def _fixtures() -> ModuleType:
    """The test fixtures, which know how to make graphs of any size."""
    file = Path(__file__).parents[1] / "tests" / "conftest.py"
    spec = importlib.util.spec_from_file_location("graph_fixtures", file)
    if spec is None or spec.loader is None:
        raise ImportError(str(file))
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
