"""Electronic books (EPUB 3.3, and 2): the chapters in reading order.

https://www.w3.org/TR/epub-33/
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from ..errors import UnreadableSource
from .blobs import Blob, Item, Options, Text
from .blocks import html_blocks, join_blocks
from .unzip import open_package, read_part
from .xml import decode_markup, local, parse_xml, words_of

_FIELDS = {
    "title": "title",
    "creator": "author",
    "publisher": "publisher",
    "date": "date",
    "language": "language",
    "source": "url",
}


def read_epub(blob: Blob, options: Options) -> Iterator[Item]:
    """Read a book as one document: its chapters in the order of the spine."""
    limits = options.limits
    with open_package(blob, limits) as archive:
        names = set(archive.namelist())
        container = parse_xml(blob.name, read_part(blob, archive, "META-INF/container.xml", limits))
        package_path = next(
            (e.get("full-path") for e in container.iter() if local(e.tag) == "rootfile"), None
        )
        if package_path is None:
            raise UnreadableSource(blob.name, "is a damaged book (it names no package)")
        if "META-INF/encryption.xml" in names and "META-INF/rights.xml" in names:
            raise UnreadableSource(blob.name, "is encrypted")
        package = parse_xml(blob.name, read_part(blob, archive, package_path, limits))
        chapters = []
        for chapter in _spine(package, posixpath.dirname(package_path)):
            if chapter not in names:
                continue
            markup = decode_markup(read_part(blob, archive, chapter, limits))
            chapters.append(html_blocks(markup or ""))
    yield Text(blob.name, join_blocks(chapters), _metadata(package))


def _spine(package: Element, folder: str) -> list[str]:
    """Paths of the chapters, in reading order; the table of contents is none."""
    paths = {
        element.get("id"): posixpath.normpath(
            posixpath.join(folder, unquote(element.get("href", "")))
        )
        for element in package.iter()
        if local(element.tag) == "item" and "nav" not in (element.get("properties") or "").split()
    }
    refs = [e.get("idref") for e in package.iter() if local(e.tag) == "itemref"]
    return [paths[ref] for ref in refs if ref in paths]


def _metadata(package: Element) -> dict[str, str]:
    told: dict[str, list[str]] = {}
    for element in package.iter():
        name = _FIELDS.get(local(element.tag))
        if name and "purl.org/dc" in str(element.tag) and (words := words_of(element)):
            told.setdefault(name, []).append(words)
    return {
        name: "; ".join(values) if name == "author" else values[0] for name, values in told.items()
    }
