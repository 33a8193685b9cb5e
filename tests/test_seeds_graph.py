"""The graph of the seeds: our briefs, and the texts they sum up, tell the same story."""

from pathlib import Path

import pytest

import actorgraph as ag

ROOT = Path(__file__).parents[1]
ORIGINALS = ROOT.parent / "shared" / "seeds"
FOLDERS = [
    pytest.param(ROOT / "seeds", id="briefs"),
    pytest.param(
        ORIGINALS,
        id="originals",
        marks=pytest.mark.skipif(not ORIGINALS.is_dir(), reason="no ../shared/seeds here"),
    ),
]
pytestmark = pytest.mark.model

AUTHORS = """person:alexander-chekov person:oleg-krivolapov person:konstantin-bogdanov
person:dmitry-stefanovich person:vasily-klimov""".split()
CLUB = "organization:valdai-discussion-club"
REPORT = "document:valdai-discussion-club-report"
SHIELD = "system:united-states-nato-missile-defence"
PRO = "system:russia-missile-defence"

ENTITIES = {
    "country:cn": "China",
    "country:de": "Germany",
    "country:fr": "France",
    "country:gb": "United Kingdom",
    "country:ru": "Russia",
    "country:us": "United States",
    "organization:nato": "NATO",
    "organization:the-national-interest": "The National Interest",
    CLUB: "Valdai Discussion Club",
    "person:alexander-chekov": "Alexander Chekov",
    "person:dmitry-rogozin": "Dmitry Rogozin",
    "person:dmitry-stefanovich": "Dmitry Stefanovich",
    "person:kenneth-waltz": "Kenneth Waltz",
    "person:konstantin-bogdanov": "Konstantin Bogdanov",
    "person:oleg-krivolapov": "Oleg Krivolapov",
    "person:vasily-klimov": "Vasily Klimov",
    "place:kazan": "Kazan",
    "place:moscow": "Moscow",
    "place:novosibirsk": "Novosibirsk",
    "place:saint-petersburg": "Saint Petersburg",
    "system:iamd": "IAMD",
    "system:s-400": "S-400",
    "system:s-500": "S-500",
}

STATED = [
    *((author, "author_of", REPORT, "asserted") for author in AUTHORS),
    *((author, "affiliated_with", CLUB, "asserted") for author in AUTHORS),
    (REPORT, "published_by", CLUB, "asserted"),
    ("person:dmitry-rogozin", "holds_position_in", "country:ru", "asserted"),
    ("person:dmitry-rogozin", "affiliated_with", "organization:nato", "asserted"),
    ("country:ru", "operates", PRO, "asserted"),
    ("country:ru", "operates", "system:s-400", "asserted"),
    ("country:ru", "operates", "system:s-500", "asserted"),
    (PRO, "protects", "place:moscow", "asserted"),
    (PRO, "protects", "place:saint-petersburg", "asserted"),
    (PRO, "protects", "place:novosibirsk", "asserted"),
    (PRO, "protects", "place:kazan", "asserted"),
    ("organization:the-national-interest", "comments_on", PRO, "reported"),
    ("country:ru", "compared_with", "country:us", "asserted"),
    ("country:gb", "operates", "system:iamd", "asserted"),
    ("country:ru", "finds_weakness_in", "system:iamd", "reported"),
    ("country:us", "leads", SHIELD, "asserted"),
    ("organization:nato", "operates deploys", SHIELD, "asserted"),
    ("country:ru", "seeks_to_join", SHIELD, "asserted"),
    ("country:fr", "concerned_about", "country:ru", "asserted"),
    ("country:de", "concerned_about", "country:ru", "asserted"),
    ("organization:nato", "opposes", "country:ru", "reported"),
    ("country:ru", "seeks_to_join", "organization:nato", "hypothetical"),
    ("country:cn", "concerned_about", "organization:nato", "hypothetical"),
]
"""Subject, relation (or those that would do as well), object, modality."""

NEVER_STATED = [
    ("country:ru", "member_of", "organization:nato"),
    ("country:cn", "member_of", "organization:nato"),
    ("country:ru", "allied_with", "organization:nato"),
    ("country:us", "opposes", "country:ru"),
    ("country:ru", "attacks", "country:gb"),
    ("person:kenneth-waltz", "author_of", REPORT),
    ("person:kenneth-waltz", "affiliated_with", CLUB),
    ("person:dmitry-rogozin", "holds_position_in", "organization:nato"),
]


@pytest.fixture(scope="module", params=FOLDERS)
def kg(request):
    return ag.build(request.param)


@pytest.mark.parametrize("entity_id", ENTITIES)
def test_an_actor_is_found_by_its_name(entity_id, kg):
    assert kg[ENTITIES[entity_id]].id == entity_id


@pytest.mark.parametrize(
    ("subject", "relations", "object_id", "modality"), STATED, ids=lambda part: part.split(":")[-1]
)
def test_a_relation_is_stated_as_firmly_as_in_the_text(subject, relations, object_id, modality, kg):
    symmetric = [name for name in relations.split() if kg.relations[name].symmetric]
    claims = [
        claim
        for edge in kg.edges
        for claim in edge.claims
        if (edge.subject_id, edge.object_id) == (subject, object_id)
        or (
            edge.relation in symmetric and (edge.object_id, edge.subject_id) == (subject, object_id)
        )
        if edge.relation in relations.split()
    ]

    assert {claim.modality.value for claim in claims} == {modality}
    assert {claim.polarity.value for claim in claims} == {"affirmed"}


@pytest.mark.parametrize("key", NEVER_STATED, ids="-".join)
def test_what_no_text_says_is_in_no_graph(key, kg):
    assert key not in {edge.key for edge in kg.edges}


def test_what_is_only_supposed_is_no_fact(kg):
    joins = next(
        e for e in kg.edges if e.key == ("country:ru", "seeks_to_join", "organization:nato")
    )
    facts = kg.neighbors("Russia", relation="seeks_to_join")

    assert not joins.status.is_fact
    assert "organization:nato" not in {neighbor.entity.id for neighbor in facts}
    assert kg.neighbors("Russia", relation="seeks_to_join", modality="hypothetical")


def test_unnamed_sources_stay_unnamed(kg):
    (weakness,) = kg.claims(subject="Russia", relation="finds_weakness_in", object="IAMD")

    assert weakness.speaker_id is None
    assert weakness.speaker.lower() == "unconfirmed sources"


def test_every_quotation_is_in_its_document_word_for_word(kg):
    texts = {document.id: document.text for document in kg.documents}
    quotations = [claim.evidence for edge in kg.edges for claim in edge.claims]
    quotations += [example for pair in kg.comentions for example in pair.examples]

    assert quotations
    for quotation in quotations:
        assert texts[quotation.document_id][quotation.start : quotation.end] == quotation.exact


def test_both_ends_of_a_claim_lie_in_its_sentence(kg):
    outside = [
        claim.id
        for edge in kg.edges
        for claim in edge.claims
        for start, end in (claim.subject_mention, claim.object_mention)
        if not claim.evidence.start <= start < end <= claim.evidence.end
    ]

    assert outside == []


def test_the_ambassador_and_the_missile_are_connected_by_stated_relations(kg):
    (path, *_) = kg.path("Dmitry Rogozin", "S-400")

    assert [entity.name for entity in path.entities] == ["Dmitry Rogozin", "Russia", "S-400"]
    assert path.is_stated
    assert all(hop.evidence for hop in path.hops)


def test_the_club_and_the_alliance_are_connected_by_way_of_russia(kg):
    (path, *_) = kg.path("Valdai Discussion Club", "NATO")

    assert [entity.name for entity in path.entities] == ["Valdai Discussion Club", "Russia", "NATO"]
    assert all(hop.evidence for hop in path.hops)
