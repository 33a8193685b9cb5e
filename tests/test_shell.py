"""The interactive prompt: what it teaches works, and it opens with or without IPython."""

from __future__ import annotations

import io
import sys
import types

import pytest
from rich.console import Console

from actorgraph.graph.example import example_graph
from actorgraph.graph.model import KnowledgeGraph
from actorgraph.graph.questions.completion import names_beginning
from actorgraph.graph.store import Store
from actorgraph.schema import Document, Entity, Extraction
from actorgraph.shell import banner_of, open_shell


@pytest.fixture(scope="module")
def kg():
    return example_graph()


def taught(banner):
    return [line.partition("#")[0].strip() for line in banner.splitlines()[1:]]


def test_the_banner_teaches_five_lines_that_work(kg, small_graph):
    for graph in (kg, small_graph):
        lines = taught(banner_of(graph))
        assert len(lines) == 5
        for line in lines:
            assert eval(line, {"kg": graph}), line


def test_the_banner_of_an_empty_graph_has_something_to_show():
    assert len(taught(banner_of(KnowledgeGraph()))) == 5


def test_without_ipython_the_prompt_of_python_opens(kg, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "IPython", None)
    monkeypatch.setattr(sys, "stdin", io.StringIO("print(kg['Growler'].id, ag.__name__)\n"))
    open_shell(kg)
    printed = capsys.readouterr()
    assert "system:s-400 actorgraph" in printed.out
    assert "kg.evidence(" in printed.err


def test_with_ipython_the_graph_is_among_its_names(kg, monkeypatch, capsys):
    started = {}
    stand_in = types.SimpleNamespace(start_ipython=lambda **options: started.update(options))
    monkeypatch.setitem(sys.modules, "IPython", stand_in)
    open_shell(kg)
    assert started["user_ns"]["kg"] is kg
    assert "--InteractiveShell.xmode=Minimal" in started["argv"]
    assert "kg.evidence(" in capsys.readouterr().out


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    with Store(path) as opened:
        names = [("S-400", 9), ("S-300", 2), ("Sentinel", 5), ("100% Corp", 1), ("a_b", 1)]
        opened.add(
            Extraction(
                document=Document(id="d", text="."),
                entities=tuple(
                    Entity(id=f"system:{n}", name=name, type="system", mentions=mentions)
                    for n, (name, mentions) in enumerate(names)
                ),
            ),
            key="k",
        )
    return path


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("S-", ["S-400", "S-300"]),
        ("s", ["S-400", "Sentinel", "S-300"]),
        ("100%", ["100% Corp"]),
        ("a_", ["a_b"]),
        ("_", []),
        ("%", []),
        ("'; DROP TABLE entities; --", []),
    ],
)
def test_names_are_completed_most_mentioned_first(store, text, names):
    assert names_beginning(store, text) == names


def test_completion_never_fails(tmp_path):
    (tmp_path / "text.sqlite").write_text("no database", encoding="utf-8")
    assert names_beginning(tmp_path / "text.sqlite", "S") == []
    assert names_beginning(tmp_path / "missing.sqlite", "S") == []
    assert not (tmp_path / "missing.sqlite").exists()


def test_a_dossier_on_a_terminal_holds_its_sentences_and_markup_is_not_read(kg):
    stream = io.StringIO()
    Console(file=stream, width=100).print(kg.dossier("S-400"))
    for words in ("S-400", "What sources disagree on", "[1]", "Turkey took delivery"):
        assert words in stream.getvalue()
