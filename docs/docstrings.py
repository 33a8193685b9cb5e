"""What the reference pages are made from: a hook of MkDocs and an extension of Griffe.

MkDocs Material shows docstrings through mkdocstrings, which reads them with Griffe; see mkdocs.yml.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from shutil import copy, rmtree
from typing import Any

import griffe

_ROOT = Path(__file__).parents[1]
_PACKAGE = _ROOT / ".cache/docs/actorgraph"
_EXAMPLE = re.compile(r"(?m)^( *)>>> .*(?:\n.*\S.*)*")
_SKIPPED = re.compile(r"  # doctest: .*")
_LITERAL = re.compile(r"(?m)^\.\. code-block:: \w+\n|(?<=:):$")


def on_config(config: Any) -> Any:
    """Copy the modules to a folder of the package's name: here it is the root of the repository."""
    setup = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rmtree(_PACKAGE, ignore_errors=True)
    for package in setup["tool"]["setuptools"]["packages"]:
        room = Path(*package.split(".")[1:])
        (_PACKAGE / room).mkdir(parents=True, exist_ok=True)
        for module in (_ROOT / room).glob("*.py"):
            copy(module, _PACKAGE / room)
    return config


def as_markdown(text: str) -> str:
    """Return a docstring with its examples in fences, and without the marks of literal blocks."""
    text = _EXAMPLE.sub(r"\1```pycon\n\g<0>\n\1```\n", text)
    text = _SKIPPED.sub("", text).replace("<BLANKLINE>", "")
    return _LITERAL.sub("", text).rstrip("\n")


class Docstrings(griffe.Extension):
    """Rewrites every docstring that is read."""

    def on_object(self, *, obj: griffe.Object, **kwargs: Any) -> None:
        """Called with every module, class, function and attribute."""
        if obj.docstring:
            obj.docstring.value = as_markdown(obj.docstring.value)
