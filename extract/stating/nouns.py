"""Who has, makes or does what a noun names: *India's order*, *an attack by Iran*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..parsing.inflection import noun_forms, verb_forms
from .ends import Ends
from .grammar import PROPER, after, is_verbal, objects, possessors, subjects
from .negation import is_opposite
from .parties import is_run_by_one_side, is_sitting_of, is_venue, misread_owner
from .triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

_FELT = ("concerned_about", "opposes", "supports")
"""Relations whose nouns name what is felt in a country: *opposition in Hungary to NATO*."""
_DONE_TO = ("attacks", "threatens")
"""Relations whose nouns name their maker after *from*: *a threat from Russia*."""
BY_OF = ("withdraws_from", "negotiates_with", "located_in")
"""Relations whose nouns take the one who acts after *of*: *the withdrawal of Serbian forces*."""
_NAMING = frozenset("is are was were include includes included".split())
_STRUGGLES = frozenset("fight struggle war battle campaign offensive".split())
_KINDS = frozenset(
    form
    for noun in "act campaign crime pattern policy series spate spree string war wave".split()
    for form in noun_forms(noun)
)
_MEASURES = frozenset(
    form
    for noun in """array barrage batch couple dozen flurry hail handful host hundred million number
    pair rain round salvo score series shower spate string stream succession swarm thousand torrent
    volley wave""".split()
    for form in noun_forms(noun)
)
_ABOUT = frozenset(
    """discuss discusses discussed discussing review reviews reviewed reviewing monitor monitors
    monitored monitoring describe describes described describing mention mentions mentioned
    mentioning remember remembers remembered remembering address addresses addressed addressing
    follow follows followed following raise raises raised raising""".split()
)
"""Verbs whose object is what is talked about: who discusses a war need not wage it."""
_HARMING = frozenset(
    form
    for verb in """compromise damage endanger erode harm imperil jeopardise jeopardize threaten
    undermine weaken""".split()
    for form in verb_forms(verb)
)
"""Verbs whose subject does the opposite: who undermines *the security of Peru* protects no one."""
_HAVING = frozenset(
    form
    for verb in """become boast cease constitute count find form gain get have include keep lose
    make need play remain represent seek serve stay take want win""".split()
    for form in verb_forms(verb)
)
"""Verbs whose object is what their subject has or is: *has an ally in Peru*."""
_BORNE = frozenset(
    form
    for verb in """await bear brave confront endure experience face foil outlast outlive parry
    repel repulse resist suffer survive thwart undergo weather withstand witness""".split()
    for form in verb_forms(verb)
)
"""Verbs whose subject has the act of another done to it: who suffers an assault makes none."""
_LIGHT = frozenset(
    """am are be been being is was were 's 're remain remains remained stay stays stayed engage
    engages engaged engaging enter enters entered entering went go goes""".split()
)
"""Verbs that add nothing to a noun behind a preposition: *is in talks with*, *went to war with*."""


def holders_of(noun: Token, trigger: Trigger, ends: Ends) -> list[Token]:
    """Who has or does what the noun names: its owner or maker, else who acts on it."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "as":
        return _in_role(noun.head)
    if trigger.relation == "compared_with":
        return holders(noun)
    own = [c for c in noun.children if c.dep_ == "poss"] or misread_owner(noun)
    makers = makers_of(noun, trigger, ends)
    if not own and trigger.relation in _FELT:  # concern in Finland
        makers += [
            c
            for c in after(noun, ("in", "among"))
            if c.head.head == noun and ends.arguments.names(c)
        ]
    if not ends.fitting(makers, ends.domain(trigger)):
        makers = []  # an Iranian copy of the S-300
    if _reacts(noun, trigger, ends) or (trigger.role and _is_acted_on(noun)):
        return own + makers
    if makers and not ends.is_symmetric(trigger):
        return own + makers
    if not own and len(ends.fitting(makers, ends.domain(trigger))) > 1:
        return makers  # the U.S.-EU partnership, whoever looks forward to it
    own = own or [c for c in kind_of(noun).lefts if c.dep_ == "poss"]
    return (own or holders(noun)) + makers


def makers_of(noun: Token, trigger: Trigger, ends: Ends) -> list[Token]:
    """Who does what the noun names: *Russian invasion*, *an attack by Iran*."""
    makers = [
        c
        for c in noun.children
        if c.dep_ in ("amod", "compound", "nmod") and ends.reading.at(c) and not is_venue(c, ends)
    ]
    for child in noun.children:
        if child.dep_ == "amod" and child.lower_ in ("led", "launched"):  # the US-led invasion
            makers += [c for c in child.children if ends.reading.at(c)]
        elif child.dep_ == "prep" and (
            child.lower_ == "by" or (child.lower_ == "from" and trigger.relation in _DONE_TO)
        ):
            makers += [c for c in child.children if c.dep_ == "pobj"]
        elif child.dep_ == "prep" and child.lower_ == "of":
            makers += [  # the development of the Agni-V by India
                c
                for thing in child.children
                for by in thing.children
                if by.lower_ == "by"
                for c in by.children
                if c.dep_ == "pobj"
            ]
            if trigger.relation not in BY_OF or is_sitting_of(child, trigger, ends):
                continue
            makers += [c for c in child.children if c.dep_ == "pobj" and ends.arguments.names(c)]
    return makers


def victims_of(noun: Token, trigger: Trigger) -> list[Token]:
    """Who bears what comes from another: *Sweden faces a threat from Russia*.

    Not who confronts *Russia's aggression*, which may be done to others.
    """
    if trigger.relation not in _DONE_TO or not any(c.lower_ == "from" for c in noun.rights):
        return []
    borne = noun.dep_ == "dobj" and noun.head.lower_ in _BORNE
    return subjects(noun.head) if borne else []


def named_by(noun: Token) -> list[Token]:
    """Whom a clause says a role noun to be: *the heir to X is Y*, *its users include Y*."""
    noun = first_of(noun)
    verb = noun.head
    if noun.dep_ == "attr":
        return subjects(verb)
    if noun.dep_ == "nsubj" and verb.lower_ in _NAMING:
        return [c for c in verb.children if c.dep_ in ("attr", "dobj") and c.i > verb.i]
    return []


def first_of(noun: Token) -> Token:
    """The first noun of an enumeration, whose place in the clause the others share.

    *An ally of China and a member of the SCO*: who is the one is the other too. So is *an ally* of
    *anything but an ally*, though denied.
    """
    while (noun.dep_ == "conj" or is_opposite(noun)) and noun.head.i != noun.i:
        up = noun.head.head if is_opposite(noun) else noun.head
        if up.tag_[0] != "N":
            break
        noun = up
    return noun


def holders(noun: Token) -> list[Token]:
    """Who has, makes or does what a noun names: *India's order*, *Ankara signed an agreement*.

    Not who acts on another noun it depends on: a *weakness in the defence of Oslo* that Norway
    finds is no defence by Norway.
    """
    if noun.dep_ == "pobj" and not _belongs_to_verb(noun):
        own = [c for c in noun.children if c.dep_ == "poss"]
        return own or _helped_in(noun)
    return possessors(noun, 0)


def is_epithet(noun: Token) -> bool:
    """*Norway, an ally of Peru*, *its ally Norway*: told in passing, whatever the clause says."""
    if noun.dep_ == "appos" or any(c.dep_ == "appos" and c.tag_ in PROPER for c in noun.rights):
        return True
    return noun.dep_ in ("compound", "nmod") and noun.head.tag_ in PROPER


def counted(measure: Token) -> Token:
    """The missiles of *a barrage of missiles*, *dozens of missiles*; else the noun itself."""
    things = (c for of in measure.rights if of.lower_ == "of" for c in of.children)
    thing = next((c for c in things if c.dep_ == "pobj"), None)
    return thing if thing is not None and measure.lower_ in _MEASURES else measure


def kind_of(noun: Token) -> Token:
    """The war of *war of aggression*, which has what the noun lacks; else the noun itself."""
    of = noun.dep_ == "pobj" and noun.head.lower_ == "of"
    kind = noun.head.head
    return kind if of and kind.lower_ in _KINDS and not any(noun.lefts) else noun


def _helped_in(struggle: Token) -> list[Token]:
    """Whose struggle it is where another helps: *supports Iraq in the fight against ISIL*."""
    if struggle.head.lower_ != "in" or struggle.lower_ not in _STRUGGLES:
        return []
    governor = struggle.head.head
    return objects(governor) if is_verbal(governor) else [governor]


def _belongs_to_verb(noun: Token) -> bool:
    """*is in talks with*, *marched in protest against*; who suffers from *the war* wages none."""
    preposition = noun.head
    if not is_verbal(preposition.head):
        return False
    definite = any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in noun.children)
    return preposition.head.lower_ in _LIGHT or (
        preposition.lower_ in ("in", "into", "under") and not definite
    )


def _in_role(preposition: Token) -> list[Token]:
    """*Romania, as part of the coalition*; *sees Iran as a threat*; *serves as a member*."""
    governor = preposition.head
    if governor.tag_[0] != "V":
        return [governor]
    before = preposition.i < governor.i
    return (not before and objects(governor)) or subjects(governor)


def _is_acted_on(role: Token) -> bool:
    """*Norway thanked members of NATO*: others; not *has an ally*, *gained membership*."""
    return (
        role.dep_ in ("dobj", "nsubjpass")
        and is_verbal(role.head)
        and role.head.lower_ not in _HAVING
        and not role.lower_.endswith("ship")
    )


def _reacts(noun: Token, trigger: Trigger, ends: Ends) -> bool:
    """*Condemned the attack*, *discussed the war*, *the sale was confirmed*."""
    verb = noun.head
    if noun.dep_ == "nsubjpass" and ends.lexicon.is_a(verb.lower_, "report"):
        return True
    if noun.dep_ not in ("dobj", "nsubjpass"):
        return False
    if ends.is_symmetric(trigger):
        return is_run_by_one_side(noun, trigger, ends)
    if verb.lower_ in _ABOUT or (trigger.relation == "protects" and verb.lower_ in _HARMING):
        return True
    hostile = ends.lexicon.relations[trigger.relation].quad == "material-conflict"
    if hostile and (verb.lower_ in _BORNE or ends.lexicon.marks(verb, "ending")):
        return True
    reactions = {t.relation for t in ends.lexicon.at(verb.lower_, "verbs") if "obj" in t.to}
    return bool(reactions & {"opposes", "concerned_about"}) or (hostile and "supports" in reactions)
