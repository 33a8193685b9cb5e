"""Folders for copies that live as long as the object they belong to."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path


def scratch_folder(owner: object) -> Path:
    """Return a new folder that is removed with its owner, at the latest when Python ends."""
    folder = Path(tempfile.mkdtemp(prefix="actorgraph-"))
    weakref.finalize(owner, shutil.rmtree, folder, ignore_errors=True)
    return folder


def write_rows(file: Path, rows: Iterable[Iterable[object]]) -> None:
    """Write rows as CSV in which every text is quoted, so that an empty cell is an unknown one."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(",".join(map(_cell, row)) + "\n" for row in rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f'"{value.replace(chr(34), 2 * chr(34))}"' if isinstance(value, str) else str(value)
