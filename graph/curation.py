"""What people decide about names and claims, and whether their decisions agree.

The decisions win over every rule; `curation_file` has them as they are written down.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from enum import StrEnum
from itertools import combinations
from typing import Self, TypedDict, Unpack

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from ..errors import CurationError
from ..schema import Entity
from .resolution.spelling import fold


class Action(StrEnum):
    """What a judgement does."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    RETYPE = "retype"
    DROP = "drop"
    REJECT = "reject"
    CONFIRM = "confirm"

    @property
    def is_about_claims(self) -> bool:
        """Whether the targets are claim ids; else they are entities."""
        return self in (Action.REJECT, Action.CONFIRM)

    @property
    def takes_several(self) -> bool:
        """Whether it is about two names or more; else it is about one name or claim."""
        return self in (Action.MERGE, Action.SPLIT)

    @property
    def takes_value(self) -> bool:
        """Whether it needs a new name or type."""
        return self in (Action.RENAME, Action.RETYPE)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Judgement(_Model):
    """One decision of a person about names or claims.

    >>> print(Judgement(action=Action.MERGE, targets=("S-400", "Growler")))
    merge: [S-400, Growler]
    """

    action: Action
    targets: tuple[str, ...]
    """Names or ids of entities, or ids of claims."""
    to: str | None = None
    """The new name or type."""
    author: str | None = None
    date: str | None = None
    reason: str | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.action.takes_several and len(set(self.keys)) < 2:
            raise ValueError(f"{self.action} needs two different names, or more")
        if not self.action.takes_several and len(self.targets) != 1:
            raise ValueError(f"{self.action} takes one name or id")
        if not all(target.strip() for target in self.targets):
            raise ValueError(f"{self.action} names nothing")
        if self.action.takes_value != (self.to is not None and self.to.strip() != ""):
            expected = "needs a value for 'to'" if self.action.takes_value else "takes no 'to'"
            raise ValueError(f"{self.action} {expected}")
        return self

    def __str__(self) -> str:
        names = ", ".join(self.targets)
        value = f", to: {self.to}" if self.to else ""
        return f"{self.action}: {f'[{names}]' if self.action.takes_several else names}{value}"

    @property
    def keys(self) -> tuple[str, ...]:
        """The targets as keys: names are folded, ids taken as they are written."""
        return tuple(
            target if ":" in target or self.action.is_about_claims else fold(target)
            for target in self.targets
        )

    @property
    def sense(self) -> tuple[str, ...]:
        """What it decides, whoever does. The first name of a merge is the one to show."""
        names = sorted(self.keys) if self.action is Action.SPLIT else self.keys
        return self.action, self.to or "", *names

    @property
    def because(self) -> str:
        """Who decided, when and why, as the end of a sentence; empty where nothing is known."""
        signed = " ".join(part for part in (self.author, self.date) if part)
        return "; ".join(part for part in (self.reason, signed) if part)


class Signed(TypedDict, total=False):
    """Who takes a decision, and when."""

    author: str | None
    date: str | None


def judge(
    action: Action,
    *targets: str,
    to: str | None = None,
    reason: str | None = None,
    **signed: Unpack[Signed],
) -> Judgement:
    """Return a decision, signed with the name of the user unless another is given.

    It is dated only if you say so: a clock would make two equal builds differ.

    Raises:
        CurationError: It names too little, too much, or nothing.

    >>> print(judge(Action.RENAME, "organization:valdai-club", to="Valdai Discussion Club"))
    rename: organization:valdai-club, to: Valdai Discussion Club
    """
    user = os.environ.get("USER") or os.environ.get("USERNAME") or None
    try:
        return Judgement(
            action=action,
            targets=targets,
            to=to,
            reason=reason,
            author=signed.get("author") or user,
            date=signed.get("date"),
        )
    except ValidationError as error:
        raise CurationError(f"This is no decision: {'; '.join(reasons_of(error))}.") from error


class Curation(_Model):
    """All decisions of a corpus, in the order they were taken; none contradicts another.

    >>> curation = Curation().add(Judgement(action=Action.MERGE, targets=("S-400", "Growler")))
    >>> try:
    ...     curation.add(Judgement(action=Action.SPLIT, targets=("Growler", "S-400")))
    ... except CurationError as error:
    ...     print(error)
    These decisions contradict each other:
      merge: [S-400, Growler]
      split: [Growler, S-400]
    """

    judgements: tuple[Judgement, ...] = ()

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        _check_splits(self.of(Action.SPLIT), self.of(Action.MERGE))
        _check_values(self.of(Action.RENAME))
        _check_values(self.of(Action.RETYPE))
        _check_dropped(self.of(Action.DROP), self.of(Action.MERGE, Action.RENAME, Action.RETYPE))
        _check_dropped(self.of(Action.REJECT), self.of(Action.CONFIRM))
        return self

    def of(self, *actions: Action) -> list[Judgement]:
        """The judgements of these kinds, in order."""
        return [judgement for judgement in self.judgements if judgement.action in actions]

    def add(self, judgement: Judgement) -> Curation:
        """Return a curation with one more decision, unless the same was decided already.

        Raises:
            CurationError: The decision contradicts an earlier one.
        """
        if self.decides(judgement):
            return self
        return Curation(judgements=(*self.judgements, judgement))

    def without(self, judgement: Judgement) -> Curation:
        """Return a curation in which this decision was never taken."""
        return Curation(judgements=tuple(j for j in self.judgements if j != judgement))

    def decides(self, judgement: Judgement) -> bool:
        """Whether the same was decided already, by whomever.

        >>> merge = Judgement(action=Action.MERGE, targets=("S-400", "Growler"))
        >>> Curation(judgements=(merge,)).decides(
        ...     Judgement(action=Action.MERGE, targets=("S-400", "growler"), author="jk")
        ... )
        True
        """
        return any(known.sense == judgement.sense for known in self.judgements)

    def stale(self, entities: Iterable[Entity]) -> tuple[str, ...]:
        """Say which decisions name an entity that is not there, or not clearly one.

        Args:
            entities: The entities as extracted, before any decision is applied.
        """
        index = NameIndex(entities)
        return tuple(
            f"{judgement} ({problem})"
            for judgement in self.judgements
            if not judgement.action.is_about_claims
            for target in judgement.targets
            if (problem := index.problem(target))
        )

    def stale_claims(self, claim_ids: Collection[str]) -> tuple[str, ...]:
        """Say which decisions are about a claim that is not there."""
        return tuple(
            f"{judgement} (no claim has that id)"
            for judgement in self.of(Action.REJECT, Action.CONFIRM)
            if judgement.targets[0] not in claim_ids
        )


def problem_of(judgement: Judgement, stale: Iterable[str]) -> str | None:
    """Why a decision changes nothing, as `Curation.stale` put it; None if it does."""
    start = f"{judgement} ("
    found = next((line for line in stale if line.startswith(start)), None)
    return found and found.removeprefix(start).removesuffix(")")


class NameIndex:
    """Which entities go by a name: by id, else by the name shown, else by an alias."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._types: dict[str, str] = {}
        self._names: dict[str, set[str]] = {}
        self._aliases: dict[str, set[str]] = {}
        for entity in entities:
            self._types[entity.id] = entity.type
            self._names.setdefault(fold(entity.name), set()).add(entity.id)
            for alias in entity.aliases:
                self._aliases.setdefault(fold(alias), set()).add(entity.id)

    def find(self, name: str) -> tuple[str, ...]:
        """The ids of the entity that `name` means: several where the same name was typed once
        as one id and once as another of the same type; none where it is unknown or unclear."""
        found = self._candidates(name)
        return found if self._is_one_thing(name, found) else ()

    def problem(self, name: str) -> str | None:
        """Why `find` gives nothing, in words."""
        found = self._candidates(name)
        if not found:
            return f"nothing is called {name!r}"
        if not self._is_one_thing(name, found):
            return f"{name!r} may be {' or '.join(found)}; give the id"
        return None

    def _candidates(self, name: str) -> tuple[str, ...]:
        if name in self._types:
            return (name,)
        key = fold(name)
        return tuple(sorted(self._names.get(key) or self._aliases.get(key) or ()))

    def _is_one_thing(self, name: str, found: tuple[str, ...]) -> bool:
        if len(found) < 2:
            return bool(found)
        return fold(name) in self._names and len({self._types[name] for name in found}) == 1


def reasons_of(error: ValidationError) -> list[str]:
    """What is wrong with a decision, in words."""
    return [str(found["msg"]).removeprefix("Value error, ") for found in error.errors()]


def _check_splits(splits: list[Judgement], merges: list[Judgement]) -> None:
    together: dict[str, Judgement] = {}
    groups = _merged(merges)
    for judgement in merges:
        together.update(dict.fromkeys(judgement.keys, judgement))
    for split in splits:
        for a, b in combinations(split.keys, 2):
            if groups.get(a, a) == groups.get(b, b):
                raise contradiction(
                    *{str(j): j for j in (together[a], together[b])}.values(), split
                )


def _merged(merges: list[Judgement]) -> dict[str, str]:
    """For every merged name, the name of its whole group, over chains of merges."""
    members: dict[str, set[str]] = {}
    for judgement in merges:
        group = set().union(*(members.get(key, {key}) for key in judgement.keys))
        members.update(dict.fromkeys(group, group))
    return {key: min(group) for key, group in members.items()}


def _check_values(judgements: list[Judgement]) -> None:
    first: dict[str, Judgement] = {}
    for judgement in judgements:
        for key in judgement.keys:
            earlier = first.setdefault(key, judgement)
            if earlier.to != judgement.to:
                raise contradiction(earlier, judgement)


def _check_dropped(dropped: list[Judgement], used: list[Judgement]) -> None:
    gone = {key: judgement for judgement in dropped for key in judgement.keys}
    for judgement in used:
        for key in judgement.keys:
            if key in gone:
                raise contradiction(gone[key], judgement)


def contradiction(*judgements: Judgement) -> CurationError:
    """The error that shows decisions which cannot all hold."""
    lines = "".join(f"\n  {judgement}" for judgement in judgements)
    return CurationError(f"These decisions contradict each other:{lines}")
