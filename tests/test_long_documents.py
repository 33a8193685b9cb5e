"""Long documents are read in parts, many one after the other, and nothing of either piles up."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import actorgraph as ag
from actorgraph.extract import extractor
from actorgraph.extract.language import load_nlp

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


def test_new_words_are_forgotten_with_their_document():
    strings = load_nlp().vocab.strings
    ag.extract("Norway bought the NASAMS.")
    before = len(strings)
    for number in range(5):
        ag.extract(f"Norway bought {number}zq{number} units of the NASAMS.")

    assert len(strings) == before


def test_threads_may_extract_at_once():
    texts = [f"Norway bought {n}zq{n} units of the NASAMS in 20{n:02}." for n in range(24)]
    alone = [ag.extract(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ag.extract, texts)) == alone
