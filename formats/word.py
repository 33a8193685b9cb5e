"""Word documents (Office Open XML, ECMA-376 part 1, WordprocessingML)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ..errors import UnreadableSource
from .blobs import Blob, Item, Options, Text, damage_told
from .blocks import heading, is_title, join_blocks, row
from .unzip import open_package

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LINE_ENDS = frozenset(("br", "cr"))
_SKIPPED = frozenset(("del", "moveFrom", "pict", "txbxContent", "rPr", "pPr"))
"""What was struck out, and what does not belong to the run of the text."""
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
"""Older Office files begin so, and so do encrypted newer ones."""


def read_word(blob: Blob, options: Options) -> Iterator[Item]:
    """Read headings, paragraphs, items and tables, in the order of the document."""
    if blob.head(4) == _COMPOUND_FILE:
        raise UnreadableSource(
            blob.name, "is encrypted or in an older format; save it as .docx without a password"
        )
    with open_package(blob, options.limits), damage_told(blob.name, "Word document"):
        import docx

        document = docx.Document(BytesIO(blob.read(options.limits.document_bytes)))
        text = join_blocks(_blocks(document.element.body, _styles(document)))
        known = document.core_properties
        title = known.title if is_title(known.title) else ""
        fields = {"title": title, "language": known.language, "keywords": known.keywords}
        made = known.created.date().isoformat() if known.created else ""
        fallback = {"author": known.author, "date": made}
        if known.author == "python-docx":  # the template's, when no person was named
            fallback = {}
    yield Text(blob.name, text, _told(fields), _told(fallback))


def _told(fields: dict[str, str]) -> dict[str, str]:
    return {name: value.strip() for name, value in fields.items() if value and value.strip()}


def _styles(document: WordDocument) -> dict[str, str]:
    return {style.style_id: (style.name or "") for style in document.styles}


def _blocks(body: Any, styles: dict[str, str]) -> Iterator[str]:
    for element in body:
        kind = _local(element)
        if kind == "p":
            yield _paragraph(element, styles)
        elif kind == "tbl":
            for table_row in element.iterchildren(f"{_NAMESPACE}tr"):
                cells = table_row.iterchildren(f"{_NAMESPACE}tc")
                yield row("".join(_texts(cell)) for cell in cells)
        elif kind in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _blocks(element, styles)


def _paragraph(element: Any, styles: dict[str, str]) -> str:
    text = "".join(_texts(element))
    properties = element.find(f"{_NAMESPACE}pPr")
    if properties is None or not text.strip():
        return text
    style = properties.find(f"{_NAMESPACE}pStyle")
    name = "" if style is None else styles.get(style.get(f"{_NAMESPACE}val"), "")
    if name == "Title":
        return heading(text)
    if name.lower().startswith("heading"):
        level = name[-1]
        return heading(text, int(level) if level.isdecimal() else 2)
    is_item = properties.find(f"{_NAMESPACE}numPr") is not None or name.startswith("List")
    if is_item:
        return f"- {' '.join(text.split())}"
    return f"> {' '.join(text.split())}" if "Quote" in name else text


def _texts(element: Any) -> Iterator[str]:
    """The words of an element; insertions count, what was struck out does not."""
    for child in element:
        kind = _local(child)
        if kind == "t":
            yield child.text or ""
        elif kind == "tab":
            yield "\t"
        elif kind in _LINE_ENDS:
            yield "\n"
        elif kind == "noBreakHyphen":
            yield "-"
        elif kind not in _SKIPPED:
            yield from _texts(child)
            if kind == "p":  # the paragraphs of a cell
                yield "\n"


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
