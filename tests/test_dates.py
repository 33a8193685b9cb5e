"""Dates that a clause states, written out or told from the document's date."""

from __future__ import annotations

import pytest

import actorgraph as ag
from actorgraph.extract.stating.dates import dates_in

THURSDAY = "2022-05-12"


def dates(text: str, told: str | None = None, *, future: bool = False) -> list[str]:
    return [stated.date for stated in dates_in(text, told, future=future)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey took delivery in July 2019.", ["2019-07"]),
        ("It arrived on 12 July 2019.", ["2019-07-12"]),
        ("It arrived on July 12th, 2019.", ["2019-07-12"]),
        ("It has served since 2015.", ["2015"]),
        ("The treaty held from 1972 until 2002.", ["1972", "2002"]),
        ("The system fired 2019 rounds.", []),
        ("They met in 2019-20.", []),
        ("Last year Norway bought it on Tuesday, two weeks ago.", []),
    ],
)
def test_a_date_that_is_written_out_needs_no_date_of_the_document(text, expected):
    assert dates(text) == expected


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("last year", "2022", "2021"),
        ("earlier this year", "2022-05", "2022"),
        ("five years ago", "2022-05-12", "2017"),
        ("a decade ago", "2022", "2012"),
        ("last month", "2022-01", "2021-12"),
        ("this month", "2022-05-12", "2022-05"),
        ("two months ago", "2022-01-09", "2021-11"),
        ("yesterday", "2022-03-01", "2022-02-28"),
        ("this morning", THURSDAY, "2022-05-12"),
        ("three days ago", THURSDAY, "2022-05-09"),
        ("two weeks ago", "2022-05-27", "2022-05"),
        ("last week", "2022-05-03", "2022"),
        ("last week", "2022-01-13", "2022-01"),
        ("last week", "2021-01-07", None),
        ("on Tuesday", THURSDAY, "2022-05-10"),
        ("on Thursday", THURSDAY, "2022-05-12"),
        ("last Thursday", THURSDAY, "2022-05-05"),
        ("on Friday", THURSDAY, "2022-05-06"),
        ("in March", THURSDAY, "2022-03"),
        ("in May", THURSDAY, "2022-05"),
        ("in July", THURSDAY, "2021-07"),
        ("in late July", "2022-05", "2021-07"),
        ("last May", "2022-05", "2021-05"),
        ("on March 3", THURSDAY, "2022-03-03"),
        ("on 3 September", THURSDAY, "2021-09-03"),
        ("on Tuesday, March 3", THURSDAY, "2022-03-03"),
    ],
)
def test_a_relative_date_is_told_from_the_date_of_the_document(text, told, expected):
    assert dates(f"Norway bought it {text}.", told) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("last month", "2022"),
        ("in July", "2022"),
        ("on Tuesday", "2022-05"),
        ("yesterday", "2022-05"),
        ("last week", "2022"),
        ("on March 3", "2022-05"),
    ],
)
def test_the_document_must_be_dated_as_precisely(text, told):
    assert dates(f"Norway bought it {text}.", told) == []


@pytest.mark.parametrize(
    "text",
    [
        "Norway may buy it.",
        "They met on Bloody Sunday.",
        "It meets every Tuesday.",
        "The March of Dimes",
        "General May spoke.",
        "May 2, 3 or 4 rounds",
        "on February 30",
    ],
)
def test_other_words_are_no_dates(text):
    assert [date for date in dates(text, THURSDAY) if date != "2022-05-02"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Tuesday", "2022-05-17"),
        ("on Friday", "2022-05-13"),
        ("in July", "2022-07"),
        ("in March", "2023-03"),
        ("on March 3", "2023-03-03"),
        ("last Tuesday", "2022-05-10"),
    ],
)
def test_what_is_to_come_takes_the_next_one(text, expected):
    assert dates(f"Norway will buy it {text}.", THURSDAY, future=True) == [expected]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "relation", "expected"),
    [
        ("Greece bought the S-300 in 2007.", "acquires", "2007"),
        ("Greece bought the Rafale last year.", "acquires", "2021"),
        (
            "Turkey bought the S-400 in 2017 and Greece bought the Rafale in 2021.",
            "acquires",
            "2017 2021",
        ),
        ("Officials said on Tuesday that Iran had attacked Israel.", "attacks", "-"),
        ("Turkey, which joined NATO in 1952, operates the S-400.", "operates", "-"),
        ("In 2018 Poland decided to buy the Patriot.", "acquires", "2018"),
        ("Poland decided in July to buy the Patriot.", "acquires", "2021-07"),
        ("Norwegian Prime Minister Jonas Store flew home on Tuesday.", "leads", "-"),
        ("Norway will meet Sweden on Friday.", "negotiates_with", "2022-05-13"),
        ("Iran attacked Israel in April and in June.", "attacks", "-"),
    ],
)
def test_an_event_has_the_date_of_its_own_clause(text, relation, expected):
    found = ag.extract(text, date=THURSDAY)
    claims = sorted(
        (c for c in found.claims if c.relation == relation), key=lambda c: c.subject_mention
    )

    assert [c.event_date or "-" for c in claims] == sorted(expected.split())
