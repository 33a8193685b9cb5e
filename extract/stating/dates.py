"""When a clause says that something happened: as precise as it states it, and no more.

A date may be written out (*in July 2019*) or told from the day the document was written (*last
year*, *on Tuesday*, *two weeks ago*). The latter is resolved only where the document's own date is
precise enough. A stretch that no ISO 8601 prefix can name, such as a week, is given as the month or
the year that holds all of it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

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
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
} | {"a": 1, "an": 1}
_YEARS_LONG = {"year": 1, "decade": 10, "century": 100}
_FUTURE = frozenset("will shall 'll ’ll would to".split())
_CHAINED = ("conj", "xcomp")
"""How a clause hangs on another whose date it shares: *In 2019 Norway decided to buy*."""

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:1[89]|20)\d\d"
_FULL = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<month>{_MONTH})\.?,?\s(?P<year>{_YEAR})"
    rf"|(?P<month2>{_MONTH})\.?\s(?:(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s)?(?P<year2>{_YEAR})"
    rf"|(?:in|since|by|during|from|of|until)\s(?:early\s|late\s|mid-)?(?P<year3>{_YEAR}))\b(?![-–/]\d)",
    re.IGNORECASE,
)
_CAPITAL_MONTH = "|".join(sorted((name.capitalize() for name in _MONTHS), key=len, reverse=True))
_NO_YEAR = rf"(?!,?\s{_YEAR}|\s?[-–/]\s?\d|\d)"
_RELATIVE = re.compile(
    r"\b(?:"
    r"(?P<day>yesterday|today|tonight|tomorrow|this\s(?:morning|afternoon|evening))"
    r"|(?P<which>last|this|next)\s(?P<unit>week|month|year)"
    rf"|(?P<number>an?|\d{{1,3}}|{'|'.join(_NUMBERS)})\s"
    r"(?P<ago>day|week|month|year|decade|century)s?\s(?:ago|earlier)"
    r")\b",
    re.IGNORECASE,
)
_CALENDAR = re.compile(
    r"(?:\b(?P<lead>[A-Za-z]+)\s)?(?:[Ee]arly\s|[Ll]ate\s|[Mm]id-)?"
    rf"(?:\b(?P<monthday>(?P<m1>{_CAPITAL_MONTH})\.?\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m2>{_CAPITAL_MONTH}))\b{_NO_YEAR}"
    rf"|\b(?P<month>{_CAPITAL_MONTH})\b\.?(?!,?\s\d|-)"
    rf"|\b(?P<weekday>{'|'.join(day.capitalize() for day in _WEEKDAYS)})\b"
    rf"(?!,?\s(?:{_CAPITAL_MONTH}|\d)))"
)
_MONTH_LEADS = frozenset(
    "in since by during until from last this next early late of through before after".split()
)
_NO_WEEKDAY_LEADS = frozenset("every each a an any some most".split())


class Stated(NamedTuple):
    """A date that a text states, and where."""

    start: int
    end: int
    date: str
    """An ISO 8601 prefix: year, month or day."""


def event_date(trigger: Token, document_date: str | None = None) -> str | None:
    """When the clause of a trigger word says that it happened; None where it does not, or doubly.

    A date below the trigger comes first, then one beside it in its clause, then that of the clause
    it is chained to. The date of a verb that reports the clause tells when it was said, not when
    it happened.

    Args:
        trigger: A word of the parsed sentence.
        document_date: Date of the document, an ISO 8601 prefix.
    """
    sentence = trigger.sent
    dated = list(_dated(sentence, document_date))
    if not dated:
        return None
    clause = _clause(trigger)
    if not any(token.tag_[0] == "V" for token in sentence):
        return _only([s for _, s in dated])  # a headline without a verb is one clause
    below = [s for token, s in dated if trigger in token.ancestors and _clause(token) == clause]
    if below:
        return _only(below)
    while True:
        inside = [(token, s) for token, s in dated if _clause(token) == clause]
        beside = [s for token, s in inside if not _is_of_noun(token, clause)]
        if inside:
            return _only(beside or [s for _, s in inside])
        if clause.dep_ not in _CHAINED:
            return None
        clause = _clause(clause.head)


def dates_in(
    text: str, document_date: str | None = None, *, future: bool = False
) -> Iterator[Stated]:
    """Yield the dates a text states, in reading order.

    Args:
        text: Usually one sentence.
        document_date: What *last year* and the like are told from; without it they are passed over.
        future: Whether *on Tuesday* and *in July* are to come; else the latest ones are meant.

    Example:
        >>> [stated.date for stated in dates_in("In July 2019 and last month", "2021-03-04")]
        ['2019-07', '2021-02']
    """
    found = [Stated(*m.span(), _full(m)) for m in _FULL.finditer(text)]
    if document_date:
        taken = [(s.start, s.end) for s in found]
        for pattern, resolve in _RESOLVERS:
            for match in pattern.finditer(text):
                told = resolve(match, document_date, future)
                if told and not any(a < match.end() and match.start() < b for a, b in taken):
                    found.append(Stated(*match.span(), told))
    yield from sorted(found)


def _only(stated: list[Stated]) -> str | None:
    """The date, if all are the same."""
    dates = {s.date for s in stated}
    return dates.pop() if len(dates) == 1 else None


def _dated(sentence: Span, document_date: str | None) -> Iterator[tuple[Token, Stated]]:
    """The dates of a sentence, each with its first word, told by the tense of their own clause."""
    text = sentence.text
    past = list(dates_in(text, document_date))
    if not past:
        return
    to_come = {s.start: s for s in dates_in(text, document_date, future=True)}
    for stated in past:
        at = sentence.start_char + stated.start
        span = sentence.doc.char_span(at, at + 1, alignment_mode="expand")
        if span is not None:
            future = _is_future(_clause(span[0]))
            yield span[0], to_come.get(stated.start, stated) if future else stated


def _clause(token: Token) -> Token:
    """The verb, or the root, that heads the clause of a word."""
    while token.tag_[0] != "V" and token.head != token:
        token = token.head
    return token


def _is_of_noun(token: Token, clause: Token) -> bool:
    """Whether a date belongs to a noun of the clause: *since the invasion in 2022*."""
    return any(t.tag_[0] == "N" and t.ent_type_ != "DATE" for t in _between(token, clause))


def _between(token: Token, clause: Token) -> Iterator[Token]:
    token = token.head
    while token != clause and token.head != token:
        yield token
        token = token.head


def _is_future(clause: Token) -> bool:
    """*Will meet on Tuesday*, *is to meet on Tuesday*."""
    return any(c.dep_ == "aux" and c.lower_ in _FUTURE for c in clause.children)


def _full(match: re.Match[str]) -> str:
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


def _relative(match: re.Match[str], told: str, future: bool) -> str | None:
    """*Yesterday*, *last month*, *two weeks ago*, counted from the document's date."""
    day = match["day"]
    if day:
        shift = {"yesterday": -1, "tomorrow": 1}.get(day.casefold(), 0)
        today = _day(told)
        return str(today + timedelta(days=shift)) if today else None
    if match["which"]:
        shift = {"last": -1, "this": 0, "next": 1}[match["which"].casefold()]
        return _shifted(told, match["unit"].casefold(), shift)
    number = match["number"].casefold()
    count = _NUMBERS.get(number) or int(number)
    unit = match["ago"].casefold()
    if unit == "day":
        today = _day(told)
        return str(today - timedelta(days=count)) if today else None
    return _shifted(told, unit, -count)


def _shifted(told: str, unit: str, count: int) -> str | None:
    """The week, month or year so many later, as far as an ISO prefix can name it."""
    if unit == "week":
        today = _day(told)
        if today is None:
            return None
        monday = today + timedelta(days=7 * count - today.weekday())
        return _common(monday, monday + timedelta(days=6))
    if unit == "month":
        if len(told) < 7:
            return None
        months = int(told[:4]) * 12 + int(told[5:7]) - 1 + count
        return f"{months // 12:04}-{months % 12 + 1:02}"
    return f"{int(told[:4]) + count * _YEARS_LONG[unit]:04}" if abs(count) < 100 else None


def _common(first: date, last: date) -> str | None:
    """The month, else the year, that holds both days."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year}-{first.month:02}"
    return str(first.year) if first.year == last.year else None


def _calendar(match: re.Match[str], told: str, future: bool) -> str | None:
    """*On Tuesday*, *in July*, *12 July*: the latest one, or the next where it is to come."""
    lead = match["lead"] or ""
    future = lead.casefold() == "next" or (future and lead.casefold() != "last")
    if match["weekday"]:
        return _weekday(match["weekday"], lead, told, future)
    if match["month"]:
        if lead.casefold() not in _MONTH_LEADS and not match.group().startswith(("mid-", "Mid-")):
            return None
        if len(told) < 7:
            return None
        month, now = _MONTHS[match["month"].casefold()], int(told[5:7])
        past = lead.casefold() == "last" and month == now
        return f"{_year_of(int(told[:4]), (month,), (now,), future) - past}-{month:02}"
    month = _MONTHS[(match["m1"] or match["m2"]).casefold()]
    number, today = int(match["d1"] or match["d2"]), _day(told)
    if today is None:
        return None
    year = _year_of(today.year, (month, number), (today.month, today.day), future)
    fits = 1 <= number <= monthrange(year, month)[1]
    return f"{year}-{month:02}-{number:02}" if fits else None


def _weekday(name: str, lead: str, told: str, future: bool) -> str | None:
    today = _day(told)
    if today is None or lead.casefold() in _NO_WEEKDAY_LEADS or (lead.istitle() and lead != "On"):
        return None  # Bloody Sunday
    back = (today.weekday() - _WEEKDAYS.index(name.casefold())) % 7
    if back == 0:
        shift = {"last": -7, "next": 7}.get(lead.casefold(), 0)
    else:
        shift = 7 - back if future else -back
    return str(today + timedelta(days=shift))


def _year_of(year: int, wanted: tuple[int, ...], now: tuple[int, ...], future: bool) -> int:
    """The year of the latest such month or day, or of the next one."""
    if future:
        return year + (wanted < now)
    return year - (wanted > now)


def _day(told: str) -> date | None:
    """The document's date, if it is given to the day."""
    try:
        return date.fromisoformat(told) if len(told) == 10 else None
    except ValueError:
        return None


_RESOLVERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str, bool], str | None]], ...] = (
    (_RELATIVE, _relative),
    (_CALENDAR, _calendar),
)
