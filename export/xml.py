"""Text as XML 1.0 allows it, written so that Gephi reads it back unchanged.

Specification: Extensible Markup Language (XML) 1.0, fifth edition, W3C 2008; sections 2.2
(characters), 2.4 and 2.7 (markup and CDATA) and 3.3.3 (attribute values).

What cannot be kept: control characters, which XML forbids even when escaped, and runs of white
space, which attribute values and `xsd:token` do not preserve. U+0085, U+2028 and U+2029 count as
white space: readers that follow XML 1.1 take them for ends of lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from operator import getitem, itemgetter
from typing import Any

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

_SURROGATE = re.compile("[\ud800-\udfff]")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile("[\t\n\r \x85\u2028\u2029]+")
_NEIGHBOURS = re.compile(r";(?:(?<=&amp;)|(?<=&[lg]t;))\s+(?:&|\]\]&gt;)")
"""Two entities with white space between; quick, since few texts have a semicolon."""
_IN_TOKEN = re.compile("_x([0-9A-F]+)_")
_NOT_IN_TOKEN = re.compile(r"[^-.:_0-9A-Za-z]|_(?=x)|^-|-(?=-|\Z)")


def clean(text: str) -> str:
    r"""Return the text on one line and without what XML cannot hold.

    Control characters and noncharacters go, half characters (lone surrogates) become U+FFFD, and
    white space becomes single spaces.

    >>> clean(" S-400\x00 \n Triumf\ud83d ")
    'S-400 Triumf�'
    """
    if text.isprintable() and "  " not in text:  # which leaves nothing to mend, and is quick
        return text.strip()
    text = _ILLEGAL.sub("", _SURROGATE.sub("\ufffd", text))
    return _SPACES.sub(" ", text).strip()


def token(name: str) -> str:
    """Return an id that is an XML name token, a different one for every name.

    Other characters are written ``_x2F_``, after the mapping of SQL identifiers in ISO 9075-14. No
    token holds two hyphens in a row or has one at an end: ``--`` may join tokens.

    >>> token("system:s-400"), token("a/b")
    ('system:s-400', 'a_x2F_b')
    """
    return _NOT_IN_TOKEN.sub(lambda match: f"_x{ord(match[0]):X}_", name)


def untoken(text: str) -> str:
    """Return the name that became a token.

    >>> untoken("a_x2F_b")
    'a/b'
    """
    return _IN_TOKEN.sub(lambda match: chr(int(match[1], 16)), text)


def content(text: str) -> str:
    """Return clean text for between two tags.

    Gephi loses white space between two entities: ``"E" & <F`` would arrive as ``"E"&<F``. Such text
    becomes CDATA, and no other, because rustworkx takes no notice of CDATA.

    >>> content("A & B"), content("A & <B>")
    ('A &amp; B', '<![CDATA[A & <B>]]>')
    """
    if "&" not in text and "<" not in text and "]]>" not in text:
        return text
    written = text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")
    if _NEIGHBOURS.search(written):
        return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
    return written


def quoted(text: str) -> str:
    """Return clean text as an attribute value, with its quotes.

    >>> quoted('the "A & B" pact')
    '"the &quot;A &amp; B&quot; pact"'
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return '"' + text.replace('"', "&quot;") + '"'


_KEPT, _KEPT_SHARES = 4096, 20_001
"""So many pieces of XML are kept for one column; most columns repeat few values, some none.

Shares, from -1 to 1 in four digits, are all kept."""


class Column(dict[Any, str]):
    """The XML of each value of one column, made when it is first asked for.

    Values of one column are of one type: ``True`` and ``1`` would be the same key.
    """

    def __init__(self, make: Callable[[Any], str], kept: int = _KEPT) -> None:
        super().__init__({None: "", "": "", (): ""})  # what is not known is left out
        self._make = make
        self._kept = kept

    def __missing__(self, value: Any) -> str:
        made = self._make(value)
        if len(self) < self._kept:
            self[value] = made
        return made


def boolean(value: bool) -> str:
    """Return ``true`` or ``false``."""
    return "true" if value else "false"


def columns(
    row: type[tuple[Any, ...]],
    makers: Sequence[tuple[str, str, Callable[[Any], str]]],
    together: Sequence[Sequence[str]] = (),
) -> Callable[[tuple[Any, ...]], str]:
    """Return a function from a row to the XML of its columns, without those that say nothing.

    Args:
        row: The class of the rows.
        makers: For each column the field of the row, its type, and what makes XML of its value.
        together: Fields whose values repeat together; their XML is made once for all of them.
    """
    column = {
        field: Column(make, _KEPT_SHARES if type_ == "share" else _KEPT)
        for field, type_, make in makers
    }
    alone = [field for field in column if not any(field in fields for fields in together)]
    groups = [Column(partial(_joined, [column[field] for field in fields])) for fields in together]
    pieces = [*groups, *(column[field] for field in alone)]
    singles = itemgetter(_place(row, alone))
    if not groups:
        return lambda values: "".join(map(getitem, pieces, singles(values)))
    grouped = itemgetter(*(_place(row, fields) for fields in together))
    return lambda values: "".join(map(getitem, pieces, grouped(values) + singles(values)))


def _place(row: type[tuple[Any, ...]], fields: Sequence[str]) -> slice:
    """Where a row has fields that stand together: a slice is taken sooner than each of them."""
    names: Sequence[str] = row._fields  # type: ignore[attr-defined]
    place = slice(start := names.index(fields[0]), start + len(fields))
    if list(names[place]) != list(fields):
        raise ValueError(f"Fields do not stand together: {', '.join(fields)}")
    return place


def _joined(columns: Sequence[Column], values: Sequence[Any]) -> str:
    return "".join(map(getitem, columns, values))
