"""GEXF 1.3: the file for Gephi and Gephi Lite, with every relation and co-mention an edge.

Specification: https://gexf.net, version 1.3 (the RELAX NG schema; the published XML Schema rejects
the viz elements that Gephi itself writes).

Kept: every entity, stated relation and co-mention, each edge with its relation as ``kind``, so that
Gephi keeps parallel edges apart, and with its direction, which co-mentions and symmetric relations
have not; aliases as a list; positions, sizes and colours. Lost: all evidence but one sentence an
edge, and how precise a date was in ``start`` and ``end`` (the columns keep the date as given).

For the timeline an edge lasts from its first date to its last, that of the event where it is known
and of the document where it is not. A node lasts as long as documents name it, and at least as long
as its edges. A co-mention lasts while both its nodes do.

Gephi and graphology read edges with and without direction side by side. networkx refuses; for it
``directed=True`` lets every edge run from source to target, and the column ``undirected`` tells.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, BinaryIO

from ..schema import CO_MENTIONED_WITH, GraphView
from .files import write_pieces
from .flat import EDGE_COLUMNS, NODE_COLUMNS, REPEATED, Link, Node, flat_links, flat_nodes
from .xml import DECLARATION, clean, columns, content, quoted, token

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


Days = tuple[str, str]
"""First and last day, in the form of ISO 8601."""


def write_gexf(graph: GraphView, target: Path | BinaryIO, *, directed: bool = False) -> None:
    """Write the graph as GEXF 1.3; the same graph always gives the same bytes.

    Args:
        graph: The graph.
        target: A path, or a binary file that stays open.
        directed: Write every edge as directed, for networkx.

    Raises:
        ExportError: The path cannot be written.
    """
    write_pieces(_lines(graph, directed), target)


@lru_cache(maxsize=10_000)
def interval(first: str, last: str) -> Days | None:
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


def _lines(graph: GraphView, directed: bool) -> Iterator[str]:
    yield DECLARATION
    yield (
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
        "<meta>\n<creator>actorgraph</creator>\n"
    )
    if title := clean(graph.title):
        yield f"<description>{content(title)}</description>\n"
    yield f"</meta>\n<graph{_direction(graph, directed)}"
    yield ' mode="dynamic" timeformat="date" timerepresentation="interval">\n'
    yield from _declarations("node", NODE_COLUMNS)
    yield from _declarations("edge", EDGE_COLUMNS)
    lifetimes = _lifetimes(graph)
    yield "<nodes>\n"
    values = columns(Node, _makers(NODE_COLUMNS))
    for node in flat_nodes(graph):
        yield (
            f'<node id="{node.id}" label={quoted(node.label)}{_time(lifetimes.get(node.id))}>'
            f'<attvalues>{values(node)}</attvalues><viz:size value="{node.size}"/>'
            f'<viz:position x="{node.x}" y="{node.y}" z="0.0"/>{_color(node.color)}</node>\n'
        )
    yield "</nodes>\n<edges>\n"
    repeated = [[f for f in fields if f in EDGE_COLUMNS] for fields in REPEATED]
    values = columns(Link, _makers(EDGE_COLUMNS), repeated)
    for link in flat_links(graph, fold=False):
        type_ = "undirected" if link.undirected and not directed else "directed"
        yield (
            f'<edge id="{link.id}" source="{link.source}" target="{link.target}" type="{type_}"'
            f' kind="{link.kind}" label={_label(link.label)} weight="{link.weight}.0"'
            f"{_time(_days_of(link, lifetimes))}>"
            f"<attvalues>{values(link)}</attvalues>{_color(link.color)}</edge>\n"
        )
    yield "</edges>\n</graph>\n</gexf>\n"


def _lifetimes(graph: GraphView) -> dict[str, Days]:
    """How long each node of the file lasts, where a date is known."""
    days = (
        (entity.id, interval(entity.first_seen or "", entity.last_seen or ""))
        for entity in graph.entities
    )
    lifetimes = {name: seen for name, seen in days if seen}
    for edge in graph.edges:
        if stated := interval(edge.first_date or "", edge.last_date or ""):
            for end in (edge.subject_id, edge.object_id):
                seen = lifetimes.get(end)
                if seen != stated:
                    lifetimes[end] = _span(seen, stated) if seen else stated
    for name in [name for name in lifetimes if token(name) != name]:
        lifetimes[token(name)] = lifetimes.pop(name)
    return lifetimes


@lru_cache(maxsize=10_000)
def _span(one: Days, other: Days) -> Days:
    """The shortest time that holds two others."""
    return min(one[0], other[0]), max(one[1], other[1])


def _days_of(link: Link, lifetimes: Mapping[str, Days]) -> Days | None:
    if link.kind != CO_MENTIONED_WITH:
        return interval(link.first_date, link.last_date)
    one, other = lifetimes.get(link.source), lifetimes.get(link.target)
    return _overlap(one, other) if one and other else None


@lru_cache(maxsize=10_000)
def _overlap(one: Days, other: Days) -> Days | None:
    """The time that two others share, if they do."""
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None


def _direction(graph: GraphView, directed: bool) -> str:
    """The direction of all edges, if they share one: Gephi drops those that differ from it."""
    if directed:
        return ' defaultedgetype="directed"'
    symmetric = {name for name, relation in graph.relations.items() if relation.symmetric}
    types = {"un" * (edge.relation in symmetric) + "directed" for edge in graph.edges}
    if graph.comentions:
        types.add("undirected")
    return f' defaultedgetype="{types.pop()}"' if len(types) == 1 else ""


def _declarations(element: str, columns: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{element}">\n'
    for name, kind in columns.items():
        yield f'<attribute id="{name}" title="{name}" type="{_TYPES[kind]}"/>\n'
    yield "</attributes>\n"


def _makers(columns: Mapping[str, str]) -> list[tuple[str, str, Callable[[Any], str]]]:
    """For each column, a function from a value to its ``<attvalue>``."""
    return [
        (name, kind, partial(_attvalue, f'<attvalue for="{name}" value=', _WRITE[kind]))
        for name, kind in columns.items()
    ]


def _attvalue(tag: str, write: Callable[[Any], str], value: Any) -> str:
    return f"{tag}{write(value)}/>"


def _in_quotes(value: bool | float) -> str:
    return f'"{str(value).lower()}"'


def _list(texts: Iterable[str]) -> str:
    return quoted(f"[{', '.join(map(_list_item, texts))}]")


def _list_item(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _time(days: Days | None) -> str:
    return f' start="{days[0]}" end="{days[1]}"' if days else ""


_TYPES = {
    "string": "string",
    "strings": "liststring",
    "int": "integer",
    "double": "double",
    "share": "double",
    "boolean": "boolean",
}
_WRITE: Mapping[str, Callable[[Any], str]] = {
    "string": quoted,
    "strings": _list,
    "int": _in_quotes,
    "double": _in_quotes,
    "share": _in_quotes,
    "boolean": _in_quotes,
}


_label = lru_cache(maxsize=1000)(quoted)


@lru_cache(maxsize=100)
def _color(color: str) -> str:
    red, green, blue = bytes.fromhex(color[1:])
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
