"""The picture in pixels holds what the SVG draws, names included, on any computer."""

import builtins
import importlib.util
import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import resvg_py
from PIL import Image

from actorgraph.errors import ExportError
from actorgraph.export.png import write_png
from actorgraph.export.svg import write_svg
from actorgraph.schema import Entity


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL
TEXT = (0x22, 0x22, 0x22)


def drawn(graph):
    target = io.BytesIO()
    write_png(graph, target)
    return target.getvalue()


def picture(graph):
    return Image.open(io.BytesIO(drawn(graph))).convert("RGB")


def ink(graph):
    """Number of pixels in the colour of text."""
    return {color: n for n, color in picture(graph).getcolors(1 << 24)}.get(TEXT, 0)


def named(name):
    """A graph of one node, without a legend to speak of."""
    return cases.HandMadeGraph(entities=(Entity(id="a", name=name, type="x"),))


def test_the_longer_side_is_2400_pixels_and_the_shape_that_of_the_svg():
    svg = io.BytesIO()
    write_svg(SMALL, svg)
    width, height = (
        float(n) for n in svg.getvalue().split(b'viewBox="')[1].split(b'"')[0].split()[2:]
    )

    found = picture(SMALL).size

    assert max(found) == 2400
    assert found[0] / found[1] == pytest.approx(width / height, rel=0.01)


def test_the_colours_are_those_of_the_entities():
    colors = {color for _, color in picture(SMALL).getcolors(1 << 24)}

    assert {(0x00, 0x72, 0xB2), (0xE6, 0x9F, 0x00), (0xD5, 0x5E, 0x00), (255, 255, 255)} <= colors


@pytest.mark.parametrize("name", ["Türkiye", "Россия", "Ελλάδα", "إيران", "S-400 & Co"])
def test_names_are_written_in_many_scripts(name):
    assert ink(named(name)) > ink(named("-")) + 100


def test_the_one_font_is_not_that_of_the_computer(monkeypatch):
    asked = []
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda **given: asked.append(given) or b"")
    drawn(SMALL)

    (given,) = asked
    assert given["skip_system_fonts"]
    assert [Path(font).parts[-3:] for font in given["font_files"]] == [
        ("ziafont", "fonts", "DejaVuSans.ttf")
    ]


@pytest.mark.parametrize(
    "name", ["A name that is rather long for so small a node " * 3, "COMMAND OF MOSCOW " * 6]
)
def test_no_name_is_cut_off_at_the_edge(name):
    image = picture(named(name))
    edges = [
        image.crop(box)
        for box in (
            (0, 0, 4, image.height),
            (image.width - 4, 0, image.width, image.height),
            (0, image.height - 4, image.width, image.height),
        )
    ]

    assert [edge.getcolors() for edge in edges] == [
        [(edge.width * edge.height, (255, 255, 255))] for edge in edges
    ]


def test_the_same_graph_gives_the_same_bytes():
    assert drawn(SMALL) == drawn(SMALL.reversed())


def test_an_empty_graph_is_an_empty_picture():
    empty = replace(SMALL, entities=(), edges=(), comentions=())

    assert picture(empty).getcolors() is not None


def test_a_graph_of_any_size_is_a_picture_of_that_size():
    class Wide(cases.HandMadeGraph):
        def layout(self):
            return {"a": (-1e7, 0.0), "b": (1e7, 5.0)}

    two = tuple(Entity(id=id_, name=id_, type="x") for id_ in "ab")

    assert max(picture(Wide(entities=two)).size) == 2400


def test_without_the_library_the_error_says_how_to_get_it(tmp_path, monkeypatch):
    real_import = builtins.__import__

    def no_resvg(name, *args, **kwargs):
        if name.startswith("resvg"):
            raise ImportError(name)
        return real_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", no_resvg)

    with pytest.raises(ExportError, match=r"pip install 'actorgraph\[png\]'"):
        write_png(SMALL, tmp_path / "graph.png")
    assert not list(tmp_path.iterdir())
