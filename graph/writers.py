"""Which function writes a graph to a file of which kind.

The rooms of the house do not import one another, so the graph does not know the exports. Whoever
joins them registers each writer here once, and `KnowledgeGraph.write` finds it by suffix.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..errors import ExportError
from ..schema import GraphView

Writer = Callable[[GraphView, Path], None]

_WRITERS: dict[str, Writer] = {}


def register_writer(suffix: str, write: Writer) -> None:
    """Let graphs be written to files of a kind; a later writer replaces an earlier one.

    Args:
        suffix: The end of the file name, with its point: ``.graphml``, ``.nodes.csv``.
        write: Called with the graph and the path.
    """
    _WRITERS[suffix.lower()] = write


def write_graph(graph: GraphView, path: str | Path, suffix: str | None = None) -> Path:
    """Write a graph in the format its suffix names, and return the path.

    Args:
        graph: The graph.
        path: A file, or the folder for formats of several files.
        suffix: The format, whatever the file is called: ``obsidian``, ``.ftm.json``.

    Raises:
        ExportError: If no writer is registered for the suffix.
    """
    path = Path(path)
    name = path.name if suffix is None else f".{suffix.removeprefix('.')}"
    fitting = [known for known in _WRITERS if name.lower().endswith(known)]
    if not fitting:
        known = ", ".join(sorted(_WRITERS)) or "none: import actorgraph first"
        raise ExportError(f"Cannot tell the format of {name!r}. Known suffixes: {known}.")
    _WRITERS[max(fitting, key=len)](graph, path)
    return path


def write_as(graph: GraphView, suffix: str, path: str | Path) -> Path:
    """Write a graph in one format, whatever the file is called, and return the path.

    Raises:
        ExportError: If no writer is registered for the suffix.
    """
    if suffix not in _WRITERS:
        raise ExportError(f"No writer for {suffix} is registered: import actorgraph first.")
    path = Path(path)
    _WRITERS[suffix](graph, path)
    return path
