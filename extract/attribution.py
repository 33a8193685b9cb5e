"""Polarity, modality and speaker of what a word states.

The walk goes from the word up to the root of its sentence. On the way, what governs the word may
deny it (*refused to*), suppose it (*may*, *if*, *wants to*) or report it (*said that*); each effect
holds only for what stands in its scope, so a relative clause inside a wish is still a fact. The
idea of cue and scope follows ConText (Harkema et al., 2009), read off the parse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..schema import Modality, Polarity
from .stating.complements import (
    asks,
    has_subject,
    is_comparison,
    is_complement,
    is_condition,
    is_content,
    is_fiction,
    is_gerund_of,
    is_had,
    is_in_case,
    is_infinitive,
    is_inverted,
    is_open_end,
    is_purpose,
    is_said_to,
    is_subjunctive,
    is_unlikely,
    is_untrue,
    said_by_subject,
    says,
    word_before,
)
from .stating.grammar import is_passive
from .stating.hearsay import sources, speaker_of
from .stating.negation import is_denied
from .stating.nouns import holders
from .stating.triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSAL = ("xcomp", "ccomp", "pcomp", "acomp", "oprd")
_NOMINAL = ("dobj", "pobj", "attr", "nsubjpass", "oprd", "dative")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_BE = frozenset("be is are was were been being 's 're".split())
_TOWARDS = ("about", "for", "of", "on", "to", "with")
_EXCLUDING = ("instead", "far", "short", "nowhere")
_MEANS = frozenset(("by", "through"))
_CIRCUMSTANCES = frozenset(
    "after amid amidst despite during following notwithstanding since".split()
)
"""Prepositions behind which something is taken as given: *has not acted despite the attack*."""
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
    able: bool = False
    """Whether it is only said that somebody can: a fact about a weapon, none about a sale."""

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


def ascribe(found: Attribution, word: Token, quotations: Sequence[tuple[int, int, Token]]) -> None:
    """Report what stands in a quotation of another sentence's speaker: *“A,” X said. “B.”*"""
    if found.speaker is None:
        for start, end, speaker in quotations:
            if start <= word.i < end:
                found.report(speaker)


class _Walk:
    """From one word up to the root of its sentence."""

    def __init__(self, word: Token, lexicon: RelationLexicon, given: bool) -> None:
        self._word = word
        self._given = given
        self._lexicon = lexicon
        self._found = Attribution()
        self._path: set[int] = set()

    def attribution(self, inside: tuple[Token, ...]) -> Attribution:
        self._path = {t.i for t in (self._word, *inside, *self._word.ancestors)}
        for part in (self._word, *inside):
            self._clause(part)
        token, in_scope = self._word, True
        for _ in range(_STEPS):
            head = token.head
            if head == token:
                break
            in_scope = self._climb(token, head, in_scope)
            token = head
        self._sentence()
        return self._found

    def _climb(self, token: Token, head: Token, in_scope: bool) -> bool:
        """Apply what `head` does to `token`; returns whether its scope still reaches the word."""
        if token.dep_ == "conj":
            if in_scope:
                self._shared(token, head)
            return in_scope
        if token.dep_ == "prep" or head.dep_ == "prep" or token.dep_ in ("pobj", "pcomp"):
            return self._preposition(token, head, in_scope)
        if (
            token.dep_ in _CLAUSAL
            or (token.dep_ == "acl" and is_complement(token))
            or (token.dep_ == "relcl" and is_infinitive(token))
            or (token.dep_ == "advcl" and is_gerund_of(token, head, self._lexicon))
        ):
            self._complement(token, head, in_scope)
            return in_scope
        if token.dep_ in _NOMINAL and head.tag_[0] == "V" and in_scope:
            if token is self._word and self._given:
                return False
            if self._lexicon.marks(head, "presupposing"):
                return False
            self._governed_noun(head)
            return True
        if token.dep_ in ("nsubj", "csubj") and in_scope:
            self._subject(token, head)
        if token.dep_ == "relcl" and in_scope and is_content(token, head, self._lexicon):
            self._found.suppose()  # in the event that
        if token.dep_ == "advcl" and in_scope and is_purpose(token):
            if self._lexicon.marks(head, "able") and is_passive(head):
                self._found.able = True  # was built to
            else:
                self._found.suppose()  # a purpose
        return False if token.dep_ in ("relcl", "advcl", "parataxis", "acl", "nsubj") else in_scope

    def _shared(self, conjunct: Token, head: Token) -> None:
        """A second verb shares the modal of the first, and its *not* where *or* joins them."""
        if any(c.dep_ == "mark" and self._lexicon.marks(c, "condition") for c in head.children):
            self._found.suppose()  # if it breaks the deal and attacks
        if not has_subject(conjunct):
            self._modals(head)
            if any(c.lower_ in ("or", "nor") for c in head.children):
                self._negation(head)

    def _preposition(self, token: Token, head: Token, in_scope: bool) -> bool:
        if token.dep_ != "prep":
            if in_scope and (head.lower_ == "without" or word_before(head) in _EXCLUDING):
                self._found.deny()
            return in_scope
        if token.lower_ == "for" and self._lexicon.marks(head, "gratitude"):
            return False
        if token.lower_ in _CIRCUMSTANCES and head.tag_[0] == "V":
            if in_scope:
                self._modals(head)
            return False
        reached_by_clause = any(c.dep_ == "pcomp" for c in token.children)
        if in_scope and reached_by_clause and token.lower_ == "against":
            if self._lexicon.marks(head, "report"):
                self._found.suppose()  # warned against
            else:
                self._found.deny()  # decided against
            return in_scope
        if reached_by_clause and self._lexicon.marks(head, "accusation"):
            self._found.report(speaker_of(head))
            return in_scope
        if in_scope and head.tag_[0] == "V":
            if self._lexicon.marks(head, "negative") and token.lower_ not in _MEANS:
                self._found.deny()
            elif token.lower_ in _TOWARDS and self._lexicon.marks(head, "intent"):
                self._found.suppose()
            elif self._given:
                return False
            self._clause(head)
        elif in_scope and head.tag_[0] == "J" and reached_by_clause:
            self._under_adjective(head)
        elif (
            in_scope
            and head.dep_ == "advmod"
            and reached_by_clause
            and self._lexicon.marks(head, "intent")
        ):
            self._found.suppose()  # came close to buying
        elif in_scope and head.tag_[0] == "N":
            if self._lexicon.marks(head, "negative"):
                self._found.deny()
            elif (
                self._lexicon.marks(head, "intent")
                or self._lexicon.marks(head, "risk")
                or is_in_case(head)
            ):
                self._found.suppose()
            elif token.lower_ == "of" and self._lexicon.marks(head, "report_noun"):
                self._found.report(next(iter(holders(head)), None))
            elif self._given:
                return False
        return in_scope

    def _complement(self, clause: Token, head: Token, in_scope: bool) -> None:
        """A clause that depends on a verb, an adjective or a noun of saying, wishing, refusing."""
        if clause.dep_ == "acl" and self._lexicon.marks(head, "report_noun"):
            self._found.report(next(iter(holders(head)), None))
        elif self._lexicon.marks(head, "denial"):
            self._found.deny()
            self._found.report(speaker_of(head))
        elif clause.dep_ == "ccomp" and asks(clause) and self._lexicon.marks(head, "report"):
            self._found.suppose()  # does not know whether
            return
        elif (clause.dep_ == "ccomp" and says(head, self._lexicon)) or (
            clause.dep_ == "xcomp" and is_said_to(head, self._lexicon)
        ):
            self._found.report(speaker_of(head))
        elif clause.dep_ == "ccomp" and (noun := said_by_subject(head, self._lexicon)) is not None:
            self._found.report(next(iter(holders(noun)), None))
        elif in_scope and (
            self._lexicon.marks(head, "negative")
            or (clause.dep_ == "ccomp" and is_untrue(head, self._lexicon))
        ):
            self._found.deny()
        elif in_scope and (
            self._lexicon.marks(head, "question") or self._lexicon.marks(head, "intent")
        ):
            self._found.suppose()
        elif in_scope and head.tag_[0] == "J":
            self._under_adjective(head)
        elif in_scope and is_subjunctive(clause):
            self._found.suppose()
        elif in_scope and any(c.lower_ == "yet" for c in head.children):  # has yet to
            self._found.deny()
        elif in_scope and self._is_open(clause, head):
            self._found.suppose()
        if in_scope:
            self._clause(head)

    def _under_adjective(self, adjective: Token) -> None:
        """*is due to buy*, *is close to buying*, *is incapable of buying*, *too poor to buy*."""
        if self._lexicon.marks(adjective, "negative") or any(
            c.lower_ == "too" for c in adjective.children
        ):
            self._found.deny()
        elif self._lexicon.marks(adjective, "able"):
            self._found.able = True
        elif not self._lexicon.marks(adjective, "factive"):
            self._found.suppose()

    def _is_open(self, clause: Token, head: Token) -> bool:
        """Whether it is left open if what the clause says came about."""
        if clause.dep_ == "ccomp" and is_unlikely(head, self._lexicon):
            return True
        if clause.dep_ in ("acl", "relcl"):
            return is_open_end(clause, head)
        return clause.dep_ != "pcomp" and self._is_unrealised(clause, head)

    def _is_unrealised(self, clause: Token, head: Token) -> bool:
        """An infinitive after a verb that does not say it came about: *is to buy*, *tends to*."""
        if not is_infinitive(clause) or head.tag_[0] != "V":
            return False
        if self._lexicon.marks(head, "able"):
            self._found.able = True
            return False
        return head.lower_ in _BE or not (
            self._lexicon.marks(head, "implicative") or head.lower_ == "had"
        )

    def _subject(self, noun: Token, verb: Token) -> None:
        """*An attack would be a disaster*, *an invasion is unlikely*: none has happened."""
        indefinite = any(c.dep_ == "det" and c.lower_ in ("a", "an", "any") for c in noun.children)
        modal = any(
            c.dep_ == "aux" and self._lexicon.marks(c, "doubtful_modal") for c in verb.children
        )
        if (indefinite and modal) or is_unlikely(verb, self._lexicon):
            self._found.suppose()
        elif self._lexicon.marks(verb, "occurrence") and not is_comparison(verb):
            self._clause(verb)  # the sale did not go ahead
        elif self._lexicon.marks(verb, "collapse"):
            self._found.deny()

    def _governed_noun(self, verb: Token) -> None:
        """A verb that acts on the noun that states something: *rejected the agreement*."""
        if self._lexicon.marks(verb, "denial"):
            self._found.deny()
            self._found.report(speaker_of(verb))
        elif self._lexicon.marks(verb, "negative"):
            self._found.deny()
            self._found.ended = True
        elif self._lexicon.marks(verb, "intent") and not self._lexicon.marks(verb, "report"):
            self._found.suppose()
        self._clause(verb)

    def _clause(self, word: Token) -> None:
        """Negation, modals, adverbs and conjunctions of the word's own clause."""
        self._negation(word)
        self._modals(word)
        for child in word.children:
            marked = child.dep_ == "mark" and self._lexicon.marks(child, "condition")
            conditional = child.dep_ == "advcl" and is_condition(child, self._lexicon)
            if marked or (conditional and not is_had(word, self._word)):
                self._found.suppose()
            elif child.dep_ in ("advmod", "acomp", "intj", "neg", "amod"):
                self._qualified(child, word)
        if is_inverted(word):
            self._found.suppose()

    def _qualified(self, modifier: Token, word: Token) -> None:
        """*possibly bought*, *an alleged sale*, *the cancelled order*."""
        noun = word.tag_[0] == "N" and modifier.dep_ == "amod"
        if self._lexicon.marks(modifier, "reportative"):
            self._found.report(None)
        elif noun and self._lexicon.marks(modifier, "undone"):
            self._found.deny()
        elif self._lexicon.marks(modifier, "doubt") or (
            noun and self._lexicon.marks(modifier, "planned")
        ):
            self._found.suppose()

    def _negation(self, word: Token) -> None:
        if is_denied(word, self._lexicon.classes["negation"], self._path):
            self._found.deny()

    def _modals(self, word: Token) -> None:
        for child in word.children:
            if child.dep_ in ("aux", "auxpass") and (
                self._lexicon.marks(child, "doubtful_modal") or self._lexicon.marks(child, "future")
            ):
                self._found.suppose()
            elif child.dep_ == "aux" and child.lower_ == "to" and word.dep_ == "ROOT":
                self._found.suppose()  # a headline: India to buy the Rafale
            elif child.dep_ == "aux" and child.lower_ in ("can", "ca"):
                self._found.able = True

    def _sentence(self) -> None:
        """What holds for the whole sentence: its sources, a made-up world, a question mark."""
        sentence = self._word.sent
        for speaker in sources(sentence, self._path, self._lexicon):
            self._found.report(speaker)
        path = [sentence.doc[index] for index in sorted(self._path)]
        root = [token for token in path if token.head == token]
        for token in (*root, *(child for above in path for child in above.children)):
            if token.lower_ in ("perhaps", "maybe") or is_fiction(token, self._path, self._lexicon):
                self._found.suppose()
        if "?" in sentence[-1].text:
            self._found.suppose()
