"""Answers that read well: sequences of models that print as tables.

Every answer of a `KnowledgeGraph` is a `Results`: iterate over it to get frozen models, print it to
read it, call `Results.to_pandas` to go on with it. An answer about links is `Linked`: it leads to
the sentences behind it, and becomes a network.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from operator import eq
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypeVar, overload

from ...schema import Claim, Document, Entity, Evidence, Modality, Polarity, RelationType
from ..evidence.printed import page_of
from ..questions.names import NameIndex
from ..storage.shelf import Shelf

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import polars as pl
    from rich.console import Group
    from rich.table import Table

T = TypeVar("T")

_ROWS_SHOWN = 20
"""Items of an answer that a prompt or a notebook shows; `print` shows all."""

_STANCES = {
    (Polarity.AFFIRMED, Modality.ASSERTED): "asserted",
    (Polarity.AFFIRMED, Modality.REPORTED): "reported",
    (Polarity.AFFIRMED, Modality.HYPOTHETICAL): "possible",
    (Polarity.NEGATED, Modality.ASSERTED): "denied",
    (Polarity.NEGATED, Modality.REPORTED): "reported not",
    (Polarity.NEGATED, Modality.HYPOTHETICAL): "possibly not",
}

_NUMBERS = frozenset(
    {
        *("mentions", "documents", "evidence", "sources", "belief", "members", "n", "sentences"),
        "paragraphs",
        *("core", "between", "brokered", "participation", "npmi", "log-likelihood", "weight"),
        *("cooperation", "conflict", "balance", "claims", "pagerank", "degree", "betweenness"),
    }
)
"""Columns that are aligned to the right."""


class Labels:
    """How entities, documents and relations are called: for people to read, and to ask by."""

    def __init__(
        self,
        entities: Mapping[str, Entity],
        documents: Mapping[str, Document],
        relations: Mapping[str, RelationType],
        names: NameIndex | None = None,
    ) -> None:
        self._entities = entities
        self.relations = relations
        self._names = names or NameIndex(entities.values())
        self.documents = documents

    def find(self, name: str | Entity) -> Entity:
        """Return the entity that goes by a name, an alias or an id; an entity is returned as it is.

        Raises:
            UnknownEntity: If there is none; the error suggests near names.
            AmbiguousEntity: If several fit equally well; the error lists their ids.
        """
        return name if isinstance(name, Entity) else self._names.find(name)

    def type(self, entity_id: str) -> str:
        """Return the type of an entity; empty for one that is not in this graph."""
        entity = self._entities.get(entity_id)
        return entity.type if entity else ""

    def entity(self, entity_id: str) -> str:
        """Return the name of an entity; the id of one that is not in this graph."""
        entity = self._entities.get(entity_id)
        return entity.name if entity else entity_id

    def document(self, document_id: str) -> str:
        """Return the title of a document; the id of one that is not in this graph."""
        document = self.documents.get(document_id)
        return document.label if document else document_id

    def source(self, evidence: Evidence) -> str:
        """Return the title of the document that holds a piece of evidence."""
        return self.document(evidence.document_id)

    def page(self, evidence: Evidence) -> int | None:
        """Return the page that a piece of evidence stands on; None where nothing was printed."""
        document = self.documents.get(evidence.document_id)
        return None if document is None else page_of(document, evidence.start)

    def author(self, evidence: Evidence) -> str:
        """Return who wrote or published the document that holds a piece of evidence."""
        document = self.documents.get(evidence.document_id)
        return (document and (document.author or document.publisher)) or "the author"

    def speaker(self, claim: Claim) -> str:
        """Return who says so: the speaker named in the text, else the author or publisher."""
        if claim.speaker_id:
            return self.entity(claim.speaker_id)
        return claim.speaker or self.author(claim.evidence)

    def relation(self, name: str, inverse: bool = False) -> str:
        """Return a relation as words, read from the subject, or from the object if inverse."""
        if inverse:
            known = self.relations.get(name)
            name = known.inverse if known else f"{name} (by)"
        return name.replace("_", " ")

    def link(self, subject_id: str, relation: str, object_id: str) -> str:
        """Return a relation between two entities as words: *Russia supplies Turkey*."""
        return f"{self.entity(subject_id)} {self.relation(relation)} {self.entity(object_id)}"

    def statement(self, claim: Claim) -> str:
        """Return a claim as words: *Russia supplies Turkey (item: S-400)*."""
        words = self.link(claim.subject_id, claim.relation, claim.object_id)
        roles = sorted(claim.qualifiers.items())
        further = ", ".join(f"{role}: {self.entity(value)}" for role, value in roles)
        return f"{words} ({further})" if further else words


def stance(claim: Claim) -> str:
    """Return how a source stands to a claim, in a word or two: *asserted*, *reported not* ..."""
    return _STANCES[claim.polarity, claim.modality]


def date_of(claim: Claim) -> str | None:
    """Return when the claimed thing happened, else when it was published, else None."""
    return claim.event_date or claim.evidence.date


class Results(Sequence[T], Generic[T]):
    """A sequence of frozen models that prints as a table; it equals any sequence of equal items."""

    columns: tuple[str, ...] = ()
    """Headings of the table."""
    ruled = False
    """Whether a line is drawn after each item."""

    def __init__(self, items: Iterable[T], labels: Labels, title: str = "", note: str = "") -> None:
        self._items: Sequence[T] = items if isinstance(items, Shelf) else tuple(items)
        self._labels = labels
        self.title = title
        self.note = note

    def cells(self, item: T) -> Iterable[tuple[str, ...]]:
        """Return the rows of the table that show one item."""
        raise NotImplementedError

    def record(self, item: T) -> Mapping[str, object]:
        """Return one item as a flat row of plain values, for a data frame."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> T | Self:
        return self._with(self._items[index]) if isinstance(index, slice) else self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(eq, self, other))

    def __repr__(self) -> str:
        return _print(self._page(_ROWS_SHOWN))

    def __str__(self) -> str:
        return _print(self._page(None))

    def __rich__(self) -> Group:
        return self._page(None)

    def _repr_html_(self) -> str:
        shown, hidden = self._shown(_ROWS_SHOWN)
        rows = [row for item in shown for row in self.cells(item)]
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
        )
        caption = escape(" · ".join(filter(None, (self._heading(), self.note, _more(hidden)))))
        return (
            f"<table><caption>{caption}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def to_pandas(self) -> pd.DataFrame:
        """Return one row per item as a pandas DataFrame.

        Raises:
            ImportError: If pandas is not installed.
        """
        return data_frame(self._records())

    def to_polars(self) -> pl.DataFrame:
        """Return one row per item as a polars DataFrame.

        Raises:
            ImportError: If polars is not installed.
        """
        return polars_frame(self._records())

    def _records(self) -> list[Mapping[str, object]]:
        return [self.record(item) for item in self]

    def _with(self, items: Iterable[T]) -> Self:
        """Return the same kind of answer about other items."""
        other = copy.copy(self)
        other._items = tuple(items)
        return other

    def _heading(self) -> str:
        return f"{self.title} ({len(self)})" if self.title else str(len(self))

    def _shown(self, limit: int | None) -> tuple[Sequence[T], int]:
        """Return the first items, and how many are left out."""
        shown = self._items[:limit]
        return shown, len(self._items) - len(shown)

    def _page(self, limit: int | None) -> Group:
        """Return heading, table and remarks; no table where there is nothing to show."""
        from rich.console import Group
        from rich.text import Text

        shown, hidden = self._shown(limit)
        remarks = [Text(line) for line in (self.note, _more(hidden)) if line]
        table = [self._table(shown)] if shown else []
        return Group(Text(self._heading()), *table, *remarks)

    def _table(self, items: Iterable[T]) -> Table:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE)
        for column in self.columns:
            number = column in _NUMBERS
            justify: Literal["right", "left"] = "right" if number else "left"
            table.add_column(column, justify=justify, no_wrap=number, overflow="fold")
        for item in items:
            for row in self.cells(item):
                table.add_row(*map(Text, row))
            if self.ruled:
                table.add_section()
        return table


class Linked(Results[T], Generic[T]):
    """An answer about links: it becomes a network."""

    def arcs(self, item: T) -> Iterable[tuple[str, str, str, Mapping[str, object]]]:
        """Return what one item links: subject, object, relation, and attributes of the link."""
        raise NotImplementedError

    def to_networkx(self) -> nx.MultiDiGraph:
        """Return what is linked as a networkx MultiDiGraph; unknown attributes are left out.

        Nodes are entity ids with a name and a type. The key of an edge is its relation, numbered
        where several items state it.
        """
        import networkx as nx

        network = nx.MultiDiGraph(name=self.title)
        for item in self:
            for subject, object_, relation, attributes in self.arcs(item):
                for end in (subject, object_):
                    name, type_ = self._labels.entity(end), self._labels.type(end)
                    network.add_node(end, name=name, type=type_)
                key, number = relation, 1
                while network.has_edge(subject, object_, key):
                    number += 1
                    key = f"{relation} {number}"
                known = {k: v for k, v in attributes.items() if v not in (None, "")}
                network.add_edge(subject, object_, key, **known | {"relation": relation})
        return network


def data_frame(rows: Sequence[Mapping[str, object]], columns: Sequence[str] | None = None) -> Any:
    """Return rows as a pandas DataFrame.

    Raises:
        ImportError: If pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise ImportError(
            "Data frames need pandas. Install it with: pip install 'actorgraph[pandas]'"
        ) from error
    return pd.DataFrame.from_records([dict(row) for row in rows], columns=columns)


def polars_frame(
    rows: Sequence[Mapping[str, object]], columns: Sequence[str] | None = None
) -> pl.DataFrame:
    """Return rows as a polars DataFrame.

    Raises:
        ImportError: If polars is not installed.
    """
    try:
        import polars as pl
    except ImportError as error:
        raise ImportError(
            "This needs polars. Install it with: pip install 'actorgraph[polars]'"
        ) from error
    return pl.DataFrame([dict(row) for row in rows], schema=columns, infer_schema_length=None)


def _more(hidden: int) -> str:
    return f"… and {hidden} more; print() shows all" if hidden else ""


def page_width() -> int:
    """How many letters go into a line that is printed."""
    return max(80, min(shutil.get_terminal_size((110, 24)).columns, 160))


def _print(page: Group) -> str:
    from rich.console import Console

    console = Console(
        width=page_width(),
        color_system=None,
        force_terminal=False,
        force_jupyter=False,
        legacy_windows=False,
    )
    with console.capture() as capture:
        console.print(page)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()).strip("\n")
