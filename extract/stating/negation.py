"""Whether the clause of a word denies it: *not*, *no country*, *neither A nor B*, *at no time*."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OBJECTS = ("dobj", "attr", "oprd", "dative")
_NOBODY = frozenset("nobody none nothing neither few little".split())
_DETERMINERS = frozenset("no neither none nor few".split())
_OCCASIONS = frozenset(
    "time times circumstance circumstances way account means case point stage occasion".split()
)
_EMPHATIC = frozenset("only just merely simply least surprisingly".split())


def is_denied(word: Token, negations: Collection[str], path: Collection[int]) -> bool:
    """Whether what stands beside a word in its clause denies it.

    Args:
        word: A verb, an adjective or a noun.
        negations: Words that deny what they modify.
        path: Indices of tokens looked at by themselves: their own *no* is not counted here.
    """
    for child in word.children:
        dep = child.dep_
        if dep in ("neg", "det", "advmod", "preconj", "cc"):
            if child.lower_ in negations and not _is_emphatic(child):
                return True
            if dep == "advmod" and any(g.lower_ in negations for g in child.children):
                return True  # no longer, hardly ever
        elif dep == "nummod":
            if _is_not_one(child):
                return True
        elif dep in ("aux", "auxpass"):
            if any(g.dep_ == "neg" and not _is_emphatic(g) for g in child.children):
                return True  # never has he attacked
        elif dep in _SUBJECTS:
            if child.i not in path and (child.lower_ in _NOBODY or has_no(child)):
                return True
        elif dep in _OBJECTS:
            if child.i not in path and has_no(child):
                return True  # received no S-400
        elif dep == "prep" and any(
            g.lower_ in _OCCASIONS and has_no(g) and g.i not in path for g in child.children
        ):
            return True
    return _follows_nor(word) or is_opposite(word)


def gives_nothing(verb: Token) -> bool:
    """*Owes Peru nothing*, *sold it none of them*."""
    return any(c.dep_ in _OBJECTS and c.lower_ in ("none", "nothing") for c in verb.children)


def is_opposite(noun: Token) -> bool:
    """*Anything but an ally*."""
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ in ("but", "except")
        and noun.head.head.lower_ == "anything"
    )


def has_no(noun: Token) -> bool:
    """*no country*, *neither A nor B*, *few*, *not one country*, *not a single country*."""
    return any(
        (g.lower_ in _DETERMINERS and g.dep_ in ("preconj", "det", "cc", "amod"))
        or _is_not_one(g)
        or (g.dep_ == "neg" and g.nbor(1).lower_ in ("a", "one", "any"))
        for g in noun.lefts
    )


def _is_not_one(number: Token) -> bool:
    return (
        number.lower_ == "one"
        and number.dep_ == "nummod"
        and any(c.dep_ == "neg" for c in number.children)
    )


def _follows_nor(word: Token) -> bool:
    """*nor did it lease*: a second clause, denied on its own."""
    return (
        word.dep_ == "conj"
        and any(c.dep_ in _SUBJECTS for c in word.children)
        and any(c.lower_ == "nor" and c.i < word.i for c in word.head.children)
    )


def _is_emphatic(negation: Token) -> bool:
    """*Not only Moscow* denies nothing."""
    return negation.doc[negation.i + 1 : negation.i + 2].text.lower() in _EMPHATIC
