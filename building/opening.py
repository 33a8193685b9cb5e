"""Graphs that were built before: opened from their folder, made again with other decisions.

A build leaves its graph in one file beside the store (`GRAPH`), with a key of all it was made from:
the store, the decisions, the code. While the key fits, the file is the graph, and opening it reads
next to nothing; otherwise the graph is assembled from the store.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from ..collector import collector_paused
from ..errors import StoreError
from ..schema import RelationType
from .recipe import code_hash

if TYPE_CHECKING:
    from ..graph.curation import Curation
    from ..graph.curator import Curator
    from ..graph.model import KnowledgeGraph
    from ..graph.store import Store

STORE = "store.sqlite"
GRAPH = "graph.sqlite"
"""The graph itself, so that it need not be assembled to be opened."""
CURATION = "curation.yaml"

_EXPORTS = (".graphml", ".json", ".jsonl")
"""Kinds of exported files that can be read back."""
_LIBRARIES = ("networkx", "numpy", "rustworkx")


def load(path: str | Path) -> KnowledgeGraph:
    """Open a graph that was built before.

    Args:
        path: The output folder of a build, its store, or an exported ``graph.json``,
            ``graph.jsonl`` or ``graph.graphml``. From GraphML comes back what its columns hold.

    Raises:
        StoreError: There is no graph at `path`, or it cannot be read.
    """
    path = Path(path)
    with usable(path):
        return _load_export(path) if path.suffix in _EXPORTS else _open(_store(path))


def find_curator(path: str | Path) -> Curator:
    """Find where the decisions on a graph are kept; unlike `load` this makes no graph.

    Raises:
        StoreError: There is no store at `path`, or it cannot be read.
    """
    from ..graph.store import Store

    with usable(Path(path)):
        path = _store(Path(path))
        with Store.open(path) as store:
            return _curator(path, _decided_in(path, store.provenance()))


def graph_from_file(store: Store, key: str) -> KnowledgeGraph | None:
    """The graph in the file beside a store, if it is there, sound and of this key."""
    from ..graph.model import KnowledgeGraph
    from ..graph.storage.graph_file import GraphFile

    try:
        file = GraphFile.open(store.path.with_name(GRAPH))
    except StoreError:
        return None
    if file.key != key:
        file.close()
        return None
    register_writers()
    return KnowledgeGraph.open(file, _curator_of(store))


def assemble_graph(store: Store, decisions: Curation | None) -> KnowledgeGraph:
    """Make the graph of all that is in a store, in memory."""
    from ..graph.assemble import assemble
    from ..graph.model import KnowledgeGraph

    register_writers()
    parts = assemble(store, curation=decisions, **_run_of(store))
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
        curator=_curator_of(store),
    )


def assemble_file(store: Store, decisions: Curation | None, key: str) -> KnowledgeGraph:
    """Make the graph of a store in the file beside it, part by part, and open it."""
    from ..graph.assemble import Assembly
    from ..graph.model import KnowledgeGraph
    from ..graph.storage.database import write_tables

    register_writers()
    with collector_paused(), store.explained():
        tables = Assembly(store, curation=decisions, **_run_of(store))
        file = write_tables(tables, store.path.with_name(GRAPH), key)
    return KnowledgeGraph.open(file, _curator_of(store))


def graph_key(store: Store, decisions: Curation | None) -> str:
    """A hash of all that the graph of a store depends on."""
    taken = "" if decisions is None else decisions.model_dump_json()
    code = code_hash("graph", "schema", libraries=_LIBRARIES)
    return sha256("\0".join((store.digest(), taken, code)).encode()).hexdigest()


def read_decisions(path: str | Path | None, folder: Path | None) -> Curation | None:
    """The decisions in a file, by default in the one of a folder, if it is there."""
    from ..graph.curation_file import read_curation

    if path is not None:
        return read_curation(Path(path))
    if folder is None:
        return None
    beside = folder / CURATION
    with usable(folder):
        return read_curation(beside) if beside.is_file() else None


@contextmanager
def usable(path: Path) -> Iterator[None]:
    """Say of a folder or file that the system refuses which it is.

    Raises:
        StoreError: In place of the system's error.
    """
    try:
        yield
    except OSError as error:
        raise StoreError(f"Cannot use {path}: {error.strerror or error}.") from error


def dump_relations(relations: Mapping[str, RelationType]) -> str:
    """The meaning of relations as text, for the store."""
    rows = {name: relations[name].model_dump(exclude_defaults=True) for name in sorted(relations)}
    return json.dumps(rows)


@lru_cache(maxsize=1)
def register_writers() -> None:
    """Let graphs be written in every format of `export`."""
    from ..export.formats import WRITERS
    from ..graph.model import register_writer

    for suffix, write in WRITERS.items():
        register_writer(suffix, write)


def _open(path: Path, decisions: Curation | None = None) -> KnowledgeGraph:
    """The graph of a store, with the decisions kept for it unless others are given."""
    from ..graph.store import Store

    with Store.open(path) as store:
        if decisions is None:
            decisions = read_decisions(_decided_in(path, store.provenance()), path.parent)
        graph = graph_from_file(store, graph_key(store, decisions))
        return assemble_graph(store, decisions) if graph is None else graph


def _store(path: Path) -> Path:
    """The store of a folder, or the store itself."""
    return path / STORE if path.is_dir() else path


def _decided_in(store: Path, run: Mapping[str, str]) -> Path | None:
    """The curation file that was named at the build; None for the one beside the store."""
    return store.parent / run["curation"] if "curation" in run else None


def _curator_of(store: Store) -> Curator | None:
    """What lets decisions be taken on the graph of a store, if that lies in a folder."""
    if store.in_memory:
        return None
    return _curator(store.path, _decided_in(store.path, store.provenance()))


def _curator(store: Path, curation: Path | None) -> Curator:
    from ..graph.curator import Curator

    return Curator(curation or store.parent / CURATION, partial(_open, store))


class _Run(TypedDict):
    """What a build noted for its graph to be made again."""

    title: str
    relations: dict[str, RelationType]
    provenance: dict[str, str]


def _run_of(store: Store) -> _Run:
    run = store.provenance()
    title = run.pop("title", store.path.parent.name)
    relations = _read_relations(run.pop("relations", "{}"))
    run.pop("curation", None)
    return _Run(title=title, relations=relations, provenance=run)


def _load_export(path: Path) -> KnowledgeGraph:
    from ..export.json import read_json
    from ..export.jsonl import read_jsonl
    from ..export.read_graphml import read_graphml
    from ..graph.model import KnowledgeGraph

    register_writers()
    if not path.is_file():
        raise StoreError(f"There is no graph at {path}. Build one first.")
    read = {".graphml": read_graphml, ".json": read_json, ".jsonl": read_jsonl}[path.suffix]
    return KnowledgeGraph(**read(path)._asdict())


def _read_relations(text: str) -> dict[str, RelationType]:
    try:
        return {name: RelationType.model_validate(row) for name, row in json.loads(text).items()}
    except (AttributeError, ValueError) as error:
        raise StoreError(f"The relations in the store are damaged: {error}") from error
