"""Relations that a sentence states with a verb of its own, for which the lexicon has no type.

Kept with their wording, and only where both ends are actors of the graph: *Russia spied on
Germany*, *Serbia lifted a curfew in Montenegro*; *Russian agents took photographs* is nothing. A
verb relates its subject to its object; where the object is a mere thing, to whom or what the
phrase behind it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from ...schema import RELATED_TO, EntityType, Modality
from ..attribution import attribution_of
from ..parsing.inflection import verb_forms
from ..reading import Reading, Roster
from .arguments import Arguments, Tier
from .complements import is_infinitive
from .ends import without_towns
from .figures import gives_itself, is_ground, is_play
from .grammar import is_passive, objects, subjects
from .statements import Statement
from .triggers import RelationLexicon
from .worlds import is_another

if TYPE_CHECKING:
    from spacy.tokens import Token

_COPULAS = frozenset(
    "be is are was were been being 's 're ’s ’re have has had having do does did done".split()
)
_NO_DEALING = frozenset(
    form
    for verb in """
    absolve abstain acquit adjoin afford border borrow bowl clear dwarf echo endure equal escape
    exceed excuse exempt exonerate face fit flank follow forget keep lie look lose match mirror
    miss neighbour open outnumber outpace outperform outrank overlook paint play precede rank
    reach read remember resemble see separate share sigh skittle span spare straddle stretch
    suffer surpass surround survive take thank tick trail watch wear win
    """.split()
    for form in verb_forms(verb)
)
"""Verbs of place, likeness, rank and perception: they set two names side by side, or stand in
idioms (*took a leaf out of Iran's book*), and tell of no dealing between them."""
_STATES = frozenset({EntityType.COUNTRY, EntityType.ORGANIZATION})
_ACTORS = frozenset({*_STATES, EntityType.PERSON})
_GOALS = frozenset({*_STATES, EntityType.PLACE})
_TOWARDS = frozenset("against for from into of on to toward towards upon with".split())
_AT = frozenset(("against", "on"))
"""Without an object only these relate a verb to a name: *spied on Germany*."""
_WITHIN = frozenset(("in",))
_ACTING = 0.82
"""Directness of a name, a pronoun or a role; less is a mere owner: *Swedish tourists*."""
_OWNED = 0.7
"""Directness of a named owner; less is what a pronoun owns: *increased their power*."""
_CONFIDENCE = 0.4
_INDIRECT = 0.6
"""How much a pair joined over a phrase is worth beside subject and object."""


class _Object(NamedTuple):
    """What a verb relates its subject to, and the words on the way."""

    tier: Tier
    words: tuple[Token, ...]
    weight: float


def untyped_statements(
    reading: Reading, arguments: Arguments, lexicon: RelationLexicon, roster: Roster
) -> Iterator[Statement]:
    """Subject, verb, object, both ends actors and the verb without a relation of its own."""
    for verb in _verbs(reading, arguments):
        if verb.lower_ in _NO_DEALING or lexicon.is_a(verb.lower_, "report") or gives_itself(verb):
            continue
        if is_ground(verb, reading):
            continue
        whos = [a for t in subjects(verb) for a in next(arguments.tiers(t), [])]
        what = _object(verb, whos, arguments, lexicon) if whos else None
        if what is None or is_play(verb.sent, lexicon):
            continue
        pairs = [
            (first, second)
            for first, second in product(without_towns(whos), without_towns(what.tier))
            if min(first.directness, second.directness) >= _OWNED
            and not any(is_another(a.found, reading, lexicon) for a in (first, second))
            and not _belongs_to(first.found.entity_id, second.found.entity_id, roster)
        ]
        if not pairs:
            continue
        attribution = attribution_of(verb, lexicon)
        if lexicon.marks(verb, "renouncing"):
            attribution.deny()  # lacks a stake in it
        supposed = attribution.modality == Modality.HYPOTHETICAL
        if supposed and (len(what.words) > 1 or is_infinitive(verb)):
            continue  # what is wished for, and has no name
        for first, second in pairs:
            if not supposed or min(first.directness, second.directness) >= _ACTING:
                yield Statement(
                    first.found,
                    RELATED_TO,
                    second.found,
                    attribution,
                    what.words,
                    "untyped",
                    what.weight * first.directness * second.directness,
                )


def _verbs(reading: Reading, arguments: Arguments) -> Iterator[Token]:
    """The full verbs of the sentences that have two ends for a relation."""
    for sentence in reading.doc.sents if arguments.are_two else ():
        if arguments.count_in(sentence) > 1:
            for token in sentence:
                if (
                    token.tag_[0] == "V"
                    and token.lower_ not in _COPULAS
                    and token.dep_ not in ("aux", "auxpass")
                ):
                    yield token


def _object(
    verb: Token, whos: Tier, arguments: Arguments, lexicon: RelationLexicon
) -> _Object | None:
    """What the verb acts on: its object if that is a name, else what a phrase behind it names."""
    things = objects(verb)
    if any(lexicon.is_a(t.lower_, "figure") and not arguments.names(t) for t in things):
        return None
    named = [a for t in things for a in next(arguments.tiers(t), [])]
    acting = _are(whos, _ACTORS) and all(a.directness >= _ACTING for a in whos)
    if named:
        sure = all(a.directness == 1 for a in (*whos, *named))
        known = verb.lower_ in lexicon.words or lexicon.is_a(verb.lower_, "intent")
        owned = all(a.directness >= _OWNED for a in named)
        related = sure or (acting and owned and _are(named, _ACTORS))
        return _Object(named, (verb,), _CONFIDENCE) if related and not known else None
    if not acting or is_passive(verb):
        return None
    verbal = any(
        lexicon.relations[t.relation].quad.startswith("verbal")
        for t in lexicon.at(verb.lower_, "verbs")
    )
    for thing in (*things, verb):
        words = (verb, *things[:1]) if thing is verb else (verb, thing)
        allowed = _TOWARDS if things else _AT
        if thing is not verb and not verbal and _are(whos, _STATES):
            allowed |= _WITHIN
        for preposition in thing.children:
            if preposition.dep_ in ("prep", "dative") and preposition.lower_ in allowed:
                tier = _behind(preposition, arguments)
                if tier:
                    return _Object(tier, (*words, preposition), _CONFIDENCE * _INDIRECT)
    return None


def _behind(preposition: Token, arguments: Arguments) -> Tier:
    """The names behind a preposition; a place is acted on where something is done in it."""
    allowed = _GOALS if preposition.lower_ in _WITHIN else _ACTORS
    return [
        a
        for c in preposition.children
        if c.dep_ == "pobj" and arguments.names(c)
        for a in next(arguments.tiers(c), [])
        if a.found.type in allowed
    ]


def _belongs_to(actor: str, other: str, roster: Roster) -> bool:
    """What a government does in its country, or a country in its cities, is its own affair."""
    if actor == other or f"country:{roster[actor].country}" == other:
        return True
    record = roster[other]
    return record.type == EntityType.PLACE and record.country == roster[actor].country


def _are(tier: Tier, types: frozenset[EntityType]) -> bool:
    return all(a.found.type in types for a in tier)
