"""What can go wrong, as one tree.

.. code-block:: text

    ActorgraphError
    ├── SourceError               a document cannot be read
    │   ├── NothingToRead           no readable document among the sources
    │   └── UnreadableSource        one file: wrong kind, encoding, permission ...
    ├── ModelNotFound             no language model is installed
    ├── LexiconError              a lexicon or ontology file is malformed
    ├── CurationError             a curation file is malformed or contradicts itself
    ├── StoreError                a store or saved graph cannot be opened
    ├── ExportError               a graph cannot be written in the format asked for
    └── QueryError                a question the graph cannot answer
        ├── UnknownEntity           no entity goes by that name
        └── AmbiguousEntity         several do

Each says what happened, with what, and what to do next, and carries the parts as attributes.
"""

from __future__ import annotations

from collections.abc import Sequence


class ActorgraphError(Exception):
    """Base of everything actorgraph raises on purpose."""


class SourceError(ActorgraphError):
    """A document cannot be read."""


class NothingToRead(SourceError):
    """None of the sources holds a readable document."""

    def __init__(self, sources: Sequence[str], reason: str) -> None:
        super().__init__(f"Nothing to read in {', '.join(sources) or 'an empty list'}: {reason}")
        self.sources = tuple(sources)
        self.reason = reason


class UnreadableSource(SourceError):
    """One file or address cannot be turned into a document."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"Cannot read {source}: {reason}")
        self.source = source
        self.reason = reason


class ModelNotFound(ActorgraphError):
    """No language model is installed."""


class LexiconError(ActorgraphError):
    """A lexicon or ontology file is malformed."""

    def __init__(self, path: str, line: int | None, reason: str) -> None:
        place = path if line is None else f"{path}, line {line}"
        super().__init__(f"{place}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


class CurationError(ActorgraphError):
    """A curation file is malformed, or two of its decisions contradict each other."""


class StoreError(ActorgraphError):
    """A store or saved graph cannot be opened."""


class ExportError(ActorgraphError):
    """A graph cannot be written in the format asked for."""


class QueryError(ActorgraphError):
    """A question the graph cannot answer."""


class UnknownEntity(QueryError, KeyError):
    """No entity in the graph goes by that name."""

    def __init__(self, name: str, suggestions: Sequence[str] = ()) -> None:
        hint = f" Did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else ""
        self.message = f"No entity is called {name!r}.{hint}"
        super().__init__(self.message)
        self.name = name
        self.suggestions = tuple(suggestions)

    def __str__(self) -> str:  # KeyError would show the repr
        return self.message


class AmbiguousEntity(QueryError, KeyError):
    """Several entities go by that name; ask by id."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.message = f"{name!r} may be {', '.join(candidates)}. Ask by id, or give a type."
        super().__init__(self.message)
        self.name = name
        self.candidates = tuple(candidates)

    def __str__(self) -> str:
        return self.message
