"""Greedy decoding of named entities, all tokens of a batch at once.

spaCy's recognizer walks over a text and asks a small network, at every token, for the best of the
moves *begin*, *in*, *last*, *unit* and *out* (the BILUO scheme) that the rules of its transition
system allow. What the network sees is the token, the first token of the open entity and the token
before. Outside an entity it therefore sees the token alone, so that the moves of all tokens can be
scored with one matrix product; and an entity, once begun, is followed token by token, all entities
of the batch in step. Spans and labels are those of the recognizer.

Source: Lample et al., Neural Architectures for Named Entity Recognition, NAACL 2016 (the transition
system); the rules are those of ``spacy.pipeline._parser_internals.ner``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import ENT_IOB, IS_SPACE, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

NAME = "entity_decoder"
_RECOGNIZER = "ner"
_PRESET = (1, 3)  # ENT_IOB of a token that is part of an entity already


class UnknownRecognizer(Exception):
    """The entity recognizer is not built as this decoder expects."""


class EntityDecoder:
    """Takes the place of a pipeline's entity recognizer; see the module.

    Args:
        recognizer: spaCy's recognizer, whose network and moves are used.

    Raises:
        UnknownRecognizer: Its network has other features or moves.
    """

    def __init__(self, recognizer: Any) -> None:
        self._recognizer = recognizer
        model = recognizer.model
        if not model.attrs.get("has_upper"):
            raise UnknownRecognizer("its network has no upper layer")
        self._tok2vec, self._lower, upper = (
            model.get_ref(part) for part in ("tok2vec", "lower", "upper")
        )
        system = recognizer.moves
        names = [system.get_class_name(i) for i in range(system.n_moves)]
        moves = [name.partition("-")[::2] for name in names]
        number = {move: i for i, move in enumerate(moves)}
        begins = [i for i, (kind, label) in enumerate(moves) if kind == "B" and label]
        units = [i for i, (kind, label) in enumerate(moves) if kind == "U" and label]
        if (
            model.attrs["unseen_classes"]
            or self._lower.get_dim("nF") != 3
            or self._lower.get_dim("nP") < 2
            or number.get(("O", "")) is None
            or any({("I", moves[i][1]), ("L", moves[i][1])} - number.keys() for i in begins)
        ):
            raise UnknownRecognizer(f"its moves are {names}")
        self._out = number["O", ""]
        self._label = [label for _, label in moves]
        self._begins, self._units = np.array(begins), np.array(units)
        self._in = np.full(len(moves), -1)
        self._last = np.full(len(moves), -1)
        for i in begins:
            self._in[i] = number["I", moves[i][1]]
            self._last[i] = number["L", moves[i][1]]
        self._weights: Floats = upper.get_param("W")
        self._upper_bias: Floats = upper.get_param("b")
        self._lower_bias: Floats = self._lower.get_param("b").reshape(-1)

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 256, **_: Any) -> Iterator[Doc]:
        """Set the entities of documents, a batch at a time."""
        rest = iter(stream)
        while batch := list(islice(rest, batch_size)):
            self._set_entities(batch)
            yield from batch

    def _set_entities(self, docs: Sequence[Doc]) -> None:
        kept = [doc for doc in docs if len(doc)]
        if any(np.isin(doc.to_array(ENT_IOB), _PRESET).any() for doc in kept):
            for doc in docs:  # rules for entities that are already there: only spaCy knows them
                self._recognizer(doc)
        elif kept:
            starts = np.cumsum([0, *map(len, kept)])
            begun, end, label = self._decode(kept, starts)
            for doc, start in zip(kept, starts.tolist(), strict=False):
                spans = _walk(begun, end, start, start + len(doc))
                ents = [Span(doc, a - start, b - start, label[a]) for a, b in spans]
                doc.set_ents(ents, default="outside")

    def _decode(
        self, docs: Sequence[Doc], starts: Ints
    ) -> tuple[list[bool], list[int], dict[int, str]]:
        """What the network says of each token, were it outside an entity.

        Returns:
            Whether it begins an entity; where that entity ends; and its label.
        """
        space = np.concatenate([doc.to_array(IS_SPACE) for doc in docs]).astype(bool)
        is_first = np.concatenate([doc.to_array(SENT_START) for doc in docs]).astype(np.int64) == 1
        is_first[starts[:-1]] = True
        may_go_on = np.append(~is_first[1:], False)  # the next token is of the same sentence

        rows = self._lower.predict(self._tok2vec.predict(docs))
        pad, rows = rows[0], rows[1:]
        outside = self._scores(rows[:, 0] + pad[1] + pad[2])
        allowed = np.zeros(outside.shape, dtype=bool)
        allowed[:, self._out] = True
        allowed[:, self._begins] = (may_go_on & ~space)[:, None]
        allowed[:, self._units] = ~space[:, None]
        move = np.where(allowed, outside, -np.inf).argmax(axis=1)

        begun = move != self._out
        end = np.arange(1, len(move) + 1)
        opened = self._in[move] >= 0
        start = np.flatnonzero(opened)
        at = start + 1
        while len(start):
            scores = self._scores(rows[at, 0] + rows[start, 1] + rows[at - 1, 2])
            each = np.arange(len(start))
            going_in, closing = self._in[move[start]], self._last[move[start]]
            inside, last = scores[each, going_in], scores[each, closing]
            wins = (inside > last) | ((inside == last) & (going_in < closing))
            goes_on = may_go_on[at] & wins
            end[start] = at + 1
            start, at = start[goes_on], at[goes_on] + 1
        labels = {i: self._label[move[i]] for i in np.flatnonzero(begun).tolist()}
        return begun.tolist(), end.tolist(), labels

    def _scores(self, features: Floats) -> Floats:
        """Scores of all moves; `features` has the shape (states, hidden units, pieces)."""
        hidden = (features.reshape(len(features), -1) + self._lower_bias).reshape(features.shape)
        scores: Floats = hidden.max(axis=2) @ self._weights.T + self._upper_bias
        return scores


def _walk(begun: list[bool], end: list[int], start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The entities that a walk from left to right meets, as token ranges."""
    while start < stop:
        if begun[start]:
            yield start, end[start]
            start = end[start]
        else:
            start += 1


@Language.factory(NAME)
def _create(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return EntityDecoder(nlp.get_pipe(_RECOGNIZER))


def replace_recognizer(nlp: Language) -> None:
    """Let the decoder take the place of the recognizer of a pipeline.

    Raises:
        UnknownRecognizer: The recognizer is not built as the decoder expects.
    """
    nlp.add_pipe(NAME, after=_RECOGNIZER)
    nlp.disable_pipe(_RECOGNIZER)
