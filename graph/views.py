"""A knowledge graph as other libraries see it: networkx and pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

from ..schema import CO_MENTIONED_WITH, GraphView
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
from .tables import Labels, data_frame

if TYPE_CHECKING:
    import pandas as pd

_ENDS = {"subject_id", "subject", "object_id", "object", "a_id", "a", "b_id", "b"}
"""Columns that say which nodes an edge joins; networkx knows."""


class Frames(NamedTuple):
    """The four tables of a graph, as pandas DataFrames."""

    entities: pd.DataFrame
    edges: pd.DataFrame
    claims: pd.DataFrame
    comentions: pd.DataFrame


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
    """Return entities, edges, claims and co-mentions as data frames."""
    claims = [claim for edge in graph.edges for claim in edge.claims]
    return Frames(
        entities=data_frame([entity_record(e) for e in graph.entities], ENTITY_COLUMNS),
        edges=data_frame([edge_record(e, labels) for e in graph.edges], EDGE_COLUMNS),
        claims=data_frame([claim_record(c, labels) for c in claims], CLAIM_COLUMNS),
        comentions=data_frame(
            [comention_record(c, labels) for c in graph.comentions], COMENTION_COLUMNS
        ),
    )


def _known(record: Record) -> dict[str, str | int | float]:
    """Leave out what is unknown or said by the ends of the edge."""
    return {
        column: value
        for column, value in record.items()
        if value is not None and value != "" and column not in _ENDS
    }
