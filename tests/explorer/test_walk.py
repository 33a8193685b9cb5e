"""One walk through the page, as an analyst takes it: find, read, follow, filter, come back."""

import pytest

from actorgraph.schema import CoMention, Evidence

pytestmark = pytest.mark.browser

CLUB = "organization:valdai-discussion-club"


@pytest.fixture(scope="module")
def scattered_graph(small_graph, changed):
    """The small graph, where the club shares no sentence with anyone, only a document."""
    document = small_graph.documents[0]

    def quote(words):
        start = document.text.index(words)
        return Evidence(
            document_id=document.id, start=start, end=start + len(words), exact=words,
            date=document.date,
        )  # fmt: skip

    in_sentences = [pair for pair in small_graph.comentions if CLUB not in (pair.a, pair.b)]
    apart = CoMention(
        a="country:ru",
        b=CLUB,
        sentences=0,
        paragraphs=0,
        documents=1,
        npmi=-1,
        log_likelihood=0,
        examples=(quote("Russia supplied Turkey with the S-400"), quote("The Valdai Discussion")),
    )
    return changed(small_graph, comentions=[*in_sentences, apart])


def test_walk_from_a_nickname_to_a_path_and_back_by_its_address(scattered_graph, read):
    reader = read(scattered_graph)

    # Search "growler", click, read the sentence.
    reader.page.click("#search")
    reader.page.keyboard.type("growler")
    reader.page.click("#search-list li:has-text('S-400')")
    assert reader.texts("#panel h2") == ["S-400"]
    reader.click_line("Turkey", "S-400")
    assert "Turkey took delivery of the first S-400 battery" in reader.text("#panel .card")
    assert reader.texts("#panel .card >> nth=0 >> mark") == ["Turkey", "took delivery of", "S-400"]

    # Follow the path Valdai -> NATO.
    reader.find("valdai")
    reader.page.click("#panel button:text('Path to…')")
    reader.page.keyboard.type("nato")
    reader.page.keyboard.press("Enter")
    hops = reader.texts("#panel .hop")
    assert [hop.split("→")[0].strip() for hop in hops] == ["Valdai Discussion Club", "Russia"]
    assert "Only named in the same document" in hops[0]
    assert "no sentence names both" in hops[0]
    assert "Turkey takes delivery of S-400" in hops[0]  # the document that names both
    assert "Russia opposes NATO" in hops[1]
    reader.settle()
    labels = reader.run("actorgraph.labels.placed.map(({ text }) => text)")
    assert "same document only" in labels

    # Filter.
    reader.page.click("#side label:has-text('Hypothetical')")
    assert "United States sanctions Turkey" not in reader.relations()

    # Reload from the address and see the same.
    before = reader.text("#panel"), reader.names(), reader.relations()
    again = read(scattered_graph, reader.page.evaluate("location.hash"))
    after = again.text("#panel"), again.names(), again.relations()
    assert after == before


def test_names_that_only_share_a_document_have_no_line_until_asked_for(scattered_graph, read):
    reader = read(scattered_graph)
    met = "actorgraph.view.comentionsOf(actorgraph.view.current).length"
    assert reader.run(met) == 3
    reader.find("valdai")
    nearby = "#panel section:has(h3:text('Only named nearby')) li"
    assert reader.texts(nearby) == ["Russia document"]
    assert reader.run(met) == 3
    reader.page.click(f"{nearby} .line")

    assert reader.run(met) == 4
    assert "Only named in the same document" in reader.text("#panel")
    assert len(reader.texts("#panel .card")) == 2


def test_path_takes_a_detour_rather_than_a_shared_document(scattered_graph, changed, read):
    shortcut = CoMention(
        a="country:us", b="system:s-300", sentences=0, paragraphs=1, documents=1, npmi=-1,
        log_likelihood=0,
    )  # fmt: skip
    graph = changed(scattered_graph, comentions=[*scattered_graph.comentions, shortcut])
    reader = read(graph, "#p=country%3Aus&p=system%3As-300")

    assert reader.texts("#panel .hop > h3") == [
        "United States → Patriot",
        "Patriot → S-400",
        "S-400 → S-300",
    ]


def test_shared_documents_are_no_path_where_co_mentions_are_switched_off(scattered_graph, read):
    reader = read(scattered_graph, f"#p={CLUB.replace(':', '%3A')}&p=organization%3Anato&co=0")

    assert "Nothing that is shown links them" in reader.text("#panel")
