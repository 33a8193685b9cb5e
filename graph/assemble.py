"""A store in, the parts of one knowledge graph out: resolved, weighed, counted and sorted.

Two builds of the same documents give equal parts, whatever the order of the documents. An
`Assembly` holds the names, and of the rest only numbers: links, texts and evidence go from the
store into the graph a row at a time, so that a graph may be larger than memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field

from ..collector import collector_paused
from ..schema import (
    CoMention,
    Decision,
    Document,
    Edge,
    Entity,
    Extraction,
    MentionKind,
    RelationType,
)
from .assembly.links import Links
from .assembly.meetings import Meetings
from .curation import Action, Curation
from .evidence.copies import COPY_OF, copy_notes, find_copies, noted
from .resolve import resolve
from .storage.database import in_memory
from .storage.graph_file import GraphFile
from .storage.tables import ComentionRow, EdgeRow, Row
from .store import Store

COUNTED_KINDS = frozenset((MentionKind.NAME, MentionKind.DEMONYM))
"""Mentions that count for co-mention; a pronoun only repeats a name."""


@dataclass(frozen=True, slots=True)
class GraphParts:
    """All that a knowledge graph holds; every sequence is sorted."""

    title: str
    entities: tuple[Entity, ...] = field(repr=False)
    edges: tuple[Edge, ...] = field(repr=False)
    comentions: tuple[CoMention, ...] = field(repr=False)
    documents: tuple[Document, ...] = field(repr=False)
    """By date, title and id; undated ones come first."""
    relations: Mapping[str, RelationType] = field(repr=False)
    provenance: Mapping[str, str]
    decisions: tuple[Decision, ...] = field(repr=False)
    stale: tuple[str, ...]
    """Decisions of the user that fit nothing in these documents."""


def assemble(
    extractions: Iterable[Extraction],
    *,
    relations: Mapping[str, RelationType],
    curation: Curation | None = None,
    provenance: Mapping[str, str] | None = None,
    title: str = "Knowledge graph",
    counted_kinds: Collection[MentionKind] = COUNTED_KINDS,
) -> GraphParts:
    """Make the parts of a graph from what was found in each document, and hold them all.

    Args:
        extractions: Every document once: a list, or a `Store`.
        relations: What relation names mean; symmetric ones lose their direction.
        curation: Decisions of the user.
        provenance: Versions of code, model and lexicon.
        title: Name of the graph.
        counted_kinds: Kinds of mention that count for co-mention.

    Raises:
        CurationError: Two decisions contradict each other.
    """
    with ExitStack() as stack:
        if isinstance(extractions, Store):
            store = extractions
        else:
            store = stack.enter_context(Store(":memory:"))
            for extraction in extractions:
                store.add(extraction, "given")
        stack.enter_context(collector_paused())
        stack.enter_context(store.explained())
        parts = Assembly(
            store,
            relations=relations,
            curation=curation,
            provenance=provenance,
            title=title,
            counted_kinds=counted_kinds,
        )
        file = GraphFile(in_memory(parts))
        return GraphParts(
            title=parts.title,
            entities=parts.entities,
            edges=tuple(file.edges),
            comentions=tuple(file.comentions),
            documents=tuple(file.document_shelf),
            relations=parts.relations,
            provenance=parts.provenance,
            decisions=parts.decisions,
            stale=parts.stale,
        )


class Assembly:
    """The `Tables` of the graph of a store; all but its entities are made as asked for.

    Args:
        store: What was found in each document; it stays open as long as parts are read.
        relations: What relation names mean; symmetric ones lose their direction.
        curation: Decisions of the user.
        provenance: Versions of code, model and lexicon.
        title: Name of the graph.
        counted_kinds: Kinds of mention that count for co-mention.

    Raises:
        CurationError: Two decisions contradict each other.
    """

    def __init__(
        self,
        store: Store,
        *,
        relations: Mapping[str, RelationType],
        curation: Curation | None = None,
        provenance: Mapping[str, str] | None = None,
        title: str = "Knowledge graph",
        counted_kinds: Collection[MentionKind] = COUNTED_KINDS,
    ) -> None:
        curation = curation or Curation()
        self.title = title
        self.relations = dict(sorted(relations.items()))
        self._corpus = store.corpus()
        resolution = resolve(self._corpus.names(), curation)
        speakers = find_copies(self._corpus)
        self._notes = copy_notes(speakers)
        copies = {name for name, note in self._notes.items() if COPY_OF in note}
        self._links = Links(self._corpus, resolution, self.relations, curation, speakers)
        self._meetings = Meetings(
            self._corpus,
            resolution,
            copies,
            counted_kinds,
            None if store.in_memory else store.path.parent,
        )
        linked = zip(resolution.entities, self._links.ends().tolist(), strict=True)
        self.entities = tuple(entity for entity, is_end in linked if entity.mentions or is_end)
        self._numbers = {entity.id: number for number, entity in enumerate(self.entities)}
        self.decisions = tuple(
            sorted(resolution.decisions, key=lambda d: (d.entity_id, d.name, d.rule))
        )
        judged = (j.targets[0] for j in curation.of(Action.REJECT, Action.CONFIRM))
        found = set(filter(self._corpus.has_claim, judged))
        self.stale = resolution.stale + curation.stale_claims(found)
        counts = {
            "comention_documents_cut": self._meetings.documents_cut,
            "comention_windows_cut": self._meetings.windows_cut,
            "copies": len(copies),
        }
        counted = {name: str(n) for name, n in counts.items() if n}
        self.provenance = dict(sorted({**(provenance or {}), **counted}.items()))

    @property
    def document_rows(self) -> Iterator[Row]:
        """All documents, by date, title and id; undated ones come first."""
        return (noted(row, self._notes) for row in self._corpus.by_date())

    @property
    def edge_rows(self) -> Iterator[EdgeRow]:
        """All edges, by key; each holds its claims."""
        return self._links.rows(self._numbers)

    @property
    def comention_rows(self) -> Iterator[ComentionRow]:
        """All pairs that are named together, by their ids; to be gone through once."""
        return self._meetings.rows(self._numbers)
