"""The answers of a `KnowledgeGraph`, one kind of sequence for each kind of question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..errors import QueryError
from ..schema import (
    CO_MENTIONED_WITH,
    Claim,
    CoMention,
    Decision,
    Edge,
    Entity,
    Evidence,
    Modality,
    Polarity,
)
from .records import CLAIM_COLUMNS, Record, claim_record, edge_record, entity_record
from .tables import Labels, Results, date_of, stance


class EntityList(Results[Entity]):
    """Entities."""

    columns: tuple[str, ...] = ("name", "type", "subtype", "mentions", "documents", "id")

    def cells(self, item: Entity) -> Iterable[tuple[str, ...]]:
        counts = str(item.mentions), str(item.documents)
        return [(item.name, item.type, item.subtype or "", *counts, item.id)]

    def record(self, item: Entity) -> Record:
        return entity_record(item)


class Ranking(EntityList):
    """Entities in order of a measure of importance."""

    def __init__(
        self, items: Iterable[Entity], labels: Labels, scores: Mapping[str, float], by: str
    ) -> None:
        super().__init__(items, labels, f"Top entities by {by}")
        self.columns = (by, "name", "type", "mentions", "documents")
        self.by = by
        self.scores = {entity.id: scores[entity.id] for entity in self}
        """Value of the measure, by entity id."""

    def cells(self, item: Entity) -> Iterable[tuple[str, ...]]:
        counts = str(item.mentions), str(item.documents)
        return [(f"{self.scores[item.id]:.4g}", item.name, item.type, *counts)]

    def record(self, item: Entity) -> Record:
        return entity_record(item) | {self.by: self.scores[item.id]}


@dataclass(frozen=True)
class Neighbor:
    """An entity next to the one that was asked about, and what links the two."""

    entity: Entity
    edges: tuple[Edge, ...] = ()
    """Stated relations between the two, in either direction."""
    comention: CoMention | None = None

    @property
    def id(self) -> str:
        """Id of the neighbour."""
        return self.entity.id

    @property
    def name(self) -> str:
        """Name of the neighbour."""
        return self.entity.name

    @property
    def n_evidence(self) -> int:
        """Sentences behind the link: those that state it, else those that name both."""
        together = self.comention.sentences if self.comention else 0
        return sum(edge.n_evidence for edge in self.edges) or together


class NeighborList(Results[Neighbor]):
    """Neighbours of one entity; relations read from that entity outwards."""

    columns = ("relation", "name", "type", "status", "evidence", "sources", "belief")

    def cells(self, item: Neighbor) -> Iterator[tuple[str, ...]]:
        who = item.name, item.entity.type
        for edge in item.edges:
            reading = self._labels.relation(edge.relation, inverse=edge.subject_id == item.id)
            counts = str(edge.n_evidence), str(edge.n_sources), f"{edge.belief:.2f}"
            yield (reading, *who, edge.status.value, *counts)
        if item.comention:
            reading = self._labels.relation(CO_MENTIONED_WITH)
            yield (reading, *who, "", str(item.comention.sentences), "", "")

    def record(self, item: Neighbor) -> Record:
        relations = sorted({edge.relation for edge in item.edges})
        if item.comention:
            relations.append(CO_MENTIONED_WITH)
        return entity_record(item.entity) | {
            "relations": "; ".join(relations),
            "n_evidence": item.n_evidence,
        }


@dataclass(frozen=True)
class Citation:
    """A sentence, what it supports, and who says so."""

    evidence: Evidence
    claim: Claim | None
    """What the sentence states; None where it merely names both."""
    statement: str
    """The claim in words: *Turkey acquires S-400 (asserted)*."""
    speaker: str
    source: str
    """Title of the document."""

    @property
    def sentence(self) -> str:
        """The words of the source."""
        return self.evidence.exact

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands: document id, start and end."""
        return self.evidence.document_id, self.evidence.start, self.evidence.end

    @property
    def date(self) -> str | None:
        """When the claimed thing happened, else when the document appeared."""
        return date_of(self.claim) if self.claim else self.evidence.date


def cite(claim: Claim, labels: Labels) -> Citation:
    """Return the citation that supports a claim."""
    return Citation(
        evidence=claim.evidence,
        claim=claim,
        statement=f"{labels.statement(claim)} ({stance(claim)})",
        speaker=labels.speaker(claim),
        source=labels.source(claim.evidence),
    )


def cite_together(together: CoMention, example: Evidence, labels: Labels) -> Citation:
    """Return the citation of a sentence that merely names two entities."""
    return Citation(
        evidence=example,
        claim=None,
        statement=f"{labels.entity(together.a)} and {labels.entity(together.b)} named together",
        speaker=labels.author(example),
        source=labels.source(example),
    )


class EvidenceList(Results[Citation]):
    """Sentences, with what they support."""

    columns = ("states", "sentence", "who says so", "source", "date")

    def cells(self, item: Citation) -> Iterable[tuple[str, ...]]:
        sentence = " ".join(item.sentence.split())
        return [(item.statement, sentence, item.speaker, item.source, item.date or "")]

    def record(self, item: Citation) -> Record:
        return {
            "statement": item.statement,
            "sentence": item.sentence,
            "speaker": item.speaker,
            "source": item.source,
            "date": item.date,
            "document_id": item.evidence.document_id,
            "start": item.evidence.start,
            "end": item.evidence.end,
        }


@dataclass(frozen=True)
class Count:
    """How many claims share a value."""

    value: str
    n: int


class CountList(Results[Count]):
    """Values with the number of claims that have them, most frequent first."""

    columns = ("value", "n")

    def cells(self, item: Count) -> Iterable[tuple[str, ...]]:
        return [(item.value, str(item.n))]

    def record(self, item: Count) -> Record:
        return {"value": item.value, "n": item.n}


class ClaimList(Results[Claim]):
    """What sources state; narrow it down by chaining.

    ``kg.claims(subject="Russia").since("2010").asserted().by("relation")`` counts the relations
    that sources assert of Russia since 2010.
    """

    columns = ("date", "subject", "relation", "object", "stance", "who says so", "source")

    def cells(self, item: Claim) -> Iterable[tuple[str, ...]]:
        names = self._labels
        return [
            (
                date_of(item) or "",
                names.entity(item.subject_id),
                names.relation(item.relation),
                names.entity(item.object_id),
                stance(item),
                names.speaker(item),
                names.source(item.evidence),
            )
        ]

    def record(self, item: Claim) -> Record:
        return claim_record(item, self._labels)

    def since(self, date: str) -> ClaimList:
        """Keep claims dated at or after a date; what has no date is left out."""
        return self._with(claim for claim in self if _not_before(date_of(claim), date))

    def until(self, date: str) -> ClaimList:
        """Keep claims dated at or before a date; what has no date is left out."""
        return self._with(claim for claim in self if _not_after(date_of(claim), date))

    def affirmed(self) -> ClaimList:
        """Keep what is not denied, however firmly it is said."""
        return self._with(claim for claim in self if claim.polarity is Polarity.AFFIRMED)

    def asserted(self) -> ClaimList:
        """Keep what the author states as fact and does not deny."""
        return self._with(c for c in self.affirmed() if c.modality is Modality.ASSERTED)

    def by(self, field: str) -> CountList:
        """Count claims by a column of `to_pandas`: ``relation``, ``speaker``, ``source`` ...

        Raises:
            QueryError: If there is no such column.
        """
        if field not in CLAIM_COLUMNS:
            raise QueryError(f"Claims have no {field!r}. Count by {', '.join(CLAIM_COLUMNS)}.")
        counts = Counter(str(self.record(claim)[field] or "") for claim in self)
        rows = [Count(v, n) for v, n in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))]
        return CountList(rows, self._labels, f"Claims by {field}")

    @property
    def evidence(self) -> EvidenceList:
        """The sentences behind the claims."""
        return EvidenceList((cite(c, self._labels) for c in self), self._labels, "Evidence")


def _not_before(date: str | None, bound: str) -> bool:
    """Compare as precisely as both dates are given: 2010 is not before 2010-06."""
    return date is not None and date[: len(bound)] >= bound[: len(date)]


def _not_after(date: str | None, bound: str) -> bool:
    """Compare as precisely as both dates are given: 2010-06 is not after 2010."""
    return date is not None and date[: len(bound)] <= bound[: len(date)]


@dataclass(frozen=True)
class Hop:
    """One step of a path."""

    start: Entity
    end: Entity
    edges: tuple[Edge, ...]
    """Stated relations between the two, best supported first; empty where only named together."""
    comention: CoMention | None

    @property
    def is_stated(self) -> bool:
        """Whether a source states a relation between the two."""
        return bool(self.edges)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences that support the step."""
        if self.edges:
            return tuple(claim.evidence for edge in self.edges for claim in edge.claims)
        return self.comention.examples if self.comention else ()


@dataclass(frozen=True)
class GraphPath:
    """A chain of links from one entity to another."""

    entities: tuple[Entity, ...]
    hops: tuple[Hop, ...]

    @property
    def is_stated(self) -> bool:
        """Whether every step is a stated relation."""
        return all(hop.is_stated for hop in self.hops)

    def __str__(self) -> str:
        return " – ".join(entity.name for entity in self.entities)


class PathList(Results[GraphPath]):
    """Paths, shortest first; each row of the table is one step."""

    columns = ("from", "relation", "to", "evidence", "sentence", "source")
    ruled = True

    def cells(self, item: GraphPath) -> Iterator[tuple[str, ...]]:
        for hop in item.hops:
            ends = hop.start.name, self._reading(hop), hop.end.name, str(len(hop.evidence))
            first = hop.evidence[0] if hop.evidence else None
            sentence = " ".join(first.exact.split()) if first else ""
            yield (*ends, sentence, self._labels.source(first) if first else "")

    def record(self, item: GraphPath) -> Record:
        return {
            "path": str(item),
            "hops": len(item.hops),
            "stated": int(item.is_stated),
            "relations": "; ".join(self._reading(hop) for hop in item.hops),
        }

    def _reading(self, hop: Hop) -> str:
        if not hop.edges:
            return self._labels.relation(CO_MENTIONED_WITH)
        best = hop.edges[0]
        return self._labels.relation(best.relation, inverse=best.subject_id == hop.end.id)


@dataclass(frozen=True)
class Community:
    """Entities that are linked more to each other than to the rest."""

    number: int
    label: str
    """Its three most central members."""
    members: tuple[Entity, ...]
    """Most central first."""


class CommunityList(Results[Community]):
    """Communities, largest first."""

    columns = ("number", "label", "members", "types")

    def cells(self, item: Community) -> Iterable[tuple[str, ...]]:
        types = Counter(entity.type for entity in item.members)
        frequent = sorted(types.items(), key=lambda pair: (-pair[1], pair[0]))
        mix = ", ".join(f"{n} {type_}" for type_, n in frequent)
        return [(str(item.number), item.label, str(len(item.members)), mix)]

    def record(self, item: Community) -> Record:
        members = "; ".join(entity.name for entity in item.members)
        return {"number": item.number, "label": item.label, "members": members}


class DecisionList(Results[Decision]):
    """Why names stand for an entity."""

    columns = ("name", "stands for", "rule", "why", "mentions", "found in", "kept apart from")

    def cells(self, item: Decision) -> Iterable[tuple[str, ...]]:
        return [
            (
                item.name,
                self._labels.entity(item.entity_id),
                item.rule,
                item.detail,
                str(item.mentions),
                "\n".join(self._labels.document(d) for d in item.documents),
                "\n".join(item.kept_apart),
            )
        ]

    def record(self, item: Decision) -> Record:
        return {
            "name": item.name,
            "entity_id": item.entity_id,
            "rule": item.rule,
            "detail": item.detail,
            "mentions": item.mentions,
            "documents": "; ".join(item.documents),
            "kept_apart": "; ".join(item.kept_apart),
        }


class EdgeExplanation(Results[Edge]):
    """What stated edges rest on: each row is one claim, with the rule that found it."""

    columns = ("edge", "status", "belief", "stance", "wording", "rule", "sentence", "source")

    def cells(self, item: Edge) -> Iterator[tuple[str, ...]]:
        names = self._labels
        head: tuple[str, ...] = (names.link(*item.key), item.status.value, f"{item.belief:.2f}")
        for claim in item.claims:
            rule = f"{claim.rule} ({claim.confidence:.2f})"
            sentence = " ".join(claim.evidence.exact.split())
            source = names.source(claim.evidence)
            yield (*head, stance(claim), claim.wording, rule, sentence, source)
            head = ("", "", "")

    def record(self, item: Edge) -> Record:
        return edge_record(item, self._labels)
