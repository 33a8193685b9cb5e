"""The grammar of designations: S-400, SM-3 Block IIA, 9K720, AN/TPY-2, Hwasong-18.

A designation is a system even if no lexicon knows it. What it is made of (letters, a hyphen,
digits, suffixes) is shared with roads, visas, summits, page codes and diseases, so each shape
states how much it proves: a *strong* shape is a system wherever it stands, a *weak* one only
beside a word that speaks of weapons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Designation(NamedTuple):
    """A stretch of text that has the shape of a designation."""

    start: int
    end: int
    strong: bool
    worded: bool = False
    """A word with a mark, a number or letters, as other things have: it must act as a weapon."""


_DASH = "[-‐‑‒–−]"
_SUFFIX = rf"(?:[A-Z]{{1,4}}\d{{0,2}}|(?:{_DASH}|/)[A-Z]?\d{{0,2}}[A-Z]{{0,3}}(?![a-z]))"
_BLOCK = r"(?:\s(?:Block|Mod|Mark|Mk)\.?\s?(?:[IVX]+[A-Z]?|\d+[A-Z]?)(?:/[IVX]+[A-Z]?)?\b)?"

# US joint electronics type designation system: AN/TPY-2(V)1; Israeli makers' codes: EL/M-2084.
_ELECTRONICS = r"(?:AN/[A-Z]{3}-\d{1,3}[A-Z]?(?:\(V\)\d*)?|EL/[A-Z]-\d{4}[A-Z]{0,2})"
# A role in place of the number, VL-SRSAM, SSN(X), or two roles before it, F/A-18E/F.
_ROLE = (
    rf"(?:[A-Z]{{1,5}}{_DASH}(?:[A-Z]{{0,3}}SAM|ABM)|(?:SSB?N|SSG?N|DDG?|FFG?|CGX?|LCS)\s?\(X\)"
    rf"|F/A{_DASH}(?:\d{{2}}(?:[A-G](?:/[A-G])?)?|XX))"
)
# Armour and guns of the US Army, and those numbered after its manner: M1A2, M109A6, K9A1.
_ARMY = r"(?:M\d{1,4}|K\d{1,3})A\d{1,2}[A-Z]{0,2}"
# Letters, hyphen, digits, suffixes: S-300PMU-2, Kh-101, MiG-29, AIM-120C-7, F-16C/D.
_HYPHENATED = rf"(?:[A-Z]{{1,4}}|[A-Z][a-z]{{1,2}}(?:[A-Z][a-z]?)?){_DASH}\d{{1,4}}{_SUFFIX}*"
# Index numbers of the Soviet and Russian procurement services: 9K720, 3M22, 40N6, 5V55R, 77N6-N1.
_INDEX = rf"\d{{1,2}}(?:Zh|Ts|Yu|Ya|[A-Z])\d{{1,4}}[A-Z]{{0,3}}\d?(?:{_DASH}[A-Z]?\d{{1,2}})?"
_INDEX_SERIES = re.compile(
    r"(?:\d{2}(?:Zh|Ts|Yu|Ya)|[39]M|[39]K|9[ASPTF]|2S|5[VN]|40[NV]|51T|53T|15[AP]|14F)\d{1,4}"
)
# Ship and weapon classes: Type 055, Type 45, Project 955A, Mark 41, Mk 48.
_CLASS = r"(?:Type|Project|Mark|Mk\.?|Object)\s\d{2,5}[A-Z]{0,3}"
# A proper name with a number: Hwasong-18, Fateh-313, Shahed-136, Agni-V.
_NUMBERED = rf"[A-Z][a-z]{{3,}}{_DASH}(?:\d{{1,3}}(?!\d)[A-Z]{{0,2}}|[IVX]{{1,4}}\b|[A-Z]\b)"
# Letters and digits without a hyphen: W76-2, B83, M270, T90M, YJ21; only beside a weapon word.
_PLAIN = rf"[A-Z]{{1,4}}\d{{1,4}}[A-Z]{{0,3}}(?:{_DASH}\d{{1,2}})?"

# A word with a mark, a number or letters: Siper Block 1, Hermes 450, Jericho III, SCALP-EG.
_WORDED = (
    r"[A-Z][\w’']{2,}(?:[\s-](?:Block|Mod|Mark|Mk|Alt)[.-]?\s?(?:[IVX]+[A-Z]?|\d+[A-Z]?)"
    r"|\s(?:I{2,3}|IV|V|VI|[A-Z]{1,3}\d{1,2}|(?!(?:19|20)\d[1-9])\d{1,4}(?:[A-Z]\d?[A-Z]?)?))"
    rf"|(?:[A-Z]{{3,6}}|[A-Z][a-z]{{3,}}){_DASH}[A-Z]{{1,3}}"
)

_SHAPES = re.compile(
    r"(?<![\w/.$€£#@&-])(?:"
    rf"(?P<electronics>{_ELECTRONICS})"
    rf"|(?P<role>{_ROLE})"
    rf"|(?P<army>{_ARMY}){_BLOCK}"
    rf"|(?P<hyphenated>{_HYPHENATED}){_BLOCK}"
    rf"|(?P<index>{_INDEX})"
    rf"|(?P<class>{_CLASS}){_BLOCK}"
    rf"|(?P<numbered>{_NUMBERED}){_BLOCK}"
    rf"|(?P<plain>{_PLAIN}){_BLOCK}"
    rf"|(?P<worded>{_WORDED})"
    r")s?(?![\w€£%])(?!/\w|\.[A-Z])"
)

_WEAPON_WORDS = re.compile(
    r"\b(?:missiles?|rockets?|interceptors?|warheads?|launchers?|batter(?:y|ies)|radars?|"
    r"aircraft|jets?|fighters?|bombers?|drones?|uavs?|helicopters?|tanks?|howitzers?|artillery|"
    r"submarines?|destroyers?|frigates?|corvettes?|carriers?|warships?|torpedo(?:es)?|"
    r"satellites?|spacecraft|icbms?|slbms?|sam|sams|abm|ballistic|hypersonic|air[- ]defen[cs]e|"
    r"missile[- ]defen[cs]e|anti-(?:missile|aircraft|tank|ship)|surface-to-air|air-to-air|"
    r"weapons?|systems?|bombs?|munitions?|variants?|squadrons?|regiments?|brigades?|flotilla|"
    r"vehicles?|planes?|pilots?|airframes?|shot down|intercept\w*|airlifter|tankers?|trainer|guns?|"
    r"torpedo-boats?|cruisers?|minesweepers?|glide)\b",
    re.IGNORECASE,
)
# The last line: task forces and squadrons of the US Navy, which are bodies.
_NOT_PREFIX = frozenset(
    """A1 AD BC CO COVID SARS MERS HIV HPV IL VO PM UTC GMT EST EDT CST PST Q FY GCSE
    US I SR CR FM AM TV HD ID PO SW NW SE NE AS II III IV
    TF CTF CTG VA VF VT VP VFA VAQ VAW VMF VMFA HSC HSM""".split()
)
_GROUP_NAMES = frozenset({"G-7", "G-8", "G-20", "G-77", "P-5", "E-3", "EU-27", "D-8", "V-4"})
_NOT_NUMBERED = frozenset(
    """Article Articles Section Chapter Covid Apollo Route Highway Interstate Resolution Table
    Figure Phase Tier Level Grade Page Part Volume Version Step Stage Number Season Week Year Day
    Room Gate Terminal Flight Boeing Airbus Embraer Formula Group Pier Area Zone District Under
    Over Post Mid Early Late Super Title Task Order Point Track Plan Catch Twenty Vision Agenda
    Brexit Carbon Omega Vitamin Windows Euro Stage Unit Block Sector Kilometer Kilometre June July
    April March August January February September October November December Spring Summer""".split()
)
_NUMBERED_THING = re.compile(
    r"\b(?:routes?|highways?|interstates?|motorways?|autobahn|flights?|visas?|forms?|rooms?|"
    r"apartments?|suite|bills?|bus(?:es)?|trams?|vitamins?|units?|annex(?:es)?|appendix|appendices|"
    r"resolutions?|pipelines?|pages?|questions?|levels?|chapters?|sections?|gates?|terminals?|"
    r"paragraphs?|tables?|figures?|figs?\.|channels?|grades?|asteroids?|comets?|proteins?|genes?|"
    r"lanes?|exits?|junctions?|docket|radio|"
    r"reactors?|beamlines?)"
    rf"\s(?:(?:no|number)\.?\s)?(?:[A-Z]+{_DASH}?\d+[A-Z]?(?:,\s|\s(?:and|or|to)\s))?$",
    re.IGNORECASE,
)
_THING_NUMBERED = re.compile(
    r"\s(?:visas?|forms?|paper|beamlines?|reactors?|motorways?|highways?|roads?|teachers?|students?|"
    r"vitamins?|levels?)\b"
)
_CODE = re.compile(
    rf"(?:.*\s)?(?:[A-Z]{{1,4}}{_DASH}?\d{{1,4}}[A-Z]{{0,3}}|\d+{_DASH}\d+)$"
    r"|(?:Mk|Mark|Block|Mod)\.?\s?(?:[IVX]+|\d+)[A-Z]?$"
)
# One letter with one or two digits; a letter behind them makes it an aircraft's, or a visa's.
_SHORT = re.compile(rf"[A-Z]{_DASH}\d{{1,2}}(?![A-Z\d])|[EHKLO]{_DASH}\d[A-D]?s?$")
_NEVER = re.compile(
    rf"(?:[A-Z]\d{{1,2}}|COVID{_DASH}\d+|9{_DASH}11|[EM]\d{{1,2}}/|H\d+N\d+|CO2|MP[34]|[A-Z]{{2}}\d{{3,}})$"
)


def find_designations(text: str) -> Iterator[Designation]:
    """Yield what has the shape of a designation and can be one where it stands.

    >>> [(text[d.start:d.end]) for text in ["the S-550 and SM-3 Block IIB"]
    ...  for d in find_designations(text)]
    ['S-550', 'SM-3 Block IIB']
    >>> list(find_designations("COVID-19 on the agenda of the G-20, E16/MIN"))
    []
    """
    for match in _SHAPES.finditer(text):
        strong = _strength(match, text)
        if strong is not None:
            yield Designation(*match.span(), strong, match.lastgroup == "worded")


def speaks_of_weapons(text: str, start: int, end: int, reach: int = 60) -> bool:
    """Whether a weapon word stands within `reach` characters of a span.

    >>> speaks_of_weapons("an Arrow interceptor", 3, 8)
    True
    """
    return bool(
        _WEAPON_WORDS.search(text, max(0, start - reach), start)
        or _WEAPON_WORDS.search(text, end, min(len(text), end + reach))
    )


def numbers_something_else(text: str, start: int, end: int) -> bool:
    """Whether a code numbers what stands beside it: a flat, a road, a vitamin.

    >>> numbers_something_else("He lives in apartment B-52.", 22, 26)
    True
    """
    return bool(
        _NUMBERED_THING.search(text, max(0, start - 32), start) or _THING_NUMBERED.match(text, end)
    )


def is_code(surface: str) -> bool:
    """Whether a name is a code, ends in one, or in a score; such is no person, place or body.

    >>> is_code("I-95"), is_code("England 2-1"), is_code("Channel 4")
    (True, True, False)
    """
    return _CODE.match(surface) is not None


def _strength(match: re.Match[str], text: str) -> bool | None:
    """True: certain by its shape; False: only beside a weapon word; None: something else."""
    start, end = match.span()
    if numbers_something_else(text, start, end):
        return None
    surface = match.group()
    shape = match.lastgroup
    if shape in ("electronics", "role", "army"):
        return True
    letters = re.match(r"[A-Za-z]*", surface)
    prefix = letters.group() if letters else ""
    if shape == "hyphenated":
        if prefix in _NOT_PREFIX or surface in _GROUP_NAMES:
            return None
        return _SHORT.match(surface) is None
    if shape == "index":
        in_series = _INDEX_SERIES.match(surface) is not None
        return in_series or speaks_of_weapons(text, start, end, 120)
    if shape in ("numbered", "worded"):
        word = re.split(rf"{_DASH}|\s", surface)[0]
        return None if word in _NOT_NUMBERED else False
    if shape == "class":
        return False
    return None if _NEVER.match(surface) and not speaks_of_weapons(text, start, end, 25) else False
