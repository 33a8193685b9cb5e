"""Cooperation and conflict between actors, over time.

The sign of a relation is its quad class, after the PLOVER ontology of political events: verbal or
material, cooperation or conflict. Structural relations (is part of, operates) have none. What is
denied, planned or feared is left out, and copies of a sentence count once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...schema import Claim, Modality, Polarity, RelationType
from ..answers.citations import EvidenceList, cite
from ..answers.records import Record
from ..answers.tables import Labels, Results, date_of
from ..evidence.belief import sentence_key
from ..questions.periods import period_of, run_of

UNDATED = "undated"
"""The period of claims whose date is not known precisely enough."""


@dataclass(frozen=True)
class Balance:
    """What sources say of the dealings of actors in one period."""

    period: str
    cooperation: tuple[Claim, ...]
    conflict: tuple[Claim, ...]

    @property
    def balance(self) -> float | None:
        """From -1, all conflict, to 1, all cooperation; None where sources speak of neither."""
        good, bad = len(self.cooperation), len(self.conflict)
        return round((good - bad) / (good + bad), 4) if good + bad else None


class BalanceList(Results[Balance]):
    """Cooperation and conflict, period by period."""

    columns = ("period", "cooperation", "conflict", "balance", "of them material")

    def cells(self, item: Balance) -> Iterable[tuple[str, ...]]:
        record = self.record(item)
        balance = "" if item.balance is None else f"{item.balance:+.2f}"
        material = f"{record['material_cooperation']} / {record['material_conflict']}"
        counts = str(len(item.cooperation)), str(len(item.conflict))
        return [(item.period, *counts, balance, material)]

    def record(self, item: Balance) -> Record:
        return {
            "period": item.period,
            "cooperation": len(item.cooperation),
            "conflict": len(item.conflict),
            "balance": item.balance,
            "material_cooperation": self._material(item.cooperation),
            "material_conflict": self._material(item.conflict),
        }

    @property
    def evidence(self) -> EvidenceList:
        """The sentences that count, period by period, cooperation first."""
        claims = (claim for item in self for claim in (*item.cooperation, *item.conflict))
        return EvidenceList((cite(c, self._labels) for c in claims), self._labels, "Evidence")

    def _material(self, claims: Iterable[Claim]) -> int:
        return sum(sign_of(c, self._labels.relations)[0] == "material" for c in claims)


def balance_by_period(claims: Iterable[Claim], labels: Labels, by: str, title: str) -> BalanceList:
    """Return cooperation and conflict of every period, gaps included, the undated last.

    Args:
        claims: Claims that join the actors, by date.
        labels: What relations mean.
        by: ``year`` or ``month``.
        title: Heading of the table.
    """
    found: dict[str, dict[str, dict[str, Claim]]] = {}
    for claim in claims:
        _, sign = sign_of(claim, labels.relations)
        if sign and claim.polarity is Polarity.AFFIRMED and _is_firm(claim):
            period = period_of(date_of(claim), by) or UNDATED
            signs = found.setdefault(period, {"cooperation": {}, "conflict": {}})
            key = f"{claim.relation} {sentence_key(claim.evidence.exact)}"
            signs[sign].setdefault(key, claim)
    undated = found.pop(UNDATED, None)
    nothing: dict[str, dict[str, Claim]] = {"cooperation": {}, "conflict": {}}
    rows = [(period, found.get(period, nothing)) for period in run_of(found)]
    rows += [(UNDATED, undated)] if undated else []
    return BalanceList(
        (
            Balance(period, tuple(s["cooperation"].values()), tuple(s["conflict"].values()))
            for period, s in rows
        ),
        labels,
        title,
    )


def sign_of(claim: Claim, relations: Mapping[str, RelationType]) -> tuple[str, str]:
    """Return the two halves of the quad class of a claim: *material*, *conflict*.

    Both are empty where the relation is structural.
    """
    kind = relations.get(claim.relation)
    force, _, sign = (kind.quad if kind else "").partition("-")
    return (force, sign) if sign in ("cooperation", "conflict") else ("", "")


def _is_firm(claim: Claim) -> bool:
    return claim.modality is not Modality.HYPOTHETICAL
