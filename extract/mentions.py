"""Names in text: from the lexicon, the grammar of designations and the statistical tagger.

What the lexicon or the grammar of designations knows overrides the tagger, which finds next to no
weapon system; the tagger finds the people and bodies that no lexicon lists. What one sentence
leaves open is decided for the document as a whole, see `tagged` and `consolidation`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..schema import EntityType, MentionKind
from .architectures import find_architectures
from .bodies import find_bodies
from .consolidation import IsWord, find_again, pair_abbreviations
from .cues import Cues
from .designations import find_designations, speaks_of_weapons
from .gazetteer import Lexicon, Match, Name
from .names import UNIT, key
from .platforms import find_platforms
from .reading import Found, Reading, Roster
from .tagged import Tagged, distrust_titles, document_types, tagged_names

_SUPPORT = {
    EntityType.COUNTRY: {"GPE", "NORP", "LOC"},
    EntityType.PLACE: {"GPE", "LOC", "FAC"},
    EntityType.ORGANIZATION: {"ORG", "NORP"},
    EntityType.AGREEMENT: {"LAW", "ORG", "WORK_OF_ART"},
}
_SLASHED = re.compile(r"[\w.]+(?:/[\w.]+)+")


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    rank: int
    """3 certain, 2 lexicon, 1 tagger."""
    match: Match | None = None
    type: str = ""
    rule: str = "ner"


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
    tagged = {id(r): list(tagged_names(r, cues)) for r in readings}
    distrust_titles(readings, tagged)
    types = document_types(readings, tagged, cues)
    for reading in readings:
        for candidate in _select(_candidates(reading, lexicon, cues, tagged[id(reading)], types)):
            _enter(reading, candidate, roster, types, cues)
    for reading in readings:
        pair_abbreviations(reading, roster)
    find_architectures(readings, roster)
    find_again(readings, roster, lexicon, is_word)
    return roster


def _candidates(
    reading: Reading,
    lexicon: Lexicon,
    cues: Cues,
    tagged: Iterable[Tagged],
    types: dict[str, str],
) -> Iterator[_Candidate]:
    labels = [(e.start_char, e.end_char, e.label_) for e in reading.doc.ents]
    for match in _known_names(reading, lexicon):
        names = tuple(n for n in match.names if _supported(n, match, reading, labels, types))
        if names:
            several = len(UNIT.findall(reading.text[match.start : match.end])) > 1
            yield _Candidate(
                match.start, match.end, 3 if several else 2, Match(match.start, match.end, names)
            )
    for shape in find_designations(reading.text):
        if shape.strong or speaks_of_weapons(reading.text, shape.start, shape.end):
            yield _Candidate(shape.start, shape.end, 3, None, EntityType.SYSTEM, "designation")
    yield from _governments(reading, lexicon)
    countries = {(c.start, c.end) for c in _countries(reading, lexicon)}
    for span in find_platforms(reading.text):
        if span not in countries:
            yield _Candidate(*span, 2, None, EntityType.SYSTEM, "platform")
    for start, end in find_bodies(reading, lexicon, cues):
        yield _Candidate(start, end, 2, None, EntityType.ORGANIZATION, "body")
    for name in tagged:
        yield _Candidate(name.start, name.end, 1, None, name.type)


def _known_names(reading: Reading, lexicon: Lexicon) -> Iterator[Match]:
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


def _countries(reading: Reading, lexicon: Lexicon) -> Iterator[Match]:
    """Names of countries and demonyms: *the cruiser Russia sent* is no cruiser Russia."""
    for match in reading.known_names(lexicon):
        if match.names[0].entity.type == EntityType.COUNTRY:
            yield match


def _supported(
    name: Name,
    match: Match,
    reading: Reading,
    labels: Sequence[tuple[int, int, str]],
    types: dict[str, str],
) -> bool:
    """Whether the context supports a reading of a name that is also something else."""
    if not name.doubtful:
        return True
    if name.entity.type == EntityType.SYSTEM:
        if (match.start, match.end, "PERSON") in labels:
            return False
        return speaks_of_weapons(reading.text, match.start, match.end, 45)
    wanted = _SUPPORT.get(EntityType(name.entity.type), set())
    return any(
        start <= match.start and match.end <= end and end - start <= match.end - match.start + 6
        for start, end, label in labels
        if label in wanted
    )


def _governments(reading: Reading, lexicon: Lexicon) -> Iterator[_Candidate]:
    """*Government of Iraq*, *Syrian Government*: a body, where it is written as a name."""
    for found in re.finditer(r"\bGovernments? of (?:the )?(?=[A-Z])", reading.text):
        for match in lexicon.gazetteer.find(reading.text[found.end() : found.end() + 60]):
            if match.start == 0 and match.names[0].entity.type == EntityType.COUNTRY:
                yield _Candidate(
                    found.start(),
                    found.end() + match.end,
                    3,
                    None,
                    EntityType.ORGANIZATION,
                    "government",
                )
            break
    for match in reading.known_names(lexicon):
        if (
            match.names[0].entity.type == EntityType.COUNTRY
            and reading.text.startswith(" Government", match.end)
            and not reading.text[match.end + 11 : match.end + 12].isalpha()
        ):
            yield _Candidate(
                match.start, match.end + 11, 3, None, EntityType.ORGANIZATION, "government"
            )


def _select(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """A set without overlaps: the longer name wins unless the tagger swallowed known names."""
    pool = sorted(candidates, key=lambda c: (c.start, -c.end, -c.rank))
    certain = [c for c in pool if c.rank > 1]
    pool = [c for c in pool if c.rank > 1 or not _swallows(c, certain)]
    pool.sort(key=lambda c: (-(c.end - c.start), -c.rank, c.start))
    chosen: list[_Candidate] = []
    for candidate in pool:
        if not any(c.start < candidate.end and candidate.start < c.end for c in chosen):
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _swallows(tagged: _Candidate, certain: Sequence[_Candidate]) -> bool:
    """Whether a tagged span holds known names that should stand by themselves."""
    inside = [c for c in certain if tagged.start <= c.start and c.end <= tagged.end]
    across = [
        c for c in certain if c.start < tagged.end and tagged.start < c.end and c not in inside
    ]
    if across:
        return True
    if any((c.start, c.end) == (tagged.start, tagged.end) for c in inside):
        return True
    if tagged.type in (
        EntityType.PLACE,
        EntityType.SYSTEM,
        EntityType.EVENT,
        EntityType.AGREEMENT,
    ):
        return any(_kind(c) in (EntityType.SYSTEM, EntityType.ORGANIZATION) for c in inside)
    if tagged.type == EntityType.PERSON:
        return any(_kind(c) in (EntityType.SYSTEM, EntityType.ORGANIZATION) for c in inside) or any(
            c.start == tagged.start
            and _kind(c) == EntityType.COUNTRY
            and c.match
            and c.match.names[0].kind == MentionKind.DEMONYM
            for c in inside
        )
    return any(_kind(c) == EntityType.SYSTEM for c in inside) or sum(c.rank for c in inside) > 3


def _kind(candidate: _Candidate) -> str:
    return candidate.match.names[0].entity.type if candidate.match else candidate.type


def _enter(
    reading: Reading, candidate: _Candidate, roster: Roster, types: dict[str, str], cues: Cues
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
    if candidate.rule == "ner":
        kind = types.get(key(surface), kind)
        if kind == EntityType.ORGANIZATION and _SLASHED.fullmatch(surface):
            return
    name_form = _canonical_form(surface, kind)
    entity_id = roster.named(name_form, kind)
    score = {"designation": 0.9, "government": 0.9, "body": 0.8, "platform": 0.8}.get(
        candidate.rule, 0.7
    )
    _add(reading, candidate, entity_id, kind, MentionKind.NAME, candidate.rule, score)


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
    at: _Candidate,
    entity_id: str,
    kind: str,
    mention_kind: MentionKind,
    rule: str,
    score: float,
) -> None:
    reading.found.append(Found(at.start, at.end, kind, entity_id, mention_kind, rule, score))
