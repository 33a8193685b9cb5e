"""Where people and units belong, as a list between commas says.

*Joseph Votel, commander, U.S. Central Command*; *1st Squadron, 2nd Cavalry Regiment*: the grammar
has no word for the relation, only the order, from the smaller to the greater.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ...schema import EntityType, MentionKind
from ..reading import Found, Reading
from .commitment import Attribution
from .cues import Cues
from .statements import Statement

_SIZES = (
    "squad team",
    "platoon",
    "company battery troop detachment",
    "battalion squadron",
    "regiment group wing",
    "brigade",
    "division",
    "corps",
    "army fleet command",
    "forces",
)
"""Units by size, the smallest first."""
_SIZE = {word: size for size, words in enumerate(_SIZES) for word in words.split()}
_OFFICE = re.compile(
    r",\s(?:(?:the|an?)\s)?((?:[\w'’-]+\s){0,3}[\w'’-]+)(?:,\s|\s(?:in|of|at|with)\s)(?:the\s)?"
)
_WITHIN = re.compile(r",\s|\sof\s(?:the\s)?")


def find_postings(reading: Reading, cues: Cues) -> Iterator[Statement]:
    """Yield what neighbouring names state: person and body, unit and greater unit."""
    named = [f for f in reading.found if f.kind == MentionKind.NAME]
    held = {f.start - 1 for f in named if f.type == EntityType.PERSON}
    for first, second in pairwise(named):
        if second.type != EntityType.ORGANIZATION or first.entity_id == second.entity_id:
            continue
        gap = reading.text[first.end : second.start]
        if first.type == EntityType.PERSON:
            if second.end in held:  # X, Under Secretary of State Y
                continue
            match = _OFFICE.fullmatch(gap)
            office = match[1].lower().split()[-1] if match else ""
            if office in cues.offices or office in cues.ranks:
                leads = office in cues.leading_offices and match is not None and " " not in match[1]
                yield _statement(reading, first, "leads" if leads else "holds_position_in", second)
        elif _WITHIN.fullmatch(gap) and -1 < _size(reading, first) < _size(reading, second):
            yield _statement(reading, first, "part_of", second)


def _size(reading: Reading, found: Found) -> int:
    if found.type != EntityType.ORGANIZATION:
        return -1
    return _SIZE.get(reading.surface(found).lower().split()[-1], -1)


def _statement(reading: Reading, first: Found, relation: str, second: Found) -> Statement:
    words = (reading.span(first).root,)
    return Statement(first, relation, second, Attribution(), words, "posting", 0.75)
