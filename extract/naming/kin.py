"""Who is introduced as somebody's kin: *my wife, Dr. Jill Biden*.

A text that has need to say so has another in mind when it uses the surname alone.
"""

from __future__ import annotations

import re

_INTRODUCED = re.compile(
    r"\b(?:brother|cousin|daughter|father|husband|mother|nephew|niece|sister|son|spouse|widow|wife|"
    r"First Lady|First Gentleman|Second Gentleman|Second Lady),?\s(?:(?:Dr|Mr|Mrs|Ms)\.?\s)?$"
)
_REACH = 40
"""How many characters before a name the word may begin."""


def is_kin(text: str, start: int) -> bool:
    """Whether the name that begins at an offset is introduced by a word for kin.

    >>> text = "My wife, Dr. Jill Biden, is here."
    >>> is_kin(text, text.index("Jill")), is_kin(text, text.index("Biden"))
    (True, False)
    """
    return _INTRODUCED.search(text, max(0, start - _REACH), start) is not None
