"""From the words of a trigger and its two ends to what they state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ...schema import EntityType, MentionKind, Modality
from ..attribution import attribution_of
from ..parsing.inflection import verb_forms
from ..reading import Found
from .arguments import Argument, Tier
from .commitment import Attribution
from .ends import WHOLE, Ends
from .grammar import conjuncts, excluded, foregone
from .nouns import is_epithet, kind_of
from .statutes import is_statute
from .things import spoken_of, who_talk
from .triggers import Trigger
from .worlds import is_another

if TYPE_CHECKING:
    from spacy.tokens import Token

_ABILITIES = ("counters", "protects", "integrates_with", "compared_with", "located_in")
"""Relations that hold where a system is said to be able to: *THAAD can intercept the Scud*."""
_HOSTILE = ("attacks", "threatens", "opposes")
"""Relations whose nouns name what goes on whether or not a sentence wants it to end."""
_HANDED_OVER = ("supplies", "funds", "hosts")
"""Relations in which something changes hands: what is offered has not."""
_DOING = frozenset(
    form
    for verb in """begin carry command commit conduct execute launch lead make mount order
    perpetrate plan stage start unleash wage""".split()
    for form in verb_forms(verb)
)
"""Verbs whose subject does the deed that is their object."""
_SENT = frozenset(
    """army contingent convoy crew delegation embassy entourage fleet forces military mission navy
    side squad squadron team troops""".split()
)
"""Those who act for their state without being it: *the U.S. delegation*."""


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


class Unfinished(NamedTuple):
    """A statement whose object was no name; the next sentence may name it."""

    trigger: Trigger
    subjects: Tier
    attribution: Attribution


class Composer:
    """Joins the ends of triggers into statements, all those of one passage."""

    def __init__(self, ends: Ends, unfinished: Unfinished | None = None) -> None:
        self.ends = ends
        self.lexicon = ends.lexicon
        self.unfinished = unfinished

    def compose(
        self,
        whos: Sequence[Token],
        whats: Sequence[Sequence[Token]],
        trigger: Trigger,
        inside: Sequence[Token],
    ) -> Iterator[Statement]:
        relation = self.lexicon.relations[trigger.relation]
        domain, range_ = self.ends.domain(trigger), self.ends.range(trigger)
        if trigger.swap:
            domain, range_ = range_, domain
        strict = relation.quad != "material-conflict"
        whos = who_talk(whos, trigger, self.lexicon)
        whats = [
            spoken_of(who_talk(place, trigger, self.lexicon), trigger, self.ends.arguments)
            for place in whats
        ]
        subject_tier = self._as_far_as(inside[0], whos, self.ends.fitting(whos, domain))
        if not subject_tier:
            return
        if not whats and self.ends.is_symmetric(trigger):
            if trigger.together:
                yield from self.join_parties(whos, trigger, inside)
            return
        for place in whats:
            objects_ = self._as_far_as(inside[0], place, self.ends.fitting(place, range_, strict))
            object_tier = self.ends.besides(subject_tier, objects_)
            if trigger.whole:
                object_tier = [a for a in object_tier if self._is_whole(a, trigger)]
            if trigger.relation == "party_to":
                object_tier = [a for a in object_tier if not self._is_statute(a)]
            if not object_tier:
                continue
            attribution = self._attribution(inside, trigger)
            for subject in subject_tier:
                for object_ in object_tier:
                    yield from self.state(subject, object_, trigger, inside, attribution)
            left_out = [e for t in place for e in excluded(t)]
            others = [e for t in whos for e in excluded(t)] if trigger.part == "nouns" else []
            if trigger.part == "verbs":
                left_out += foregone(inside[0])
            if not left_out and not others:
                return
            denial = self._attribution(inside, trigger)
            denial.deny()
            for subject in subject_tier:
                for object_ in self.ends.fitting(left_out, range_, strict):
                    yield from self.state(subject, object_, trigger, inside, denial)
            for subject in self.ends.fitting(others, domain):
                for object_ in object_tier:
                    yield from self.state(subject, object_, trigger, inside, denial)
            return
        if whats and trigger.part == "verbs" and not trigger.swap:
            attribution = self._attribution(inside, trigger)
            self.unfinished = Unfinished(trigger, subject_tier, attribution)

    def join_parties(
        self, tokens: Sequence[Token], trigger: Trigger, inside: Sequence[Token]
    ) -> Iterator[Statement]:
        """Two parties side by side: *France and Germany signed*, *talks between X and Y*."""
        relation = self.lexicon.relations[trigger.relation]
        if not self.ends.is_symmetric(trigger):
            return
        tokens = who_talk(tokens, trigger, self.lexicon)
        parties = self.ends.fitting(tokens, relation.domain)
        if len(parties) < 2 or len(parties) > 6:
            return
        attribution = attribution_of(inside[0], self.lexicon)
        for i, first in enumerate(parties):
            for second in parties[i + 1 :]:
                yield from self.state(first, second, trigger, inside, attribution)
                if trigger.reciprocal:
                    yield from self.state(second, first, trigger, inside, attribution)

    def state(
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
        reading = self.ends.reading
        if any(is_another(a.found, reading, self.lexicon) for a in (subject, object_)):
            attribution = replace(attribution)
            attribution.suppose()
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

    def _attribution(self, inside: Sequence[Token], trigger: Trigger) -> Attribution:
        """How the sentence commits to what the trigger states.

        A war that somebody must not win, or wants to end, is no less a war.
        """
        word, relation = inside[0], trigger.relation
        conflict = relation in _HOSTILE and word.tag_[0] == "N"
        given = conflict and any(
            c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in ("the", "this", "that"))
            for c in kind_of(word).children
        )
        given &= not self._is_done(word)
        given |= trigger.role and (self._is_had(word) or is_epithet(word))
        found = attribution_of(word, self.lexicon, tuple(inside[1:2]), given=given)
        if found.able and relation not in _ABILITIES:
            found.suppose()
        if trigger.denies:
            found.deny()
        handed_over = relation in _HANDED_OVER or trigger.subject == "passive"
        if handed_over and self.lexicon.marks(word, "intent"):
            found.suppose()  # offered it
        if trigger.request or self._is_of_an_imagined_one(word):
            found.suppose()
        if found.ended and conflict:
            found.negated = False
            found.suppose()
        return found

    def _is_done(self, deed: Token) -> bool:
        """*Did not lead the attack*, *disclaimed it*: the verb tells who did it or did not."""
        verb = deed.head
        return deed.dep_ in ("dobj", "nsubjpass") and (
            verb.lower_ in _DOING or self.lexicon.marks(verb, "denial")
        )

    def _as_far_as(self, word: Token, tokens: Sequence[Token], tier: Tier) -> Tier:
        """Without what an enumeration goes on to name: *A, based in Peru; B, based in Chile*."""
        if word.dep_ not in ("acl", "relcl") or list(tokens) != [word.head]:
            return tier
        later = [t for t in conjuncts(word.head) if t.i > word.i]
        beyond = {f.start for t in later for f in self.ends.reading.at(t)}
        return [a for a in tier if a.found.start not in beyond]

    def _is_whole(self, argument: Argument, trigger: Trigger) -> bool:
        """Not what an actor owns, nor those it sends: who heads *its delegation* heads no state."""
        found = argument.found
        last = self.ends.reading.text[found.start : found.end].rpartition(" ")[2]
        is_sent = found.rule == "role" and last.lower() in _SENT
        return argument.directness >= WHOLE and not (is_sent and trigger.relation == "leads")

    def _is_statute(self, argument: Argument) -> bool:
        return is_statute(self.ends.roster[argument.found.entity_id].name)

    def _is_had(self, noun: Token) -> bool:
        """*Its partner*, whom it has, also where it *will not defend its partner*."""
        return (
            noun.dep_ == "dobj"
            and any(c.dep_ == "poss" for c in noun.lefts)
            and not self.lexicon.marks(noun.head, "negative")
            and not self.lexicon.marks(noun.head, "intent")
        )

    def _is_of_an_imagined_one(self, word: Token) -> bool:
        """*A Nepal that bought it*: one of several that could be, told by what it does."""
        bearer = word.head
        if word.dep_ == "csubj":  # a Germany equipped with it is
            bearer = next((c for c in word.children if c.dep_ == "nsubj"), word)
        elif word.dep_ not in ("relcl", "acl"):
            return False
        return any(c.lower_ in ("a", "an") for c in bearer.lefts) and any(
            self._is_the_only_one(found) for found in self.ends.reading.at(bearer)
        )

    def _is_the_only_one(self, found: Found) -> bool:
        """Whether there is one of a name; there are many MiG-29s, of which Poland has some."""
        if found.kind != MentionKind.NAME:
            return False
        if found.type == EntityType.ORGANIZATION:  # a company's name is that of its goods
            return found.rule == "lexicon" and (
                self.ends.roster[found.entity_id].subtype != "company"
            )
        return found.type in (EntityType.COUNTRY, EntityType.PERSON)


def _overlap(a: Found, b: Found) -> bool:
    if a.rule == b.rule and a.rule in ("role", "pair"):  # Finnish and Swedish troops, the two
        return False
    return a.start < b.end and b.start < a.end
