"""Cited works and who stands behind them: *the Valdai report*, its publisher, its authors.

A work is an entity of type ``document``. It is found beside the body that publishes it (*this
Valdai Discussion Club report*, *RAND published a study*); persons listed beside the word *authors*
are its authors, and so belong to that body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..schema import EntityType, MentionKind
from .arguments import Arguments, after, is_passive, objects, subjects
from .attribution import Attribution
from .inflection import verb_forms
from .reading import Found, Reading, Roster
from .relations import Statement

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_WORKS = frozenset(
    "analysis article brief briefing monograph paper report review study survey".split()
)
_AUTHORS = re.compile(r"\b(?:co-)?(?:authors?|authored|written|editors?|edited)\b", re.IGNORECASE)
_HONORIFIC = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Gen|Col|Sir)\.?\s*)?"
_OPENING = re.compile(rf"\s*(?:[-–—:,(]|by|are|is|were|of)?\s*(?:the\s)?{_HONORIFIC}")
_BETWEEN = re.compile(rf"(?:\s*[,;])?\s*(?:and|&)?\s*{_HONORIFIC}")
_PUBLISH = frozenset(
    form
    for verb in ("publish", "release", "issue", "produce", "write")
    for form in verb_forms(verb)
)


class _Work(NamedTuple):
    """A work named in a sentence, and the body that publishes it."""

    document: Found
    publisher: Found
    word: Token


def find_works(reading: Reading, arguments: Arguments, roster: Roster) -> Iterator[Statement]:
    """Yield who published and who wrote the works that a passage cites."""
    for sentence in reading.doc.sents:
        works = list(_works(sentence, reading, arguments, roster))
        for work in works:
            yield _statement(work.document, "published_by", work.publisher, work.word, "works", 0.8)
        cue = _AUTHORS.search(sentence.text)
        if cue is None:
            continue
        authors = _enumeration(reading, sentence.start_char + cue.end(), sentence.end_char)
        cited = works[0] if works else _known_work(sentence, roster)
        if cited is None:
            continue
        for author in authors:
            yield _statement(author, "author_of", cited.document, cited.word, "authors", 0.9)
            yield _statement(author, "affiliated_with", cited.publisher, cited.word, "authors", 0.8)


def _works(
    sentence: Span, reading: Reading, arguments: Arguments, roster: Roster
) -> Iterator[_Work]:
    for token in sentence:
        if token.lower_ not in _WORKS:
            continue
        publisher = _publisher(token, reading, arguments)
        if publisher is not None:
            yield _Work(_document(token, publisher, reading, roster), publisher, token)


def _publisher(work: Token, reading: Reading, arguments: Arguments) -> Found | None:
    """The body right before the word, or the one that published it."""
    for found in reading.found:
        gap = reading.text[found.end : work.idx]
        if found.type == EntityType.ORGANIZATION and gap in (" ", "'s ", "’s ", "' "):
            return found
    verb = work.head
    if verb.lower_ in _PUBLISH and work in objects(verb):
        return _body(subjects(verb), arguments)
    for child in work.children:
        if child.lower_ in _PUBLISH and is_passive(child):
            return _body(subjects(child), arguments)
    return _body(after(work, ("by", "from")), arguments)


def _body(tokens: Sequence[Token], arguments: Arguments) -> Found | None:
    for token in tokens:
        for argument in next(arguments.tiers(token), []):
            if argument.found.type == EntityType.ORGANIZATION and argument.directness == 1:
                return argument.found
    return None


def _document(work: Token, publisher: Found, reading: Reading, roster: Roster) -> Found:
    name = f"{roster[publisher.entity_id].name} {work.lower_}"
    entity_id = roster.named(name, EntityType.DOCUMENT, work.lower_)
    record = roster[entity_id]
    record.owners = (publisher.entity_id,)
    end = work.idx + len(work.text)
    start = publisher.start if publisher.end <= work.idx <= publisher.end + 4 else work.idx
    record.surfaces[" ".join(reading.text[start:end].split())] += 1
    kind = MentionKind.NAME if start == publisher.start else MentionKind.NOMINAL
    return Found(start, end, EntityType.DOCUMENT, entity_id, kind, "work", 0.7)


def _known_work(sentence: Span, roster: Roster) -> _Work | None:
    """The one work the document cites, where the sentence speaks of *the report*."""
    known = [r for r in roster if r.type == EntityType.DOCUMENT and r.owners]
    word = next((t for t in sentence if t.lower_ in _WORKS), None)
    if len(known) != 1 or word is None:
        return None
    publisher = roster[known[0].owners[0]]
    at = word.idx, word.idx + len(word.text)
    return _Work(
        Found(*at, EntityType.DOCUMENT, known[0].id, MentionKind.NOMINAL, "work", 0.6),
        Found(*at, publisher.type, publisher.id, MentionKind.NOMINAL, "work", 0.6),
        word,
    )


def _enumeration(reading: Reading, start: int, end: int) -> list[Found]:
    """The persons of an enumeration that begins at `start`."""
    persons = sorted(
        (f for f in reading.found if f.type == EntityType.PERSON and start <= f.start < end),
        key=lambda f: f.start,
    )
    listed: list[Found] = []
    position = start
    for person in persons:
        gap = reading.text[position : person.start]
        if not (_BETWEEN if listed else _OPENING).fullmatch(gap):
            break
        listed.append(person)
        position = person.end
    return listed


def _statement(
    subject: Found, relation: str, object_: Found, word: Token, rule: str, confidence: float
) -> Statement:
    return Statement(
        subject, relation, object_, Attribution(), (word,), f"construction:{rule}", confidence
    )
