"""The Cypher script runs in an openCypher engine, and the tables follow neo4j-admin's headers.

The engine is ladybug. It wants tables before data, and knows neither constraints nor second labels:
the tables are made here, from what the graph holds, and the statements for constraints and labels
are the only ones left out. All others run as they are written.
"""

import csv
import importlib.util
import io
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from actorgraph.export.neo4j import write_cypher, write_neo4j
from actorgraph.schema import Document, Entity

ladybug = pytest.importorskip("ladybug")


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL

ENTITY = (
    "id STRING PRIMARY KEY, name STRING, type STRING, subtype STRING, country STRING, "
    "family STRING, aliases STRING[], identifiers STRING[], mentions INT64, documents INT64, "
    "first_seen STRING, last_seen STRING, pagerank DOUBLE, community INT64"
)
DOCUMENT = (
    "id STRING PRIMARY KEY, title STRING, author STRING, publisher STRING, date STRING, "
    "url STRING, path STRING, language STRING"
)
CLAIM = (
    "id STRING PRIMARY KEY, relation STRING, polarity STRING, modality STRING, speaker STRING, "
    "wording STRING, rule STRING, confidence DOUBLE, event_date STRING, qualifiers STRING[], "
    "exact STRING, prefix STRING, suffix STRING, date STRING, start INT64, `end` INT64"
)
STATED = (
    "relation STRING, status STRING, belief DOUBLE, n_evidence INT64, n_documents INT64, "
    "n_sources INT64, first_date STRING, last_date STRING"
)
MET = (
    "relation STRING, sentences INT64, paragraphs INT64, documents INT64, npmi DOUBLE, "
    "log_likelihood DOUBLE"
)
ONLY_NEO4J = re.compile(
    r"CREATE CONSTRAINT |MATCH \(n:Entity \{type: '(?:[^'\\]|\\.)*'\}\) SET n:`\w+`;$"
)


def script(graph):
    target = io.BytesIO()
    write_cypher(graph, target)
    return target.getvalue().decode().splitlines()


class Engine:
    """A database in memory, with the tables that a graph needs."""

    def __init__(self, graph):
        self.connection = ladybug.Connection(ladybug.Database(max_db_size=1 << 33))
        for name, columns in (("Entity", ENTITY), ("Document", DOCUMENT), ("Claim", CLAIM)):
            self.ask(f"CREATE NODE TABLE {name}({columns})")
        for name in sorted({re.sub(r"\W", "_", e.relation).upper() or "_" for e in graph.edges}):
            self.ask(f"CREATE REL TABLE `{name}`(FROM Entity TO Entity, {STATED})")
        self.ask(f"CREATE REL TABLE CO_MENTIONED_WITH(FROM Entity TO Entity, {MET})")
        for name in ("HAS_SUBJECT", "HAS_OBJECT", "SPOKEN_BY"):
            self.ask(f"CREATE REL TABLE {name}(FROM Claim TO Entity)")
        self.ask("CREATE REL TABLE STATED_IN(FROM Claim TO Document)")

    def run(self, lines):
        for line in lines:
            if not ONLY_NEO4J.match(line):
                self.ask(line)

    def ask(self, query):
        result = self.connection.execute(query)
        rows = []
        while result.has_next():
            rows.append(result.get_next())
        return rows

    def counts(self):
        return {
            name: self.ask(f"MATCH {pattern} RETURN count(*)")[0][0]
            for name, pattern in (
                ("entities", "(:Entity)"),
                ("documents", "(:Document)"),
                ("claims", "(:Claim)"),
                ("links", "(:Entity)-[]->(:Entity)"),
                ("subjects", "(:Claim)-[:HAS_SUBJECT]->(:Entity)"),
                ("objects", "(:Claim)-[:HAS_OBJECT]->(:Entity)"),
            )
        }


def expected_counts(graph):
    claims = sum(len(edge.claims) for edge in graph.edges)
    return {
        "entities": len(graph.entities),
        "documents": len(graph.documents),
        "claims": claims,
        "links": len(graph.edges) + len(graph.comentions),
        "subjects": claims,
        "objects": claims,
    }


def test_the_script_makes_the_graph(small_graph):
    engine = Engine(small_graph)
    engine.run(script(small_graph))

    assert engine.counts() == expected_counts(small_graph)
    assert engine.ask(
        "MATCH (a:Entity)-[r:SUPPLIES]->(b:Entity) RETURN a.name, r.status, r.belief, b.name"
    ) == [["Russia", "affirmed", 0.9, "Turkey"]]
    assert engine.ask("MATCH (n:Entity {id: 'country:ru'}) RETURN n.aliases, n.identifiers") == [
        [["Moscow", "Russian Federation"], ["iso3166=RU"]]
    ]
    assert engine.ask(
        "MATCH (d:Document)<-[:STATED_IN]-(c:Claim)-[:SPOKEN_BY]->(s:Entity), "
        "(c)-[:HAS_OBJECT]->(o:Entity) WHERE c.polarity = 'negated' RETURN s.name, o.name, d.title"
    ) == [["Jens Stoltenberg", "S-400", "Turkey takes delivery of S-400"]]


def test_the_script_may_be_run_again():
    engine = Engine(SMALL)
    engine.run(script(SMALL))
    engine.run(script(SMALL))

    assert engine.counts() == expected_counts(SMALL)


HOSTILE = (
    "it's",
    '"quoted"',
    "back\\slash",
    "\\' OR 1=1 //",
    "\\u0027",
    "${x} $x {y}",
    "two\nlines\r\n\tand a tab",
    "`tick`",
    "'}) DETACH DELETE n; //",
    "\x1b[31m \x7f",
    "\u202eright to left\u202c الدفاع",
    "\u2028 \u0085",
    "🚀",
    "]]>",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_arrives_as_it_is(name):
    graph = replace(
        SMALL,
        entities=(Entity(id="a", name=name, type="system", aliases=(name, "b")),),
        edges=(),
        comentions=(),
        documents=(),
    )
    engine = Engine(graph)
    engine.run(script(graph))

    assert engine.ask("MATCH (n) RETURN n.name, n.aliases") == [[name, [name, "b"]]]
    assert all(line.endswith(";") for line in script(graph))


def test_half_characters_are_replaced():
    graph = replace(
        SMALL, entities=(*SMALL.entities, Entity(id="a", name="\ud83d!", type="person"))
    )

    assert any("'�!'" in line for line in script(graph))


def test_types_and_relations_of_ones_own_cannot_break_out():
    odd = cases.edge(cases.claim("country:ru", "a`]->() //", "country:tr", "So."))
    graph = replace(
        SMALL,
        entities=(*SMALL.entities, Entity(id="x", name="x", type="x`; DROP\\u0060 'y'")),
        edges=(odd,),
    )
    lines = script(graph)

    assert any("-[r:`A_________` {relation: row.relation}]->(b)" in line for line in lines)
    assert lines[-1].endswith("SET n:`XDropU0060Y`;")


@settings(deadline=None, max_examples=15)
@given(cases.graphs())
def test_every_graph_arrives(graph):
    engine = Engine(graph)
    engine.run(script(graph))

    counts, expected = engine.counts(), expected_counts(graph)
    assert counts == expected


@settings(deadline=None, max_examples=30)
@given(cases.graphs())
def test_the_same_graph_gives_the_same_bytes(graph):
    assert script(graph) == script(graph.reversed())


def tables(graph, folder):
    write_neo4j(graph, folder)
    found = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            found[path.stem] = list(csv.reader(stream, strict=True))
    return found


def test_the_headers_are_those_of_neo4j_admin(tmp_path):
    headers = {name: rows[0] for name, rows in tables(SMALL, tmp_path).items()}

    assert headers["entities"] == [
        *("id:ID(Entity)", "name", "type", "subtype", "country", "family", "aliases:string[]"),
        *("identifiers:string[]", "mentions:long", "documents:long", "first_seen", "last_seen"),
        *("pagerank:double", "community:long", ":LABEL"),
    ]
    assert headers["relations"][:5] == [
        ":START_ID(Entity)", ":END_ID(Entity)", ":TYPE", "relation", "status"
    ]  # fmt: skip
    assert headers["claim_documents"] == [":START_ID(Claim)", ":END_ID(Document)", ":TYPE"]
    assert set(headers) == {
        *("entities", "documents", "claims", "relations", "comentions"),
        *("claim_entities", "claim_documents"),
    }


def test_the_rows_of_the_tables(tmp_path):
    found = tables(SMALL, tmp_path)

    assert found["entities"][2] == [
        *("country:tr", "Türkiye", "country", "", "", "", 'Turkey|the "bridge", they say|Турция'),
        *("", "4", "2", "2017-12", "2019-07-12", "0.2", "0", "Entity|Country"),
    ]
    assert found["relations"][2][:6] == [
        *("country:ru", "country:tr", "SUPPLIES", "supplies", "affirmed", "0.9")
    ]
    assert [row[2] for row in found["claim_entities"][1:]] == [
        *["HAS_SUBJECT"] * 5,
        *["HAS_OBJECT"] * 5,
    ]


@settings(deadline=None, max_examples=30)
@given(cases.graphs())
def test_the_tables_hold_together(tmp_path_factory, graph):
    found = tables(graph, tmp_path_factory.mktemp("neo4j"))
    nodes = {
        label: [row[0] for row in found[name][1:]]
        for label, name in (("Entity", "entities"), ("Document", "documents"), ("Claim", "claims"))
    }

    for rows in found.values():
        assert len({len(row) for row in rows}) == 1, "as many cells in every row"
    for name in ("relations", "comentions", "claim_entities", "claim_documents"):
        start, end = (re.search(r"\((\w+)\)", cell)[1] for cell in found[name][0][:2])
        assert {row[0] for row in found[name][1:]} <= set(nodes[start])
        assert {row[1] for row in found[name][1:]} <= set(nodes[end])
    assert all(len(set(ids)) == len(ids) for ids in nodes.values())
    assert len(found["relations"]) + len(found["comentions"]) - 2 == len(graph.edges) + len(
        graph.comentions
    )


def test_a_bar_within_a_name_does_not_split_it(tmp_path):
    entity = Entity(id="a", name="a|b", type="system", aliases=("c|d", "e\nf"))
    graph = replace(SMALL, entities=(entity,), edges=(), comentions=())

    row = tables(graph, tmp_path)["entities"][1]

    assert (row[1], row[6]) == ("a|b", "c/d|e f")


def test_a_document_that_is_not_there_is_not_linked_to(tmp_path):
    graph = replace(SMALL, documents=(Document(id="d1", text=""),))

    rows = tables(graph, tmp_path)["claim_documents"][1:]

    assert {row[1] for row in rows} == {"d1"}
