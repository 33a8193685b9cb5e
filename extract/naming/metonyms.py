"""Capitals that stand for governments: *Moscow denied it*, *relations between Paris and Rabat*.

The place is mentioned all the same; a second mention on the same words names the country, so that
who asks for either finds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...schema import EntityType, MentionKind
from ..parsing.inflection import verb_forms
from ..reading import Found, Reading, Roster
from ..stating.cues import Cues

if TYPE_CHECKING:
    from spacy.tokens import Token

_OTHER_SEATS = frozenset({"place:brussels", "place:luxembourg"})
"""Who says *Brussels* means the Union."""
_OF_TOWNS = frozenset(
    form
    for verb in """attract bear boast celebrate commemorate contain cover date draw enjoy experience
    face feature gain get grow have hold host house include keep know lead lie look lose make mark
    mourn need own record remain resemble see serve shelter smell suffer survive undergo wake watch
    welcome win witness""".split()
    for form in verb_forms(verb)
)
"""Verbs that take an object and are said of towns: *Tokyo hosted the games*."""
_BETWEEN = ("between", "with", "against", "from", "on")


def add_governments(readings: Sequence[Reading], roster: Roster, cues: Cues) -> None:
    """Add a country beside every capital that acts; fills ``reading.found``."""
    for reading in readings:
        governments = list(_governments(reading, roster, cues))
        reading.found += governments
        roster.count_unnamed(governments)


def _governments(reading: Reading, roster: Roster, cues: Cues) -> Iterator[Found]:
    for found in reading.found:
        country = roster.lexicon.capitals.get(found.entity_id)
        if country is None or found.entity_id in _OTHER_SEATS or found.type != EntityType.PLACE:
            continue
        known = roster.lexicon.get(country)
        if known is not None and acts(reading.span(found).root, cues):
            entity_id = roster.known(known)
            yield Found(
                found.start,
                found.end,
                EntityType.COUNTRY,
                entity_id,
                MentionKind.NOMINAL,
                "capital",
                0.6,
            )


def acts(capital: Token, cues: Cues) -> bool:
    """Whether a capital does, has or is met with what only a government can."""
    first = capital
    while first.dep_ == "conj" and first.head.tag_.startswith("NNP"):
        first = first.head
    head = first.head
    if _speaks(capital):
        return True
    if first.dep_ == "nsubj":
        return (
            head.lower_ in cues.government_verbs
            or _has_bonds(head, cues)
            or (head.lower_ not in _OF_TOWNS and _acts_on(head))
        )
    if first.dep_ == "dobj":
        return head.lower_ in cues.address_verbs
    if first.dep_ == "poss":
        return head.lower_ in cues.government_nouns
    if first.dep_ == "pobj" and head.lower_ in _BETWEEN:
        return head.head.lower_ in cues.bonds
    return False


def _speaks(capital: Token) -> bool:
    """*Seoul says*, however a headline is parsed; not *a source in Seoul said*."""
    following = capital.nbor(1).lower_ if capital.i + 1 < len(capital.doc) else ""
    return following in ("says", "said") and capital.dep_ != "pobj"


def _acts_on(verb: Token) -> bool:
    """*Put the sale on hold*, *signed up to it*: not what befalls a town or where it lies."""
    return verb.tag_[0] == "V" and any(
        (child.dep_ in ("dobj", "xcomp", "ccomp") and child.i > verb.i) or child.dep_ == "prt"
        for child in verb.children
    )


def _has_bonds(verb: Token, cues: Cues) -> bool:
    """*Have no formal relations*."""
    return verb.lower_ in ("have", "has", "had") and any(
        child.dep_ == "dobj" and child.lower_ in cues.bonds for child in verb.children
    )
