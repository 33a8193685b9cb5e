"""What a word makes of what hangs on it by a preposition: *decided against buying*, *the myth of*.

The prepositions on the way from a trigger to the root of its sentence, each with the verb, noun,
adjective or adverb that it belongs to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .adjectives import under_adjective
from .clauses import Clauses
from .commitment import Attribution
from .complements import is_in_case, says, word_before
from .gerunds import TOWARDS, is_absolute
from .hearsay import speaker_of
from .negation import has_no
from .nouns import holders, kind_of
from .predicates import (
    is_a_step_away,
    is_a_step_from,
    is_approach,
    is_given_thought,
    is_indefinite,
    is_within,
)
from .triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOWARDS = frozenset("about for of on to toward towards with".split())
_EXCLUDING = ("instead", "far", "short", "nowhere")
_NOTHING = ("absence", "lack")
_ASIDE = frozenset(("by", "through", "without"))
"""Prepositions of how something is done: *ended its term without meeting him*."""
_CIRCUMSTANCES = frozenset(
    "after amid amidst despite during following notwithstanding since".split()
)
"""Prepositions behind which something is taken as given: *has not acted despite the attack*."""


class Prepositions:
    """Reads prepositions on the way from a trigger to the root of its sentence.

    Args:
        word: The trigger.
        given: The word is a noun whose existence the sentence takes for granted.
        clauses: Reads the clause of a verb that governs a preposition.
        lexicon: Knows the words of each class of cue.
        found: What is found is noted here.
    """

    def __init__(
        self,
        word: Token,
        given: bool,
        clauses: Clauses,
        lexicon: RelationLexicon,
        found: Attribution,
    ) -> None:
        self._word = word
        self._given = given
        self._clauses = clauses
        self._lexicon = lexicon
        self._found = found

    def climb(self, token: Token, head: Token, in_scope: bool) -> bool:
        """Apply what `head` does to `token`; returns whether its scope still reaches the word."""
        if token.dep_ != "prep":
            return self._out_of(head) if in_scope else False
        by_clause = any(c.dep_ == "pcomp" for c in token.children)
        if by_clause and token.lower_ == "of" and head.dep_ == "dobj" and head.tag_ == "NNP":
            head = head.head  # acquitted Togo of attacking: a name has no such complement
        if token.lower_ == "for" and self._lexicon.marks(head, "gratitude"):
            return False
        if head.tag_[0] == "V" and (token.lower_ in _CIRCUMSTANCES or is_absolute(token)):
            if in_scope:
                self._clauses.modals(head)
            return False
        if in_scope and by_clause and token.lower_ == "against":
            if self._lexicon.marks(head, "report"):
                self._found.suppose()  # warned against
            else:
                self._found.deny()  # decided against
            return in_scope
        if by_clause and self._lexicon.marks(head, "accusation"):
            self._found.report(speaker_of(head))
            return in_scope
        if not in_scope:
            return False
        if head.tag_[0] == "V":
            return self._under_verb(token, head, by_clause)
        if head.tag_[0] == "J" and by_clause:
            under_adjective(head, self._lexicon, self._found)
        elif head.dep_ == "advmod" and by_clause:
            self._under_adverb(head)
        elif head.tag_[0] == "N":
            return self._under_noun(token, head, by_clause)
        return True

    def governs_event(self, preposition: Token) -> None:
        """An event with its own agent, taken as a whole: *the prospect of Serbia joining NATO*."""
        governor = preposition.head
        if governor.tag_[0] == "J":
            under_adjective(governor, self._lexicon, self._found)
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

    def _out_of(self, preposition: Token) -> bool:
        """*Far from joining*, *without joining*."""
        if word_before(preposition) in _EXCLUDING:
            self._found.deny()  # far from joining, it left
            return False
        if preposition.lower_ == "without":
            self._found.deny()
        return True

    def _under_verb(self, token: Token, verb: Token, by_clause: bool) -> bool:
        prevents = self._lexicon.marks(verb, "negative") and token.i > verb.i
        is_aim = by_clause and token.lower_ in TOWARDS
        if prevents and token.lower_ not in _ASIDE:
            self._found.deny()
        elif (self._lexicon.marks(verb, "intent") and (token.lower_ in _TOWARDS or is_aim)) or (
            by_clause and (is_given_thought(verb, self._lexicon) or is_approach(verb))
        ):
            self._found.suppose()
        elif self._given:
            return False
        elif (token.lower_ == "as" and self._lexicon.marks(verb, "calling")) or (
            token.lower_ in ("of", "about")
            and is_indefinite(self._word)
            and says(verb, self._lexicon)
        ):
            self._found.report(speaker_of(verb))  # lists it as an ally, spoke of an attack
        self._clauses.read(verb)
        return True

    def _under_adverb(self, adverb: Token) -> None:
        if self._lexicon.marks(adverb, "intent") or is_a_step_away(adverb):
            self._found.suppose()  # came close to buying
        elif self._lexicon.marks(adverb.head, "negative"):
            self._found.deny()  # thought better of buying
        if adverb.head.tag_[0] == "V":
            self._clauses.read(adverb.head)  # never got round to buying

    def _under_noun(self, token: Token, noun: Token, by_clause: bool) -> bool:
        if self._given and noun == kind_of(self._word):
            return False  # its campaign of violence
        is_aim = by_clause and token.lower_ in TOWARDS
        if token.lower_ == "of" and has_no(noun) and (by_clause or is_indefinite(self._word)):
            self._found.deny()  # no treaty of friendship, no intention of joining
        elif self._lexicon.marks(noun, "negative") or (
            token.lower_ == "of" and self._lexicon.marks(noun, "untrue")  # the myth of
        ):
            self._found.deny()
            return noun.lower_ not in _NOTHING  # what is not there has no part in the rest
        if (
            self._lexicon.marks(noun, "intent")
            or self._lexicon.marks(noun, "risk")
            or (is_aim and self._lexicon.marks(noun, "contemplated"))
            or (is_indefinite(self._word) and self._lexicon.marks(noun, "foreboding"))
            or is_in_case(noun)
            or (by_clause and (is_within(noun) or is_a_step_from(token, noun)))
        ):
            self._found.suppose()
        elif token.lower_ == "of" and self._lexicon.marks(noun, "report_noun"):
            self._found.report(next(iter(holders(noun)), None))
        elif self._given:
            return False
        return True
