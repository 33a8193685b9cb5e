"""Several who are spoken of as one: *the two leaders*, *both sides*, *they* after *X met Y*.

A group is formed only where a text joins its members itself: in an enumeration (*Ghana and Togo*),
or by a verb of meeting. A description of it stands for every member.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...schema import EntityType, MentionKind
from ..parsing.inflection import verb_forms
from ..reading import Found, Reading
from ..stating.grammar import after, conjuncts
from .salience import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

PAIR, GROUP = "pair", "group"
"""Rules of the mentions that stand for two entities, or for more."""

_MEETING = frozenset(
    form
    for verb in """call confer consult discuss greet host join meet phone receive speak talk
    telephone visit welcome""".split()
    for form in verb_forms(verb)
)
_PEOPLE = frozenset(
    "leaders presidents ministers premiers chancellors secretaries kings men".split()
)
_STATES = frozenset("countries nations governments sides states capitals".split())
_DESCRIBING = _PEOPLE | _STATES | {"two"}
_ALONE = ("leaders", "presidents", "ministers", "secretaries")
"""Mean a group with *the* alone; *the countries* may be any."""


def members_of(token: Token, reading: Reading) -> tuple[Found, ...]:
    """Those whom an enumeration joins, if all of them are named and of one type."""
    tokens = [token, *conjuncts(token)]
    named = [found for t in tokens for found in _named(t, reading)]
    return tuple(named) if len(named) == len(tokens) and _is_group(named) else ()


def is_met(token: Token) -> bool:
    """Whether something goes on with, or between, those whom a token names."""
    above = token.head
    if token.dep_ == "pobj" and above.lower_ in ("with", "to", "between"):
        return above.lower_ == "between" or above.head.lower_ in _MEETING
    return token.dep_ == "dobj" and above.lower_ in _MEETING


def met_by(token: Token, reading: Reading) -> tuple[Found, ...]:
    """The two who meet, where a verb of meeting has this token for its object."""
    if not is_met(token):
        return ()
    verb = token.head if token.dep_ == "dobj" else token.head.head
    hosts = [f for c in verb.children if c.dep_ in SUBJECTS for f in _named(c, reading)]
    pair = [*hosts, *_named(token, reading)]
    return tuple(pair) if len(pair) == 2 and _is_group(pair) else ()


def described(token: Token, groups: Sequence[tuple[Found, ...]]) -> tuple[Found, ...]:
    """The last group that a description of several fits; none if it is no such description."""
    kinds, two = _kinds(token)
    for kind in kinds:
        for members in reversed(groups):
            if members[0].type == kind:
                return members if not two or len(members) == 2 else ()
    return ()


def speaking_together(pronoun: Token, reading: Reading) -> tuple[Found, ...]:
    """The countries in *we, the leaders of Ghana, Togo and Benin*."""
    for noun in pronoun.children:
        if noun.dep_ == "appos" and noun.lower_ in _PEOPLE | _STATES:
            for first in after(noun, ("of", "from")):
                if members := members_of(first, reading):
                    return members
    return ()


def standing_for(token: Token, members: Sequence[Found]) -> tuple[Found, ...]:
    """A mention of every member, where the description or pronoun stands."""
    start = token.idx
    for child in token.lefts:
        if child.dep_ in ("det", "predet", "nummod"):
            start = min(start, child.idx)
    kind = MentionKind.PRONOUN if token.tag_ in ("PRP", "PRP$") else MentionKind.NOMINAL
    rule = PAIR if len(members) == 2 else GROUP
    end = token.idx + len(token.text)
    return tuple(Found(start, end, m.type, m.entity_id, kind, rule, 0.6) for m in members)


def _kinds(token: Token) -> tuple[tuple[str, ...], bool]:
    """The types that a description of several allows, and whether it says that they are two."""
    if token.lower_ not in _DESCRIBING:
        return (), False
    before = {c.lower_ for c in token.lefts}
    if before - {"the", "both", "two", "these"} or any(
        c.dep_ in ("prep", "relcl", "appos", "acl") for c in token.rights
    ):
        return (), False
    if token.lower_ == "two" and token.dep_ in SUBJECTS and "the" in before:
        return (EntityType.PERSON, EntityType.COUNTRY), True
    two = bool(before & {"both", "two"})
    if token.lower_ in _PEOPLE and (two or (token.lower_ in _ALONE and "the" in before)):
        return (EntityType.PERSON,), two
    if token.lower_ in _STATES and two:
        return (EntityType.COUNTRY,), True
    return (), False


def _named(token: Token, reading: Reading) -> Iterator[Found]:
    for found in reading.at(token):
        if reading.root(found) == token.i:
            yield found
            return


def _is_group(members: Sequence[Found]) -> bool:
    return (
        len({m.entity_id for m in members}) == len(members) > 1
        and len({m.type for m in members}) == 1
        and members[0].type in (EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANIZATION)
    )
