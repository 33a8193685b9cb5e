"""When sources speak of an entity much more than usual.

The method is Kleinberg's (2002), for documents that arrive in batches: in every period an automaton
of two states, usual and bursting, explains how many of all claims are about the entity. A burst
state expects `RATIO` times the usual share; entering it has a price, so that noise makes no burst.
The cheapest sequence of states is found by the Viterbi algorithm.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ...schema import Claim, Entity
from ..answers.citations import EvidenceList, cite
from ..answers.records import Record
from ..answers.tables import Results, date_of
from ..questions.periods import period_of, run_of

RATIO = 2.0
"""How many times its usual share an entity has in a burst; Kleinberg's s."""
PRICE = 1.0
"""How hard it is to enter a burst; Kleinberg's gamma."""


@dataclass(frozen=True)
class Burst:
    """A stretch of time in which sources speak of an entity much more than usual."""

    entity: Entity
    start: str
    """First year or month of it."""
    end: str
    weight: float
    """How much better a burst explains the claims than the usual share, in nats."""
    claims: tuple[Claim, ...]
    """What is said of the entity in it, by date."""


class BurstList(Results[Burst]):
    """Bursts, the weightiest first."""

    columns = ("entity", "from", "to", "claims", "weight", "mostly")

    def cells(self, item: Burst) -> Iterable[tuple[str, ...]]:
        said = Counter(
            self._labels.link(c.subject_id, c.relation, c.object_id) for c in item.claims
        )
        mostly = min(said, key=lambda statement: (-said[statement], statement))
        counts = str(len(item.claims)), f"{item.weight:.1f}"
        return [(item.entity.name, item.start, item.end, *counts, mostly)]

    def record(self, item: Burst) -> Record:
        return {
            "entity_id": item.entity.id,
            "entity": item.entity.name,
            "start": item.start,
            "end": item.end,
            "n_claims": len(item.claims),
            "weight": item.weight,
        }

    @property
    def evidence(self) -> EvidenceList:
        """The sentences of the bursts."""
        claims = (claim for burst in self for claim in burst.claims)
        return EvidenceList((cite(c, self._labels) for c in claims), self._labels, "Evidence")


def find_bursts(
    entity: Entity, claims: Sequence[Claim], totals: Mapping[str, int], by: str
) -> Iterator[Burst]:
    """Yield the bursts of one entity in the order of time.

    Args:
        entity: Whom the claims are about.
        claims: Claims about it, by date.
        totals: Claims of the whole graph, by period.
        by: ``year`` or ``month``.
    """
    dated: dict[str, list[Claim]] = {}
    for claim in claims:
        if (period := period_of(date_of(claim), by)) is not None:
            dated.setdefault(period, []).append(claim)
    run = run_of(totals)
    counts = [(len(dated.get(period, ())), totals.get(period, 0)) for period in run]
    place = 0
    for is_burst, group in groupby(burst_states(counts)):
        length = len(list(group))
        if is_burst:
            periods = run[place : place + length]
            inside = tuple(claim for period in periods for claim in dated.get(period, ()))
            weight = round(sum(_gain(counts, n) for n in range(place, place + length)), 4)
            yield Burst(entity, periods[0], periods[-1], weight, inside)
        place += length


def burst_states(counts: Sequence[tuple[int, int]]) -> list[bool]:
    """Say of every period whether it is in a burst.

    Args:
        counts: For every period in order: claims about the entity, and all claims.

    >>> burst_states([(1, 20), (0, 20), (9, 20), (8, 20), (1, 20)])
    [False, False, True, True, False]
    """
    usual, _ = _shares(counts)
    if not 0 < usual < 1:
        return [False] * len(counts)
    entering = PRICE * math.log(len(counts)) if len(counts) > 1 else math.inf
    calm, burst = 0.0, math.inf
    back: list[tuple[bool, bool]] = []
    for number in range(len(counts)):
        gain = _gain(counts, number)
        # Leaving a burst is free; where both ways cost the same, the calm one is taken, so that
        # a burst begins and ends with periods that speak for it.
        to_calm, to_burst = burst < calm, burst < calm + entering
        calm, burst = min(calm, burst), min(calm + entering, burst) - gain
        back.append((to_calm, to_burst))
    state, states = burst < calm, []
    for to_calm, to_burst in reversed(back):
        states.append(state)
        state = to_burst if state else to_calm
    return states[::-1]


def _gain(counts: Sequence[tuple[int, int]], number: int) -> float:
    """How much better the burst state explains a period than the usual one, in nats."""
    usual, bursting = _shares(counts)
    about, total = counts[number]
    return about * math.log(bursting / usual) + (total - about) * math.log(
        (1 - bursting) / (1 - usual)
    )


def _shares(counts: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """The share of claims about the entity, usually and in a burst."""
    total = sum(n for _, n in counts)
    usual = sum(n for n, _ in counts) / total if total else 0.0
    # Where the usual share is above one half, twice as much is more than all.
    return usual, min(RATIO * usual, (1 + usual) / 2)
