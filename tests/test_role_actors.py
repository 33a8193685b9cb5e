"""Actors that a text names by their role: rebels, the opposition, protesters, the government."""

from __future__ import annotations

import pytest

import actorgraph as ag
from actorgraph.schema import Extraction

pytestmark = pytest.mark.model


def facts(extraction: Extraction) -> set[tuple[str, str, str]]:
    return {(c.subject_id, c.relation, c.object_id) for c in extraction.claims}


@pytest.mark.parametrize(
    ("text", "entity", "name", "subtype", "country"),
    [
        pytest.param(
            "Sudanese rebels attacked Ethiopia on Monday.",
            "organization:sudanese-rebels",
            "Sudanese rebels",
            "armed_group",
            "sd",
            id="adjective",
        ),
        pytest.param(
            "A Sudanese rebel attacked Ethiopian troops.",
            "organization:sudanese-rebels",
            "Sudanese rebels",
            "armed_group",
            "sd",
            id="one of them",
        ),
        pytest.param(
            "Ethiopia attacked rebels in Sudan.",
            "organization:sudanese-rebels",
            "Sudanese rebels",
            "armed_group",
            "sd",
            id="place",
        ),
        pytest.param(
            "Kenyan President William Ruto met the opposition.",
            "organization:kenyan-opposition",
            "Kenyan opposition",
            "party",
            "ke",
            id="the one country in view",
        ),
        pytest.param(
            "Ugandan President Yoweri Museveni banned opposition candidates.",
            "organization:ugandan-opposition",
            "Ugandan opposition",
            "party",
            "ug",
            id="opposition as a modifier",
        ),
        pytest.param(
            "Uganda expelled Congolese refugees.",
            "organization:congolese-refugees",
            "Congolese refugees",
            "other",
            "cd",
            id="people without arms",
        ),
        pytest.param(
            "Serbia supplied ethnic Albanian guerrillas with rifles.",
            "organization:ethnic-albanian-guerrillas",
            "ethnic Albanian guerrillas",
            "armed_group",
            None,
            id="a people is not its state",
        ),
    ],
)
def test_a_group_is_an_entity_of_its_own(
    text: str, entity: str, name: str, subtype: str, country: str | None
) -> None:
    extraction = ag.extract(text)
    entities = {e.id: e for e in extraction.entities}

    assert entity in {end for fact in facts(extraction) for end in (fact[0], fact[2])}
    assert (entities[entity].name, entities[entity].type) == (name, "organization")
    assert (entities[entity].subtype, entities[entity].country) == (subtype, country)
    assert entities[entity].mentions == 1


def test_the_mention_of_a_group_is_nominal_and_covers_its_words() -> None:
    extraction = ag.extract("Uganda granted asylum to 18 Rwandan rebels.")

    mention = next(m for m in extraction.mentions if m.entity_id == "organization:rwandan-rebels")

    assert (mention.text, mention.kind, mention.rule) == ("Rwandan rebels", "nominal", "role")


def test_a_definite_role_takes_up_the_group_named_before() -> None:
    text = "Rwandan rebels attacked Uganda. Later the rebels shelled Burundi and Uganda."

    assert ("organization:rwandan-rebels", "attacks", "country:bi") in facts(ag.extract(text))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Turkish troops attacked the YPG.", ("country:tr", "attacks", "organization:ypg")),
        ("Polish officials met NATO.", ("country:pl", "negotiates_with", "organization:nato")),
        ("Hezbollah fighters shelled Israel.", ("organization:hezbollah", "attacks", "country:il")),
        (
            "Sudanese rebels attacked the army.",
            ("organization:sudanese-rebels", "attacks", "country:sd"),
        ),
    ],
)
def test_who_serves_a_state_or_a_body_stands_for_it(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(ag.extract(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Sudanese rebels gathered at dawn.", id="no part in a claim"),
        pytest.param("The rebels attacked the convoy.", id="nobody's rebels"),
        pytest.param(
            "France and Spain backed the rebels in the valley.", id="two countries in view"
        ),
        pytest.param("Germany voiced its opposition to NATO.", id="opposition to something"),
    ],
)
def test_a_role_without_an_owner_or_a_part_is_no_entity(text: str) -> None:
    extraction = ag.extract(text)

    assert not [m for m in extraction.mentions if m.rule == "role"]
    assert not [e for e in extraction.entities if "rebel" in e.id or "opposition" in e.id]
