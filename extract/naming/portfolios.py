"""What an office is for, which is nobody: *Under Secretary of Defense for Policy*."""

from __future__ import annotations

import re

from ..stating.cues import Cues

_OFFICE_OF = re.compile(r"\b(?:Secretary|Secretaries|Minister|Ministers) (?:of|for) (?:the )?$")
_OFFICE_AFTER = re.compile(
    r"\s(?:(?:and|&)\s(?:[A-Z]\w+\s){1,2})?(?:Ministers|Secretaries|Representatives?|Advis[eo]rs?)\b"
)
_HOLDER_AFTER = re.compile(r"\s(?:Secretary|Minister)\b")
_OFFICES = (
    r"\b(?:Administrator|Advis[eo]r|Commissioner|Coordinator|Counselor|Director|Envoy|Minister|"
    r"Representative|Secretary|Spokesperson)\b"
)
_AREA = re.compile(
    _OFFICES + r"(?: (?:of|to) (?:the )?[A-Z]\w+(?: [A-Z]\w+)?)? "
    r"for (?:the )?(?P<area>[A-Z][\w-]*(?:,? (?:and |of |the )*[A-Z][\w-]*)*)"
)
"""An office with its area: *Assistant Secretary of State for East Asian and Pacific Affairs*."""
_REACH = 120
"""How many characters before a name its office may begin."""


def is_portfolio(text: str, start: int, end: int, cues: Cues) -> bool:
    """Whether what looks like a name is what an office is for.

    *Secretary of Energy*, *Press Secretary*, *G7 Finance Ministers*, *Coordinator for Intelligence
    Policy*.
    """
    words = [word.casefold() for word in text[start:end].split()]
    if _is_of_area(text, start, end):
        return True
    if cues.body_nouns.intersection(words):
        return False
    if len(words) == 1 and (
        _OFFICE_OF.search(text, max(0, start - 24), start) or _HOLDER_AFTER.match(text, end)
    ):
        return True
    return _OFFICE_AFTER.match(text, end) is not None


def _is_of_area(text: str, start: int, end: int) -> bool:
    """Whether a name is part of an office with its area, or of the area."""
    for office in _AREA.finditer(text, max(0, start - _REACH), min(len(text), end + _REACH)):
        first, last = office.span("area")
        if (first <= start and end <= last) or office.start() <= start < first < end:
            return True
    return False
