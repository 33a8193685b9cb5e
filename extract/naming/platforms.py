"""Ships, aircraft and weapons called by a proper name: *USS Hornet*, *the cruiser Moskva*.

No list holds all of them. What shows that a name is a ship's or a weapon's is a prefix (*HMS*), the
word *class* behind it, or the kind of thing right before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

_NAME = (
    r"(?!(?:The|All|This|That|Each|Every|A|An|New|First|Second|Third|Their|Its|Both)\b)"
    r"[A-Z][\w’'-]+(?:\s(?:[A-Z]\.|[A-Z][\w’'-]+)){0,3}"
)
_PREFIXES = (
    "USS|USNS|HMS|HMAS|HMCS|HMNZS|INS|JS|ROKS|ROCS|TCG|KRI|BRP|RFS|SMS|HNoMS|HDMS|ORP|FGS|"
    "M/T|M/V|MV|RMS"
)
_PREFIXED = re.compile(rf"\b(?:{_PREFIXES})\s{_NAME}")
_CLASS = re.compile(rf"\b{_NAME}(?:\s-\s|-|\s)class\b")
_KINDS = (
    "battlecruiser|cruiser|destroyer|frigate|corvette|submarine|battleship|minesweeper|warship|"
    "gunboat|aircraft carrier|carrier|torpedo boat|flagship|icebreaker|landing ship|"
    "interceptor missile|spy satellite|stealth fighter|attack drone|spy plane"
)
_KIND_BEFORE = re.compile(rf"\b(?:{_KINDS})\s(?P<name>{_NAME})")
_SHIPS = (
    "battlecruisers|cruisers|destroyers|frigates|corvettes|submarines|battleships|minesweepers|"
    "warships|gunboats|aircraft carriers|carriers|torpedo boats|icebreakers|landing ships|"
    "sister ships|ships"
)
_NAMES = rf"(?P<names>{_NAME}(?:,\s{_NAME}){{0,40}},?\sand\s{_NAME})"
_LIST = re.compile(
    rf"\b(?:(?:{_SHIPS})(?:\s(?:including|like|such as))?:?"
    rf"|class\b[^.;]{{0,40}}\b(?:consisting of|comprising|namely))\s{_NAMES}"
)
_CLASS_LIST = re.compile(rf"\b{_NAMES},\s(?:the\s(?:rest\sof\sthe\s)?class|all\sof\sthe\sclass)\b")
_AND = re.compile(r",?\sand\s|,\s")
# A ship's name with her hull number behind it: Essex (LHD-2).
_HULL = re.compile(
    rf"\b(?P<name>{_NAME})\s\((?:CV[ELN]?|DDG?|DE|CG?N?|CA|CL|BB|FFG?|SSG?B?N?|LH[AD]|LPD|LSD|LCS|LST)"
    r"[\s-]\d{1,4}\)"
)
_ABOARD = re.compile(
    rf"\b(?:aboard|(?:serv|sail|embark)\w*\son\sboard)\s(?:the\s)?(?P<name>{_NAME})(?!['’]|\s[a-z]*craft)"
)
_NO_SHIP = re.compile(r"\b(?:Air|Airlines|Airways|Flight|Force|Boeing|Airbus|Express|Train)\b")
# A navy's letters and the nickname: SBD Dauntless bombers.
_NICKNAMED = re.compile(
    r"\b(?P<name>(?:[A-Z]{2,3}|[A-Z]{1,2}\d?[A-Z])\s[A-Z][a-z]{3,}(?:\s[A-Z][a-z]{3,})?)\s"
    r"(?:(?:torpedo|dive|fighter|patrol|light|heavy|jet|main battle|attack|transport|flying)[\s-])*"
    r"(?:aircraft|bombers?|fighters?|helicopters?|airliners?|seaplanes?|gliders?|boats?|jets?|biplanes?)\b"
)
_CALLED = re.compile(
    rf"\b(?:{_KINDS}|missile|laser|rocket|drone|tank|radar|jammer|glider|torpedo|system|weapon|bomb)s?\s"
    r"(?:(?:was|is|has been|have been)\s)?"
    rf"(?:called|named|dubbed|known as|code-?named|nicknamed)\s(?:the\s)?[\"“‘']?(?P<name>{_NAME})"
)
_IS_A = re.compile(
    r"\s(?:\([^)]{1,30}\)\s)?(?:was|is|were|are)\s(?:a|an|the|one)\s[^.;:]{0,60}?\b"
    rf"(?:{_KINDS}|missile|interceptor|radar|satellite|torpedo boat|fighter|bomber|helicopter|tank|"
    r"howitzer|drone|aircraft|glider?)s?\b"
)

_Words = Sequence[str]
"""Words of which a text needs one for a pattern to match, or a part of one."""
_WHOLE: Mapping[re.Pattern[str], _Words] = {_PREFIXED: _PREFIXES.split("|"), _CLASS: ("class",)}
_NAMED: Mapping[re.Pattern[str], _Words] = {
    _KIND_BEFORE: _KINDS.split("|"),
    _HULL: ("(",),
    _NICKNAMED: "craft bomber fighter copter airliner plane glider boat jet".split(),
    _CALLED: ("called", "named", "dubbed", "known"),
    _ABOARD: ("board",),
}
_LISTED: Mapping[re.Pattern[str], _Words] = {
    _LIST: ("class", *_SHIPS.split("|")),
    _CLASS_LIST: ("class",),
}


def find_platforms(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of names that stand beside what shows them to be a platform's.

    >>> text = "HMS Dauntless met the cruiser Moskva and two Udaloy-class ships."
    >>> [text[slice(*span)] for span in find_platforms(text)]
    ['HMS Dauntless', 'Udaloy-class', 'Moskva']
    """
    for pattern in _worth_trying(text, _WHOLE):
        for match in pattern.finditer(text):
            yield match.span()
    for pattern in _worth_trying(text, _NAMED):
        for match in pattern.finditer(text):
            if pattern is not _ABOARD or not _NO_SHIP.search(match["name"]):
                yield match.span("name")
    for pattern in _worth_trying(text, _LISTED):
        for match in pattern.finditer(text):
            yield from _parts(text, *match.span("names"))


def _worth_trying(
    text: str, patterns: Mapping[re.Pattern[str], _Words]
) -> Iterator[re.Pattern[str]]:
    """The patterns of which a text has a word: to look for those first is many times as fast."""
    return (p for p, words in patterns.items() if any(word in text for word in words))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names of a list."""
    for joint in _AND.finditer(text, start, end):
        yield start, joint.start()
        start = joint.end()
    yield start, end


def is_said_to_be_a_platform(text: str, end: int) -> bool:
    """Whether the sentence goes on to say that a name is a ship, an aircraft or a weapon.

    >>> is_said_to_be_a_platform("Kondor was the fifth of six torpedo boats.", 6)
    True
    """
    return _IS_A.match(text, end) is not None
