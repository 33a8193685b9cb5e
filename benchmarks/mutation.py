"""Mutation testing of a sample: small faults put into a module, and whether its tests notice.

    python benchmarks/mutation.py
    python benchmarks/mutation.py graph/curation.py --tests test_curation --sample 40

Without arguments, the rooms of `ROOMS` are gone through. A copy of the package is changed, never
the package. The operators are those of DeMillo, Lipton and Sayward (1978), *Hints on Test Data
Selection*, as far as Python has them: a comparison or a Boolean operator exchanged, a condition
negated, a number or a truth value changed, a statement left out. What stands in a decorator
(``slots=True``) or behind ``TYPE_CHECKING`` is let alone: it says nothing of what is computed.

The libraries and the language model are loaded once; the tests of every mutant run in a child.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
_RESOLVING = ("test_resolution_details", "test_resolve")
_EXPORTING = ("test_export_details",)
ROOMS: dict[str, tuple[str, ...]] = {
    "extract/attribution.py": ("test_attribution",),
    "graph/resolve.py": _RESOLVING,
    "graph/resolution/census.py": _RESOLVING,
    "graph/resolution/clusters.py": _RESOLVING,
    "graph/resolution/outcome.py": _RESOLVING,
    "graph/resolution/persons.py": ("test_persons", *_RESOLVING),
    "graph/resolution/rules.py": _RESOLVING,
    "graph/resolution/rulings.py": _RESOLVING,
    "graph/resolution/spelling.py": ("test_spelling", *_RESOLVING),
    "graph/curation.py": ("test_curation", "test_curation_loop"),
    "graph/curation_file.py": ("test_curation", "test_curation_loop"),
    "graph/corrections.py": ("test_curation_loop",),
    "export/files.py": ("test_faults", *_EXPORTING),
    "whole_files.py": ("test_faults", "test_curation_loop"),
    "export/xml.py": ("test_flat", "test_rows", "test_graphml", "test_gexf"),
    "export/flat.py": ("test_flat", "test_rows", *_EXPORTING),
    "export/graphml.py": ("test_graphml", *_EXPORTING),
    "export/gexf.py": ("test_gexf", *_EXPORTING),
    "export/json.py": ("test_json", "test_reading_back", *_EXPORTING),
    "export/jsonl.py": ("test_jsonl",),
    "export/csv.py": ("test_csv",),
    "export/diagram.py": ("test_mermaid_dot",),
    "export/dot.py": ("test_mermaid_dot",),
    "export/ftm.py": ("test_ftm",),
    "export/mermaid.py": ("test_mermaid_dot",),
    "export/obsidian.py": ("test_obsidian",),
    "export/rdf.py": ("test_rdf",),
    "export/read_graphml.py": ("test_reading_back",),
    "export/svg.py": ("test_svg",),
    "export/html.py": ("test_html", *_EXPORTING),
    "export/explorer/placement.py": ("test_placement", "test_html", *_EXPORTING),
    "export/explorer/payload.py": ("test_explorer_payload", "test_html", *_EXPORTING),
}
"""What is tried without arguments: a module and the files of its tests."""
_SKIPPED = shutil.ignore_patterns(
    ".venv", ".git", ".cache", "out", "build", "dist", "node_modules", "__pycache__", "*.egg-info"
)
_OTHER: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
LONGEST = 120
"""Seconds of processor time after which the tests of a mutant count as failed: it does not end."""
_KEPT = ("actorgraph.errors", "actorgraph.extract.language", "actorgraph.extract.parsing")
"""Modules that children share with their parent: those that hold the language model."""


def places(source: str) -> list[int]:
    """Which nodes of the syntax tree a fault can be put into, by their place in a walk."""
    tree = ast.parse(source)
    idle = {id(node) for node in _idle(tree)}
    nodes = list(enumerate(ast.walk(tree)))
    return [place for place, node in nodes if id(node) not in idle and _change(node)]


def mutant(source: str, place: int) -> tuple[str, str]:
    """Put a fault into one node; return what is changed, with its line, and the changed source."""
    tree = ast.parse(source)
    node = list(ast.walk(tree))[place]
    line = getattr(node, "lineno", 0)
    return f"line {line}: {_change(node)}", ast.unparse(tree)


def _idle(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield node
        for decorator in getattr(node, "decorator_list", []):
            yield from ast.walk(decorator)


def _change(node: ast.AST) -> str:
    """Put a fault into a node; say which, or nothing where there is none to put."""
    if isinstance(node, ast.Compare):
        node.ops[0] = _OTHER[type(node.ops[0])]()
        return f"comparison is {type(node.ops[0]).__name__}"
    if isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return f"operator is {type(node.op).__name__}"
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        node.test = ast.UnaryOp(ast.Not(), node.test)
        return "condition is negated"
    if isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float):
        node.value = not node.value if isinstance(node.value, bool) else node.value + 1
        return f"constant is {node.value}"
    if isinstance(node, ast.Return) and ast.unparse(node) not in ("return", "return None"):
        node.value = ast.Constant(None)
        return "returns None"
    body = getattr(node, "body", None)
    if isinstance(node, ast.For | ast.With) and isinstance(body, list):
        node.body = [ast.Pass()]
        return "body is left out"
    return ""


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("modules", nargs="*", default=list(ROOMS))
    parser.add_argument("--tests", nargs="+", help="files of tests; those of ROOMS without it")
    parser.add_argument("--sample", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0, help="another one draws another sample")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "actorgraph"
        shutil.copytree(ROOT, package, ignore=_SKIPPED)
        sys.path.insert(0, folder)
        os.environ["PYTHONPATH"] = folder
        os.chdir(package)
        _warm_up()
        for module in given.modules:
            tests = given.tests or ROOMS[module]
            _try_module(package, module, tests, given.sample, given.seed)
    return 0


def _try_module(package: Path, module: str, tests: Sequence[str], size: int, seed: int) -> None:
    """Put faults into one module, one after another, and print which were not noticed."""
    files = [f"tests/{name}.py" for name in tests]
    path = package / module
    original = path.read_text(encoding="utf-8")
    found = places(original)
    sample = random.Random(seed).sample(found, min(size, len(found)))  # noqa: S311
    sys.dont_write_bytecode = False
    if not _passes(files):
        sys.exit("The tests fail without any mutant.")
    sys.dont_write_bytecode = True
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
        compiled.unlink()
    killed = 0
    for tried, place in enumerate(sample, 1):
        words, source = mutant(original, place)
        path.write_text(source, encoding="utf-8")
        dead = not _passes(files)
        killed += dead
        if not dead:
            print(f"survived: {module}, {words}", flush=True)
        print(f"{killed} of {tried} killed", end="\r", file=sys.stderr)
    path.write_text(original, encoding="utf-8")
    share = 100 * killed / max(len(sample), 1)
    print(f"{module}: {killed} of {len(sample)} killed, {share:.0f} % ({len(found)} in all)")


def _warm_up() -> None:
    """Load what takes long and is never changed: libraries, and the language model."""
    import hypothesis  # noqa: F401
    import networkx  # noqa: F401
    import pytest  # noqa: F401

    from actorgraph.extract.language import load_nlp

    load_nlp()
    for name in list(sys.modules):
        if name.partition(".")[0] == "actorgraph" and not name.startswith(_KEPT):
            del sys.modules[name]


def _passes(files: Sequence[str]) -> bool:
    number = os.fork()
    if not number:
        _run_tests(files)
    _, status = os.waitpid(number, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _run_tests(files: Sequence[str]) -> None:
    """Run tests in this process, which ends with them."""
    import pytest

    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
    signal.alarm(20 * LONGEST)  # where it waits for ever
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    status = 3
    try:
        choice = ["-m", "not slow and not browser", "-p", "no:cacheprovider"]
        quiet = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # hypothesis is loaded
        status = int(pytest.main(["-q", "-x", *choice, *quiet, *files]))
    finally:
        os._exit(status)


if __name__ == "__main__":
    sys.exit(main())
