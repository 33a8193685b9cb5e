"""One sense a document: a name that is borne out once means its entity wherever it stands.

Whether *Quad* is a group of states is doubtful in a sentence and certain in a document. That a word
keeps one sense through a discourse was measured by Gale, Church and Yarowsky (1992), "One sense per
discourse".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from ...schema import EntityType
from ..gazetteer import Match, Name
from ..reading import Reading
from .designations import Designation
from .doubt import Surroundings
from .fragments import lower_words

_SETTLED = (EntityType.ORGANIZATION, EntityType.AGREEMENT)
"""A weapon's name stays a man's or a town's elsewhere in the document: *Patriot*, *Javelin*; not so
in one about weapons."""
_WEAPONS, _SHARE = 5, 8
"""A document is about weapons that names so many beyond doubt, one in so many sentences."""

_OF_STATES = ("government_body", "armed_force", "intelligence")
_FEW = 2
"""Mentions of a state's bodies from which a document speaks of them."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a passage holds of the lexicon and of designations, before anything is chosen."""

    reading: Reading
    everywhere: Sequence[Match]
    """All names of the lexicon, those too that an idiom rules out."""
    names: Sequence[Match]
    shapes: Sequence[Designation]
    surroundings: Surroundings


class Senses:
    """Which doubtful names a document has settled."""

    def __init__(self, passages: Iterable[Known]) -> None:
        """Weigh the mentions of every doubtful name: those borne out, and those gainsaid."""
        passages = list(passages)
        words = lower_words([known.reading for known in passages])
        certain = {
            name.entity.id
            for known in passages
            for match in known.names
            for name in match.names
            if not name.doubtful
        }
        weight: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
        for known in passages:
            for match in known.names:
                surface = known.reading.text[match.start : match.end]
                if surface.casefold() in words:
                    continue
                for name in _open_to_doubt(match):
                    speaks = known.surroundings.support(name, match)
                    if speaks or known.surroundings.names_another(match):
                        weight[surface, name.entity.id][speaks] += 1
                    if name.entity.id in certain:
                        weight[surface, name.entity.id][True] += 1
        self._settled = {sense for sense, votes in weight.items() if votes[True] > votes[False]}
        if _is_about_weapons(passages):
            self._settled |= _weapons(passages, words)
        self._certain = certain
        self._states = _states(passages)
        self._titles = {
            known.reading.text[match.start : match.end]
            for known in passages
            for match in known.names
            if known.surroundings.heads_a_title(match)
        }

    def holds(self, surface: str, name: Name) -> bool:
        """Whether the document has settled that this form of a name means its entity."""
        return (surface, name.entity.id) in self._settled

    def is_title(self, surface: str) -> bool:
        """Whether the plural heads a title in the document: *Guidelines for Nuclear Safety*."""
        return surface in self._titles

    def at_home(self, bodies: Mapping[str, str]) -> str | None:
        """Of bodies that share a name, by their states, the one of the state in view."""
        ranked = sorted(bodies, key=lambda state: (-self._states[state], state))
        first, next_most = ([self._states[state] for state in ranked] + [0, 0])[:2]
        return bodies[ranked[0]] if first >= _FEW and first >= 2 * next_most else None

    @property
    def states(self) -> Iterable[str]:
        """The codes of the states whose bodies the document names."""
        return self._states

    def prefer(self, names: Sequence[Name]) -> Sequence[Name]:
        """Of several readings those of entities that the document also names beyond doubt."""
        return [n for n in names if n.entity.id in self._certain] or names


def _is_about_weapons(passages: Sequence[Known]) -> bool:
    certain = sum(_is_weapon(match) for known in passages for match in known.names)
    sentences = sum(len(known.reading.sentence_starts) for known in passages)
    return certain >= _WEAPONS and certain * _SHARE >= sentences


def _is_weapon(match: Match) -> bool:
    name = match.names[0]
    return name.entity.type == EntityType.SYSTEM and not name.doubtful


def _weapons(passages: Sequence[Known], words: Set[str]) -> set[tuple[str, str]]:
    """Doubtful names that nothing in the document gives to a person or a place."""
    senses: set[tuple[str, str]] = set()
    others: set[str] = set()
    for known in passages:
        for match in known.names:
            surface = known.reading.text[match.start : match.end]
            systems = {n.entity.id for n in match.names if n.entity.type == EntityType.SYSTEM}
            if systems and all(n.doubtful for n in match.names):
                senses.update((surface, system) for system in systems)
                if known.surroundings.is_human(match):
                    others.add(surface)
    return {s for s in senses if s[0] not in others and s[0].casefold() not in words}


def _states(passages: Iterable[Known]) -> Counter[str]:
    """How often the bodies of each state are named."""
    states: Counter[str] = Counter()
    for known in passages:
        for match in known.names:
            entity = match.names[0].entity
            if entity.subtype in _OF_STATES and entity.country is not None:
                states[entity.country] += 1
    return states


def _open_to_doubt(match: Match) -> Iterator[Name]:
    for name in match.names:
        if name.doubtful and name.entity.type in _SETTLED and name.entity.subtype != "media":
            yield name
