"""The one place that joins the rooms: documents in, a knowledge graph and its files out.

.. code-block:: text

    sources ─ ingest ─► Document ─ extract ─► Extraction ─► store
    store ─ assemble ─► KnowledgeGraph ─ export ─► files

Extraction is per document and kept in the store under a key of the document, the code, the lexicon
and the model: building again parses only what is new. Everything after it is over the whole corpus,
and is done again only if the store, the decisions or the code have changed.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .building.engines import ENGINES, extract_here, extract_in_processes, extract_on_dask
from .building.opening import (
    STORE,
    assemble_file,
    assemble_graph,
    dump_relations,
    find_curator,
    graph_from_file,
    graph_key,
    load,
    read_decisions,
    register_writers,
    usable,
)
from .building.reading import Reading
from .building.recipe import OwnNames, Recipe, __version__, code_hash
from .errors import ActorgraphError, ExportError, NothingToRead, UnreadableSource
from .progress import OnProgress, Progress, shown_on_terminal
from .schema import Document, Extraction

if TYPE_CHECKING:
    from .formats.fetch import Fetcher
    from .graph.curation import Curation
    from .graph.model import KnowledgeGraph
    from .graph.storage.rows import Findings
    from .graph.store import Store

__all__ = [
    "FORMATS",
    "STORE",
    "Built",
    "Progress",
    "Report",
    "__version__",
    "build",
    "extract",
    "find_curator",
    "load",
    "register_writers",
    "run_build",
]

FORMATS = ("html", "graphml", "gexf", "json")
FETCHED = ".fetched"
"""Folder, beside the store, of what was downloaded."""
MAX_BYTES = 20_000_000
"""A larger file is most likely no single document; about 3 million words."""

Source = str | Path | Document

_EXPORTERS = ("jinja2", "markupsafe", "pyvis")
"""Libraries that the bytes of exports depend on, beside those of the graph."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Report:
    """What a build did."""

    documents: int = 0
    parsed: int = 0
    words: int = 0
    seconds: float = 0.0
    problems: list[UnreadableSource] = field(default_factory=list)
    languages: dict[str, int] = field(default_factory=dict)
    """Documents that were left out, by language: there is no pipeline for it."""
    copies: int = 0
    """Documents that repeat another one, and count with it as one source."""
    capped: int = 0
    """Documents with so many entities that only the most mentioned ones met in them."""
    registers: int = 0
    """Sentences and paragraphs with so many entities that only the first ones met in them."""
    stale: tuple[str, ...] = ()
    """Curation decisions that fit nothing in these documents."""
    files: list[Path] = field(default_factory=list)


class Built(NamedTuple):
    """A graph and the report of its build."""

    graph: KnowledgeGraph
    report: Report


def build(
    sources: Source | Iterable[Source],
    out: str | Path | None = None,
    *,
    formats: Sequence[str] = FORMATS,
    workers: int = 1,
    engine: str = "local",
    scheduler: str | None = None,
    lexicon: OwnNames | Sequence[OwnNames] = (),
    curation: str | Path | None = None,
    title: str | None = None,
    max_bytes: int = MAX_BYTES,
    columns: Mapping[str, str] | None = None,
    page_columns: bool = False,
    fetch: bool = False,
    allow_private: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
) -> KnowledgeGraph:
    """Read documents and build one knowledge graph from them.

    Args:
        sources: Files, folders, globs, ``-`` for standard input, addresses, or `Document` objects;
            see docs/formats.md for the kinds of file.
        out: Folder for the store and the exports; without it nothing is written.
        formats: Which of html, graphml, gexf and json to write to `out`.
        workers: Processes that extract; the result does not depend on their number.
        engine: Where extraction runs: ``local``, or ``dask`` for many machines (extra ``dask``).
        scheduler: Address of the Dask scheduler, such as ``tcp://10.0.0.1:8786``; without it a
            cluster of `workers` is started that only this machine can reach.
        lexicon: Further names and relations of your own: files of names (CSV or YAML) and of
            relations (TOML), and names as `Entity` objects or dictionaries such as
            ``{"name": "Bundle Shield", "type": "system", "aliases": ["BSH"]}``; one or several.
        curation: Your decisions; by default ``curation.yaml`` in `out`, if there is one. What you
            decide on the graph later is added to it.
        title: Name of the graph; by default that of the first source.
        max_bytes: Larger documents are reported and not read.
        columns: Which column of a table holds a field of its documents, where the name does not
            tell: ``{"text": "body", "date": "day"}``.
        page_columns: Read the columns of PDF pages one after the other.
        fetch: Download the addresses among the sources, politely, and keep what they hold in `out`.
        allow_private: Also download from this machine and its local network.
        on_progress: Called after every document; by default a progress bar is shown on a terminal.

    Raises:
        NothingToRead: No source holds a readable document.
        CurationError: Two of your decisions contradict each other.

    Example:
        >>> import actorgraph as ag
        >>> kg = ag.build("seeds/", out="out/")  # doctest: +SKIP
    """
    with shown_on_terminal(on_progress) as report_progress:
        return run_build(
            sources,
            out,
            formats=formats,
            workers=workers,
            engine=engine,
            scheduler=scheduler,
            lexicon=lexicon,
            curation=curation,
            title=title,
            max_bytes=max_bytes,
            columns=columns,
            page_columns=page_columns,
            fetch=fetch,
            allow_private=allow_private,
            on_progress=report_progress,
        ).graph


def run_build(
    sources: Source | Iterable[Source],
    out: str | Path | None = None,
    *,
    formats: Sequence[str] = FORMATS,
    workers: int = 1,
    engine: str = "local",
    scheduler: str | None = None,
    lexicon: OwnNames | Sequence[OwnNames] = (),
    curation: str | Path | None = None,
    title: str | None = None,
    max_bytes: int = MAX_BYTES,
    columns: Mapping[str, str] | None = None,
    page_columns: bool = False,
    fetch: bool = False,
    allow_private: bool = False,
    on_progress: OnProgress | None = None,
) -> Built:
    """Like `build`, with a report of what was done. See there for the arguments."""
    from .ingest import read_documents

    _check_formats(formats)
    _check_engine(engine, scheduler)
    started = time.monotonic()
    report = Report()
    named = [sources] if isinstance(sources, str | Path | Document) else list(sources)
    folder = None if out is None else Path(out)
    reading = partial(
        read_documents,
        named,
        max_bytes=max_bytes,
        columns=columns,
        page_columns=page_columns,
        fetcher=_fetcher(folder, allow_private) if fetch else None,
    )
    recipe = Recipe.of(lexicon)
    decisions = read_decisions(curation, folder)
    progress = on_progress or (lambda progress: None)
    with _store(folder) as store:
        with store.intake() as intake:
            taking = Reading(
                intake,
                recipe,
                options=(max_bytes, sorted((columns or {}).items()), page_columns),
                on_document=lambda n: progress(Progress("Reading", n, 0, 0, new=False)),
            )
            taking.read(reading, list(map(str, named)))
        report.problems, report.languages = taking.problems, taking.languages
        work = _work(engine, scheduler, workers, report)
        _extract_pending(store, work, recipe, report, progress)
        store.record_run(_run(recipe, title or _title(named), folder, curation))
        report.documents = len(store)
        graph = _graph(store, decisions, formats, report)
    report.copies = int(graph.provenance.get("copies", 0))
    report.capped = int(graph.provenance.get("comention_documents_cut", 0))
    report.registers = int(graph.provenance.get("comention_windows_cut", 0))
    report.stale = tuple(graph.stale)
    report.seconds = time.monotonic() - started
    return Built(graph, report)


def extract(
    text: str,
    *,
    title: str | None = None,
    date: str | None = None,
    lexicon: OwnNames | Sequence[OwnNames] = (),
) -> Extraction:
    """Find the mentions, entities and claims of one text.

    Args:
        text: The text; offsets of the result count its characters.
        title: Title of the document, if it has one.
        date: Date of the document, as precise as known: ``2021``, ``2021-02``, ``2021-02-03``.
        lexicon: Further names and relations of your own: files of names (CSV or YAML) and of
            relations (TOML), and names as `Entity` objects or dictionaries such as
            ``{"name": "Bundle Shield", "type": "system", "aliases": ["BSH"]}``; one or several.

    Example:
        >>> import actorgraph as ag
        >>> found = ag.extract("Turkey took delivery of the S-400.")
        >>> [(c.subject_id, c.relation, c.object_id) for c in found.claims]
        [('country:tr', 'acquires', 'system:s-400')]
    """
    from .ingest import read_text, readable

    document = read_text(text, title=title, date=date)
    return Recipe.of(lexicon).extractor().extract(document, readable)


def _run(
    recipe: Recipe, title: str, folder: Path | None, curation: str | Path | None
) -> dict[str, str]:
    """What is noted of a build, for a graph to be made again from its store alone."""
    run = {
        **recipe.provenance,
        "title": title,
        "relations": dump_relations(recipe.relations),
    }
    if folder is not None and curation is not None:
        run["curation"] = os.path.relpath(curation, folder)
    return run


@contextmanager
def _store(folder: Path | None) -> Iterator[Store]:
    """The store of a folder, which no other build can write to meanwhile."""
    from .graph.storage.lock import build_lock
    from .graph.store import Store

    if folder is None:
        with Store(":memory:") as store:
            yield store
        return
    path = folder / STORE
    with usable(folder):
        is_new = not path.exists()
        folder.mkdir(parents=True, exist_ok=True)
    waiting = partial(_log.warning, "Another build writes to %s; waiting for it to end.", folder)
    try:
        with build_lock(path, waiting), Store.renewed(path) as store:
            yield store
    except NothingToRead:
        if is_new:
            _clear(path)
        raise


def _clear(store: Path) -> None:
    """Remove a store without documents, and its folder if nothing else is in it."""
    from .graph.storage.lock import lock_file

    for path in (store, lock_file(store)):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        store.parent.rmdir()


Extract = Callable[[Iterable[Document], Recipe], Iterator["list[Findings]"]]


def _work(engine: str, scheduler: str | None, workers: int, report: Report) -> Extract:
    """What extracts from documents: here, in processes or on a cluster."""

    def lose(document: Document) -> None:
        reason = "ended the process that read it, twice; it may need more memory than there is"
        report.problems.append(UnreadableSource(document.label, reason))

    if engine == "dask":
        return partial(extract_on_dask, workers=workers, on_lost=lose, scheduler=scheduler)
    if workers > 1:
        return partial(extract_in_processes, workers=workers, on_lost=lose)
    return extract_here


def _extract_pending(
    store: Store, extract: Extract, recipe: Recipe, report: Report, progress: OnProgress
) -> None:
    """Extract from the documents of the store that wait for it, keeping each as it is finished."""
    pending = store.pending()
    done = len(store)
    total = done + len(pending)
    progress(Progress("Extracting", done, total, 0, new=False))
    if not pending:
        return
    for batch in extract(pending, recipe):
        for findings in batch:
            store.finish(findings)
            report.parsed += 1
            report.words += findings.words
            n = done + report.parsed
            progress(Progress("Extracting", n, total, report.words, new=True))


def _graph(
    store: Store, decisions: Curation | None, formats: Sequence[str], report: Report
) -> KnowledgeGraph:
    """The graph of the store, and its files beside it; what is up to date is left alone."""
    if store.in_memory:
        return assemble_graph(store, decisions)
    key = graph_key(store, decisions)
    graph = graph_from_file(store, key)
    if graph is None:
        graph = assemble_file(store, decisions, key)
    made_from = f"{key} {code_hash('export', libraries=_EXPORTERS)}"
    for suffix in formats:
        path = store.path.with_name(f"graph.{suffix}")
        if store.output(path.name) == (made_from, _stamp(path)):
            report.files.append(path)
        else:
            report.files.append(graph.write(path))
            store.record_output(path.name, made_from, _stamp(path))
    return graph


def _stamp(path: Path) -> str:
    """Tells whether a file was touched since it was written; nothing else writes to it."""
    if not path.is_file():
        return "none"
    status = path.stat()
    return f"{status.st_size} {status.st_mtime_ns}"


def _check_engine(engine: str, scheduler: str | None) -> None:
    if engine not in ENGINES:
        raise ActorgraphError(f"Unknown engine {engine!r}. Known engines: {', '.join(ENGINES)}.")
    if scheduler is not None and engine != "dask":
        raise ActorgraphError("A scheduler is for engine='dask' (--engine dask).")


def _check_formats(formats: Sequence[str]) -> None:
    from .export.formats import WRITERS

    known = [suffix.removeprefix(".") for suffix in WRITERS]
    unknown = sorted(set(formats) - set(known))
    if unknown:
        raise ExportError(f"Unknown format {', '.join(unknown)}. Known: {', '.join(known)}.")


def _fetcher(folder: Path | None, allow_private: bool) -> Fetcher:
    from .formats.fetch import Fetcher

    return Fetcher(folder and folder / FETCHED, allow_private=allow_private)


def _title(sources: Sequence[Source]) -> str:
    """A name for the graph: that of the first folder or file."""
    first = sources[0]
    return first.label if isinstance(first, Document) else Path(first).resolve().stem
