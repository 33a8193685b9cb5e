"""What an office is for is nobody, and who holds the office is somebody."""

from __future__ import annotations

import pytest

import actorgraph as ag
from actorgraph.extract.naming.portfolios import is_portfolio
from actorgraph.extract.naming.titled import is_titled
from actorgraph.extract.stating.cues import load_cues


@pytest.mark.parametrize(
    ("before", "name", "after", "expected"),
    [
        ("the Secretary of ", "Energy", " spoke", True),
        ("the ", "Press", " Secretary spoke", True),
        ("G7 ", "Finance", " Ministers met", True),
        ("", "Coordinator for Intelligence", " and Defense Policy", True),
        ("Under Secretary of ", "Defense for Space", " Policy", True),
        ("Assistant Secretary of State for ", "European and Eurasian Affairs", "", True),
        ("Advisor for ", "Arms Control", " Jane Roe", True),
        ("he left the ", "Ministry of Energy", " today", False),
        ("the ", "European Commission", " Secretary spoke", False),
        ("a plan for ", "Acme Holdings", "", False),
    ],
)
def test_what_an_office_is_for_is_no_body(before, name, after, expected):
    text = before + name + after
    assert is_portfolio(text, len(before), len(before + name), load_cues()) is expected


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("President Macron", True),
        ("Prime Minister Meloni", True),
        ("Secretary General", False),
        ("Prime Minister", False),
        ("General Dynamics", False),
        ("President's Budget", False),
    ],
)
def test_a_title_with_a_name_is_a_person(surface, expected):
    assert is_titled(surface, load_cues()) is expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Under Secretary of State for Arms Control Bonnie Jenkins left.", {"Bonnie Jenkins"}),
        ("Elbridge Colby, Under Secretary of Defense for Policy, left.", {"Elbridge Colby"}),
        ("Under Secretary of State Victoria Nuland left.", {"Victoria Nuland"}),
        ("Thank you, Secretary. Secretary Yellen met the Saudis.", {"Yellen"}),
        ("Speaker Emerita Nancy Pelosi visited Taiwan.", {"Nancy Pelosi"}),
        ("Cyclone Freddy hit Mozambique twice.", set()),
    ],
)
def test_who_holds_an_office_is_named(text, people):
    assert {e.name for e in ag.extract(text).entities if e.type == "person"} == people
