"""Give every reader and writer many inputs, and tell what escaped, hung or came out broken.

    .venv/bin/python tests/fuzz/run.py --inputs 200000 --log fuzz.log

Rounds go over all targets until the inputs are used up; each round has a seed of its own, so the
same arguments try the same inputs. What fails is kept in ``--keep`` with its input; the exit status
is 1 then.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT))

from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402
from tests.fuzz.targets import EXTRACTION, TARGETS, Target  # noqa: E402

from actorgraph.formats.language import detect_language  # noqa: E402

LONGEST = 5.0
"""Seconds of processor time after which an input counts as a hang."""
_A_ROUND = 100
"""Inputs of a round."""


class Hang(BaseException):
    """An input took too long. No `Exception`, so that nobody catches it but the driver."""


class Run:
    """Counts inputs and faults, and keeps the inputs at fault."""

    def __init__(self, keep: Path | None) -> None:
        self.inputs: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()
        self.slowest: dict[str, float] = {}
        self.faults: Counter[tuple[str, str]] = Counter()
        self._keep = keep

    def try_out(self, target: Target, value: Any) -> None:
        """Check one input."""
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, LONGEST, 1.0)  # again, where nobody could raise it
        try:
            target.check(value)
        except (Exception, Hang) as error:
            signal.setitimer(signal.ITIMER_PROF, 0)
            self._note(target, value, error)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            taken = time.process_time() - started
            self.inputs[target.name] += 1
            self.seconds[target.name] += taken
            self.slowest[target.name] = max(taken, self.slowest.get(target.name, 0.0))

    def _note(self, target: Target, value: Any, error: BaseException) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [f for f in frames if str(ROOT) in f.filename and ".venv" not in f.filename]
        place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
        fault = target.name, f"{type(error).__name__} at {place}"
        self.faults[fault] += 1
        if self.faults[fault] == 1:
            print(f"FAULT {target.name}: {fault[1]}: {str(error)[:300]!r}", flush=True)
            if self._keep:
                self._keep.mkdir(parents=True, exist_ok=True)
                data = value if isinstance(value, bytes) else repr(value).encode(errors="replace")
                name = hashlib.sha256(repr(fault).encode()).hexdigest()[:12]
                (self._keep / f"{name}.input").write_bytes(data)
                (self._keep / f"{name}.txt").write_text(
                    f"{fault}\n\n{''.join(traceback.format_exception(error))}",
                    encoding="utf-8",
                    errors="replace",
                )

    def report(self, seconds: float) -> str:
        """A line a target, and the sums."""
        lines = [f"{'target':28} {'inputs':>8} {'ms each':>8} {'slowest s':>9}"]
        for name, n in sorted(self.inputs.items()):
            each = 1000 * self.seconds[name] / n
            lines.append(f"{name:28} {n:8,} {each:8.2f} {self.slowest[name]:9.2f}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        hangs = sum(n for (_, fault), n in self.faults.items() if fault.startswith("Hang"))
        invalid = sum(n for (_, f), n in self.faults.items() if f.startswith("AssertionError"))
        lines += [f"FAULT {name}: {fault}: {n:,} times" for (name, fault), n in self.faults.items()]
        lines.append(
            f"{self.inputs.total():,} inputs in {seconds:,.0f} s, {peak:,.0f} MB at most: "
            f"{self.faults.total() - hangs - invalid:,} uncaught exceptions, "
            f"{hangs:,} hangs over {LONGEST:g} s, {invalid:,} invalid outputs"
        )
        return "\n".join(lines)


def one_round(run: Run, targets: Sequence[Target], number: int, inputs: int) -> None:
    """Give some inputs to targets that take the same ones."""

    @seed(number)
    @settings(
        max_examples=inputs,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(targets[0].inputs)
    def give(value: Any) -> None:
        nonlocal n
        n += 1
        for target in targets:
            if n % 10 < target.share:
                run.try_out(target, value)

    n = -1
    give()


def _kin(pool: Sequence[Target]) -> list[list[Target]]:
    """Targets by the inputs they share: to make a graph takes longer than to write it."""
    groups: dict[int, list[Target]] = {}
    for target in pool:
        groups.setdefault(id(target.inputs), []).append(target)
    return list(groups.values())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=20_000, help="how many, over all targets")
    parser.add_argument("--seed", type=int, default=0, help="number of the first round")
    parser.add_argument("--only", default="", help="only targets whose name holds this")
    parser.add_argument("--extract", action="store_true", help="extraction alone, with the model")
    parser.add_argument("--keep", type=Path, help="folder for inputs at fault")
    parser.add_argument("--log", type=Path, help="file for the report")
    given_ = parser.parse_args(arguments)
    faulthandler.dump_traceback_later(600, repeat=True)
    signal.signal(signal.SIGPROF, _hang)
    pool = [EXTRACTION] if given_.extract else [t for t in TARGETS if given_.only in t.name]
    detect_language("The radar was sold to Norway.")  # loads its model, which is not timed
    run, started, number = Run(given_.keep), time.perf_counter(), given_.seed
    while run.inputs.total() < given_.inputs:
        for targets in _kin(pool):
            if run.inputs.total() < given_.inputs:
                one_round(run, targets, number, _A_ROUND)
        number += 1
        print(f"{run.inputs.total():,} inputs, {run.faults.total():,} faults", flush=True)
    faulthandler.cancel_dump_traceback_later()
    report = f"{' '.join(sys.argv)}\n{run.report(time.perf_counter() - started)}"
    print(report)
    if given_.log:
        given_.log.write_text(report + "\n", encoding="utf-8")
    return 1 if run.faults else 0


def _hang(_number: int, _frame: FrameType | None) -> None:
    raise Hang


if __name__ == "__main__":
    sys.exit(main())
