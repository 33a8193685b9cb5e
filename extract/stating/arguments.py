"""From a word to the entities it speaks of.

An argument is found in tiers: the name itself, what a pronoun or description refers to, then the
owner of a common noun (*Russian officials*, *Ukraine's cities*). A relation takes the first tier of
a fitting type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ...schema import EntityType, MentionKind
from ..parsing.inflection import noun_forms
from ..reading import Found, Reading
from .grammar import PROPER, after, conjuncts, is_excluded, is_verbal, whose

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MODIFIERS = ("amod", "compound", "nmod", "npadvmod", "appos")
_STAFF = frozenset(
    """academics analyst analysts economists engineers experts fellows historians researchers
    scholars scientists specialists strategists""".split()
)
"""Who works *at* a body and speaks for it."""
_NAMING = frozenset("known called named dubbed nicknamed christened styled codenamed".split())
_OTHERS = frozenset(
    form
    for noun in """actor actress adversary artist athlete ballet champion chef choir competitor
    containment counterpart cuisine cyclist defeat demilitarisation demilitarization
    denuclearisation denuclearization derby disarmament dish elimination enemy fan foe
    goalkeeper golfer hotel isolation marcher midfielder neighbor neighbour novelist opponent
    orchestra painter player poet predecessor pupil recipe restaurant rival runner share singer
    skier stock striker student successor swimmer tenor timetable tourist weather""".split()
    for form in noun_forms(noun)
)
"""Those who do not stand for whom they belong to: *Russia's neighbours*, *Swedish tourists*; and
what is done against it: *committed to the disarmament of Peru*."""
_REFERENCE = 0.85
"""Directness of what a pronoun or a description refers to."""
_ROLE = 0.9
"""Directness of an actor that is named by its role."""


class Argument(NamedTuple):
    """An entity in a role, with the mention that put it there."""

    found: Found
    directness: float
    """1 for the name itself, less for what stands for it."""


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
        self._counted: dict[int, int] = {}

    @cached_property
    def are_two(self) -> bool:
        """Whether the passage speaks of two entities at least, which a relation needs."""
        stood_for = (*self.references.values(), *self.roles.values())
        ids = {f.entity_id for f in self.reading.found}
        return len(ids.union(f.entity_id for founds in stood_for for f in founds)) > 1

    def count_in(self, sentence: Span) -> int:
        """How many mentions a sentence has, be they of one entity or of several.

        What *among them* opens counts with the sentence before.
        """
        known = self._counted.get(sentence.start)
        if known is not None:
            return known
        doc, end = sentence.doc, sentence.end
        if any(doc[at].lower_ == "among" for at in range(end, min(end + 2, len(doc)))):
            end = doc[end].sent.end
        sources = (self.reading.at_index, self.references.get, self.roles.get)
        mentions = {
            (found.start, found.end, found.entity_id)
            for at in range(sentence.start, end)
            for source in sources
            for found in source(at) or ()
        }
        self._counted[sentence.start] = len(mentions)
        return len(mentions)

    def names(self, token: Token) -> bool:
        """Whether a word refers to an entity by itself, and not through its owner."""
        return bool(self.reading.at(token)) or token.i in self.roles or token.i in self.references

    def tiers(self, token: Token, depth: int = 0) -> Iterator[Tier]:
        """Entities a token may stand for, the surest reading first; conjuncts side by side."""
        if token.tag_ == "WP$":
            token = whose(token)
        tokens = [token, *conjuncts(token)]
        direct = [a for t in tokens for a in self._direct(t)]
        if direct:
            yield _distinct(direct)
        referred = [self.references[t.i] for t in tokens if t.i in self.references]
        for rank in range(max(map(len, referred), default=0)):
            yield _distinct([Argument(r[rank], _REFERENCE) for r in referred if rank < len(r)])
        owned = [a for t in tokens if t.i not in self.roles for a in self._owners(t, depth)]
        if owned:
            yield _distinct(owned)

    def _direct(self, token: Token) -> Iterator[Argument]:
        """What a token names itself, or the actor whose role it tells.

        *NATO members, including Poland*, are Poland and not NATO; *the Libyan militia known as the
        Misrata Brigades* is that militia.
        """
        called = list(self._called(token)) if token.tag_ in ("NN", "NNS") else []
        if called:
            yield from (Argument(f, 1.0) for f in called)
            return
        yield from (Argument(f, 1.0) for f in self._named(token))
        yield from (Argument(f, _ROLE) for f in self.roles.get(token.i, ()))

    def _named(self, token: Token) -> Iterator[Found]:
        """Mentions headed by this token: not the Russia of a longer name, nor a mere modifier."""
        mentions = self.reading.at(token)
        for found in mentions:
            if self.reading.root(found) == token.i or "/" in token.text:
                yield found
        if mentions:
            return
        if token.dep_ == "appos" and token.head.tag_ in PROPER:  # the A-135, a system built to
            yield from self.reading.at(token.head)
        for child in token.children:
            if child.dep_ == "appos" and not is_excluded(child):
                yield from (f for f in self.reading.at(child) if f.kind == "name")
            elif child.dep_ == "prep" and child.lower_ == "of":
                yield from self._bearer(child)
        yield from self._examples(token)

    def _called(self, noun: Token) -> Iterator[Found]:
        """Who a description goes on to name: *known as X*, *including X*."""
        if noun.tag_ == "NNS":
            yield from self._examples(noun)
            yield from self._among(noun)
        for clause in noun.children:
            if clause.dep_ == "acl" and clause.lower_ in _NAMING:
                names = [c for c in clause.children if c.dep_ == "oprd"]
                for name in names or after(clause, ("as",)):
                    yield from self._named(name)

    def _among(self, noun: Token) -> Iterator[Found]:
        """*Twenty states, among them Estonia*."""
        doc = noun.doc
        for at in range(noun.i + 1, min(noun.i + 3, len(doc))):
            among = doc[at]
            if among.lower_ == "among" and any(c.lower_ == "them" for c in among.children):
                for one in (among.head, *conjuncts(among.head)):
                    yield from self._named(one)

    def _examples(self, token: Token) -> Iterator[Found]:
        """Who is meant in particular: *states such as Iran*, *allies, including Poland*."""
        for child in token.children:
            if child.dep_ != "prep" or child.lower_ not in ("including", "like", "as"):
                continue
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
        if depth > 2 or is_verbal(token) or token.lower_ in _OTHERS:
            return
        bodies = [c for c in token.lefts if c.dep_ in ("compound", "nmod") and self._is_body(c)]
        owned = any(c.dep_ == "poss" for c in token.lefts)
        for child in bodies or token.children:  # Osama bin Laden's al-Qaeda network
            if owned and child.dep_ == "compound" and self._is_theme(child):
                continue  # Berlin's China policy
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

    def _is_theme(self, modifier: Token) -> bool:
        return any(
            f.type == EntityType.COUNTRY and f.kind == MentionKind.NAME
            for f in self.reading.at(modifier)
        )

    def _is_body(self, token: Token) -> bool:
        return any(
            f.type == EntityType.ORGANIZATION and f.kind == MentionKind.NAME
            for f in self.reading.at(token)
        )


def _distinct(arguments: Sequence[Argument]) -> Tier:
    seen: set[str] = set()
    kept = []
    for argument in arguments:
        if argument.found.entity_id not in seen:
            seen.add(argument.found.entity_id)
            kept.append(argument)
    return kept
