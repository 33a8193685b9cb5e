"""XML from strangers: nothing outside the document is fetched, and no entity is expanded."""

from __future__ import annotations

import re
from contextlib import suppress
from html.entities import html5
from xml.etree import ElementTree as ET

from ..errors import UnreadableSource
from ..segmentation.characters import decode

_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*+["']?\s*+([A-Za-z][\w.:-]*)""", re.I)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w{1,30});")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def decode_markup(data: bytes) -> str | None:
    """The characters of XML or HTML, by the encoding it declares; None for a binary file.

    >>> decode_markup("<?xml version='1.0' encoding='cp1252'?><p>Malmö</p>".encode("cp1252"))
    '<p>Malmö</p>'
    """
    declared = _DECLARED.search(data[:2048])
    text = None
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        with suppress(LookupError, UnicodeError):
            text = data.decode(declared[1].decode("ascii"))
    if text is None:
        decoded = decode(data)
        if decoded is None:
            return None
        text = decoded[0]
    return _DECLARATION.sub("", text, count=1)


def parse_xml(name: str, data: bytes) -> ET.Element:
    """Parse an XML document.

    Raises:
        UnreadableSource: It is broken, or declares entities, as bombs do.
    """
    text = decode_markup(data)
    if text is None:
        raise UnreadableSource(name, "is no XML")
    if "<!ENTITY" in text:
        raise UnreadableSource(name, "declares XML entities, which are never expanded")
    text = _FORBIDDEN.sub(" ", _NAMED.sub(_character, text)).lstrip()
    try:
        return ET.fromstring(text)  # noqa: S314
    except (ET.ParseError, ValueError) as error:
        raise UnreadableSource(name, f"is broken XML ({error})") from error


def local(tag: object) -> str:
    """The name of an element or attribute without its namespace.

    >>> local("{http://www.w3.org/2005/Atom}feed")
    'feed'
    """
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words_of(element: ET.Element | None) -> str:
    """All the words within an element, in one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _character(match: re.Match[str]) -> str:
    """A character that HTML knows by name and XML does not."""
    return html5.get(f"{match[1]};", match[0].replace("&", "&amp;"))
