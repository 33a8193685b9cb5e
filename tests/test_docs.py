"""The examples of docstrings, of the README and of every page are executed; the site builds."""

import doctest
import importlib
import pkgutil
import re
import shlex
import subprocess
import sys

import pytest
import typer

import actorgraph
import actorgraph.cli
from actorgraph.graph.example import example_graph

from .pages import ROOT, examples_of, failures_of, lay_out

MODULES = ["actorgraph"] + [
    module.name
    for module in pkgutil.walk_packages(actorgraph.__path__, "actorgraph.")
    if module.name != "actorgraph.__main__"
]
PAGES = ["README.md", *sorted(f"docs/{page.name}" for page in ROOT.glob("docs/*.md"))]
PAGES.remove("docs/questions.md")
"""Its questions are run one by one in test_questions.py."""


def doctests_of(module):
    """The doctests of a module that have something to run; in them ``kg`` is a small graph."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = finder.find(importlib.import_module(module), extraglobs={"kg": example_graph()})
    return [test for test in found if test.examples]


@pytest.mark.parametrize("name", [name for name in MODULES if doctests_of(name)])
def test_the_examples_of_a_module_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert "".join(failures_of(test) for test in doctests_of(name)) == ""


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page_run(page, tmp_path, monkeypatch):
    test = examples_of((ROOT / page).read_text(encoding="utf-8"), page)
    if not test.examples:
        pytest.skip(f"{page} has no examples to run")
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    assert failures_of(test) == ""


def test_the_files_of_names_and_relations_on_a_page_work(tmp_path):
    page = (ROOT / "docs/own-names.md").read_text(encoding="utf-8")
    files = []
    for kind in ("csv", "toml"):
        (text,) = re.findall(rf"(?ms)^```{kind}\n(.*?)^```$", page)
        files.append(tmp_path / f"own.{kind}")
        files[-1].write_text(text, encoding="utf-8")
    found = actorgraph.extract("Estonia mentored Norway. Norway operates the SHS-1.", lexicon=files)

    assert [(c.subject_id, c.relation, c.object_id) for c in found.claims] == [
        ("country:ee", "mentors", "country:no"),
        ("country:no", "operates", "system:skyhook-shield"),
    ]


COMMANDS = typer.main.get_command(actorgraph.cli.app).commands


@pytest.mark.parametrize("page", [*PAGES, "docs/questions.md"])
def test_the_commands_of_a_page_exist_with_their_options(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    shell = "".join(re.findall(r"(?ms)^```(?:sh|console)\n(.*?)^```$", text)).replace("\\\n", " ")
    for line in re.findall(r"(?m)^(?:\.venv/bin/)?actorgraph (\w.*)$", shell):
        command, *words = shlex.split(line, comments=True)
        known = {name for option in COMMANDS[command].params for name in option.opts}

        assert {word for word in words if word.startswith("-") and len(word) > 1} <= known, line


@pytest.mark.parametrize(
    ("written", "prints"),
    [
        ("a\n```pycon\n>>> 1 + 1\n2\n```\n", ""),
        ("\n```pycon\n>>> 1 + 1\n3\n```\n", "line 3"),
        ('```pycon\n>>> print("a\\n\\nb")\na\n\nb\n\n>>> 1\n1\n\n```\n', ""),
        ('```pycon\n>>> print("a\\n\\nb")\na\n\nc\n\n```\n', "line 2"),
    ],
)
def test_the_check_above_sees_a_wrong_result(written, prints):
    test = examples_of(written, "page")

    assert test.examples
    assert prints in failures_of(test)
    assert bool(failures_of(test)) == bool(prints)


def test_the_site_builds_and_loads_nothing_from_elsewhere(tmp_path):
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert built.returncode == 0, built.stderr
    pages = sorted(tmp_path.glob("*.html"))
    assert {"index.html", "tutorial.html", "questions.html"} <= {page.name for page in pages}
    for page in pages:
        assert not loaded_from_elsewhere(page.read_text(encoding="utf-8")), page.name


def loaded_from_elsewhere(page):
    """The addresses on other hosts from which a page takes scripts, styles, fonts or pictures."""
    sources = re.findall(r"<(?:script|img|iframe|source)\b[^>]*\bsrc=[\"']?([^\"' >]+)", page)
    links = re.findall(r"<link\b[^>]*>", page)
    sources += [
        address
        for link in links
        if re.search(r"rel=[\"']?(?:stylesheet|icon|preload|preconnect)", link)
        for address in re.findall(r"href=[\"']?([^\"' >]+)", link)
    ]
    return [address for address in sources if address.startswith(("http:", "https:", "//"))]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('<script src="assets/a.js"></script>', []),
        ('<script src="https://example.org/a.js"></script>', ["https://example.org/a.js"]),
        ('<link rel="stylesheet" href="//example.org/a.css">', ["//example.org/a.css"]),
        ('<a href="https://example.org/">a link to follow</a>', []),
    ],
)
def test_what_a_page_takes_from_elsewhere_is_seen(page, found):
    assert loaded_from_elsewhere(page) == found
