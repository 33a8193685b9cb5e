"""Relations that a sentence states with a verb of its own, for which the lexicon has no type.

Only where subject and object are both names: *Russia spied on Germany* is kept with its wording,
*Russian agents took photographs* is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..schema import RELATED_TO
from .arguments import Arguments, objects, subjects
from .attribution import attribution_of
from .reading import Reading
from .relations import Statement
from .triggers import RelationLexicon

_COPULAS = frozenset(
    "be is are was were been being 's 're have has had having do does did done".split()
)


def untyped_statements(
    reading: Reading, arguments: Arguments, lexicon: RelationLexicon
) -> Iterator[Statement]:
    """Subject, verb, object, both ends named and the verb without a relation of its own."""
    for token in reading.doc:
        if token.tag_[0] != "V" or token.lower_ in lexicon.words or token.lower_ in _COPULAS:
            continue
        if any(lexicon.is_a(token.lower_, c) for c in ("report", "intent")):
            continue
        whos = [
            a for t in subjects(token) for a in next(arguments.tiers(t), []) if a.directness == 1
        ]
        whats = [
            a for t in objects(token) for a in next(arguments.tiers(t), []) if a.directness == 1
        ]
        for who in whos:
            for what in whats:
                if who.found.entity_id != what.found.entity_id:
                    yield Statement(
                        who.found,
                        RELATED_TO,
                        what.found,
                        attribution_of(token, lexicon),
                        (token,),
                        "untyped",
                        0.4,
                    )
