"""Take the pictures of ``docs/tour.md`` and of the README from the page made of the seeds.

Run ``python docs/make_tour.py``; needs Playwright and Chromium.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

import actorgraph

DOCS = Path(__file__).parent
NATO = "organization:nato"
RUSSIA = "country:ru"
VALDAI = "organization:valdai-discussion-club"

PICTURES = {
    "explorer": ("light", [("e", RUSSIA), ("e", NATO)]),
    "tour/edge": ("light", [("e", RUSSIA), ("e", NATO)]),
    "tour/path": ("light", [("p", VALDAI), ("p", NATO)]),
    "tour/table": ("dark", [("view", "table"), ("rows", "relations"), ("n", NATO), ("co", "0")]),
}
"""Theme and address of every picture."""


def main() -> None:
    """Build the graph of the seeds, open its page, and take every picture."""
    graph = actorgraph.build(DOCS.parent / "seeds")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        page_file = Path(folder) / "graph.html"
        graph.write_html(page_file)
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (theme, address) in PICTURES.items():
            context = browser.new_context(
                offline=True,
                viewport={"width": 1280, "height": 800},
                color_scheme="dark" if theme == "dark" else "light",
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(f"{page_file.as_uri()}#{urlencode(address)}")
            page.wait_for_timeout(500)
            page.screenshot(path=DOCS / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
