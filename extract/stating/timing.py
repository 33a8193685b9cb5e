"""Clauses of time that speak of what has not come about: *once it joins, it will*, *high time*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_TIMES = frozenset("after before when whenever".split())
_BOUNDS = frozenset("once till until".split())
_PERIODS = frozenset("day hour minute moment soon time year".split())
"""What a clause of time may hang on: *as soon as*, *by the time*, *the day*."""
_CALENDAR = frozenset(
    """day week weekend fortnight month quarter year decade spring summer autumn fall winter
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december hour minute""".split()
)


def is_pending(clause: Token, head: Token, lexicon: RelationLexicon) -> bool:
    """*Once it joins, it will*, *until it joins*: a present tense that speaks of the future.

    In the past the same clause tells what happened (*once it had joined*), and beside another
    present it goes on now.
    """
    if clause.dep_ == "relcl" and head.dep_ == "npadvmod" and head.lower_ in _PERIODS:
        return _is_present(clause) and _is_ahead(head.head, lexicon)
    if clause.dep_ != "advcl" or not _is_present(clause):
        return False
    words = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod") and c.i < clause.i}
    if not words.isdisjoint(_BOUNDS) or ("as" in words and head.lower_ in _PERIODS):
        return True
    timed = not words.isdisjoint(_TIMES) or head.lower_ in _PERIODS
    return timed and _is_ahead(head, lexicon)


def is_scheduled(verb: Token) -> bool:
    """*Takes delivery next spring*, *is buying it tomorrow*: a present tense with a future date."""
    if not _is_present(verb) or verb.tag_ == "VBN":
        return False
    for child in verb.children:
        if child.dep_ in ("npadvmod", "advmod") and _is_future(child):
            return True
        if child.dep_ == "prep" and child.lower_ in ("in", "by", "from", "on", "until", "before"):
            for time in child.children:
                if time.dep_ == "pobj" and (
                    _is_future(time) or (child.lower_ == "in" and _is_span(time))
                ):
                    return True
    return False


def _is_future(time: Token) -> bool:
    """*tomorrow*, *next year*, *later this month*."""
    words = {c.lower_ for c in time.lefts}
    return time.lower_ == "tomorrow" or (
        time.lower_ in _CALENDAR
        and ("next" in words or "coming" in words or ("later" in words and "this" in words))
    )


def _is_span(time: Token) -> bool:
    """*in two years*, counted from now."""
    return time.lower_.removesuffix("s") in _CALENDAR and any(
        c.dep_ == "nummod" and c.tag_ == "CD" for c in time.lefts
    )


def is_no_longer(clause: Token, verb: Token) -> bool:
    """*Used to supply it*; but *used it to supply* and *is used to supply*."""
    return (
        clause.dep_ == "xcomp"
        and verb.lower_ == "used"
        and not any(c.dep_ in ("dobj", "aux", "auxpass", "nsubjpass") for c in verb.children)
        and any(c.dep_ == "nsubj" for c in verb.children)
        and any(c.lower_ == "to" and c.i == verb.i + 1 for c in clause.lefts)
    )


def is_overdue(clause: Token, head: Token) -> bool:
    """*It is high time that Canada bought it*; but *the first time that it bought it* was one."""
    if clause.tag_ != "VBD":
        return False
    if clause.dep_ == "relcl":
        times = [head]
    elif clause.dep_ == "ccomp":
        times = [c for p in head.children if p.lower_ == "about" for c in p.children]
        times += [c for c in head.children if c.dep_ == "attr"]
    else:
        return False
    return any(
        t.lower_ == "time" and all(c.lower_ in ("high", "about") for c in t.lefts) for t in times
    )


def is_otherwise(word: Token) -> bool:
    """*Otherwise Airbus sues*, of what happens if not; not *which otherwise supports it*."""
    own = next((c.i for c in word.children if c.dep_ in _SUBJECTS), word.i)
    return any(c.lower_ == "otherwise" and c.dep_ == "advmod" and c.i < own for c in word.children)


def _is_present(clause: Token) -> bool:
    finite = next((c for c in clause.children if c.dep_ in ("aux", "auxpass")), clause)
    return finite.tag_ in ("VBZ", "VBP")


def _is_ahead(verb: Token, lexicon: RelationLexicon) -> bool:
    """Whether a verb speaks of the future, or of what may be."""
    return any(
        lexicon.marks(c, "future") or lexicon.marks(c, "doubtful_modal") for c in verb.children
    )
