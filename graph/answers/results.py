"""Answers about entities and links, one kind of sequence for each kind of question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...schema import CO_MENTIONED_WITH, CoMention, Decision, Edge, Entity, Evidence
from ..evidence.weighing import weigh_each
from .citations import Citation, EvidenceList, cite, cite_together
from .parts import EdgeList
from .records import Record, edge_record, entity_record
from .tables import Labels, Linked, Results, stance


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


class NeighborList(Linked[Neighbor]):
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

    def arcs(self, item: Neighbor) -> Iterator[tuple[str, str, str, Record]]:
        for edge in item.edges:
            yield (edge.subject_id, edge.object_id, edge.relation, edge_record(edge, self._labels))
        if item.comention:
            weight: Record = {"sentences": item.comention.sentences, "npmi": item.comention.npmi}
            yield (item.comention.a, item.comention.b, CO_MENTIONED_WITH, weight)

    @property
    def evidence(self) -> EvidenceList:
        """The sentences behind the links, in the order of the table."""
        found = []
        for item in self:
            found += [cite(claim, self._labels) for edge in item.edges for claim in edge.claims]
            if item.comention:
                pair = item.comention
                found += [cite_together(pair, e, self._labels) for e in pair.examples]
        return EvidenceList(found, self._labels, f"Evidence: {self.title}")


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


class PathList(Linked[GraphPath]):
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

    def arcs(self, item: GraphPath) -> Iterator[tuple[str, str, str, Record]]:
        for hop in item.hops:
            for edge in hop.edges:
                record = edge_record(edge, self._labels)
                yield (edge.subject_id, edge.object_id, edge.relation, record)
            if hop.comention and not hop.edges:
                weight: Record = {"sentences": hop.comention.sentences}
                yield (hop.comention.a, hop.comention.b, CO_MENTIONED_WITH, weight)

    @property
    def evidence(self) -> EvidenceList:
        """The sentences behind every step, path by path; each sentence once."""
        found: dict[tuple[object, ...], Citation] = {}
        for hop in (hop for path in self for hop in path.hops):
            cited = [cite(claim, self._labels) for edge in hop.edges for claim in edge.claims]
            if hop.comention and not hop.edges:
                pair = hop.comention
                cited = [cite_together(pair, e, self._labels) for e in pair.examples]
            for citation in cited:
                found.setdefault((citation.place, citation.statement), citation)
        return EvidenceList(found.values(), self._labels, f"Evidence: {self.title}")

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


class EdgeExplanation(EdgeList):
    """What stated edges rest on: each row is one claim, with the rule that found it.

    The weight is what a claim adds to the belief: the confidence of its rule, less if it is only
    reported or possible, less for each further sentence of one publisher, and nothing if it repeats
    another claim.
    """

    columns = ("edge", "stance", "wording", "rule", "weight", "sentence", "source")

    def cells(self, item: Edge) -> Iterator[tuple[str, ...]]:
        names = self._labels
        head = f"{names.link(*item.key)}\n{item.status.value}, belief {item.belief:.2f}"
        weights = weigh_each(item.claims, names.documents.get)
        for claim, weight in zip(item.claims, weights, strict=True):
            rule = f"{claim.rule} ({claim.confidence:.2f})"
            sentence = " ".join(claim.evidence.exact.split())
            source = names.source(claim.evidence)
            yield (head, stance(claim), claim.wording, rule, f"{weight:.2f}", sentence, source)
            head = ""
