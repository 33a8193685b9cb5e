"""Corrections: what a person decides about names and claims, kept for every later build."""

# The parameter `type` is part of the public API and reads as people speak.
# ruff: noqa: A002

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ..errors import QueryError
from ..schema import Claim
from .contents import GraphContents
from .curation import Action, Curation, Judgement, Signed, judge
from .questions.lookup import Name

if TYPE_CHECKING:
    from .curator import Curator
    from .model import KnowledgeGraph
    from .review import DoubtList


class Corrections(GraphContents):
    """What can be set right in a graph; each correction returns the corrected graph."""

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
