"""Laws of one state, to which nobody is a party: *the Clean Air Act*."""

from __future__ import annotations

_LAWS = ("act", "bill", "code", "law", "ordinance", "statute")
_OF_SEVERAL = ("final", "founding", "general", "european", "constitutive")
"""With these an *Act* is one of several states: *the Helsinki Final Act*."""


def is_statute(name: str) -> bool:
    """Whether a name is that of a law, and not of an agreement of states.

    >>> is_statute("Clean Air Act"), is_statute("Helsinki Final Act"), is_statute("Treaty of Rome")
    (True, False, False)
    """
    words = name.lower().split()
    return words[-1] in _LAWS and not set(_OF_SEVERAL).intersection(words[-2:-1])
