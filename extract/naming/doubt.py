"""Whether the context supports a name that is also something else.

*Patriot* is a missile, a man who loves his country and an act of Congress; *Georgia* a country and
a state. The lexicon marks such names, and what stands around them decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from ...schema import EntityType, MentionKind
from ..gazetteer import Match, Name
from ..reading import Reading
from ..stating.cues import Cues
from ..stating.grammar import PROPER
from .designations import speaks_of_weapons

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_SUPPORT = {
    EntityType.COUNTRY: {"GPE", "NORP", "LOC"},
    EntityType.PLACE: {"GPE", "LOC", "FAC"},
    EntityType.ORGANIZATION: {"ORG", "NORP"},
    EntityType.AGREEMENT: {"LAW", "ORG", "WORK_OF_ART"},
}
_OTHERS = ("PERSON", "GPE", "LOC")
_ARGUMENTS = ("dobj", "nsubj", "nsubjpass", "pobj")
_ROADS = frozenset("road roads highway motorway traffic drivers lane lanes junction toll".split())
_SUBJECTS = ("nsubj", "nsubjpass")
_DETERMINERS = ("DT", "PRP$", "CD")
_NUMBER = re.compile(r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)", re.I)
_JOIN = re.compile(r"\s?(?:,|,?\s?\b(?:and|or)\b|&|/)\s?(?:the\s)?", re.IGNORECASE)
_DISTANCE = re.compile(r"\d\s?(?:km|kilomet(?:er|re)s?|miles?|nm|tons?)\b")
_TOWN_BEFORE = re.compile(r"\b[A-Z][\w.]+,\s$")
_LIST_GOES_ON = re.compile(r",?\s(?:and|or)\s|,\s[A-Z]")
_NEXT_WORD = re.compile(r"\s([A-Za-z]+)")
_QUOTED = re.compile(
    r"\b(?:according to|told|reported (?:in|by)|published (?:in|by)) (?:the )?$", re.I
)
_TITLE_GOES_ON = re.compile(r"\s(?:for|on)\s(?:the\s)?[A-Z]")
"""*Guidelines for Nuclear Deterrence*: a document, and no weapons."""
_SLACK = 6


class Surroundings:
    """What stands around the doubtful names of a passage."""

    def __init__(
        self,
        reading: Reading,
        cues: Cues,
        known: Sequence[Match] = (),
        systems: Iterable[tuple[int, int]] = (),
    ) -> None:
        """Take the passage, its known names and the systems that are beyond doubt in it."""
        self._reading = reading
        self._cues = cues
        self._known = known
        self._systems = sorted(systems)
        self._military: dict[int, bool] = {}

    @cached_property
    def _labels(self) -> list[tuple[int, int, str]]:
        return [(e.start_char, e.end_char, e.label_) for e in self._reading.doc.ents]

    def _label(self, start: int, end: int) -> tuple[int, int, str]:
        """The tagger's span that holds the range, and its label; empty if there is none."""
        at = bisect_right(self._labels, start, key=lambda label: label[0])
        if at and self._labels[at - 1][1] >= end:
            return self._labels[at - 1]
        return start, end, ""

    def support(self, name: Name, match: Match) -> bool:
        """Whether a doubtful name means its entity here."""
        kind = EntityType(name.entity.type)
        if kind == EntityType.SYSTEM:
            plural = self._reading.text[match.start : match.end] == name.form + "s"
            return self.has_weapon(match.start, match.end, several=plural)
        if kind == EntityType.ORGANIZATION and name.entity.subtype == "media":
            return self._publishes(match.start, match.end)
        if kind == EntityType.ORGANIZATION and self._is_shouted_word(match.start, match.end):
            return True
        if name.entity.subtype == "company" and self._trades(match.start, match.end):
            return True
        if kind == EntityType.PLACE and name.kind == MentionKind.NAME:
            rival = next((n for n in match.names if n.entity.type == EntityType.COUNTRY), None)
            if rival is not None:
                return self._lies_in(name.entity.country, match.start, match.end)
        return self._tagged(match.start, match.end, _SUPPORT.get(kind, set()))

    def heads_a_title(self, match: Match) -> bool:
        """Whether a capitalised plural goes on as a title does: *Guidelines for Nuclear Safety*."""
        return (
            self._reading.text[match.end - 1] == "s"
            and all(n.doubtful for n in match.names)
            and _TITLE_GOES_ON.match(self._reading.text, match.end) is not None
        )

    def names_another(self, match: Match) -> bool:
        """Whether the tagger takes just this stretch for a person or a place."""
        start, end, label = self._label(match.start, match.end)
        return label in _OTHERS and end - start <= match.end - match.start + _SLACK

    def is_human(self, match: Match) -> bool:
        """Whether a name is a person's by its title, its given name or what it says."""
        if self._is_titled(match.start, match.end):
            return True
        root = self._reading.tokens(match.start, match.end).root
        speaks = root.dep_ == "nsubj" and root.head.lower_ in self._cues.publishing
        return speaks and self._label(match.start, match.end)[2] == "PERSON"

    def stands_alone(self, start: int, end: int) -> bool:
        """Whether a name is no part of a longer one."""
        span = self._reading.tokens(start, end)
        return not any(
            t is not None and t.tag_ in PROPER and t.text[0].isupper()
            for t in (self._before(span), self._after(span))
        )

    def outweighs(self, match: Match, borne_out: Iterable[Name]) -> bool:
        """Whether a doubtful reading that is borne out excludes the one that is not doubtful.

        A state does so with the country of its name, and a weapon with a town, as no town has an
        article.
        """
        rivals = {n.entity.type for n in match.names if not n.doubtful}
        won = {n.entity.type for n in borne_out}
        return (EntityType.PLACE in won and EntityType.COUNTRY in rivals) or (
            EntityType.SYSTEM in won
            and EntityType.PLACE in rivals
            and self.is_a_thing(match.start, match.end)
        )

    def has_weapon(self, start: int, end: int, *, several: bool = False) -> bool:
        """Whether a doubtful name or a weak designation is a weapon's here.

        Args:
            start: Where it begins.
            end: Where it ends.
            several: It is in the plural, as no person or place is: *got Javelins*.
        """
        thing = several or self.is_a_thing(start, end)
        if self._is_person(start, end, thing):
            return False
        return (
            speaks_of_weapons(self._reading.text, start, end, 45)
            or self._beside_system(start)
            or self._of_military_noun(end)
            or (thing and self._in_military_sentence(start, end))
        )

    def is_a_thing(self, start: int, end: int) -> bool:
        """Whether a name stands with an article or a number, and heads its phrase."""
        span = self._reading.tokens(start, end)
        before, after = self._before(span), self._after(span)
        if before is not None and before.tag_ in ("JJ", "JJR", "VBN", "VBD") and before.i:
            before = before.nbor(-1) if before.i > span.sent.start else None
        determined = before is not None and (
            before.tag_ in _DETERMINERS or _NUMBER.fullmatch(before.text) is not None
        )
        if not determined:
            return False
        return after is None or not (
            (after.text[0].isupper() and after.tag_.startswith("NNP"))
            or (after.tag_ == "NN" and after.lower_ not in self._cues.military)
        )

    def acts_as_weapon(self, start: int, end: int, *, worded: bool = False) -> bool:
        """Whether a code stands as a weapon's would: *An X-99 crossed the line*.

        Args:
            start: Where it begins.
            end: Where it ends.
            worded: It is no mere code but a word with one, which many things have; then the
                sentence must speak of weapons as well.
        """
        if not self.is_a_thing(start, end):
            return False
        span = self._reading.tokens(start, end)
        after = self._after(span)
        if after is not None and after.tag_ == "NNS" and after.lower_ not in self._cues.military:
            return False
        if any(token.lower_ in _ROADS for token in span.sent):
            return False
        is_subject = not worded and span.root.dep_ in _SUBJECTS
        return is_subject or self._in_military_sentence(start, end)

    def _before(self, span: Span) -> Token | None:
        return span.doc[span.start - 1] if span.start > span.sent.start else None

    def _after(self, span: Span) -> Token | None:
        return span.doc[span.end] if span.end < span.sent.end else None

    def _is_titled(self, start: int, end: int) -> bool:
        """*Ehud Barak*, *Minister Ehud Barak*."""
        span = self._reading.tokens(start, end)
        before = self._before(span)
        if before is None or not before.text.istitle() or before.tag_ != "NNP":
            return False
        further = before.nbor(-1) if before.i > span.sent.start else None
        return before.lower_ in self._cues.given_names or (
            further is not None and further.lower_.rstrip(".") in self._cues.titles
        )

    def _is_person(self, start: int, end: int, thing: bool) -> bool:
        if self._is_titled(start, end):
            return True
        after = self._after(self._reading.tokens(start, end))
        modifies = after is not None and after.text.islower() and after.tag_.startswith("NN")
        return not thing and not modifies and self._label(start, end) == (start, end, "PERSON")

    def _beside_system(self, start: int) -> bool:
        """Whether a known system is named right before: *B-21s and Sentinel*."""
        at = bisect_right(self._systems, (start, start)) - 1
        if at < 0:
            return False
        return _JOIN.fullmatch(self._reading.text, self._systems[at][1], start) is not None

    def _of_military_noun(self, end: int) -> bool:
        """*A Typhon deployment*; a capital makes it another name, as in *Sentinel Range*."""
        following = _NEXT_WORD.match(self._reading.text, end)
        if following is None or following[1].casefold() not in self._cues.military:
            return False
        sentence = self._reading.tokens(*following.span(1)).sent
        return following[1].islower() or self._reading.is_headline(sentence)

    def _in_military_sentence(self, start: int, end: int) -> bool:
        return self._among_weapons(start, end) or self._is_handled(
            self._reading.tokens(start, end).root
        )

    def _among_weapons(self, start: int, end: int) -> bool:
        """Whether the rest of the sentence speaks of weapons."""
        sentence = self._reading.tokens(start, end).sent
        at = bisect_left(self._systems, (sentence.start_char, 0))
        others = [s for s in self._systems[at : at + 2] if s[1] <= start or end <= s[0]]
        if any(s[0] < sentence.end_char for s in others):
            return True
        if sentence.start not in self._military:
            self._military[sentence.start] = self._is_military(sentence)
        return self._military[sentence.start]

    def _is_military(self, sentence: Span) -> bool:
        words = [token.lower_ for token in sentence]
        return (
            any(word in self._cues.military for word in words)
            or any(f"{a} {b}" in self._cues.military for a, b in pairwise(words))
            or _DISTANCE.search(sentence.text) is not None
        )

    def _is_handled(self, name: Token) -> bool:
        """Whether a name is subject or object of what is done with weapons: *flies the Akinci*."""
        verb = name.head
        if name.dep_ == "pobj" and verb.lower_ in ("by", "with"):
            verb = verb.head
        return name.dep_ in _ARGUMENTS and verb.lower_ in self._cues.handling

    def _publishes(self, start: int, end: int) -> bool:
        """Whether a name is said to publish or to be quoted, or stands in mid-sentence."""
        span = self._reading.tokens(start, end)
        root = span.root
        while root.dep_ == "conj":
            root = root.head
        if root.dep_ == "nsubj" and root.head.lower_ in self._cues.publishing:
            return True
        if _QUOTED.search(self._reading.text, max(0, start - 24), start):
            return True
        if any(_is_certain(match, "media") for match in self._beside(start, end)):
            return True
        return span.start > span.sent.start and self._tagged(start, end, {"ORG"})

    def _is_shouted_word(self, start: int, end: int) -> bool:
        """*WHO* in capitals among other words is no pronoun."""
        span = self._reading.tokens(start, end)
        return (
            len(span) == 1
            and span[0].is_upper
            and span[0].is_stop
            and not all(t.is_upper for t in span.sent if t.is_alpha and len(t) > 1)
            and sum(t.is_lower for t in span.sent) > 1
        )

    def _trades(self, start: int, end: int) -> bool:
        """Whether a name deals in arms as a company does: *Rafael makes the Tamir*."""
        if not self.stands_alone(start, end) or not self._among_weapons(start, end):
            return False
        span = self._reading.tokens(start, end)
        root = span.root
        while root.dep_ == "conj":
            root = root.head
        if root.dep_ == "poss":
            thing = root.head  # Rafael's Iron Dome
            known = any(first <= thing.idx < last for first, last in self._systems)
            return known or thing.lower_ in self._cues.military
        if root.dep_ == "pobj" and root.head.lower_ in ("by", "from"):
            return True
        if root.dep_ in _SUBJECTS and root.head.lower_ in self._cues.handling:
            return True
        sentence = span.sent
        at = bisect_left(self._known, sentence.start_char, key=lambda m: m.start)
        to = bisect_left(self._known, sentence.end_char, key=lambda m: m.start)
        return any(_is_certain(match, "company") for match in self._known[at:to])

    def _lies_in(self, country: str | None, start: int, end: int) -> bool:
        """Whether the sentence speaks of that country's parts: *Fort Benning, Georgia*."""
        if country != "us":
            return False
        at = bisect_left(self._known, start, key=lambda m: m.start)
        before = self._known[at - 1] if at else None
        text = self._reading.text
        if before is not None and text[before.end : start] == ", ":
            town = before.names[0].entity
            return town.type == EntityType.PLACE and town.country == country
        if _TOWN_BEFORE.search(text, max(0, start - 40), start) and not _LIST_GOES_ON.match(
            text, end
        ):
            return True
        sentence = self._reading.tokens(start, end).sent
        return self._beside_region(country, start, end) or any(
            t.lower_.rstrip(".") in self._cues.state_offices for t in sentence
        )

    def _beside_region(self, country: str, start: int, end: int) -> bool:
        """Whether a region of the country is named right before or after: *and South Carolina*."""
        return any(
            (match.names[0].entity.subtype, match.names[0].entity.country) == ("region", country)
            for match in self._beside(start, end)
        )

    def _beside(self, start: int, end: int) -> Iterator[Match]:
        """The known names right before and after, in one enumeration with the range."""
        at = bisect_left(self._known, start, key=lambda m: m.start)
        for match in self._known[max(0, at - 1) : at + 2]:
            first, second = sorted([(match.start, match.end), (start, end)])
            if first[1] <= second[0] and _JOIN.fullmatch(self._reading.text, first[1], second[0]):
                yield match

    def _tagged(self, start: int, end: int, wanted: set[str]) -> bool:
        first, last, label = self._label(start, end)
        return label in wanted and last - first <= end - start + _SLACK


def _is_certain(match: Match, subtype: str) -> bool:
    """Whether a known name is beyond doubt that of a body of the kind."""
    name = match.names[0]
    return name.entity.subtype == subtype and not name.doubtful
