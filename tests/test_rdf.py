"""rdflib reads the Turtle, and SPARQL finds facts, claims, and the sentences behind them."""

import importlib.util
import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from actorgraph.export.rdf import write_rdf
from actorgraph.schema import Entity, Status

rdflib = pytest.importorskip("rdflib")


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL
AG = "urn:actorgraph:vocabulary:"
ENTITY = rdflib.Namespace("urn:actorgraph:entity:")
RELATION = rdflib.Namespace("urn:actorgraph:relation:")
SCHEMA = rdflib.Namespace("https://schema.org/")


def written(graph):
    target = io.BytesIO()
    write_rdf(graph, target)
    return target.getvalue()


def parsed(graph):
    return rdflib.Graph().parse(data=written(graph), format="turtle")


def texts(result):
    return [tuple(str(cell) for cell in row) for row in result]


def test_sparql_finds_the_sentence_behind_a_fact(small_graph):
    found = parsed(small_graph).query(
        """
        SELECT ?who ?sentence ?start ?title ?date WHERE {
          ?a relation:supplies ?b .
          ?claim a ag:Claim ; rdf:subject ?a ; rdf:predicate relation:supplies ; rdf:object ?b ;
                 prov:wasDerivedFrom ?document .
          ?a schema:name ?who .
          ?document schema:name ?title ; schema:datePublished ?date .
          ?annotation oa:hasBody ?claim ; oa:hasTarget ?target .
          ?target oa:hasSource ?document ;
                  oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact ?sentence ] ,
                                 [ a oa:TextPositionSelector ; oa:start ?start ] .
        }
        """
    )

    (document,) = [d for d in small_graph.documents if d.publisher == "The Harbour Gazette"]
    sentence = "Russia supplied Turkey with the S-400 under a contract of 2017."
    start = document.text.index(sentence)
    assert texts(found) == [("Russia", sentence, str(start), document.title, "2019-07-13")]


def test_sparql_tells_who_says_so_and_how_firmly(small_graph):
    found = parsed(small_graph).query(
        """
        SELECT ?name ?polarity WHERE {
          ?claim ag:modality "reported" ; ag:polarity ?polarity ; prov:wasAttributedTo ?speaker .
          ?speaker schema:name ?name
        } ORDER BY ?name
        """
    )

    assert texts(found) == [("Almaz-Antey", "affirmed"), ("Jens Stoltenberg", "negated")]


def test_only_facts_are_plain_triples(small_graph):
    graph = parsed(small_graph)
    plain = {
        tuple(str(term).rpartition("actorgraph:")[2].partition(":")[2] for term in triple)
        for triple in graph
        if str(triple[1]).startswith(str(RELATION))
    }

    assert plain == {edge.key for edge in small_graph.edges if edge.status.is_fact}
    assert {edge.status for edge in small_graph.edges} == set(Status), "or nothing is tested"


def test_an_entity_has_its_names_and_its_type():
    node = ENTITY["country:tr"]
    graph = parsed(SMALL)

    assert str(graph.value(node, SCHEMA.name)) == "Türkiye"
    assert {str(o) for o in graph.objects(node, SCHEMA.alternateName)} == {
        "Turkey",
        'the "bridge", they say',
        "Турция",
    }
    assert (node, rdflib.RDF.type, SCHEMA.Country) in graph


def test_a_meeting_tells_its_numbers_and_where_the_two_are_named():
    found = parsed(SMALL).query(
        """
        SELECT ?sentences ?paragraphs ?documents ?npmi ?ratio ?exact WHERE {
          ?met a ag:CoMention ; ag:between ?a, ?b ; ag:sentences ?sentences ;
               ag:paragraphs ?paragraphs ; ag:documents ?documents ; ag:npmi ?npmi ;
               ag:logLikelihood ?ratio .
          FILTER (str(?a) < str(?b))
          OPTIONAL { ?annotation oa:hasBody ?met ; oa:hasTarget ?target .
                     ?target oa:hasSelector [ oa:exact ?exact ] . }
        } ORDER BY ?npmi
        """
    )

    assert [tuple(cell and cell.toPython() for cell in row) for row in found] == [
        (2, 2, 1, -0.125, 0.5, "Turkey and F."),
        (5, 6, 2, 0.25, 3.5, None),
    ]


def test_relations_have_a_name_to_read_and_an_inverse_or_are_symmetric():
    graph = parsed(SMALL)
    found = {
        relation: (
            str(graph.value(RELATION[relation], rdflib.RDFS.label)),
            graph.value(RELATION[relation], rdflib.OWL.inverseOf),
            (RELATION[relation], rdflib.RDF.type, rdflib.OWL.SymmetricProperty) in graph,
        )
        for relation in SMALL.relations
    }

    assert found == {
        "supplies": ("supplies", RELATION["supplied_by"], False),
        "threatens": ("threatens", RELATION["threatened_by"], False),
        "acquires": ("acquires", RELATION["acquired_by"], False),
        "allied_with": ("allied with", None, True),
    }


@pytest.mark.parametrize(
    ("type_", "acts"),
    [("country", True), ("organization", True), ("person", True), ("system", False)],
)
def test_who_can_act_is_an_agent(type_, acts):
    graph = parsed(replace(SMALL, entities=(*SMALL.entities, Entity(id="a", name="a", type=type_))))

    assert ((ENTITY["a"], rdflib.RDF.type, rdflib.PROV.Agent) in graph) is acts


@pytest.mark.parametrize(
    ("date", "type_"),
    [
        ("2021", "gYear"),
        ("2021-02", "gYearMonth"),
        ("2021-02-03", "date"),
        ("2021-02-30", None),
        ("about 2020", None),
    ],
)
def test_a_date_is_typed_as_precisely_as_it_is_known(date, type_):
    entity = Entity(id="a", name="a", type="person", first_seen=date)
    value = parsed(replace(SMALL, entities=(*SMALL.entities, entity))).value(
        ENTITY["a"], rdflib.URIRef(AG + "firstSeen")
    )

    assert str(value) == date
    assert value.datatype == (rdflib.XSD[type_] if type_ else None)


@pytest.mark.parametrize(
    ("identifier", "same"), [("Q42", True), ("q42", False), ("Q42> .", False), ("", False)]
)
def test_only_a_wikidata_id_becomes_a_link(identifier, same):
    entity = Entity(id="a", name="a", type="person", identifiers={"wikidata": identifier})
    graph = parsed(replace(SMALL, entities=(*SMALL.entities, entity)))

    assert bool(list(graph.objects(ENTITY["a"], rdflib.OWL.sameAs))) is same


@pytest.mark.parametrize(
    "text",
    [
        'a "quote"',
        '"""',
        "back\\slash\\",
        "two\nlines\r\n\tand a tab",
        '" . <a> <b> <c> .',
        "\x00\x1b\x7f",
        "\ufffe \u2028",
        "\u202eright to left\u202c",
        "${x} ]]> <b>",
        "🚀",
    ],
)
def test_hostile_text_arrives_as_it_is(text):
    entity = Entity(id="a", name=text, type="person")

    graph = parsed(replace(SMALL, entities=(*SMALL.entities, entity)))

    assert str(graph.value(ENTITY["a"], SCHEMA.name)) == text


@pytest.mark.parametrize(
    ("id_", "local"),
    [
        ("system:s-500", "system:s-500"),
        ("a b", "a%20b"),
        ("a>b", "a%3Eb"),
        ("a/b%", "a%2Fb%25"),
        ("-a.", "-a."),
        ("Ü", "%C3%9C"),
        ("\ud83d", "%ED%A0%BD"),
    ],
)
def test_an_id_becomes_an_iri(id_, local):
    entity = Entity(id=id_, name="x", type="person")

    graph = parsed(replace(SMALL, entities=(*SMALL.entities, entity)))

    assert str(graph.value(ENTITY[local], SCHEMA.name)) == "x"


@settings(deadline=None, max_examples=25)
@given(cases.graphs())
def test_every_graph_is_read_whole(graph):
    read = parsed(graph)

    def count(class_):
        return len(set(read.subjects(rdflib.RDF.type, rdflib.URIRef(AG + class_))))

    assert count("Edge") == len(graph.edges)
    assert count("Claim") == sum(len(edge.claims) for edge in graph.edges)
    assert count("CoMention") == len(graph.comentions)
    assert len(set(read.subjects(rdflib.URIRef(AG + "mentions")))) == len(graph.entities)
    assert len(set(read.subjects(rdflib.RDF.type, SCHEMA.Article))) == len(graph.documents)


@settings(deadline=None, max_examples=30)
@given(cases.graphs())
def test_the_same_graph_gives_the_same_bytes(graph):
    assert written(graph) == written(graph.reversed())
