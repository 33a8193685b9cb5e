"""Who speaks in a transcript: the label of the turn, the person it names, and what *I* says."""

from __future__ import annotations

from pathlib import Path

import pytest

import actorgraph as ag
from actorgraph.schema import Claim, Extraction

pytestmark = pytest.mark.model

TALK = """{first}: Good morning. Russia attacked Ukraine. {words}

QUESTION: Did Iran attack Israel?

{first}: Thank you.
"""


def read(label: str, words: str = "", title: str | None = None) -> Extraction:
    return ag.extract(TALK.format(first=label, words=words), title=title)


def claim(found: Extraction, subject: str, object_: str) -> Claim:
    return next(c for c in found.claims if (c.subject_id, c.object_id) == (subject, object_))


@pytest.mark.parametrize(
    ("label", "title", "speaker"),
    [
        ("SECRETARY BLINKEN", "Remarks by Secretary Antony Blinken", "person:antony-blinken"),
        ("MR. FINER", "Press Gaggle by Deputy Advisor Jon Finer", "person:jon-finer"),
        ("THE PRESIDENT", "Remarks by President Biden on Ukraine", "person:biden"),
        ("THE PRESIDENT", "Remarks by President Joe Biden", "person:joe-biden"),
        ("THE VICE PRESIDENT", "Remarks by Vice President Harris", "person:harris"),
        ("PRIME MINISTER LEE", "Biden and Prime Minister Lee Meet", "person:lee"),
        ("OLAF SCHOLZ", "A talk", "person:olaf-scholz"),
        ("THE PRESIDENT", "Remarks by President Biden and President Duda", None),
        ("THE PRESIDENT", "Remarks by Vice President Harris", None),
        ("MS. DOE", "Remarks by Secretary Antony Blinken", None),
        ("SENIOR ADMINISTRATION OFFICIAL", "A press call by an official", None),
        ("MODERATOR", "A press call", None),
    ],
)
def test_a_label_names_whom_the_document_knows(label: str, title: str, speaker: str | None) -> None:
    said = claim(read(label, title=title), "country:ru", "country:ua")

    assert (said.modality, said.speaker, said.speaker_id) == ("reported", label, speaker)


def test_a_label_does_not_name_the_speakers_wife() -> None:
    words = "My wife, Dr. Jill Biden, greeted President Biden of Utopia."
    found = read("PRESIDENT BIDEN", words, "Remarks by President Biden")
    assert claim(found, "country:ru", "country:ua").speaker_id == "person:biden"
    assert {m.text: m.entity_id for m in found.mentions}["Biden"] == "person:biden"


def test_a_label_names_whom_only_the_text_names() -> None:
    found = read("MR. KULEBA", "Sergei Lavrov met Dmytro Kuleba.")

    assert claim(found, "country:ru", "country:ua").speaker_id == "person:dmytro-kuleba"


def test_a_build_knows_whom_only_the_title_of_a_file_names(tmp_path: Path) -> None:
    talk = TALK.format(first="THE PRESIDENT", words="")
    file = tmp_path / "talk.md"
    file.write_text(f'---\ntitle: "Remarks by President\\_Biden"\n---\n{talk}')
    claims = [c for edge in ag.build([file]).edges for c in edge.claims]
    attack = next(c for c in claims if c.subject_id == "country:ru")
    assert (attack.speaker, attack.speaker_id) == ("THE PRESIDENT", "person:biden")


def test_every_label_is_a_mention_of_its_speaker() -> None:
    found = read("SECRETARY BLINKEN", title="Remarks by Secretary Antony Blinken")
    labels = [m for m in found.mentions if m.rule == "label"]

    assert [found.document.text[m.start : m.end] for m in labels] == ["SECRETARY BLINKEN"] * 2
    assert {m.entity_id for m in labels} == {"person:antony-blinken"}
    assert next(e for e in found.entities if e.id == "person:antony-blinken").mentions >= 2


def test_a_turn_keeps_its_speaker_where_nothing_is_stated_as_fact() -> None:
    found = read("SECRETARY BLINKEN", "China may attack Taiwan.", "Secretary Antony Blinken")
    said = claim(found, "country:cn", "country:tw")

    assert (said.modality, said.speaker_id) == ("hypothetical", "person:antony-blinken")


def test_a_sentence_may_name_another_speaker() -> None:
    found = read("MR. KULEBA", "France said that China attacked Taiwan.", "Dmytro Kuleba speaks")

    assert claim(found, "country:cn", "country:tw").speaker_id == "country:fr"


def test_what_we_say_is_said_by_the_speaker() -> None:
    found = read("MR. KULEBA", "We believe that China attacked Taiwan.", "Dmytro Kuleba speaks")

    assert claim(found, "country:cn", "country:tw").speaker == "MR. KULEBA"


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("I spoke with Olaf Scholz.", ("person:dmytro-kuleba", "person:olaf-scholz")),
        ("Olaf Scholz met me.", ("person:olaf-scholz", "person:dmytro-kuleba")),
    ],
)
def test_i_is_the_speaker(words: str, ends: tuple[str, str]) -> None:
    found = read("MR. KULEBA", words, "Dmytro Kuleba speaks")

    assert claim(found, *ends).speaker_id == "person:dmytro-kuleba"


def test_i_is_nobody_where_nobody_is_known_to_speak() -> None:
    found = ag.extract("I spoke with Olaf Scholz. I support Ukraine.")

    assert found.claims == ()


@pytest.mark.parametrize(
    ("text", "ends", "modality"),
    [
        ("“I met Peru's Dina Boluarte,” said Olaf Scholz.", ("olaf-scholz", "dina-boluarte"), "r"),
        ("Olaf Scholz said: “We support Cuba. We condemn Peru.”", ("olaf-scholz", "pe"), "r"),
        ("Olaf Scholz is back. “I commend Peru,” he said.", ("olaf-scholz", "pe"), "r"),
        ("“I want to commend Peru,” said Olaf Scholz.", ("olaf-scholz", "pe"), "r"),
        ("“I want to visit Peru,” said Olaf Scholz.", ("olaf-scholz", "pe"), "h"),
        ("“We support Cuba,” China said.", ("cn", "cu"), "r"),
        ("“Iran attacked us,” Israel said.", ("ir", "il"), "r"),
    ],
)
def test_who_is_quoted_means_himself(text: str, ends: tuple[str, str], modality: str) -> None:
    claims = {
        tuple(i.partition(":")[2] for i in (c.subject_id, c.object_id)): c
        for c in ag.extract(text).claims
    }

    assert claims[ends].modality == {"r": "reported", "h": "hypothetical"}[modality]
    assert claims[ends].speaker_id is not None


@pytest.mark.parametrize(
    "text",
    [
        "“Iran attacked us,” said Olaf Scholz.",  # his country, or his party
        "“Let us visit Peru,” somebody said to Olaf Scholz.",
        "Olaf Scholz saw a sign: “We support Cuba.”",
    ],
)
def test_we_may_be_others_than_who_is_quoted(text: str) -> None:
    assert "person:olaf-scholz" not in {c.subject_id for c in ag.extract(text).claims}
    assert "person:olaf-scholz" not in {c.object_id for c in ag.extract(text).claims}
