"""Links as arrays of numbers: what is computed over a whole graph of a million of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

DAMPING = 0.85
"""Share of the rank that follows links; Brin and Page's d."""
_CLOSE = 1e-12
"""Ranks are done when a step changes less than this in all; they are rounded to `_DIGITS`."""
_DIGITS = 10
_STEPS = 1000
_LOOSE = 0.1
"""Weight of a pair that shares a paragraph or document, but no sentence."""


@dataclass(frozen=True)
class Links:
    """Undirected pairs of places, every pair once, with the sum of their weights."""

    size: int
    """How many places there are."""
    a: Ints
    b: Ints
    weights: Floats

    @classmethod
    def of(cls, size: int, rows: Ints) -> Self:
        """Sum up rows of place, place, weight; a place is not linked to itself.

        >>> Links.of(3, np.array([[2, 0, 1], [0, 2, 4], [1, 1, 9]])).weights.tolist()
        [5.0]
        """
        rows = rows[rows[:, 0] != rows[:, 1]]
        keys = np.minimum(rows[:, 0], rows[:, 1]) * size + np.maximum(rows[:, 0], rows[:, 1])
        keys, where = np.unique(keys, return_inverse=True)
        weights = _sums(where, rows[:, 2].astype(np.float64), len(keys))
        return cls(size, keys // max(size, 1), keys % max(size, 1), weights)

    @property
    def keys(self) -> Ints:
        """Every pair as one number, ascending."""
        return self.a * self.size + self.b


def joined(facts: Links, together: Links) -> Links:
    """Merge stated facts and co-mentions: a sentence that states a fact counts twice."""
    loose = np.where(together.weights > 0, together.weights, _LOOSE)
    keys, where = np.unique(np.append(facts.keys, together.keys), return_inverse=True)
    weights = _sums(where, np.append(facts.weights, loose), len(keys))
    size = max(facts.size, 1)
    return Links(facts.size, keys // size, keys % size, weights)


def pagerank(links: Links) -> list[float]:
    """Return the PageRank (Brin and Page, 1998) of every place; the values sum to 1.

    >>> pagerank(Links.of(3, np.array([[0, 1, 1], [1, 2, 1]])))
    [0.2567567568, 0.4864864865, 0.2567567568]
    """
    size = links.size
    if not size:
        return []
    sources, targets = np.append(links.a, links.b), np.append(links.b, links.a)
    weights = np.append(links.weights, links.weights)
    order = np.lexsort((sources, targets))
    sources, targets, weights = sources[order], targets[order], weights[order]
    strength = _sums(sources, weights, size)
    shares = weights / strength[sources]
    alone = strength == 0
    ranks = np.full(size, 1 / size)
    for _ in range(_STEPS):
        passed = _sums(targets, shares * ranks[sources], size)
        new = DAMPING * (passed + ranks[alone].sum() / size) + (1 - DAMPING) / size
        change = np.abs(new - ranks).sum()
        ranks = new
        if change < _CLOSE:
            break
    return [round(rank, _DIGITS) for rank in ranks.tolist()]


def _sums(places: Ints, values: Floats, size: int) -> Floats:
    """Return the sum of the values of every place."""
    return np.bincount(places, values, size).astype(np.float64, copy=False)
