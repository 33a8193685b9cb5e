"""Paragraphs, headings, items and rows as lines that later stages read by their look.

Blocks are written the way CommonMark writes them: ``# heading``, ``- item``, ``> quote``,
``| row``; a blank line between any two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser

from ..segmentation.lines import WORDS, same_words

_TAG = re.compile(r"</?(?:p|div|br|h[1-6]|li|ul|table|a|span|em|strong|b|i)\b[^<>]*>", re.I)

_DECLARATION = re.compile("<!--.*?-->|<[!?][^>]*>", re.S)
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b|about:blank).*|untitled.*|unknown|no title|slide 1"
    r"|(?:word )?document ?\d*|.*\.(?:docx?|rtf|odt|indd|qxd|pmd|pdf|pptx?|xlsx?|html?)",
    re.I | re.S,
)

_SILENT = frozenset(
    "script style noscript template head iframe svg math select button form nav".split()
)
"""Elements whose content is no text of the document."""
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody
    tfoot thead tr ul""".split()
)
_PREFIXES = {f"h{level}": "#" * level + " " for level in range(1, 7)} | {
    "li": "- ",
    "dt": "- ",
    "blockquote": "> ",
    "tr": "| ",
}


def join_blocks(blocks: Iterable[str]) -> str:
    """Put a blank line between blocks; empty ones fall out."""
    return "\n\n".join(block.strip() for block in blocks if block.strip())


def heading(words: str, level: int = 1) -> str:
    """Write a heading."""
    return f"{'#' * min(max(level, 1), 6)} {' '.join(words.split())}" if words.strip() else ""


def row(cells: Iterable[str]) -> str:
    """Write a row of a table.

    >>> row(["Turkey", " S-400\\n"])
    '| Turkey | S-400'
    """
    words = [" ".join(cell.split()) for cell in cells]
    return f"| {' | '.join(words)}" if any(words) else ""


def with_title(title: str, text: str) -> str:
    """Set the title before a text that does not begin with it.

    >>> with_title("Radar sale", "Oslo paid."), with_title("Radar sale", "# Radar Sale\\n\\nPaid.")
    ('# Radar sale\\n\\nOslo paid.', '# Radar Sale\\n\\nPaid.')
    """
    top = [line for line in text[:2000].split("\n") if line.strip()][:4]
    if not WORDS.search(title) or any(same_words(line, title) for line in top):
        return text
    return join_blocks([heading(title), text])


def is_title(words: str) -> bool:
    """Whether the title in the properties of a file is one, and not what a program put there.

    >>> is_title("Radar sale"), is_title("Microsoft Word - radar final.docx")
    (True, False)
    """
    return bool(words.strip()) and not _NO_TITLE.fullmatch(words.strip())


def looks_like_html(text: str) -> bool:
    """Whether a text holds the tags of a page, not just an angle bracket."""
    return len(_TAG.findall(text[:20_000])) > 1


def html_blocks(markup: str) -> str:
    """Turn HTML into blocks, all of it: chapters, mails and snippets have no menus around them.

    >>> html_blocks("<h2>Sale</h2><p>Oslo<br>paid <b>Sweden</b>.<ul><li>One<li>Two</ul>")
    '## Sale\\n\\nOslo\\npaid Sweden.\\n\\n- One\\n\\n- Two'
    """
    parser = _Blocks()
    parser.feed(_without_declarations(markup))
    parser.close()
    return join_blocks(parser.finished())


def _without_declarations(markup: str) -> str:
    """Markup without comments and declarations, and without tags that are never closed.

    Of those the parser looks for the end from each of them to the end of the page, which takes the
    square of its length.
    """
    unclosed = markup.find("<!--", markup.rfind("-->") + 1)
    if unclosed >= 0:
        markup = markup[:unclosed]
    end = markup.rfind(">") + 1
    return _DECLARATION.sub(" ", markup[:end]) + markup[end:].replace("<", "&lt;")


class _Blocks(HTMLParser):
    """Collects the words between the borders of block elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[str] = []
        self._words: list[str] = []
        self._prefix = ""
        self._silent: list[str] = []

    def finished(self) -> list[str]:
        """All blocks, the open one included."""
        self._flush()
        return self._blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":  # many a page forgets to close its head
            self._silent.clear()
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "br":
            self._words.append("\n")
        elif tag in ("td", "th") and "".join(self._words).strip():
            self._words.append(" | ")
        elif tag in _BLOCKS:
            self._flush()
            self._prefix = _PREFIXES.get(tag, self._prefix if tag == "p" else "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self._flush()
            if tag != "p":
                self._prefix = ""

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:  # of a section that no standard knows, as <![x[
            return self.parse_bogus_comment(i)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(re.sub(r"\s+", " ", data))

    def _flush(self) -> None:
        lines = [" ".join(line.split()) for line in "".join(self._words).split("\n")]
        words = "\n".join(line for line in lines if line)
        self._words.clear()
        if words:
            first = words if not self._prefix.startswith(("#", "|")) else " ".join(words.split())
            self._blocks.append(self._prefix + first)
            if self._prefix == "- ":  # further paragraphs of an item
                self._prefix = ""
