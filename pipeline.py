"""The one place that joins the rooms: documents in, a knowledge graph and its files out.

.. code-block:: text

    sources ─ ingest ─► Document ─ extract ─► Extraction ─► store
    store ─ assemble ─► KnowledgeGraph ─ export ─► files

Extraction is per document and cached in the store under a key of its text, the code, the lexicon
and the model: building again parses only what is new. Everything after it is over the whole corpus
and runs at every build.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import ExportError, LexiconError, NothingToRead, StoreError, UnreadableSource
from .schema import Document, Entity, Extraction, RelationType

if TYPE_CHECKING:
    from .extract.extractor import Extractor
    from .extract.name_files import NameRow
    from .formats.fetch import Fetcher
    from .graph.curation import Curation
    from .graph.curator import Curator
    from .graph.model import KnowledgeGraph
    from .graph.store import Store

    _Extras = tuple[Path | NameRow, ...]

__version__ = "0.1.0"

FORMATS = ("html", "graphml", "gexf", "json")
STORE = "store.sqlite"
CURATION = "curation.yaml"
FETCHED = ".fetched"
"""Folder, beside the store, of what was downloaded."""
LANGUAGES = frozenset(("en",))
"""Languages that there is a pipeline for."""
MAX_BYTES = 20_000_000
"""A larger file is most likely no single document; about 3 million words."""

Source = str | Path | Document
OwnNames = str | Path | Entity | Mapping[str, Any]
"""A file of names or relations, or one name: an `Entity`, or its fields in a dictionary."""


class Progress(NamedTuple):
    """How far a build has come; handed to `on_progress` after every document."""

    stage: str
    done: int
    total: int
    words: int
    """Words extracted so far."""
    new: bool
    """Whether the document was parsed now, or taken from the store."""


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
    from .progress import shown_on_terminal

    with shown_on_terminal(on_progress) as report_progress:
        return run_build(
            sources,
            out,
            formats=formats,
            workers=workers,
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
    lexicon: OwnNames | Sequence[OwnNames] = (),
    curation: str | Path | None = None,
    title: str | None = None,
    max_bytes: int = MAX_BYTES,
    columns: Mapping[str, str] | None = None,
    page_columns: bool = False,
    fetch: bool = False,
    allow_private: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
) -> Built:
    """Like `build`, with a report of what was done. See there for the arguments."""
    from .graph.store import Store
    from .ingest import read_documents

    _check_formats(formats)
    started = time.monotonic()
    report = Report()
    named = [sources] if isinstance(sources, str | Path | Document) else list(sources)
    folder = None if out is None else Path(out)
    fetcher = _fetcher(folder, allow_private) if fetch else None
    reading = partial(
        read_documents,
        max_bytes=max_bytes,
        columns=columns,
        page_columns=page_columns,
        fetcher=fetcher,
    )
    documents = _read(named, reading, report)
    extras = _extras(lexicon)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    decisions = _curation(curation, folder)
    with Store(":memory:" if folder is None else folder / STORE) as store:
        _extract_into(store, documents, extras, workers, report, on_progress)
        provenance = _provenance(extras)
        name = title or _title(named)
        relations = _relations(extras)
        run = {**provenance, "title": name, "relations": _dump_relations(relations)}
        if folder is not None and curation is not None:
            run["curation"] = os.path.relpath(curation, folder)
        store.record_run(run)
        curator = None if folder is None else _curator(folder / STORE, curation)
        graph = _assemble(store, relations, decisions, provenance, name, curator)
    report.documents = len(documents)
    report.copies = int(graph.provenance.get("copies", 0))
    report.stale = tuple(graph.stale)
    if folder is not None:
        report.files = [graph.write(folder / f"graph.{suffix}") for suffix in formats]
    report.seconds = time.monotonic() - started
    return Built(graph, report)


def load(path: str | Path) -> KnowledgeGraph:
    """Open a graph that was built before.

    Args:
        path: The output folder of a build, its store, or an exported ``graph.json``,
            ``graph.jsonl`` or ``graph.graphml``. From GraphML comes back what its columns hold.

    Raises:
        StoreError: There is no graph at `path`, or it cannot be read.
    """
    path = Path(path)
    return _load_export(path) if path.suffix in _EXPORTS else _open(_store(path))


def find_curator(path: str | Path) -> Curator:
    """Find where the decisions on a graph are kept; unlike `load` this makes no graph.

    Raises:
        StoreError: There is no store at `path`, or it cannot be read.
    """
    from .graph.store import Store

    path = _store(Path(path))
    with Store.open(path) as store:
        return _curator(path, _decided_in(path, store.provenance()))


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
    return _extractor(_extras(lexicon)).extract(document, readable)


def _read(
    named: Sequence[Source], reading: Callable[..., Iterable[Document]], report: Report
) -> list[Document]:
    """The documents of the sources, each text once; those in other languages are counted."""
    documents: dict[str, Document] = {}
    for document in reading(named, on_problem=report.problems.append):
        if document.language in LANGUAGES:
            documents[document.id] = document
        else:
            known = report.languages.get(document.language, 0)
            report.languages[document.language] = known + 1
    for language, n in sorted(report.languages.items()):
        count = "one document" if n == 1 else f"{n:,} documents"
        reason = f"no pipeline reads the language {language!r}"
        report.problems.append(UnreadableSource(count, reason))
    if not documents:
        reason = "; ".join(map(str, report.problems)) or "no document is there"
        raise NothingToRead([str(s) for s in named], reason)
    return list(documents.values())


def _fetcher(folder: Path | None, allow_private: bool) -> Fetcher:
    from .formats.fetch import Fetcher

    return Fetcher(folder and folder / FETCHED, allow_private=allow_private)


def _extract_into(
    store: Store,
    documents: Sequence[Document],
    extras: _Extras,
    workers: int,
    report: Report,
    on_progress: Callable[[Progress], None] | None,
) -> None:
    """Make the store hold exactly these documents, parsing only those it does not know."""
    key = _extraction_key(extras)
    new = [d for d in documents if not store.has(d.id, key)]
    done = len(documents) - len(new)
    if on_progress and done:
        on_progress(Progress("Reading", done, len(documents), 0, new=False))
    for extraction in _extractions(new, extras, workers):
        store.add(extraction, key)
        report.parsed += 1
        report.words += len(extraction.document.text.split())
        if on_progress:
            progress = Progress(
                "Reading", done + report.parsed, len(documents), report.words, new=True
            )
            on_progress(progress)
    store.keep_only(d.id for d in documents)


def _extractions(
    documents: Sequence[Document], extras: _Extras, workers: int
) -> Iterator[Extraction]:
    from .ingest import readable

    if workers > 1 and len(documents) > 1:
        yield from _in_processes(documents, extras, workers)
    elif documents:
        extractor = _extractor(extras)
        for document in documents:
            yield extractor.extract(document, readable)


def _in_processes(
    documents: Sequence[Document], extras: _Extras, workers: int
) -> Iterator[Extraction]:
    """Extract in worker processes; where the system can fork they share the loaded model."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    if method == "fork":
        _extractor(extras)
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from pool.map(partial(_extract_one, extras), documents)


def _extract_one(extras: _Extras, document: Document) -> Extraction:
    from .ingest import readable

    return _extractor(extras).extract(document, readable)


@lru_cache(maxsize=4)
def _extractor(extras: _Extras) -> Extractor:
    from .extract.extractor import Extractor
    from .extract.gazetteer import load_lexicon
    from .extract.language import load_nlp
    from .extract.triggers import load_relations

    relations = _relation_files(extras)
    names = [extra for extra in extras if extra not in relations]
    return Extractor(load_nlp(), load_lexicon(names), load_relations(relations))


def _relations(extras: _Extras) -> Mapping[str, RelationType]:
    from .extract.triggers import load_relations

    return load_relations(_relation_files(extras)).relations


def _relation_files(extras: _Extras) -> list[Path]:
    return [extra for extra in extras if isinstance(extra, Path) and extra.suffix == ".toml"]


def _assemble(
    store: Store,
    relations: Mapping[str, RelationType],
    curation: Curation | None,
    provenance: Mapping[str, str],
    title: str,
    curator: Curator | None,
) -> KnowledgeGraph:
    from .graph.assemble import assemble
    from .graph.model import KnowledgeGraph

    register_writers()
    parts = assemble(
        store, relations=relations, curation=curation, provenance=provenance, title=title
    )
    return KnowledgeGraph(
        title=parts.title,
        entities=parts.entities,
        edges=parts.edges,
        comentions=parts.comentions,
        documents=parts.documents,
        relations=parts.relations,
        provenance=parts.provenance,
        decisions=parts.decisions,
        stale=parts.stale,
        curator=curator,
    )


def _open(path: Path, decisions: Curation | None = None) -> KnowledgeGraph:
    """The graph of a store, with the decisions kept for it unless others are given."""
    from .graph.store import Store

    with Store.open(path) as store:
        run = store.provenance()
        title = run.pop("title", path.parent.name)
        relations = _read_relations(run.pop("relations", "{}"))
        curation = _decided_in(path, run)
        run.pop("curation", None)
        if decisions is None:
            decisions = _curation(curation, path.parent)
        return _assemble(store, relations, decisions, run, title, _curator(path, curation))


def _store(path: Path) -> Path:
    """The store of a folder, or the store itself."""
    return path / STORE if path.is_dir() else path


def _decided_in(store: Path, run: Mapping[str, str]) -> Path | None:
    """The curation file that was named at the build; None for the one beside the store."""
    return store.parent / run["curation"] if "curation" in run else None


def _curator(store: Path, curation: str | Path | None) -> Curator:
    """What lets decisions be taken on the graph of a store."""
    from .graph.curator import Curator

    kept_in = store.parent / CURATION if curation is None else Path(curation)
    return Curator(kept_in, partial(_open, store))


_EXPORTS = (".graphml", ".json", ".jsonl")
"""Kinds of exported files that can be read back."""


def _load_export(path: Path) -> KnowledgeGraph:
    from .export.json import read_json
    from .export.jsonl import read_jsonl
    from .export.read_graphml import read_graphml
    from .graph.model import KnowledgeGraph

    register_writers()
    if not path.is_file():
        raise StoreError(f"There is no graph at {path}. Build one first.")
    read = {".graphml": read_graphml, ".json": read_json, ".jsonl": read_jsonl}[path.suffix]
    return KnowledgeGraph(**read(path)._asdict())


@lru_cache(maxsize=1)
def register_writers() -> None:
    """Let graphs be written in every format of `export`."""
    from .export.formats import WRITERS
    from .graph.model import register_writer

    for suffix, write in WRITERS.items():
        register_writer(suffix, write)


def _check_formats(formats: Sequence[str]) -> None:
    from .export.formats import WRITERS

    known = [suffix.removeprefix(".") for suffix in WRITERS]
    unknown = sorted(set(formats) - set(known))
    if unknown:
        raise ExportError(f"Unknown format {', '.join(unknown)}. Known: {', '.join(known)}.")


def _curation(path: str | Path | None, folder: Path | None) -> Curation | None:
    from .graph.curation import read_curation

    if path is not None:
        return read_curation(Path(path))
    beside = folder / CURATION if folder is not None else None
    return read_curation(beside) if beside is not None and beside.is_file() else None


def _extras(lexicon: OwnNames | Sequence[OwnNames]) -> _Extras:
    """The user's files, and rows for the names given as objects; all hashable and picklable."""
    from .extract.name_files import as_row

    if isinstance(lexicon, str | Path | Entity | Mapping):
        lexicon = [lexicon]
    return tuple(_lexicon_file(o) if isinstance(o, str | Path) else as_row(o) for o in lexicon)


def _lexicon_file(given: str | Path) -> Path:
    path = Path(given)
    if path.suffix not in (".csv", ".yaml", ".yml", ".toml"):
        reason = "a lexicon is a .csv or .yaml of names, or a .toml of relations"
        raise LexiconError(str(path), None, reason)
    return path


def _title(sources: Sequence[Source]) -> str:
    """A name for the graph: that of the first folder or file."""
    first = sources[0]
    return first.label if isinstance(first, Document) else Path(first).resolve().stem


def _provenance(extras: _Extras) -> dict[str, str]:
    from .extract.language import model_name

    return {
        "actorgraph": __version__,
        "model": model_name(),
        "lexicon": _lexicon_hash(extras)[:12],
    }


def _extraction_key(extras: _Extras) -> str:
    """What, beside the text of a document, its extraction depends on."""
    from .extract.language import model_name

    code = hashlib.sha256()
    for package in ("actorgraph.extract", "actorgraph.segmentation"):
        for file in _files(package, ".py"):
            code.update(file)
    return f"{__version__}+{code.hexdigest()[:12]}|{model_name()}|{_lexicon_hash(extras)[:12]}"


def _lexicon_hash(extras: _Extras) -> str:
    digest = hashlib.sha256()
    for file in _files("actorgraph.extract.lexicon", ".csv", ".toml"):
        digest.update(file)
    for extra in extras:
        digest.update(extra.read_bytes() if isinstance(extra, Path) else repr(extra).encode())
    return digest.hexdigest()


def _files(package: str, *suffixes: str) -> Iterator[bytes]:
    """Contents of the files of a package, by name."""
    folder = resources.files(package)
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(suffixes):
            yield file.read_bytes()


def _dump_relations(relations: Mapping[str, RelationType]) -> str:
    rows = {name: relations[name].model_dump(exclude_defaults=True) for name in sorted(relations)}
    return json.dumps(rows)


def _read_relations(text: str) -> dict[str, RelationType]:
    return {name: RelationType.model_validate(row) for name, row in json.loads(text).items()}
