"""OpenDocument texts (OASIS OpenDocument 1.3, part 3), read with the standard library."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..errors import UnreadableSource
from .blobs import Blob, Item, Options, Text
from .blocks import heading, join_blocks, row
from .unzip import open_package, read_part
from .xml import local, parse_xml, words_of

_SKIPPED = frozenset(
    """annotation annotation-end bookmark-ref change-end change-start forms note sequence-decls
    table-of-content tracked-changes variable-decls""".split()
)
"""Comments, footnotes, what was struck out, and lists that are made from the headings."""
_FIELDS = {
    "title": "title",
    "initial-creator": "author",
    "creator": "author",
    "publisher": "publisher",
    "language": "language",
    "date": "date",
    "creation-date": "date",
}


def read_opendocument(blob: Blob, options: Options) -> Iterator[Item]:
    """Read headings, paragraphs, items and tables, in the order of the document."""
    limits = options.limits
    with open_package(blob, limits) as archive:
        if b"encryption-data" in read_part(blob, archive, "META-INF/manifest.xml", limits):
            raise UnreadableSource(blob.name, "is encrypted; save it without a password first")
        content = parse_xml(blob.name, read_part(blob, archive, "content.xml", limits))
        told = {}
        if "meta.xml" in archive.namelist():
            told = _metadata(parse_xml(blob.name, read_part(blob, archive, "meta.xml", limits)))
    body = next((element for element in content.iter() if local(element.tag) == "text"), None)
    if body is None:
        raise UnreadableSource(blob.name, "holds no text document")
    guessed = {name: told.pop(name) for name in [*told] if name in ("author", "date")}
    yield Text(blob.name, join_blocks(_blocks(body)), told, guessed)


def _metadata(root: Element) -> dict[str, str]:
    told: dict[str, str] = {}
    elements = {local(element.tag): words_of(element) for element in root.iter()}
    for element, name in _FIELDS.items():
        if value := elements.get(element):
            told[name] = value.partition("T")[0] if name == "date" else value
    return told


def _blocks(parent: Element, prefix: str = "") -> Iterator[str]:
    for element in parent:
        kind = local(element.tag)
        if kind in _SKIPPED:
            continue
        if kind == "h":
            level = next((v for k, v in element.attrib.items() if local(k) == "outline-level"), "1")
            yield heading("".join(_texts(element)), int(level) if level.isdecimal() else 1)
        elif kind == "p":
            words = "".join(_texts(element))
            yield prefix + words if words.strip() else ""
        elif kind == "table-row":
            cells = [cell for cell in element if local(cell.tag) == "table-cell"]
            yield row("\n".join(_blocks(cell)) for cell in cells)
        else:
            yield from _blocks(element, "- " if kind in ("list", "list-item") else prefix)


def _texts(element: Element) -> Iterator[str]:
    """The words of a paragraph; white space in the file counts once, as the standard says."""
    yield _collapsed(element.text)
    for child in element:
        kind = local(child.tag)
        if kind == "s":
            yield " "
        elif kind == "tab":
            yield "\t"
        elif kind == "line-break":
            yield "\n"
        elif kind not in _SKIPPED:
            yield from _texts(child)
        yield _collapsed(child.tail)


def _collapsed(text: str | None) -> str:
    if not text:
        return ""
    words = " ".join(text.split())
    return f"{' ' * text[0].isspace()}{words}{' ' * (bool(words) and text[-1].isspace())}"
