"""A span of the tagger, cut to the name: without articles, titles, offices and possessives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...schema import EntityType
from ..reading import Reading
from ..stating.cues import Cues
from .names import without_possessive

_LEADING = re.compile(r"(?:the|a|an|this|that|these|those|its|their|our|his|her|former)\s+", re.I)
_COUNTING = re.compile(
    r"(?:first|second|third|fourth|fifth|annual|entire|inaugural|new|recent|upcoming)\s+(?=[A-Z])"
)
_QUOTES = " \t\"'“”‘’`()[]{}*_,;:&|—–"
_REPAIR = re.compile(r"\s[—–]\s")
"""Where a speaker begins anew: *the United States — States*."""
_JUNIOR = re.compile(r",?\s(?:Jr|Sr)\b\.?")
_GOING_ON = frozenset("after amid as over says sells signs to under vs with".split())
_JOIN = re.compile(r"\s(?:and|the|&)\s")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without article, quotation marks, possessive and stop."""
    repair = _REPAIR.search(text, start, end)
    if repair is not None:
        end = repair.start()
    while start < end:
        lead = _LEADING.match(text, start, end) or _COUNTING.match(text, start, end)
        if lead and lead.end() < end:
            start = lead.end()
        elif text[start] in _QUOTES:
            start += 1
        elif text[end - 1] in _QUOTES or text[end - 1].isspace():
            end -= 1
        elif (bare := without_possessive(text[start:end])) != text[start:end]:
            end = start + len(bare)
        elif text[end - 1] == "." and not re.search(
            r"(?:\b[A-Z]\.|\b(?:Inc|Corp|Ltd|Jr|Sr|Co)\.)$", text[start:end]
        ):
            end -= 1
        elif "(" in text[start:end] and ")" not in text[start:end]:
            end = text.index("(", start)
        else:
            break
    return start, end


def without_titles(text: str, start: int, end: int, cues: Cues) -> tuple[int, int]:
    """A person's name without title and suffix, but with *Jr.*"""
    words = [(m.start(), m.end(), m.group()) for m in re.finditer(r"\S+", text[start:end])]
    while len(words) > 1 and words[0][2].casefold().rstrip(".,") in cues.titles:
        words.pop(0)
    while len(words) > 1 and words[-1][2].casefold().strip(".,") in cues.name_suffixes:
        words.pop()
    end = start + words[-1][1]
    junior = _JUNIOR.match(text, end) if len(words) > 1 else None
    return start + words[0][0], junior.end() if junior else end


def without_office(text: str, start: int, end: int, cues: Cues) -> tuple[int, int]:
    """A body without the office it is part of: *Defense Staff*, of *Defense Staff Gen*."""
    words = list(re.finditer(r"\S+", text[start:end]))
    dropped = False
    while words and words[-1].group().casefold().strip(".,") in cues.titles | cues.office_parts:
        words.pop()
        dropped = True
    following = re.match(r"\s(\w+)", text[end:])
    runs_on = following is not None and following.group(1).casefold() in cues.offices
    if not words or ((dropped or runs_on) and words[-1].group().casefold() in cues.office_parts):
        return start, start
    if (dropped or runs_on) and " ".join(w.group().casefold() for w in words) in cues.portfolios:
        return start, start
    return start, start + words[-1].end()


def holder(text: str, start: int, end: int, cues: Cues) -> tuple[int, int] | None:
    """The surname at the end of an office: *Director of National Intelligence Haines*."""
    words = list(re.finditer(r"[^\s,]+", text[start:end]))
    before = re.search(r"\b(\w+)\s(?:of|for)\s(?:the\s)?$", text[max(0, start - 60) : start])
    last = words[-1].group()
    if (
        len(words) > 1
        and before is not None
        and before.group(1).casefold() in cues.offices
        and last.istitle()
        and last.isalpha()
        and last.casefold() not in cues.body_nouns | cues.office_parts | cues.areas
    ):
        return start + words[-1].start(), start + words[-1].end()
    return None


def without_rest(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """A name without the verb or preposition that a headline goes on with: *Acme Sells*."""
    span = reading.tokens(start, end) if start < end else None
    while span is not None and len(span) > 1 and span[-1].lower_ in _GOING_ON:
        span = span[:-1]
        end = span.end_char
    return start, end


def parts(text: str, start: int, end: int, kind: str) -> Iterator[tuple[int, int]]:
    """Two people or places that the tagger takes for one: *Xi and Putin*."""
    if kind not in (EntityType.PERSON, EntityType.PLACE):
        yield start, end
        return
    for join in _JOIN.finditer(text, start, end):
        yield start, join.start()
        start = join.end()
    yield start, end
