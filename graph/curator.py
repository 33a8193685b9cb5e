"""Deciding on a graph that lies in a folder: each decision is checked, kept, and seen at once.

The decisions are kept in the curation file, so that every later build applies them again. The file
belongs to its users: comments and layout stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CurationError, QueryError
from .curation import Curation, Judgement, problem_of
from .curation_file import (
    HEADER,
    parse_curation,
    read_curation,
    replace_file,
    with_row,
    without_row,
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
            self._replace(curation, with_row(text, judgement))
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
        cut = without_row(text, known.judgements.index(judgement))
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
