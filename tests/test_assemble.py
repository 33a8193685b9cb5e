from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actorgraph.graph.assemble import assemble
from actorgraph.graph.curation import Action, Curation, Judgement
from actorgraph.graph.store import Store
from actorgraph.schema import RelationType, Status

from .extraction_cases import Text, extractions

RELATIONS = {
    "operates": RelationType(name="operates", inverse="operated_by"),
    "allied_with": RelationType(name="allied_with", inverse="allied_with", symmetric=True),
}


def built(*texts, **options):
    return assemble(extractions(*texts), relations=RELATIONS, **options)


def judged(action, *targets, **more):
    return Curation(judgements=(Judgement(action=Action(action), targets=targets, **more),))


def operates(document_id, system="S-400", country="Russia", **metadata):
    text = Text(document_id, **metadata).says("country", country).says("system", system)
    return text.claims("operates")


def test_claims_of_one_statement_make_one_edge():
    parts = built(
        operates("d1", date="2021-03", publisher="Acme"),
        operates("d2", "S 400", date="2020", publisher="Acme"),
        Text("d3")
        .says("system", "S-400")
        .says("country", "Russia")
        .claims("operates", ends=(1, 0)),
    )

    (edge,) = parts.edges
    assert edge.key == ("country:russia", "operates", "system:s-400")
    assert [claim.evidence.document_id for claim in edge.claims] == ["d3", "d2", "d1"]
    assert (edge.n_evidence, edge.n_documents, edge.n_sources) == (2, 3, 2)
    assert (edge.first_date, edge.last_date) == ("2020", "2021-03")
    assert edge.status is Status.AFFIRMED


def test_copies_of_a_sentence_are_one_piece_of_evidence():
    (edge,) = built(*(operates(f"d{n}") for n in range(10))).edges

    assert (edge.n_evidence, edge.n_documents, edge.belief) == (1, 10, 0.8)


def test_the_date_of_an_event_goes_before_that_of_its_document():
    text = Text("d1", date="2021").says("country", "Russia").says("system", "S-400")
    (edge,) = built(text.claims("operates", event_date="2007-07")).edges

    assert (edge.first_date, edge.last_date) == ("2007-07", "2007-07")


def test_contested_statements_stay_one_edge():
    denial = Text("d2").says("country", "Russia").says("system", "S-400")
    (edge,) = built(operates("d1"), denial.claims("operates", polarity="negated")).edges

    assert edge.status is Status.CONTESTED


def test_symmetric_relations_have_one_direction():
    one = Text("d1").says("country", "Russia").says("country", "Belarus").claims("allied_with")
    other = Text("d2").says("country", "Belarus").says("country", "Russia").claims("allied_with")

    (edge,) = built(one, other).edges

    assert edge.key == ("country:belarus", "allied_with", "country:russia")
    turned = next(claim for claim in edge.claims if claim.evidence.document_id == "d1")
    assert (turned.subject_mention, turned.object_mention) == ((7, 14), (0, 6))


def test_a_claim_whose_ends_are_merged_is_gone():
    text = Text("d1").says("person", "Dmitry Rogozin").says("person", "Rogozin")

    parts = built(text.claims("operates"))

    assert parts.edges == ()
    assert [entity.id for entity in parts.entities] == ["person:dmitry-rogozin"]


def test_speakers_and_further_roles_are_resolved():
    text = (
        Text("d1")
        .says("person", "Rogozin")
        .says("country", "Russia")
        .says("system", "S 400")
        .claims(
            "operates",
            speaker_id="person:rogozin",
            qualifiers={"item": "system:s-400", "place": "the north"},
        )
    )
    (edge,) = built(text, Text("d2").says("person", "Dmitry Rogozin")).edges

    (claim,) = edge.claims
    assert claim.speaker_id == "person:dmitry-rogozin"
    assert claim.qualifiers == {"item": "system:s-400", "place": "the north"}


def test_a_rejected_claim_is_gone():
    parts = built(operates("d1"), operates("d2"), curation=judged("reject", "d1-0"))

    assert [claim.id for claim in parts.edges[0].claims] == ["d2-0"]
    assert parts.stale == ()


def test_a_confirmed_claim_is_certain():
    (edge,) = built(operates("d1"), curation=judged("confirm", "d1-0")).edges

    assert (edge.claims[0].confidence, edge.belief) == (1, 1)


def test_a_dropped_entity_takes_its_edges_along():
    parts = built(operates("d1"), curation=judged("drop", "Russia"))

    assert [entity.name for entity in parts.entities] == ["S-400"]
    assert (parts.edges, parts.comentions) == ((), ())
    assert {decision.name for decision in parts.decisions} == {"S-400"}


def test_a_split_name_takes_its_claims_along():
    text = (
        Text("d1")
        .says("system", "S-400")
        .says("country", "Australia")
        .says("system", "Growler", name="S-400")
        .claims("operates")
    )
    (edge,) = built(text, curation=judged("split", "S-400", "Growler")).edges

    assert edge.object_id == "system:growler"


@pytest.mark.parametrize("action", ["reject", "confirm"])
def test_decisions_that_fit_nothing_are_reported(action):
    parts = built(operates("d1"), curation=judged(action, "d9-0"))

    assert parts.stale == (f"{action}: d9-0 (no claim has that id)",)


def test_names_that_meet_are_quoted():
    text = Text("d1", date="2021").says("country", "Russia").stop()
    text.says("country", "Turkey").says("system", "S-400").stop()

    near = [pair for pair in built(text).comentions if pair.sentences]

    assert [(p.a, p.b, p.sentences, p.documents) for p in near] == [
        ("country:turkey", "system:s-400", 1, 1)
    ]
    (example,) = near[0].examples
    assert (example.exact, example.date) == ("Turkey S-400.", "2021")


def test_pronouns_do_not_count_as_meeting():
    text = Text("d1").says("country", "Turkey")
    text.says("system", "it", name="S-400", kind="pronoun", rule="coreference")

    assert built(text).comentions == ()


def test_documents_are_sorted_by_date_title_and_id():
    parts = built(
        Text("d1", date="2021"),
        Text("d2", date="2020", title="B"),
        Text("d3", date="2020", title="A"),
        Text("d4"),
    )

    assert [document.id for document in parts.documents] == ["d4", "d3", "d2", "d1"]


def test_an_entity_nobody_mentions_is_left_out():
    text = Text("d1").says("country", "Turkey").says("country", "Nowhere", times=0)

    assert [entity.name for entity in built(text).entities] == ["Turkey"]


def test_a_cut_window_is_on_record():
    text = Text("d1")
    for number in range(31):
        text.says("organization", f"Company {number}")

    assert built(text, provenance={"model": "md"}).provenance == {
        "comention_documents_cut": "1",
        "model": "md",
    }


def test_no_documents_make_an_empty_graph():
    parts = built(title="Nothing")

    assert parts.title == "Nothing"
    assert (parts.entities, parts.edges, parts.comentions, parts.documents) == ((), (), (), ())


CORPUS = [
    operates("d1", date="2021"),
    operates("d2", "S 400", date="2020", publisher="Acme"),
    operates("d3", country="Belarus", publisher="Acme").stop(),
    Text("d4").says("country", "Russia").says("country", "Belarus").claims("allied_with"),
    Text("d5").says("person", "Rogozin").says("system", "S-300").claims("operates"),
    Text("d6").says("person", "Dmitry Rogozin").says("system", "S-400").claims("operates"),
]


@settings(max_examples=25, deadline=None)
@given(st.permutations(extractions(*CORPUS)))
def test_the_order_of_documents_does_not_matter(shuffled):
    assert assemble(shuffled, relations=RELATIONS) == built(*CORPUS)


def test_a_store_gives_the_same_graph_as_a_list(tmp_path):
    with Store(tmp_path / "store.sqlite") as store:
        for extraction in extractions(*CORPUS):
            store.add(extraction, "v1")
        parts = assemble(store, relations=RELATIONS)
        streamed = assemble(store.extractions(), relations=RELATIONS)

    for field in fields(parts):
        assert getattr(parts, field.name) == getattr(built(*CORPUS), field.name), field.name
    assert streamed == parts
