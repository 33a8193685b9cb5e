"""Who holds which office, as titles and appositions say.

*X's Prime Minister Y*, *Y, commander of X*, *Russian Ambassador to NATO Dmitry Rogozin*, *Ted
Postol of MIT*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...schema import EntityType, MentionKind
from ..attribution import attribution_of
from ..reading import Found, Reading
from .arguments import Arguments
from .commitment import Attribution
from .cues import Cues
from .grammar import after, objects, subjects
from .statements import Statement
from .triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWNERS = (EntityType.COUNTRY, EntityType.ORGANIZATION)
_OF = re.compile(r",? (?:of|from|at) (?:the )?")
_CALLINGS = frozenset(
    """academic activist architect banker blogger broadcaster columnist commentator defector
    designer dissident economist editor entrepreneur expert financier historian industrialist
    investor journalist lobbyist oligarch physicist presenter publisher reporter scholar scientist
    specialist strategist translator tycoon veteran whistleblower writer""".split()
)
"""What somebody is in a country without any office of the state: *a Russian dissident*."""
_JUNIOR = frozenset(
    "deputy vice assistant associate former acting under ex parliamentary press private".split()
)


def find_offices(
    reading: Reading, arguments: Arguments, lexicon: RelationLexicon, cues: Cues
) -> Iterator[Statement]:
    """Titles and appositions: *X's Prime Minister Y*, *Y, commander of X*, *Ambassador to X*."""
    first_words = {office.partition(" ")[0] for office in cues.leading_offices}
    for index, word in enumerate(reading.words):
        if word not in cues.offices and word not in first_words:
            continue
        token = reading.doc[index]
        if token.dep_ == "compound" and f"{word} {token.head.lower_}" in cues.leading_offices:
            token = token.head  # secretary general
        elif word not in cues.offices or token.tag_[0] != "N":
            continue
        persons = list(_bearers(token, reading))
        if not persons:
            continue
        envoy = token.lower_ in ("ambassador", "envoy", "representative", "delegate", "emissary")
        accredited = _bodies(after(token, ("to",)), arguments) if envoy else []
        employers = _bodies(after(token, ("of", "at", "for", "in", "with")), arguments)
        if token.dep_ == "compound":  # President Emmanuel Macron of France
            employers += _bodies(after(token.head, ("of",)), arguments)
        owners = [
            f
            for c in token.lefts
            if c.dep_ in ("amod", "compound", "poss", "nmod")
            for f in reading.at(c)
        ]
        before = _just_before(token, reading)
        if before is not None and not owners:
            owners = [before]
        title = (
            "" if envoy or _deputy(token) or _has_field(token, arguments) else _title(token, cues)
        )
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
                    leads = title in leading and not (
                        title == "minister" and body.type == EntityType.ORGANIZATION
                    )
                    relation = "leads" if leads else "holds_position_in"
                    if body.type == EntityType.COUNTRY and token.lower_ in _CALLINGS:
                        relation = "affiliated_with"
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


def find_members_of_staff(reading: Reading) -> Iterator[Statement]:
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


def _title(office: Token, cues: Cues) -> str:
    """The whole office: *prime minister* and *secretary general*, not their nouns alone."""
    doc, at = office.doc, office.i
    for first, last in ((at - 2, at + 1), (at, at + 3), (at - 1, at + 1), (at, at + 2)):
        if first >= 0 and last <= len(doc) and doc[first:last].text.lower() in cues.leading_offices:
            return doc[first:last].text.lower()
    return office.lower_


def _deputy(office: Token) -> bool:
    return any(t.lower_ in _JUNIOR for t in office.doc[max(0, office.i - 4) : office.i])


def _has_field(office: Token, arguments: Arguments) -> bool:
    """*The UN's Director for Africa*, who does not direct the UN."""
    fields = after(office, ("for",))
    return bool(fields) and not _bodies(fields, arguments)


def _bodies(tokens: Sequence[Token], arguments: Arguments) -> list[Found]:
    return [
        a.found for t in tokens for a in next(arguments.tiers(t), []) if a.found.type in _OWNERS
    ]


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
