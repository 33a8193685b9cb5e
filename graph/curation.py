"""The user's decisions: a YAML file, applied again on every build, that wins over every rule.

.. code-block:: yaml

    - merge: [S-400, Growler]            # one thing; the first name is the one to show
      reason: NATO reporting name
    - split: [Patriot, PAC-3]            # never one thing
    - rename: organization:valdai-club
      to: Valdai Discussion Club
    - retype: Iron Dome
      to: system
    - drop: Reuters                      # not an actor here
    - reject: claim-3f2a91               # a claim read wrongly
    - confirm: claim-77b0e4              # a claim checked by hand
      author: jk
      date: 2024-05-01

Entities go by id or by any of their names. Names that YAML would read as something else, such
as ``no`` or ``2014``, need quotes. Decisions are added by hand, by the methods of a graph
(``kg.merge("S-400", "Growler")``), or by ``actorgraph curate``; the latter two leave comments in
the file as they are.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum
from itertools import combinations
from pathlib import Path
from typing import Any, Self, TypedDict, Unpack

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from ..errors import CurationError
from ..schema import Entity
from ..shallow_yaml import is_shallow
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


YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads plain values only; the one in C is ten times as fast, where it is there."""

HEADER = "# Decisions applied on every build; see the documentation on curation.\n"
"""First line of a file that was not begun by hand."""

_SEVERAL = (Action.MERGE, Action.SPLIT)
_WITH_VALUE = (Action.RENAME, Action.RETYPE)


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
        if self.action in _SEVERAL and len(set(self.keys)) < 2:
            raise ValueError(f"{self.action} needs two different names, or more")
        if self.action not in _SEVERAL and len(self.targets) != 1:
            raise ValueError(f"{self.action} takes one name or id")
        if not all(target.strip() for target in self.targets):
            raise ValueError(f"{self.action} names nothing")
        if (self.action in _WITH_VALUE) != (self.to is not None and self.to.strip() != ""):
            expected = "needs a value for 'to'" if self.action in _WITH_VALUE else "takes no 'to'"
            raise ValueError(f"{self.action} {expected}")
        return self

    def __str__(self) -> str:
        names = ", ".join(self.targets)
        value = f", to: {self.to}" if self.to else ""
        return f"{self.action}: {f'[{names}]' if self.action in _SEVERAL else names}{value}"

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
        _check_dropped(self.of(Action.DROP), self.of(Action.MERGE, *_WITH_VALUE))
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


def read_curation(path: str | Path) -> Curation:
    """Read a curation file; an empty file is an empty curation.

    Raises:
        CurationError: The file cannot be read, is malformed, or contradicts itself.
    """
    try:
        return parse_curation(Path(path).read_text(encoding="utf-8"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise CurationError(f"Cannot read {path}: {error}") from error


def parse_curation(text: str, path: str | Path) -> Curation:
    """Read the text of a curation file; `path` is where it stands, for messages.

    Raises:
        CurationError: The text is malformed or contradicts itself.
    """
    try:
        if not is_shallow(text, YAML_LOADER):
            raise CurationError(f"{path}: it is nested too deeply, or uses aliases (*name).")
        rows = yaml.load(text, YAML_LOADER)  # noqa: S506
    except (yaml.YAMLError, ValueError) as error:  # a date such as 2021-02-30 is a ValueError
        raise CurationError(f"Cannot read {path}: {error}") from error
    if not isinstance(rows, list | None):
        raise CurationError(f"{path}: expected a list of decisions, each beginning with a dash.")
    judgements = []
    for number, row in enumerate(rows or (), start=1):
        try:
            judgements.append(_judgement(row))
        except ValidationError as error:
            reasons = "; ".join(reasons_of(error))
            raise CurationError(f"{path}, decision {number} ({row}): {reasons}.") from error
        except ValueError as error:
            raise CurationError(f"{path}, decision {number} ({row}): {error}.") from error
    return Curation(judgements=tuple(judgements))


def reasons_of(error: ValidationError) -> list[str]:
    """What is wrong with a decision, in words."""
    return [str(found["msg"]).removeprefix("Value error, ") for found in error.errors()]


def write_curation(curation: Curation, path: str | Path) -> None:
    """Write a curation file that `read_curation` reads; the old one is replaced in one step."""
    replace_file(Path(path), HEADER + as_yaml(curation.judgements))


def as_yaml(judgements: Iterable[Judgement]) -> str:
    """Decisions as they stand in a curation file."""
    rows = [_row(judgement) for judgement in judgements]
    if not rows:
        return ""
    return yaml.dump(rows, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)


def replace_file(path: Path, text: str) -> None:
    """Give a file a new content in one step: whoever reads it sees the old or the new one."""
    path = path.resolve()
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.write_text(text, encoding="utf-8", newline="\n")
        if path.exists():
            shutil.copymode(path, partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _judgement(row: object) -> Judgement:
    if not isinstance(row, Mapping):
        raise ValueError("a decision is written as 'action: names'")
    fields: dict[str, Any] = dict(row)
    actions = [action for action in Action if action in fields]
    if len(actions) != 1:
        raise ValueError(f"a decision has exactly one of {', '.join(Action)}")
    targets = fields.pop(actions[0])
    targets = targets if isinstance(targets, list) else [targets]
    for name in (*targets, fields.get("to", "")):
        if not isinstance(name, str):
            raise ValueError(f"{name!r} is not a name; write it in quotes")
    if isinstance(fields.get("date"), date):
        fields["date"] = fields["date"].isoformat()
    return Judgement(**fields, action=actions[0], targets=tuple(targets))


class _Dumper(yaml.SafeDumper):
    """Writes the names of a decision on its line: ``merge: [S-400, Growler]``."""


_Dumper.add_representer(
    tuple,
    lambda dumper, names: dumper.represent_sequence(
        "tag:yaml.org,2002:seq", names, flow_style=True
    ),
)


def _row(judgement: Judgement) -> dict[str, object]:
    several = judgement.action in _SEVERAL
    row: dict[str, object] = {
        judgement.action.value: judgement.targets if several else judgement.targets[0]
    }
    more = judgement.model_dump(include={"to", "reason", "author", "date"}, exclude_none=True)
    return row | more


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
