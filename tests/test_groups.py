"""Several who are spoken of as one: *the two leaders*, *both countries*, *we, the leaders of*."""

from __future__ import annotations

import pytest

import actorgraph as ag

pytestmark = pytest.mark.model


def against(text: str, object_: str = "country:ru") -> set[str]:
    """Who, in a text, condemned Russia."""
    claims = ag.extract(text).claims
    return {c.subject_id for c in claims if (c.relation, c.object_id) == ("opposes", object_)}


LEADERS = {"person:joe-biden", "person:olaf-scholz"}
STATES = {"country:jp", "country:kr"}


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Joe Biden met Olaf Scholz. They condemned Russia.", LEADERS),
        ("Joe Biden spoke with Olaf Scholz. The two leaders condemned Russia.", LEADERS),
        ("Joe Biden and Olaf Scholz met. The leaders condemned Russia.", LEADERS),
        ("Joe Biden and Olaf Scholz met. It rained. The two condemned Russia.", LEADERS),
        ("Japan and South Korea held talks. Both countries condemned Russia.", STATES),
        ("Japan met with South Korea. The two sides condemned Russia.", STATES),
        (
            "We, the leaders of Japan, South Korea and India, met. We condemned Russia.",
            STATES | {"country:in"},
        ),
        ("Joe Biden praised Olaf Scholz. The two countries condemned Russia.", set()),
        ("Joe Biden met Olaf Scholz. The new leaders condemned Russia.", set()),
        ("Joe Biden met Olaf Scholz. The leaders of the unions condemned Russia.", set()),
        ("Japan, South Korea and India held talks. Both countries condemned Russia.", set()),
        ("Japan attacked South Korea. The two countries condemned Russia.", set()),
        ("Joe Biden met Olaf Scholz. Students marched. They condemned Russia.", set()),
        ("We met the press. We condemned Russia.", set()),
        ("The two countries condemned Russia.", set()),
        ("Poland and the Baltic states asked for help. They condemned Russia.", set()),
    ],
)
def test_a_group_acts_as_all_its_members(text: str, members: set[str]) -> None:
    assert against(text) == members


def test_two_may_deal_with_each_other() -> None:
    found = ag.extract("Japan and South Korea held talks. The two countries agreed to cooperate.")

    assert ("country:jp", "cooperates_with", "country:kr") in {
        (c.subject_id, c.relation, c.object_id) for c in found.claims
    }


def test_a_group_is_mentioned_only_where_it_takes_part() -> None:
    found = ag.extract("Joe Biden met Olaf Scholz. The two leaders smiled.")

    assert [m.text for m in found.mentions if m.rule == "pair"] == []
