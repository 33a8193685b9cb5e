"""From the layout of a graph to places on a page: everything in the window, nothing on top.

A layout puts what is linked near, yet lets single nodes drift far off and others coincide. The page
keeps directions and neighbourhoods of the layout, pulls strays in, and pushes overlapping nodes
apart. All of it is arithmetic in a fixed order: the same layout gives the same page.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

import numpy as np

Point = tuple[float, float]

RADIUS = 450.0
"""Half the width of a page of up to `ROOMY` nodes, in units of the drawing."""

ROOMY = 90
"""Nodes that fit the radius with room for their names; more take proportionally more area."""

GAP = 12.0
"""Room between the edges of two nodes."""

_LOOKS = 8
_ROUNDS_PER_LOOK = 5
_HALF_AROUND = ((0, 1), (1, -1), (1, 0), (1, 1))
"""The neighbours of a grid cell that do not have it as such a neighbour in turn."""

_LEAST = 1e-9
"""Points that are closer are one point: to divide by less would leave the range of numbers."""


def place(points: Sequence[Point], sizes: Sequence[float], shown: int) -> list[Point]:
    """Return where to draw nodes of the given radii, of which the first `shown` fill the page."""
    if not points:
        return []
    gathered = _gather(points, shown, RADIUS * grain(shown) ** 2)
    return _separate(gathered[:shown], sizes[:shown]) + gathered[shown:]


def grain(shown: int) -> float:
    """How much larger signs and strokes are drawn on the larger sheet that many nodes take.

    >>> grain(50), grain(1440)
    (1.0, 2.0)
    """
    return max(1.0, math.sqrt(math.sqrt(shown / ROOMY)))


def _gather(points: Sequence[Point], shown: int, radius: float) -> list[Point]:
    """Scale so that nine in ten nodes lie within the radius, and draw the others close to it.

    >>> line = [(-1, 0)] * 5 + [(0, 0)] * 2 + [(1, 0)] * 5 + [(500, 0)]
    >>> [round(x) for x, _ in _gather(line, len(line), radius=100)][-2:]
    [100, 224]
    """
    middle = (_median([x for x, _ in points[:shown]]), _median([y for _, y in points[:shown]]))
    far = sorted(math.dist(middle, point) for point in points[:shown])
    bulk = max(_LEAST, far[int(0.9 * (len(far) - 1))] or far[-1])
    gathered = []
    for x, y in points:
        distance = max(1.0, math.dist(middle, (x, y)) / bulk)
        factor = radius / bulk * (1 + 0.2 * math.log(distance)) / distance
        gathered.append(((x - middle[0]) * factor, (y - middle[1]) * factor))
    return gathered


def _separate(points: Sequence[Point], sizes: Sequence[float]) -> list[Point]:
    """Push overlapping nodes apart, each by half of the overlap, for a fixed number of rounds."""
    places = [list(point) for point in points]
    for _ in range(_LOOKS):
        for i, j in _close(places, sizes) * _ROUNDS_PER_LOOK:
            (x, y), (u, v) = places[i], places[j]
            distance = math.hypot(u - x, v - y)
            push = (sizes[i] + sizes[j] + GAP - distance) / 2
            if push <= 0:
                continue
            if distance:
                dx, dy = (u - x) / distance * push, (v - y) / distance * push
            else:  # each leaves a shared point in a direction of its own
                dx, dy = math.cos(j) * push, math.sin(j) * push
            places[i] = [x - dx, y - dy]
            places[j] = [u + dx, v + dy]
    return [(x, y) for x, y in places]


def _close(places: Sequence[Sequence[float]], sizes: Sequence[float]) -> list[tuple[int, int]]:
    """Pairs of nodes that touch or may soon, found through a grid, in a fixed order."""
    room = np.array(sizes) + GAP
    reach = 2 * float(room.max())
    grid: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, (x, y) in enumerate(places):
        grid[math.floor(x / reach), math.floor(y / reach)].append(i)
    at = np.array(places)
    pairs: list[tuple[int, int]] = []
    for (column, row), members in grid.items():
        around = [grid.get((column + dx, row + dy), []) for dx, dy in _HALF_AROUND]
        others = np.array(members + list(chain.from_iterable(around)))
        one = others[: len(members)]
        apart = at[one, None] - at[None, others]
        near = np.hypot(apart[..., 0], apart[..., 1]) < room[one, None] + room[None, others]
        first, second = np.nonzero(np.triu(near, 1))
        pairs += zip(one[first].tolist(), others[second].tolist(), strict=True)
    return pairs


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]
