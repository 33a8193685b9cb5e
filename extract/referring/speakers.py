"""Who speaks in the turns of a transcript: the person whom the label names.

A label has a surname with a title (*SECRETARY DOE*), the whole name, or an office alone (*THE
PRESIDENT*). The person is one whom the document names, in its text or in its title; a label that
names nobody known stays words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...schema import Document, EntityType, Mention, MentionKind
from ..naming.kin import is_kin
from ..naming.names import key
from ..reading import Found, Reading, Roster
from ..stating.arguments import References
from ..stating.cues import Cues
from ..stating.hearsay import Quotation
from .salience import STATES

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
SPEAKER = "speaker"
"""Rule of the mentions *I*, *me* and *we*."""
_SCORE = 0.8
_FIRST = ("i", "me", "we", "us")


def find_speakers(
    readings: Sequence[Reading], document: Document, roster: Roster, cues: Cues
) -> None:
    """Set ``reading.speaker_id`` in the turns whose speaker is known, and ``reading.label``.

    Args:
        readings: The passages; their names are found.
        document: Holds the labels, which are in no passage, and the title.
        roster: Enters those whom only the title names in full.
        cues: Titles and given names.
    """
    labels = sorted({r.speaker for r in readings if r.speaker})
    people = {label: _Label(label, cues).person(document, roster) for label in labels}
    for reading in readings:
        person = people.get(reading.speaker or "")
        if reading.speaker and person is not None:
            reading.speaker_id = person
            before = document.passages[reading.index - 1].end if reading.index else 0
            reading.label = _label_of(reading, document, before, person)
            if reading.label is not None:
                record = roster[person]
                record.surfaces[record.name] += 1


def first_person(
    reading: Reading, quotations: Sequence[Quotation], references: References
) -> Mapping[int, tuple[Found, ...]]:
    """Who says *I* or *me*, in a turn or in a quotation, and who says *we*; by token index.

    *We* is said by a state or body; where a person says it, only of what *we* do.
    """
    said: dict[int, tuple[Found, ...]] = {}
    if reading.speaker_id is not None:
        for index, word in enumerate(reading.words):
            if word in ("i", "me") and (token := reading.doc[index]).tag_ == "PRP":
                said[index] = (_saying(token, reading.speaker_id, EntityType.PERSON),)
    for start, end, speaker in quotations:
        for who in (reading.at(speaker) or references.get(speaker.i, ()))[:1]:
            for index, word in enumerate(reading.words[start:end], start):
                if word in _FIRST and word in _said_by(who, token := reading.doc[index]):
                    said[index] = (_saying(token, who.entity_id, who.type),)
    return said


def _said_by(who: Found, token: Token) -> tuple[str, ...]:
    """The pronouns by which a speaker means himself."""
    if who.type == EntityType.PERSON:
        return ("i", "me", "we") if token.dep_ == "nsubj" else ("i", "me")
    return ("we", "us") if who.type in STATES else ()


def _saying(token: Token, entity_id: str, kind: str) -> Found:
    end = token.idx + len(token.text)
    return Found(token.idx, end, kind, entity_id, MentionKind.PRONOUN, SPEAKER, _SCORE)


def _label_of(reading: Reading, document: Document, start: int, person: str) -> Mention | None:
    """The label as a mention, if the turn begins with this passage."""
    pattern = re.compile(r"\s+".join(map(re.escape, (reading.speaker or "").split())))
    spans = [found.span() for found in pattern.finditer(document.text, start, reading.offset)]
    if not spans:
        return None
    return Mention(
        document_id=document.id,
        start=spans[-1][0],
        end=spans[-1][1],
        text=document.text[slice(*spans[-1])],
        type=EntityType.PERSON,
        entity_id=person,
        rule="label",
        score=_SCORE,
        sentence=reading.first_sentence,
        paragraph=reading.index,
    )


class _Label:
    """A label, taken apart into title and name."""

    def __init__(self, label: str, cues: Cues) -> None:
        self._cues = cues
        words = [word.casefold() for word in _WORD.findall(label)]
        self._name = list(words)
        while self._name and self._is_title(self._name[0]):
            del self._name[0]
        if self._name and self._name[-1] in cues.offices:  # a senior administration official
            self._name = []
        office = words[: len(words) - len(self._name)]
        self._office = office[1:] if office[:1] == ["the"] else office

    def person(self, document: Document, roster: Roster) -> str | None:
        """The id of the person it names; enters one whom only the title of the document names."""
        title = document.title or ""
        if not self._name:
            self._name = self._holder(title)
        if not self._name:
            return None
        known = [k for k in _people(roster, self._name) if not _is_kin(roster[k].name, document)]
        if len(known) == 1:
            return known[0]
        full = self._full_name(title)
        if known:
            return next((k for k in known if key(roster[k].name) == key(full)), None)
        return roster.named(full, EntityType.PERSON) if full else None

    def _is_title(self, word: str) -> bool:
        return word.casefold().rstrip(".") in self._cues.titles | _TITLES

    def _holder(self, title: str) -> list[str]:
        """The surname of the only one to whom the title gives an office: *President Doe*."""
        if " ".join(self._office) not in self._cues.offices:
            return []
        words = title.split()
        n = len(self._office)
        found: set[str] = set()
        for i in range(len(words) - n):
            before = words[i - 1].casefold() if i else ""
            if [w.casefold() for w in words[i : i + n]] == self._office and before not in _TITLES:
                given = words[i + n].casefold() in self._cues.given_names
                found.update(_bare(word) for word in words[i + n + given : i + n + given + 1])
        return list(found) if len(found) == 1 else []

    def _full_name(self, title: str) -> str:
        """The name as the title of the document has it, or else the label; empty if neither."""
        words = title.split()
        n = len(self._name)
        for i in range(len(words) - n + 1):
            if [_bare(word) for word in words[i : i + n]] != self._name:
                continue
            first = i
            while first and first > i - 2 and self._is_given(words[first - 1]):
                first -= 1
            if first < i or (i and self._is_title(words[i - 1])) or n > 1:
                return " ".join(words[first : i + n]).rstrip(".,;:").removesuffix("’s")
        if n > 1 and self._name[0] in self._cues.given_names:
            return " ".join(word.capitalize() for word in self._name)
        return ""

    def _is_given(self, word: str) -> bool:
        plain = word.rstrip(".")
        return plain.isalpha() and plain.istitle() and not self._is_title(plain)


_TITLES = frozenset("the general prime vice".split())


def _bare(word: str) -> str:
    """A word of a title without what is written on to it: *Biden’s*, *Doe,*."""
    return re.split(r"['’]s\b", word.casefold())[0].strip(".,;:()")


def _is_kin(name: str, document: Document) -> bool:
    """Whether the text introduces somebody as the kin of another: *my wife, Jill Biden*."""
    places = re.finditer(re.escape(name), document.text)
    return any(is_kin(document.text, place.start()) for place in places)


def _people(roster: Roster, name: Sequence[str]) -> list[str]:
    """Those whose name ends so, else those whose name begins so."""
    n = len(name)
    names = {
        r.id: key(r.name).split() for r in roster if r.type == EntityType.PERSON and r.surfaces
    }
    ending = sorted(i for i, words in names.items() if words[-n:] == list(name))
    return ending or sorted(i for i, words in names.items() if words[:n] == list(name))
