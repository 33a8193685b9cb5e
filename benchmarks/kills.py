"""Whether a build survives being killed at any moment.

python benchmarks/kills.py [--documents 2000] [--kills 30] [--workers 1]

A build of generated documents is killed (SIGKILL) at random moments and started again, until it
ends by itself. No document that was finished may be lost or read again, and every file must have
the bytes of a build that was left alone.
"""

from __future__ import annotations

import argparse
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from generated import write_documents

BUILD = """
import sys
import actorgraph as ag
ag.build(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]), title="trial")
"""


def main(documents: int, kills: int, workers: int) -> None:
    """Kill, count, compare; exit with status 1 if anything was lost."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        sources = write_documents(folder / "sources", documents)
        start(sources, folder / "undisturbed", workers).wait()
        done = 0
        chance = random.Random(1)  # noqa: S311
        for n in range(kills):
            process = start(sources, folder / "killed", workers)
            wait_for_moment(process, folder / "killed", chance, 2 * documents // kills)
            process.send_signal(signal.SIGKILL)
            process.wait()
            before, done = done, finished(folder / "killed")
            print(f"kill {n + 1}: {done:,} documents finished", flush=True)
            if done < before:
                sys.exit(f"lost {before - done} finished documents")
        start(sources, folder / "killed", workers).wait()
        expected, found = contents(folder / "undisturbed"), contents(folder / "killed")
        different = sorted(n for n in {*expected, *found} if expected.get(n) != found.get(n))
        print(f"{documents:,} documents, {kills} kills; different files: {different or 'none'}")
        sys.exit(bool(different))


def wait_for_moment(
    process: subprocess.Popen[bytes], out: Path, chance: random.Random, documents: int
) -> None:
    """Wait for a random moment: while it starts, reads, extracts, or assembles and writes."""
    if chance.random() < 0.2:
        time.sleep(chance.uniform(0, 10))
        return
    before, more = finished(out), chance.randint(1, documents)
    is_over = waiting(out) == 0 and before > 0
    while not is_over and process.poll() is None and finished(out) < before + more:
        is_over = waiting(out) == 0 and finished(out) > before
        time.sleep(0.02)
    time.sleep(chance.uniform(0, 8 if is_over else 0.05))


def start(sources: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    """Start a build in a process of its own."""
    command = [sys.executable, "-c", BUILD, sources, out, str(workers)]
    return subprocess.Popen(command)  # noqa: S603


def finished(out: Path) -> int:
    """How many documents the store has finished."""
    return count(out, "key NOT LIKE 'pending %'")


def waiting(out: Path) -> int:
    """How many documents wait to be extracted."""
    return count(out, "key LIKE 'pending %'")


def count(out: Path, condition: str) -> int:
    """How many documents are so; SQLite repairs the store when it is opened."""
    if not (out / "store.sqlite").is_file():
        return 0
    with closing(sqlite3.connect(out / "store.sqlite")) as db:
        try:
            query = f"SELECT count(*) FROM documents WHERE {condition}"  # noqa: S608
            return int(db.execute(query).fetchone()[0])
        except sqlite3.OperationalError:  # killed before its tables were there
            return 0


def contents(out: Path) -> dict[str, bytes]:
    """The bytes of every file but the store, whose rows lie in the order of their coming."""
    return {p.name: p.read_bytes() for p in out.glob("graph.*") if p.is_file()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    main(arguments.documents, arguments.kills, arguments.workers)
