"""Further roles of a claim: what is supplied, and where something is deployed."""

from __future__ import annotations

import pytest

import actorgraph as ag

pytestmark = pytest.mark.model


def roles(text: str, relation: str) -> list[dict[str, str]]:
    return [dict(c.qualifiers) for c in ag.extract(text).claims if c.relation == relation]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Russia sold the S-400 to Turkey.", "system:s-400"),
        ("Russia supplied Turkey with S-400 batteries.", "system:s-400"),
        ("Germany gave Ukraine a Patriot battery.", "system:patriot"),
        ("S-300 missiles were delivered to Greece by Russia.", "system:s-300"),
        ("Turkey ordered 40 F-16 jets from the United States.", "system:f-16-fighting-falcon"),
        ("Iran armed Hezbollah with short-range rockets.", "short-range rockets"),
        ("Poland buys battle tanks from South Korea.", "battle tanks"),
        ("Russia's sale of fighter jets to Iran was delayed.", "fighter jets"),
        ("American arms sales to Taiwan grew.", "arms"),
    ],
)
def test_the_item_is_an_entity_or_its_words(text, item):
    assert {"item": item} in roles(text, "supplies")


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Iran armed Hezbollah.", "supplies"),
        ("Russia is a supplier to India.", "supplies"),
        ("Turkey bought the S-400.", "acquires"),
        ("Russia deployed the S-400 in March.", "deploys"),
        ("Romania hosts Aegis Ashore.", "hosts"),
    ],
)
def test_nothing_stands_for_a_role_that_is_left_open(text, relation):
    assert roles(text, relation) == [{}]


@pytest.mark.parametrize(
    ("text", "relation", "location"),
    [
        ("Russia deployed the S-400 in Syria.", "deploys", "country:sy"),
        ("Germany deployed Patriot batteries on Polish soil.", "deploys", "country:pl"),
        (
            "Russia stationed the Iskander near Kaliningrad.",
            "deploys",
            "place:kaliningrad",
        ),
        ("Romania hosts Aegis Ashore at Deveselu.", "hosts", "place:deveselu"),
    ],
)
def test_the_location_is_where_it_stands(text, relation, location):
    assert roles(text, relation) == [{"location": location}]


def test_a_capital_that_acts_is_an_entity_of_the_document():
    """The country is mentioned, though no name of it stands in the text."""
    found = ag.extract("Oslo bought a radar.")

    assert "country:no" in {m.entity_id for m in found.mentions}
    assert {m.entity_id for m in found.mentions} <= {e.id for e in found.entities}
