"""The rules that find names, one by one, on text and on hand-built sentences."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc

from actorgraph.extract.gazetteer import Gazetteer, Lexicon, LexiconEntity, Name
from actorgraph.extract.naming.compounds import find_coordinated, is_part_of_a_word
from actorgraph.extract.naming.designations import (
    find_designations,
    is_code,
    numbers_something_else,
)
from actorgraph.extract.naming.heads import (
    is_called_a_body,
    is_called_a_person,
    is_distinction,
    type_by_head,
)
from actorgraph.extract.naming.metonyms import acts
from actorgraph.extract.naming.names import slug
from actorgraph.extract.naming.platforms import find_platforms
from actorgraph.extract.naming.selection import Candidate, Spans, select
from actorgraph.extract.naming.versions import find_versions, stem_of
from actorgraph.extract.reading import Reading, Roster, squeezed
from actorgraph.extract.stating.cues import load_cues
from actorgraph.schema import EntityType, MentionKind, PassageKind


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
        ("They boarded the M/V Ash Eagle.", ["M/V Ash Eagle"]),
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


# What the words of a name, and those beside it, say


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Baltic Grain Strategy", EntityType.AGREEMENT),
        ("Strategy for Clean Harbours", EntityType.AGREEMENT),
        ("Joint Resolution 77, 1998", EntityType.AGREEMENT),
        ("Karelian Campaign of 1941", EntityType.EVENT),
        ("Andean Ministers Meeting", EntityType.EVENT),
        ("Harbour Fellowship", EntityType.ORGANIZATION),
        ("Fraternal Order of Bakers", None),
        ("National Conference of Bishops", None),
        ("Conference on Tin", EntityType.EVENT),
        ("Office of Treaty Compliance", None),
        ("Strategy", None),
    ],
)
def test_the_head_noun_tells_the_type(name, kind) -> None:
    assert type_by_head(name) == kind


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Distinguished Rescue Medal", True),
        ("Golden Anchor Award for Divers", True),
        ("Kenya Red Cross", False),
        ("Medal", False),
        ("Prize Committee", False),
    ],
)
def test_medals_and_prizes_are_no_actors(name, is_one) -> None:
    assert is_distinction(name) is is_one


@pytest.mark.parametrize(
    ("before", "name", "after", "is_body"),
    [
        ("the Swiss company ", "Brandli", " built it", True),
        ("the company called ", "Brandli", " built it", True),
        ("their navy (first called the ", "Havflaade", ")", True),
        ("the ", "Tamarod", " movement marched", True),
        ("a ", "Tamarod", " movement marched", False),
        ("the accompany ", "Brandli", " built it", False),
        ("the ", "Tamarod", " groupings", False),
    ],
)
def test_the_noun_beside_a_name_makes_it_a_body(before, name, after, is_body) -> None:
    text = before + name + after

    assert is_called_a_body(text, len(before), len(before + name)) is is_body


@pytest.mark.parametrize(
    ("name", "after", "is_person"),
    [
        ("Ola Brand", ", the Special Envoy to Chad,", True),
        ("Ola Brand", ", a former U.S. ambassador", True),
        ("Brand", " was a commander in the navy", True),
        ("Brand", ", the ambassador and others", False),
        ("Brand Group", ", the chairman said", False),
        ("Ola Brand", ", the maker of tyres", False),
        ("ola brand", ", the ambassador", False),
    ],
)
def test_an_office_makes_a_name_a_person(name, after, is_person) -> None:
    assert is_called_a_person(name + after, 0, len(name), load_cues()) is is_person


WATERS = gazetteer("Amber Sea", "Cobalt Sea", "Upper Lake District", kind="place")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Amber and Cobalt Seas", ["Amber", "Cobalt Seas"]),
        ("the Amber or the Cobalt Sea", ["Amber", "Cobalt Sea"]),
        ("the Amber/Cobalt Sea", ["Amber", "Cobalt Sea"]),
        ("the Ochre and Cobalt Seas", []),
        ("the Amber and Ochre Seas", []),
        ("the Amber and cobalt Seas", []),
    ],
)
def test_regions_share_their_last_word(text, found) -> None:
    assert [text[m.start : m.end] for m in find_coordinated(text, WATERS)] == found


@pytest.mark.parametrize(
    ("text", "is_part"),
    [
        ("neo-Avaria", True),
        ("Avaria-aligned aims", True),
        ("Avaria-based firms", False),
        ("anti-Avaria", False),
        ("XY-Avaria", False),
    ],
)
def test_a_name_may_be_part_of_a_word(text, is_part) -> None:
    places = gazetteer("Avaria", kind="place")

    (match,) = places.find(text)
    assert is_part_of_a_word(text, match, places) is is_part


@pytest.mark.parametrize(
    ("text", "is_part"),
    [("QP-GRID", True), ("GRID-QP", True), ("QP-NATO", False), ("QP-led", False), ("QP", False)],
)
def test_doubtful_initials_in_a_longer_code_are_nobodys(text, is_part) -> None:
    bodies = gazetteer("~QP", "NATO", kind="organization")

    match = next(m for m in bodies.find(text) if text[m.start : m.end] == "QP")
    assert is_part_of_a_word(text, match, bodies) is is_part


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one two", "one two"),
        ("one\n    two", "one\ntwo"),
        ("  one  two   ", " one two "),
        ("", ""),
    ],
)
def test_a_run_of_blanks_is_read_as_one(text, kept) -> None:
    short, places = squeezed(text)

    assert short == kept
    assert "".join(text[place] for place in places or range(len(text))) == kept


def test_offsets_in_a_document_leave_no_blanks_at_the_end() -> None:
    text = "Palau\n    Post   office"
    short, places = squeezed(text)
    reading = Reading(0, 100, PassageKind.ITEM, None, short, Doc(VOCAB, words=["x"]))
    reading.places = places

    start = short.index("Post")
    assert reading.in_document(0, 10) == (100, 114)
    assert reading.in_document(start, start + 4) == (110, 114)


def test_the_spelling_shown_is_the_usual_one() -> None:
    lexicon = Lexicon((), ())
    roster = Roster(lexicon)
    entity_id = roster.named("U.S-Oman Council", EntityType.ORGANIZATION)
    roster[entity_id].surfaces.update({"U.S-Oman Council": 1, "U.S.-Oman Council": 1})

    (entity,) = roster.entities()
    assert entity.name == "U.S.-Oman Council"
    assert entity.id == entity_id
    assert entity.aliases == ()
