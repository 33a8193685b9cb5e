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

from ...schema import Claim, Modality, Polarity, Status

FIRMNESS: Mapping[Modality, float] = {
    Modality.ASSERTED: 1.0,
    Modality.REPORTED: 0.7,
    Modality.HYPOTHETICAL: 0.25,
}
"""How much a claim of each modality weighs."""
SAME_SOURCE = 0.5
"""Factor for each further sentence of one source."""

_WORD = re.compile(r"\w+")
_NO_SOURCES: Mapping[str, str] = {}


def sentence_key(sentence: str) -> str:
    """Return the key under which copies of a sentence agree: its words, without case.

    >>> sentence_key("Turkey  bought the “S-400”.") == sentence_key('Turkey bought the "S-400"')
    True
    """
    return " ".join(_WORD.findall(sentence.casefold()))


def status_of(claims: Iterable[Claim]) -> Status:
    """Return what claims amount to; neither their number nor their order matters.

    Only firm claims, asserted or reported, speak against each other: that something *may not*
    happen does not contest that it did.

    Raises:
        ValueError: There is no claim.
    """
    stances = {(claim.polarity, claim.modality is Modality.HYPOTHETICAL) for claim in claims}
    if not stances:
        raise ValueError("an edge without claims has no status")
    affirmed = (Polarity.AFFIRMED, False) in stances
    denied = (Polarity.NEGATED, False) in stances
    if affirmed:
        return Status.CONTESTED if denied else Status.AFFIRMED
    if denied or (Polarity.AFFIRMED, True) not in stances:
        return Status.DENIED
    return Status.HYPOTHETICAL


def belief_of(claims: Sequence[Claim], sources: Mapping[str, str] = _NO_SOURCES) -> float:
    """Return how well the claims support the edge, from 0 to 1, to four digits.

    Args:
        claims: All claims of one edge.
        sources: Publisher by document id; a document with none is a source of its own.
    """
    support = _noisy_or(_weights(claims, Polarity.AFFIRMED, sources))
    denial = _noisy_or(_weights(claims, Polarity.NEGATED, sources))
    return round(support * (1 - denial), 4)


def explain(claims: Sequence[Claim], sources: Mapping[str, str] = _NO_SOURCES) -> str:
    """Say in words and numbers how belief and status come about."""
    lines = [f"{status_of(claims)}, belief {belief_of(claims, sources):.4g}"]
    for polarity, verb in ((Polarity.AFFIRMED, "affirmed"), (Polarity.NEGATED, "denied")):
        weights = _weights(claims, polarity, sources)
        if weights:
            listed = ", ".join(f"{weight:.2g}" for weight in weights)
            count = f"{len(weights)} sentence{'s' if len(weights) > 1 else ''}"
            lines.append(f"{verb} by {count} (weight {listed}): {_noisy_or(weights):.4g}")
    return "; ".join(lines)


def _weights(
    claims: Iterable[Claim], polarity: Polarity, sources: Mapping[str, str]
) -> list[float]:
    """Weights of the independent sentences of one polarity, greatest first."""
    sentences: dict[str, tuple[float, str]] = {}
    for claim in claims:
        if claim.polarity is polarity:
            document = claim.evidence.document_id
            weight = claim.confidence * FIRMNESS[claim.modality]
            key = sentence_key(claim.evidence.exact)
            found = weight, sources.get(document, document)
            sentences[key] = max(found, sentences.get(key, found))
    repeats: dict[str, int] = {}
    weights = []
    for weight, source in sorted(sentences.values(), reverse=True):
        weights.append(weight * SAME_SOURCE ** repeats.get(source, 0))
        repeats[source] = repeats.get(source, 0) + 1
    return sorted(weights, reverse=True)


def _noisy_or(weights: Iterable[float]) -> float:
    return 1 - math.prod(1 - weight for weight in weights)
