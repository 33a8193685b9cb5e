"""What the look of a line tells: a heading, an item, a quotation, the end of a sentence.

Mark-up follows CommonMark where a text uses any: https://spec.commonmark.org/0.31.2/
"""

from __future__ import annotations

import re
from itertools import islice, pairwise

LINE = re.compile(r"\S(?:[^\n]*\S)?")
"""A line that is not blank, without the blanks around it."""
LETTER = re.compile(r"[^\W\d_]")
WORDS = re.compile(r"[^\W_]+")

HEADING = re.compile(r"#{1,6}[ \t\xa0]++(.+?)(?:(?<![ \t])[ \t]+#+)?$")
TITLE_FIELD = re.compile(r"(?:title|headline)[ \t]*:[ \t]*(\S.*)", re.I)
UNDERLINE = re.compile(r"={3,}|-{3,}")
RULE = re.compile(r"[\s*_=#~|:\\-]{3,}")
QUOTE = re.compile(r"(?:>[ \t]?)+\s*")
ROW = re.compile(r"\|\s*")
BOLD = re.compile(r"(\*\*|__)(?=\S).{1,200}\1:?", re.S)
BULLET = re.compile(r"[-*+•▪◦‣·●○–][ \t\xa0]+(?=\S)")
NUMBER = re.compile(r"\(?(\d{1,3})\\?[.)][ \t\xa0]+(?=\S)|\([a-z]{1,4}\)[ \t\xa0]+(?=\S)")
"""The number of an item, in the group; or its letters."""

_ENDED = re.compile(r"[.!?:;…][\"'”’»)\]*_]*$")
_BROKEN_OFF = re.compile(r"[.,:;!?…—–-][\"'”’»)\]\s]*$|[a-z]{3}[.?!]\s")


def ends_sentence(text: str, end: int) -> bool:
    """Whether what ends at an offset ends as a sentence does."""
    return _ENDED.search(text, max(end - 4, 0), end) is not None


def reads_like_heading(line: str) -> bool:
    """Whether words begin like a name or a sentence, and neither pause nor end like one.

    >>> reads_like_heading("The price of a radar"), reads_like_heading("Oslo paid.")
    (True, False)
    """
    words = WORDS.search(line)
    return words is not None and not words[0][0].islower() and not _BROKEN_OFF.search(line)


def same_words(a: str, b: str) -> bool:
    """Whether two titles differ only in case, spacing and punctuation.

    >>> same_words("Radar Sale: Oslo’s view", "Radar sale - Oslo's View")
    True
    """
    return WORDS.findall(a.casefold()) == WORDS.findall(b.casefold())


def has_a_paragraph_a_line(text: str, start: int) -> bool:
    """Whether single line ends separate paragraphs, judged by the first lines of the text."""
    lines = [match.span() for match in islice(LINE.finditer(text, start), 1000)]
    wraps = [end for (_, end), (next_, _) in pairwise(lines) if text.count("\n", end, next_) == 1]
    ended = sum(ends_sentence(text, end) for end in wraps)
    lengths = sorted(end - start for start, end in lines)
    return bool(wraps) and (ended >= 0.6 * len(wraps) or lengths[len(lengths) // 2] > 120)
