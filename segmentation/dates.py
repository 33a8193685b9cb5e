"""Dates of documents, in ISO 8601, as precise as they were given."""

from __future__ import annotations

import datetime
import re

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:1[89]|20|21)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = r"(?:(?:T|,?\s+(?:at\s+)?)\d{1,2}:\d\d.{0,24})?"
_DATES = [
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_YEAR}[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?){_TIME}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+{_YEAR}{_TIME}",
        rf"{_MONTH},?\s+{_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)",
        _YEAR,
    )
]
"""Most precise first."""


def leading_date(text: str) -> tuple[str, int] | None:
    """The date that a text begins with, and where it ends.

    >>> leading_date("March 3rd, 2021 by Jane Doe")
    ('2021-03-03', 15)
    >>> leading_date("February 30, 2021")
    """
    match = next((match for pattern in _DATES if (match := pattern.match(text))), None)
    if not match:
        return None
    given = match.groupdict()
    numbers = [int(given["year"])]
    if "month" in given:
        numbers.append(_month_number(given["month"]))
    if "day" in given:
        numbers.append(int(given["day"]))
    year, month, day = [*numbers, 1, 1][:3]
    try:
        datetime.date(year, month, day)
    except ValueError:
        return None
    return "-".join(f"{number:02}" for number in numbers), match.end()


def whole_date(text: str) -> str | None:
    """The date that a text is, from end to end.

    >>> whole_date("Monday, 15 April 2024 at 10:30")
    '2024-04-15'
    >>> whole_date("2021 was a year")
    """
    found = leading_date(text)
    return found[0] if found and found[1] == len(text) else None


def _month_number(month: str) -> int:
    return int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
