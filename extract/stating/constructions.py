"""What fixed constructions state without a trigger verb.

*Russian Ambassador to NATO Dmitry Rogozin*, *the UK's integrated air and missile defence*, *unlike
its American counterpart*, *a U.S.-led shield*: each construction is one function that yields
statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...schema import EntityType, MentionKind
from ..attribution import Attribution, attribution_of
from ..naming.designations import speaks_of_weapons
from ..reading import Found, Reading, Roster
from ..relations import Statement
from .arguments import Argument, Arguments, after, objects, subjects
from .cues import Cues
from .triggers import RelationLexicon
from .works import find_works

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWNERS = (EntityType.COUNTRY, EntityType.ORGANIZATION)
_LED = re.compile(
    r"[\s-](led|backed|made|built|developed|supplied|operated|sponsored|funded|supported|based)\b"
)
_LED_RELATIONS = {
    "led": "leads",
    "backed": "supports",
    "supported": "supports",
    "sponsored": "funds",
    "funded": "funds",
    "made": "produces",
    "built": "produces",
    "developed": "develops",
    "supplied": "supplies",
    "operated": "operates",
    "based": "located_in",
}
_WHOLES = frozenset("framework architecture programme program project fleet unit crew site".split())
_OF = re.compile(r",? (?:of|from|at) (?:the )?")
_THERE = re.compile(
    r" (?P<thing>(?:missiles?|launchers?|batter(?:y|ies)|systems?|radars?|sites?|jets?|"
    r"fighters?|bombers?|interceptors?|regiments?|units?) )?(?:in|on|near) (?:the )?"
)
_COMPARING = frozenset("as compared unlike versus whereas while".split())
_MODIFIERS = ("compound", "nmod", "amod")
_CONTRAST = re.compile(
    r"\b(?:diverge\w*|differ\w*|contrast\w*|unlike|rather|instead|whereas|more|less|"
    r"on the other hand)\b",
    re.IGNORECASE,
)


def find_constructions(
    reading: Reading,
    arguments: Arguments,
    roster: Roster,
    lexicon: RelationLexicon,
    cues: Cues,
) -> Iterator[Statement]:
    """Yield what the constructions of a passage state."""
    yield from _owned_systems(reading, roster)
    yield from _offices(reading, arguments, lexicon, cues)
    yield from _members_of_staff(reading)
    yield from _places(reading, lexicon)
    yield from _participles(reading, roster, lexicon)
    yield from _comparisons(reading, arguments, lexicon)
    yield from find_works(reading, arguments, roster, lexicon)


def _owned_systems(reading: Reading, roster: Roster) -> Iterator[Statement]:
    """A system and its owner: *the UK's IAMD*, *Russian S-400s*, *the shield of NATO*.

    A company's system is one it makes; so is a system of a country's own make, unless it is said to
    have it (*Russian S-400s*, but *Russia's S-400s*).
    """
    for system in reading.found:
        if system.type != EntityType.SYSTEM or system.kind == MentionKind.PRONOUN:
            continue
        root = reading.span(system).root
        for word, possessive in _owner_words(root):
            for owner in reading.at(word):
                if owner.type not in _OWNERS or owner.entity_id == system.entity_id:
                    continue
                makes = roster[owner.entity_id].subtype == "company" or (
                    owner.kind == MentionKind.DEMONYM
                    and not possessive
                    and not roster[system.entity_id].owners
                    and roster[system.entity_id].country == roster[owner.entity_id].country
                )
                relation = "produces" if makes else "operates"
                yield Statement(
                    owner, relation, system, Attribution(), (root,), "construction:owner", 0.7
                )


def _owner_words(root: Token) -> Iterator[tuple[Token, bool]]:
    """Words that say whose a thing is, and whether in the genitive."""
    heads = [root]
    whole = root.head  # the framework of *the UK's IAMD framework*, not the debate about it
    if root.dep_ in ("compound", "nmod", "amod", "appos") and (
        whole.lower_ in _WHOLES or speaks_of_weapons(whole.text, 0, 0)
    ):
        heads.append(whole)
    for head in heads:
        for child in head.children:
            if child.dep_ in ("poss", "amod", "compound", "nmod") and child.i != root.i:
                for word in (child, *child.conjuncts):
                    if word.i < head.i:
                        yield word, child.dep_ == "poss"
            elif child.dep_ == "prep" and child.lower_ == "of":
                yield from ((c, True) for c in child.children if c.dep_ == "pobj")


def _offices(
    reading: Reading, arguments: Arguments, lexicon: RelationLexicon, cues: Cues
) -> Iterator[Statement]:
    """Titles and appositions: *X's Prime Minister Y*, *Y, commander of X*, *Ambassador to X*."""
    for token in reading.doc:
        if token.dep_ == "compound" and (
            f"{token.lower_} {token.head.lower_}" in cues.leading_offices
        ):
            token = token.head  # secretary general
        elif token.lower_ not in cues.offices or token.tag_[0] != "N":
            continue
        persons = list(_bearers(token, reading))
        if not persons:
            continue
        envoy = token.lower_ in ("ambassador", "envoy", "representative", "delegate", "emissary")
        accredited = _bodies(after(token, ("to",)), arguments) if envoy else []
        employers = _bodies(after(token, ("of", "at", "for", "in", "with")), arguments)
        owners = [
            f
            for c in token.lefts
            if c.dep_ in ("amod", "compound", "poss", "nmod")
            for f in _covering(c, reading)
        ]
        before = _just_before(token, reading)
        if before is not None and not owners:
            owners = [before]
        title = "" if envoy or _deputy(token) else _title(token, cues)
        attribution = Attribution()
        if token.dep_ in ("attr", "oprd"):
            attribution = attribution_of(token.head, lexicon)
        elif token.dep_ == "pobj" and token.head.lower_ == "as":
            attribution = attribution_of(token.head.head, lexicon)
            if any(
                t.relation == "withdraws_from" for t in lexicon.at(token.head.head.lower_, "verbs")
            ):
                attribution.deny()  # stepped down as
        for person in persons:
            for body in (*(owners or ()), *(employers if not accredited else ())):
                if body.type in _OWNERS and body.entity_id != person.entity_id:
                    leading = (
                        cues.heads_of_state
                        if body.type == EntityType.COUNTRY
                        else cues.leading_offices
                    )
                    relation = "leads" if title in leading else "holds_position_in"
                    yield Statement(
                        person, relation, body, attribution, (token,), "construction:office", 0.85
                    )
            for body in accredited:
                yield Statement(
                    person,
                    "affiliated_with",
                    body,
                    attribution,
                    (token,),
                    "construction:envoy",
                    0.8,
                )


def _bearers(office: Token, reading: Reading) -> Iterator[Found]:
    """The persons who hold an office: its head, its apposition, or the subject of *is*."""
    places = [office.head] if office.dep_ in ("compound", "nmod", "appos", "amod") else []
    places += [c for c in office.children if c.dep_ == "appos"]
    places += [  # the commander of EUCOM, X, which the parser puts beside EUCOM
        c for body in after(office, ("of",)) for c in body.children if c.dep_ == "appos"
    ]
    if office.dep_ == "attr":
        places += subjects(office.head)
    elif office.dep_ == "oprd":  # was appointed secretary general
        places += objects(office.head)
    elif office.dep_ == "pobj" and office.head.lower_ == "as":
        governor = office.head.head
        places += subjects(governor) if governor.tag_[0] == "V" else []
    places += office.doc[office.i + 1 : office.i + 2]
    seen = set()
    for place in places:
        for found in reading.at(place):
            if found.type == EntityType.PERSON and found.entity_id not in seen:
                seen.add(found.entity_id)
                yield found


_JUNIOR = frozenset(
    "deputy vice assistant former acting under ex parliamentary press private".split()
)


def _title(office: Token, cues: Cues) -> str:
    """The whole office: *prime minister* and *secretary general*, not their nouns alone."""
    doc, at = office.doc, office.i
    for first, last in ((at - 2, at + 1), (at, at + 3), (at - 1, at + 1), (at, at + 2)):
        if first >= 0 and last <= len(doc) and doc[first:last].text.lower() in cues.leading_offices:
            return doc[first:last].text.lower()
    return office.lower_


def _deputy(office: Token) -> bool:
    return any(t.lower_ in _JUNIOR for t in office.doc[max(0, office.i - 4) : office.i])


def _bodies(tokens: Sequence[Token], arguments: Arguments) -> list[Found]:
    return [
        a.found for t in tokens for a in next(arguments.tiers(t), []) if a.found.type in _OWNERS
    ]


def _members_of_staff(reading: Reading) -> Iterator[Statement]:
    """*Ted Postol of MIT*, *Matthew Bunn, of Harvard University*."""
    for person in reading.found:
        if person.type != EntityType.PERSON or person.kind != MentionKind.NAME:
            continue
        for body in reading.found:
            if body.type == EntityType.ORGANIZATION and _OF.fullmatch(
                reading.text[person.end : body.start]
            ):
                word = reading.span(person).root
                yield Statement(
                    person, "affiliated_with", body, Attribution(), (word,), "construction:of", 0.75
                )


def _places(reading: Reading, lexicon: RelationLexicon) -> Iterator[Statement]:
    """*S-400 launchers in Crimea*, *Aegis Ashore in Romania*: a system and where it is."""
    for system in reading.found:
        if system.type != EntityType.SYSTEM or system.kind == MentionKind.PRONOUN:
            continue
        for place in reading.found:
            if place.type in (EntityType.COUNTRY, EntityType.PLACE) and place.kind == "name":
                match = _THERE.fullmatch(reading.text[system.end : place.start])
                if match is None:
                    continue
                root = reading.span(system).root
                noun = root.head if match["thing"] and root.dep_ in _MODIFIERS else root
                yield Statement(
                    system,
                    "located_in",
                    place,
                    attribution_of(noun, lexicon),
                    (noun,),
                    "construction:place",
                    0.5,
                )


def _covering(token: Token, reading: Reading) -> Iterator[Found]:
    yield from reading.at(token)


def _just_before(office: Token, reading: Reading) -> Found | None:
    """*Russian Ambassador*, *NATO Secretary General*: the name right before the office."""
    first = office.i
    while (
        first > 0
        and office.doc[first - 1].tag_ in ("NNP", "JJ", "NN")
        and not reading.at(office.doc[first - 1])
        and office.i - first < 3
    ):
        first -= 1
    if first == 0:
        return None
    previous = office.doc[first - 1]
    if previous.text in ("'s", "’s") and first > 1:
        previous = office.doc[first - 2]
    return next((f for f in reading.at(previous) if f.type in _OWNERS), None)


def _participles(reading: Reading, roster: Roster, lexicon: RelationLexicon) -> Iterator[Statement]:
    """*a U.S.-led coalition*, *Iranian-made Shahed-136s*: name, participle, name."""
    named = sorted(reading.found, key=lambda f: f.start)
    for first in named:
        match = _LED.match(reading.text, first.end)
        if match is None or not _is_participle(match, reading):
            continue
        relation = _LED_RELATIONS[match.group(1)]
        allowed = lexicon.relations[relation].range
        domain: tuple[str, ...] = _OWNERS
        reverse = relation == "located_in"  # the Vienna-based IAEA
        if reverse:
            allowed, domain = lexicon.relations[relation].domain, lexicon.relations[relation].range
        if first.type not in domain:
            continue
        for second in named:
            gap = reading.text[match.end() : second.start]
            if (
                second.start >= match.end()
                and len(gap) < 40
                and re.fullmatch(r"\s(?:[\w-]+\s){0,3}", gap)
            ):
                if second.type in allowed and second.entity_id != first.entity_id:
                    root = reading.tokens(match.start(1), match.end(1)).root
                    ends = (second, first) if reverse else (first, second)
                    rule = f"construction:{match.group(1)}"
                    yield Statement(ends[0], relation, ends[1], Attribution(), (root,), rule, 0.75)
                break


def _is_participle(match: re.Match[str], reading: Reading) -> bool:
    """A modifier (*U.S.-led*, *a U.S. led shield*), and not the verb of the clause."""
    if match.group().startswith("-"):
        return True
    participle = reading.tokens(match.start(1), match.end(1)).root
    own = any(c.dep_ in ("nsubj", "mark") for c in participle.children)
    return (participle.dep_ in ("amod", "acl") and not own) or (
        participle.nbor(-1).dep_ == "npadvmod"
    )


def _comparisons(
    reading: Reading, arguments: Arguments, lexicon: RelationLexicon
) -> Iterator[Statement]:
    """*Unlike A, B ...*; *A is more capable than B*: two of a kind set against each other."""
    for token in reading.doc:
        if token.lower_ not in _COMPARING and token.tag_ not in ("JJR", "RBR"):
            continue
        for verb, others, kinds in _contrasts(token):
            attribution = attribution_of(verb, lexicon)
            attribution.negated &= token.lower_ in ("as", "more", "less") or token.tag_ == "JJR"
            for first in _of_kind(subjects(verb), arguments, kinds):
                for second in _of_kind(others, arguments, (first.found.type,)):
                    if first.found.entity_id != second.found.entity_id:
                        confidence = 0.6 * first.directness * second.directness
                        yield Statement(
                            first.found,
                            "compared_with",
                            second.found,
                            attribution,
                            (token,),
                            "construction:contrast",
                            confidence,
                        )


def _contrasts(token: Token) -> Iterator[tuple[Token, list[Token], Sequence[str]]]:
    """The verb of what is compared, what it is compared with, and the types that may be."""
    both = (EntityType.COUNTRY, EntityType.SYSTEM)
    if token.lower_ in ("unlike", "versus") and token.dep_ == "prep":
        yield token.head, [c for c in token.children if c.dep_ == "pobj"], both
    elif token.lower_ == "compared" and token.dep_ in ("prep", "advcl"):
        yield token.head, after(token, ("with", "to")), both
    elif token.lower_ == "as" and token.dep_ == "prep" and _is_as_much(token):
        anchor = token.head if token.head.tag_[0] == "V" else token.head.head
        yield anchor, [c for c in token.children if c.dep_ == "pobj"], (EntityType.SYSTEM,)
    elif token.lower_ in ("while", "whereas") and token.dep_ == "mark":
        if _CONTRAST.search(token.sent.text):
            yield token.head.head, subjects(token.head), both
    elif token.tag_ == "JJR" and token.dep_ == "amod" and token.head.dep_ == "dobj":
        if token.head.head.lower_ in ("has", "have", "had"):  # has a longer reach than
            yield token.head.head, after(token.head, ("than",)), (EntityType.SYSTEM,)
    elif token.tag_ in ("JJR", "RBR") and token.dep_ in ("acomp", "attr", "advmod", "dobj"):
        # That one country is larger than another is geography, not politics.
        kinds = both if token.lower_ in ("more", "less", "fewer") else (EntityType.SYSTEM,)
        anchor = token if after(token, ("than",)) or token.dep_ != "advmod" else token.head
        yield anchor.head, after(anchor, ("than",)), kinds


def _is_as_much(second: Token) -> bool:
    """The second *as* of *as fast as*."""
    return any(c.lower_ == "as" and c.dep_ == "advmod" for c in second.head.children)


def _of_kind(tokens: Sequence[Token], arguments: Arguments, kinds: Sequence[str]) -> list[Argument]:
    return [a for t in tokens for a in next(arguments.tiers(t), []) if a.found.type in kinds]
