"""The knowledge graph: entities, what links them, and the questions people ask of them.

A graph never changes. Indexes, centrality, communities and layout are computed when they are first
asked for, and kept.

What counts as fact: an edge whose status is affirmed or contested. `neighbors`, `path` and `top`
look at facts only unless told otherwise; `claims` and `evidence` leave nothing out, denials and
plans included, because there every line says what it is.
"""

# The parameter `type` is part of the public API and reads as people speak.
# ruff: noqa: A002

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Unpack

from ..errors import QueryError, UnknownEntity
from ..schema import (
    Claim,
    CoMention,
    Decision,
    Document,
    Edge,
    Entity,
    Modality,
    Polarity,
    RelationType,
)
from .curation import Action, Curation, Judgement, Signed, judge
from .index import GraphIndex, other_end
from .names import NameIndex
from .neighbors import find_neighbors
from .results import (
    ClaimList,
    Community,
    CommunityList,
    DecisionList,
    EdgeExplanation,
    EntityList,
    EvidenceList,
    NeighborList,
    PathList,
    Ranking,
    cite,
    cite_together,
)
from .select import ClaimFilter, by_date, is_worded, parts_of
from .spelling import fold
from .subgraph import LinkFilter, cited_documents, linked, within
from .tables import Labels, date_of
from .vocabulary import Vocabulary, member
from .writers import register_writer, write_as, write_graph

if TYPE_CHECKING:
    import networkx as nx

    from .curator import Curator
    from .diff import GraphDiff
    from .dossier import Dossier
    from .measures import Measures
    from .paths import PathFinder
    from .review import DoubtList
    from .views import Frames

__all__ = ["KnowledgeGraph", "register_writer"]

Name = str | Entity
"""An entity, its id, or any of its names."""

_PICTURED = 500
"""A notebook shows no picture of a graph with more entities than this."""


class KnowledgeGraph:
    """Actors and systems, linked by stated relations and by co-mention, with the evidence for each.

    It is made by `actorgraph.build` or `actorgraph.load`. Wherever a method takes a name, it takes
    an entity, an id (``system:s-400``) or any name or alias, whatever its case and hyphens.

    Args:
        title: What the graph is about.
        entities: Its nodes.
        edges: Stated relations, one for each subject, relation and object.
        comentions: Pairs that are named together.
        documents: The sources.
        relations: What each relation name means.
        provenance: Versions of code, model and lexicon it was made with.
        decisions: Why names stand for entities.
        stale: Curation decisions that no longer apply to anything, in words.
        curator: Where decisions on the graph are kept, if it lies in a folder.

    Raises:
        ValueError: If a link names an entity that is not among the nodes.
    """

    def __init__(
        self,
        *,
        title: str = "",
        entities: Iterable[Entity] = (),
        edges: Iterable[Edge] = (),
        comentions: Iterable[CoMention] = (),
        documents: Iterable[Document] = (),
        relations: Mapping[str, RelationType] = MappingProxyType({}),
        provenance: Mapping[str, str] = MappingProxyType({}),
        decisions: Iterable[Decision] = (),
        stale: Iterable[str] = (),
        curator: Curator | None = None,
    ) -> None:
        self._title = title
        self._entities = tuple(sorted(entities, key=lambda entity: entity.id))
        self._edges = tuple(sorted(edges, key=lambda edge: edge.key))
        self._comentions = tuple(sorted(comentions, key=lambda pair: (pair.a, pair.b)))
        self._documents = tuple(sorted(documents, key=_by_date_and_title))
        self._relations = dict(sorted(relations.items()))
        self._provenance = dict(sorted(provenance.items()))
        self._decisions = tuple(sorted(decisions, key=lambda d: (d.entity_id, d.name, d.rule)))
        self._stale = tuple(stale)
        self._curator = curator
        missing = linked(self._edges, self._comentions).difference(e.id for e in self._entities)
        if missing:
            raise ValueError(
                f"Links name entities that are not there: {', '.join(sorted(missing))}"
            )

    # What the graph holds

    @property
    def title(self) -> str:
        """What the graph is about."""
        return self._title

    @property
    def entities(self) -> Sequence[Entity]:
        """All entities, by id."""
        return self._entities

    @property
    def edges(self) -> Sequence[Edge]:
        """All stated relations by key, the denied and the planned included."""
        return self._edges

    @property
    def comentions(self) -> Sequence[CoMention]:
        """All pairs that are named together, by their ids."""
        return self._comentions

    @property
    def documents(self) -> Sequence[Document]:
        """All sources, by date, title and id; undated ones come first."""
        return self._documents

    @property
    def relations(self) -> Mapping[str, RelationType]:
        """What each relation name means, by name."""
        return self._relations

    @property
    def provenance(self) -> Mapping[str, str]:
        """Versions of code, model and lexicon the graph was made with."""
        return self._provenance

    @property
    def decisions(self) -> Sequence[Decision]:
        """Why names stand for entities, by entity and name."""
        return self._decisions

    @property
    def stale(self) -> Sequence[str]:
        """Curation decisions that no longer apply to anything, in words."""
        return self._stale

    def layout(self) -> Mapping[str, tuple[float, float]]:
        """Return the position of every entity, in a square of 1,000 units around (0, 0)."""
        return self._measures.layout

    def centrality(self) -> Mapping[str, float]:
        """Return the PageRank of every entity over facts and co-mentions; it sums to 1."""
        return self._measures.of("pagerank")

    def clusters(self) -> Mapping[str, int]:
        """Return the community number of every entity; 0 is the largest."""
        return self._measures.clusters

    # Entities

    def __repr__(self) -> str:
        counts = (
            _count(self.entities, "entity", "entities"),
            _count(self.edges, "stated relation", "stated relations"),
            _count(self.comentions, "co-mention", "co-mentions"),
            _count(self.documents, "document", "documents"),
        )
        return f"<KnowledgeGraph {self.title!r}: {', '.join(counts)}>"

    def _repr_html_(self) -> str:
        from .picture import svg

        types = Counter(entity.type for entity in self.entities)
        rows = [
            ("documents", len(self.documents)),
            *sorted(types.items(), key=lambda pair: (-pair[1], pair[0])),
            ("stated relations", len(self.edges)),
            ("co-mentions", len(self.comentions)),
        ]
        cells = "".join(f"<tr><th>{escape(name)}</th><td>{n:,}</td></tr>" for name, n in rows)
        picture = svg(self) if 0 < len(self) <= _PICTURED else ""
        return f"<table><caption>{escape(self.title)}</caption>{cells}</table>{picture}"

    def __len__(self) -> int:
        return len(self.entities)

    def __bool__(self) -> bool:
        """A graph is true even without entities: it is an answer, not a list."""
        return True

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities)

    def __contains__(self, name: object) -> bool:
        if isinstance(name, Entity):
            name = name.id
        return isinstance(name, str) and bool(self._names.candidates(name))

    def __getitem__(self, name: Name) -> Entity:
        return self.entity(name)

    def _ipython_key_completions_(self) -> list[str]:
        return [entity.name for entity in self.entities]

    def entity(self, name: Name, type: str | None = None) -> Entity:
        """Return the entity that goes by a name: ``kg.entity("Growler")``.

        A name as written beats another spelling of it, and a main name beats an alias.

        Args:
            name: A name, an alias, an id or an entity.
            type: The type it must have, where a name alone is ambiguous.

        Raises:
            UnknownEntity: If there is none; the error suggests near names.
            AmbiguousEntity: If several fit equally well; the error lists their ids.
        """
        return self._names.find(name.id if isinstance(name, Entity) else name, type)

    def search(self, text: str, type: str | None = None, limit: int = 20) -> EntityList:
        """Return entities whose names hold a text: ``kg.search("valdai", type="organization")``.

        Exact names come first, then beginnings, then words within. Where nothing holds the text,
        the names most like it are returned.
        """
        found = self._names.search(text, self._words.type(type), limit)
        return EntityList(found, self._labels, f"Names like {text!r}")

    def top(
        self,
        n: int = 10,
        by: Literal["pagerank", "degree", "betweenness", "mentions", "documents"] = "pagerank",
        type: str | None = None,
    ) -> Ranking:
        """Return the most important entities: ``kg.top(10, by="betweenness", type="system")``.

        Pagerank, degree and betweenness look at facts and co-mentions. Degree is the number of
        entities linked to.

        Raises:
            QueryError: If there is no such measure or type.
        """
        scores, wanted = self._measures.of(by), self._words.type(type)
        fitting = [entity for entity in self if wanted in (None, entity.type)]
        fitting.sort(key=lambda entity: (-scores[entity.id], entity.id))
        return Ranking(fitting[:n], self._labels, scores, by)

    def communities(self) -> CommunityList:
        """Return the groups of two or more that are linked more to each other than to the rest.

        Each is labelled with its three most central members.
        """
        rank = self.centrality()
        members: dict[int, list[Entity]] = {}
        for entity in sorted(self, key=lambda e: (-rank[e.id], e.id)):
            members.setdefault(self._measures.clusters[entity.id], []).append(entity)
        groups = [
            Community(number, ", ".join(entity.name for entity in group[:3]), tuple(group))
            for number, group in sorted(members.items())
            if len(group) > 1
        ]
        return CommunityList(groups, self._labels, "Communities")

    # Links

    def neighbors(
        self,
        name: Name,
        relation: str | None = None,
        type: str | None = None,
        modality: str | None = None,
        direction: Literal["both", "out", "in"] = "both",
        facts_only: bool = True,
    ) -> NeighborList:
        """Return what an entity is linked to: ``kg.neighbors("Russia", relation="operates")``.

        Args:
            name: The entity in the middle.
            relation: A relation, or its inverse (``operated_by``), which settles the direction.
                ``co_mentioned_with`` asks for entities named together with it. By default all
                stated relations.
            type: Type of the neighbours.
            modality: Keep relations that a source affirms just so firmly; ``hypothetical`` finds
                what is planned or feared, which is no fact.
            direction: ``out`` where the entity is the subject, ``in`` where it is the object.
            facts_only: Leave out what is only planned or denied; `modality` overrides it.

        Raises:
            QueryError: If the relation, type, modality or direction does not exist.
        """
        centre = self.entity(name)
        wanted, inverted = self._words.relation(relation)
        firmly, kind = member(Modality, modality), self._words.type(type)
        directions = {"both": (True, False), "out": (True,), "in": (False,)}
        if direction not in directions:
            raise QueryError(f"No direction {direction!r}. Use 'both', 'out' or 'in'.")
        outward = directions["in" if inverted else direction]
        found = find_neighbors(
            self._index, self._words, centre, wanted, outward, firmly, facts_only
        )
        if kind is not None:
            found = [neighbor for neighbor in found if neighbor.entity.type == kind]
        return NeighborList(found, self._labels, f"Neighbours of {centre.name}")

    def path(self, a: Name, b: Name, k: int = 1, facts_only: bool = True) -> PathList:
        """Return the k shortest chains of links: ``kg.path("Valdai Discussion Club", "NATO")``.

        A chain of stated relations, of any length, goes before one that needs a co-mention; among
        chains of one length the better supported goes first.

        Args:
            a: Where to start.
            b: Where to end.
            k: How many paths to return at most.
            facts_only: Leave out what is only planned or denied.
        """
        start, end = self.entity(a), self.entity(b)
        paths = self._paths.paths(start.id, end.id, k, facts_only)
        note = ""
        if not paths:
            note = "Nothing links the two, not even by way of others."
        elif not all(path.is_stated for path in paths):
            note = "'Co mentioned with': named together, but no source states a relation."
        return PathList(paths, self._labels, f"Paths from {start.name} to {end.name}", note)

    def subgraph(
        self,
        entities: Iterable[Name] | None = None,
        around: Name | None = None,
        hops: int = 1,
        relations: Iterable[str] | None = None,
        types: Iterable[str] | None = None,
        modality: str | None = None,
        facts_only: bool = False,
        min_belief: float = 0,
    ) -> KnowledgeGraph:
        """Return a part of the graph as a graph: ``kg.subgraph(around="S-400", hops=2)``.

        All conditions must hold, but entities that are named stay whatever their type and links.
        Where links are filtered, other entities left without any are dropped. Co-mentions are
        dropped where `relations`, `modality` or `min_belief` ask for what sources state; name
        ``co_mentioned_with`` to keep them.

        Args:
            entities: Keep these and what links them.
            around: Keep what is at most `hops` links away from this one.
            hops: How far around.
            relations: Keep only these relations.
            types: Keep only entities of these types, and those named.
            modality: Keep only relations that a source affirms just so firmly.
            facts_only: Leave out what is only planned or denied.
            min_belief: Keep only relations at least so credible, from 0 to 1.
        """
        links = LinkFilter(
            relations=self._relations_named(relations),
            modality=member(Modality, modality),
            facts_only=facts_only,
            min_belief=min_belief,
        )
        edges = [edge for edge in self.edges if links.keeps(edge)]
        comentions = self.comentions if links.keeps_comentions else ()

        named = {self.entity(name).id for name in entities or ()}
        keep = set(self._index.entities) if entities is None else set(named)
        if around is not None:
            centre = self.entity(around).id
            keep &= within(centre, hops, edges, comentions)
            named.add(centre)
        if types is not None:
            kinds = set(map(self._words.type, types))
            keep &= {entity.id for entity in self if entity.type in kinds} | named
        edges = [e for e in edges if e.subject_id in keep and e.object_id in keep]
        comentions = [c for c in comentions if c.a in keep and c.b in keep]
        if not links.is_open:
            keep &= linked(edges, comentions) | named
        return KnowledgeGraph(
            title=self.title,
            entities=[entity for entity in self if entity.id in keep],
            edges=edges,
            comentions=comentions,
            documents=cited_documents(self.documents, edges, comentions),
            relations=self.relations,
            provenance=self.provenance,
            decisions=[d for d in self.decisions if d.entity_id in keep],
            stale=self.stale,
        )

    # Evidence

    def claims(
        self,
        subject: Name | None = None,
        object: Name | None = None,
        relation: str | None = None,
        about: Name | None = None,
        modality: str | None = None,
        polarity: str | None = None,
        speaker: Name | None = None,
        document: str | None = None,
        since: str | None = None,
        until: str | None = None,
        min_confidence: float = 0,
    ) -> ClaimList:
        """Return what sources state, by date: ``kg.claims(subject="Russia", since="2010")``.

        All claims are returned unless filtered, denials and plans included. A claim is dated by its
        event, else by its document. Dates are compared as precisely as both are given, so
        ``since="2010-06"`` keeps what is dated just 2010; what has no date is left out as soon as
        `since` or `until` is given.

        Args:
            subject: Who acts.
            object: Who or what is acted on.
            relation: A relation, or its inverse, which swaps subject and object.
            about: An entity that plays any part: subject, object or a further role.
            modality: ``asserted``, ``reported`` or ``hypothetical``.
            polarity: ``affirmed`` or ``negated``.
            speaker: Who says so: an entity, or the words of the source.
            document: Id, title, path or address of a document.
            since: First date.
            until: Last date.
            min_confidence: Keep only claims extracted at least so surely, from 0 to 1.

        Raises:
            QueryError: If a name, relation, modality, polarity or document does not exist.
        """
        wanted, inverted = self._words.relation(relation)
        ends = (object, subject, about) if inverted else (subject, object, about)
        ids = [None if end is None else self.entity(end).id for end in ends]
        narrow = [self._index.claims_at(part) for part in ids if part is not None]
        smallest = sorted(narrow, key=len)[0] if narrow else self._index.claims
        chosen = ClaimFilter(
            subject_id=ids[0],
            object_id=ids[1],
            relation=wanted,
            symmetric=self._words.is_symmetric(wanted),
            about_id=ids[2],
            modality=member(Modality, modality),
            polarity=member(Polarity, polarity),
            speaker_id=self._speaker_id(speaker),
            speaker=speaker if isinstance(speaker, str) else None,
            document_ids=self._document_ids(document),
            min_confidence=min_confidence,
        )(smallest)
        found = ClaimList(by_date(chosen), self._labels, "Claims")
        found = found.since(since) if since else found
        return found.until(until) if until else found

    def evidence(self, a: Name, b: Name | None = None) -> EvidenceList:
        """Return the sentences that link two entities: ``kg.evidence("Russia", "NATO")``.

        Either may be the subject. First come the sentences that state something, by date, denials
        and plans included; then examples that merely name both. With one entity: all sentences
        about it.
        """
        first = self.entity(a)
        second = None if b is None else self.entity(b)
        parts = {first.id} if second is None else {first.id, second.id}
        claims = [c for c in self._index.claims_at(first.id) if parts <= parts_of(c)]
        citations = [cite(claim, self._labels) for claim in by_date(claims)]
        quoted = {citation.place for citation in citations}
        for pair in self._index.comentions_at(first.id):
            if second is None or other_end(pair, first.id) == second.id:
                examples = [cite_together(pair, e, self._labels) for e in pair.examples]
                citations += [citation for citation in examples if citation.place not in quoted]
                quoted.update(citation.place for citation in examples)
        title = " and ".join(entity.name for entity in (first, second) if entity)
        return EvidenceList(citations, self._labels, f"Evidence on {title}")

    def timeline(self, name: Name) -> ClaimList:
        """Return the dated claims an entity plays a part in, in order: ``kg.timeline("S-400")``."""
        entity = self.entity(name)
        dated = [claim for claim in self.claims(about=entity) if date_of(claim)]
        return ClaimList(dated, self._labels, f"Timeline of {entity.name}")

    def dossier(self, name: Name) -> Dossier:
        """Return what is known of an entity as a cited page: ``print(kg.dossier("S-400"))``."""
        from .dossier import build_dossier

        entity = self.entity(name)
        edges = self._index.edges_at(entity.id)
        pairs = self._index.comentions_at(entity.id)
        return build_dossier(
            entity,
            edges=sorted(edges, key=lambda edge: (-edge.n_evidence, edge.key)),
            claims=list(self.claims(about=entity)),
            spoken=by_date(claim for claim in self._index.claims if claim.speaker_id == entity.id),
            comentions=sorted(pairs, key=lambda p: (-p.sentences, -p.npmi, p.a, p.b)),
            decisions=self._index.decisions_at(entity.id),
            labels=self._labels,
        )

    def why(self, name: Name) -> DecisionList:
        """Return why a name is that entity: ``kg.why("Growler")``.

        The decisions on the name itself come first, whichever entities it may stand for; then those
        on the other names of its entity.
        """
        asked = name.name if isinstance(name, Entity) else name
        owners = [name] if isinstance(name, Entity) else self._names.candidates(name)
        direct = [d for d in self.decisions if fold(d.name) == fold(asked)]
        if isinstance(name, Entity):
            direct = [d for d in direct if d.entity_id == name.id]
        if not owners and not direct:
            raise UnknownEntity(asked, self._names.suggest(asked))
        others = [d for owner in owners for d in self._index.decisions_at(owner.id)]
        decisions = [*direct, *(d for d in others if d not in direct)]
        note = "" if decisions else "The graph records no decision on this name."
        return DecisionList(decisions, self._labels, f"Why {asked!r}", note)

    def why_edge(self, a: Name, b: Name) -> EdgeExplanation:
        """Return what the stated relations of two entities rest on, claim by claim.

        Shown are status and belief of each edge, and the rule, wording and sentence of each claim.
        """
        first, second = self.entity(a), self.entity(b)
        edges = [e for e in self._index.edges_at(first.id) if other_end(e, first.id) == second.id]
        title = f"Stated relations of {first.name} and {second.name}"
        return EdgeExplanation(edges, self._labels, title)

    # Corrections

    @property
    def curator(self) -> Curator:
        """Where decisions on this graph are kept: beside the store, in ``curation.yaml``.

        Raises:
            QueryError: If the graph lies in no folder.
        """
        if self._curator is None:
            raise QueryError(
                "Decisions are kept in the folder of a graph, and this one has none. "
                "Build it with out='...', or open its folder, not its graph.json, with load()."
            )
        return self._curator

    @property
    def curation(self) -> Curation:
        """All decisions on the graph; none where it lies in no folder."""
        return self._curator.curation if self._curator else Curation()

    def doubts(self, limit: int | None = None) -> DoubtList:
        """Return what is most worth a look: doubtful names and claims, with their evidence.

        What was decided already is left out. ``actorgraph curate`` asks them one by one.
        """
        from .review import find_doubts

        return find_doubts(self, self.curation, self._labels, limit)

    def merge(
        self, a: Name, b: Name, reason: str | None = None, **signed: Unpack[Signed]
    ) -> KnowledgeGraph:
        """Decide that two are one, shown as the first: ``kg = kg.merge("S-400", "Growler")``.

        Like all corrections it is kept in the curation file, applied again by every later build,
        and already part of the graph that is returned; this one stays as it is.

        Args:
            a: The entity to keep.
            b: The entity that is the same.
            reason: Why, for those who read it later.
            signed: ``author="jk"``, by default the user who is logged in, and ``date="2024-05"``,
                by default none.

        Raises:
            QueryError: If the graph lies in no folder, or nothing goes by one of the names.
            CurationError: If it contradicts an earlier decision; both are shown.
        """
        return self._judge(Action.MERGE, *self._two(a, b), reason=reason, **signed)

    def split(
        self, a: Name, b: Name, reason: str | None = None, **signed: Unpack[Signed]
    ) -> KnowledgeGraph:
        """Decide that two are never one: ``kg = kg.split("Patriot", "PAC-3")``.

        Two names of one entity become two entities; two entities are never merged. See `merge`.
        """
        return self._judge(Action.SPLIT, *self._two(a, b), reason=reason, **signed)

    def rename(
        self, name: Name, new_name: str, reason: str | None = None, **signed: Unpack[Signed]
    ) -> KnowledgeGraph:
        """Decide what an entity is called: ``kg = kg.rename("Growler", "S-400")``. See `merge`."""
        target = self.entity(name).id
        return self._judge(Action.RENAME, target, to=new_name, reason=reason, **signed)

    def retype(
        self, name: Name, type: str, reason: str | None = None, **signed: Unpack[Signed]
    ) -> KnowledgeGraph:
        """Decide what an entity is: ``kg = kg.retype("Iron Dome", "system")``. See `merge`."""
        target, kind = self.entity(name).id, self._words.type(type)
        return self._judge(Action.RETYPE, target, to=kind, reason=reason, **signed)

    def drop(
        self, name: Name, reason: str | None = None, **signed: Unpack[Signed]
    ) -> KnowledgeGraph:
        """Decide that a name is no actor here: ``kg = kg.drop("Reuters")``. See `merge`."""
        target = self.entity(name).id
        return self._judge(Action.DROP, target, reason=reason, **signed)

    def reject(
        self, claim: Claim | str, reason: str | None = None, **signed: Unpack[Signed]
    ) -> KnowledgeGraph:
        """Decide that a claim was read wrongly: ``kg = kg.reject(kg.claims("Turkey")[0])``.

        A claim goes by itself or by its id. See `merge`.
        """
        return self._judge(Action.REJECT, _id(claim), reason=reason, **signed)

    def confirm(
        self, claim: Claim | str, reason: str | None = None, **signed: Unpack[Signed]
    ) -> KnowledgeGraph:
        """Decide that a claim was read rightly; its confidence is 1 then. See `reject`."""
        return self._judge(Action.CONFIRM, _id(claim), reason=reason, **signed)

    def undo(self, judgement: Judgement | None = None) -> KnowledgeGraph:
        """Take back a decision: the last, or ``kg = kg.undo(kg.curation.judgements[0])``.

        Raises:
            QueryError: If the graph lies in no folder, or no such decision was taken.
        """
        self.curator.take_back(judgement)
        return self.curator.reassembled()

    # Other programs

    def diff(self, other: KnowledgeGraph) -> GraphDiff:
        """Return what changed from this graph to another: ``print(kg.diff(newer).edges.added)``."""
        from .diff import diff

        return diff(self, other)

    def to_networkx(self, comentions: bool = True) -> nx.MultiDiGraph:
        """Return the graph as a networkx MultiDiGraph; the key of an edge is its relation.

        Attributes are flat: several values are joined with ``"; "``, unknown ones left out. A
        co-mention, which has no direction, is one edge.
        """
        from .views import as_networkx

        return as_networkx(self, self._labels, comentions)

    def to_pandas(self) -> Frames:
        """Return ``.entities``, ``.edges``, ``.claims`` and ``.comentions`` as data frames.

        Raises:
            ImportError: If pandas is not installed.
        """
        from .views import as_frames

        return as_frames(self, self._labels)

    def write(self, path: str | Path) -> Path:
        """Write the graph in the format the suffix names: ``kg.write("acme.graphml")``.

        Raises:
            ExportError: If there is no writer for the suffix.
        """
        return write_graph(self, path)

    def write_html(self, path: str | Path) -> Path:
        """Write the interactive page."""
        return write_as(self, ".html", path)

    def write_graphml(self, path: str | Path) -> Path:
        """Write GraphML, for Gephi, yEd and Cytoscape."""
        return write_as(self, ".graphml", path)

    def write_gexf(self, path: str | Path) -> Path:
        """Write GEXF, for Gephi."""
        return write_as(self, ".gexf", path)

    def write_json(self, path: str | Path) -> Path:
        """Write everything, evidence included, as JSON."""
        return write_as(self, ".json", path)

    # Made when first needed

    @cached_property
    def _index(self) -> GraphIndex:
        return GraphIndex(self, self.decisions)

    @cached_property
    def _names(self) -> NameIndex:
        return NameIndex(self.entities)

    @cached_property
    def _words(self) -> Vocabulary:
        return Vocabulary(self)

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self._index.entities, self._index.documents, self.relations)

    @cached_property
    def _measures(self) -> Measures:
        from .measures import Measures

        return Measures(self)

    @cached_property
    def _paths(self) -> PathFinder:
        from .paths import PathFinder

        return PathFinder(self, self._index)

    def _judge(
        self,
        action: Action,
        *targets: str,
        to: str | None = None,
        reason: str | None,
        **signed: Unpack[Signed],
    ) -> KnowledgeGraph:
        return self.curator.judge(judge(action, *targets, to=to, reason=reason, **signed))

    def _two(self, a: Name, b: Name) -> tuple[str, str]:
        """Return two entities by id, or two names of one entity as they are written."""
        first, second = self.entity(a), self.entity(b)
        if first.id != second.id:
            return first.id, second.id
        return _id(a), _id(b)

    def _relations_named(self, names: Iterable[str] | None) -> frozenset[str] | None:
        if names is None:
            return None
        return frozenset(r for r, _ in map(self._words.relation, names) if r is not None)

    def _speaker_id(self, speaker: Name | None) -> str | None:
        """Return the id of a speaker; None where only the words of a source name them."""
        if speaker is None:
            return None
        if isinstance(speaker, str) and speaker not in self and self._is_worded(speaker):
            return None
        return self.entity(speaker).id

    def _is_worded(self, speaker: str) -> bool:
        return any(is_worded(claim, speaker) for claim in self._index.claims)

    def _document_ids(self, document: str | None) -> frozenset[str] | None:
        if document is None:
            return None
        found = [d.id for d in self.documents if document in (d.id, d.title, d.path, d.url)]
        if not found:
            raise QueryError(f"No document has the id, title, path or address {document!r}.")
        return frozenset(found)


def _id(thing: Name | Claim) -> str:
    return thing if isinstance(thing, str) else thing.id


def _by_date_and_title(document: Document) -> tuple[str, str, str]:
    return document.date or "", document.title or "", document.id


def _count(items: Sequence[object], one: str, several: str) -> str:
    return f"{len(items):,} {one if len(items) == 1 else several}"
