"""Extractions in, the parts of one knowledge graph out: resolved, weighed, counted and sorted.

Two builds of the same documents give equal parts, whatever the order of the documents.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

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
from .comention import CoMentions, Ints, count_comentions
from .curation import Action, Curation
from .evidence.copies import COPY_OF, mark_copies
from .evidence.quoting import Quoter
from .evidence.weighing import weigh
from .resolve import Resolution, resolve
from .store import Store

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
    """Make the parts of a graph from what was found in each document.

    Args:
        extractions: Every document once: a list, or a `Store`, which is read twice and never
            held in memory.
        relations: What relation names mean; symmetric ones lose their direction.
        curation: Decisions of the user.
        provenance: Versions of code, model and lexicon.
        title: Name of the graph.
        counted_kinds: Kinds of mention that count for co-mention.

    Raises:
        CurationError: Two decisions contradict each other.
    """
    if isinstance(extractions, Iterator):
        extractions = tuple(extractions)
    curation = curation or Curation()
    with _collector_paused():
        names = statements = extractions
        if isinstance(extractions, Store):
            names, statements = extractions.names(), extractions.statements()
        resolution = resolve(names, curation)
        reading = _Reading(resolution, relations, curation, counted_kinds)
        for extraction in statements:
            reading.add(extraction)
        return reading.parts(title, provenance or {})


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep Python from searching millions of objects that all stay for ones that could go."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Reading:
    """What the documents say, in terms of canonical entities."""

    def __init__(
        self,
        resolution: Resolution,
        relations: Mapping[str, RelationType],
        curation: Curation,
        counted_kinds: Collection[MentionKind],
    ) -> None:
        self._resolution = resolution
        self._relations = relations
        self._curation = curation
        self._counted_kinds = counted_kinds
        self._rejected = {judgement.targets[0] for judgement in curation.of(Action.REJECT)}
        self._confirmed = {judgement.targets[0] for judgement in curation.of(Action.CONFIRM)}
        self._numbers = {entity.id: n for n, entity in enumerate(resolution.entities)}
        self._documents: dict[str, Document] = {}
        self._mentions: dict[str, Ints] = {}
        self._claims: dict[tuple[str, str, str], list[Claim]] = {}
        self._claim_ids: set[str] = set()
        self._sentences: dict[str, int] = {}

    def add(self, extraction: Extraction) -> None:
        """Take in one document."""
        document = extraction.document
        self._documents[document.id] = document
        self._sentences[document.id] = extraction.sentences
        self._mentions[document.id] = np.array(
            [
                (m.paragraph, m.sentence, self._numbers[entity_id], m.start, m.end)
                for m in extraction.mentions
                if m.kind in self._counted_kinds
                and (entity_id := self._resolution.entity_id(document.id, m.entity_id, m.text))
            ],
            dtype=np.int64,
        ).reshape(-1, 5)
        for claim in extraction.claims:
            self._claim_ids.add(claim.id)
            if claim.id not in self._rejected:
                self._add_claim(claim, document)

    def parts(self, title: str, provenance: Mapping[str, str]) -> GraphParts:
        """Sort, weigh and count what was taken in; copies of a document are heard once."""
        self._documents = mark_copies(self._documents)
        edges = tuple(self._edge(key) for key in sorted(self._claims))
        comentions = self._comentions()
        notes = dict(provenance)
        if comentions.documents_cut:
            notes["comention_documents_cut"] = str(comentions.documents_cut)
        copies = sum(COPY_OF in document.metadata for document in self._documents.values())
        if copies:
            notes["copies"] = str(copies)
        ends = {end for edge in edges for end in (edge.subject_id, edge.object_id)}
        entities = tuple(e for e in self._resolution.entities if e.mentions or e.id in ends)
        return GraphParts(
            title=title,
            entities=entities,
            edges=edges,
            comentions=tuple(comentions.pairs),
            documents=tuple(
                sorted(self._documents.values(), key=lambda d: (d.date or "", d.title or "", d.id))
            ),
            relations=dict(sorted(self._relations.items())),
            provenance=dict(sorted(notes.items())),
            decisions=self._resolution.decisions,
            stale=self._resolution.stale + self._curation.stale_claims(self._claim_ids),
        )

    def _add_claim(self, claim: Claim, document: Document) -> None:
        """Re-point a claim to canonical entities, unless an end was dropped or both are one now."""
        find, text = self._resolution.entity_id, document.text
        subject = find(document.id, claim.subject_id, text[slice(*claim.subject_mention)])
        object_ = find(document.id, claim.object_id, text[slice(*claim.object_mention)])
        if subject is None or object_ is None or subject == object_:
            return
        changes: dict[str, object] = {"subject_id": subject, "object_id": object_}
        relation = self._relations.get(claim.relation)
        if relation is not None and relation.symmetric and object_ < subject:
            changes = {
                "subject_id": object_,
                "object_id": subject,
                "subject_mention": claim.object_mention,
                "object_mention": claim.subject_mention,
            }
        if claim.speaker_id is not None:
            changes["speaker_id"] = find(document.id, claim.speaker_id)
        if claim.qualifiers:
            changes["qualifiers"] = self._qualifiers(claim, document.id)
        if claim.id in self._confirmed:
            changes["confidence"] = 1.0
        claim = claim.model_copy(update=changes)
        key = claim.subject_id, claim.relation, claim.object_id
        self._claims.setdefault(key, []).append(claim)

    def _qualifiers(self, claim: Claim, document_id: str) -> dict[str, str]:
        """Further roles; ids become canonical, words stay."""
        find = self._resolution.entity_id
        return {role: find(document_id, value) or value for role, value in claim.qualifiers.items()}

    def _edge(self, key: tuple[str, str, str]) -> Edge:
        return weigh(sorted(self._claims[key], key=_order), self._documents)

    def _comentions(self) -> CoMentions:
        documents = self._documents.items()
        order = sorted(name for name, document in documents if COPY_OF not in document.metadata)
        lengths = [len(self._mentions[name]) for name in order]
        mentions = np.concatenate(
            [self._mentions[name] for name in order] or [np.empty((0, 5), np.int64)]
        )
        numbers = np.repeat(np.arange(len(order)), lengths)
        rows = np.column_stack((numbers, mentions[:, :3])).astype(np.int64)
        starts, ends = mentions[:, 3], mentions[:, 4]

        @lru_cache(maxsize=1)
        def quoter(number: int) -> Quoter:
            return Quoter(self._documents[order[number]])

        def quote(a: int, b: int) -> Evidence:
            start, end = min(starts[a], starts[b]), max(ends[a], ends[b])
            return quoter(int(numbers[a])).quote(int(start), int(end), int(mentions[a, 0]))

        def quote_each(pair: CoMention) -> CoMention:
            """The first mention of either, where no sentence or paragraph holds both."""
            a, b = (rows[:, 3] == self._numbers[end] for end in (pair.a, pair.b))
            shared = np.intersect1d(numbers[a], numbers[b])[0]
            firsts = [int(np.flatnonzero(end & (numbers == shared))[0]) for end in (a, b)]
            return pair.model_copy(update={"examples": tuple(quote(n, n) for n in firsts)})

        names = [entity.id for entity in self._resolution.entities]
        found = count_comentions(
            rows,
            names,
            sentences=sum(self._sentences[name] for name in order),
            quote=quote,
            document_only_from=1 if len(order) <= SMALL_COLLECTION else 0,
        )
        pairs = [pair if pair.examples else quote_each(pair) for pair in found.pairs]
        return found._replace(pairs=pairs)


def _order(claim: Claim) -> tuple[str, str, int, str]:
    return claim.evidence.date or "", claim.evidence.document_id, claim.evidence.start, claim.id
