"""Phrases that deny, suppose or report a clause, whatever the parse makes of it."""

from __future__ import annotations

import pytest

from actorgraph.extract.language import load_nlp
from actorgraph.extract.stating.commitment import Attribution
from actorgraph.extract.stating.frames import frame
from actorgraph.extract.word_files import read_tables
from actorgraph.schema import Modality

pytestmark = pytest.mark.model

EXAMPLES = [
    pytest.param(effect, row["example"], id=row["example"])
    for effect, rows in read_tables("frames.toml").items()
    for row in rows
]


def framed(sentence, found=None):
    """What the phrases alone make of the word between asterisks."""
    before, word, _ = sentence.split("*")
    doc = load_nlp()(sentence.replace("*", ""))
    found = found or Attribution()
    frame(doc.char_span(len(before), len(before + word))[0], found)
    if found.negated:
        return "denied"
    return {Modality.HYPOTHETICAL: "supposed", Modality.REPORTED: "reported"}.get(found.modality)


@pytest.mark.parametrize(("effect", "sentence"), EXAMPLES)
def test_every_phrase_has_its_effect(effect, sentence):
    assert framed(sentence) == effect


@pytest.mark.parametrize(
    "sentence",
    [
        "Peru *bought* the S-400.",
        "It may be that Peru sells it, but Chile *bought* the S-400.",
        "At no point did Peru, which *bought* the S-400, say so.",
        "In the event of a war Peru will sell it; Chile *bought* the S-400.",
        "At no point did it rain, and Chile *bought* the S-400.",
        "Rather than wait any longer, Chile *bought* the S-400.",
        "Chile *bought* the S-400 instead of the Patriot.",
        "“Deep Strike” was *issued* by RAND.",
        "Chile, which is an *operator* of the S-400, said nothing.",
        "Chile *bought* the S-400. Was it wise?",
    ],
)
def test_a_phrase_ends_with_its_clause(sentence):
    assert framed(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Is Chile a *member* of the Quad, he was asked.",
        "“Is Chile *buying* the S-400?” she asked.",
        "He asked: “Since when has Chile *operated* the S-400?”",
        "“Chile has *bought* the S-400, hasn't it?” said the editor.",
    ],
)
def test_what_is_asked_is_no_fact(sentence):
    assert framed(sentence) == "supposed"


def test_what_the_parse_has_denied_is_not_denied_again():
    found = Attribution()
    found.deny()
    found.deny()
    sentence = "At no point did Peru fail to *buy* it."
    assert framed(sentence, found) is None
