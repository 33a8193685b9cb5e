"""Who gives and who gets what a noun names: *won the backing of Norway*, *with help from Iran*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .grammar import after, is_verbal, subjects
from .triggers import RelationLexicon, Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token


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
