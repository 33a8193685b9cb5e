"""Input that was made to break the program: what fuzzing found, and what costs without bound."""

import ast
import json
import re
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from actorgraph.errors import ActorgraphError, CurationError, LexiconError, StoreError
from actorgraph.export.formats import WRITERS
from actorgraph.extract.naming.name_files import read_own_names
from actorgraph.extract.stating.triggers import load_relations
from actorgraph.formats.blocks import html_blocks
from actorgraph.graph.assemble import assemble
from actorgraph.graph.comention import TOP_NEAR
from actorgraph.graph.curation_file import parse_curation
from actorgraph.graph.store import Store
from actorgraph.ingest import MAX_PASSAGE, read_documents, read_text
from actorgraph.pipeline import load
from actorgraph.schema import Document, Entity, Extraction, Mention

from .export_cases import SMALL, HandMadeGraph, claim, edge
from .fuzz.naughty import NAUGHTY
from .fuzz.targets import writes

ROOT = Path(__file__).parents[1]
PRODUCT = [
    path
    for path in sorted(ROOT.rglob("*.py"))
    if path.relative_to(ROOT).parts[0]
    not in ("tests", "benchmarks", "build", "docs", "examples", ".venv", ".cache", "out", "dist")
]
TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in PRODUCT
}
BUDGET = 4.0
"""Seconds of processor time for inputs that took minutes, or for ever, before they were bounded."""


def read(path, data):
    """Documents of a file, and the reason where it cannot be read."""
    path.write_bytes(data)
    problems = []
    return list(read_documents(path, on_problem=problems.append)), problems


# What fuzzing found

ODD_GRAPHS = {
    "a number of a thousand digits.json": '"mentions":9' + "9" * 1000,
    "a number beyond 64 bits.json": '"mentions":99999999999999999999',
    "a number that is none.json": '"mentions":NaN',
}


@pytest.fixture
def graph_text(tmp_path):
    WRITERS[".json"](SMALL, tmp_path / "graph.json")
    return (tmp_path / "graph.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ODD_GRAPHS)
def test_a_graph_with_a_number_that_cannot_be_is_refused(name, tmp_path, graph_text):
    (tmp_path / name).write_text(graph_text.replace('"mentions":9', ODD_GRAPHS[name], 1))

    with pytest.raises(StoreError, match="Cannot read a graph"):
        load(tmp_path / name)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"source":"country:ru"', '"source":"country:xx"'),
        ('"id":"country:tr"', '"id":"country:ru"'),
        ('"title":', '"title":3,"old":'),
        ('"nodes": [', '"nodes": [' + "[" * 100_000),
        ('"provenance": {', '"provenance": {"x":3,'),
    ],
)
def test_a_graph_that_does_not_fit_together_is_refused(old, new, tmp_path, graph_text):
    assert old in graph_text
    (tmp_path / "odd.json").write_text(graph_text.replace(old, new, 1))

    with pytest.raises(StoreError):
        load(tmp_path / "odd.json")


def test_half_characters_in_what_is_known_of_a_text_are_replaced():
    document = read_text("Oslo paid.", title="a\ud83d", metadata={"k\ud83d": "\ud83d\x00"})

    assert (document.title, document.metadata) == ("a ", {"k ": "  "})


@pytest.mark.parametrize("name", ["names.csv", "names.yaml"])
@pytest.mark.parametrize("data", [b"\xff\xfe\xfa", None])
def test_names_that_cannot_be_decoded_or_opened_are_refused(name, data, tmp_path):
    if data is not None:
        (tmp_path / name).write_bytes(data)

    with pytest.raises(LexiconError, match=name):
        list(read_own_names(tmp_path / name))


@pytest.mark.parametrize(
    "text",
    ["\udcff", "x = 1", "[x]\ntriggers = 3", "[[x.triggers]]\nverbs = [3]", "[x]\ninverse = 1"],
)
def test_relations_of_the_wrong_sort_are_refused(text, tmp_path):
    (tmp_path / "own.toml").write_bytes(text.encode(errors="surrogateescape"))

    with pytest.raises(LexiconError, match=r"own\.toml"):
        load_relations([tmp_path / "own.toml"])


def test_a_capital_that_no_list_of_entities_holds_is_an_entity_all_the_same():
    document = Document(id="d", text="Oslo paid.")
    mention = Mention(
        document_id="d", start=0, end=4, text="Oslo", type="country", entity_id="c:no"
    )

    [entity] = assemble([Extraction(document=document, mentions=(mention,))], relations={}).entities
    assert (entity.id, entity.name, entity.mentions, entity.documents) == ("c:no", "Oslo", 1, 1)


@pytest.mark.parametrize("suffix", [".json", ".html", ".jsonl", ".ttl"])
def test_a_log_likelihood_that_is_no_number_is_written_as_none(suffix, tmp_path):
    pair = SMALL.comentions[0].model_copy(update={"log_likelihood": float("nan")})
    writes(suffix)(replace(SMALL, comentions=(pair,)))


def test_a_page_is_written_into_a_folder_that_is_made_or_the_reason_is_told(tmp_path):
    WRITERS[".html"](SMALL, tmp_path / "new" / "graph.html")
    assert (tmp_path / "new" / "graph.html").stat().st_size > 100_000

    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ActorgraphError, match="Cannot write"):
        WRITERS[".html"](SMALL, tmp_path / "taken" / "graph.html")


def test_records_without_a_column_for_the_text_say_so(tmp_path):
    documents, [problem] = read(tmp_path / "a.json", json.dumps([{"": "Oslo paid."}]).encode())

    assert documents == []
    assert "no column that holds the text" in str(problem)


def test_a_damaged_compressed_file_is_refused(tmp_path):
    import gzip

    packed = gzip.compress(b"Oslo paid. " * 1000)
    documents, [problem] = read(tmp_path / "a.txt.gz", packed[:-20])

    assert documents == []
    assert "damaged compressed file" in str(problem)


def test_a_date_beyond_all_calendars_is_none(tmp_path):
    date = "1 Apr 99999999999999999999 10:00:00"
    item = f"<item><pubDate>{date}</pubDate><description>Oslo paid.</description></item>"
    [document], _ = read(tmp_path / "a.rss", f"<rss><channel>{item}</channel></rss>".encode())

    assert document.date is None


@pytest.mark.parametrize(
    "markup", ["Oslo <![CDAT[x]]> paid", "Oslo <![if x]> paid", "Oslo <!x> paid"]
)
def test_sections_that_no_standard_knows_are_left_out(markup):
    assert html_blocks(markup) == "Oslo paid"


def test_a_store_of_which_a_row_is_damaged_is_refused(tmp_path):
    import sqlite3

    with Store(tmp_path / "store.sqlite") as store:
        store.add(Extraction(document=Document(id="d", text="Oslo paid.")), "key")
    with sqlite3.connect(tmp_path / "store.sqlite") as db:
        db.execute("UPDATE documents SET metadata = '{'")
    db.close()

    with Store.open(tmp_path / "store.sqlite") as store, pytest.raises(StoreError, match="damaged"):
        list(store.extractions())


# What costs without bound

BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n"
    for a, b in zip("abcdefgh", "bcdefghi", strict=False)
)
NESTED = {
    "a.html": b"<div>" * 20_000,
    "comments.html": b"<!--" * 20_000,
    "sections.html": b"<![CDATA[" * 20_000,
    "tags.html": b'<a href="' * 5_000,
    "a.rss": b"<rss><channel><item><content>" + b"<b>" * 20_000,
    "a.json": b"[" * 100_000 + b"]" * 100_000,
    "a.jsonl": b'{"a":' * 100_000,
    "a.md": b"---\na: " + b"[" * 100_000 + b"\n---\nOslo paid.",
    "quotes.md": b"> " * 20_000 + b"Oslo paid.",
    "a.eml": b"From: " + b"(" * 20_000 + b"\n\nOslo paid.",
    "parameters.eml": b"From: a\nContent-Type: text/plain" + b";a=b" * 10_000 + b"\n\nOslo paid.",
}


@pytest.mark.parametrize("name", NESTED)
def test_nesting_is_read_or_refused_in_time(name, tmp_path):
    read(tmp_path / "first.html", b"<p>Oslo paid.")  # loads what reads pages
    started = time.process_time()
    read(tmp_path / name, NESTED[name])

    assert time.process_time() - started < BUDGET


@pytest.mark.parametrize("text", [f"- merge: [a, {'[' * 5000}", "- &a drop: x\n- *a", BOMB])
def test_decisions_that_are_nested_or_refer_to_one_another_are_refused(text):
    with pytest.raises(CurationError):
        parse_curation(text, "curation.yaml")


@pytest.mark.parametrize("text", [f"- name: {'[' * 5000}", "- &a {name: x, type: y}\n- *a", BOMB])
def test_names_that_are_nested_or_refer_to_one_another_are_refused(text, tmp_path):
    (tmp_path / "names.yaml").write_text(text)

    with pytest.raises(LexiconError):
        list(read_own_names(tmp_path / "names.yaml"))


@pytest.mark.parametrize(
    "text", ["word " * 1_000_000, "A" * 1_000_000, "By A " * 50_000, "a\n" * 100_000]
)
def test_a_text_without_a_stop_is_cut_into_passages_that_can_be_parsed(text):
    document = read_text(text)

    assert max(passage.end - passage.start for passage in document.passages) <= MAX_PASSAGE


def test_a_sentence_of_very_many_names_takes_no_more_than_its_bound():
    names = [f"Unit{n}" for n in range(1_500)]
    text = " ".join(names)
    starts = [0]
    for name in names:
        starts.append(starts[-1] + len(name) + 1)
    mentions = tuple(
        Mention(document_id="d", start=start, end=start + len(name), text=name, type="system",
                entity_id=f"system:{name}", sentence=0, paragraph=0)
        for start, name in zip(starts, names, strict=False)
    )  # fmt: skip
    entities = tuple(Entity(id=f"system:{name}", name=name, type="system") for name in names)
    found = Extraction(document=Document(id="d", text=text), mentions=mentions, entities=entities)
    parts = assemble([found], relations={})

    assert len(parts.entities) == len(names)
    assert TOP_NEAR * (TOP_NEAR - 1) / 2 <= len(parts.comentions) < 2 * TOP_NEAR**2


# What is never done


def _calls():
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield path, ast.unparse(node.func), node


def test_nothing_that_was_read_is_run():
    forbidden = re.compile(
        r"(pickle|marshal|shelve|dill)\..*|os\.(system|popen)|subprocess\..*|yaml\.(unsafe_|full_)?load_all"
        r"|yaml\.(unsafe|full)_load|eval|exec|compile|__import__|.*\.extractall"
    )
    assert [(path, name) for path, name, _ in _calls() if forbidden.fullmatch(name)] == []


def test_yaml_is_loaded_as_plain_values_only():
    loads = [(path, ast.unparse(node)) for path, name, node in _calls() if name == "yaml.load"]
    safe = re.compile(r"yaml\.load\(\w+, (Loader=)?(YAML_LOADER|loader)\)")

    assert loads
    assert [call for call in loads if not safe.fullmatch(call[1])] == []


def test_no_module_opens_a_connection_but_the_one_that_fetches():
    network = {"socket", "http.client", "urllib.request", "requests", "httpx", "ftplib", "smtplib"}
    found = set()
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            if network & set(names):
                found.add(path)
    assert found == {"formats/fetch.py"}


@pytest.mark.model
def test_a_build_needs_no_network(tmp_path):
    (tmp_path / "a.txt").write_text("Turkey took delivery of the S-400.")
    if (
        shutil.which("unshare") is None
        or subprocess.run(["unshare", "-n", "true"], check=False).returncode
    ):
        pytest.skip("no network namespace can be made here")
    command = [
        "unshare",
        "-n",
        sys.executable,
        "-m",
        "actorgraph",
        "build",
        "a.txt",
        "--out",
        "out",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "graph.html").is_file()


# Naughty strings in every text field


def _naughty_graph(strings):
    entities = tuple(
        Entity(id=f"system:{n} {s[:50]}", name=s, type=s[:50] or "x", subtype=s, country=s,
               aliases=(s, s + "!"), identifiers={s: s}, family=s, mentions=1, documents=1,
               first_seen=s, last_seen=s)
        for n, s in enumerate(strings)
    )  # fmt: skip
    ids = [entity.id for entity in entities]
    edges = tuple(
        edge(
            claim(a, s[:50] or "x", b, s, document=f"d{s}", speaker=s, speaker_id=a, event_date=s,
                  qualifiers={s: s}),
            first_date=s, last_date=s,
        )
        for a, b, s in zip(ids, ids[1:] + ids[:1], strings, strict=True)
    )  # fmt: skip
    documents = tuple(
        Document(id=f"d{s}", text=s, title=s, author=s, publisher=s, date=s, url=s, path=s,
                 language=s, metadata={s: s})
        for s in strings
    )  # fmt: skip
    return HandMadeGraph(
        "".join(strings[:3]),
        entities,
        edges,
        (),
        documents,
        SMALL.relations,
        {s: s for s in strings},
    )


@pytest.mark.parametrize("suffix", [s for s in WRITERS if s not in (".mmd", ".dot")])
def test_naughty_strings_in_every_field_are_written_as_text(suffix):
    writes(suffix)(_naughty_graph(NAUGHTY))


@pytest.mark.parametrize("suffix", [".mmd", ".dot"])
@pytest.mark.parametrize("first", range(0, len(NAUGHTY), 40))
def test_naughty_strings_are_written_into_diagrams(suffix, first):
    writes(suffix)(_naughty_graph(NAUGHTY[first : first + 40]))
