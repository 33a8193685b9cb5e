"""What stands beside a word in its own clause: *not*, *may*, *reportedly*, *if*."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from .commitment import Attribution
from .complements import (
    has_subject,
    interrupted_noun,
    is_as_though,
    is_command,
    is_condition,
    is_had,
    is_inverted,
    is_performative,
    is_set_to,
)
from .gerunds import is_staged
from .grammar import SUBJECTS
from .negation import gives_nothing, has_no, is_denied
from .nouns import holders
from .timing import is_otherwise, is_scheduled
from .triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token


class Clauses:
    """Reads clauses on the way from a trigger to the root of its sentence.

    Args:
        word: The trigger.
        path: Indices of the trigger and of all that governs it, looked at by themselves.
        lexicon: Knows the words of each class of cue.
        found: What is found is noted here.
    """

    def __init__(
        self, word: Token, path: AbstractSet[int], lexicon: RelationLexicon, found: Attribution
    ) -> None:
        self._word = word
        self._path = path
        self._lexicon = lexicon
        self._found = found

    def read(self, word: Token) -> None:
        """Negation, modals, adverbs and conjunctions of the word's own clause."""
        self._negation(word)
        self.modals(word)
        noun = interrupted_noun(word)
        if noun is not None and self._lexicon.marks(noun, "thought"):
            self._found.suppose()
        elif noun is not None and self._lexicon.marks(noun, "report_noun"):
            self._found.report(next(iter(holders(noun)), None))
        for child in word.children:
            marked = child.dep_ == "mark" and (
                self._lexicon.marks(child, "condition") or is_as_though(child)
            )
            conditional = child.dep_ == "advcl" and is_condition(child, self._lexicon)
            if marked or (conditional and not is_had(word, self._word)):
                self._found.suppose()
            elif child.dep_ in ("advmod", "acomp", "oprd", "intj", "neg", "amod"):
                self._qualified(child, word)
        if is_inverted(word) or is_otherwise(word) or is_set_to(word) or is_staged(word):
            self._found.suppose()

    def _qualified(self, modifier: Token, word: Token) -> None:
        """*possibly bought*, *an alleged sale*, *the cancelled order*."""
        noun = word.tag_[0] == "N" and modifier.dep_ == "amod"
        if self._lexicon.marks(modifier, "reportative") or _is_so_called(modifier):
            self._found.report(None)
        elif noun and self._lexicon.marks(modifier, "undone"):
            self._found.deny()
        elif self._lexicon.marks(modifier, "doubt") or (
            noun and self._lexicon.marks(modifier, "planned")
        ):
            self._found.suppose()

    def _negation(self, word: Token) -> None:
        if is_denied(word, self._lexicon.classes["negation"], self._path) or (
            word == self._word and gives_nothing(word)
        ):
            self._found.deny()

    def modals(self, word: Token) -> None:
        """*may buy*, *will buy*, *India to buy*: possible or ahead; *can* is a capability."""
        if is_performative(word):
            return
        for child in word.children:
            if child.dep_ in ("aux", "auxpass") and (
                self._lexicon.marks(child, "doubtful_modal")
                or self._lexicon.marks(child, "future")
                or (child.lower_ == "had" and child.nbor(1).lower_ in ("better", "best"))
            ):
                self._found.suppose()
            elif child.dep_ == "aux" and child.lower_ == "to" and word.dep_ == "ROOT":
                self._found.suppose()  # a headline: India to buy the Rafale
            elif child.dep_ == "aux" and child.lower_ in ("can", "ca"):
                self._found.able = True
        if is_command(word) or is_scheduled(word):
            self._found.suppose()

    def shared(self, conjunct: Token, head: Token) -> None:
        """A second verb shares the modal of the first, and its *not* where *or* joins them."""
        if is_inverted(head) or any(
            c.dep_ == "mark" and self._lexicon.marks(c, "condition") for c in head.children
        ):
            self._found.suppose()  # if it breaks the deal and attacks
        if not has_subject(conjunct):
            self.modals(head)
            chain = (head, *head.conjuncts)  # does not own, lease or operate it
            if any(c.lower_ in ("or", "nor") for verb in chain for c in verb.children):
                self._negation(head)
            elif any(c.dep_ in SUBJECTS and has_no(c) for c in head.lefts):
                self._found.deny()  # no jet took off and hit it


def _is_so_called(modifier: Token) -> bool:
    return modifier.lower_ == "called" and any(c.lower_ == "so" for c in modifier.lefts)
