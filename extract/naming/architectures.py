"""Missile-defence architectures named after their owner: *the U.S./NATO anti-missile shield*.

Such a phrase is no proper name, yet it stands for one particular thing as long as its owner is
named and it is in the singular. Within a document, phrases whose owners are the same, or some of
the same, are one system.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ...schema import EntityType, MentionKind
from ..reading import Found, Reading, Record, Roster
from .names import slug

_PHRASE = re.compile(
    r"\b(?:(?:national|ballistic|theat(?:er|re)|integrated)\s)?"
    r"(?:(?:anti-?\s?(?:ballistic\s)?missile(?:\sdefen[cs]e)?|missile[\s-]defen[cs]e|missile)\s"
    r"(?:system|shield|umbrella|network)|anti-?\s?missile\sdefen[cs]e(?!\s[a-z]))\b(?!-)",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?:['’`]s?|[\s-]led)?\s|/|\sand\s")


class _Phrase(NamedTuple):
    reading: Reading
    start: int
    end: int
    owners: tuple[Found, ...]


def find_architectures(readings: Sequence[Reading], roster: Roster) -> None:
    """Add a mention for every architecture phrase with an owner; fills ``reading.found``."""
    phrases = [p for reading in readings for p in _phrases(reading)]
    groups: list[tuple[set[str], list[_Phrase]]] = []
    for phrase in sorted(phrases, key=lambda p: -len({o.entity_id for o in p.owners})):
        owners = {o.entity_id for o in phrase.owners}
        for known, members in groups:
            if owners <= known:
                members.append(phrase)
                break
        else:
            groups.append((owners, [phrase]))
    for owners, members in groups:
        _enter(sorted(owners), members, roster)


def _phrases(reading: Reading) -> list[_Phrase]:
    phrases = []
    for match in _PHRASE.finditer(reading.text):
        if reading.covered(*match.span()):
            continue
        owners = tuple(_owners(reading, match.start()))
        if owners:
            phrases.append(_Phrase(reading, match.start(), match.end(), owners))
    return phrases


def _owners(reading: Reading, start: int) -> list[Found]:
    """The countries and bodies named right before the phrase, back to front."""
    owners: list[Found] = []
    before = sorted((f for f in reading.found if f.end <= start), key=lambda f: -f.end)
    for found in before:
        if not _GAP.fullmatch(reading.text[found.end : start]):
            break
        if found.type not in (EntityType.COUNTRY, EntityType.ORGANIZATION):
            break
        owners.append(found)
        start = found.start
    return owners


def _enter(owners: list[str], members: list[_Phrase], roster: Roster) -> None:
    first = min(members, key=lambda p: (p.reading.index, p.start))
    phrase = " ".join(first.reading.text[first.start : first.end].casefold().split())
    adjective = next((_with_adjective(p) for p in members if _with_adjective(p)), None)
    name = adjective or f"{'/'.join(roster[o].name for o in owners)} {phrase}"
    entity_id = (
        f"{EntityType.SYSTEM}:{slug('-'.join(roster[o].name for o in owners))}-missile-defence"
    )
    if entity_id not in roster:
        roster.records[entity_id] = _record(entity_id, name, owners)
    for member in members:
        start = member.start
        wide = _adjective_before(member)
        if wide is not None and _abbreviated(member):
            start = wide.start
        member.reading.found.append(
            Found(
                start,
                member.end,
                EntityType.SYSTEM,
                entity_id,
                MentionKind.NAME,
                "architecture",
                0.8,
            )
        )
        _abbreviate(member, entity_id, roster)


def _record(entity_id: str, name: str, owners: list[str]) -> Record:
    return Record(entity_id, name, EntityType.SYSTEM, "architecture", owners=tuple(owners))


def _adjective_before(phrase: _Phrase) -> Found | None:
    nearest = phrase.owners[0]
    return nearest if nearest.kind == MentionKind.DEMONYM else None


def _with_adjective(phrase: _Phrase) -> str | None:
    owner = _adjective_before(phrase)
    if owner is None or len(phrase.owners) > 1:
        return None
    return " ".join(phrase.reading.text[owner.start : phrase.end].split())


def _abbreviated(phrase: _Phrase) -> re.Match[str] | None:
    return re.compile(r"\s?\(([A-Z]{2,8})\)").match(phrase.reading.text, phrase.end)


def _abbreviate(phrase: _Phrase, entity_id: str, roster: Roster) -> None:
    """A bracketed acronym after the phrase is its name, in whatever language."""
    match = _abbreviated(phrase)
    if match is None:
        return
    reading = phrase.reading
    reading.found[:] = [
        f for f in reading.found if f.end <= match.start(1) or f.start >= match.end(1)
    ]
    reading.found.append(
        Found(*match.span(1), EntityType.SYSTEM, entity_id, MentionKind.NAME, "abbreviation", 0.9)
    )
    roster[entity_id].aliases.add(match.group(1))
