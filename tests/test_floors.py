"""The house of DESIGN.md: who may import whom, and what importing costs."""

import ast
import importlib.metadata
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FOLDERS = {
    name: ROOT.joinpath(*name.split(".")[1:])
    for name in PYPROJECT["tool"]["setuptools"]["packages"]
}

FLOOR = {
    "schema": 0,
    "errors": 0,
    "seeds": 0,
    "collector": 0.3,
    "shallow_yaml": 0.3,
    "whole_files": 0.3,
    "segmentation": 0.5,
    "formats": 0.7,
    "ingest": 1,
    "extract": 1,
    "graph": 1,
    "export": 1,
    "building": 1.5,
    "pipeline": 2,
    "progress": 2,
    "console": 3,
    "shell": 3,
    "curate": 3,
    "cli": 3,
    "__init__": 3,
    "__main__": 3,
}
"""A room imports from lower floors and from itself; above the first floor also from its own."""

ONLY_IN = {
    "spacy": {"extract"},
    "pyvis": {"export"},
    "networkx": {"graph", "export"},
    "rustworkx": {"graph"},
    "rapidfuzz": {"graph"},
    "sqlite3": {"graph"},
    "charset_normalizer": {"segmentation"},
    "yaml": {"extract", "segmentation", "graph", "shallow_yaml"},
    "typer": {"cli", "curate"},
    "rich": {"cli", "console", "curate", "progress", "graph"},
}
"""Libraries that only some rooms know."""

HEAVY = ("spacy", "thinc", "networkx", "numpy", "rustworkx", "pandas", "pyvis", "jinja2", "rich")


class Import(NamedTuple):
    """``to`` is a dotted name, relative imports resolved."""

    room: str
    place: str
    to: str

    @property
    def other_room(self) -> str | None:
        """The room of the house that is imported, if it is one."""
        package, _, rest = self.to.partition(".")
        return (rest.partition(".")[0] or "__init__") if package == "actorgraph" else None


def imports() -> Iterator[Import]:
    for package, folder in FOLDERS.items():
        for file in sorted(folder.glob("*.py")):
            room = (*package.split("."), file.stem)[1]
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                place = f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
                if isinstance(node, ast.Import):
                    yield from (Import(room, place, alias.name) for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.level == 0:
                    yield Import(room, place, node.module or "")
                elif isinstance(node, ast.ImportFrom):
                    parts = package.split(".")
                    base = ".".join(parts[: len(parts) - node.level + 1])
                    if node.module:
                        yield Import(room, place, f"{base}.{node.module}")
                    else:
                        yield from (Import(room, place, f"{base}.{a.name}") for a in node.names)


IMPORTS = list(imports())


def test_every_room_of_the_tree_has_a_floor():
    files = {file.stem for file in ROOT.glob("*.py")}
    folders = {name.split(".")[1] for name in FOLDERS if "." in name}

    assert files | folders == set(FLOOR)


def test_rooms_import_from_below_and_never_from_one_another():
    wrong = [
        f"{i.place}: {i.room} imports {i.to}"
        for i in IMPORTS
        if (other := i.other_room) and other != i.room
        if FLOOR[other] > FLOOR[i.room] or FLOOR[other] == FLOOR[i.room] == 1
    ]

    assert wrong == []


def test_segmentation_is_known_to_the_readers_alone():
    users = {i.room for i in IMPORTS if i.other_room == "segmentation"}

    assert users == {"ingest", "formats", "segmentation"}


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_known_only_to_its_rooms(library):
    users = {i.room for i in IMPORTS if i.to.split(".")[0] == library}

    assert users <= ONLY_IN[library]


def test_the_ground_knows_pydantic_and_the_standard_library_only():
    others = {
        i.to.split(".")[0]
        for i in IMPORTS
        if FLOOR[i.room] == 0 and i.other_room is None
        if i.to.split(".")[0] not in sys.stdlib_module_names
    }

    assert others <= {"pydantic"}


def test_every_library_that_is_imported_is_declared():
    project = PYPROJECT["project"]
    declared = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {requirement_name(requirement) for requirement in chain.from_iterable(declared)}
    modules = importlib.metadata.packages_distributions()
    undeclared = {
        f"{i.place}: {i.to}"
        for i in IMPORTS
        if (top := i.to.split(".")[0]) not in sys.stdlib_module_names and top != "actorgraph"
        if not names & {requirement_name(name) for name in modules.get(top, ())}
    }

    assert undeclared == set()


def requirement_name(requirement):
    """``Foo_Bar>=1`` -> ``foo-bar``."""
    end = next((i for i, c in enumerate(requirement) if c in " <>=;[!~"), len(requirement))
    return requirement[:end].lower().replace("_", "-")


def loaded_by(code):
    """The heavy libraries that a fresh interpreter has loaded after running the code."""
    ask = f"import sys\n{code}\nprint(*(m for m in {HEAVY!r} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].split()


def test_importing_the_package_loads_nothing_heavy():
    ask = "import actorgraph\nassert 'typer' not in sys.modules"

    assert loaded_by(ask) == []


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["--version"]])
def test_asking_the_command_for_help_loads_nothing_heavy(arguments):
    ask = f"""
from actorgraph.cli import main
sys.argv = ["actorgraph", *{arguments!r}]
try:
    main()
except SystemExit as end:
    assert not end.code
"""
    assert loaded_by(ask) == []


def test_the_check_above_sees_what_is_loaded():
    assert loaded_by("import numpy") == ["numpy"]
