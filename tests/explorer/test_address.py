"""The address of the page holds what the reader asked for."""

import pytest

pytestmark = pytest.mark.browser


def test_back_walks_through_the_steps(small_graph, read):
    reader = read(small_graph)
    reader.find("NATO")
    reader.find("Turkey")
    reader.page.go_back()
    reader.until("document.querySelector('#panel h2').textContent === 'NATO'")
    reader.page.click("#back")
    reader.until("actorgraph.state.now.node === null")

    assert reader.page.is_disabled("#back")


STATES = [
    "n=system%3As-400&t=country&t=person&min=2",
    "e=country%3Aru&e=country%3Atr&co=0&npmi=0.35",
    "p=country%3Aus&p=country%3Aru&iso=0",
    "ego=country%3Aru&hops=2&view=table&rows=relations",
    "from=2019&to=2020-05&s=denied&s=hypothetical&r=operates&m=reported",
]


@pytest.mark.parametrize("state", STATES)
def test_address_restores_everything(small_graph, read, state):
    reader = read(small_graph, f"#{state}")
    again = reader.run("actorgraph.state.encode()")
    copy = read(small_graph, f"#{again}")

    assert sorted(again.split("&")) == sorted(state.split("&"))
    assert copy.names() == reader.names()
    assert copy.relations() == reader.relations()
    assert copy.text("#panel") == reader.text("#panel")


def test_address_of_another_graph_is_passed_over(small_graph, read):
    reader = read(small_graph, "#n=system%3Aunknown&e=a&e=b&p=x&ego=y&doc=z&min=-4&npmi=9&hops=77")

    assert reader.run("actorgraph.state.encode()") == ""
    assert len(reader.names()) == 13
