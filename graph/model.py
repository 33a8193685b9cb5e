"""The knowledge graph: entities, what links them, and the questions people ask of them.

A graph never changes. Indexes, centrality, communities and layout are computed when they are first
asked for, and kept. A graph that was opened from a file leaves its links and evidence there until
they are asked for.

What counts as fact: an edge whose status is affirmed or contested. `neighbors`, `path` and `top`
look at facts only unless told otherwise; `claims` and `evidence` leave nothing out, denials and
plans included, because there every line says what it is.

What it holds is in `contents`, the questions are in `network` and `statements`, what a person may
set right in `corrections`. Here stands what makes other things of a whole graph: parts, answers to
SQL and Cypher, files.

In the examples, ``kg`` is the graph of `graph.example`: two short articles on the S-400.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..errors import QueryError
from ..schema import Modality
from .answers.vocabulary import member
from .corrections import Corrections
from .network import NetworkQuestions
from .questions.lookup import Name
from .questions.periods import check_date
from .questions.subgraph import LinkFilter, Part, cited_documents, cut, linked
from .statements import StatementQuestions
from .storage.graph_file import GraphFile
from .writers import register_writer, write_as, write_graph

if TYPE_CHECKING:
    import sqlite3

    import networkx as nx

    from .answers.views import Frames, PolarsFrames
    from .curator import Curator
    from .diff import GraphDiff
    from .questions.cypher import CypherCopy
    from .questions.sql import DuckCopy, Engine, QueryResult, Values

__all__ = ["KnowledgeGraph", "register_writer"]


class KnowledgeGraph(Corrections, StatementQuestions, NetworkQuestions):
    """Actors and systems, linked by stated relations and by co-mention, with the evidence for each.

    It is made by `actorgraph.build` or `actorgraph.load`. Wherever a method takes a name, it takes
    an entity, an id (``system:s-400``) or any name or alias, whatever its case and hyphens.

    Args:
        title: What the graph is about.
        entities: Its nodes.
        edges: Stated relations, one for each subject, relation and object.
        comentions: Pairs that are named together.
        documents: The sources.
        relations: What each relation name means.
        provenance: Versions of code, model and lexicon it was made with.
        decisions: Why names stand for entities.
        stale: Curation decisions that no longer apply to anything, in words.
        curator: Where decisions on the graph are kept, if it lies in a folder.

    Raises:
        ValueError: If a link names an entity that is not among the nodes.
    """

    @classmethod
    def open(cls, path: str | Path | GraphFile, curator: Curator | None = None) -> KnowledgeGraph:
        """Open a graph that `write_database` wrote; links and evidence stay in the file.

        Args:
            path: The file.
            curator: Where decisions on the graph are kept.

        Raises:
            StoreError: If there is no such file, or it is damaged or of another version.

        >>> path = kg.write_database("graph.sqlite")
        >>> KnowledgeGraph.open(path).evidence("Russia", "NATO")[0].statement
        'Russia opposes NATO (asserted)'
        """
        file = path if isinstance(path, GraphFile) else GraphFile.open(path)
        graph = cls(
            title=file.title,
            entities=file.entities.values(),
            relations=file.relations,
            provenance=file.provenance,
            stale=file.stale,
            curator=curator,
        )
        graph._file = file
        graph._edges, graph._comentions = file.edges, file.comentions
        graph._documents, graph._decisions = file.document_shelf, file.decisions
        return graph

    # Parts of the graph

    def subgraph(
        self,
        entities: Iterable[Name] | None = None,
        around: Name | None = None,
        hops: int = 1,
        relations: Iterable[str] | None = None,
        types: Iterable[str] | None = None,
        modality: str | None = None,
        facts_only: bool = False,
        min_belief: float = 0,
    ) -> KnowledgeGraph:
        """Return a part of the graph as a graph; ``around=`` gives an ego network.

        All conditions must hold, but entities that are named stay whatever their type and links.
        Where links are filtered, other entities left without any are dropped. Co-mentions are
        dropped where `relations`, `modality` or `min_belief` ask for what sources state; name
        ``co_mentioned_with`` to keep them.

        Args:
            entities: Keep these and what links them.
            around: Keep what is at most `hops` links away from this one.
            hops: How far around.
            relations: Keep only these relations.
            types: Keep only entities of these types, and those named.
            modality: Keep only relations that a source affirms just so firmly.
            facts_only: Leave out what is only planned or denied.
            min_belief: Keep only relations at least so credible, from 0 to 1.

        Raises:
            QueryError: If a name, relation, type or modality does not exist.

        >>> [entity.name for entity in kg.subgraph(around="United States")]
        ['Turkey', 'United States']
        """
        links = LinkFilter(
            relations=self._lookup.relations(relations),
            modality=member(Modality, modality),
            facts_only=facts_only,
            min_belief=min_belief,
        )
        named = None if entities is None else [self.entity(name).id for name in entities]
        centre = None if around is None else self.entity(around).id
        kinds = None if types is None else {self._lookup.words.known_type(t) for t in types}
        return self._graph_of(cut(self, self._index, links, named, centre, hops, kinds))

    def between(self, since: str | None = None, until: str | None = None) -> KnowledgeGraph:
        """Return the graph that the claims of some time make, status and belief weighed anew.

        Undated claims are left out, and co-mentions too: their counts are not kept by date. Two
        dates are compared so: ``kg.between(until="2019").diff(kg.between(until="2022"))``.

        Args:
            since: First date: ``2021``, ``2021-02``, ``2021-02-03``.
            until: Last date.

        Raises:
            QueryError: If one of them is no date.

        >>> [edge.relation for edge in kg.between(until="2018").edges]
        ['supplies']
        """
        from .evidence.weighing import weigh_between

        for date in filter(None, (since, until)):
            check_date(date)
        edges = weigh_between(self.edges, since, until, self._index.documents)
        ends = linked(edges, ())
        return self._graph_of(Part([entity for entity in self if entity.id in ends], edges, []))

    def diff(self, other: KnowledgeGraph) -> GraphDiff:
        """Return what changed from this graph to another; it prints, and has `to_html`.

        >>> changes = kg.between(until="2018").diff(kg.between(until="2020"))
        >>> [change.label for change in changes.edges.added]
        ['Turkey acquires S-400', 'United States sanctions Turkey']
        """
        from .diff import diff

        return diff(self, other)

    # Queries

    def sql(self, query: str, values: Values = (), engine: Engine = "sqlite") -> QueryResult:
        """Return the rows of a query in SQL; `graph.storage.database` describes the views.

        Args:
            query: One SELECT; ``?`` or ``:name`` stands for a value.
            values: The values.
            engine: ``sqlite``, or ``duckdb`` for heavy sums: it works on a copy of the views, and
                names values ``$name``.

        Raises:
            QueryError: If the query is wrong, would do anything but read, or DuckDB is missing.

        >>> rows = kg.sql("SELECT subject, object FROM edges WHERE relation = ?", ["operates"])
        >>> list(rows)
        [('Russia', 'S-400')]
        """
        from .questions.sql import ask_sqlite

        if engine == "sqlite":
            return ask_sqlite(self._database, query, values, self._labels)
        if engine == "duckdb":
            return self._duck.ask(query, values, self._labels)
        raise QueryError(f"There is no engine {engine!r}. Use 'sqlite' or 'duckdb'.")

    def cypher(
        self, query: str, values: Mapping[str, object] = MappingProxyType({})
    ) -> QueryResult:
        """Return the rows of a query in Cypher; `graph.questions.cypher` has labels and properties.

        Args:
            query: One reading query; ``$name`` stands for a value.
            values: The values, by name.

        Raises:
            QueryError: If the engine cannot answer it, it would do anything but read, or the
                extra is missing.

        >>> list(kg.cypher("MATCH (a:Entity)-[:operates]->(b) RETURN a.name, b.name"))
        [('Russia', 'S-400')]
        """
        return self._cypher.ask(query, values, self._labels)

    # Other programs

    def to_networkx(self, comentions: bool = True) -> nx.MultiDiGraph:
        """Return the graph as a networkx MultiDiGraph; the key of an edge is its relation.

        Attributes are flat: several values are joined with ``"; "``, unknown ones left out. A
        co-mention, which has no direction, is one edge.
        """
        from .answers.views import as_networkx

        return as_networkx(self, self._labels, comentions)

    def to_pandas(self) -> Frames:
        """Return ``.entities``, ``.edges``, ``.claims`` and ``.comentions`` as pandas DataFrames.

        Raises:
            ImportError: If pandas is not installed.

        >>> kg.to_pandas().edges.query("relation == 'operates'")["subject"].tolist()
        ['Russia']
        """
        from .answers.views import as_frames

        return as_frames(self, self._labels)

    def to_polars(self) -> PolarsFrames:
        """Return ``.entities``, ``.edges``, ``.claims`` and ``.comentions`` as polars DataFrames.

        Raises:
            ImportError: If polars is not installed.

        >>> kg.to_polars().entities.height == len(kg)
        True
        """
        from .answers.views import as_polars_frames

        return as_polars_frames(self, self._labels)

    def write_database(self, path: str | Path, key: str = "") -> Path:
        """Write everything as one SQLite file that `open` reads and any SQL tool queries.

        Args:
            path: The file; what was there is replaced when the new one is complete.
            key: What the graph was made from, to tell later whether the file is out of date.
        """
        from .storage.database import write_database

        return write_database(self, path, key)

    def write(self, path: str | Path, format: str | None = None) -> Path:  # noqa: A002
        """Write the graph in the format the suffix names: ``kg.write("acme.graphml")``.

        Args:
            path: The file, or the folder for formats of several files.
            format: A suffix that decides instead: ``kg.write("notes/", format="obsidian")``.

        Raises:
            ExportError: If there is no writer for the suffix.
        """
        return write_graph(self, path, format)

    def write_html(self, path: str | Path) -> Path:
        """Write the interactive page."""
        return write_as(self, ".html", path)

    def write_graphml(self, path: str | Path) -> Path:
        """Write GraphML, for Gephi, yEd and Cytoscape."""
        return write_as(self, ".graphml", path)

    def write_gexf(self, path: str | Path) -> Path:
        """Write GEXF, for Gephi."""
        return write_as(self, ".gexf", path)

    def write_json(self, path: str | Path) -> Path:
        """Write everything, evidence included, as JSON."""
        return write_as(self, ".json", path)

    # Made when first needed

    @cached_property
    def _database(self) -> sqlite3.Connection:
        from .storage.database import in_memory
        from .storage.tables import TablesOf

        return self._file.db if self._file else in_memory(TablesOf(self))

    @cached_property
    def _duck(self) -> DuckCopy:
        from .questions.sql import DuckCopy

        return DuckCopy(self._database)

    @cached_property
    def _cypher(self) -> CypherCopy:
        from .questions.cypher import CypherCopy

        return CypherCopy(self)

    def _graph_of(self, part: Part) -> KnowledgeGraph:
        ids = {entity.id for entity in part.entities}
        return KnowledgeGraph(
            title=self.title,
            entities=part.entities,
            edges=part.edges,
            comentions=part.comentions,
            documents=cited_documents(self.documents, part.edges, part.comentions),
            relations=self.relations,
            provenance=self.provenance,
            decisions=[d for d in self.decisions if d.entity_id in ids],
            stale=self.stale,
        )
