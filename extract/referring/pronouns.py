"""Whom a pronoun means, where that is safe; else no one.

Every noun phrase before the pronoun competes, with a name or without, as far as it agrees in number
and kind; the most salient wins (Lappin and Leass, 1994, see `salience`), with a bonus for the one
who does the nearest verb (Hobbs, 1978, *Resolving Pronoun References*, Lingua 44) and for the same
place in the sentence. Precision comes before recall: a winner without a name means that nobody is
linked, and so does a rival that is nearly as salient.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import TYPE_CHECKING

from ...schema import EntityType
from ..reading import Found
from ..stating.grammar import after, subjects
from .salience import (
    ACTORS,
    STATES,
    SUBJECTS,
    Phrase,
    load_words,
    role_of,
    salience,
    sex_of,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLURAL = frozenset("they them their theirs".split())
_SINGULAR = frozenset("it its".split())
_PERSONAL = frozenset("he she him his her hers".split())
PRONOUNS = _PERSONAL | _PLURAL | _SINGULAR
"""Those that are resolved; who *I* and *we* are, the speaker tells."""
_RELATIVE = ("WDT", "WP")
_OBJECTS = ("dobj", "pobj", "dative")
_CLAUSES = ("ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp", "csubj")
_BE = frozenset("is was are were 's ’s be been being becomes became remains remained".split())
_PARALLEL, _DOER, _FOREIGN_NUMBER = 35, 150, 60
"""What is added for the same place in the sentence and for the doer, and taken from a state or
body that *they* would mean."""
_MARGIN, _CLOSE = 60, 20
"""By how much the winner must lead: less where the verb or noun tells that an actor is meant."""
_REACH = {"person": 3, "thing": 1, "plural": 1}
"""How many sentences back a pronoun looks."""


class Pronouns:
    """Resolves the pronouns of a document, one after the other."""

    def __init__(self, name_of: Callable[[Found], str]) -> None:
        self._name_of = name_of

    def antecedent(self, pronoun: Token, phrases: Sequence[Phrase], now: int) -> Phrase | None:
        """The phrase that a pronoun takes up: without a name, if it is none of the known entities.

        Args:
            pronoun: A pronoun of the third person.
            phrases: What was spoken of before, in order.
            now: Ordinal of the sentence.

        Returns:
            None where it takes up nothing, or where it is open what.
        """
        word = pronoun.lower_
        kind = "person" if word in _PERSONAL else "plural" if word in _PLURAL else "thing"
        acts = _is_of_actor(pronoun)
        rivals = [
            p
            for p in phrases
            if now - p.sentence <= _REACH[kind] and self._agrees(p, pronoun, kind, acts)
        ]
        bound = {p.key for p in rivals if p.sentence == now and _is_bound(pronoun, p)}
        rivals = [p for p in rivals if p.key not in bound]
        if kind == "person":
            others = {p.key for p in rivals if p.sex and p.sex != sex_of(pronoun)}
            rivals = [p for p in rivals if p.key not in others]
        elif kind == "plural":
            states = {p.key for p in rivals if not p.plural}
            if pronoun.dep_ in _OBJECTS and _is_a_state_near(phrases, bound, now):
                return None
            if len(states) > 1 or any(p.plural and _is_near(p, now) for p in rivals):
                rivals = [p for p in rivals if p.plural]
        beside = [p for p in rivals if _is_in_enumeration(pronoun, p.token)]
        if beside:  # Iran and its proxies
            return beside[0]
        weights = self._weights(rivals, pronoun, kind, now)
        if not weights or pronoun.head.lower_ == "part":  # for his part
            return None
        ranked = sorted(weights.items(), key=lambda entry: -entry[1])
        key, best = ranked[0]
        margin = _CLOSE if acts or kind != "thing" else _MARGIN
        if len(ranked) > 1 and best - ranked[1][1] < margin:
            return None
        return next(p for p in reversed(rivals) if p.key == key)

    def _agrees(self, phrase: Phrase, pronoun: Token, kind: str, acts: bool) -> bool:
        """Whether number, kind and sex of a phrase allow it."""
        found = phrase.found
        if kind == "person":
            return (
                phrase.is_human
                and not phrase.plural
                and (found is None or self._may_be(found, sex_of(pronoun) == "woman"))
            )
        if phrase.is_part and not _is_in_enumeration(pronoun, phrase.token):
            return False
        if kind == "plural":
            if found is None or phrase.plural:
                return phrase.plural
            return found.type in STATES and (pronoun.dep_ not in _OBJECTS or acts)
        if found is not None:
            return found.type != EntityType.PERSON and not (acts and found.type not in ACTORS)
        if phrase.plural or phrase.is_human:
            return False
        return phrase.is_group or not acts

    def _may_be(self, person: Found, feminine: bool) -> bool:
        """Whether somebody may be a woman, or a man, as far as the given name tells."""
        words = load_words()
        given = self._name_of(person).casefold().split()[:-1]
        return not any(name in (words.men if feminine else words.women) for name in given)

    def _weights(
        self, rivals: Sequence[Phrase], pronoun: Token, kind: str, now: int
    ) -> dict[str, float]:
        weights = salience(rivals, now)
        role = role_of(pronoun.head if pronoun.tag_ == "PRP$" else pronoun)
        doers = _doers(pronoun)
        near = max((p.sentence for p in rivals), default=now)
        for key in weights:
            mine = [p for p in rivals if p.key == key]
            if any(p.role == role and p.sentence == near for p in mine):
                weights[key] += _PARALLEL
            if any(p.token in doers for p in mine):
                related = any(doer.is_ancestor(pronoun) for doer in doers)
                weights[key] += 2 * _DOER if related else _DOER  # China, which expands its army
            if kind == "plural" and not any(p.plural for p in mine):
                weights[key] -= _FOREIGN_NUMBER  # the government, they
        return weights


def _is_a_state_near(phrases: Sequence[Phrase], bound: Set[str], now: int) -> bool:
    """Whether the sentence names a single state, which an object may mean as well as several."""
    return any(
        p.sentence == now
        and p.found is not None
        and p.found.type in STATES
        and not (p.plural or p.is_part or p.key in bound)
        for p in phrases
    )


def _is_near(phrase: Phrase, now: int) -> bool:
    """Whether a plural stands in the way of a body or state that *they* may mean as well."""
    return phrase.sentence == now or phrase.is_group


def _is_in_enumeration(pronoun: Token, first: Token) -> bool:
    """*Iran and its proxies*."""
    return pronoun.head.dep_ == "conj" and pronoun.head.head == first


def is_empty(pronoun: Token) -> bool:
    """*It is clear that*, *it rained*, *I mean it*: a word that stands for no one.

    The patterns are those of Lappin and Leass, and wider: what *it* is said to be, or where it is
    an object, it hardly ever is an actor.
    """
    if pronoun.lower_ != "it":
        return False
    verb = pronoun.head
    words = load_words()
    if pronoun.dep_ in ("dobj", "pobj", "dative", "attr", "oprd", "ROOT", "dep"):
        return verb.lower_ not in words.aimed_at_actors
    if pronoun.dep_ not in SUBJECTS or verb.lower_ in words.empty_verbs:
        return True
    if pronoun.dep_ == "nsubjpass" and verb.lower_ not in words.aimed_at_actors:
        return True
    if any(c.lower_ in ("lot", "much", "volumes") and c.dep_ == "dobj" for c in verb.children):
        return True  # it says a lot about
    if verb.tag_[0] == "J" or pronoun.i > verb.i:
        asked = pronoun.i > verb.i and verb.lower_ not in _BE
        return not asked and verb.lower_ not in words.agent_predicates
    if verb.lower_ in ("takes", "took", "take", "makes", "made", "make"):
        return any(c.dep_ in _CLAUSES for c in verb.subtree if c.head in (verb, *verb.children))
    if verb.lower_ in _BE:
        return not _is_predicate_of_actor(verb)
    return any(c.dep_ == "mark" and c.lower_ == "whether" for c in verb.children) and (
        verb.tag_ == "VBG"
    )


def _is_predicate_of_actor(verb: Token) -> bool:
    words = load_words()
    return any(
        c.dep_ in ("acomp", "attr") and c.lower_ in words.agent_predicates for c in verb.children
    )


def _is_of_actor(pronoun: Token) -> bool:
    """Whether what stands beside a pronoun tells that an actor is meant: *it vowed*, *its army*."""
    words = load_words()
    head = pronoun.head
    if pronoun.tag_ == "PRP$":
        return head.lower_ in words.owned_by_actors
    if pronoun.dep_ == "nsubj":
        complements = {c.lower_ for c in head.children if c.dep_ == "xcomp"}
        return bool({head.lower_, *complements} & words.agent_verbs) or (
            head.lower_ in _BE and _is_predicate_of_actor(head)
        )
    return pronoun.dep_ in ("dobj", "pobj") and head.lower_ in words.aimed_at_actors


def _is_bound(pronoun: Token, phrase: Phrase) -> bool:
    """Whether grammar forbids it: *denied it*, *its army*; the object would be *itself*."""
    other = phrase.token
    if other.dep_ == "poss" and other.head.is_ancestor(pronoun):  # his call with him
        return pronoun.tag_ != "PRP$" and not any(
            t.dep_ in _CLAUSES for t in _between(pronoun, other.head)
        )
    if other.is_ancestor(pronoun) and pronoun.tag_ != "PRP$":
        return not any(t.dep_ in _CLAUSES for t in _between(pronoun, other))
    if other.is_ancestor(pronoun):
        return not any(t.dep_ in ("relcl", "acl", "conj") for t in _between(pronoun, other))
    if pronoun.tag_ == "PRP$":
        return False
    verb = pronoun.head
    raised = pronoun.dep_ in SUBJECTS and pronoun.lower_ in ("him", "them")
    if raised:
        verb = verb.head
    elif pronoun.dep_ in SUBJECTS:
        return False
    while verb.dep_ in ("prep", "agent", "dative", "dobj", "pobj"):
        verb = verb.head
    if verb.tag_[0] == "V" and other in subjects(verb):  # called Y to congratulate him
        return True
    verbs = {verb, *(verb.conjuncts if verb.dep_ == "conj" else ())}
    if other.dep_ == "conj":
        return any(c.head in verbs and c.dep_ in SUBJECTS for c in other.conjuncts)
    return other.head in verbs


def _between(inner: Token, outer: Token) -> list[Token]:
    path = []
    while inner != outer and inner.head != inner:
        path.append(inner)
        inner = inner.head
    return path


def _doers(pronoun: Token) -> list[Token]:
    """Who does the verb that a pronoun stands under, or whom the words above it are about.

    *Putin believes that he can*, *Russia's ability to supply its army*, *thanked him for his help*.
    """
    if blamed := _blamed(pronoun):
        return blamed
    token = pronoun
    for above in pronoun.ancestors:
        found = _judged(token, above) or [
            _whom_it_relates(doer)
            for doer in _subjects_of(above)
            if doer != pronoun and not doer.is_ancestor(pronoun)
        ]
        inside = token.dep_ in _CLAUSES or (
            pronoun.tag_ == "PRP$" and token.dep_ in ("conj", "prep")
        )
        if not found and inside and above.tag_[0] == "N":
            # its announcement that it will, its defence of its coast, its attacks and its exit
            found = [c for c in above.children if c.dep_ == "poss" and c != pronoun]
        if found:
            return found
        token = above
    return []


def _whom_it_relates(subject: Token) -> Token:
    """The noun that a relative clause is about: *China, which expands its forces*."""
    clause = subject.head
    return clause.head if subject.tag_ in _RELATIVE and clause.dep_ == "relcl" else subject


def _judged(token: Token, above: Token) -> list[Token]:
    """Whom a verb praises or blames for what follows."""
    if token.lower_ not in ("for", "of", "over") or above.lower_ not in load_words().judging:
        return []
    return [c for c in above.children if c.dep_ in ("dobj", "nsubjpass")]


def _blamed(pronoun: Token) -> list[Token]:
    """Whose misdeed it is: of whom one acts against (*imposed costs on Y over its aggression*)."""
    words = load_words()
    if pronoun.tag_ != "PRP$" or pronoun.head.lower_ not in words.misdeeds:
        return []
    for verb in pronoun.ancestors:
        if verb.lower_ in words.opposing:
            found = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
            found += after(verb, ("against", "on"))
            return [noun for noun in found if not noun.is_ancestor(pronoun)]
    return []


def _subjects_of(word: Token) -> list[Token]:
    """The subject of a verb, or of an adjective said of an object: *hold it accountable*."""
    own = [c for c in word.children if c.dep_ in SUBJECTS]
    if own or word.tag_[0] == "V":
        return own or subjects(word)
    if word.dep_ in ("acomp", "oprd"):
        return [c for c in word.head.children if c.dep_ == "dobj"]
    return []
