"""GEXF 1.3: the file for Gephi and Gephi Lite, with every relation and co-mention an edge.

Specification: https://gexf.net, version 1.3 (the RELAX NG schema; the published XML Schema rejects
the viz elements that Gephi itself writes).

Kept: every entity, stated relation and co-mention, each edge with its direction and its relation as
``kind``, so that Gephi keeps parallel edges apart; aliases as a list; positions, sizes and colours;
and the time from first to last date, for the timeline. Lost: all evidence but one sentence an edge,
and how precise a date was in ``start`` and ``end`` (the columns keep the date as given).

Every edge is written as directed, because networkx reads no graph of mixed direction: a co-mention
runs from the id that sorts first, with the column ``undirected`` set. Gephi and Gephi Lite do read
both kinds side by side; ``mixed=True`` writes them so.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO

from ..schema import GraphView
from .files import open_text
from .flat import EDGE_COLUMNS, NODE_COLUMNS, Link, Node, flat_links, flat_nodes
from .xml import DECLARATION, clean, content, quoted

_TYPES = {"string": "string", "int": "integer", "double": "double", "boolean": "boolean"}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def write_gexf(graph: GraphView, target: Path | BinaryIO, *, mixed: bool = False) -> None:
    """Write the graph as GEXF 1.3; the same graph always gives the same bytes.

    Args:
        graph: The graph.
        target: A path, or a binary file that stays open.
        mixed: Write co-mentions as undirected edges; networkx cannot read the file then.

    Raises:
        ExportError: The path cannot be written.
    """
    with open_text(target) as stream:
        stream.writelines(_lines(graph, mixed))


def interval(first: str, last: str) -> tuple[str, str] | None:
    """Return the first and last day that two dates of any precision span, or None.

    >>> interval("2007-02", "2021")
    ('2007-02-01', '2021-12-31')
    >>> interval("about 2007", "")
    """
    opening, closing = _days(first or last), _days(last or first)
    if opening is None or closing is None or opening[0] > closing[1]:
        return None
    return opening[0].isoformat(), closing[1].isoformat()


def _days(text: str) -> tuple[date, date] | None:
    """The first and last day of a year, a month or a day; None if there is no such date."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    given = [int(part) for part in match.groups() if part]
    try:
        start = date(*given, *[1] * (3 - len(given)))
    except ValueError:
        return None
    if len(given) == 3:
        return start, start
    month = start.month if len(given) == 2 else 12
    return start, date(start.year, month, monthrange(start.year, month)[1])


def _lines(graph: GraphView, mixed: bool) -> Iterator[str]:
    yield DECLARATION
    yield (
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
        "<meta>\n<creator>actorgraph</creator>\n"
    )
    if title := clean(graph.title):
        yield f"<description>{content(title)}</description>\n"
    yield f"</meta>\n<graph{_direction(graph, mixed)}"
    yield ' mode="dynamic" timeformat="date" timerepresentation="interval">\n'
    yield from _declarations("node", NODE_COLUMNS)
    yield from _declarations("edge", EDGE_COLUMNS)
    yield "<nodes>\n"
    values = _values(NODE_COLUMNS)
    for node in flat_nodes(graph):
        yield (
            f"<node id={quoted(node.id)} label={quoted(node.label)}"
            f"{_lifetime(node.first_seen, node.last_seen)}>{values(node)}"
            f'<viz:size value="{node.size}"/><viz:position x="{node.x}" y="{node.y}" z="0.0"/>'
            f"{_color(node.color)}</node>\n"
        )
    yield "</nodes>\n<edges>\n"
    values = _values(EDGE_COLUMNS)
    for link in flat_links(graph, fold=False):
        yield (
            f"<edge id={quoted(link.id)} source={quoted(link.source)}"
            f' target={quoted(link.target)} type="{"un" * (mixed and link.undirected)}directed"'
            f' kind={quoted(link.kind)} label={quoted(link.label)} weight="{link.weight}.0"'
            f"{_lifetime(link.first_date, link.last_date)}>{values(link)}{_color(link.color)}"
            "</edge>\n"
        )
    yield "</edges>\n</graph>\n</gexf>\n"


def _direction(graph: GraphView, mixed: bool) -> str:
    """The default direction, left out of a mixed graph: Gephi drops the edges that differ."""
    if not mixed or not graph.comentions:
        return ' defaultedgetype="directed"'
    return "" if graph.edges else ' defaultedgetype="undirected"'


def _declarations(element: str, columns: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{element}">\n'
    for name, kind in columns.items():
        declared = _TYPES.get(kind, "liststring")
        yield f'<attribute id="{name}" title="{name}" type="{declared}"/>\n'
    yield "</attributes>\n"


def _values(columns: Mapping[str, str]) -> Callable[[Node | Link], str]:
    """Return a function from a row to its ``<attvalues>``, without those that say nothing."""
    pick = attrgetter(*columns)
    tags = [f'<attvalue for="{name}" value=' for name in columns]

    def values(row: Node | Link) -> str:
        cells = "".join(
            f"{tag}{quoted(_scalar(value))}/>"
            for tag, value in zip(tags, pick(row), strict=True)
            if value is not None and value != "" and value != ()
        )
        return f"<attvalues>{cells}</attvalues>"

    return values


def _scalar(value: Any) -> str:
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case tuple():
            return f"[{', '.join(map(_list_item, value))}]"
        case _:
            return repr(value)


def _list_item(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _lifetime(first: str, last: str) -> str:
    days = interval(first, last)
    return f' start="{days[0]}" end="{days[1]}"' if days else ""


def _color(color: str) -> str:
    red, green, blue = bytes.fromhex(color[1:])
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
