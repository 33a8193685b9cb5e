"""Break what the program stands on, some times each, and tell what became of the documents.

    make faults

Every trial begins with a folder that holds the finished build of some documents, adds more of them,
and builds again while a fault strikes. What counts as lost: a file of the folder that is neither
the old one nor the new one in whole; and a document that is missing once the fault is gone and the
build has run again. The model is loaded once and every build runs in a child process.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from actorgraph.errors import ActorgraphError
from actorgraph.pipeline import extract, load, run_build

_SENTENCES = (
    "Turkey took delivery of the S-400 in July.",
    "Russia supplied the S-400 to Turkey, officials in Ankara said.",
    "NATO does not operate the S-400.",
    "Germany is a member of NATO and buys the Arrow 3 from Israel.",
    "The United States may sanction Turkey over the purchase.",
)
_FEW, _ALL = 4, 12
NOBODY = 65534
_WRONG = ("ESCAPED", "FAILED", "MISSED")
"""Words of what must not happen: no such error, no such answer, no fault that struck nothing."""


def write_documents(folder: Path, count: int) -> None:
    """Write some documents, each another one."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        lines = [_SENTENCES[(number + n) % len(_SENTENCES)] for n in range(4)] * (1 + number % 3)
        text = f"Report {number}\n\n{' '.join(lines)}\n"
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")


class Trial(NamedTuple):
    """A folder with documents and the build of some of them."""

    place: Path
    random: random.Random
    seconds: float = 0.0
    """Processor time of the build where nothing strikes."""

    @property
    def source(self) -> Path:
        """The documents."""
        return self.place / "in"

    @property
    def out(self) -> Path:
        """What was built."""
        return self.place / "out"


Fault = Callable[[Trial], str]
"""Lets a fault strike a build, and tells what happened."""


def build(trial: Trial, *, workers: int = 1) -> None:
    """Build as the command does: one line and status 1 where it cannot, 128 + n on a signal."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which `&` in a shell ignores
    try:
        run_build([trial.source], trial.out, formats=("json", "graphml"), workers=workers)
    except ActorgraphError as error:
        print(type(error).__name__, file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(f"OSError: {error.strerror}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def child(work: Callable[[], None]) -> int:
    """Run work in a child process that has the model already; return the number of the process."""
    number = os.fork()
    if number:
        return number
    status = 70
    try:
        with contextlib.redirect_stderr(io.StringIO()) as said:
            work()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException as error:
        (Path(tempfile.gettempdir()) / "fault-escaped.txt").write_text(repr(error))
        status = 71
    finally:
        _ = said
        os._exit(status)


def ended(number: int) -> str:
    """How a child process ended, in words."""
    _, status = os.waitpid(number, 0)
    if os.WIFSIGNALED(status):
        return f"killed by {signal.Signals(os.WTERMSIG(status)).name}"
    code = os.WEXITSTATUS(status)
    words = {0: "built", 1: "refused with the reason", 71: "ESCAPED"}
    return words.get(code, f"ended with status {code}")


def is_running(number: int) -> bool:
    """Whether a child process has not yet ended, though it waits to be asked how."""
    return _state(number)[0] != "Z"


def processor_time(number: int) -> float:
    """Seconds that a child process has worked, which other processes do not lengthen."""
    user, system = _state(number)[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _state(number: int) -> list[str]:
    """What the system tells of a process, from its state on; see proc_pid_stat(5)."""
    return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()


# The faults


def disk_full(trial: Trial) -> str:
    """No file may grow beyond some bytes, as on a full disk."""
    most = trial.random.choice((0, 1_000, 4_096, 20_000, 60_000))

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        build(trial)

    return ended(child(work))


def small_disk(trial: Trial) -> str:
    """The folder lies on a disk that is full before the build is done."""
    kept = trial.place / "kept"
    shutil.copytree(trial.out, kept)
    used = sum(-(-file.stat().st_size // 4096) * 4 for file in kept.rglob("*"))
    size = used + trial.random.choice((8, 24, 64, 120))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(trial.out)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        return "not tried: no disk can be mounted here"
    try:
        shutil.copytree(kept, trial.out, dirs_exist_ok=True)
        told = ended(child(lambda: build(trial)))
        after = trial.place / "after"
        shutil.copytree(trial.out, after, dirs_exist_ok=True)
    finally:
        subprocess.run(["umount", str(trial.out)], check=True)
    shutil.rmtree(trial.out)
    after.rename(trial.out)
    return told


def no_permission(trial: Trial) -> str:
    """The folder belongs to somebody else."""

    def work() -> None:
        os.setuid(NOBODY)
        build(trial)

    if os.getuid():
        return "not tried: needs root"
    for path in (trial.place, trial.source, *trial.source.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return ended(child(work))


def read_only(trial: Trial) -> str:
    """The folder is on a disk that is mounted to be read only."""
    bound = subprocess.run(
        ["mount", "--bind", str(trial.out), str(trial.out)], capture_output=True, check=False
    )
    if bound.returncode:
        return "not tried: nothing can be mounted here"
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(trial.out)], check=True)
        return ended(child(lambda: build(trial)))
    finally:
        subprocess.run(["umount", str(trial.out)], check=True)


def _signalled(which: signal.Signals) -> Fault:
    def fault(trial: Trial) -> str:
        moment = trial.random.uniform(0.0, 0.8) * trial.seconds
        number = child(lambda: build(trial))
        while is_running(number) and processor_time(number) < moment:
            time.sleep(0.001)
        os.kill(number, which)  # it was not waited for, so nothing else has its number
        told = ended(number)
        return f"{told}, MISSED" if told == "built" else told

    fault.__doc__ = f"{which.name} at any moment of the first four fifths of the build."
    return fault


def worker_killed(trial: Trial) -> str:
    """One of two processes that read is killed, as where memory runs out."""
    for file in sorted(trial.source.iterdir())[_FEW:]:
        file.write_text(file.read_text(encoding="utf-8") * 20, encoding="utf-8")
    endings = trial.place / "endings"
    endings.touch()

    def work() -> None:
        with patch.object(os, "waitpid", _told_to(endings)):
            build(trial, workers=2)

    number = child(work)
    listed = Path(f"/proc/{number}/task/{number}/children")
    until, struck = time.monotonic() + 60, 0
    while not struck and time.monotonic() < until:
        with contextlib.suppress(OSError):
            if len(workers := listed.read_text().split()) == 2:
                time.sleep(trial.random.uniform(0, 0.5))
                struck = int(trial.random.choice(workers))
                with contextlib.suppress(ProcessLookupError):
                    os.kill(struck, signal.SIGKILL)
        time.sleep(0.002)
    told = ended(number)
    status = dict(tuple(map(int, line.split())) for line in endings.read_text().splitlines())
    if os.waitstatus_to_exitcode(status.get(struck, 0)) != -signal.SIGKILL:
        return f"{told}, MISSED"
    again = len(status) > 2
    return f"{told}, a worker killed by SIGKILL{' and others started' if again else ''}"


def _told_to(endings: Path) -> Callable[[int, int], tuple[int, int]]:
    """What waits for a process, and keeps its number and how it ended."""
    waitpid = os.waitpid

    def wait(number: int, options: int) -> tuple[int, int]:
        found, status = waitpid(number, options)
        if found:
            with endings.open("a") as stream:
                stream.write(f"{found} {status}\n")
        return found, status

    return wait


def write_interrupted(trial: Trial) -> str:
    """The process is killed when a file is written beside its place, and not yet renamed."""
    files = iter(range(trial.random.randrange(3)))
    renamed = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if next(files, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return renamed(path, target)

    def work() -> None:
        with patch.object(Path, "replace", replace):
            build(trial)

    return ended(child(work))


def store_corrupt(trial: Trial) -> str:
    """Bytes of the store are overwritten."""
    store = trial.out / "store.sqlite"
    data = bytearray(store.read_bytes())
    for _ in range(trial.random.choice((1, 20, 400))):
        data[trial.random.randrange(len(data))] = trial.random.randrange(256)
    if trial.random.random() < 0.3:
        data = data[: trial.random.randrange(len(data))]
    store.write_bytes(data)
    told = ended(child(lambda: build(trial)))
    if told != "built":
        for file in trial.out.glob("store.sqlite*"):
            file.unlink()
    return told


def store_busy(trial: Trial) -> str:
    """Another program holds the store for a while."""
    other = sqlite3.connect(trial.out / "store.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    number = child(lambda: build(trial))
    time.sleep(trial.random.uniform(0.2, 1.0))
    other.execute("ROLLBACK")
    other.close()
    return ended(number)


def clock_jumps(trial: Trial) -> str:
    """The clock is set back and forward while the build runs."""
    jumps = trial.random

    def work() -> None:
        with patch("time.time", lambda: jumps.uniform(-1e9, 4e9)):
            build(trial)

    return ended(child(work))


def _command(trial: Trial, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(
        [sys.executable, "-m", "actorgraph", *arguments, "--graph", str(trial.out)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=kept,
        check=False,
    )


def bare_environment(trial: Trial) -> str:
    """No home folder, locale C, a terminal that can do nothing."""
    done = _command(trial, "show", "S-400", LC_ALL="C", TERM="dumb", NO_COLOR="1", HOME="/nowhere")
    plain = "\x1b" not in done.stdout and "Traceback" not in done.stderr
    return "answered" if done.returncode == 0 and plain else f"FAILED: {done.stderr[-200:]}"


def broken_pipe(trial: Trial) -> str:
    """Who reads the output stops after a line, as ``| head -1`` does."""
    shell = f"{sys.executable} -m actorgraph claims --graph {trial.out} | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", shell], capture_output=True, text=True, check=False
    )
    quiet = not done.stderr
    return f"ended quietly, status {done.returncode}" if quiet else f"FAILED: {done.stderr[-200:]}"


FAULTS: dict[str, Fault] = {
    "files may not grow (RLIMIT_FSIZE)": disk_full,
    "disk full": small_disk,
    "folder of another user": no_permission,
    "disk read-only": read_only,
    "SIGKILL": _signalled(signal.SIGKILL),
    "SIGTERM": _signalled(signal.SIGTERM),
    "SIGINT": _signalled(signal.SIGINT),
    "write interrupted": write_interrupted,
    "worker killed": worker_killed,
    "store corrupt": store_corrupt,
    "store busy": store_busy,
    "clock jumps": clock_jumps,
    "no home, locale C, TERM=dumb": bare_environment,
    "broken pipe": broken_pipe,
}


def whole(path: Path) -> bool:
    """Whether an exported file is there in whole."""
    try:
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".sqlite":
            with contextlib.closing(sqlite3.connect(path)) as database:
                return database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        else:
            load(path)
    except (ActorgraphError, ValueError, sqlite3.DatabaseError):
        return False
    return True


def is_partial(path: Path) -> bool:
    """Whether a file is one that is written beside its place."""
    return path.name.endswith((".tmp", ".partial"))


def undisturbed(finished: Path) -> float:
    """Build where nothing strikes; return how many seconds of processor time it took."""
    with tempfile.TemporaryDirectory(prefix="fault-") as name:
        trial = Trial(Path(name), random.Random(0))
        shutil.copytree(finished, trial.place, dirs_exist_ok=True)
        write_documents(trial.source, _ALL)
        number = child(lambda: build(trial))
        while is_running(number):
            time.sleep(0.001)
        seconds = processor_time(number)
        assert ended(number) == "built"
        return seconds


def one_trial(name: str, number: int, finished: Path, seconds: float) -> tuple[str, list[str]]:
    """Let one fault strike; return what happened and what was lost."""
    place = Path(tempfile.mkdtemp(prefix="fault-"))
    try:
        shutil.copytree(finished, place, dirs_exist_ok=True)
        trial = Trial(place, random.Random(f"{name} {number}"), seconds)
        write_documents(trial.source, _ALL)
        told = FAULTS[name](trial)
        lost = [str(f.name) for f in trial.out.glob("graph.*") if not whole(f)]
        left = [f.name for f in trial.out.iterdir() if is_partial(f)]
        if left and "SIGKILL" in told:  # nobody was left to take it away
            told += ", and left a file beside"
        elif left:
            lost.append(f"left behind: {left}")
        after = ended(child(lambda: build(trial)))
        lost += [f"left for good: {f.name}" for f in trial.out.iterdir() if is_partial(f)]
        documents = len(load(trial.out).documents) if after == "built" else 0
        if documents != _ALL:
            lost.append(f"{_ALL - documents} documents ({after})")
        return told, lost
    finally:
        shutil.rmtree(place, ignore_errors=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the status is 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=20, help="how often each fault strikes")
    parser.add_argument("--only", default="", help="only faults whose name holds this")
    given = parser.parse_args(arguments)
    extract("Turkey took delivery of the S-400.")  # loads the model, for all children
    failed = False
    with tempfile.TemporaryDirectory(prefix="fault-") as name:
        finished = Path(name)
        write_documents(finished / "in", _FEW)
        ready = ended(child(lambda: build(Trial(finished, random.Random(0)))))
        assert ready == "built", ready
        seconds = min(undisturbed(finished) for _ in range(3))  # the machine has other work too
        print("| fault | times | what happened | lost |\n|---|---|---|---|")
        for fault in FAULTS:
            if given.only not in fault:
                continue
            trials = [one_trial(fault, n, finished, seconds) for n in range(given.times)]
            told = Counter(words for words, _ in trials)
            lost = [words for _, some in trials for words in some]
            seen = "; ".join(f"{words} ({n})" for words, n in sorted(told.items()))
            print(f"| {fault} | {given.times} | {seen} | {'; '.join(lost) or 0} |", flush=True)
            failed = failed or bool(lost) or any(word in seen for word in _WRONG)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
