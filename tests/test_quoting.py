import pytest

from actorgraph.graph.evidence.quoting import Quoter
from actorgraph.schema import Document, Passage


def quoted(text, words, passages=(), paragraph=-1):
    start = text.index(words)
    document = Document(id="d1", text=text, passages=passages)
    return Quoter(document).quote(start, start + len(words), paragraph)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("One. NATO met Acme. Three.", "NATO met Acme", "NATO met Acme."),
        ("NATO met Acme", "NATO met Acme", "NATO met Acme"),
        ("Really? NATO met Acme! Yes.", "NATO", "NATO met Acme!"),
        ("One. Two met Gen. Smith of NATO. Three.", "NATO", "Two met Gen. Smith of NATO."),
        ("J. R. Smith met NATO. Two.", "NATO", "J. R. Smith met NATO."),
        ("NATO met. Then Acme met. Two.", "NATO met. Then Acme", "NATO met. Then Acme met."),
        ('He said: "NATO met." Then it rained.', "NATO", 'He said: "NATO met."'),
        ("It cost 3.5 billion for NATO. Two.", "NATO", "It cost 3.5 billion for NATO."),
        ("A heading\n\nNATO met Acme\n\nMore", "NATO met", "NATO met Acme"),
        ("  NATO met.  ", "NATO", "NATO met."),
    ],
)
def test_the_sentence_around_some_words(text, words, expected):
    evidence = quoted(text, words)

    assert evidence.exact == expected == text[evidence.start : evidence.end]


def test_a_sentence_stays_within_its_passage():
    text = "Menu NATO met Acme\nFooter"
    passages = (Passage(start=0, end=5), Passage(start=5, end=19))

    assert quoted(text, "Acme", passages, 1).exact == "NATO met Acme"


def test_context_stands_before_and_after():
    evidence = quoted("One. NATO met. Three.", "NATO")

    assert (evidence.prefix, evidence.suffix) == ("One. ", " Three.")
