"""Fuzz one reader under atheris, which follows what parts of our code an input reaches.

    python tests/fuzz/atheris_readers.py page.html -max_total_time=300

The first argument names a file of the corpus, whose reader is fuzzed; the rest goes to libFuzzer.
atheris is not among the dependencies: install it beside them, ``pip install atheris``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.append(str(Path(__file__).parents[2]))

with atheris.instrument_imports(include=["actorgraph", "html", "email", "csv", "json"]):
    from tests.fuzz.targets import READERS


def main() -> None:
    """Run libFuzzer on the reader that the first argument names, from its file in the corpus."""
    name = sys.argv.pop(1)
    check = READERS[name]
    atheris.Setup([*sys.argv, f"-seed_inputs={Path(__file__).with_name('corpus') / name}"], check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
