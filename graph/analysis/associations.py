"""Which names are used together more often than chance would have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from ...errors import QueryError
from ...schema import CO_MENTIONED_WITH, CoMention
from ..answers.citations import EvidenceList, cite_together
from ..answers.records import Record, comention_record
from ..answers.tables import Linked

By = Literal["npmi", "log_likelihood", "sentences"]
"""What associations are ranked by."""

_MEASURES = ("npmi", "log_likelihood", "sentences")


class AssociationList(Linked[CoMention]):
    """Pairs of names, most strongly associated first."""

    columns = ("a", "b", "sentences", "documents", "npmi", "log-likelihood")

    def cells(self, item: CoMention) -> Iterable[tuple[str, ...]]:
        names = self._labels.entity(item.a), self._labels.entity(item.b)
        measures = f"{item.npmi:.2f}", f"{item.log_likelihood:.1f}"
        return [(*names, str(item.sentences), str(item.documents), *measures)]

    def record(self, item: CoMention) -> Record:
        return comention_record(item, self._labels)

    def arcs(self, item: CoMention) -> Iterable[tuple[str, str, str, Mapping[str, object]]]:
        return [(item.a, item.b, CO_MENTIONED_WITH, self.record(item))]

    @property
    def evidence(self) -> EvidenceList:
        """Sentences that name both."""
        cited = (cite_together(pair, e, self._labels) for pair in self for e in pair.examples)
        return EvidenceList(cited, self._labels, f"Evidence: {self.title}")


def rank_associations(
    pairs: Iterable[CoMention], by: By, min_sentences: int, limit: int | None
) -> list[CoMention]:
    """Return the pairs that share enough sentences, most strongly associated first.

    NPMI (Bouma, 2009) says how much more often than by chance, from -1 to 1, and favours the rare;
    the log-likelihood ratio (Dunning, 1993) says how surely, and favours the frequent.

    Raises:
        QueryError: If there is no such measure.
    """
    if by not in _MEASURES:
        raise QueryError(f"Cannot rank associations by {by!r}. Use {', '.join(_MEASURES)}.")
    enough = (pair for pair in pairs if pair.sentences >= min_sentences)
    return sorted(enough, key=lambda pair: (-getattr(pair, by), pair.a, pair.b))[:limit]
