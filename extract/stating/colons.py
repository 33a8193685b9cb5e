"""What stands before a colon and says what follows it is: *It was only a dream: ...*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..parsing.inflection import BE
from .commitment import Attribution
from .triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPEN = ("fiction", "thought", "intent", "risk", "question")


def introduce(word: Token, lexicon: RelationLexicon, found: Attribution) -> None:
    """Note what the words before a colon make of what comes after it.

    *The scenario: ...* and *imagine this: ...* suppose it, *the rumour was everywhere: ...*
    reports it, *it is a myth: ...* denies it.
    """
    head = _introduction(word)
    if head is None:
        return
    nouns = [head]
    if head.tag_[0] == "V":
        described = any(c.dep_ == "acomp" and c.tag_[0] == "J" for c in head.children)
        nouns = [c for c in head.children if c.dep_ in ("attr", "dobj")]
        for subject in (c for c in head.children if c.dep_ == "nsubj"):
            if (
                described
                or lexicon.marks(subject, "report_noun")
                or (head.lower_ not in BE and lexicon.marks(subject, "fiction"))
            ):
                nouns.append(subject)
            whole = (c for of in subject.children if of.lower_ == "of" for c in of.children)
            nouns += [c for c in whole if lexicon.marks(c, "fiction")]  # the plot of the thriller
    nouns = [n for n in nouns if n.tag_ in ("NN", "NNS")]
    commanded = head.tag_ == "VB" and not any(c.dep_ in ("aux", "nsubj") for c in head.children)
    if any(lexicon.marks(n, "untrue") for n in nouns if n.dep_ == "attr"):
        found.deny()
    elif any(lexicon.marks(n, name) for n in nouns for name in _OPEN) or (
        commanded and any(lexicon.marks(head, name) for name in ("question", "imagining"))
    ):
        found.suppose()
    elif any(lexicon.marks(n, "report_noun") for n in nouns):
        found.report(None)


def _introduction(word: Token) -> Token | None:
    """The head of what stands before the colon that opens the clause of a word."""
    doc, start = word.doc, word.sent.start
    colon = next((i for i in range(word.i, start, -1) if doc[i].text == ":"), None)
    if colon is None:
        if start and doc[start - 1].text == ":":  # where the parser ends the sentence
            return doc[start - 1].sent.root
        return None
    before = doc[start:colon]
    return before.root
