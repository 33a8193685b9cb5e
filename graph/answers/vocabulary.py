"""The words a question may use: relations, types, modalities.

A word that is not one of them is an error that suggests one, never an empty answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from ...errors import QueryError
from ...schema import CO_MENTIONED_WITH, RELATED_TO, EntityType, GraphView

E = TypeVar("E", bound=StrEnum)


class Vocabulary:
    """The relations and entity types that one graph knows."""

    def __init__(self, graph: GraphView) -> None:
        self._types = {*EntityType, *(entity.type for entity in graph.entities)}
        self._relations = {CO_MENTIONED_WITH, RELATED_TO, *graph.relations}
        self._relations |= {edge.relation for edge in graph.edges}
        self._symmetric = {r.name for r in graph.relations.values() if r.symmetric}
        self._symmetric.add(CO_MENTIONED_WITH)
        self._inverses = {r.inverse: r.name for r in graph.relations.values()}

    def type(self, name: str | None) -> str | None:
        """Return a type if the graph knows it.

        Raises:
            QueryError: If it does not.
        """
        return name if name is None else self.known_type(name)

    def known_type(self, name: str) -> str:
        """Return a type that is named; see `type`."""
        return _known("type", name, self._types)

    def relation(self, name: str | None) -> tuple[str | None, bool]:
        """Return a relation, and whether it was named by its inverse.

        Raises:
            QueryError: If the graph does not know it.
        """
        if name is None or name in self._relations:
            return name, False
        return self._inverses[_known("relation", name, {*self._relations, *self._inverses})], True

    def is_symmetric(self, relation: str | None) -> bool:
        """Whether a relation reads the same from both ends."""
        return relation in self._symmetric


def member(kind: type[E], name: str | None) -> E | None:
    """Return the member of an enumeration that goes by a value.

    Raises:
        QueryError: If there is none.
    """
    return None if name is None else kind(_known(kind.__name__.lower(), name, kind))


def _known(what: str, name: str, known: Iterable[str]) -> str:
    words = sorted(str(word) for word in known)
    if name in words:
        return name
    near = get_close_matches(name, words, n=2)
    hint = (
        f"Did you mean {' or '.join(map(repr, near))}?" if near else f"Known: {', '.join(words)}."
    )
    raise QueryError(f"There is no {what} {name!r}. {hint}")
