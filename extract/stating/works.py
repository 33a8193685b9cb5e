"""Cited works and who stands behind them: *the Valdai report*, its publisher, its authors.

A work is an entity of type ``document``. It is found beside the body that publishes it (*this
Valdai Discussion Club report*, *RAND published a study*); persons listed beside the word *authors*
are its authors, and so belong to that body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ...schema import EntityType, MentionKind
from ..attribution import attribution_of
from ..parsing.inflection import verb_forms
from ..reading import Found, Reading, Roster
from .arguments import Arguments
from .commitment import Attribution
from .grammar import after, is_passive, objects, subjects
from .statements import Statement
from .triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_WORKS = frozenset(
    "analysis article brief briefing monograph paper report review study survey".split()
)
_AUTHORS = re.compile(r"\b(?:co-)?(?:authors?|authored|written|editors?|edited)\b", re.IGNORECASE)
_HONORIFIC = r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Gen|Col|Sir)\.?\s*)?"
_OPENING = re.compile(rf"\s*+(?:[-–—:,(]|by|are|is|were|of)?\s*+(?:the\s)?{_HONORIFIC}")
_BETWEEN = re.compile(rf"(?:\s*+[,;])?\s*+(?:and|&)?\s*+{_HONORIFIC}")
_BY = re.compile(r"[”\"]\s(?:is|was)?\s?(?:written\s)?by\s")
_OWN_WORK = re.compile(
    r"\b(?:his|her)\s(?:\w+\s)?(?:book|paper|essay|article|memoir|study)\s[“\"]$"
)
_NEXT = re.compile(r"(?:\sby\s[^“”\"]{3,40}?)?[,:]?\s[“\"]")
"""Between the word for a work and its title."""
_AUTHOR = re.compile(r"\bby\s(?:the\s)?$")
_OWNED_BY = re.compile(r"['’]s?\s(?:[\w-]+\s){0,3}[“\"]")
_PUBLISH = frozenset(
    form
    for verb in ("publish", "release", "issue", "produce", "write")
    for form in verb_forms(verb)
)


_TITLE = re.compile(r"[“\"]([A-Z][^“”\"\n]{4,90}?)[,.]?[”\"]")
_NEAR_TITLE = re.compile(
    r"\b(?:books?|papers?|reports?|stud(?:y|ies)|essays?|articles?|memoirs?|monographs?|chapters?|"
    r"authors?|co-author\w*|authored|wr(?:ite|ites|ote|itten|iting)|publish\w*|released|"
    r"brought out|editor|edited)\b",
    re.IGNORECASE,
)
_OUT = frozenset(form for verb in ("bring", "put") for form in verb_forms(verb))
"""With *out* they publish."""
_WRITE = frozenset(
    form for verb in ("write", "author", "co-author", "draft", "pen") for form in verb_forms(verb)
)


def find_titles(reading: Reading, roster: Roster) -> None:
    """Add a mention for every quoted title of a work; names inside a title are part of it."""
    for match in _TITLE.finditer(reading.text):
        words = match.group(1).split()
        capitals = sum(w[0].isupper() for w in words if len(w) > 3 or w[0].isupper())
        near = reading.text[max(0, match.start() - 50) : match.end() + 50]
        by_name = reading.text.startswith(" by ", match.end())
        if len(words) < 2 or capitals * 3 < sum(len(w) > 3 for w in words) * 2:
            continue
        if not (_NEAR_TITLE.search(near.replace(match.group(), " ")) or by_name):
            continue
        start, end = match.span(1)
        reading.found[:] = [f for f in reading.found if f.end <= start or f.start >= end]
        entity_id = roster.named(match.group(1), EntityType.DOCUMENT)
        roster[entity_id].surfaces[" ".join(words)] += 1
        reading.found.append(
            Found(start, end, EntityType.DOCUMENT, entity_id, MentionKind.NAME, "title", 0.8)
        )


class _Work(NamedTuple):
    """A work named in a sentence, and the body that publishes it."""

    document: Found
    publisher: Found
    word: Token


def find_works(
    reading: Reading, arguments: Arguments, roster: Roster, lexicon: RelationLexicon
) -> Iterator[Statement]:
    """Yield who published and who wrote the works that a passage cites."""
    titled = any(f.rule == "title" for f in reading.found)
    if not titled and _WORKS.isdisjoint(reading.words):
        return
    for sentence in reading.doc.sents:
        works = list(_works(sentence, reading, arguments, roster))
        for work in works:
            attribution = attribution_of(work.word, lexicon)
            yield _statement(
                work.document, "published_by", work.publisher, work.word, "works", 0.8, attribution
            )
            for author in _writers(work.word, arguments):
                yield _statement(
                    author, "author_of", work.document, work.word, "works", 0.8, attribution
                )
        if titled:
            yield from _titled(sentence, reading, arguments)
            yield from _brought_out(sentence, reading, arguments, lexicon)
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
        if token.lower_ not in _WORKS or _is_clause(token):
            continue
        publisher = _publisher(token, reading, arguments)
        if publisher is not None:
            yield _Work(_document(token, publisher, reading, roster), publisher, token)


def _is_clause(article: Token) -> bool:
    """*NATO Article 5*, a part of a treaty."""
    rest = article.doc[article.i + 1 : article.i + 2]
    return article.lower_ == "article" and any(t.like_num for t in rest)


def _writers(work: Token, arguments: Arguments) -> list[Found]:
    """Persons who wrote the work, where its word is the object of writing."""
    if work.head.lower_ not in _WRITE or work not in objects(work.head):
        return []
    return [
        a.found
        for t in subjects(work.head)
        for a in next(arguments.tiers(t), [])
        if a.found.type == EntityType.PERSON
    ]


def _titled(sentence: Span, reading: Reading, arguments: Arguments) -> Iterator[Statement]:
    """*“Arms and Influence” by Thomas Schelling*; *in his book “Arms and Influence”, he ...*."""
    for title in reading.found:
        inside = sentence.start_char <= title.start < sentence.end_char
        if title.type != EntityType.DOCUMENT or title.rule != "title" or not inside:
            continue
        word = reading.span(title).root
        persons = [f for f in reading.found if f.type == EntityType.PERSON]
        by = next((p for p in persons if _BY.fullmatch(reading.text[title.end : p.start])), None)
        own = _OWN_WORK.search(reading.text[max(0, title.start - 40) : title.start])
        if by is None and own is not None:
            main = [s for t in sentence if t.dep_ == "ROOT" for s in subjects(t)]
            by = next(
                (
                    a.found
                    for t in main
                    for a in next(arguments.tiers(t), [])
                    if a.found.type == EntityType.PERSON
                ),
                None,
            )
        if by is None:  # a study by X, “Y”
            named = (p for p in persons if _NEXT.fullmatch(reading.text[p.end : title.start]))
            by = next((p for p in named if _AUTHOR.search(reading.text[: p.start])), None)
        if by is None:
            owned = (p for p in persons if _OWNED_BY.fullmatch(reading.text[p.end : title.start]))
            by = next(owned, None)
        if by is not None:
            yield _statement(by, "author_of", title, word, "title", 0.85)


def _brought_out(
    sentence: Span, reading: Reading, arguments: Arguments, lexicon: RelationLexicon
) -> Iterator[Statement]:
    """*Kahn wrote “On Escalation”*: read by nearness, as a title is no phrase for the parser."""
    for title in reading.found:
        if title.rule != "title" or not sentence.start_char <= title.start < sentence.end_char:
            continue
        span = reading.span(title)
        before = reversed(reading.doc[max(sentence.start, span.start - _NEAR) : span.start])
        after_ = reading.doc[span.end : min(sentence.end, span.end + _NEAR)]
        verb = next((t for t in before if _brings_out(t) and not is_passive(t)), None)
        verb = verb or next((t for t in after_ if _brings_out(t) and is_passive(t)), None)
        outlet = reading.text[: title.start].endswith((" in “", ' in "', " for “", ' for "'))
        if verb is None or (outlet and not is_passive(verb)):
            continue
        attribution = attribution_of(verb, lexicon)
        for source in (a.found for t in subjects(verb) for a in next(arguments.tiers(t), [])):
            if source.type == EntityType.PERSON:
                yield _statement(source, "author_of", title, verb, "title", 0.8, attribution)
            elif source.type == EntityType.ORGANIZATION:
                yield _statement(title, "published_by", source, verb, "title", 0.8, attribution)


_NEAR = 9
"""How many tokens a verb of writing may stand away from a title."""


def _brings_out(token: Token) -> bool:
    """A verb of writing or publishing; *brought out* only with its particle."""
    if token.tag_[0] != "V":
        return False
    out = any(c.lower_ == "out" for c in token.children)
    return token.lower_ in _WRITE | _PUBLISH or (out and token.lower_ in _OUT)


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
    end = work.idx + len(work.text)
    for title in reading.found:
        if title.rule == "title" and _NEXT.fullmatch(reading.text[end : title.start]):
            return title
    name = f"{roster[publisher.entity_id].name} {work.lower_}"
    entity_id = roster.named(name, EntityType.DOCUMENT, work.lower_)
    record = roster[entity_id]
    record.owners = (publisher.entity_id,)
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
    subject: Found,
    relation: str,
    object_: Found,
    word: Token,
    rule: str,
    confidence: float,
    attribution: Attribution | None = None,
) -> Statement:
    how = attribution or Attribution()
    return Statement(subject, relation, object_, how, (word,), f"construction:{rule}", confidence)
