"""The lexicon and the matcher that finds its names in text.

The lexicon is data: CSV files of names under ``lexicon/`` and whatever the user adds. The matcher
walks a trie of name units (see `names`), so its cost depends on the text and not on the number of
names; variants in hyphens, blanks, dashes, stops and accents need no entries of their own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from ..schema import EntityType, MentionKind
from .naming.name_files import NameRow, read_own_names, read_rows
from .naming.names import UNIT, Unit, fold, slug
from .word_files import read_tables, read_words

_FILES = {
    "countries.csv": EntityType.COUNTRY,
    "organizations.csv": EntityType.ORGANIZATION,
    "systems.csv": EntityType.SYSTEM,
    "places.csv": EntityType.PLACE,
    "agreements.csv": EntityType.AGREEMENT,
}
_JOINT = re.compile(r"\s{1,2}|\s?[-‐‑‒–—−]\s?|['’`]\s?|\.\s|\s?&\s?|/|,\s|[.+]|")
_LONG = 4
"""A name of so many words is recognised in lower case: *terminal high altitude area defense*."""
_WORD = 4
"""Fewer letters are the prefix or the suffix of a code."""
_WORD_LIKE = 5
"""An acronym of so many letters is also written as a word: *Himars*, *Nasams*."""


class LexiconEntity(NamedTuple):
    """An entity the lexicon knows before any document is read."""

    id: str
    name: str
    type: str
    subtype: str | None = None
    country: str | None = None
    family: str | None = None
    aliases: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()


class Name(NamedTuple):
    """One way to write an entity."""

    form: str
    entity: LexiconEntity
    kind: MentionKind
    doubtful: bool
    """Also an ordinary word or another thing: accepted only where the context supports it."""


class Match(NamedTuple):
    """A lexicon name found in text, with the readings it may have."""

    start: int
    end: int
    names: tuple[Name, ...]


_NAMES = ""
"""Key of the names that end at a node of the trie; no unit is empty."""
_Node = dict[str, Any]  # unit -> node, _NAMES -> list[Name]; plain dicts load twice as fast


class Gazetteer:
    """Finds known names in text, longest first, left to right.

    >>> nato = LexiconEntity("organization:nato", "NATO", "organization")
    >>> gazetteer = Gazetteer([Name("NATO", nato, MentionKind.NAME, False)])
    >>> [text_match.start for text_match in gazetteer.find("Were Nato to grow")]
    [5]
    """

    def __init__(self, names: Iterable[Name] = ()) -> None:
        self._root: _Node = {}
        self._series: dict[str, bool] = {}
        for name in names:
            self.add(name)

    def add(self, name: Name) -> None:
        """Make one more written form known."""
        for units in _spellings(name):
            node = self._root
            for unit in units:
                below = node.get(unit)
                if below is None:
                    below = node[unit] = {}
                node = below
            names = node.setdefault(_NAMES, [])
            if name not in names:
                names.append(name)

    def exact(self, form: str) -> tuple[Name, ...]:
        """The readings of a form as a whole name; none if it is no name.

        >>> Gazetteer().exact("NATO")
        ()
        """
        node = self._below(form)
        return tuple(n for n in node.get(_NAMES, ()) if _may_be(n, form)) if node else ()

    def opens_series(self, letters: str) -> bool:
        """Whether systems are numbered after these letters, as *RIM-66*, or lettered, *Nebo-M*."""
        if letters not in self._series:
            node = self._below(letters) or {}
            self._series[letters] = any(
                _holds_system(below)
                for unit, below in node.items()
                if unit.isdigit() or (unit and len(unit) < _WORD <= len(letters))
            )
        return self._series[letters]

    def _below(self, form: str) -> _Node | None:
        node: _Node | None = self._root
        for unit in UNIT.findall(form):
            node = node.get(fold(unit)) if node else None
        return node

    def find(self, text: str, units: Sequence[Unit] | None = None) -> Iterator[Match]:
        """Yield the longest match at each position; matches do not overlap."""
        if units is None:
            units = [Unit(m.start(), m.end(), fold(m.group())) for m in UNIT.finditer(text)]
        position, count, root = 0, len(units), self._root
        while position < count:
            first = root.get(units[position].folded)
            match = self._longest(text, units, position, first) if first else None
            if match is None:
                position += 1
                continue
            yield match[0]
            position = match[1]

    def _longest(
        self, text: str, units: Sequence[Unit], position: int, node: _Node
    ) -> tuple[Match, int] | None:
        start = units[position].start
        if start and text[start - 1].isalnum():
            return None  # inside a run such as M1A2: only whole designations count
        best: tuple[Match, int] | None = None
        index = position
        while True:
            end = units[index].end
            if _NAMES in node and _ends_here(text, end):
                surface = text[start:end]
                names = tuple(n for n in node[_NAMES] if _may_be(n, surface))
                if names:
                    best = Match(start, end, names), index + 1
            index += 1
            if index == len(units) or not _JOINT.fullmatch(text, end, units[index].start):
                return best
            below = node.get(units[index].folded)
            if below is None:
                return best
            node = below


def _holds_system(node: _Node) -> bool:
    """Whether a system's name ends here or further down."""
    return any(
        any(n.entity.type == EntityType.SYSTEM for n in below)
        if unit == _NAMES
        else _holds_system(below)
        for unit, below in node.items()
    )


def _spellings(name: Name) -> Iterator[tuple[str, ...]]:
    """Unit sequences of a name; names of things also in the plural: *Tomahawks*, *S-400s*."""
    form = name.form
    plain = form.isascii() and form.isalpha()
    units = (form.casefold(),) if plain else tuple(map(fold, UNIT.findall(form)))
    if not units:
        return
    yield units
    if name.entity.type == EntityType.SYSTEM:
        if units[-1].isdigit():
            yield (*units, "s")
        elif not units[-1].endswith("s"):
            yield (*units[:-1], units[-1] + "s")


def _ends_here(text: str, end: int) -> bool:
    """No letter, digit or further part of a designation follows: not the S-300 of S-300PMU-2."""
    if end == len(text):
        return True
    following = text[end]
    if following.isalnum():
        return False
    if following in "-‐‑–" and end + 1 < len(text):
        return not (text[end + 1].isdigit() and text[end - 1].isalnum())
    return True


def _may_be(name: Name, surface: str) -> bool:
    """Whether a name may be written so."""
    return (
        agrees(name.form, surface)
        and _same_stops(name.form, surface)
        and not _only_an_acronym(name, surface)
        and not surface.startswith("A ")  # the article: a 10-year plan is no A-10
    )


def _same_stops(form: str, surface: str) -> bool:
    """A comma or the stop of a sentence inside the surface must stand in the name as well."""
    commas = surface.count(",") - (", and " in surface and "," in form)  # a list's last comma
    return commas <= form.count(",") and surface.count(". ") <= form.count(". ")


def _only_an_acronym(name: Name, surface: str) -> bool:
    """Whether a system's acronym is written like a word: a *Shield* is not the SHIELD programme."""
    return (
        name.entity.type == EntityType.SYSTEM
        and name.form.isupper()
        and name.form.isalpha()
        and not surface.rstrip("s").isupper()
        and (len(name.form) < _WORD_LIKE or name.doubtful)
    )


def agrees(form: str, surface: str) -> bool:
    """Whether a surface may stand for a form, its case considered.

    >>> agrees("US", "us"), agrees("NATO", "Nato"), agrees("Russia", "RUSSIA")
    (False, True, True)
    >>> agrees("ballistic missile defence", "Ballistic Missile Defence")
    True
    """
    if form == surface or form.islower():
        return True
    form_words, words = UNIT.findall(form), UNIT.findall(surface)
    if len(form_words) >= _LONG and surface.islower():
        return True
    if len(words) == len(form_words) + 1 and words[-1] == "s":
        words.pop()  # S-400s
    if len(form_words) != len(words):
        return False
    short = len(form_words) == 1
    return all(
        _word_agrees(f, w, short and i == 0)
        for i, (f, w) in enumerate(zip(form_words, words, strict=True))
    )


def _word_agrees(form: str, word: str, alone: bool) -> bool:
    if form == word or form == word.removesuffix("s"):
        return True
    if "." not in word and len(word) == len(form) + 1 <= _WORD and word.endswith("S"):
        return False  # no plural: the T-90MS is not several T-90M
    if word.isupper() and (len(word) > 3 or not alone):
        return True
    if form.isupper() and len(form) <= 3:
        return form == word.replace(".", "") or form.replace(".", "") == word
    if form[0].isupper() and not word[0].isupper():
        return word in _generic_words() and not alone
    return True


@lru_cache(maxsize=1)
def _generic_words() -> frozenset[str]:
    return frozenset(read_tables("nouns.toml")["generic"])


class Lexicon:
    """What is known before reading: entities by id, and the gazetteer of their names."""

    def __init__(self, entities: Iterable[LexiconEntity], names: Iterable[Name]) -> None:
        self.entities = {entity.id: entity for entity in entities}
        self.gazetteer = Gazetteer(names)
        self.capitals: dict[str, str] = {}

    def get(self, entity_id: str) -> LexiconEntity | None:
        """The entity of that id, if the lexicon has it."""
        return self.entities.get(entity_id)


def load_lexicon(extra: Sequence[Path | NameRow] = (), *, without: Collection[str] = ()) -> Lexicon:
    """Read the lexicon of the package and the user's names.

    Args:
        extra: CSV or YAML files with ``name``, ``type`` and, as wanted, ``id``, ``subtype``,
            ``country``, ``family`` and ``aliases`` (in CSV several joined with ``|``), or the
            like as objects, see `as_row`.
        without: Ids of entities to leave out, to measure what is found without them.

    Raises:
        LexiconError: A file is malformed; the message names the line.
    """
    entities: list[LexiconEntity] = []
    names: list[Name] = []
    capitals: dict[str, str] = {}
    for row in _rows(extra):
        entity = _entity(row, row["type"])
        if entity.id in without:
            continue
        entities.append(entity)
        names.extend(_names(row, entity))
        if row.get("capital"):
            capitals[f"place:{slug(row['capital'])}"] = entity.id
    lexicon = Lexicon(entities, names)
    lexicon.capitals = capitals
    return lexicon


def _rows(extra: Sequence[Path | NameRow]) -> Iterator[dict[str, str]]:
    """All rows with their types: the package's files, then what the user adds."""
    for file, kind in _FILES.items():
        for row in read_rows(read_words(file), file):
            yield {**row, "type": kind}
    for own in extra:
        yield from read_own_names(own) if isinstance(own, Path) else (dict(own),)


def _entity(row: dict[str, str], kind: str) -> LexiconEntity:
    name = row["name"].lstrip("~")
    return LexiconEntity(
        id=row.get("id") or f"{kind}:{slug(name)}",
        name=name,
        type=kind,
        subtype=row.get("subtype") or None,
        country=(row.get("country") or row.get("alpha2") or "").lower() or None,
        family=row.get("family") or None,
        aliases=tuple(a for a in _cells(row, "aliases") if not a.startswith("~")),
        identifiers=tuple(
            (f"iso3166-1-{code}", row[code]) for code in ("alpha2", "alpha3") if row.get(code)
        ),
    )


def _names(row: dict[str, str], entity: LexiconEntity) -> Iterator[Name]:
    kinds = {
        "aliases": MentionKind.NAME,
        "adjectives": MentionKind.DEMONYM,
        "peoples": MentionKind.DEMONYM,
    }
    forms = [(row["name"], MentionKind.NAME)]
    forms += [(form, kind) for column, kind in kinds.items() for form in _cells(row, column)]
    forms += [(form, MentionKind.NOMINAL) for form in _cells(row, "metonyms")]
    for form, kind in forms:
        yield Name(form.lstrip("~"), entity, kind, form.startswith("~"))


def _cells(row: dict[str, str], column: str) -> list[str]:
    return [cell for cell in (row.get(column) or "").split("|") if cell]
