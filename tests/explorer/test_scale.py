"""A graph too large to draw: the strongest part is drawn, the rest is there when asked for."""

import pytest

from actorgraph.export.explorer import payload

pytestmark = pytest.mark.browser


def test_large_graph_says_what_it_leaves_out_and_search_pulls_it_in(make_graph, read):
    reader = read(make_graph(400, 1200, 3), max_nodes=100)
    last = reader.run("actorgraph.data.entities[350].name")
    assert "100 of 400 nodes drawn" in reader.text("#chips")
    assert last not in reader.names()
    reader.find(last)
    reader.settle()

    assert reader.texts("#panel h2") == [last]
    assert last in reader.names()
    assert len(reader.names()) == 101


def test_path_runs_through_entities_that_are_not_drawn(make_graph, read):
    reader = read(make_graph(400, 500, 3), max_nodes=5)
    drawn, far = reader.run(
        """(() => {
          const { data, pairs } = actorgraph;
          const one = pairs.find((pair) => pair.a > 100 && pair.b > 100);
          return [0, one.b].map((node) => data.entities[node].name);
        })()"""
    )
    reader.find(drawn)
    reader.page.click("#panel button:text('Path to…')")
    reader.page.keyboard.type(far)
    reader.page.keyboard.press("Enter")
    stops = reader.run(
        """(() => {
          const { way, state } = actorgraph.view.current;
          return actorgraph.paths.stops(state.path[0], way);
        })()"""
    )
    assert reader.texts("#panel .hop > h3")[0].startswith(drawn)
    assert reader.texts("#panel .hop > h3")[-1].endswith(far)
    assert all(
        reader.run("(node) => Boolean(actorgraph.graph.network.body.nodes[node])", node)
        for node in stops
    )


def test_weak_co_mentions_wait_and_are_listed_with_the_entity(make_graph, read):
    reader = read(make_graph(60, 400, 3), max_nodes=50)
    waiting = reader.run("actorgraph.data.comentions.filter((co) => co.waits).length")
    drawn = reader.run("actorgraph.view.comentionsOf(actorgraph.view.current).length")
    name = reader.run(
        """(() => {
          const { data } = actorgraph;
          return data.entities[data.comentions.find((co) => co.waits).a].name;
        })()"""
    )
    reader.find(name)

    assert waiting > 0
    assert drawn + waiting <= 134
    assert "Only named nearby" in reader.text("#panel")
    reader.page.click("#panel section:has(h3:text('Only named nearby')) li >> nth=0 >> .line")
    assert reader.page.locator("#panel .card").count() == 1


def test_evidence_beyond_the_budget_is_left_out_and_counted(
    small_graph, changed, read, monkeypatch
):
    monkeypatch.setattr(payload, "MOST_SENTENCES", 1)
    reader = read(changed(small_graph), "#e=country%3Atr&e=system%3As-400")

    assert reader.page.locator("#panel .card").count() == 1
    assert "2 sentences" in reader.text("#panel")
    assert "1 further claim is left out to keep this page small" in reader.text("#panel")


def test_entities_beyond_the_limit_are_left_out_and_counted(make_graph, read, monkeypatch):
    monkeypatch.setattr(payload, "MOST_ENTITIES", 80)
    reader = read(make_graph(120, 300, 4), max_nodes=50)

    assert "50 of 120 nodes drawn" in reader.text("#chips")
    assert "the other 30 of the strongest 80" in reader.text("#chips")
    assert reader.run("actorgraph.data.entities.length") == 80
