"""PDF files, by pypdf, or pdfplumber (extra ``pdf``) for printed columns.

Where the lines of a page stand tells which of them make a paragraph. Running heads and page numbers
are left out, words that were divided at the end of a line are put together, and the offset at which
every page begins is kept, so that evidence can name its page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING, Any

from ..errors import UnreadableSource
from ..segmentation.dates import leading_date
from .blobs import Blob, Item, Options, Text, damage_told, missing
from .blocks import is_title
from .columns import column_lines

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_GAP = 1.3
"""A distance between lines that is so many times the usual one separates paragraphs."""
_MIN_PAGES = 3
"""From so many pages on, lines that come back on most of them are running heads."""
_RUNNING_LINES = 3
"""Lines of a running head or foot at most."""
_MAX_PAGE = 1_000_000
"""Characters of one page; more is no printed page."""
_PRINTED_BY_BROWSER = re.compile(r"skia|mozilla|chrom|wkhtml|webkit", re.I)
_PAGE_NUMBER = re.compile(r"^\W*\d+\b\W*|(?<![\s|–-])[\s|–-]+\d+(?: (?:of|/) \d+)?$")
_DIVIDED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u2010\xad]\n([^\W\d_]+)")
_HYPHENATED = re.compile(r"(?<=\w)([-\u2010])\n(?=\w)")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its words, how high on the page, in which size."""

    words: str
    y: float = 0.0
    size: float = 0.0


def read_pdf(blob: Blob, options: Options) -> Iterator[Item]:
    """Read the pages of a PDF as one document."""
    data = blob.read(options.limits.document_bytes)
    limit = options.limits.pages
    with damage_told(blob.name, "PDF"):
        from pypdf import PdfReader

        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableSource(blob.name, "is encrypted; save it without a password first")
        total = len(reader.pages)
        if options.page_columns:
            pages = _pages_in_columns(blob.name, data, limit)
        else:
            pages = [_lines(page) for page in reader.pages[:limit]]
        fields, fallback = _metadata(reader)
    text, starts = _join(_without_running_heads(pages))
    if not text.strip():
        reason = "holds no text; if it is a scan, make it searchable (OCR) first"
        raise UnreadableSource(blob.name, reason)
    fields["pages"] = " ".join(map(str, starts))
    yield Text(blob.name, text, fields, fallback)
    if total > limit:
        yield UnreadableSource(blob.name, f"was read up to page {limit:,} of {total:,}")


def _lines(page: PageObject) -> list[Line]:
    """The lines of a page in the order of its content, with where they stand."""
    lines: list[Line] = []
    words: list[str] = []
    place: tuple[float, float] | None = None

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _: Any, size: float) -> None:
        nonlocal place
        for part in re.split(r"(\n)", text):
            if part == "\n":
                _finish(lines, words, place)
                place = None
            elif part:
                words.append(part)
                if part.strip() and place is None:
                    height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                    place = height, abs(size * tm[3] * cm[3]) or size

    page.extract_text(visitor_text=visit)
    _finish(lines, words, place)
    if sum(len(line.words) for line in lines) > _MAX_PAGE:
        raise ValueError("a page with too many characters")
    return lines


def _finish(lines: list[Line], words: list[str], place: tuple[float, float] | None) -> None:
    line = " ".join("".join(words).split())
    words.clear()
    if line and place:
        lines.append(Line(line, *place))


def _pages_in_columns(name: str, data: bytes, limit: int) -> list[list[Line]]:
    try:
        import pdfplumber
    except ImportError as error:
        raise missing(name, "pdf") from error
    with pdfplumber.open(BytesIO(data)) as document:
        return [
            [Line(words, -top, size) for words, top, size in column_lines(page)]
            for page in document.pages[:limit]
        ]


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without the lines that most of them begin or end with, whatever their number."""
    kept = [list(page) for page in pages]
    for edge in (0, -1) * _RUNNING_LINES if len(pages) >= _MIN_PAGES else ():
        found = Counter(_running_head(page, edge) for page in kept)
        often = {head for head, times in found.items() if head and 2 * times > len(pages)}
        for page in kept:
            if _running_head(page, edge) in often:
                del page[edge]
    return kept


def _running_head(page: Sequence[Line], edge: int) -> str:
    """The first or last line of a page without the number of the page.

    A line in larger print than the page is a heading, and no running head.
    """
    if not page or page[edge].size > 1.1 * median_low([line.size for line in page]):
        return ""
    return _PAGE_NUMBER.sub("", page[edge].words.casefold()) or "#"


def _join(pages: Sequence[Sequence[Line]]) -> tuple[str, list[int]]:
    """One text of all pages, and where in it each page begins."""
    usual = _usual_gap(pages)
    raw = [_paragraphs(page, usual) for page in pages]
    vocabulary = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(raw).lower()))
    text, starts = "", []
    for page in raw:
        page = _undivided(page, vocabulary)
        goes_on = bool(page) and page[0].islower() and text[-1:] not in (".", "!", "?", ":", "")
        text += "" if not text else "\n" if goes_on else "\n\n"
        starts.append(len(text))
        text += page
    return text, starts


def _usual_gap(pages: Sequence[Sequence[Line]]) -> float:
    """The distance of two lines of one paragraph: that of the first quarter, none too narrow."""
    gaps = sorted(
        above.y - below.y
        for page in pages
        for above, below in pairwise(page)
        if above.y - below.y > 0.7 * below.size
    )
    return gaps[len(gaps) // 4] if gaps else 0.0


def _paragraphs(lines: Sequence[Line], usual: float) -> str:
    """Lines with a blank line where the print leaves a gap or changes its size."""
    text = lines[0].words if lines else ""
    for above, below in pairwise(lines):
        gap = above.y - below.y
        resized = abs(above.size - below.size) > 0.1 * max(above.size, below.size)
        # Upwards, the next column begins, perhaps in the middle of a sentence.
        apart = gap > _GAP * usual or (gap < 0 and not below.words[0].islower())
        text += ("\n\n" if apart or resized else "\n") + below.words
    return text


def _undivided(text: str, vocabulary: Counter[str]) -> str:
    """Put together what a hyphen divides at the end of a line.

    A hyphen stays where the document writes the word so elsewhere, and beside capitals or digits,
    as in *S-400*.
    """

    def join(match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        whole, hyphenated = (first + second).lower(), f"{first}-{second}".lower()
        keeps = vocabulary[hyphenated] > vocabulary[whole] or not second.islower()
        return f"{first}-{second}" if keeps else first + second

    return _HYPHENATED.sub(r"\1", _DIVIDED.sub(join, text))


def _metadata(reader: PdfReader) -> tuple[dict[str, str], dict[str, str]]:
    """What the file says of its document, and what is only a guess: who made the file, and when."""
    known = {str(k): str(v).strip() for k, v in (reader.metadata or {}).items() if v is not None}
    fields = {}
    title = known.get("/Title", "")
    if is_title(title):
        fields["title"] = title
    if reader.root_object.get("/Lang"):
        fields["language"] = str(reader.root_object["/Lang"])
    fallback = {"author": known["/Author"]} if known.get("/Author") else {}
    makers = f"{known.get('/Creator', '')} {known.get('/Producer', '')}"
    made = re.match(r"D:(\d{4})(\d\d)(\d\d)", known.get("/CreationDate", ""))
    # A browser prints today what was written long ago.
    if made and not _PRINTED_BY_BROWSER.search(makers) and leading_date("-".join(made.groups())):
        fallback["date"] = "-".join(made.groups())
    return fields, fallback
