"""The organizations of the lexicon: a sound file, and no name of two bodies by accident."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from importlib import resources
from itertools import dropwhile

import pycountry
import pytest

from actorgraph.extract.naming.names import key

SUBTYPES = {
    "alliance_igo",
    "government_body",
    "armed_force",
    "intelligence",
    "company",
    "think_tank",
    "media",
    "party",
    "armed_group",
    "university",
    "ngo",
    "other",
}
COUNTRIES = {country.alpha_2.lower() for country in pycountry.countries} | {"su", "xk", ""}
TEXT = resources.files("actorgraph.extract.lexicon").joinpath("organizations.csv").read_bytes()
LINES = TEXT.decode("utf-8").splitlines()
TABLE = list(dropwhile(lambda line: line.startswith("#"), LINES))
ROWS = list(csv.DictReader(TABLE, strict=True))
FORMS = [(row["id"], form) for row in ROWS for form in [row["name"], *row["aliases"].split("|")]]
FORMS = [(entity, form) for entity, form in FORMS if form]


def owners(name: str) -> dict[str, list[str]]:
    """The ids that own a name, each with the forms in which it is listed."""
    found = defaultdict(list)
    for entity, form in FORMS:
        if form.lstrip("~") == name:
            found[entity].append(form)
    return found


def test_the_file_is_plain_utf8_csv_with_unix_line_ends() -> None:
    assert b"\r" not in TEXT
    assert not TEXT.startswith(b"\xef\xbb\xbf")
    assert TEXT.endswith(b"\n")
    assert LINES[0].startswith("#")
    assert TABLE[0] == "id,name,subtype,country,aliases"
    assert all(None not in row and None not in row.values() for row in ROWS)


def test_there_are_enough_rows_of_every_subtype() -> None:
    counts = Counter(row["subtype"] for row in ROWS)

    assert len(ROWS) >= 3000
    assert set(counts) == SUBTYPES
    assert min(counts.values()) >= 15


def test_ids_are_sorted_unique_slugs() -> None:
    ids = [row["id"] for row in ROWS]

    assert ids == sorted(set(ids))
    assert [i for i in ids if not re.fullmatch(r"organization:[a-z0-9]+(-[a-z0-9]+)*", i)] == []


def test_countries_are_iso_codes() -> None:
    assert [row["id"] for row in ROWS if row["country"] not in COUNTRIES] == []


def test_forms_are_clean() -> None:
    untidy = re.compile(r"^~?\s|\s$|\s\s|^~?$|.~|[()\[\]{}\"“”’]")

    assert [(i, form) for i, form in FORMS if untidy.search(form)] == []
    assert [row["id"] for row in ROWS if "" in row["aliases"].split("|") and row["aliases"]] == []


def test_no_form_is_listed_twice_in_a_row() -> None:
    counts = Counter((entity, form.lstrip("~")) for entity, form in FORMS)

    assert [pair for pair, n in counts.items() if n > 1] == []


def test_a_name_of_several_bodies_is_marked_in_each() -> None:
    bearers = defaultdict(set)
    for entity, form in FORMS:
        bearers[key(form.lstrip("~"))].add((entity, form.startswith("~")))
    careless = {
        name: sorted(readings)
        for name, readings in bearers.items()
        if len({entity for entity, _ in readings}) > 1 and not all(mark for _, mark in readings)
    }

    assert careless == {}


def test_a_single_word_in_lower_case_is_marked() -> None:
    assert [(i, f) for i, f in FORMS if re.fullmatch(r"[^\W\d_]+", f) and f.islower()] == []


def test_acronyms_have_no_stops() -> None:
    """The matcher reads U.N. as UN, but a form with stops would let *Un* stand for *U.N.*"""
    assert [(i, f) for i, f in FORMS if re.fullmatch(r"~?(?:[A-Z]\.){2,}", f)] == []


@pytest.mark.parametrize(
    ("form", "entity"),
    [
        ("NATO", "nato"),
        ("North Atlantic Treaty Organisation", "nato"),
        ("UNSC", "un-security-council"),
        ("United Nations Security Council", "un-security-council"),
        ("Pentagon", "us-department-of-defense"),
        ("Foggy Bottom", "us-department-of-state"),
        ("United States Air Force", "us-air-force"),
        ("Missile Defence Agency", "missile-defense-agency"),
        ("CENTCOM", "us-central-command"),
        ("PACOM", "us-indo-pacific-command"),
        ("Russian Defense Ministry", "russian-ministry-of-defence"),
        ("Ministry of Defence of the Russian Federation", "russian-ministry-of-defence"),
        ("VKS", "russian-aerospace-forces"),
        ("China's Foreign Ministry", "chinese-foreign-ministry"),
        ("Quai d'Orsay", "french-foreign-ministry"),
        ("British Ministry of Defence", "uk-ministry-of-defence"),
        ("DFAT", "dfat"),
        ("DFID", "dfid"),
        ("Bundeswehr", "bundeswehr"),
        ("Israeli Defence Forces", "idf"),
        ("IRGC", "irgc"),
        ("Popular Mobilisation Forces", "popular-mobilization-forces"),
        ("Secret Intelligence Service", "mi6"),
        ("Raytheon Technologies", "rtx"),
        ("Almaz-Antey", "almaz-antey"),
        ("Roskosmos", "roscosmos"),
        ("Valdai Club", "valdai-discussion-club"),
        ("Centre for Strategic and International Studies", "csis"),
        ("The National Interest", "the-national-interest"),
        ("RIA Novosti", "ria-novosti"),
        ("Daesh", "isil"),
        ("Jabhat al-Nusra", "al-nusra-front"),
        ("Syrian Observatory for Human Rights", "sohr"),
        ("High Negotiations Committee", "high-negotiations-committee"),
    ],
)
def test_well_known_forms_stand_for_one_body(form: str, entity: str) -> None:
    assert owners(form) == {f"organization:{entity}": [form]}


@pytest.mark.parametrize(
    "word",
    [
        "Guardian",
        "Hill",
        "IRA",
        "Independent",
        "Labour Party",
        "MOD",
        "NRC",
        "National Guard",
        "National Interest",
        "Nature",
        "RAND",
        "Rafael",
        "SDF",
        "State",
        "Time",
    ],
)
def test_words_with_other_senses_are_marked(word: str) -> None:
    forms = [form for listed in owners(word).values() for form in listed]

    assert forms
    assert all(form.startswith("~") for form in forms)
