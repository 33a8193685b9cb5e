"""The user's decisions, looked up in a census: what they do to which ids."""

from __future__ import annotations

from itertools import combinations

from ...errors import CurationError
from ...schema import Entity
from ..curation import Action, Curation, Judgement, NameIndex, contradiction
from .census import Census
from .clusters import Clusters
from .spelling import fold


class Rulings:
    """The user's decisions, looked up in a census."""

    def __init__(self, census: Census, curation: Curation) -> None:
        self.stale: tuple[str, ...] = ()
        self.divided: dict[tuple[str, str], str] = {}
        self.renamed: dict[str, str] = {}
        self.retyped: dict[str, str] = {}
        self.dropped: set[str] = set()
        self._changes: dict[tuple[Action, str], Judgement] = {}
        self._pairs: list[tuple[Judgement, str, str]] = []
        self._census = census
        if curation.judgements:
            self._read(curation)

    def apply(self, clusters: Clusters) -> None:
        """Split first, then merge, so that a contradiction shows."""
        for judgement, a, b in self._pairs:
            if judgement.action is Action.SPLIT:
                clusters.keep_apart(a, b, f"kept apart by hand ({_signed(judgement)})")
        for judgement, kept, gone in self._pairs:
            if judgement.action is Action.SPLIT or clusters.find(gone) == clusters.find(kept):
                continue
            if reason := clusters.reason_apart(gone, kept):
                raise CurationError(
                    f"These decisions contradict each other:\n  {judgement}\n  {reason}\n"
                    f"Both are about {kept} and {gone}."
                )
            clusters.join(gone, kept, "curation", f"merged by hand ({_signed(judgement)})")

    def _read(self, curation: Curation) -> None:
        index = NameIndex(self._entities(curation))
        for judgement in curation.of(Action.SPLIT):
            self._divide(judgement, index)
        # Dividing may have made ids, and moved names between them.
        entities = self._entities(curation)
        self.stale = curation.stale(entities)
        index = NameIndex(entities)
        for judgement in curation.judgements:
            if judgement.action.is_about_claims:
                continue
            found = [index.find(name) for name in judgement.targets]
            if judgement.action is Action.SPLIT:
                for these, those in combinations(found, 2):
                    self._pairs += [(judgement, a, b) for a in these for b in those if a != b]
            else:
                self._read_one(judgement, [name for names in found for name in names])

    def _entities(self, curation: Curation) -> list[Entity]:
        """All entities as extracted, which also answer to new names and ids they are given."""
        entities = {node.id: node.entity for node in self._census.nodes.values()}
        index = NameIndex(entities.values())
        for judgement in curation.of(Action.RENAME, Action.RETYPE):
            for name in index.find(judgement.targets[0]):
                is_rename = judgement.action is Action.RENAME
                given = judgement.to if is_rename else retyped_id(name, judgement.to or "")
                known = entities[name]
                entities[name] = known.model_copy(update={"aliases": (*known.aliases, given)})
        return list(entities.values())

    def _read_one(self, judgement: Judgement, ids: list[str]) -> None:
        if judgement.action is Action.DROP:
            self.dropped.update(ids)
        elif judgement.action is Action.MERGE:
            self._pairs += [(judgement, ids[0], other) for other in ids[1:]]
        elif judgement.action is Action.RENAME and judgement.to:
            self._check_change(judgement, ids)
            self.renamed.update(dict.fromkeys(ids, judgement.to))
        elif judgement.action is Action.RETYPE and judgement.to:
            self._check_change(judgement, ids)
            for name in ids:
                self._census.nodes[name].type = judgement.to
                self.retyped[name] = judgement.to
                twin = retyped_id(name, judgement.to)
                if twin != name and twin in self._census.nodes:
                    self._pairs.append((judgement, twin, name))

    def _check_change(self, judgement: Judgement, ids: list[str]) -> None:
        """One thing is renamed or retyped once, by whichever of its names."""
        for name in ids:
            earlier = self._changes.setdefault((judgement.action, name), judgement)
            if earlier.to != judgement.to:
                raise contradiction(earlier, judgement)

    def _divide(self, judgement: Judgement, index: NameIndex) -> None:
        """Where two split names are one id, give the later name an id of its own."""
        first_user: dict[str, str] = {}
        for name in judgement.targets:
            for node_id in index.find(name):
                if first_user.setdefault(node_id, name) == name or node_id == name:
                    continue
                node = self._census.nodes[node_id]
                # The name that the id is shown by stays with it.
                other = name if fold(name) != fold(node.name) else first_user[node_id]
                self.divided[node_id, fold(other)] = self._census.divide(node_id, other)


def retyped_id(name: str, type_: str) -> str:
    """The id of an entity once it has another type.

    >>> retyped_id("person:patriot", "system")
    'system:patriot'
    """
    return f"{type_}:{name.partition(':')[2]}"


def _signed(judgement: Judgement) -> str:
    return "; ".join(part for part in (str(judgement), judgement.because) if part)
