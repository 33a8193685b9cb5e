"""People whom the tagger overlooks, though a title stands before the name: *President Marcos*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..gazetteer import Gazetteer
from ..reading import Reading
from ..stating.cues import Cues
from .selection import Spans

if TYPE_CHECKING:
    from spacy.tokens import Token

_TITLES = re.compile(
    r"\b(?:Admiral|Advis[eo]r|Ambassador|Chancellor|Colonel|Commissioner|Congress(?:wo)?man|Dr|Gov|"
    r"Governor|Lieutenant|Minister|Mr|Mrs|Ms|Pope|Premier|President|Rep|Representative|Secretary|"
    r"Sen|Senator|Sergeant|Speaker)\b\.?(?=\s[A-Z])"
)
"""Titles that only a person's name follows; a *General* may be an *Assembly*."""
_OFFICES = re.compile(r"\b(?:Secretary|Minister) (?:of|for) (?:the )?[A-Z]\w+(?=\s[A-Z])")
"""*Secretary of State*, behind which a given name begins the holder's."""
_POLITE = ("Dr", "Mr", "Mrs", "Ms")
_LONGEST = 3


def is_titled(surface: str, cues: Cues) -> bool:
    """Whether a span is a title with a person's name, whatever the tagger takes it for.

    *President Macron*; a *Prime Minister's Office* is none, nor is a *Secretary General*.
    """
    words = surface.removeprefix("Prime ").split()
    title, names = words[0], words[1:]
    return (
        bool(_TITLES.match(f"{title} {' '.join(names)}"))
        and 1 <= len(names) <= _LONGEST
        and all(n.istitle() and n.isalpha() and n.casefold() not in _no_names(cues) for n in names)
    )


def titled_names(
    reading: Reading, taken: Iterable[tuple[int, int]], gazetteer: Gazetteer, cues: Cues
) -> Iterator[tuple[int, int]]:
    """Yield the offsets of capitalised words right behind a title.

    Args:
        reading: The passage.
        taken: What the tagger found, which is left alone.
        gazetteer: Names known before reading, which are no surnames here.
        cues: Titles and nouns for bodies: *President Emeritus*, *Secretary General* name nobody.
    """
    spans = Spans(taken)
    offices = _OFFICES.finditer(reading.text)
    for match in (*_TITLES.finditer(reading.text), *offices):
        title = reading.tokens(*match.span())[-1]
        words = list(_capitalised(title))
        if not words or any(word.lower_ in _no_names(cues) for word in words):
            continue
        if match.re is _OFFICES and (
            len(words) < 2 or words[0].lower_ not in cues.given_names | cues.place_given_names
        ):
            continue
        if match.group().rstrip(".") in _POLITE and words[-1].lower_ in cues.given_names:
            continue  # a form of address: Ms. Nancy
        start, end = words[0].idx, words[-1].idx + len(words[-1])
        if not spans.touch(start, end) and not gazetteer.exact(reading.text[start:end]):
            yield start, end


def _capitalised(title: Token) -> Iterator[Token]:
    """The words of a name behind a title, in one phrase with it."""
    last = title
    while last.i + 1 < len(title.doc) and last.i - title.i < _LONGEST and last.whitespace_:
        word = last.nbor(1)
        if not (word.tag_ == "NNP" and word.text.istitle() and word.text.isalpha()):
            return
        yield word
        last = word


def _no_names(cues: Cues) -> frozenset[str]:
    return cues.titles | cues.body_nouns | cues.site_nouns | cues.office_parts | {"emeritus"}
