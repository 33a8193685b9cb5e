"""The commonest faults once each; ``make faults`` lets all of them strike twenty times."""

import os
import signal
import subprocess
import sys
import time

import pytest

from actorgraph.errors import ActorgraphError
from actorgraph.export.formats import WRITERS

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
