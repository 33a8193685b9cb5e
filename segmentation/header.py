"""Lines between the title of a text and its first paragraph that tell of the document."""

from __future__ import annotations

import re

from .dates import whole_date
from .front_matter import FIELDS, KEY_VALUE, split_fields

_KEYS = {key for keys in FIELDS.values() for key in keys} - {"title", "headline", "site"}
"""Keys that a header line may begin with; a title is a passage, and *Site: Oslo* is content."""

_NAME = (
    r"[^\W\d_a-z][\w.'’-]*"
    r"(?:\s+(?:(?:de|der|den|van|von|bin|al|la|du|da|di)\s+)*[^\W\d_a-z][\w.'’-]*){1,4}"
)
_BYLINE = re.compile(rf"(?i:by|written by)\s+({_NAME}(?:(?:,|,?\s+and|\s+&)\s+{_NAME}){{0,9}})")


def header_facts(line: str) -> dict[str, str] | None:
    """What a byline, a dateline, an address or a field tells; None for any other line.

    >>> header_facts("By Jane Doe and Li Wei")
    {'author': 'Jane Doe and Li Wei'}
    >>> header_facts("Brussels, 15 April 2024")
    {'date': '2024-04-15'}
    >>> header_facts("Publisher: Acme Institute")
    {'publisher': 'Acme Institute'}
    >>> header_facts("By air and sea, Oslo moved its radars.")
    """
    if byline := _BYLINE.fullmatch(line):
        return {"author": byline[1]}
    if re.fullmatch(r"https?://\S+", line):
        return {"url": line}
    if date := _dateline(line):
        return {"date": date}
    return _field(line)


def _dateline(line: str) -> str | None:
    """The date after one or more places of at most three words each."""
    place, comma, rest = line.partition(", ")
    while comma and len(place.split()) <= 3:
        if (date := whole_date(rest)) and len(date) == len("2024-04-15"):
            return date
        place, comma, rest = rest.partition(", ")
    return None


def _field(line: str) -> dict[str, str] | None:
    match = KEY_VALUE.fullmatch(line)
    if not match:
        return None
    key, value = match[1].lower().replace(" ", "_"), match[2]
    if key not in _KEYS or len(value) > 100 or value.endswith("."):
        return None
    return split_fields({key: value.strip()})[0]
