"""Facts become FollowTheMoney links of the schema that fits both ends.

That the lines are valid is checked with the followthemoney package by ``tests/ftm/validate.py``,
in an environment of its own.
"""

import importlib.util
import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from actorgraph.export.ftm import write_ftm
from actorgraph.schema import Entity


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL


def written(graph):
    target = io.BytesIO()
    write_ftm(graph, target)
    return target.getvalue()


def records(graph):
    return {record["id"]: record for record in map(json.loads, written(graph).split(b"\n")[:-1])}


def facts(graph):
    return [record for id_, record in records(graph).items() if id_.startswith("fact-")]


def test_the_facts_of_a_graph(small_graph):
    found = sorted(
        (fact["schema"], *fact["properties"].get("role", [])) for fact in facts(small_graph)
    )

    assert found == [
        ("Membership", "member_of"),
        ("Ownership", "acquires"),
        ("UnknownLink", "counters"),
        ("UnknownLink", "operates"),
        ("UnknownLink", "operates"),
        ("UnknownLink", "opposes"),
        ("UnknownLink", "produces"),
        ("UnknownLink", "replaces"),
        ("UnknownLink", "supplies"),
    ]


def test_a_fact_keeps_its_sentences_and_sources(small_graph):
    (fact,) = [f for f in facts(small_graph) if f["properties"].get("role") == ["supplies"]]
    properties = fact["properties"]
    (proof,) = properties["proof"]

    assert (properties["subject"], properties["object"]) == (["country.ru"], ["country.tr"])
    assert properties["summary"] == [
        "Russia supplied Turkey with the S-400 under a contract of 2017."
    ]
    assert properties["date"] == ["2017"]
    assert properties["publisher"] == ["The Harbour Gazette"]
    assert properties["sourceUrl"] == ["https://gazette.example/s-400"]
    assert records(small_graph)[proof]["properties"]["title"] == ["Turkey takes delivery of S-400"]


def test_a_denial_is_no_summary(small_graph):
    (fact,) = [f for f in facts(small_graph) if f["properties"].get("role") == ["acquires"]]

    assert len(fact["properties"]["summary"]) == 1
    assert fact["properties"]["description"] == ["status: contested, belief: 0.60"]


@pytest.mark.parametrize(
    ("relation", "subject", "object_", "schema", "ends"),
    [
        ("member_of", "country", "organization", "Membership", ("member", "organization")),
        ("member_of", "system", "organization", "UnknownLink", ("subject", "object")),
        ("leads", "person", "country", "Directorship", ("director", "organization")),
        ("holds_position_in", "person", "organization", "Employment", ("employee", "employer")),
        ("holds_position_in", "country", "organization", "UnknownLink", ("subject", "object")),
        ("acquires", "country", "system", "Ownership", ("owner", "asset")),
        ("acquires", "country", "place", "UnknownLink", ("subject", "object")),
        ("funds", "country", "organization", "Payment", ("payer", "beneficiary")),
        ("replaces", "organization", "organization", "Succession", ("successor", "predecessor")),
        ("replaces", "system", "system", "UnknownLink", ("subject", "object")),
        ("party_to", "country", "agreement", "ProjectParticipant", ("participant", "project")),
        ("comments_on", "document", "system", "Documentation", ("document", "entity")),
        ("comments_on", "person", "system", "UnknownLink", ("subject", "object")),
        ("part_of", "organization", "organization", "UnknownLink", ("subject", "object")),
        ("yields", "vessel", "vessel", "UnknownLink", ("subject", "object")),
    ],
)
def test_the_schema_of_a_link_fits_both_ends(relation, subject, object_, schema, ends):
    a = Entity(id=f"{subject}:a", name="A", type=subject)
    b = Entity(id=f"{object_}:b", name="B", type=object_)
    stated = cases.edge(cases.claim(a.id, relation, b.id, "So it is."))

    (fact,) = facts(replace(SMALL, entities=(a, b), edges=(stated,), comentions=()))

    assert fact["schema"] == schema
    assert [fact["properties"][end] for end in ends] == [[f"{subject}.a"], [f"{object_}.b"]]
    assert fact["properties"].get("role", [relation]) == [relation]


def test_a_sanction_names_who_imposes_it():
    stated = cases.edge(cases.claim("country:tr", "sanctions", "country:ru", "So it is."))

    (fact,) = facts(replace(SMALL, edges=(stated,), comentions=()))

    assert fact["schema"] == "Sanction"
    assert fact["properties"]["entity"] == ["country.ru"]
    assert fact["properties"]["authority"] == ["Türkiye"]


@pytest.mark.parametrize(
    ("about", "schema", "topics"),
    [
        ({"type": "country"}, "PublicBody", ["gov.national"]),
        ({"type": "organization", "subtype": "company"}, "Company", None),
        ({"type": "organization", "subtype": "alliance_igo"}, "Organization", ["gov.igo"]),
        ({"type": "organization", "subtype": "think_tank"}, "Organization", None),
        ({"type": "organization", "subtype": "armed_force"}, "PublicBody", ["mil"]),
        ({"type": "person", "subtype": "official"}, "Person", None),
        ({"type": "system", "subtype": "uav"}, "Airplane", None),
        ({"type": "system", "subtype": "radar_sensor"}, "Asset", None),
        ({"type": "vessel"}, "Asset", None),
    ],
)
def test_the_schema_of_an_entity(about, schema, topics):
    graph = replace(SMALL, entities=(Entity(id="x:y", name="Y", **about),), edges=(), comentions=())
    record = records(graph)["x.y"]

    assert record["schema"] == schema
    assert record["properties"].get("topics") == topics


@pytest.mark.parametrize("name", ["", "\x00", "\x9d\x8d", " \u200b"])
def test_an_entity_without_a_name_that_shows_gets_its_id(name):
    graph = replace(SMALL, entities=(Entity(id="x:y", name=name, type="person"),), edges=())

    assert records(replace(graph, comentions=()))["x.y"]["properties"]["name"] == ["x.y"]


@settings(deadline=None, max_examples=50)
@given(cases.graphs())
def test_no_entity_is_lost_and_every_reference_leads_somewhere(graph):
    found = records(graph)
    entities = [r for id_, r in found.items() if not id_.startswith(("fact-", "document-"))]
    told = sum(edge.status.is_fact for edge in graph.edges)

    assert len(entities) == len(graph.entities)
    assert len(found) == len(graph.entities) + len(graph.documents) + told
    for fact in facts(graph):
        for end in ("subject", "object", "proof"):
            assert set(fact["properties"].get(end, ())) <= set(found)
    for record in found.values():
        assert all(all(values) for values in record["properties"].values())


@settings(deadline=None, max_examples=30)
@given(cases.graphs())
def test_the_same_graph_gives_the_same_bytes(graph):
    assert written(graph) == written(graph.reversed())
