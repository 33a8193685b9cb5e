"""Stated relations: triggers of the lexicon matched over the dependency parse.

For each trigger word the matcher looks for who (the subject of the relation) and what (its object),
keeps the readings whose types the relation allows, and asks `attribution` how the sentence commits
to it. What fixed constructions state without a trigger verb is in `constructions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..schema import EntityType, Modality
from .attribution import Attribution, attribution_of
from .reading import Found, Reading, Roster
from .stating.arguments import (
    Argument,
    Arguments,
    Tier,
    after,
    excluded,
    foregone,
    holders,
    is_passive,
    objects,
    subjects,
)
from .stating.triggers import ANY_VERB, RelationLexicon, Trigger

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_NO_AGENT = (
    "targets",
    "operates",
    "located_in",
    "integrates_with",
    "variant_of",
    "affiliated_with",
    "allied_with",
)

_ABILITIES = ("counters", "protects", "integrates_with", "compared_with", "located_in")
"""Relations that hold where a system is said to be able to: *THAAD can intercept the Scud*."""

_PREPOSITIONS = ("to", "from", "by", "in", "with")
"""Where the subject of a noun may stand: *the sale of missiles to Turkey*."""

_HOSTILE = ("attacks", "threatens", "opposes")
"""Relations whose nouns name what goes on whether or not a sentence wants it to end."""


_NAMING = frozenset("is are was were include includes included".split())
_COMPLEMENTS = ("xcomp", "ccomp")

_FELT = ("concerned_about", "opposes", "supports")
"""Relations whose nouns name what is felt in a country: *opposition in Hungary to NATO*."""

_BY_OF = ("withdraws_from", "negotiates_with")
"""Relations whose nouns take the one who acts after *of*: *the withdrawal of Serbian forces*."""

_WHOLE = 0.85
"""Directness of what is meant itself: who leads *the Baghdad crackdown* does not lead Baghdad."""


class Statement(NamedTuple):
    """A relation found in a passage, before it becomes a claim."""

    subject: Found
    relation: str
    object: Found
    attribution: Attribution
    words: tuple[Token, ...]
    rule: str
    confidence: float
    is_own_word: bool = False
    """Whether it is known only as what its subject says: *RUSI highlights the S-400*."""


class _Open(NamedTuple):
    """A statement whose object was no name; the next sentence may name it."""

    trigger: Trigger
    subjects: Tier
    attribution: Attribution


class Matcher:
    """Matches the triggers of the lexicon, passage after passage of one document."""

    def __init__(self, roster: Roster, lexicon: RelationLexicon) -> None:
        self.roster = roster
        self.lexicon = lexicon
        self._open: _Open | None = None

    def statements(self, reading: Reading, arguments: Arguments) -> Iterator[Statement]:
        """Yield what the triggers of the next passage state."""
        self.reading, self.arguments = reading, arguments
        if not arguments.are_two and self._open is None:
            return
        for token in reading.doc:
            if token.is_sent_start:
                yield from self._continued(token.sent)
            triggers = self.lexicon.words.get(token.lower_)
            if not triggers or self._is_name(token) or self._modifies(token):
                continue
            taken: set[tuple[str, str]] = set()
            for trigger in triggers:
                for statement in self._match(token, trigger):
                    pair = (statement.subject.entity_id, statement.object.entity_id)
                    if pair not in taken and not is_play(token.sent, self.lexicon):
                        taken.add(pair)
                        yield statement

    def _is_name(self, token: Token) -> bool:
        """Part of a name, and so no trigger: the *Strike* of Strike Eagle."""
        return any(f.kind == "name" for f in self.reading.at(token))

    def _modifies(self, token: Token) -> bool:
        """The participle of *a U.S. led shield*, which `constructions` reads."""
        if token.tag_ not in ("VBN", "VBD") or token.i + 1 == len(token.doc) or token.i == 0:
            return False
        hyphened = token.nbor(-1).text == "-" and token.i > 1
        before = token.doc[token.i - (2 if hyphened else 1)]
        modifies = hyphened or token.dep_ == "amod" or before.dep_ == "npadvmod"
        return bool(self.reading.at(before)) and modifies

    def _continued(self, sentence: Span) -> Iterator[Statement]:
        """*This includes Moscow*: names what the sentence before left without a name."""
        left, self._open = self._open, None
        first = sentence[0]
        if left is None or first.lower_ not in ("this", "these", "they", "it"):
            return
        verb = first.head
        if verb.lower_ not in ("includes", "include", "included", "covers", "cover", "means"):
            return
        relation = self.lexicon.relations[left.trigger.relation]
        tier = self._fitting(objects(verb), left.trigger.range or relation.range)
        for subject in left.subjects:
            for object_ in tier:
                yield from self._statement(
                    subject, object_, left.trigger, (verb,), left.attribution
                )

    def _match(self, token: Token, trigger: Trigger) -> Iterator[Statement]:
        if trigger.part == "verbs" and token.tag_[0] == "V":
            yield from self._verb(token, trigger)
        elif trigger.part == "nouns" and token.tag_[0] == "N":
            yield from self._noun(token, trigger)
        elif trigger.part == "adjectives" and (
            token.tag_[0] == "J" or (token.tag_ in ("VBN", "VBD") and not _acts_on(token))
        ):
            yield from self._adjective(token, trigger)

    def _verb(self, verb: Token, trigger: Trigger) -> Iterator[Statement]:
        anchor, inside = verb, [verb]
        if verb.dep_ in ("aux", "auxpass"):
            return
        out = any(c.dep_ == "prt" and c.lower_ == "out" for c in verb.children)
        if trigger.particle is None and out:
            return  # ruled out, pointed out: another verb
        if not trigger.with_noun and self._is_figure(verb):
            return
        if trigger.relation == "located_in" and not trigger.with_noun and _acts_on(verb):
            return  # moved launchers to Luzon
        if trigger.particle:
            particle = next((c for c in verb.children if c.lower_ == trigger.particle), None)
            if particle is None:
                return
            inside.append(particle)
        if trigger.with_noun:
            noun = self._noun_of(verb, trigger.with_noun)
            if noun is None:
                return
            inside.append(noun)
            if "obj" not in trigger.to:
                anchor = noun
        if trigger.complement:
            complement = self._complement_of(verb, trigger.complement)
            if complement is None:
                return
            inside.append(complement)
            anchor = complement
        whats = self._whats(anchor, verb, trigger)
        whos = objects(verb) if trigger.subject == "obj" else subjects(verb)
        if trigger.subject in _PREPOSITIONS:  # is made in Iran
            whos = after(verb, (trigger.subject,)) if is_passive(verb) and not whos else []
        if (
            not whos
            and is_passive(verb)
            and trigger.relation in _NO_AGENT
            and "obj" not in trigger.to
        ):
            whos = objects(verb)
        yield from self._state(whos, whats, trigger, inside)

    def _noun_of(self, verb: Token, nouns: frozenset[str]) -> Token | None:
        for child in verb.children:
            if child.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "pobj") and (
                child.lower_ in nouns or ("@system" in nouns and self._is_system(child))
            ):
                return child
            if child.dep_ == "prep":
                for inner in child.children:
                    if inner.lower_ in nouns:
                        return inner
        return None

    def _is_figure(self, verb: Token) -> bool:
        """*Sold Berlin a pup*, *poured cold water on it*, *sold it down the river*."""
        things = [c for c in verb.children if c.dep_ == "dobj"]
        for child in verb.children:
            if child.lower_ in ("down", "in", "under") and child.dep_ in ("prep", "prt"):
                things += [c for c in child.children if c.dep_ == "pobj"]
        return any(self.lexicon.is_a(t.lower_, "figure") and not self.reading.at(t) for t in things)

    def _is_system(self, token: Token) -> bool:
        return any(f.type == EntityType.SYSTEM for f in self.reading.at(token))

    def _complement_of(self, verb: Token, words: frozenset[str]) -> Token | None:
        for child in verb.children:
            if (
                child.dep_ in ("xcomp", "ccomp", "acomp", "acl", "advcl", "oprd")
                and child.lower_ in words
            ) or (ANY_VERB in words and child.dep_ in _COMPLEMENTS and child.tag_[0] == "V"):
                return child
            if child.dep_ == "prep":
                for inner in child.children:
                    if inner.dep_ == "pcomp" and inner.lower_ in words:
                        return inner
        return None

    def _whats(self, anchor: Token, verb: Token, trigger: Trigger) -> list[list[Token]]:
        """Where the object may stand, the preferred place first."""
        places: list[list[Token]] = []
        for place in trigger.to:
            if place == "obj":
                if anchor.tag_[0] == "V":
                    places.append(objects(anchor))
            elif place == "dative":
                places.append(_receivers(verb))
            elif place == "that":
                clauses = [c for c in anchor.children if c.dep_ in ("ccomp", "parataxis")]
                if anchor.dep_ == "ccomp" and anchor.head.i > anchor.i:  # before a colon
                    clauses += [
                        anchor.head,
                        *(c for c in anchor.head.children if c.dep_ == "advcl"),
                    ]
                if trigger.complement:
                    places.append(_clause_subjects(anchor) or objects(verb))
                    continue
                if trigger.modal:
                    clauses = [
                        c for c in clauses if any(a.lower_ in trigger.modal for a in c.children)
                    ]
                places.append([s for c in clauses for s in _clause_subjects(c)])
            else:
                found = after(anchor, (place,))
                if anchor is not verb and not found and trigger.with_noun:
                    found = after(verb, (place,))
                if not found and anchor is not verb:
                    found = _nested(anchor, place)
                if not found and trigger.part == "nouns" and trigger.relation in _BY_OF:
                    found = [t for maker in after(anchor, ("of",)) for t in after(maker, (place,))]
                places.append(found)
        return [p for p in places if p]

    def _noun(self, noun: Token, trigger: Trigger) -> Iterator[Statement]:
        inside = [noun]
        anchor = noun
        if trigger.complement:
            complement = self._complement_of(noun, trigger.complement)
            if complement is None:
                return
            inside.append(complement)
            anchor = complement
        if trigger.role:
            yield from self._role(noun, trigger)
        whats = self._whats(anchor, anchor, trigger)
        head = noun.head
        housed = trigger.relation == "located_in" and noun.dep_ == "nsubj"
        if (noun.dep_ in ("dobj", "nsubjpass", "attr") or housed) and head.tag_[0] == "V":
            verb_places = [after(head, (p,)) for p in trigger.to if p not in ("obj", "that", "of")]
            whats += [p for p in verb_places if p]
        between = [p for p in whats if any(t.head.lower_ in ("between", "among") for t in p)]
        if between:
            yield from self._mutual(between[0], trigger, inside)
            return
        if not whats and EntityType.SYSTEM in self._range(trigger):  # the S-400 purchase
            systems = [c for c in noun.lefts if c.dep_ in ("compound", "nmod", "amod")]
            whats = [[c for c in systems if self._is_system(c)]]
        if trigger.subject in _PREPOSITIONS:
            whos = after(noun, (trigger.subject,)) if not self._makers(noun, trigger) else []
        else:
            whos = self._holders(noun, trigger)
        if noun.dep_ == "appos":
            whos.append(noun.head)
        if noun.dep_ == "attr" and not whos:
            whos = subjects(head)
        if self._symmetric(trigger) and not any(self.arguments.names(w) for w in whos):
            of = after(noun, ("of",))
            if "with" in trigger.to and (partners := after(noun, ("with",))):
                whos, whats = of or whos, [partners]  # the alliance of X with Y
            elif "of" in trigger.to and len(self._fitting(of, self._range(trigger))) > 1:
                yield from self._mutual(of, trigger, inside)
                return
        if not whats and self._symmetric(trigger):
            modifiers = [c for c in noun.children if c.dep_ in ("compound", "nmod", "amod")]
            yield from self._mutual(whos or modifiers, trigger, inside)
            return
        yield from self._state(whos, whats, trigger, inside)

    def _holders(self, noun: Token, trigger: Trigger) -> list[Token]:
        """Who has or does what the noun names: its owner or maker, else who acts on it."""
        if noun.dep_ == "pobj" and noun.head.lower_ == "as":
            return self._in_role(noun.head)
        if trigger.relation == "compared_with":
            return holders(noun)
        own = [c for c in noun.children if c.dep_ == "poss"]
        makers = self._makers(noun, trigger)
        if not own and trigger.relation in _FELT:  # concern in Finland
            makers += [
                c
                for c in after(noun, ("in", "among"))
                if c.head.head == noun and self.arguments.names(c)
            ]
        domain = trigger.domain or self.lexicon.relations[trigger.relation].domain
        if not self._fitting(makers, domain):
            makers = []  # an Iranian copy of the S-300
        if self._reacts(noun, trigger):
            return own + makers
        if makers and not self._symmetric(trigger):
            return own + makers
        return holders(noun) + makers

    def _range(self, trigger: Trigger) -> Sequence[str]:
        return trigger.range or self.lexicon.relations[trigger.relation].range

    def _in_role(self, preposition: Token) -> list[Token]:
        """*Romania, as part of the coalition*; *sees Iran as a threat*; *serves as a member*."""
        governor = preposition.head
        if governor.tag_[0] != "V":
            return [governor]
        before = preposition.i < governor.i
        return (not before and objects(governor)) or subjects(governor)

    def _reacts(self, noun: Token, trigger: Trigger) -> bool:
        """*Condemned the attack*, *welcomed the invasion*, *the sale was confirmed*."""
        verb = noun.head
        if noun.dep_ == "nsubjpass" and self.lexicon.is_a(verb.lower_, "report"):
            return True
        if noun.dep_ not in ("dobj", "nsubjpass"):
            return False
        if self._symmetric(trigger):
            return False
        reactions = {t.relation for t in self.lexicon.at(verb.lower_, "verbs") if "obj" in t.to}
        hostile = self.lexicon.relations[trigger.relation].quad == "material-conflict"
        return bool(reactions & {"opposes", "concerned_about"}) or (
            hostile and "supports" in reactions
        )

    def _makers(self, noun: Token, trigger: Trigger) -> list[Token]:
        """Who does what the noun names: *Russian invasion*, *an attack by Iran*."""
        makers = [
            c
            for c in noun.children
            if c.dep_ in ("amod", "compound", "nmod") and self.reading.at(c)
        ]
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "by":
                makers += [c for c in child.children if c.dep_ == "pobj"]
            elif child.dep_ == "prep" and child.lower_ == "of":
                makers += [  # the development of the Agni-V by India
                    c
                    for thing in child.children
                    for by in thing.children
                    if by.lower_ == "by"
                    for c in by.children
                    if c.dep_ == "pobj"
                ]
                if trigger.relation not in _BY_OF:
                    continue
                makers += [
                    c for c in child.children if c.dep_ == "pobj" and self.arguments.names(c)
                ]
        return makers

    def _role(self, noun: Token, trigger: Trigger) -> Iterator[Statement]:
        """*NATO member Norway*; *Norway, a NATO member*; *Russia's allies include Belarus*.

        A Russian critic is a critic who is Russian, but a Russian ally may be an ally of Russia's.
        """
        relation = self.lexicon.relations[trigger.relation]
        of: tuple[str, ...] = ("compound", "nmod", "poss")
        if relation.quad == "structural" or self._symmetric(trigger):
            of += ("amod",)
        modifiers = [c for c in noun.children if c.dep_ in of and c.tag_ != "CD"]
        bearers = [c for c in noun.children if c.dep_ == "appos"]
        if noun.dep_ in ("compound", "nmod", "appos"):
            bearers.append(noun.head)
        named = self._named_by(noun)
        if modifiers and (bearers or named):
            yield from self._state(bearers or named, [modifiers], trigger, [noun])
        if named:
            yield from self._state(named, self._whats(noun, noun, trigger), trigger, [noun])

    def _named_by(self, noun: Token) -> list[Token]:
        """Whom a clause says a role noun to be: *the heir to X is Y*, *its users include Y*."""
        verb = noun.head
        if noun.dep_ == "attr":
            return subjects(verb)
        if noun.dep_ == "nsubj" and verb.lower_ in _NAMING:
            return [c for c in verb.children if c.dep_ in ("attr", "dobj") and c.i > verb.i]
        return []

    def _adjective(self, adjective: Token, trigger: Trigger) -> Iterator[Statement]:
        if adjective.dep_ in ("acomp", "oprd", "attr"):
            whos = subjects(adjective.head)
        elif adjective.dep_ in ("amod", "acl", "relcl"):
            whos = [adjective.head]
        elif is_passive(adjective) or adjective.dep_ in ("ROOT", "conj", "advcl", "ccomp"):
            whos = [c for c in adjective.children if c.dep_ in ("nsubj", "nsubjpass")]
            whos = whos or subjects(adjective)
            if not whos and adjective.dep_ == "advcl":  # opposed to it, China drafted
                whos = subjects(adjective.head)
        else:
            return
        anchor, inside = adjective, [adjective]
        if trigger.complement:
            for child in adjective.subtree:
                if child.lower_ in trigger.complement:
                    yield from self._state(whos, [objects(child)], trigger, [adjective, child])
            return
        yield from self._state(whos, self._whats(anchor, adjective, trigger), trigger, inside)

    def _state(
        self,
        whos: Sequence[Token],
        whats: Sequence[Sequence[Token]],
        trigger: Trigger,
        inside: Sequence[Token],
    ) -> Iterator[Statement]:
        relation = self.lexicon.relations[trigger.relation]
        domain, range_ = trigger.domain or relation.domain, trigger.range or relation.range
        if trigger.swap:
            domain, range_ = range_, domain
        strict = relation.quad != "material-conflict"
        subject_tier = self._fitting(whos, domain)
        if not subject_tier:
            return
        if not whats and self._symmetric(trigger):
            if trigger.together:
                yield from self._mutual(whos, trigger, inside)
            return
        for place in whats:
            object_tier = self._besides(subject_tier, self._fitting(place, range_, strict))
            if trigger.whole:
                object_tier = [a for a in object_tier if a.directness >= _WHOLE]
            if not object_tier:
                continue
            attribution = self._attribution(inside, trigger)
            for subject in subject_tier:
                for object_ in object_tier:
                    yield from self._statement(subject, object_, trigger, inside, attribution)
            left_out = [e for t in place for e in excluded(t)]
            others = [e for t in whos for e in excluded(t)] if trigger.part == "nouns" else []
            if trigger.part == "verbs":
                left_out += foregone(inside[0])
            denial = self._attribution(inside, trigger)
            denial.deny()
            for subject in subject_tier:
                for object_ in self._fitting(left_out, range_, strict):
                    yield from self._statement(subject, object_, trigger, inside, denial)
            for subject in self._fitting(others, domain):
                for object_ in object_tier:
                    yield from self._statement(subject, object_, trigger, inside, denial)
            return
        if whats and trigger.part == "verbs" and not trigger.swap:
            attribution = self._attribution(inside, trigger)
            self._open = _Open(trigger, subject_tier, attribution)

    def _attribution(self, inside: Sequence[Token], trigger: Trigger) -> Attribution:
        """How the sentence commits to what the trigger states.

        A war that somebody must not win, or wants to end, is no less a war.
        """
        word, relation = inside[0], trigger.relation
        conflict = relation in _HOSTILE and word.tag_[0] == "N"
        given = conflict and any(
            c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in ("the", "this", "that"))
            for c in word.children
        )
        found = attribution_of(word, self.lexicon, tuple(inside[1:2]), given=given)
        if found.able and relation not in _ABILITIES:
            found.suppose()
        if trigger.denies:
            found.deny()
        if found.ended and conflict:
            found.negated = False
            found.suppose()
        return found

    def _besides(self, subjects_: Tier, objects_: Tier) -> Tier:
        """The objects without the subject and its owner: *Russia's shield protects its cities*."""
        own = {a.found.entity_id for a in subjects_}
        own |= {owner for a in subjects_ for owner in self.roster[a.found.entity_id].owners}
        return [a for a in objects_ if a.found.entity_id not in own]

    def _statement(
        self,
        subject: Argument,
        object_: Argument,
        trigger: Trigger,
        inside: Sequence[Token],
        attribution: Attribution,
    ) -> Iterator[Statement]:
        if subject.found.entity_id == object_.found.entity_id or _overlap(
            subject.found, object_.found
        ):
            return
        name = trigger.relation
        if trigger.irrealis and attribution.modality == Modality.HYPOTHETICAL:
            name = trigger.irrealis
        if trigger.swap:
            subject, object_ = object_, subject
        confidence = trigger.confidence * subject.directness * object_.directness
        yield Statement(
            subject.found,
            name,
            object_.found,
            attribution,
            tuple(inside),
            f"{trigger.part}:{inside[0].lower_}",
            confidence,
            trigger.own_word,
        )

    def _mutual(
        self, tokens: Sequence[Token], trigger: Trigger, inside: Sequence[Token]
    ) -> Iterator[Statement]:
        """Two parties side by side: *France and Germany signed*, *talks between X and Y*."""
        relation = self.lexicon.relations[trigger.relation]
        if not self._symmetric(trigger):
            return
        parties = self._fitting(tokens, relation.domain)
        if len(parties) < 2 or len(parties) > 6:
            return
        attribution = attribution_of(inside[0], self.lexicon)
        for i, first in enumerate(parties):
            for second in parties[i + 1 :]:
                yield from self._statement(first, second, trigger, inside, attribution)
                if trigger.reciprocal:
                    yield from self._statement(second, first, trigger, inside, attribution)

    def _symmetric(self, trigger: Trigger) -> bool:
        return trigger.reciprocal or self.lexicon.relations[trigger.relation].symmetric

    def _fitting(self, tokens: Iterable[Token], types: Sequence[str], strict: bool = False) -> Tier:
        """The surest entities of the tokens that the relation allows.

        Args:
            tokens: Heads of the phrases.
            types: Types allowed; empty: any.
            strict: A name of another type is not passed over for its owner: who joins *the NATO
                shield* does not join NATO, but who hits *Kyiv's Patriots* hits Ukraine.
        """
        tier: Tier = []
        for token in tokens:
            for arguments in self.arguments.tiers(token):
                fitting = [
                    a for a in (self._as_actor(a, types) for a in arguments) if a is not None
                ]
                if fitting:
                    tier += fitting
                    break
                if strict and any(a.directness == 1 for a in arguments):
                    break
        states = {a.found.start for a in tier if a.found.type == EntityType.COUNTRY}
        if EntityType.COUNTRY in types:  # a capital that acts as its government is no place
            tier = [
                a for a in tier if a.found.type != EntityType.PLACE or a.found.start not in states
            ]
        seen: set[str] = set()
        return [a for a in tier if not (a.found.entity_id in seen or seen.add(a.found.entity_id))]  # type: ignore[func-returns-value]

    def _as_actor(self, argument: Argument, types: Sequence[str]) -> Argument | None:
        """The argument if its type is allowed; a capital may stand for its government."""
        found = argument.found
        if not types or found.type in types:
            return argument
        country = self.roster.lexicon.capitals.get(found.entity_id)
        known = self.roster.lexicon.get(country) if country else None
        if known is None or EntityType.COUNTRY not in types or EntityType.PLACE in types:
            return None
        entity_id = self.roster.known(known)
        government = Found(
            found.start,
            found.end,
            EntityType.COUNTRY,
            entity_id,
            found.kind.NOMINAL,
            "capital",
            0.6,
        )
        return Argument(government, argument.directness * 0.8)


def is_play(sentence: Span, lexicon: RelationLexicon) -> bool:
    """Whether a sentence is about sport: *Spain beat England in the final*."""
    text = sentence.text.lower()
    return any(words in text for words in lexicon.classes["play"])


def _acts_on(verb: Token) -> bool:
    return any(c.dep_ == "dobj" for c in verb.children)


def _receivers(verb: Token) -> list[Token]:
    """To whom something is given: *sold Turkey missiles*, *supplied Turkey with missiles*."""
    given = [c for c in verb.children if c.dep_ == "dative" and c.tag_ != "IN"]
    if not given and any(c.dep_ == "dobj" for c in verb.children):  # was given missiles
        given = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if not given and any(c.lower_ == "with" and c.dep_ == "prep" for c in verb.children):
        given = objects(verb)
    return given


def _clause_subjects(clause: Token) -> list[Token]:
    return [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")]


def _nested(anchor: Token, place: str) -> list[Token]:
    """*be part of X*, *be in on X*, *be a partner in X*: the preposition below a complement."""
    found = []
    for child in anchor.children:
        if child.dep_ in ("attr", "prep", "dobj", "acomp"):
            for inner in (child, *child.children):
                if inner.dep_ == "prep" and inner.lower_ == place:
                    found += [c for c in inner.children if c.dep_ == "pobj"]
    return found


def _overlap(a: Found, b: Found) -> bool:
    if a.rule == b.rule == "role":  # Finnish and Swedish troops
        return False
    return a.start < b.end and b.start < a.end
