"""SVG: a picture of the graph that needs no browser, for papers and slides.

Specification: Scalable Vector Graphics 1.1 (second edition), W3C 2011.

Kept: every entity as a circle, its size by centrality and its colour by type, at the place of
`GraphView.layout`; every linked pair as a line, coloured by the class of its leading relation,
dashed where that is only planned or denied, thin where two names only met; names as far as there is
room, the most central first; all names, relations and one sentence a link as tooltips. Lost:
everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import hypot, sqrt
from pathlib import Path
from typing import BinaryIO, NamedTuple
from unicodedata import category

from ..schema import CO_MENTIONED_WITH, GraphView
from .files import open_text
from .flat import Link, Node, flat_links, flat_nodes
from .palette import CO_MENTION, EDGE_COLOURS
from .xml import DECLARATION, clean, content, quoted

_MARGIN = 20.0
_LETTERS = 11.0
"""Size of the letters of the legend."""
_ROW = 16.0
"""Height of a row of the legend."""
_SIGN = 14.0
"""Width of a sign of the legend."""
_WIDTHS = {"Lu": 0.8, "Lo": 1.0, "So": 1.0}
"""Width of letters for their height, by category and with room to spare; 0.62 of all others."""
_DASHED = ' stroke-dasharray="5 4"'
_LABELS = 150
"""At most so many names are written."""


class _Circle(NamedTuple):
    x: float
    y: float
    radius: float

    @property
    def box(self) -> _Box:
        x, y, r = self
        return _Box(x - r, y - r, x + r, y + r)


class _Box(NamedTuple):
    """The room that something drawn takes."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        beside = max(self.left, other.left) >= min(self.right, other.right)
        below = max(self.top, other.top) >= min(self.bottom, other.bottom)
        return not (beside or below)


class _Name(NamedTuple):
    """A name below its circle."""

    text: str
    x: float
    baseline: float
    size: float

    @property
    def box(self) -> _Box:
        half = _text_width(self.text, self.size) / 2
        bottom = self.baseline + 0.3 * self.size
        return _Box(self.x - half, self.baseline - self.size, self.x + half, bottom)


class _Row(NamedTuple):
    """A row of the legend: a sign, drawn around the origin, and what it stands for."""

    sign: str
    words: str


def write_svg(graph: GraphView, target: Path | BinaryIO) -> None:
    """Write a picture of the graph; the same graph always gives the same bytes.

    Args:
        graph: The graph.
        target: A path, or a binary file that stays open.

    Raises:
        ExportError: The path cannot be written.
    """
    with open_text(target) as stream:
        stream.writelines(_lines(graph))


def _lines(graph: GraphView) -> Iterator[str]:
    nodes = list(flat_nodes(graph))
    circles = _circles(nodes)
    names = list(_names(nodes, circles))
    links = list(flat_links(graph, fold=True))
    legend = list(_legend(nodes, links))
    drawn = _around([*(each.box for each in circles.values()), *(each.box for each in names)])
    column = _column(legend, drawn)
    left, top, right, bottom = _around([drawn, column])
    left, top = left - _MARGIN, top - _MARGIN
    width, height = right + _MARGIN - left, bottom + _MARGIN - top

    yield DECLARATION
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.1f} {top:.1f} {width:.1f}'
        f' {height:.1f}" font-family="sans-serif">\n<title>{content(clean(graph.title))}</title>\n'
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"'
        ' fill="#ffffff"/>\n'
    )
    yield from _arrow_heads()
    yield '<g fill="none" stroke-opacity="0.7">\n'
    for link in links:
        yield _line(link, circles[link.source], circles[link.target])
    yield '</g>\n<g stroke="#ffffff">\n'
    for node in nodes:
        yield _dot(node, circles[node.id])
    yield '</g>\n<g text-anchor="middle" fill="#222222">\n'
    yield from map(_written, names)
    yield f'</g>\n<g font-size="{_LETTERS}" fill="#222222">\n'
    yield from _rows(legend, column)
    yield "</g>\n</svg>\n"


def _circles(nodes: Sequence[Node]) -> dict[str, _Circle]:
    """The circles, small enough not to cover one another: the layout keeps nodes apart evenly."""
    if not nodes:
        return {}
    largest = max(node.size for node in nodes)
    room = min(22.0, 260 / sqrt(len(nodes)))
    return {node.id: _Circle(node.x, node.y, room * node.size / largest) for node in nodes}


def _arrow_heads() -> Iterator[str]:
    """A head for each colour: in SVG 1.1 it cannot take that of its line."""
    yield "<defs>\n"
    for quad, color in EDGE_COLOURS.items():
        yield (
            f'<marker id="head-{quad}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8"'
            ' markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">'
            f'<path d="M0,0L8,4L0,8z" fill="{color}"/></marker>\n'
        )
    yield "</defs>\n"


def _line(link: Link, start: _Circle, end: _Circle) -> str:
    style = f'stroke="{link.color}" stroke-width="{_width(link):.2f}"'
    if _is_doubted(link):
        style += _DASHED
    if not link.undirected:
        head = link.quad if link.quad in EDGE_COLOURS else "structural"
        style += f' marker-end="url(#head-{head})"'
    tip = " · ".join(filter(None, (link.label, link.sentence)))
    return f'<path d="{_path(start, end)}" {style}><title>{content(tip)}</title></path>\n'


def _is_doubted(link: Link) -> bool:
    """Whether a stated relation is only planned or denied."""
    return bool(link.status) and not link.is_fact


def _width(link: Link) -> float:
    return 0.6 if link.kind == CO_MENTIONED_WITH else min(1 + 0.5 * sqrt(link.weight), 5)


def _path(start: _Circle, end: _Circle) -> str:
    """From rim to rim; around itself where both are one node."""
    dx, dy = end.x - start.x, end.y - start.y
    length = hypot(dx, dy)
    if length <= start.radius + end.radius:
        x, y, r = start.x, start.y, start.radius
        if length == 0:
            bow = 0.75 * r
            return f"M{x - r:.1f},{y:.1f}A{bow:.1f},{bow:.1f} 0 1 1 {x:.1f},{y - r:.1f}"
        return f"M{x:.1f},{y:.1f}L{end.x:.1f},{end.y:.1f}"
    ux, uy = dx / length, dy / length
    x1, y1 = start.x + ux * start.radius, start.y + uy * start.radius
    x2, y2 = end.x - ux * end.radius, end.y - uy * end.radius
    return f"M{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}"


def _dot(node: Node, circle: _Circle) -> str:
    return (
        f'<circle cx="{circle.x:.1f}" cy="{circle.y:.1f}" r="{circle.radius:.1f}"'
        f" fill={quoted(node.color)}><title>{content(node.label)}</title></circle>\n"
    )


def _names(nodes: Iterable[Node], circles: Mapping[str, _Circle]) -> Iterator[_Name]:
    """Names below their circles, as far as none covers another."""
    taken: list[_Box] = []
    for node in sorted(nodes, key=lambda node: (-node.size, node.id)):
        if len(taken) == _LABELS:
            break
        circle = circles[node.id]
        size = 9 + circle.radius / 4
        name = _Name(node.label, circle.x, circle.y + circle.radius + size, size)
        if not any(name.box.meets(other) for other in taken):
            taken.append(name.box)
            yield name


def _written(name: _Name) -> str:
    return (
        f'<text x="{name.x:.1f}" y="{name.baseline:.1f}" font-size="{name.size:.1f}"'
        f' stroke="#ffffff" stroke-width="3" paint-order="stroke">{content(name.text)}</text>\n'
    )


def _text_width(text: str, size: float) -> float:
    return size * sum(_WIDTHS.get(category(letter), 0.62) for letter in text)


def _around(boxes: Sequence[_Box]) -> _Box:
    """The room of all boxes together."""
    if not boxes:
        return _Box(0, 0, 0, 0)
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return _Box(min(lefts), min(tops), max(rights), max(bottoms))


def _legend(nodes: Iterable[Node], links: Sequence[Link]) -> Iterator[_Row]:
    for kind, color in sorted({(node.actor_type, node.color) for node in nodes}):
        yield _Row(f'<circle r="5" fill={quoted(color)}/>', kind)
    quads = {link.quad for link in links}
    for quad, color in EDGE_COLOURS.items():
        if quad in quads:
            yield _stroke(color, "", quad if quad == CO_MENTION else quad.replace("-", " "))
    if any(map(_is_doubted, links)):
        yield _stroke(EDGE_COLOURS["structural"], _DASHED, "planned or denied")


def _stroke(color: str, style: str, words: str) -> _Row:
    line = f'<path d="M{-_SIGN / 2},0h{_SIGN}" stroke="{color}"{style} stroke-width="2"/>'
    return _Row(line, words)


def _column(legend: Sequence[_Row], drawn: _Box) -> _Box:
    """The room of the legend, left of what is drawn."""
    if not legend:
        return drawn
    right = drawn.left - _MARGIN
    width = 1.5 * _SIGN + max(_text_width(row.words, _LETTERS) for row in legend)
    return _Box(right - width, drawn.top, right, drawn.top + _ROW * len(legend))


def _rows(legend: Sequence[_Row], column: _Box) -> Iterator[str]:
    x, y = column.left + _SIGN / 2, column.top + _ROW / 2
    for row in legend:
        yield (
            f'<g transform="translate({x:.1f} {y:.1f})">{row.sign}'
            f'<text x="{_SIGN}" dy="0.35em">{content(row.words)}</text></g>\n'
        )
        y += _ROW
