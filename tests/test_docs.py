"""The examples of docstrings and of the README are executed."""

import doctest
import importlib
import pkgutil
import re
from pathlib import Path
from shutil import copytree

import pytest

import actorgraph
from actorgraph.graph.example import example_graph

ROOT = Path(__file__).parents[1]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
MODULES = ["actorgraph"] + [
    module.name
    for module in pkgutil.walk_packages(actorgraph.__path__, "actorgraph.")
    if module.name != "actorgraph.__main__"
]


def examples_of(module):
    """The doctests of a module that have something to run; in them ``kg`` is a small graph."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = finder.find(importlib.import_module(module), extraglobs={"kg": example_graph()})
    return [test for test in found if test.examples]


def pycon_blocks(text):
    """The fenced ``pycon`` blocks of a Markdown text, each line where it was."""
    blanked, start = [], 0
    for block in re.finditer(r"(?ms)^```pycon\n(.*?)^```$", text):
        blanked += ["\n" * text.count("\n", start, block.start(1)), block[1]]
        start = block.end(1)
    return "".join(blanked)


def failures_of(test):
    """What a run of the examples prints where it differs from what is written."""
    printed = []
    doctest.DocTestRunner(optionflags=FLAGS).run(test, out=printed.append)
    return "".join(printed)


@pytest.mark.parametrize("name", [name for name in MODULES if examples_of(name)])
def test_the_examples_of_a_module_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert "".join(failures_of(test) for test in examples_of(name)) == ""


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{f.name}" for f in ROOT.glob("docs/*.md"))])
def test_the_examples_of_a_page_run(page, tmp_path, monkeypatch):
    text = pycon_blocks((ROOT / page).read_text(encoding="utf-8"))
    test = doctest.DocTestParser().get_doctest(text, {}, page, page, 0)
    if not test.examples:
        pytest.skip(f"{page} has no examples to run")
    copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)

    assert failures_of(test) == ""


@pytest.mark.parametrize(
    ("written", "prints"),
    [("a\n```pycon\n>>> 1 + 1\n2\n```\n", ""), ("\n```pycon\n>>> 1 + 1\n3\n```\n", "line 3")],
)
def test_the_check_above_sees_a_wrong_result(written, prints):
    test = doctest.DocTestParser().get_doctest(pycon_blocks(written), {}, "page", "page", 0)

    assert len(test.examples) == 1
    assert prints in failures_of(test)
    assert bool(failures_of(test)) == bool(prints)
