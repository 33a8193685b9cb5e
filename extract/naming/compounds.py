"""Known names within words and phrases: *South China Sea*, *neo-Nazi*, *MBDA Deutschland*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...schema import EntityType, MentionKind
from ..gazetteer import Gazetteer, Match, Name
from ..reading import Reading

_COORDINATED = re.compile(
    r"\b(?P<first>[A-Z][a-z]+)(?:,?\s(?:and|or)\s|/)(?:the\s)?(?P<second>[A-Z][a-z]+)\s"
    r"(?P<noun>(?:[A-Z][a-z]+\s)?[A-Z][a-z]+)\b"
)
_PREFIX = re.compile(r"\bneo-$", re.IGNORECASE)
_IN_LINE_WITH = re.compile(r"-(?:aligned|compatible|compliant)\b")
_CODE_BEFORE = re.compile(r"\b([A-Z][A-Z\d]+)-$")
_CODE_AFTER = re.compile(r"-([A-Z][A-Z\d]+)\b")


def find_coordinated(text: str, gazetteer: Gazetteer) -> Iterator[Match]:
    """Yield two regions or states that share their last word, each with its own part of the phrase.

    Args:
        text: The passage.
        gazetteer: Both names, with the shared word, must be known to it.
    """
    for found in _COORDINATED.finditer(text):
        noun = found["noun"]
        for shared in dict.fromkeys((noun, noun.removesuffix("s"))):
            first = _regions(gazetteer.exact(f"{found['first']} {shared}"))
            second = _regions(gazetteer.exact(f"{found['second']} {shared}"))
            if first and second:
                yield Match(*found.span("first"), first)
                yield Match(found.start("second"), found.end("noun"), second)
                break


def _regions(names: tuple[Name, ...]) -> tuple[Name, ...]:
    return tuple(n for n in names if n.entity.type in (EntityType.PLACE, EntityType.COUNTRY))


def is_part_of_a_word(text: str, match: Match, gazetteer: Gazetteer) -> bool:
    """Whether a known name is part of a word that means something else.

    *Neo-Nazis* are not those of old, a *Paris-aligned* target is in line with a treaty, and the
    *AP* of a longer code is nobody's initials unless the rest is a name as well.
    """
    if _PREFIX.search(text, max(0, match.start - 4), match.start):
        return True
    if _IN_LINE_WITH.match(text, match.end):
        return any(n.entity.type == EntityType.PLACE for n in match.names)
    if not all(n.doubtful for n in match.names):
        return False
    beside = (
        _CODE_BEFORE.search(text, max(0, match.start - 12), match.start),
        _CODE_AFTER.match(text, match.end),
    )
    return any(code is not None and not gazetteer.exact(code[1]) for code in beside)


def is_branch(reading: Reading, company: Match | None, match: Match) -> bool:
    """Whether a country's name goes on with that of a company: *MBDA Deutschland*.

    Args:
        reading: The passage.
        company: The name right before, if there is one.
        match: The name in question; as a modifier of what follows it is a country's all the same.
    """
    name = match.names[0]
    return (
        company is not None
        and reading.text[company.end : match.start] == " "
        and any(n.entity.subtype == "company" for n in company.names)
        and (name.entity.type, name.kind) == (EntityType.COUNTRY, MentionKind.NAME)
        and reading.tokens(match.start, match.end).root.dep_ not in ("compound", "amod", "nmod")
    )
