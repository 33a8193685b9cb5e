"""What pronouns and definite descriptions stand for, where that is safe.

Precision comes before recall: a pronoun is resolved only to the subject it can hardly fail to mean,
a description (*the alliance*) only to the last entity of its kind. Nothing here needs a model.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from ..schema import EntityType, MentionKind
from .reading import Found, Reading, Roster
from .stating.arguments import References
from .stating.cues import load_cues

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
_OWNERS = (EntityType.COUNTRY, EntityType.ORGANIZATION)
_PLURAL = ("they", "their", "them")
_NARROWING = ("of", "between", "with", "near", "in", "from", "behind", "at")
"""Prepositions that tell which of several is described: *the company with the lower price*."""
_FILLER_VERBS = frozenset(
    """is was 's be been makes made make takes took take seems seemed appears appeared remains
    remained becomes became""".split()
)
_OF_AGENTS = frozenset(
    """able due eager keen likely prepared ready reluctant set unable unlikely unwilling
    willing""".split()
)
_DEEDS = frozenset(
    "war aggression invasion attack attacks assault occupation atrocities strikes".split()
)
_POLICIES = frozenset({"approach", "model", "strategy", "architecture", "posture", "concept"})


@dataclass(frozen=True, slots=True)
class _Description:
    types: frozenset[str]
    subtypes: frozenset[str]


@lru_cache(maxsize=1)
def _descriptions() -> dict[str, _Description]:
    """Nouns that describe entities of a kind: *alliance*, *ministry*, *kingdom*."""
    source = resources.files("actorgraph.extract.lexicon").joinpath("descriptions.toml")
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
        self._recent: list[list[Found]] = []
        """The mentions of the last sentences, sentence by sentence."""
        self._last_subject: list[Found] = []
        self._last_things: set[str] = set()
        """Tags of the things without a name that the last sentence was about."""

    def resolve(self, reading: Reading) -> References:
        """What the pronouns and descriptions of a passage stand for."""
        found: References = {}
        for sentence in reading.doc.sents:
            subject: list[Found] = []
            unnamed = False
            self._recent = [*self._recent[-12:], []]
            for token in sentence:
                mentions = [m for m in reading.at(token) if reading.span(m).root.i == token.i]
                if mentions:
                    self._recent[-1].extend(mentions)
                    if token.dep_ in _SUBJECTS:
                        subject = [*mentions, *_coordinated(token, reading)]
                    elif token.dep_ == "poss" and token.head.dep_ in _SUBJECTS and not subject:
                        subject = mentions
                    continue
                if token.dep_ in _SUBJECTS and token.tag_[0] == "N" and not subject:
                    subject = [f for c in token.children for f in _owner_of(c, reading)]
                    unnamed = not subject
                antecedents = self._antecedents(token, subject, unnamed, reading)
                if antecedents:
                    found[token.i] = tuple(_referring(token, f) for f in antecedents)
                    if token.dep_ in _SUBJECTS and (unnamed or not subject):
                        subject, unnamed = list(found[token.i]), False
            if subject:
                self._last_subject = subject
            self._last_things = {
                t.tag_ for t in sentence if t.dep_ == "dobj" and t.tag_ in ("NN", "NNS")
            }
        return found

    def _antecedents(
        self, token: Token, subject: Sequence[Found], unnamed: bool, reading: Reading
    ) -> Sequence[Found]:
        lower = token.lower_.split("/")[0]
        found: Found | None = None
        if token.tag_ in ("PRP", "PRP$"):
            wanted = _PRONOUNS.get(lower)
            if wanted is None or _is_filler(token):
                return ()
            found = self._of_type(wanted, subject, unnamed, token)
            if found and found in subject and _is_object_of(token, reading.span(found)):
                return ()
            if found and token.tag_ == "PRP$" and token.head.lower_ in _DEEDS:
                found = self._nearest(wanted) or found
        elif token.tag_[0] == "N" and lower in _POLICIES:
            return self._behind_policy(token, reading)
        elif token.tag_[0] == "N" and lower in _descriptions():
            found = self._described(token, _descriptions()[lower])
        return (found,) if found else ()

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

    def _of_type(
        self, wanted: frozenset[str], subject: Sequence[Found], unnamed: bool, pronoun: Token
    ) -> Found | None:
        """The subject of this sentence, else of the last one, if it is the only fitting one.

        A subject without a name stands in the way: in *the rebels said they would attack*, *they*
        are the rebels, whoever was spoken of before. So does a thing that the last sentence was
        about: in *Iran fired a missile. It fell into the sea*, *it* is the missile.
        """
        earlier = () if self._may_be_a_thing(pronoun) else self._last_subject
        for candidates in (subject,) if unnamed else (subject, earlier):
            fitting = {f.entity_id: f for f in candidates if f.type in wanted}
            if pronoun.lower_ in _PLURAL and len({(f.start, f.end) for f in candidates}) > 1:
                return None
            if len(fitting) == 1:
                return next(iter(fitting.values()))
            if candidates:
                return None
        return None

    def _may_be_a_thing(self, pronoun: Token) -> bool:
        """Whether *it* or *they* may take up an object without a name, as it does no one's deed."""
        rival = {"it": "NN", "they": "NNS"}.get(pronoun.lower_)
        if rival not in self._last_things or pronoun.dep_ not in _SUBJECTS:
            return False
        verbs = {
            pronoun.head.lower_,
            *(c.lower_ for c in pronoun.head.children if c.dep_ == "xcomp"),
        }
        agents = {c.lower_ for c in pronoun.head.children if c.dep_ == "acomp"}
        return pronoun.dep_ == "nsubjpass" or not (
            verbs & load_cues().government_verbs or agents & _OF_AGENTS
        )

    def _nearest(self, wanted: frozenset[str]) -> Found | None:
        """The last actor named: in *costs on Russia for its war* the war is Russia's."""
        recent = (f for sentence in reversed(self._recent) for f in reversed(sentence))
        return next((f for f in recent if f.type in wanted & set(_OWNERS)), None)

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
        return (
            not description.subtypes
            or record.subtype in description.subtypes
            or (record.subtype is None and noun.lower_ in record.name.casefold().split())
        )


def _is_filler(pronoun: Token) -> bool:
    """*It is clear that*, *it makes no sense to*: a subject that stands for no one."""
    verb = pronoun.head
    if pronoun.lower_ != "it" or pronoun.dep_ != "nsubj" or verb.lower_ not in _FILLER_VERBS:
        return False
    tail = [verb, *(c for c in verb.children if c.dep_ in ("acomp", "attr", "dobj"))]
    if any(word.lower_ in _OF_AGENTS for word in tail):
        return False
    return any(
        child.dep_ in ("ccomp", "xcomp", "advcl", "acl", "relcl")
        and any(c.lower_ in ("to", "that") for c in child.children)
        for word in tail
        for child in word.children
    )


def _is_object_of(pronoun: Token, antecedent: Span) -> bool:
    """*Denied it*, *wants them passed*: no object is the verb's subject, or it were *itself*."""
    raised = pronoun.lower_ in ("him", "them") and pronoun.dep_ in _SUBJECTS
    if pronoun.tag_ != "PRP" or not (raised or pronoun.dep_ in ("dobj", "dative", "pobj")):
        return False
    verb = pronoun.head.head if raised else pronoun.head
    while verb.dep_ in ("prep", "agent", "dative", "dobj"):
        verb = verb.head
    subject = antecedent.root
    verbs = {verb, *(verb.conjuncts if verb.dep_ == "conj" else ())}
    return subject.dep_ in _SUBJECTS and subject.head in verbs


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
    return [f for c in token.conjuncts for f in reading.at(c) if reading.span(f).root.i == c.i]


def _extent(token: Token) -> tuple[int, int]:
    """The description with its article, in characters."""
    left = token
    for child in token.lefts:
        if child.dep_ in ("det", "amod", "predet"):
            left = child
            break
    return left.idx, token.idx + len(token.text)
