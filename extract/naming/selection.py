"""A choice among overlapping candidates for names: the longer and surer name wins."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ...schema import EntityType, MentionKind
from ..gazetteer import LexiconEntity, Match

_NO_HOLDERS = (EntityType.PLACE, EntityType.SYSTEM, EntityType.EVENT, EntityType.AGREEMENT)
_OF_BODIES = (EntityType.EVENT, EntityType.AGREEMENT)
"""What bodies hold and sign, and what therefore bears their names: *NATO Summit*."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may be a name."""

    start: int
    end: int
    rank: int
    """3 certain, 2 lexicon, 1 tagger."""
    match: Match | None = None
    type: str = ""
    rule: str = "ner"
    family: LexiconEntity | None = None
    """The known system that this is a version of."""
    stands_for: LexiconEntity | None = None
    """The country whose government this names."""

    @property
    def kind(self) -> str:
        """The type of its first reading."""
        return self.match.names[0].entity.type if self.match else self.type


class Spans:
    """Stretches of a text that do not overlap, quick to ask."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._spans: list[tuple[int, int]] = []
        for span in sorted(spans):
            if self._spans and span[0] < self._spans[-1][1]:
                self._spans[-1] = self._spans[-1][0], max(span[1], self._spans[-1][1])
            else:
                self._spans.append(span)

    def touch(self, start: int, end: int) -> bool:
        """Whether any of them shares a character with the range.

        >>> Spans([(2, 4), (6, 9)]).touch(4, 6), Spans([(2, 9)]).touch(3, 4)
        (False, True)
        """
        at = bisect_left(self._spans, (end, end))
        return at > 0 and self._spans[at - 1][1] > start

    def add(self, start: int, end: int) -> None:
        """Take in a range that touches none."""
        insort(self._spans, (start, end))


def select(candidates: Iterable[Candidate]) -> list[Candidate]:
    """A set without overlaps: the longer name wins unless the tagger swallowed known names."""
    pool = sorted(candidates, key=lambda c: (c.start, -c.end, -c.rank))
    certain = _Overlaps([c for c in pool if c.rank > 1])
    pool = [c for c in pool if c.rank > 1 or not _swallows(c, list(certain.of(c)))]
    pool.sort(key=lambda c: (-(c.end - c.start), -c.rank, c.start))
    taken = Spans()
    chosen: list[Candidate] = []
    for candidate in pool:
        if not taken.touch(candidate.start, candidate.end):
            taken.add(candidate.start, candidate.end)
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


class _Overlaps:
    """Candidates by place; they may overlap one another."""

    def __init__(self, pool: Sequence[Candidate]) -> None:
        self._pool = pool
        self._starts = [c.start for c in pool]
        self._reach = list(accumulate((c.end for c in pool), max))

    def of(self, candidate: Candidate) -> Iterator[Candidate]:
        """Those that share a character with the candidate."""
        at = bisect_left(self._starts, candidate.end)
        while at and self._reach[at - 1] > candidate.start:
            at -= 1
            if self._pool[at].end > candidate.start:
                yield self._pool[at]


def _swallows(tagged: Candidate, touching: Sequence[Candidate]) -> bool:
    """Whether a tagged span holds known names that should stand by themselves."""
    inside = [c for c in touching if tagged.start <= c.start and c.end <= tagged.end]
    if len(inside) < len(touching):
        return True
    if any((c.start, c.end) == (tagged.start, tagged.end) for c in inside):
        return True
    if tagged.type in _NO_HOLDERS:
        countries = [c for c in inside if c.kind == EntityType.COUNTRY]
        swallowed = {EntityType.SYSTEM, EntityType.ORGANIZATION}
        if tagged.type in _OF_BODIES:
            swallowed.remove(EntityType.ORGANIZATION)
        return (tagged.type == EntityType.PLACE and len(countries) > 1) or any(
            c.kind in swallowed for c in inside
        )
    if tagged.type == EntityType.PERSON:
        return any(
            c.kind in (EntityType.SYSTEM, EntityType.ORGANIZATION)
            or (c.start == tagged.start and _is_demonym(c))
            for c in inside
        )
    return any(c.kind == EntityType.SYSTEM for c in inside) or sum(c.rank for c in inside) > 3


def _is_demonym(candidate: Candidate) -> bool:
    return (
        candidate.match is not None
        and candidate.kind == EntityType.COUNTRY
        and candidate.match.names[0].kind == MentionKind.DEMONYM
    )
