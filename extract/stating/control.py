"""Who acts in an infinitive that has no subject of its own: *hired Airbus to build it*.

The governing word decides, in the manner of control verbs in English grammar: with *hire* its
object acts, with *plot* the one whose plot it is, with *selection* the one selected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..parsing.inflection import noun_forms, verb_forms

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECT_CONTROL = frozenset(
    """accuse advise allow ask assist authorize authorise beg cause compel convince direct enable
    encourage equip forbid force help induce instruct invite lead let make oblige order permit
    persuade pledge press pressure prompt push request require tell train urge warn""".split()
)
_GIVING = frozenset(
    form
    for verb in """allocate allot award donate furnish give grant hand issue lend loan offer provide
    sell supply""".split()
    for form in verb_forms(verb)
)
"""Verbs whose receiver acts with what he is given: *gave Jordan money to buy it*."""
_RECRUITING = frozenset(
    """appoint assign bribe challenge choose coax command commission contract delegate deputise
    deputize designate detail elect empower engage enlist entice entrust exhort goad hire implore
    incite inspire lure mobilise mobilize motivate name nominate pay pick provoke rally recruit
    rouse select spur summon task tempt""".split()
)
"""Verbs that set somebody to do something; the parser takes the infinitive for a purpose."""
_CONTROL = frozenset(f for verb in (*_OBJECT_CONTROL, *_RECRUITING) for f in verb_forms(verb))
_RECRUITS = frozenset(form for verb in _RECRUITING for form in verb_forms(verb))
_CHOICES = frozenset(
    form
    for noun in """appointment choice designation hiring nomination recruitment selection""".split()
    for form in noun_forms(noun)
)
_DESIGNS = frozenset(
    form
    for noun in """ambition attempt bid campaign conspiracy decision design drive effort intention
    intrigue move offer plan pledge plot ploy promise proposal push scheme threat vow""".split()
    for form in noun_forms(noun)
)


def controllers(clause: Token, head: Token) -> list[Token]:
    """The heads of who acts in a clause, where the word that governs it says so."""
    acted_on = [c for c in head.children if c.dep_ in ("dobj", "dative") and c.i < clause.i]
    if not acted_on:
        return []
    if clause.dep_ in ("xcomp", "ccomp") and head.lower_ in _CONTROL:
        return acted_on
    if head.lower_ in _GIVING and (receivers := _receivers(head)):
        return receivers
    if clause.dep_ != "advcl" or acted_on[-1].right_edge.i + 1 != clause.left_edge.i:
        return []
    if head.lower_ in _RECRUITS:
        return acted_on
    return designers(acted_on[-1])


def designers(noun: Token) -> list[Token]:
    """Who does what a noun is a plan or a choice for.

    *Iran's plot to bomb it*, *a plan by Iran to bomb it*, *the selection of Airbus to build it*.
    """
    if noun.lower_ in _CHOICES:
        return _behind(noun, "of")
    if not is_design(noun):
        return []
    return [c for c in noun.lefts if c.dep_ == "poss" or _is_name(c)] or _behind(noun, "by")


def _behind(noun: Token, preposition: str) -> list[Token]:
    return [
        c
        for word in noun.children
        if word.lower_ == preposition
        for c in word.children
        if c.dep_ == "pobj"
    ]


def _receivers(verb: Token) -> list[Token]:
    """*gave Jordan*, *provided Jordan with*, *sold it to Jordan*."""
    with_ = any(c.lower_ == "with" for c in verb.rights)
    found = [
        c
        for c in verb.rights
        if (c.dep_ == "dative" and c.tag_ != "IN") or (with_ and c.dep_ == "dobj")
    ]
    return found or [
        c
        for to in verb.rights
        if to.lower_ == "to" and to.dep_ in ("dative", "prep")
        for c in to.children
        if c.dep_ == "pobj"
    ]


def is_design(noun: Token) -> bool:
    """*A plot to attack it*, whose plotters act; *a missile to hit it* acts itself."""
    return noun.lower_ in _DESIGNS


def governing_infinitive(verb: Token) -> Token | None:
    """The infinitive that a second one goes with: *to see that it fails and to support Peru*.

    The parser joins it to the finite verb between.
    """
    if not _is_infinitive(verb) or verb.head.tag_ not in ("VBZ", "VBP", "VBD"):
        return None
    return next((t for t in verb.head.ancestors if _is_infinitive(t)), None)


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.lefts)


def _is_name(modifier: Token) -> bool:
    """The Russian of *a Russian plot*, the government of *a Russian government plot*."""
    return modifier.dep_ in ("amod", "compound", "nmod") and any(
        t.text[0].isupper() for t in (modifier, *modifier.lefts)
    )
