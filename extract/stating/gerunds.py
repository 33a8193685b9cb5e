"""Clauses in *-ing* with an agent of their own: who acts in them, and what governs them.

*The prospect of Serbia joining NATO* tells of no member, *the news of it* does: the word that
governs the whole clause decides. The parser hangs such a clause now on the preposition, now on the
agent, now on the noun or verb beyond; what is asked here is the same for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..parsing.inflection import BE, verb_forms

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .triggers import RelationLexicon

_PROPER = ("NNP", "NNPS")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
TOWARDS = frozenset("about against at for in into of on over to toward towards upon".split())
"""Prepositions that introduce what a word is about; *after* and *by* give circumstances."""
_EXPECTING = frozenset(
    form
    for verb in """
    agree allude amount argue bank bet boast campaign care complain consent count depend
    disapprove dream fantasise fantasize fret fulminate gamble grumble guard hinge hope insist joke
    learn lobby long look militate muse object plan plead pray press push reckon rail rely
    speak speculate talk think vote wager wait warn wonder worry yearn
    """.split()
    for form in verb_forms(verb)
)
"""Verbs whose preposition introduces an event: *counts on Jakarta backing it*, but not *flew to
Jakarta carrying it*."""
_CONTENT = ("contemplated", "intent", "risk", "report_noun", "negative")
"""Classes of nouns that an event fills in: *the cost of*, *the plan of*, *the absence of*."""


def agent_of(gerund: Token) -> Token | None:
    """The agent of a clause that the parser hangs on the verb: *looks forward to Serbia joining*.

    Elsewhere the clause in that place speaks of the subject: *he flew to Serbia carrying a letter*.
    """
    preposition = _preposition_before(gerund) if gerund.dep_ == "advcl" else None
    if preposition is None or preposition.lower_ not in TOWARDS:
        return None
    governor = preposition.head
    beside = gerund.head in (governor, governor.head)
    expects = governor.tag_[0] == "J" or governor.lower_ in _EXPECTING
    return _noun_before(gerund) if beside and expects else None


def preposition_of(gerund: Token, lexicon: RelationLexicon) -> Token | None:
    """The preposition that joins a clause with its own agent to the word that governs it."""
    if gerund.tag_ != "VBG":
        return None
    if gerund.dep_ == "pcomp":
        own = any(c.dep_ == "nsubj" for c in gerund.children)
        return gerund.head if own and gerund.head.lower_ in TOWARDS else None
    preposition = _preposition_before(gerund)
    if preposition is None or preposition.lower_ not in TOWARDS:
        return None
    governor = preposition.head
    if gerund.dep_ == "advcl":
        return preposition if agent_of(gerund) is not None else None
    if gerund.dep_ != "acl" or gerund.head not in (governor, _noun_before(gerund)):
        return None
    if governor.tag_[0] == "N":
        return preposition if any(lexicon.marks(governor, c) for c in _CONTENT) else None
    expects = governor.tag_[0] == "J" or governor.lower_ in _EXPECTING
    return preposition if expects else None


def is_event(clause: Token, lexicon: RelationLexicon) -> bool:
    """Whether a clause and the noun it modifies name one event: *Ireland joining NATO*.

    A name needs no description, so what follows it is what it does; of another noun it depends on
    the verb (*rejected troops defending Kyiv*, but *hit troops defending Kyiv*).
    """
    noun = clause.head
    if clause.tag_ != "VBG" or clause.dep_ != "acl" or _noun_before(clause) != noun:
        return False
    if noun.tag_ == "NNP" or (noun.tag_ == "NNPS" and noun.nbor(-1).dep_ == "compound"):
        return True  # the United States joining, but not Ukrainians fleeing
    if noun.tag_ == "NN" and noun.text[0].isupper():
        return True  # a name the tagger misses at the head of a sentence
    return noun.dep_ == "dobj" and lexicon.marks(noun.head, "contemplating")


def is_open_subject(clause: Token, verb: Token) -> bool:
    """Whether what a clause names as the subject of a verb is a mere thought.

    *Ireland joining NATO would matter*, *arming Mali is no small thing*: only what is told in the
    past has come about (*Russia invading Ukraine changed Europe*).
    """
    return clause.tag_ == "VBG" and not _is_past(verb)


def is_thought(clause: Token, verb: Token, lexicon: RelationLexicon) -> bool:
    """*Foresaw Turkey buying it*, where nothing says that it did; *saw Turkey buying it* does."""
    return (
        clause.tag_ == "VBG"
        and clause.dep_ == "ccomp"
        and clause.i > verb.i
        and any(c.dep_ in _SUBJECTS for c in clause.children)
        and not any(c.dep_ in ("aux", "auxpass", "mark") for c in clause.children)
        and verb.lower_ not in BE
        and not lexicon.marks(verb, "witnessing")
    )


def is_absolute(preposition: Token) -> bool:
    """*With Turkey operating it, the factory lost its orders*: a circumstance of its own."""
    return preposition.lower_ == "with" and any(
        c.dep_ == "pcomp" and any(s.dep_ in _SUBJECTS for s in c.children)
        for c in preposition.children
    )


def is_staged(gerund: Token) -> bool:
    """*Chapter three has Israel striking Tabriz*, where no actor but a text has it so."""
    verb = gerund.head if gerund.dep_ == "ccomp" else gerund
    own = next((c for c in verb.children if c.dep_ == "aux"), None) if verb == gerund else verb
    if gerund.tag_ != "VBG" or own is None or own.lower_ not in ("has", "have", "had"):
        return False
    acts = any(c.dep_ == "nsubj" for c in gerund.children)
    texts = [c for c in own.children if c.dep_ == "nsubj" and c.i < own.i]
    return acts and any(c.tag_ in ("NN", "NNS") or _is_numbered(c) for c in texts)


def _is_numbered(noun: Token) -> bool:
    """*Chapter three*."""
    return any(c.dep_ == "nummod" and c.i > noun.i for c in noun.children)


def _is_past(verb: Token) -> bool:
    """*changed*, *has changed*, *was changing*; not *would have changed*."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(c.tag_ == "MD" for c in auxiliaries):
        return False
    return verb.tag_ == "VBD" or any(
        c.tag_ == "VBD" or c.lower_ in ("has", "have", "'ve") for c in auxiliaries
    )


def _noun_before(gerund: Token) -> Token | None:
    """The noun right before a gerund, or before its adverb: *Serbia ever joining*."""
    at = gerund.i - 1
    while at > 0 and gerund.doc[at].tag_ == "RB":
        at -= 1
    noun = gerund.doc[at] if at >= 0 else None
    return noun if noun is not None and noun.tag_[0] in "NP" else None


def _preposition_before(gerund: Token) -> Token | None:
    """The *of* of *the prospect of Serbia joining*."""
    noun = _noun_before(gerund)
    while noun is not None and noun.dep_ == "conj":  # the prospect of Serbia and Georgia joining
        noun = noun.head
    if noun is None or noun.dep_ != "pobj" or noun.tag_ not in (*_PROPER, "PRP"):
        return None  # worries about missiles targeting Guam
    return noun.head
