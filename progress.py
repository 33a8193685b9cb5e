"""The progress bar of a build: documents, words a second, time left."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple


class Progress(NamedTuple):
    """How far a build has come; handed to `on_progress` after every document."""

    stage: str
    done: int
    total: int
    """Documents in all; 0 while they are still being read."""
    words: int
    """Words extracted so far."""
    new: bool
    """Whether the document was parsed now, or taken from the store."""


OnProgress = Callable[[Progress], None]


@contextmanager
def shown_on_terminal(on_progress: OnProgress | None = None) -> Iterator[OnProgress | None]:
    """Yield what to call after each document: the caller's own function, or a bar on a terminal."""
    if on_progress is not None or not sys.stderr.isatty():
        yield on_progress
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        SpinnerColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar

    bar = Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("Reading", total=None, rate="")

        def show(progress: Progress) -> None:
            elapsed = bar.tasks[task].elapsed or 0
            rate = f"{progress.words / elapsed:,.0f} words/s" if progress.words and elapsed else ""
            bar.update(
                task,
                description=progress.stage,
                completed=progress.done,
                total=progress.total or None,
                rate=rate,
            )

        yield show
