"""Long forms and their short forms: *Missile Defense Agency (MDA)*, *MDA (Missile Defense Agency)*.

The alignment of letters follows Schwartz and Hearst (2003), "A simple algorithm for identifying
abbreviation definitions in biomedical text", for both orders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_PAREN = re.compile(r"[(\[]\s*+([^()\[\]]{2,90}?)\s*[)\]]")
_OR = re.compile(
    r",?\s(?:or|known as|abbreviated as)\s(?:the\s)?([A-Z][A-Za-z0-9&/-]{1,11})(?![\w-])"
)
_SHORT = re.compile(r"[A-Z][A-Za-z0-9]*+[A-Z0-9&/.-]*s?")
_SMALL_WORD = re.compile(r"(?:of|for|and|the|on|in|to)\b")
_WORD = re.compile(r"[^\s()\[\],;:]+")


class Pair(NamedTuple):
    """A long form and its short form, with the offsets of both."""

    long: tuple[int, int]
    short: tuple[int, int]
    aligned: bool
    """Whether the letters of the short form stand in the long one; a foreign acronym's do not."""


def is_short_form(text: str) -> bool:
    """Whether a word looks like an acronym.

    >>> is_short_form("IAMD"), is_short_form("SALW"), is_short_form("Moscow")
    (True, True, False)
    """
    capitals = sum(c.isupper() for c in text)
    return (
        2 <= len(text) <= 12
        and capitals >= 2
        and capitals * 2 >= len(text.replace(".", ""))
        and _SHORT.fullmatch(text) is not None
    )


def spells(short: str, long: str) -> bool:
    """Whether the letters of a short form stand in a long one.

    >>> spells("MoD", "Ministry of Defence"), spells("NPT", "Nuclear Weapons")
    (True, False)
    """
    return _align(long, 0, len(long), _letters(short)) is not None


def common_short_forms(text: str) -> Iterator[str]:
    """Yield short forms of what has no name: *the intelligence community (IC)*.

    >>> list(common_short_forms("unmanned aircraft systems (UAS), the Missile Board (MB)"))
    ['UAS']
    """
    for pair in find_pairs(text):
        if pair.aligned and text[slice(*pair.long)].islower():
            yield text[slice(*pair.short)]


def _letters(short: str) -> list[str]:
    return [c.casefold() for c in short.rstrip("s") if c.isalnum()]


def find_pairs(text: str) -> Iterator[Pair]:
    """Yield the abbreviation pairs of a text.

    >>> text = "the Missile Defense Agency (MDA) and ODE (the Office of Development Effectiveness)"
    >>> [text[slice(*p.long)] for p in find_pairs(text)]
    ['Missile Defense Agency', 'Office of Development Effectiveness']
    """
    for match in _PAREN.finditer(text):
        inside = match.group(1)
        first = re.split(r"[;,]", inside)[0].strip().strip("\"“”'‘’")
        at = text.index(first, match.start()) if first else match.start()
        if is_short_form(first):
            yield from _before(text, match.start(), (at, at + len(first)))
        elif len(inside.split()) >= 2:
            yield from _inside(text, match)
    for match in _OR.finditer(text):
        if is_short_form(match[1]):
            yield from (p for p in _before(text, match.start(), match.span(1)) if p.aligned)


def _before(text: str, opening: int, short: tuple[int, int]) -> Iterator[Pair]:
    letters = _letters(text[slice(*short)])
    clause = max(text.rfind(mark, 0, opening) for mark in ".;:()[]!?\n")
    words = list(_WORD.finditer(text, max(0, clause + 1), opening))[-(len(letters) * 2 + 2) :]
    if not words:
        return
    start = _align(text, words[0].start(), opening, letters)
    if start is not None and any(w.start() == start for w in words):
        end = opening
        while text[end - 1].isspace():
            end -= 1
        yield Pair((start, end), short, aligned=True)
    else:
        yield Pair((words[0].start(), words[-1].end()), short, aligned=False)


def _inside(text: str, match: re.Match[str]) -> Iterator[Pair]:
    words = re.search(r"(?<!\S)(\S+)\s?$", text[: match.start()])
    if words is None or not is_short_form(words.group(1).strip("\"“”'‘’")):
        return
    short_text = words.group(1).strip("\"“”'‘’")
    at = text.index(short_text, words.start(1))
    letters = _letters(short_text)
    start = _align(text, match.start(1), match.end(1), letters)
    if start is not None:
        yield Pair((start, match.end(1)), (at, at + len(short_text)), aligned=True)


def _align(text: str, start: int, end: int, letters: list[str]) -> int | None:
    """Where the long form begins if its letters, read backwards, spell the short form."""
    position = end - 1
    for number, letter in enumerate(reversed(letters)):
        first = number == len(letters) - 1
        while position >= start and (
            text[position].casefold() != letter
            or (first and position > start and text[position - 1].isalnum())
            or (first and _SMALL_WORD.match(text, position))
        ):
            position -= 1
        if position < start:
            return None
        position -= 1
    return position + 1
