"""What the statistical tagger finds, made fit for use: trimmed, filtered, typed by the document.

The tagger reads one sentence at a time. Its spans take in titles and possessives, and its types
waver; here each span is cut to the name, and each name gets the type that the evidence of the whole
document supports.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ...schema import EntityType, PassageKind
from ..abbreviations import common_short_forms
from ..parsing.inflection import verb_forms
from ..reading import Reading
from ..stating.cues import Cues
from .doubt import Surroundings
from .fragments import addressed_names, is_common_word, is_fragment, lower_words
from .heads import (
    is_called_a_body,
    is_called_a_person,
    is_called_a_site,
    type_by_head,
)
from .names import key
from .platforms import is_said_to_be_a_platform
from .plausible import is_plausible
from .titled import is_titled
from .trimming import holder, parts, trim, without_office, without_rest, without_titles

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
_IS_PLACE = re.compile(
    r"\s(?:is|was)\s(?:a|an|the)\s(?:\w+\s){0,2}(?:capital|city|town|village|port|suburb|province|region)\b"
)
_SITE = re.compile(
    r"\s(?:international )?(?:air(?:port|base|field| base)|naval base|dam|refinery|shipyard)s?\b"
)
"""*Ben Gurion airport*: where it is, whoever it is called after."""
_ORDER = re.compile(r"(?:E\.O\.|Executive Order|Proclamation|Resolution|Public Law|Directive)\s\d")
_LONGEST = 4
"""Words of a person's name."""
_PARTNER = re.compile(r",\s([A-Z][a-z]+)(?<!s)(?=\sto\s)")
_NO_SURNAME = frozenset("tech hole club fc united post city accord accords".split())
_WORD_BEFORE = re.compile(r"\b([A-Z][a-z]+)\.?\s$")
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
    last: Tagged | None = None
    for name in _with_partners(reading, _trimmed(reading, cues)):
        if last is not None and _goes_on(reading.text, last, name):
            last = Tagged(last.start, name.end, name.type)
            continue
        if last is not None:
            yield last
        last = name
    if last is not None:
        yield last


def _with_partners(reading: Reading, names: Iterable[Tagged]) -> Iterator[Tagged]:
    """In a headline also the one who stands beside a person: *Macron, Meloni to Meet*."""
    for name in names:
        yield name
        partner = _PARTNER.match(reading.text, name.end) if name.type == EntityType.PERSON else None
        if partner is not None and reading.is_headline(reading.tokens(*partner.span(1)).sent):
            yield Tagged(*partner.span(1), EntityType.PERSON)


def _goes_on(text: str, first: Tagged, second: Tagged) -> bool:
    """*Lee Jae* and *Myung*, which the tagger parts."""
    return (
        first.type == second.type == EntityType.PERSON
        and text[first.end : second.start] == " "
        and text[first.start : first.end].replace(" ", "").isalpha()
        and len(text[first.start : second.end].split()) <= _LONGEST
    )


def _trimmed(reading: Reading, cues: Cues) -> Iterator[Tagged]:
    for entity in reading.doc.ents:
        kind = _LABELS.get(entity.label_)
        if kind is None:
            continue
        start, end = trim(reading.text, entity.start_char, entity.end_char)
        if start == end:
            continue
        if kind == EntityType.EVENT and is_called_a_body(reading.text, start, end):
            kind = EntityType.ORGANIZATION
        if is_titled(reading.text[start:end], cues):
            kind = EntityType.PERSON
        if kind == EntityType.PERSON:
            start, end = without_titles(reading.text, start, end, cues)
        elif kind == EntityType.ORGANIZATION:
            person = holder(reading.text, start, end, cues)
            if person is not None:
                yield Tagged(*person, EntityType.PERSON)
                end = person[0]
            start, end = trim(reading.text, *without_office(reading.text, start, end, cues))
        start, end = without_rest(reading, start, end)
        whole = _with_surname(reading, start, end, cues)
        if whole is not None:
            yield Tagged(*whole, EntityType.PERSON)
            continue
        for part in parts(reading.text, start, end, kind):
            surface = reading.text[slice(*part)]
            if (
                surface
                and is_plausible(surface, kind, reading, *part, cues)
                and not is_fragment(reading, *part, kind, cues)
            ):
                yield Tagged(*part, kind)


def _with_surname(reading: Reading, start: int, end: int, cues: Cues) -> tuple[int, int] | None:
    """A given name with the surname that the tagger left out: *Dmitry* | *Peskov said*."""
    if reading.text[start:end].casefold() not in cues.given_names:
        return None
    given = reading.tokens(start, end)[0]
    surname = given.head
    if (
        surname.i == given.i + 1
        and surname.tag_ == "NNP"
        and not surname.ent_type_
        and surname.text.istitle()
        and surname.text.isalpha()
        and given.whitespace_ == " "
    ):
        return start, surname.idx + len(surname)
    return None


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


def distrust_common_words(
    readings: Sequence[Reading], tagged: dict[int, list[Tagged]], cues: Cues
) -> None:
    """A word that the document also writes in lower case is a name only after a title.

    So is a given name that somebody is addressed by; the short form of a common noun never is one.
    """
    words, addressed = lower_words(readings), addressed_names(readings)
    given = frozenset(name for name in addressed if name.casefold() not in cues.titles)
    common = {short for reading in readings for short in common_short_forms(reading.text)}
    for reading in readings:
        tagged[id(reading)] = [
            _with_given_name(reading.text, c, given)
            for c in tagged[id(reading)]
            if _title_before(reading.text, c.start, cues)
            or not (
                (surface := reading.text[c.start : c.end]) in addressed
                or surface in common
                or is_common_word(surface, words, cues)
            )
        ]


def _with_given_name(text: str, name: Tagged, given: frozenset[str]) -> Tagged:
    """A surname that the tagger leaves alone, with the given name known from an address."""
    before = _WORD_BEFORE.search(text, max(0, name.start - 30), name.start)
    if (
        before is None
        or before[1] not in given
        or name.type not in (EntityType.ORGANIZATION, EntityType.PERSON)
        or " " in text[name.start : name.end]
    ):
        return name
    return Tagged(before.start(1), name.end, EntityType.PERSON)


def _title_before(text: str, start: int, cues: Cues) -> bool:
    before = _WORD_BEFORE.search(text, max(0, start - 30), start)
    return before is not None and before[1].casefold() in cues.titles


def _is_addressed_by_title(text: str, candidate: Tagged, cues: Cues) -> bool:
    """*Chancellor Scholz*, which the tagger may take for a body elsewhere."""
    words = text[candidate.start : candidate.end].split()
    return (
        candidate.type in (EntityType.ORGANIZATION, EntityType.PLACE, EntityType.PERSON)
        and len(words) <= 2
        and all(word.istitle() and word.isalpha() for word in words)
        and _title_before(text, candidate.start, cues)
        and words[-1].casefold()
        not in cues.body_nouns | cues.site_nouns | cues.office_parts | cues.titles
    )


def document_types(
    readings: Sequence[Reading],
    tagged: dict[int, list[Tagged]],
    cues: Cues,
) -> dict[str, str]:
    """One type for every name that the tagger typed: the evidence of the whole document decides."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    towns = cues.place_given_names
    addressed = addressed_names(readings)
    for reading in readings:
        surroundings = Surroundings(reading, cues)
        for candidate in tagged[id(reading)]:
            surface = reading.text[candidate.start : candidate.end]
            weight = 1 + 2 * (
                surface.split()[-1].casefold() in cues.body_nouns
                and candidate.type == EntityType.ORGANIZATION
            )
            votes[key(surface)][candidate.type] += weight
            if _is_person_name(surface, cues) or (
                surface.partition(" ")[0] in addressed and surface.count(" ") == 1
            ):
                votes[key(surface)][EntityType.PERSON] += 2
            if candidate.type == EntityType.ORGANIZATION and surface.casefold() in towns:
                votes[key(surface)][EntityType.PLACE] += 2
            if _IS_PLACE.match(reading.text, candidate.end) or _SITE.match(
                reading.text, candidate.end
            ):
                votes[key(surface)][EntityType.PLACE] += 4
            if _is_addressed_by_title(reading.text, candidate, cues):
                votes[key(surface)][EntityType.PERSON] += 10
            if surface.split()[-1].casefold() in cues.site_nouns:
                votes[key(surface)][EntityType.PLACE] += 3
            if is_called_a_site(surface, cues):
                votes[key(surface)][EntityType.PLACE] += 3
            if is_said_to_be_a_platform(reading.text, candidate.end):
                votes[key(surface)][EntityType.SYSTEM] += 4
            if _acts_as_weapon(candidate, reading, surroundings, cues):
                votes[key(surface)][EntityType.SYSTEM] += 4
            last = surface.rsplit(maxsplit=1)[-1]
            by_head = type_by_head(surface)
            if by_head is not None:
                votes[key(surface)][by_head] += 4
            if is_called_a_body(reading.text, candidate.start, candidate.end):
                votes[key(surface)][EntityType.ORGANIZATION] += 4
            if is_called_a_person(reading.text, candidate.start, candidate.end, cues):
                votes[key(surface)][EntityType.PERSON] += 4
            if _ORDER.match(surface):
                votes[key(surface)][EntityType.AGREEMENT] += 5
            if candidate.type == EntityType.PERSON and last.casefold() in cues.unit_nouns:
                votes[key(surface)][EntityType.ORGANIZATION] += 5
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
