"""Questions on the network: who is linked to whom, who matters, and which groups there are."""

# The parameter `type` is part of the public API and reads as people speak.
# ruff: noqa: A002

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ..errors import QueryError
from ..schema import Entity, Modality
from .answers.results import Community, CommunityList, NeighborList, PathList, Ranking
from .answers.vocabulary import member
from .contents import GraphContents
from .questions.lookup import Name
from .questions.neighbors import find_neighbors

if TYPE_CHECKING:
    from .analysis.associations import AssociationList, By
    from .analysis.brokers import BrokerList
    from .questions.paths import PathFinder


class NetworkQuestions(GraphContents):
    """What the links of a graph tell."""

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

    @cached_property
    def _paths(self) -> PathFinder:
        from .questions.paths import PathFinder

        return PathFinder(self._index)
