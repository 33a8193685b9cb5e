"""What pronouns and definite descriptions stand for, where that is safe.

Precision comes before recall: a pronoun is resolved only to the subject it can hardly fail to mean,
a description (*the alliance*) only to the last entity of its kind. Nothing here needs a model.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from ..schema import EntityType, MentionKind
from .reading import Found, Reading, Roster

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_ACTORS = {EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.SYSTEM}
_PRONOUNS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("he", "she", "him", "his", "her", "hers"), frozenset({EntityType.PERSON})),
    **dict.fromkeys(("it", "its"), frozenset(_ACTORS)),
    **dict.fromkeys(
        ("they", "their", "them"), frozenset({EntityType.COUNTRY, EntityType.ORGANIZATION})
    ),
}
_DEFINITE = ("the", "this", "that", "these", "those", "both")
_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True, slots=True)
class _Description:
    types: frozenset[str]
    subtypes: frozenset[str]


@lru_cache(maxsize=1)
def _descriptions() -> dict[str, _Description]:
    """Nouns that describe entities of a kind: *alliance*, *ministry*, *kingdom*."""
    source = resources.files(f"{__package__}.lexicon").joinpath("descriptions.toml")
    tables = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        noun: _Description(frozenset(row["types"]), frozenset(row.get("subtypes", ())))
        for row in tables["descriptions"]
        for noun in row["nouns"]
    }


class Referents:
    """Walks a document sentence by sentence and remembers who was spoken of."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._recent: list[Found] = []
        self._last_subject: list[Found] = []

    def resolve(self, reading: Reading) -> dict[int, Found]:
        """What the pronouns and descriptions of a passage stand for, by token index."""
        found: dict[int, Found] = {}
        for sentence in reading.doc.sents:
            subject: list[Found] = []
            for token in sentence:
                mentions = [m for m in reading.at(token) if reading.span(m).root.i == token.i]
                if mentions:
                    self._recent.extend(mentions)
                    if token.dep_ in _SUBJECTS:
                        subject = [*mentions, *_coordinated(token, reading)]
                    elif token.dep_ == "poss" and token.head.dep_ in _SUBJECTS and not subject:
                        subject = mentions
                    continue
                antecedent = self._antecedent(token, subject)
                if antecedent is not None:
                    start, end = _extent(token)
                    kind = (
                        MentionKind.PRONOUN if token.tag_.startswith("PRP") else MentionKind.NOMINAL
                    )
                    found[token.i] = Found(
                        start, end, antecedent.type, antecedent.entity_id, kind, "coreference", 0.6
                    )
            if subject:
                self._last_subject = subject
            del self._recent[:-60]
        return found

    def _antecedent(self, token: Token, subject: Sequence[Found]) -> Found | None:
        lower = token.lower_.split("/")[0]
        if token.tag_ in ("PRP", "PRP$"):
            wanted = _PRONOUNS.get(lower)
            return self._of_type(wanted, subject) if wanted else None
        if token.tag_[0] == "N" and lower in _descriptions():
            return self._described(token, _descriptions()[lower])
        return None

    def _of_type(self, wanted: frozenset[str], subject: Sequence[Found]) -> Found | None:
        """The subject of this sentence, else of the last one, if it is the only fitting one."""
        for candidates in (subject, self._last_subject):
            fitting = {f.entity_id: f for f in candidates if f.type in wanted}
            if len(fitting) == 1:
                return next(iter(fitting.values()))
            if candidates:
                return None
        return None

    def _described(self, token: Token, description: _Description) -> Found | None:
        determiner = next((c for c in token.children if c.dep_ in ("det", "poss", "predet")), None)
        if determiner is None or determiner.lower_ not in _DEFINITE:
            return None
        if any(
            c.dep_ in ("compound", "nmod", "relcl", "appos") or c.ent_type_ for c in token.children
        ):
            return None
        if any(c.dep_ == "prep" and c.lower_ in ("of", "between") for c in token.children):
            return None
        for found in reversed(self._recent):
            record = self._roster[found.entity_id]
            if found.type in description.types and (
                not description.subtypes or record.subtype in description.subtypes
            ):
                return found
        return None


def _coordinated(token: Token, reading: Reading) -> list[Found]:
    return [f for c in token.conjuncts for f in reading.at(c) if reading.span(f).root.i == c.i]


def _extent(token: Token) -> tuple[int, int]:
    """The description with its article, in characters."""
    left: Token | Span = token
    for child in token.lefts:
        if child.dep_ in ("det", "amod", "predet"):
            left = child
            break
    return left.idx, token.idx + len(token.text)
