import math
from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actorgraph.graph.comention import count_comentions, log_likelihood, normalized_pmi
from actorgraph.schema import Evidence

NAMES = [f"country:{letter}" for letter in "abcdefgh"]


def rows(*mentions):
    """Document, paragraph, sentence and place of the entity of each mention."""
    return np.array(mentions, dtype=np.int64).reshape(-1, 4)


def counted(table, **options):
    pairs = count_comentions(table, NAMES, **options).pairs
    return {(p.a[-1], p.b[-1]): (p.sentences, p.paragraphs, p.documents) for p in pairs}


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
    names = [f"person:{n:03}" for n in range(40)]
    table = rows(*((0, n, n, n) for n in range(40)), (0, 40, 40, 39), (0, 40, 40, 38))
    again = table + np.array([1, 0, 0, 0])

    found = count_comentions(np.concatenate((table, again)), names, document_only_from=2)

    assert found.documents_cut == 2
    # The two names used twice stay, with the first 28 of the others.
    assert len(found.pairs) == 30 * 29 // 2
    assert {p.a for p in found.pairs} | {p.b for p in found.pairs} == {
        *names[:28],
        "person:038",
        "person:039",
    }


def test_a_pair_beyond_the_cut_still_shares_its_document():
    names = [f"person:{n:03}" for n in range(40)]
    together = [(0, 99, 99, 38), (0, 99, 99, 39)]
    often = [(0, n, n, n) for n in range(35) for _ in range(2)]

    (pair,) = count_comentions(rows(*often, *together), names).pairs

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
        (NAMES[a][-1], NAMES[b][-1]): tuple(counts[a, b] for counts in expected)
        for a, b in expected[1]
    }


def spot(left, right):
    return Evidence(document_id="d", start=left, end=right + 1, exact="")


@settings(deadline=None)
@given(mentions, st.integers(1, 20))
def test_the_size_of_chunks_does_not_matter(drawn, size):
    table = table_of(drawn)

    whole = count_comentions(table, NAMES, quote=spot)

    assert count_comentions(table, NAMES, quote=spot, chunk_rows=size) == whole


def test_examples_are_the_first_sentences_else_the_first_paragraphs():
    table = rows(
        *((0, 0, 0, 0), (0, 0, 1, 1)),
        *((0, 1, 2, 0), (0, 1, 2, 1)),
        *(row for n in range(3, 9) for row in ((0, n, n, 0), (0, n, n, 1))),
        *((1, 0, 0, 2), (1, 0, 1, 3)),
    )

    near, far = count_comentions(table, NAMES, quote=spot).pairs

    assert [(e.start, e.end - 1) for e in near.examples] == [(2, 3), (4, 5), (6, 7)]
    assert [(e.start, e.end - 1) for e in far.examples] == [(16, 17)]


def test_npmi_and_likelihood_take_the_sentence_as_their_unit():
    table = rows((0, 0, 0, 0), (0, 0, 0, 1), (0, 1, 1, 0), (0, 2, 2, 2), (0, 2, 3, 3))

    near, far = count_comentions(table, NAMES, sentences=8).pairs

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
