"""Who gives and who gets what a noun names: *won the backing of Norway*, *with help from Iran*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...schema import EntityType
from ..parsing.inflection import verb_forms
from .ends import Ends
from .grammar import after, is_verbal, subjects
from .triggers import RelationLexicon, Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

_WINNING = frozenset(
    form
    for verb in "announce bag book claim clinch get land receive secure sign win".split()
    for form in verb_forms(verb)
)


def is_received(noun: Token, trigger: Trigger, lexicon: RelationLexicon) -> bool:
    """*Won the backing of Norway*: *of* names who gives it, not who gets it.

    It is so with the verbs of a light-verb trigger of the relation that swaps its ends.
    """
    if noun.dep_ in ("dobj", "nsubjpass"):
        verb = noun.head
    elif noun.dep_ == "pobj":
        verb = noun.head.head
    else:
        return False
    return any(
        other.swap and other.relation == trigger.relation and noun.lower_ in other.with_noun
        for other in lexicon.at(verb.lower_, "verbs")
    )


def is_sellers(noun: Token, trigger: Trigger, ends: Ends) -> bool:
    """*Saab won an order for the Gripen*: a company's order is that of its customers."""
    if trigger.relation != "acquires" or noun.dep_ != "dobj" or noun.head.lower_ not in _WINNING:
        return False
    sellers = ends.fitting(subjects(noun.head), (EntityType.ORGANIZATION,))
    return any(ends.roster[s.found.entity_id].subtype == "company" for s in sellers)


def aided(
    noun: Token, trigger: Trigger, lexicon: RelationLexicon
) -> tuple[list[Token], list[Token]]:
    """Who gives aid and who acts with it: *with the support of Iran, Hezbollah attacked*.

    Who fails may do so because another had the aid.
    """
    if trigger.relation != "supports" or noun.dep_ != "pobj" or noun.head.lower_ != "with":
        return [], []
    givers = [c for c in noun.lefts if c.dep_ == "poss"] or after(noun, ("of", "from", "by"))
    verb = noun.head.head
    acts = is_verbal(verb) and not lexicon.marks(verb, "negative")
    return (givers, subjects(verb)) if givers and acts else ([], [])
