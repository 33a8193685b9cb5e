"""What the explorer page knows of a graph: plain data, ready to be written as JSON.

Entities, pairs, sentences and documents refer to one another by their position in the lists, so
that a sentence that supports ten claims is written once. Offsets into a sentence count UTF-16
units, as JavaScript does. What equals its default is left out.

A page holds up to `MOST_ENTITIES` entities and `MOST_PAIRS` relations and co-mentions, the
strongest first, of which it draws a part; the rest can be searched for and pulled in, and lies on
paths.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ...schema import Claim, CoMention, Document, Edge, Entity, Evidence, GraphView
from ..text import finite
from .placement import grain, place

Json = dict[str, Any]

PAIRS_PER_NODE = 3
"""Pairs drawn for each node of the page's limit; beyond, a canvas no longer pans smoothly."""

MOST_ENTITIES = 20_000
MOST_PAIRS = 100_000

MOST_SENTENCES = 60_000
"""Claims and examples that a page holds; beyond, each relation keeps fewer, and says how many."""

_FARTHEST = 1e9
"""Greatest position or centrality that is believed."""

_SENTENCES_EACH = (1000, 300, 100, 50, 20, 10, 5, 3, 2)
"""How many sentences a relation may keep, tried in turn until the page is small enough."""


@dataclass
class Selection:
    """The part of a graph that a page holds, and what of it is drawn at first."""

    entities: Sequence[Entity]
    """The entities, the most central first."""
    shown: int
    """How many of them are drawn at first."""
    edges: Sequence[Edge]
    comentions: Sequence[CoMention]
    drawn: frozenset[tuple[str, str]]
    """The pairs of which a co-mention has a line at first; the others wait."""
    sentences: int
    """How many sentences each relation may keep."""


def select(graph: GraphView, max_nodes: int) -> Selection:
    """Choose the strongest part of a graph that fits a page, `max_nodes` of it drawn at first.

    Stated relations come first. Co-mentions fill what they leave of the page's lines, those with
    the highest log-likelihood ratio first. Names that share a paragraph or document but no sentence
    have no line of their own: they link only where nothing else does.
    """
    weight = _weights(graph)
    ranked = sorted(graph.entities, key=lambda entity: (-weight[entity.id], entity.id))
    ranked = ranked[:MOST_ENTITIES]
    held = {entity.id for entity in ranked}
    first = {entity.id for entity in ranked[:max_nodes]}
    edges = [edge for edge in graph.edges if held.issuperset((edge.subject_id, edge.object_id))]
    edges = sorted(edges, key=lambda edge: (-edge.n_evidence, edge.key))[:MOST_PAIRS]
    met = [pair for pair in graph.comentions if held.issuperset((pair.a, pair.b))]
    met = sorted(met, key=_strongest_first)[: MOST_PAIRS - len(edges)]
    stated = {_pair(edge.subject_id, edge.object_id) for edge in edges}
    room = max(0, PAIRS_PER_NODE * max_nodes - sum(first.issuperset(pair) for pair in stated))
    in_sentences = [(pair.a, pair.b) for pair in met if pair.sentences]
    outside = [pair for pair in in_sentences if not first.issuperset(pair)]
    inside = [pair for pair in in_sentences if first.issuperset(pair)]
    return Selection(
        entities=ranked,
        shown=min(max_nodes, len(ranked)),
        edges=sorted(edges, key=lambda edge: edge.key),
        comentions=sorted(met, key=lambda pair: (pair.a, pair.b)),
        drawn=frozenset(inside[:room] + outside),
        sentences=_sentences_each(edges, met),
    )


def _strongest_first(pair: CoMention) -> tuple[bool, bool, float, str, str]:
    return not pair.sentences, not pair.paragraphs, -finite(pair.log_likelihood), pair.a, pair.b


def _sentences_each(edges: Iterable[Edge], comentions: Iterable[CoMention]) -> int:
    """Return how many sentences a relation may keep so that the page holds not too many."""
    counts = Counter(len(edge.claims) for edge in edges)
    counts.update(len(pair.examples) for pair in comentions)
    for most in _SENTENCES_EACH:
        if sum(min(n, most) * times for n, times in counts.items()) <= MOST_SENTENCES:
            return most
    return 1


@dataclass
class Payload:
    """Collects the lists of the page; sentences and documents are numbered as they are met."""

    graph: GraphView
    selection: Selection
    pairs: dict[tuple[str, str], int] = field(default_factory=dict)
    _sentences: dict[tuple[str, int, int], int] = field(default_factory=dict)
    _evidence: list[Json] = field(default_factory=list)
    _documents: dict[str, int] = field(default_factory=dict)

    def build(self) -> Json:
        """Return the whole payload."""
        position = {entity.id: i for i, entity in enumerate(self.selection.entities)}
        edges = [self._edge(edge, position) for edge in self.selection.edges]
        comentions = [self._comention(pair, position) for pair in self.selection.comentions]
        return {
            "title": self.graph.title,
            "shown": self.selection.shown,
            "grain": round(grain(self.selection.shown), 2),
            "counts": {
                "entities": len(self.graph.entities),
                "edges": len(self.graph.edges),
                "comentions": sum(pair.sentences > 0 for pair in self.graph.comentions),
                "documents": len(self.graph.documents),
            },
            "provenance": dict(sorted(self.graph.provenance.items())),
            "relations": self._relations(),
            "entities": [self._entity(entity) for entity in self.selection.entities],
            "edges": edges,
            "comentions": comentions,
            "evidence": self._evidence,
            "documents": self._document_list(),
        }

    def pair(self, a: str, b: str) -> int:
        """Return the number of an unordered pair of entities; parallel edges share it."""
        return self.pairs.setdefault(_pair(a, b), len(self.pairs))

    def _relations(self) -> Json:
        used = {edge.relation for edge in self.graph.edges}
        return {
            name: _lean(
                inverse=relation.inverse,
                symmetric=relation.symmetric,
                description=relation.description,
                quad=relation.quad,
            )
            for name, relation in sorted(self.graph.relations.items())
            if name in used
        }

    def _entity(self, entity: Entity) -> Json:
        return {
            "id": entity.id,
            "name": entity.name.strip() or entity.id,
            "type": entity.type,
        } | _lean(
            subtype=entity.subtype,
            country=entity.country,
            aliases=list(entity.aliases),
            identifiers=dict(sorted(entity.identifiers.items())),
            family=entity.family,
            mentions=entity.mentions,
            documents=entity.documents,
            first=entity.first_seen,
            last=entity.last_seen,
        )

    def _edge(self, edge: Edge, position: Mapping[str, int]) -> Json:
        claims = _telling(edge.claims, self.selection.sentences)
        return _lean(
            pair=self.pair(edge.subject_id, edge.object_id),
            s=position[edge.subject_id],
            o=position[edge.object_id],
            relation=edge.relation,
            status=str(edge.status),
            belief=round(edge.belief, 3),
            documents=edge.n_documents,
            sources=edge.n_sources,
            evidence=edge.n_evidence,
            first=edge.first_date,
            last=edge.last_date,
            claims=[self._claim(claim, position) for claim in claims],
            left=len(edge.claims) - len(claims) or None,
        )

    def _claim(self, claim: Claim, position: Mapping[str, int]) -> Json:
        evidence = claim.evidence
        return _lean(
            ev=self._sentence(evidence),
            polarity=str(claim.polarity),
            modality=str(claim.modality),
            speaker=claim.speaker,
            by=position.get(claim.speaker_id or ""),
            wording=claim.wording,
            confidence=round(claim.confidence, 3),
            rule=claim.rule,
            event=claim.event_date,
            qualifiers=dict(sorted(claim.qualifiers.items())),
            smark=_within(evidence, claim.subject_mention),
            omark=_within(evidence, claim.object_mention),
            wmark=_wording(evidence, claim),
        )

    def _comention(self, comention: CoMention, position: Mapping[str, int]) -> Json:
        examples = max(2, self.selection.sentences)  # two names that share a document have one each
        return _lean(
            pair=self.pair(comention.a, comention.b),
            a=position[comention.a],
            b=position[comention.b],
            sentences=comention.sentences,
            paragraphs=comention.paragraphs,
            documents=comention.documents,
            npmi=round(comention.npmi, 3),
            ll=round(finite(comention.log_likelihood), 1),
            waits=(comention.a, comention.b) not in self.selection.drawn,
            examples=[self._sentence(each) for each in comention.examples[:examples]],
        )

    def _sentence(self, evidence: Evidence) -> int:
        key = evidence.document_id, evidence.start, evidence.end
        if key not in self._sentences:
            self._sentences[key] = len(self._evidence)
            document = self._documents.setdefault(evidence.document_id, len(self._documents))
            self._evidence.append(
                {
                    "doc": document,
                    "start": evidence.start,
                    "end": evidence.end,
                    "text": evidence.exact,
                }
                | _lean(date=evidence.date)
            )
        return self._sentences[key]

    def _document_list(self) -> list[Json]:
        known = {document.id: document for document in self.graph.documents}
        return [_document(name, known.get(name)) for name in self._documents]


def visual_nodes(graph: GraphView, selection: Selection) -> list[Json]:
    """Return where and how large each entity is drawn, in the order of the selection.

    A node's area grows with its centrality.
    """
    layout, weight = graph.layout(), _weights(graph)
    strongest = max(weight.values(), default=0.0) or 1.0
    names = [entity.id for entity in selection.entities]
    coarse = grain(selection.shown)
    sizes = [round(coarse * (6 + 18 * math.sqrt(weight[name] / strongest)), 1) for name in names]
    points = [(_sound(x), _sound(y)) for x, y in (layout.get(name, (0, 0)) for name in names)]
    places = place(points, sizes, selection.shown)
    return [
        {"id": i, "x": round(x, 1), "y": round(y, 1), "size": size}
        for i, ((x, y), size) in enumerate(zip(places, sizes, strict=True))
    ]


def _weights(graph: GraphView) -> dict[str, float]:
    """Return the centrality of every entity; 0 where the graph has none that makes sense."""
    known = graph.centrality()
    return {entity.id: max(0.0, _sound(known.get(entity.id, 0))) for entity in graph.entities}


def _sound(number: Any) -> float:
    """Return a number that a picture can be drawn with: graphs made by hand may hold any."""
    value = float(number)
    return value if abs(value) <= _FARTHEST else 0.0


def visual_edges(payload: Json) -> list[Json]:
    """Return one line for each pair of entities that anything joins, numbered as in `payload`."""
    ends: dict[int, tuple[int, int]] = {}
    for edge in payload["edges"]:
        ends.setdefault(edge["pair"], (edge["s"], edge["o"]))
    for pair in payload["comentions"]:
        ends.setdefault(pair["pair"], (pair["a"], pair["b"]))
    return [{"id": i, "from": ends[i][0], "to": ends[i][1]} for i in range(len(ends))]


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a <= b else (b, a)


def _document(name: str, document: Document | None) -> Json:
    if document is None:
        return {"id": name, "label": name}
    return _lean(
        id=document.id,
        label=document.label,
        author=document.author,
        publisher=document.publisher,
        date=document.date,
        url=document.url,
        path=document.path,
    )


def _telling(claims: Sequence[Claim], most: int) -> Sequence[Claim]:
    """Return the firmest claims, of every polarity, in the order given."""
    if len(claims) <= most:
        return claims
    firmest = sorted(range(len(claims)), key=lambda i: (-claims[i].confidence, i))
    met: Counter[str] = Counter()
    turns: list[tuple[int, int]] = []
    for i in firmest:
        turns.append((met[claims[i].polarity], i))
        met[claims[i].polarity] += 1
    return [claims[i] for i in sorted(i for _, i in sorted(turns)[:most])]


_DEFAULTS: Mapping[str, Any] = {"polarity": "affirmed", "modality": "asserted", "confidence": 1.0}


def _lean(**values: Any) -> Json:
    """Keep what says something: neither missing, nor empty, nor the ordinary case."""
    return {
        name: value
        for name, value in values.items()
        if (value or value == 0) and value is not False and _DEFAULTS.get(name) != value
    }


def _within(evidence: Evidence, mention: tuple[int, int]) -> list[int] | None:
    """Turn a range of the document into one of the sentence; None if it lies elsewhere."""
    start, end = mention[0] - evidence.start, mention[1] - evidence.start
    if not 0 <= start < end <= len(evidence.exact):
        return None
    return [_utf16(evidence.exact, start), _utf16(evidence.exact, end)]


def _wording(evidence: Evidence, claim: Claim) -> list[list[int]]:
    """Find the trigger words in their sentence: as one phrase, or word by word in order.

    Of several occurrences the one nearest to the two names counts.
    """
    middle = sum(claim.subject_mention + claim.object_mention) / 4 - evidence.start
    text, words = evidence.exact, claim.wording.split()
    phrase = _occurrences(_phrase(claim.wording), text) if words else []
    if phrase:
        spans = [min(phrase, key=lambda span: abs(sum(span) / 2 - middle))]
    else:
        spans = _in_order(words, text)
    return [[_utf16(text, start), _utf16(text, end)] for start, end in spans]


@cache
def _phrase(wording: str) -> str:
    return r"\s+".join(map(re.escape, wording.split()))


def _occurrences(pattern: str, text: str) -> list[tuple[int, int]]:
    found = re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)
    return [match.span() for match in found]


def _in_order(words: Iterable[str], text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for word in words:
        done = spans[-1][1] if spans else 0
        after = [span for span in _occurrences(re.escape(word), text) if span[0] >= done]
        spans += after[:1]
    return spans


def _utf16(text: str, position: int) -> int:
    """Count the UTF-16 units before a position.

    >>> _utf16("\\U0001d54f is a letter", 2)
    3
    """
    if text.isascii():
        return position
    return position + sum(character > "\uffff" for character in text[:position])
