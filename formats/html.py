"""Web pages: the article without menus and comments, and what the page tells of it.

The article is found by trafilatura (Barbaresi, 2021, *Trafilatura: A Web Scraping Library and
Command-Line Tool for Text Discovery and Extraction*). A page in which it finds none, such as a few
words or text without tags, is read as it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..errors import UnreadableSource
from .blobs import Blob, Item, Options, Text, damage_told
from .blocks import heading, html_blocks, join_blocks, row, with_title
from .xml import decode_markup

_META = re.compile(r"<meta\b[^<>]*>", re.I)
_ATTRIBUTE = re.compile(r"""(?<![\w:.-])([\w:.-]++)\s*=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_DATES = (
    *("article:published_time", "og:published_time", "datepublished", "citation_publication_date"),
    *("citation_date", "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date", "date"),
    *("pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date"),
)
"""Names under which pages give the day of publication, surest first."""
_DATE_PUBLISHED = re.compile(r'"datePublished"\s*:\s*("(?:[^"\\]|\\.)*")')
_TIME = re.compile(r"""<time\b[^<>]*\bdatetime\s*=\s*["']([^"']+)""", re.I)
_LANGUAGE = re.compile(r"""<html\b[^<>]*\b(?:xml:)?lang\s*=\s*["']?([A-Za-z-]{2,})""", re.I)
_DATE_RULE = {
    "extensive_search": False,
    "original_date": True,
    "max_date": "2100-01-01",  # the default is today, and the result would depend on it
}


def read_html(blob: Blob, options: Options) -> Iterator[Item]:
    """Read the article of a page."""
    markup = decode_markup(blob.read(options.limits.document_bytes))
    if markup is None:
        raise UnreadableSource(blob.name, "looks like a binary file; save it as plain text first")
    with damage_told(blob.name, "web page"):
        from trafilatura import bare_extraction

        page = bare_extraction(
            markup,
            url=blob.fields.get("url"),
            with_metadata=True,
            include_comments=False,
            date_extraction_params=_DATE_RULE,
        )
    fields = {"language": found[1]} if (found := _LANGUAGE.search(markup)) else {}
    if date := page_date(markup):
        fields["date"] = date
    text = ""
    if page is not None and not isinstance(page, dict):
        told = {
            "title": page.title,
            "author": page.author,
            "publisher": page.sitename,
            "url": page.url,
        }
        fields |= {name: value for name, value in told.items() if value}
        text = join_blocks(_blocks(page.body))
    if not text:
        text = html_blocks(markup) if "<" in markup else markup
    yield Text(blob.name, with_title(fields.get("title", ""), text), {**blob.fields, **fields})


def page_date(markup: str) -> str | None:
    """The day of publication that a page states in its head; as precise as stated.

    >>> page_date('<meta name="date" content="2021-03"><p>Posted 3 May 1999')
    '2021-03'
    """
    stated: dict[str, str] = {}
    for tag in _META.findall(markup):
        told = {
            name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag) if a or b or c
        }
        name = told.get("property") or told.get("name") or told.get("itemprop") or ""
        if "content" in told:
            stated.setdefault(name.lower(), told["content"])
    if date := next((stated[name] for name in _DATES if name in stated), None):
        return date.strip()
    if found := _DATE_PUBLISHED.search(markup):
        return str(json.loads(found[1], strict=False))
    found = _TIME.search(markup)
    return found[1] if found else None


def _blocks(element: Any, prefix: str = "") -> Iterator[str]:
    """The blocks of trafilatura's tree: heads, paragraphs, lists, quotations, tables."""
    if element is None:
        return
    if element.text and element.text.strip():
        yield prefix + _line([element.text])
    for child in element:
        tag = child.tag
        if tag == "head":
            level = str(child.get("rend") or "h1")[-1]
            yield heading(_line(_texts(child)), int(level) if level.isdecimal() else 1)
        elif tag == "table":
            for table_row in child.iter("row"):
                yield row(_line(_texts(cell)) for cell in table_row.iter("cell"))
        elif tag in ("list", "quote", "div", "body"):
            yield from _blocks(child, "> " if tag == "quote" else "")
        elif tag == "item" and child.find(".//item") is None:
            yield f"- {_line(_texts(child))}"
        elif tag == "item":
            yield from _blocks(child, "- ")
        elif isinstance(tag, str):
            words = _line(_texts(child))
            yield prefix + words if words else ""
        if child.tail and child.tail.strip():
            yield prefix + _line([child.tail])


def _texts(element: Any) -> Iterator[str]:
    for text in element.itertext():
        yield str(text)


def _line(texts: Iterable[str]) -> str:
    return " ".join("".join(texts).split())
