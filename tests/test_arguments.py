"""Who does what to whom: the paths of the grammar from a trigger to its two ends."""

from __future__ import annotations

import pytest

import actorgraph as ag

pytestmark = pytest.mark.model


def facts(text: str) -> set[tuple[str, str, str]]:
    return {(c.subject_id, c.relation, c.object_id) for c in ag.extract(text).claims}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Iraq was attacked by Iran.", ("country:ir", "attacks", "country:iq")),
        ("Iran, which attacked Iraq, denied it.", ("country:ir", "attacks", "country:iq")),
        ("Iran crossed the border and attacked Iraq.", ("country:ir", "attacks", "country:iq")),
        ("Iran's attack on Iraq went on.", ("country:ir", "attacks", "country:iq")),
        ("The attack on Iraq by Iran went on.", ("country:ir", "attacks", "country:iq")),
        (
            "Clashes between Armenia and Azerbaijan went on.",
            ("country:am", "attacks", "country:az"),
        ),
        (
            "Talks between Serbia and Kosovo broke down.",
            ("country:rs", "negotiates_with", "country:xk"),
        ),
        (
            "Romania, as part of the European Union, sent trainers.",
            ("country:ro", "member_of", "organization:eu"),
        ),
        (
            "Norway helped Iraq in the fight against Hamas.",
            ("country:iq", "attacks", "organization:hamas"),
        ),
        (
            "The withdrawal of Russian forces from Syria began.",
            ("country:ru", "withdraws_from", "country:sy"),
        ),
        (
            "Bhutan allowed Amnesty International to visit the camps.",
            ("country:bt", "supports", "organization:amnesty-international"),
        ),
    ],
)
def test_the_grammar_leads_to_both_ends(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)


@pytest.mark.parametrize(
    ("text", "subject", "relation"),
    [
        ("Spain condemned the attacks in Iraq.", "country:es", "attacks"),
        (
            "Spain demanded the withdrawal of Russian forces from Syria.",
            "country:es",
            "withdraws_from",
        ),
        ("Belarus welcomed the invasion of Ukraine.", "country:by", "attacks"),
        ("France and Germany called for calm.", "country:fr", "negotiates_with"),
        ("Nouri al-Maliki led the Baghdad crackdown.", "person:nouri-al-maliki", "leads"),
    ],
)
def test_who_speaks_of_a_deed_does_not_do_it(text: str, subject: str, relation: str) -> None:
    assert (subject, relation) not in {(s, r) for s, r, _ in facts(text)}


@pytest.mark.parametrize(
    ("text", "ends", "wording"),
    [
        ("Russia spied on Germany.", ("country:ru", "country:de"), "spied on"),
        (
            "Serbia reopened a school in Montenegro.",
            ("country:rs", "country:me"),
            "reopened school in",
        ),
        ("Cuba sent doctors to Angola.", ("country:cu", "country:ao"), "sent doctors to"),
    ],
)
def test_a_relation_without_a_type_keeps_its_words(
    text: str, ends: tuple[str, str], wording: str
) -> None:
    claims = [c for c in ag.extract(text).claims if (c.subject_id, c.object_id) == ends]

    assert [(c.relation, c.wording) for c in claims] == [("related_to", wording)]


@pytest.mark.parametrize(
    "text",
    [
        "Turkey straddles Europe.",
        "Thailand outpaced Vietnam.",
        "Germany turned its back on France.",
        "A Swedish tourist photographed the castle in Prague.",
        "Norway opened a school in Oslo.",
        "The visit took place in Norway.",
    ],
)
def test_what_is_no_dealing_is_no_relation(text: str) -> None:
    assert not [f for f in facts(text) if f[1] == "related_to"]


def test_units_belong_to_the_greater_unit_named_after_them() -> None:
    text = "The guests came from 1st Squadron, 2nd Cavalry Regiment to train."

    assert "part_of" in {r for _, r, _ in facts(text)}


def test_an_office_between_commas_links_a_person_to_a_body() -> None:
    text = "General Joseph Votel, commander, U.S. Central Command, met with employees."

    assert ("leads", "organization:us-central-command") in {f[1:] for f in facts(text)}
