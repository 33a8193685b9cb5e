"""The faster inference: the same annotations as the stock model, whatever it has read before."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span

from actorgraph.extract import language
from actorgraph.extract.parsing import inference
from actorgraph.extract.parsing.embedding_cache import EmbeddingCache, UncacheableLayer
from actorgraph.extract.parsing.entity_decoder import EntityDecoder, UnknownRecognizer
from actorgraph.extract.parsing.inference import NotAccelerated, accelerate, annotation, parse

pytestmark = pytest.mark.model

_WITHOUT_UPPER = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 16,
    "maxout_pieces": 2,
    "use_upper": False,
    "tok2vec": {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 16,
        "depth": 1,
        "embed_size": 20,
        "window_size": 1,
        "maxout_pieces": 2,
        "subword_features": True,
    },
}
DATA = Path(__file__).parent / "data"
SENTENCES = [
    sentence
    for name, table, field in (
        ("claims", "case", "text"),
        ("traps", "trap", "text"),
        ("designations", "designation", "sentence"),
    )
    for row in tomllib.loads((DATA / f"{name}.toml").read_text())[table]
    for sentence in [row[field]]
][::3]


@pytest.fixture(scope="module")
def stock() -> Language:
    return language.load_stock()


@pytest.fixture(scope="module")
def fast() -> Language:
    nlp = language.load_stock()
    accelerate(nlp)
    return nlp


def embedding(nlp: Language) -> EmbeddingCache:
    """An empty cache for the recognizer's embedding layer."""
    network = nlp.get_pipe("ner").model
    layer = next(n.get_ref("embed") for n in network.walk() if n.has_ref("embed"))
    return EmbeddingCache(layer, nlp.vocab)


def test_every_annotation_of_over_1000_documents_is_that_of_the_stock_model(
    stock: Language, fast: Language
) -> None:
    assert len(SENTENCES) > 1000
    expected = [annotation(doc) for doc in stock.pipe(SENTENCES, batch_size=256)]
    found = [annotation(doc) for doc in fast.pipe(SENTENCES, batch_size=256)]
    different = [s for s, a, b in zip(SENTENCES, expected, found, strict=True) if a != b]
    assert not different


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "a", "NATO", "\u200f\U0001f680", "S-400 " * 400],
)
def test_odd_texts_are_annotated_alike(stock: Language, fast: Language, text: str) -> None:
    assert annotation(fast(text)) == annotation(stock(text))


def test_cached_rows_are_equal_to_the_bit_in_any_order_and_company(stock: Language) -> None:
    cache = embedding(stock)
    docs = [stock.make_doc(text) for text in SENTENCES[:60]]
    expected = [row.tobytes() for row in cache._layer.predict(docs)]
    backwards = [cache.predict([doc])[0].tobytes() for doc in reversed(docs)][::-1]
    together = [row.tobytes() for row in cache.predict(docs)]
    assert backwards == together == expected


def test_a_full_cache_starts_anew(stock: Language) -> None:
    cache = embedding(stock)
    cache._max_rows = 50
    docs = [stock.make_doc(text) for text in SENTENCES[:40]]
    for doc in docs:
        assert np.array_equal(cache.predict([doc])[0], cache._layer.predict([doc])[0])
        assert len(cache) <= 50


def test_a_layer_that_looks_at_neighbours_is_not_cached(stock: Language) -> None:
    network = stock.get_pipe("ner").model
    with pytest.raises(UncacheableLayer):
        EmbeddingCache(network.get_ref("tok2vec"), stock.vocab)


def test_entities_that_are_there_before_keep_spacys_rules(stock: Language) -> None:
    def with_preset(nlp: Language) -> Doc:
        doc = nlp.make_doc("Officials in New York praised Patriot batteries near Kyiv.")
        doc.set_ents([Span(doc, 5, 7, label="PRODUCT")], default="unmodified")
        return doc

    recognizer = stock.get_pipe("ner")
    expected = recognizer(with_preset(stock))
    found = EntityDecoder(recognizer)(with_preset(stock))
    assert annotation(found) == annotation(expected)
    assert [ent.label_ for ent in found.ents if ent.start == 5] == ["PRODUCT"]


def test_another_kind_of_recognizer_is_refused() -> None:
    import spacy

    nlp = spacy.blank("en")
    recognizer = nlp.add_pipe("ner", config={"moves": None, "model": _WITHOUT_UPPER})
    recognizer.add_label("ORG")
    nlp.initialize()
    with pytest.raises(UnknownRecognizer):
        EntityDecoder(recognizer)


def test_a_pipeline_that_would_parse_differently_is_refused(
    monkeypatch: pytest.MonkeyPatch, stock: Language
) -> None:
    nlp = language.load_stock()
    monkeypatch.setattr(
        EntityDecoder, "_scores", lambda self, features: np.ones((len(features), len(self._in)))
    )
    with pytest.raises(NotAccelerated, match="differently"):
        accelerate(nlp)


def test_load_falls_back_to_stock(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, stock: Language
) -> None:
    def refuse(nlp: Language) -> None:
        raise NotAccelerated("it has another shape")

    monkeypatch.setattr(language, "load_stock", lambda: stock)
    monkeypatch.setattr(inference, "accelerate", refuse)
    assert language.load_nlp.__wrapped__() is stock
    assert "it has another shape" in caplog.text


def test_an_environment_variable_asks_for_stock(
    monkeypatch: pytest.MonkeyPatch, stock: Language
) -> None:
    monkeypatch.setattr(language, "load_stock", lambda: stock)
    monkeypatch.setenv(language.STOCK, "1")
    assert language.load_nlp.__wrapped__() is stock
    assert "ner" in stock.pipe_names


def test_a_document_is_parsed_on_one_thread(
    fast: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threadpoolctl import threadpool_info

    seen: list[int] = []
    pipe = Language.pipe

    def spy(self: Language, *args: object, **options: object) -> object:
        seen.extend(i["num_threads"] for i in threadpool_info() if i["user_api"] == "blas")
        return pipe(self, *args, **options)

    monkeypatch.setattr(Language, "pipe", spy)
    parse(fast, ["Norway bought NASAMS."])
    assert seen
    assert set(seen) == {1}
