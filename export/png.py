"""PNG: the picture of the graph as pixels, for slides, mails and chats that take no SVG.

Specification: Portable Network Graphics (third edition), W3C 2025.

Kept: what `export.svg` draws. Lost: tooltips, and letters of scripts that the font DejaVu Sans has
not, such as Chinese, Japanese and Korean, and emoji; fonts of the computer are not looked at, so
that the same graph gives the same bytes wherever the same versions of both packages are.

It needs resvg and the font: ``pip install 'actorgraph[png]'``.
"""

from __future__ import annotations

import io
from importlib.resources import as_file, files
from pathlib import Path
from typing import BinaryIO

from ..errors import ExportError
from ..schema import GraphView
from .files import open_text
from .svg import write_svg

_SIDE = 2400
"""Pixels of the longer side: names are legible on a page and on a slide."""
_FONT = "DejaVu Sans"


def write_png(graph: GraphView, target: Path | BinaryIO) -> None:
    """Write a picture of the graph; the same graph always gives the same bytes.

    Args:
        graph: The graph.
        target: A path, or a binary file that stays open.

    Raises:
        ExportError: The path cannot be written, or the drawing library is not installed.
    """
    picture = io.BytesIO()
    write_svg(graph, picture)
    pixels = _drawn(picture.getvalue().decode())
    with open_text(target) as stream:
        stream.buffer.write(pixels)


def _drawn(svg: str) -> bytes:
    try:
        import resvg_py

        font = files("ziafont.fonts") / "DejaVuSans.ttf"
    except ImportError as error:
        raise ExportError(
            "PNG needs resvg and a font. Install them: pip install 'actorgraph[png]'"
        ) from error
    with as_file(font) as path:
        return resvg_py.svg_to_bytes(
            svg_string=svg,
            width=_SIDE,
            height=_SIDE,
            skip_system_fonts=True,
            font_files=[str(path)],
            font_family=_FONT,
            sans_serif_family=_FONT,
        )
