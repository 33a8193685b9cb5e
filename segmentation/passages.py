"""The reader: a text, line by line, becomes passages, and its header lines become facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from ..schema import Passage, PassageKind
from .furniture import begins_comment_form, furniture_facts
from .lines import (
    BOLD,
    BULLET,
    HEADING,
    LETTER,
    LINE,
    NUMBER,
    QUOTE,
    ROW,
    RULE,
    TITLE_FIELD,
    UNDERLINE,
    WORDS,
    ends_sentence,
    has_a_paragraph_a_line,
    reads_like_heading,
    same_words,
)
from .markup import blank_markup
from .pieces import pieces
from .transcripts import Turn, find_speakers, match_turn


class Segments(NamedTuple):
    """The parts of a text that are running text, and what the others tell of it."""

    passages: tuple[Passage, ...]
    """Sorted, none empty, none overlapping."""
    facts: dict[str, str]
    """Fields of the document: title, author, date, and so on."""


def segment_text(text: str, start: int = 0, *, title: str | None = None) -> Segments:
    r"""Find the passages of a text from an offset on.

    Args:
        text: The text, with ``\n`` as line end.
        start: Where front matter ends.
        title: The title, if it is known: where it stands in the text it becomes a passage.

    >>> segments = segment_text("Radar sale\n\nBy Jane Doe\n\nOslo paid.")
    >>> [(passage.kind.value, passage.start, passage.end) for passage in segments.passages]
    [('title', 0, 10), ('text', 25, 35)]
    >>> segments.facts
    {'author': 'Jane Doe', 'title': 'Radar sale'}
    """
    reader = _Reader(text, start, title)
    reader.read()
    return Segments(tuple(reader.passages), reader.facts)


@dataclass(slots=True)
class _Stretch:
    """Lines that are becoming a passage."""

    start: int
    end: int
    kind: PassageKind
    lines: int = 1
    is_turn: bool = False


class _Reader:
    """Reads one text once; what it holds between two lines is what the next depends on."""

    def __init__(self, text: str, start: int, title: str | None) -> None:
        self.text = text
        self.start = start
        self.title = title
        self.passages: list[Passage] = []
        self.facts: dict[str, str] = {}
        self.in_header = True
        """Whether facts may still be told in lines of their own: until the first long passage."""
        self.has_text = False
        """Whether any passage was more than a title or heading."""
        self.by_line = has_a_paragraph_a_line(text, start)
        self.speakers = find_speakers(text)
        self.speaker: str | None = None
        self.number = 0
        """Of the last item."""
        self.open: _Stretch | None = None

    def read(self) -> None:
        """Read to the end, or to the comment form that follows the text."""
        previous = self.start
        for match in LINE.finditer(self.text, self.start):
            start, end = match.span()
            if self.open and self.text.count("\n", previous, start) > 1:
                self._close()
            if not self._read_line(start, end):
                break
            previous = end
        self._close()
        if len(self.passages) == 1 and "title" in self.facts:  # a title of nothing
            del self.facts["title"]
            self.passages = [self.passages[0].model_copy(update={"kind": PassageKind.TEXT})]

    def _read_line(self, start: int, end: int) -> bool:
        """Take in one line; False where a comment form begins."""
        if not LETTER.search(self.text, start, end):
            self._read_line_without_letters(start, end)
            return True
        stretch = self.open
        after_sentence = stretch is None or ends_sentence(self.text, stretch.end)
        may_stand_alone = after_sentence or (stretch is not None and stretch.lines == 1)
        if may_stand_alone and end - start <= 300:
            line = " ".join(self.text[start:end].split()).strip("*_")
            if self._begins_form(line, start):
                return False
            facts = furniture_facts(line, in_header=self.in_header)
            if facts is not None:
                self._close()
                self.facts = facts | self.facts if self.in_header else self.facts
                return True
        self._read_content(start, end, after_sentence)
        return True

    def _begins_form(self, line: str, start: int) -> bool:
        in_second_half = 2 * start > len(self.text)
        return self.has_text and begins_comment_form(line, in_second_half=in_second_half)

    def _read_line_without_letters(self, start: int, end: int) -> None:
        line = self.text[start : min(end, start + 100)]
        if self.open and not RULE.fullmatch(line):
            self.open.end = end
            return
        if self.open and self.open.lines == 1 and UNDERLINE.fullmatch(line):
            self.open.kind = PassageKind.HEADING
        self._close()

    def _read_content(self, start: int, end: int, after_sentence: bool) -> None:
        text, stretch = self.text, self.open
        if heading := self._heading(start, end):
            self._begin(*heading.span(1), PassageKind.HEADING)
            self._close()
        elif row := ROW.match(text, start, end):
            self._begin(row.end(), end, PassageKind.ITEM)
        elif quote := QUOTE.match(text, start, end):
            if stretch and stretch.kind is PassageKind.QUOTE:
                self._extend(stretch, end)
            else:
                self._begin(quote.end(), end, PassageKind.QUOTE)
        elif turn := match_turn(text, start, end, self.speakers):
            self._begin_turn(turn, end)
        elif marker := self._marker(start, end, after_sentence):
            self._begin(marker.end(), end, PassageKind.ITEM)
        elif end - start <= 200 and BOLD.fullmatch(text, start, end):
            self._begin(start, end, PassageKind.TEXT)
            self._close()
        elif not stretch or self._breaks(stretch, start, after_sentence):
            self._begin(start, end, PassageKind.TEXT)
        else:
            self._extend(stretch, end)

    def _heading(self, start: int, end: int) -> re.Match[str] | None:
        if end - start > 300:
            return None
        match = HEADING.match(self.text, start, end)
        return match or (TITLE_FIELD.match(self.text, start, end) if self.in_header else None)

    def _marker(self, start: int, end: int, after_sentence: bool) -> re.Match[str] | None:
        """The bullet or number of a list item; in a paragraph, a number may be just a number."""
        if bullet := BULLET.match(self.text, start, end):
            is_dash = self.text[start] == "–"
            return None if self.open and is_dash else bullet
        match = NUMBER.match(self.text, start, end)
        if not match:
            return None
        number = int(match[1] or 0)
        if self.open and not after_sentence:
            is_next = number in (1, self.number + 1)
            if not (is_next if match[1] else self.open.kind is PassageKind.ITEM):
                return None
        self.number = number
        return match

    def _begin_turn(self, turn: Turn, end: int) -> None:
        self._close()
        self.speaker = turn.speaker
        if turn.start < end:
            self.open = _Stretch(turn.start, end, PassageKind.TEXT, is_turn=True)

    def _breaks(self, stretch: _Stretch, start: int, after_sentence: bool) -> bool:
        """Whether a line begins a paragraph although none is blank before it."""
        if not self.by_line or self.text[start].islower():
            return False
        return after_sentence or (stretch.lines == 1 and self._is_like_heading(stretch))

    def _begin(self, start: int, end: int, kind: PassageKind) -> None:
        self._close()
        self.open = _Stretch(start, end, kind)

    def _extend(self, stretch: _Stretch, end: int) -> None:
        stretch.end = end
        stretch.lines += 1

    def _close(self) -> None:
        """Finish the passage being read, if any."""
        stretch, self.open = self.open, None
        if not stretch or not WORDS.search(self.text, stretch.start, stretch.end):
            return
        kind = stretch.kind
        if kind is PassageKind.TEXT and self._is_like_heading(stretch):
            kind = PassageKind.HEADING
        self._add(stretch.start, stretch.end, kind)

    def _is_like_heading(self, stretch: _Stretch) -> bool:
        """Short, begun like a name or sentence, and not ended like one."""
        length, is_first = stretch.end - stretch.start, not self.passages
        if length > (200 if is_first or stretch.lines > 1 else 120) or stretch.is_turn:
            return False
        text = self.text[stretch.start : stretch.end]
        if stretch.lines > (3 if is_first else 1) and not BOLD.fullmatch(text):
            return False
        line = blank_markup(text).strip()
        if self.speaker and len(WORDS.findall(line)) > 6:  # people break off in the middle of a
            return False
        return reads_like_heading(line)

    def _add(self, start: int, end: int, kind: PassageKind) -> None:
        words = self._words_if_telling(start, end)
        if words is not None:
            if not LETTER.search(words) or self._repeats_title(words):
                return
            if self._is_title(words, kind):
                kind = PassageKind.TITLE
                self.title = self.facts["title"] = words
        if kind in (PassageKind.TITLE, PassageKind.HEADING):
            self.speaker = None
        else:
            self.has_text = True
            self.in_header = self.in_header and end - start <= 100
        self.passages.extend(
            Passage(start=piece_start, end=piece_end, kind=kind, speaker=self.speaker)
            for piece_start, piece_end in pieces(self.text, start, end)
        )

    def _words_if_telling(self, start: int, end: int) -> str | None:
        """The words of a short stretch that may be the title, or mark-up without any word."""
        at_top = len(self.passages) < 2
        if end - start > 500 or not (at_top or self.text[start] in "<![&"):
            return None
        return " ".join(blank_markup(self.text[start:end]).split())

    def _is_title(self, words: str, kind: PassageKind) -> bool:
        if self.passages:
            return False
        return same_words(words, self.title) if self.title else kind is PassageKind.HEADING

    def _repeats_title(self, words: str) -> bool:
        if len(self.passages) != 1 or self.passages[0].kind is not PassageKind.TITLE:
            return False
        return self.title is not None and same_words(words, self.title)
