"""What a corpus calls its entities: every id that documents use, with its names, counted."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from ...schema import Entity, Extraction, MentionKind
from .spelling import fold, is_acronym, slug

T = TypeVar("T", bound=Hashable)


@dataclass(slots=True)
class Form:
    """How often, where and by which rules one surface form stood for one id."""

    names: int = 0
    """Mentions by name, not by pronoun or description."""
    rules: dict[str, int] = field(default_factory=dict)
    documents: dict[int, int] = field(default_factory=dict)
    """Number of each document, and how often it uses the form so."""


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
    documents: set[int] = field(default_factory=set)
    mentions: int = 0
    in_lexicon: bool = False
    """Whether the lexicon, and not only a text, knows it."""

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
    """All nodes of a corpus, and which abbreviations its documents spell out."""

    def __init__(self, extractions: Iterable[Extraction]) -> None:
        self.document_ids: list[str] = []
        self.dates: list[str | None] = []
        self.nodes: dict[str, Node] = {}
        self.acronyms: dict[str, dict[str, set[int]]] = {}
        """Folded acronym -> id it is spelled out as -> numbers of the documents that do."""
        for extraction in extractions:
            self._add(extraction)
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
            for number, times in moved.documents.items():
                count(form.documents, number, times)
                node.mentions -= times
                other.mentions += times
            other.documents.update(moved.documents)
        node.documents = {number for form in node.forms.values() for number in form.documents}
        node.aliases = {alias for alias in node.aliases if fold(alias) != key}
        return other_id

    def _add(self, extraction: Extraction) -> None:
        number = len(self.document_ids)
        self.document_ids.append(extraction.document.id)
        self.dates.append(extraction.document.date)
        for entity in extraction.entities:
            self._add_entity(entity, number)
        for mention in extraction.mentions:
            text = " ".join(mention.text.split())
            node = self.nodes.get(mention.entity_id)
            if node is None:  # a document may mention what it does not list: its words are a name
                node = self.nodes[mention.entity_id] = Node(mention.entity_id, mention.type)
                count(node.titles, text or mention.entity_id)
            node.documents.add(number)
            form = node.forms.get(text)
            if form is None:
                form = node.forms[text] = Form()
            form.names += mention.kind == MentionKind.NAME
            count(form.rules, mention.rule)
            count(form.documents, number)
            node.mentions += 1
            if mention.rule == "lexicon":
                node.in_lexicon = True
            elif mention.rule == "abbreviation" and is_acronym(text):
                spelled_out = self.acronyms.setdefault(fold(text), {})
                spelled_out.setdefault(node.id, set()).add(number)

    def _add_entity(self, entity: Entity, number: int) -> None:
        node = self.nodes.get(entity.id)
        if node is None:
            node = self.nodes[entity.id] = Node(entity.id, entity.type)
        node.documents.add(number)
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
