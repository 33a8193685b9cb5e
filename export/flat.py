"""One row a node, one row an edge: what a graph loses, once for all formats with flat attributes.

GraphML, GEXF and CSV know no records within records. Here it is settled what becomes of claims
and evidence: an edge keeps the number of its sentences and one of them, and `export.json` keeps
them all. Text is on one line and free of what XML cannot hold; ids are XML name tokens. Numbers
that no program could draw are replaced: what is not finite by 0, and what is beyond 32 bits by the
largest number of 32 bits.

Two presets. *One edge a relation* keeps every stated relation and every co-mention apart. *One
edge a pair* folds them, for programs that would merge parallel edges themselves and then sum
their weights and overwrite their attributes:

* All relations stated from A to B are one edge. The leading relation (the firmest status, then the
  most evidence) gives its colour, status, belief and sentence; ``relations`` lists all, and marks
  those that are not fact: ``operates|targets (denied)``.
* A co-mention of A and B adds its counts to the stated edges of the pair, in both directions, and
  is an edge of its own only where nothing is stated.

Rows are made one at a time, so that a large graph takes no more memory than a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from math import isfinite, sqrt
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from ..schema import (
    CO_MENTIONED_WITH,
    RELATED_TO,
    Claim,
    CoMention,
    Document,
    Edge,
    GraphView,
    Modality,
    Polarity,
    Status,
)
from .meetings import Meetings
from .palette import CO_MENTION, edge_colour, node_colour
from .xml import clean, token

_T = TypeVar("_T")

_SMALLEST, _LARGEST = 6.0, 40.0
"""Sizes of nodes, in the units of the layout."""
_MOST = 2**31 - 1
"""The largest count that every reader of an ``int`` column takes."""


class Node(NamedTuple):
    """An entity without structure; what is not known is empty or None."""

    id: str
    label: str
    x: float
    y: float
    size: float
    color: str
    actor_type: str
    subtype: str
    country: str
    aliases: tuple[str, ...]
    mentions: int
    documents: int
    first_seen: str
    last_seen: str
    pagerank: float
    community: int


class Link(NamedTuple):
    """An edge without structure; what is not known is empty or None."""

    id: str
    source: str
    target: str
    undirected: bool
    kind: str
    """The relation, or the leading one of several, as a token: it tells parallel edges apart."""
    label: str
    weight: int
    """Number of distinct sentences, never 0."""
    color: str
    relations: str
    quad: str
    status: str
    belief: float | None
    polarity: str
    modality: str
    n_documents: int
    n_sources: int | None
    first_date: str
    last_date: str
    sentence: str
    """One sentence that says so; polarity, modality, speaker and wording are those of it."""
    speaker: str
    wording: str
    document_id: str
    start: int | None
    """Where the sentence begins in its document."""
    source_title: str
    source_date: str
    source_url: str
    comentions: int | None
    npmi: float | None


NODE_COLUMNS: Mapping[str, str] = {
    "actor_type": "string",
    "subtype": "string",
    "country": "string",
    "aliases": "strings",
    "mentions": "int",
    "documents": "int",
    "first_seen": "string",
    "last_seen": "string",
    "pagerank": "double",
    "community": "int",
}
"""Fields of `Node` that no format has a place of its own for, with their types."""

EDGE_COLUMNS: Mapping[str, str] = {
    "relations": "string",
    "quad": "string",
    "status": "string",
    "belief": "double",
    "polarity": "string",
    "modality": "string",
    "n_documents": "int",
    "n_sources": "int",
    "first_date": "string",
    "last_date": "string",
    "sentence": "string",
    "speaker": "string",
    "wording": "string",
    "document_id": "string",
    "start": "int",
    "source_title": "string",
    "source_date": "string",
    "source_url": "string",
    "comentions": "int",
    "npmi": "double",
    "undirected": "boolean",
}
"""Fields of `Link` that no format has a place of its own for, with their types."""


REPEATED: Sequence[Sequence[str]] = (
    ("label", "color", "relations", "quad", "status", "polarity", "modality", "undirected"),
    ("n_documents", "n_sources", "first_date", "last_date"),
    ("document_id", "source_title", "source_date", "source_url"),
)
"""Fields of `Link` whose values come back together in many rows."""


def flat_nodes(graph: GraphView) -> Iterator[Node]:
    """Yield a row for every entity, sorted by id."""
    layout, centrality, clusters = graph.layout(), graph.centrality(), graph.clusters()
    greatest = max((_finite(rank, 9) for rank in centrality.values()), default=0.0) or 1.0
    for entity in sorted(graph.entities, key=attrgetter("id")):
        x, y = layout[entity.id]
        rank = _finite(centrality[entity.id], 9)
        yield Node(
            id=token(entity.id),
            label=clean(entity.name) or token(entity.id),
            x=_finite(x, 2),
            y=_finite(y, 2),
            size=_size(rank / greatest),
            color=node_colour(entity.type),
            actor_type=clean(entity.type),
            subtype=clean(entity.subtype or ""),
            country=clean(entity.country or ""),
            aliases=tuple(filter(None, map(clean, entity.aliases))),
            mentions=_count(entity.mentions),
            documents=_count(entity.documents),
            first_seen=clean(entity.first_seen or ""),
            last_seen=clean(entity.last_seen or ""),
            pagerank=rank,
            community=_count(clusters[entity.id]),
        )


def flat_links(graph: GraphView, *, fold: bool) -> Iterator[Link]:
    """Yield a row for every edge: the stated ones by subject and object, then the co-mentions.

    Args:
        graph: The graph.
        fold: One edge for each pair and direction, rather than one for each relation.
    """
    rows, met = _Rows(graph, fold), Meetings(graph.comentions)
    for subject, edges in groupby(sorted(graph.edges, key=_subject), key=_subject):
        ordered = sorted(edges, key=_object_and_relation)
        if not fold:
            yield from (rows.stated([edge], None) for edge in ordered)
            continue
        for other, parallel in groupby(ordered, key=_object):
            yield rows.stated(list(parallel), met.take(subject, other))
    yield from map(rows.met, met.left())


_subject, _object = attrgetter("subject_id"), attrgetter("object_id")
_object_and_relation = attrgetter("object_id", "relation")


class _Relation(NamedTuple):
    """What rows say of a relation, made once."""

    token: str
    name: str
    quad: str
    color: str
    symmetric: bool


class _Rows:
    """Makes rows of the edges of one graph."""

    def __init__(self, graph: GraphView, fold: bool) -> None:
        self._fold = fold
        self._graph = graph
        self._documents = {document.id: document for document in graph.documents}
        self._token = cache(token)  # ids come back with every edge
        self._relations: dict[str, _Relation] = {}

    def stated(self, edges: Sequence[Edge], comention: CoMention | None) -> Link:
        """One row for the relations stated from one entity to another."""
        lead = _first(edges, _firmness)
        claims, first, last, n_sources, undirected = self._together(edges)
        example = _first(lead.claims, _plainness) if lead.claims else None
        document = self._documents.get(example.evidence.document_id) if example else None
        relation = self._relation(lead.relation)
        source, target = self._token(lead.subject_id), self._token(lead.object_id)
        relations = "|".join([self._reading(edge) for edge in edges])
        return Link(
            id=self._id(source, relation.token, target),
            source=source,
            target=target,
            undirected=undirected,
            kind=relation.token,
            label=_label(relations),
            weight=_distinct_sentences(edges, claims),
            color=relation.color,
            relations=relations,
            quad=relation.quad,
            status=str(lead.status),
            belief=_finite(lead.belief, 4),
            polarity=str(example.polarity) if example else "",
            modality=str(example.modality) if example else "",
            n_documents=_distinct_documents(edges, claims),
            n_sources=_count(n_sources),
            first_date=clean(first),
            last_date=clean(last),
            sentence=clean(example.evidence.exact) if example else "",
            speaker=clean(example.speaker or "") if example else "",
            wording=clean(example.wording) if example else "",
            document_id=clean(example.evidence.document_id) if example else "",
            start=_count(example.evidence.start) if example else None,
            source_title=_title(document) if document else "",
            source_date=clean(document.date or "") if document else "",
            source_url=clean(document.url or "") if document else "",
            comentions=_count(comention.sentences) if comention else None,
            npmi=_finite(comention.npmi, 4) if comention else None,
        )

    def met(self, comention: CoMention) -> Link:
        """One row for a pair of names that only met."""
        example = comention.examples[0] if comention.examples else None
        document = self._documents.get(example.document_id) if example else None
        source, target = self._token(comention.a), self._token(comention.b)
        sentences = _count(comention.sentences)
        return Link(  # without names, as this is most of the work for a large graph
            self._id(source, CO_MENTIONED_WITH, target),  # id
            source,  # source
            target,  # target
            True,  # undirected
            CO_MENTIONED_WITH,  # kind
            "co-mentioned",  # label
            sentences or 1,  # weight
            _CO_MENTION_COLOUR,  # color
            CO_MENTIONED_WITH,  # relations
            CO_MENTION,  # quad
            "",  # status
            None,  # belief
            "",  # polarity
            "",  # modality
            _count(comention.documents),  # n_documents
            None,  # n_sources
            "",  # first_date
            "",  # last_date
            clean(example.exact) if example else "",  # sentence
            "",  # speaker
            "",  # wording
            clean(example.document_id) if example else "",  # document_id
            _count(example.start) if example else None,  # start
            _title(document) if document else "",  # source_title
            clean(document.date or "") if document else "",  # source_date
            clean(document.url or "") if document else "",  # source_url
            sentences,  # comentions
            _finite(comention.npmi, 4),  # npmi
        )

    def _together(self, edges: Sequence[Edge]) -> tuple[Sequence[Claim], str, str, int, bool]:
        """Claims, first and last date, sources and whether there is no direction."""
        if len(edges) == 1:  # the usual case, in a tenth of the time
            (edge,) = edges
            dates = edge.first_date or "", edge.last_date or ""
            return edge.claims, *dates, edge.n_sources, self._relation(edge.relation).symmetric
        return (
            [claim for edge in edges for claim in edge.claims],
            min((edge.first_date for edge in edges if edge.first_date), default=""),
            max((edge.last_date for edge in edges if edge.last_date), default=""),
            max(edge.n_sources for edge in edges),
            all(self._relation(edge.relation).symmetric for edge in edges),
        )

    def _id(self, source: str, relation: str, target: str) -> str:
        """An id that no other edge of the file has, and that the next export gives again."""
        return f"{source}--{target}" if self._fold else f"{source}--{relation}--{target}"

    def _relation(self, name: str) -> _Relation:
        if name not in self._relations:
            known = self._graph.relations.get(name)
            quad = known.quad if known else "structural"
            self._relations[name] = _Relation(
                token=token(name),
                name=clean(name) or token(name) or RELATED_TO,
                quad=clean(quad),
                color=edge_colour(quad),
                symmetric=known is not None and known.symmetric,
            )
        return self._relations[name]

    def _reading(self, edge: Edge) -> str:
        """The relation, marked where it is not to be taken for a fact."""
        name = one_of_several(self._relation(edge.relation).name)
        return name if edge.status in _FACTS else f"{name} ({edge.status})".lstrip()


def one_of_several(text: str) -> str:
    """Return text to be joined to other text with ``|``, which it must not hold itself.

    >>> one_of_several("Aegis | Ashore")
    'Aegis / Ashore'
    """
    return text.replace("|", "/")


def _first(items: Sequence[_T], key: Callable[[_T], Any]) -> _T:
    return items[0] if len(items) == 1 else min(items, key=key)


def _size(share: float) -> float:
    """Size of a node whose area grows with its share of the greatest centrality."""
    return _finite(_SMALLEST + (_LARGEST - _SMALLEST) * sqrt(max(share, 0.0)), 2)


def _finite(number: float, digits: int) -> float:
    """A number that every reader takes: finite, rounded, no negative zero."""
    return round(float(number), digits) + 0.0 if isfinite(number) else 0.0


def _count(number: int) -> int:
    return int(number) if number < _MOST else _MOST


@lru_cache(maxsize=1000)
def _label(relations: str) -> str:
    """What to write beside an edge."""
    return clean(relations.replace("|", ", ").replace("_", " "))


def _distinct_documents(edges: Sequence[Edge], claims: Sequence[Claim]) -> int:
    if len(edges) == 1:
        return _count(edges[0].n_documents)
    return len({claim.evidence.document_id for claim in claims})


def _distinct_sentences(edges: Sequence[Edge], claims: Sequence[Claim]) -> int:
    """Number of sentences behind several relations, where one sentence may state two of them.

    Both terms are too high in their own way: the sum counts such a sentence twice, and the
    wordings count near copies of one text as several.
    """
    known = sum([edge.n_evidence for edge in edges])
    if len(edges) > 1:
        known = min(known, len({claim.evidence.exact for claim in claims}))
    return max(1, _count(known))


def _title(document: Document) -> str:
    return clean(document.label) or clean(document.id)


_FACTS = tuple(status for status in Status if status.is_fact)
_CO_MENTION_COLOUR = edge_colour(CO_MENTION)
_STATUSES = {status: rank for rank, status in enumerate(Status)}
_MODALITIES = {modality: rank for rank, modality in enumerate(Modality)}


def _firmness(edge: Edge) -> tuple[int, int, str]:
    return _STATUSES[edge.status], -edge.n_evidence, edge.relation


def _plainness(claim: Claim) -> tuple[bool, int, float, str, int, str]:
    """Sorts the claim first that a reader should see first."""
    return (
        claim.polarity is Polarity.NEGATED,
        _MODALITIES[claim.modality],
        -claim.confidence,
        claim.evidence.document_id,
        claim.evidence.start,
        claim.id,
    )
