"""Polarity, modality and speaker of what a word states.

The walk goes from the word up to the root of its sentence. On the way, what governs the word may
deny it (*refused to*), suppose it (*may*, *if*, *wants to*) or report it (*said that*); each effect
holds only for what stands in its scope, so a relative clause inside a wish is still a fact. The
idea of cue and scope follows ConText (Harkema et al., 2009), read off the parse.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..schema import Modality, Polarity
from .arguments import holders, is_passive, subjects
from .triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_CLAUSAL = ("xcomp", "ccomp", "pcomp", "acomp", "oprd")
_NOMINAL = ("dobj", "pobj", "attr", "nsubjpass", "oprd", "dative")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_VIEWS = ("view", "opinion", "words", "eyes", "judgement", "judgment", "assessment")
_STEPS = 25
"""No clause is nested so deep; a guard against a parse that is no tree."""


@dataclass(slots=True)
class Attribution:
    """How a sentence commits to what one of its words states."""

    negated: bool = False
    modality: Modality = Modality.ASSERTED
    speaker: Token | None = None
    """Head of the phrase that names who says so."""
    ended: bool = False
    """Whether a verb ends or prevents what a noun names: *deter aggression*."""

    @property
    def polarity(self) -> Polarity:
        """Affirmed or negated."""
        return Polarity.NEGATED if self.negated else Polarity.AFFIRMED

    def deny(self) -> None:
        """The opposite is stated; a denial of a denial affirms."""
        self.negated = not self.negated

    def suppose(self) -> None:
        """Nothing is stated as fact."""
        self.modality += Modality.HYPOTHETICAL

    def report(self, speaker: Token | None) -> None:
        """It is somebody's word; the innermost speaker is kept."""
        self.modality += Modality.REPORTED
        if self.speaker is None:
            self.speaker = speaker


def attribution_of(
    word: Token,
    lexicon: RelationLexicon,
    inside: tuple[Token, ...] = (),
    *,
    given: bool = False,
) -> Attribution:
    """Return polarity, modality and speaker of what `word` states.

    Args:
        word: The trigger.
        lexicon: Knows the words of each class of cue.
        inside: Words that belong to the trigger itself (*find a weakness*): their own scope counts.
        given: The word is a noun whose existence the sentence takes for granted (*must not win his
            war*): what is said of the verb that governs it is not said of it.
    """
    return _Walk(word, lexicon, given).attribution(inside)


class _Walk:
    """From one word up to the root of its sentence."""

    def __init__(self, word: Token, lexicon: RelationLexicon, given: bool) -> None:
        self._word = word
        self._given = given
        self._lexicon = lexicon
        self._found = Attribution()

    def attribution(self, inside: tuple[Token, ...]) -> Attribution:
        for part in (self._word, *inside):
            self._clause(part)
        token, in_scope = self._word, True
        for _ in range(_STEPS):
            head = token.head
            if head is token:
                break
            in_scope = self._climb(token, head, in_scope)
            token = head
        self._sentence()
        return self._found

    def _is(self, token: Token, name: str) -> bool:
        """Whether a word is of a class of cues, by itself or with its particle."""
        words = self._lexicon.classes[name]
        return token.lower_ in words or any(
            f"{token.lower_} {c.lower_}" in words for c in token.children if c.i > token.i
        )

    def _climb(self, token: Token, head: Token, in_scope: bool) -> bool:
        """Apply what `head` does to `token`; returns whether its scope still reaches the word."""
        if token.dep_ == "conj":
            if in_scope:
                self._shared(token, head)
            return in_scope
        if token.dep_ == "prep" or head.dep_ == "prep":
            return self._preposition(token, head, in_scope)
        if token.dep_ in _CLAUSAL or (token.dep_ == "acl" and _is_complement(token)):
            self._complement(token, head, in_scope)
            return in_scope
        if token.dep_ in _NOMINAL and head.tag_[0] == "V" and in_scope:
            if token is self._word and self._given:
                return False
            self._governed_noun(head)
            return True
        if token.dep_ == "nsubj" and in_scope:
            self._subject(token, head)
        if token.dep_ == "advcl" and _is_infinitive(token) and in_scope and not _has_subject(token):
            self._found.suppose()  # a purpose
        return False if token.dep_ in ("relcl", "advcl", "parataxis", "acl", "nsubj") else in_scope

    def _shared(self, conjunct: Token, head: Token) -> None:
        """A second verb shares the modal of the first, and its *not* where *or* joins them."""
        if not _has_subject(conjunct):
            self._modals(head)
            if any(c.lower_ in ("or", "nor") for c in head.children):
                self._negation(head)

    def _preposition(self, token: Token, head: Token, in_scope: bool) -> bool:
        if head.lower_ == "without" and token.dep_ in ("pobj", "pcomp"):
            self._found.deny()
        if token.dep_ != "prep":
            return in_scope
        reached_by_clause = any(c.dep_ == "pcomp" for c in token.children)
        if in_scope and reached_by_clause and token.lower_ == "against":
            if self._is(head, "report"):
                self._found.suppose()  # warned against
            else:
                self._found.deny()  # decided against
            return in_scope
        if reached_by_clause and self._is(head, "accusation"):
            self._found.report(_speaker(head))
            return in_scope
        if in_scope and head.lower_ in ("short", "far", "instead"):  # stopped short of, far from
            self._found.deny()
        if in_scope and head.tag_[0] == "V":
            if self._is(head, "negative"):
                self._found.deny()
            elif token.lower_ in ("for", "on", "to", "about", "of") and self._is(head, "intent"):
                self._found.suppose()
            self._clause(head)
        elif in_scope and head.tag_[0] == "N":
            if self._is(head, "intent") or self._is(head, "risk"):
                self._found.suppose()
            elif token.lower_ == "of" and self._is(head, "report_noun"):
                self._found.report(next(iter(holders(head)), None))
        return in_scope

    def _complement(self, clause: Token, head: Token, in_scope: bool) -> None:
        """A clause that depends on a verb, an adjective or a noun of saying, wishing, refusing."""
        if clause.dep_ == "acl" and self._is(head, "report_noun"):
            self._found.report(next(iter(holders(head)), None))
        elif self._is(head, "denial"):
            self._found.deny()
            self._found.report(_speaker(head))
        elif (clause.dep_ == "ccomp" and self._is(head, "report")) or (
            clause.dep_ == "xcomp" and self._is_said_to(head)
        ):
            self._found.report(_speaker(head))
        elif in_scope and self._is(head, "negative"):
            self._found.deny()
        elif in_scope and (self._is(head, "question") or self._is(head, "intent")):
            self._found.suppose()
        elif in_scope and any(c.lower_ == "yet" for c in head.children):  # has yet to
            self._found.deny()
        elif (in_scope and clause.dep_ == "ccomp" and self._is_unlikely(head)) or (
            in_scope and clause.dep_ == "acl" and _is_open_end(clause, head)
        ):
            self._found.suppose()
        if in_scope:
            self._clause(head)

    def _subject(self, noun: Token, verb: Token) -> None:
        """*An attack would be a disaster*, *an invasion is unlikely*: none has happened."""
        indefinite = any(c.dep_ == "det" and c.lower_ in ("a", "an", "any") for c in noun.children)
        modal = any(c.dep_ == "aux" and self._is(c, "doubtful_modal") for c in verb.children)
        if (indefinite and modal) or self._is_unlikely(verb):
            self._found.suppose()

    def _is_said_to(self, verb: Token) -> bool:
        """*is believed to have*, *claims to have*, *appears to have*."""
        return self._is(verb, "appearance") or (
            self._is(verb, "report") and is_passive(verb) and not self._is(verb, "request")
        )

    def _governed_noun(self, verb: Token) -> None:
        """A verb that acts on the noun that states something: *rejected the agreement*."""
        if self._is(verb, "denial"):
            self._found.deny()
            self._found.report(_speaker(verb))
        elif self._is(verb, "negative"):
            self._found.deny()
            self._found.ended = True
        elif self._is(verb, "intent") and not self._is(verb, "report"):
            self._found.suppose()
        self._clause(verb)

    def _is_unlikely(self, verb: Token) -> bool:
        return any(c.dep_ in ("acomp", "advmod") and self._is(c, "doubt") for c in verb.children)

    def _clause(self, word: Token) -> None:
        """Negation, modals, adverbs and conjunctions of the word's own clause."""
        self._negation(word)
        self._modals(word)
        for child in word.children:
            if child.dep_ == "mark" and self._is(child, "condition"):
                self._found.suppose()
            elif child.dep_ in ("advmod", "acomp", "intj", "neg"):
                if self._is(child, "doubt"):
                    self._found.suppose()
                elif self._is(child, "reportative"):
                    self._found.report(None)
        if _is_inverted(word):
            self._found.suppose()

    def _negation(self, word: Token) -> None:
        negations = self._lexicon.classes["negation"]
        own = any(
            c.lower_ in negations and not _is_emphatic(c)
            for c in word.children
            if c.dep_ in ("neg", "det", "advmod", "preconj", "cc")
        )
        under_adverb = any(  # no longer, hardly ever
            g.lower_ in negations for c in word.children if c.dep_ == "advmod" for g in c.children
        )
        of_subject = any(  # neither A nor B, no country
            g.lower_ in ("neither", "no", "nobody", "none") and g.dep_ in ("preconj", "det", "cc")
            for c in word.children
            if c.dep_ in _SUBJECTS
            for g in c.children
        )
        if own or under_adverb or of_subject:
            self._found.deny()

    def _modals(self, word: Token) -> None:
        for child in word.children:
            if child.dep_ in ("aux", "auxpass") and (
                self._is(child, "doubtful_modal") or self._is(child, "future")
            ):
                self._found.suppose()

    def _sentence(self) -> None:
        """What holds for the whole sentence: a source, a parenthesis of saying, a question mark."""
        path = {self._word.i, *(t.i for t in self._word.ancestors)}
        sentence = self._word.sent
        if (name := _before_colon(sentence)) is not None and name.i not in path:
            self._found.report(name)
        for token in sentence:
            in_view = token.lower_ in _VIEWS and token.head.lower_ == "in"  # in the view of Germany
            if token.lower_ == "according" or in_view:
                self._found.report(
                    next((c for p in token.children for c in p.children if c.dep_ == "pobj"), None)
                )
            elif token.lower_ in ("perhaps", "maybe") and token.head.i in path:
                self._found.suppose()
            elif (
                token.dep_ in ("parataxis", "ccomp", "advcl", "dep")
                and token.i not in path
                and token.head.i in path
                and self._is(token, "report")
                and not any(
                    c.dep_ == "ccomp" or (c.dep_ == "dobj" and c.lower_ != "it")
                    for c in token.children
                )
                and _has_subject(token)
            ):
                self._found.report(_speaker(token))  # India, the newspaper writes, operates
        if "?" in sentence[-1].text:
            self._found.suppose()


def _speaker(verb: Token) -> Token | None:
    """Who says so; of an adjective (*is concerned that*) its bearer."""
    if verb.tag_[0] == "V":
        found = subjects(verb)
    else:
        found = subjects(verb.head) if verb.dep_ in ("acomp", "attr") else []
    return found[0] if found else None


def _is_open_end(clause: Token, noun: Token) -> bool:
    """*talks to buy*, *a deal to sell*; but who is *the first country to buy* has bought."""
    return _is_infinitive(clause) and not any(
        c.lower_ in ("first", "second", "third", "last", "latest", "only") for c in noun.children
    )


def _before_colon(sentence: Span) -> Token | None:
    """The name that speaks in *Jens Stoltenberg: Russia threatens Estonia*."""
    for token in sentence[1:6]:
        if token.text == ":":
            return token.nbor(-1)
        if token.tag_ not in ("NNP", "NNPS"):
            return None
    return None


def _is_complement(clause: Token) -> bool:
    """A clause that fills in a noun: *plan to buy*, *claim that Poland hosts it*."""
    return _is_infinitive(clause) or any(
        c.dep_ == "mark" and c.lower_ == "that" for c in clause.children
    )


def _is_infinitive(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _has_subject(token: Token) -> bool:
    return any(c.dep_ in _SUBJECTS for c in token.children)


def _is_emphatic(negation: Token) -> bool:
    """*Not only Moscow* denies nothing."""
    following = negation.doc[negation.i + 1 : negation.i + 2].text.lower()
    return following in ("only", "just", "merely", "least", "surprisingly")


def _is_inverted(word: Token) -> bool:
    """*Were Russia to join*, *Should China attack*, *Had Iran signed*: a condition."""
    if word.lower_ == "were":
        return any(c.dep_ == "nsubj" and c.i > word.i for c in word.children)
    first = next((c for c in word.lefts if c.dep_ in ("aux", "auxpass")), None)
    return (
        first is not None
        and first.lower_ in ("should", "had", "were")
        and word.dep_ == "advcl"
        and any(c.dep_ in _SUBJECTS and c.i > first.i for c in word.children)
    )
