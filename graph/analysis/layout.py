"""Where to draw every entity: communities apart, neighbours near, nothing on top of anything.

The forces are those of ForceAtlas2 (Jacomy et al., 2014, doi:10.1371/journal.pone.0098679): links
attract in proportion to distance, nodes repel in proportion to their degrees. Two changes make it
cheap and steady. Far nodes repel as one body per cell of a coarse grid, and steps shrink to nothing
over a fixed number of rounds. Communities are laid out first, as bodies of their own; then their
members start around the place of the community. Entities without links stand on rings outside.

There is no random number in it: the same graph gives the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..analytics import Pair

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SIDE = 1000.0
"""Side of the square that holds all positions; its centre is (0, 0)."""

_CELLS = 16
"""Cells of the repulsion grid along one side."""
_ROUNDS = 60
_CHUNK = 128
"""Rows of the repulsion table worked on at once: few enough to stay in the processor's cache."""
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def layout(
    ids: Sequence[str], weights: Mapping[Pair, float], clusters: Mapping[str, int]
) -> dict[str, tuple[float, float]]:
    """Return a position for every entity, in steps of 0.1.

    Args:
        ids: Every entity, linked or not.
        weights: Links as `analytics.pair_weights` gives them.
        clusters: Community number of every entity.
    """
    linked_ids = sorted({entity_id for pair in weights for entity_id in pair})
    lonely_ids = sorted(set(ids).difference(linked_ids))
    place = {entity_id: index for index, entity_id in enumerate(linked_ids)}
    links = _Links(
        np.array([place[a] for a, _ in weights], dtype=np.int64),
        np.array([place[b] for _, b in weights], dtype=np.int64),
        # The square root keeps the strongest pairs from collapsing into one point.
        np.sqrt(np.array(list(weights.values()), dtype=np.float64)),
        np.ones(len(linked_ids), dtype=np.float64),
    )
    group = np.array([clusters[entity_id] for entity_id in linked_ids], dtype=np.int64)

    core = _spread(_fit(_arrange(links, group)))
    radius = float(np.hypot(core[:, 0], core[:, 1]).max(initial=0))
    everything = np.concatenate([core, _rings(len(lonely_ids), radius)])
    reach = float(np.abs(everything).max(initial=0)) or 1.0
    return {
        entity_id: (round(float(x), 1) + 0.0, round(float(y), 1) + 0.0)
        for entity_id, (x, y) in sorted(
            zip(linked_ids + lonely_ids, everything * (SIDE / 2 / reach), strict=True)
        )
    }


class _Links:
    """Weighted links between numbered bodies."""

    def __init__(self, source: Ints, target: Ints, weight: Floats, size: Floats) -> None:
        self.source = source
        self.target = target
        self.weight = weight
        self.size = size
        """How many nodes each body stands for."""

    def __len__(self) -> int:
        return len(self.size)

    @property
    def mass(self) -> Floats:
        """Number of links of every body, plus its size: what it repels with."""
        ends = np.concatenate([self.source, self.target])
        return np.bincount(ends, minlength=len(self)) + self.size

    def between(self, group: Ints, n_groups: int) -> _Links:
        """Return the links between whole groups."""
        a, b = group[self.source], group[self.target]
        code = np.minimum(a, b) * n_groups + np.maximum(a, b)
        codes, inverse = np.unique(code[a != b], return_inverse=True)
        weight = _sums(inverse, self.weight[a != b], len(codes))
        size = _sums(group, self.size, n_groups)
        return _Links(codes // n_groups, codes % n_groups, np.sqrt(weight), size)


def _arrange(links: _Links, group: Ints) -> Floats:
    """Lay out communities, then their members around them."""
    n_groups = int(group.max(initial=-1)) + 1
    between = links.between(group, n_groups)
    centres = _relax(between, _sunflower(n_groups) * 2, None)
    # A community of n members needs about n units of area: give the centres room for all of them.
    centres = _fit(centres) * math.sqrt(len(links) / max(n_groups, 1))
    start = np.zeros((len(links), 2))
    for number in range(n_groups):
        members = np.flatnonzero(group == number)
        start[members] = centres[number] + 0.5 * _sunflower(len(members))
    return _relax(links, start, group)


def _sunflower(n: int) -> Floats:
    """Return n points of even density around (0, 0), the first in the middle (Vogel, 1979)."""
    return np.array(
        [
            (math.sqrt(i) * math.cos(i * _GOLDEN_ANGLE), math.sqrt(i) * math.sin(i * _GOLDEN_ANGLE))
            for i in range(n)
        ]
    ).reshape(-1, 2)


def _relax(links: _Links, start: Floats, group: Ints | None) -> Floats:
    """Let the forces act for a fixed number of rounds, with ever smaller steps."""
    position = start.copy()
    mass = links.mass
    reach = math.sqrt(float(links.size.sum()))
    for step in range(_ROUNDS):
        force = _repulsion(position, mass) + _attraction(position, links)
        force -= position * (mass / (1 + np.hypot(position[:, 0], position[:, 1])))[:, None]
        if group is not None:
            force += _cohesion(position, group)
        length = np.hypot(force[:, 0], force[:, 1])
        longest = 0.1 * reach * (1 - step / _ROUNDS)
        position += force * (np.minimum(length / mass, longest) / np.maximum(length, 1e-9))[:, None]
    return position


def _repulsion(position: Floats, mass: Floats) -> Floats:
    """Push every body away from all cells, or from all bodies where those are few."""
    centre, weight, size = _cells(position, mass)
    force = np.zeros_like(position)
    for first in range(0, len(position), _CHUNK):
        rows = slice(first, first + _CHUNK)
        dx = position[rows, 0, None] - centre[None, :, 0]
        dy = position[rows, 1, None] - centre[None, :, 1]
        strength = weight[None, :] / (dx * dx + dy * dy + size)
        force[rows, 0] = (strength * dx).sum(axis=1)
        force[rows, 1] = (strength * dy).sum(axis=1)
    return force * mass[:, None]


def _cells(position: Floats, mass: Floats) -> tuple[Floats, Floats, float]:
    """Return centre and mass of every occupied cell, and how far to soften its force."""
    if len(position) <= _CELLS * _CELLS:
        return position, mass, 0.01
    low = position.min(axis=0)
    width = float((position.max(axis=0) - low).max()) / _CELLS * 1.0001 + 1e-9
    column, row = ((position - low) / width).astype(np.int64).T
    occupied, cell = np.unique(row * _CELLS + column, return_inverse=True)
    weight = _sums(cell, mass, len(occupied))
    x = _sums(cell, mass * position[:, 0], len(occupied)) / weight
    y = _sums(cell, mass * position[:, 1], len(occupied)) / weight
    return np.stack([x, y], axis=1), weight, 0.05 * width * width


def _attraction(position: Floats, links: _Links) -> Floats:
    """Pull linked bodies together."""
    pull = (position[links.target] - position[links.source]) * links.weight[:, None]
    return np.stack(
        [
            _sums(links.source, pull[:, axis], len(links))
            - _sums(links.target, pull[:, axis], len(links))
            for axis in (0, 1)
        ],
        axis=1,
    )


def _cohesion(position: Floats, group: Ints) -> Floats:
    """Pull every node to the middle of its community, as one link would."""
    count = np.bincount(group)
    middle = np.stack(
        [_sums(group, position[:, axis], len(count)) / np.maximum(count, 1) for axis in (0, 1)],
        axis=1,
    )
    pull: Floats = middle[group] - position
    return pull


def _fit(position: Floats) -> Floats:
    """Scale to a disc with about one unit of area a node, opening the crowded middle.

    Half of the radius comes from the picture, half from the rank of the radius: ranks alone
    would be even but shapeless, the picture alone piles up around the hubs.
    """
    n = len(position)
    if n < 2:
        return np.zeros_like(position)
    position = position - position.mean(axis=0)
    radius = np.hypot(position[:, 0], position[:, 1])
    rank = np.empty(n)
    rank[np.argsort(radius, kind="stable")] = np.arange(1, n + 1)
    wanted = 0.5 * radius / radius.max() + 0.5 * np.sqrt(rank / n)
    scaled: Floats = position * (wanted * math.sqrt(n) / np.maximum(radius, 1e-9))[:, None]
    return scaled


def _spread(position: Floats) -> Floats:
    """Push nodes apart until no two are closer than one unit."""
    position = position.copy()
    for _ in range(400):
        a, b = _close_pairs(position)
        if not len(a):
            break
        delta = position[a] - position[b]
        distance = np.hypot(delta[:, 0], delta[:, 1])
        # Two nodes on one spot part along an angle that their number picks.
        angle = a * _GOLDEN_ANGLE
        away = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        apart = distance > 1e-6
        away[apart] = delta[apart] / distance[apart, None]
        push = away * ((1.02 - distance) * 0.5)[:, None]
        for axis in (0, 1):
            position[:, axis] += _sums(a, push[:, axis], len(position))
            position[:, axis] -= _sums(b, push[:, axis], len(position))
    return position


def _close_pairs(position: Floats) -> tuple[Ints, Ints]:
    """Return all pairs nearer than one unit, found through a grid of unit cells."""
    cell = np.floor(position).astype(np.int64)
    cell -= cell.min(axis=0, initial=0) - 1
    height = int(cell[:, 1].max(initial=0)) + 2
    code = cell[:, 0] * height + cell[:, 1]
    order = np.argsort(code, kind="stable")
    code = code[order]
    first: list[Ints] = []
    second: list[Ints] = []
    for offset in (0, 1, height - 1, height, height + 1):
        begin = np.searchsorted(code, code + offset, side="left")
        end = np.searchsorted(code, code + offset, side="right")
        if offset == 0:
            begin = np.arange(1, len(code) + 1)
        count = np.maximum(end - begin, 0)
        a = np.repeat(np.arange(len(code)), count)
        b = np.arange(len(a)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(begin, count)
        first.append(order[a])
        second.append(order[b])
    a, b = np.concatenate(first), np.concatenate(second)
    delta = position[a] - position[b]
    near = np.hypot(delta[:, 0], delta[:, 1]) < 1
    return a[near], b[near]


def _rings(n: int, radius: float) -> Floats:
    """Return n points on circles around a disc, at least one unit from it and from each other."""
    points: list[tuple[float, float]] = []
    while len(points) < n:
        radius += 1.2
        room = max(1, min(int(2 * math.pi * radius / 1.2), n - len(points)))
        points += [
            (radius * math.cos(2 * math.pi * i / room), radius * math.sin(2 * math.pi * i / room))
            for i in range(room)
        ]
    return np.array(points).reshape(-1, 2)


def _sums(key: Ints, value: Floats, n: int) -> Floats:
    """Add up values by key, from 0 to n - 1."""
    return np.bincount(key, weights=value, minlength=n).astype(np.float64)
