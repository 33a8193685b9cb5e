"""What resolution came to: canonical entities, and for every name the decision behind it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...errors import CurationError
from ...schema import Decision, Entity
from .census import Form, Node, commonest, count
from .clusters import Clusters
from .rulings import Rulings, retyped_id
from .spelling import fold

_FOUND_BY = {
    "lexicon": "{form!r} is a name of {name!r} in the lexicon",
    "designation": "{form!r} is written like a designation",
    "ner": "the language model reads {form!r} as {type}",
    "abbreviation": "{form!r} is spelled out as {name!r} in the same text",
    "coreference": "{form!r} refers back to {name!r} in the same text",
    "architecture": "{form!r} is the system of the owner named beside it",
    "established": "{form!r} is named in full elsewhere in the same text",
    "short form": "{form!r} begins or ends the full name {name!r} in the same text",
    "surname": "{form!r} is the surname of {name!r} in the same text",
    "body": "{form!r} has the form of a body's name",
    "platform": "{form!r} stands beside what shows it to be a ship, an aircraft or a weapon",
    "government": "{form!r} is the government of a country, written as a name",
    "capital": "{form!r} acts here, so it is the government and not the city",
    "work": "{form!r} is a work published by the body named with it",
}

Reason = tuple[str, str]
"""A rule, and what it found in words."""


@dataclass(slots=True)
class _Use:
    """One surface form of one entity, over all documents."""

    is_name: bool = False
    mentions: int = 0
    documents: array[int] = field(default_factory=lambda: array("i"))
    """Their numbers; some come twice, where two ids share the form."""
    reasons: dict[Reason, int] = field(default_factory=dict)
    apart: dict[str, str] = field(default_factory=dict)


class Outcome:
    """Reads entities and decisions off the clusters, once all rules have spoken."""

    def __init__(self, clusters: Clusters, rulings: Rulings) -> None:
        self._clusters = clusters
        self._census = clusters.census
        self._rulings = rulings
        self._uses: dict[str, dict[str, _Use]] = {root: {} for root in clusters.roots()}
        self._types = {root: self._type(root) for root in self._uses}
        self._names = {root: self._name(root) for root in self._uses}
        self._ids = {root: self._id(root) for root in self._uses}
        self._unclear = {name for _, name in clusters.placements}
        for name in sorted(self._census.nodes):
            self._count(self._census.nodes[name])

    def canonical(self) -> dict[str, str | None]:
        """Every id of a document, and the id of its entity; None where it was dropped."""
        find = self._clusters.find
        return {name: self._ids[find(name)] for name in sorted(self._census.nodes)}

    def placed(self) -> dict[tuple[str, str], str | None]:
        """(Document id, id) -> entity, where that document alone settles an unclear name."""
        return {
            (self._census.document_ids[number], name): self._ids[self._clusters.find(step.into)]
            for (number, name), step in self._clusters.placements.items()
        }

    def entities(self) -> Iterator[Entity]:
        """All entities that were not dropped, by id."""
        for entity_id, root in self._kept():
            yield self._entity(entity_id, root)

    def decisions(self) -> Iterator[Decision]:
        """All names of these entities, most used first."""
        for entity_id, root in self._kept():
            uses = self._uses[root]
            for form in sorted(uses, key=lambda form: (-uses[form].mentions, form)):
                yield self._decision(form, entity_id, uses[form])

    def _kept(self) -> list[tuple[str, str]]:
        return sorted((name, root) for root, name in self._ids.items() if name is not None)

    def _type(self, root: str) -> str:
        return self._ruled(root, self._rulings.retyped) or self._clusters.node(root).type

    def _name(self, root: str) -> str:
        return self._ruled(root, self._rulings.renamed) or self._clusters.node(root).name

    def _id(self, root: str) -> str | None:
        if any(node.id in self._rulings.dropped for node in self._clusters.members(root)):
            return None
        if self._ruled(root, self._rulings.retyped):
            return retyped_id(root, self._types[root])
        return root

    def _ruled(self, root: str, values: dict[str, str]) -> str | None:
        """What the user decided about any id of the group."""
        if not values:
            return None
        found = {
            node.id: values[node.id] for node in self._clusters.members(root) if node.id in values
        }
        if len(set(found.values())) > 1:
            lines = "".join(f"\n  {name} to {value}" for name, value in sorted(found.items()))
            raise CurationError(f"These decisions change one entity in two ways:{lines}")
        return min(found.values(), default=None)

    def _count(self, node: Node) -> None:
        """Add the forms of an id to the entities they stand for."""
        clusters = self._clusters
        root = clusters.find(node.id)
        merged = clusters.explain(node.id)
        placements, is_unclear = clusters.placements, node.id in self._unclear
        for text, form in node.forms.items():
            found = (merged.rule, merged.detail) if merged else self._found(text, form, root)
            for number, mentions in form.documents.items():
                placed = placements.get((number, node.id)) if is_unclear else None
                target = clusters.find(placed.into) if placed else root
                use = self._uses[target].get(text)
                if use is None:
                    use = self._uses[target][text] = _Use()
                use.is_name |= form.names > 0
                use.mentions += mentions
                use.documents.append(number)
                count(use.reasons, (placed.rule, placed.detail) if placed else found, mentions)
        uses = self._uses[root]
        shown = min(
            (text for text in node.forms if text in uses),
            key=lambda text: (fold(text) != fold(node.name), -uses[text].mentions, text),
            default=None,
        )
        if shown is not None:
            uses[shown].apart.update(self._apart(node.id, root))

    def _found(self, text: str, form: Form, root: str) -> Reason:
        rule = commonest(form.rules) or ""
        words = _FOUND_BY.get(rule, "found by this rule")
        return rule, words.format(form=text, name=self._names[root], type=self._types[root])

    def _apart(self, name: str, root: str) -> dict[str, str]:
        """Entities that an id was not merged with, by the id they have now."""
        apart: dict[str, str] = {}
        notes = self._clusters.notes.get(name, {})
        for other in sorted(notes):
            other_root = self._clusters.find(other)
            other_id = self._ids[other_root]
            if other_root != root and other_id is not None:
                shown = self._names[other_root]
                apart.setdefault(other_id, f"{shown} ({other_id}): {notes[other]}")
        return apart

    def _entity(self, entity_id: str, root: str) -> Entity:
        members = sorted(
            self._clusters.members(root),
            key=lambda node: (node.id != root, -node.mentions, node.id),
        )
        uses = self._uses[root]
        documents = set().union(*(use.documents for use in uses.values()))
        dates = [date for number in documents if (date := self._census.dates[number])]
        name = self._names[root]
        identifiers: dict[str, str] = {}
        for node in members:
            identifiers = node.identifiers | identifiers
        # A subtype belongs to a type: one that only merged or retyped ids have may not fit.
        alike = [node for node in members if node.type == self._types[root]]
        if entity_id != root:
            alike = []
        return Entity(
            id=entity_id,
            name=name,
            type=self._types[root],
            subtype=_first([commonest(node.subtypes) for node in alike]),
            country=_first([commonest(node.countries) for node in members]),
            family=self._family([commonest(node.families) for node in members], root),
            aliases=_aliases(name, members, uses),
            identifiers=dict(sorted(identifiers.items())),
            mentions=sum(use.mentions for use in uses.values()),
            documents=len(documents),
            first_seen=min(dates, default=None),
            last_seen=max(dates, default=None),
        )

    def _family(self, families: list[str | None], root: str) -> str | None:
        """The canonical id of the family, unless it is the entity itself."""
        family = _first(families)
        if family is None or family not in self._census.nodes:
            return family
        family_root = self._clusters.find(family)
        return None if family_root == root else self._ids[family_root]

    def _decision(self, form: str, entity_id: str, use: _Use) -> Decision:
        reasons = sorted(use.reasons, key=lambda reason: (-use.reasons[reason], reason))
        return Decision(
            name=form,
            entity_id=entity_id,
            rule=reasons[0][0],
            detail="; ".join(dict.fromkeys(detail for _, detail in reasons)),
            mentions=use.mentions,
            documents=tuple(sorted(self._census.document_ids[n] for n in set(use.documents))),
            kept_apart=tuple(use.apart[other] for other in sorted(use.apart)),
        )


def _first(values: list[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _aliases(name: str, members: list[Node], uses: dict[str, _Use]) -> tuple[str, ...]:
    """All other names, most used first; descriptions and pronouns are no names."""
    aliases = {alias for node in members for alias in (*node.titles, *node.aliases)}
    aliases.update(form for form, use in uses.items() if use.is_name)
    aliases.discard(name)
    return tuple(
        sorted(aliases, key=lambda alias: (-uses[alias].mentions if alias in uses else 0, alias))
    )
