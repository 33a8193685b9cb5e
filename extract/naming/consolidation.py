"""Names a document establishes: short forms, surnames, and the same name elsewhere.

What one passage makes clear holds for the whole document: a bracketed acronym stands for its long
form, a surname for the one full name that ends with it, and a name found once is found wherever it
stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from ...schema import EntityType, MentionKind
from .. import abbreviations
from ..gazetteer import Gazetteer, Lexicon, LexiconEntity, Name
from ..reading import Found, Reading, Roster
from ..stating.cues import load_cues
from .kin import is_kin
from .names import UNIT, surname, units
from .selection import Spans

_MONTHS = frozenset({"April", "August", "June", "March", "May"})
_DATE_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|of|from|to|early|late|mid|last|next|this|\d\d?(?:st|nd|rd|th)?)[\s-]$",
    re.IGNORECASE,
)
_SCHEMES = frozenset(
    """bloc cell consultancy cooperative exchange facility fellowship forum framework initiative
    observatory partnership partnerships platform programme program project team teams
    trust""".split()
)
"""Nouns, beside those for bodies, of what acts under a name of its own."""
_WHERE_BEFORE = re.compile(r"\b(?:at|from|in|near|outside|to|toward|via)\s$")
_INITIALS = 3
"""Fewer initials many names share."""
_DATE_AFTER = re.compile(r"\s\d")

IsWord = Callable[[str], bool]
"""Whether a lower-case string is an ordinary word of the language."""


def pair_abbreviations(reading: Reading, roster: Roster) -> None:
    """Give both forms of an abbreviation pair to one entity, found or new."""
    for pair in abbreviations.find_pairs(reading.text):
        long = _ending_at(reading, pair.long)
        short = next((f for f in reading.found if (f.start, f.end) == pair.short), None)
        if long is None and pair.aligned:
            long = _enter_long_form(reading, pair, roster)
        if long is None or long.type not in (
            EntityType.ORGANIZATION,
            EntityType.SYSTEM,
            EntityType.AGREEMENT,
        ):
            continue
        if short is None:
            short = Found(*pair.short, long.type, long.entity_id)
            if reading.covered(*pair.short):
                continue
            reading.found.append(short)
        elif short.rule == "lexicon" and long.rule != "lexicon" and short.type == long.type:
            long.entity_id, long.type = short.entity_id, short.type
            continue
        short.entity_id, short.type, short.kind = long.entity_id, long.type, MentionKind.NAME
        short.rule, short.score = "abbreviation", 0.9
        roster[long.entity_id].aliases.add(reading.surface(short))


def _ending_at(reading: Reading, span: tuple[int, int]) -> Found | None:
    """The mention that ends with the long form (an alignment may miss its first words)."""
    hits = [f for f in reading.found if f.end == span[1] and f.kind == MentionKind.NAME]
    return max(hits, key=lambda f: f.end - f.start, default=None)


def _enter_long_form(reading: Reading, pair: abbreviations.Pair, roster: Roster) -> Found | None:
    """A long form that no rule found: typed by its head noun, if it is written as a name."""
    start, end = pair.long
    surface = reading.text[start:end]
    words = surface.split()
    capitals = sum(w[0].isupper() for w in words)
    if capitals < 2 or not words[0][0].isupper() or reading.covered(start, end):
        covering = [f for f in reading.found if start <= f.start and f.end <= end]
        if (
            capitals < 2
            or not words[0][0].isupper()
            or any(f.type == EntityType.SYSTEM for f in covering)
        ):
            return None
        for found in covering:
            reading.found.remove(found)
    kind = (
        EntityType.SYSTEM
        if re.search(
            r"\b(?:System|Missile|Radar|Satellite|Shield|Aircraft|Vehicle|Weapon)s?$", surface
        )
        else EntityType.AGREEMENT
        if re.search(
            r"\b(?:Treaty|Agreement|Convention|Protocol|Accords?)(?:\s(?:on|of|for)\b|$)", surface
        )
        else EntityType.ORGANIZATION
    )
    if kind == EntityType.ORGANIZATION and not _is_body(surface):
        return None
    found = Found(
        start, end, kind, roster.named(surface, kind), MentionKind.NAME, "abbreviation", 0.85
    )
    reading.found.append(found)
    return found


def _is_body(name: str) -> bool:
    """Whether a name is built around a noun for bodies: not *Small Modular Reactor*."""
    words = {word.casefold() for word in name.split()}
    return bool(words & (load_cues().body_nouns | _SCHEMES))


def find_again(
    readings: Sequence[Reading], roster: Roster, lexicon: Lexicon, is_word: IsWord
) -> None:
    """Names this document established, where the tagger overlooked or truncated them."""
    _merge_full_names(readings, roster)
    _merge_surnames(readings, roster)
    _keep_short_forms(readings, roster)
    _spell_out(readings, roster)
    local = Gazetteer()
    for form, entity_id, rule in _established(readings, roster, lexicon, is_word):
        entity = LexiconEntity(entity_id, form, roster.type_of(entity_id), subtype=rule)
        local.add(Name(form, entity, MentionKind.NAME, False))
    for reading in readings:
        taken = Spans((f.start, f.end) for f in reading.found)
        for match in local.find(reading.text, reading.units):
            if len({n.entity.id for n in match.names}) > 1 or _is_month(
                reading.text, match.start, match.end
            ):
                continue
            if taken.touch(match.start, match.end):
                front = _known_front(reading, match.start, match.end)
                if front is None:
                    continue
                reading.found.remove(front)
            entity = match.names[0].entity
            reading.found.append(
                Found(
                    match.start,
                    match.end,
                    entity.type,
                    entity.id,
                    MentionKind.NAME,
                    entity.subtype or "",
                    0.8,
                )
            )
    for reading in readings:
        for found in reading.found:
            roster[found.entity_id].surfaces[" ".join(reading.surface(found).split())] += 1


def _known_front(reading: Reading, start: int, end: int) -> Found | None:
    """The known body that is all that was found of a longer name: *Quad*, of *Quad Fund*."""
    touching = [f for f in reading.found if f.start < end and start < f.end]
    if len(touching) > 1:
        return None
    (front,) = touching
    is_front = front.start == start and front.end < end
    is_body = front.rule == "lexicon" and front.type == EntityType.ORGANIZATION
    return front if is_front and is_body else None


def _keep_short_forms(readings: Sequence[Reading], roster: Roster) -> None:
    """A short form that the document explains means the same wherever else it stands in it."""
    owners: dict[str, dict[str, str]] = defaultdict(dict)
    for reading in readings:
        for found in reading.found:
            if found.rule == "abbreviation" and abbreviations.is_short_form(reading.surface(found)):
                owners[reading.surface(found)][found.entity_id] = found.type
    for reading in readings:
        for found in reading.found:
            meanings = owners.get(reading.surface(found), {})
            if len(meanings) != 1 or found.rule not in ("ner", "lexicon"):
                continue
            ((entity_id, kind),) = meanings.items()
            if found.rule == "ner" or abbreviations.spells(
                reading.surface(found), roster[entity_id].name
            ):
                found.entity_id, found.type, found.rule = entity_id, kind, "abbreviation"


def _spell_out(readings: Sequence[Reading], roster: Roster) -> None:
    """An acronym that nobody explains, by the one name whose initials it has: *HKIA*."""
    long: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        for found in reading.found:
            words = reading.surface(found).split()
            if len(words) >= _INITIALS and found.type != EntityType.PERSON:
                letters = "".join(w[0] for w in words if w[0].isupper())
                if len(letters) >= _INITIALS and not roster.lexicon.gazetteer.exact(letters):
                    long[letters].add(found.entity_id)
    spelled = {letters: ids for letters, ids in long.items() if len(ids) == 1}
    for reading in readings:
        taken = {(f.start, f.end): f for f in reading.found}
        for unit in reading.units if spelled else ():
            letters = reading.text[unit.start : unit.end]
            if letters not in spelled or not letters.isalpha():
                continue
            (owner,) = spelled[letters]
            acronym = taken.get((unit.start, unit.end))
            if acronym is None and not reading.covered(unit.start, unit.end):
                acronym = Found(unit.start, unit.end, "", owner)
                reading.found.append(acronym)
            if acronym is not None and acronym.rule == "ner":
                acronym.entity_id, acronym.type = owner, roster.type_of(owner)
                acronym.rule = "abbreviation"


def _is_month(text: str, start: int, end: int) -> bool:
    """*In May*, *May 9*: no minister of that name."""
    return text[start:end] in _MONTHS and bool(
        _DATE_BEFORE.search(text, max(0, start - 12), start) or _DATE_AFTER.match(text, end)
    )


def _merge_full_names(readings: Sequence[Reading], roster: Roster) -> None:
    """*Donald Trump* and *Donald J. Trump* are one, unless middle names tell people apart."""
    forms: dict[tuple[str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for reading in readings:
        for found in reading.found:
            surface = reading.surface(found)
            parts = [u.folded for u in units(surface) if u.folded not in ("jr", "sr")]
            if found.type == EntityType.PERSON and found.rule == "ner" and len(parts) > 1:
                middle = tuple(part[0] for part in parts[1:-1])
                forms[parts[0], surname(surface)][found.entity_id] = middle
    whole: dict[str, str] = {}
    for same in forms.values():
        longest = max(sorted(same), key=lambda entity_id, f=same: len(f[entity_id]))  # type: ignore[misc]
        if all(middle in ((), same[longest]) for middle in same.values()):
            whole.update(dict.fromkeys(same, longest))
    for reading in readings:
        for found in reading.found:
            found.entity_id = whole.get(found.entity_id, found.entity_id)


def _is_where(reading: Reading, found: Found) -> bool:
    """*In Jackson*: a town of a person's name."""
    return _WHERE_BEFORE.search(reading.text, max(0, found.start - 12), found.start) is not None


def _kin(readings: Sequence[Reading]) -> set[str]:
    """The entities that the document introduces as somebody's kin."""
    return {f.entity_id for r in readings for f in r.found if is_kin(r.text, f.start)}


def _merge_surnames(readings: Sequence[Reading], roster: Roster) -> None:
    """A bare surname stands for the one full name of the document that ends with it.

    Or begins with it, where the family's name comes first: *Xi*, of *Xi Jinping*. Not for
    somebody's wife or son, beside whom the surname means the other.
    """
    full: dict[str, set[str]] = defaultdict(set)
    first: dict[str, set[str]] = defaultdict(set)
    kin = _kin(readings)
    for reading in readings:
        for found in reading.found:
            if found.type == EntityType.PERSON and found.entity_id not in kin:
                parts = [u.folded for u in units(reading.surface(found))]
                if len(parts) > 1:
                    full[surname(reading.surface(found))].add(found.entity_id)
                    first[parts[0]].add(found.entity_id)
    for reading in readings:
        for found in reading.found:
            parts = [u.folded for u in units(reading.surface(found))]
            owners = full.get(parts[-1], set()) if len(parts) == 1 else set()
            if not owners and len(parts) == 1 and found.type == EntityType.PERSON:
                owners = first.get(parts[0], set())
            if (
                len(owners) == 1
                and found.rule == "ner"
                and (
                    found.type in (EntityType.PERSON, EntityType.ORGANIZATION)
                    or (found.type == EntityType.PLACE and not _is_where(reading, found))
                )
            ):
                found.entity_id, found.type, found.rule = (
                    next(iter(owners)),
                    EntityType.PERSON,
                    "surname",
                )


def _established(
    readings: Sequence[Reading], roster: Roster, lexicon: Lexicon, is_word: IsWord
) -> Iterator[tuple[str, str, str]]:
    heads: dict[str, set[str]] = defaultdict(set)
    kin = _kin(readings)
    seen: set[tuple[str, str]] = set()
    for reading in readings:
        for found in reading.found:
            surface = reading.surface(found)
            if (surface, found.entity_id) in seen or found.kind != MentionKind.NAME:
                continue
            seen.add((surface, found.entity_id))
            parts = [m.group() for m in UNIT.finditer(surface)]
            if found.rule in ("ner", "abbreviation", "body", "platform") and (
                len(parts) > 1 or found.rule in ("abbreviation", "platform")
            ):
                yield surface, found.entity_id, "established"
            if found.type == EntityType.PERSON and len(parts) > 1:
                last = parts[-2] if len(parts) > 2 and parts[-1] in ("Jr", "Sr") else parts[-1]
                if len(last) > 2 and found.entity_id not in kin:
                    heads[last].add(found.entity_id)
            if (
                found.type == EntityType.ORGANIZATION
                and len(parts) > 1
                and len(parts[0]) > 3
                and parts[0][0].isupper()
                and not is_word(parts[0].lower())
            ):
                heads[parts[0]].add(found.entity_id)
    for form, owners in sorted(heads.items()):
        if len(owners) == 1 and not any(lexicon.gazetteer.find(form)):
            yield form, next(iter(owners)), "short form"
