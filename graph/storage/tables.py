"""What a graph file holds, as rows: of entities, documents, edges, claims and co-mentions.

Rows are in the order of the columns of `database`, without the numbers of the rows themselves.
Entities are known by their places in `Tables.entities`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from ...schema import Claim, CoMention, Decision, Document, Edge, Entity, Evidence, RelationType
from ..questions.select import parts_of
from .rows import document_row, dump

Row = tuple[Any, ...]


class ClaimRow(NamedTuple):
    """A claim, and the numbers of the entities that play a part in it but that of the speaker."""

    row: Row
    parts: set[int]


class EdgeRow(NamedTuple):
    """An edge and its claims."""

    row: Row
    claims: Sequence[ClaimRow]


class ComentionRow(NamedTuple):
    """A co-mention and its examples."""

    row: Row
    examples: Sequence[Row]


class Common(Protocol):
    """What a graph holds beside its links and documents; every sequence is sorted."""

    @property
    def title(self) -> str: ...
    @property
    def entities(self) -> Iterable[Entity]: ...
    @property
    def relations(self) -> Mapping[str, RelationType]: ...
    @property
    def provenance(self) -> Mapping[str, str]: ...
    @property
    def decisions(self) -> Iterable[Decision]: ...
    @property
    def stale(self) -> Iterable[str]: ...


class Tables(Common, Protocol):
    """A graph whose links and documents are rows, sorted; they may be longer than memory."""

    @property
    def document_rows(self) -> Iterator[Row]: ...
    @property
    def edge_rows(self) -> Iterator[EdgeRow]: ...
    @property
    def comention_rows(self) -> Iterator[ComentionRow]: ...


class Parts(Common, Protocol):
    """A graph whose links and documents are nouns, sorted; they may be longer than memory."""

    @property
    def edges(self) -> Iterable[Edge]: ...
    @property
    def comentions(self) -> Iterable[CoMention]: ...
    @property
    def documents(self) -> Iterable[Document]: ...


class TablesOf:
    """The parts of a graph as rows."""

    def __init__(self, graph: Parts) -> None:
        self._graph = graph
        self.title = graph.title
        self.entities = tuple(graph.entities)
        self.relations = graph.relations
        self.provenance = graph.provenance
        self.decisions = graph.decisions
        self.stale = graph.stale
        self._numbers = {entity.id: number for number, entity in enumerate(self.entities)}

    @property
    def document_rows(self) -> Iterator[Row]:
        """All documents."""
        return map(document_row, self._graph.documents)

    @property
    def edge_rows(self) -> Iterator[EdgeRow]:
        """All edges."""
        for edge in self._graph.edges:
            row = (
                *(self._numbers[edge.subject_id], edge.relation, self._numbers[edge.object_id]),
                *(edge.status, edge.belief, edge.n_evidence, edge.n_documents, edge.n_sources),
                *(edge.first_date, edge.last_date),
            )
            yield EdgeRow(row, [ClaimRow(_claim_row(c), self._parts(c)) for c in edge.claims])

    @property
    def comention_rows(self) -> Iterator[ComentionRow]:
        """All co-mentions."""
        for pair in self._graph.comentions:
            counts = pair.sentences, pair.paragraphs, pair.documents, pair.npmi, pair.log_likelihood
            row = self._numbers[pair.a], self._numbers[pair.b], *counts
            yield ComentionRow(row, [_evidence_row(example) for example in pair.examples])

    def _parts(self, claim: Claim) -> set[int]:
        return {self._numbers[part] for part in parts_of(claim) if part in self._numbers}


def _claim_row(claim: Claim) -> Row:
    return (
        *(claim.id, claim.polarity, claim.modality, claim.speaker_id, claim.speaker),
        *(claim.wording, claim.rule, claim.confidence, claim.event_date),
        *_evidence_row(claim.evidence),
        *(*claim.subject_mention, *claim.object_mention, dump(dict(claim.qualifiers))),
    )


def _evidence_row(evidence: Evidence) -> Row:
    place = evidence.document_id, evidence.start, evidence.end
    return (*place, evidence.exact, evidence.prefix, evidence.suffix, evidence.date)
