"""What is done by or to a thing, and not by or to those it belongs to: *seized his yacht*."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..parsing.inflection import verb_forms
from ..reading import Reading
from .arguments import Arguments
from .triggers import RelationLexicon, Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

_TAKING = frozenset(f for verb in ("seize", "capture", "confiscate") for f in verb_forms(verb))


def who_talk(tokens: Sequence[Token], trigger: Trigger, lexicon: RelationLexicon) -> list[Token]:
    """Those of the parties that can talk: *an encounter of Russian and Danish submarines*."""
    if trigger.relation != "negotiates_with":
        return list(tokens)
    return [t for t in tokens if not lexicon.is_a(t.lower_, "craft")]


def spoken_of(tokens: Sequence[Token], trigger: Trigger, arguments: Arguments) -> list[Token]:
    """Those that are a topic: *stressed Italy's support for Peru* speaks of more than Italy."""
    if trigger.relation != "comments_on":
        return list(tokens)
    return [t for t in tokens if arguments.names(t) or not _has_aim(t)]


def _has_aim(noun: Token) -> bool:
    return noun.tag_[0] == "N" and any(
        c.dep_ == "prep" and c.lower_ in ("for", "to", "towards", "toward") for c in noun.rights
    )


def is_taking(verb: Token, trigger: Trigger, reading: Reading, lexicon: RelationLexicon) -> bool:
    """*Seized a yacht of the Russian oligarch*: it takes property, and attacks nobody."""
    return (
        trigger.relation == "attacks"
        and verb.lower_ in _TAKING
        and any(
            c.dep_ in ("dobj", "nsubjpass")
            and lexicon.is_a(c.lower_, "property")
            and not reading.at(c)
            for c in verb.children
        )
    )
