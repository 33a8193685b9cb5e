"""Mermaid: a small graph as text, drawn by GitHub, GitLab, Obsidian and many wikis.

Specification: https://mermaid.js.org/syntax/flowchart.html, with its limits: 500 links and 50,000
characters.

Kept: names, types as colours, the relations of each pair and direction; solid lines are facts,
dotted ones are only planned or denied, dotted ones without a word are co-mentions. Lost: everything
else. In names all but letters, digits and some signs is written as entity codes (``#35;``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ..schema import CO_MENTIONED_WITH, GraphView
from .diagram import diagram, too_large
from .files import open_text
from .flat import Link, Node

_LINKS = 500
_CHARACTERS = 50_000
_PLAIN = frozenset(" .,-/()'")


def write_mermaid(graph: GraphView, target: Path | BinaryIO) -> None:
    """Write a small graph as a Mermaid flowchart; the same graph always gives the same bytes.

    Args:
        graph: The graph.
        target: A path, or a binary file that stays open.

    Raises:
        ExportError: The graph has more than 500 nodes or links, or the path cannot be written.
    """
    nodes, links = diagram(graph, "Mermaid", _LINKS)
    text = "".join(_lines(graph.title, nodes, links))
    if len(text) > _CHARACTERS:
        raise too_large("Mermaid", f"{_CHARACTERS:,} characters of text")
    with open_text(target) as stream:
        stream.write(text)


def _lines(title: str, nodes: list[Node], links: list[Link]) -> Iterator[str]:
    number = {node.id: f"n{i}" for i, node in enumerate(nodes)}
    styles = {color: f"c{i}" for i, color in enumerate(sorted({node.color for node in nodes}))}
    yield f"flowchart LR\naccTitle: {_escaped(title)}\n" if title.strip() else "flowchart LR\n"
    for node in nodes:
        yield f'{number[node.id]}["{_escaped(node.label)}"]:::{styles[node.color]}\n'
    for link in links:
        yield f"{number[link.source]} {_arrow(link)} {number[link.target]}\n"
    for color, name in styles.items():
        yield f"classDef {name} fill:{color}33,stroke:{color}\n"


def _arrow(link: Link) -> str:
    if link.kind == CO_MENTIONED_WITH:
        return "-.-"
    head = "" if link.undirected else ">"
    line = f"--{head or '-'}" if link.is_fact else f"-.-{head}"
    return f'{line}|"{_escaped(link.label)}"|' if link.label else line


def _escaped(text: str) -> str:
    return "".join(map(_character, text))


def _character(character: str) -> str:
    if character in _PLAIN or character.isalnum():
        return character
    return f"#{ord(character)};"
