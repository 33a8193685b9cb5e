"""From a trigger word to the entities it speaks of, over the dependency parse.

The parse is in the scheme of the English spaCy models (ClearNLP labels). An argument is found in
tiers: the name itself, what a pronoun or description refers to, then the owner of a common noun
(*Russian officials*, *Ukraine's cities*). A relation takes the first tier of a fitting type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ...schema import EntityType
from ..parsing.inflection import verb_forms
from ..reading import Found, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "csubj", "expl")
_PROPER = ("NNP", "NNPS")
_PASSIVE = ("nsubjpass", "csubjpass")
_OBJECTS = ("dobj", "dative", "oprd", "attr")
_MODIFIERS = ("amod", "compound", "nmod", "npadvmod", "appos")
_CARRIERS = ("dobj", "attr", "acomp", "prt", "advmod", "prep")
"""Words that may stand between a verb and the preposition that belongs to it."""
_OBJECT_CONTROL = frozenset(
    """accuse advise allow ask assist authorize authorise beg cause compel convince direct enable
    encourage equip forbid force help induce instruct invite lead let make oblige order permit
    persuade pledge press pressure prompt push request require tell train urge warn""".split()
)


_STAFF = frozenset(
    """academics analyst analysts economists engineers experts fellows historians researchers
    scholars scientists specialists strategists""".split()
)
"""Who works *at* a body and speaks for it."""


class Argument(NamedTuple):
    """An entity in a role, with the mention that put it there."""

    found: Found
    directness: float
    """1 for the name itself, less for what stands for it."""


_REFERENCE = 0.85
"""Directness of what a pronoun or a description refers to."""

_ROLE = 0.9
"""Directness of an actor that is named by its role."""

Tier = list[Argument]
References = dict[int, tuple[Found, ...]]
"""What pronouns and descriptions stand for, by token index; the likeliest reading first."""


class Arguments:
    """Finds the arguments of words in one passage."""

    def __init__(
        self, reading: Reading, references: References, roles: Mapping[int, tuple[Found, ...]]
    ) -> None:
        self.reading = reading
        self.references = references
        self.roles = roles

    @cached_property
    def are_two(self) -> bool:
        """Whether the passage speaks of two entities at least, which a relation needs."""
        stood_for = (*self.references.values(), *self.roles.values())
        ids = {f.entity_id for f in self.reading.found}
        return len(ids.union(f.entity_id for founds in stood_for for f in founds)) > 1

    def names(self, token: Token) -> bool:
        """Whether a word refers to an entity by itself, and not through its owner."""
        return bool(self.reading.at(token)) or token.i in self.roles or token.i in self.references

    def tiers(self, token: Token, depth: int = 0) -> Iterator[Tier]:
        """Entities a token may stand for, the surest reading first; conjuncts side by side."""
        if token.tag_ == "WP$":
            token = _whose(token)
        tokens = [token, *conjuncts(token)]
        direct = [
            a
            for t in tokens
            for a in (
                *(Argument(f, 1.0) for f in self._named(t)),
                *(Argument(f, _ROLE) for f in self.roles.get(t.i, ())),
            )
        ]
        if direct:
            yield _distinct(direct)
        referred = [self.references[t.i] for t in tokens if t.i in self.references]
        for rank in range(max(map(len, referred), default=0)):
            yield _distinct([Argument(r[rank], _REFERENCE) for r in referred if rank < len(r)])
        owned = [a for t in tokens if t.i not in self.roles for a in self._owners(t, depth)]
        if owned:
            yield _distinct(owned)

    def _named(self, token: Token) -> Iterator[Found]:
        """Mentions headed by this token: not the Russia of a longer name, nor a mere modifier."""
        for found in self.reading.at(token):
            if self.reading.span(found).root.i == token.i or token.text.count("/"):
                yield found
        if self.reading.at(token):
            return
        for child in token.children:
            if child.dep_ == "appos" and not _excluded(child):
                yield from (f for f in self.reading.at(child) if f.kind == "name")
            elif child.dep_ == "prep" and child.lower_ == "of":
                yield from self._bearer(child)
            elif child.dep_ == "prep" and child.lower_ in ("including", "like", "as"):
                if child.lower_ == "as" and not any(c.lower_ == "such" for c in child.children):
                    continue
                for example in child.children:
                    if example.dep_ == "pobj":
                        for one in (example, *conjuncts(example)):
                            yield from self._named(one)

    def _bearer(self, of: Token) -> Iterator[Found]:
        """*The commander of EUCOM, X*, where the parser puts X beside EUCOM."""
        for body in of.children:
            for child in body.children:
                if child.dep_ == "appos" and child.nbor(1).text == ",":
                    yield from (f for f in self.reading.at(child) if f.type == EntityType.PERSON)

    def _owners(self, token: Token, depth: int) -> Iterator[Argument]:
        """Entities that a common noun belongs to: by modifier, possessive, *of* or *from*."""
        if depth > 2 or _verbal(token):
            return
        for child in token.children:
            if child.dep_ in _MODIFIERS or child.dep_ == "poss":
                for part in (child, *conjuncts(child)):
                    mentions = self.reading.at(part)
                    if mentions:
                        yield from (Argument(f, 0.75) for f in mentions)
                    elif part.i in self.references:
                        yield Argument(self.references[part.i][0], 0.65)
                    elif part.dep_ in ("poss", "compound", "nmod"):
                        yield from self._owners(part, depth + 1)
            elif child.dep_ == "prep" and (
                child.lower_ in ("of", "from", "by")
                or (child.lower_ == "at" and token.lower_ in _STAFF)
                or (child.lower_ == "for" and token.lower_.startswith("spokes"))
            ):
                for object_ in child.children:
                    if object_.dep_ == "pobj":
                        for tier in self.tiers(object_, depth + 1):
                            yield from (Argument(a.found, a.directness * 0.8) for a in tier)
                            break


def _distinct(arguments: Sequence[Argument]) -> Tier:
    seen: set[str] = set()
    kept = []
    for argument in arguments:
        if argument.found.entity_id not in seen:
            seen.add(argument.found.entity_id)
            kept.append(argument)
    return kept


def conjuncts(token: Token) -> Iterator[Token]:
    """What follows in the same enumeration: *Norway, Belgium and Portugal*, but not *but not*."""
    for child in token.children:
        if child.dep_ == "conj" and not _excluded(child):
            yield child
            yield from conjuncts(child)


def _excluded(conjunct: Token) -> bool:
    """*rather than the S-400*, *but not Iran*."""
    first = conjunct.left_edge.i
    before = [t.lower_ for t in conjunct.doc[max(0, first - 2) : first]]
    return before[-1:] in (["not"], ["than"]) or any(c.dep_ == "neg" for c in conjunct.children)


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of who or what does a verb's action, also where the grammar leaves them unsaid."""
    if depth > 6:
        return []
    if is_passive(verb):
        return (
            [
                object_
                for child in verb.children
                if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
                for object_ in child.children
                if object_.dep_ == "pobj"
            ]
            or _late_agent(verb)
            or _compound_agent(verb)
        )
    own = [_antecedent(c) for c in verb.children if c.dep_ in SUBJECTS and c.lower_ != "there"]
    if not own:  # has flight-tested, where the auxiliary takes the subject
        own = [s for c in verb.children if c.dep_ == "aux" for s in c.children if s.dep_ == "nsubj"]
    return own or _interrupted(verb) or _inherited(verb, depth)


def _interrupted(verb: Token) -> list[Token]:
    """*India, the paper says, operates it*: the parser gives the subject to what comes between."""
    for aside in verb.lefts:
        if aside.dep_ not in ("parataxis", "ccomp") or not _verbal(aside):
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


_HAVE = frozenset("has have had is are was were will would".split())


def excluded(token: Token) -> Iterator[Token]:
    """What an enumeration leaves out: *the F-35, not the F-16*, *to Syria, but not to Iran*."""
    for child in token.children:
        if child.dep_ in ("conj", "appos") and _excluded(child):
            yield child
    if token.dep_ == "pobj":
        for child in (*token.head.children, *token.head.head.children):
            if child.dep_ == "conj" and child.tag_ in ("IN", "TO") and _excluded(child):
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
        return subjects(head, depth + 1) if _verbal(head) else []
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "oprd", "dep"):
        if not _verbal(head):
            return _copula_subjects(head, depth)
        controlled = [c for c in head.children if c.dep_ in ("dobj", "dative") and c.i < verb.i]
        if verb.dep_ in ("xcomp", "ccomp") and controlled and head.lower_ in _CONTROL:
            return controlled
        if head.lower_ in _APPEAL and (asked := after(head, ("on", "upon", "to", "with"))):
            return asked  # called on Iran to
        if is_passive(head):
            return [c for c in head.children if c.dep_ in _PASSIVE] or subjects(head, depth + 1)
        return subjects(head, depth + 1)
    if verb.dep_ in ("acl", "relcl") and not is_passive(verb):
        if verb.dep_ == "acl" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
            return _holders(head, depth)
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
    if not _verbal(governor):
        if governor.dep_ in ("advmod", "acomp", "prt") and _verbal(governor.head):
            return subjects(governor.head, depth + 1)  # stopped short of
        return _holders(governor, depth)
    apart = preposition.i and preposition.nbor(-1).lower_ in ("instead", "far", "short")
    if preposition.lower_ in ("of", "for", "from", "as") and not apart:
        acted_on = objects(governor)
        if acted_on:
            return acted_on
    return subjects(governor, depth + 1)


_CONTROL = frozenset(form for verb in _OBJECT_CONTROL for form in verb_forms(verb))
_APPEAL = frozenset(form for verb in ("appeal", "call", "plead") for form in verb_forms(verb))


def _holders(noun: Token, depth: int) -> list[Token]:
    """Who a noun such as *plan* or *ability* belongs to: its possessor, else who acts on it."""
    own = [c for c in noun.children if c.dep_ == "poss"]
    own = own or [c for c in noun.children if c.dep_ in ("compound", "nmod") and c.tag_ in _PROPER]
    if own:
        return own
    head = noun.head
    if noun.dep_ in ("dobj", "attr", "nsubjpass") and _verbal(head):
        return subjects(head, depth + 1)
    if noun.dep_ == "pobj" and head.dep_ == "agent":
        return objects(head.head)
    if noun.dep_ == "pobj" and head.dep_ == "prep":
        governor = head.head
        if _verbal(governor):
            return subjects(governor, depth + 1)
        return _holders(governor, depth + 1) if depth < 4 else []
    return []


def holders(noun: Token) -> list[Token]:
    """Who has, makes or does what a noun names: *India's order*, *Ankara signed an agreement*.

    Not who acts on another noun it depends on: a *weakness in the defence of Oslo* that Norway
    finds is no defence by Norway.
    """
    if noun.dep_ == "pobj" and not _belongs_to_verb(noun):
        own = [c for c in noun.children if c.dep_ == "poss"]
        return own or _helped_in(noun)
    return _holders(noun, 0)


def _helped_in(struggle: Token) -> list[Token]:
    """Whose struggle it is where another helps: *supports Iraq in the fight against ISIL*."""
    if struggle.head.lower_ != "in" or struggle.lower_ not in _STRUGGLES:
        return []
    governor = struggle.head.head
    return objects(governor) if _verbal(governor) else [governor]


_STRUGGLES = frozenset("fight struggle war battle campaign offensive".split())


def _belongs_to_verb(noun: Token) -> bool:
    """*is in talks with*, *marched in protest against*; who suffers from *the war* wages none."""
    preposition = noun.head
    if not _verbal(preposition.head):
        return False
    definite = any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in noun.children)
    return preposition.head.lower_ in _LIGHT or (
        preposition.lower_ in ("in", "into", "under") and not definite
    )


_LIGHT = frozenset(
    """am are be been being is was were 's 're remain remains remained stay stays stayed engage
    engages engaged engaging enter enters entered entering went go goes""".split()
)
"""Verbs that add nothing to a noun behind a preposition: *is in talks with*, *went to war with*."""


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
        if verb.dep_ == "conj" and _verbal(verb.head) and is_passive(verb.head):
            return objects(verb.head)
        if verb.dep_ in ("xcomp", "advcl"):
            return subjects(verb.head)
        return []
    found = [c for c in verb.children if c.dep_ in ("dobj", "dative", "oprd")]
    if not found:  # developed, tested and deployed it
        later = (c for c in verb.children if c.dep_ == "conj" and _verbal(c) and c.i > verb.i)
        found = [o for c in later if not is_passive(c) for o in objects(c)]
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


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive, or is a past participle that modifies a noun."""
    if any(c.dep_ == "auxpass" or c.dep_ in _PASSIVE for c in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if any(c.dep_ in ("aux", "nsubj") for c in verb.children):
        return False
    if verb.dep_ == "conj" and _verbal(verb.head):
        return is_passive(verb.head) and not any(c.dep_ == "dobj" for c in verb.children)
    return verb.dep_ in ("acl", "amod", "advcl", "relcl", "ROOT", "oprd", "xcomp")


def _whose(pronoun: Token) -> Token:
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
    if token.tag_ in ("WDT", "WP") and clause.dep_ == "relcl":
        return clause.head
    if token.tag_ in ("WDT", "WP") and clause.dep_ == "ccomp":  # it was Turkey that bought
        return next((c for c in clause.head.children if c.dep_ == "attr"), token)
    return token


def _verbal(token: Token) -> bool:
    return token.tag_[0] == "V" or token.tag_ == "MD"
