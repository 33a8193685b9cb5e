"""The page without a mouse, without sight, in the dark, on a phone, on paper."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"


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


def test_filters_lie_over_the_picture_on_a_phone(small_graph, read):
    reader = read(small_graph, width=390)
    assert not reader.page.is_visible("#side")
    reader.page.click("#toggle-side")
    reader.page.click("#side label:has-text('Country')")
    reader.page.click("#toggle-side")

    assert "Russia" not in reader.names()
    assert reader.page.is_visible("#canvas")


def test_tools_lie_below_the_picture_on_a_phone(small_graph, read):
    reader = read(small_graph, width=390)
    bottom, top = reader.run("""[
      document.getElementById('canvas').getBoundingClientRect().bottom,
      document.querySelector('.zoom').getBoundingClientRect().top,
    ]""")
    assert bottom <= top


def test_camera_jumps_where_motion_is_unwelcome(small_graph, read):
    reader = read(small_graph)
    scale = "actorgraph.graph.network.getScale()"
    before = reader.run(scale)

    assert reader.run(f"actorgraph.graph.zoom(2), {scale}") == pytest.approx(2 * before)


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
