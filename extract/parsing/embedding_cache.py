"""Rows of the model's embedding layers, computed once per distinct token.

A tok2vec network of spaCy is two layers: *embed*, which looks at one token alone (its norm, prefix,
suffix, shape, static vector), and *encode*, which looks at its neighbours. Text repeats its tokens,
so the rows of the first can be kept. A row follows from the attributes ``ORTH``, ``NORM`` and
``SPACY``: prefix, suffix, shape and vector are functions of the word itself.

The rows are computed by the original layer on its original matrix library, whose result for a row
does not depend on the other rows of a batch: they are equal to the bit to those of the stock model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import NORM, ORTH, SPACY
from spacy.tokens import Doc
from thinc.api import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.vocab import Vocab

    Rows = NDArray[np.float32]
    Keys = NDArray[np.uint64]

_KEY = [ORTH, NORM, SPACY]
_OF_THE_WORD = {"NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"}
_MIXERS = np.array([1, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)

_FIRST = 4_096  # rows; doubled when they are full

MAX_ROWS = 16_384
"""Rows kept for one layer, 384 bytes each: 6 MB. A full cache starts anew."""


class UncacheableLayer(Exception):
    """The embedding layer looks at more than the word, its norm and the blank after it."""


class EmbeddingCache:
    """Stands in for an embedding layer and keeps its rows.

    Args:
        layer: The original layer: documents in, one array of rows a document out.
        vocab: Vocabulary of the documents.
        max_rows: How many rows are kept before the cache starts anew.

    Raises:
        UncacheableLayer: A row of the layer does not follow from the token alone.
    """

    def __init__(self, layer: Model[Any, Any], vocab: Vocab, max_rows: int = MAX_ROWS) -> None:
        _check(layer)
        self._layer = layer
        self._vocab = vocab
        self._max_rows = max_rows
        self.clear()

    def clear(self) -> None:
        """Forget all rows."""
        self._row_of: dict[int, int] = {}
        self._keys: Keys = np.empty((_FIRST, len(_KEY)), dtype=np.uint64)
        self._rows: Rows = np.empty((_FIRST, self._layer.get_dim("nO")), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._row_of)

    def as_layer(self) -> Model[Any, Any]:
        """A layer for inference that takes the place of the original."""
        return Model("cached_embed", self._forward, dims={"nO": self._layer.get_dim("nO")})

    def _forward(
        self, model: Model[Any, Any], docs: Sequence[Doc], is_train: bool
    ) -> tuple[list[Rows], Callable[[Any], list[Doc]]]:
        if is_train:
            raise NotImplementedError("a model with cached embeddings cannot be trained")
        return self.predict(docs), lambda gradient: []

    def predict(self, docs: Sequence[Doc]) -> list[Rows]:
        """The rows of each document; equal to those of the original layer."""
        if not any(len(doc) for doc in docs):
            return self._stock(docs)
        keys = np.concatenate([doc.to_array(_KEY).reshape(-1, len(_KEY)) for doc in docs])
        keys = keys.astype(np.uint64, copy=False)
        mixed = (keys * _MIXERS).sum(axis=1, dtype=np.uint64)
        distinct, first, inverse = np.unique(mixed, return_index=True, return_inverse=True)
        row_of = self._row_of
        found = [row_of.get(key, -1) for key in distinct.tolist()]
        if -1 in found:
            if len(row_of) + len(distinct) > self._max_rows:
                self.clear()
                found = [-1] * len(distinct)
            missing = [i for i, row in enumerate(found) if row < 0]
            self._add(distinct[missing], keys[first[missing]])
            found = [self._row_of[key] for key in distinct.tolist()]
        rows = np.array(found)[inverse]
        if not np.array_equal(self._keys[rows], keys):  # two keys, one mixed number
            return self._stock(docs)
        borders = np.cumsum([len(doc) for doc in docs])[:-1]
        return np.split(self._rows[rows], borders)

    def _stock(self, docs: Sequence[Doc]) -> list[Rows]:
        rows: list[Rows] = self._layer.predict(docs)
        return rows

    def _add(self, mixed: Keys, keys: Keys) -> None:
        strings = self._vocab.strings
        words = [strings[key] for key in keys[:, 0].tolist()]
        doc = Doc(self._vocab, words=words, spaces=keys[:, 2].astype(bool).tolist())
        for token, norm in zip(doc, keys[:, 1].tolist(), strict=True):
            if token.norm != norm:
                token.norm_ = strings[norm]
        start, end = len(self._row_of), len(self._row_of) + len(mixed)
        while end > len(self._keys):
            self._keys = np.concatenate([self._keys, np.empty_like(self._keys)])
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
        self._keys[start:end] = keys
        self._rows[start:end] = self._stock([doc])[0]
        self._row_of.update(zip(mixed.tolist(), range(start, end), strict=True))


def _check(layer: Model[Any, Any]) -> None:
    """See that the layer is a `MultiHashEmbed` over attributes of the token alone."""
    columns = [n.attrs["columns"] for n in layer.walk() if n.name == "extract_features"]
    vectors = [n.attrs["key_attr"] for n in layer.walk() if n.name == "static_vectors"]
    known = len(columns) == 1 and set(columns[0]) <= _OF_THE_WORD and set(vectors) <= {"ORTH"}
    if not known or any(n.name == "expand_window" for n in layer.walk()):
        raise UncacheableLayer(f"{layer.name} reads {columns} and vectors by {vectors}")
