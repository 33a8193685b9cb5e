"""Persons called like a country or a place: *Georgia Cole*, *India Willoughby*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..gazetteer import Match
from ..reading import Reading
from ..stating.cues import Cues

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_namesakes(
    reading: Reading, places: Iterable[Match], cues: Cues
) -> Iterator[tuple[int, int]]:
    """Yield the offsets of persons whose given name is first of all a place's."""
    for match in places:
        if reading.text[match.start : match.end].casefold() in cues.place_given_names:
            last = reading.tokens(match.start, match.end)[-1]
            if last.i + 1 < len(last.doc) and _is_surname(last.nbor(1), cues):
                yield match.start, last.nbor(1).idx + len(last.nbor(1))


def _is_surname(word: Token, cues: Cues) -> bool:
    """A capitalised word that the tagger or a relative clause shows to be a person's."""
    following = [t for t in word.doc[word.i + 1 : word.i + 3] if not t.is_space]
    return (
        word.text.istitle()
        and word.text.isalpha()
        and word.tag_ == "NNP"
        and (word.ent_type_ == "PERSON" or any(t.lower_ == "who" for t in following))
        and word.lower_ not in cues.body_nouns | cues.site_nouns | cues.titles
        and not (following and following[0].tag_ == "NNP")
    )
