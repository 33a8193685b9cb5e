"""Polarity, modality and speaker of what a word states.

The walk goes from the word up to the root of its sentence. On the way, what governs the word may
deny it (*refused to*), suppose it (*may*, *if*, *wants to*) or report it (*said that*); each effect
holds only for what stands in its scope, so a relative clause inside a wish is still a fact. The
idea of cue and scope follows ConText (Harkema et al., 2009), read off the parse.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .parsing.inflection import BE
from .stating.adjectives import under_adjective
from .stating.clauses import Clauses
from .stating.colons import introduce
from .stating.commitment import Attribution
from .stating.complements import (
    asks,
    guessed_by_subject,
    is_apart,
    is_avowal,
    is_complement,
    is_content,
    is_deed,
    is_done_by_saying,
    is_foregone,
    is_gerund_of,
    is_infinitive,
    is_open_end,
    is_presupposed,
    is_purpose,
    is_said_to,
    is_subjunctive,
    is_told_to_suppose,
    is_undoubted,
    said_by_subject,
    says,
)
from .stating.frames import frame
from .stating.gerunds import (
    is_event,
    is_open_subject,
    is_thought,
    preposition_of,
)
from .stating.grammar import is_passive
from .stating.hearsay import Quotation, sources, speaker_of
from .stating.nouns import holders, is_epithet
from .stating.predicates import (
    is_any,
    is_indefinite,
    is_left_open,
    is_likened,
    is_of_a_kind,
    is_own,
    is_put_off,
    is_unlikely,
    is_unsettled,
    is_untrue,
    is_void,
)
from .stating.prepositions import Prepositions
from .stating.timing import is_no_longer, is_overdue, is_pending
from .stating.triggers import RelationLexicon
from .stating.worlds import is_fiction, is_in_terms, is_told

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSAL = ("xcomp", "ccomp", "pcomp", "acomp", "oprd")
_NOMINAL = ("dobj", "pobj", "attr", "nsubjpass", "oprd", "dative")
_IN_NOUNS = ("acl", "advcl", "relcl")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
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


def ascribe(found: Attribution, word: Token, quotations: Sequence[Quotation]) -> None:
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
        self._prepositions = Prepositions(word, given, self._clauses, lexicon, self._found)

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
                self._prepositions.governs_event(preposition)
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
            return self._prepositions.climb(token, head, in_scope)
        if (
            token.dep_ in _CLAUSAL
            or (token.dep_ in ("acl", "relcl") and is_complement(token))
            or (token.dep_ == "advcl" and head.tag_[0] == "N" and is_complement(token))
            or (token.dep_ == "advcl" and is_gerund_of(token, head, self._lexicon))
        ):
            self._complement(token, head, in_scope)
            return in_scope
        if token is self._word and self._given and is_epithet(token):
            return False
        if token.dep_ in _NOMINAL and head.tag_[0] == "V" and in_scope:
            if token is self._word and self._given:
                return False
            if self._lexicon.marks(head, "presupposing") and not (
                self._lexicon.marks(head, "changing")
                and is_indefinite(token)
                and not head.head.lower_.startswith("continu")
            ):
                return False
            self._governed_noun(token, head)
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
        if is_in_terms(token, self._lexicon):
            return in_scope
        return False if token.dep_ in ("relcl", "advcl", "parataxis", "acl", "nsubj") else in_scope

    def _complement(self, clause: Token, head: Token, in_scope: bool) -> None:
        """A clause that depends on a verb, an adjective or a noun of saying, wishing, refusing."""
        if is_apart(clause, head) or is_deed(clause, head):
            return
        if is_done_by_saying(clause, head, self._lexicon):
            return
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
            is_mental = self._lexicon.marks(head, "mental")
            if is_mental and not in_scope:  # thought he could win when he invaded it
                return
            if is_mental or not is_avowal(head):
                self._found.report(speaker_of(head))
        elif clause.dep_ == "ccomp" and (noun := said_by_subject(head, self._lexicon)) is not None:
            self._found.report(next(iter(holders(noun)), None))
        elif in_scope and clause.dep_ == "ccomp" and guessed_by_subject(head, self._lexicon):
            self._found.suppose()
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
            under_adjective(head, self._lexicon, self._found)
        elif in_scope and is_subjunctive(clause):
            self._found.suppose()
        elif in_scope and (
            any(c.lower_ == "yet" for c in head.children)  # has yet to
            or is_no_longer(clause, head)
        ):
            self._found.deny()
        elif in_scope and self._is_open(clause, head):
            self._found.suppose()
        if in_scope:
            self._clauses.read(head)

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
        if head.tag_ == "MD":
            return True  # ought to
        if not is_infinitive(clause) or head.tag_[0] != "V":
            return False
        if self._lexicon.marks(head, "able"):
            self._found.able = True
            return False
        return head.lower_ in BE or not (
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
            or (noun == self._word and is_of_a_kind(noun, verb))
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

    def _governed_noun(self, noun: Token, verb: Token) -> None:
        """A verb that acts on the noun that states something: *rejected the agreement*."""
        if self._lexicon.marks(verb, "denial"):
            self._found.deny()
            self._found.report(speaker_of(verb))
        elif self._lexicon.marks(verb, "negative"):
            self._found.deny()
            self._found.ended = True
        elif (
            (self._lexicon.marks(verb, "intent") and not self._lexicon.marks(verb, "report"))
            or (self._lexicon.marks(verb, "foreboding") and is_indefinite(noun))
            or is_put_off(verb, self._lexicon)
        ):
            self._found.suppose()
        elif (self._lexicon.marks(verb, "claiming") and noun.dep_ == "dobj") or (
            self._lexicon.marks(verb, "announcing") and is_own(noun)
        ):
            self._found.report(speaker_of(verb))
        self._clauses.read(verb)

    def _sentence(self) -> None:
        """What holds for the whole sentence: its sources, a made-up world, a question mark."""
        sentence = self._word.sent
        for speaker in sources(sentence, self._path, self._lexicon):
            self._found.report(speaker)
        introduce(self._word, self._lexicon, self._found)
        path = [sentence.doc[index] for index in sorted(self._path)]
        root = [token for token in path if token.head == token]
        beside = [child for above in path for child in above.children]
        beside += [c for auxiliary in beside if auxiliary.dep_ == "aux" for c in auxiliary.children]
        for token in (*root, *beside):
            if (
                token.lower_ in ("perhaps", "maybe")
                or is_fiction(token, self._path, self._lexicon)
                or is_told_to_suppose(token, self._lexicon)
            ):
                self._found.suppose()
        if "?" in sentence[-1].text:
            self._found.suppose()
        frame(self._word, self._found)
