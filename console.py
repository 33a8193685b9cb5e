"""How answers, summaries and errors appear on a terminal, and answers as JSON for scripts."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .errors import ActorgraphError

if TYPE_CHECKING:
    from typing import Any

    from rich.console import RenderableType

    from .graph.answers.tables import Results
    from .graph.model import KnowledgeGraph
    from .pipeline import Report

FAILED = 1
"""Exit status of a command that could not do what was asked; wrong usage is 2."""

UNREAD = 141
"""Exit status where nobody reads the output on, as shells give it."""


@contextmanager
def explained() -> Iterator[None]:
    """Say what went wrong in one line, without a traceback, and end with status 1."""
    try:
        yield
    except ActorgraphError as error:
        print(f"actorgraph: {error}", file=sys.stderr)
        raise SystemExit(FAILED) from error
    except BrokenPipeError as error:  # as by `| head`: nobody reads on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the flush at exit
        raise SystemExit(UNREAD) from error
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        print(f"actorgraph: {error.strerror or error}:{place}", file=sys.stderr)
        raise SystemExit(FAILED) from error


def print_results(results: Results[Any], as_json: bool) -> None:
    """Print an answer as a table, or its records as JSON."""
    if as_json:
        print_json([results.record(item) for item in results])
    else:
        print(results)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def print_rich(page: RenderableType, style: str | None = None) -> None:
    """Print something with colours, where the terminal has any."""
    from rich.console import Console

    Console().print(page, style=style, markup=False, highlight=False)


def print_summary(graph: KnowledgeGraph, report: Report) -> None:
    """Print what a build read and found, where it is, and what to do next."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE, show_header=False, title=graph.title, title_justify="left")
    table.add_column(style="bold")
    table.add_column()
    table.add_row(
        "documents",
        f"{report.documents:,} ({report.parsed:,} read now, "
        f"{report.documents - report.parsed:,} known; {report.seconds:.1f} s)",
    )
    if report.copies:
        table.add_row("copies", f"{report.copies:,} repeat another document and add no evidence")
    for name, counts in _counts(graph).items():
        table.add_row(name, _counted(counts))
    table.add_row("co-mentions", f"{len(graph.comentions):,}")
    for file in report.files:
        table.add_row("wrote", str(file))
    print_rich(table)
    for problem in report.problems:
        print_rich(f"left out: {problem}", style="yellow")
    if report.capped:
        print_rich(
            f"In {report.capped:,} documents with very many names, only the most mentioned ones "
            "count as named together in the document.",
            style="yellow",
        )
    if report.registers:
        print_rich(
            f"In {report.registers:,} sentences or paragraphs with very many names, only the first "
            "ones count as named together.",
            style="yellow",
        )
    for stale in report.stale:
        print_rich(f"curation: {stale}", style="yellow")
    page = next((f for f in report.files if f.suffix == ".html"), None)
    if page is not None:
        print_rich(f"Open {page} in a browser, or ask: actorgraph show NATO -g {page.parent}")


def summary_record(graph: KnowledgeGraph, report: Report) -> dict[str, object]:
    """Return what `print_summary` prints as plain values."""
    return {
        "title": graph.title,
        "documents": report.documents,
        "read_now": report.parsed,
        "words": report.words,
        "seconds": round(report.seconds, 3),
        "copies": report.copies,
        "capped": report.capped,
        "registers": report.registers,
        "languages": dict(sorted(report.languages.items())),
        **{name: dict(sorted(counts.items())) for name, counts in _counts(graph).items()},
        "co-mentions": len(graph.comentions),
        "files": [str(file) for file in report.files],
        "left_out": [str(problem) for problem in report.problems],
        "stale": list(report.stale),
    }


def _counts(graph: KnowledgeGraph) -> dict[str, Counter[str]]:
    claims = (claim for edge in graph.edges for claim in edge.claims)
    return {
        "entities": Counter(entity.type for entity in graph.entities),
        "claims": Counter(
            "negated" if claim.polarity == "negated" else str(claim.modality) for claim in claims
        ),
        "stated relations": Counter(str(edge.status) for edge in graph.edges),
    }


def _counted(counter: Counter[str]) -> str:
    parts = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    kinds = f" ({', '.join(f'{n:,} {name}' for name, n in parts)})" if parts else ""
    return f"{counter.total():,}{kinds}"
