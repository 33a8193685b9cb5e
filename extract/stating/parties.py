"""What stands beside a noun that joins parties, and is no party to it: *led the talks*.

*Talks*, *a meeting* and *friendship* join those who hold them; not the body that sits, those who
run it for one side, nor who is thanked for it to the others who are thanked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...schema import EntityType
from ..parsing.inflection import noun_forms, verb_forms
from .ends import Ends
from .grammar import is_verbal, subjects
from .triggers import RelationLexicon, Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

_TALKS = "negotiates_with"
_SITTINGS = frozenset(
    form
    for noun in "assembly conference congress gathering meeting session sitting summit".split()
    for form in noun_forms(noun)
)
_RUNNING = frozenset(
    form
    for verb in """administer arrange conduct coordinate direct facilitate handle head lead manage
    organise organize oversee prepare run steer supervise""".split()
    for form in verb_forms(verb)
)
_GATHERED = ("meeting", "meetings", "summit", "summits", "conference", "conferences")
_APOSTROPHES = ("'", "’")


def is_sitting_of(preposition: Token, trigger: Trigger, ends: Ends) -> bool:
    """*The meetings of the Nordic Council*: the one body that sits meets nobody."""
    noun = preposition.head
    bodies = [c for c in preposition.children if c.dep_ == "pobj"]
    return (
        trigger.relation == _TALKS
        and noun.lower_ in _SITTINGS
        and not any(c.lower_ in trigger.to for c in noun.children if c.dep_ == "prep")
        and not any(c.dep_ == "conj" for body in bodies for c in body.children)
        and any(f.type == EntityType.ORGANIZATION for b in bodies for f in ends.reading.at(b))
    )


def is_run_by_one_side(noun: Token, trigger: Trigger, ends: Ends) -> bool:
    """*The dialogue is led by the Ministry of Defence and the Treasury*: two bodies of a state."""
    verb = noun.head
    if trigger.relation != _TALKS or noun.dep_ not in ("dobj", "nsubjpass"):
        return False
    if verb.lower_ not in _RUNNING:
        return False
    bodies = ends.fitting(subjects(verb), (EntityType.ORGANIZATION,))
    states = {ends.roster[a.found.entity_id].country for a in bodies}
    return len(bodies) > 1 and len(states) == 1 and None not in states


def thanked_by(noun: Token, lexicon: RelationLexicon) -> list[Token]:
    """*Spain thanked Cuba and Peru for their friendship*, which is one with Spain."""
    verb = noun.head.head
    own = any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in noun.lefts)
    thanked = noun.dep_ == "pobj" and noun.head.lower_ == "for" and is_verbal(verb)
    return subjects(verb) if own and thanked and lexicon.marks(verb, "gratitude") else []


def is_venue(modifier: Token, ends: Ends) -> bool:
    """*The Lisbon NATO Summit*, held in Lisbon; but *the Lisbon-Madrid summit*."""
    noun = modifier.head
    return (
        noun.lower_ in _GATHERED
        and any(f.type == EntityType.PLACE for f in ends.reading.at(modifier))
        and any(
            f.type == EntityType.ORGANIZATION
            for c in noun.lefts
            if c.i > modifier.i
            for f in ends.reading.at(c)
        )
    )


def is_genitive(noun: Token) -> bool:
    """*Its partners' duties*, whose apostrophe the parser may take for a quotation mark."""
    rest = noun.doc[noun.i + 1 : noun.i + 3]
    return (
        noun.tag_ in ("NNS", "NNPS")
        and len(rest) == 2
        and (rest[0].text in _APOSTROPHES and rest[1].is_alpha)
    )


def misread_owner(noun: Token) -> list[Token]:
    """The countries of *these countries' ties*, where the parser gives each a place of its own."""
    first = noun.left_edge.i
    if first < 2 or not is_genitive(noun.doc[first - 2]):
        return []
    owner = noun.doc[first - 2]
    return [owner] if owner.head == noun.head and owner.dep_ == noun.dep_ else []
