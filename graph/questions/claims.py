"""Which claims answer a question, and the sentences that link two entities."""

from __future__ import annotations

from ...schema import Claim, Entity, Modality, Polarity
from ..answers.citations import Citation, cite, cite_together
from ..answers.vocabulary import member
from .lookup import Lookup, Name
from .select import ClaimFilter, by_date


def find_claims(
    lookup: Lookup,
    *,
    subject: Name | None,
    object: Name | None,  # noqa: A002
    relation: str | None,
    about: Name | None,
    modality: str | None,
    polarity: str | None,
    speaker: Name | None,
    document: str | None,
    min_confidence: float,
) -> list[Claim]:
    """Return the claims that meet all conditions, by date. See `KnowledgeGraph.claims`."""
    wanted, inverted = lookup.words.relation(relation)
    ends = (object, subject, about) if inverted else (subject, object, about)
    ids = [None if end is None else lookup.find(end).id for end in ends]
    parts = [part for part in dict.fromkeys(ids) if part is not None]
    chosen = ClaimFilter(
        subject_id=ids[0],
        object_id=ids[1],
        relation=wanted,
        symmetric=lookup.words.is_symmetric(wanted),
        about_id=ids[2],
        modality=member(Modality, modality),
        polarity=member(Polarity, polarity),
        speaker_id=lookup.speaker_id(speaker),
        speaker=speaker if isinstance(speaker, str) else None,
        document_ids=lookup.document_ids(document),
        min_confidence=min_confidence,
    )
    return by_date(chosen(lookup.index.claims_about(*parts) if parts else lookup.index.claims))


def find_evidence(lookup: Lookup, first: Entity, second: Entity | None) -> list[Citation]:
    """Return the sentences that state something of one or two entities, by date; then examples of
    those that merely name them."""
    index, labels = lookup.index, lookup.labels
    ends = dict.fromkeys(entity.id for entity in (first, second) if entity)
    citations = [cite(claim, labels) for claim in by_date(index.claims_about(*ends))]
    quoted = {citation.place for citation in citations}
    if second is None:
        pairs = index.comentions_at(first.id)
    else:
        pair = index.comention_of(first.id, second.id)
        pairs = [pair] if pair else []
    for pair in pairs:
        examples = [cite_together(pair, example, labels) for example in pair.examples]
        citations += [citation for citation in examples if citation.place not in quoted]
        quoted.update(citation.place for citation in examples)
    return citations
