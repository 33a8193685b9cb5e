"""Names as keys: when two spellings are one name, and when they must not be.

`fold` removes what English texts vary without meaning anything by it: case, accents, dashes,
a leading article, a possessive, British or American spelling. It keeps every letter and digit
that tells one designation from another, so *S-300* and *S-400* never meet.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_SPELLINGS = {
    "center": "centre",
    "defense": "defence",
    "organisation": "organization",
    "program": "programme",
    "theater": "theatre",
}
_STOPPED = re.compile(r"\b[^\W\d_](?:\.[^\W\d_])+\b\.?")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_APOSTROPHES = re.compile(r"['’ʼ`]")
_TOKEN = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"(?<=[^\W\d_]) (?=\d)|(?<=\d) (?=[^\W\d_])")
_ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z][A-Z0-9&./-]{1,11}")


@lru_cache(maxsize=1 << 17)
def fold(name: str) -> str:
    """Return the key under which spellings of one name agree.

    >>> fold("The U.S. Missile Defense Agency's") == fold("US missile defence agency")
    True
    >>> fold("S-400"), fold("S 400"), fold("S400")
    ('s400', 's400', 's400')
    >>> fold("S-300") == fold("S-400")
    False
    """
    text = unaccent(name.casefold())
    text = _STOPPED.sub(lambda match: match[0].replace(".", ""), text)
    text = _APOSTROPHES.sub("", _POSSESSIVE.sub("", text)).replace("&", " and ")
    tokens = [_SPELLINGS.get(token, token) for token in _TOKEN.findall(text)]
    # "A" and "An" stay: they begin names (A Just Russia) and designations (A-50, AN/TPY-2).
    if tokens[:1] == ["the"] and len(tokens) > 1:
        del tokens[0]
    return _JOINT.sub("", " ".join(tokens)) or text.strip()


def unaccent(text: str) -> str:
    """Return lower-case text without accents and with the letters of English.

    >>> unaccent("erdoğan"), unaccent("wałęsa")
    ('erdogan', 'walesa')
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def is_acronym(name: str) -> bool:
    """Whether the whole name is written as an acronym.

    >>> is_acronym("IAMD"), is_acronym("Iskander"), is_acronym("NATO Council")
    (True, False, False)
    """
    return _ACRONYM.fullmatch(name) is not None


def is_designation(name: str) -> bool:
    """Whether digits or a single-letter suffix tell this name from its neighbours.

    >>> is_designation("PAC-3"), is_designation("Iskander-M"), is_designation("Patriot")
    (True, True, False)
    """
    key = fold(name)
    return any(char.isdigit() for char in key) or (" " in key and key[-2] == " ")


def slug(name: str) -> str:
    """Return the name as the second half of an entity id.

    >>> slug("The Acme Institute's"), slug("S-400")
    ('the-acme-institute', 's-400')
    """
    return "-".join(_TOKEN.findall(unaccent(_POSSESSIVE.sub("", name.casefold()))))
