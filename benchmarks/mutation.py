"""Mutation testing of a sample: small faults put into a module, and whether its tests notice.

    python benchmarks/mutation.py graph/curation.py --tests tests/test_curation.py --sample 40

A copy of the package is changed, never the package. The operators are those of DeMillo, Lipton and
Sayward (1978), *Hints on Test Data Selection*, as far as Python has them: a comparison or a Boolean
operator exchanged, a condition negated, a number or a truth value changed, a statement left out.
"""

from __future__ import annotations

import argparse
import ast
import copy
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
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
"""Seconds after which the tests of a mutant count as failed: it does not end."""


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """Yield what is changed, with its line, and the changed source."""
    tree = ast.parse(source)
    count = sum(1 for _ in ast.walk(tree))
    for place in range(count):
        changed = copy.deepcopy(tree)
        node = list(ast.walk(changed))[place]
        if words := _change(node):
            yield f"line {getattr(node, 'lineno', 0)}: {words}", ast.unparse(changed)


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
    if isinstance(node, ast.Return) and node.value is not None:
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
    parser.add_argument("module", type=Path)
    parser.add_argument("--tests", nargs="+", required=True)
    parser.add_argument("--sample", type=int, default=40)
    given = parser.parse_args()
    found = list(mutants((ROOT / given.module).read_text(encoding="utf-8")))
    sample = random.Random(0).sample(found, min(given.sample, len(found)))  # noqa: S311
    killed = 0
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "actorgraph"
        shutil.copytree(ROOT, package, ignore=_SKIPPED)
        if not _passes(package, given.tests):
            sys.exit("The tests fail without any mutant.")
        for tried, (words, source) in enumerate(sample, 1):
            (package / given.module).write_text(source, encoding="utf-8")
            dead = not _passes(package, given.tests)
            killed += dead
            if not dead:
                print(f"survived: {given.module}, {words}", flush=True)
            print(f"{killed} of {tried} killed", end="\r", file=sys.stderr)
    share = 100 * killed / max(len(sample), 1)
    print(f"{given.module}: {killed} of {len(sample)} killed, {share:.0f} % ({len(found)} in all)")
    return 0


def _passes(package: Path, tests: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    environment = {"PYTHONPATH": str(package.parent), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=package, env=environment, capture_output=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
