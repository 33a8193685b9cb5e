"""Faster inference with the same annotations.

Three changes to the loaded pipeline, none of which touches a weight:

- the rows of the embedding layers are kept (`embedding_cache`),
- named entities are decoded for all tokens at once (`entity_decoder`), and
- the other layers multiply matrices with numpy's library in place of thinc's own, which is up to
  twice as fast on the shapes of these networks.

The last changes the last bits of the activations. Tags, heads, labels and entities are the same: a
probe is parsed before and after, and `accelerate` refuses where they differ. Whole texts are
compared in ``tests/test_inference.py`` and by ``benchmarks/speed.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController

from .embedding_cache import EmbeddingCache, UncacheableLayer
from .entity_decoder import UnknownRecognizer, replace_recognizer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_BATCH = 256
_PROBE = (
    "Ankara's purchase of the S-400 Triumf alarmed NATO, whose officials had warned that Turkey "
    "could lose its place in the F-35 programme. “We won't give up,” Mr. Çavuşoğlu said on 3 May "
    "2019; Raytheon (the maker of Patriot) didn't comment.\n\nWere Russia to join, who'd object?"
)


class NotAccelerated(Exception):
    """The pipeline has another shape than expected, or its annotations would change."""


def accelerate(nlp: Language) -> None:
    """Make a loaded pipeline faster, for inference only.

    Raises:
        NotAccelerated: It cannot be done without changing annotations; the pipeline is half changed
            and must be loaded anew.
    """
    stock = annotation(nlp(_PROBE))
    ops = NumpyOps(use_blis=False)
    try:
        for network in list(_networks(nlp)):
            layers = network._layers
            layers[0] = EmbeddingCache(layers[0], nlp.vocab).as_layer()
        replace_recognizer(nlp)
    except (UncacheableLayer, UnknownRecognizer) as error:
        raise NotAccelerated(str(error)) from error
    for _, pipe in nlp.components:
        for node in pipe.model.walk() if hasattr(pipe, "model") else ():
            node.ops = ops
    if annotation(nlp(_PROBE)) != stock:
        raise NotAccelerated("it parses a probe differently")


def parse(nlp: Language, texts: Sequence[str]) -> list[Doc]:
    """Parse the passages of one document in one batch, on one thread.

    Matrix products differ in their last bits with the size of a batch and the number of threads; a
    document must give the same result whatever stands beside it and wherever it is read.
    """
    with _threads().limit(limits=1, user_api="blas"):
        return list(nlp.pipe(texts, batch_size=_BATCH))


def annotation(doc: Doc) -> list[tuple[str, int, str, str, str]]:
    """What extraction uses of a parse: tag, head, label and entity of each token."""
    return [(t.tag_, t.head.i, t.dep_, t.ent_iob_, t.ent_type_) for t in doc]


def _networks(nlp: Language) -> Iterator[Model[Any, Any]]:
    """The tok2vec networks that own an embedding layer."""
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk() if hasattr(pipe, "model") else ():
            if {"embed", "encode"} <= set(node.ref_names):
                yield node


@lru_cache(maxsize=1)
def _threads() -> ThreadpoolController:
    return ThreadpoolController()
