"""Deciding on a graph that lies in a folder: each decision is checked, kept, and seen at once.

The decisions are kept in the curation file, so that every later build applies them again. The file
belongs to its users: comments and layout stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any

import yaml

from ..errors import CurationError, QueryError
from .curation import (
    HEADER,
    YAML_LOADER,
    Curation,
    Judgement,
    as_yaml,
    parse_curation,
    problem_of,
    read_curation,
    replace_file,
    write_curation,
)

if TYPE_CHECKING:
    from .model import KnowledgeGraph


@dataclass(frozen=True)
class Curator:
    """Where the decisions on a graph are kept, and how it is made again with other ones."""

    path: Path
    """The curation file; it need not be there yet."""
    reassemble: Callable[[Curation], KnowledgeGraph]
    """Makes the graph again from its store; no text is read and no model is loaded."""

    @property
    def curation(self) -> Curation:
        """All decisions in the file as it is now.

        Raises:
            CurationError: The file is malformed or contradicts itself.
        """
        return read_curation(self.path) if self.path.is_file() else Curation()

    def judge(self, judgement: Judgement) -> KnowledgeGraph:
        """Keep a decision, and return the graph with it applied.

        Nothing is kept unless the graph can be made with it.

        Raises:
            CurationError: It contradicts an earlier decision; both are shown.
            QueryError: It would change nothing, for what it names is not there or not clear.
        """
        known = self.curation
        try:
            graph = self.reassemble(known.add(judgement))
        except CurationError as error:
            raise _refused(error) from error
        if problem := problem_of(judgement, graph.stale):
            raise QueryError(f"This changes nothing, so it is not kept: {judgement} ({problem}).")
        self.keep(judgement)
        return graph

    def keep(self, judgement: Judgement) -> bool:
        """Keep a decision, checked against the other decisions but not against the graph.

        Returns:
            Whether it is new.

        Raises:
            CurationError: It contradicts an earlier decision; both are shown.
        """
        text = self.path.read_text(encoding="utf-8") if self.path.is_file() else HEADER
        known = parse_curation(text, self.path)
        try:
            curation = known.add(judgement)
        except CurationError as error:
            raise _refused(error) from error
        if curation != known:
            self._replace(curation, _with_row(text, judgement))
        return curation != known

    def take_back(self, judgement: Judgement | None = None) -> Judgement:
        """Remove a decision from the file, by default the last, and return it.

        Raises:
            QueryError: It is not there.
        """
        text = self.path.read_text(encoding="utf-8") if self.path.is_file() else ""
        known = parse_curation(text, self.path)
        if judgement is None and known.judgements:
            judgement = known.judgements[-1]
        if judgement is None or judgement not in known.judgements:
            raise QueryError(f"There is no decision to take back in {self.path}.")
        cut = _without_row(text, known.judgements.index(judgement))
        self._replace(known.without(judgement), cut)
        return judgement

    def reassembled(self) -> KnowledgeGraph:
        """The graph with all decisions that are in the file now."""
        return self.reassemble(self.curation)

    def _replace(self, curation: Curation, text: str) -> None:
        """Write a text that should read as these decisions; rewrite them all if it does not."""
        try:
            as_meant = parse_curation(text, self.path) == curation
        except CurationError:
            as_meant = False
        if as_meant:
            replace_file(self.path, text)
        else:
            write_curation(curation, self.path)


def _refused(error: CurationError) -> CurationError:
    return CurationError(f"{error}\nThe new one is not kept. Take the earlier one back first.")


def _with_row(text: str, judgement: Judgement) -> str:
    """Add one decision at the end of a file, as far from the margin as the others."""
    rows = yaml.compose(text, Loader=YAML_LOADER)
    margin = " " * rows.start_mark.column if rows else ""
    end = "" if text.endswith("\n") or not text else "\n"
    return text + end + indent(as_yaml([judgement]), margin)


def _without_row(text: str, number: int) -> str:
    """Cut the lines of one decision out of a file; comments on other lines stay.

    >>> print(_without_row("# Checked.\\n- drop: A  # a museum\\n# Next:\\n- drop: B", 0))
    # Checked.
    # Next:
    - drop: B
    """
    rows: Any = yaml.compose(text, Loader=YAML_LOADER)
    row = rows.value[number]
    lines = text.splitlines(keepends=True)
    last = max(
        mark.line if mark.column else mark.line - 1 for mark in (n.end_mark for n in _leaves(row))
    )
    return "".join(lines[: row.start_mark.line] + lines[last + 1 :])


def _leaves(node: yaml.Node) -> Iterator[yaml.Node]:
    """The values of a row that hold text: the end of a mapping lies beyond its comments."""
    if isinstance(node, yaml.MappingNode):
        for pair in node.value:
            yield from pair
    else:
        yield node
