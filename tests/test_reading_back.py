"""What a file holds comes back: all of it from JSON, what its columns say from GraphML."""

import importlib.util
import io
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

import actorgraph as ag
from actorgraph.errors import StoreError
from actorgraph.export.graphml import write_graphml
from actorgraph.export.json import write_json
from actorgraph.export.jsonl import write_jsonl
from actorgraph.export.read_graphml import read_graphml
from actorgraph.graph.model import KnowledgeGraph
from actorgraph.schema import Entity, Modality, Polarity, Status


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL
COMPUTED = re.compile(r'<data key="(?:x|y|size|pagerank|community)">[^<]*</data>')


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("back") / "graph.graphml"


def through_graphml(graph, path, **options):
    write_graphml(graph, path, **options)
    return cases.HandMadeGraph(**read_graphml(path)._asdict())


def lines(graph):
    """GraphML without what is computed anew for each graph."""
    target = io.BytesIO()
    write_graphml(graph, target, multigraph=True)
    return COMPUTED.sub("", target.getvalue().decode()).splitlines()


@settings(max_examples=200, deadline=None)
@given(cases.graphs())
def test_what_graphml_holds_comes_back(scratch, graph):
    assert lines(through_graphml(graph, scratch, multigraph=True)) == lines(graph)


@settings(max_examples=50, deadline=None)
@given(cases.graphs())
def test_entities_and_pairs_come_back_from_one_edge_a_pair(scratch, graph):
    back = through_graphml(graph, scratch)

    assert {e.id for e in back.entities} == {e.id for e in graph.entities}
    assert {(e.subject_id, e.object_id) for e in back.edges} == {
        (e.subject_id, e.object_id) for e in graph.edges
    }
    assert {(c.a, c.b) for c in back.comentions} == {(c.a, c.b) for c in graph.comentions}


def test_a_claim_comes_back_with_its_sentence_and_place(scratch):
    back = through_graphml(SMALL, scratch)

    (claim,) = next(e for e in back.edges if e.relation == "acquires").claims
    assert (claim.subject_id, claim.object_id) == ("country:tr", "system:s-400")
    assert (claim.polarity, claim.modality) == (Polarity.AFFIRMED, Modality.ASSERTED)
    assert (claim.evidence.document_id, claim.evidence.start) == ("d2", 0)
    assert claim.evidence.exact == "Turkey bought it."


def test_a_relation_that_does_not_lead_comes_back_without_evidence(scratch):
    back = through_graphml(SMALL, scratch)

    supplies, threatens = (e for e in back.edges if e.object_id == "country:tr")
    assert (supplies.relation, len(supplies.claims), supplies.status) == (
        *("supplies", 1),
        Status.AFFIRMED,
    )
    assert (threatens.relation, threatens.claims, threatens.status) == (
        *("threatens", ()),
        Status.DENIED,
    )

    numbers = (threatens.belief, threatens.n_evidence, threatens.n_documents, threatens.n_sources)
    assert numbers == (0, 0, 0, 0)


@pytest.mark.parametrize("others", [("country:af", "country:ag"), ("country:uy", "country:uz")])
def test_a_relation_is_of_the_class_of_the_edges_that_it_leads(others, scratch):
    pair = SMALL.edges[:2]
    led = cases.edge(cases.claim(others[0], "threatens", others[1], "One threatens the other."))
    entities = [Entity(id=name, name=name, type="country") for name in others]
    graph = replace(SMALL, entities=(*SMALL.entities, *entities), edges=(*pair, led))

    back = through_graphml(graph, scratch)

    assert {name: back.relations[name].quad for name in ("supplies", "threatens")} == {
        "supplies": "material-cooperation",
        "threatens": "verbal-conflict",
    }


def test_a_meeting_comes_back_with_its_sentence_where_nothing_else_joins_the_two(scratch):
    joined, alone = through_graphml(SMALL, scratch).comentions

    assert (joined.a, joined.b, joined.sentences, joined.npmi) == (
        *("country:ru", "country:tr"),
        *(5, 0.25),
    )
    assert (joined.documents, joined.examples) == (1, ())  # one at least
    assert (alone.a, alone.b, alone.sentences, alone.npmi) == (
        *("country:tr", "organization:e-f"),
        *(2, -0.125),
    )
    assert (alone.documents, [each.exact for each in alone.examples]) == (1, ["Turkey and F."])
    assert (alone.examples[0].start, alone.examples[0].end) == (9, 22)


def test_relations_that_one_edge_a_pair_cannot_tell_apart_come_back_as_one(scratch):
    supplies = SMALL.edges[0]
    pair = [supplies.model_copy(update={"relation": name}) for name in ("", "related_to")]
    back = through_graphml(replace(SMALL, edges=tuple(pair)), scratch)

    assert [edge.key for edge in back.edges] == [
        (supplies.subject_id, "related_to", supplies.object_id)
    ]


@pytest.mark.parametrize(
    ("suffix", "write", "whole"),
    [("json", write_json, True), ("jsonl", write_jsonl, True), ("graphml", write_graphml, False)],
)
def test_a_graph_is_loaded_by_its_suffix(tmp_path, suffix, write, whole):
    path = tmp_path / f"graph.{suffix}"
    write(SMALL, path)

    back = ag.load(path)

    assert isinstance(back, KnowledgeGraph)
    assert [e.name for e in back.entities] == [e.name for e in SMALL.entities]
    assert [e.key for e in back.edges] == [e.key for e in SMALL.edges]
    assert (back.edges == SMALL.edges) is whole
    assert (back.comentions == SMALL.comentions) is whole


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file"),
        (b"", "no element"),
        (b"<graphml><graph edgedefault='directed'/></graphml>", "another program"),
        (b"<!DOCTYPE graphml [<!ENTITY a 'b'>]><graphml/>", "document type"),
        (
            b'<graphml><key id="actor_type" attr.name="actor_type"/>'
            b'<graph><node id="x"/></graph></graphml>',
            "label",
        ),
    ],
)
def test_what_is_not_graphml_of_ours_is_refused(tmp_path, content, reason):
    path = tmp_path / "graph.graphml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(StoreError, match=rf"(?s)graph\.graphml.*{reason}"):
        read_graphml(path)


def test_an_empty_graph_comes_back(scratch):
    empty = replace(SMALL, entities=(), edges=(), comentions=(), documents=())

    assert through_graphml(empty, scratch).title == SMALL.title
