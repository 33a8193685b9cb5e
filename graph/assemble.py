"""A store in, the parts of one knowledge graph out: resolved, weighed, counted and sorted.

Two builds of the same documents give equal parts, whatever the order of the documents. An
`Assembly` holds the names, and of the rest only numbers: links, texts and evidence are read from
the store as its parts are gone through, so that a graph may be larger than memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..collector import collector_paused
from ..schema import (
    Claim,
    CoMention,
    Decision,
    Document,
    Edge,
    Entity,
    Evidence,
    Extraction,
    MentionKind,
    RelationType,
)
from .comention import CoMentions, count_comentions
from .curation import Action, Curation
from .evidence.copies import COPY_OF, copy_notes, find_copies, noted
from .evidence.quoting import Quoter
from .evidence.weighing import weigh
from .resolve import resolve
from .storage.corpus import Stated
from .storage.tally import Ints
from .store import Store
from .windows import DOCUMENT, ENTITY, PARAGRAPH, Numbers

SMALL_COLLECTION = 10
"""Up to so many documents, two names that share only a document are linked as well: there is little
else to link them, and the pairs are few."""
COUNTED_KINDS = frozenset((MentionKind.NAME, MentionKind.DEMONYM))
"""Mentions that count for co-mention; a pronoun only repeats a name."""


@dataclass(frozen=True, slots=True)
class GraphParts:
    """All that a knowledge graph holds; every sequence is sorted."""

    title: str
    entities: tuple[Entity, ...] = field(repr=False)
    edges: tuple[Edge, ...] = field(repr=False)
    comentions: tuple[CoMention, ...] = field(repr=False)
    documents: tuple[Document, ...] = field(repr=False)
    """By date, title and id; undated ones come first."""
    relations: Mapping[str, RelationType] = field(repr=False)
    provenance: Mapping[str, str]
    decisions: tuple[Decision, ...] = field(repr=False)
    stale: tuple[str, ...]
    """Decisions of the user that fit nothing in these documents."""


def assemble(
    extractions: Iterable[Extraction],
    *,
    relations: Mapping[str, RelationType],
    curation: Curation | None = None,
    provenance: Mapping[str, str] | None = None,
    title: str = "Knowledge graph",
    counted_kinds: Collection[MentionKind] = COUNTED_KINDS,
) -> GraphParts:
    """Make the parts of a graph from what was found in each document, and hold them all.

    Args:
        extractions: Every document once: a list, or a `Store`.
        relations: What relation names mean; symmetric ones lose their direction.
        curation: Decisions of the user.
        provenance: Versions of code, model and lexicon.
        title: Name of the graph.
        counted_kinds: Kinds of mention that count for co-mention.

    Raises:
        CurationError: Two decisions contradict each other.
    """
    with ExitStack() as stack:
        if isinstance(extractions, Store):
            store = extractions
        else:
            store = stack.enter_context(Store(":memory:"))
            for extraction in extractions:
                store.add(extraction, "given")
        stack.enter_context(collector_paused())
        parts = Assembly(
            store,
            relations=relations,
            curation=curation,
            provenance=provenance,
            title=title,
            counted_kinds=counted_kinds,
        )
        return GraphParts(
            title=parts.title,
            entities=parts.entities,
            edges=tuple(parts.edges),
            comentions=tuple(parts.comentions),
            documents=tuple(parts.documents),
            relations=parts.relations,
            provenance=parts.provenance,
            decisions=parts.decisions,
            stale=parts.stale,
        )


class Assembly:
    """The parts of the graph of a store; edges, documents and co-mentions are made as asked for.

    Args:
        store: What was found in each document; it stays open as long as parts are read.
        relations: What relation names mean; symmetric ones lose their direction.
        curation: Decisions of the user.
        provenance: Versions of code, model and lexicon.
        title: Name of the graph.
        counted_kinds: Kinds of mention that count for co-mention.

    Raises:
        CurationError: Two decisions contradict each other.
    """

    def __init__(
        self,
        store: Store,
        *,
        relations: Mapping[str, RelationType],
        curation: Curation | None = None,
        provenance: Mapping[str, str] | None = None,
        title: str = "Knowledge graph",
        counted_kinds: Collection[MentionKind] = COUNTED_KINDS,
    ) -> None:
        self.title = title
        self.relations = dict(sorted(relations.items()))
        self._corpus = store.corpus()
        self._curation = curation or Curation()
        with collector_paused():
            self._resolution = resolve(self._corpus.names(), self._curation)
        self._ids = [entity.id for entity in self._resolution.entities]
        self._numbers = {entity_id: number for number, entity_id in enumerate(self._ids)}
        self._confirmed = {j.targets[0] for j in self._curation.of(Action.CONFIRM)}
        self._notes = copy_notes(find_copies(self._corpus))
        self._links = self._link()
        self._comentions = self._count(
            counted_kinds, None if store.in_memory else store.path.parent
        )
        self.entities = self._named()
        self.decisions = tuple(
            sorted(self._resolution.decisions, key=lambda d: (d.entity_id, d.name, d.rule))
        )
        judged = (j.targets[0] for j in self._curation.of(Action.REJECT, Action.CONFIRM))
        found = set(filter(self._corpus.has_claim, judged))
        self.stale = self._resolution.stale + self._curation.stale_claims(found)
        self.provenance = dict(sorted({**(provenance or {}), **self._counts()}.items()))

    @property
    def edges(self) -> Iterator[Edge]:
        """All edges, by key; each holds its claims."""
        stated = self._corpus.claims_at(map(int, self._links.place))
        for first, last in pairwise(self._links.bounds.tolist()):
            claims: list[Claim] = []
            sources: dict[str, Document] = {}
            for number in range(first, last):
                claim, publisher = next(stated)
                claims.append(self._claim(number, claim))
                name = claim.evidence.document_id
                note = self._notes.get(name)
                if publisher or note:
                    sources[name] = Document(
                        id=name, text="", publisher=publisher, metadata=note or {}
                    )
            yield weigh(claims, sources.get)

    @property
    def comentions(self) -> Iterator[CoMention]:
        """All pairs that are named together, by their ids; to be gone through once."""
        return self._comentions.pairs

    @property
    def documents(self) -> Iterator[Document]:
        """All documents, by date, title and id; undated ones come first."""
        return (noted(document, self._notes) for document in self._corpus.by_date())

    def _link(self) -> _Links:
        """Which entities every claim links, once names are resolved, in the order of edges."""
        rejected = {judgement.targets[0] for judgement in self._curation.of(Action.REJECT)}
        kinds: dict[str, int] = {}
        rows, places = array("i"), array("q")
        for claim in self._corpus.claims():
            ends = None if claim.id in rejected else self._ends(claim)
            if ends is not None:
                rows.extend((*ends, kinds.setdefault(claim.relation, len(kinds))))
                places.append(claim.place)
        subject, object_, turned, kind = np.frombuffer(rows, np.intc).reshape(-1, 4).T
        names = sorted(kinds)
        relation = np.argsort([kinds[name] for name in names]).astype(np.intc)[kind]
        order = np.lexsort((object_, relation, subject))
        edge = np.stack((subject, relation, object_), axis=1)[order]
        is_bound = np.ones(len(edge) + 1, bool)
        is_bound[1:-1] = np.any(edge[1:] != edge[:-1], axis=1)
        place = np.frombuffer(places, np.int64)
        bounds = np.flatnonzero(is_bound)
        return _Links(
            bounds, subject[order], object_[order], turned[order].astype(bool), place[order]
        )

    def _ends(self, claim: Stated) -> tuple[int, int, bool] | None:
        """The entities a claim links, and whether they trade places; None if it links none.

        An end may have been dropped by the user, or both may be one entity now.
        """
        find = self._resolution.entity_id
        subject = find(claim.document_id, claim.subject_id, claim.subject)
        object_ = find(claim.document_id, claim.object_id, claim.object)
        if subject is None or object_ is None or subject == object_:
            return None
        relation = self.relations.get(claim.relation)
        if relation is not None and relation.symmetric and object_ < subject:
            return self._numbers[object_], self._numbers[subject], True
        return self._numbers[subject], self._numbers[object_], False

    def _claim(self, number: int, claim: Claim) -> Claim:
        """A claim between canonical entities, as its link says."""
        find = self._resolution.entity_id
        document_id = claim.evidence.document_id
        changes: dict[str, object] = {
            "subject_id": self._ids[self._links.subject[number]],
            "object_id": self._ids[self._links.object[number]],
        }
        if self._links.turned[number]:
            changes["subject_mention"] = claim.object_mention
            changes["object_mention"] = claim.subject_mention
        if claim.speaker_id is not None:
            changes["speaker_id"] = find(document_id, claim.speaker_id)
        if claim.qualifiers:  # ids become canonical, words stay
            changes["qualifiers"] = {
                role: find(document_id, value) or value for role, value in claim.qualifiers.items()
            }
        if claim.id in self._confirmed:
            changes["confidence"] = 1.0
        return claim.model_copy(update=changes)

    def _count(self, kinds: Collection[MentionKind], folder: Path | None) -> CoMentions:
        """Count who is named together; copies of a document are not counted."""
        order = array("q")
        sentences = 0
        for number, name, n in self._corpus.sentences():
            if COPY_OF not in self._notes.get(name, ()):
                order.append(number)
                sentences += n
        table = self._mentions(order, kinds)
        rows, starts, ends = table[:, :4], table[:, 4], table[:, 5]

        @lru_cache(maxsize=1)
        def quoter(number: int) -> Quoter:
            return Quoter(self._corpus.document(order[number]))

        def quote(a: int, b: int) -> Evidence:
            start, end = min(starts[a], starts[b]), max(ends[a], ends[b])
            return quoter(int(rows[a, DOCUMENT])).quote(
                int(start), int(end), int(rows[a, PARAGRAPH])
            )

        def quote_each(pair: CoMention) -> CoMention:
            """The first mention of either, where no sentence or paragraph holds both."""
            a, b = (rows[:, ENTITY] == self._numbers[end] for end in (pair.a, pair.b))
            shared = np.intersect1d(rows[a, DOCUMENT], rows[b, DOCUMENT])[0]
            in_it = rows[:, DOCUMENT] == shared
            firsts = [int(np.flatnonzero(end & in_it)[0]) for end in (a, b)]
            return pair.model_copy(update={"examples": tuple(quote(n, n) for n in firsts)})

        found = count_comentions(
            rows,
            self._ids,
            sentences=sentences,
            quote=quote,
            document_only_from=1 if len(order) <= SMALL_COLLECTION else 0,
            folder=folder,
        )
        pairs = (pair if pair.examples else quote_each(pair) for pair in found.pairs)
        return found._replace(pairs=pairs)

    def _mentions(self, order: array[int], kinds: Collection[MentionKind]) -> NDArray[np.int32]:
        """Place in `order`, paragraph, sentence, entity, start and end of mentions, by document."""
        find = self._resolution.entity_id
        rows = array("i")
        place = 0
        found = self._corpus.mentions(kinds)
        for (document, name), mentions in groupby(found, attrgetter("document", "document_id")):
            if COPY_OF in self._notes.get(name, ()):
                continue
            place = order.index(document, place)  # both go by the ids of documents
            for mention in mentions:
                entity_id = find(name, mention.entity_id, mention.text)
                if entity_id is not None:
                    window = mention.paragraph, mention.sentence
                    entity = self._numbers[entity_id]
                    rows.extend((place, *window, entity, mention.start, mention.end))
        return np.frombuffer(rows, np.intc).reshape(-1, 6)

    def _named(self) -> tuple[Entity, ...]:
        """The entities that are mentioned, or an end of a link."""
        is_end = np.zeros(len(self._ids), bool)
        is_end[self._links.subject] = is_end[self._links.object] = True
        entities = zip(self._resolution.entities, is_end.tolist(), strict=True)
        return tuple(entity for entity, linked in entities if entity.mentions or linked)

    def _counts(self) -> dict[str, str]:
        """What was left out or put together, for the provenance of the graph."""
        counts = {
            "comention_documents_cut": self._comentions.documents_cut,
            "comention_windows_cut": self._comentions.windows_cut,
            "copies": sum(COPY_OF in note for note in self._notes.values()),
        }
        return {name: str(n) for name, n in counts.items() if n}


class _Links(NamedTuple):
    """Claims in the order of their edges, and within one by date, document and place."""

    bounds: Ints
    """Where each edge begins, and where the last one ends."""
    subject: Numbers
    object: Numbers
    turned: NDArray[np.bool_]
    """Whether the source has them the other way round, of a relation without direction."""
    place: Ints
    """Where the claim is in the store."""
