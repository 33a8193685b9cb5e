"""The files of `lexicon/`, which is data only."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any


def read_words(file: str) -> str:
    """Return the text of a file of the package's lexicon."""
    source = resources.files("actorgraph.extract.lexicon").joinpath(file)
    return source.read_text(encoding="utf-8")


def read_tables(file: str) -> dict[str, Any]:
    """Return the tables of a TOML file of the package's lexicon.

    >>> "dame" in read_tables("titles.toml")["honorifics"]
    True
    """
    return tomllib.loads(read_words(file))
