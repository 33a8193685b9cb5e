"""The noun phrases a text has spoken of, and how much each is in the reader's mind.

The weights are those of Lappin and Leass (1994, *An Algorithm for Pronominal Anaphora Resolution*,
Computational Linguistics 20): what the sentence is about weighs most, and every sentence that
follows halves the weight. Phrases without a name count like those with one: they are what
a pronoun may mean instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from ...schema import EntityType
from ..parsing.inflection import noun_forms, verb_forms
from ..reading import Found
from ..stating.cues import load_cues
from ..word_files import read_tables

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass")
ACTORS = (EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.SYSTEM)
STATES = (EntityType.COUNTRY, EntityType.ORGANIZATION)
MEMORY = 3
"""How many sentences back anything is kept in mind."""
TOGETHER = " &"
"""Ends the key of an enumeration."""
_RECENCY, _SUBJECT, _EXISTENTIAL, _OBJECT, _OBLIQUE = 100, 80, 70, 50, 40
_HEAD, _MAIN = 80, 50
_MODIFIERS = ("amod", "compound", "nmod", "npadvmod", "det", "quantmod", "nummod")
_NOUNS = ("NN", "NNS", "NNP", "NNPS")
_INSIDE = ("poss", "relcl", "acl", "appos")
"""Labels under which a phrase stands inside another phrase."""
_PLURAL = ("they", "them", "their", "theirs")
_FEMININE, _MASCULINE = ("she", "her", "hers"), ("he", "him", "his")
_SINGULAR = frozenset("states nations netherlands philippines emirates".split())


@dataclass(frozen=True, slots=True)
class Words:
    """What the lexicon knows of pronouns, in all forms."""

    agent_verbs: frozenset[str]
    empty_verbs: frozenset[str]
    agent_predicates: frozenset[str]
    aimed_at_actors: frozenset[str]
    owned_by_actors: frozenset[str]
    judging: frozenset[str]
    opposing: frozenset[str]
    misdeeds: frozenset[str]
    humans: frozenset[str]
    groups: frozenset[str]
    measures: frozenset[str]
    women: frozenset[str]
    men: frozenset[str]


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Read the word lists of the package."""
    tables = read_tables("pronouns.toml")
    cues = load_cues()

    def forms(words: Iterable[str], inflect: Callable[[str], Iterable[str]]) -> frozenset[str]:
        return frozenset(chain.from_iterable(map(inflect, words)))

    people = sorted({*tables["humans"], *cues.offices, *cues.ranks})
    return Words(
        agent_verbs=forms(tables["agent_verbs"], verb_forms),
        empty_verbs=forms(tables["empty_verbs"], verb_forms),
        agent_predicates=frozenset(tables["agent_predicates"]),
        aimed_at_actors=forms(tables["aimed_at_actors"], verb_forms),
        owned_by_actors=forms(tables["owned_by_actors"], noun_forms),
        judging=forms(tables["judging"], verb_forms),
        opposing=forms((*tables["judging"], *tables["opposing"]), verb_forms),
        misdeeds=forms(tables["misdeeds"], noun_forms),
        humans=forms((word for word in people if " " not in word), noun_forms),
        groups=forms(sorted(cues.body_nouns | {"group", "team", "side"}), noun_forms),
        measures=forms(tables["measures"], noun_forms),
        women=frozenset(tables["women"]),
        men=frozenset(tables["men"]),
    )


@dataclass(frozen=True)
class Phrase:
    """A noun phrase that a pronoun may take up."""

    key: str
    """The entity, or the noun of a phrase without a name: what is spoken of again is one thing."""
    token: Token
    sentence: int
    plural: bool
    noun: str
    """The head, in lower case."""
    sex: str | None = None
    """Of somebody whom *he* or *she* has taken up."""
    found: Found | None = None
    """The mention, if the phrase names somebody or something that is known."""
    members: tuple[Found, ...] = ()
    """The mentions of all, if it names several."""

    @cached_property
    def role(self) -> str:
        """Its place in the sentence."""
        return role_of(self.token)

    @cached_property
    def weight(self) -> int:
        """What it weighs in its own sentence."""
        weight = _RECENCY + _ROLES[self.role]
        if not _is_contained(self.token):
            weight += _HEAD
        if not _is_adverbial(self.token):
            weight += _MAIN
        return weight

    @property
    def is_part(self) -> bool:
        """Whether it is one of several that are named together: *Democrats and Republicans*."""
        if self.key.endswith(TOGETHER):
            return False
        return self.token.dep_ == "conj" or is_joined(self.token)

    @property
    def is_human(self) -> bool:
        """Whether it is, or may be, a man or a woman."""
        if self.found is not None:
            return self.found.type == EntityType.PERSON
        return self.noun in load_words().humans

    @property
    def is_group(self) -> bool:
        """Whether it names a body, or people, that act together."""
        if self.found is not None:
            return self.found.type in ACTORS
        words = load_words()
        return self.noun in words.groups or (self.plural and self.is_human)


def phrase_of(token: Token, found: Found | None, sentence: int) -> Phrase | None:
    """The phrase that a noun heads, if it is one that may be taken up.

    Args:
        token: The head.
        found: What it names or stands for.
        sentence: Ordinal of the sentence.
    """
    if token.dep_ in _MODIFIERS or token.tag_ not in _NOUNS:
        return None
    if found is None and (token.lower_ in load_words().measures or token.dep_ == "appos"):
        return None
    several = token.tag_ in ("NNS", "NNPS") and token.lower_ not in _SINGULAR
    key = found.entity_id if found is not None else token.lower_
    return Phrase(key, token, sentence, several, token.lower_, found=found)


def taken_up(phrase: Phrase, pronoun: Token, sentence: int) -> Phrase:
    """A phrase in the place of the pronoun that takes it up."""
    return replace(phrase, token=pronoun, sentence=sentence, sex=sex_of(pronoun))


def unknown(pronoun: Token, sentence: int) -> Phrase:
    """Whoever a pronoun means that takes up nothing known: the next one may mean the same."""
    word = pronoun.lower_
    plural, sex = word in _PLURAL, sex_of(pronoun)
    key = "they" if plural else sex or "it"
    return Phrase(key, pronoun, sentence, plural, sex or key)


def sex_of(pronoun: Token) -> str | None:
    """Whether a pronoun means a man or a woman."""
    word = pronoun.lower_
    return "woman" if word in _FEMININE else "man" if word in _MASCULINE else None


def role_of(token: Token) -> str:
    """Subject, object, existential or oblique; of the rest of an enumeration, that of its first."""
    while token.dep_ in ("conj", "appos") and token.head != token:
        token = token.head
    if token.dep_ in SUBJECTS:
        return "subject"
    if token.dep_ == "attr":
        there = any(c.dep_ == "expl" for c in token.head.children)
        return "existential" if there else "object"
    return "object" if token.dep_ in ("dobj", "oprd") else "oblique"


_ROLES = {
    "subject": _SUBJECT,
    "existential": _EXISTENTIAL,
    "object": _OBJECT,
    "oblique": _OBLIQUE,
}


def is_joined(token: Token) -> bool:
    """Whether a word begins an enumeration: *Ghana and Togo*."""
    return token.n_rights > 1 and any(c.dep_ == "conj" for c in token.rights)


def _is_contained(token: Token) -> bool:
    """Whether a phrase is part of another: *the army of X*, *X's army*, *Y, whom X praised*."""
    while token.head != token:
        if token.dep_ in _INSIDE:
            return True
        if token.dep_ == "pobj" and token.head.head.tag_[0] == "N":
            return True
        token = token.head
    return False


def _is_adverbial(token: Token) -> bool:
    """Whether a phrase is set apart at the head of its sentence: *In Riga, ...*."""
    preposition = token.head
    return (
        token.dep_ == "pobj"
        and preposition.dep_ == "prep"
        and preposition.i < preposition.head.i
        and preposition.head.tag_[0] == "V"
    )


def salience(phrases: Sequence[Phrase], now: int) -> dict[str, float]:
    """How present everything is in a sentence: its best place in each, halved by every sentence."""
    best: dict[tuple[str, int], int] = {}
    for phrase in phrases:
        place = phrase.key, phrase.sentence
        best[place] = max(best.get(place, 0), phrase.weight)
    total: dict[str, float] = {}
    for (key, sentence), weight in best.items():
        total[key] = total.get(key, 0.0) + weight / 2 ** (now - sentence)
    return total
