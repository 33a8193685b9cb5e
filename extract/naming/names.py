"""How names are cut, folded and compared.

A name is a sequence of *units*: runs of letters, runs of digits, or a dotted acronym. ``S-400``,
``S 400`` and ``S400`` have the same two units, ``U.S.`` and ``US`` the same one, so hyphens,
blanks, dashes and stops never make two nodes of one name, while digits always keep two names apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

UNIT = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W\d_]))?|\b[A-Z]\.[A-Z]\b|[^\W\d_]+|\d+")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’`´]s?$")


class Unit(NamedTuple):
    """A unit of text with its offsets and its folded form."""

    start: int
    end: int
    folded: str


@lru_cache(maxsize=100_000)
def fold(unit: str) -> str:
    """A unit without case, accents and stops.

    >>> fold("U.S."), fold("Türkiye")
    ('us', 'turkiye')
    """
    if not unit.isascii():
        unit = "".join(
            c for c in unicodedata.normalize("NFKD", unit) if not unicodedata.combining(c)
        )
    return unit.replace(".", "").casefold()


def units(text: str) -> list[Unit]:
    """The units of a text, in order.

    >>> [u.folded for u in units("the U.S./NATO S-300PMU-2")]
    ['the', 'us', 'nato', 's', '300', 'pmu', '2']
    """
    return [Unit(m.start(), m.end(), fold(m.group())) for m in UNIT.finditer(text)]


@lru_cache(maxsize=100_000)
def key(name: str) -> str:
    """A comparison key: equal for spelling variants of one name.

    >>> key("S 400") == key("S-400") == key("the S–400")
    True
    """
    return " ".join(u.folded for u in units(_ARTICLE.sub("", name)))


def slug(name: str) -> str:
    """The readable part of an entity id.

    >>> slug("AN/TPY-2"), slug("Valdai Discussion Club")
    ('an-tpy-2', 'valdai-discussion-club')
    """
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", _ARTICLE.sub("", name)))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace(".", "").casefold()
    return re.sub(r"[^\w]+|_+", "-", plain).strip("-") or "unnamed"


def surname(name: str) -> str:
    """The folded last name of a person, whatever follows it.

    >>> surname("Robert F. Kennedy Jr."), surname("Milley")
    ('kennedy', 'milley')
    """
    parts = [u.folded for u in units(name)]
    if len(parts) > 2 and parts[-1] in ("jr", "sr"):
        parts.pop()
    return parts[-1] if parts else ""


def without_possessive(name: str) -> str:
    """The name without a trailing possessive.

    >>> without_possessive("Valdai`s")
    'Valdai'
    """
    return _POSSESSIVE.sub("", name)
