"""Polarity, modality and speaker of what a word states.

The walk goes from the word up to the root of its sentence. On the way, what governs the word may
deny it (*refused to*), suppose it (*may*, *if*, *wants to*) or report it (*said that*); each effect
holds only for what stands in its scope, so a relative clause inside a wish is still a fact. The
idea of cue and scope follows ConText (Harkema et al., 2009), read off the parse.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .stating.clauses import Clauses
from .stating.commitment import Attribution
from .stating.complements import (
    asks,
    is_complement,
    is_content,
    is_fiction,
    is_foregone,
    is_gerund_of,
    is_in_case,
    is_infinitive,
    is_open_end,
    is_presupposed,
    is_purpose,
    is_said_to,
    is_subjunctive,
    is_told,
    is_undoubted,
    said_by_subject,
    says,
    word_before,
)
from .stating.gerunds import (
    TOWARDS,
    is_absolute,
    is_event,
    is_open_subject,
    is_thought,
    preposition_of,
)
from .stating.grammar import is_passive
from .stating.hearsay import sources, speaker_of
from .stating.negation import has_no
from .stating.nouns import holders
from .stating.predicates import (
    is_any,
    is_left_open,
    is_likened,
    is_unlikely,
    is_unsettled,
    is_untrue,
    is_void,
)
from .stating.timing import is_overdue, is_pending
from .stating.triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSAL = ("xcomp", "ccomp", "pcomp", "acomp", "oprd")
_NOMINAL = ("dobj", "pobj", "attr", "nsubjpass", "oprd", "dative")
_IN_NOUNS = ("acl", "advcl", "relcl")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_BE = frozenset("be is are was were been being 's 're".split())
_TOWARDS = frozenset("about for of on to toward towards with".split())
_EXCLUDING = ("instead", "far", "short", "nowhere")
_MEANS = frozenset(("by", "through"))
_CIRCUMSTANCES = frozenset(
    "after amid amidst despite during following notwithstanding since".split()
)
"""Prepositions behind which something is taken as given: *has not acted despite the attack*."""
_STEPS = 25
"""No clause is nested so deep; a guard against a parse that is no tree."""


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
        self._clauses = Clauses(word, self._path, lexicon, self._found)

    def attribution(self, inside: tuple[Token, ...]) -> Attribution:
        self._path |= {t.i for t in (self._word, *inside, *self._word.ancestors)}
        for part in (self._word, *inside):
            self._clauses.read(part)
        token, in_scope = self._word, True
        for _ in range(_STEPS):
            head = token.head
            if head == token:
                break
            preposition = preposition_of(token, self._lexicon)
            if preposition is not None and in_scope:
                self._event(preposition)
                head = preposition.head
            else:
                in_scope = self._climb(token, head, in_scope)
            token = head
        self._sentence()
        return self._found

    def _climb(self, token: Token, head: Token, in_scope: bool) -> bool:
        """Apply what `head` does to `token`; returns whether its scope still reaches the word."""
        if token.dep_ == "conj":
            if in_scope:
                self._clauses.shared(token, head)
            return in_scope
        if token.dep_ == "prep" or head.dep_ == "prep" or token.dep_ in ("pobj", "pcomp"):
            return self._preposition(token, head, in_scope)
        if (
            token.dep_ in _CLAUSAL
            or (token.dep_ in ("acl", "relcl") and is_complement(token))
            or (token.dep_ == "advcl" and head.tag_[0] == "N" and is_complement(token))
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
        if is_event(token, self._lexicon):
            if in_scope and head.dep_ in _SUBJECTS and is_open_subject(token, head.head):
                self._found.suppose()
            return in_scope
        if token.dep_ in _SUBJECTS and in_scope and is_any(token):
            self._found.suppose()
        if token.dep_ in ("nsubj", "csubj") and in_scope:
            self._subject(token, head)
        if token.dep_ == "relcl" and in_scope and is_content(token, head, self._lexicon):
            self._found.suppose()  # in the event that
        if in_scope and (
            is_foregone(token)
            or is_pending(token, head, self._lexicon)
            or is_told(token, self._lexicon)
            or is_overdue(token, head)
        ):
            self._found.suppose()
        if token.dep_ == "advcl" and in_scope and is_purpose(token):
            if self._lexicon.marks(head, "able") and is_passive(head):
                self._found.able = True  # was built to
            else:
                self._found.suppose()  # a purpose
        return False if token.dep_ in ("relcl", "advcl", "parataxis", "acl", "nsubj") else in_scope

    def _preposition(self, token: Token, head: Token, in_scope: bool) -> bool:
        if token.dep_ != "prep":
            if in_scope and word_before(head) in _EXCLUDING:
                self._found.deny()  # far from joining, it left
                return False
            if in_scope and head.lower_ == "without":
                self._found.deny()
            return in_scope
        if token.lower_ == "for" and self._lexicon.marks(head, "gratitude"):
            return False
        if head.tag_[0] == "V" and (token.lower_ in _CIRCUMSTANCES or is_absolute(token)):
            if in_scope:
                self._clauses.modals(head)
            return False
        reached_by_clause = any(c.dep_ == "pcomp" for c in token.children)
        is_aim = reached_by_clause and token.lower_ in TOWARDS
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
            prevents = self._lexicon.marks(head, "negative") and token.i > head.i
            if prevents and token.lower_ not in _MEANS:
                self._found.deny()
            elif self._lexicon.marks(head, "intent") and (token.lower_ in _TOWARDS or is_aim):
                self._found.suppose()
            elif self._given:
                return False
            self._clauses.read(head)
        elif in_scope and head.tag_[0] == "J" and reached_by_clause:
            self._under_adjective(head)
        elif in_scope and head.dep_ == "advmod" and reached_by_clause:
            if self._lexicon.marks(head, "intent"):
                self._found.suppose()  # came close to buying
            elif self._lexicon.marks(head.head, "negative"):
                self._found.deny()  # thought better of buying
        elif in_scope and head.tag_[0] == "N":
            if self._lexicon.marks(head, "negative"):
                self._found.deny()
            elif (
                self._lexicon.marks(head, "intent")
                or self._lexicon.marks(head, "risk")
                or (is_aim and self._lexicon.marks(head, "contemplated"))
                or is_in_case(head)
            ):
                self._found.suppose()
            elif token.lower_ == "of" and self._lexicon.marks(head, "report_noun"):
                self._found.report(next(iter(holders(head)), None))
            elif self._given:
                return False
        return in_scope

    def _event(self, preposition: Token) -> None:
        """An event with its own agent, taken as a whole: *the prospect of Serbia joining NATO*."""
        governor = preposition.head
        if governor.tag_[0] == "J":
            self._under_adjective(governor)
            return
        if governor.tag_[0] == "N" and has_no(governor):
            self._found.deny()  # no proof of Serbia arming
        if self._lexicon.marks(governor, "negative"):
            self._found.deny()
        elif self._lexicon.marks(governor, "report_noun") and preposition.lower_ == "of":
            self._found.report(next(iter(holders(governor)), None))
        elif governor.tag_[0] == "V" and says(governor, self._lexicon):
            self._found.report(speaker_of(governor))
        elif not (
            self._lexicon.marks(governor, "actual") or self._lexicon.marks(governor, "witnessing")
        ):
            self._found.suppose()
        if governor.tag_[0] == "V":
            self._clauses.read(governor)

    def _complement(self, clause: Token, head: Token, in_scope: bool) -> None:
        """A clause that depends on a verb, an adjective or a noun of saying, wishing, refusing."""
        if clause.dep_ in _IN_NOUNS and self._lexicon.marks(head, "report_noun"):
            self._found.report(next(iter(holders(head)), None))
        elif is_undoubted(head) or is_presupposed(clause, head, self._lexicon):
            return  # there is no doubt that, nobody knew that
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
            or (clause.dep_ in ("acl", "relcl") and self._lexicon.marks(head, "untrue"))
        ):
            self._found.deny()  # it is a myth that
        elif in_scope and clause.dep_ != "relcl" and self._lexicon.marks(head, "thought"):
            self._found.suppose()  # the notion that
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
            self._clauses.read(head)

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
        if is_thought(clause, head, self._lexicon) or is_overdue(clause, head):
            return True
        if clause.dep_ in ("acl", "relcl") or head.tag_[0] == "N":
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
        given = self._given and noun == self._word
        if (
            is_unlikely(verb, self._lexicon)
            or is_unsettled(verb, self._lexicon)
            or is_open_subject(noun, verb)
            or (is_left_open(noun, verb, self._lexicon) and not given)
        ):
            self._found.suppose()
        elif is_void(verb, self._lexicon) or (
            self._lexicon.marks(noun, "report_noun") and is_untrue(verb, self._lexicon)
        ):
            self._found.deny()  # the pact is a dead letter, reports of it proved false
        elif self._lexicon.marks(verb, "occurrence") and not is_likened(verb):
            self._clauses.read(verb)  # the sale did not go ahead
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
        self._clauses.read(verb)

    def _sentence(self) -> None:
        """What holds for the whole sentence: its sources, a made-up world, a question mark."""
        sentence = self._word.sent
        for speaker in sources(sentence, self._path, self._lexicon):
            self._found.report(speaker)
        path = [sentence.doc[index] for index in sorted(self._path)]
        root = [token for token in path if token.head == token]
        beside = [child for above in path for child in above.children]
        beside += [c for auxiliary in beside if auxiliary.dep_ == "aux" for c in auxiliary.children]
        for token in (*root, *beside):
            if token.lower_ in ("perhaps", "maybe") or is_fiction(token, self._path, self._lexicon):
                self._found.suppose()
        if "?" in sentence[-1].text:
            self._found.suppose()
