"""A document under work: its parsed passages, what was found in them, and who is who so far."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ..schema import Entity, EntityType, Mention, MentionKind, PassageKind
from .gazetteer import Lexicon, LexiconEntity, Match
from .naming.names import Unit, key, slug, units

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


_SLIP = re.compile(r"\b[A-Z]\.[A-Z](?![.\w])")
_RUN = re.compile(r"(?<=\s)\s+")


def squeezed(text: str) -> tuple[str, Sequence[int]]:
    """A text with every run of blanks cut to its first, and where its characters stood.

    >>> squeezed("Palau\\n    Post")
    ('Palau\\nPost', [0, 1, 2, 3, 4, 5, 10, 11, 12, 13])
    """
    if _RUN.search(text) is None:
        return text, ()
    kept: list[int] = []
    last = 0
    for run in _RUN.finditer(text):
        kept += range(last, run.start())
        last = run.end()
    kept += range(last, len(text))
    return "".join(text[i] for i in kept), kept


@dataclass(slots=True)
class Found:
    """A mention in the making; offsets count from the start of its passage."""

    start: int
    end: int
    type: str
    entity_id: str
    kind: MentionKind = MentionKind.NAME
    rule: str = "ner"
    score: float = 0.7


@dataclass(eq=False)
class Reading:
    """One passage as the parser saw it.

    ``text`` is the passage with every run of blanks as one, since a parser takes a run for a word:
    mark-up and the indent of a list item's further lines would cut names in two. Offsets here count
    in ``text``; `in_document` tells where a stretch of it stands.
    """

    index: int
    offset: int
    kind: PassageKind
    speaker: str | None
    text: str
    doc: Doc
    first_sentence: int = 0
    speaker_id: str | None = None
    """The entity that speaks, if the label of the turn names one."""
    label: Mention | None = None
    """The label, where the turn begins with this passage; it stands before it."""
    places: Sequence[int] = ()
    """Where in the passage each character of ``text`` stands; empty where nothing was left out."""
    found: list[Found] = field(default_factory=list)
    _units: list[Unit] | None = None
    _known: list[Match] | None = None
    _by_token: dict[int, list[Found]] = field(default_factory=dict)
    _roots: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def units(self) -> list[Unit]:
        """The name units of the passage, cut once."""
        if self._units is None:
            self._units = units(self.text)
        return self._units

    def in_document(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the document of a stretch of the passage that is not empty."""
        if self.places:
            start, end = self.places[start], self.places[end - 1] + 1
        return self.offset + start, self.offset + end

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Index of the first token of every sentence."""
        return [sentence.start for sentence in self.doc.sents]

    @cached_property
    def words(self) -> list[str]:
        """The words of the passage in lower case, by token; to look through them all is cheap."""
        return [token.lower_ for token in self.doc]

    def is_headline(self, sentence: Span) -> bool:
        """Whether every longer word of a sentence has a capital, so that capitals show nothing."""
        words = [t.text for t in sentence if t.is_alpha and len(t) > 3]
        return len(words) > 3 and all(word[0].isupper() for word in words)

    def is_shouted(self, sentence: Span) -> bool:
        """Whether a whole sentence is in capitals, so that a word alone shows no kind of name."""
        words = [t.text for t in sentence if t.is_alpha and len(t) > 1]
        return len(words) > 3 and all(word.isupper() for word in words)

    def sentence_of(self, found: Found) -> int:
        """Ordinal in the document of the sentence that a mention stands in."""
        first = self.span(found).start
        return self.first_sentence + bisect_right(self.sentence_starts, first) - 1

    def known_names(self, lexicon: Lexicon) -> list[Match]:
        """The names of the lexicon in the passage, looked up once."""
        if self._known is None:
            self._known = list(lexicon.gazetteer.find(self.text, self.units))
        return self._known

    def tokens(self, start: int, end: int) -> Span:
        """The tokens of a range of characters; part of a token counts as the whole."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            raise ValueError(f"No tokens from {start} to {end} of {len(self.text)} characters.")
        return span

    def span(self, found: Found) -> Span:
        """The tokens of a mention."""
        return self.tokens(found.start, found.end)

    def root(self, found: Found) -> int:
        """Index of the token that heads a mention."""
        place = found.start, found.end
        if place not in self._roots:
            self._roots[place] = self.span(found).root.i
        return self._roots[place]

    def surface(self, found: Found) -> str:
        """The words of a mention."""
        return self.text[found.start : found.end]

    def freeze(self) -> None:
        """Sort the mentions and index them by token, once all are found."""
        self.found.sort(key=lambda f: (f.start, f.end, f.entity_id))
        self._by_token = {}
        for found in self.found:
            for token in self.span(found):
                self._by_token.setdefault(token.i, []).append(found)

    def at(self, token: Token) -> Sequence[Found]:
        """The mentions that cover a token; none before `freeze`."""
        return self._by_token.get(token.i, ())

    def at_index(self, index: int) -> Sequence[Found]:
        """The mentions that cover the token of an index; none before `freeze`."""
        return self._by_token.get(index, ())

    def covered(self, start: int, end: int) -> bool:
        """Whether any mention touches the range."""
        return any(f.start < end and start < f.end for f in self.found)


@dataclass(slots=True)
class Record:
    """What is known of one entity of the document."""

    id: str
    name: str
    type: str
    subtype: str | None = None
    country: str | None = None
    family: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    surfaces: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    owners: tuple[str, ...] = ()
    """Ids of the countries and bodies whose system this is."""


class Roster:
    """The entities of one document, by id."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.records: dict[str, Record] = {}

    def __getitem__(self, entity_id: str) -> Record:
        return self.records[entity_id]

    def __contains__(self, entity_id: object) -> bool:
        return entity_id in self.records

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records.values())

    def known(self, entity: LexiconEntity) -> str:
        """Enter an entity of the lexicon."""
        if entity.id not in self.records:
            self.records[entity.id] = Record(
                entity.id,
                entity.name,
                entity.type,
                entity.subtype,
                entity.country,
                entity.family,
                entity.identifiers,
            )
        return entity.id

    def named(
        self, name: str, kind: str, subtype: str | None = None, country: str | None = None
    ) -> str:
        """Enter an entity that only this document names; returns its id."""
        name = " ".join(name.split())
        entity_id = f"{kind}:{slug(name)}"
        if entity_id not in self.records:
            known = self.lexicon.get(entity_id)
            if known is not None:
                return self.known(known)
            self.records[entity_id] = Record(entity_id, name, kind, subtype, country)
        return entity_id

    def descend(self, entity_id: str, family: LexiconEntity) -> None:
        """Make an entity of this document a version of a known one."""
        record = self.records[entity_id]
        if record.family is None and self.lexicon.get(entity_id) is None:
            record.family, record.subtype, record.country = (
                family.id,
                family.subtype,
                family.country,
            )

    def count_unnamed(self, found: Iterable[Found]) -> None:
        """Count mentions without the name: an entity that no name mentions is one all the same."""
        for _, _, entity_id in {(f.start, f.end, f.entity_id) for f in found}:
            record = self.records[entity_id]
            record.surfaces[record.name] += 1

    def type_of(self, entity_id: str) -> str:
        """The type of an entity of this document."""
        return self.records[entity_id].type

    def entities(self) -> tuple[Entity, ...]:
        """Those that are mentioned, as the graph will know them, sorted by id."""
        return tuple(
            Entity(
                id=record.id,
                name=_shown(record, self.lexicon),
                type=record.type,
                subtype=record.subtype,
                country=record.country,
                family=record.family,
                identifiers=dict(record.identifiers),
                aliases=_aliases(record, self.lexicon.get(record.id)),
                mentions=record.surfaces.total(),
                documents=1,
            )
            for record in sorted(self.records.values(), key=lambda r: r.id)
            if record.surfaces
        )


def _shown(record: Record, lexicon: Lexicon) -> str:
    """The name to show: of the spellings that differ in stops and the like, the most frequent.

    A tie goes to the one that is no slip (*U.S-led*) and not in capitals.
    """
    if record.type == EntityType.SYSTEM or lexicon.get(record.id) is not None:
        return record.name
    same = [s for s in (record.name, *sorted(record.surfaces)) if key(s) == key(record.name)]
    return max(same, key=lambda s: (record.surfaces[s], _SLIP.search(s) is None, not s.isupper()))


def _aliases(record: Record, known: LexiconEntity | None) -> tuple[str, ...]:
    """Other names, one for each way to spell them: those the document uses, then the lexicon's."""
    seen = {key(record.name)}
    names = []
    for surface, _ in sorted(record.surfaces.items(), key=lambda s: (-s[1], s[0])):
        if key(surface) not in seen:
            seen.add(key(surface))
            names.append(surface)
    for alias in (*sorted(record.aliases), *(known.aliases if known else ())):
        if key(alias) not in seen:
            seen.add(key(alias))
            names.append(alias)
    return tuple(names)
