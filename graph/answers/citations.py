"""Sentences with their sources: what every answer leads to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...schema import Claim, CoMention, Evidence
from .records import Record
from .tables import Labels, Results, date_of, stance


@dataclass(frozen=True)
class Citation:
    """A sentence, what it supports, and who says so."""

    evidence: Evidence
    claim: Claim | None = field(repr=False)
    """What the sentence states; None where it merely names both."""
    statement: str
    """The claim in words: *Turkey acquires S-400 (asserted)*."""
    speaker: str
    source: str
    """Title of the document."""
    page: int | None = None
    """Page of a printed document, counted from 1."""

    @property
    def sentence(self) -> str:
        """The words of the source."""
        return self.evidence.exact

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands: document id, start and end."""
        return self.evidence.document_id, self.evidence.start, self.evidence.end

    @property
    def date(self) -> str | None:
        """When the claimed thing happened, else when the document appeared."""
        return date_of(self.claim) if self.claim else self.evidence.date


def cite(claim: Claim, labels: Labels) -> Citation:
    """Return the citation that supports a claim."""
    return Citation(
        evidence=claim.evidence,
        claim=claim,
        statement=f"{labels.statement(claim)} ({stance(claim)})",
        speaker=labels.speaker(claim),
        source=labels.source(claim.evidence),
        page=labels.page(claim.evidence),
    )


def cite_together(together: CoMention, example: Evidence, labels: Labels) -> Citation:
    """Return the citation of a sentence that merely names two entities."""
    return Citation(
        evidence=example,
        claim=None,
        statement=f"{labels.entity(together.a)} and {labels.entity(together.b)} named together",
        speaker=labels.author(example),
        source=labels.source(example),
        page=labels.page(example),
    )


class EvidenceList(Results[Citation]):
    """Sentences, with what they support."""

    columns = ("states", "sentence", "who says so", "source", "date")

    def cells(self, item: Citation) -> Iterable[tuple[str, ...]]:
        sentence = " ".join(item.sentence.split())
        source = item.source if item.page is None else f"{item.source}, p. {item.page}"
        return [(item.statement, sentence, item.speaker, source, item.date or "")]

    def record(self, item: Citation) -> Record:
        return {
            "statement": item.statement,
            "sentence": item.sentence,
            "speaker": item.speaker,
            "source": item.source,
            "page": item.page,
            "date": item.date,
            "document_id": item.evidence.document_id,
            "start": item.evidence.start,
            "end": item.evidence.end,
        }
