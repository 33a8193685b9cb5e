"""The grammar of bodies' names: *Communist Party of Greece*, *Ministry of Culture and Tourism*.

A body's name is built around a noun that says what kind of body it is. The tagger often keeps only
the part before *of*, or splits the name at *and*; the noun, the capitals around it and the few
prepositions that such names use show where it begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from ...schema import EntityType, MentionKind, PassageKind
from ..gazetteer import Lexicon
from ..reading import Reading
from ..stating.cues import Cues, load_cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_JOINS = ("of", "for", "on", "against")
_NOT_FIRST = frozenset(
    """the a an in on at for from by with but and or as while when after before since although
    however yesterday today meanwhile also both neither either if then there here this that these
    those its their our his her my your many some most all no former new late""".split()
)


_COMMON = frozenset("house treasury air armed coast defence defense marine supreme".split())
"""Words, beside nouns for bodies, of bodies that every state has."""


def is_common_body(name: str) -> bool:
    """Whether a name is one that the bodies of many states share: *Treasury*, *Air Force*.

    >>> is_common_body("Armed Forces"), is_common_body("Peace Corps")
    (True, False)
    """
    words = name.casefold().split()
    return all(word in _COMMON or word in load_cues().body_nouns for word in words)


def find_bodies(reading: Reading, lexicon: Lexicon, cues: Cues) -> Iterator[tuple[int, int]]:
    """Yield the offsets of names that the grammar of bodies recognises; they may overlap."""
    if reading.kind in (PassageKind.TITLE, PassageKind.HEADING):
        return  # where every word has a capital, capitals show nothing
    known = {m.start: m.end for m in reading.known_names(lexicon)}
    countries = {
        m.start
        for m in reading.known_names(lexicon)
        if m.names[0].entity.type == EntityType.COUNTRY and m.names[0].kind == MentionKind.NAME
    }
    owners = {
        m.start
        for m in reading.known_names(lexicon)
        if m.names[0].entity.type == EntityType.COUNTRY
    }
    doc = reading.doc
    for token in doc:
        if (
            token.lower_ in cues.body_nouns
            and token.text[0].isupper()
            and not token.is_sent_start
            and not reading.is_headline(token.sent)
        ):
            first = _first(token, cues)
            if first > token.sent.start and token.idx not in known and first < token.i:
                first -= _ORDINAL.fullmatch(doc[first - 1].text) is not None
            first = _owned(doc[first], owners, cues)
            last = _last(token, doc, known, countries)
            if first < token.i or last > token.i:
                yield doc[first].idx, doc[last].idx + len(doc[last])


def _first(noun: Token, cues: Cues) -> int:
    """Where the capitals before the noun begin."""
    first = noun.i
    while first > noun.sent.start:
        word = noun.doc[first - 1]
        if word.text in ("-", "'s", "’s") and first - 1 > noun.sent.start:
            if not noun.doc[first - 2].text[0].isupper() or word.text != "-":
                break
            first -= 2
            continue
        if not _is_part(word) or word.lower_ in cues.titles:
            break
        if word.is_sent_start and (word.lower_ in _NOT_FIRST or word.tag_[0] != "N"):
            break
        first -= 1
    return first


def _owned(first: Token, countries: Set[int], cues: Cues) -> int:
    """Where a name begins whose first noun is joined by *and*, if a country stands before it.

    *United States Trade and Development Agency*; not *the United States and Development Bank*, nor
    *the U.S. Army and Air Force*, which are two.
    """
    doc, at = first.doc, first.i - 2
    if at < first.sent.start or doc[at + 1].lower_ not in ("and", "&"):
        return first.i
    while (
        at >= first.sent.start
        and _is_part(doc[at])
        and doc[at].lower_ not in cues.body_nouns
        and doc[at].lower_ not in cues.titles
    ):
        if doc[at].idx in countries:
            return at if at < first.i - 2 else first.i
        at -= 1
    return first.i


def _last(noun: Token, doc: Doc, known: dict[int, int], countries: set[int]) -> int:
    """Where the complement after *of* ends, if there is one."""
    last, end = noun.i, noun.sent.end
    while last + 2 < end and doc[last + 1].lower_ in _JOINS:
        at = last + 2
        if doc[at].lower_ == "the" and at + 1 < end:
            at += 1
        aside = doc[last + 1].lower_ != "of" and (
            doc[at].idx in countries or doc[at].ent_type_ == "DATE"
        )
        if aside or not _is_part(doc[at]):
            break  # an envoy of the Senate for Poland
        while at + 1 < end and _is_part(doc[at + 1]):
            at += 1
        if (
            at + 2 < end
            and doc[at + 1].lower_ in ("and", "&")
            and _is_part(doc[at + 2])
            and doc[at + 2].idx not in known
            and doc[at + 2].ent_type_ not in ("PERSON", "GPE")
            and doc[at].idx not in known
        ):
            at += 2
        last = at
    return last


def _is_part(word: Token) -> bool:
    """A capitalised word that may stand in a name."""
    return (
        word.text[0].isupper()
        and word.tag_ in ("NNP", "NNPS", "JJ", "NN", "NNS", "VBN", "VBG")
        and word.lower_ not in _NOT_FIRST
    )
