"""What pronouns and definite descriptions stand for, where that is safe.

Precision comes before recall: a description (*the alliance*) is resolved only to the last entity of
its kind; for pronouns see `pronouns`. Nothing here needs a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ..schema import EntityType, MentionKind
from .naming.role_actors import Roles
from .reading import Found, Reading, Roster
from .referring.groups import described, is_met, members_of, met_by, speaking_together, standing_for
from .referring.pronouns import PRONOUNS, Pronouns, is_empty
from .referring.salience import (
    MEMORY,
    SUBJECTS,
    TOGETHER,
    Phrase,
    is_joined,
    phrase_of,
    taken_up,
    unknown,
)
from .stating.arguments import References
from .word_files import read_tables

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_DEFINITE = ("the", "this", "that", "these", "those", "both")
_OWNERS = (EntityType.COUNTRY, EntityType.ORGANIZATION)
_NARROWING = ("of", "between", "with", "near", "in", "from", "behind", "at")
"""Prepositions that tell which of several is described: *the company with the lower price*."""
_GROUP_MEMORY = 4
"""For how many sentences *the two* are those who were joined."""
_POLICIES = frozenset({"approach", "model", "strategy", "architecture", "posture", "concept"})


@dataclass(frozen=True, slots=True)
class _Description:
    types: frozenset[str]
    subtypes: frozenset[str]
    named: bool
    """Whether the noun stands in a name of the entity: the *Kingdom* of Jordan."""


@lru_cache(maxsize=1)
def _descriptions() -> dict[str, _Description]:
    """Nouns that describe entities of a kind: *alliance*, *ministry*, *kingdom*."""
    return {
        noun: _Description(
            frozenset(row["types"]), frozenset(row.get("subtypes", ())), row.get("named", False)
        )
        for row in read_tables("descriptions.toml")["descriptions"]
        for noun in row["nouns"]
    }


class Referents:
    """Walks a document sentence by sentence and remembers who was spoken of."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._pronouns = Pronouns(lambda found: roster[found.entity_id].name)
        self._recent: list[list[Found]] = []
        """The mentions of the last sentences, sentence by sentence."""
        self._phrases: list[Phrase] = []
        """What the last sentences spoke of, with a name or without."""
        self._last_subject: list[Found] = []
        self._now = 0
        """Ordinal of the sentence; a new speaker counts for one."""
        self._speaker: str | None = None
        self._groups: list[tuple[int, tuple[Found, ...]]] = []
        """Those who were last spoken of together."""
        self._we: tuple[Found, ...] = ()
        """Those in whose name the document speaks."""
        self._joint: Roles = {}

    def resolve(self, reading: Reading, roles: Roles) -> tuple[References, Roles]:
        """What the pronouns and descriptions of a passage stand for.

        Args:
            reading: The passage.
            roles: The actors that its role nouns name.

        Returns:
            The antecedents, and apart from them the groups, which stand for several at once.
        """
        references: References = {}
        self._joint = {}
        if reading.speaker != self._speaker:
            self._speaker = reading.speaker
            self._now += 1
        for sentence in reading.doc.sents:
            self._now += 1
            self._recent = [*self._recent[-12:], []]
            self._groups = [g for g in self._groups if self._now - g[0] <= _GROUP_MEMORY]
            self._phrases = [p for p in self._phrases if self._now - p.sentence <= MEMORY]
            subject = self._read(sentence, reading, roles, references)
            if subject:
                self._last_subject = subject
        return references, self._joint

    def _read(
        self, sentence: Span, reading: Reading, roles: Roles, references: References
    ) -> list[Found]:
        """Resolve a sentence from left to right; returns who its subject names."""
        subject: list[Found] = []
        unnamed = False
        words = reading.words[sentence.start : sentence.end]
        for token, word in zip(sentence, words, strict=True):
            tag, covering = token.tag_, reading.at(token)
            if tag == "CD" or word in ("we", "our"):
                self._speak_of_group(token, reading)
            if tag[0] != "N" and word not in PRONOUNS and not covering:
                continue
            mentions = [m for m in covering if reading.root(m) == token.i]
            is_subject = token.dep_ in SUBJECTS
            if mentions:
                self._recent[-1].extend(mentions)
                self._remember(phrase_of(token, mentions[0], self._now), reading)
                if is_subject:
                    subject = [*mentions, *_coordinated(token, reading)]
                elif token.dep_ == "poss" and token.head.dep_ in SUBJECTS and not subject:
                    subject = mentions
                continue
            if is_subject and tag[0] == "N" and not subject:
                subject = [f for c in token.children for f in _owner_of(c, reading)]
                unnamed = not subject
            antecedents = self._antecedents(token, reading, roles)
            if antecedents:
                references[token.i] = tuple(_referring(token, f) for f in antecedents)
                if is_subject and (unnamed or not subject):
                    subject, unnamed = list(references[token.i]), False
        return subject

    def _remember(self, phrase: Phrase | None, reading: Reading) -> None:
        if phrase is None:
            return
        self._phrases.append(phrase)
        joined = phrase.token.dep_ != "conj" and is_joined(phrase.token)
        members = members_of(phrase.token, reading) if joined else met_by(phrase.token, reading)
        if joined or members:
            key = phrase.key + TOGETHER
            self._phrases.append(replace(phrase, key=key, plural=True, found=None, members=members))
        if members and (phrase.role == "subject" or is_met(phrase.token)):
            self._groups.append((self._now, members))

    def _speak_of_group(self, token: Token, reading: Reading) -> None:
        """*The two*, *we, the leaders of Ghana and Togo*, and *we* thereafter."""
        if token.lower_ in ("we", "our"):
            self._we = speaking_together(token, reading) or self._we
            members = self._we if reading.speaker is None else ()
        else:
            members = self._described_group(token)
        if members:
            self._joint[token.i] = standing_for(token, members)

    def _described_group(self, token: Token) -> tuple[Found, ...]:
        if not self._groups:
            return ()
        members = described(token, [group for _, group in self._groups])
        if members:
            self._groups.append((self._now, members))
        return members

    def _antecedents(self, token: Token, reading: Reading, roles: Roles) -> Sequence[Found]:
        lower = token.lower_.split("/")[0]
        if token.tag_ in ("PRP", "PRP$"):
            return self._of_pronoun(token) if lower in PRONOUNS else ()
        if token.tag_[0] != "N":
            return ()
        if members := self._described_group(token):
            self._joint[token.i] = standing_for(token, members)
            phrase = phrase_of(token, None, self._now)
            if phrase is not None:
                self._phrases.append(replace(phrase, members=members))
            return ()
        found: Found | None = None
        if lower in _POLICIES:
            behind = self._behind_policy(token, reading)
            self._remember(phrase_of(token, behind[0] if behind else None, self._now), reading)
            return behind
        if lower in _descriptions():
            found = self._described(token, _descriptions()[lower])
        acting = [
            f
            for f in roles.get(token.i, ())
            if f.start < token.idx and self._roster[f.entity_id].surfaces
        ]
        known = found or (acting[0] if len(acting) == 1 else None)
        self._remember(phrase_of(token, known, self._now), reading)
        return (found,) if found else ()

    def _of_pronoun(self, pronoun: Token) -> Sequence[Found]:
        if is_empty(pronoun):
            return ()
        meant = self._pronouns.antecedent(pronoun, self._phrases, self._now)
        meant = meant or unknown(pronoun, self._now)
        self._phrases.append(taken_up(meant, pronoun, self._now))
        if meant.members:
            self._joint[pronoun.i] = standing_for(pronoun, meant.members)
        return (meant.found,) if meant.found else ()

    def _behind_policy(self, token: Token, reading: Reading) -> Sequence[Found]:
        """*Russia's approach*, *this model*: the system it is about, if any, and its owner."""
        owners = [f for c in token.children if c.dep_ == "poss" for f in reading.at(c)]
        if not owners and any(
            c.dep_ == "det" and c.lower_ in ("this", "that") for c in token.children
        ):
            owners = [f for f in self._last_subject if f.type in _OWNERS]
        if len({f.entity_id for f in owners}) != 1:
            return ()
        owner = owners[0]
        owned = [r for r in self._roster if owner.entity_id in r.owners]
        if len(owned) != 1:
            return (owner,)
        system = replace(owner, entity_id=owned[0].id, type=owned[0].type)
        return system, owner

    def _described(self, token: Token, description: _Description) -> Found | None:
        """The only entity of its kind in the last sentence that has any, or the subject there."""
        determiner = next((c for c in token.children if c.dep_ in ("det", "poss", "predet")), None)
        if determiner is None or determiner.lower_ not in _DEFINITE:
            return None
        if any(
            c.dep_ in ("compound", "nmod", "relcl", "appos") or c.ent_type_ for c in token.children
        ):
            return None
        if any(c.dep_ == "prep" and c.lower_ in _NARROWING for c in token.children):
            return None
        for sentence in reversed(self._recent):
            fitting = [f for f in sentence if self._fits(f, token, description)]
            named = [f for f in fitting if f.kind != MentionKind.DEMONYM] or fitting
            if len({f.entity_id for f in named}) > 1:
                named = [f for f in named if f in self._last_subject]
                return named[0] if len({f.entity_id for f in named}) == 1 else None
            if named:
                return named[-1]
        return None

    def _fits(self, found: Found, noun: Token, description: _Description) -> bool:
        """Whether an entity is of the kind described, or has the noun in its name."""
        if found.type not in description.types:
            return False
        record = self._roster[found.entity_id]
        if description.named:
            known = self._roster.lexicon.get(found.entity_id)
            names = (known.name, *known.aliases) if known else (record.name,)
            return any(noun.lower_ in name.casefold().split() for name in names)
        return (
            not description.subtypes
            or record.subtype in description.subtypes
            or (record.subtype is None and noun.lower_ in record.name.casefold().split())
        )


def _referring(token: Token, antecedent: Found) -> Found:
    """The mention that a pronoun or description is."""
    start, end = _extent(token)
    kind = MentionKind.PRONOUN if token.tag_.startswith("PRP") else MentionKind.NOMINAL
    return Found(start, end, antecedent.type, antecedent.entity_id, kind, "coreference", 0.6)


def _owner_of(modifier: Token, reading: Reading) -> list[Found]:
    """Whom a subject without a name of its own belongs to: *Ukrainian troops*."""
    if modifier.dep_ not in ("amod", "compound", "nmod", "poss"):
        return []
    return [f for f in reading.at(modifier) if f.type in _OWNERS]


def _coordinated(token: Token, reading: Reading) -> list[Found]:
    return [f for c in token.conjuncts for f in reading.at(c) if reading.root(f) == c.i]


def _extent(token: Token) -> tuple[int, int]:
    """The description with its article, in characters."""
    left = token
    for child in token.lefts:
        if child.dep_ in ("det", "amod", "predet"):
            left = child
            break
    return left.idx, token.idx + len(token.text)
