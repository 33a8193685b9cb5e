"""The table of systems is data: these tests hold it to its format and to itself."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import resources

import pycountry
import pytest

from actorgraph.extract.naming.names import key

SYSTEMS = resources.files("actorgraph.extract.lexicon").joinpath("systems.csv")

Rows = list[dict[str, str]]

COLUMNS = ["id", "name", "subtype", "country", "maker", "family", "aliases"]

SUBTYPES = {
    "missile_ballistic",
    "missile_cruise",
    "missile_hypersonic",
    "missile_other",
    "interceptor",
    "air_defence_system",
    "missile_defence_system",
    "radar_sensor",
    "satellite_space",
    "command_network",
    "aircraft",
    "uav",
    "ship_submarine",
    "ground_vehicle",
    "nuclear_warhead",
    "architecture",
    "programme",
    "other",
}

COUNTRIES = {country.alpha_2.lower() for country in pycountry.countries} | {"su"}

AMBIGUOUS: Mapping[str, str] = {}
"""Names two systems share although not both are marked ``~``, and why that is right."""


def spelling(name: str) -> str:
    """What the matcher compares: equal for *S-400* and *S 400*, whatever the mark."""
    return key(name.lstrip("~"))


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return SYSTEMS.read_bytes().decode("utf-8").split("\n")


@pytest.fixture(scope="module")
def rows(lines: list[str]) -> Rows:
    return list(csv.DictReader(line for line in lines if line and not line.startswith("#")))


@pytest.fixture(scope="module")
def by_name(rows: Rows) -> dict[str, str]:
    return {spelling(name): row["id"] for row in rows for name in names(row)}


def names(row: Mapping[str, str]) -> Iterator[str]:
    yield row["name"]
    yield from filter(None, row["aliases"].split("|"))


def test_the_file_is_comments_then_header_then_rows(lines: list[str]) -> None:
    body = [i for i, line in enumerate(lines) if not line.startswith("#")]

    assert body[0] > 0
    assert lines[body[0]] == ",".join(COLUMNS)
    assert body == list(range(body[0], len(lines)))
    assert lines.index("") == len(lines) - 1
    assert not any("\r" in line for line in lines)


def test_there_are_enough_systems(rows: Rows) -> None:
    assert len(rows) >= 1200


def test_every_row_has_all_columns(rows: Rows) -> None:
    assert [row for row in rows if list(row) != COLUMNS or None in row.values()] == []


def test_cells_have_no_stray_blanks_or_empty_aliases(rows: Rows) -> None:
    cells = [(row["id"], part) for row in rows for cell in row.values() for part in cell.split("|")]
    empty = [row["id"] for row in rows if row["aliases"] and "" in row["aliases"].split("|")]

    assert [cell for cell in cells if " ".join(cell[1].split()) != cell[1]] == []
    assert empty == []


def test_ids_are_slugs_sorted_and_unique(rows: Rows) -> None:
    ids = [row["id"] for row in rows]

    assert [i for i in ids if not re.fullmatch(r"system:[a-z0-9]+(-[a-z0-9]+)*", i)] == []
    assert ids == sorted(set(ids))


def test_subtypes_are_known_and_all_in_use(rows: Rows) -> None:
    assert {row["subtype"] for row in rows} == SUBTYPES


def test_countries_are_iso_codes(rows: Rows) -> None:
    assert {row["country"] for row in rows} - COUNTRIES == {""}


def test_every_family_is_a_row_and_no_row_is_its_own_ancestor(rows: Rows) -> None:
    parent = {row["id"]: row["family"] for row in rows}

    assert [row["id"] for row in rows if row["family"] and row["family"] not in parent] == []
    for start in parent:
        seen = {start}
        system = parent[start]
        while system:
            assert system not in seen, f"{start} descends from itself"
            seen.add(system)
            system = parent[system]


def test_a_row_gives_each_spelling_once(rows: Rows) -> None:
    repeated = []
    for row in rows:
        spellings = [spelling(name) for name in names(row)]
        if len(set(spellings)) < len(spellings):
            repeated.append(row["id"])

    assert repeated == []


def test_names_are_shared_only_when_marked_or_listed(rows: Rows) -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for name in names(row):
            owners[spelling(name)].append(name)
    shared = {key for key, spellings in owners.items() if len(spellings) > 1}
    unmarked = {key for key in shared if not all(n.startswith("~") for n in owners[key])}

    assert unmarked == set(AMBIGUOUS)


def test_a_mark_stands_only_in_front(rows: Rows) -> None:
    assert [n for row in rows for n in names(row) if "~" in n[1:] or n == "~"] == []


def test_no_unmarked_name_reads_as_a_country_code(rows: Rows) -> None:
    codes = {country.alpha_3.lower() for country in pycountry.countries} | COUNTRIES | {"eu", "uk"}

    assert [
        n
        for row in rows
        for n in names(row)
        if not n.startswith("~") and spelling(n).replace(" ", "") in codes
    ] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("S-400", "system:s-400"),
        ("Triumf", "system:s-400"),
        ("SA-21", "system:s-400"),
        ("40N6", "system:40n6"),
        ("9K720", "system:iskander"),
        ("Iskander-M", "system:iskander-m"),
        ("Iskander-K", "system:iskander-k"),
        ("3M22", "system:zircon"),
        ("Tsirkon", "system:zircon"),
        ("MIM-104", "system:patriot"),
        ("PAC-2", "system:patriot-pac-2"),
        ("PAC-3", "system:patriot-pac-3"),
        ("PAC-3 MSE", "system:patriot-pac-3-mse"),
        ("SM-3 Block 2A", "system:sm-3-block-iia"),
        ("Terminal High Altitude Area Defense", "system:thaad"),
        ("Terminal High Altitude Area Defence", "system:thaad"),
        ("AN/TPY-2", "system:an-tpy-2"),
        ("EPAA", "system:epaa"),
        ("integrated air and missile defence", "system:iamd"),
        ("Shahed-136", "system:shahed-136"),
        ("Geran-2", "system:geran-2"),
        ("Kh-47M2", "system:kinzhal"),
        ("DF-21D", "system:df-21d"),
        ("Çelik Kubbe", "system:steel-dome"),
    ],
)
def test_a_known_name_means_its_system(by_name: dict[str, str], name: str, expected: str) -> None:
    assert by_name[spelling(name)] == expected


@pytest.mark.parametrize(
    ("system", "family"),
    [
        ("system:s-300pmu-2", "system:s-300p"),
        ("system:s-300p", "system:s-300"),
        ("system:patriot-pac-3-mse", "system:patriot-pac-3"),
        ("system:patriot-pac-3", "system:patriot"),
        ("system:sm-3-block-iia", "system:sm-3"),
        ("system:leopard-2a7", "system:leopard-2"),
    ],
)
def test_a_version_names_its_family(rows: Rows, system: str, family: str) -> None:
    assert next(row["family"] for row in rows if row["id"] == system) == family


@pytest.mark.parametrize(
    "word",
    [
        *("Patriot", "Arrow", "Trident", "Sentinel", "Growler", "Triumph", "Hawk", "Harpoon"),
        *("Leopard", "Abrams", "Aegis", "Star Wars", "Bismarck", "Fujian", "Moskva"),
    ],
)
def test_a_word_with_other_meanings_is_marked(rows: Rows, word: str) -> None:
    marks = [n.startswith("~") for row in rows for n in names(row) if n.lstrip("~") == word]

    assert set(marks) == {True}


@pytest.mark.parametrize(
    "kind",
    [
        "ballistic missile defence system",
        "ballistic missile early warning system",
        "ground-launched cruise missile",
        "long-range anti-ship missile",
        "long-range surface-to-air missile",
        "very short range air defence system",
    ],
)
def test_a_kind_of_weapon_is_not_the_name_of_one(by_name: dict[str, str], kind: str) -> None:
    assert spelling(kind) not in by_name
