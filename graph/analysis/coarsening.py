"""A smaller graph with the same communities: nodes joined with their best partner.

The matching step of multilevel partitioning (Karypis and Kumar, 1998, doi:10.1137/
S1064827595287997), where a partner is as good as the modularity that joining the two would gain.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Link = tuple[int, int, float]


def coarsen(n: int, links: Sequence[Link]) -> tuple[list[int], list[Link]]:
    """Join every two nodes that are each other's best partner.

    Args:
        n: Number of nodes, which are called 0 to n - 1.
        links: Weighted links, each pair once; a node may be linked to itself.

    Returns:
        The new number of every node, and the links between the new ones.

    >>> coarsen(4, [(0, 1, 5.0), (1, 2, 1.0), (2, 3, 5.0)])
    ([0, 0, 1, 1], [(0, 0, 5.0), (0, 1, 1.0), (1, 1, 5.0)])
    """
    source = np.array([a for a, _, _ in links], dtype=np.int64)
    target = np.array([b for _, b, _ in links], dtype=np.int64)
    weight = np.array([w for _, _, w in links], dtype=np.float64)
    degree = np.bincount(source, weight, n) + np.bincount(target, weight, n)
    gain = weight - degree[source] * degree[target] / max(degree.sum(), 1.0)

    # Both directions of every link that is worth joining, by node, best first.
    worth = (source != target) & (gain > 0)
    here = np.concatenate([source[worth], target[worth]])
    there = np.concatenate([target[worth], source[worth]])
    order = np.lexsort((there, -np.tile(gain[worth], 2), here))
    nodes, first = np.unique(here[order], return_index=True)
    best = np.full(n, -1)
    best[nodes] = there[order][first]

    itself = np.arange(n)
    mutual = (best >= 0) & (best[best] == itself)
    _, joined = np.unique(np.where(mutual, np.minimum(itself, best), itself), return_inverse=True)
    low = np.minimum(joined[source], joined[target])
    high = np.maximum(joined[source], joined[target])
    keys, inverse = np.unique(low * n + high, return_inverse=True)
    sums = np.bincount(inverse, weight, len(keys))
    merged = zip((keys // n).tolist(), (keys % n).tolist(), sums.tolist(), strict=True)
    return joined.tolist(), list(merged)
