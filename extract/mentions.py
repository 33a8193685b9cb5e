"""Names in text: from the lexicon, the grammar of designations and the statistical tagger.

What the lexicon or the grammar of designations knows overrides the tagger, which finds next to no
weapon system; the tagger finds the people and bodies that no lexicon lists. What one sentence
leaves open is decided for the document as a whole, see `tagged` and `consolidation`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..schema import EntityType, MentionKind
from .gazetteer import Gazetteer, Lexicon, Match, Name
from .naming.architectures import find_architectures
from .naming.bodies import find_bodies, is_common_body
from .naming.compounds import find_coordinated, is_branch, is_part_of_a_word
from .naming.consolidation import IsWord, find_again, pair_abbreviations
from .naming.designations import Designation, find_designations, speaks_of_weapons
from .naming.doubt import Surroundings
from .naming.metonyms import add_governments
from .naming.names import UNIT, key
from .naming.namesakes import find_namesakes
from .naming.platforms import find_platforms
from .naming.selection import Candidate, Spans, select
from .naming.senses import Known, Senses
from .naming.tagged import (
    Tagged,
    distrust_common_words,
    distrust_titles,
    document_types,
    tagged_names,
)
from .naming.titled import titled_names
from .naming.versions import find_versions, stem_of
from .reading import Found, Reading, Roster
from .stating.cues import Cues
from .stating.idioms import is_no_name

_LETTERS = 3
"""Before a number more letters are a word, which no road or visa is called by: *Fateh-360*."""
_SLASHED = re.compile(r"[\w.]+(?:/[\w.]+)+")
_COMBINING = re.compile(r"\b([A-Z][a-z]+o)[-‐‑–](?=[A-Z])")
_GOVERNMENT = re.compile(r" Government(?![a-zA-Z])")
_SCORES = {"designation": 0.9, "government": 0.9, "body": 0.8, "platform": 0.8}


def find_mentions(
    readings: Sequence[Reading], lexicon: Lexicon, cues: Cues, is_word: IsWord
) -> Roster:
    """Find the names in a document's passages; fills ``reading.found``.

    Args:
        readings: The passages, parsed.
        lexicon: Names known before reading.
        cues: Titles, role nouns and the like.
        is_word: Tells ordinary words from names.

    Returns:
        The entities of the document, those of the lexicon under their canonical ids.
    """
    roster = Roster(lexicon)
    tagged = {id(r): _tagged(r, lexicon, cues) for r in readings}
    distrust_titles(readings, tagged)
    distrust_common_words(readings, tagged, cues)
    types = document_types(readings, tagged, cues)
    known = [_known(reading, lexicon, cues) for reading in readings]
    senses = Senses(known)
    for reading, names in zip(readings, known, strict=True):
        for candidate in select(_candidates(names, lexicon, cues, tagged[id(reading)], senses)):
            _enter(reading, candidate, roster, types, senses)
    for reading in readings:
        pair_abbreviations(reading, roster)
    find_architectures(readings, roster)
    find_again(readings, roster, lexicon, is_word)
    add_governments(readings, roster, cues)
    return roster


def _tagged(reading: Reading, lexicon: Lexicon, cues: Cues) -> list[Tagged]:
    """What the tagger finds, and whom it overlooks behind a title."""
    names = list(tagged_names(reading, cues))
    spans = [(name.start, name.end) for name in names]
    for start, end in titled_names(reading, spans, lexicon.gazetteer, cues):
        names.append(Tagged(start, end, EntityType.PERSON))
    return sorted(names)


def _known(reading: Reading, lexicon: Lexicon, cues: Cues) -> Known:
    everywhere = list(_cut_before_noun(reading, lexicon))
    names = [
        m
        for m in everywhere
        if not is_no_name(reading.text, m, cues)
        and not is_part_of_a_word(reading.text, m, lexicon.gazetteer)
    ]
    names = [
        m
        for before, m in zip([None, *names], names, strict=False)
        if not is_branch(reading, before, m)
    ]
    shapes = list(find_designations(reading.text))
    surroundings = Surroundings(reading, cues, names, _certain_systems(names, shapes))
    return Known(reading, everywhere, names, shapes, surroundings)


def _candidates(
    passage: Known,
    lexicon: Lexicon,
    cues: Cues,
    tagged: Iterable[Tagged],
    senses: Senses,
) -> Iterator[Candidate]:
    reading, known = passage.reading, passage.names
    shapes, surroundings = passage.shapes, passage.surroundings
    refused = {(m.start, m.end) for m in passage.everywhere} - {(m.start, m.end) for m in known}
    for match in known:
        names = _supported(match, reading.text[match.start : match.end], surroundings, senses)
        if names:
            several = len(UNIT.findall(reading.text[match.start : match.end])) > 1
            yield Candidate(
                match.start, match.end, 3 if several else 2, Match(match.start, match.end, names)
            )
        elif match.names[0].entity.type == EntityType.SYSTEM and surroundings.is_a_thing(
            match.start, match.end
        ):
            refused.add((match.start, match.end))
    yield from _designations(reading, shapes, known, lexicon.gazetteer, surroundings)
    yield from _governments(reading, lexicon)
    countries = {(m.start, m.end) for m in known if _is_country(m)}
    yield from _combining(reading, countries, lexicon, cues)
    namesakes = [m for m in known if _is_country(m) or m.names[0].entity.type == EntityType.PLACE]
    for start, end in find_namesakes(reading, namesakes, cues):
        yield Candidate(start, end, 3, None, EntityType.PERSON, "namesake")
    for match in find_coordinated(reading.text, lexicon.gazetteer):
        yield Candidate(match.start, match.end, 3, match)
    yield from _platforms(reading, known, lexicon.gazetteer)
    for start, end in find_bodies(reading, lexicon, cues):
        yield Candidate(start, end, 2, None, EntityType.ORGANIZATION, "body")
    unnamed = Spans(refused)
    for name in tagged:
        if not unnamed.touch(name.start, name.end) and not _is_topic(reading, name, lexicon, cues):
            yield Candidate(name.start, name.end, 1, None, name.type)


def _is_topic(reading: Reading, name: Tagged, lexicon: Lexicon, cues: Cues) -> bool:
    """A heading's subject and a weapon in it, taken for a body: *Leopard Dilemma*."""
    first, _, rest = reading.text[name.start : name.end].partition(" ")
    return (
        name.type == EntityType.ORGANIZATION
        and rest.split() != []
        and rest.split()[-1].casefold() not in cues.body_nouns
        and reading.is_headline(reading.tokens(name.start, name.end).sent)
        and any(n.entity.type == EntityType.SYSTEM for n in lexicon.gazetteer.exact(first))
    )


def _cut_before_noun(reading: Reading, lexicon: Lexicon) -> Iterator[Match]:
    """Lexicon names; of *Russian military analysts* only *Russian*, as the noun runs on."""
    for match in reading.known_names(lexicon):
        last = re.search(r"\b[a-z]+$", reading.text[match.start : match.end])
        if last and match.names[0].entity.type == EntityType.ORGANIZATION:
            token = reading.tokens(match.start, match.end)[-1]
            if token.dep_ in ("compound", "amod", "nmod") and token.head.i == token.i + 1:
                shorter = reading.text[match.start : match.start + last.start()]
                for inner in lexicon.gazetteer.find(shorter):
                    yield Match(match.start + inner.start, match.start + inner.end, inner.names)
                continue
        yield match


def _is_country(match: Match) -> bool:
    return any(n.entity.type == EntityType.COUNTRY for n in match.names)


def _platforms(
    reading: Reading, known: Iterable[Match], gazetteer: Gazetteer
) -> Iterator[Candidate]:
    """Ships and the like by what stands beside them, which decides against a town of that name."""
    certain = {(m.start, m.end): _kinds(m.names) for m in known}
    for start, end in find_platforms(reading.text):
        kinds = certain.get((start, end), set())
        first = reading.text[start:end].partition(" ")[0]
        owner = _kinds(gazetteer.exact(first)) if " " in reading.text[start:end] else set()
        if not (kinds | owner) & {EntityType.COUNTRY, EntityType.ORGANIZATION}:
            rank = 2 if EntityType.SYSTEM in kinds else 3
            yield Candidate(start, end, rank, None, EntityType.SYSTEM, "platform")


def _kinds(names: Iterable[Name]) -> set[str]:
    """The types of names that are not doubtful."""
    return {name.entity.type for name in names if not name.doubtful}


def _supported(
    match: Match, surface: str, surroundings: Surroundings, senses: Senses
) -> tuple[Name, ...]:
    """The readings that the context allows; one it speaks for ends the doubt."""
    borne_out = tuple(
        n
        for n in senses.prefer([n for n in match.names if n.doubtful])
        if not senses.is_title(surface)
        and (_is_settled(n, match, surface, surroundings, senses) or surroundings.support(n, match))
    )
    if surroundings.outweighs(match, borne_out):
        return borne_out
    return tuple(n for n in match.names if not n.doubtful or n in borne_out)


def _is_settled(
    name: Name, match: Match, surface: str, surroundings: Surroundings, senses: Senses
) -> bool:
    """Whether the document has settled what a name means; a weapon's is then no part of another."""
    if not senses.holds(surface, name):
        return False
    weapon = name.entity.type == EntityType.SYSTEM
    return not weapon or surroundings.stands_alone(match.start, match.end)


def _certain_systems(
    known: Iterable[Match], shapes: Iterable[Designation]
) -> Iterator[tuple[int, int]]:
    for match in known:
        name = match.names[0]
        if name.entity.type == EntityType.SYSTEM and not name.doubtful:
            yield match.start, match.end
    for shape in shapes:
        if shape.strong:
            yield shape.start, shape.end


def _designations(
    reading: Reading,
    shapes: Iterable[Designation],
    known: Iterable[Match],
    gazetteer: Gazetteer,
    surroundings: Surroundings,
) -> Iterator[Candidate]:
    """Systems by the grammar of designations, with the known ones that they are versions of."""
    text = reading.text
    found = {(shape.start, shape.end): shape for shape in shapes}
    for start, end in find_versions(text, gazetteer, known):
        found[start, end] = Designation(start, end, strong=True)
    for (start, end), shape in sorted(found.items()):
        stem = stem_of(text[start:end], gazetteer)
        if stem is not None or _is_weapon(text, shape, gazetteer, surroundings):
            yield Candidate(start, end, 3, None, EntityType.SYSTEM, "designation", stem)


def _is_weapon(
    text: str, shape: Designation, gazetteer: Gazetteer, surroundings: Surroundings
) -> bool:
    start, end, strong, worded = shape
    if worded:
        return not _is_joined(text[start:end], gazetteer) and surroundings.acts_as_weapon(
            start, end, worded=True
        )
    letters = re.split(r"[\W\d]", text[start:end])[0]
    return (
        (strong and not letters)
        or speaks_of_weapons(text, start, end)
        or (
            gazetteer.opens_series(letters)
            and (strong or len(letters) > _LETTERS or surroundings.has_weapon(start, end))
        )
        or surroundings.acts_as_weapon(start, end)
    )


def _is_joined(surface: str, gazetteer: Gazetteer) -> bool:
    """Whether a part of it names a country, a body or a place: *ASEAN-UK*, *Boeing 747*."""
    return any(
        name.entity.type != EntityType.SYSTEM
        for part in re.split(r"[\s‐‑‒–—−-]", surface)
        for name in gazetteer.exact(part)
    )


def _combining(
    reading: Reading,
    countries: Iterable[tuple[int, int]],
    lexicon: Lexicon,
    cues: Cues,
) -> Iterator[Candidate]:
    """*Sino* and *Franco*, where a hyphen joins them to a demonym."""
    starts = {start for start, _ in countries}
    for found in _COMBINING.finditer(reading.text):
        country = lexicon.get(cues.combining.get(found[1].casefold(), ""))
        if country is not None and found.end() in starts:
            name = Name(found[1], country, MentionKind.DEMONYM, False)
            yield Candidate(*found.span(1), 3, Match(*found.span(1), (name,)))


def _governments(reading: Reading, lexicon: Lexicon) -> Iterator[Candidate]:
    """*Government of Iraq*, *Syrian Government*: written as a body's name, it is the country."""
    text = reading.text
    for found in re.finditer(r"\bGovernments? of (?:the )?(?=[A-Z])", text):
        for match in lexicon.gazetteer.find(text[found.end() : found.end() + 60]):
            if match.start == 0 and _is_country(match):
                yield _government(found.start(), found.end() + match.end, match)
            break
    for match in reading.known_names(lexicon):
        if _is_country(match) and _GOVERNMENT.match(text, match.end):
            yield _government(match.start, match.end + len(" Government"), match)


def _government(start: int, end: int, match: Match) -> Candidate:
    country = next(n.entity for n in match.names if n.entity.type == EntityType.COUNTRY)
    return Candidate(start, end, 3, None, EntityType.ORGANIZATION, "government", stands_for=country)


def _enter(
    reading: Reading, candidate: Candidate, roster: Roster, types: dict[str, str], senses: Senses
) -> None:
    surface = reading.text[candidate.start : candidate.end]
    if candidate.match:
        name = _best_reading(candidate.match.names, types.get(key(surface)))
        _add(
            reading,
            candidate,
            roster.known(name.entity),
            name.entity.type,
            name.kind,
            "lexicon",
            0.95,
        )
        return
    kind = candidate.type
    if candidate.stands_for is not None:
        entity_id = roster.known(candidate.stands_for)
        _add(reading, candidate, entity_id, kind, MentionKind.NAME, candidate.rule, 0.9)
        return
    if candidate.rule == "ner":
        kind = types.get(key(surface), kind)
        if kind == EntityType.ORGANIZATION and _SLASHED.fullmatch(surface):
            return
    entity_id = (
        _known_id(surface, kind, roster)
        or _national_body(surface, kind, roster, senses)
        or roster.named(_canonical_form(surface, kind), kind)
    )
    if candidate.family is not None:
        roster.descend(entity_id, candidate.family)
    score = _SCORES.get(candidate.rule, 0.7)
    _add(reading, candidate, entity_id, kind, MentionKind.NAME, candidate.rule, score)


def _known_id(surface: str, kind: str, roster: Roster) -> str | None:
    """The entity of the lexicon that alone has this name, where the tagger agrees on its type."""
    names = roster.lexicon.gazetteer.exact(surface) if kind == EntityType.ORGANIZATION else ()
    known = {n.entity.id: n.entity for n in names}
    fitting = [entity for entity in known.values() if entity.type == kind]
    return roster.known(fitting[0]) if len(known) == len(fitting) == 1 else None


def _national_body(surface: str, kind: str, roster: Roster, senses: Senses) -> str | None:
    """*The Treasury*, *the Army*: that of the state whose bodies the document speaks of."""
    if kind != EntityType.ORGANIZATION or not is_common_body(surface):
        return None
    bodies = {}
    for state in senses.states:
        country = roster.lexicon.get(f"country:{state}")
        for owner in (country.name, *country.aliases) if country else ():
            for name in roster.lexicon.gazetteer.exact(f"{owner} {surface}"):
                if name.entity.type == kind and not name.doubtful:
                    bodies[state] = name.entity.id
    found = senses.at_home(bodies) if bodies else None
    return roster.known(roster.lexicon.entities[found]) if found else None


def _best_reading(names: Sequence[Name], tagged_type: str | None) -> Name:
    """Of several readings the one the tagger agrees with, else the first that is not doubtful."""
    wanted = {tagged_type, EntityType.COUNTRY} if tagged_type == EntityType.PLACE else {tagged_type}
    return min(
        names,
        key=lambda n: (
            n.doubtful,
            n.entity.type not in wanted,
            n.entity.type != EntityType.COUNTRY,
        ),
    )


def _canonical_form(surface: str, kind: str) -> str:
    """The name to show: without line breaks; a designation without plural and with its hyphen."""
    name = re.sub(r"\s+", " ", surface)
    if kind == EntityType.SYSTEM:
        name = re.sub(r"[‐‑‒–−]", "-", name)
        name = re.sub(r"(?<=\d)s$", "", name)
    return name


def _add(
    reading: Reading,
    at: Candidate,
    entity_id: str,
    kind: str,
    mention_kind: MentionKind,
    rule: str,
    score: float,
) -> None:
    reading.found.append(Found(at.start, at.end, kind, entity_id, mention_kind, rule, score))
