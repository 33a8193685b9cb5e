"""Claims as an answer: a list to narrow down, to count, and to check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ...errors import QueryError
from ...schema import Claim, Entity, Modality, Polarity
from ..questions.periods import check_date, period_of
from ..questions.select import not_after, not_before, parts_of
from ..resolution.spelling import fold
from .citations import EvidenceList, cite
from .records import CLAIM_COLUMNS, Record, claim_record
from .tables import Linked, Results, date_of, stance


@dataclass(frozen=True)
class Count:
    """How many claims share a value."""

    value: str
    n: int


class CountList(Results[Count]):
    """Values with the number of claims that have them, most frequent first."""

    columns = ("value", "n")

    def cells(self, item: Count) -> Iterable[tuple[str, ...]]:
        return [(item.value, str(item.n))]

    def record(self, item: Count) -> Record:
        return {"value": item.value, "n": item.n}


class ClaimList(Linked[Claim]):
    """What sources state; narrow it down by chaining.

    ``kg.claims(subject="Russia").since("2010").asserted().by("relation")`` counts the relations
    that sources assert of Russia since 2010.
    """

    columns = ("date", "subject", "relation", "object", "stance", "who says so", "source")

    def cells(self, item: Claim) -> Iterable[tuple[str, ...]]:
        names = self._labels
        return [
            (
                date_of(item) or "",
                names.entity(item.subject_id),
                names.relation(item.relation),
                names.entity(item.object_id),
                stance(item),
                names.speaker(item),
                names.source(item.evidence),
            )
        ]

    def record(self, item: Claim) -> Record:
        return claim_record(item, self._labels)

    def arcs(self, item: Claim) -> Iterable[tuple[str, str, str, Record]]:
        return [(item.subject_id, item.object_id, item.relation, self.record(item))]

    def about(self, name: str | Entity) -> ClaimList:
        """Keep claims an entity plays any part in but that of the speaker.

        Raises:
            UnknownEntity: If nothing goes by that name.
            AmbiguousEntity: If several do.
        """
        wanted = self._labels.find(name).id
        return self._with(claim for claim in self if wanted in parts_of(claim))

    def said_by(self, speaker: str | Entity) -> ClaimList:
        """Keep what somebody says: an entity by any of its names, or the words of a source.

        Raises:
            UnknownEntity: If neither an entity nor a speaker of these claims goes by that name.
        """
        worded = [
            claim
            for claim in self
            if isinstance(speaker, str) and claim.speaker and fold(claim.speaker) == fold(speaker)
        ]
        try:
            wanted = self._labels.find(speaker).id
        except QueryError:
            if not worded:
                raise
            return self._with(worded)
        return self._with(c for c in self if c.speaker_id == wanted or c in worded)

    def since(self, date: str) -> ClaimList:
        """Keep claims dated at or after a date; what has no date is left out.

        Raises:
            QueryError: If it is no date: ``2021``, ``2021-02``, ``2021-02-03``.
        """
        check_date(date)
        return self._with(claim for claim in self if not_before(date_of(claim), date))

    def until(self, date: str) -> ClaimList:
        """Keep claims dated at or before a date; what has no date is left out.

        Raises:
            QueryError: If it is no date: ``2021``, ``2021-02``, ``2021-02-03``.
        """
        check_date(date)
        return self._with(claim for claim in self if not_after(date_of(claim), date))

    def affirmed(self) -> ClaimList:
        """Keep what is not denied, however firmly it is said."""
        return self._with(claim for claim in self if claim.polarity is Polarity.AFFIRMED)

    def asserted(self) -> ClaimList:
        """Keep what the author states as fact and does not deny."""
        return self._with(c for c in self.affirmed() if c.modality is Modality.ASSERTED)

    def negated(self) -> ClaimList:
        """Keep what is denied, however firmly."""
        return self._with(claim for claim in self if claim.polarity is Polarity.NEGATED)

    def reported(self) -> ClaimList:
        """Keep what is attributed to somebody."""
        return self._with(claim for claim in self if claim.modality is Modality.REPORTED)

    def hypothetical(self) -> ClaimList:
        """Keep what is planned, wished, feared or supposed."""
        return self._with(claim for claim in self if claim.modality is Modality.HYPOTHETICAL)

    def by(self, field: str) -> CountList:
        """Count claims by a column of `to_pandas`, or by year or month, most frequent first.

        Args:
            field: ``relation``, ``speaker``, ``source`` ..., or ``year`` or ``month``, where the
                value is empty for claims that are not dated so precisely.

        Raises:
            QueryError: If there is no such column.
        """
        if field in ("year", "month"):
            counts = Counter(period_of(date_of(claim), field) or "" for claim in self)
        elif field in CLAIM_COLUMNS:
            counts = Counter(str(self.record(claim)[field] or "") for claim in self)
        else:
            known = ", ".join((*CLAIM_COLUMNS, "year", "month"))
            raise QueryError(f"Claims have no {field!r}. Count by {known}.")
        rows = [Count(v, n) for v, n in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))]
        return CountList(rows, self._labels, f"Claims by {field}")

    @property
    def evidence(self) -> EvidenceList:
        """The sentences behind the claims."""
        return EvidenceList((cite(c, self._labels) for c in self), self._labels, "Evidence")
