"""What a graph holds, as answers: all its links and documents."""

from __future__ import annotations

from collections.abc import Iterable

from ...schema import CO_MENTIONED_WITH, CoMention, Document, Edge
from .citations import EvidenceList, cite, cite_together
from .records import Record, comention_record, document_record, edge_record
from .tables import Linked, Results


class EdgeList(Linked[Edge]):
    """Stated relations."""

    columns: tuple[str, ...] = (
        *("subject", "relation", "object", "status", "belief", "evidence", "sources"),
        *("first", "last"),
    )

    def cells(self, item: Edge) -> Iterable[tuple[str, ...]]:
        names = self._labels
        ends = names.entity(item.subject_id), item.relation, names.entity(item.object_id)
        weight = item.status.value, f"{item.belief:.2f}", str(item.n_evidence), str(item.n_sources)
        return [(*ends, *weight, item.first_date or "", item.last_date or "")]

    def record(self, item: Edge) -> Record:
        return edge_record(item, self._labels)

    def arcs(self, item: Edge) -> Iterable[tuple[str, str, str, Record]]:
        return [(item.subject_id, item.object_id, item.relation, self.record(item))]

    @property
    def evidence(self) -> EvidenceList:
        """The sentences behind the edges."""
        claims = (claim for edge in self for claim in edge.claims)
        return EvidenceList((cite(c, self._labels) for c in claims), self._labels, "Evidence")


class CoMentionList(Linked[CoMention]):
    """Pairs that are named together."""

    columns: tuple[str, ...] = ("a", "b", "sentences", "paragraphs", "documents", "npmi")

    def cells(self, item: CoMention) -> Iterable[tuple[str, ...]]:
        ends = self._labels.entity(item.a), self._labels.entity(item.b)
        counts = str(item.sentences), str(item.paragraphs), str(item.documents)
        return [(*ends, *counts, f"{item.npmi:.2f}")]

    def record(self, item: CoMention) -> Record:
        return comention_record(item, self._labels)

    def arcs(self, item: CoMention) -> Iterable[tuple[str, str, str, Record]]:
        return [(item.a, item.b, CO_MENTIONED_WITH, self.record(item))]

    @property
    def evidence(self) -> EvidenceList:
        """The sentences that name both ends."""
        found = (cite_together(pair, e, self._labels) for pair in self for e in pair.examples)
        return EvidenceList(found, self._labels, "Evidence")


class DocumentList(Results[Document]):
    """Documents."""

    columns: tuple[str, ...] = ("date", "title", "publisher", "author", "id")

    def cells(self, item: Document) -> Iterable[tuple[str, ...]]:
        return [(item.date or "", item.label, item.publisher or "", item.author or "", item.id)]

    def record(self, item: Document) -> Record:
        return document_record(item)
