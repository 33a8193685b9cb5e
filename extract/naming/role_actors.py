"""Actors that a text names by their role: *Rwandan rebels*, *the opposition*, *protesters*.

Who serves a state stands for it, but rebels, refugees and the opposition are actors of their own.
A group gets an entity where the text says whose it is: by an adjective or a genitive (*Sudanese
rebels*), by a place (*rebels in Sudan*), by an earlier mention (*the rebels*), or because its
sentence, else its passage, speaks of one country only. A role that is nobody's stays without one.
The idea that a nationality and a role noun together name an actor is that of the event coders
(Schrodt and Gerner, 2012).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ...schema import EntityType, MentionKind
from ..parsing.inflection import noun_forms
from ..reading import Found, Reading, Roster
from ..stating.grammar import conjuncts
from ..word_files import read_tables, read_words
from .name_files import read_rows

if TYPE_CHECKING:
    from spacy.tokens import Token

Roles = dict[int, tuple[Found, ...]]
"""The actors that role nouns name, by token index."""

_BEFORE = ("amod", "compound", "nmod", "poss")
_OWNERS = (EntityType.COUNTRY, EntityType.ORGANIZATION)
_FROM = ("in", "of", "from")
_DETERMINERS = ("the", "this", "these", "those")
_SCORE = 0.6
_OPPOSITION = "opposition"


class _Nouns(NamedTuple):
    """Role nouns in all forms."""

    groups: Mapping[str, tuple[str, str]]
    """Plural and subtype, by form."""
    state: frozenset[str]
    serving: frozenset[str]
    named: frozenset[str]
    camp: frozenset[str]
    all: frozenset[str]


@lru_cache(maxsize=1)
def _nouns() -> _Nouns:
    tables = read_tables("roles.toml")
    groups = {}
    for row in tables["groups"]:
        for noun in row["nouns"]:
            singular, plural = noun_forms(noun)
            shown = singular if noun == _OPPOSITION else plural
            groups.update(dict.fromkeys((singular, plural), (shown, row["subtype"])))
    others = {
        name: frozenset(form for noun in tables[name] for form in noun_forms(noun))
        for name in ("state", "serving", "named", "camp")
    }
    return _Nouns(groups, **others, all=frozenset(groups).union(*others.values()))


@lru_cache(maxsize=1)
def _adjectives() -> dict[str, str]:
    """The adjective of every country, by the country's id."""
    rows = read_rows(read_words("countries.csv"), "countries.csv")
    return {r["id"]: r["adjectives"].split("|")[0].lstrip("~") for r in rows if r["adjectives"]}


class RoleActors:
    """Walks a document passage by passage and remembers the groups it has named."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._last: dict[str, Found] = {}

    def resolve(self, reading: Reading) -> Roles:
        """The actors that the role nouns of a passage name; enters the groups in the roster."""
        roles: Roles = {}
        nouns = _nouns()
        for index, word in enumerate(reading.words):
            if word not in nouns.all:
                continue
            token = reading.doc[index]
            if token.tag_[0] != "N" or token.dep_ in ("compound", "amod") or reading.at(token):
                continue
            found = self._actors(token, reading, nouns)
            if found:
                roles[token.i] = found
        return roles

    def _actors(self, noun: Token, reading: Reading, nouns: _Nouns) -> tuple[Found, ...]:
        group = nouns.groups.get(noun.lower_)
        if _is_camp(noun, nouns):
            group = nouns.groups[_OPPOSITION]
        if group is None:
            return self._state(noun, reading, noun.lower_ in nouns.state)
        if any(c.dep_ == "prep" and c.lower_ == "to" for c in noun.children):
            return ()  # opposition to something
        owners = _owners(noun, reading)
        if any(f.type != EntityType.COUNTRY for f in owners):
            return ()  # Hezbollah's fighters act for Hezbollah
        if owners:
            return tuple(self._group(noun, f, group, reading) for f in owners)
        return self._bare(noun, group, reading, noun.lower_ not in nouns.named)

    def _bare(
        self, noun: Token, group: tuple[str, str], reading: Reading, at_home: bool
    ) -> tuple[Found, ...]:
        """*The rebels*: those named before, else those of the one country in view."""
        known = self._last.get(group[0])
        if known is not None and _determiner(noun) in _DETERMINERS:
            return (_at(noun, noun, known.entity_id, known.type),)
        country = _only_country(noun, reading) if at_home else None
        return (self._group(noun, country, group, reading),) if country else ()

    def _state(self, noun: Token, reading: Reading, alone: bool) -> tuple[Found, ...]:
        """*Turkish troops* act for Turkey, *the government* for the one country in view."""
        owners = [f for f in _owners(noun, reading) if f.type in _OWNERS]
        if any(c.dep_ == "appos" and reading.at(c) for c in noun.children):
            return ()  # the official is named
        if owners:
            first = _first(noun, reading)
            return tuple(_at(first, noun, f.entity_id, f.type) for f in owners)
        if not alone or _is_described(noun):
            return ()
        country = _only_country(noun, reading)
        return (_at(noun, noun, country.entity_id, EntityType.COUNTRY),) if country else ()

    def _group(
        self, noun: Token, country: Found, group: tuple[str, str], reading: Reading
    ) -> Found:
        plural, subtype = group
        record = self._roster[country.entity_id]
        adjective = _adjectives().get(record.id, record.name)
        ethnic = any(t.lower_ == "ethnic" for t in noun.doc[noun.left_edge.i : noun.i])
        name = f"{'ethnic ' * ethnic}{adjective} {plural}"
        code = None if ethnic else record.country
        entity_id = self._roster.named(name, EntityType.ORGANIZATION, subtype, code)
        found = _at(_first(noun, reading), noun, entity_id, EntityType.ORGANIZATION)
        self._last[plural] = found
        return found


def _is_camp(noun: Token, nouns: _Nouns) -> bool:
    """*Opposition parties*."""
    return noun.lower_ in nouns.camp and any(
        c.lower_ == _OPPOSITION and c.dep_ in ("compound", "nmod", "amod") for c in noun.lefts
    )


def _owners(noun: Token, reading: Reading) -> list[Found]:
    """Whom a role noun belongs to, as a word before it says, else where it is at home."""
    before = [c for c in noun.lefts if c.dep_ in _BEFORE]
    named = [
        f
        for child in before
        for word in (child, *conjuncts(child))
        if word.i < noun.i
        for f in reading.at(word)[:1]
    ]
    return named or [
        f
        for child in noun.rights
        if child.dep_ == "prep" and child.lower_ in _FROM
        for place in child.children
        if place.dep_ == "pobj"
        for f in reading.at(place)
        if f.type == EntityType.COUNTRY
    ]


def _first(noun: Token, reading: Reading) -> Token:
    """Where the mention begins: with the name that says whose the group is."""
    for child in noun.lefts:
        if child.dep_ in _BEFORE and reading.at(child):
            return reading.span(reading.at(child)[0])[0]
    return noun


def _only_country(noun: Token, reading: Reading) -> Found | None:
    """The country in view: of the sentence, else of the passage, if there is exactly one."""
    sentence = noun.sent
    start, end = sentence.start_char, sentence.end_char
    everywhere = [f for f in reading.found if f.type == EntityType.COUNTRY]
    here = [f for f in everywhere if start <= f.start < end]
    chosen: Sequence[Found] = here or everywhere
    return chosen[0] if len({f.entity_id for f in chosen}) == 1 else None


def _is_described(noun: Token) -> bool:
    """Set apart from the government at hand: *a military government*, *the Assad regime*."""
    return _determiner(noun) in ("a", "an", "any", "no", "every", "each") or any(
        c.dep_ in (*_BEFORE, "relcl", "prep") for c in noun.children
    )


def _determiner(noun: Token) -> str:
    return next((c.lower_ for c in noun.lefts if c.dep_ == "det"), "")


def _at(first: Token, last: Token, entity_id: str, kind: str) -> Found:
    end = last.idx + len(last.text)
    return Found(first.idx, end, kind, entity_id, MentionKind.NOMINAL, "role", _SCORE)
