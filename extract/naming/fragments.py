"""Spans of the tagger that are no names: slogans, cut headlines, asides, forms of address.

The tagger goes by capitals, and in headings, transcripts and lists of aims capitals show nothing.
What such a span begins or ends with, and what stands around it, gives it away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...schema import EntityType, PassageKind
from ..reading import Reading
from ..stating.cues import Cues

_CUT_SHORT = frozenset("a an and at by for from in of on or our the their to with & 's ’s".split())
_NAME = r"([A-Z][a-zà-ÿ]{2,})"
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESSED = re.compile(
    r"\b(?:[Tt]hanks(?: so much)?|[Tt]hank you(?: (?:so|very) much)?|[Hh]ello|[Hh]i|[Hh]ey|[Yy]es|"
    rf"[Yy]eah|[Oo]kay|[Ss]ure|(?:[Mm]orning|[Aa]fternoon|[Ee]vening)),? {_NAME}(?=[.?!,—–]|$)"
    rf"|\b{_NAME}, (?:go ahead|over to you|thank you|thanks)\b"
)
_ASIDE = re.compile(r"[.!]?\s?\)")
_CAPITALS = re.compile(r"[A-Z]{4,}(?:\W+[A-Z]+)+")
_BODY = (EntityType.ORGANIZATION, EntityType.PLACE, EntityType.EVENT)
_LAWS = frozenset(
    """accord accords act agreement agreements amendment article bill charter code communique
    communiqué compact consensus constitution convention declaration decree deal directive doctrine
    formula framework initiative law memorandum order pact partnership plan policy principles
    proclamation program protocol regime resolution review section statute strategy title
    treaty""".split()
)


def is_fragment(reading: Reading, start: int, end: int, kind: str, cues: Cues) -> bool:
    """Whether a tagged span names nothing where it stands."""
    words = reading.text[start:end].split()
    plain = [word.casefold().strip(",.") for word in words]
    if plain[-1] in _CUT_SHORT:
        return True
    if kind in _BODY and (_is_shouted(words) or _is_slogan(reading, start, plain, kind, cues)):
        return True
    if kind == EntityType.ORGANIZATION and _is_people(plain, cues):
        return True
    if kind == EntityType.AGREEMENT and not _LAWS.intersection(plain):
        return True
    return _is_aside(reading.text, start, end)


def is_common_word(surface: str, words: frozenset[str], cues: Cues) -> bool:
    """Whether a single word is written in lower case elsewhere in the document: *Order*, *Tweet*.

    Args:
        surface: The span.
        words: The words of the document that are in lower case.
        cues: Body nouns are left alone, as *the Army* may be a certain one.
    """
    return (
        surface.istitle()
        and surface.isalpha()
        and surface.casefold() in words
        and surface.casefold() not in cues.body_nouns
    )


def lower_words(readings: Sequence[Reading]) -> frozenset[str]:
    """The words that a document writes in lower case."""
    words = {word for reading in readings for word in _WORD.findall(reading.text)}
    return frozenset(word for word in words if word.islower())


def addressed_names(readings: Sequence[Reading]) -> frozenset[str]:
    """The given names by which a transcript's speakers call each other: *Thank you, Toria.*"""
    return frozenset(
        match[1] or match[2] for reading in readings for match in _ADDRESSED.finditer(reading.text)
    )


def _is_shouted(words: Sequence[str]) -> bool:
    """*PROMOTING NUCLEAR EXPORTS*, the first words of an item."""
    return _CAPITALS.fullmatch(" ".join(words)) is not None


def _is_slogan(reading: Reading, start: int, plain: Sequence[str], kind: str, cues: Cues) -> bool:
    """*Countering Terrorism*, *Face Massive Costs*: an aim, in a heading or a list of aims."""
    if len(plain) < 2 or cues.body_nouns.intersection(plain):
        return False
    first = reading.tokens(start, start + 1)[0]
    if kind == EntityType.PLACE:
        return bool(first.is_sent_start) and first.tag_ in ("VBZ", "VBG")
    in_capitals = reading.kind in (PassageKind.TITLE, PassageKind.HEADING) or reading.is_headline(
        first.sent
    )
    return first.tag_ == "VBG" or (in_capitals and first.tag_ in ("VB", "VBP", "VBZ", "JJR"))


def _is_people(plain: Sequence[str], cues: Cues) -> bool:
    """*NATO Allies*, *Quad Leaders*: those of a body, which is named within."""
    return (
        len(plain) > 1
        and plain[-1] in cues.people_nouns
        and not cues.body_nouns.intersection(plain[:-1])
    )


def _is_aside(text: str, start: int, end: int) -> bool:
    """*(Speaks Ukrainian.)* in a transcript."""
    return (
        text[:start].endswith("(")
        and text[end : end + 1] in (".", "!")
        and bool(_ASIDE.match(text, end))
    )
