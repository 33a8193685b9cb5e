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

Rows are made one at a time and in the order in which a graph is sorted, so that a large graph takes
hardly more memory than a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
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
from .meetings import Meetings, in_order, pair
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
    """An edge without structure; what is not known is empty or None.

    Fields whose values repeat together stand together: see `REPEATED`.
    """

    id: str
    source: str
    target: str
    kind: str
    """The relation, or the leading one of several, as a token: it tells parallel edges apart."""
    label: str
    color: str
    relations: str
    quad: str
    status: str
    polarity: str
    modality: str
    undirected: bool
    n_documents: int
    n_sources: int | None
    first_date: str
    last_date: str
    document_id: str
    source_title: str
    source_date: str
    source_url: str
    weight: int
    """Number of distinct sentences, never 0."""
    belief: float | None
    sentence: str
    """One sentence that says so; polarity, modality, speaker and wording are those of it."""
    speaker: str
    wording: str
    start: int | None
    """Where the sentence begins in its document."""
    comentions: int | None
    npmi: float | None

    @property
    def is_fact(self) -> bool:
        """Whether the leading relation counts as fact; a co-mention does not."""
        return self.status in _FACTS


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
    "belief": "share",
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
    "npmi": "share",
    "undirected": "boolean",
}
"""Fields of `Link` that no format has a place of its own for, with their types.

A share is a ``double`` of four digits from -1 to 1."""


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
    for entity in in_order(graph.entities, attrgetter("id")):
        x, y = layout[entity.id]
        rank = _finite(centrality[entity.id], 9)
        id_ = token(entity.id)
        yield Node(
            id=id_,
            label=clean(entity.name) or id_,
            x=_finite(x, 2),
            y=_finite(y, 2),
            size=_size(rank / greatest),
            color=node_colour(entity.type),
            actor_type=_word(entity.type),
            subtype=_word(entity.subtype),
            country=_word(entity.country),
            aliases=tuple(filter(None, map(clean, entity.aliases))),
            mentions=_count(entity.mentions),
            documents=_count(entity.documents),
            first_seen=_word(entity.first_seen),
            last_seen=_word(entity.last_seen),
            pagerank=rank,
            community=_count(clusters[entity.id]),
        )


def flat_links(graph: GraphView, *, fold: bool) -> Iterator[Link]:
    """Yield a row for every edge: the stated ones by subject and object, then the co-mentions.

    Args:
        graph: The graph.
        fold: One edge for each pair and direction, rather than one for each relation.
    """
    rows = _Rows(graph, fold)
    meetings = Meetings(graph.comentions) if fold else None
    for subject, edges in groupby(in_order(graph.edges, _subject), key=_subject):
        ordered = sorted(edges, key=_object_and_relation)
        if meetings is None:
            yield from (rows.stated([edge], None) for edge in ordered)
            continue
        for other, parallel in groupby(ordered, key=_object):
            yield rows.stated(list(parallel), meetings.take(subject, other))
    yield from map(rows.met, meetings.left() if meetings else in_order(graph.comentions, pair))


_subject, _object = attrgetter("subject_id"), attrgetter("object_id")
_object_and_relation = attrgetter("object_id", "relation")


class _Relation(NamedTuple):
    """What rows say of a relation, made once."""

    token: str
    name: str
    quad: str
    color: str
    symmetric: bool


class _Reading(NamedTuple):
    """What rows say of a relation and the way it is stated: fields of `Link`, in their order."""

    kind: str
    label: str
    color: str
    relations: str
    quad: str
    status: str
    polarity: str
    modality: str
    undirected: bool


class _Source(NamedTuple):
    """What rows say of a document: fields of `Link`, in their order."""

    document_id: str
    source_title: str
    source_date: str
    source_url: str


_NO_SOURCE = _Source("", "", "", "")
_CO_MENTIONED = _Reading(
    kind=CO_MENTIONED_WITH,
    label="co-mentioned",
    color=edge_colour(CO_MENTION),
    relations=CO_MENTIONED_WITH,
    quad=CO_MENTION,
    status="",
    polarity="",
    modality="",
    undirected=True,
)


class _Rows:
    """Makes rows of the edges of one graph."""

    def __init__(self, graph: GraphView, fold: bool) -> None:
        self._fold = fold
        self._relations = graph.relations
        self._tokens = _odd_tokens(graph)
        self._sources = {document.id: _source(document) for document in graph.documents}
        # Both come back with edge after edge.
        self._relation = cache(self._new_relation)
        self._reading = cache(self._new_reading)

    def stated(self, edges: Sequence[Edge], comention: CoMention | None) -> Link:
        """One row for the relations stated from one entity to another."""
        edge = edges[0] if len(edges) == 1 else _together(edges)
        example = _first(edge.claims, _plainness) if edge.claims else None
        evidence = example.evidence if example else None
        reading = self._reading(
            edge.relation,
            edge.status,
            example.polarity if example else "",
            example.modality if example else "",
        )
        if len(edges) > 1:
            reading = self._all_of(edges, reading)
        counts = (
            _count(edge.n_documents),  # n_documents
            _count(edge.n_sources),  # n_sources
            _word(edge.first_date),  # first_date
            _word(edge.last_date),  # last_date
        )
        source = self._source(evidence.document_id) if evidence else _NO_SOURCE
        own = (
            _count(edge.n_evidence) or 1,  # weight
            _finite(edge.belief, 4),  # belief
            clean(evidence.exact) if evidence else "",  # sentence
            _word(example.speaker) if example else "",  # speaker
            _word(example.wording) if example else "",  # wording
            _count(evidence.start) if evidence else None,  # start
            _count(comention.sentences) if comention else None,  # comentions
            _finite(comention.npmi, 4) if comention else None,  # npmi
        )
        ends = self._ends(edge.subject_id, reading.kind, edge.object_id)
        return _link(ends + reading + counts + source + own)

    def met(self, comention: CoMention) -> Link:
        """One row for a pair of names that only met."""
        example = comention.examples[0] if comention.examples else None
        sentences = _count(comention.sentences)
        counts = _count(comention.documents), None, "", ""
        source = self._source(example.document_id) if example else _NO_SOURCE
        own = (
            sentences or 1,  # weight
            None,  # belief
            clean(example.exact) if example else "",  # sentence
            "",  # speaker
            "",  # wording
            _count(example.start) if example else None,  # start
            sentences,  # comentions
            _finite(comention.npmi, 4),  # npmi
        )
        ends = self._ends(comention.a, CO_MENTIONED_WITH, comention.b)
        return _link(ends + _CO_MENTIONED + counts + source + own)

    def _ends(self, subject: str, kind: str, other: str) -> tuple[str, str, str]:
        """Id, source and target: an id of no other edge, that the next export gives again."""
        source, target = self._tokens.get(subject, subject), self._tokens.get(other, other)
        id_ = f"{source}--{target}" if self._fold else f"{source}--{kind}--{target}"
        return id_, source, target

    def _new_relation(self, name: str) -> _Relation:
        known = self._relations.get(name)
        quad = known.quad if known else "structural"
        return _Relation(
            token=token(name),
            name=clean(name) or token(name) or RELATED_TO,
            quad=clean(quad),
            color=edge_colour(quad),
            symmetric=known is not None and known.symmetric,
        )

    def _new_reading(self, name: str, status: Status, polarity: str, modality: str) -> _Reading:
        relation = self._relation(name)
        relations = self._marked(name, status)
        return _Reading(
            kind=relation.token,
            label=_label(relations),
            color=relation.color,
            relations=relations,
            quad=relation.quad,
            status=str(status),
            polarity=str(polarity),
            modality=str(modality),
            undirected=relation.symmetric,
        )

    def _all_of(self, edges: Sequence[Edge], leading: _Reading) -> _Reading:
        """What a row says of several relations, of which one leads."""
        relations = "|".join(self._marked(edge.relation, edge.status) for edge in edges)
        undirected = all(self._relation(edge.relation).symmetric for edge in edges)
        return leading._replace(label=_label(relations), relations=relations, undirected=undirected)

    def _marked(self, relation: str, status: Status) -> str:
        """The relation, marked where it is not to be taken for a fact."""
        name = one_of_several(self._relation(relation).name)
        return name if status in _FACTS else f"{name} ({status})".lstrip()

    def _source(self, document_id: str) -> _Source:
        known = self._sources.get(document_id)
        return known or _NO_SOURCE._replace(document_id=clean(document_id))


def _source(document: Document) -> _Source:
    return _Source(
        document_id=clean(document.id),
        source_title=clean(document.label) or clean(document.id),
        source_date=_word(document.date),
        source_url=clean(document.url or ""),
    )


def _odd_tokens(graph: GraphView) -> dict[str, str]:
    """The tokens of entities whose ids are none themselves; most graphs have no such ids."""
    tokens = ((entity.id, token(entity.id)) for entity in graph.entities)
    return {id_: token_ for id_, token_ in tokens if token_ != id_}


_link: Callable[[tuple[Any, ...]], Link] = partial(tuple.__new__, Link)  # quicker than `Link._make`


def _together(edges: Sequence[Edge]) -> Edge:
    """The leading relation of several between the same two, with the counts and dates of all."""
    claims = [claim for edge in edges for claim in edge.claims]
    return min(edges, key=_firmness).model_copy(
        update={
            "n_evidence": _distinct_sentences(edges, claims),
            "n_documents": len({claim.evidence.document_id for claim in claims}),
            "n_sources": max(edge.n_sources for edge in edges),
            "first_date": min((edge.first_date for edge in edges if edge.first_date), default=None),
            "last_date": max((edge.last_date for edge in edges if edge.last_date), default=None),
        }
    )


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


def _distinct_sentences(edges: Sequence[Edge], claims: Sequence[Claim]) -> int:
    """Number of sentences behind several relations, where one sentence may state two of them.

    Both terms are too high in their own way: the sum counts such a sentence twice, and the
    wordings count near copies of one text as several.
    """
    return min(
        sum(edge.n_evidence for edge in edges), len({claim.evidence.exact for claim in claims})
    )


@lru_cache(maxsize=1000)
def _word(text: str | None) -> str:
    """Clean text that comes back often, or nothing where nothing is known."""
    return clean(text) if text else ""


_FACTS = tuple(status for status in Status if status.is_fact)
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
