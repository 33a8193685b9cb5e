"""Text and numbers as every reader can hold them, for the formats that keep all of them."""

from __future__ import annotations

import re
from math import isfinite

_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_MOST = 2**63 - 1


def well_formed(text: str) -> str:
    r"""Return the text with half characters (lone surrogates) as U+FFFD, and all else as it is.

    >>> well_formed("S-400\ud83d\n")
    'S-400�\n'
    """
    return _SURROGATE.sub("\ufffd", text)


def escaped(text: str, quote: str) -> str:
    r"""Return well-formed text for between quotes, escaped as Cypher and Turtle both have it.

    >>> print(escaped('"Triumf"\t\x00', '"'))
    \"Triumf\"\t\u0000
    """
    return "".join([_escaped(character, quote) for character in well_formed(text)])


def _escaped(character: str, quote: str) -> str:
    if character == quote:
        return f"\\{quote}"
    if character in _ESCAPES:
        return _ESCAPES[character]
    shown = character.isprintable() or ord(character) > 0xFFFF  # \u takes four digits
    return character if shown else f"\\u{ord(character):04X}"


def finite(number: float) -> float:
    """Return a number, or 0 where it is infinite or none.

    >>> finite(3.5), finite(float("nan"))
    (3.5, 0.0)
    """
    return float(number) if isfinite(number) else 0.0


def whole(digits: str) -> int:
    """Return the number that digits write, of at most 64 bits.

    Raises:
        ValueError: It is larger, or none.

    >>> whole("400")
    400
    """
    number = int(digits)
    if abs(number) > _MOST:
        raise ValueError(f"{digits[:20]}... is too large a number")
    return number


def bounded(number: int) -> int:
    """Return a whole number of at most 64 bits.

    >>> bounded(3), bounded(2**70) == 2**63 - 1
    (3, True)
    """
    return min(int(number), _MOST)
