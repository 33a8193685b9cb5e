"""How fast GraphML and GEXF are written, beside networkx's writers on the same graph.

Run ``python benchmarks/export.py``; ``--small`` takes seconds, the full run minutes and several GB.

A made-up graph of 100,000 nodes and 1,000,000 edges, three in ten of them stated relations with a
sentence each, the others co-mentions. networkx is given a graph of its own with the same nodes,
edges, columns and values, which it writes with its fastest writer of each format. Every writer runs
in a process of its own. CPU seconds and peak memory are those of the writing alone, not of making
the graph; both files are then counted.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import networkx as nx

from actorgraph.export.flat import EDGE_COLUMNS, NODE_COLUMNS, flat_links, flat_nodes
from actorgraph.export.gexf import write_gexf
from actorgraph.export.graphml import write_graphml
from actorgraph.schema import (
    Claim,
    CoMention,
    Document,
    Edge,
    Entity,
    Evidence,
    RelationType,
    Status,
)

FULL, SMALL = (100_000, 1_000_000), (2_000, 20_000)
STATED = 0.3
"""Share of the edges that are stated relations."""
TYPES = ("country", "organization", "person", "system")
RELATIONS = ("supplies", "threatens", "operates", "hosts", "member_of")
WORDS = "the ministry said radar & missiles of northern command would arrive before spring".split()


@dataclass
class MadeUpGraph:
    """What `schema.GraphView` asks for, with places and ranks that cost nothing."""

    entities: Sequence[Entity]
    edges: Sequence[Edge]
    comentions: Sequence[CoMention]
    documents: Sequence[Document]
    relations: Mapping[str, RelationType]
    title: str = "Made up"
    provenance: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        numbered = list(enumerate(entity.id for entity in self.entities))
        self._places = {id_: (n % 1000 / 7, n % 991 / 3) for n, id_ in numbered}
        self._ranks = {id_: 1 / (n + 10) for n, id_ in numbered}
        self._clusters = {id_: n % 50 for n, id_ in numbered}

    def layout(self) -> dict[str, tuple[float, float]]:
        return self._places

    def centrality(self) -> dict[str, float]:
        return self._ranks

    def clusters(self) -> dict[str, int]:
        return self._clusters


class Cost(NamedTuple):
    """What writing one file took."""

    cpu_seconds: float
    megabytes: float
    """Peak memory over what the graph itself needs."""
    file_megabytes: float
    nodes: int
    edges: int


def main() -> None:
    """Print two lines for each format: ours, then networkx'."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--small", action="store_true", help="a graph of 2,000 nodes")
    nodes, edges = SMALL if parser.parse_args().small else FULL
    print(f"{nodes:,} nodes, {edges:,} edges\n")
    print("format   writer      CPU s  extra MB  file MB    nodes      edges")
    for name in FORMATS:
        ours, theirs = (_in_a_process(name, who, nodes, edges) for who in ("ours", "networkx"))
        for who, cost in (("actorgraph", ours), ("networkx", theirs)):
            print(
                f"{name:8} {who:10} {cost.cpu_seconds:6.1f} {cost.megabytes:9.0f}"
                f" {cost.file_megabytes:8.0f} {cost.nodes:8} {cost.edges:10}"
            )
        print(f"{name:8} {theirs.cpu_seconds / ours.cpu_seconds:.1f} times faster\n", flush=True)


def make_graph(nodes: int, edges: int) -> MadeUpGraph:
    """Return the same graph every time; a few nodes have most of the edges."""
    chance = random.Random(7)  # noqa: S311
    ids = [f"{TYPES[n % 4]}:actor-{n:06}" for n in range(nodes)]
    ids.sort()
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < edges:
        a, b = int(nodes * chance.random() ** 3), chance.randrange(nodes)
        if a != b:
            pairs.add((a, b) if a < b else (b, a))
    documents = [
        Document(id=f"d{n:05}", text="", title=f"Report {n}", date="2021-03-04", url=f"x:/{n}")
        for n in range(max(1, nodes // 10))
    ]
    stated, met = [], []
    for a, b in sorted(pairs):
        if chance.random() < STATED:
            stated.append(_edge(ids[a], ids[b], documents[(a + b) % len(documents)], chance))
        else:
            met.append(_comention(ids[a], ids[b], chance))
    return MadeUpGraph(
        entities=[_entity(name, n) for n, name in enumerate(ids)],
        edges=stated,
        comentions=met,
        documents=documents,
        relations={name: RelationType(name=name, inverse=name) for name in RELATIONS},
    )


def _entity(id_: str, n: int) -> Entity:
    return Entity(
        id=id_,
        name=f"Actor & Sons no. {n}",
        type=id_.partition(":")[0],
        country="tr",
        aliases=(f"A&S {n}", f"actor {n}"),
        mentions=n,
        documents=n // 7,
        first_seen="2011-02",
        last_seen="2021",
    )


def _edge(subject: str, object_: str, document: Document, chance: random.Random) -> Edge:
    relation = chance.choice(RELATIONS)
    sentence = " ".join(chance.choices(WORDS, k=20))
    start = chance.randrange(10_000)
    claim = Claim.model_construct(
        id=f"c{start}",
        subject_id=subject,
        relation=relation,
        object_id=object_,
        wording=relation,
        rule="made up",
        evidence=Evidence.model_construct(
            document_id=document.id, start=start, end=start + len(sentence), exact=sentence
        ),
        subject_mention=(start, start + 4),
        object_mention=(start, start + 4),
    )
    return Edge.model_construct(
        subject_id=subject,
        relation=relation,
        object_id=object_,
        claims=(claim,),
        status=Status.AFFIRMED,
        belief=chance.random(),
        n_evidence=1,
        n_documents=1,
        n_sources=1,
        first_date="2019-05",
        last_date="2021-03-04",
    )


def _comention(a: str, b: str, chance: random.Random) -> CoMention:
    return CoMention.model_construct(
        a=a,
        b=b,
        sentences=chance.randrange(1, 9),
        paragraphs=9,
        documents=2,
        npmi=chance.random(),
        log_likelihood=3.5,
    )


def as_networkx(graph: MadeUpGraph, *, fold: bool) -> nx.MultiDiGraph:
    """Return what our file says as a networkx graph, columns that say nothing left out."""
    network = nx.MultiDiGraph()
    for node in flat_nodes(graph):
        network.add_node(
            node.id, **_known(node, ("label", "x", "y", "size", "color", *NODE_COLUMNS))
        )
    columns = (
        ("label", "weight", "color", *EDGE_COLUMNS)
        if fold
        else ("label", "weight", "color", "kind", *EDGE_COLUMNS)
    )
    for link in flat_links(graph, fold=fold):
        network.add_edge(link.source, link.target, key=link.id, **_known(link, columns))
    return network


def _known(row: Any, columns: Sequence[str]) -> dict[str, str | int | float]:
    values = {name: getattr(row, name) for name in columns}
    if "aliases" in values:
        values["aliases"] = "|".join(values["aliases"])
    return {name: value for name, value in values.items() if value is not None and value != ""}


FORMATS: Mapping[str, tuple[bool, Callable[..., None], Callable[..., None]]] = {
    "graphml": (True, write_graphml, nx.write_graphml_lxml),
    "gexf": (False, write_gexf, nx.write_gexf),
}
"""Whether parallel edges are folded, our writer, networkx' writer."""


def _in_a_process(name: str, who: str, nodes: int, edges: int) -> Cost:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (name, who, nodes, edges))


def _measure(name: str, who: str, nodes: int, edges: int) -> Cost:
    fold, ours, theirs = FORMATS[name]
    graph: Any = make_graph(nodes, edges)
    if who == "networkx":
        graph = as_networkx(graph, fold=fold)
    write = ours if who == "ours" else theirs
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"graph.{name}"
        with _peak_memory() as memory:
            start = time.process_time()
            write(graph, path)
            seconds = time.process_time() - start
        size = path.stat().st_size / 1e6
        return Cost(seconds, max(memory) - memory[0], size, *_count(path))


@contextmanager
def _peak_memory() -> Iterator[list[float]]:
    """Collect the megabytes this process holds, from now until the block ends."""
    held, stop = [_resident()], threading.Event()

    def watch() -> None:
        while not stop.wait(0.05):
            held.append(_resident())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield held
    finally:
        stop.set()
        watcher.join()


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def _count(path: Path) -> tuple[int, int]:
    """Nodes and edges of a file, by their tags."""
    found = {b"node": 0, b"edge": 0}
    with path.open("rb") as stream:
        for line in stream:
            for tag in re.findall(rb"<(node|edge) ", line):
                found[tag] += 1
    return found[b"node"], found[b"edge"]


if __name__ == "__main__":
    main()
