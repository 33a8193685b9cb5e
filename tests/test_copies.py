"""Copies of a text are found, whatever their order, and count as one source."""

import random
import subprocess
import sys
from itertools import compress

import pytest

from actorgraph.graph.assemble import assemble
from actorgraph.graph.evidence import copies as evidence
from actorgraph.graph.evidence.copies import COPIES, COPY_OF, copy_notes, independent, noted
from actorgraph.graph.evidence.weighing import said_of
from actorgraph.graph.storage.rows import document_row, read_document
from actorgraph.graph.store import Store
from actorgraph.ingest import read_text
from actorgraph.schema import Claim, Document, Entity, Evidence, Extraction, Mention, Polarity

SUBJECTS = "The ministry|The alliance|A radar|The minister|Every ship|The report|One battery".split(
    "|"
)
VERBS = "welcomed|watched|replaced|delayed|mentioned|supported|moved".split("|")
OBJECTS = "the sale|a harbour|the northern coast|two sites|its plan|the delivery|a treaty".split(
    "|"
)


def article(seed, sentences=30):
    chance = random.Random(seed)
    return " ".join(
        f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(OBJECTS)} "
        f"in {chance.randrange(1950, 2024)}."
        for _ in range(sentences)
    )


def find_copies(documents):
    with Store(":memory:") as store:
        for document in documents:
            store.add(Extraction(document=document), "test")
        return evidence.find_copies(store.corpus())


def copies(**texts):
    return find_copies(Document(id=name, text=text) for name, text in texts.items())


TEXT = article(1)


@pytest.mark.parametrize(
    ("changed", "is_copy"),
    [
        (TEXT, True),
        (TEXT.upper(), True),
        (TEXT.replace(".", " !\n"), True),
        (f"{TEXT} Reporting by Jane Doe.", True),
        (TEXT.replace(" in ", " during ", 2), True),
        (TEXT.replace(" in ", " during "), False),
        (TEXT[: len(TEXT) // 2], False),
        (f"{TEXT} {article(2)}", False),
        (article(2), False),
    ],
)
def test_texts_that_nearly_agree_are_copies(changed, is_copy):
    assert bool(copies(a=TEXT, b=changed)) is is_copy


def test_short_texts_are_copies_only_if_they_are_equal():
    assert copies(a="Oslo paid.", b="OSLO  paid!") == {"a": "a", "b": "a"}
    assert copies(a="Oslo paid for one radar.", b="Oslo paid for two radars.") == {}
    assert copies(a="", b="", c="...", d="!") == {}


def test_furniture_makes_no_difference():
    page = read_text(f"Home | About\n\n{TEXT}\n\nShare this:\n\nTweet", title="One")
    other = read_text(f"{TEXT}\n\n© 2021 Gazette", title="Two")

    assert set(find_copies([page, other])) == {page.id, other.id}


def test_a_copy_of_a_copy_is_of_the_same_group():
    words = TEXT.split()
    chain = {
        f"d{n}": " ".join([*(f"new{i}" for i in range(4 * n)), *words[4 * n :]]) for n in range(8)
    }
    assert "d7" not in copies(d0=chain["d0"], d7=chain["d7"])

    assert set(copies(**chain)) == set(chain)
    assert len(set(copies(**chain).values())) == 1


def test_the_fullest_then_the_earliest_speaks_for_a_group():
    full = f"{TEXT} Reporting by Jane Doe."
    group = [
        Document(id="a", text=TEXT, date="2020"),
        Document(id="b", text=full),
        Document(id="c", text=full, date="2022-03"),
        Document(id="d", text=full, date="2022"),
    ]

    assert set(find_copies(group).values()) == {"d"}


def test_neither_order_nor_hash_seed_matters():
    texts = {f"d{n:02}": f"{article(n % 20)} Edition {n}." for n in range(60)}
    expected = copies(**texts)
    names = list(texts)
    random.Random(3).shuffle(names)

    assert len(set(expected.values())) == 20
    assert copies(**{name: texts[name] for name in names}) == expected
    script = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_copies import article, copies\n"
        "print(copies(**{f'd{n:02}': f'{article(n % 20)} Edition {n}.' for n in range(60)}))"
    )
    for seed in ("1", "2"):
        result = subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
        )
        assert result.stdout.strip() == str(expected), result.stderr


def test_a_document_more_changes_nothing_between_the_others():
    texts = {f"d{n}": f"{article(n % 3)} Edition {n}." for n in range(9)}
    more = copies(**texts, new=article(99))

    assert more == copies(**texts)


def test_many_copies_of_one_text_are_found_in_time():
    documents = [Document(id=f"d{n:04}", text=f"{TEXT} Edition {n}.") for n in range(1_000)]

    assert len(find_copies(documents)) == 1_000


def test_hundreds_of_forms_that_differ_in_what_was_filled_in_are_told_apart_in_time():
    form = article(3, sentences=6).split()
    filled_in = (f"{' '.join(form[:20])} no. {n} {' '.join(form[20:])} of {n}" for n in range(600))

    assert copies(**{f"d{n:04}": text for n, text in enumerate(filled_in)}) == {}


def test_documents_say_what_they_are_copies_of():
    documents = {
        name: Document(id=name, text=text, metadata={"topic": "radar"})
        for name, text in {"a": TEXT, "b": TEXT, "c": TEXT, "d": article(2)}.items()
    }
    marked = mark_copies(documents)

    assert marked["a"].metadata == {COPIES: "2", "topic": "radar"}
    assert marked["b"].metadata == {COPY_OF: "a", "topic": "radar"}
    assert marked["d"] == documents["d"]


# What copies count for


def mark_copies(documents):
    notes = copy_notes(find_copies(documents.values()))
    rows = {name: noted(document_row(document), notes) for name, document in documents.items()}
    return {name: read_document(row) for name, row in rows.items()}


def claim(document, sentence="Turkey bought the S-400.", polarity=Polarity.AFFIRMED):
    start = document.text.index(sentence)
    return Claim(
        id=f"{document.id}{start}{polarity}",
        subject_id="country:tr",
        relation="acquires",
        object_id="system:s-400",
        polarity=polarity,
        wording="bought",
        rule="verb",
        confidence=0.8,
        evidence=Evidence(
            document_id=document.id, start=start, end=start + len(sentence), exact=sentence
        ),
        subject_mention=(start, start + 6),
        object_mention=(start + len(sentence) - 6, start + len(sentence) - 1),
    )


def extraction(name, text, publisher, *, sentence="Turkey bought the S-400."):
    document = Document(id=name, text=f"{sentence} {text}", publisher=publisher)

    def mention(words, type_, entity):
        start = document.text.index(words)
        return Mention(
            document_id=name,
            start=start,
            end=start + len(words),
            text=words,
            type=type_,
            entity_id=entity,
            rule="lexicon",
            sentence=0,
            paragraph=0,
        )

    return Extraction(
        document=document,
        mentions=(
            mention("Turkey", "country", "country:tr"),
            mention("S-400", "system", "system:s-400"),
        ),
        entities=(
            Entity(id="country:tr", name="Turkey", type="country"),
            Entity(id="system:s-400", name="S-400", type="system"),
        ),
        claims=(claim(document, sentence),),
        sentences=31,
    )


def parts_of(*extractions):
    return assemble(extractions, relations={})


def test_a_group_of_copies_is_one_source():
    one = parts_of(extraction("a", TEXT, "Gazette"))
    three = parts_of(
        extraction("a", TEXT, "Gazette"),
        extraction("b", TEXT, "Review", sentence="Turkey has bought the S-400."),
        extraction("c", f"{TEXT} Reporting by Jane Doe.", None),
    )
    [edge], [alone] = three.edges, one.edges

    assert (edge.n_evidence, edge.n_sources, edge.n_documents) == (1, 1, 3)
    assert len(edge.claims) == 3
    assert edge.belief == alone.belief
    [pair], [pair_alone] = three.comentions, one.comentions
    assert (pair.sentences, pair.paragraphs, pair.documents) == (1, 1, 1)
    assert (pair.npmi, pair.log_likelihood) == (pair_alone.npmi, pair_alone.log_likelihood)
    assert three.provenance["copies"] == "2"
    assert "copies" not in one.provenance
    assert sorted(d.metadata.get(COPY_OF, "-") for d in three.documents) == ["-", "c", "c"]


def test_independent_documents_stay_several_sources():
    parts = parts_of(extraction("a", TEXT, "Gazette"), extraction("b", article(2), "Review"))
    [edge], [pair] = parts.edges, parts.comentions

    assert (edge.n_sources, edge.n_documents, pair.documents) == (2, 2, 2)


def test_a_copy_is_heard_where_the_other_is_silent_or_says_the_opposite():
    text = "Turkey bought the S-400. Turkey never bought the S-400."
    documents = mark_copies({name: Document(id=name, text=text) for name in "abc"})
    affirmed = [claim(documents[name]) for name in "bc"]
    denied = [
        claim(documents[name], "Turkey never bought the S-400.", Polarity.NEGATED) for name in "ac"
    ]

    said = [said_of(c, documents[c.evidence.document_id]) for c in [*affirmed, *denied]]
    heard = compress(said, independent(said))
    assert [c.document for c in heard] == ["b", "a"]


def test_a_graph_with_copies_does_not_depend_on_the_order_of_documents():
    found = [extraction(f"d{n}", f"{article(n % 3)} Edition {n}.", f"P{n}") for n in range(9)]

    assert parts_of(*found) == parts_of(*reversed(found))


@pytest.mark.model
def test_a_build_that_grew_by_a_copy_equals_a_fresh_one(tmp_path):
    import actorgraph

    folder = tmp_path / "in"
    folder.mkdir()
    text = f"Turkey bought the S-400 from Russia in 2019. {TEXT}"
    (folder / "a.txt").write_text(text)
    actorgraph.build(folder, tmp_path / "grown", formats=["json"])
    (folder / "b.md").write_text(f"# Reprinted\n\n{text}")
    grown = actorgraph.build(folder, tmp_path / "grown", formats=["json"])
    actorgraph.build(folder, tmp_path / "fresh", formats=["json"])

    assert grown.provenance["copies"] == "1"
    fresh = (tmp_path / "fresh" / "graph.json").read_bytes()
    assert (tmp_path / "grown" / "graph.json").read_bytes() == fresh
