"""Who bears a role, and towards whom: *NATO member Norway*, *Norway, an ally of Peru*."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from .ends import Ends
from .grammar import after, conjuncts
from .nouns import named_by
from .parties import is_genitive
from .slots import object_places
from .statements import Composer, Statement
from .triggers import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLUBS = ("compound", "nmod")
_ALLIES = ("ally", "allies")
_PARTNERS = ("partner", "partners")
"""What the members of a club are; its partners may be others: *NATO partner Japan*."""


class Roles:
    """Reads the nouns that are a role, those of one passage."""

    def __init__(self, ends: Ends, composer: Composer) -> None:
        self._ends = ends
        self._composer = composer

    def clubs(self, noun: Token, trigger: Trigger) -> list[Token]:
        """What somebody is a member of, if the noun says so: the NATO of *a NATO ally*.

        Its allies are its members; its partners are, where it is a pact of partners.
        """
        if not self._ends.is_symmetric(trigger):
            return []
        clubs = [c for c in noun.lefts if c.dep_ in _CLUBS and self._ends.is_club(c)]
        is_a = self._ends.lexicon.is_a
        are_fellows = noun.lower_ in _PARTNERS and all(is_a(c.lower_, "fellowship") for c in clubs)
        return clubs if noun.lower_ in _ALLIES or are_fellows else []

    def members(self, noun: Token, clubs: list[Token], trigger: Trigger) -> Iterator[Statement]:
        """*NATO ally Norway*, *Norway is a NATO ally*: one of its members, allied to the others."""
        named = named_by(noun)
        if not is_genitive(noun):
            named += [c for c in noun.children if c.dep_ == "appos"]
        if (listed := after(noun, ("of",))) and any(True for _ in conjuncts(listed[0])):
            named += [*listed, *conjuncts(noun)]  # the Quad partners of Japan and India
        if noun.dep_ in ("compound", "nmod", "appos"):
            named.append(noun.head)
        membership = replace(trigger, relation="member_of", domain=None, range=None, irrealis=None)
        yield from self._composer.compose(named, [clubs], membership, [noun])

    def bearers(self, noun: Token, trigger: Trigger) -> Iterator[Statement]:
        """*NATO member Norway*; *Norway, a NATO member*; *Russia's allies include Belarus*.

        A Russian critic is a critic who is Russian, but a Russian ally may be an ally of Russia's.
        """
        relation = self._ends.lexicon.relations[trigger.relation]
        of: tuple[str, ...] = ("compound", "nmod", "poss")
        if relation.quad == "structural" or self._ends.is_symmetric(trigger):
            of += ("amod",)
        modifiers = [c for c in noun.children if c.dep_ in of and c.tag_ != "CD"]
        bearers = [c for c in noun.children if c.dep_ == "appos" and not is_genitive(noun)]
        bearers += [  # its ally in Asia, Japan, which the parser puts beside Asia
            c for place in after(noun, ("in",)) for c in place.children if c.dep_ == "appos"
        ]
        if noun.dep_ in ("compound", "nmod", "appos"):
            bearers.append(noun.head)
        named = named_by(noun)
        if modifiers and (bearers or named):
            yield from self._composer.compose(bearers or named, [modifiers], trigger, [noun])
        if named:
            places = object_places(noun, noun, trigger)
            yield from self._composer.compose(named, places, trigger, [noun])
