"""What a clause is to the word it fills in: a wish, a purpose, a condition, something untrue.

Each function looks at one clause, noun or verb of the parse and answers one question; what follows
from it for a claim is decided in `attribution`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..parsing.inflection import BE
from .grammar import is_passive, subjects
from .negation import has_no, is_denied
from .triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_TELLING = frozenset(
    """add admit confess emphasise emphasize highlight mention note observe point recall remind
    reiterate repeat say stress submit tell underline underscore""".split()
)
_WISHING = frozenset("want wanted like wish let allow permit must have love".split())
_HOLD = ("hold", "holds", "held", "holding")
_FIND = ("find", "finds", "found", "finding")
_OPEN = frozenset("accident coincidence doubt mystery news question secret surprise wonder".split())


def is_gerund_of(token: Token, head: Token, lexicon: RelationLexicon) -> bool:
    """*gave up hosting*, where the parser sees a clause of its own."""
    return (
        token.tag_ == "VBG"
        and token.i > head.i
        and not has_subject(token)
        and not any(c.dep_ == "mark" for c in token.children)
        and lexicon.marks(head, "negative")
        and not (lexicon.marks(token, "accusation") and token.left_edge.nbor(-1).text == ",")
    )


def is_undoubted(head: Token) -> bool:
    """*There is no doubt that*, *nobody doubts that*, *it is no secret that*: a fact follows."""
    if head.lower_ in BE:
        return any(c.dep_ == "attr" and c.lower_ in _OPEN and has_no(c) for c in head.children)
    if head.lower_ in ("doubt", "question") and head.tag_[0] == "N":
        return has_no(head)
    return head.lower_ in ("doubt", "doubts", "doubted") and any(
        (c.dep_ == "neg") or (c.dep_ in _SUBJECTS and c.lower_ in ("nobody", "none"))
        for c in head.children
    )


def is_presupposed(clause: Token, head: Token, lexicon: RelationLexicon) -> bool:
    """*Few knew that it had bought it*: who does not know is ignorant of a fact."""
    return (
        clause.dep_ == "ccomp"
        and lexicon.marks(head, "knowing")
        and is_denied(head, lexicon.classes["negation"], ())
        and any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    )


def is_command(verb: Token) -> bool:
    """*Chancellor, call Kyiv*: the one called upon, whom the parser takes for the subject."""
    if verb.tag_ != "VB" or any(c.dep_ in ("aux", "auxpass", "mark") for c in verb.children):
        return False
    called = next((c for c in verb.lefts if c.dep_ in ("nsubj", "npadvmod", "dep")), None)
    return (
        called is not None
        and called.right_edge.nbor().text == ","
        and not any(c.dep_ in ("appos", "relcl", "acl", "conj") for c in called.children)
    )


def is_told_to_suppose(verb: Token, lexicon: RelationLexicon) -> bool:
    """*Assume for a moment that it has bought it*."""
    return (
        verb.tag_ == "VB"
        and verb.dep_ == "ROOT"
        and not has_subject(verb)
        and not any(c.dep_ == "aux" for c in verb.children)
        and lexicon.marks(verb, "question")
    )


def is_performative(verb: Token) -> bool:
    """*I will say that it has bought it*: who announces his words has said them."""
    return verb.lower_ in _TELLING and any(
        c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in verb.lefts
    )


def is_done_by_saying(clause: Token, head: Token, lexicon: RelationLexicon) -> bool:
    """*I want to thank Norway*, *let me say that it won*: to say that one would is to do so.

    The performatives of Austin (1962), *How to Do Things with Words*.
    """
    if clause.tag_ != "VB" or head.lower_ not in _WISHING:
        return False
    if not lexicon.marks(clause, "gratitude") and clause.lower_ not in _TELLING:
        return False
    whos = [c for c in clause.lefts if c.dep_ == "nsubj"] or subjects(clause)
    return any(who.lower_ in ("i", "we", "me", "us") for who in whos)


def is_avowal(verb: Token) -> bool:
    """*We reaffirm that Peru has joined it*: the author's own word, and that of no other."""
    spoken = verb.tag_ == "VBP" or is_performative(verb)
    return spoken and any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in verb.lefts)


def is_deed(clause: Token, head: Token) -> bool:
    """*Find ways to help it*, *hold it to account*: verbs of judging that here judge nothing."""
    that = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    return (head.lower_ in _HOLD and not that) or (head.lower_ in _FIND and is_infinitive(clause))


def is_apart(clause: Token, head: Token) -> bool:
    """*It sold the jet; Peru said that*: the sentence before, taken for what is said."""
    between = clause.doc[clause.right_edge.i + 1 : head.i]
    return clause.dep_ == "ccomp" and any(t.text == ";" for t in between)


def is_foregone(clause: Token) -> bool:
    """*It would sooner starve than recognise it*: the worse of two courses."""
    return (
        clause.dep_ == "advcl"
        and clause.tag_ == "VB"
        and any(c.dep_ == "mark" and c.lower_ == "than" for c in clause.children)
    )


def is_as_though(mark: Token) -> bool:
    return mark.lower_ == "though" and word_before(mark) == "as"


def is_set_to(word: Token) -> bool:
    """*Fiji set to ink a deal*, a headline whose infinitive the parser takes for a noun."""
    return word.lower_ == "set" and word.nbor(1).lower_ == "to" and word.nbor(1).head != word


def said_by_subject(verb: Token, lexicon: RelationLexicon) -> Token | None:
    """*The view of Paris is that*, *the story goes that*, *rumour has it that*."""
    if verb.lower_ not in (*BE, "goes", "went") and not any(
        c.lower_ == "it" for c in verb.children
    ):
        return None
    nouns = (c for c in verb.children if c.dep_ == "nsubj" and lexicon.marks(c, "report_noun"))
    return next(nouns, None)


def guessed_by_subject(verb: Token, lexicon: RelationLexicon) -> bool:
    """*The danger is that*, *chances are that*; but *the fact is that*."""
    return verb.lower_ in BE and any(
        c.dep_ == "nsubj" and any(lexicon.marks(c, name) for name in ("guess", "risk", "thought"))
        for c in verb.children
    )


def says(verb: Token, lexicon: RelationLexicon) -> bool:
    """A verb of saying that tells something; not *they suggest nothing new: the missile is*."""
    return lexicon.marks(verb, "report") and not any(
        c.dep_ == "dobj" and c.lower_ in ("nothing", "little") for c in verb.children
    )


def interrupted_noun(clause: Token) -> Token | None:
    """*The notion, dear to some, that Peru bought it is false*: the noun its clause is parted from.

    The parser makes the noun a second subject, and the clause the main one.
    """
    that = next((c for c in clause.lefts if c.dep_ == "mark" and c.lower_ == "that"), None)
    if that is None or clause.dep_ not in ("ROOT", "ccomp", "conj"):
        return None
    nouns = [c for c in clause.lefts if c.dep_ in _SUBJECTS]
    return nouns[0] if len(nouns) > 1 and nouns[0].i < that.i < nouns[1].i else None


def is_content(clause: Token, noun: Token, lexicon: RelationLexicon) -> bool:
    """*in the event that China attacks Japan*: what may be, not which event it is.

    The parser takes its *that* for an object beside the object it has.
    """
    if not any(lexicon.marks(noun, name) for name in ("risk", "intent", "report_noun", "thought")):
        return False
    that = noun.nbor(1)
    if that.lower_ != "that" or that.dep_ not in ("dobj", "dative", "pobj"):
        return False
    if that.dep_ == "pobj" and sum(c.dep_ == "pobj" for c in that.head.children) < 2:
        return False
    return any(c.dep_ == "dobj" and c != that for c in clause.children)


def is_said_to(verb: Token, lexicon: RelationLexicon) -> bool:
    """*is believed to have*, *claims to have*, *appears to have*."""
    return lexicon.marks(verb, "appearance") or (
        lexicon.marks(verb, "report") and is_passive(verb) and not lexicon.marks(verb, "request")
    )


def is_condition(clause: Token, lexicon: RelationLexicon) -> bool:
    """*NATO helps if Russia attacks*; not *even if* nor *as if*."""
    return any(
        c.dep_ == "mark"
        and c.lower_ in ("if", "unless", "provided", "assuming")
        and word_before(c) not in ("even", "as")
        for c in clause.children
    )


def is_open_end(clause: Token, noun: Token) -> bool:
    """*talks to buy*, *a deal to sell*; but who is *the first country to buy* has bought."""
    return is_infinitive(clause) and not any(
        c.lower_ in ("first", "second", "third", "last", "latest", "only") for c in noun.children
    )


def is_complement(clause: Token) -> bool:
    """A clause that fills in a noun: *plan to buy*, *claim that Poland hosts it*."""
    return is_infinitive(clause) or any(
        c.dep_ == "mark" and c.lower_ == "that" for c in _with_auxiliaries(clause)
    )


def _with_auxiliaries(clause: Token) -> Iterator[Token]:
    """The words beside a verb; the parser may hang some of them on its auxiliary."""
    for child in clause.children:
        yield child
        if child.dep_ == "aux":
            yield from child.children


def asks(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("if", "whether") for c in clause.children)


def is_subjunctive(clause: Token) -> bool:
    """*It is essential that Congress pass it*: what ought to be."""
    return (
        clause.tag_ == "VB"
        and has_subject(clause)
        and any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
        and not any(c.dep_ in ("aux", "auxpass") for c in clause.children)
    )


def is_infinitive(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def is_purpose(clause: Token) -> bool:
    """*To attack Iran, it needs tankers*; *it is folly for it to attack*."""
    return is_infinitive(clause) and (
        not has_subject(clause)
        or any(c.dep_ == "mark" and c.lower_ == "for" for c in clause.children)
    )


def has_subject(token: Token) -> bool:
    return any(c.dep_ in _SUBJECTS for c in token.children)


def word_before(token: Token) -> str:
    """The word before, in lower case."""
    return token.nbor(-1).lower_ if token.i else ""


def is_in_case(noun: Token) -> bool:
    """*in case of*, but not *in the case of*, which speaks of one that is known."""
    return noun.lower_ == "case" and noun.head.lower_ == "in" and not any(noun.lefts)


def is_inverted(word: Token) -> bool:
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


def is_had(clause: Token, word: Token) -> bool:
    """*If you ask me, power explains their desire to join*: what somebody has, is there."""
    return clause != word and any(c.dep_ == "poss" for c in word.children)
