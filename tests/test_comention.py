import math
from collections import Counter
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actorgraph.errors import StoreError
from actorgraph.graph.comention import count_comentions, log_likelihood, normalized_pmi
from actorgraph.graph.storage import tally
from actorgraph.graph.storage.tally import Tally

ENTITIES = 8
LETTERS = "abcdefgh"


def rows(*mentions):
    """Document, paragraph, sentence and place of the entity of each mention."""
    return np.array(mentions, dtype=np.int64).reshape(-1, 4)


class Pair(NamedTuple):
    """One row of a table."""

    a: int
    b: int
    sentences: int
    paragraphs: int
    documents: int
    npmi: float
    log_likelihood: float
    examples: list[tuple[int, int]]


def pairs_of(found):
    """All pairs, with the rows of their examples."""
    pairs = []
    for table in found.tables:
        examples = {}
        for place, *ends in zip(*(column.tolist() for column in table.examples), strict=True):
            examples.setdefault(place, []).append(tuple(ends))
        columns = zip(*(column.tolist() for column in table[:-1]), strict=True)
        pairs.extend(Pair(*row, examples.get(place, [])) for place, row in enumerate(columns))
    return pairs


def pairs(table, entities=ENTITIES, **options):
    return pairs_of(count_comentions(table, entities, **options))


def counted(table, **options):
    return {
        (LETTERS[p.a], LETTERS[p.b]): (p.sentences, p.paragraphs, p.documents)
        for p in pairs(table, **options)
    }


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([(0, 0, 0, 0), (0, 0, 0, 1)], {("a", "b"): (1, 1, 1)}),
        ([(0, 0, 0, 1), (0, 0, 0, 0)], {("a", "b"): (1, 1, 1)}),
        ([(0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 1)], {("a", "b"): (1, 1, 1)}),
        ([(0, 0, 0, 0), (0, 0, 1, 1)], {("a", "b"): (0, 1, 1)}),
        ([(0, 0, 0, 0), (0, 1, 1, 1)], {}),
        ([(0, 0, 0, 0), (1, 0, 0, 1)], {}),
        ([(0, -1, -1, 0), (0, -1, -1, 1)], {}),
        (
            [(0, 0, 0, 0), (0, 0, 0, 1), (0, 0, 0, 2), (1, 0, 0, 0), (1, 0, 1, 1)],
            {("a", "b"): (1, 2, 2), ("a", "c"): (1, 1, 1), ("b", "c"): (1, 1, 1)},
        ),
        ([], {}),
    ],
    ids=[
        "a sentence",
        "order does not matter",
        "a repeated name counts once",
        "a paragraph",
        "a document is too wide",
        "two documents",
        "unknown windows",
        "several",
        "nothing",
    ],
)
def test_entities_meet_within_windows(mentions, expected):
    assert counted(rows(*mentions)) == expected


def test_pairs_of_a_document_alone_are_kept_on_request():
    twice = rows((0, 0, 0, 0), (0, 1, 1, 1), (1, 0, 0, 0), (1, 1, 1, 1), (1, 2, 2, 2))

    assert counted(twice) == {}
    assert counted(twice, document_only_from=2) == {("a", "b"): (0, 0, 2)}


def test_a_long_list_of_names_is_cut_and_recorded():
    table = rows(*((0, n, n, n) for n in range(40)), (0, 40, 40, 39), (0, 40, 40, 38))
    again = table + np.array([1, 0, 0, 0])

    found = count_comentions(np.concatenate((table, again)), 40, document_only_from=2)
    kept = pairs_of(found)

    assert found.documents_cut == 2
    # The two names used twice stay, with the first 28 of the others.
    assert len(kept) == 30 * 29 // 2
    assert {p.a for p in kept} | {p.b for p in kept} == {*range(28), 38, 39}


def test_of_a_register_the_first_names_meet():
    order = [*range(3, 103), 0, 1, 2, 0]
    table = rows(*((0, 0, 0, n) for n in order), (0, 0, 1, 1), (0, 0, 1, 2))

    found = count_comentions(table, 103)
    kept = {(p.a, p.b): (p.sentences, p.paragraphs) for p in pairs_of(found)}

    # The sentence and its paragraph.
    assert found.windows_cut == 2
    assert len(kept) == 100 * 99 // 2 + 1
    assert kept[1, 2] == (1, 0)
    assert kept[3, 102] == (1, 1)
    assert 0 not in {end for pair in kept for end in pair}


def test_a_pair_beyond_the_cut_still_shares_its_document():
    together = [(0, 99, 99, 38), (0, 99, 99, 39)]
    often = [(0, n, n, n) for n in range(35) for _ in range(2)]

    (pair,) = pairs(rows(*often, *together), 40)

    assert (pair.sentences, pair.paragraphs, pair.documents) == (1, 1, 1)


mentions = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 2), st.integers(0, 1), st.integers(0, 7)),
    max_size=60,
)


def table_of(drawn):
    """Rows in the order of documents; sentences lie within paragraphs."""
    return rows(*sorted((d, p, 2 * p + s, e) for d, p, s, e in drawn))


@settings(deadline=None)
@given(mentions)
def test_counts_agree_with_counting_by_hand(drawn):
    table = table_of(drawn)
    expected = [Counter(), Counter(), Counter()]
    for counts, columns in zip(expected, ((0, 2), (0, 1), (0,)), strict=True):
        windows = {}
        for row in table.tolist():
            windows.setdefault(tuple(row[c] for c in columns), set()).add(row[3])
        for actors in windows.values():
            counts.update(combinations(sorted(actors), 2))

    assert counted(table) == {
        (LETTERS[a], LETTERS[b]): tuple(counts[a, b] for counts in expected) for a, b in expected[1]
    }


@settings(deadline=None)
@given(mentions, st.integers(1, 20))
def test_the_size_of_chunks_does_not_matter(drawn, size):
    table = table_of(drawn)

    whole = pairs(table, with_examples=True)

    assert pairs(table, with_examples=True, chunk_rows=size) == whole


@pytest.mark.parametrize("with_examples", [False, True])
def test_counts_on_disk_are_those_in_memory(with_examples, monkeypatch, tmp_path):
    chance = np.random.default_rng(1)
    table = chance.integers(0, 8, (2_000, 4))
    table[:, 0] = np.sort(chance.integers(0, 300, 2_000))
    whole = pairs(table, with_examples=with_examples)

    monkeypatch.setattr(tally, "IN_MEMORY", 50)
    monkeypatch.setattr(tally, "RANGE", 16)
    monkeypatch.setattr(tally, "STEP", 4)
    options = {"with_examples": with_examples, "chunk_rows": 100, "folder": tmp_path}

    assert pairs(table, **options) == whole
    assert len(whole) == 28
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_gone_is_an_error_that_names_it(monkeypatch, tmp_path):
    monkeypatch.setattr(tally, "IN_MEMORY", 1)
    counts = Tally(100, folder=tmp_path / "gone")

    with pytest.raises(StoreError, match=r"Cannot write counts to .*gone"):
        counts.add(np.array([3, 7]), np.array([1, 2]))


def test_a_count_too_large_for_the_bits_that_are_left_is_kept_in_parts():
    counts = Tally(1 << 60)
    counts.add(np.array([3, 1 << 59]), np.array([20, 7]))
    counts.add(np.array([3]), np.array([15]))

    ((keys, found),) = counts.totals()

    assert (keys.tolist(), found.tolist()) == ([3, 1 << 59], [35, 7])


@settings(deadline=None)
@given(mentions)
def test_examples_are_the_first_of_the_corpus(drawn):
    table = table_of(drawn)
    expected = {}
    for column in (2, 1):
        first = {}
        for number, row in enumerate(table.tolist()):
            first.setdefault((row[0], row[column]), {}).setdefault(row[3], number)
        met = {}
        for actors in first.values():
            for pair in combinations(sorted(actors), 2):
                met.setdefault(pair, []).append(tuple(actors[end] for end in pair))
        for pair, places in met.items():
            expected.setdefault(pair, sorted(places)[:3])

    found = pairs(table, with_examples=True)

    assert {(p.a, p.b): p.examples for p in found} == expected


def test_examples_are_the_first_sentences_else_the_first_paragraphs():
    table = rows(
        *((0, 0, 0, 0), (0, 0, 1, 1)),
        *((0, 1, 2, 0), (0, 1, 2, 1)),
        *(row for n in range(3, 9) for row in ((0, n, n, 0), (0, n, n, 1))),
        *((1, 0, 0, 2), (1, 0, 1, 3)),
    )

    near, far = pairs(table, with_examples=True)

    assert near.examples == [(2, 3), (4, 5), (6, 7)]
    assert far.examples == [(16, 17)]


def test_npmi_and_likelihood_take_the_sentence_as_their_unit():
    table = rows((0, 0, 0, 0), (0, 0, 0, 1), (0, 1, 1, 0), (0, 2, 2, 2), (0, 2, 3, 3))

    near, far = pairs(table, sentences=8)

    # p(a) = 2/8, p(b) = 1/8, p(a, b) = 1/8
    assert near.npmi == pytest.approx(math.log(4) / math.log(8), abs=1e-4)
    assert near.log_likelihood == pytest.approx(
        2 * (math.log(4) + math.log(4 / 7) + 6 * math.log(8 / 7)), abs=1e-4
    )
    assert (far.npmi, far.log_likelihood) == (-1, 0)


@pytest.mark.parametrize(
    ("together", "a", "b", "windows", "expected"),
    [(4, 4, 4, 4, 1), (2, 2, 2, 8, 1), (0, 2, 2, 8, -1), (1, 2, 4, 8, 0)],
)
def test_npmi_is_one_when_never_apart_and_zero_by_chance(together, a, b, windows, expected):
    found = normalized_pmi(np.array([float(together)]), np.array([a]), np.array([b]), windows)

    assert found == pytest.approx([expected])


def test_likelihood_is_zero_by_chance_and_grows_with_surprise():
    together = np.array([1.0, 2.0])

    chance, surprise = log_likelihood(together, np.array([2.0, 2.0]), np.array([4.0, 4.0]), 8)

    assert chance == pytest.approx(0)
    assert surprise > 1
