"""What a clause says of an event that is its subject: that it is unlikely, void, years away.

*An alliance between Cyprus and Israel is years away* states none. Each function looks at one verb
and answers one question; what follows from it for a claim is decided in `attribution`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..parsing.inflection import BE, verb_forms
from .complements import is_infinitive
from .triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_LACKING = frozenset(
    form for verb in ("await", "lack", "need", "require") for form in verb_forms(verb)
)
_PUTTING = frozenset(
    form for verb in ("keep", "leave", "place", "put") for form in verb_forms(verb)
)
_SEEMING = frozenset("look looks remain remains seem seems sound sounds".split())
_TIMES = frozenset("second minute hour day night week fortnight month year decade".split())


def is_untrue(verb: Token, lexicon: RelationLexicon) -> bool:
    """*It is false that*, *it is a myth that*, *proved baseless*, *turned out to be false*."""
    for child in verb.children:
        if child.dep_ in ("acomp", "attr", "oprd") and lexicon.marks(child, "untrue"):
            return True
        if child.dep_ == "xcomp" and is_untrue(child, lexicon):
            return True
    return False


def is_unlikely(verb: Token, lexicon: RelationLexicon) -> bool:
    """*An invasion is unlikely*, *is judged unlikely*, *possibly took place*."""
    return any(
        c.dep_ in ("acomp", "advmod", "oprd") and lexicon.marks(c, "doubt") for c in verb.children
    )


def is_void(verb: Token, lexicon: RelationLexicon) -> bool:
    """*The accord remained a dead letter*, *is null and void*, *is a thing of the past*."""
    return any(
        c.dep_ in ("acomp", "attr", "oprd")
        and (
            lexicon.marks(c, "void")
            or any(g.dep_ == "amod" and lexicon.marks(g, "void") for g in c.lefts)
            or any(g.lower_ == "past" for of in c.rights for g in of.children)
        )
        for c in verb.children
    )


def is_unsettled(verb: Token, lexicon: RelationLexicon) -> bool:
    """*Is under study*, *is years away*, *is to be signed*, *awaits approval*: none as yet."""
    for child in verb.children:
        if child.dep_ in ("acomp", "attr", "advmod") and child.i > verb.i:
            if lexicon.marks(child, "unsettled"):
                return True
        elif child.dep_ == "xcomp" and verb.lower_ in BE and is_infinitive(child):
            return True
        elif child.dep_ == "dobj" and verb.lower_ in _LACKING:
            if lexicon.marks(child, "consent"):
                return True
        elif child.dep_ == "prep" and any(
            c.dep_ == "pobj" and lexicon.marks(c, "unsettled") for c in child.children
        ):
            return True
    return False


def is_put_off(verb: Token, lexicon: RelationLexicon) -> bool:
    """*Put the sale on hold*, *left it in doubt*."""
    return verb.lower_ in _PUTTING and is_unsettled(verb, lexicon)


def is_left_open(noun: Token, verb: Token, lexicon: RelationLexicon) -> bool:
    """*A sale may follow*; with *would* also *the sale*, but not *their sale*."""
    modals = [c for c in verb.children if lexicon.marks(c, "doubtful_modal")]
    words = {c.lower_ for c in noun.children if c.dep_ == "det"}
    if modals and not words.isdisjoint(("a", "an", "any")):
        return True
    owned = any(c.dep_ == "poss" for c in noun.children)
    return (
        noun.tag_ in ("NN", "NNS")
        and not owned
        and words.isdisjoint(("this", "that", "these", "those"))
        and any(c.lower_ in ("would", "'d") for c in modals)
    )


def is_of_a_kind(noun: Token, verb: Token) -> bool:
    """*An attack on Malta is a nightmare*: of any attack; *a 1960 treaty is its basis* is one."""
    articles = [c.lower_ for c in noun.lefts if c.dep_ == "det"]
    return (
        articles in (["a"], ["an"])
        and verb.tag_ in ("VBZ", "VBP")
        and (verb.lower_ in BE or verb.lower_ in _SEEMING)
        and any(c.dep_ in ("acomp", "attr", "oprd") for c in verb.children)
        and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
        and not any(c.dep_ == "nummod" or c.tag_ == "CD" for c in noun.children)
    )


def is_within(measure: Token) -> bool:
    """*Came within an inch of attacking it*; but *within a week of attacking it* comes after."""
    return (
        measure.dep_ == "pobj"
        and measure.head.lower_ == "within"
        and measure.lower_.removesuffix("s") not in _TIMES
    )


def is_a_step_away(adverb: Token) -> bool:
    """*Is a signature away from joining*."""
    measured = any(c.dep_ in ("npadvmod", "nummod") for c in adverb.lefts)
    return adverb.lower_ == "away" and (
        measured or any(c.dep_ == "attr" and c.i < adverb.i for c in adverb.head.children)
    )


def is_a_step_from(preposition: Token, measure: Token) -> bool:
    """*Was minutes from attacking it*, *is one vote from joining*."""
    return preposition.lower_ == "from" and measure.dep_ == "attr"


def is_approach(verb: Token) -> bool:
    """*The nearest Spain came to attacking Peru was in 1866*."""
    bearers = [verb.head, *(c for s in verb.lefts if s.dep_ == "nsubj" for c in s.lefts)]
    return verb.lower_ in ("came", "come", "comes", "got", "gets") and any(
        c.lower_ in ("nearest", "closest") for c in bearers
    )


def is_given_thought(verb: Token, lexicon: RelationLexicon) -> bool:
    """*Gave serious thought to attacking it*, *has no thought of attacking it*."""
    return any(c.dep_ == "dobj" and lexicon.marks(c, "thought") for c in verb.children)


def is_indefinite(noun: Token) -> bool:
    """*Panic over an attack* need follow none; *panic over the attack* does.

    Nor is *U.S. support* any: whose it is, is said.
    """
    if noun.tag_ not in ("NN", "NNS"):
        return False
    articles = [c.lower_ for c in noun.lefts if c.dep_ in ("det", "poss")]
    if articles:
        return all(a in ("a", "an", "any") for a in articles)
    return not any(c.text[0].isupper() for c in noun.lefts)


def is_own(noun: Token) -> bool:
    """*Announced its donation*, which is its word for what it will do."""
    return any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in noun.lefts)


def is_any(noun: Token) -> bool:
    """*Any attack on Pakistan risks a war*: none in particular."""
    return any(c.dep_ == "det" and c.lower_ in ("any", "whatever", "whichever") for c in noun.lefts)


def is_likened(verb: Token) -> bool:
    """Whether the verb joins its subject to another noun: it is the likeness that is denied."""
    return any(c.dep_ == "attr" for c in verb.children)
