"""What a corpus calls its entities: every id that documents use, with its names, counted."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from sys import intern
from typing import Protocol, TypeVar

from ...schema import Entity, MentionKind
from .spelling import fold, is_acronym, slug

T = TypeVar("T", bound=Hashable)

_use = attrgetter("entity_id", "type", "text", "kind", "rule")


class Origin(Protocol):
    """Where names were found."""

    @property
    def id(self) -> str: ...
    @property
    def date(self) -> str | None: ...


class Use(Protocol):
    """One mention: the words, what they stand for and by which rule."""

    @property
    def entity_id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def rule(self) -> str: ...


class Names(Protocol):
    """What one document calls its entities: an `Extraction`, or as much of one."""

    @property
    def document(self) -> Origin: ...
    @property
    def entities(self) -> Iterable[Entity]: ...
    @property
    def mentions(self) -> Iterable[Use]: ...


class PerDocument:
    """How often something is in each document: eight bytes a document, whose numbers only rise.

    >>> uses = PerDocument()
    >>> for number in (0, 0, 3):
    ...     uses.add(number)
    >>> dict(uses.items())
    {0: 2, 3: 1}
    """

    __slots__ = ("_times", "numbers")

    def __init__(self) -> None:
        self.numbers = array("i")
        """The documents."""
        self._times = array("i")

    def add(self, number: int, times: int = 1) -> None:
        """Count a document that is the last one, or comes after it."""
        if self.numbers and self.numbers[-1] == number:
            self._times[-1] += times
        else:
            self.numbers.append(number)
            self._times.append(times)

    def items(self) -> Iterator[tuple[int, int]]:
        """Each document, and how often."""
        return zip(self.numbers, self._times, strict=True)

    def update(self, other: PerDocument) -> None:
        """Add the counts of another, wherever its documents lie."""
        counts = sorted([*self.items(), *other.items()])
        del self.numbers[:], self._times[:]
        for number, times in counts:
            self.add(number, times)


@dataclass(slots=True)
class Form:
    """How often, where and by which rules one surface form stood for one id."""

    names: int = 0
    """Mentions by name, not by pronoun or description."""
    rules: dict[str, int] = field(default_factory=dict)
    documents: PerDocument = field(default_factory=PerDocument)
    """How often each document uses the form so."""


@dataclass(slots=True)
class Node:
    """An id that documents use, with all they say of it; ids of one entity are still apart."""

    id: str
    type: str
    name: str = ""
    """The name most documents show it by."""
    titles: dict[str, int] = field(default_factory=dict)
    """The names it is shown by, with the number of documents that do."""
    aliases: set[str] = field(default_factory=set)
    subtypes: dict[str, int] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    families: dict[str, int] = field(default_factory=dict)
    identifiers: dict[str, str] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    listed: array[int] = field(default_factory=lambda: array("i"))
    """Numbers of the documents that have it among their entities."""
    mentions: int = 0
    in_lexicon: bool = False
    """Whether the lexicon, and not only a text, knows it."""

    @property
    def documents(self) -> set[int]:
        """Numbers of the documents that speak of it."""
        return set(self.listed).union(*(form.documents.numbers for form in self.forms.values()))

    @property
    def entity(self) -> Entity:
        """The node as an entity of its own, before any resolution."""
        aliases = {*self.titles, *self.aliases, *self.forms} - {self.name}
        return Entity(id=self.id, name=self.name, type=self.type, aliases=tuple(sorted(aliases)))


def commonest(counts: Mapping[str, int]) -> str | None:
    """The value counted most often; the first in the alphabet where several are.

    >>> commonest({"b": 2, "a": 2, "c": 1}), commonest({})
    ('a', None)
    """
    if len(counts) < 2:
        return next(iter(counts), None)
    return min(counts, key=lambda value: (-counts[value], value))


def count(counts: dict[T, int], value: T, times: int = 1) -> None:
    """Count a value; plain dictionaries, since a corpus needs millions of small ones."""
    counts[value] = counts.get(value, 0) + times


class Census:
    """All nodes of a corpus, and which abbreviations its documents spell out.

    Args:
        documents: What each document calls its entities.
    """

    def __init__(self, documents: Iterable[Names]) -> None:
        self.document_ids: list[str] = []
        self.dates: list[str | None] = []
        self.nodes: dict[str, Node] = {}
        self.acronyms: dict[str, dict[str, set[int]]] = {}
        """Folded acronym -> id it is spelled out as -> numbers of the documents that do."""
        for names in documents:
            self._add(names)
        for node in self.nodes.values():
            node.name = commonest(node.titles) or node.id

    def divide(self, node_id: str, name: str) -> str:
        """Give one name of a node an id of its own, new or known, and return that id."""
        node, key = self.nodes[node_id], fold(name)
        other_id = f"{node.type}:{slug(name)}"
        other = self.nodes.setdefault(other_id, Node(other_id, node.type, name))
        count(other.titles, name)
        for text in [text for text in node.forms if fold(text) == key]:
            moved = node.forms.pop(text)
            form = other.forms.setdefault(text, Form())
            form.names += moved.names
            for rule, times in moved.rules.items():
                count(form.rules, rule, times)
            form.documents.update(moved.documents)
            times = sum(moved.rules.values())
            node.mentions -= times
            other.mentions += times
        del node.listed[:]  # it cannot be told which of its names they list
        node.aliases = {alias for alias in node.aliases if fold(alias) != key}
        return other_id

    def _add(self, names: Names) -> None:
        number = len(self.document_ids)
        self.document_ids.append(names.document.id)
        date = names.document.date
        self.dates.append(date and intern(date))  # many documents, few days
        for entity in names.entities:
            self._add_entity(entity, number)
        for (entity_id, type_, said, kind, rule), times in Counter(
            map(_use, names.mentions)
        ).items():
            text = " ".join(said.split())
            node = self.nodes.get(entity_id)
            if node is None:  # a document may mention what it does not list: its words are a name
                node = self.nodes[entity_id] = Node(entity_id, type_)
                count(node.titles, text or entity_id)
            form = node.forms.get(text)
            if form is None:
                form = node.forms[text] = Form()
            if kind == MentionKind.NAME:
                form.names += times
            count(form.rules, rule, times)
            form.documents.add(number, times)
            node.mentions += times
            if rule == "lexicon":
                node.in_lexicon = True
            elif rule == "abbreviation" and is_acronym(text):
                spelled_out = self.acronyms.setdefault(fold(text), {})
                spelled_out.setdefault(node.id, set()).add(number)

    def _add_entity(self, entity: Entity, number: int) -> None:
        node = self.nodes.get(entity.id)
        if node is None:
            node = self.nodes[entity.id] = Node(entity.id, entity.type)
        node.listed.append(number)
        count(node.titles, entity.name)
        node.aliases.update(entity.aliases)
        if entity.subtype and entity.subtype != "other":
            count(node.subtypes, entity.subtype)
        if entity.country:
            count(node.countries, entity.country)
        if entity.family:
            count(node.families, entity.family)
        for scheme, value in entity.identifiers.items():
            node.identifiers[scheme] = min(value, node.identifiers.get(scheme, value))
