"""Further roles of a claim: the item supplied, the place of a deployment.

A claim joins two entities; what one of them hands to the other, or where it puts it, stands beside
them. An item is given as an entity's id where it is one, else in the words of the source; a
location only where it is an entity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...schema import EntityType
from .arguments import Arguments
from .grammar import after, objects
from .statements import Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

_WHERE = ("in", "at", "on", "near", "to", "off", "along", "around", "across", "inside", "onto")
_PLACES = (EntityType.PLACE, EntityType.COUNTRY)
_GROUND = frozenset(
    """airfield airport airspace base bases border coast garrison harbor harbour island islands
    mainland port province region shipyard soil territory waters""".split()
)
"""Nouns that are in the country they belong to: *on Polish soil*."""
_NO_ITEM = ("PRP", "PRP$", "WDT", "WP", "DT", "EX", "CD")
_LEFT_OUT = ("det", "poss", "predet", "punct", "case")
_LONGEST = 8
"""Words of an item; what is longer is no name for a thing."""


def qualifiers_of(statement: Statement, arguments: Arguments) -> dict[str, str]:
    """The further roles that the words of a statement give.

    Args:
        statement: What a trigger states.
        arguments: The entities of the passage it stands in.
    """
    if statement.relation in ("supplies", "acquires"):
        item = _item(statement, arguments)
        return {"item": item} if item else {}
    if statement.relation in ("deploys", "hosts"):
        location = _location(statement, arguments)
        return {"location": location} if location else {}
    return {}


def _item(statement: Statement, arguments: Arguments) -> str | None:
    """What is handed over: the first entity among it, else its words."""
    things = [t for t in _things(statement.words[0]) if not _is_end(t, statement, arguments)]
    for thing in things:
        for tier in arguments.tiers(thing):
            for argument in tier:
                found = argument.found
                if found.type == EntityType.SYSTEM or argument.directness == 1:
                    if found.entity_id in _ends(statement):
                        return None
                    return found.entity_id
    return next((words for thing in things if (words := _words(thing))), None)


def _things(trigger: Token) -> Iterator[Token]:
    """Where the item may stand: *sell missiles*, *arm with rockets*, *the sale of jets*."""
    if trigger.tag_[0] == "V":
        yield from after(trigger, ("with",))
        yield from objects(trigger)
        return
    yield from after(trigger, ("of",))
    yield from (c for c in trigger.children if c.dep_ in ("compound", "nmod") and c.tag_[0] == "N")


def _location(statement: Statement, arguments: Arguments) -> str | None:
    for where in after(statement.words[0], _WHERE):
        for tier in arguments.tiers(where):
            for argument in tier:
                found = argument.found
                direct = argument.directness == 1 or where.lower_ in _GROUND
                if direct and found.type in _PLACES and found.entity_id not in _ends(statement):
                    return found.entity_id
    return None


def _ends(statement: Statement) -> Sequence[str]:
    return statement.subject.entity_id, statement.object.entity_id


def _is_end(token: Token, statement: Statement, arguments: Arguments) -> bool:
    """Whether a word is the giver or the receiver, or stands for one of them."""
    at = token.idx
    if any(end.start <= at < end.end for end in (statement.subject, statement.object)):
        return True
    return any(f.entity_id in _ends(statement) for f in arguments.reading.at(token))


def _words(noun: Token) -> str | None:
    """A noun with what stands before it: *short-range air defence missiles*."""
    if noun.tag_ in _NO_ITEM or noun.tag_[0] != "N":
        return None
    first = noun
    for child in noun.lefts:
        if child.dep_ not in _LEFT_OUT:
            first = child.left_edge
            break
    words = noun.doc[first.i : noun.i + 1]
    return " ".join(words.text.split()) if len(words) <= _LONGEST else noun.text
