"""Stated relations: triggers of the lexicon matched over the dependency parse.

For each trigger word the matcher looks for who (the subject of the relation) and what (its object)
by the grammar of the word: verb, noun or adjective; who bears a noun that is a role is found in
`roles`. Which entities may stand there is decided in `ends`, how they become statements in
`statements`; what fixed constructions state without a trigger word is in `constructions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..schema import EntityType, MentionKind
from .parsing.inflection import BE, verb_forms
from .reading import Found, Reading, Roster
from .stating.arguments import Argument, Arguments
from .stating.ends import Ends
from .stating.figures import (
    is_abstract,
    is_figure,
    is_ground,
    is_market,
    is_order,
    is_play,
    is_state_of_war,
)
from .stating.grammar import after, is_passive, objects, subjects
from .stating.nouns import first_of, holders_of, makers_of, victims_of
from .stating.parties import thanked_by
from .stating.receipt import aided, is_received, is_sellers
from .stating.roles import Roles
from .stating.slots import complement_of, noun_of, object_places
from .stating.statements import Composer, Statement, Unfinished
from .stating.things import is_taking
from .stating.triggers import RelationLexicon, Trigger

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
_APART = ("away", "back", "forward", "off")
"""Particles with which a verb of speech and visits is another: *going forward*."""
_TAKING_UP = ("this", "these", "they", "it")
"""Begin a sentence that may name what the one before left without a name."""
_REPELLING = frozenset(
    form for verb in "battle beat drive fight hold pick ward".split() for form in verb_forms(verb)
)
_PREPOSITIONS = ("to", "from", "by", "in", "with")
"""Where the subject of a noun may stand: *the sale of missiles to Turkey*."""


class Matcher:
    """Matches the triggers of the lexicon, passage after passage of one document."""

    def __init__(self, roster: Roster, lexicon: RelationLexicon) -> None:
        self.roster = roster
        self.lexicon = lexicon
        self._unfinished: Unfinished | None = None
        self._whos: list[Token] = []
        """Who does the verb at hand, which each of its triggers asks."""

    def statements(self, reading: Reading, arguments: Arguments) -> Iterator[Statement]:
        """Yield what the triggers of the next passage state."""
        if not arguments.are_two and self._unfinished is None:
            return
        self.reading, self.arguments = reading, arguments
        self.ends = Ends(arguments, self.roster, self.lexicon)
        self.composer = Composer(self.ends, self._unfinished)
        self.roles = Roles(self.ends, self.composer)
        for sentence in reading.doc.sents:
            yield from self._continued(sentence)
            if self._is_worth_reading(sentence):
                yield from self._sentence(sentence)
        self._unfinished = self.composer.unfinished

    def _is_worth_reading(self, sentence: Span) -> bool:
        """Whether it has two ends for a relation, or one and the next sentence names the other."""
        doc, count = sentence.doc, self.arguments.count_in(sentence)
        is_last = sentence.end == len(doc)
        return count > 1 or (count == 1 and (is_last or doc[sentence.end].lower_ in _TAKING_UP))

    def _sentence(self, sentence: Span) -> Iterator[Statement]:
        for index in range(sentence.start, sentence.end):
            triggers = self.lexicon.words.get(self.reading.words[index])
            if not triggers:
                continue
            token = sentence.doc[index]
            if self._is_name(token) or self._modifies(token):
                continue
            taken: set[tuple[str, str]] = set()
            for trigger in self._possible(token, triggers):
                for statement in self._match(token, trigger):
                    pair = (statement.subject.entity_id, statement.object.entity_id)
                    if pair not in taken and not is_play(sentence, self.lexicon):
                        taken.add(pair)
                        yield statement

    def _possible(self, word: Token, triggers: Sequence[Trigger]) -> Sequence[Trigger]:
        """The triggers without those of a verb whose subject is nobody known."""
        if word.tag_[0] != "V":
            return triggers
        whos = self._whos = subjects(word)
        if (not whos and is_passive(word)) or any(
            tier for who in whos for tier in self.arguments.tiers(who)
        ):
            return triggers
        return [t for t in triggers if t.part != "verbs" or t.subject != "subject"]

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
        left, self.composer.unfinished = self.composer.unfinished, None
        first = sentence[0]
        if left is None or first.lower_ not in _TAKING_UP:
            return
        verb = first.head
        if verb.lower_ not in ("includes", "include", "included", "covers", "cover", "means"):
            return
        relation = self.lexicon.relations[left.trigger.relation]
        tier = self.ends.fitting(objects(verb), left.trigger.range or relation.range)
        for subject in left.subjects:
            here = Argument(_at(first, subject.found), subject.directness)
            for object_ in tier:
                yield from self.composer.state(
                    here, object_, left.trigger, (verb,), left.attribution
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
        if trigger.particle is None and self._is_other_verb(verb, trigger):
            return
        if not trigger.with_noun and (
            is_figure(verb, self.reading, self.lexicon)
            or is_abstract(verb, trigger, self.reading, self.lexicon)
            or is_taking(verb, trigger, self.reading, self.lexicon)
            or is_ground(verb, self.reading)
            or is_order(verb, trigger)
        ):
            return
        if trigger.relation == "located_in" and not trigger.with_noun and _acts_on(verb):
            return  # moved launchers to Luzon
        if trigger.particle:
            particle = next((c for c in verb.children if c.lower_ == trigger.particle), None)
            if particle is None:
                return
            inside.append(particle)
        if trigger.with_noun:
            noun = noun_of(verb, trigger.with_noun, self.ends)
            if noun is None:
                return
            inside.append(noun)
            if "obj" not in trigger.to:
                anchor = noun
        if trigger.complement:
            complement = complement_of(verb, trigger.complement)
            if complement is None:
                return
            inside.append(complement)
            anchor = complement
        whats = object_places(anchor, verb, trigger)
        whos = objects(verb) if trigger.subject == "obj" else self._whos
        if trigger.subject == "passive":
            whos = objects(verb) if is_passive(verb) else []
            if "obj" in trigger.to:  # was given the jet
                whats = [[c for c in verb.rights if c.dep_ == "dobj"]]
        if trigger.relation == "negotiates_with":  # Slovakia's S-300 went to Ukraine
            whos = [w for w in whos if not self.ends.is_system(w)]
        if trigger.whole and verb.lower_ in BE:  # its future is in NATO
            whos = [w for w in whos if self.ends.is_whole(w)]
        if trigger.subject in _PREPOSITIONS:  # is made in Iran
            places = after(verb, (trigger.subject,)) if is_passive(verb) and not whos else []
            whos = [p for p in places if self.arguments.names(p)]
        if (
            not whos
            and is_passive(verb)
            and trigger.relation in _NO_AGENT
            and "obj" not in trigger.to
        ):
            whos = objects(verb)
        yield from self.composer.compose(whos, whats, trigger, inside)

    def _is_other_verb(self, verb: Token, trigger: Trigger) -> bool:
        """*Ruled out* does not rule, *pushed back on* presses nobody; *hit back* does hit."""
        particles = {c.lower_ for c in verb.children if c.dep_ == "prt"}
        particles |= {c.lower_ for c in verb.children if c.dep_ == "advmod" and c.i == verb.i + 1}
        beyond = (c for c in verb.rights if c.lower_ == "out")  # pushed it out to
        particles |= {c.lower_ for c in beyond if c.doc[c.i + 1 : c.i + 2].text.lower() == "to"}
        if trigger.relation == "attacks" and "off" in particles and verb.lower_ in _REPELLING:
            return True  # fought off the raid
        verbal = self.lexicon.relations[trigger.relation].quad == "verbal-cooperation"
        return "out" in particles or (verbal and not particles.isdisjoint(_APART))

    def _noun(self, noun: Token, trigger: Trigger) -> Iterator[Statement]:
        if noun.lower_ == "talk" and any(after(noun, ("of", "about"))):
            return  # rumour, and no talks
        if is_market(noun, trigger) or is_received(noun, trigger, self.lexicon):
            return
        givers, receivers = aided(noun, trigger, self.lexicon)
        if givers:
            yield from self.composer.compose(givers, [receivers], trigger, [noun])
            return
        if trigger.relation == "attacks" and is_state_of_war(noun):
            trigger = replace(trigger, relation="opposes")
        elif is_sellers(noun, trigger, self.ends):
            trigger = replace(trigger, relation="produces")
        inside = [noun]
        anchor = noun
        if trigger.complement:
            complement = complement_of(noun, trigger.complement)
            if complement is None:
                return
            inside.append(complement)
            anchor = complement
        if trigger.role:
            if clubs := self.roles.clubs(noun, trigger):
                yield from self.roles.members(noun, clubs, trigger)
                return
            yield from self.roles.bearers(noun, trigger)
        whats = object_places(anchor, anchor, trigger)
        head = noun.head
        housed = trigger.relation == "located_in" and noun.dep_ == "nsubj"
        if (noun.dep_ in ("dobj", "nsubjpass", "attr") or housed) and head.tag_[0] == "V":
            for preposition in trigger.to:
                if preposition not in ("obj", "that", "of"):
                    beside = after(head, (preposition,))
                    whats += [[t for t in beside if t.i > noun.i or self.arguments.names(t)]]
            whats = [p for p in whats if p]
        between = [p for p in whats if any(t.head.lower_ in ("between", "among") for t in p)]
        if between:
            yield from self.composer.join_parties(between[0], trigger, inside)
            return
        if not whats and EntityType.SYSTEM in self.ends.range(trigger):  # the S-400 purchase
            systems = [c for c in noun.lefts if c.dep_ in ("compound", "nmod", "amod")]
            whats = [[c for c in systems if self.ends.is_system(c)]]
        if trigger.subject in _PREPOSITIONS:
            whos = (
                after(noun, (trigger.subject,)) if not makers_of(noun, trigger, self.ends) else []
            )
        else:
            whos = holders_of(noun, trigger, self.ends)
        if noun.dep_ == "appos":
            whos.append(noun.head)
        if not whats and self.ends.is_symmetric(trigger):
            whats = [t for t in [thanked_by(noun, self.lexicon)] if t]
        whats = whats or [t for t in [victims_of(noun, trigger)] if t]
        first = first_of(noun)
        if first.dep_ == "attr" and not whos:
            whos = subjects(first.head)
        if self.ends.is_symmetric(trigger) and not any(self.arguments.names(w) for w in whos):
            of = after(noun, ("of",))
            if "with" in trigger.to and (partners := after(noun, ("with",))):
                whos, whats = of or whos, [partners]  # the alliance of X with Y
            elif "of" in trigger.to and len(self.ends.fitting(of, self.ends.range(trigger))) > 1:
                yield from self.composer.join_parties(of, trigger, inside)
                return
        if not whats and self.ends.is_symmetric(trigger) and trigger.together:
            modifiers = [c for c in noun.children if c.dep_ in ("compound", "nmod", "amod")]
            yield from self.composer.join_parties(whos or modifiers, trigger, inside)
            return
        yield from self.composer.compose(whos, whats, trigger, inside)

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
                    yield from self.composer.compose(
                        whos, [objects(child)], trigger, [adjective, child]
                    )
            return
        whats = object_places(anchor, adjective, trigger)
        if whats or adjective.dep_ != "amod":  # equal representation of A and B
            yield from self.composer.compose(whos, whats, trigger, inside)


def _at(pronoun: Token, found: Found) -> Found:
    """An entity of an earlier sentence, where this one refers to it."""
    end = pronoun.idx + len(pronoun)
    return Found(
        pronoun.idx, end, found.type, found.entity_id, MentionKind.PRONOUN, "continued", found.score
    )


def _acts_on(verb: Token) -> bool:
    return any(c.dep_ == "dobj" for c in verb.children)
