"""Word lists of the lexicon that are no names: titles, offices, role nouns."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from ..parsing.inflection import noun_forms, verb_forms
from ..word_files import read_tables, read_words


@dataclass(frozen=True, slots=True)
class Cues:
    """Lower-case words by the part they play."""

    honorifics: frozenset[str]
    ranks: frozenset[str]
    offices: frozenset[str]
    titles: frozenset[str]
    """All three: what stands before a person's name without being part of it."""
    leading_offices: frozenset[str]
    heads_of_state: frozenset[str]
    name_suffixes: frozenset[str]
    given_names: frozenset[str]
    body_nouns: frozenset[str]
    site_nouns: frozenset[str]
    office_parts: frozenset[str]
    portfolios: frozenset[str]
    areas: frozenset[str]
    papers: frozenset[str]
    people_nouns: frozenset[str]
    unit_nouns: frozenset[str]
    no_names: frozenset[str]
    """Case matters here: *SAM* is a kind of missile, *Sam* a man."""
    place_given_names: frozenset[str]
    """Given names that are first of all places: *Florence*, *Georgia*."""
    government_verbs: frozenset[str]
    address_verbs: frozenset[str]
    government_nouns: frozenset[str]
    bonds: frozenset[str]
    everyday: frozenset[str]
    military: frozenset[str]
    handling: frozenset[str]
    publishing: frozenset[str]
    heading_verbs: frozenset[str]
    """The forms in *-ing* and *-s*, which begin no name."""
    state_offices: frozenset[str]
    combining: Mapping[str, str]
    """First parts of joined adjectives, with the country each stands for."""


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Read the word lists of the package."""
    tables = read_tables("titles.toml")
    nouns = read_tables("nouns.toml")
    context = read_tables("context.toml")
    names = read_words("given_names.csv").splitlines()
    rows = csv.DictReader(line for line in names if not line.startswith("#"))

    def words(table: str) -> frozenset[str]:
        return frozenset(w.casefold().rstrip(".") for w in tables[table])

    def forms(table: str, *inflect: Callable[[str], Iterable[str]]) -> frozenset[str]:
        return frozenset(chain.from_iterable(f(w) for w in context[table] for f in inflect))

    honorifics, ranks, offices = words("honorifics"), words("ranks"), words("offices")
    return Cues(
        honorifics=honorifics,
        ranks=ranks,
        offices=offices,
        titles=honorifics | ranks | offices,
        leading_offices=words("leading_offices"),
        heads_of_state=words("heads_of_state"),
        name_suffixes=words("name_suffixes"),
        given_names=frozenset(row["name"].casefold() for row in rows),
        body_nouns=frozenset(nouns["body"]),
        site_nouns=frozenset(nouns["site"]),
        office_parts=frozenset(nouns["office_part"]),
        papers=frozenset(nouns["paper"]),
        areas=frozenset(nouns["area"]),
        portfolios=frozenset(nouns["portfolio"]),
        people_nouns=frozenset(nouns["people"]),
        unit_nouns=frozenset(nouns["unit"]),
        no_names=frozenset(nouns["no_name"]),
        place_given_names=frozenset(context["place_given_names"]),
        government_verbs=forms("government_verb", verb_forms),
        address_verbs=forms("address_verb", verb_forms),
        government_nouns=forms("government_noun", noun_forms),
        bonds=forms("bond", noun_forms),
        everyday=forms("everyday", noun_forms),
        military=forms("military", noun_forms, verb_forms),
        handling=forms("handling", verb_forms),
        publishing=forms("publishing", verb_forms),
        heading_verbs=frozenset(
            form for form in forms("heading_verb", verb_forms) if form.endswith(("ing", "s"))
        ),
        state_offices=forms("state_office", noun_forms),
        combining=context["combining"],
    )
