"""How the examples of a Markdown page are found and run: those in its fenced ``pycon`` blocks."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from shutil import copytree, ignore_patterns

ROOT = Path(__file__).parents[1]
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_BLOCK = re.compile(r"(?ms)^```pycon\n(.*?)^```$")


def pycon_blocks(text: str) -> str:
    """The ``pycon`` blocks of a text, each line where it was, as a doctest.

    A table has blank lines; in a block they belong to what is printed, up to the next prompt.
    """
    blanked, start = [], 0
    for block in _BLOCK.finditer(text):
        blanked.append("\n" * text.count("\n", start, block.start(1)))
        blanked.append(_with_blank_lines(block[1]))
        start = block.end(1)
    return "".join(blanked)


def _with_blank_lines(block: str) -> str:
    lines = block.split("\n")
    for number, line in enumerate(lines):
        following = next(filter(None, lines[number + 1 :]), ">>> ")
        if not line and not following.startswith(">>> "):
            lines[number] = "<BLANKLINE>"
    return "\n".join(lines)


def examples_of(text: str, name: str, known: dict[str, object] | None = None) -> doctest.DocTest:
    """The examples of a page as one doctest; `known` are names they may use."""
    return doctest.DocTestParser().get_doctest(pycon_blocks(text), known or {}, name, name, 0)


def failures_of(test: doctest.DocTest) -> str:
    """What a run of the examples prints where it differs from what is written."""
    printed: list[str] = []
    doctest.DocTestRunner(optionflags=_FLAGS).run(test, out=printed.append)
    return "".join(printed)


def lay_out(folder: Path) -> None:
    """Put the texts that pages read into a folder."""
    for texts in ("seeds", "examples/corpus"):
        copytree(ROOT / texts, folder / texts, ignore=ignore_patterns("__*"))
