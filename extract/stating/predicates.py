"""What a clause says of an event that is its subject: that it is unlikely, void, years away.

*An alliance between Cyprus and Israel is years away* states none. Each function looks at one verb
and answers one question; what follows from it for a claim is decided in `attribution`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token


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
    """*The accord remained a dead letter*, *is null and void*."""
    return any(
        c.dep_ in ("acomp", "attr", "oprd")
        and (
            lexicon.marks(c, "void")
            or any(g.dep_ == "amod" and lexicon.marks(g, "void") for g in c.lefts)
        )
        for c in verb.children
    )


def is_unsettled(verb: Token, lexicon: RelationLexicon) -> bool:
    """*Is under study*, *remains a distant goal*, *is years away*: not come about yet."""
    for child in verb.children:
        if child.dep_ in ("acomp", "attr", "advmod") and child.i > verb.i:
            if lexicon.marks(child, "unsettled"):
                return True
        elif child.dep_ == "prep" and any(
            c.dep_ == "pobj" and lexicon.marks(c, "unsettled") for c in child.children
        ):
            return True
    return False


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


def is_any(noun: Token) -> bool:
    """*Any attack on Pakistan risks a war*: none in particular."""
    return any(c.dep_ == "det" and c.lower_ in ("any", "whatever", "whichever") for c in noun.lefts)


def is_likened(verb: Token) -> bool:
    """Whether the verb joins its subject to another noun: it is the likeness that is denied."""
    return any(c.dep_ == "attr" for c in verb.children)
