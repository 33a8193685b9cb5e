"""What fixed constructions state without a trigger verb.

*The UK's integrated air and missile defence*, *unlike its American counterpart*, *a U.S.-led
shield*: each construction is one function that yields statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...schema import EntityType, MentionKind
from ..attribution import attribution_of
from ..naming.designations import speaks_of_weapons
from ..reading import Reading, Roster
from .arguments import Argument, Arguments
from .commitment import Attribution
from .cues import Cues
from .grammar import after, subjects
from .offices import find_members_of_staff, find_offices
from .statements import Statement
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
_THERE = re.compile(
    r" (?P<thing>(?:missiles?|launchers?|batter(?:y|ies)|systems?|radars?|sites?|jets?|"
    r"fighters?|bombers?|interceptors?|regiments?|units?) )?(?:in|on|near) (?:the )?"
)
_COMPARING = frozenset("as compared unlike versus whereas while".split())
_COMPARATIVE = ("er", "more", "less", "worse")
"""How comparatives end: their tag is asked only where it may be one."""
_NOT_TRADED = ("nsubj", "nsubjpass", "appos", "ROOT", "attr")
"""Places of a thing that is not bought, where *from* tells its maker and not a seller."""
_SUCH = frozenset("as including like".split())
_MODIFIERS = ("compound", "nmod", "amod")
_CONTRAST = re.compile(
    r"\b(?:diverge\w*|differ\w*|contrast\w*|unlike|rather|instead|more|less|fewer|"
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
    if arguments.are_two:
        yield from _owned_systems(reading, roster)
        yield from find_offices(reading, arguments, lexicon, cues)
        yield from find_members_of_staff(reading)
        yield from _places(reading, lexicon)
        yield from _participles(reading, roster, lexicon)
        yield from _comparisons(reading, arguments, lexicon)
    yield from find_works(reading, arguments, roster, lexicon)


def _owned_systems(reading: Reading, roster: Roster) -> Iterator[Statement]:
    """A system and its owner: *the UK's IAMD*, *Russian S-400s*, *the shield of NATO*.

    A company's system is one it makes (*the SPYDER from Rafael*); so is a system of a country's own
    make, unless it is said to have it (*Russian S-400s*, but *Russia's S-400s*).
    """
    for system in reading.found:
        if system.type != EntityType.SYSTEM or system.kind == MentionKind.PRONOUN:
            continue
        root = reading.span(system).root
        for word, possessive in _owner_words(root):
            for owner in reading.at(word):
                if owner.type not in _OWNERS or owner.entity_id == system.entity_id:
                    continue
                is_company = roster[owner.entity_id].subtype == "company"
                if word.head.lower_ == "from" and not is_company:
                    continue
                makes = is_company or (
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
                    if word.i < head.i and word.nbor(1).text != ",":
                        yield word, child.dep_ == "poss"
            elif child.dep_ == "prep" and (
                child.lower_ == "of" or (child.lower_ == "from" and head.dep_ in _NOT_TRADED)
            ):
                yield from ((c, True) for c in child.children if c.dep_ == "pobj")


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
                if reading.span(place).root.dep_ in _MODIFIERS:
                    continue  # in the Pacific batteries
                root = reading.span(system).root
                if _is_made(root, lexicon):
                    continue
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


def _is_made(thing: Token, lexicon: RelationLexicon) -> bool:
    """What a country makes, buys or supplies there, it need not have there."""
    if thing.dep_ not in ("dobj", "nsubjpass"):
        return False
    done = {t.relation for t in lexicon.at(thing.head.lower_, "verbs") if "obj" in t.to}
    return bool(done & {"produces", "develops"})


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
                between = reading.tokens(match.end(), second.start)
                if any(
                    t.dep_ == "prep" and t.lower_ not in _SUCH for t in between
                ):  # the US-led war against Iraq
                    break
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
    for place, word in enumerate(reading.words):
        if word not in _COMPARING and not word.endswith(_COMPARATIVE):
            continue
        token = reading.doc[place]
        if word not in _COMPARING and token.tag_ not in ("JJR", "RBR"):
            continue
        for verb, others, kinds in _contrasts(token):
            pairs = [
                (first, second)
                for first in (_of_kind(subjects(verb), arguments, kinds) if others else ())
                for second in _of_kind(others, arguments, (first.found.type,))
                if first.found.entity_id != second.found.entity_id
            ]
            if not pairs:
                continue
            attribution = attribution_of(verb, lexicon)
            attribution.negated &= token.lower_ in ("as", "more", "less") or token.tag_ == "JJR"
            for first, second in pairs:
                yield Statement(
                    first.found,
                    "compared_with",
                    second.found,
                    attribution,
                    (token,),
                    "construction:contrast",
                    0.6 * first.directness * second.directness,
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
        own = [c for c in token.head.children if c.dep_ in ("nsubj", "nsubjpass")]
        if own and _CONTRAST.search(token.sent.text):  # not *while noting*, of the same subject
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
