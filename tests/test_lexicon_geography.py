"""Countries, places, agreements, titles and given names: sound files, codes that exist, no name of
two things by accident."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from importlib import resources
from itertools import dropwhile

import pycountry
import pytest
from babel import Locale

from actorgraph.extract.naming.names import key, slug

FOLDER = resources.files("actorgraph.extract.lexicon")
HEADERS = {
    "countries.csv": "id,name,subtype,alpha2,alpha3,aliases,adjectives,peoples,capital,metonyms",
    "places.csv": "id,name,subtype,country,aliases,adjectives",
    "agreements.csv": "id,name,subtype,aliases",
    "given_names.csv": "name",
}
ENTITIES = {"countries.csv": "country", "places.csv": "place", "agreements.csv": "agreement"}
SUBTYPES = {
    "countries.csv": {"sovereign", "disputed", "territory", "historical"},
    "places.csv": {
        "city",
        "region",
        "base",
        "sea",
        "strait",
        "island",
        "river",
        "mountain",
        "continent",
        "test_site",
    },
    "agreements.csv": {
        "treaty",
        "sanctions_regime",
        "arms_control",
        "doctrine_document",
        "communique",
        "resolution",
    },
}
FORM_COLUMNS = ("name", "aliases", "adjectives", "peoples", "metonyms")
TITLE_TABLES = {
    "honorifics",
    "ranks",
    "offices",
    "leading_offices",
    "heads_of_state",
    "group_roles",
    "name_suffixes",
}

# Held by several at once on purpose: form -> the ids. None is needed as yet.
AMBIGUOUS: dict[str, set[str]] = {}

# Names of Unicode CLDR that are no usage of texts.
CLDR_LABELS = {
    "HK": "Hong Kong SAR China",
    "MM": "Myanmar (Burma)",
    "MO": "Macao SAR China",
}


def lines(file: str) -> list[str]:
    return FOLDER.joinpath(file).read_text(encoding="utf-8").splitlines()


def table(file: str) -> list[str]:
    return list(dropwhile(lambda line: line.startswith("#"), lines(file)))


ROWS = {file: list(csv.DictReader(table(file), strict=True)) for file in HEADERS}
COUNTRIES = {row["id"]: row for row in ROWS["countries.csv"]}
FORMS = [
    (row["id"], form)
    for file in ENTITIES
    for row in ROWS[file]
    for column in FORM_COLUMNS
    for form in (row.get(column) or "").split("|")
    if form
]
BY_KEY = defaultdict(list)
for _id, _form in FORMS:
    BY_KEY[key(_form.lstrip("~"))].append((_id, _form))
TITLES = tomllib.loads(FOLDER.joinpath("titles.toml").read_text(encoding="utf-8"))


def bearers(text: str) -> dict[str, bool]:
    """The ids that own a form, each with whether it is marked as doubtful."""
    return {i: form.startswith("~") for i, form in BY_KEY[key(text)]}


@pytest.mark.parametrize("file", HEADERS)
def test_a_file_is_plain_utf8_csv_with_unix_line_ends(file: str) -> None:
    raw = FOLDER.joinpath(file).read_bytes()

    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")
    assert lines(file)[0].startswith("#")
    assert table(file)[0] == HEADERS[file]
    assert all(None not in row and None not in row.values() for row in ROWS[file])


@pytest.mark.parametrize(("file", "kind"), ENTITIES.items())
def test_ids_are_sorted_unique_slugs(file: str, kind: str) -> None:
    ids = [row["id"] for row in ROWS[file]]

    assert ids == sorted(set(ids))
    assert [i for i in ids if not re.fullmatch(rf"{kind}:[a-z0-9]+(-[a-z0-9]+)*", i)] == []


@pytest.mark.parametrize("file", ENTITIES)
def test_rows_have_a_name_and_a_known_subtype(file: str) -> None:
    assert all(row["name"].lstrip("~") for row in ROWS[file])
    assert {row["subtype"] for row in ROWS[file]} == SUBTYPES[file]


def test_forms_are_tidy() -> None:
    untidy = re.compile(r"^~?\s|\s$|\s\s|^~?$|.~|^~?the\s|[\[\]{}\"“”’*;]")

    assert [(i, form) for i, form in FORMS if untidy.search(form)] == []
    assert [
        (row["id"], column)
        for file in ENTITIES
        for row in ROWS[file]
        for column in FORM_COLUMNS
        if row.get(column) and "" in row[column].split("|")
    ] == []


def test_no_form_is_listed_twice_in_a_row() -> None:
    counts = Counter((i, form.lstrip("~")) for i, form in FORMS)

    assert [pair for pair, n in counts.items() if n > 1] == []


def test_acronyms_have_no_stops() -> None:
    """The matcher reads U.S. as US, but a form with stops would let *Us* stand for *U.S.*"""
    assert [(i, f) for i, f in FORMS if re.fullmatch(r"~?(?:[A-Z]\.){2,}", f)] == []


def test_at_most_one_bearer_of_a_shared_name_is_unmarked() -> None:
    careless = {
        name: held
        for name, held in BY_KEY.items()
        if len(unmarked := {i for i, form in held if not form.startswith("~")}) > 1
        and unmarked != AMBIGUOUS.get(name)
    }

    assert careless == {}


def test_country_codes_are_those_of_iso_3166() -> None:
    current = {c.alpha_2: c.alpha_3 for c in pycountry.countries}
    withdrawn = {(c.alpha_2, c.alpha_3) for c in pycountry.historic_countries}
    user_assigned = {("XK", "XKX")}
    coded = {(r["alpha2"], r["alpha3"]) for r in COUNTRIES.values() if r["alpha2"]}

    assert coded >= current.items()
    assert coded - current.items() - user_assigned <= withdrawn
    assert len(coded) == sum(bool(r["alpha2"]) for r in COUNTRIES.values())


def test_a_country_id_is_its_code_and_a_slug_only_without_one() -> None:
    for i, row in COUNTRIES.items():
        name = i.removeprefix("country:")
        assert name == row["alpha2"].lower() if row["alpha2"] else len(name) > 3, i


def test_withdrawn_codes_belong_to_historical_states() -> None:
    current = {c.alpha_2 for c in pycountry.countries}

    assert {
        row["subtype"]
        for row in COUNTRIES.values()
        if row["alpha2"] and row["alpha2"] not in {*current, "XK"}
    } == {"historical"}


def test_the_two_hundred_or_so_sovereign_states_are_there() -> None:
    counts = Counter(row["subtype"] for row in COUNTRIES.values())

    assert counts["sovereign"] == 194  # the members of the United Nations and the Holy See


def test_the_english_names_in_cldr_are_known() -> None:
    territories = Locale("en").territories
    unknown = {}
    for country in pycountry.countries:
        row = COUNTRIES[f"country:{country.alpha_2.lower()}"]
        forms = {key(form.lstrip("~")) for form in (row["name"], *row["aliases"].split("|"))}
        if key(territories[country.alpha_2]) not in forms:
            unknown[country.alpha_2] = territories[country.alpha_2]

    assert unknown == CLDR_LABELS


def test_a_capital_is_a_place_of_that_country() -> None:
    places = {row["id"]: row for row in ROWS["places.csv"]}
    for row in COUNTRIES.values():
        if not row["capital"]:
            continue
        place = places[f"place:{slug(row['capital'])}"]
        assert place["name"].lstrip("~") == row["capital"]
        if row["alpha2"]:
            assert place["country"] == row["alpha2"].lower(), row["name"]


def test_only_city_states_and_lands_without_a_capital_have_none() -> None:
    without = {
        row["name"]
        for row in COUNTRIES.values()
        if row["subtype"] == "sovereign" and not row["capital"]
    }

    assert without == {"Monaco", "Singapore", "Vatican City"}


def test_the_country_of_a_place_is_one_of_the_lexicon() -> None:
    codes = {row["alpha2"].lower() for row in COUNTRIES.values()} | {""}

    assert [row["id"] for row in ROWS["places.csv"] if row["country"] not in codes] == []


def test_cities_and_bases_lie_in_one_country() -> None:
    assert [
        row["id"]
        for row in ROWS["places.csv"]
        if row["subtype"] in ("city", "base", "test_site") and not row["country"]
    ] == []


def test_given_names_are_sorted_single_words_that_name_no_place() -> None:
    names = [row["name"] for row in ROWS["given_names.csv"]]

    assert names == sorted(set(names))
    assert len(names) >= 1500
    assert [n for n in names if not re.fullmatch(r"[^\W\d_]+(?:[-'][^\W\d_]+)*", n)] == []
    assert [n for n in names if not n[0].isupper() or n.isupper()] == []
    assert [n for n in names if key(n) in BY_KEY] == []


@pytest.mark.parametrize("word", ["Grace", "Mark", "Will", "Hope", "Bill", "Jordan", "Rafael"])
def test_ordinary_words_places_and_companies_are_no_given_names(word: str) -> None:
    assert {"name": word} not in ROWS["given_names.csv"]


def test_titles_are_sorted_lower_case_words_without_stops() -> None:
    assert set(TITLES) == TITLE_TABLES
    for name, words in TITLES.items():
        assert words == sorted(set(words)), name
        assert [w for w in words if not re.fullmatch(r"[a-zé0-9]+(?:[ '-][a-zé0-9]+)*", w)] == []


def test_leading_offices_are_offices_and_deputies_do_not_lead() -> None:
    assert set(TITLES["leading_offices"]) <= set(TITLES["offices"])
    assert [w for w in TITLES["leading_offices"] if re.match("deputy|vice|assistant", w)] == []


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ("honorifics", "mr"),
        ("ranks", "lt gen"),
        ("ranks", "vice admiral"),
        ("offices", "spokeswoman"),
        ("offices", "ambassador"),
        ("offices", "analyst"),
        ("leading_offices", "prime minister"),
        ("leading_offices", "secretary-general"),
        ("group_roles", "officials"),
        ("group_roles", "lawmakers"),
        ("name_suffixes", "jr"),
    ],
)
def test_well_known_titles_are_in_their_table(table: str, word: str) -> None:
    assert word in TITLES[table]


@pytest.mark.parametrize(
    ("form", "entity"),
    [
        ("Britain", "country:gb"),
        ("US", "country:us"),
        ("USSR", "country:su"),
        ("DPRK", "country:kp"),
        ("Türkiye", "country:tr"),
        ("Burma", "country:mm"),
        ("Zaire", "country:cd"),
        ("Czechia", "country:cz"),
        ("Republic of China", "country:tw"),
        ("State of Palestine", "country:ps"),
        ("Georgia", "country:ge"),
        ("Emirati", "country:ae"),
        ("Soviet", "country:su"),
        ("Britons", "country:gb"),
        ("Kremlin", "country:ru"),
        ("White House", "country:us"),
        ("Downing Street", "country:gb"),
        ("Élysée", "country:fr"),
        ("Scotland", "place:scotland"),
        ("Kiev", "place:kyiv"),
        ("Crimean", "place:crimea"),
        ("Gaza", "place:gaza-strip"),
        ("Rakka", "place:raqqa"),
        ("Deir Ezzor", "place:deir-ez-zor"),
        ("Hmeimim", "place:khmeimim"),
        ("Middle Eastern", "place:middle-east"),
        ("Hormuz", "place:strait-of-hormuz"),
        ("Thule Air Base", "place:pituffik-space-base"),
        ("Kapustin Yar", "place:kapustin-yar"),
        ("NPT", "agreement:npt"),
        ("JCPOA", "agreement:jcpoa"),
        ("Washington Treaty", "agreement:north-atlantic-treaty"),
        ("Minsk II", "agreement:minsk-ii"),
        ("CAATSA", "agreement:caatsa"),
        ("UNSCR 2231", "agreement:unscr-2231"),
    ],
)
def test_well_known_forms_stand_for_one_thing(form: str, entity: str) -> None:
    assert [i for i, marked in bearers(form).items() if not marked] == [entity]


@pytest.mark.parametrize(
    "word",
    ["Nice", "Reading", "Mobile", "Split", "Darwin", "Phoenix", "Orlando", "Victoria", "START"],
)
def test_words_with_other_senses_are_marked(word: str) -> None:
    assert bearers(word)
    assert all(bearers(word).values())
