"""A build that is killed goes on where it stopped; benchmarks/kills.py kills a larger one."""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = [pytest.mark.model, pytest.mark.slow]

PROCESSES = Path("/proc")
BUILD = """
import sys
import actorgraph as ag
sources, out, workers = sys.argv[1:]
ag.build(sources, out, workers=int(workers), formats=["json", "gexf"], title="trial")
"""
WORDS = "In {year} Norway bought the NASAMS, and Turkey took delivery of the S-400 of Russia. "


def start(sources, out, workers=1):
    return subprocess.Popen([sys.executable, "-c", BUILD, sources, out, str(workers)])


def finished(out):
    try:
        with closing(sqlite3.connect(f"file:{out}/store.sqlite?mode=ro", uri=True)) as db:
            query = "SELECT count(*) FROM documents WHERE key NOT LIKE 'pending %'"
            return db.execute(query).fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def kill_when_more_is_finished(process, out):
    before = finished(out)
    while process.poll() is None and finished(out) <= before:
        time.sleep(0.01)
    process.kill()
    process.wait()
    return finished(out) - before


@pytest.mark.parametrize("workers", [1, 2])
def test_a_build_that_is_killed_loses_no_finished_document(workers, tmp_path):
    sources = tmp_path / "sources"
    sources.mkdir()
    for n in range(40):
        (sources / f"{n}.txt").write_text(WORDS.format(year=1980 + n) * 60, encoding="utf-8")
    for _ in range(3):
        process = start(sources, tmp_path / "killed", workers)
        assert kill_when_more_is_finished(process, tmp_path / "killed") > 0
    assert start(sources, tmp_path / "killed", workers).wait() == 0
    assert start(sources, tmp_path / "undisturbed").wait() == 0

    for name in ("graph.json", "graph.gexf", "graph.sqlite"):
        killed, undisturbed = (tmp_path / out / name for out in ("killed", "undisturbed"))
        assert killed.read_bytes() == undisturbed.read_bytes()


@pytest.mark.skipif(not PROCESSES.is_dir(), reason="there is no /proc to look at")
def test_workers_end_with_the_build_that_started_them(tmp_path):
    (tmp_path / "sources").mkdir()
    for n in range(200):
        text = WORDS.format(year=1980 + n) * 60
        (tmp_path / "sources" / f"{n}.txt").write_text(text, encoding="utf-8")
    process = start(tmp_path / "sources", tmp_path / "out", workers=2)
    while not finished(tmp_path / "out"):
        time.sleep(0.01)
    workers = children(process.pid)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 20
    while any(map(is_alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)

    assert len(workers) == 2
    assert [pid for pid in workers if is_alive(pid)] == []


def children(pid):
    return list(map(int, (PROCESSES / f"{pid}/task/{pid}/children").read_text().split()))


def is_alive(pid):
    try:
        return (PROCESSES / f"{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
