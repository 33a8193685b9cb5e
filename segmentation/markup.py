"""Mark-up, blanked one for one so that offsets hold.

CommonMark (https://spec.commonmark.org/0.31.2/) and the HTML that it lets through.
"""

from __future__ import annotations

import re

from ..schema import Document, Passage

_MARKUP = re.compile(
    r"""
    \\([!-/:-@\[-`{-~])                          # an escape: the character itself stays
    |!\[[^\[\]]*\]\([^()\s]*(?:\s+"[^"\n]*")?\)  # a picture
    |\\?\[\^?\d{1,3}\\?\](?!\()                  # a footnote mark
    |\[(?=(?:[^\[\]\\]|\\.)*\]\()                # a link, before and after its words
    |\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"\n]*")?\)
    |</?[A-Za-z][^<>]*>|<!--[^<]*?-->|&nbsp;
    |[*_`](?<![^\W_][*_`])[*_`]*|[*_`]+(?![^\W_])  # emphasis and code, but not inside a word
    |~~|\\(?=\s|\Z)
    |\n[ \t]*>+|[^\S ]
    |[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]
    """,
    re.X,
)


def readable(document: Document, passage: Passage) -> str:
    r"""The text of a passage with line ends and mark-up blanked one for one.

    It is as long as the passage, so that an offset into it, plus ``passage.start``, is an offset
    into ``document.text``. What remains of a line of words is the line of words.

    >>> text = "**Oslo** bought\na [radar](https://example.org)."
    >>> readable(Document(id="x", text=text), Passage(start=0, end=len(text)))
    '  Oslo   bought a  radar                      .'
    """
    return blank_markup(document.text[passage.start : passage.end])


def blank_markup(text: str) -> str:
    """Replace line ends and mark-up with as many blanks.

    >>> blank_markup("the **S-400**, and AN_TPY_2")
    'the   S-400  , and AN_TPY_2'
    """
    return _MARKUP.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return " " + match[1] if match[1] else " " * (match.end() - match.start())
