"""Ships, aircraft and weapons called by a proper name: *USS Hornet*, *the cruiser Moskva*.

No list holds all of them. What shows that a name is a ship's or a weapon's is a prefix (*HMS*), the
word *class* behind it, or the kind of thing right before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = (
    r"(?!(?:The|All|This|That|Each|Every|A|An|New|First|Second|Third|Their|Its|Both)\b)"
    r"[A-Z][\w’'-]+(?:\s(?:[A-Z]\.|[A-Z][\w’'-]+)){0,3}"
)
_PREFIXED = re.compile(
    rf"\b(?:USS|USNS|HMS|HMAS|HMCS|HMNZS|INS|JS|ROKS|ROCS|TCG|KRI|BRP|RFS|SMS|HNoMS|HDMS|ORP|FGS)\s{_NAME}"
)
_CLASS = re.compile(rf"\b{_NAME}(?:\s-\s|-|\s)class\b")
_KINDS = (
    r"(?:battle)?cruiser|destroyer|frigate|corvette|submarine|battleship|minesweeper|warship|gunboat|"
    r"aircraft carrier|carrier|torpedo boat|flagship|icebreaker|landing ship|interceptor missile|"
    r"spy satellite|stealth fighter|attack drone|spy plane"
)
_KIND_BEFORE = re.compile(rf"\b(?:{_KINDS})\s(?P<name>{_NAME})")
_IS_A = re.compile(
    r"\s(?:\([^)]{1,30}\)\s)?(?:was|is|were|are)\s(?:a|an|the|one)\s[^.;:]{0,60}?\b"
    rf"(?:{_KINDS}|missile|interceptor|radar|satellite|torpedo boat|fighter|bomber|helicopter|tank|"
    r"howitzer|drone|aircraft|glider?)s?\b"
)


def find_platforms(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of names that stand beside what shows them to be a platform's.

    >>> text = "HMS Dauntless met the cruiser Moskva and two Udaloy-class ships."
    >>> [text[slice(*span)] for span in find_platforms(text)]
    ['HMS Dauntless', 'Udaloy-class', 'Moskva']
    """
    for pattern in (_PREFIXED, _CLASS):
        for match in pattern.finditer(text):
            yield match.span()
    for match in _KIND_BEFORE.finditer(text):
        yield match.span("name")


def is_said_to_be_a_platform(text: str, end: int) -> bool:
    """Whether the sentence goes on to say that a name is a ship, an aircraft or a weapon.

    >>> is_said_to_be_a_platform("Kondor was the fifth of six torpedo boats.", 6)
    True
    """
    return _IS_A.match(text, end) is not None
