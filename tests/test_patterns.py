"""No regular expression takes more than a straight line of time, whatever text it gets."""

import re

import pytest

from .fuzz.patterns import HELD, Pattern, product_patterns, slowest

PATTERNS = list(product_patterns())
CHARACTERS, LIMIT = 40_000, 0.5
"""Seconds of processor time; the square of the length takes longer, a straight line a tenth."""


def test_no_expression_of_the_product_is_slow_on_texts_that_are_made_to_slow_it_down():
    tried = [pattern for pattern in PATTERNS if pattern.place not in HELD]
    slow = {pattern.place for pattern in tried if slowest(pattern, CHARACTERS, LIMIT)[0] > LIMIT}

    assert len(tried) > 200
    assert slow == set()


def test_what_is_held_by_its_callers_is_still_there():
    assert set(HELD) <= {pattern.place for pattern in PATTERNS}


@pytest.mark.parametrize(
    "source",
    [r"(a+)+b", r"(?:a|aa)*b", r"\s+x", r"[a-z]+\d", r"<!--.*?-->", r"a.*b.*c"],
)
def test_an_expression_that_is_slow_is_found(source):
    given = Pattern("here", re.compile(source, re.S), frozenset({"search"}))

    assert slowest(given, CHARACTERS, LIMIT)[0] > LIMIT


@pytest.mark.parametrize(
    "source", [r"a+b?", r"\bword\b", r"(?<!\s)\s+x", r"\b[a-z]++\.", r"\d{1,40}x"]
)
def test_one_that_is_not_slow_is_let_pass(source):
    given = Pattern("here", re.compile(source), frozenset({"search"}))

    assert slowest(given, CHARACTERS, LIMIT)[0] < LIMIT


def test_only_the_methods_that_are_called_are_measured():
    end = re.compile(r"\s+x")

    assert slowest(Pattern("here", end, frozenset({"match"})), CHARACTERS, LIMIT)[0] < LIMIT
