"""What two sources say, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ...errors import QueryError
from ...schema import Claim, Document, Modality, Polarity
from ..answers.citations import EvidenceList, cite
from ..answers.records import Record
from ..answers.tables import Labels, Linked, stance

Kind = Literal["only a", "only b", "both", "contradiction"]


@dataclass(frozen=True)
class Compared:
    """One statement, and what either source says of it."""

    kind: Kind
    subject_id: str
    relation: str
    object_id: str
    a: tuple[Claim, ...]
    """What the first source says."""
    b: tuple[Claim, ...]
    """What the second source says."""


class SourceComparison(Linked[Compared]):
    """Statements of two sources: contradictions first, then what both say, then the rest.

    Narrow it down by chaining: ``kg.compare_sources(a, b).contradictions.evidence``. Sources
    contradict each other where one affirms firmly what the other firmly denies.
    """

    columns = ("who says it", "statement", "the first", "the second")

    def cells(self, item: Compared) -> Iterable[tuple[str, ...]]:
        statement = self._labels.link(item.subject_id, item.relation, item.object_id)
        return [(item.kind, statement, _stances(item.a), _stances(item.b))]

    def record(self, item: Compared) -> Record:
        return {
            "kind": item.kind,
            "subject_id": item.subject_id,
            "subject": self._labels.entity(item.subject_id),
            "relation": item.relation,
            "object_id": item.object_id,
            "object": self._labels.entity(item.object_id),
            "a": _stances(item.a),
            "b": _stances(item.b),
        }

    def arcs(self, item: Compared) -> Iterable[tuple[str, str, str, Mapping[str, object]]]:
        return [(item.subject_id, item.object_id, item.relation, self.record(item))]

    @property
    def contradictions(self) -> SourceComparison:
        """What one affirms and the other denies."""
        return self._with(item for item in self if item.kind == "contradiction")

    @property
    def both(self) -> SourceComparison:
        """What both speak of without contradiction."""
        return self._with(item for item in self if item.kind == "both")

    @property
    def only_a(self) -> SourceComparison:
        """What only the first speaks of."""
        return self._with(item for item in self if item.kind == "only a")

    @property
    def only_b(self) -> SourceComparison:
        """What only the second speaks of."""
        return self._with(item for item in self if item.kind == "only b")

    @property
    def evidence(self) -> EvidenceList:
        """The sentences, statement by statement, the first source first."""
        claims = (claim for item in self for claim in (*item.a, *item.b))
        return EvidenceList((cite(c, self._labels) for c in claims), self._labels, "Evidence")


def documents_of(source: str, documents: Iterable[Document]) -> frozenset[str]:
    """Return the ids of the documents of a source.

    Args:
        source: A publisher or author, or the id, title, path or address of one document.
        documents: All documents.

    Raises:
        QueryError: If nothing goes by that name; the error lists the publishers.
    """
    documents = list(documents)
    wanted = source.casefold()
    found = frozenset(d.id for d in documents if wanted in map(str.casefold, _names(d)))
    if not found:
        known = sorted({d.publisher or d.label for d in documents})
        shown = ", ".join(known[:20]) + (" ..." if len(known) > 20 else "")
        raise QueryError(
            f"No publisher, author, title, path, address or id is {source!r}. Known: {shown}."
        )
    return found


def compare(
    edges: Iterable[tuple[tuple[str, str, str], tuple[Claim, ...]]],
    a: frozenset[str],
    b: frozenset[str],
    labels: Labels,
    title: str,
) -> SourceComparison:
    """Compare what two sets of documents state.

    Args:
        edges: Keys of edges, each with its claims.
        a: Ids of the documents of the first source.
        b: Ids of the documents of the second.
        labels: How things are called.
        title: Heading of the table.
    """
    rows = list(_rows(edges, a, b))
    order: tuple[Kind, ...] = ("contradiction", "both", "only a", "only b")
    rows.sort(key=lambda row: order.index(row.kind))
    return SourceComparison(rows, labels, title)


def _rows(
    edges: Iterable[tuple[tuple[str, str, str], tuple[Claim, ...]]],
    a: frozenset[str],
    b: frozenset[str],
) -> Iterator[Compared]:
    for key, claims in edges:
        of_a = tuple(claim for claim in claims if claim.evidence.document_id in a)
        of_b = tuple(claim for claim in claims if claim.evidence.document_id in b)
        if of_a or of_b:
            yield Compared(_kind(of_a, of_b), *key, of_a, of_b)


def _kind(a: tuple[Claim, ...], b: tuple[Claim, ...]) -> Kind:
    if not b:
        return "only a"
    if not a:
        return "only b"
    said, of_other = _firm_polarities(a), _firm_polarities(b)
    opposed = said and of_other and said | of_other == set(Polarity)
    return "contradiction" if opposed else "both"


def _firm_polarities(claims: Iterable[Claim]) -> set[Polarity]:
    return {claim.polarity for claim in claims if claim.modality is not Modality.HYPOTHETICAL}


def _stances(claims: Iterable[Claim]) -> str:
    return ", ".join(dict.fromkeys(map(stance, claims)))


def _names(document: Document) -> Iterator[str]:
    about = document.publisher, document.author, document.id, document.title, document.path
    return (name for name in (*about, document.url) if name)
