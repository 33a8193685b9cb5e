"""A small graph of two short articles, to try questions on; the examples of the API use it."""

from __future__ import annotations

from ..schema import (
    Claim,
    CoMention,
    Decision,
    Document,
    Entity,
    Evidence,
    Modality,
    Polarity,
    RelationType,
)
from .evidence.weighing import weigh
from .model import KnowledgeGraph

_GAZETTE = Document(
    id="gazette",
    title="Turkey takes delivery",
    publisher="Harbour Gazette",
    date="2019-07-13",
    text="Turkey took delivery of the S-400. Russia supplied Turkey in 2017. The United States may "
    "sanction Turkey. Talks between Russia and NATO go on.",
)
_REVIEW = Document(
    id="review",
    title="Air defence in the north",
    publisher="Northern Review",
    date="2021-03",
    text="Russia operates the S-400. Russia opposes NATO. Turkey is a member of NATO. Turkey did "
    "not buy the S-400.",
)
_ENTITIES = (
    Entity(id="country:ru", name="Russia", type="country", aliases=("Moscow",), mentions=4),
    Entity(id="country:tr", name="Turkey", type="country", aliases=("Ankara",), mentions=5),
    Entity(id="country:us", name="United States", type="country", mentions=1),
    Entity(
        id="organization:nato",
        name="NATO",
        type="organization",
        aliases=("North Atlantic Treaty Organization",),
        mentions=3,
    ),
    Entity(id="system:s-400", name="S-400", type="system", aliases=("Growler",), mentions=5),
)
_RELATIONS = (
    RelationType(name="acquires", inverse="acquired_by", quad="material-cooperation"),
    RelationType(name="member_of", inverse="has_member"),
    RelationType(name="operates", inverse="operated_by"),
    RelationType(name="opposes", inverse="opposed_by", quad="verbal-conflict"),
    RelationType(name="sanctions", inverse="sanctioned_by", quad="material-conflict"),
    RelationType(name="supplies", inverse="supplied_by", quad="material-cooperation"),
)


def example_graph() -> KnowledgeGraph:
    """Return the graph.

    >>> example_graph()
    <KnowledgeGraph 'example': 5 entities, 6 stated relations, 1 co-mention, 2 documents>
    """
    gazette, review = _GAZETTE, _REVIEW
    claims = (
        _claim(gazette, 0, "Turkey", "acquires", "S-400", "took delivery of"),
        _claim(gazette, 1, "Russia", "supplies", "Turkey", "supplied", event_date="2017"),
        _claim(
            *(gazette, 2, "United States", "sanctions", "Turkey", "may sanction"),
            modality=Modality.HYPOTHETICAL,
        ),
        _claim(review, 0, "Russia", "operates", "S-400", "operates"),
        _claim(review, 1, "Russia", "opposes", "NATO", "opposes"),
        _claim(review, 2, "Turkey", "member_of", "NATO", "is a member of"),
        _claim(
            *(review, 3, "Turkey", "acquires", "S-400", "did not buy"),
            polarity=Polarity.NEGATED,
        ),
    )
    by_key: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        key = claim.subject_id, claim.relation, claim.object_id
        by_key.setdefault(key, []).append(claim)
    documents = {document.id: document for document in (gazette, review)}
    together = CoMention(
        a="country:ru",
        b="organization:nato",
        sentences=2,
        paragraphs=2,
        documents=2,
        npmi=0.31,
        log_likelihood=3.8,
        examples=(_sentence(gazette, 3), _sentence(review, 1)),
    )
    listed = Decision(
        name="Growler",
        entity_id="system:s-400",
        rule="lexicon",
        detail="NATO reporting name of the S-400",
    )
    return KnowledgeGraph(
        title="example",
        entities=_ENTITIES,
        edges=[weigh(found, documents.get) for found in by_key.values()],
        comentions=[together],
        documents=documents.values(),
        relations={relation.name: relation for relation in _RELATIONS},
        decisions=[listed],
    )


def _sentence(document: Document, number: int) -> Evidence:
    exact = document.text.split(". ")[number].rstrip(".") + "."
    start = document.text.index(exact)
    end = start + len(exact)
    return Evidence(document_id=document.id, start=start, end=end, exact=exact, date=document.date)


def _claim(
    document: Document,
    number: int,
    subject: str,
    relation: str,
    object_: str,
    wording: str,
    polarity: Polarity = Polarity.AFFIRMED,
    modality: Modality = Modality.ASSERTED,
    event_date: str | None = None,
) -> Claim:
    evidence = _sentence(document, number)
    ids = {entity.name: entity.id for entity in _ENTITIES}
    places = [document.text.index(name, evidence.start) for name in (subject, object_)]
    return Claim(
        id=f"claim:{document.id}-{number}",
        subject_id=ids[subject],
        relation=relation,
        object_id=ids[object_],
        polarity=polarity,
        modality=modality,
        wording=wording,
        rule="example",
        confidence=0.9,
        event_date=event_date,
        evidence=evidence,
        subject_mention=(places[0], places[0] + len(subject)),
        object_mention=(places[1], places[1] + len(object_)),
    )
