"""The same documents give the same bytes, however they come in."""

import os
import subprocess
import sys
from itertools import permutations

import pytest

import actorgraph as ag

pytestmark = pytest.mark.model

FORMATS = ("json", "graphml", "gexf", "html", "csv")
TEXTS = {
    "delivery.txt": """Delivery of the S-400

14 July 2019

Turkey took delivery of the S-400. Russia supplied the S-400 to Turkey, and the United States may
sanction Turkey. NATO has not bought the S-400, which Almaz-Antey builds.
""",
    "meeting.txt": """A meeting in Ankara

2 March 2020

The foreign minister of Turkey met officials of Russia. Germany and France are members of NATO.
Jens Stoltenberg, the Secretary General of NATO, said that Turkey will not return the S-400.
""",
    "review.md": """---
title: Air defence in the north
date: 2021-03
publisher: Northern Review
---

Russia operates the S-400 near Kaliningrad. The S-400 replaces the S-300. Stoltenberg criticised
Russia. According to Almaz-Antey, the S-400 counters the Patriot of the United States.
""",
}
BUILD = f"""
import sys
import actorgraph
out, workers, *sources = sys.argv[1:]
actorgraph.build(sources, out, formats={FORMATS!r}, workers=int(workers), title="trial")
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


def build(sources, out):
    ag.build(sources, out, formats=FORMATS, title="trial")
    return contents(out)


def contents(out):
    """Every exported file; the store is not one: it keeps the time of its runs."""
    files = (path for path in out.rglob("*") if path.is_file() and "store.sqlite" not in path.name)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(files)}


@pytest.fixture(scope="module")
def expected(sources, tmp_path_factory):
    files = build(sources, tmp_path_factory.mktemp("expected"))
    assert {"graph.json", "graph.graphml", "graph.gexf", "graph.html"} < set(files)
    return files


def differing(files, expected):
    return sorted(name for name in {*files, *expected} if files.get(name) != expected.get(name))


@pytest.mark.parametrize(("hash_seed", "workers", "step"), [("0", "1", 1), ("12345", "2", -1)])
def test_another_process_with_other_hashes_order_and_workers(
    hash_seed, workers, step, sources, expected, tmp_path
):
    subprocess.run(
        [sys.executable, "-c", BUILD, tmp_path / "out", workers, *sources[::step]],
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        check=True,
    )

    assert differing(contents(tmp_path / "out"), expected) == []


def test_a_store_that_grew_one_document_at_a_time(sources, expected, tmp_path):
    for n in range(1, len(sources) + 1):
        files = build(sources[-n:], tmp_path)

    assert differing(files, expected) == []


def test_a_store_that_held_another_document_before(sources, expected, tmp_path):
    other = ag.Document(id="other", text="China opposes NATO. Iran operates the S-300.")
    with_other = build([other, *sources], tmp_path)

    assert "graph.json" in differing(with_other, expected)
    assert differing(build(sources, tmp_path), expected) == []


def test_a_graph_that_was_loaded_is_written_as_it_was_built(sources, expected, tmp_path):
    build(sources, tmp_path)
    for name in ("graph.json", "graph.graphml", "graph.gexf", "graph.html"):
        ag.load(tmp_path).write(tmp_path / name)

    assert differing(contents(tmp_path), expected) == []


def test_a_graph_that_was_read_from_json_is_written_as_it_was_built(sources, expected, tmp_path):
    build(sources, tmp_path)
    kg = ag.load(tmp_path / "graph.json")
    for name in ("graph.json", "graph.graphml", "graph.gexf", "graph.html"):
        kg.write(tmp_path / name)

    assert differing(contents(tmp_path), expected) == []


def test_documents_in_any_order():
    documents = [ag.Document(id=name, text=text) for name, text in TEXTS.items()]
    first, *others = (ag.build(order, title="trial") for order in permutations(documents))

    for other in others:
        assert not first.diff(other)
        assert (other.entities, other.edges, other.comentions, other.documents) == (
            (first.entities, first.edges, first.comentions, first.documents)
        )


def test_a_document_gives_the_same_whatever_is_read_before_it():
    alone = ag.extract(TEXTS["review.md"])
    for text in TEXTS.values():
        ag.extract(text * 3)

    assert ag.extract(TEXTS["review.md"]) == alone
