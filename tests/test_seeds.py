"""The seed briefs are well-formed documents."""

import re
from importlib import resources
from pathlib import Path

import pytest

from actorgraph.ingest import read_documents, readable
from actorgraph.schema import PassageKind

FOLDER = Path(str(resources.files("actorgraph.seeds")))
DATES = {
    "russia-and-the-nato-shield.md": "2011-03-10",
    "russian-anti-missile-defence.md": None,
    "valdai-missile-defence-report.md": "2024-04-15",
}


def test_there_are_three_briefs():
    assert [document.path for document in read_documents(FOLDER)] == list(DATES)


@pytest.mark.parametrize("name", DATES)
def test_a_brief_is_a_titled_and_dated_document_of_readable_length(name):
    (document,) = read_documents(FOLDER / name)
    words = " ".join(readable(document, passage) for passage in document.passages).split()

    assert document.title
    assert document.metadata["summary_of"]
    assert document.date == DATES[name]
    assert 150 <= len(words) <= 350


@pytest.mark.parametrize("name", DATES)
def test_every_line_of_a_brief_below_its_front_matter_is_read(name):
    (document,) = read_documents(FOLDER / name)
    body = document.text.split("\n---\n", 1)[1]
    read = "".join(document.text[passage.start : passage.end] for passage in document.passages)

    assert document.passages[0].kind is PassageKind.TITLE
    assert re.findall("[a-z]+", read) == re.findall("[a-z]+", body)


def test_the_numbered_motives_are_five_items():
    (document,) = read_documents(FOLDER / "russia-and-the-nato-shield.md")

    assert [passage.kind for passage in document.passages].count(PassageKind.ITEM) == 5


def test_the_report_keeps_its_address():
    (document,) = read_documents(FOLDER / "valdai-missile-defence-report.md")

    assert document.url == "https://valdaiclub.com/files/40258/"
