"""The relation lexicon: which words state a relation, and where its two ends stand.

``lexicon/relations.toml`` describes the format and holds the relations of the package; a user adds
relations and triggers with a file of the same form.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import LexiconError
from ...schema import RelationType
from ..naming.name_files import read_own_file
from ..parsing.inflection import noun_forms, verb_forms
from ..word_files import read_tables, read_words

if TYPE_CHECKING:
    from spacy.tokens import Token

ANY_VERB = "@any"

_PARTS = ("verbs", "nouns", "adjectives")
_FIELDS = {
    *_PARTS,
    "to",
    "light",
    "irrealis",
    "swap",
    "particle",
    "with_noun",
    "complement",
    "example",
    "domain",
    "range",
    "confidence",
    "subject",
    "own_word",
    "modal",
    "together",
    "reciprocal",
    "denies",
    "role",
    "whole",
    "request",
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """One way to state a relation: words, and where the object of the relation is found."""

    relation: str
    part: str
    """``verbs``, ``nouns`` or ``adjectives``."""
    to: tuple[str, ...]
    """Where the object stands: ``obj``, ``that`` (subject of a clause) or prepositions."""
    particle: str | None = None
    """A word that must stand at the verb: *carry out*, *take part*."""
    with_noun: frozenset[str] = frozenset()
    """Nouns of which one must be the verb's object: *find a weakness in*."""
    complement: frozenset[str] = frozenset()
    """Verbs of which one must be the verb's complement: *want to join*; `ANY_VERB`: any."""
    irrealis: str | None = None
    """The relation stated instead where the sentence is not about a fact: *may join*."""
    subject: str = "subject"
    """``obj`` where the verb's object is the relation's subject: *compare A with B*."""
    swap: bool = False
    """The grammatical subject is the relation's object."""
    domain: tuple[str, ...] | None = None
    range: tuple[str, ...] | None = None
    confidence: float = 0.8
    own_word: bool = False
    """What is stated is the subject's own word: *highlights*, *argues*."""
    denies: bool = False
    """What is stated is that the relation does not hold: *lacks*, *retired*."""
    role: bool = False
    """The noun names its bearer: *the ally of X*, *X's ally Y*, *the allies of X include Y*."""
    whole: bool = False
    """The object itself is meant, not what it owns: who frees *a study by X* does not free X."""
    request: bool = False
    """The words only ask for what the relation says: who *urged Turkey to talk* has not talked."""
    modal: frozenset[str] = frozenset()
    """Auxiliaries of which one must stand in the clause: *said that Sudan must*."""
    together: bool = True
    """Two subjects of a symmetric relation are each other's partners: *France and Italy met*."""
    reciprocal: bool = False
    """Two parties do it to each other, though the relation has a direction: *clashes between*."""
    own: bool = False
    """Given by the user; for one pair of names it goes before those of the package."""


@dataclass(slots=True)
class RelationLexicon:
    """Relations by name, and their triggers by inflected word."""

    relations: dict[str, RelationType] = field(default_factory=dict)
    words: dict[str, list[Trigger]] = field(default_factory=lambda: defaultdict(list))
    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    """Words that say how firmly something is said, by class; every inflected form."""

    def at(self, word: str, part: str) -> Iterator[Trigger]:
        """The triggers of a lower-case word used as the given part of speech."""
        return (t for t in self.words.get(word, ()) if t.part == part)

    def is_a(self, word: str, name: str) -> bool:
        """Whether a lower-case word belongs to a class of ``modality.toml``."""
        return word in self.classes[name]

    def marks(self, token: Token, name: str) -> bool:
        """Whether a token belongs to a class, by itself or with its particle: *ruled out*."""
        words = self.classes[name]
        return token.lower_ in words or any(
            f"{token.lower_} {c.lower_}" in words for c in token.children if c.i > token.i
        )


def load_relations(extra: Sequence[Path] = ()) -> RelationLexicon:
    """Read the relation lexicon of the package and the user's files.

    Raises:
        LexiconError: A file is malformed.
    """
    lexicon = RelationLexicon()
    _add(lexicon, read_words("relations.toml"), "relations.toml")
    for path in extra:
        _add(lexicon, read_own_file(path), str(path), own=True)
    for triggers in lexicon.words.values():
        triggers.sort(key=_precedence)
    for name, group in read_tables("modality.toml").items():
        forms = [f for verb in group.get("verbs", ()) for f in _phrase_forms(verb)]
        forms += [f for noun in group.get("nouns", ()) for f in noun_forms(noun)]
        lexicon.classes[name] = frozenset([*forms, *group.get("words", ())])
    return lexicon


def _precedence(trigger: Trigger) -> tuple[bool, bool]:
    """The user's own triggers first, then those of several words: *took place of* before *took*."""
    is_plain = not (trigger.particle or trigger.with_noun or trigger.complement)
    return not trigger.own, is_plain


def _phrase_forms(verb: str) -> Iterator[str]:
    """Forms of a verb; of a phrasal one with its particle: *ruled out*."""
    word, _, particle = verb.partition(" ")
    return (f"{form} {particle}".rstrip() for form in verb_forms(word))


def _add(lexicon: RelationLexicon, text: str, path: str, own: bool = False) -> None:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(path, None, str(error)) from error
    for name, table in tables.items():
        try:
            triggers = table.pop("triggers", [])
            if table or name not in lexicon.relations:
                lexicon.relations[name] = _relation(name, table, path)
            for row in triggers:
                for word, trigger in _triggers(name, row, path, own):
                    lexicon.words[word].append(trigger)
        except (AttributeError, TypeError) as error:  # a number where words are meant
            raise LexiconError(path, None, f"relation {name}: {error}") from error


def _relation(name: str, table: Mapping[str, Any], path: str) -> RelationType:
    try:
        return RelationType(name=name, **table)
    except ValueError as error:
        raise LexiconError(path, None, f"relation {name}: {error}") from error


def _triggers(
    name: str, row: Mapping[str, Any], path: str, own: bool
) -> Iterator[tuple[str, Trigger]]:
    unknown = sorted(set(row) - _FIELDS)
    if unknown:
        raise LexiconError(
            path, None, f"a trigger of {name} has unknown fields: {', '.join(unknown)}"
        )
    for part in _PARTS:
        for entry in row.get(part, ()):
            word, _, particle = entry.partition(" ")
            default = ("obj",) if part == "verbs" else ()
            trigger = Trigger(
                relation=name,
                part=part,
                to=tuple(row.get("to", default)),
                particle=particle or row.get("particle"),
                with_noun=frozenset(f for n in row.get("with_noun", ()) for f in noun_forms(n)),
                complement=frozenset(row.get("complement", ())),
                irrealis=row.get("irrealis"),
                subject=row.get("subject", "subject"),
                swap=row.get("swap", False),
                domain=tuple(row["domain"]) if "domain" in row else None,
                range=tuple(row["range"]) if "range" in row else None,
                confidence=row.get("confidence", 0.8),
                own_word=row.get("own_word", False),
                denies=row.get("denies", False),
                role=row.get("role", False),
                whole=row.get("whole", False),
                request=row.get("request", False),
                modal=frozenset(row.get("modal", ())),
                together=row.get("together", True),
                reciprocal=row.get("reciprocal", False),
                own=own,
            )
            forms = {"verbs": verb_forms, "nouns": noun_forms}.get(part, lambda w: iter([w]))
            for form in dict.fromkeys(forms(word)):
                yield form, trigger
