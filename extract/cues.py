"""Word lists of the lexicon that are no names: titles, offices, role nouns."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Cues:
    """Lower-case words by the part they play."""

    honorifics: frozenset[str]
    ranks: frozenset[str]
    offices: frozenset[str]
    leading_offices: frozenset[str]
    heads_of_state: frozenset[str]
    group_roles: frozenset[str]
    name_suffixes: frozenset[str]
    given_names: frozenset[str]
    body_nouns: frozenset[str]
    site_nouns: frozenset[str]
    office_parts: frozenset[str]
    portfolios: frozenset[str]
    no_names: frozenset[str]
    """Case matters here: *SAM* is a kind of missile, *Sam* a man."""

    @property
    def titles(self) -> frozenset[str]:
        """Words that stand before a person's name without being part of it."""
        return self.honorifics | self.ranks | self.offices


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Read the word lists of the package."""
    folder = resources.files(f"{__package__}.lexicon")
    tables = tomllib.loads(folder.joinpath("titles.toml").read_text(encoding="utf-8"))
    nouns = tomllib.loads(folder.joinpath("nouns.toml").read_text(encoding="utf-8"))
    names = folder.joinpath("given_names.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in names if not line.startswith("#"))

    def words(table: str) -> frozenset[str]:
        return frozenset(w.casefold().rstrip(".") for w in tables[table])

    return Cues(
        honorifics=words("honorifics"),
        ranks=words("ranks"),
        offices=words("offices"),
        leading_offices=words("leading_offices"),
        heads_of_state=words("heads_of_state"),
        group_roles=words("group_roles"),
        name_suffixes=words("name_suffixes"),
        given_names=frozenset(row["name"].casefold() for row in rows),
        body_nouns=frozenset(nouns["body"]),
        site_nouns=frozenset(nouns["site"]),
        office_parts=frozenset(nouns["office_part"]),
        portfolios=frozenset(nouns["portfolio"]),
        no_names=frozenset(nouns["no_name"]),
    )
