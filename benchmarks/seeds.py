"""How long a build of a folder takes, and how much it finds; by default the seeds.

python benchmarks/seeds.py [folder ...]
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from actorgraph.pipeline import extract, run_build

SEEDS = Path(__file__).parents[1] / "seeds"


def main(sources: list[str]) -> None:
    """Build once with the model loaded, and print counts and speed."""
    started = time.perf_counter()
    extract("Nothing.")
    loading = time.perf_counter() - started
    graph, report = run_build(sources)

    table = Table(box=box.SIMPLE, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_row("documents", f"{report.documents:,}")
    table.add_row("words", f"{report.words:,}")
    table.add_row("loading model and lexicon", f"{loading:.2f} s")
    table.add_row("build", f"{report.seconds:.2f} s")
    table.add_row("speed", f"{report.words / report.seconds:,.0f} words/s")
    table.add_section()
    table.add_row("co-mentions", f"{len(graph.comentions):,}")
    for title, counts in {
        "entities": Counter(entity.type for entity in graph.entities),
        "stated relations": Counter(edge.relation for edge in graph.edges),
    }.items():
        table.add_section()
        table.add_row(title, f"{counts.total():,}", style="bold")
        for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            table.add_row(f"  {name}", f"{n:,}")
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:] or [str(SEEDS)])
