"""The commonest faults once each; ``make faults`` lets all of them strike twenty times."""

import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from actorgraph import whole_files
from actorgraph.building.engines import extract_in_processes
from actorgraph.building.recipe import Recipe
from actorgraph.errors import ActorgraphError, ExportError
from actorgraph.export.files import write_pieces
from actorgraph.export.formats import WRITERS
from actorgraph.graph.curation import Action, Judgement
from actorgraph.graph.curator import Curator
from actorgraph.schema import Document

from .export_cases import SMALL

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_full_disk_leaves_the_file_of_before(suffix, tmp_path, monkeypatch):
    path = tmp_path / f"graph{suffix}"
    WRITERS[suffix](SMALL, path)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ActorgraphError, match="No space left"):
        WRITERS[suffix](SMALL, path)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


WRITES = """
import sys
from pathlib import Path
from actorgraph.export.files import open_text
with open_text(Path(sys.argv[1])) as stream:
    stream.write("half")
    print("writing", flush=True)
    sys.stdin.read()
"""


def begin_to_write(path):
    """Start a process that writes a file until its input ends; return it once it has begun."""
    ask = [sys.executable, "-c", WRITES, path]
    writer = subprocess.Popen(ask, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert writer.stdout.readline() == b"writing\n"
    return writer


def test_what_a_killed_process_left_of_a_file_goes_when_the_file_is_written_again(tmp_path):
    path, other = tmp_path / "graph.json", tmp_path / "other.json"
    with begin_to_write(path) as killed, begin_to_write(other) as also_killed:
        killed.kill()
        also_killed.kill()
    left = [f".graph.json.{killed.pid}.tmp", f".other.json.{also_killed.pid}.tmp"]
    assert [file.name for file in sorted(tmp_path.iterdir())] == left
    strange = [".graph.json.tmp", ".graph.json.x.tmp", "graph.json.1.tmp", ".graph.json.1"]
    for name in strange:
        (tmp_path / name).write_text("of somebody else")

    write_pieces(["whole"], path)

    assert path.read_text() == "whole"
    assert {file.name for file in tmp_path.iterdir()} == {left[1], *strange, "graph.json"}


def test_what_another_process_is_writing_stays(tmp_path):
    path = tmp_path / "graph.json"
    with begin_to_write(path) as writer:
        write_pieces(["ours"], path)
        assert path.read_text() == "ours"
        assert (tmp_path / f".graph.json.{writer.pid}.tmp").exists()
    assert writer.returncode == 0
    assert path.read_text() == "half"
    assert [file.name for file in tmp_path.iterdir()] == ["graph.json"]


DECIDES = """
import os, signal, sys
from pathlib import Path
from actorgraph.graph.curation import Action, judge
from actorgraph.graph.curator import Curator
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
Curator(Path(sys.argv[1]), reassemble=None).keep(judge(Action.DROP, "Reuters"))
"""


def test_what_a_killed_process_left_of_the_decisions_goes_when_the_next_is_kept(tmp_path):
    path = tmp_path / "curation.yaml"
    path.write_text("- drop: AFP\n", encoding="utf-8")
    with subprocess.Popen([sys.executable, "-c", DECIDES, path]) as killed:
        assert killed.wait() == -signal.SIGKILL
    left = f".curation.yaml.{killed.pid}.tmp"
    assert {file.name for file in tmp_path.iterdir()} == {"curation.yaml", left}
    assert path.read_text(encoding="utf-8") == "- drop: AFP\n"

    Curator(path, reassemble=None).keep(Judgement(action=Action.DROP, targets=("TASS",)))

    assert [file.name for file in tmp_path.iterdir()] == ["curation.yaml"]
    assert path.read_text(encoding="utf-8") == "- drop: AFP\n- drop: TASS\n"


@pytest.mark.parametrize(
    ("answer", "stays"),
    [
        (None, True),  # it lives
        (PermissionError, True),  # it lives, and is another user's
        (ProcessLookupError, False),
        (OverflowError, False),  # no process has such a number
    ],
)
def test_a_file_stays_as_long_as_its_writer_lives(answer, stays, tmp_path, monkeypatch):
    left = tmp_path / ".graph.json.1234.tmp"
    left.write_text("half")

    def kill(process, number):
        assert (process, number) == (1234, 0)
        if answer:
            raise answer

    monkeypatch.setattr(os, "kill", kill)
    write_pieces(["whole"], tmp_path / "graph.json")

    assert left.exists() is stays


def test_nobody_is_asked_whether_he_lives_where_that_would_end_him(tmp_path, monkeypatch):
    left = tmp_path / ".graph.json.1234.tmp"
    left.write_text("half")
    windows = SimpleNamespace(name="nt", getpid=os.getpid, fsync=os.fsync)  # and no `kill`
    monkeypatch.setattr(whole_files, "os", windows)
    write_pieces(["whole"], tmp_path / "graph.json")

    assert left.exists()


def test_a_folder_that_stands_where_a_file_should_go_is_told_and_stays(tmp_path):
    path = tmp_path / "graph.json"
    path.mkdir()

    with pytest.raises(ExportError) as told:
        write_pieces(["whole"], path)

    assert str(told.value) == f"Cannot write {path}: Is a directory"
    assert [file.name for file in tmp_path.iterdir()] == ["graph.json"]


def answer_at_length_or_die(recipe, key, documents):
    """Kill the worker that gets the first document; of the others send back more than fits."""
    if documents[0].id == "d00":
        os.kill(os.getpid(), signal.SIGKILL)
    return [bytes(1_000_000)] * len(documents)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the work of this test is inherited")
def test_workers_end_when_one_of_them_dies_whatever_the_program_does_on_sigterm(monkeypatch):
    monkeypatch.setattr(Recipe, "extractor", lambda recipe: None)
    before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    signal.alarm(60)  # ends the tests, if it waits for ever
    try:
        for _ in range(5):
            documents = [Document(id=f"d{n:02}", text="word " * 6_000) for n in range(20)]
            lost = []
            found = extract_in_processes(
                iter(documents), Recipe(), 3, lost.append, answer_at_length_or_die
            )
            assert sum(len(batch) for batch in found) == 19
            assert [document.id for document in lost] == ["d00"]
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGTERM, before)


@pytest.mark.model
def test_a_build_that_is_told_to_end_ends_and_goes_on_later(tmp_path):
    for number in range(30):
        text = f"Turkey took delivery of the S-400. Report {number} of Oslo. " * 40
        (tmp_path / f"{number}.txt").write_text(text)
    command = [
        sys.executable,
        "-m",
        "actorgraph",
        "build",
        str(tmp_path),
        "--out",
        str(tmp_path / "out"),
        "-f",
        "json",
    ]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    store = tmp_path / "out" / "store.sqlite"
    while not store.exists() and running.poll() is None:
        time.sleep(0.05)
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate(timeout=60)

    assert running.returncode in (143, 0)
    assert b"Traceback" not in said
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.model
def test_who_stops_reading_is_no_error(tmp_path):
    (tmp_path / "a.txt").write_text("Turkey took delivery of the S-400. " * 5)
    actorgraph = f"{sys.executable} -m actorgraph"
    subprocess.run(
        f"{actorgraph} build a.txt -f json",
        shell=True,
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    done = subprocess.run(
        f"{actorgraph} claims --json | true",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )

    assert done.stderr == b""
