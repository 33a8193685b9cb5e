"""Filters: what is left of the graph, and of its evidence."""

import pytest

pytestmark = pytest.mark.browser


def test_legend_counts_and_filters(small_graph, read):
    reader = read(small_graph)
    legend = reader.texts("#side fieldset >> nth=0 >> css=:scope > .choice label")
    reader.page.click("#side label:has-text('country')")

    assert legend[:4] == ["Country 3", "Organization 3", "Person 1", "System 5"]
    assert "Russia" not in reader.names()
    assert "S-400" in reader.names()
    assert reader.text("#counts").startswith("10 of 13 nodes")
    assert reader.text("#status") == reader.text("#counts") + " shown"


@pytest.mark.parametrize(
    ("step", "gone", "kept"),
    [
        ("Hypothetical", "United States sanctions Turkey", "Russia supplies Turkey"),
        ("Denied", "NATO operates S-400", "Russia operates S-400"),
        ("operates", "Russia operates S-400", "S-400 replaces S-300"),
    ],
)
def test_lines_are_filtered_by_status_and_relation(small_graph, read, step, gone, kept):
    reader = read(small_graph)
    assert gone in reader.relations()
    reader.page.click(f"#side label:has-text('{step}')")

    assert gone not in reader.relations()
    assert kept in reader.relations()


def test_co_mentions_can_be_switched_off(small_graph, read):
    reader = read(small_graph)
    count = "actorgraph.view.comentionsOf(actorgraph.view.current).length"
    assert reader.run(count) == 5
    reader.page.click("#side label:has-text('Named together')")

    assert reader.run(count) == 0


def test_only_hides_the_others_and_then_brings_them_back(small_graph, read):
    reader = read(small_graph)
    row = reader.page.locator("#side .choice:has-text('system')").first
    row.hover()
    row.locator(".only").click()
    assert reader.names() == ["AN/MPQ-64", "LGM-35A", "Patriot", "S-300", "S-400"]
    row.locator(".only").click()

    assert len(reader.names()) == 13


@pytest.mark.parametrize(
    ("address", "relations"),
    [
        ("#from=2020", 7),  # of the review: the contested one keeps its denial
        ("#to=2019-12", 5),
        ("#min=2", 1),
        ("#m=reported&m=hypothetical", 8),
        ("#s=affirmed&s=denied&s=hypothetical", 1),
    ],
)
def test_claims_are_filtered_by_date_number_and_firmness(small_graph, read, address, relations):
    assert len(read(small_graph, address).relations()) == relations


@pytest.mark.parametrize(
    ("dates", "bars"),
    [
        (["2019-11", "2020-02-03"], 4),
        (["2019", "2023-02"], 5),
        (["2019-99", "2020-13"], 2),
        (["0001", "2020"], 2),
        (["2020-01", "about 1999"], 0),
    ],
)
def test_time_has_a_bar_for_each_month_or_year(small_graph, changed, read, dates, bars):
    edges = [dated(edge, date) for edge, date in zip(small_graph.edges, dates, strict=False)]
    reader = read(changed(small_graph, edges=edges))

    assert reader.page.locator("#side .time .bars span").count() == bars


def dated(edge, date):
    """The edge as if all its sentences had been written on that date."""

    def moved(claim):
        return claim.model_copy(
            update={"evidence": claim.evidence.model_copy(update={"date": date})}
        )

    return edge.model_copy(update={"claims": tuple(map(moved, edge.claims))})


def test_time_is_played_from_the_first_year_to_the_last(small_graph, changed, read):
    years = ["2017", "2018", "2018", "2020"]
    edges = [dated(edge, year) for edge, year in zip(small_graph.edges, years, strict=False)]
    reader = read(changed(small_graph, edges=edges))
    seen = []
    reader.page.clock.install()
    reader.page.click("#play")
    for _ in years:
        seen.append((reader.text("#side .time output"), len(reader.relations())))
        reader.page.clock.run_for(700)

    assert seen == [("2017", 1), ("2017 – 2018", 3), ("2017 – 2019", 3), ("2017 – 2020", 4)]
    assert reader.text("#play") == "Play"


def test_played_time_can_be_paused_and_taken_back(small_graph, read):
    reader = read(small_graph)
    everything = reader.relations()
    reader.page.clock.install()
    reader.page.click("#play")
    assert reader.text("#play") == "Pause"
    reader.page.click("#play")
    paused = reader.relations()
    reader.page.clock.run_for(5000)

    assert len(paused) < len(everything)
    assert reader.relations() == paused
    reader.page.keyboard.press("u")
    reader.until("actorgraph.state.now.to === ''")
    assert reader.relations() == everything


def test_subtypes_are_filtered_within_their_type(small_graph, read):
    reader = read(small_graph)
    reader.page.click("#side button[aria-label='Kinds of system']")
    kinds = reader.page.locator("#side .kinds[aria-label='Kinds of system']")
    labels = [" ".join(text.split()) for text in kinds.locator("label").all_inner_texts()]
    kinds.locator("label:has-text('Radar sensor')").click()
    kinds.locator(".choice:has-text('Air defence system') .only").click(force=True)

    assert labels == ["Air defence system 3", "Missile ballistic 1", "Radar sensor 1"]
    assert {"AN/MPQ-64", "LGM-35A"}.isdisjoint(reader.names())
    assert {"S-400", "S-300", "Patriot", "Russia"} <= set(reader.names())
    assert "k=system%2Fradar_sensor" in reader.page.url


def test_npmi_threshold_keeps_the_telling_co_mentions(small_graph, read):
    reader = read(small_graph, "#npmi=0.5")

    assert sorted(
        reader.run("actorgraph.view.comentionsOf(actorgraph.view.current).map((c) => c.npmi)")
    ) == [0.52, 0.55, 0.61]


def test_one_document_can_be_read_alone(small_graph, read):
    reader = read(small_graph)
    reader.page.select_option("#filter-doc", label="Air defence in the north")

    assert "S-400 replaces S-300" in reader.relations()
    assert "Russia supplies Turkey" not in reader.relations()
    assert "Only Air defence in the north" in reader.text("#chips")


def test_panel_counts_only_the_sentences_that_the_filters_leave(small_graph, read):
    reader = read(small_graph, "#e=country%3Atr&e=system%3As-400&from=2020")

    assert "1 of 2 sentences" in reader.text("#panel")
    assert reader.page.locator("#panel .card").count() == 1


def test_unconnected_nodes_can_be_hidden(small_graph, read):
    reader = read(small_graph)
    assert "LGM-35A" in reader.names()
    reader.page.click("#side label:has-text('Show the unconnected')")

    assert "LGM-35A" not in reader.names()


def test_slider_works_from_the_keyboard_and_is_one_step_to_undo(small_graph, read):
    reader = read(small_graph)
    reader.page.focus("#filter-minimum")
    reader.page.keyboard.press("ArrowRight")
    assert len(reader.relations()) == 1
    reader.page.click("#back")
    reader.until("actorgraph.state.now.minimum === 1")

    assert len(reader.relations()) == 11
