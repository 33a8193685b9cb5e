"""A second build does again only what changed, and gives the bytes of a fresh one."""

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from pathlib import Path

import pytest

import actorgraph as ag
from actorgraph.extract.extractor import Extractor
from actorgraph.graph.storage.lock import build_lock
from actorgraph.ingest import read_documents
from actorgraph.pipeline import STORE, find_curator, run_build

FORMATS = ("json", "graphml", "gexf", "html")
TEXTS = {
    "delivery.txt": "Delivery\n\nTurkey took delivery of the S-400. Russia supplied the S-400.\n",
    "meeting.md": "---\ndate: 2020-03-02\n---\n\nGermany and France are members of NATO.\n",
    "review.md": "---\ntitle: A review\n---\n\nRussia operates the S-400 near Kaliningrad.\n",
}


@pytest.fixture
def sources(tmp_path):
    folder = tmp_path / "sources"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def extracted(monkeypatch):
    """The ids of documents that the model has read."""
    ids = []
    extract = Extractor.extract

    def spy(self, document, readable):
        ids.append(document.id)
        return extract(self, document, readable)

    monkeypatch.setattr(Extractor, "extract", spy)
    return ids


def build(sources, out):
    return run_build(sources, out, formats=FORMATS, title="trial")


def contents(out):
    """Every file but the store, which is told apart by the order in which documents came."""
    files = (path for path in out.rglob("*") if path.is_file() and STORE not in path.name)
    return {path.name: path.read_bytes() for path in sorted(files)}


def add(sources):
    (sources / "news.txt").write_text("China opposes NATO.\n", encoding="utf-8")


def change(sources):
    (sources / "review.md").write_text("Russia operates the S-300.\n", encoding="utf-8")


def change_without_a_trace(sources):
    """As many bytes, and the old date."""
    path = sources / "delivery.txt"
    status = path.stat()
    path.write_text(TEXTS["delivery.txt"].replace("Turkey", "Norway"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def remove(sources):
    (sources / "meeting.md").unlink()


def rename(sources):
    (sources / "meeting.md").rename(sources / "zebra.md")


def touch(sources):
    os.utime(sources / "meeting.md", (0, 0))


def date(sources):
    text = TEXTS["meeting.md"].replace("2020", "2021")
    (sources / "meeting.md").write_text(text, encoding="utf-8")


def copy(sources):
    shutil.copy(sources / "meeting.md", sources / "a copy.md")


def reprint(sources):
    text = TEXTS["review.md"].replace("---\n\n", "url: https://example.org/\n---\n\n")
    (sources / "review.md").write_text(text, encoding="utf-8")


@pytest.mark.model
@pytest.mark.parametrize(
    ("edit", "read"),
    [
        (add, 1),
        (change, 1),
        (change_without_a_trace, 1),
        (remove, 0),
        (rename, 0),
        (touch, 0),
        (date, 1),
        (copy, 0),
        (reprint, 1),
    ],
)
def test_only_what_changed_is_read_and_the_bytes_are_those_of_a_fresh_build(
    edit, read, sources, tmp_path, extracted
):
    build(sources, tmp_path / "out")
    edit(sources)
    extracted.clear()
    report = build(sources, tmp_path / "out").report

    assert (len(extracted), report.parsed) == (read, read)
    build(sources, tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


@pytest.mark.model
def test_an_edit_that_is_taken_back_gives_the_first_bytes(sources, tmp_path):
    build(sources, tmp_path / "out")
    before = contents(tmp_path / "out")
    for edit in (copy, rename):
        edit(sources)
        build(sources, tmp_path / "out")
    (sources / "a copy.md").unlink()
    (sources / "zebra.md").rename(sources / "meeting.md")
    build(sources, tmp_path / "out")

    assert contents(tmp_path / "out") == before


@pytest.mark.model
def test_what_extraction_is_given_of_a_document_is_part_of_its_key(sources, extracted):
    (document,) = read_documents(sources / "meeting.md")
    given = ag.Document(**{**document.model_dump(), "title": "X", "author": "Y", "path": "Z"})
    first, second = (run_build([d]).graph for d in (document, given))

    assert first.edges == second.edges


UNCHANGED = """
import sys
import actorgraph as ag
kg = ag.build(sys.argv[1], sys.argv[2], title="trial")
print(*(name for name in ("spacy", "thinc", "networkx", "trafilatura") if name in sys.modules))
print(len(kg.edges), kg.evidence("Russia", "S-400")[0].evidence.exact)
"""


@pytest.mark.model
def test_an_unchanged_folder_is_neither_read_nor_parsed_nor_written(sources, tmp_path):
    kg = ag.build(sources, tmp_path / "out", title="trial")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("graph.*")}
    ask = [sys.executable, "-c", UNCHANGED, sources, tmp_path / "out"]
    done = subprocess.run(ask, capture_output=True, text=True, check=True)

    edges, evidence = len(kg.edges), kg.evidence("Russia", "S-400")[0].evidence.exact
    assert done.stdout.splitlines() == ["", f"{edges} {evidence}"]
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.model
@pytest.mark.parametrize("damage", ["delete", "edit"])
def test_an_output_that_was_lost_or_edited_is_written_again(damage, sources, tmp_path):
    build(sources, tmp_path / "out")
    before = contents(tmp_path / "out")
    path = tmp_path / "out" / "graph.json"
    path.unlink() if damage == "delete" else path.write_text("{}")
    build(sources, tmp_path / "out")

    assert contents(tmp_path / "out") == before


@pytest.mark.model
def test_a_graph_file_that_is_damaged_is_made_again(sources, tmp_path):
    build(sources, tmp_path / "out")
    before = contents(tmp_path / "out")
    (tmp_path / "out" / "graph.sqlite").write_bytes(b"\xff" * 5_000)

    assert len(ag.load(tmp_path / "out").edges) == len(json.loads(before["graph.json"])["edges"])
    build(sources, tmp_path / "out")
    assert contents(tmp_path / "out") == before


@pytest.mark.model
def test_decisions_are_applied_to_what_is_known(sources, tmp_path, extracted):
    build(sources, tmp_path / "out")
    ag.load(tmp_path / "out").merge("S-400", "NATO")
    extracted.clear()

    loaded, built = ag.load(tmp_path / "out"), build(sources, tmp_path / "out").graph
    assert loaded["NATO"].id == loaded["S-400"].id == built["NATO"].id
    assert extracted == []


@pytest.mark.model
def test_a_second_build_waits_for_the_first(sources, tmp_path, caplog):
    out = tmp_path / "out"
    out.mkdir()
    second = threading.Thread(target=build, args=(sources, out))
    with caplog.at_level(logging.WARNING), build_lock(out / STORE, pytest.fail):
        second.start()
        second.join(timeout=3)
        assert second.is_alive()
        assert f"Another build writes to {out}; waiting for it to end." in caplog.text
    second.join(timeout=60)

    assert (out / "graph.json").is_file()


def test_the_lock_ends_with_the_process_that_holds_it(tmp_path):
    code = f"""
from pathlib import Path
import time
from actorgraph.graph.storage.lock import build_lock
with build_lock(Path({str(tmp_path / STORE)!r}), print):
    print("locked", flush=True)
    time.sleep(60)
"""
    ask = [sys.executable, "-c", code]
    waited = []
    with subprocess.Popen(ask, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"locked\n"
        timer = threading.Timer(1.5, holder.kill)
        timer.start()
        with build_lock(tmp_path / STORE, lambda: waited.append(True)):
            pass

    assert waited == [True]


@pytest.fixture
def nobody():
    """Not root, whom no permission stops."""
    if not hasattr(os, "seteuid"):
        pytest.skip("permissions work otherwise here")
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield
    os.seteuid(user)


@pytest.fixture
def out():
    """A folder that others may look into; those of pytest are closed again by its next run."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "out").mkdir()
        yield Path(folder) / "out"


@pytest.mark.model
@pytest.mark.parametrize("built", [True, False])
def test_a_folder_that_is_read_only_is_an_error_that_names_it(built, sources, out, request):
    if built:
        build(sources, out)
    before = contents(out)
    for path in (out, *out.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    request.getfixturevalue("nobody")
    add_to = [ag.Document(id="x", text="China opposes NATO.")]

    with pytest.raises(ag.StoreError, match=f"Cannot .* {out}"):
        build([sources, *add_to], out)
    assert contents(out) == before
    if built:
        assert ag.load(out)["NATO"]


@pytest.mark.model
def test_a_folder_that_is_closed_is_an_error_that_names_it(sources, out, request):
    build(sources, out)
    out.chmod(0)
    request.getfixturevalue("nobody")

    for use in (ag.load, find_curator, partial(build, [ag.Document(id="x", text="NATO met.")])):
        with pytest.raises(ag.StoreError, match=f"Cannot use {out}: Permission denied"):
            use(out)
    with pytest.raises(ag.StoreError, match=r"Cannot use .*new: Permission denied"):
        build(sources, out.parent / "new")


FULL = """
import resource, sys
import actorgraph as ag
limit = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    ag.build(sys.argv[1], sys.argv[2], title="trial")
except (ag.StoreError, OSError) as error:
    print(error)
    sys.exit(3)
"""


@pytest.mark.model
@pytest.mark.parametrize("limit", [100, 40_000, 80_000, 110_000])
def test_a_full_disk_is_an_error_and_the_next_build_goes_on(limit, sources, tmp_path):
    pytest.importorskip("resource")
    ask = [sys.executable, "-c", FULL, sources, tmp_path / "out", str(limit)]
    done = subprocess.run(ask, capture_output=True, text=True, check=False)

    assert done.returncode == 3, done.stderr
    assert str(tmp_path / "out") in done.stdout
    build(sources, tmp_path / "out")
    build(sources, tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")
