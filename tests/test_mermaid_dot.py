"""Small graphs as Mermaid and DOT: what a line means, and that no name breaks out of its quotes."""

import importlib.util
import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from actorgraph.errors import ExportError
from actorgraph.export.diagram import diagram
from actorgraph.export.dot import write_dot
from actorgraph.export.mermaid import write_mermaid
from actorgraph.schema import Entity, RelationType


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL
MERMAID_LINE = re.compile(
    r"flowchart LR"
    r'|accTitle: [^"`%&<>{}\\]*'
    r'|n\d+\["[^"`%&<>{}\\]+"\]:::c\d+'
    r'|n\d+ (-->|---|-\.->|-\.-)(\|"[^"`%&<>{}\\]+"\|)? n\d+'
    r"|classDef c\d+ fill:#\w{8},stroke:#\w{6}"
)
STRING = r'"(?:[^"\\\n]|\\["\\])*"'
DOT_LINE = re.compile(
    rf"digraph {STRING} \{{|\}}"
    rf"|(?:graph|node|edge|{STRING}|{STRING} -> {STRING}) \[\w+={STRING}(?:, \w+={STRING})*\];"
)


def written(write, graph):
    target = io.BytesIO()
    write(graph, target)
    return target.getvalue().decode()


@pytest.mark.parametrize(
    ("nodes", "links", "most", "drawn"),
    [(3, 2, 3, True), (3, 2, 2, False), (2, 3, 3, True), (2, 3, 2, False), (0, 0, 0, True)],
)
def test_a_diagram_holds_as_many_nodes_and_links_as_it_may(nodes, links, most, drawn):
    relations = [("a", "b"), ("b", "a"), ("a", "a")][:links]
    graph = cases.HandMadeGraph(
        entities=tuple(Entity(id=name, name=name, type="x") for name in "abc"[:nodes]),
        edges=tuple(cases.edge(cases.claim(a, "supplies", b, "S.")) for a, b in relations),
    )
    if drawn:
        found = diagram(graph, "X", most)
        assert (len(found.nodes), len(found.links)) == (nodes, links)
    else:
        with pytest.raises(ExportError, match=f"too large for X, .* {most} nodes and {most} links"):
            diagram(graph, "X", most)


def test_a_flowchart():
    assert written(write_mermaid, SMALL).splitlines() == [
        "flowchart LR",
        "accTitle: #34;Shields#34; #38; #60;swords#62;",
        'n0["Russia"]:::c0',
        'n1["Türkiye"]:::c0',
        'n2["#34;E#34; #38; #60;F#62;"]:::c2',
        'n3["S-400"]:::c1',
        'n0 -->|"supplies, threatens (denied)"| n1',
        'n1 -->|"acquires"| n3',
        "n1 -.- n2",
        "classDef c0 fill:#0072b233,stroke:#0072b2",
        "classDef c1 fill:#d55e0033,stroke:#d55e00",
        "classDef c2 fill:#e69f0033,stroke:#e69f00",
    ]


def test_a_dot_file():
    lines = written(write_dot, SMALL).splitlines()

    assert lines[0] == r'digraph "\"Shields\" &amp; <swords>" {'
    assert lines[6] == (
        r'"organization:e-f" [label="\"E\" &amp; <F>", color="#e69f00", fillcolor="#e69f0033", '
        'pos="25.0,-83.33"];'
    )
    assert lines[8] == (
        '"country:ru" -> "country:tr" [label="supplies, threatens (denied)", style="solid", '
        'dir="forward", color="#0072b2", penwidth="2.00", tooltip="Moscow delivers."];'
    ) or lines[8].endswith('tooltip="Russia armed Turkey."];')
    assert 'style="dotted", dir="none"' in lines[10]


@pytest.mark.parametrize(
    ("status", "symmetric", "mermaid", "dot"),
    [
        ("affirmed", False, "-->", 'style="solid", dir="forward"'),
        ("contested", False, "-->", 'style="solid", dir="forward"'),
        ("denied", False, "-.->", 'style="dashed", dir="forward"'),
        ("hypothetical", False, "-.->", 'style="dashed", dir="forward"'),
        ("affirmed", True, "---", 'style="solid", dir="none"'),
        ("hypothetical", True, "-.-", 'style="dashed", dir="none"'),
    ],
)
def test_a_line_tells_facts_from_the_rest(status, symmetric, mermaid, dot):
    stated = cases.edge(cases.claim("country:ru", "meets", "country:tr", "So."), status=status)
    meets = RelationType(name="meets", inverse="meets", symmetric=symmetric)
    graph = replace(SMALL, edges=(stated,), comentions=(), relations={"meets": meets})

    assert f"n0 {mermaid}|" in written(write_mermaid, graph)
    assert dot in written(write_dot, graph)


HOSTILE = (
    'a "quote"',
    "back\\slash\\",
    "`code`",
    "%%{init: {}}%%",
    "end",
    "]]> --> x[y]",
    "<script>",
    "\\N \\G",
    "$$x$$ ${y}",
    "two\nlines",
    "\u202eright to left",
    "\ud83d",
    "|pipe|",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_out(name):
    graph = replace(
        SMALL, title=name, entities=(*SMALL.entities, Entity(id=name, name=name, type="x"))
    )

    assert all(map(MERMAID_LINE.fullmatch, written(write_mermaid, graph).splitlines()))
    assert all(map(DOT_LINE.fullmatch, written(write_dot, graph).splitlines()))


@settings(deadline=None, max_examples=50)
@given(cases.graphs())
def test_every_graph_is_well_formed_whatever_the_order(graph):
    for write, line in ((write_mermaid, MERMAID_LINE), (write_dot, DOT_LINE)):
        text = written(write, graph)
        assert text == written(write, graph.reversed())
        assert [x for x in text.removesuffix("\n").split("\n") if not line.fullmatch(x)] == []


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")
@pytest.mark.parametrize("name", HOSTILE)
def test_graphviz_reads_it(name, tmp_path):
    graph = replace(
        SMALL, title=name, entities=(*SMALL.entities, Entity(id=name, name=name, type="x"))
    )
    write_dot(graph, tmp_path / "graph.dot")

    done = subprocess.run(
        ["dot", "-Tplain", tmp_path / "graph.dot"], capture_output=True, encoding="utf-8"
    )

    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert sum(line.startswith("node ") for line in lines) == 5
    assert sum(line.startswith("edge ") for line in lines) == 3


@pytest.mark.parametrize(
    ("write", "program"), [(write_mermaid, "Mermaid"), (write_dot, "Graphviz")]
)
def test_a_large_graph_is_refused_with_a_way_out(write, program, make_graph, tmp_path):
    with pytest.raises(ExportError, match=rf"{program}.*500.*subgraph.*SVG"):
        write(make_graph(200, 501, 1), tmp_path / "graph")

    assert not (tmp_path / "graph").exists()


def test_mermaid_refuses_more_text_than_it_draws(tmp_path):
    wordy = tuple(Entity(id=f"a:{n}", name="x" * 1000, type="system") for n in range(50))

    with pytest.raises(ExportError, match="50,000 characters"):
        write_mermaid(replace(SMALL, entities=wordy, edges=(), comentions=()), tmp_path / "x.mmd")
