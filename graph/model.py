"""The knowledge graph: entities, what links them, and the questions people ask of them.

A graph never changes. Indexes, centrality, communities and layout are computed when they are first
asked for, and kept. A graph that was opened from a file leaves its links and evidence there until
they are asked for.

What counts as fact: an edge whose status is affirmed or contested. `neighbors`, `path` and `top`
look at facts only unless told otherwise; `claims` and `evidence` leave nothing out, denials and
plans included, because there every line says what it is.

In the examples, ``kg`` is the graph of `graph.example`: two short articles on the S-400.
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
from typing import TYPE_CHECKING, Literal, Unpack, cast

from ..errors import QueryError
from ..schema import (
    Claim,
    CoMention,
    Decision,
    Document,
    Edge,
    Entity,
    GraphView,
    Modality,
    RelationType,
    Status,
)
from .answers.results import (
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
)
from .answers.tables import Labels, date_of
from .answers.vocabulary import member
from .curation import Action, Curation, Judgement, Signed, judge
from .questions.claims import find_claims, find_evidence
from .questions.index import BareGraph, GraphIndex, Index
from .questions.lookup import Lookup, Name
from .questions.neighbors import find_neighbors
from .questions.periods import check_period, period_of
from .questions.select import by_date
from .questions.subgraph import LinkFilter, Part, cited_documents, cut, linked
from .storage.graph_file import GraphFile
from .writers import register_writer, write_as, write_graph

if TYPE_CHECKING:
    import sqlite3

    import networkx as nx

    from .analysis.associations import AssociationList, By
    from .analysis.balance import BalanceList
    from .analysis.brokers import BrokerList
    from .analysis.bursts import BurstList
    from .analysis.measures import Measures
    from .analysis.sources import SourceComparison
    from .answers.views import Frames, PolarsFrames
    from .curator import Curator
    from .diff import GraphDiff
    from .dossier import Dossier
    from .questions.cypher import CypherCopy
    from .questions.paths import PathFinder
    from .questions.periods import Period
    from .questions.sql import DuckCopy, Engine, QueryResult, Values
    from .review import DoubtList

__all__ = ["KnowledgeGraph", "register_writer"]

_PICTURED = 500
"""A notebook shows no picture of a graph with more entities than this."""
_CLAIMS_OF_A_BURST = 5
"""Entities with fewer dated claims are not searched for bursts."""


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
        self._entities: Sequence[Entity] = tuple(sorted(entities, key=lambda entity: entity.id))
        self._edges: Sequence[Edge] = tuple(sorted(edges, key=lambda edge: edge.key))
        self._comentions: Sequence[CoMention] = tuple(
            sorted(comentions, key=lambda pair: (pair.a, pair.b))
        )
        self._documents: Sequence[Document] = tuple(sorted(documents, key=_by_date_and_title))
        self._relations = dict(sorted(relations.items()))
        self._provenance = dict(sorted(provenance.items()))
        self._decisions: Sequence[Decision] = tuple(
            sorted(decisions, key=lambda d: (d.entity_id, d.name, d.rule))
        )
        self._stale = tuple(stale)
        self._curator = curator
        self._file: GraphFile | None = None
        missing = linked(self._edges, self._comentions).difference(e.id for e in self._entities)
        if missing:
            raise ValueError(
                f"Links name entities that are not there: {', '.join(sorted(missing))}"
            )

    @classmethod
    def open(cls, path: str | Path | GraphFile, curator: Curator | None = None) -> KnowledgeGraph:
        """Open a graph that `write_database` wrote; links and evidence stay in the file.

        Args:
            path: The file.
            curator: Where decisions on the graph are kept.

        Raises:
            StoreError: If there is no such file, or it is damaged or of another version.

        >>> path = kg.write_database("graph.sqlite")
        >>> KnowledgeGraph.open(path).evidence("Russia", "NATO")[0].statement
        'Russia opposes NATO (asserted)'
        """
        file = path if isinstance(path, GraphFile) else GraphFile(path)
        graph = cls(
            title=file.title,
            entities=file.entities.values(),
            relations=file.relations,
            provenance=file.provenance,
            stale=file.stale,
            curator=curator,
        )
        graph._file = file
        graph._edges, graph._comentions = file.edges, file.comentions
        graph._documents, graph._decisions = file.document_shelf, file.decisions
        return graph

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
        """Return the PageRank of every entity over facts and co-mentions; it sums to 1.

        >>> round(sum(kg.centrality().values()), 6)
        1.0
        """
        return self._pagerank

    def clusters(self) -> Mapping[str, int]:
        """Return the community number of every entity; 0 is the largest.

        >>> kg.clusters()["system:s-400"] == kg.clusters()["country:tr"]
        True
        """
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
        from .answers.picture import svg

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
        return isinstance(name, str) and bool(self._lookup.names.candidates(name))

    def __getitem__(self, name: Name) -> Entity:
        return self.entity(name)

    def _ipython_key_completions_(self) -> list[str]:
        """Return what Tab offers after ``kg["``: names as shown, then all others."""
        shown = [entity.name for entity in self.entities]
        others = (alias for entity in self.entities for alias in entity.aliases)
        return list(dict.fromkeys([*shown, *others]))

    def entity(self, name: Name, type: str | None = None) -> Entity:
        """Return the entity that goes by a name.

        A name as written beats another spelling of it, and a main name beats an alias.

        Args:
            name: A name, an alias, an id or an entity.
            type: The type it must have, where a name alone is ambiguous.

        Raises:
            UnknownEntity: If there is none; the error suggests near names.
            AmbiguousEntity: If several fit equally well; the error lists their ids.

        >>> kg.entity("Growler").id, kg["s400"].id
        ('system:s-400', 'system:s-400')
        """
        return self._lookup.find(name, type)

    def search(self, text: str, type: str | None = None, limit: int = 20) -> EntityList:
        """Return entities whose names hold a text.

        Exact names come first, then beginnings, then words within. Where nothing holds the text,
        the names most like it are returned.

        Args:
            text: Part of a name.
            type: Only entities of this type.
            limit: How many at most.

        Raises:
            QueryError: If there is no such type.

        >>> [entity.name for entity in kg.search("atlantic", type="organization")]
        ['NATO']
        """
        found = self._lookup.names.search(text, self._lookup.words.type(type), limit)
        return EntityList(found, self._labels, f"Names like {text!r}")

    def why(self, name: Name) -> DecisionList:
        """Return why a name is that entity.

        The decisions on the name itself come first, whichever entities it may stand for; then those
        on the other names of its entity.

        Raises:
            UnknownEntity: If nothing goes by that name, and no decision is about it.

        >>> kg.why("Growler")[0].detail
        'NATO reporting name of the S-400'
        """
        decisions = self._lookup.decisions(name, self.decisions)
        asked = name.name if isinstance(name, Entity) else name
        note = "" if decisions else "The graph records no decision on this name."
        return DecisionList(decisions, self._labels, f"Why {asked!r}", note)

    # Importance and groups

    def top(
        self,
        n: int = 10,
        by: Literal["pagerank", "degree", "betweenness", "mentions", "documents"] = "pagerank",
        type: str | None = None,
    ) -> Ranking:
        """Return the most important entities.

        Pagerank, degree and betweenness look at facts and co-mentions. Degree is the number of
        entities linked to.

        Raises:
            QueryError: If there is no such measure or type.

        >>> [entity.name for entity in kg.top(2, by="mentions")]
        ['Turkey', 'S-400']
        """
        scores = self._pagerank if by == "pagerank" else self._measures.of(by)
        wanted = self._lookup.words.type(type)
        fitting = [entity for entity in self if wanted in (None, entity.type)]
        fitting.sort(key=lambda entity: (-scores[entity.id], entity.id))
        return Ranking(fitting[:n], self._labels, scores, by)

    def communities(self) -> CommunityList:
        """Return the groups of two or more that are linked more to each other than to the rest.

        Each is labelled with its three most central members; see `clusters` for the method.

        >>> kg.communities()[0].label
        'Russia, NATO'
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

    def brokers(self, n: int = 10, type: str | None = None) -> BrokerList:
        """Return who stands between communities: those that join most pairs that only meet so.

        See `graph.analysis.brokers` for the two measures.

        Raises:
            QueryError: If there is no such type.

        >>> [(broker.name, broker.brokered) for broker in kg.brokers(1)]
        [('Russia', 1)]
        """
        from .analysis.brokers import BrokerList, find_brokers

        wanted = self._lookup.words.type(type)
        found = find_brokers(self._lookup.pairs, self.clusters(), self._index.entities)
        fitting = [broker for broker in found if wanted in (None, broker.entity.type)]
        return BrokerList(fitting[:n], self._labels, "Between communities")

    def cores(self, k: int = 1) -> Ranking:
        """Return the entities of the k-core, the innermost first: those with k links to the rest.

        See `graph.analysis.cores`. ``kg.subgraph(kg.cores(3))`` is the core as a graph.

        Args:
            k: Least core number; the number of each is in ``.scores``.

        >>> [entity.name for entity in kg.cores(2)]
        ['Russia', 'Turkey', 'NATO', 'S-400']
        """
        from .analysis.cores import core_numbers

        numbers = core_numbers([entity.id for entity in self], self._lookup.pairs)
        deep = sorted((e for e in self if numbers[e.id] >= k), key=lambda e: (-numbers[e.id], e.id))
        return Ranking(deep, self._labels, numbers, "core")

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
        """Return what an entity is linked to, best supported first.

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

        >>> [near.name for near in kg.neighbors("Russia", relation="operates")]
        ['S-400']
        """
        centre = self.entity(name)
        wanted, inverted = self._lookup.words.relation(relation)
        firmly, kind = member(Modality, modality), self._lookup.words.type(type)
        directions = {"both": (True, False), "out": (True,), "in": (False,)}
        if direction not in directions:
            raise QueryError(f"No direction {direction!r}. Use 'both', 'out' or 'in'.")
        outward = directions["in" if inverted else direction]
        found = find_neighbors(
            self._index, self._lookup.words, centre, wanted, outward, firmly, facts_only
        )
        if kind is not None:
            found = [neighbor for neighbor in found if neighbor.entity.type == kind]
        return NeighborList(found, self._labels, f"Neighbours of {centre.name}")

    def associations(
        self, name: Name | None = None, n: int = 20, by: By = "npmi", min_sentences: int = 2
    ) -> AssociationList:
        """Return the pairs that are named together more often than by chance.

        Args:
            name: One of the two; by default any pair.
            n: How many at most.
            by: ``npmi``, from -1 to 1, ``log_likelihood``, or ``sentences``; see
                `graph.analysis.associations`.
            min_sentences: Leave out pairs that share fewer sentences: chance rules there.

        Raises:
            QueryError: If there is no such measure, or nothing goes by that name.

        >>> pair = kg.associations("Russia")[0]
        >>> pair.b, pair.npmi
        ('organization:nato', 0.31)
        """
        from .analysis.associations import AssociationList, rank_associations

        centre = None if name is None else self.entity(name)
        pairs = self._index.comentions_at(centre.id) if centre else self.comentions
        found = rank_associations(pairs, by, min_sentences, n)
        title = f"Named together with {centre.name}" if centre else "Named together"
        return AssociationList(found, self._labels, f"{title}, by {by}")

    def path(self, a: Name, b: Name, k: int = 1, facts_only: bool = True) -> PathList:
        """Return the k shortest chains of links, each step with its evidence.

        A chain of stated relations, of any length, goes before one that needs a co-mention; among
        chains of one length the better supported goes first.

        Args:
            a: Where to start.
            b: Where to end.
            k: How many paths to return at most.
            facts_only: Leave out what is only planned or denied.

        >>> print(kg.path("United States", "NATO", facts_only=False)[0])
        United States – Turkey – NATO
        """
        start, end = self.entity(a), self.entity(b)
        paths = self._paths.paths(start.id, end.id, k, facts_only)
        note = ""
        if not paths:
            note = "Nothing links the two, not even by way of others."
        elif not all(path.is_stated for path in paths):
            note = "'Co mentioned with': named together, but no source states a relation."
        return PathList(paths, self._labels, f"Paths from {start.name} to {end.name}", note)

    def why_edge(self, a: Name, b: Name) -> EdgeExplanation:
        """Return what the stated relations of two entities rest on, claim by claim.

        Shown are status and belief of each edge, and the rule, wording and sentence of each claim.

        >>> [edge.status.value for edge in kg.why_edge("Turkey", "S-400")]
        ['contested']
        """
        first, second = self.entity(a), self.entity(b)
        edges = self._index.edges_between(first.id, second.id)
        title = f"Stated relations of {first.name} and {second.name}"
        return EdgeExplanation(edges, self._labels, title)

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
        """Return what sources state, by date.

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
            since: First date: ``2021``, ``2021-02``, ``2021-02-03``.
            until: Last date.
            min_confidence: Keep only claims extracted at least so surely, from 0 to 1.

        Raises:
            QueryError: If a name, relation, modality, polarity or document does not exist.

        >>> claims = kg.claims(subject="Turkey").since("2019").affirmed()
        >>> [(claim.relation, claim.evidence.exact) for claim in claims][0]
        ('acquires', 'Turkey took delivery of the S-400.')
        >>> print(claims.by("relation"))
        Claims by relation (2)
        <BLANKLINE>
          value       n
         ───────────────
          acquires    1
          member_of   1
        """
        found = find_claims(
            self._lookup,
            subject=subject,
            object=object,
            relation=relation,
            about=about,
            modality=modality,
            polarity=polarity,
            speaker=speaker,
            document=document,
            min_confidence=min_confidence,
        )
        claims = ClaimList(found, self._labels, "Claims")
        claims = claims.since(since) if since else claims
        return claims.until(until) if until else claims

    def evidence(self, a: Name, b: Name | None = None) -> EvidenceList:
        """Return the sentences that link two entities, with who says so and where.

        Either may be the subject. First come the sentences that state something, by date, denials
        and plans included; then examples that merely name both. With one entity: all sentences
        about it.

        >>> for citation in kg.evidence("Russia", "NATO"):
        ...     print(citation.statement, "|", citation.source, citation.date)
        Russia opposes NATO (asserted) | Air defence in the north 2021-03
        Russia and NATO named together | Turkey takes delivery 2019-07-13
        """
        first = self.entity(a)
        second = None if b is None else self.entity(b)
        title = " and ".join(entity.name for entity in (first, second) if entity)
        found = find_evidence(self._lookup, first, second)
        return EvidenceList(found, self._labels, f"Evidence on {title}")

    def timeline(self, name: Name) -> ClaimList:
        """Return the dated claims an entity plays a part in, in order.

        >>> kg.timeline("S-400").by("year")[0]
        Count(value='2021', n=2)
        """
        entity = self.entity(name)
        dated = [claim for claim in self.claims(about=entity) if date_of(claim)]
        return ClaimList(dated, self._labels, f"Timeline of {entity.name}")

    def bursts(self, name: Name | None = None, by: Period = "year") -> BurstList:
        """Return when sources state much more of an entity than usual (Kleinberg, 2002).

        Args:
            name: An entity; by default all of which enough is stated.
            by: Count by ``year`` or by ``month``; what is dated less precisely is left out.

        Raises:
            QueryError: If there is no such period, or nothing goes by that name.

        >>> len(kg.bursts("S-400"))
        0
        """
        from .analysis.bursts import BurstList, find_bursts

        check_period(by)
        totals = Counter(p for c in self._index.claims if (p := period_of(date_of(c), by)))
        asked = list(self) if name is None else [self.entity(name)]
        least = 1 if name is not None else _CLAIMS_OF_A_BURST
        claims = ((e, by_date(self._index.claims_about(e.id))) for e in asked)
        found = [
            burst
            for entity, about in claims
            if len(about) >= least
            for burst in find_bursts(entity, about, totals, by)
        ]
        found.sort(key=lambda burst: (-burst.weight, burst.entity.id, burst.start))
        return BurstList(found, self._labels, f"Bursts by {by}")

    def balance(self, a: Name, b: Name | None = None, by: Period = "year") -> BalanceList:
        """Return cooperation and conflict between two actors, or of one with all, over time.

        What is denied, planned or feared does not count; what does, `graph.analysis.balance` tells.

        Args:
            a: An actor.
            b: Another; by default everyone.
            by: ``year`` or ``month``.

        Raises:
            QueryError: If there is no such period, or nothing goes by a name.

        >>> [(year.period, year.balance) for year in kg.balance("Russia")]
        [('2017', 1.0), ('2018', None), ('2019', None), ('2020', None), ('2021', -1.0)]
        """
        from .analysis.balance import balance_by_period

        check_period(by)
        first, second = self.entity(a), None if b is None else self.entity(b)
        claims = (
            claim
            for claim in by_date(self._index.claims_about(first.id))
            if {claim.subject_id, claim.object_id} >= {e.id for e in (first, second) if e}
        )
        title = f"{first.name} and {second.name if second else 'others'}, by {by}"
        return balance_by_period(claims, self._labels, by, title)

    def compare_sources(self, a: str, b: str) -> SourceComparison:
        """Return what two sources state, side by side: contradictions, then what both say.

        Args:
            a: A publisher, an author, or the title, path, address or id of one document.
            b: Another.

        Raises:
            QueryError: If nothing goes by one of these; the error lists the publishers.

        >>> compared = kg.compare_sources("Harbour Gazette", "Northern Review")
        >>> [(item.subject_id, item.relation) for item in compared.contradictions]
        [('country:tr', 'acquires')]
        """
        from .analysis.sources import compare

        edges = ((edge.key, edge.claims) for edge in self.edges)
        return compare(
            edges, self._lookup.source(a), self._lookup.source(b), self._labels, f"{a} and {b}"
        )

    def contradictions(self, name: Name | None = None) -> EdgeExplanation:
        """Return the stated relations that some sources affirm and others deny.

        Args:
            name: An entity at one end; by default all.

        >>> [edge.key for edge in kg.contradictions("S-400")]
        [('country:tr', 'acquires', 'system:s-400')]
        """
        edges = self.edges if name is None else self._index.edges_at(self.entity(name).id)
        contested = [edge for edge in edges if edge.status is Status.CONTESTED]
        return EdgeExplanation(contested, self._labels, "What sources disagree on")

    def dossier(self, name: Name) -> Dossier:
        """Return what is known of an entity as a cited page: print it, or save it.

        It is filled in from a template; every line but the names has its sources.

        >>> page = kg.dossier("Growler")
        >>> print(page.to_markdown().splitlines()[0])
        # S-400
        >>> page.to_html().startswith("<!DOCTYPE html>")
        True
        """
        from .dossier import build_dossier

        entity = self.entity(name)
        edges = self._index.edges_at(entity.id)
        pairs = self._index.comentions_at(entity.id)
        return build_dossier(
            entity,
            edges=sorted(edges, key=lambda edge: (-edge.n_evidence, edge.key)),
            claims=list(self.claims(about=entity)),
            spoken=by_date(self._index.claims_by(entity.id)),
            comentions=sorted(pairs, key=lambda p: (-p.sentences, -p.npmi, p.a, p.b)),
            decisions=self._index.decisions_at(entity.id),
            labels=self._labels,
        )

    # Parts of the graph

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
        """Return a part of the graph as a graph; ``around=`` gives an ego network.

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

        Raises:
            QueryError: If a name, relation, type or modality does not exist.

        >>> [entity.name for entity in kg.subgraph(around="United States")]
        ['Turkey', 'United States']
        """
        links = LinkFilter(
            relations=self._lookup.relations(relations),
            modality=member(Modality, modality),
            facts_only=facts_only,
            min_belief=min_belief,
        )
        named = None if entities is None else [self.entity(name).id for name in entities]
        centre = None if around is None else self.entity(around).id
        kinds = None if types is None else {self._lookup.words.known_type(t) for t in types}
        return self._graph_of(cut(self, self._index, links, named, centre, hops, kinds))

    def between(self, since: str | None = None, until: str | None = None) -> KnowledgeGraph:
        """Return the graph that the claims of some time make, status and belief weighed anew.

        Undated claims are left out, and co-mentions too: their counts are not kept by date. Two
        dates are compared so: ``kg.between(until="2019").diff(kg.between(until="2022"))``.

        Args:
            since: First date: ``2021``, ``2021-02``, ``2021-02-03``.
            until: Last date.

        >>> [edge.relation for edge in kg.between(until="2018").edges]
        ['supplies']
        """
        from .evidence.weighing import weigh_between

        edges = weigh_between(self.edges, since, until, self._index.documents)
        ends = linked(edges, ())
        return self._graph_of(Part([entity for entity in self if entity.id in ends], edges, []))

    def diff(self, other: KnowledgeGraph) -> GraphDiff:
        """Return what changed from this graph to another; it prints, and has `to_html`.

        >>> changes = kg.between(until="2018").diff(kg.between(until="2020"))
        >>> [change.label for change in changes.edges.added]
        ['Turkey acquires S-400', 'United States sanctions Turkey']
        """
        from .diff import diff

        return diff(self, other)

    # Queries

    def sql(self, query: str, values: Values = (), engine: Engine = "sqlite") -> QueryResult:
        """Return the rows of a query in SQL; `graph.storage.database` describes the views.

        Args:
            query: One SELECT; ``?`` or ``:name`` stands for a value.
            values: The values.
            engine: ``sqlite``, or ``duckdb`` for heavy sums: it works on a copy of the views, and
                names values ``$name``.

        Raises:
            QueryError: If the query is wrong, would do anything but read, or DuckDB is missing.

        >>> rows = kg.sql("SELECT subject, object FROM edges WHERE relation = ?", ["operates"])
        >>> list(rows)
        [('Russia', 'S-400')]
        """
        from .questions.sql import ask_sqlite

        if engine == "sqlite":
            return ask_sqlite(self._database, query, values, self._labels)
        if engine == "duckdb":
            return self._duck.ask(query, values, self._labels)
        raise QueryError(f"There is no engine {engine!r}. Use 'sqlite' or 'duckdb'.")

    def cypher(
        self, query: str, values: Mapping[str, object] = MappingProxyType({})
    ) -> QueryResult:
        """Return the rows of a query in Cypher; `graph.questions.cypher` has labels and properties.

        Args:
            query: One reading query; ``$name`` stands for a value.
            values: The values, by name.

        Raises:
            QueryError: If the engine cannot answer it, it would do anything but read, or the
                extra is missing.

        >>> list(kg.cypher("MATCH (a:Entity)-[:operates]->(b) RETURN a.name, b.name"))
        [('Russia', 'S-400')]
        """
        return self._cypher.ask(query, values, self._labels)

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
        target, kind = self.entity(name).id, self._lookup.words.type(type)
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

    def to_networkx(self, comentions: bool = True) -> nx.MultiDiGraph:
        """Return the graph as a networkx MultiDiGraph; the key of an edge is its relation.

        Attributes are flat: several values are joined with ``"; "``, unknown ones left out. A
        co-mention, which has no direction, is one edge.
        """
        from .answers.views import as_networkx

        return as_networkx(self, self._labels, comentions)

    def to_pandas(self) -> Frames:
        """Return ``.entities``, ``.edges``, ``.claims`` and ``.comentions`` as pandas DataFrames.

        Raises:
            ImportError: If pandas is not installed.

        >>> kg.to_pandas().edges.query("relation == 'operates'")["subject"].tolist()
        ['Russia']
        """
        from .answers.views import as_frames

        return as_frames(self, self._labels)

    def to_polars(self) -> PolarsFrames:
        """Return ``.entities``, ``.edges``, ``.claims`` and ``.comentions`` as polars DataFrames.

        Raises:
            ImportError: If polars is not installed.

        >>> kg.to_polars().entities.height == len(kg)
        True
        """
        from .answers.views import as_polars_frames

        return as_polars_frames(self, self._labels)

    def write_database(self, path: str | Path, key: str = "") -> Path:
        """Write everything as one SQLite file that `open` reads and any SQL tool queries.

        Args:
            path: The file; what was there is replaced when the new one is complete.
            key: What the graph was made from, to tell later whether the file is out of date.
        """
        from .storage.database import write_database

        return write_database(self, path, key)

    def write(self, path: str | Path, format: str | None = None) -> Path:
        """Write the graph in the format the suffix names: ``kg.write("acme.graphml")``.

        Args:
            path: The file, or the folder for formats of several files.
            format: A suffix that decides instead: ``kg.write("notes/", format="obsidian")``.

        Raises:
            ExportError: If there is no writer for the suffix.
        """
        return write_graph(self, path, format)

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
    def _index(self) -> Index:
        return self._file or GraphIndex(self, self.decisions)

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self, self._index)

    @property
    def _labels(self) -> Labels:
        return self._lookup.labels

    @cached_property
    def _measures(self) -> Measures:
        from .analysis.measures import Measures

        # Measures look at links only: a graph in a file need not read its evidence for them.
        return Measures(cast(GraphView, BareGraph(self.entities, self._index)))

    @cached_property
    def _pagerank(self) -> Mapping[str, float]:
        from .analysis.links import joined, pagerank

        links = joined(self._index.stated_links(facts_only=True), self._index.named_links())
        return dict(zip(self._index.entities, pagerank(links), strict=True))

    @cached_property
    def _paths(self) -> PathFinder:
        from .questions.paths import PathFinder

        return PathFinder(self._index)

    @cached_property
    def _database(self) -> sqlite3.Connection:
        from .storage.database import in_memory

        return self._file.db if self._file else in_memory(self)

    @cached_property
    def _duck(self) -> DuckCopy:
        from .questions.sql import DuckCopy

        return DuckCopy(self._database)

    @cached_property
    def _cypher(self) -> CypherCopy:
        from .questions.cypher import CypherCopy

        return CypherCopy(self)

    def _graph_of(self, part: Part) -> KnowledgeGraph:
        ids = {entity.id for entity in part.entities}
        return KnowledgeGraph(
            title=self.title,
            entities=part.entities,
            edges=part.edges,
            comentions=part.comentions,
            documents=cited_documents(self.documents, part.edges, part.comentions),
            relations=self.relations,
            provenance=self.provenance,
            decisions=[d for d in self.decisions if d.entity_id in ids],
            stale=self.stale,
        )

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


def _id(thing: Name | Claim) -> str:
    return thing if isinstance(thing, str) else thing.id


def _by_date_and_title(document: Document) -> tuple[str, str, str]:
    return document.date or "", document.title or "", document.id


def _count(items: Sequence[object], one: str, several: str) -> str:
    return f"{len(items):,} {one if len(items) == 1 else several}"
