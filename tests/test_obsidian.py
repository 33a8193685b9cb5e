"""Notes: one for each entity and document, all links lead somewhere, and no name is markup."""

import importlib.util
import re
import sys
from dataclasses import replace
from pathlib import Path, PureWindowsPath

import pytest
import yaml
from hypothesis import given, settings

from actorgraph.export.obsidian import write_obsidian
from actorgraph.schema import Document, Entity


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = load("export_cases")
SMALL = cases.SMALL
LINK = re.compile(r"\[\[([^\]|]+)\|([^\]]+)\]\]")
ALONE = {"edges": (), "comentions": ()}


def notes(graph, folder):
    write_obsidian(graph, folder)
    return {
        path.relative_to(folder).as_posix().removesuffix(".md"): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.md"))
    }


def properties(note):
    _, front, _ = note.split("---\n", 2)
    return yaml.safe_load(front)


def test_a_note_for_each_entity_and_document(small_graph, tmp_path):
    names = set(notes(small_graph, tmp_path))

    assert len(names) == len(small_graph.entities) + len(small_graph.documents)
    assert {"entities/AN MPQ-64", "entities/Turkey", "documents/Air defence in the north"} <= names


def test_what_a_note_says(small_graph, tmp_path):
    note = notes(small_graph, tmp_path)["entities/NATO"]

    assert note.startswith(
        """---
id: "organization:nato"
type: "organization"
subtype: "alliance_igo"
aliases: ["North Atlantic Treaty Organization"]
mentions: 5
documents: 2
first_seen: "2019-07-13"
last_seen: "2021-03"
---
# NATO

## What sources state

### opposed by [[entities/Russia|Russia]]

Affirmed, belief 0.80.

> The Valdai Discussion Club criticised Russia for opposing NATO.
>
> — [[documents/Air defence in the north|Air defence in the north]], 2021-03

### has member [[entities/Turkey|Turkey]]

Affirmed, belief 0.95.

> Turkey is a member of NATO.
>
> — [[documents/Air defence in the north|Air defence in the north]], 2021-03

### operates [[entities/S-400|S-400]]

Denied, belief 0.10.

> Jens Stoltenberg said that NATO does not operate the S-400.
>
> — [[documents/Turkey takes delivery of S-400|Turkey takes delivery of S-400]], 2019-07-13, \
denied, reported, says [[entities/Jens Stoltenberg|Jens Stoltenberg]]

## Named together with
"""
    )
    assert "\n## Named together with\n\n- [[entities/" in note
    met = [c for c in small_graph.comentions if "organization:nato" in (c.a, c.b)]
    assert note.count("\n- [[") == len(met)


@settings(deadline=None, max_examples=40)
@given(cases.graphs())
def test_every_graph_has_its_notes_and_no_dead_link(tmp_path_factory, graph):
    found = notes(graph, tmp_path_factory.mktemp("vault"))

    assert len(found) == len(graph.entities) + len(graph.documents)
    assert {properties(note).get("id") for note in found.values()} >= {
        d.id for d in graph.documents if d.id
    }
    for note in found.values():
        assert {target for target, _ in LINK.findall(note)} <= set(found)


def test_the_same_graph_gives_the_same_bytes(small_graph, tmp_path):
    assert notes(SMALL, tmp_path / "a") == notes(SMALL.reversed(), tmp_path / "b")


def files(folder, *names):
    entities = tuple(Entity(id=f"a:{n}", name=name, type="system") for n, name in enumerate(names))
    graph = replace(SMALL, entities=entities, **ALONE)
    return [name.partition("/")[2] for name in notes(graph, folder) if name.startswith("entities/")]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("S-400", "S-400"),
        ("Türkiye", "Türkiye"),
        ("AN/TPY-2", "AN TPY-2"),
        ('Aegis: "Ashore"?', "Aegis Ashore"),
        ("..", "unnamed"),
        ("../../etc/passwd", "etc passwd"),
        ("C:\\new", "C new"),
        ("", "unnamed"),
        ("\x00\x1b[31m", "31m"),
        ("\u202eevil\u202c", "evil"),
        ("\ud83d", "�"),
        ("a\nb\tc", "a b c"),
        ("ends with a dot.", "ends with a dot"),
        ("[[x]]|#^y%", "x y"),
        ("NUL", "NUL_"),
        ("com1.txt", "com1_.txt"),
        ("Lpt9", "Lpt9_"),
        ("x" * 300, "x" * 100),
    ],
)
def test_a_file_name_is_one_that_every_system_takes(name, file, tmp_path):
    assert files(tmp_path, name) == [file]
    assert not PureWindowsPath(file).is_reserved()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("NATO", "nato", "Nato"), ["NATO", "Nato (3)", "nato (2)"]),
        (("a/b", "a:b"), ["a b", "a b (2)"]),
        (("x", "x (2)", "X"), ["X (3)", "x", "x (2)"]),
        (("Straße", "STRASSE"), ["STRASSE (2)", "Straße"]),
    ],
)
def test_names_that_are_the_same_to_a_file_system_get_numbers(names, expected, tmp_path):
    assert sorted(files(tmp_path, *names)) == sorted(expected)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("*S-400* _x_", r"\*S-400\* \_x\_"),
        ("[[NATO]] `code`", r"\[\[NATO\]\] \`code\`"),
        ("<script>&amp;", r"\<script\>\&amp;"),
        ("%%hidden%% ==lit== $x$ ~~y~~ #tag ^id",
         r"\%\%hidden\%\% \=\=lit\=\= \$x\$ \~\~y\~\~ \#tag \^id"),
        ("- item", r"\- item"),
        ("12. item", r"12\. item"),
        ("---", r"\---"),
        ("a\n# b", r"a \# b"),
        ("back\\slash", r"back\\slash"),
    ],
)  # fmt: skip
def test_no_name_is_markup(name, title, tmp_path):
    graph = replace(SMALL, entities=(Entity(id="a:b", name=name, type="system"),), **ALONE)
    (note,) = [n for path, n in notes(graph, tmp_path).items() if path.startswith("entities/")]

    assert f"\n# {title}\n" in note


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        *((text, text) for text in ('a "b"', "a: b", "- a", "{x}", "# no", "'", "🚀", "null", "1")),
        ("\x7fa", "\x7fa"),
        ("a\u2028x\x85y", "a x y"),  # on one line, whatever ends lines
    ],
)
def test_properties_are_yaml(text, kept, tmp_path):
    entity = Entity(id="a:b", name="x", type="system", subtype=text, aliases=(text, "y"))
    graph = replace(SMALL, entities=(entity,), **ALONE)

    read = properties(notes(graph, tmp_path)["entities/x"])

    assert read["subtype"] == kept
    assert read["aliases"] == [kept, "y"]


def test_a_note_says_beside_whom_an_entity_is_named(tmp_path):
    found = notes(SMALL, tmp_path)

    assert (
        "## Named together with\n\n- [[entities/Türkiye|Türkiye]]: 5 sentences\n"
        in (found["entities/Russia"])
    )
    assert "Named together with" not in found["entities/S-400"]


@pytest.mark.parametrize(
    ("speaker", "words"),
    [
        ({"speaker": "officials"}, "says officials"),
        ({"speaker": "Ankara", "speaker_id": "country:tr"}, "says [[entities/Türkiye|Türkiye]]"),
        ({"speaker": "Paris", "speaker_id": "country:fr"}, "says Paris"),  # it has no note
        ({}, ""),
    ],
)
def test_a_note_tells_who_says_so(speaker, words, tmp_path):
    said = cases.claim("country:ru", "supplies", "system:s-400", "S.", **speaker)
    note = notes(replace(SMALL, edges=(cases.edge(said),)), tmp_path)["entities/Russia"]

    assert ("says" in note) == bool(words)
    assert words in note


def test_a_document_that_is_not_there_is_not_linked_to(tmp_path):
    graph = replace(SMALL, documents=(Document(id="d1", text="", title="On arms"),))

    note = notes(graph, tmp_path)["entities/Russia"]

    assert "> Moscow delivers.\n>\n> — 2019\n" in note


def test_notes_of_ones_own_stay(tmp_path):
    own = tmp_path / "entities" / "My thoughts.md"
    own.parent.mkdir()
    own.write_text("mine", encoding="utf-8")

    write_obsidian(SMALL, tmp_path)

    assert own.read_text(encoding="utf-8") == "mine"
