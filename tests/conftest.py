"""Graphs that several tests share: a small one to read, and a large one to measure."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable

import pytest

from actorgraph.graph.model import KnowledgeGraph
from actorgraph.schema import (
    Claim,
    CoMention,
    Decision,
    Document,
    Edge,
    Entity,
    Evidence,
    Modality,
    Polarity,
    RelationType,
    Status,
)

GAZETTE = """Turkey takes delivery of S-400

Turkey took delivery of the first S-400 battery on 12 July 2019. The system, which NATO calls \
Growler, is built by Almaz-Antey. Russia supplied Turkey with the S-400 under a contract of 2017. \
Washington may sanction Turkey over the purchase. Jens Stoltenberg said that NATO does not \
operate the S-400. Officials in Ankara say that Turkey will not return the S-400 to Russia. The \
Valdai Discussion Club follows the dispute between Russia and NATO.
"""

REVIEW = """Air defence in the north

Russia operates the S-400 near Kaliningrad. The S-400 replaces the S-300 in most regiments. \
According to Almaz-Antey, the S-400 counters the Patriot. The United States operates the Patriot \
and the Sentinel radar. Turkey has not taken delivery of the S-400, one analyst wrote. The \
Valdai Discussion Club criticised Russia for opposing NATO. Turkey is a member of NATO.
"""


def _document(text: str, **about: str) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return Document(id=digest, text=text, title=text.splitlines()[0], **about)


def _quote(document: Document, beginning: str) -> Evidence:
    """Return the sentence that begins so."""
    start = document.text.index(beginning)
    end = document.text.index(". ", start) + 1 if ". " in document.text[start:] else 0
    end = end or len(document.text.rstrip())
    return Evidence(
        document_id=document.id,
        start=start,
        end=end,
        exact=document.text[start:end],
        prefix=document.text[max(0, start - 20) : start],
        suffix=document.text[end : end + 20],
        date=document.date,
    )


def _claim(
    document: Document,
    beginning: str,
    subject: tuple[str, str],
    relation: str,
    object_: tuple[str, str],
    wording: str,
    **more: object,
) -> Claim:
    """Return a claim; subject and object are given as (entity id, words in the sentence)."""
    evidence = _quote(document, beginning)

    def place(words: str) -> tuple[int, int]:
        start = document.text.index(words, evidence.start, evidence.end)
        return start, start + len(words)

    key = f"{document.id} {evidence.start} {subject[0]} {relation} {object_[0]}"
    return Claim(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        subject_id=subject[0],
        relation=relation,
        object_id=object_[0],
        wording=wording,
        rule=f"verb:{relation}",
        evidence=evidence,
        subject_mention=place(subject[1]),
        object_mention=place(object_[1]),
        **more,
    )


def _edge(status: Status, belief: float, *claims: Claim) -> Edge:
    first = claims[0]
    documents = {claim.evidence.document_id for claim in claims}
    dates = sorted(claim.evidence.date for claim in claims if claim.evidence.date)
    return Edge(
        subject_id=first.subject_id,
        relation=first.relation,
        object_id=first.object_id,
        claims=claims,
        status=status,
        belief=belief,
        n_evidence=len(claims),
        n_documents=len(documents),
        n_sources=len(documents),
        first_date=dates[0] if dates else None,
        last_date=dates[-1] if dates else None,
    )


RELATIONS = {
    name: RelationType(name=name, inverse=inverse, symmetric=name == inverse, quad=quad)
    for name, inverse, quad in (
        ("acquires", "acquired_by", "material-cooperation"),
        ("counters", "countered_by", "structural"),
        ("cooperates_with", "cooperates_with", "material-cooperation"),
        ("member_of", "has_member", "structural"),
        ("operates", "operated_by", "structural"),
        ("opposes", "opposed_by", "verbal-conflict"),
        ("produces", "produced_by", "structural"),
        ("replaces", "replaced_by", "structural"),
        ("sanctions", "sanctioned_by", "material-conflict"),
        ("supplies", "supplied_by", "material-cooperation"),
    )
}


def _small_graph() -> KnowledgeGraph:
    gazette = _document(
        GAZETTE,
        author="R. Aydin",
        publisher="The Harbour Gazette",
        date="2019-07-13",
        url="https://gazette.example/s-400",
        path="gazette.txt",
    )
    review = _document(REVIEW, publisher="Northern Review", date="2021-03", path="review.md")

    def entity(id_: str, name: str, *aliases: str, **more: object) -> Entity:
        return Entity(id=id_, name=name, type=id_.partition(":")[0], aliases=aliases, **more)

    seen = {"first_seen": "2019-07-13", "last_seen": "2021-03"}
    entities = [
        entity("country:ru", "Russia", "Moscow", "Russian Federation", country="ru", mentions=6,
               documents=2, identifiers={"iso3166": "RU"}, **seen),
        entity("country:tr", "Turkey", "Ankara", "Türkiye", country="tr", mentions=9, documents=2,
               identifiers={"iso3166": "TR"}, **seen),
        entity("country:us", "United States", "U.S.", "Washington", country="us", mentions=2,
               documents=2, identifiers={"iso3166": "US"}, **seen),
        entity("organization:almaz-antey", "Almaz-Antey", subtype="company", country="ru",
               mentions=2, documents=2, **seen),
        entity("organization:nato", "NATO", "North Atlantic Treaty Organization",
               subtype="alliance_igo", mentions=5, documents=2, **seen),
        entity("organization:valdai-discussion-club", "Valdai Discussion Club", "Valdai Club",
               subtype="think_tank", country="ru", mentions=2, documents=2, **seen),
        entity("person:jens-stoltenberg", "Jens Stoltenberg", "Stoltenberg", subtype="official",
               mentions=1, documents=1, first_seen="2019-07-13", last_seen="2019-07-13"),
        entity("place:kaliningrad", "Kaliningrad", mentions=1, documents=1, country="ru",
               first_seen="2021-03", last_seen="2021-03"),
        entity("system:an-mpq-64", "AN/MPQ-64", "Sentinel", subtype="radar_sensor", country="us",
               mentions=1, documents=1, first_seen="2021-03", last_seen="2021-03"),
        entity("system:lgm-35a", "LGM-35A", "Sentinel", subtype="missile_ballistic", country="us"),
        entity("system:patriot", "Patriot", "MIM-104", subtype="air_defence_system", country="us",
               mentions=2, documents=1, first_seen="2021-03", last_seen="2021-03"),
        entity("system:s-300", "S-300", "SA-10", subtype="air_defence_system", country="ru",
               mentions=1, documents=1, first_seen="2021-03", last_seen="2021-03"),
        entity("system:s-400", "S-400", "Growler", "SA-21", "S-400 Triumf",
               subtype="air_defence_system", country="ru", mentions=9, documents=2, **seen),
    ]  # fmt: skip

    turkey, russia = ("country:tr", "Turkey"), ("country:ru", "Russia")
    nato, s400 = ("organization:nato", "NATO"), ("system:s-400", "S-400")
    patriot = ("system:patriot", "Patriot")
    edges = [
        _edge(
            Status.CONTESTED,
            0.6,
            _claim(gazette, "Turkey took delivery", turkey, "acquires", s400,
                   "took delivery of", event_date="2019-07-12", confidence=0.95),
            _claim(review, "Turkey has not taken", turkey, "acquires", s400,
                   "taken delivery of", polarity=Polarity.NEGATED, modality=Modality.REPORTED,
                   speaker="one analyst", confidence=0.8),
        ),
        _edge(
            Status.AFFIRMED,
            0.9,
            _claim(gazette, "Russia supplied", russia, "supplies", turkey, "supplied",
                   event_date="2017", confidence=0.9, qualifiers={"item": "system:s-400"}),
        ),
        _edge(
            Status.HYPOTHETICAL,
            0.3,
            _claim(gazette, "Washington may", ("country:us", "Washington"), "sanctions", turkey,
                   "may sanction", modality=Modality.HYPOTHETICAL, confidence=0.85),
        ),
        _edge(
            Status.DENIED,
            0.1,
            _claim(gazette, "Jens Stoltenberg said", nato, "operates", s400, "does not operate",
                   polarity=Polarity.NEGATED, modality=Modality.REPORTED,
                   speaker_id="person:jens-stoltenberg", speaker="Jens Stoltenberg"),
        ),
        _edge(
            Status.AFFIRMED,
            0.9,
            _claim(gazette, "The system, which", ("organization:almaz-antey", "Almaz-Antey"),
                   "produces", ("system:s-400", "The system"), "built by"),
        ),
        _edge(
            Status.AFFIRMED,
            0.95,
            _claim(review, "Russia operates", russia, "operates", s400, "operates",
                   qualifiers={"place": "place:kaliningrad"}),
        ),
        _edge(
            Status.AFFIRMED,
            0.9,
            _claim(review, "The S-400 replaces", s400, "replaces", ("system:s-300", "S-300"),
                   "replaces"),
        ),
        _edge(
            Status.AFFIRMED,
            0.7,
            _claim(review, "According to Almaz-Antey", s400, "counters", patriot, "counters",
                   modality=Modality.REPORTED, speaker_id="organization:almaz-antey",
                   speaker="Almaz-Antey", confidence=0.9),
        ),
        _edge(
            Status.AFFIRMED,
            0.95,
            _claim(review, "The United States operates", ("country:us", "United States"),
                   "operates", patriot, "operates"),
        ),
        _edge(
            Status.AFFIRMED,
            0.8,
            _claim(review, "The Valdai Discussion Club criticised", russia, "opposes", nato,
                   "opposing", confidence=0.7),
        ),
        _edge(
            Status.AFFIRMED,
            0.95,
            _claim(review, "Turkey is a member", turkey, "member_of", nato, "is a member of"),
        ),
    ]  # fmt: skip

    def together(a: str, b: str, *examples: Evidence, npmi: float) -> CoMention:
        documents = len({example.document_id for example in examples})
        n = len(examples)
        return CoMention(a=a, b=b, sentences=n, paragraphs=n, documents=documents, npmi=npmi,
                         log_likelihood=round(4.2 * n, 1), examples=examples)  # fmt: skip

    follows = _quote(gazette, "The Valdai Discussion Club follows")
    criticised = _quote(review, "The Valdai Discussion Club criticised")
    sentinel = _quote(review, "The United States operates")
    club = "organization:valdai-discussion-club"
    comentions = [
        together("country:ru", "organization:nato", follows, criticised, npmi=0.31),
        together("country:ru", club, follows, criticised, npmi=0.52),
        together("organization:nato", club, follows, criticised, npmi=0.55),
        together("country:us", "system:an-mpq-64", sentinel, npmi=0.61),
        together("country:ru", "system:s-400", _quote(gazette, "Officials in Ankara"), npmi=0.2),
    ]
    decisions = [
        Decision(name="Growler", entity_id="system:s-400", rule="lexicon",
                 detail="NATO reporting name of the S-400", mentions=1, documents=(gazette.id,)),
        Decision(name="S-400", entity_id="system:s-400", rule="lexicon",
                 detail="listed name", mentions=7, documents=(gazette.id, review.id),
                 kept_apart=("S-300 (digits differ)",)),
        Decision(name="Sentinel", entity_id="system:an-mpq-64", rule="context",
                 detail="followed by 'radar'", mentions=1, documents=(review.id,),
                 kept_apart=("LGM-35A (same name, other subtype)",)),
        Decision(name="Ankara", entity_id="country:tr", rule="metonym",
                 detail="capital with a verb of speech", mentions=1, documents=(gazette.id,)),
    ]  # fmt: skip
    return KnowledgeGraph(
        title="seeds",
        entities=entities,
        edges=edges,
        comentions=comentions,
        documents=[gazette, review],
        relations=RELATIONS,
        provenance={"actorgraph": "0.1.0", "lexicon": "2024.1", "model": "en_core_web_md 3.8.0"},
        decisions=decisions,
        stale=("merge 'Acme Corp' with 'Acme': no such name",),
    )


def _make_graph(n_nodes: int, n_edges: int, seed: int = 0) -> KnowledgeGraph:
    """Return a graph whose degrees follow a power law: entity 0 is the greatest hub.

    Two thirds of the pairs are stated by a sentence of their own, the rest only named together.
    """
    chance = random.Random(seed)
    types = ("country", "organization", "person", "system")
    ids = [f"{types[n % 4]}:actor-{n:05d}" for n in range(n_nodes)]
    ends = list(range(min(n_nodes, 2)))
    pairs: dict[tuple[int, int], None] = {}
    for step in range(20 * n_edges):
        if len(pairs) == n_edges:
            break
        a, b = step % n_nodes, chance.choice(ends)
        if a != b and (min(a, b), max(a, b)) not in pairs:
            pairs[min(a, b), max(a, b)] = None
            ends += [a, b]

    sentences = [f"Actor {a} operates actor {b}." for a, b in pairs]
    document = _document("\n".join(["A register of actors", *sentences]), date="2020")
    edges, comentions = [], []
    start = document.text.index("\n") + 1
    for number, ((a, b), sentence) in enumerate(zip(pairs, sentences, strict=True)):
        evidence = Evidence(document_id=document.id, start=start, end=start + len(sentence),
                            exact=sentence, date="2020")  # fmt: skip
        object_start = start + sentence.index("actor")
        if number % 3 == 2:
            x, y = sorted((ids[a], ids[b]))
            comentions.append(CoMention(a=x, b=y, sentences=1, paragraphs=1, documents=1, npmi=0.5,
                                        log_likelihood=3.8, examples=(evidence,)))  # fmt: skip
        else:
            claim = Claim(
                id=f"{number:016x}",
                subject_id=ids[a],
                relation="operates",
                object_id=ids[b],
                wording="operates",
                rule="verb:operates",
                evidence=evidence,
                subject_mention=(start, start + len(f"Actor {a}")),
                object_mention=(object_start, start + len(sentence) - 1),
            )
            edges.append(_edge(Status.AFFIRMED, 0.9, claim))
        start += len(sentence) + 1
    degree = [0] * n_nodes
    for pair in pairs:
        for end in pair:
            degree[end] += 1
    return KnowledgeGraph(
        title=f"{n_nodes} actors",
        entities=[
            Entity(id=id_, name=f"Actor {n}", type=types[n % 4], mentions=degree[n],
                   documents=min(degree[n], 1))
            for n, id_ in enumerate(ids)
        ],
        edges=edges,
        comentions=comentions,
        documents=[document],
        relations=RELATIONS,
    )  # fmt: skip


@pytest.fixture(scope="session")
def small_graph() -> KnowledgeGraph:
    """13 actors in two articles: every status, polarity and modality, aliases, dates."""
    return _small_graph()


@pytest.fixture(scope="session")
def make_graph() -> Callable[[int, int, int], KnowledgeGraph]:
    """``make_graph(n_nodes, n_edges, seed)``: a graph of any size, with evidence."""
    return _make_graph
