"""Claims of single documents, made into the edges of one graph."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...schema import RelationType
from ..curation import Action, Curation
from ..evidence.belief import Said, sentence_key
from ..evidence.weighing import weight_of
from ..resolve import Resolution
from ..storage.corpus import Corpus, Stated, StoredClaim
from ..storage.rows import dump, load
from ..storage.tables import ClaimRow, EdgeRow
from ..storage.tally import Ints
from ..windows import Numbers


class Links:
    """Which entities every claim links, once names are resolved.

    Args:
        corpus: What was found in each document.
        resolution: What every name stands for.
        relations: What relation names mean; symmetric ones lose their direction.
        curation: Decisions of the user.
        speakers: The document that speaks for another one, by the ids of those with copies.
    """

    def __init__(
        self,
        corpus: Corpus,
        resolution: Resolution,
        relations: Mapping[str, RelationType],
        curation: Curation,
        speakers: Mapping[str, str],
    ) -> None:
        self._corpus = corpus
        self._resolution = resolution
        self._speakers = speakers
        self._symmetric = {name for name, relation in relations.items() if relation.symmetric}
        self._confirmed = {judgement.targets[0] for judgement in curation.of(Action.CONFIRM)}
        rejected = {judgement.targets[0] for judgement in curation.of(Action.REJECT)}
        self._relations, self._order = self._ordered(rejected)

    def ends(self) -> NDArray[np.bool_]:
        """Whether each entity of the resolution is an end of a link."""
        is_end = np.zeros(len(self._resolution.entities), bool)
        is_end[self._order.subject] = is_end[self._order.object] = True
        return is_end

    def rows(self, number: Mapping[str, int]) -> Iterator[EdgeRow]:
        """All edges, by subject, relation and object.

        Args:
            number: The numbers of entities in the graph, by id; they rise with the ids.
        """
        order, ids = self._order, [entity.id for entity in self._resolution.entities]
        found = self._corpus.claims_at(map(int, order.place))
        turned = order.turned.tolist()
        for first, last in pairwise(order.bounds.tolist()):
            subject, object_ = (number[ids[end[first]]] for end in (order.subject, order.object))
            said, claims = [], []
            for place in range(first, last):
                claim = self._ruled(next(found))
                row, parts = self._claim(claim, turned[place], number)
                claims.append(ClaimRow(row, parts | {subject, object_}))
                said.append(self._said(claim))
            relation = self._relations[order.relation[first]]
            yield EdgeRow((subject, relation, object_, *weight_of(said)), claims)

    def _ordered(self, rejected: set[str]) -> tuple[list[str], _Order]:
        """The names of relations, and all links between entities, in the order of edges."""
        kinds: dict[str, int] = {}
        numbers = {entity.id: n for n, entity in enumerate(self._resolution.entities)}
        rows, places = array("i"), array("q")
        for claim in self._corpus.claims():
            ends = None if claim.id in rejected else self._ends(claim)
            if ends is not None:
                subject, object_, turned = ends
                kind = kinds.setdefault(claim.relation, len(kinds))
                rows.extend((numbers[subject], kind, numbers[object_], turned))
                places.append(claim.place)
        names = sorted(kinds)
        table = np.frombuffer(rows, np.intc).reshape(-1, 4).copy()
        table[:, 1] = np.argsort([kinds[name] for name in names])[table[:, 1]]
        return names, _Order.of(table, np.frombuffer(places, np.int64))

    def _ends(self, claim: Stated) -> tuple[str, str, bool] | None:
        """The entities a claim links, and whether they trade places; None if it links none.

        An end may have been dropped by the user, or both may be one entity now.
        """
        find = self._resolution.entity_id
        subject = find(claim.document_id, claim.subject_id, claim.subject)
        object_ = find(claim.document_id, claim.object_id, claim.object)
        if subject is None or object_ is None or subject == object_:
            return None
        if claim.relation in self._symmetric and object_ < subject:
            return object_, subject, True
        return subject, object_, False

    def _ruled(self, claim: StoredClaim) -> StoredClaim:
        """A claim as the user has ruled on it."""
        return claim._replace(confidence=1.0) if claim.id in self._confirmed else claim

    def _claim(self, claim: StoredClaim, turned: bool, number: Mapping[str, int]) -> ClaimRow:
        """A claim between entities of the graph, and those that play a further role in it."""
        find = partial(self._resolution.entity_id, claim.document_id)
        speaker_id = claim.speaker_id and find(claim.speaker_id)
        qualifiers, parts = claim.qualifiers, set[int]()
        if qualifiers != "{}":  # ids become canonical, words stay
            roles = {role: find(value) or value for role, value in load(qualifiers).items()}
            qualifiers, parts = dump(roles), {number[v] for v in roles.values() if v in number}
        ends = (
            _stretch(claim.subject_start, claim.subject_end),
            _stretch(claim.object_start, claim.object_end),
        )
        row = (
            *(claim.id, claim.polarity, claim.modality, speaker_id, claim.speaker),
            *(claim.wording, claim.rule, claim.confidence, claim.event_date),
            *(claim.document_id, *_stretch(claim.start, claim.end)),
            *(claim.exact, claim.prefix, claim.suffix, claim.date),
            *(*ends[turned], *ends[not turned], qualifiers),
        )
        return ClaimRow(row, parts)

    def _said(self, claim: StoredClaim) -> Said:
        """A claim as far as it weighs."""
        return Said(
            polarity=claim.polarity,
            modality=claim.modality,
            confidence=claim.confidence,
            sentence=sentence_key(claim.exact),
            document=claim.document_id,
            source=claim.publisher or claim.document_id,
            speaker=self._speakers.get(claim.document_id, claim.document_id),
            date=claim.event_date or claim.date,
        )


def _stretch(start: int, end: int) -> tuple[int, int]:
    """Two offsets as they are, if they can be those of a stretch of text."""
    if not 0 <= start <= end:
        raise ValueError(f"a stretch of text from {start} to {end}")
    return start, end


class _Order(NamedTuple):
    """Claims in the order of their edges, and within one by date, document and place."""

    bounds: Ints
    """Where each edge begins, and where the last one ends."""
    subject: Numbers
    relation: Numbers
    object: Numbers
    turned: NDArray[np.bool_]
    """Whether the source has them the other way round, of a relation without direction."""
    place: Ints
    """Where the claim is in the store."""

    @classmethod
    def of(cls, rows: Numbers, places: Ints) -> _Order:
        """The order of rows of subject, relation, object and whether they are turned."""
        order = np.lexsort(rows[:, 2::-1].T)
        rows = rows[order]
        is_bound = np.ones(len(rows) + 1, bool)
        is_bound[1:-1] = np.any(rows[1:, :3] != rows[:-1, :3], axis=1)
        subject, relation, object_, turned = rows.T
        bounds = np.flatnonzero(is_bound)
        return cls(bounds, subject, relation, object_, turned.astype(bool), places[order])
