"""A document too long to be read at once is read in parts, and comes out as one."""

import pytest

import actorgraph as ag
from actorgraph.extract import extractor

pytestmark = pytest.mark.model

PARAGRAPHS = [
    "Turkey bought the S-400 from Russia in 2017. Ankara tested it two years later.",
    "Its ally Greece operates the S-300.",
    "Almaz-Antey, which makes the S-400, delivered the Growler to India as well.",
    "Russia deployed the S-400 in Syria. It opposes NATO.",
]

TEXT = "\n\n".join(PARAGRAPHS)


@pytest.fixture
def in_parts(monkeypatch):
    monkeypatch.setattr(extractor, "AT_ONCE", len(PARAGRAPHS[0]) + 10)
    return ag.extract(TEXT)


def claims_of(extraction):
    return [(c.subject_id, c.relation, c.object_id, c.evidence.exact) for c in extraction.claims]


def test_parts_find_what_the_whole_finds(in_parts):
    whole = ag.extract(TEXT)

    assert in_parts.mentions == whole.mentions
    assert claims_of(in_parts) == claims_of(whole)
    assert in_parts.sentences == whole.sentences


def test_an_entity_of_several_parts_is_one(in_parts):
    entities = {entity.id: entity for entity in in_parts.entities}

    assert len(entities) == len(in_parts.entities)
    assert list(entities) == sorted(entities)
    assert "Growler" in " ".join(entities["system:s-400"].names)
    assert in_parts.entities == ag.extract(TEXT).entities


def test_titles_keep_the_words_of_the_whole_document_in_lower_case(monkeypatch):
    text = "# Turkey Buys Batteries\n\nThe minister buys batteries.\n\nRussia opposes NATO."
    whole = ag.extract(text)
    monkeypatch.setattr(extractor, "AT_ONCE", 1)

    assert ag.extract(text).mentions == whole.mentions
