"""Centrality, communities and layout: right, steady, and fast enough."""

from __future__ import annotations

import time

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actorgraph.graph.analysis import links
from actorgraph.graph.analysis.layout import SIDE, layout
from actorgraph.graph.analytics import (
    betweenness,
    communities,
    degree,
    ordered,
    pair_weights,
)

TRIANGLES = {
    ("a", "b"): 3.0, ("a", "c"): 3.0, ("b", "c"): 3.0,
    ("c", "d"): 1.0,
    ("d", "e"): 3.0, ("d", "f"): 3.0, ("e", "f"): 3.0,
}  # fmt: skip
"""Two triangles joined by a weak link from c to d."""
IDS = ["f", "e", "d", "c", "b", "a", "z"]


def laid_out(ids, weights):
    return layout(ids, weights, communities(ids, weights))


def pagerank(ids, weights):
    """Rank entities by id; the rows keep the order in which the links are given."""
    ids = sorted(ids)
    place = {entity_id: n for n, entity_id in enumerate(ids)}
    rows = np.array([(place[a], place[b], w) for (a, b), w in weights.items()]).reshape(-1, 3)
    ranks = links.pagerank(links.Links.of(len(ids), rows.astype(np.int64)))
    return dict(zip(ids, ranks, strict=True))


def nearest(places):
    """Return the smallest distance between any two positions."""
    points = np.array(list(places.values()))
    distances = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    np.fill_diagonal(distances, np.inf)
    return distances.min()


def room(n):
    """Return the least distance that n nodes must keep: half the side of an equal share."""
    return SIDE / 2 / (np.sqrt(n) + 3)


# Links


def test_facts_and_co_mentions_add_up_and_the_rest_is_no_link(small_graph):
    weights = pair_weights(small_graph.edges, small_graph.comentions)
    assert weights["country:ru", "organization:nato"] == 1 + 2  # opposes, named together twice
    assert weights["country:tr", "system:s-400"] == 2  # contested is fact
    assert ("organization:nato", "system:s-400") not in weights  # only denied
    assert ("country:tr", "country:us") not in weights  # only feared
    assert list(weights) == sorted(weights)


def test_a_pair_that_shares_only_a_paragraph_is_linked_weakly(small_graph):
    together = small_graph.comentions[0].model_copy(update={"sentences": 0})
    ((_, weight),) = pair_weights([], [together]).items()
    assert 0 < weight < 1


# Centrality


def test_pagerank_agrees_with_its_definition(make_graph):
    graph = make_graph(60, 120, 3)
    weights = pair_weights(graph.edges, graph.comentions)
    ids = [entity.id for entity in graph]
    place = {entity_id: n for n, entity_id in enumerate(ids)}
    matrix = np.zeros((len(ids), len(ids)))
    for (a, b), weight in weights.items():
        matrix[place[a], place[b]] = matrix[place[b], place[a]] = weight
    out = matrix.sum(axis=0)
    step = np.where(out > 0, matrix / np.where(out > 0, out, 1), 1 / len(ids))
    rank = np.full(len(ids), 1 / len(ids))
    for _ in range(500):
        rank = 0.85 * step @ rank + 0.15 / len(ids)
    assert list(graph.centrality().values()) == pytest.approx(rank, abs=1e-9)


def test_pagerank_sums_to_one_and_favours_the_linked():
    ranks = pagerank(IDS, TRIANGLES)
    assert sum(ranks.values()) == pytest.approx(1, abs=1e-8)
    assert min(ranks, key=ranks.__getitem__) == "z"
    assert list(ranks) == sorted(IDS)


def test_betweenness_agrees_with_networkx(make_graph):
    graph = make_graph(60, 120, 3)
    weights = pair_weights(graph.edges, graph.comentions)
    ids = [entity.id for entity in graph]
    expected = nx.Graph()
    expected.add_nodes_from(ids)
    expected.add_edges_from(weights)
    assert betweenness(ids, weights) == pytest.approx(nx.betweenness_centrality(expected))


def test_degree_counts_linked_entities():
    assert degree(IDS, TRIANGLES) == {"a": 2, "b": 2, "c": 3, "d": 3, "e": 2, "f": 2, "z": 0}


@pytest.mark.parametrize("measure", [pagerank, betweenness, degree, communities])
def test_nothing_and_a_single_entity_are_measured(measure):
    assert measure([], {}) == {}
    assert list(measure(["a"], {})) == ["a"]


# Communities


def test_communities_are_numbered_by_size_then_by_first_member():
    assert communities(IDS, TRIANGLES) == {
        "a": 0, "b": 0, "c": 0, "d": 1, "e": 1, "f": 1, "z": 2,
    }  # fmt: skip
    assert communities(["b", "a", "d", "c", "e"], {("c", "d"): 1.0, ("d", "e"): 1.0}) == {
        "c": 0, "d": 0, "e": 0, "a": 1, "b": 2,
    }  # fmt: skip


@given(st.permutations(IDS), st.permutations(list(TRIANGLES.items())))
def test_the_order_of_the_input_changes_nothing(ids, links):
    weights = dict(links)
    for measure in (pagerank, betweenness, degree, communities):
        assert measure(ids, weights) == measure(IDS, TRIANGLES)
    assert laid_out(ids, weights) == laid_out(IDS, TRIANGLES)


# Layout

SHAPES = {
    "one node": nx.empty_graph(1),
    "no links": nx.empty_graph(40),
    "one pair": nx.path_graph(2),
    "chain": nx.path_graph(80),
    "star": nx.star_graph(400),
    "clique": nx.complete_graph(60),
    "pairs": nx.disjoint_union_all([nx.path_graph(2)] * 60),
    "hubs": nx.barabasi_albert_graph(900, 3, seed=1),
    "cliques": nx.connected_caveman_graph(12, 15),
    "some alone": nx.disjoint_union(nx.barabasi_albert_graph(200, 2, seed=1), nx.empty_graph(90)),
}


@pytest.fixture(params=SHAPES)
def shape(request):
    network = SHAPES[request.param]
    ids = [f"n:{n:04d}" for n in network]
    weights = {ordered(ids[a], ids[b]): 1.0 + (a + b) % 4 for a, b in network.edges}
    return ids, dict(sorted(weights.items()))


def test_every_node_has_its_own_place_in_the_square(shape):
    ids, weights = shape
    places = laid_out(ids, weights)
    assert list(places) == ids
    for x, y in places.values():
        assert abs(x) <= SIDE / 2
        assert abs(y) <= SIDE / 2
        assert (round(x, 1), round(y, 1)) == (x, y)
    if len(ids) > 1:
        assert nearest(places) >= room(len(ids))
        assert max(abs(c) for place in places.values() for c in place) == SIDE / 2


def test_the_same_graph_is_drawn_the_same(shape):
    ids, weights = shape
    assert laid_out(ids, weights) == laid_out(ids[::-1], dict(reversed(weights.items())))


def test_communities_are_drawn_together():
    network = nx.connected_caveman_graph(8, 12)
    ids = [f"n:{n:03d}" for n in network]
    weights = {ordered(ids[a], ids[b]): 1.0 for a, b in network.edges}
    clusters = communities(ids, weights)
    places = laid_out(ids, weights)
    points = np.array([places[entity_id] for entity_id in ids])
    number = np.array([clusters[entity_id] for entity_id in ids])
    distances = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    same = number[:, None] == number[None]
    assert distances[same].mean() < 0.35 * distances[~same].mean()


def test_linked_nodes_are_nearer_than_others(make_graph):
    graph = make_graph(300, 600, 2)
    places = graph.layout()
    points = np.array(list(places.values()))
    average = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)).mean()
    linked = [
        np.hypot(places[a][0] - places[b][0], places[a][1] - places[b][1])
        for a, b in pair_weights(graph.edges, graph.comentions)
    ]
    assert np.mean(linked) < 0.75 * average


def test_entities_without_links_stand_outside():
    network = nx.barabasi_albert_graph(100, 2, seed=1)
    ids = [f"n:{n:03d}" for n in range(110)]
    weights = {ordered(ids[a], ids[b]): 1.0 for a, b in network.edges}
    radius = {entity_id: np.hypot(*place) for entity_id, place in laid_out(ids, weights).items()}
    assert min(radius[entity_id] for entity_id in ids[100:]) > max(
        radius[entity_id] for entity_id in ids[:100]
    )


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60), st.lists(st.tuples(st.integers(0, 59), st.integers(0, 59))))
def test_any_graph_is_laid_out(n, links):
    ids = [f"n:{i:02d}" for i in range(n)]
    pairs = {ordered(ids[a % n], ids[b % n]) for a, b in links if a % n != b % n}
    places = laid_out(ids, dict.fromkeys(sorted(pairs), 1.0))
    assert list(places) == ids
    assert n == 1 or nearest(places) >= room(n)


@pytest.mark.slow
def test_five_thousand_entities_are_laid_out_in_three_seconds(make_graph):
    graph = make_graph(5000, 15000, 1)
    graph.clusters()
    start = time.process_time()
    graph.layout()
    assert time.process_time() - start < 3
