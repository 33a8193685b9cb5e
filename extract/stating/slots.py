"""Where the words of a trigger leave room for the object of the relation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .ends import Ends
from .grammar import after, objects
from .nouns import BY_OF, counted
from .triggers import ANY_VERB, Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMPLEMENTS = ("xcomp", "ccomp")


def object_places(anchor: Token, verb: Token, trigger: Trigger) -> list[list[Token]]:
    """Where the object may stand, the preferred place first."""
    places: list[list[Token]] = []
    for place in trigger.to:
        if place == "obj":
            if anchor.tag_[0] == "V":
                places.append(objects(anchor))
        elif place == "dative":
            places.append(_receivers(verb))
        elif place == "that":
            clauses = [c for c in anchor.children if c.dep_ in ("ccomp", "parataxis")]
            if anchor.dep_ == "ccomp" and anchor.head.i > anchor.i:  # before a colon
                clauses += [
                    anchor.head,
                    *(c for c in anchor.head.children if c.dep_ == "advcl"),
                ]
            if trigger.complement:
                places.append(_clause_subjects(anchor) or objects(verb))
                continue
            if trigger.modal:
                clauses = [c for c in clauses if any(a.lower_ in trigger.modal for a in c.children)]
            places.append([s for c in clauses for s in _clause_subjects(c)])
        elif place != "in" or not _is_greatest(anchor):
            found = after(anchor, (place,))
            if trigger.relation == "located_in" and trigger.domain is None:  # on a moor in England
                found += [t for spot in found for t in after(spot, ("in", "near"))]
            if anchor is not verb and not found and trigger.with_noun:
                found = after(verb, (place,))
            if not found and anchor is not verb:
                found = _nested(anchor, place)
            if not found and trigger.part == "nouns" and trigger.relation in BY_OF:
                found = [t for maker in after(anchor, ("of",)) for t in after(maker, (place,))]
            places.append(found)
    return [p for p in places if p]


def _is_greatest(noun: Token) -> bool:
    """*The largest war in Europe*, which need not be a war on Europe."""
    return any(c.dep_ == "amod" and c.tag_ == "JJS" for c in noun.lefts)


def noun_of(verb: Token, nouns: frozenset[str], ends: Ends) -> Token | None:
    """The noun of a phrase such as *launched an attack*, *launched a wave of attacks*."""
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "pobj"):
            noun = counted(child)
            if noun.lower_ in nouns or ("@system" in nouns and ends.is_system(noun)):
                return noun
        if child.dep_ == "prep":
            for inner in child.children:
                if inner.lower_ in nouns:
                    return inner
    return None


def complement_of(verb: Token, words: frozenset[str]) -> Token | None:
    for child in verb.children:
        if (
            child.dep_ in ("xcomp", "ccomp", "acomp", "acl", "advcl", "oprd")
            and child.lower_ in words
        ) or (ANY_VERB in words and child.dep_ in _COMPLEMENTS and child.tag_[0] == "V"):
            return child
        if child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ == "pcomp" and inner.lower_ in words:
                    return inner
    return None


def _receivers(verb: Token) -> list[Token]:
    """To whom something is given: *sold Turkey missiles*, *supplied Turkey with missiles*."""
    given = [c for c in verb.children if c.dep_ == "dative" and c.tag_ != "IN"]
    if not given and any(c.dep_ == "dobj" for c in verb.children):  # was given missiles
        given = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if not given and any(c.lower_ == "with" and c.dep_ == "prep" for c in verb.children):
        given = objects(verb)
    return given


def _clause_subjects(clause: Token) -> list[Token]:
    return [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")]


def _nested(anchor: Token, place: str) -> list[Token]:
    """*be part of X*, *be in on X*, *be a partner in X*: the preposition below a complement."""
    found = []
    for child in anchor.children:
        if child.dep_ in ("attr", "prep", "dobj", "acomp"):
            for inner in (child, *child.children):
                if inner.dep_ == "prep" and inner.lower_ == place:
                    found += [c for c in inner.children if c.dep_ == "pobj"]
    return found
