"""Edges made of their claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ...schema import Claim, Document, Edge
from ..answers.tables import date_of
from ..questions.select import not_after, not_before
from .belief import belief_of, sentence_key, status_of
from .copies import independent


def weigh(claims: Sequence[Claim], document: Callable[[str], Document | None]) -> Edge:
    """Return the edge that claims of one subject, relation and object amount to.

    Args:
        claims: All its claims, in the order they are to stand.
        document: A document by its id: its publisher, and whether it is a copy.
    """
    first = claims[0]
    heard = independent(claims, document)
    found = {claim.evidence.document_id for claim in heard}
    sources = {
        name: known.publisher
        for name in found
        if (known := document(name)) is not None and known.publisher
    }
    dates = [date for claim in claims if (date := date_of(claim))]
    return Edge(
        subject_id=first.subject_id,
        relation=first.relation,
        object_id=first.object_id,
        claims=tuple(claims),
        status=status_of(claims),
        belief=belief_of(heard, sources),
        n_evidence=len({sentence_key(claim.evidence.exact) for claim in heard}),
        n_documents=len({claim.evidence.document_id for claim in claims}),
        n_sources=len({sources.get(name, name) for name in found}),
        first_date=min(dates, default=None),
        last_date=max(dates, default=None),
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
