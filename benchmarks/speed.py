"""How fast extraction is beside spaCy's own pipeline, and whether it annotates alike.

python benchmarks/speed.py [folder] [--documents N]

Reads N documents of a folder (by default the seeds) and times, slice by slice in one process:

- stock: spaCy's full medium pipeline over the passages of the documents,
- used: the same without the parts that extraction has no use for,
- fast: what extraction runs,
- build: everything - reading, extraction, the store, resolution, the graph; without its page.

CPU seconds on one thread; only the ratios mean anything on another machine. Every tag, head, label
and entity of *fast* is compared with *used*.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import spacy
from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table
from threadpoolctl import threadpool_limits

from actorgraph.extract.language import load_nlp, load_stock, model_path
from actorgraph.extract.parsing.inference import annotation, parse
from actorgraph.ingest import read_documents, readable
from actorgraph.pipeline import extract, run_build

SEEDS = Path(__file__).parents[1] / "seeds"
SLICE = 60  # documents


def main(folder: Path, documents: int) -> None:
    """Time all four over the same documents, and print words per CPU second and the ratios."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".txt"))[:documents]
    seconds: Counter[str] = Counter()
    words = passages = different = 0
    stock, used, fast = spacy.load(model_path()), load_stock(), load_nlp()
    extract("Norway bought NASAMS.")  # loads lexicon and model
    slices = [files[i : i + SLICE] for i in range(0, len(files), SLICE)]
    for part in track(slices, console=Console(stderr=True), description="Timing"):
        texts = [[readable(d, p) for p in d.passages] for d in read_documents(part)]
        words += sum(len(passage.split()) for text in texts for passage in text)
        with timed(seconds, "stock"):
            for text in texts:
                list(stock.pipe(text, batch_size=256))
        with timed(seconds, "used"):
            expected = [list(used.pipe(text, batch_size=256)) for text in texts]
        with timed(seconds, "fast"):
            found = [parse(fast, text) for text in texts]
        for a, b in zip(expected, found, strict=True):
            passages += len(a)
            different += sum(annotation(x) != annotation(y) for x, y in zip(a, b, strict=True))
        with timed(seconds, "build"), TemporaryDirectory() as out:
            run_build(part, out, formats=())

    table = Table(box=box.SIMPLE)
    for title in ("", "words per CPU second", "beside stock"):
        table.add_column(title, justify="right" if title else "left")
    for name in ("stock", "used", "fast", "build"):
        speed, ratio = words / seconds[name], seconds["stock"] / seconds[name]
        table.add_row(name, f"{speed:,.0f}", f"{ratio:.2f}")
    console = Console()
    console.print(table)
    console.print(
        f"{len(files):,} documents, {words:,} words; "
        f"annotated differently: {different:,} of {passages:,} passages"
    )
    if different:
        raise SystemExit(1)


@contextmanager
def timed(seconds: Counter[str], name: str) -> Iterator[None]:
    """Add the CPU time of a block to the seconds of a name."""
    started = time.process_time()
    yield
    seconds[name] += time.process_time() - started


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SEEDS)
    parser.add_argument("--documents", type=int, default=10_000)
    arguments = parser.parse_args()
    with threadpool_limits(limits=1, user_api="blas"):
        main(arguments.folder, arguments.documents)
