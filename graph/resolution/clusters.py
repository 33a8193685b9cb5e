"""Which ids are one entity: merges, what they rest on, and what must stay apart.

A union-find structure (Tarjan, 1975) whose merges have a direction, a rule and a reason, so that
every step from a name to its entity can be read back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .census import Census, Node


class Step(NamedTuple):
    """One merge: into which id, by which rule, and why in words."""

    into: str
    rule: str
    detail: str


class Clusters:
    """Groups of ids that stand for one entity; the id of each group is that of its root."""

    def __init__(self, census: Census) -> None:
        self.census = census
        self.steps: dict[str, Step] = {}
        """Merged root -> the step that merged it."""
        self.placements: dict[tuple[int, str], Step] = {}
        """(Number of a document, id) -> what the id means in that document alone."""
        self.unclear: set[str] = set()
        """Ids that a rule found to be several entities' name, and left alone."""
        self.notes: dict[str, dict[str, str]] = {}
        """Id -> the ids it was not merged with, each with the reason."""
        self._parents = {name: name for name in census.nodes}
        self._members = {name: [name] for name in census.nodes}
        self._apart: dict[str, dict[str, str]] = {}

    def find(self, name: str) -> str:
        """The root of the group an id belongs to."""
        parents = self._parents
        while parents[name] != name:
            parents[name] = name = parents[parents[name]]
        return name

    def roots(self) -> list[str]:
        """All roots, sorted."""
        return sorted(self._members)

    def node(self, root: str) -> Node:
        """What is known of the id itself."""
        return self.census.nodes[root]

    def members(self, root: str) -> Iterator[Node]:
        """What is known of every id in the group."""
        return (self.census.nodes[name] for name in self._members[root])

    def in_lexicon(self, root: str) -> bool:
        """Whether the lexicon knows an id of the group."""
        return any(node.in_lexicon for node in self.members(root))

    def mentions(self, root: str) -> int:
        """How often the group is mentioned."""
        return sum(node.mentions for node in self.members(root))

    def documents(self, root: str) -> set[int]:
        """Numbers of the documents that mention the group."""
        return set().union(*(node.documents for node in self.members(root)))

    def best(self, roots: Iterable[str]) -> str:
        """The root to keep: known to the lexicon, else mentioned most, else first by id."""
        return min(roots, key=lambda r: (not self.in_lexicon(r), -self.mentions(r), r))

    def reason_apart(self, a: str, b: str) -> str | None:
        """Why two groups must never be merged, or None."""
        return self._apart.get(self.find(a), {}).get(self.find(b))

    def keep_apart(self, a: str, b: str, reason: str) -> None:
        """Forbid that two ids ever share a group."""
        a, b = self.find(a), self.find(b)
        self._apart.setdefault(a, {})[b] = reason
        self._apart.setdefault(b, {})[a] = reason

    def merge(self, gone: str, kept: str, rule: str, detail: str) -> None:
        """Merge the group of one id into that of another.

        Refused, with a note, where a decision of the user or the lexicon keeps them apart.
        """
        gone, kept = self.find(gone), self.find(kept)
        if gone == kept:
            return
        reason = self.reason_apart(gone, kept)
        if reason is None and self.in_lexicon(gone) and self.in_lexicon(kept):
            reason = "the lexicon lists both"
        if reason is not None:
            self.note_apart((gone, kept), reason)
        else:
            self.join(gone, kept, rule, detail)

    def join(self, gone: str, kept: str, rule: str, detail: str) -> None:
        """Merge two groups that may be merged, without asking the lexicon."""
        gone, kept = self.find(gone), self.find(kept)
        self._parents[gone] = kept
        self._members[kept] += self._members.pop(gone)
        self.steps[gone] = Step(kept, rule, detail)
        for other, reason in self._apart.pop(gone, {}).items():
            del self._apart[other][gone]
            self.keep_apart(kept, other, reason)

    def note_apart(self, names: Iterable[str], reason: str) -> None:
        """Note with each of these ids why it is none of the others; a first reason stays."""
        names = sorted(set(names))
        for name in names:
            notes = self.notes.setdefault(name, {})
            for other in names:
                if other != name:
                    notes.setdefault(other, reason)

    def place_by_document(self, name: str, candidates: Iterable[str], rule: str) -> None:
        """Settle an unclear name where a document speaks of only one of its candidates."""
        node = self.census.nodes[name]
        found: dict[int, list[str]] = {}
        for root in sorted({self.find(candidate) for candidate in candidates}):
            if self.reason_apart(name, root) is None:
                for number in self.documents(root) & node.documents:
                    found.setdefault(number, []).append(root)
        for number, roots in found.items():
            if len(roots) == 1:
                shown = self.census.nodes[roots[0]].name
                detail = f"{node.name!r} may be several; this document only names {shown!r}"
                self.placements[number, name] = Step(roots[0], rule, detail)

    def explain(self, name: str) -> Step | None:
        """How an id came to its root: the first rule, and all details; None if it is the root."""
        first = self.steps.get(name)
        if first is None:
            return None
        details, step = [first.detail], first
        while (further := self.steps.get(step.into)) is not None:
            details.append(further.detail)
            step = further
        return Step(step.into, first.rule, "; ".join(details))
