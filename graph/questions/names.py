"""Finding entities by the names people type.

Lookup forgives what `spelling.fold` forgives, case, accents and hyphens, and nothing else: *s400*
finds the S-400 and never the S-300. Likeness of letters (rapidfuzz) only ever makes suggestions.
"""

# The parameter `type` is part of the public API and reads as people speak.
# ruff: noqa: A002

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ...errors import AmbiguousEntity, UnknownEntity
from ...schema import Entity
from ..resolution.spelling import fold

_LIKENESS = 70
"""Below this likeness, out of 100, a suggestion confuses more than it helps."""
_WHOLE_WORDS = 90
"""Likeness where all words of one name are in the other: *Patriot missile* and *Patriot*."""
_AS_GOOD = 10
"""What is less like than the likest by more than this is not suggested beside it."""


class NameIndex:
    """All names of all entities, for lookup, search and suggestions; made when first asked."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_id = {entity.id: entity for entity in entities}

    @cached_property
    def _by_name(self) -> dict[str, dict[str, Entity]]:
        """Entities by id, by every folded name."""
        found: dict[str, dict[str, Entity]] = {}
        for entity in self._by_id.values():
            for name in entity.names:
                found.setdefault(fold(name), {})[entity.id] = entity
        return found

    def find(self, name: str, type: str | None = None) -> Entity:
        """Return the one entity that goes by a name or id.

        Raises:
            UnknownEntity: If there is none; the error suggests near names.
            AmbiguousEntity: If several fit equally well; the error lists their ids.
        """
        found = self.candidates(name, type)
        if not found:
            raise UnknownEntity(name, self.suggest(name, type))
        if len(found) > 1:
            raise AmbiguousEntity(name, [entity.id for entity in found])
        return found[0]

    def candidates(self, name: str, type: str | None = None) -> list[Entity]:
        """Return the entities a name fits best, by id.

        An id beats a name; a name as written beats another spelling of it; and the name an entity
        is shown by beats an alias.
        """
        by_id = self._by_id.get(name)
        if by_id is not None and type in (None, by_id.type):
            return [by_id]
        same = [e for e in self._by_name.get(fold(name), {}).values() if type in (None, e.type)]
        best = min((_distance(name, entity) for entity in same), default=0)
        return sorted((e for e in same if _distance(name, e) == best), key=lambda e: e.id)

    def search(self, text: str, type: str | None = None, limit: int = 20) -> list[Entity]:
        """Return the entities whose names hold a text, best match and most mentioned first.

        Where no name holds it, the entities with the names most like it are returned.
        """
        entities = [entity for entity in self._by_id.values() if type in (None, entity.type)]
        scored = [(score, e) for e in entities if (score := _match(text, e)) is not None]
        scored.sort(key=lambda pair: (pair[0], -pair[1].mentions, pair[1].id))
        found = [entity for _, entity in scored] or [
            entity for entity, _ in self._alike(text, type)
        ]
        return found[:limit]

    def suggest(self, name: str, type: str | None = None) -> list[str]:
        """Return up to three names that look like one that is not there.

        A name that only belongs to another type is answered with the ids that carry it.
        """
        elsewhere = self.candidates(name) if type else []
        if elsewhere:
            return [entity.id for entity in elsewhere]
        return list(dict.fromkeys(written for _, written in self._alike(name, type)))[:3]

    def _alike(self, name: str, type: str | None) -> list[tuple[Entity, str]]:
        """Return entities with names like one that is not there, the likest first.

        Each comes with the name it is shown by, if that is like it too, else with its likest.
        """
        found = [
            (likeness, entity, next(n for n in entity.names if fold(n) == key))
            for key, likeness in self._likenesses(fold(name)).items()
            for entity in self._by_name[key].values()
            if type in (None, entity.type)
        ]
        found.sort(key=lambda hit: (-hit[0], -hit[1].mentions, hit[1].id, hit[2]))
        near: dict[str, tuple[Entity, str]] = {}
        for likeness, entity, written in found:
            if likeness < found[0][0] - _AS_GOOD:
                break
            if entity.id not in near or written == entity.name:
                near[entity.id] = entity, written
        return list(near.values())

    def _likenesses(self, key: str) -> dict[str, float]:
        """Return how like each folded name is to another, letter by letter or in whole words.

        Only names of similar length are compared by letters: a short one is within many a long one.
        """
        from rapidfuzz import fuzz, process

        names = self._by_name.keys()
        spelled = process.extract(key, names, scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=None)
        worded = process.extract(
            key, names, scorer=fuzz.token_set_ratio, score_cutoff=100, limit=None
        )
        likenesses = {name: float(_WHOLE_WORDS) for name, *_ in worded}
        for name, likeness, _ in spelled:
            likenesses[name] = max(likeness, likenesses.get(name, 0))
        return likenesses


def _distance(name: str, entity: Entity) -> int:
    """How loosely an entity that shares the folded name carries it; 0 is literally."""
    if entity.name == name:
        return 0
    if name in entity.aliases:
        return 1
    return 2 if fold(entity.name) == fold(name) else 3


def _match(text: str, entity: Entity) -> tuple[int, bool] | None:
    """How well an entity answers a search, and whether only by an alias; None is no match."""
    scores = [
        (score, name != entity.name)
        for name in entity.names
        if (score := _match_name(text, name)) is not None
    ]
    return min(scores, default=None)


def _match_name(text: str, name: str) -> int | None:
    """How well a name answers a search; 0 is best."""
    asked, folded = fold(text), fold(name)
    if asked == folded:
        return 0
    if folded.startswith(asked):
        return 1
    words = folded.split()
    if all(any(word.startswith(part) for word in words) for part in asked.split()):
        return 2
    return 3 if asked in folded else None
