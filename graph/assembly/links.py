"""Claims of single documents, made into the edges of one graph."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...schema import RelationType
from ..curation import Action, Curation
from ..evidence.belief import Said, sentence_key
from ..evidence.weighing import weight_of
from ..resolve import Resolution
from ..storage.corpus import Corpus, Stated
from ..storage.rows import dump, load
from ..storage.tables import ClaimRow, EdgeRow, Row
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
                document_id, publisher, row = next(found)
                claim = self._claim(document_id, row, turned[place], number)
                claims.append(ClaimRow(claim.row, claim.parts | {subject, object_}))
                said.append(self._said(document_id, publisher, claim.row))
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

    def _claim(
        self, document_id: str, row: Row, turned: bool, number: Mapping[str, int]
    ) -> ClaimRow:
        """A claim between entities of the graph, and those that play a further role in it."""
        (id_, _, _, _, polarity, modality, speaker_id, *stated, event_date,
         start, end, exact, prefix, suffix, date,
         subject_start, subject_end, object_start, object_end, qualifiers) = row  # fmt: skip
        speaker, wording, rule, confidence = stated
        find = self._resolution.entity_id
        ranges = (subject_start, subject_end), (object_start, object_end)
        parts: set[int] = set()
        if speaker_id is not None:
            speaker_id = find(document_id, speaker_id)
        if id_ in self._confirmed:
            confidence = 1.0
        if qualifiers != "{}":  # ids become canonical, words stay
            roles: dict[str, Any] = {
                role: find(document_id, value) or value for role, value in load(qualifiers).items()
            }
            parts = {number[value] for value in roles.values() if value in number}
            qualifiers = dump(roles)
        claim = (
            *(id_, polarity, modality, speaker_id, speaker, wording, rule, confidence, event_date),
            *(document_id, start, end, exact, prefix, suffix, date),
            *(*ranges[turned], *ranges[not turned], qualifiers),
        )
        return ClaimRow(claim, parts)

    def _said(self, document_id: str, publisher: str | None, row: Row) -> Said:
        """A row of a claim, as far as it weighs."""
        (_, polarity, modality, _, _, _, _, confidence, event_date,
         _, _, _, exact, _, _, date, *_) = row  # fmt: skip
        return Said(
            polarity=polarity,
            modality=modality,
            confidence=confidence,
            sentence=sentence_key(exact),
            document=document_id,
            source=publisher or document_id,
            speaker=self._speakers.get(document_id, document_id),
            date=event_date or date,
        )


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
