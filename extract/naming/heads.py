"""What the words of a name, and the noun beside it, say that it is.

The tagger guesses the type of an unknown name from its shape. A name of several words mostly tells:
its head noun is the last one before a preposition, so a *Campaign of 1940* is an event and a
*Strategy for Cooperation* a document. Beside a name of one word the text may say it: *the company
Acme*, *the Kifaya movement*.
"""

from __future__ import annotations

import re

from ...schema import EntityType
from ..stating.cues import Cues

_INSTRUMENTS = frozenset(
    """accord accords act acts agreement agreements amendment amendments bill charter code
    communique communiqué compact concept constitution convention conventions decree directive
    doctrine goals guidelines guidance law laws loan memorandum order orders pact plan pledge policy
    principles proclamation protocol protocols regulation regulations resolution resolutions roadmap
    statute strategies strategy supplemental treaty""".split()
)
_GATHERINGS = frozenset(
    """campaign conference conferences crisis dialogue earthquake elections election festival
    games holiday holidays inauguration meeting meetings olympics referendum revolution summit
    summits symposium talks tsunami uprising war wars""".split()
)
_SCHEMES = frozenset("fellowship fund initiative partnership program programme".split())
_SITES = frozenset("cape hotel isle lake lakes mount mt oued wadi".split())
_DISTINCTIONS = frozenset("award awards badge cross medal medals prize prizes".split())
_HEAD_ENDS = re.compile(r"\s(?:of|on|for|in|to|against|with|between|at|from|under)\s")
_MEMBERS = re.compile(r"(?:Order|Conference)s? of\b")
"""Of whom such a name tells its members, it is a body: *Conference of Bishops*."""
_NUMERAL = re.compile(r"(?<![\s,])(?:[\s,]++\d++){1,9}$")
_BODIES = (
    r"(?:agency|airline|alliance|bank|brigade|broadcaster|charity|company|consortium|contractor|"
    r"faction|firm|giant|group|magazine|maker|manufacturer|militia|movement|navy|network|newspaper|"
    r"organi[sz]ation|party|start-?up|subsidiary|think tank|union)"
)
_BODY_BEFORE = re.compile(
    rf"(?:\b{_BODIES}|\([^()]{{0,30}}\b(?:called|named))\s(?:(?:called|named|known as)\s)?"
    r"(?:the\s)?[“\"‘]?$"
)
_BODY_AFTER = re.compile(
    r"[”\"’]?\s(?:brigade|faction|group|militia|movement|network|newspaper|organi[sz]ation|party)\b"
)
_HOLDERS = (
    r"(?i:activist|advis[eo]r|ambassador|analyst|author|chairman|chairwoman|columnist|commander|"
    r"commissioner|diplomat|director|economist|envoy|foreign minister|general|governor|journalist|"
    r"judge|lawmaker|lawyer|minister|officer|official|politician|president|professor|prosecutor|"
    r"reporter|researcher|secretary|senator|soldier|spokesman|spokesperson|spokeswoman|writer)\b"
)
_OF_OFFICE = r"(?:(?:U\.?S\.?|[A-Z]?[a-z’-]+)\s){0,4}?"
_OFFICE_AFTER = re.compile(rf",\s(?:(?:the|a|an|his|her|our|its|their)\s)?{_OF_OFFICE}{_HOLDERS}")
_IS_HOLDER = re.compile(rf"\s(?:is|was|became)\s(?:the|a|an)\s{_OF_OFFICE}{_HOLDERS}")


def head_noun(name: str) -> str:
    """The noun that a name is built around, in lower case.

    >>> head_noun("Norwegian Campaign of 1940"), head_noun("Joint Resolution 214, 1991")
    ('campaign', 'resolution')
    """
    front = _NUMERAL.sub("", _HEAD_ENDS.split(name, maxsplit=1)[0])
    return front.rsplit(maxsplit=1)[-1].casefold().rstrip(",") if front.strip() else ""


def type_by_head(name: str) -> EntityType | None:
    """What a name of several words is by its head noun, where that is no body.

    >>> type_by_head("Harbour Security Dialogue"), type_by_head("Act")
    (<EntityType.EVENT: 'event'>, None)
    """
    if " " not in name or _MEMBERS.search(name):
        return None
    head = head_noun(name)
    if head in _INSTRUMENTS:
        return EntityType.AGREEMENT
    if head in _GATHERINGS:
        return EntityType.EVENT
    return EntityType.ORGANIZATION if head in _SCHEMES else None


def is_distinction(name: str) -> bool:
    """Whether a name is that of a medal or a prize, which is no actor.

    >>> is_distinction("Distinguished Flying Cross"), is_distinction("Kenya Red Cross")
    (True, False)
    """
    return " " in name and head_noun(name) in _DISTINCTIONS and not name.endswith("Red Cross")


def is_called_a_body(text: str, start: int, end: int) -> bool:
    """Whether the noun before a name, or the one it stands before, is one for bodies.

    >>> text = "The firm Adler met the Nour movement."
    >>> is_called_a_body(text, 9, 14), is_called_a_body(text, 23, 27)
    (True, True)
    """
    return _BODY_BEFORE.search(text, max(0, start - 60), start) is not None or (
        text[max(0, start - 4) : start].casefold() == "the "
        and _BODY_AFTER.match(text, end) is not None
    )


def is_called_a_site(name: str, cues: Cues) -> bool:
    """Whether a name begins with a noun for a site: *Lake Orta*, *Mount Kenya*; not *Lake Bank*."""
    first, _, rest = name.casefold().partition(" ")
    return first in _SITES and rest != "" and not cues.body_nouns.intersection(rest.split())


def is_called_a_person(text: str, start: int, end: int, cues: Cues) -> bool:
    """Whether a name is said to hold an office: *Ola Brand, the envoy*; *Brand was a judge*.

    An apposition shows it of two or three words only, as what follows one may go on with a list.
    """
    words = text[start:end].split()
    return (
        len(words) <= 3
        and all(word.istitle() and word.isalpha() for word in words)
        and words[-1].casefold() not in cues.body_nouns | cues.site_nouns | cues.office_parts
        and (
            _IS_HOLDER.match(text, end) is not None
            or (len(words) > 1 and _OFFICE_AFTER.match(text, end) is not None)
        )
    )
