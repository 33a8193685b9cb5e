"""Brokers, cores, associations, bursts, balance, sources, periods and PageRank on arrays."""

from __future__ import annotations

import networkx as nx
import pytest

from actorgraph.errors import QueryError
from actorgraph.graph.analysis.brokers import find_brokers
from actorgraph.graph.analysis.bursts import burst_states
from actorgraph.graph.analysis.cores import core_numbers
from actorgraph.graph.example import example_graph
from actorgraph.graph.model import KnowledgeGraph
from actorgraph.schema import Entity, Polarity


@pytest.fixture(scope="module")
def kg():
    return example_graph()


def entities(names):
    return {name: Entity(id=name, name=name, type="person") for name in names}


# Brokers

BROKERED = [
    # A bridge between two triangles: its ends each join the other end to their own two.
    (["ab", "bc", "ca", "cd", "de", "ef", "fd"], "aaabbb", {"c": 2, "d": 2}),
    # A star over three communities of one member each: all three pairs.
    (["ab", "ac", "ad"], "axyz", {"a": 3}),
    # The same, but two of them are linked: that pair needs no broker.
    (["ab", "ac", "ad", "bc"], "axyz", {"a": 2, "b": 0, "c": 0}),
    (["ab", "bc"], "aaa", {}),
]


@pytest.mark.parametrize(("pairs", "communities", "expected"), BROKERED)
def test_a_broker_joins_pairs_of_two_communities_that_are_not_linked(pairs, communities, expected):
    names = sorted(set("".join(pairs)))
    clusters = dict(zip(names, communities, strict=True))
    numbers = {name: "abxyz".index(letter) for name, letter in clusters.items()}
    found = find_brokers([tuple(pair) for pair in pairs], numbers, entities(names))
    assert {broker.id: broker.brokered for broker in found} == expected
    assert [b.brokered for b in found] == sorted((b.brokered for b in found), reverse=True)


@pytest.mark.parametrize(
    ("communities", "participation"),
    [("aabb", 0.4444), ("abbb", None), ("axyz", 0.6667)],
)
def test_participation_is_the_evenness_of_links(communities, participation):
    numbers = {n: "abxyz".index(c) for n, c in zip("mnop", communities, strict=True)}
    numbers = dict(zip("abcd", numbers.values(), strict=True))
    found = find_brokers([("a", "b"), ("a", "c"), ("a", "d")], numbers, entities("abcd"))
    of_a = next((b.participation for b in found if b.id == "a"), None)
    assert of_a == participation


def test_brokers_are_counted_as_by_brute_force(make_graph):
    graph = make_graph(80, 200, 3)
    clusters = graph.clusters()
    network = nx.Graph(graph.to_networkx().to_undirected())
    expected = {
        node: sum(
            clusters[a] != clusters[b] and not network.has_edge(a, b)
            for i, a in enumerate(near)
            for b in near[:i]
        )
        for node in network
        for near in [sorted(network[node])]
    }
    for broker in graph.brokers(n=80):
        assert broker.brokered == expected[broker.id]


# Cores


def test_core_numbers_are_those_of_networkx(make_graph):
    graph = make_graph(80, 200, 3)
    network = nx.Graph(graph.to_networkx().to_undirected())
    ids = [entity.id for entity in graph]
    expected = nx.core_number(network)
    assert core_numbers(ids, [tuple(sorted(edge)) for edge in network.edges]) == expected
    inner = graph.cores(3)
    assert inner.scores == {name: n for name, n in expected.items() if n >= 3}
    assert all(len(set(network[entity.id]) & set(inner.scores)) >= 3 for entity in inner), (
        "every member of a k-core has k links within it"
    )


# Associations


@pytest.mark.parametrize(
    ("asked", "pairs"),
    [
        ({}, ["Valdai Discussion Club NATO", "Valdai Discussion Club Russia", "NATO Russia"]),
        ({"n": 1}, ["Valdai Discussion Club NATO"]),
        ({"name": "Russia"}, ["Valdai Discussion Club Russia", "NATO Russia"]),
        ({"name": "S-400"}, []),
        ({"name": "S-400", "min_sentences": 1}, ["Russia S-400"]),
    ],
)
def test_associations_are_ranked_and_need_enough_sentences(small_graph, asked, pairs):
    found = small_graph.associations(**asked)
    names = [{small_graph[pair.a].name, small_graph[pair.b].name} for pair in found]
    assert len(names) == len(pairs)
    assert all(name in pair for names_, pair in zip(names, pairs, strict=True) for name in names_)


def test_associations_lead_to_sentences_and_refuse_unknown_measures(small_graph):
    assert "Valdai" in small_graph.associations("Russia").evidence[0].sentence
    with pytest.raises(QueryError, match="npmi, log_likelihood, sentences"):
        small_graph.associations(by="luck")


# Bursts


@pytest.mark.parametrize(
    ("counts", "bursting"),
    [
        ([(1, 20), (0, 20), (9, 20), (8, 20), (1, 20)], [2, 3]),
        ([(5, 20)] * 6, []),
        ([(0, 20)] * 4, []),
        ([(20, 20)] * 4, []),
        ([(1, 20), (2, 20), (1, 20), (2, 20)], []),
        ([(0, 10), (0, 0), (6, 10), (0, 0), (6, 10), (0, 30)], [2, 3, 4]),
        ([(7, 10)], []),
        ([], []),
    ],
)
def test_a_burst_is_more_than_the_usual_share_and_more_than_noise(counts, bursting):
    assert [n for n, is_burst in enumerate(burst_states(counts)) if is_burst] == bursting


def dated(graph, years):
    """The graph with one more claim on its first edge in each of these years."""
    edge, *others = graph.edges
    claims = [
        edge.claims[0].model_copy(update={"id": f"c{n}", "event_date": year})
        for n, year in enumerate(years)
    ]
    edges = [edge.model_copy(update={"claims": (*edge.claims, *claims)}), *others]
    return KnowledgeGraph(
        entities=graph.entities, edges=edges, documents=graph.documents, relations=graph.relations
    )


def test_bursts_carry_their_claims(make_graph):
    graph = make_graph(40, 90, 1)
    others = [str(year) for year in range(2010, 2020) for _ in range(3)]
    edge = graph.edges[5]
    busy = dated(graph, others)
    claims = [
        edge.claims[0].model_copy(update={"id": f"x{n}", "event_date": "2015-03"})
        for n in range(12)
    ]
    edges = [
        e if e.key != edge.key else e.model_copy(update={"claims": tuple(claims)})
        for e in busy.edges
    ]
    busy = KnowledgeGraph(entities=graph.entities, edges=edges, documents=graph.documents)
    bursts = busy.bursts(edge.object_id)
    assert [(b.start, b.end, len(b.claims)) for b in bursts] == [("2015", "2015", 12)]
    assert bursts[0].weight > 0
    assert len(bursts.evidence) == 12
    assert {b.entity.id for b in busy.bursts()} >= {edge.object_id}
    assert len(busy.bursts(edge.object_id, by="month")) == 0, "all others are dated by year alone"


@pytest.mark.parametrize("ask", ["bursts", "balance"])
def test_an_unknown_period_is_refused(kg, ask):
    with pytest.raises(QueryError, match="'year' or 'month'"):
        getattr(kg, ask)("Russia", by="week")


# Cooperation and conflict


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Russia", "Turkey", [("2017", 1, 0, 1.0)]),
        ("Turkey", "Russia", [("2017", 1, 0, 1.0)]),
        ("Russia", "NATO", [("2021", 0, 1, -1.0)]),
        ("Turkey", "S-400", [("2019", 1, 0, 1.0)]),  # the denial of 2021 does not count
        ("United States", "Turkey", []),  # what is only feared does not count
        ("Turkey", "NATO", []),  # membership is structural
    ],
)
def test_the_balance_counts_what_is_firmly_affirmed(kg, a, b, expected):
    found = kg.balance(a, b)
    assert [
        (item.period, len(item.cooperation), len(item.conflict), item.balance) for item in found
    ] == expected


def test_the_balance_shows_gaps_and_the_undated(kg):
    edges = [
        edge.model_copy(
            update={
                "claims": tuple(
                    c.model_copy(update={"event_date": "2017" if c.event_date else None})
                    for c in edge.claims
                )
            }
        )
        for edge in kg.edges
    ]
    graph = KnowledgeGraph(entities=kg.entities, edges=edges, relations=kg.relations)
    by_month = graph.balance("Russia", by="month")
    assert [item.period for item in by_month] == ["2021-03", "undated"]
    assert [item.period for item in graph.balance("Russia")] == [str(y) for y in range(2017, 2022)]
    assert len(by_month.evidence) == 2


def test_copies_of_a_sentence_count_once(kg):
    edges = [
        edge.model_copy(
            update={"claims": (*edge.claims, *(c.model_copy(update={"id": "copy"})
                                               for c in edge.claims))}
        )
        for edge in kg.edges
    ]  # fmt: skip
    graph = KnowledgeGraph(entities=kg.entities, edges=edges, relations=kg.relations)
    assert str(graph.balance("Russia")) == str(kg.balance("Russia"))


# Sources


def test_two_sources_are_compared_statement_by_statement(kg):
    compared = kg.compare_sources("Harbour Gazette", "northern review")
    labels = [(item.kind, item.subject_id, item.relation) for item in compared]
    assert labels == [
        ("contradiction", "country:tr", "acquires"),
        ("only a", "country:ru", "supplies"),
        ("only a", "country:us", "sanctions"),
        ("only b", "country:ru", "operates"),
        ("only b", "country:ru", "opposes"),
        ("only b", "country:tr", "member_of"),
    ]
    assert [len(part) for part in (compared.contradictions, compared.both, compared.only_a,
                                   compared.only_b)] == [1, 0, 2, 3]  # fmt: skip
    said = [citation.sentence for citation in compared.contradictions.evidence]
    assert said == ["Turkey took delivery of the S-400.", "Turkey did not buy the S-400."]
    assert compared.to_networkx().number_of_edges() == 6


def test_the_order_of_the_sources_only_swaps_the_sides(kg):
    forth = kg.compare_sources("Harbour Gazette", "Northern Review")
    back = kg.compare_sources("Northern Review", "Harbour Gazette")
    assert {i.relation for i in forth.only_a} == {i.relation for i in back.only_b}
    assert len(forth.contradictions) == len(back.contradictions)


def test_a_source_that_agrees_is_no_contradiction(kg):
    agreeing = [
        edge.model_copy(
            update={
                "claims": tuple(
                    c.model_copy(update={"polarity": Polarity.AFFIRMED}) for c in edge.claims
                )
            }
        )
        for edge in kg.edges
    ]
    graph = KnowledgeGraph(entities=kg.entities, edges=agreeing, documents=kg.documents)
    compared = graph.compare_sources("gazette", "review")
    assert [item.relation for item in compared.both] == ["acquires"]
    assert not compared.contradictions


def test_an_unknown_source_lists_the_known(kg):
    with pytest.raises(QueryError, match="Harbour Gazette, Northern Review"):
        kg.compare_sources("Harbour Gazette", "Evening Post")


def test_contradictions_are_the_contested_edges(kg, small_graph):
    assert [edge.key for edge in kg.contradictions()] == [
        ("country:tr", "acquires", "system:s-400")
    ]
    assert len(kg.contradictions("NATO")) == 0
    assert len(small_graph.contradictions("Turkey").evidence) == 2


# The graph of some time


@pytest.mark.parametrize(
    ("asked", "statuses"),
    [
        ({"until": "2018"}, {"supplies": "affirmed"}),
        (
            {"until": "2020"},
            {"supplies": "affirmed", "acquires": "affirmed", "sanctions": "hypothetical"},
        ),
        (
            {"since": "2021"},
            {"operates": "affirmed", "opposes": "affirmed", "member_of": "affirmed",
             "acquires": "denied"},
        ),
        ({"since": "2030"}, {}),
    ],
)  # fmt: skip
def test_edges_are_weighed_anew_by_the_claims_of_the_time(kg, asked, statuses):
    part = kg.between(**asked)
    assert {edge.relation: edge.status.value for edge in part.edges} == statuses
    assert {e.id for e in part} == {end for e in part.edges for end in (e.subject_id, e.object_id)}


@pytest.mark.parametrize("asked", [{"since": "spring"}, {"until": "2021-2"}])
def test_a_time_that_is_no_date_is_refused(kg, asked):
    with pytest.raises(QueryError, match="is no date"):
        kg.between(**asked)


def test_all_of_the_time_gives_the_same_edges(kg):
    assert list(kg.between().edges) == list(kg.edges)
    assert kg.between(since="2000", until="2030").edges == kg.edges


def test_weighing_is_what_a_build_does(small_graph):
    """The status of every edge of the fixture is that of its claims."""
    from actorgraph.graph.evidence.weighing import weigh

    documents = {document.id: document for document in small_graph.documents}
    for edge in small_graph.edges:
        again = weigh(edge.claims, documents.get)
        assert (again.key, again.status, again.n_documents) == (
            edge.key, edge.status, edge.n_documents,
        )  # fmt: skip


# PageRank


def test_pagerank_on_arrays_is_that_of_networkx(small_graph, make_graph):
    for graph in (small_graph, make_graph(200, 500, 2)):
        weights = graph._lookup.pairs
        network = nx.Graph()
        network.add_nodes_from(entity.id for entity in graph)
        network.add_weighted_edges_from((a, b, w) for (a, b), w in weights.items())
        pagerank = nx.algorithms.link_analysis.pagerank_alg._pagerank_python
        expected = pagerank(network, tol=1e-13, max_iter=2000)
        assert graph.centrality() == pytest.approx(expected, abs=1e-9)


# Paths


def test_paths_are_those_of_networkx(make_graph):
    graph = make_graph(120, 260, 5)
    network = nx.Graph()
    network.add_nodes_from(entity.id for entity in graph)
    stated = {tuple(sorted((e.subject_id, e.object_id))) for e in graph.edges}
    for a, b in stated:
        network.add_edge(a, b, cost=1)
    for pair in graph.comentions:
        if (pair.a, pair.b) not in stated:
            network.add_edge(pair.a, pair.b, cost=1000)
    ids = [entity.id for entity in graph]
    for a, b in zip(ids[:40], reversed(ids), strict=False):
        found = graph.path(a, b, k=3)
        if not nx.has_path(network, a, b):
            assert len(found) == 0
            continue
        expected = nx.shortest_simple_paths(network, a, b, weight="cost")
        for path, steps in zip(found, expected, strict=False):
            length = nx.path_weight(network, steps, "cost")
            assert nx.path_weight(network, [e.id for e in path.entities], "cost") == length
        assert len({tuple(e.id for e in p.entities) for p in found}) == len(found)
        assert all(len({e.id for e in p.entities}) == len(p.entities) for p in found)


def test_a_path_to_itself_has_no_steps(small_graph):
    (path,) = small_graph.path("Russia", "Moscow")
    assert (len(path.entities), len(path.hops)) == (1, 0)
