"""A knowledge graph as other libraries see it: networkx, pandas and polars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

from ...schema import CO_MENTIONED_WITH, GraphView
from .records import (
    CLAIM_COLUMNS,
    COMENTION_COLUMNS,
    EDGE_COLUMNS,
    ENTITY_COLUMNS,
    Record,
    claim_record,
    comention_record,
    edge_record,
    entity_record,
)
from .tables import Labels, data_frame, polars_frame

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_ENDS = {"subject_id", "subject", "object_id", "object", "a_id", "a", "b_id", "b"}
"""Columns that say which nodes an edge joins; networkx knows."""


class Frames(NamedTuple):
    """The four tables of a graph, as pandas DataFrames."""

    entities: pd.DataFrame
    edges: pd.DataFrame
    claims: pd.DataFrame
    comentions: pd.DataFrame


class PolarsFrames(NamedTuple):
    """The four tables of a graph, as polars DataFrames."""

    entities: pl.DataFrame
    edges: pl.DataFrame
    claims: pl.DataFrame
    comentions: pl.DataFrame


def as_networkx(graph: GraphView, labels: Labels, comentions: bool = True) -> nx.MultiDiGraph:
    """Return the graph as a networkx MultiDiGraph with flat attributes.

    What is unknown is left out. The key of an edge is its relation. A co-mention, which has no
    direction, is one edge from `a` to `b`.
    """
    network = nx.MultiDiGraph(name=graph.title)
    for entity in graph.entities:
        attributes = _known(entity_record(entity))
        network.add_node(attributes.pop("id"), **attributes)
    for edge in graph.edges:
        attributes = _known(edge_record(edge, labels))
        network.add_edge(
            edge.subject_id, edge.object_id, key=edge.relation, weight=edge.n_evidence, **attributes
        )
    for together in graph.comentions if comentions else ():
        attributes = _known(comention_record(together, labels))
        network.add_edge(
            together.a,
            together.b,
            key=CO_MENTIONED_WITH,
            relation=CO_MENTIONED_WITH,
            weight=together.sentences,
            **attributes,
        )
    return network


def as_frames(graph: GraphView, labels: Labels) -> Frames:
    """Return entities, edges, claims and co-mentions as pandas DataFrames."""
    return Frames(*(data_frame(rows, columns) for rows, columns in _tables(graph, labels)))


def as_polars_frames(graph: GraphView, labels: Labels) -> PolarsFrames:
    """Return entities, edges, claims and co-mentions as polars DataFrames."""
    return PolarsFrames(*(polars_frame(rows, columns) for rows, columns in _tables(graph, labels)))


def _tables(graph: GraphView, labels: Labels) -> Iterator[tuple[list[Record], Sequence[str]]]:
    """Yield the rows and columns of entities, edges, claims and co-mentions."""
    yield [entity_record(entity) for entity in graph.entities], ENTITY_COLUMNS
    yield [edge_record(edge, labels) for edge in graph.edges], EDGE_COLUMNS
    claims = (claim for edge in graph.edges for claim in edge.claims)
    yield [claim_record(claim, labels) for claim in claims], CLAIM_COLUMNS
    yield [comention_record(pair, labels) for pair in graph.comentions], COMENTION_COLUMNS


def _known(record: Record) -> dict[str, str | int | float]:
    """Leave out what is unknown or said by the ends of the edge."""
    return {
        column: value
        for column, value in record.items()
        if value is not None and value != "" and column not in _ENDS
    }
