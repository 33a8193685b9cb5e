"""Worlds that are none: *in the war game*, *the mural shows*, *a notional Norway*.

What a novel tells and a painting shows has not come about. Each function looks at one word and
answers one question; what follows from it for a claim is decided in `attribution`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from ...schema import EntityType
from ..reading import Found, Reading
from .triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOMINALLY = ("canvas", "paper", "sake", "screen", "stage")
"""*On paper it has ten*, *on stage it attacks*, *for the sake of argument it attacks*."""
_WITHIN = ("as", "in", "during", "throughout")
_UNIQUE = (EntityType.COUNTRY, EntityType.PERSON, EntityType.PLACE)


def is_fiction(token: Token, path: Collection[int], lexicon: RelationLexicon) -> bool:
    """*In the war game*, *under the plan*, *the novel has China attacking*."""
    if token.dep_ == "nsubj":
        return (
            token.i not in path
            and token.tag_ != "NNP"  # Georgian Dream is a party
            and (_is_made_up(token, lexicon) or _is_picture(token, path, lexicon))
        )
    return token.dep_ == "prep" and any(
        (token.lower_ in ("for", "on") and noun.lower_ in _NOMINALLY)
        or (token.lower_ == "in" and lexicon.marks(noun, "imagination") and any(noun.lefts))
        or (token.lower_ in _WITHIN and _is_set_in(noun, token.head, lexicon))
        or (token.lower_ == "under" and lexicon.marks(noun, "intent"))
        for noun in token.children
        if noun.dep_ == "pobj" and noun.i not in path
    )


def is_told(clause: Token, lexicon: RelationLexicon) -> bool:
    """*A story in which Denmark invades Norway*: what happens in a world of its own."""
    noun = clause.head
    return (
        clause.dep_ == "relcl"
        and (
            _is_made_up(noun, lexicon)
            or any(lexicon.marks(noun, name) for name in ("setting", "work"))
        )
        and any(
            c.lower_ in ("in", "where") and (c.lower_ == "where" or _is_relative(c))
            for c in clause.lefts
        )
    )


def is_in_terms(clause: Token, lexicon: RelationLexicon) -> bool:
    """*A deal under which Peru buys it*, *an occasion when it bought it*: the noun's own content.

    It is there where the noun is: who cannot recall the occasion tells of no purchase. Not so *left
    a town where it fought*, which is a place.
    """
    if clause.dep_ != "relcl" or clause.head.dep_ == "appos":
        return False
    words = {c.lower_ for c in clause.lefts if c.dep_ in ("advmod", "prep")}
    if "whereby" in words:
        return True
    noun = clause.head
    vague = any(c.lower_ in ("a", "an", "any", "one", "single") for c in noun.lefts)
    located = "where" in words and noun.dep_ != "pobj"
    joined = (
        "when" in words
        or located
        or any(
            c.dep_ == "prep" and c.lower_ in ("in", "under", "by", "on") and _is_relative(c)
            for c in clause.lefts
        )
    )
    return joined and (vague or lexicon.marks(noun, "wording"))


def is_another(found: Found, reading: Reading, lexicon: RelationLexicon) -> bool:
    """*A notional Norway*, *his Waterloo*, *Sofia, who sang*: not the one known by that name."""
    name = reading.span(found).root
    town = found.type == EntityType.PLACE or found.rule == "capital"
    return (
        _is_imagined(name, lexicon)
        or (found.type in _UNIQUE and _is_byword(name))
        or (town and _is_somebody(name))
    )


def _is_imagined(name: Token, lexicon: RelationLexicon) -> bool:
    """*A notional Norway*, *the Germany of his imagination*."""
    return any(
        (c.dep_ == "amod" and c.i < name.i and lexicon.marks(c, "imaginary"))
        or (c.lower_ == "of" and any(lexicon.marks(g, "imagination") for g in c.children))
        for c in name.children
    )


def _is_byword(name: Token) -> bool:
    """*Met his Waterloo*, *a Lisbon that would obey*."""
    own = any(c.dep_ == "poss" and c.tag_ == "PRP$" and c.i == name.i - 1 for c in name.lefts)
    one_of_several = any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in name.lefts)
    return own or (one_of_several and any(c.dep_ == "relcl" for c in name.rights))


def _is_somebody(name: Token) -> bool:
    """*Sofia, who had left Milan*: a person, where only a town of that name is known."""
    return any(
        c.dep_ == "relcl" and any(w.lower_ == "who" and w.dep_ == "nsubj" for w in c.lefts)
        for c in name.rights
    )


def _is_set_in(noun: Token, verb: Token, lexicon: RelationLexicon) -> bool:
    """*In the novel it fell*; *in chapter two it falls*, in the tense that retells a work."""
    return _is_made_up(noun, lexicon) or (
        lexicon.marks(noun, "work")
        and verb.tag_ in ("VBZ", "VBP")
        and not lexicon.marks(verb, "report")
    )


def _is_made_up(noun: Token, lexicon: RelationLexicon) -> bool:
    """*a war game*, *an imaginary war*, *the thriller's last chapter*, *the end of the film*."""
    if lexicon.marks(noun, "fiction"):
        return True
    for child in noun.children:
        if child.dep_ == "amod" and child.i < noun.i and lexicon.marks(child, "imaginary"):
            return True
        if child.dep_ == "poss" and lexicon.marks(child, "fiction"):
            return True
        if child.lower_ == "of" and any(lexicon.marks(g, "fiction") for g in child.children):
            return True
    return False


def _is_picture(noun: Token, path: Collection[int], lexicon: RelationLexicon) -> bool:
    """*The mural shows Spain bombing Peru*: what is drawn need not be, what is filmed is."""
    return lexicon.marks(noun, "drawn") and any(
        c.i in path and c.tag_ == "VBG" and c.dep_ == "ccomp" for c in noun.head.children
    )


def _is_relative(preposition: Token) -> bool:
    return any(c.tag_ == "WDT" for c in preposition.children)
