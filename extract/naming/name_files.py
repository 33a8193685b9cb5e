"""Names as data: the package's files, in CSV, and the user's own, in CSV, YAML or Python objects.

.. code-block:: yaml

    - name: Bundle Shield
      type: system
      subtype: radar_sensor
      aliases: [BSH, ~Shield]
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from ...errors import LexiconError
from ...schema import Entity
from ...shallow_yaml import is_shallow

NameRow = tuple[tuple[str, str], ...]
"""A name given in Python: its columns with their cells, so that it can be hashed and handed on."""

_COLUMNS = ("id", "name", "type", "subtype", "country", "family", "aliases")


def read_own_names(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a user's file; each has at least a name and a type.

    Raises:
        LexiconError: The file is malformed, or a row has no type and no id to tell it.
    """
    text = read_own_file(path)
    rows = _yaml_rows(text, str(path)) if path.suffix != ".csv" else read_rows(text, str(path))
    for row in rows:
        yield {**row, "type": _type(row, str(path))}


def read_own_file(path: Path) -> str:
    """The text of a file that a user wrote.

    Raises:
        LexiconError: It cannot be read, or is not in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LexiconError(str(path), None, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LexiconError(str(path), None, "is not in UTF-8; save it so") from error


def as_row(entry: Entity | Mapping[str, Any]) -> NameRow:
    """A name of the user's own that is given as an object, with the columns that a file has.

    Raises:
        LexiconError: The entry has no name, or no type and no id to tell it.

    >>> dict(as_row({"name": "Bundle Shield", "type": "system", "aliases": ["BSH"]}))["aliases"]
    'BSH'
    """
    if isinstance(entry, Entity):
        entry = {column: getattr(entry, column) for column in _COLUMNS}
    if not isinstance(entry, Mapping) or not entry.get("name"):
        raise LexiconError("lexicon", None, f"{entry!r} has no name")
    row = {str(column): _cell(value) for column, value in entry.items() if value is not None}
    return tuple(sorted({**row, "type": _type(row, "lexicon")}.items()))


def _type(row: Mapping[str, str], source: str) -> str:
    kind = row.get("type") or (row.get("id") or "").partition(":")[0]
    if not kind:
        raise LexiconError(source, None, f"{row['name']!r} has no type")
    return kind


def _cell(value: object) -> str:
    return "|".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def read_rows(text: str, path: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file of names; lines that begin with ``#`` come before the header.

    Raises:
        LexiconError: A row has not as many cells as the header, or no name.
    """
    lines = text.splitlines()
    skipped = sum(1 for _ in _leading_comments(lines))
    reader = csv.DictReader(lines[skipped:])
    for row in reader:
        if None in row or None in row.values():
            line = skipped + reader.line_num
            raise LexiconError(path, line, "the row has not as many cells as the header")
        if not row.get("name"):
            raise LexiconError(path, skipped + reader.line_num, "the row has no name")
        yield row


def _leading_comments(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("#"):
            return
        yield line


def _yaml_rows(text: str, path: str) -> Iterator[dict[str, str]]:
    try:
        if not is_shallow(text, yaml.SafeLoader):
            raise LexiconError(path, None, "is nested too deeply, or uses aliases (*name)")
        entries = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:  # a date such as 2021-02-30 is a ValueError
        raise LexiconError(path, None, f"is no YAML: {error}") from error
    if not isinstance(entries, list):
        raise LexiconError(path, None, "is no list of names")
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or not entry.get("name"):
            raise LexiconError(path, None, f"entry {number} has no name")
        yield {str(key): _cell(value) for key, value in entry.items()}
