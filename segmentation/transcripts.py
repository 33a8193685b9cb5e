"""Who speaks in a transcript, told by the labels that begin the turns: *MR. DOE: Good morning.*"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

_ROLE = re.compile(
    r"(?:the )?(?:(?:senior|vice|prime|first|deputy|foreign|defen[cs]e|assistant|white|acting) )*"
    r"(?:mr|mrs|ms|dr|president|lady|minister|secretary|chancellor|ambassador|senator|sen|rep"
    r"|gen|adm|col|chairman|chair|director|king|officials?|administration officials?|spokes\w+"
    r"|house aide|aide|moderator|operator|host|interpreter|participant|reporter|journalist"
    r"|question|answer)\b(?:\S*(?:\s\S+){1,4})?$|[qa]$",
    re.I,
)
_NO_SPEAKER = re.compile(r"(?:fact sheet|note|photo|posted|source|tags?|update|url)s?\b", re.I)

_LABEL = (
    r"[*_]{0,3}(?P<label>[^\W\d_a-z](?:[^\W\d_a-z]|[.'’ \xa0-]){0,59}"
    r"|(?:Mr|Mrs|Ms|Dr|President|Prime Minister|Minister|Secretary|Ambassador|Senator|Question"
    r"|Answer|Moderator|Interviewer)\.?(?:[ \xa0][^\W\d_a-z][\w'’-]+){0,3})"
    r"(?:[ \xa0]?\([^()\n]{1,60}\))?[*_]{0,3}:[*_]{0,3}(?=\s)"
)
_LABELS = re.compile(r"^[^\S\n]*" + _LABEL, re.M)
_TURN = re.compile(_LABEL + r"\s*")
_QUESTION = re.compile(r"[*_]{0,3}(?P<label>Q)[*_]{0,3}(?:\s{2,}|[ \xa0](?=[^\W\d_a-z]|[(\\\[]))")
"""White House transcripts set a plain *Q* before a question, without a colon."""


class Turn(NamedTuple):
    """The speaker of a turn, and the offset at which the words begin."""

    speaker: str
    start: int


def find_speakers(text: str) -> frozenset[str]:
    r"""The speaker labels of a transcript.

    One label in capitals is enough if it names a role (*MR.*, *SECRETARY*, *QUESTION*); any other
    must come back, because *NATO:* and *Minister Rao:* also begin plain paragraphs.

    >>> sorted(find_speakers("MR. DOE: Hello.\n\nRUIZ: No.\n\nRUIZ: Never.\n\nNATO: It met."))
    ['MR. DOE', 'RUIZ']
    """
    turns = Counter(_speaker(match) for match in _LABELS.finditer(text))
    labels = {label: n for label, n in turns.items() if not _NO_SPEAKER.match(label)}
    roles = {label for label in labels if label.isupper() and _ROLE.match(label)}
    enough = 2 if roles else 3
    return frozenset(roles | {label for label, n in labels.items() if n >= enough})


def match_turn(text: str, start: int, end: int, speakers: frozenset[str]) -> Turn | None:
    """The turn that begins with a line, if one of the speakers, or a *Q*, begins it."""
    if not speakers:
        return None
    match = _TURN.match(text, start, end)
    if not match or _speaker(match) not in speakers:
        match = _QUESTION.match(text, start, end)
    return Turn(_speaker(match), match.end()) if match else None


def _speaker(match: re.Match[str]) -> str:
    return " ".join(match["label"].split())
