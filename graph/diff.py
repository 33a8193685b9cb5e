"""What changed between two graphs of the same corpus, or of a corpus that grew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal, TypeVar

from ..schema import Document, Edge, Entity, GraphView
from .answers.page import html_page
from .answers.records import Record
from .answers.tables import Labels, Results
from .questions.names import NameIndex

Kind = Literal["added", "removed", "changed"]
What = Literal["document", "entity", "edge", "rank"]

_RANKS_COMPARED = 20
"""A move within the most central entities of either graph is worth a line; below it is noise."""

_HEADINGS: Mapping[What, str] = {
    "document": "Documents",
    "entity": "Entities",
    "edge": "Stated relations",
    "rank": "Ranks",
}

N = TypeVar("N", Document, Entity, Edge)


@dataclass(frozen=True)
class Change:
    """One difference between two graphs."""

    kind: Kind
    what: What
    id: str
    """Id of the document or entity; of an edge, its key joined with blanks."""
    label: str
    """The same, for people."""
    detail: str = ""
    """What is different: ``status: hypothetical → affirmed``."""


class GraphDiff(Results[Change]):
    """Changes from an old graph to a new one; falsy if there are none.

    Narrow it down by chaining: ``kg.diff(newer).edges.added``.
    """

    columns = ("change", "what", "label", "detail")

    def cells(self, item: Change) -> Iterable[tuple[str, ...]]:
        return [(item.kind, item.what, item.label, item.detail)]

    def record(self, item: Change) -> Record:
        return {
            "kind": item.kind,
            "what": item.what,
            "id": item.id,
            "label": item.label,
            "detail": item.detail,
        }

    @property
    def added(self) -> GraphDiff:
        """What only the new graph holds."""
        return self._with(change for change in self if change.kind == "added")

    @property
    def removed(self) -> GraphDiff:
        """What only the old graph holds."""
        return self._with(change for change in self if change.kind == "removed")

    @property
    def changed(self) -> GraphDiff:
        """What both hold, but differently."""
        return self._with(change for change in self if change.kind == "changed")

    @property
    def documents(self) -> GraphDiff:
        """Changes of documents."""
        return self._with(change for change in self if change.what == "document")

    @property
    def entities(self) -> GraphDiff:
        """Changes of entities."""
        return self._with(change for change in self if change.what == "entity")

    @property
    def edges(self) -> GraphDiff:
        """Changes of stated relations."""
        return self._with(change for change in self if change.what == "edge")

    @property
    def ranks(self) -> GraphDiff:
        """Moves among the most central entities."""
        return self._with(change for change in self if change.what == "rank")

    def to_markdown(self) -> str:
        """Return the changes as a Markdown table, for a report or a pull request."""
        rows = [" | ".join(map(_cell, self.columns)), " | ".join("---" for _ in self.columns)]
        rows += [" | ".join(map(_cell, row)) for change in self for row in self.cells(change)]
        return "".join([f"**{_cell(self._heading())}**\n\n", *(f"| {row} |\n" for row in rows)])

    def to_html(self) -> str:
        """Return the changes as an HTML page that stands alone: a table for each kind of thing."""
        parts = [f"<h1>{escape(self._heading())}</h1>"]
        if not self:
            parts.append("<p>Nothing changed.</p>")
        for what, heading in _HEADINGS.items():
            changes = [change for change in self if change.what == what]
            if changes:
                rows = "\n".join(map(_html_row, changes))
                parts.append(
                    f"<h2>{heading} ({len(changes)})</h2>\n<table>\n"
                    f"<tr><th>change</th><th>what</th><th>detail</th></tr>\n{rows}\n</table>"
                )
        return html_page(self._heading(), "\n".join(parts))


def diff(old: GraphView, new: GraphView) -> GraphDiff:
    """Compare two graphs, entities by id and edges by subject, relation and object.

    Ranks are compared only where something else changed.
    """
    old_labels, new_labels = _labels(old), _labels(new)
    changes = [
        *_compare("document", old.documents, new.documents, _of_id, _label, _label, _nothing),
        *_with_new_names(
            _compare("entity", old.entities, new.entities, _of_id, _name, _name, _entity_changes),
            NameIndex(new.entities),
        ),
        *_compare(
            "edge",
            old.edges,
            new.edges,
            lambda edge: " ".join(edge.key),
            lambda edge: _edge_label(edge, old_labels),
            lambda edge: _edge_label(edge, new_labels),
            _edge_changes,
        ),
    ]
    if changes:
        changes += _rank_changes(old, new)
    return GraphDiff(changes, new_labels, f"Changes from {old.title!r} to {new.title!r}")


def _compare(
    what: What,
    old: Iterable[N],
    new: Iterable[N],
    key: Callable[[N], str],
    old_label: Callable[[N], str],
    new_label: Callable[[N], str],
    details: Callable[[N, N], Iterable[str]],
) -> Iterator[Change]:
    """Match two sides by key; yield what is added, then what is removed, then what is changed."""
    before = {key(item): item for item in old}
    after = {key(item): item for item in new}
    for k in sorted(after.keys() - before.keys()):
        yield Change("added", what, k, new_label(after[k]))
    for k in sorted(before.keys() - after.keys()):
        yield Change("removed", what, k, old_label(before[k]))
    for k in sorted(before.keys() & after.keys()):
        if detail := "; ".join(details(before[k], after[k])):
            yield Change("changed", what, k, new_label(after[k]), detail)


def _with_new_names(changes: Iterable[Change], names: NameIndex) -> Iterator[Change]:
    """Say of a removed entity which one carries its name now: it was merged into that."""
    for change in changes:
        heirs = names.candidates(change.label) if change.kind == "removed" else []
        if heirs:
            detail = f"now a name of {', '.join(entity.id for entity in heirs)}"
            yield Change(change.kind, change.what, change.id, change.label, detail)
        else:
            yield change


def _entity_changes(old: Entity, new: Entity) -> Iterator[str]:
    for field in ("name", "type", "subtype", "country", "family", "mentions", "documents"):
        yield from _moved(field, getattr(old, field), getattr(new, field))
    yield from (f"new alias {a}" for a in new.aliases if a not in old.names)
    yield from (f"lost alias {a}" for a in old.aliases if a not in new.names)


def _edge_changes(old: Edge, new: Edge) -> Iterator[str]:
    yield from _moved("status", old.status.value, new.status.value)
    yield from _moved("belief", round(old.belief, 2), round(new.belief, 2))
    for field in ("n_evidence", "n_documents", "n_sources", "first_date", "last_date"):
        yield from _moved(field, getattr(old, field), getattr(new, field))


def _moved(field: str, old: object, new: object) -> Iterator[str]:
    if old != new:
        yield f"{field}: {'–' if old is None else old} → {'–' if new is None else new}"


def _rank_changes(old: GraphView, new: GraphView) -> Iterator[Change]:
    before, after = _ranks(old.centrality()), _ranks(new.centrality())
    names = {entity.id: entity.name for entity in new.entities}
    for entity_id, rank in after.items():
        was = before.get(entity_id)
        if was is not None and was != rank and min(was, rank) <= _RANKS_COMPARED:
            yield Change("changed", "rank", entity_id, names[entity_id], f"{was} → {rank}")


def _ranks(centrality: Mapping[str, float]) -> dict[str, int]:
    ordered = sorted(centrality, key=lambda entity_id: (-centrality[entity_id], entity_id))
    return {entity_id: place for place, entity_id in enumerate(ordered, 1)}


def _labels(graph: GraphView) -> Labels:
    return Labels(
        {e.id: e for e in graph.entities}, {d.id: d for d in graph.documents}, graph.relations
    )


def _edge_label(edge: Edge, labels: Labels) -> str:
    return labels.link(*edge.key)


def _of_id(item: Document | Entity) -> str:
    return item.id


def _label(document: Document) -> str:
    return document.label


def _name(entity: Entity) -> str:
    return entity.name


def _nothing(old: Document, new: Document) -> Iterable[str]:
    """A document with the same id is the same document."""
    return ()


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _html_row(change: Change) -> str:
    cells = (change.kind, change.label, change.detail)
    return f'<tr class="{change.kind}">{"".join(f"<td>{escape(c)}</td>" for c in cells)}</tr>'
