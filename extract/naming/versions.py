"""Versions of known systems: *T-72AV* of the T-72, *Merkava Mk 3*, *Pantsir-S1M*.

No list holds every version. A known name with a suffix it does not have in the lexicon is a system
of its own, never the one without the suffix, whose family it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...schema import EntityType
from ..gazetteer import Gazetteer, LexiconEntity, Match

_MARK = r"[\s-](?:Block|Mod|Mark|Mk|Batch|Alt)[.-]?\s?(?:[IVX]+[A-Z]?|\d+[A-Z]?)"
_VERSION = re.compile(
    r"(?<![\w/.$-])(?P<stem>[A-Z][\w’']{2,})"
    rf"(?:[-‐‑–][A-Z]{{1,3}}\d{{0,3}}[A-Z]{{0,2}}(?:-\d)?|{_MARK}|\s[A-Z]{{2,4}}v?\d{{1,3}}[A-Z]{{0,2}})"
    r"(?![\w-])"
)
# Behind a known name; a number that counts something or belongs to a range or a date is no version.
_SUFFIX = re.compile(
    rf"(?:{_MARK}|\s(?:[IVX]{{2,4}}|V|NG|ER|MR|TP|EVO|SL[MSX]|[A-Z]{{1,4}}v?\d{{1,3}}[A-Z]{{0,2}})"
    r"|\s(?!(?:19|20)\d\d\b)\d{1,4}(?:[A-Z]{1,2}\d?)?|\.\d|-\d{1,2})"
    r"(?=s?(?![\w%-]|[.,:]\d|\s(?:percent|per|times|million|billion|of|hours?|days?|years?|months?|weeks?)\b))"
)
_CUT = re.compile(r"(?<=\d)(?=[A-Za-z])|(?<=[A-Za-z])(?=\d)|(?=[-‐‑–/\s(])")


def find_versions(
    text: str, gazetteer: Gazetteer, known: Iterable[Match]
) -> Iterator[tuple[int, int]]:
    """Yield the offsets of known systems' names with a mark, a code or letters behind them."""
    for found in known:
        suffix = _SUFFIX.match(text, found.end)
        if suffix and all(n.entity.type == EntityType.SYSTEM for n in found.names):
            yield found.start, suffix.end()
    for match in _VERSION.finditer(text):
        stem, dash = match["stem"], match.group()[len(match["stem"])] in "-‐‑–"
        is_stem = _system(stem, gazetteer) is not None or (
            dash and gazetteer.opens_series(stem) and not gazetteer.exact(stem)
        )
        if is_stem and not gazetteer.exact(match.group()):
            yield match.span()


def stem_of(surface: str, gazetteer: Gazetteer) -> LexiconEntity | None:
    """The known system whose version a designation names by its suffix: of *T-72AV* the T-72."""
    for cut in reversed([m.start() for m in _CUT.finditer(surface)]):
        stem = _system(surface[:cut], gazetteer)
        if stem is not None:
            return stem
    return None


def _system(form: str, gazetteer: Gazetteer) -> LexiconEntity | None:
    """The one system of that name; a doubtful name counts if it is a word, not if it is a code."""
    names = gazetteer.exact(form) if len(form) > 2 else ()
    coded = any(c.isdigit() for c in form)
    if not names or len(form) < 3:
        return None
    if any(n.entity.type != EntityType.SYSTEM or (coded and n.doubtful) for n in names):
        return None
    return names[0].entity
