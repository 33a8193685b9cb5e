"""JSON Lines keep every noun: what is read back is what was written, but for documents' texts."""

import importlib.util
import io
import json
import math
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings

from actorgraph.errors import StoreError
from actorgraph.export.jsonl import read_jsonl, write_jsonl


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL


def written(graph):
    target = io.BytesIO()
    write_jsonl(graph, target)
    return target.getvalue()


def by_id(nouns):
    return tuple(sorted(nouns, key=lambda noun: noun.id))


def ends(comention):
    return comention.a, comention.b


def mended(comention):
    """JSON has no word for infinite."""
    if math.isfinite(comention.log_likelihood):
        return comention
    return comention.model_copy(update={"log_likelihood": 0.0})


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("jsonl") / "graph.jsonl"


@settings(deadline=None, max_examples=50)
@given(cases.graphs())
def test_every_graph_comes_back(scratch, graph):
    write_jsonl(graph, scratch)
    parts = read_jsonl(scratch)

    assert parts.title == graph.title
    assert parts.entities == by_id(graph.entities)
    assert parts.edges == tuple(sorted(graph.edges, key=lambda edge: edge.key))
    assert parts.comentions == tuple(map(mended, sorted(graph.comentions, key=ends)))
    assert parts.relations == graph.relations
    assert parts.provenance == graph.provenance
    assert parts.documents == tuple(
        document.model_copy(update={"text": ""}) for document in by_id(graph.documents)
    )


def test_a_graph_of_the_repl_comes_back(small_graph, scratch):
    write_jsonl(small_graph, scratch)
    parts = read_jsonl(scratch)

    assert parts.edges == small_graph.edges
    assert parts.comentions == small_graph.comentions
    assert parts.entities == small_graph.entities


@settings(deadline=None, max_examples=30)
@given(cases.graphs())
def test_the_same_graph_gives_the_same_bytes(graph):
    assert written(graph) == written(graph.reversed())


def test_a_line_says_what_it_is():
    kinds = [json.loads(line)["kind"] for line in written(SMALL).decode().splitlines()]

    assert kinds == [
        *["graph", *["relation"] * len(SMALL.relations), "document", "document"],
        *["entity", "entity", "entity", "entity"],
        *["edge", "claim", "claim", "edge", "claim", "edge", "claim", "claim"],
        *["co_mention", "co_mention"],
    ]


def test_a_claim_has_all_its_fields_known_or_not():
    claims = [json.loads(line) for line in written(SMALL).splitlines() if b'"claim"' in line]

    assert {frozenset(claim) for claim in claims} == {
        frozenset((*type(SMALL.edges[0].claims[0]).model_fields, "kind"))
    }
    assert claims[0]["evidence"]["exact"] == "Russia armed Turkey."
    assert claims[0]["speaker"] is None


def test_a_line_is_text_of_all_languages_and_its_keys_are_sorted():
    text = written(SMALL).decode("utf-8")

    assert "Türkiye" in text
    assert "Турция" in text
    for line in text.splitlines():
        assert list(json.loads(line)) == sorted(json.loads(line))


def test_a_number_that_is_none_is_not_written():
    odd = SMALL.edges[0].model_copy(update={"belief": math.nan})

    with pytest.raises(ValueError, match="JSON"):
        written(replace(SMALL, edges=(odd,)))


def test_pandas_reads_it(tmp_path):
    write_jsonl(SMALL, tmp_path / "graph.jsonl")

    lines = pd.read_json(tmp_path / "graph.jsonl", lines=True)

    claims = lines[lines.kind == "claim"].dropna(axis="columns", how="all")
    assert list(claims.relation) == ["supplies", "supplies", "threatens", "acquires", "acquires"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file"),
        (b"", "the file is empty"),
        (b"[]\n", "line 1"),
        (b"\xff", "line 0.*utf-8"),
        (b'{"kind":"entity"}\n', "line 1.*does not begin"),
        (b'{"kind":"graph","format":"actorgraph-lines/2"}\n', "actorgraph-lines/1"),
        (written(SMALL).replace(b'"kind":"relation"', b'"kind":"thing"'), "line 2.*'thing'"),
        (written(SMALL).replace(b'"kind":"edge"', b'"kind":"edgy"', 1), "line 12.*'edgy'"),
        (written(SMALL).replace(b'"name":"Russia"', b'"nome":"Russia"'), "line 8.*nome"),
        (written(SMALL)[:-20], "line 20"),
    ],
)
def test_what_is_not_such_a_file_is_refused(tmp_path, content, reason):
    path = tmp_path / "graph.jsonl"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(StoreError, match=rf"(?s)graph\.jsonl.*{reason}"):
        read_jsonl(path)


def test_a_claim_must_follow_its_own_edge(tmp_path):
    lines = written(SMALL).splitlines(keepends=True)
    swapped = [*lines[:12], lines[15], *lines[13:]]
    (tmp_path / "graph.jsonl").write_bytes(b"".join(swapped))

    with pytest.raises(StoreError, match=r"line 13: claim .* does not follow its edge"):
        read_jsonl(tmp_path / "graph.jsonl")


def test_a_failure_leaves_the_file_of_before(tmp_path):
    target = tmp_path / "graph.jsonl"
    write_jsonl(SMALL, target)
    before = target.read_bytes()

    with pytest.raises(TypeError):
        write_jsonl(replace(SMALL, title=object()), target)

    assert target.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["graph.jsonl"]


def test_a_count_is_written_as_it_can_be_read(tmp_path):
    edge = SMALL.edges[0].model_copy(update={"n_evidence": 2**70})
    write_jsonl(replace(SMALL, edges=(edge,)), tmp_path / "graph.jsonl")

    assert read_jsonl(tmp_path / "graph.jsonl").edges[0].n_evidence == 2**63 - 1
