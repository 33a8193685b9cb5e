"""What the statistical tagger takes for a name and is none: a heading, a weekday, a list item."""

from __future__ import annotations

import re

from ...schema import EntityType
from ..reading import Reading
from ..stating.cues import Cues
from .designations import is_code, speaks_of_weapons
from .heads import is_distinction
from .portfolios import is_portfolio

_NO_NAME = re.compile(r"[“”‘\"|\ufffd]|(?<!s)’\s|https?:|www\.|@|\.com\b|\.org\b|\d{4}/|%s|^Non-")
_FIGURE = re.compile(r"[\W\d]+|\d.*")
_WEEKDAY = re.compile(r"(?:Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)$")
_ACRONYM = re.compile(r"[A-Z]\.?|[A-Z]{2,4}s?")
_STORM = re.compile(r"(?:Cyclone|Hurricane|Typhoon) [A-Z]\w+$")
_STORM_BEFORE = re.compile(r"\b(?:Cyclone|Hurricane|Storm|Typhoon) $")
_LIST_ITEM = re.compile(r"[a-z]\.\s")


def is_plausible(
    surface: str, kind: str, reading: Reading, start: int, end: int, cues: Cues
) -> bool:
    """Whether a span that the tagger found can be a name of its kind."""
    if _is_malformed(surface):
        return False
    words = surface.split()
    if len(words) == 1 and _is_a_mere_word(surface, reading, start, end, cues):
        return False
    if surface in cues.no_names or _is_weekday(surface, reading.text[end : end + 1]):
        return False
    match kind:
        case EntityType.PERSON:
            return not _FIGURE.fullmatch(surface) and not _is_nobody(words, reading, start, cues)
        case EntityType.ORGANIZATION:
            return not (
                (len(words) == 1 and _says_nobody(surface, cues))
                or _STORM.match(surface)
                or _is_heading(words, cues)
                or _is_military_heading(words, reading, start, end, cues)
                or is_portfolio(reading.text, start, end, cues)
            )
        case EntityType.SYSTEM if not speaks_of_weapons(reading.text, start, end, 40):
            return False
        case EntityType.PLACE if _is_military_heading(words, reading, start, end, cues):
            return False
        case EntityType.EVENT if len(words) < 2 or _is_heading(words, cues):
            return False
        case EntityType.AGREEMENT if len(words) < 2:
            return False
    return not _FIGURE.fullmatch(surface)


def _is_malformed(surface: str) -> bool:
    """Quotation marks, addresses and list items; nothing in capitals."""
    return (
        len(surface) < 2
        or not any(c.isupper() for c in surface)
        or (surface[0].islower() and not any(word[0].isupper() for word in surface.split()[1:]))
        or _NO_NAME.search(surface) is not None
        or _LIST_ITEM.match(surface) is not None
        or is_code(surface)
        or is_distinction(surface)
    )


def _is_a_mere_word(surface: str, reading: Reading, start: int, end: int, cues: Cues) -> bool:
    """An adverb, a number, a word of a line in capitals, or one that only begins the text."""
    span = reading.tokens(start, end)
    return (
        span[0].tag_ in ("RB", "RBR", "CD")
        or (surface.isupper() and reading.is_shouted(span.sent))
        or (start == 0 and reading.doc[0].tag_ not in ("NNP", "NNPS"))
    )


def _is_nobody(words: list[str], reading: Reading, start: int, cues: Cues) -> bool:
    """*Jake* alone, *Army Cpl*, whose name is still to come, an area, a storm."""
    last = words[-1].casefold()
    return (
        len(words) > 5
        or any(c.isdigit() for word in words for c in word)
        or (len(words) == 1 and _says_nobody(words[0], cues))
        or (len(words) == 1 and _ACRONYM.fullmatch(words[0]) is not None)
        or last.rstrip(".") in cues.ranks
        or last in cues.areas | cues.papers
        or _STORM_BEFORE.search(reading.text, max(0, start - 12), start) is not None
    )


def _says_nobody(word: str, cues: Cues) -> bool:
    """A given name, a form of address or a suffix alone: *Jake*, *Madam*, *Jr.*"""
    plain = word.casefold().rstrip(".")
    return plain in cues.given_names or plain in cues.titles or plain in cues.name_suffixes


def _is_heading(words: list[str], cues: Cues) -> bool:
    """*Strengthening Maritime Security*."""
    return (
        len(words) > 1
        and words[0].casefold() in cues.heading_verbs
        and not cues.body_nouns.intersection(word.casefold() for word in words)
    )


def _is_military_heading(
    words: list[str], reading: Reading, start: int, end: int, cues: Cues
) -> bool:
    """*Regional Missile Defenses* in a headline, where every word has its capital."""
    return (
        len(words) > 1
        and words[-1].casefold() in cues.military - cues.body_nouns
        and reading.is_headline(reading.tokens(start, end).sent)
    )


def _is_weekday(surface: str, following: str) -> bool:
    """*Sun.*, with its stop; without it the word is something else."""
    return following == "." and _WEEKDAY.match(surface) is not None
