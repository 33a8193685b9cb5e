"""How long the interactive page takes to write, to show, and to filter.

Run ``python benchmarks/explorer.py``. The browser's part is left out where there is no Chromium;
where there is one, it draws without a graphics card.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

from actorgraph.export.html import write_html

SIZES = ((500, 1500), (2000, 6000), (5000, 15000))

FRAME = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
FILTER = """async () => {
  const start = performance.now();
  actorgraph.state.change({ types: new Set(['country']) });
  return performance.now() - start;
}"""
PAN = """new Promise((done) => {
  const { network } = actorgraph.graph;
  const start = performance.now();
  let frames = 0;
  network.body.emitter.emit('dragStart');
  const step = () => {
    frames += 1;
    network.body.view.translation.x += 1;
    network.redraw();
    if (performance.now() - start < 2000) requestAnimationFrame(step);
    else done((1000 * frames) / (performance.now() - start));
  };
  step();
})"""


def main() -> None:
    """Print one line for each size of graph."""
    make_graph = _fixtures()._make_graph
    print("nodes  edges   write s   page MB   first frame s   filter ms   pan fps")
    for nodes, edges in SIZES:
        graph = make_graph(nodes, edges)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "graph.html"
            start = time.perf_counter()
            write_html(graph, path, max_nodes=nodes)
            seconds = time.perf_counter() - start
            size = path.stat().st_size / 1e6
            print(f"{nodes:5}  {edges:5}   {seconds:7.2f}   {size:7.2f}   {_in_browser(path)}")


def _in_browser(path: Path) -> str:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return "no Chromium"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(offline=True, viewport={"width": 1440, "height": 900}).new_page()
        start = time.perf_counter()
        page.goto(path.as_uri())
        page.evaluate(FRAME)
        first = time.perf_counter() - start
        filtered = page.evaluate(FILTER)
        page.evaluate("actorgraph.state.reset()")
        frames = page.evaluate(PAN)
        browser.close()
    return f"{first:13.2f}   {filtered:9.0f}   {frames:7.0f}"


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
