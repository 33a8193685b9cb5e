"""How the claims of one edge, taken together, make its status and its belief.

A piece of evidence is one sentence; copies of a text repeat it and add nothing, so the strongest
claim of a sentence stands for it, and for its source. Its weight is::

    confidence of the claim × firmness (asserted 1, reported 0.7, hypothetical 0.25)

The confidence is what the rule that found the claim is worth - each trigger of the relation lexicon
and each construction has its own - times how directly the text names both ends: a name counts in
full, a role (*Sudanese rebels*) or a pronoun less, the owner of a common noun least.

The further sentences of one publisher are no independent witnesses: its strongest counts in full,
its second by half, its third by a quarter. Weights join by noisy-or (Pearl, 1988): evidence
supports unless every piece of it fails. For the evidence that affirms, and for that which denies::

    support = 1 - (1 - w1)(1 - w2) ...          belief = support × (1 - denial)

Belief is a summary to sort by, not a probability: it is calibrated against nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from ...schema import Modality, Polarity, Status

FIRMNESS: Mapping[str, float] = {
    Modality.ASSERTED: 1.0,
    Modality.REPORTED: 0.7,
    Modality.HYPOTHETICAL: 0.25,
}
"""How much a claim of each modality weighs."""
SAME_SOURCE = 0.5
"""Factor for each further sentence of one source."""

_WORD = re.compile(r"\w+")


class Stance(Protocol):
    """Whether and how firmly something is stated."""

    @property
    def polarity(self) -> str: ...
    @property
    def modality(self) -> str: ...


class Said(NamedTuple):
    """A claim, as far as it weighs."""

    polarity: str
    modality: str
    confidence: float
    sentence: str
    """The `sentence_key` of its evidence."""
    document: str
    """Id of the document that says so."""
    source: str
    """Who published it; a document of no publisher is a source of its own."""
    speaker: str
    """Id of the document that speaks for this one and its copies."""
    date: str | None
    """When it happened, else when it was published."""


def sentence_key(sentence: str) -> str:
    """Return the key under which copies of a sentence agree: its words, without case.

    >>> sentence_key("Turkey  bought the “S-400”.") == sentence_key('Turkey bought the "S-400"')
    True
    """
    return " ".join(_WORD.findall(sentence.casefold()))


def status_of(claims: Iterable[Stance]) -> Status:
    """Return what claims amount to; neither their number nor their order matters.

    Only firm claims, asserted or reported, speak against each other: that something *may not*
    happen does not contest that it did.

    Raises:
        ValueError: There is no claim.
    """
    stances = {(claim.polarity, claim.modality == Modality.HYPOTHETICAL) for claim in claims}
    if not stances:
        raise ValueError("an edge without claims has no status")
    affirmed = (Polarity.AFFIRMED, False) in stances
    denied = (Polarity.NEGATED, False) in stances
    if affirmed:
        return Status.CONTESTED if denied else Status.AFFIRMED
    if denied or (Polarity.AFFIRMED, True) not in stances:
        return Status.DENIED
    return Status.HYPOTHETICAL


def belief_of(claims: Sequence[Said]) -> float:
    """Return how well the claims of one edge support it, from 0 to 1, to four digits."""
    weights = weights_of(claims)
    support, denial = (
        _noisy_or(w for w, c in zip(weights, claims, strict=True) if c.polarity == polarity)
        for polarity in (Polarity.AFFIRMED, Polarity.NEGATED)
    )
    return round(support * (1 - denial), 4)


def weights_of(claims: Sequence[Said]) -> list[float]:
    """Return what each claim of one edge weighs; 0 where it repeats that of a stronger one."""
    strongest: dict[tuple[str, str], int] = {}
    for number, claim in enumerate(claims):
        known = strongest.setdefault((claim.polarity, claim.sentence), number)
        if _rank(claim) > _rank(claims[known]):
            strongest[claim.polarity, claim.sentence] = number
    weights = [0.0] * len(claims)
    repeats: dict[tuple[str, str], int] = {}
    for number in sorted(strongest.values(), key=lambda n: _rank(claims[n]), reverse=True):
        claim = claims[number]
        source = claim.polarity, claim.source
        repeat = repeats.get(source, 0)
        weights[number] = _rank(claim)[0] * SAME_SOURCE**repeat
        repeats[source] = repeat + 1
    return weights


def _rank(claim: Said) -> tuple[float, str]:
    """What a claim weighs alone; of claims that weigh the same, the source decides."""
    return claim.confidence * FIRMNESS[claim.modality], claim.source


def _noisy_or(weights: Iterable[float]) -> float:
    return 1 - math.prod(1 - weight for weight in sorted(weights, reverse=True))
