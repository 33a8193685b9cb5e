"""Edges made of their claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from typing import NamedTuple

from ...schema import Claim, Document, Edge, Status
from ..answers.tables import date_of
from ..questions.select import not_after, not_before
from .belief import Said, belief_of, sentence_key, status_of, weights_of
from .copies import COPY_OF, independent


class Weight(NamedTuple):
    """What the claims of one edge amount to."""

    status: Status
    belief: float
    n_evidence: int
    n_documents: int
    n_sources: int
    first_date: str | None
    last_date: str | None


def said_of(claim: Claim, document: Document | None) -> Said:
    """Return a claim as far as it weighs, given its document if that is known."""
    name = claim.evidence.document_id
    return Said(
        polarity=claim.polarity,
        modality=claim.modality,
        confidence=claim.confidence,
        sentence=sentence_key(claim.evidence.exact),
        document=name,
        source=(document and document.publisher) or name,
        speaker=document.metadata.get(COPY_OF, name) if document else name,
        date=date_of(claim),
    )


def weight_of(claims: Sequence[Said]) -> Weight:
    """Return what the claims of one edge amount to."""
    heard = list(compress(claims, independent(claims)))
    dates = [claim.date for claim in claims if claim.date]
    return Weight(
        status=status_of(claims),
        belief=belief_of(heard),
        n_evidence=len({claim.sentence for claim in heard}),
        n_documents=len({claim.document for claim in claims}),
        n_sources=len({claim.source for claim in heard}),
        first_date=min(dates, default=None),
        last_date=max(dates, default=None),
    )


def weigh_each(claims: Sequence[Claim], document: Callable[[str], Document | None]) -> list[float]:
    """Return what each claim of one edge adds to its belief; 0 where it repeats another."""
    said = [said_of(claim, document(claim.evidence.document_id)) for claim in claims]
    is_heard = independent(said)
    weights = iter(weights_of(list(compress(said, is_heard))))
    return [next(weights) if heard else 0.0 for heard in is_heard]


def weigh(claims: Sequence[Claim], document: Callable[[str], Document | None]) -> Edge:
    """Return the edge that claims of one subject, relation and object amount to.

    Args:
        claims: All its claims, in the order they are to stand.
        document: A document by its id: its publisher, and whether it is a copy.
    """
    first = claims[0]
    weight = weight_of([said_of(claim, document(claim.evidence.document_id)) for claim in claims])
    return Edge(
        subject_id=first.subject_id,
        relation=first.relation,
        object_id=first.object_id,
        claims=tuple(claims),
        **weight._asdict(),
    )


def weigh_between(
    edges: Iterable[Edge], since: str | None, until: str | None, documents: Mapping[str, Document]
) -> list[Edge]:
    """Return what claims of some time amount to; edges without any are left out."""
    kept = []
    for edge in edges:
        claims = [
            claim
            for claim in edge.claims
            if (since is None or not_before(date_of(claim), since))
            and (until is None or not_after(date_of(claim), until))
        ]
        if claims:
            kept.append(edge if len(claims) == len(edge.claims) else weigh(claims, documents.get))
    return kept
