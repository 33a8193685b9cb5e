"""Graphs for the tests of the exports: one small and readable, and any number of nasty ones."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from actorgraph.schema import (
    Claim,
    CoMention,
    Document,
    Edge,
    Entity,
    Evidence,
    Modality,
    Polarity,
    RelationType,
    Status,
)


@dataclass(frozen=True)
class HandMadeGraph:
    """The least that satisfies `schema.GraphView`."""

    title: str = "A small graph"
    entities: tuple[Entity, ...] = ()
    edges: tuple[Edge, ...] = ()
    comentions: tuple[CoMention, ...] = ()
    documents: tuple[Document, ...] = ()
    relations: Mapping[str, RelationType] = field(default_factory=dict)
    provenance: Mapping[str, str] = field(default_factory=dict)
    odd_numbers: tuple[Any, ...] = ()
    """What layout, centrality and clusters answer, in turn, if it is to be nothing reasonable."""

    def layout(self) -> dict[str, tuple[float, float]]:
        ids = sorted(entity.id for entity in self.entities)
        places = {name: (12.5 * i, -250.0 / (i + 1)) for i, name in enumerate(ids)}
        return {**places, **{name: (odd, odd) for name, odd in self._odd()}}

    def centrality(self) -> dict[str, float]:
        total = sum(entity.mentions for entity in self.entities) or 1
        ranks = {entity.id: entity.mentions / total for entity in self.entities}
        return {**ranks, **dict(self._odd())}

    def clusters(self) -> dict[str, int]:
        return {entity.id: np.int64(entity.type != "country") for entity in self.entities}

    def _odd(self) -> Iterator[tuple[str, Any]]:
        return zip(sorted(entity.id for entity in self.entities), self.odd_numbers, strict=False)

    def reversed(self) -> HandMadeGraph:
        """The same graph, with everything in another order."""
        return replace(
            self,
            entities=self.entities[::-1],
            edges=self.edges[::-1],
            comentions=self.comentions[::-1],
            documents=self.documents[::-1],
            relations=dict(reversed(self.relations.items())),
            provenance=dict(reversed(self.provenance.items())),
        )


def claim(
    subject: str,
    relation: str,
    object_: str,
    sentence: str,
    *,
    document: str = "d1",
    start: int = 0,
    **more: object,
) -> Claim:
    evidence = Evidence(
        document_id=document, start=start, end=start + len(sentence), exact=sentence, date="2019"
    )
    return Claim(
        id=f"{subject} {relation} {object_} {document} {start}",
        subject_id=subject,
        relation=relation,
        object_id=object_,
        wording=relation,
        rule="by hand",
        evidence=evidence,
        subject_mention=(start, start),
        object_mention=(start, start),
        **more,
    )


def edge(*claims: Claim, status: Status = Status.AFFIRMED, **more: object) -> Edge:
    first = claims[0]
    return Edge(
        **{
            "subject_id": first.subject_id,
            "relation": first.relation,
            "object_id": first.object_id,
            "claims": claims,
            "status": status,
            "belief": 0.9,
            "n_evidence": len({each.evidence.exact for each in claims}),
            "n_documents": len({each.evidence.document_id for each in claims}),
            "n_sources": 1,
            **more,
        }
    )


SMALL = HandMadeGraph(
    title='"Shields" & <swords>',
    entities=(
        Entity(id="country:ru", name="Russia", type="country", country="ru", mentions=9),
        Entity(
            id="country:tr",
            name="Türkiye",
            type="country",
            aliases=("Turkey", 'the "bridge", they say', "Турция"),
            mentions=4,
            documents=2,
            first_seen="2017-12",
            last_seen="2019-07-12",
        ),
        Entity(id="organization:e-f", name='"E" & <F>', type="organization", subtype="alliance"),
        Entity(id="system:s-400", name="S-400", type="system", aliases=("Triumf",), mentions=7),
    ),
    edges=(
        edge(
            claim("country:ru", "supplies", "country:tr", "Russia armed Turkey.", start=10),
            claim("country:ru", "supplies", "country:tr", "Moscow delivers.", document="d2"),
            first_date="2017-12",
            last_date="2019-07-12",
        ),
        edge(
            claim(
                "country:ru",
                "threatens",
                "country:tr",
                "Russia did not threaten Turkey.",
                polarity=Polarity.NEGATED,
                start=40,
            ),
            status=Status.DENIED,
        ),
        edge(
            claim(
                "country:tr",
                "acquires",
                "system:s-400",
                "Turkey may buy the S-400 & more.",
                modality=Modality.HYPOTHETICAL,
                start=80,
            ),
            claim("country:tr", "acquires", "system:s-400", "Turkey bought it.", document="d2"),
            first_date="2019",
        ),
    ),
    comentions=(
        CoMention(
            a="country:ru",
            b="country:tr",
            sentences=5,
            paragraphs=6,
            documents=2,
            npmi=0.25,
            log_likelihood=3.5,
        ),
        CoMention(
            a="country:tr",
            b="organization:e-f",
            sentences=2,
            paragraphs=2,
            documents=1,
            npmi=-0.125,
            log_likelihood=0.5,
            examples=(Evidence(document_id="d2", start=9, end=21, exact="Turkey and F."),),
        ),
    ),
    documents=(
        Document(id="d1", text="(not kept)", title="On arms", date="2019-07-12", url="x:/arms"),
        Document(id="d2", text="(not kept)", path="b.txt", metadata={"z": "1", "a": "2"}),
    ),
    relations={
        "supplies": RelationType(
            name="supplies", inverse="supplied_by", quad="material-cooperation"
        ),
        "threatens": RelationType(
            name="threatens", inverse="threatened_by", quad="verbal-conflict"
        ),
        "acquires": RelationType(name="acquires", inverse="acquired_by"),
        "allied_with": RelationType(name="allied_with", inverse="allied_with", symmetric=True),
    },
    provenance={"code": "0.1.0", "model": "by hand"},
)
"""Two relations and a co-mention on one pair, a co-mention alone, and names that need escaping."""


_NASTY = (
    "",
    " ",
    "\x00\x1b[31m",
    "]]>",
    "a ]]> b & c",
    '"E" & <F',
    "&amp; &#0;",
    "</data></node>",
    "tab\there\r\nand there",
    "  two  spaces ",
    "🚀 S-400 🛰️",
    "\ud83d alone",
    "\ufffe\uffff",
    "\u202eevitceted\u202c",
    "الدفاع الجوي",
    "=1+1",
    "-2+3",
    'C:\\new "x", [y]',
    "nato",
    "NATO",
    "1",
    "true",
    "nan",
)
names = st.sampled_from(_NASTY) | st.text(st.characters(exclude_categories=()), max_size=12)
_ids = st.sampled_from(
    ["country:ru", "country:RU", "system:s-400", "a", "a--b", "-a-", "_x41_", "A"]
) | st.text(st.characters(exclude_categories=()), min_size=1, max_size=6)
_relations = st.sampled_from(["supplies", "threatens", "related_to", "allied_with"]) | names
_counts = st.integers(0, 9) | st.sampled_from([2**31 - 1, 2**31, 2**63 - 1])
_numbers = st.floats(-1e6, 1e6) | st.sampled_from(
    [math.nan, math.inf, -math.inf, -0.0, np.float32(0.1), np.float64(1e300), np.int64(7), 2**70]
)
_dates = st.sampled_from([None, "2021", "2021-02", "2021-02-29", "2020-02-29", "about 2020", ""])


@st.composite
def _entities(draw: st.DrawFn, id_: str) -> Entity:
    return Entity(
        id=id_,
        name=draw(names),
        type=draw(st.sampled_from(["country", "system", "vessel"]) | names),
        subtype=draw(st.none() | names),
        aliases=tuple(draw(st.lists(names, max_size=3))),
        mentions=draw(_counts),
        documents=draw(_counts),
        first_seen=draw(_dates),
        last_seen=draw(_dates),
    )


@st.composite
def _edges(draw: st.DrawFn, subject: str, relation: str, object_: str) -> Edge:
    claims = [
        claim(
            subject,
            relation,
            object_,
            draw(names),
            document=draw(st.sampled_from(["d1", "d2", "unknown"])),
            start=start,
            polarity=draw(st.sampled_from(Polarity)),
            modality=draw(st.sampled_from(Modality)),
            speaker=draw(st.none() | names),
        )
        for start in range(draw(st.integers(1, 3)))
    ]
    return edge(
        *claims,
        status=draw(st.sampled_from(Status)),
        n_sources=draw(_counts),
        first_date=draw(_dates),
        last_date=draw(_dates),
    )


@st.composite
def graphs(draw: st.DrawFn) -> HandMadeGraph:
    """Any graph that the nouns allow, parallel and mutual edges and loops among them."""
    ids = draw(st.lists(_ids, min_size=1, max_size=5, unique=True))
    pick = st.sampled_from(ids)
    keys = draw(st.lists(st.tuples(pick, _relations, pick), max_size=6, unique_by=_one_way))
    pairs = draw(st.lists(st.tuples(pick, pick), max_size=4, unique_by=frozenset))
    return HandMadeGraph(
        title=draw(names),
        entities=tuple(draw(_entities(id_)) for id_ in ids),
        edges=tuple(draw(_edges(*_one_way(key))) for key in keys),
        comentions=tuple(
            CoMention(
                a=min(pair),
                b=max(pair),
                sentences=draw(_counts),
                paragraphs=1,
                documents=1,
                npmi=draw(st.floats(-1, 1)),
                log_likelihood=draw(st.floats(-1e6, 1e6)),
            )
            for pair in pairs
            if pair[0] != pair[1]
        ),
        documents=(
            Document(id="d1", text="", title=draw(names), date=draw(_dates)),
            Document(id="d2", text="", path="b.txt", url=draw(st.none() | names)),
        ),
        relations=SMALL.relations,
        odd_numbers=tuple(draw(st.lists(_numbers, max_size=2))),
    )


def _one_way(key: tuple[str, str, str]) -> tuple[str, str, str]:
    """A symmetric relation is there once, whichever end was named first."""
    subject, relation, object_ = key
    if relation == "allied_with":
        subject, object_ = sorted((subject, object_))
    return subject, relation, object_
