"""What is fuzzed: every reader and every writer, each with its inputs and what must hold.

A target's check raises where something is wrong. Errors of actorgraph are no fault: that is how the
program refuses. Anything else that escapes is one.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch
from xml.etree import ElementTree

from hypothesis import strategies as st
from PIL import Image

from actorgraph.errors import ActorgraphError
from actorgraph.export.formats import WRITERS
from actorgraph.extract import gazetteer
from actorgraph.extract.stating.triggers import load_relations
from actorgraph.graph.curation_file import parse_curation, read_curation, write_curation
from actorgraph.graph.curator import Curator
from actorgraph.ingest import Limits, read_documents, read_text
from actorgraph.pipeline import extract, load
from actorgraph.schema import Document

from ..export_cases import HandMadeGraph, graphs
from .strategies import (
    damaged_file,
    fields,
    json_files,
    lines,
    markup,
    metadata,
    seed,
    texts,
    toml_files,
    words,
    yaml_lists,
)

MOST_BYTES = 300_000
LIMITS = Limits(unpacked_bytes=1_000_000, ratio_from=300_000, members=50, pages=20)


class Target(NamedTuple):
    """A reader or writer with its inputs."""

    name: str
    inputs: st.SearchStrategy[Any]
    check: Callable[[Any], None]
    share: int = 10
    """Of ten inputs so many are tried; fewer where one takes long."""


@contextmanager
def folder() -> Iterator[Path]:
    """An empty folder."""
    path = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


# Readers of documents


def check_document(document: Document, given: str | None = None) -> None:
    """What holds of every document, wherever it came from; a date that was given is kept."""
    document.text.encode()
    assert re.fullmatch("doc:[0-9a-f]{16}", document.id)
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff]", document.text)
    assert given or document.date is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", document.date)
    end = 0
    for passage in document.passages:
        assert end <= passage.start < passage.end <= len(document.text)
        end = passage.end


def reads(name: str) -> Callable[[bytes], None]:
    """A check that a file of this name is read, or refused with a reason."""

    def check(data: bytes) -> None:
        with folder() as place:
            (place / name).write_bytes(data)
            problems: list[Exception] = []
            documents = read_documents(
                place / name, on_problem=problems.append, max_bytes=MOST_BYTES, limits=LIMITS
            )
            for document in documents:
                check_document(document)
            for problem in problems:
                assert isinstance(problem, ActorgraphError)
                assert str(problem)

    return check


def check_text(given: tuple[str, dict[str, str | None], dict[str, str]]) -> None:
    """A text with any metadata becomes a document."""
    text, about, more = given
    document = read_text(text, **about, metadata=more)
    check_document(document, about["date"])
    json.dumps(document.model_dump(mode="json"), ensure_ascii=False).encode()


about = st.fixed_dictionaries(
    dict.fromkeys(("title", "author", "publisher", "date", "url"), fields)
)

# Readers of what users write by hand


def check_names(suffix: str) -> Callable[[bytes], None]:
    """A file of names is taken in whole, or refused."""

    def check(data: bytes) -> None:
        with folder() as place, patch.dict(gazetteer._FILES, clear=True):
            (place / f"names{suffix}").write_bytes(data)
            with suppress(ActorgraphError):
                lexicon = gazetteer.load_lexicon([place / f"names{suffix}"])
                list(lexicon.gazetteer.find("Turkey bought a Bundle Shield (BSH) of Oslo Group."))

    return check


def check_relations(data: bytes) -> None:
    """A file of relations is taken in whole, or refused."""
    with folder() as place, suppress(ActorgraphError):
        (place / "relations.toml").write_bytes(data)
        load_relations([place / "relations.toml"])


def check_curation(data: bytes) -> None:
    """A curation file is read, and is the same when written and read again; or it is refused."""
    with folder() as place, suppress(ActorgraphError):
        path = place / "curation.yaml"
        path.write_bytes(data)
        curation = read_curation(path)
        write_curation(curation, path)
        assert read_curation(path) == curation


def check_curator(data: bytes) -> None:
    """A decision that is added to a file and taken back leaves the other decisions as they were."""
    with folder() as place, suppress(ActorgraphError):
        path = place / "curation.yaml"
        path.write_bytes(data)
        before = read_curation(path)
        curator = Curator(path, lambda _: None)  # type: ignore[arg-type, return-value]
        added = parse_curation("- drop: a name that nobody has", path).judgements[0]
        curator.keep(added)
        assert curator.curation.judgements == (*before.judgements, added)
        curator.take_back()
        assert curator.curation == before


# Readers of graphs


def check_graph_file(name: str) -> Callable[[bytes], None]:
    """A stored graph is opened and answers, or is refused."""

    def check(data: bytes) -> None:
        with folder() as place, suppress(ActorgraphError):
            (place / name).write_bytes(data)
            graph = load(place / name)
            repr(graph)
            for entity in graph.top(3):
                graph.neighbors(entity.id)
                graph.dossier(entity.id).to_markdown()
            graph.write(place / "again.json")
            load(place / "again.json")

    return check


def stored_graphs(suffix: str) -> st.SearchStrategy[bytes]:
    """Graphs as our writer writes them, of the nastiest kind."""

    def written(graph: HandMadeGraph) -> bytes:
        stream = io.BytesIO()
        WRITERS[suffix](graph, stream)  # type: ignore[arg-type]
        return stream.getvalue()

    return graphs().map(written)


# Writers


def _files(path: Path) -> list[Path]:
    return sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]


def _is_json(path: Path) -> None:
    json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_constant)


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def _is_picture(path: Path) -> None:
    with Image.open(path) as picture:
        picture.verify()


def _are_json_lines(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        assert isinstance(json.loads(line, parse_constant=_no_constant), dict)


def _is_xml(path: Path) -> None:
    ElementTree.parse(path)


def _are_tables(path: Path) -> None:
    for file in _files(path):
        rows = list(
            csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""), strict=True)
        )
        assert {len(row) for row in rows} == {len(rows[0])}
        if file.name in ("nodes.csv", "edges.csv", "evidence.csv") and "neo4j" not in str(path):
            cells = [cell for row in rows[1:] for cell in row]
            assert not [c for c in cells if c[:1] in "=+@" and c and not _is_number(c)]


def _is_number(cell: str) -> bool:
    with suppress(ValueError):
        return bool(float(cell) or True)
    return False


def _is_page(path: Path) -> None:
    from lxml import html

    text = path.read_text(encoding="utf-8")
    page = html.document_fromstring(text.encode())
    blocks = [block for block in page.iter("script") if block.get("type") == "application/json"]
    assert blocks
    for block in blocks:
        json.loads(block.text, parse_constant=_no_constant)
    assert len([block for block in page.iter("script") if block.get("type") is None]) == 2


def _are_notes(path: Path) -> None:
    import yaml

    for file in _files(path):
        assert path in file.parents
        head, properties, _ = file.read_text(encoding="utf-8").split("---\n", 2)
        assert head == ""
        assert isinstance(yaml.safe_load(properties), dict)


def _are_parquet(path: Path) -> None:
    from pyarrow import parquet

    for file in _files(path):
        parquet.read_table(file)


def _is_turtle(path: Path) -> None:
    from rdflib import Graph

    Graph().parse(path, format="turtle")


def _is_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n")
    assert not re.search("[\x00-\x08\x0b-\x1f]", text)


_VALID: dict[str, tuple[Callable[[Path], None], int]] = {
    ".html": (_is_page, 1),
    ".graphml": (_is_xml, 10),
    ".gexf": (_is_xml, 10),
    ".json": (_is_json, 10),
    ".jsonl": (_are_json_lines, 10),
    ".csv": (_are_tables, 10),
    ".parquet": (_are_parquet, 1),
    ".cypher": (_is_text, 10),
    ".neo4j": (_are_tables, 6),
    ".ttl": (_is_turtle, 1),
    ".ftm.json": (_are_json_lines, 10),
    ".obsidian": (_are_notes, 4),
    ".mmd": (_is_text, 10),
    ".dot": (_is_text, 10),
    ".svg": (_is_xml, 10),
    ".png": (_is_picture, 1),
}
"""How the output of a writer is told to be valid."""


def writes(suffix: str) -> Callable[[HandMadeGraph], None]:
    """A check that a graph is written as what the suffix says, and twice as the same bytes."""
    valid, _ = _VALID[suffix]

    def check(graph: HandMadeGraph) -> None:
        with folder() as place:
            path = place / f"graph{suffix}"
            with suppress(ActorgraphError):
                WRITERS[suffix](graph, path)
                valid(path)
            assert not list(place.rglob("*.tmp"))

    return check


def check_extraction(text: str) -> None:
    """Any text can be extracted from; all that is found stands in it and is consistent."""
    found = extract(text)
    known = {entity.id for entity in found.entities}
    for mention in found.mentions:
        assert found.document.text[mention.start : mention.end] == mention.text
        assert mention.entity_id in known
    for claim in found.claims:
        evidence = claim.evidence
        assert found.document.text[evidence.start : evidence.end] == evidence.exact
        assert {claim.subject_id, claim.object_id} <= known


def check_store(data: bytes) -> None:
    """A store is opened and its graph made, or it is refused."""
    with folder() as place, suppress(ActorgraphError):
        (place / "store.sqlite").write_bytes(data)
        repr(load(place))


_SENTENCES = st.lists(lines | words, max_size=20).map(". ".join)

_FILES = (
    *("note.txt", "note.md", "addresses.txt", "page.html", "letter.rtf", "message.eml"),
    *("table.csv", "table.tsv", "records.json", "records.jsonl", "feed.rss", "feed.atom"),
    *("letter.docx", "letter.odt", "book.epub", "page.pdf", "crawl.warc", "rows.parquet"),
    *("files.zip", "nested.zip", "files.tar", "files.tgz", "note.txt.gz", "note.txt.bz2"),
    "note.txt.xz",
)
_SLOW = {
    "page.html",
    "crawl.warc",
    "files.zip",
    "nested.zip",
    "message.eml",
    "note.txt",
    "page.pdf",
}
_GRAPHS = graphs()
TARGETS = (
    *(
        Target(f"read {name}", damaged_file(name), reads(name), 2 if name in _SLOW else 10)
        for name in _FILES
    ),
    Target("read any", damaged_file(*_FILES), reads("any.txt")),
    Target("read markup as page", markup, reads("page.html"), 3),
    Target("read markup as feed", markup, reads("feed.xml")),
    Target("read any JSON", json_files, reads("records.json")),
    Target("read any JSON line", json_files, reads("records.jsonl")),
    Target("read any text", texts.map(lambda t: t.encode(errors="surrogatepass")), reads("a.md")),
    Target("text and metadata", st.tuples(texts, about, metadata), check_text),
    Target("names.csv", damaged_file("names.csv"), check_names(".csv")),
    Target("names.yaml", damaged_file("names.yaml") | yaml_lists(), check_names(".yaml")),
    Target("relations.toml", damaged_file("relations.toml") | toml_files(), check_relations, 1),
    Target("curation.yaml", damaged_file("curation.yaml") | yaml_lists(), check_curation, 5),
    Target("curation kept", damaged_file("curation.yaml") | yaml_lists(), check_curator, 2),
    *(
        Target(
            f"load {name}",
            damaged_file(name) | stored_graphs(Path(name).suffix),
            check_graph_file(name),
            4,
        )
        for name in ("graph.json", "graph.jsonl", "graph.graphml")
    ),
    Target("load store.sqlite", damaged_file("store.sqlite"), check_store, 4),
    *(
        Target(f"write {suffix}", _GRAPHS, writes(suffix), share)
        for suffix, (_, share) in _VALID.items()
    ),
)
READERS: dict[str, Callable[[bytes], None]] = {
    **{name: reads(name) for name in _FILES},
    "names.csv": check_names(".csv"),
    "names.yaml": check_names(".yaml"),
    "relations.toml": check_relations,
    "curation.yaml": check_curation,
    "store.sqlite": check_store,
    **{name: check_graph_file(name) for name in ("graph.json", "graph.jsonl", "graph.graphml")},
}
"""The check of every file of the corpus, for fuzzers that make their own inputs."""
EXTRACTION = Target("extract", texts | _SENTENCES, check_extraction, 1)
"""Apart from the others: it loads the model, and takes some milliseconds a text."""

assert set(_VALID) == set(WRITERS), "every writer has a target"
assert seed("note.txt")
assert sqlite3.sqlite_version
