"""Dates as precise as they are known, and years and months as periods of a timeline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from ...errors import QueryError

Period = Literal["year", "month"]

_LENGTHS = {"year": 4, "month": 7}
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def check_date(date: str) -> None:
    """Refuse what is no date: it would compare with dates as any text does.

    Raises:
        QueryError: If it is not a year, a month or a day.

    >>> check_date("2021"), check_date("2021-02"), check_date("2021-02-03")
    (None, None, None)
    >>> check_date("3/2/2021")
    Traceback (most recent call last):
        ...
    actorgraph.errors.QueryError: '3/2/2021' is no date. Write '2021', '2021-02' or '2021-02-03'.
    """
    if not (isinstance(date, str) and _DATE.fullmatch(date)):
        raise QueryError(f"{date!r} is no date. Write '2021', '2021-02' or '2021-02-03'.")


def check_period(by: str) -> None:
    """Refuse what is no period.

    Raises:
        QueryError: If it is neither ``year`` nor ``month``.
    """
    if by not in _LENGTHS:
        raise QueryError(f"There is no period {by!r}. Use 'year' or 'month'.")


def period_of(date: str | None, by: str) -> str | None:
    """Return the year or month of a date; None if it is not given so precisely.

    >>> period_of("2019-07-12", "month"), period_of("2019", "month"), period_of("2019", "year")
    ('2019-07', None, '2019')
    """
    length = _LENGTHS[by]
    return date[:length] if date is not None and len(date) >= length else None


def run_of(periods: Iterable[str]) -> list[str]:
    """Return all periods from the first to the last, those between them included.

    >>> run_of(["2019-11", "2020-02"])
    ['2019-11', '2019-12', '2020-01', '2020-02']
    """
    known = sorted(set(periods))
    if not known:
        return []
    numbers = range(_number(known[0]), _number(known[-1]) + 1)
    return [_name(number, is_month=len(known[0]) == 7) for number in numbers]


def _number(period: str) -> int:
    year, _, month = period.partition("-")
    return int(year) * 12 + int(month) - 1 if month else int(year)


def _name(number: int, is_month: bool) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}" if is_month else f"{number:04}"
