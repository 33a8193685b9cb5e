"""What a second build costs beside the first, and what memory a build takes.

python benchmarks/builds.py [folder] [--documents 2000] [--memory]

Builds a folder (by default generated documents) in processes of their own: cold, warm (nothing
changed), with one document more, and cold again with two workers. Seconds of CPU are those of the
process and its workers; only the ratios mean anything on another machine.

With --memory: the peak memory of reading, storing and assembling for N and for ten times N short
documents. Extraction is left out there, for its memory is that of the model.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
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
    from actorgraph.schema import Entity, Extraction, Mention
    class Stub:
        def extract(self, document, readable):
            mention = Mention(document_id=document.id, start=0, end=6, text=document.text[:6],
                              type="organization", entity_id="organization:report", sentence=0)
            entity = Entity(id="organization:report", name="Report", type="organization")
            return Extraction(document=document, mentions=(mention,), entities=(entity,))
    Recipe.extractor = lambda recipe: Stub()
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


def memory(documents: int) -> None:
    """Print the peak memory for N and ten times N short documents."""
    with TemporaryDirectory() as name:
        for n in (documents, 10 * documents):
            sources = write_documents(Path(name) / f"sources{n}", n, sentences=2)
            run = build(sources, Path(name) / f"out{n}", formats=(), stub=True)
            print(
                f"{n:,} documents: {run['extracted']:,.0f} MB when all are read and stored, "
                f"{run['peak']:,.0f} MB with the graph; {run['cpu']:.0f} s of CPU",
                flush=True,
            )


def build(
    sources: Path,
    out: Path,
    *,
    workers: int = 1,
    formats: tuple[str, ...] = FORMATS,
    stub: bool = False,
) -> dict[str, float]:
    """Build in a new process, and return what it took."""
    given = json.dumps([str(sources), str(out), workers, formats, stub])
    command = [sys.executable, "-c", BUILD, given]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--memory", action="store_true")
    arguments = parser.parse_args()
    if arguments.memory:
        memory(arguments.documents)
    else:
        main(arguments.folder, arguments.documents)
