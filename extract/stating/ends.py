"""Which entities may stand at the two ends of a relation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ...schema import EntityType
from ..reading import Found, Roster
from .arguments import Argument, Arguments, Tier
from .triggers import RelationLexicon, Trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

WHOLE = 0.85
"""Directness of what is meant itself: who leads *the Baghdad crackdown* does not lead Baghdad."""


def without_towns(tier: Tier) -> Tier:
    """Without the capitals that act as their governments, which are there as well."""
    states = {a.found.start for a in tier if a.found.type == EntityType.COUNTRY}
    return [a for a in tier if a.found.type != EntityType.PLACE or a.found.start not in states]


class Ends:
    """Casts the words of one passage for the roles of a relation.

    Args:
        arguments: The entities of the passage.
        roster: The entities of the document.
        lexicon: Knows which types a relation joins.
    """

    def __init__(self, arguments: Arguments, roster: Roster, lexicon: RelationLexicon) -> None:
        self.arguments = arguments
        self.reading = arguments.reading
        self.roster = roster
        self.lexicon = lexicon

    def domain(self, trigger: Trigger) -> Sequence[str]:
        """The types of subject that a trigger allows; empty: any."""
        return trigger.domain or self.lexicon.relations[trigger.relation].domain

    def range(self, trigger: Trigger) -> Sequence[str]:
        """The types of object that a trigger allows; empty: any."""
        return trigger.range or self.lexicon.relations[trigger.relation].range

    def is_symmetric(self, trigger: Trigger) -> bool:
        """Whether two parties stand alike: *clashes between A and B*."""
        return trigger.reciprocal or self.lexicon.relations[trigger.relation].symmetric

    def is_system(self, token: Token) -> bool:
        """Whether a word names a system."""
        return any(f.type == EntityType.SYSTEM for f in self.reading.at(token))

    def is_whole(self, token: Token) -> bool:
        """Whether a word means an entity itself, and not what it owns."""
        return any(a.directness >= WHOLE for a in next(self.arguments.tiers(token), []))

    def is_club(self, token: Token) -> bool:
        """Whether a word names what has members: *NATO*, *the Quad*."""
        return any(
            f.type == EntityType.ORGANIZATION and self.roster[f.entity_id].subtype == "alliance_igo"
            for f in self.reading.at(token)
        )

    def fitting(self, tokens: Iterable[Token], types: Sequence[str], strict: bool = False) -> Tier:
        """The surest entities of the tokens that the relation allows.

        Args:
            tokens: Heads of the phrases.
            types: Types allowed; empty: any.
            strict: A name of another type is not passed over for its owner: who joins *the NATO
                shield* does not join NATO, but who hits *Kyiv's Patriots* hits Ukraine.
        """
        tier: Tier = []
        for token in tokens:
            for arguments in self.arguments.tiers(token):
                fitting = [
                    a for a in (self._as_actor(a, types) for a in arguments) if a is not None
                ]
                if fitting:
                    tier += fitting
                    break
                if strict and any(a.directness == 1 for a in arguments):
                    break
        if not types or EntityType.COUNTRY in types:
            tier = without_towns(tier)
        seen: set[str] = set()
        return [a for a in tier if not (a.found.entity_id in seen or seen.add(a.found.entity_id))]  # type: ignore[func-returns-value]

    def besides(self, subjects_: Tier, objects_: Tier) -> Tier:
        """The objects without the subject and its owner: *Russia's shield protects its cities*.

        Nor is a capital the object of what its government does: *Seoul scrapped its order*.
        """
        own = {a.found.entity_id for a in subjects_}
        capitals = {a.found.start for a in subjects_ if a.found.rule == "capital"}
        own |= {f.entity_id for f in self.reading.found if capitals and f.start in capitals}
        own |= {owner for a in subjects_ for owner in self.roster[a.found.entity_id].owners}
        return [a for a in objects_ if a.found.entity_id not in own]

    def _as_actor(self, argument: Argument, types: Sequence[str]) -> Argument | None:
        """The argument if its type is allowed; a capital may stand for its government."""
        found = argument.found
        if not types or found.type in types:
            return argument
        country = self.roster.lexicon.capitals.get(found.entity_id)
        known = self.roster.lexicon.get(country) if country else None
        if known is None or EntityType.COUNTRY not in types or EntityType.PLACE in types:
            return None
        entity_id = self.roster.known(known)
        government = Found(
            found.start,
            found.end,
            EntityType.COUNTRY,
            entity_id,
            found.kind.NOMINAL,
            "capital",
            0.6,
        )
        return Argument(government, argument.directness * WHOLE)
