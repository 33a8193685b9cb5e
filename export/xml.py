"""Text as XML 1.0 allows it, written so that Gephi reads it back unchanged.

Specification: Extensible Markup Language (XML) 1.0, fifth edition, W3C 2008; sections 2.2
(characters), 2.4 and 2.7 (markup and CDATA) and 3.3.3 (attribute values).

What cannot be kept: control characters, which XML forbids even when escaped, and runs of white
space, which attribute values and `xsd:token` do not preserve.
"""

from __future__ import annotations

import re

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

_SURROGATE = re.compile("[\ud800-\udfff]")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile("[\t\n\r ]+")
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


def content(text: str) -> str:
    """Return clean text for between two tags.

    Text that needs escaping becomes CDATA: Gephi loses white space between two entities, so that
    ``"E" & <F`` would arrive as ``"E"&<F``.

    >>> content("A & B"), content("A, B")
    ('<![CDATA[A & B]]>', 'A, B')
    """
    if "&" in text or "<" in text or "]]>" in text:
        return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
    return text


def quoted(text: str) -> str:
    """Return clean text as an attribute value, with its quotes.

    >>> quoted('the "A & B" pact')
    '"the &quot;A &amp; B&quot; pact"'
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return '"' + text.replace('"', "&quot;") + '"'
