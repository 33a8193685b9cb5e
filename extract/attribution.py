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
from .arguments import subjects
from .triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_CLAUSAL = ("xcomp", "ccomp", "pcomp", "acomp", "oprd")
_BARRIERS = ("relcl", "advcl", "parataxis")
_NOMINAL = ("dobj", "pobj", "attr", "nsubjpass", "oprd", "dative")


@dataclass(slots=True)
class Attribution:
    """How a sentence commits to what one of its words states."""

    negated: bool = False
    modality: Modality = Modality.ASSERTED
    speaker: Token | None = None
    """Head of the phrase that names who says so."""

    @property
    def polarity(self) -> Polarity:
        """Affirmed or negated."""
        return Polarity.NEGATED if self.negated else Polarity.AFFIRMED

    def suppose(self) -> None:
        """Nothing is stated as fact."""
        self.modality += Modality.HYPOTHETICAL

    def report(self, speaker: Token | None) -> None:
        """It is somebody's word; the innermost speaker is kept."""
        self.modality += Modality.REPORTED
        if self.speaker is None:
            self.speaker = speaker


def attribution_of(
    word: Token, lexicon: RelationLexicon, inside: tuple[Token, ...] = ()
) -> Attribution:
    """Return polarity, modality and speaker of what `word` states.

    Args:
        word: The trigger.
        lexicon: Knows the words of each class of cue.
        inside: Words that belong to the trigger itself (*find a weakness*): their own scope counts.
    """
    found = Attribution()
    _own_scope(word, lexicon, found)
    for part in inside:
        _own_scope(part, lexicon, found)
    token, open_scope = word, True
    for _ in range(25):
        head = token.head
        if head is token:
            break
        open_scope = _climb(token, head, lexicon, found, open_scope)
        token = head
    _sentence_scope(word.sent, word, lexicon, found)
    return found


def _climb(
    token: Token, head: Token, lexicon: RelationLexicon, found: Attribution, open_scope: bool
) -> bool:
    """Apply what `head` does to `token`; returns whether its scope still reaches the word."""
    if token.dep_ == "conj":
        if open_scope and not _has_own_subject(token):
            _modals(head, lexicon, found)
            if any(c.lower_ in ("or", "nor") for c in head.children):
                _negation(head, lexicon, found)
        return open_scope
    if token.dep_ == "prep" or head.dep_ == "prep":
        if head.lower_ == "without" and token.dep_ in ("pobj", "pcomp"):
            found.negated = not found.negated
        if (
            token.dep_ == "prep"
            and open_scope
            and head.lower_ in lexicon.classes["intent"]
            and head.tag_[0] == "V"
            and token.lower_ in ("for", "on", "to", "about")
        ):
            found.suppose()
        if (
            token.dep_ == "prep"
            and open_scope
            and head.tag_[0] == "N"
            and lexicon.is_a(head.lower_, "intent")
        ):
            found.suppose()
        if token.dep_ in ("pobj", "pcomp") or (token.dep_ == "prep" and head.tag_[0] == "N"):
            return open_scope
    if token.dep_ in _CLAUSAL or (token.dep_ == "acl" and _infinitive(token)):
        if lexicon.is_a(head.lower_, "report") and token.dep_ == "ccomp":
            found.report(_speaker(head))
        elif open_scope:
            _governor(head, lexicon, found)
        if open_scope:
            _own_scope(head, lexicon, found)
        return open_scope
    if token.dep_ in _NOMINAL and head.tag_[0] == "V" and open_scope:
        if lexicon.is_a(head.lower_, "negative"):
            found.negated = not found.negated
        elif lexicon.is_a(head.lower_, "intent") and not lexicon.is_a(head.lower_, "report"):
            found.suppose()
        _own_scope(head, lexicon, found)
        return open_scope
    if token.dep_ in _BARRIERS or token.dep_ in ("acl", "nsubj"):
        if (
            token.dep_ == "advcl"
            and _infinitive(token)
            and open_scope
            and not _has_own_subject(token)
        ):
            found.suppose()  # a purpose
        return False
    return open_scope


def _governor(head: Token, lexicon: RelationLexicon, found: Attribution) -> None:
    word = head.lower_
    if lexicon.is_a(word, "negative"):
        found.negated = not found.negated
    elif lexicon.is_a(word, "question") or lexicon.is_a(word, "intent"):
        found.suppose()


def _own_scope(word: Token, lexicon: RelationLexicon, found: Attribution) -> None:
    """Negation, modals, adverbs and conjunctions of the word's own clause."""
    _negation(word, lexicon, found)
    _modals(word, lexicon, found)
    for child in word.children:
        lower = child.lower_
        if child.dep_ == "mark" and lexicon.is_a(lower, "condition"):
            found.suppose()
        elif child.dep_ in ("advmod", "acomp", "intj", "neg"):
            if lexicon.is_a(lower, "doubt"):
                found.suppose()
            elif lexicon.is_a(lower, "reportative"):
                found.report(child)
    if _inverted(word):
        found.suppose()


def _negation(word: Token, lexicon: RelationLexicon, found: Attribution) -> None:
    if any(
        c.dep_ in ("neg", "det", "advmod", "preconj", "cc")
        and lexicon.is_a(c.lower_, "negation")
        and not _emphatic(c)
        for c in word.children
    ):
        found.negated = not found.negated


def _emphatic(negation: Token) -> bool:
    """*Not only Moscow* denies nothing."""
    following = negation.nbor() if negation.i + 1 < len(negation.doc) else None
    return following is not None and following.lower_ in (
        "only",
        "just",
        "merely",
        "least",
        "surprisingly",
    )


def _modals(word: Token, lexicon: RelationLexicon, found: Attribution) -> None:
    for child in word.children:
        if child.dep_ in ("aux", "auxpass") and (
            lexicon.is_a(child.lower_, "doubtful_modal") or lexicon.is_a(child.lower_, "future")
        ):
            found.suppose()


def _inverted(word: Token) -> bool:
    """*Were Russia to join*, *Should China attack*, *Had Iran signed*: a condition."""
    first = next((c for c in word.lefts if c.dep_ in ("aux", "auxpass")), None)
    if word.lower_ == "were" and any(c.dep_ == "nsubj" and c.i > word.i for c in word.children):
        return True
    return (
        first is not None
        and first.lower_ in ("should", "had", "were")
        and word.dep_ == "advcl"
        and any(c.dep_ in ("nsubj", "nsubjpass") and c.i > first.i for c in word.children)
    )


def _sentence_scope(
    sentence: Span, word: Token, lexicon: RelationLexicon, found: Attribution
) -> None:
    for token in sentence:
        if (
            token.lower_ == "according"
            and token.i + 1 < sentence.end
            and token.nbor().lower_ == "to"
        ):
            source = next((c for p in token.children for c in p.children if c.dep_ == "pobj"), None)
            found.report(source)
        elif token.lower_ in ("perhaps", "maybe") and token.head in (word, *word.ancestors):
            found.suppose()
    _, last = sentence[0], sentence[-1]
    if last.text == "?" or (last.is_punct and "?" in last.text):
        found.suppose()


def _speaker(verb: Token) -> Token | None:
    """Who says so; of an adjective (*is concerned that*) its bearer."""
    if verb.tag_[0] != "V":
        found = subjects(verb.head) if verb.dep_ in ("acomp", "attr") else []
    else:
        found = subjects(verb)
    return found[0] if found else None


def _infinitive(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _has_own_subject(token: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "csubj") for c in token.children)
