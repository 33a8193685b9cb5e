"""What the questions on a graph share: finding what is named, and what stands where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import cast

from ...errors import QueryError, UnknownEntity
from ...schema import CoMention, Decision, Edge, Entity, GraphView
from ..analysis.sources import documents_of
from ..answers.tables import Labels
from ..answers.vocabulary import Vocabulary
from ..resolution.spelling import fold
from .index import Index
from .names import NameIndex
from .select import is_worded

Name = str | Entity
"""An entity, its id, or any of its names."""


class Lookup:
    """The index of one graph, its names, its words, and how things are called."""

    def __init__(self, graph: GraphView, index: Index) -> None:
        self._graph = graph
        self.index = index

    @cached_property
    def names(self) -> NameIndex:
        """All names of all entities."""
        return NameIndex(self.index.entities.values())

    @cached_property
    def words(self) -> Vocabulary:
        """Relations and types that questions may name."""
        return Vocabulary(self._graph)

    @cached_property
    def labels(self) -> Labels:
        """How things are called."""
        index = self.index
        return Labels(index.entities, index.documents, self._graph.relations, self.names)

    @cached_property
    def pairs(self) -> Mapping[tuple[str, str], float]:
        """How strongly every two entities are linked by facts and co-mentions."""
        from ..analytics import pair_weights

        edges = cast("Iterable[Edge]", self.index.bare_edges())
        return pair_weights(edges, cast("Iterable[CoMention]", self.index.bare_pairs()))

    def find(self, name: Name, type: str | None = None) -> Entity:  # noqa: A002
        """Return the entity that goes by a name.

        Raises:
            UnknownEntity: If there is none; the error suggests near names.
            AmbiguousEntity: If several fit equally well; the error lists their ids.
        """
        return self.names.find(name.id if isinstance(name, Entity) else name, type)

    def relations(self, names: Iterable[str] | None) -> frozenset[str] | None:
        """Return relations by their names, or those of their inverses; None for all."""
        if names is None:
            return None
        return frozenset(r for r, _ in map(self.words.relation, names) if r is not None)

    def speaker_id(self, speaker: Name | None) -> str | None:
        """Return the id of a speaker; None where only the words of a source name them."""
        if speaker is None:
            return None
        if isinstance(speaker, str) and self._is_only_worded(speaker):
            return None
        return self.find(speaker).id

    def document_ids(self, document: str | None) -> frozenset[str] | None:
        """Return the ids of the documents that go by an id, a title, a path or an address.

        Raises:
            QueryError: If there is none.
        """
        if document is None:
            return None
        found = [
            d.id
            for d in self.index.documents.values()
            if document in (d.id, d.title, d.path, d.url)
        ]
        if not found:
            raise QueryError(f"No document has the id, title, path or address {document!r}.")
        return frozenset(found)

    def source(self, name: str) -> frozenset[str]:
        """Return the ids of the documents of a publisher or author, or of one document."""
        return documents_of(name, self.index.documents.values())

    def decisions(self, name: Name, known: Iterable[Decision]) -> list[Decision]:
        """Return the decisions on a name, whichever entity it stands for, then those on the other
        names of that entity.

        Raises:
            UnknownEntity: If nothing goes by that name, and none was decided on.
        """
        asked = name.name if isinstance(name, Entity) else name
        owners = [name] if isinstance(name, Entity) else self.names.candidates(name)
        direct = [d for d in known if fold(d.name) == fold(asked)]
        if isinstance(name, Entity):
            direct = [d for d in direct if d.entity_id == name.id]
        if not owners and not direct:
            raise UnknownEntity(asked, self.names.suggest(asked))
        others = [d for owner in owners for d in self.index.decisions_at(owner.id)]
        return [*direct, *(d for d in others if d not in direct)]

    def _is_only_worded(self, speaker: str) -> bool:
        if self.names.candidates(speaker):
            return False
        return any(is_worded(claim, speaker) for claim in self.index.claims)
