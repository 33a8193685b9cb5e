"""How deep in the graph an entity lies: its core number.

The k-core (Seidman, 1983) is what is left when everything with fewer than k links to the rest is
taken away, again and again; the core number of an entity is the largest k it survives. It takes one
pass (Batagelj and Zaveršnik, 2003).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import rustworkx as rx


def core_numbers(ids: Sequence[str], pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return the core number of every entity.

    Args:
        ids: Every entity, linked or not.
        pairs: Who is linked with whom, every pair once.

    >>> core_numbers(["a", "b", "c", "d", "e"], [("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")])
    {'a': 2, 'b': 2, 'c': 2, 'd': 1, 'e': 0}
    """
    places = {entity_id: place for place, entity_id in enumerate(ids)}
    graph: rx.PyGraph[str, None] = rx.PyGraph()
    graph.add_nodes_from(list(ids))
    graph.add_edges_from_no_data([(places[a], places[b]) for a, b in pairs])
    numbers = cast(Mapping[int, int], rx.core_number(graph))
    return {entity_id: numbers[place] for place, entity_id in enumerate(ids)}
