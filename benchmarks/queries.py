"""How long questions take on a graph of 100,000 entities and 1,000,000 stated relations.

Run ``python benchmarks/queries.py``; ``--small`` is a smoke test of a hundredth of the size. The
graph is generated, with degrees that follow a power law, and written as a graph file; a fresh
process opens it and asks, and another loads the same links into networkx and asks the same of it.
Times of questions are taken over 200 random entities or pairs: the median, and the 95th percentile.
With ``--cpu`` they are times of the processor, for a machine that does other things as well.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from actorgraph.graph.model import KnowledgeGraph
from actorgraph.graph.storage.database import write_database
from actorgraph.schema import (
    Claim,
    CoMention,
    Decision,
    Document,
    Edge,
    Entity,
    Evidence,
    RelationType,
    Status,
)

_CPU = "ACTORGRAPH_CPU_TIMES"
SIZES = {"full": (100_000, 1_000_000), "small": (1_000, 10_000)}
ASKED = 200
TYPES = ("country", "organization", "person", "system")
LIMITS = {
    "load": 10.0,
    "lookup": 0.010,
    "neighbors": 0.010,
    "evidence": 0.020,
    "path": 0.200,
    "pagerank": 5.0,
    "memory": 2.0,
}
"""Seconds; memory in GB."""


@dataclass
class Generated:
    """The parts of a random graph; edges are made as they are gone through."""

    pairs: list[tuple[int, int]]
    entities: list[Entity]
    documents: list[Document]
    title: str = "generated"
    comentions: tuple[CoMention, ...] = ()
    decisions: tuple[Decision, ...] = ()
    stale: tuple[str, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, RelationType] = field(
        default_factory=lambda: {
            "operates": RelationType(name="operates", inverse="operated_by"),
        }
    )

    @property
    def edges(self) -> Iterator[Edge]:
        """All edges, by key, with one claim each."""
        ids, document = [entity.id for entity in self.entities], self.documents[0].id
        for number, (a, b) in enumerate(self.pairs):
            sentence = f"Actor {a} operates actor {b}."
            claim = Claim(
                id=f"claim:{number}",
                subject_id=ids[a],
                relation="operates",
                object_id=ids[b],
                wording="operates",
                rule="verb:operates",
                confidence=0.9,
                evidence=Evidence(
                    document_id=document, start=0, end=len(sentence), exact=sentence, date="2020"
                ),
                subject_mention=(0, 5),
                object_mention=(6, 10),
            )
            yield Edge(
                subject_id=ids[a],
                relation="operates",
                object_id=ids[b],
                claims=(claim,),
                status=Status.AFFIRMED,
                belief=0.9,
                n_evidence=1,
                n_documents=1,
                n_sources=1,
            )


def main() -> None:
    """Print a line for each question: actorgraph, networkx alone, their ratio, and the limit."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--small", action="store_true", help="a smoke test of 1,000 entities")
    parser.add_argument("--cpu", action="store_true", help="times of the processor")
    parser.add_argument("--ask", choices=list(_ASK), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.cpu:
        os.environ[_CPU] = "1"
    if arguments.ask:
        _ASK[arguments.ask](arguments.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.sqlite"
        start = time.perf_counter()
        nodes, links = SIZES["small" if arguments.small else "full"]
        write_database(generate(nodes, links), file)
        print(
            f"{nodes:,} entities, {links:,} edges; made and written in "
            f"{time.perf_counter() - start:.0f} s, {file.stat().st_size / 1e6:.0f} MB"
        )
        ours, theirs = (_run(name, file) for name in _ASK)
    print("question        actorgraph (95 %)       networkx alone (95 %)   ratio     limit")
    failed = False
    for name, limit in LIMITS.items():
        unit = "GB" if name == "memory" else "s"
        shown = " ".join(f"{_times(result.get(name), unit):<23}" for result in (ours, theirs))
        ratio = f"{ours[name][0] / theirs[name][0]:.2f}" if name in theirs else "-"
        missed = ours[name][0] > limit
        failed |= missed
        print(f"{name:<15} {shown} {ratio:<9} {limit:g} {unit}{'  MISSED' if missed else ''}")
    if "pagerank" not in theirs:
        print("networkx computes PageRank with scipy only, which is not installed.")
    sys.exit(failed)


def generate(nodes: int, links: int) -> Generated:
    """Return a random graph by preferential attachment; entity 0 is the greatest hub."""
    chance = _chance(1)
    ends, pairs = [0, 1], set()
    while len(pairs) < links:
        a, b = len(pairs) % nodes, chance.choice(ends)
        if a == b or (a, b) in pairs:
            b = chance.randrange(nodes)
        if a != b and (a, b) not in pairs:
            pairs.add((a, b))
            ends += [a, b]
    entities = [
        Entity(
            id=f"actor:{number:06}",
            name=f"Actor {number}",
            type=TYPES[number % 4],
            aliases=(f"Alias {number}",),
            mentions=1,
        )
        for number in range(nodes)
    ]
    return Generated(sorted(pairs), entities, [Document(id="d", text="A register.", date="2020")])


def _ask_actorgraph(file: Path) -> None:
    start = _now()
    graph = KnowledgeGraph.open(file)
    found = graph["Alias 7"]
    _tell("load", _now() - start)
    ids = [entity.id for entity in graph.entities]
    names = _chance(2).choices([entity.name for entity in graph.entities], k=ASKED)
    _tell("lookup", *_each(names, lambda name: graph.entity(name)))
    _tell("neighbors", *_each(names, lambda name: graph.neighbors(name)))
    edges = [graph.edges[n] for n in _chance(3).choices(range(len(graph.edges)), k=ASKED)]
    linked = [(edge.subject_id, edge.object_id) for edge in edges]
    _tell("evidence", *_each(linked, lambda pair: graph.evidence(*pair)[0].sentence))
    graph.path(found, ids[-1])
    chance = _chance(4)
    pairs = [(chance.choice(ids), chance.choice(ids)) for _ in range(ASKED)]
    _tell("path", *_each(pairs, lambda pair: graph.path(*pair)))
    start = _now()
    graph.centrality()
    _tell("pagerank", _now() - start)
    _tell("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)


def _ask_networkx(file: Path) -> None:
    import sqlite3

    import networkx as nx

    start = _now()
    db = sqlite3.connect(file)
    graph = nx.MultiDiGraph()
    for entity_id, name, type_ in db.execute("SELECT id, name, type FROM entities"):
        graph.add_node(entity_id, name=name, type=type_)
    rows = "SELECT subject_id, object_id, relation, sentence FROM claims"
    for subject, object_, relation, sentence in db.execute(rows):
        graph.add_edge(subject, object_, key=relation, sentence=sentence)
    _tell("load", _now() - start)
    ids = list(graph)
    names = _chance(2).choices([name for _, name in graph.nodes(data="name")], k=ASKED)
    by_name = {name: node for node, name in graph.nodes(data="name")}
    _tell("lookup", *_each(names, lambda name: graph.nodes[by_name[name]]))
    _tell(
        "neighbors",
        *_each(names, lambda name: list(nx.all_neighbors(graph, by_name[name]))),
    )
    edges = _chance(3).choices(list(graph.edges(keys=True)), k=ASKED)
    _tell("evidence", *_each(edges, lambda edge: graph.edges[edge]["sentence"]))
    undirected = graph.to_undirected(as_view=True)
    chance = _chance(4)
    pairs = [(chance.choice(ids), chance.choice(ids)) for _ in range(ASKED)]
    _tell("path", *_each(pairs, lambda pair: nx.shortest_path(undirected, *pair)))
    if find_spec("scipy"):
        start = _now()
        nx.pagerank(graph)
        _tell("pagerank", _now() - start)
    _tell("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)


_ASK = {"actorgraph": _ask_actorgraph, "networkx": _ask_networkx}


def _each(items: list[Any], ask: Callable[[Any], object]) -> tuple[float, float]:
    """Return the median and the 95th percentile of the times of one question, in seconds."""
    times = []
    for item in items:
        start = _now()
        ask(item)
        times.append(_now() - start)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def _now() -> float:
    return time.process_time() if _CPU in os.environ else time.perf_counter()


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


def _tell(name: str, *values: float) -> None:
    print(name, *values, flush=True)


def _run(name: str, file: Path) -> dict[str, list[float]]:
    """Ask in a fresh process, for a fresh count of memory."""
    command = [sys.executable, __file__, "--ask", name, "--file", str(file)]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(done.stderr)
    rows = (line.split() for line in done.stdout.splitlines())
    return {key: [float(value) for value in values] for key, *values in rows}


def _times(values: list[float] | None, unit: str) -> str:
    if values is None:
        return "-"
    if unit == "GB" or values[0] >= 1:
        return f"{values[0]:.2f} {unit}"
    return " ".join((f"{1000 * values[0]:.3g} ms", *(f"({1000 * v:.3g})" for v in values[1:])))


if __name__ == "__main__":
    main()
