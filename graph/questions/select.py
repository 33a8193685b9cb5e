"""Picking claims by who, what, when and how firmly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...schema import Claim, Modality, Polarity
from ..answers.tables import date_of
from ..resolution.spelling import fold


@dataclass(frozen=True)
class ClaimFilter:
    """What a claim must be; None leaves a question open."""

    subject_id: str | None = None
    object_id: str | None = None
    about_id: str | None = None
    """An entity that plays any part in it but that of the speaker."""
    relation: str | None = None
    symmetric: bool = False
    """Whether subject and object may change places."""
    modality: Modality | None = None
    polarity: Polarity | None = None
    speaker_id: str | None = None
    speaker: str | None = None
    """The speaker as the source words it; either this or `speaker_id` must fit."""
    document_ids: frozenset[str] | None = None
    min_confidence: float = 0

    def __call__(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Yield the claims that fit."""
        return filter(self._fits, claims)

    def _fits(self, claim: Claim) -> bool:
        return (
            self._joins(claim)
            and (self.about_id is None or self.about_id in parts_of(claim))
            and self.relation in (None, claim.relation)
            and self.modality in (None, claim.modality)
            and self.polarity in (None, claim.polarity)
            and self._said(claim)
            and (self.document_ids is None or claim.evidence.document_id in self.document_ids)
            and claim.confidence >= self.min_confidence
        )

    def _joins(self, claim: Claim) -> bool:
        straight = _fit(self.subject_id, claim.subject_id) and _fit(self.object_id, claim.object_id)
        crossed = _fit(self.subject_id, claim.object_id) and _fit(self.object_id, claim.subject_id)
        return straight or (self.symmetric and crossed)

    def _said(self, claim: Claim) -> bool:
        if self.speaker_id is None and self.speaker is None:
            return True
        if self.speaker_id is not None and claim.speaker_id == self.speaker_id:
            return True
        return self.speaker is not None and is_worded(claim, self.speaker)


def parts_of(claim: Claim) -> set[str]:
    """Return the ids of what a claim is about: subject, object and further roles."""
    return {claim.subject_id, claim.object_id, *claim.qualifiers.values()}


def is_worded(claim: Claim, speaker: str) -> bool:
    """Whether the source words the speaker so."""
    return claim.speaker is not None and fold(claim.speaker) == fold(speaker)


def by_date(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims in the order of their dates, undated last, then in the order of the text."""

    def key(claim: Claim) -> tuple[bool, str, str, int, str]:
        date, place = date_of(claim), claim.evidence
        return (date is None, date or "", place.document_id, place.start, claim.id)

    return sorted(claims, key=key)


def not_before(date: str | None, bound: str) -> bool:
    """Compare as precisely as both dates are given: 2010 is not before 2010-06."""
    return date is not None and date[: len(bound)] >= bound[: len(date)]


def not_after(date: str | None, bound: str) -> bool:
    """Compare as precisely as both dates are given: 2010-06 is not after 2010."""
    return date is not None and date[: len(bound)] <= bound[: len(date)]


def _fit(wanted: str | None, found: str) -> bool:
    return wanted is None or wanted == found
