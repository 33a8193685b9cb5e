"""What the statistical tagger finds, made fit for use: trimmed, filtered, typed by the document.

The tagger reads one sentence at a time. Its spans take in titles and possessives, and its types
waver; here each span is cut to the name, and each name gets the type that the evidence of the whole
document supports.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ..schema import EntityType, PassageKind
from .cues import Cues
from .designations import is_code, speaks_of_weapons
from .doubt import Surroundings
from .inflection import verb_forms
from .names import key, without_possessive
from .platforms import is_said_to_be_a_platform
from .reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Span

_LABELS = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "PRODUCT": EntityType.SYSTEM,
    "EVENT": EntityType.EVENT,
    "LAW": EntityType.AGREEMENT,
}
_LEADING = re.compile(r"(?:the|a|an|this|that|these|those|its|their|our|his|her|former)\s+", re.I)
_QUOTES = " \t\"'“”‘’`()[]{}*_,;:&|"
_JUNIOR = re.compile(r",?\s(?:Jr|Sr)\b\.?")
_IS_PLACE = re.compile(
    r"\s(?:is|was)\s(?:a|an|the)\s(?:\w+\s){0,2}(?:capital|city|town|village|port|suburb|province|region)\b"
)
_ORDER = re.compile(r"(?:Executive Order|Proclamation|Resolution|Public Law|Directive)\s\d")
_INSTRUMENTS = frozenset(
    "Act Treaty Declaration Convention Charter Protocol Communique Communiqué Memorandum".split()
)
_GATHERINGS = frozenset("Summit Conference Olympics Games Tsunami Earthquake".split())
_WEEKDAY = re.compile(r"(?:Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)$")
_NO_SURNAME = frozenset("tech hole club fc united post city accord accords".split())
_WHERE = re.compile(
    r"\b(?:near|outside|around|(?:north|south|east|west|town|city|village|province) of)\s"
    r"(?:the\s)?$",
    re.IGNORECASE,
)


class Tagged(NamedTuple):
    """A span of the tagger, cut to the name."""

    start: int
    end: int
    type: str


def tagged_names(reading: Reading, cues: Cues) -> Iterator[Tagged]:
    """The tagger's names, trimmed of articles, titles and possessives."""
    for entity in reading.doc.ents:
        kind = _LABELS.get(entity.label_)
        if kind is None:
            continue
        start, end = _trim(reading.text, entity.start_char, entity.end_char)
        if kind == EntityType.PERSON:
            start, end = _without_titles(reading.text, start, end, cues)
        elif kind == EntityType.ORGANIZATION:
            person = _holder(reading.text, start, end, cues)
            if person is not None:
                yield Tagged(*person, EntityType.PERSON)
                end = person[0]
            start, end = _trim(reading.text, *_without_office(reading.text, start, end, cues))
        surface = reading.text[start:end]
        if start < end and _plausible(surface, kind, reading, start, end, cues):
            yield Tagged(start, end, kind)


def _holder(text: str, start: int, end: int, cues: Cues) -> tuple[int, int] | None:
    """The surname at the end of an office: *Director of National Intelligence Haines*."""
    words = list(re.finditer(r"[^\s,]+", text[start:end]))
    before = re.search(r"(\w+)\s(?:of|for)\s(?:the\s)?$", text[max(0, start - 60) : start])
    last = words[-1].group()
    if (
        len(words) > 1
        and before is not None
        and before.group(1).casefold() in cues.offices
        and last.istitle()
        and last.isalpha()
        and last.casefold() not in cues.body_nouns | cues.office_parts
    ):
        return start + words[-1].start(), start + words[-1].end()
    return None


def _without_office(text: str, start: int, end: int, cues: Cues) -> tuple[int, int]:
    """A body without the office it is part of: *Defense Staff*, of *Defense Staff Gen*."""
    words = list(re.finditer(r"\S+", text[start:end]))
    dropped = False
    while words and words[-1].group().casefold().strip(".,") in cues.titles | cues.office_parts:
        words.pop()
        dropped = True
    following = re.match(r"\s(\w+)", text[end:])
    runs_on = following is not None and following.group(1).casefold() in cues.offices
    if not words or ((dropped or runs_on) and words[-1].group().casefold() in cues.office_parts):
        return start, start
    if (dropped or runs_on) and " ".join(w.group().casefold() for w in words) in cues.portfolios:
        return start, start
    return start, start + words[-1].end()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end:
        lead = _LEADING.match(text, start, end)
        if lead and lead.end() < end:
            start = lead.end()
        elif text[start] in _QUOTES:
            start += 1
        elif text[end - 1] in _QUOTES or text[end - 1].isspace():
            end -= 1
        elif (bare := without_possessive(text[start:end])) != text[start:end]:
            end = start + len(bare)
        elif text[end - 1] == "." and not re.search(
            r"(?:\b[A-Z]\.|\b(?:Inc|Corp|Ltd|Jr|Sr|Co)\.)$", text[start:end]
        ):
            end -= 1
        elif "(" in text[start:end] and ")" not in text[start:end]:
            end = text.index("(", start)
        else:
            break
    return start, end


def _without_titles(text: str, start: int, end: int, cues: Cues) -> tuple[int, int]:
    words = [(m.start(), m.end(), m.group()) for m in re.finditer(r"\S+", text[start:end])]
    while len(words) > 1 and words[0][2].casefold().rstrip(".,") in cues.titles:
        words.pop(0)
    while len(words) > 1 and words[-1][2].casefold().strip(".,") in cues.name_suffixes:
        words.pop()
    end = start + words[-1][1]
    junior = _JUNIOR.match(text, end) if len(words) > 1 else None
    return start + words[0][0], junior.end() if junior else end


def _says_nobody(word: str, cues: Cues) -> bool:
    """A given name, a form of address or a suffix alone: *Jake*, *Madam*, *Jr.*"""
    plain = word.casefold().rstrip(".")
    return plain in cues.given_names or plain in cues.titles or plain in cues.name_suffixes


def _plausible(surface: str, kind: str, reading: Reading, start: int, end: int, cues: Cues) -> bool:
    if not any(c.isupper() for c in surface) or len(surface) < 2 or "\ufffd" in surface:
        return False
    if re.search(r"[“”‘\"|]|(?<!s)’\s|https?:|www\.|@|\.com\b|\.org\b|\d{4,}/|%s", surface):
        return False
    if is_code(surface):
        return False
    words = surface.split()
    if kind == EntityType.PERSON and (any(c.isdigit() for c in surface) or len(words) > 5):
        return False
    if kind == EntityType.PERSON and len(words) == 1 and _says_nobody(words[0], cues):
        return False
    if kind == EntityType.SYSTEM and not speaks_of_weapons(reading.text, start, end, 40):
        return False
    if (
        kind in (EntityType.ORGANIZATION, EntityType.PLACE)
        and len(words) > 1
        and words[-1].casefold() in cues.military - cues.body_nouns
        and reading.is_headline(reading.tokens(start, end).sent)
    ):
        return False
    if kind in (EntityType.EVENT, EntityType.AGREEMENT) and len(words) < 2:
        return False
    if surface in cues.no_names or _is_weekday(surface, reading.text[end : end + 1]):
        return False
    shouted = len(words) == 1 and surface.isupper()
    if shouted and reading.is_shouted(reading.tokens(start, end).sent):
        return False
    if len(words) == 1 and start == 0 and reading.doc[0].tag_ not in ("NNP", "NNPS"):
        return False
    if kind == EntityType.SYSTEM and len(words) == 1 and surface.islower():
        return False
    if surface[0].islower() and not any(w[0].isupper() for w in words[1:]):
        return False
    return not re.fullmatch(r"[\W\d]+|\d.*", surface) or kind == EntityType.ORGANIZATION


def _is_weekday(surface: str, following: str) -> bool:
    """*Sun.*, with its stop; without it the word is something else."""
    return following == "." and _WEEKDAY.match(surface) is not None


def distrust_titles(readings: Sequence[Reading], tagged: dict[int, list[Tagged]]) -> None:
    """In Title Case every word looks like a name: one word alone must be tagged in the text too."""
    titles = (PassageKind.TITLE, PassageKind.HEADING)
    seen = {
        key(r.text[c.start : c.end])
        for r in readings
        if r.kind not in titles
        for c in tagged[id(r)]
    }
    for reading in readings:
        if reading.kind in titles and len(readings) > 1:
            tagged[id(reading)] = [
                c
                for c in tagged[id(reading)]
                if " " in reading.text[c.start : c.end]
                or key(reading.text[c.start : c.end]) in seen
            ]


def document_types(
    readings: Sequence[Reading],
    tagged: dict[int, list[Tagged]],
    cues: Cues,
) -> dict[str, str]:
    """One type for every name that the tagger typed: the evidence of the whole document decides."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    towns = cues.place_given_names
    for reading in readings:
        surroundings = Surroundings(reading, cues)
        for candidate in tagged[id(reading)]:
            surface = reading.text[candidate.start : candidate.end]
            weight = 1 + 2 * (
                surface.split()[-1].casefold() in cues.body_nouns
                and candidate.type == EntityType.ORGANIZATION
            )
            votes[key(surface)][candidate.type] += weight
            if _is_person_name(surface, cues):
                votes[key(surface)][EntityType.PERSON] += 2
            if candidate.type == EntityType.ORGANIZATION and surface.casefold() in towns:
                votes[key(surface)][EntityType.PLACE] += 2
            if _IS_PLACE.match(reading.text, candidate.end):
                votes[key(surface)][EntityType.PLACE] += 4
            if surface.split()[-1].casefold() in cues.site_nouns:
                votes[key(surface)][EntityType.PLACE] += 3
            if is_said_to_be_a_platform(reading.text, candidate.end):
                votes[key(surface)][EntityType.SYSTEM] += 4
            if _acts_as_weapon(candidate, reading, surroundings, cues):
                votes[key(surface)][EntityType.SYSTEM] += 4
            last = surface.rsplit(maxsplit=1)[-1]
            if " " in surface and last in _INSTRUMENTS:
                votes[key(surface)][EntityType.AGREEMENT] += 4
            if _ORDER.match(surface):
                votes[key(surface)][EntityType.AGREEMENT] += 5
            if " " in surface and last in _GATHERINGS:
                votes[key(surface)][EntityType.EVENT] += 4
            if candidate.type == EntityType.PERSON and surface.count(" ") > 1:
                votes[key(surface)][EntityType.ORGANIZATION] += 3 * (
                    last.casefold() in cues.body_nouns
                )
            if surface.startswith("Operation "):
                votes[key(surface)][EntityType.EVENT] += 5
            if _WHERE.search(reading.text[max(0, candidate.start - 24) : candidate.start]):
                votes[key(surface)][EntityType.PLACE] += 3
    return {
        name: max(sorted(count), key=lambda kind, c=count: c[kind])  # type: ignore[misc]
        for name, count in votes.items()
    }


def _acts_as_weapon(
    candidate: Tagged, reading: Reading, surroundings: Surroundings, cues: Cues
) -> bool:
    """Whether a name that the tagger gives a person, a place or a body is a weapon's.

    Nobody is called *a Kinzhal*; a body or a region may have the article *the*, but is not flown.
    """
    surface = reading.text[candidate.start : candidate.end]
    words = surface.casefold().split()
    if len(words) > 2 or words[-1] in cues.body_nouns | cues.site_nouns | cues.office_parts:
        return False
    if not surroundings.acts_as_weapon(candidate.start, candidate.end, worded=True):
        return False
    span = reading.tokens(candidate.start, candidate.end)
    article = span.doc[span.start - 1].lower_
    may_act = (article == "the" and candidate.type == EntityType.PERSON) or (
        article in ("a", "an") and len(words) == 1 and not surface.isupper() and not _is_word(span)
    )
    if may_act and span.root.dep_ in ("nsubj", "nsubjpass"):
        return True
    return span.root.dep_ == "dobj" and span.root.head.lower_ in _wielding()


def _is_word(span: Span) -> bool:
    """*An Ally*: whether the language has the word in lower case as well."""
    vocab = span.doc.vocab
    return bool(vocab.vectors.size) and vocab.has_vector(span.root.lower_)


@lru_cache(maxsize=1)
def _wielding() -> frozenset[str]:
    """Forms of the verbs that only weapons and what carries them are the objects of."""
    return frozenset(chain.from_iterable(map(verb_forms, ("fly", "fire", "carry", "intercept"))))


def _is_person_name(surface: str, cues: Cues) -> bool:
    words = surface.split()
    first, last = words[0].casefold(), words[-1].casefold()
    return (
        2 <= len(words) <= 3
        and (
            first in cues.given_names
            or (
                first in cues.place_given_names
                and len(words) == 2
                and last not in _NO_SURNAME | cues.site_nouns
                and not last.endswith("s")
            )
        )
        and all(w[:1].isupper() and w.replace("-", "").replace(".", "").isalpha() for w in words)
        and last not in cues.body_nouns
        and not any(w.isupper() and len(w) > 2 for w in words)
    )
