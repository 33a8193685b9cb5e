"""A heavy load, to its end: so many megabytes of text from the paragraphs of a folder, mixed anew.

python benchmarks/load.py FOLDER [--megabytes 200] [--work DIR]

Every document has as many paragraphs as one of the folder, drawn from all of them, so that no two
are copies and names keep their company. With --work, sources and store stay there, and a load that
was broken off goes on when the same line is run again; 200 MB take hours. Prints documents, words,
CPU time and the peak memory of the process.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from tempfile import TemporaryDirectory

from builds import build

SUFFIXES = (".md", ".txt")


def mix(folder: Path, target: Path, megabytes: float) -> None:
    """Write documents until they hold so many megabytes; the same folder gives the same ones."""
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES)
    texts = [path.read_text("utf-8") for path in files]
    paragraphs = [text.strip().split("\n\n") for text in texts]
    all_of_them = [paragraph for text in paragraphs for paragraph in text]
    chance, left, number = random.Random(1), megabytes * 1e6, 0  # noqa: S311
    while left > 0:
        text = "\n\n".join(chance.choices(all_of_them, k=len(chance.choice(paragraphs))))
        path = target / f"{number // 1000:04}" / f"{number:07}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# Report {number}\n\n{text}\n", encoding="utf-8")
        left -= path.stat().st_size
        number += 1


def main(folder: Path, megabytes: float, work: Path) -> None:
    """Write the documents, unless they are there, and build."""
    sources = work / "sources"
    if not sources.exists():
        mix(folder, sources, megabytes)
    run = build(sources, work / "out", formats=())
    print(
        f"{run['documents']:,} documents, {run['words']:,} words read now, {run['cpu']:,.0f} s of "
        f"CPU, {run['extracted']:,.0f} MB when all are read, {run['peak']:,.0f} MB with the graph"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--work", type=Path)
    arguments = parser.parse_args()
    if arguments.work:
        main(arguments.folder, arguments.megabytes, arguments.work)
    else:
        with TemporaryDirectory() as name:
            main(arguments.folder, arguments.megabytes, Path(name))
