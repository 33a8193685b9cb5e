"""What a second build costs beside the first, and what memory a build takes.

python benchmarks/builds.py [folder] [--documents 2000] [--memory [--model] | --workers 2]

Builds a folder (by default generated documents) in processes of their own: cold, warm (nothing
changed), with one document more, and cold again with two workers. Seconds of CPU are those of the
process and its workers; only the ratios mean anything on another machine.

With --memory: the peak memory of a whole build (read, store, resolve, count, assemble, write the
graph file) of N and of ten times N documents of two sentences, which name 25 actors again and
again, so that it is the documents that grow. Names are found by a list instead of the model, whose
memory would hide the rest; with --model, the model finds them.

With --workers W: the wall time of a cold build by one process and by W, in turns; only on a quiet
machine, and for builds of a minute and more (10,000 generated documents), does it mean anything.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from generated import write_documents
from rich import box
from rich.console import Console
from rich.table import Table

BUILD = """
import json, resource, sys, time
sources, out, workers, formats, stub = json.loads(sys.argv[1])
started = time.monotonic()
from actorgraph import pipeline
peak = []
def rss():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
if stub:
    from actorgraph.building.recipe import Recipe
    from generated import NameReader
    Recipe.extractor = lambda recipe: NameReader()
report = pipeline.run_build([sources], out, workers=workers, formats=formats, title="trial",
    on_progress=lambda p: peak.append(rss()) if p.done == p.total else None).report
own, children = (resource.getrusage(who) for who in
    (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps({"read": report.parsed, "documents": report.documents, "words": report.words,
    "wall": time.monotonic() - started, "extracted": peak[-1], "peak": rss(),
    "cpu": sum((own.ru_utime, own.ru_stime, children.ru_utime, children.ru_stime))}))
"""
FORMATS = ("json", "graphml", "gexf", "html")


def main(folder: Path | None, documents: int) -> None:
    """Time four builds and print them beside the first."""
    with TemporaryDirectory() as name:
        sources = Path(name) / "sources"
        if folder is None:
            write_documents(sources, documents)
        else:
            shutil.copytree(folder, sources)
        out = Path(name) / "out"
        table = Table(box=box.SIMPLE)
        for title in ("", "read", "CPU s", "wall s", "cold CPU / CPU", "cold wall / wall", "MB"):
            table.add_column(title, justify="right" if title else "left")
        cold = build(sources, out)
        runs = {"cold": cold, "warm": build(sources, out)}
        (sources / "one more.txt").write_text("Norway bought the NASAMS from Kongsberg.\n")
        runs["one more document"] = build(sources, out)
        (sources / "one more.txt").unlink()
        build(sources, out)
        (sources / "one more.txt").write_text("Norway bought the NASAMS from Kongsberg.\n")
        runs["one more, no exports"] = build(sources, out, formats=())
        (sources / "one more.txt").unlink()
        runs["cold, 2 workers"] = build(sources, Path(name) / "two", workers=2)
        for label, run in runs.items():
            ratios = (cold["cpu"] / run["cpu"], cold["wall"] / run["wall"])
            table.add_row(
                label,
                f"{run['read']:,}",
                *(f"{run[key]:.1f}" for key in ("cpu", "wall")),
                *(f"{ratio:.1f}" for ratio in ratios),
                f"{run['peak']:,.0f}",
            )
    Console().print(table)


def memory(documents: int, model: bool) -> None:
    """Print the peak memory for N and ten times N short documents."""
    peaks = []
    with TemporaryDirectory() as name:
        for n in (documents, 10 * documents):
            sources = write_documents(Path(name) / f"sources{n}", n, sentences=2)
            run = build(sources, Path(name) / f"out{n}", formats=(), stub=not model)
            peaks.append(run["peak"])
            print(
                f"{n:,} documents: {run['extracted']:,.0f} MB when all are read and stored, "
                f"{run['peak']:,.0f} MB with the graph; {run['cpu']:.0f} s of CPU",
                flush=True,
            )
    print(f"{peaks[1] / peaks[0]:.2f} times the memory for 10 times the documents")


def scaling(folder: Path | None, documents: int, workers: int, rounds: int = 3) -> None:
    """Print the wall time of builds by one process and by several, in turns."""
    with TemporaryDirectory() as name:
        sources = folder or write_documents(Path(name) / "sources", documents)
        walls: dict[int, list[float]] = {1: [], workers: []}
        for n in range(rounds):
            for crew in walls:
                run = build(sources, Path(name) / f"out{n}-{crew}", workers=crew, formats=())
                walls[crew].append(run["wall"])
                print(f"{crew} workers: {run['wall']:.1f} s", flush=True)
    one, several = (median(seconds) for seconds in walls.values())
    print(f"{workers} workers are {one / several:.2f} times as fast as one (median of {rounds})")
    if one < 60:
        print("Builds of less than a minute say little: take more documents.")


def build(
    sources: Path,
    out: Path,
    *,
    workers: int = 1,
    formats: tuple[str, ...] = FORMATS,
    stub: bool = False,
) -> dict[str, float]:
    """Build in a new process, and return what it took; with `stub`, without the model."""
    given = json.dumps([str(sources), str(out), workers, formats, stub])
    command = [sys.executable, "-c", BUILD, given]
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=here)  # noqa: S603
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--model", action="store_true")
    parser.add_argument("--workers", type=int)
    arguments = parser.parse_args()
    if arguments.memory:
        memory(arguments.documents, arguments.model)
    elif arguments.workers:
        scaling(arguments.folder, arguments.documents, arguments.workers)
    else:
        main(arguments.folder, arguments.documents)
