"""The rules that find names, one by one, on text and on hand-built sentences."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc

from actorgraph.extract.gazetteer import Gazetteer, LexiconEntity, Name
from actorgraph.extract.naming.designations import (
    find_designations,
    is_code,
    numbers_something_else,
)
from actorgraph.extract.naming.metonyms import acts
from actorgraph.extract.naming.names import slug
from actorgraph.extract.naming.platforms import find_platforms
from actorgraph.extract.naming.selection import Candidate, Spans, select
from actorgraph.extract.naming.versions import find_versions, stem_of
from actorgraph.extract.stating.cues import load_cues
from actorgraph.schema import EntityType, MentionKind


def gazetteer(*names: str, kind: str = "system") -> Gazetteer:
    """A gazetteer of systems; a name that starts with ``~`` is doubtful."""
    return Gazetteer(
        Name(
            name.lstrip("~"),
            LexiconEntity(f"{kind}:{slug(name.lstrip('~'))}", name.lstrip("~"), kind),
            MentionKind.NAME,
            name.startswith("~"),
        )
        for name in names
    )


VOCAB = English().vocab
KNOWN = gazetteer("T-72", "T-72B3", "~Merkava", "Pantsir", "Pantsir-S1", "Nebo-M", "~A-4", "Kh-101")


# Versions


@pytest.mark.parametrize(
    ("surface", "stem"),
    [
        ("T-72AV", "T-72"),
        ("T-72B3M", "T-72B3"),
        ("Pantsir-S1M", "Pantsir-S1"),
        ("Merkava Mk 3", "Merkava"),
        ("Kh-101M2", "Kh-101"),
        ("T-720", None),
        ("A-4K", None),
        ("K-7", None),
    ],
)
def test_a_suffix_makes_a_version_of_the_longest_known_stem(surface, stem) -> None:
    family = stem_of(surface, KNOWN)

    assert (family.name if family else None) == stem


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Reserve units drive the Merkava Mk 3.", ["Merkava Mk 3"]),
        ("A Nebo-UM stands on the hill.", ["Nebo-UM"]),
        ("The Pantsir-S1M is new.", ["Pantsir-S1M"]),
        ("The Pantsir-S1 is old.", []),
        ("The Toyota Mk 3 and the Covid-XY.", []),
    ],
)
def test_a_known_name_with_a_mark_is_a_version(text, found) -> None:
    assert [
        text[slice(*span)] for span in sorted({*find_versions(text, KNOWN, KNOWN.find(text))})
    ] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Merkava 4 rolled past.", ["Merkava 4"]),
        ("The Merkava 4% share.", []),
        ("Merkava 12 times.", []),
        ("The Merkava 2019 show.", []),
        ("The Kh-101 Block II flew.", ["Kh-101 Block II"]),
    ],
)
def test_a_number_behind_a_known_name_is_a_version_unless_it_counts(text, found) -> None:
    assert [
        text[slice(*s)] for s in sorted({*find_versions(text, KNOWN, KNOWN.find(text))})
    ] == found


# Shapes


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("EL/M-2099", True),
        ("QW-SAM", True),
        ("DDG(X)", True),
        ("M777A2", True),
        ("9M999", True),
        ("P-99C", True),
        ("P-99", False),
        ("H-1B", False),
        ("Marlin 700", False),
    ],
)
def test_a_shape_states_what_it_proves(text, strong) -> None:
    assert [(text[d.start : d.end], d.strong) for d in find_designations(text)] == [(text, strong)]


# Platforms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The destroyers Ash, Birch and Cedar sailed.", ["Ash", "Birch", "Cedar"]),
        ("Save for Ash, Birch, and Cedar, the class was sold.", ["Ash", "Birch", "Cedar"]),
        ("Ash, Birch, and Cedar left the room.", []),
        ("She met Ash (DD-999) at sea.", ["Ash"]),
        ("He met Ash (99) at sea.", []),
        ("He served on board Ash for a year.", ["Ash"]),
        ("They brought Ash on board.", []),
        ("They flew aboard Ash Airlines Flight 9.", []),
        ("The laser called Ash works.", ["Ash"]),
        ("The man called Ash works.", []),
        ("Six TQX Heron dive bombers came.", ["TQX Heron"]),
    ],
)
def test_what_stands_beside_a_name_shows_a_platform(text, found) -> None:
    assert sorted(text[slice(*span)] for span in find_platforms(text)) == found


def test_a_capital_s_is_no_plural() -> None:
    names = gazetteer("T-90M", "Kinzhal")

    assert [m.names[0].form for m in names.find("two T-90Ms and the KINZHALS")] == [
        "T-90M",
        "Kinzhal",
    ]
    assert list(names.find("the T-90MS")) == []


@pytest.mark.parametrize(
    ("letters", "expected"), [("T", True), ("Kh", True), ("Nebo", True), ("KQ", False)]
)
def test_a_series_is_what_known_systems_are_numbered_in(letters, expected) -> None:
    assert KNOWN.opens_series(letters) is expected


# Codes


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("Take highway A-64 north", "A-64", True),
        ("on an H-1B visa", "H-1B", True),
        ("vitamin B-12 and D-3 help", "D-3", True),
        ("The S-400 battery moved", "S-400", False),
    ],
)
def test_a_code_numbers_what_it_stands_beside(text, code, expected) -> None:
    start = text.index(code)

    assert numbers_something_else(text, start, start + len(code)) is expected


@pytest.mark.parametrize("name", ["I-95", "PS752", "Mk IV", "Spain 3-1", "Annex D-7"])
def test_codes_are_no_names(name) -> None:
    assert is_code(name)


@pytest.mark.parametrize("name", ["Mark Rutte", "Studio 54", "Fifth Fleet", "Block"])
def test_names_are_no_codes(name) -> None:
    assert not is_code(name)


# Choice


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9))), st.integers(0, 60))
def test_spans_touch_as_if_compared_one_by_one(pairs, start) -> None:
    spans = [(a, a + length) for a, length in pairs]
    end = start + 4

    assert Spans(spans).touch(start, end) == any(a < end and start < b for a, b in spans)


@given(
    st.lists(
        st.builds(
            lambda start, length, rank, kind: Candidate(start, start + length, rank, type=kind),
            st.integers(0, 40),
            st.integers(1, 12),
            st.integers(1, 3),
            st.sampled_from([EntityType.SYSTEM, EntityType.PERSON, EntityType.PLACE]),
        )
    )
)
def test_chosen_names_do_not_overlap(candidates) -> None:
    chosen = select(candidates)

    assert all(a.end <= b.start for a, b in pairwise(chosen))
    assert bool(chosen) == bool(candidates)


def test_many_candidates_take_no_quadratic_time() -> None:
    many = [Candidate(i * 3, i * 3 + 2, 1 + i % 3, type="place") for i in range(20_000)]
    start = time.process_time()

    assert len(select(many)) == len(many)
    assert time.process_time() - start < 2


# Capitals


@pytest.mark.parametrize(
    ("words", "heads", "deps", "capital", "expected"),
    [
        ("Riga denied it", [1, 1, 1], ["nsubj", "ROOT", "dobj"], 0, True),
        ("Riga sleeps late", [1, 1, 1], ["nsubj", "ROOT", "advmod"], 0, False),
        ("Riga and Oslo want bases", [3, 0, 0, 3, 3], "nsubj cc conj ROOT dobj".split(), 2, True),
        ("Riga was denied it", [2, 2, 2, 2], ["nsubjpass", "auxpass", "ROOT", "dobj"], 0, False),
        ("Riga 's stance hardened", [2, 0, 3, 3], ["poss", "case", "nsubj", "ROOT"], 0, True),
        ("Riga 's streets emptied", [2, 0, 3, 3], ["poss", "case", "nsubj", "ROOT"], 0, False),
        ("They warned Riga", [1, 1, 1], ["nsubj", "ROOT", "dobj"], 2, True),
        ("They left Riga", [1, 1, 1], ["nsubj", "ROOT", "dobj"], 2, False),
        ("sanctions against Riga", [0, 0, 1], ["ROOT", "prep", "pobj"], 2, True),
        ("trains from Riga", [0, 0, 1], ["ROOT", "prep", "pobj"], 2, False),
    ],
)
def test_a_capital_that_acts_is_a_government(words, heads, deps, capital, expected) -> None:
    tokens = words.split()
    tags = ["NNP" if word.istitle() else "NN" for word in tokens]
    doc = Doc(VOCAB, words=tokens, heads=heads, deps=deps, tags=tags)

    assert acts(doc[capital], load_cues()) is expected
