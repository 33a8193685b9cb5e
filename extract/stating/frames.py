"""Turns of phrase that deny or suppose a clause, read off its words: *it may be that*.

The parse gives the exact scope of a cue; where a sentence is turned round, the parser hangs the cue
on another word, and what depends on it reads as fact. So the words of the clause are read a second
time, as NegEx (Chapman et al., 2001) and ConText (Harkema et al., 2009) do it: a phrase holds for
what follows it up to a word that begins another clause. ``lexicon/frames.toml`` lists them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ...schema import Modality
from ..word_files import read_tables
from .commitment import Attribution

if TYPE_CHECKING:
    from spacy.tokens import Token

_BARRIER = re.compile(
    r'[;:"“”()]|\s[-–—]+\s|,? (?:but|although|though|whereas|because|which|who|whose|whom)\b'
    r"|, (?:and|yet|so|while|where|when|after|before|since)\b"
)
"""Ends the scope of a phrase."""
_AFTERTHOUGHT = re.compile(r", and an? (?:[\w-]+ ){1,3}one\b,?")
"""*It is a myth, and a durable one, that*: begins no other clause."""
_QUESTION = re.compile(r"^[^.!;]*\?")
"""*“Is Peru buying it?” he asked*: the mark need not end the sentence."""
_ASKING = re.compile(
    r"(?:^['\"]?|[“‘]|:\s['\"]?)(?:(?:and|but|so|then|since when)\s)?"
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|would|should|must)(?:n['’]t)?\s[^.;!?]*$"
)
"""*Is Peru a member, he was asked*: a verb heads its sentence, with or without the mark."""


@dataclass(frozen=True, slots=True)
class Frames:
    """For each effect a pattern over the lower-case words before a trigger, and one after it."""

    before: Mapping[str, re.Pattern[str]]
    after: Mapping[str, re.Pattern[str]]

    def effect(self, before: str, after: str) -> str | None:
        """The effect of the first phrase found: ``denied``, ``supposed`` or ``reported``."""
        return next(
            (
                effect
                for effect in self.before
                if self.before[effect].search(before) or self.after[effect].search(after)
            ),
            None,
        )


@lru_cache(maxsize=1)
def load_frames() -> Frames:
    """Read the phrases of the package."""
    tables = read_tables("frames.toml")
    return Frames(
        {effect: _joined(rows, ("before", "just before")) for effect, rows in tables.items()},
        {effect: _joined(rows, ("after",)) for effect, rows in tables.items()},
    )


def _joined(rows: Sequence[Mapping[str, str]], places: Sequence[str]) -> re.Pattern[str]:
    phrases = [
        row["words"] + (" ?$" if row.get("place") == "just before" else "")
        for row in rows
        if row.get("place", "before") in places
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})(?![\w-])" if phrases else "(?!)")


def frame(word: Token, found: Attribution) -> None:
    """Deny, suppose or report what nothing in the parse does, where a phrase beside `word` does it.

    Args:
        word: The trigger.
        found: What the parse says; changed in place.
    """
    if found.negated or found.redeemed or found.modality != Modality.ASSERTED:
        return
    sentence = word.sent
    start = word.idx - sentence.start_char
    before = _AFTERTHOUGHT.sub("", sentence.text[:start].lower())
    after = sentence.text[start + len(word) :].lower()
    effect = load_frames().effect(_BARRIER.split(before)[-1], _BARRIER.split(after)[0])
    if effect is None and (_QUESTION.search(after) or _ASKING.search(before)):
        effect = "supposed"
    if effect == "denied":
        found.deny()
    elif effect == "supposed":
        found.suppose()
    elif effect == "reported":
        found.report(None)
