"""Dates that a clause states, as precise as it states them."""

from __future__ import annotations

import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:1[89]|20)\d\d"
_DATES = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<month>{_MONTH})\.?,?\s(?P<year>{_YEAR})"
    rf"|(?P<month2>{_MONTH})\.?\s(?:(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s)?(?P<year2>{_YEAR})"
    rf"|(?:in|since|by|during|from|of|until)\s(?:early\s|late\s|mid-)?(?P<year3>{_YEAR}))\b(?![-–/]\d)",
    re.IGNORECASE,
)


def date_in(sentence: str) -> str | None:
    """The one date a sentence states; None if it states none, or several.

    >>> date_in("Turkey took delivery of the S-400 in July 2019.")
    '2019-07'
    >>> date_in("From 1972 the treaty held until 2002.")
    """
    found = {_iso(match) for match in _DATES.finditer(sentence)}
    return found.pop() if len(found) == 1 else None


def _iso(match: re.Match[str]) -> str:
    parts = match.groupdict()
    year = parts["year"] or parts["year2"] or parts["year3"]
    month = parts["month"] or parts["month2"]
    day = parts["day"] or parts["day2"]
    if month is None:
        return year
    number = _MONTHS[month.casefold()]
    if day is None or not 1 <= int(day) <= 31:
        return f"{year}-{number:02}"
    return f"{year}-{number:02}-{int(day):02}"
