"""Nouns as flat rows of plain values, the same for data frames, networkx and answers."""

from __future__ import annotations

from ...schema import Claim, CoMention, Document, Edge, Entity
from .tables import Labels, date_of

Value = str | int | float | None
Record = dict[str, Value]

ENTITY_COLUMNS = (
    "id",
    "name",
    "type",
    "subtype",
    "country",
    "aliases",
    "identifiers",
    "family",
    "mentions",
    "documents",
    "first_seen",
    "last_seen",
)
EDGE_COLUMNS = (
    "subject_id",
    "subject",
    "relation",
    "object_id",
    "object",
    "status",
    "belief",
    "n_evidence",
    "n_documents",
    "n_sources",
    "first_date",
    "last_date",
    "wordings",
)
CLAIM_COLUMNS = (
    "id",
    "subject_id",
    "subject",
    "relation",
    "object_id",
    "object",
    "polarity",
    "modality",
    "speaker_id",
    "speaker",
    "wording",
    "rule",
    "confidence",
    "event_date",
    "date",
    "qualifiers",
    "document_id",
    "source",
    "start",
    "end",
    "sentence",
)
COMENTION_COLUMNS = (
    "a_id",
    "a",
    "b_id",
    "b",
    "sentences",
    "paragraphs",
    "documents",
    "npmi",
    "log_likelihood",
)


def entity_record(entity: Entity) -> Record:
    """Return an entity as one row; several values of one field are joined with ``"; "``."""
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "subtype": entity.subtype,
        "country": entity.country,
        "aliases": "; ".join(entity.aliases),
        "identifiers": "; ".join(f"{k}={v}" for k, v in sorted(entity.identifiers.items())),
        "family": entity.family,
        "mentions": entity.mentions,
        "documents": entity.documents,
        "first_seen": entity.first_seen,
        "last_seen": entity.last_seen,
    }


def edge_record(edge: Edge, labels: Labels) -> Record:
    """Return an edge as one row."""
    return {
        "subject_id": edge.subject_id,
        "subject": labels.entity(edge.subject_id),
        "relation": edge.relation,
        "object_id": edge.object_id,
        "object": labels.entity(edge.object_id),
        "status": edge.status.value,
        "belief": edge.belief,
        "n_evidence": edge.n_evidence,
        "n_documents": edge.n_documents,
        "n_sources": edge.n_sources,
        "first_date": edge.first_date,
        "last_date": edge.last_date,
        "wordings": "; ".join(sorted({claim.wording for claim in edge.claims})),
    }


def claim_record(claim: Claim, labels: Labels) -> Record:
    """Return a claim as one row, with the sentence that supports it."""
    return {
        "id": claim.id,
        "subject_id": claim.subject_id,
        "subject": labels.entity(claim.subject_id),
        "relation": claim.relation,
        "object_id": claim.object_id,
        "object": labels.entity(claim.object_id),
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "speaker_id": claim.speaker_id,
        "speaker": labels.speaker(claim),
        "wording": claim.wording,
        "rule": claim.rule,
        "confidence": claim.confidence,
        "event_date": claim.event_date,
        "date": date_of(claim),
        "qualifiers": "; ".join(f"{k}={v}" for k, v in sorted(claim.qualifiers.items())),
        "document_id": claim.evidence.document_id,
        "source": labels.source(claim.evidence),
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "sentence": claim.evidence.exact,
    }


def comention_record(together: CoMention, labels: Labels) -> Record:
    """Return a co-mention as one row."""
    return {
        "a_id": together.a,
        "a": labels.entity(together.a),
        "b_id": together.b,
        "b": labels.entity(together.b),
        "sentences": together.sentences,
        "paragraphs": together.paragraphs,
        "documents": together.documents,
        "npmi": together.npmi,
        "log_likelihood": together.log_likelihood,
    }


def document_record(document: Document) -> Record:
    """Return a document as one row, without its text."""
    return {
        "id": document.id,
        "title": document.title,
        "author": document.author,
        "publisher": document.publisher,
        "date": document.date,
        "url": document.url,
        "path": document.path,
        "language": document.language,
        "words": len(document.text.split()),
    }
