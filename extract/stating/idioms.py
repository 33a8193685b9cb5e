"""Forms of known names that are none where they stand: *Russian roulette*, *apartment B-52*."""

from __future__ import annotations

import re

from ...schema import EntityType, MentionKind
from ..gazetteer import Match
from ..naming.designations import numbers_something_else
from .cues import Cues

_NEXT_WORDS = re.compile(r"\s([a-z][\w-]+)(?:\s([a-z]+))?")


def is_no_name(text: str, match: Match, cues: Cues) -> bool:
    """Whether a form that the lexicon knows is part of something that it does not mean."""
    types = {n.entity.type for n in match.names}
    if EntityType.SYSTEM in types:
        return any(c.isdigit() for c in text[match.start : match.end]) and numbers_something_else(
            text, match.start, match.end
        )
    return bool(types & {EntityType.COUNTRY, EntityType.PLACE}) and _is_everyday(text, match, cues)


def _is_everyday(text: str, match: Match, cues: Cues) -> bool:
    """*Danish pastry*, *Swiss army knife*, *Greek to me*."""
    following = _NEXT_WORDS.match(text, match.end)
    if following is None:
        return False
    first, second = following[1], following[2] or ""
    return (
        first in cues.everyday
        or f"{first} {second}" in cues.everyday
        or (f"{first} {second}" == "to me" and match.names[0].kind == MentionKind.DEMONYM)
    )
