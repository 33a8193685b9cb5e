"""What is said in a manner of speaking, or of a game."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ...schema import EntityType
from ..parsing.inflection import verb_forms
from ..reading import Reading
from .complements import is_infinitive
from .nouns import counted
from .triggers import RelationLexicon, Trigger

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_BODILY = ("attacks", "supplies")
"""Relations whose verbs act on people and things."""
_GIVING = frozenset(
    form
    for verb in ("give", "hand", "lend", "offer", "present", "sell", "commit", "surrender")
    for form in verb_forms(verb)
)
"""Verbs of handing over; what hands over itself hands over nothing."""
_QUALITIES = ("ity", "ness", "ship", "dom")
"""Endings of nouns for what somebody is like."""
_ORDERING = frozenset(f for verb in ("command", "direct", "steer") for f in verb_forms(verb))
_LEAVING = ("leave", "leaves", "left", "leaving")
_BEHIND = ("alone", "aside", "behind", "off", "out")
_TAKING_NOTE = ("recognizing", "recognising")
_MEETING = ("meet", "meets", "meeting", "met", "call", "calls", "calling", "called")


def is_figure(verb: Token, reading: Reading, lexicon: RelationLexicon) -> bool:
    """*Sold Berlin a pup*, *sold itself to Peru*, *a cold front from Iceland struck Ireland*."""
    things = [c for c in verb.children if c.dep_ == "dobj"]
    if (
        gives_itself(verb)
        or _is_natural(verb, reading, lexicon)
        or _is_showered(verb, reading, lexicon)
    ):
        return True
    if verb.lower_ in _LEAVING and any(
        c.dep_ in ("xcomp", "oprd") or c.lower_ in _BEHIND for c in verb.rights
    ):
        return True  # left Ethiopia holding the silver, left it off the list
    for child in verb.children:
        if child.lower_ in ("down", "in", "under") and child.dep_ in ("prep", "prt"):
            things += [c for c in child.children if c.dep_ == "pobj"]
    return any(lexicon.is_a(t.lower_, "figure") and not reading.at(t) for t in things)


def is_order(verb: Token, trigger: Trigger) -> bool:
    """*Is directing the agency to reform*: tells it what to do, and does not head it."""
    return (
        trigger.relation == "leads"
        and any(
            c.dep_ in ("xcomp", "ccomp", "advcl") and is_infinitive(c) and c.i > verb.i
            for c in verb.children
        )
        and verb.lower_ in _ORDERING
    )


def _is_natural(verb: Token, reading: Reading, lexicon: RelationLexicon) -> bool:
    """*A cold front from Iceland struck*, *Cyclone Freddy struck*."""
    for agent in verb.lefts:
        if agent.dep_ == "nsubj" and not any(
            found.type == EntityType.SYSTEM for found in reading.at(agent)
        ):
            common = agent.tag_ in ("NN", "NNS")
            kinds = [agent] if common else [c for c in agent.lefts if c.dep_ == "compound"]
            if any(lexicon.marks(kind, "nature") for kind in kinds):
                return True
    return False


def _is_showered(verb: Token, reading: Reading, lexicon: RelationLexicon) -> bool:
    """*Bombarded it with questions*, and not with shells."""
    means = [c for w in verb.rights if w.lower_ == "with" for c in w.children if c.dep_ == "pobj"]
    return (
        lexicon.marks(verb, "showering")
        and bool(means)
        and not any(lexicon.marks(counted(m), "ordnance") or reading.at(m) for m in means)
    )


def gives_itself(verb: Token) -> bool:
    """*Sold itself short to Peru*: nothing changed hands."""
    return verb.lower_ in _GIVING and any(
        c.dep_ == "dobj" and c.lower_ in ("itself", "themselves") for c in verb.children
    )


def is_abstract(verb: Token, trigger: Trigger, reading: Reading, lexicon: RelationLexicon) -> bool:
    """*Met the needs of Germany*, *supplied the answer to Sweden's question*: no dealing.

    Nor was who was *struck by the generosity of Warsaw* attacked by it. A thought that a name owns
    is handed over, met or hit only in a manner of speaking.
    """
    bodily = trigger.relation in _BODILY or verb.lower_ in _MEETING
    if not bodily:
        return False
    things = [c for c in verb.children if c.dep_ == "dobj"]
    agents = [c for by in verb.rights if by.dep_ == "agent" for c in by.children]
    return any(lexicon.is_a(t.lower_, "abstract") and not reading.at(t) for t in things) or any(
        c.dep_ == "pobj" and c.lower_.endswith(_QUALITIES) and not reading.at(c) for c in agents
    )


def is_ground(verb: Token, reading: Reading) -> bool:
    """*Recognizing the ties of Peru with Cuba, it offered*: it takes note of what is there."""
    things = [c for c in verb.children if c.dep_ == "dobj"]
    return (
        verb.lower_ in _TAKING_NOTE
        and verb.dep_ == "advcl"
        and verb.i < verb.head.i
        and not any(reading.at(t) for t in things)
    )


def is_state_of_war(noun: Token) -> bool:
    """*Is at war with Iran*, which does not say who attacked."""
    return noun.lower_ == "war" and noun.dep_ == "pobj" and noun.head.lower_ == "at"


def is_market(noun: Token, trigger: Trigger) -> bool:
    """*Market demand for gas from Qatar*: what is bought, and no request."""
    return (
        trigger.request
        and noun.lower_ in ("demand", "demands")
        and any(c.dep_ == "compound" and c.tag_ in ("NN", "NNS") for c in noun.lefts)
    )


def is_play(sentence: Span, lexicon: RelationLexicon) -> bool:
    """Whether a sentence is about sport: *Spain beat England in the final*."""
    return _any_of(lexicon.classes["play"]).search(sentence.text.lower()) is not None


@lru_cache(maxsize=4)
def _any_of(phrases: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(phrases)))})s?\b")
