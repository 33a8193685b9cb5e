"""Who does what in a clause, read off the dependency parse.

The parse is in the scheme of the English spaCy models (ClearNLP labels). Subjects and objects are
found in active, passive, relative, participial and infinitival clauses, also where the grammar
leaves them unsaid; the functions know words and their places, and nothing of entities.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..parsing.inflection import verb_forms
from .control import controllers, designers, governing_infinitive, is_design
from .gerunds import agent_of

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "csubj", "expl")
PROPER = ("NNP", "NNPS")
_PASSIVE = ("nsubjpass", "csubjpass")
_PASSIVE_MARKS = ("auxpass", *_PASSIVE)
_APPEAL = frozenset(form for verb in ("appeal", "call", "plead") for form in verb_forms(verb))
_TOGETHER = ("along", "together", "jointly")
_HAVE = frozenset("has have had is are was were will would".split())


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of who or what does a verb's action, also where the grammar leaves them unsaid."""
    if depth > 6:
        return []
    if is_passive(verb):
        agents = [
            object_
            for child in verb.children
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
            for by in _agents(child)
            for object_ in by.children
            if object_.dep_ == "pobj"
        ]
        return (
            (agents + _joining(verb) if agents else [])
            or _late_agent(verb)
            or _compound_agent(verb)
            or _shared_agent(verb)
        )
    own = [_antecedent(c) for c in verb.children if c.dep_ in SUBJECTS and c.lower_ != "there"]
    if own:
        own += [companion for subject in own for companion in _companions(subject, verb)]
        own += _joining(verb)
    if not own:  # has flight-tested, where the auxiliary takes the subject
        own = [s for c in verb.children if c.dep_ == "aux" for s in c.children if s.dep_ == "nsubj"]
    return own or _interrupted(verb) or _inherited(verb, depth)


def _companions(subject: Token, verb: Token) -> Iterator[Token]:
    """*Poland, along with Latvia, condemned it*; *Poland, together with Latvia, ...*."""
    for child in (*subject.rights, *verb.lefts):
        if child.dep_ == "prep" and subject.i < child.i < verb.i and _is_together(child):
            for inner in (child, *child.children):
                yield from (c for c in inner.children if c.dep_ == "pobj")


def _joining(verb: Token) -> list[Token]:
    """*Aselsan developed it together with Roketsan*; not *works together with Roketsan*."""
    return [
        partner
        for child in verb.rights
        if child.lower_ == "with" and child.dep_ == "prep"
        if child.nbor(-1).lower_ in _TOGETHER
        if is_passive(verb) or any(c.dep_ == "dobj" for c in verb.rights)
        for partner in child.children
        if partner.dep_ == "pobj"
    ]


def _is_together(preposition: Token) -> bool:
    """*along with*, *together with*, *alongside*."""
    words = {c.lower_ for c in preposition.subtree if c.i <= preposition.i + 1}
    return "alongside" in words or ("with" in words and not words.isdisjoint(_TOGETHER))


def _agents(preposition: Token) -> list[Token]:
    """The one that counts of *not by Ghana but by Benin*."""
    if any(c.dep_ == "neg" for c in preposition.children):
        return [c for c in preposition.children if c.dep_ == "conj"]
    return [preposition]


def _interrupted(verb: Token) -> list[Token]:
    """*India, the paper says, operates it*: the parser gives the subject to what comes between."""
    for aside in verb.lefts:
        if aside.dep_ not in ("parataxis", "ccomp") or not is_verbal(aside):
            continue
        first = next((c for c in aside.lefts if c.dep_ == "nsubj"), None)
        if first is None:
            continue
        others = [c for c in aside.children if c.dep_ == "nsubj" and c is not first]
        others += [c for c in first.children if c.dep_ == "appos"]
        parted = first.doc[first.i + 1].text in (",", "–", "—", "(")
        if (parted and others) or (aside.lower_ in _HAVE and aside.nbor(1).text == ","):
            return [first]
    return []


def _late_agent(verb: Token) -> list[Token]:
    """The agent that the parser puts inside another phrase: *hit with sanctions by France*."""
    return [
        agent
        for preposition in verb.children
        if preposition.dep_ == "prep"
        for noun in preposition.children
        for by in noun.children
        if by.lower_ == "by" and by.dep_ in ("prep", "agent")
        for agent in by.children
        if agent.dep_ == "pobj"
    ]


def _shared_agent(verb: Token) -> list[Token]:
    """*Armed and financed by Iran*: the second of two bare participles has it."""
    later = [c for c in verb.rights if c.dep_ == "conj" and c.tag_ == "VBN"]
    if not later or any(c.dep_ not in ("cc", "conj", "punct", "advmod") for c in verb.rights):
        return []
    bare = not any(c.dep_ in (*SUBJECTS, *_PASSIVE_MARKS) for c in later[0].children)
    return subjects(later[0]) if bare and is_passive(later[0]) else []


def _compound_agent(verb: Token) -> list[Token]:
    """The U.S. of *U.S.-led*."""
    return [
        c
        for c in verb.lefts
        if c.dep_ in ("npadvmod", "compound", "nmod", "nsubj", "advmod") and c.tag_[:2] != "RB"
    ]


def _inherited(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    if head == verb:
        return []
    if verb.dep_ == "conj":
        first = governing_infinitive(verb) or head
        return subjects(first, depth + 1) if is_verbal(first) else []
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "oprd", "dep"):
        if (agent := agent_of(verb)) is not None:
            return [agent]
        if not is_verbal(head):
            return _copula_subjects(head, depth)
        if controlled := controllers(verb, head):
            return controlled
        if head.lower_ in _APPEAL and (asked := after(head, ("on", "upon", "to", "with"))):
            return asked  # called on Iran to
        if is_passive(head):
            own = [c for c in head.children if c.dep_ in _PASSIVE]
            if not own and head.dep_ in ("acl", "relcl"):  # a system built to defend Moscow
                own = objects(head)
            return own or subjects(head, depth + 1)
        return subjects(head, depth + 1)
    if verb.dep_ in ("acl", "relcl") and not is_passive(verb):
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
        if infinitive and (verb.dep_ == "acl" or is_design(head)):
            return designers(head) or possessors(head, depth)
        return [head]
    if verb.dep_ == "pcomp" and (head.dep_ in ("prep", "agent") or head.tag_ == "IN"):
        return _before_preposition(head, depth)
    if verb.dep_ in ("acomp", "attr"):
        return subjects(head, depth + 1)
    return []


def _before_preposition(preposition: Token, depth: int) -> list[Token]:
    """Who does what a gerund after a preposition names.

    *Iran blamed Israel for attacking Syria*: after *of*, *for*, *from* and *as* the object acts,
    elsewhere the subject (*Iran answered by attacking*).
    """
    governor = preposition.head
    if not is_verbal(governor):
        if governor.dep_ in ("advmod", "acomp", "prt") and is_verbal(governor.head):
            return subjects(governor.head, depth + 1)  # stopped short of
        return possessors(governor, depth)
    apart = preposition.i and preposition.nbor(-1).lower_ in ("instead", "far", "short")
    if preposition.lower_ in ("of", "for", "from", "as") and not apart:
        acted_on = objects(governor)
        if acted_on:
            return acted_on
    return subjects(governor, depth + 1)


def possessors(noun: Token, depth: int = 0) -> list[Token]:
    """Who a noun such as *plan* or *ability* belongs to: its possessor, else who acts on it."""
    own = [c for c in noun.children if c.dep_ == "poss"]
    own = own or [c for c in noun.children if c.dep_ in ("compound", "nmod") and c.tag_ in PROPER]
    if own:
        return own
    head = noun.head
    if noun.dep_ in ("dobj", "attr", "nsubjpass") and is_verbal(head):
        return subjects(head, depth + 1)
    if noun.dep_ == "pobj" and head.dep_ == "agent":
        return objects(head.head)
    if noun.dep_ == "pobj" and head.dep_ == "prep":
        governor = head.head
        if is_verbal(governor):
            return subjects(governor, depth + 1)
        return possessors(governor, depth + 1) if depth < 4 else []
    return []


def _copula_subjects(adjective: Token, depth: int) -> list[Token]:
    head = adjective.head
    return subjects(head, depth + 1) if adjective.dep_ in ("acomp", "attr", "oprd") else []


def objects(verb: Token) -> list[Token]:
    """Heads of what a verb acts on."""
    if is_passive(verb):
        own = [_antecedent(c) for c in verb.children if c.dep_ in _PASSIVE]
        own += [c for c in verb.children if c.dep_ in ("oprd",)]
        if own:
            return own
        if verb.dep_ in ("acl", "relcl", "amod"):
            return [verb.head]
        if verb.dep_ == "conj" and is_verbal(verb.head) and is_passive(verb.head):
            return objects(verb.head)
        if verb.dep_ in ("xcomp", "advcl"):
            return subjects(verb.head)
        return []
    found = [c for c in verb.children if c.dep_ in ("dobj", "dative", "oprd")]
    if not found:  # developed, tested and deployed it
        later = (
            c
            for c in verb.children
            if c.dep_ == "conj"
            and is_verbal(c)
            and c.i > verb.i
            and not any(s.dep_ in SUBJECTS for s in c.children)
        )
        found = [o for c in later if not is_passive(c) for o in objects(c)]
    if not found:  # a name the parser takes for a time, as it does *Monday*: bombed Manbij
        mistaken = ("npadvmod", "ccomp")
        found = [c for c in verb.rights if c.dep_ in mistaken and c.tag_ in PROPER]
    if not found and verb.dep_ == "relcl":  # the object is the antecedent: systems that X deployed
        return (
            [verb.head]
            if any(c.dep_ in SUBJECTS and c.tag_[0] != "W" for c in verb.children)
            else []
        )
    return [t for c in found for t in _cleft(c)]


def _cleft(token: Token) -> list[Token]:
    """The S-400 of *what Turkey bought was the S-400*; of a relative pronoun its noun."""
    verb = token.head
    if token.tag_ == "WP" and verb.dep_ in ("csubj", "nsubj", "ccomp"):
        return [c for c in verb.head.children if c.dep_ == "attr"]
    return [_antecedent(token)]


def after(token: Token, prepositions: Sequence[str]) -> list[Token]:
    """Heads of what follows a preposition at the token, its object or its particle."""
    anchors = [
        token,
        *(
            c
            for c in token.children
            if c.dep_ in ("dobj", "attr", "acomp", "prt", "advmod", "prep")
            and not (c.dep_ == "prep" and c.tag_[0] == "V")  # according to, compared with
        ),
    ]
    found = []
    for anchor in anchors:
        for child in anchor.children:
            if (
                child.dep_ in ("prep", "dative", "prt", "agent", "advmod")
                and child.lower_ in prepositions
            ):
                found += [c for c in child.children if c.dep_ in ("pobj", "pcomp")]
                found += [
                    c
                    for inner in child.children
                    if inner.dep_ == "prep"
                    for c in inner.children
                    if c.dep_ == "pobj"
                ]
    return found


def conjuncts(token: Token) -> Iterator[Token]:
    """What follows in the same enumeration: *Norway, Belgium and Portugal*, but not *but not*."""
    for child in token.children:
        if child.dep_ == "conj" and not is_excluded(child):
            yield child
            yield from conjuncts(child)


def is_excluded(conjunct: Token) -> bool:
    """*rather than the S-400*, *but not Iran*."""
    first = conjunct.left_edge.i
    before = [t.lower_ for t in conjunct.doc[max(0, first - 2) : first]]
    return before[-1:] in (["not"], ["than"]) or any(c.dep_ == "neg" for c in conjunct.children)


def excluded(token: Token) -> Iterator[Token]:
    """What an enumeration leaves out: *the F-35, not the F-16*, *to Syria, but not to Iran*."""
    for child in token.children:
        if child.dep_ in ("conj", "appos") and is_excluded(child):
            yield child
    if token.dep_ == "pobj":
        for child in (*token.head.children, *token.head.head.children):
            if child.dep_ == "conj" and child.tag_ in ("IN", "TO") and is_excluded(child):
                yield from (c for c in child.children if c.dep_ == "pobj")


def foregone(verb: Token) -> Iterator[Token]:
    """What stands after *instead of* and *rather than* beside a verb."""
    for child in verb.children:
        if (
            child.dep_ == "prep"
            and child.i
            and (child.nbor(-1).lower_ in ("instead", "rather"))
            and child.lower_ in ("of", "than")
        ):
            yield from (c for c in child.children if c.dep_ == "pobj")


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive, or is a past participle that modifies a noun."""
    labels = {c.dep_ for c in verb.children}
    if not labels.isdisjoint(_PASSIVE_MARKS):
        return True
    if verb.tag_ != "VBN" or "aux" in labels or "nsubj" in labels:
        return False
    if verb.dep_ == "conj" and is_verbal(verb.head):
        return is_passive(verb.head) and not any(c.dep_ == "dobj" for c in verb.children)
    return verb.dep_ in ("acl", "amod", "advcl", "relcl", "ROOT", "oprd", "xcomp")


def whose(pronoun: Token) -> Token:
    """The noun that *whose* stands for."""
    for clause in pronoun.ancestors:
        if clause.dep_ == "relcl":
            return clause.head
    return pronoun


def _antecedent(token: Token) -> Token:
    """The noun a relative pronoun stands for."""
    clause = token.head
    if token.tag_ in ("WDT", "WP") and clause.dep_ == "xcomp":
        clause = clause.head  # which the F-35 is to replace
    relative = token.tag_ in ("WDT", "WP") or (token.lower_ == "that" and token.dep_ == "nsubj")
    if relative and clause.dep_ == "relcl":
        return clause.head
    if token.tag_ in ("WDT", "WP") and clause.dep_ == "ccomp":  # it was Turkey that bought
        return next((c for c in clause.head.children if c.dep_ == "attr"), token)
    return token


def is_verbal(token: Token) -> bool:
    """Whether a word is a verb."""
    return token.tag_[0] == "V" or token.tag_ == "MD"
