"""Whom pronouns mean. The texts and how they are judged: ``data/coreference.toml``.

Here stand the single rules; how many of the texts are right is held in `test_names`.
"""

from __future__ import annotations

import pytest

import actorgraph as ag

pytestmark = pytest.mark.model


def meant(text: str, pronoun: str) -> list[str]:
    """Whom the last occurrence of a pronoun stands for."""
    mentions = [m for m in ag.extract(text).mentions if m.rule == "coreference"]
    last = max((m.start for m in mentions if m.text == pronoun), default=-1)
    return [m.entity_id for m in mentions if m.start == last]


@pytest.mark.parametrize(
    "text",
    [
        "Norway signed. It is raining in Oslo.",
        "Norway signed. It seems that the deal is safe.",
        "Norway signed. It takes time to build a ship.",
        "Norway signed. It's how we do things.",
        "Norway signed. It says a lot about us.",
        "Norway signed. It was built in 1905.",
        "Norway signed. It was a mistake.",
        "Norway and Sweden signed because it saves money.",
        "Parliament in Norway passed a bill. It will help Oslo.",
    ],
)
def test_it_may_stand_for_no_one(text: str) -> None:
    assert meant(text, "It") == meant(text, "it") == []


@pytest.mark.parametrize(
    ("text", "pronoun", "entity"),
    [
        ("Norway signed. It vowed to pay.", "It", "country:no"),
        ("Norway signed. It is ready to pay.", "It", "country:no"),
        ("Norway built a ship. It vowed to pay.", "It", "country:no"),
        ("The deal with Norway hurts. Norway said it would pay.", "it", "country:no"),
        ("Iran stopped Iraq's attempt to arm its navy.", "its", "country:iq"),
        ("Iran may fear Iraq, which is expanding its army.", "its", "country:iq"),
        ("Iran fears Iraq, which is expanding its army and its own navy.", "its", "country:iq"),
        ("Iran and its proxies attacked.", "its", "country:ir"),
        ("Norway will hold Iran accountable for its actions.", "its", "country:ir"),
        ("Norway asked for help. What do they want?", "they", "country:no"),
    ],
)
def test_an_actor_is_meant(text: str, pronoun: str, entity: str) -> None:
    assert meant(text, pronoun) == [entity]


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Norway warned the banks that they would close.", "they"),
        ("Norway and Sweden warned Iran. For their part, the banks closed.", "their"),
        ("A minister praised Joe Biden. He was tired.", "He"),
        ("Joe Biden called a senator to thank him.", "him"),
        ("For his part, Joe Biden met Yoon Suk Yeol.", "his"),
    ],
)
def test_somebody_without_a_name_may_be_meant(text: str, pronoun: str) -> None:
    assert meant(text, pronoun) == []


@pytest.mark.parametrize(
    ("text", "pronoun", "entity"),
    [
        ("Joe Biden welcomed Angela Merkel. She was tired.", "She", "person:angela-merkel"),
        ("Angela Merkel welcomed Joe Biden. He was tired.", "He", "person:joe-biden"),
        (
            "Joe Biden, whom Kevin McCarthy praised, met Angela Merkel. He was tired.",
            "He",
            "person:joe-biden",
        ),
    ],
)
def test_sex_and_main_clause_decide_between_persons(text: str, pronoun: str, entity: str) -> None:
    assert meant(text, pronoun) == [entity]
