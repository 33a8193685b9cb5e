"""News feeds: RSS 2.0 and 1.0 (https://www.rssboard.org/rss-specification), Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from ..errors import UnreadableSource
from .blobs import Blob, Item, Options, Text
from .blocks import html_blocks, looks_like_html, with_title
from .mail import mail_date
from .xml import local, parse_xml, words_of

_CONTENT = ("encoded", "content", "description", "summary")
"""Where an entry has its text, fullest first."""
_DATES = ("pubDate", "published", "date", "issued", "updated")


def read_feed(blob: Blob, options: Options) -> Iterator[Item]:
    """Read every entry of a feed as a document."""
    root = parse_xml(blob.name, blob.read(options.limits.document_bytes))
    if local(root.tag) not in ("rss", "RDF", "feed"):
        raise UnreadableSource(blob.name, f"is no RSS or Atom feed, but <{local(root.tag)}>")
    channel = next((e for e in root.iter() if local(e.tag) == "channel"), root)
    publisher = words_of(_child(channel, "title"))
    language = words_of(_child(channel, "language")) or _attribute(root, "lang")
    entries = [e for e in root.iter() if local(e.tag) in ("item", "entry")]
    for number, entry in enumerate(entries, 1):
        fields = _fields(entry)
        content = next((c for name in _CONTENT if (c := _markup(_child(entry, name)))), "")
        text = html_blocks(content) if looks_like_html(content) or "&" in content else content
        feed = {"publisher": publisher, "language": language}
        told = {name: value for name, value in (feed | fields).items() if value}
        yield Text(f"{blob.name}#{number}", with_title(told.get("title", ""), text), told)


def _fields(entry: Element) -> dict[str, str]:
    author = _child(entry, "creator", "author")
    name = None if author is None else _child(author, "name")
    date = next((d for name in _DATES if (d := words_of(_child(entry, name)))), "")
    fields = {
        "title": _plain(_markup(_child(entry, "title"))),
        "author": words_of(author if name is None else name),
        "date": mail_date(date) or date,
        "url": _link(entry),
        "language": words_of(_child(entry, "language")) or _attribute(entry, "lang"),
    }
    return {name: value for name, value in fields.items() if value}


def _plain(markup: str) -> str:
    return " ".join((html_blocks(markup) if "<" in markup or "&" in markup else markup).split())


def _markup(element: Element | None) -> str:
    """The content of an element, whether its HTML is escaped or stands there as elements."""
    if element is None:
        return ""
    if len(element) == 0:
        return (element.text or "").strip()
    for child in element.iter():
        child.tag = local(child.tag)
    return "".join(tostring(child, encoding="unicode") for child in element)


def _link(entry: Element) -> str:
    """The page that an entry stands for."""
    for link in entry:
        is_page = local(link.tag) == "link" and link.get("rel", "alternate") == "alternate"
        if is_page and (target := link.get("href") or words_of(link)):
            return target
    guid = words_of(_child(entry, "guid"))
    return guid if guid.startswith("http") else ""


def _child(parent: Element, *names: str) -> Element | None:
    """The first child that has one of the names."""
    return next((child for child in parent if local(child.tag) in names), None)


def _attribute(element: Element, name: str) -> str:
    return next((v for key, v in element.attrib.items() if local(key) == name), "")
