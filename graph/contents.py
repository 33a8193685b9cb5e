"""What a knowledge graph holds, and how its entities are found by name."""

# The parameter `type` is part of the public API and reads as people speak.
# ruff: noqa: A002

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from ..schema import CoMention, Decision, Document, Edge, Entity, GraphView, RelationType
from .answers.parts import CoMentionList, DocumentList, EdgeList
from .answers.results import DecisionList, EntityList
from .answers.tables import Labels
from .questions.index import BareGraph, GraphIndex, Held, Index
from .questions.lookup import Lookup, Name
from .questions.subgraph import linked
from .storage.graph_file import GraphFile

if TYPE_CHECKING:
    from .analysis.measures import Measures
    from .curator import Curator

_PICTURED = 500
"""A notebook shows no picture of a graph with more entities than this."""


class GraphContents:
    """Entities, links and documents: what every question to a `KnowledgeGraph` starts from."""

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

    # Parts

    @property
    def title(self) -> str:
        """What the graph is about."""
        return self._title

    @cached_property
    def entities(self) -> EntityList:
        """All entities, by id."""
        return EntityList(self._entities, self._labels, "Entities")

    @cached_property
    def edges(self) -> EdgeList:
        """All stated relations by key, the denied and the planned included."""
        return EdgeList(self._edges, self._labels, "Stated relations")

    @cached_property
    def comentions(self) -> CoMentionList:
        """All pairs that are named together, by their ids."""
        return CoMentionList(self._comentions, self._labels, "Named together")

    @cached_property
    def documents(self) -> DocumentList:
        """All sources, by date, title and id; undated ones come first."""
        return DocumentList(self._documents, self._labels, "Documents")

    @property
    def relations(self) -> Mapping[str, RelationType]:
        """What each relation name means, by name."""
        return self._relations

    @property
    def provenance(self) -> Mapping[str, str]:
        """Versions of code, model and lexicon the graph was made with."""
        return self._provenance

    @cached_property
    def decisions(self) -> DecisionList:
        """Why names stand for entities, by entity and name."""
        return DecisionList(self._decisions, self._labels, "Decisions")

    @property
    def stale(self) -> Sequence[str]:
        """Curation decisions that no longer apply to anything, in words."""
        return self._stale

    # Measures that exports rely on

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

    # A collection of entities

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

    # Names

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

    # Made when first needed

    @cached_property
    def _index(self) -> Index:
        links = self._edges, self._comentions
        return self._file or GraphIndex(
            Held(self._entities, *links, self._documents, self._decisions)
        )

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


def _by_date_and_title(document: Document) -> tuple[str, str, str]:
    return document.date or "", document.title or "", document.id


def _count(items: Sequence[object], one: str, several: str) -> str:
    return f"{len(items):,} {one if len(items) == 1 else several}"
