"""Files that are either whole or not there at all, whatever strikes while they are written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

_BUFFER = 1 << 20
_UNFINISHED = re.compile(r"\.(?P<name>.+)\.(?P<process>[0-9]+)\.tmp", re.DOTALL)
"""What a file is called that a process writes beside its place."""


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` when the block ends without an exception.

    It is written beside its place, flushed to the disk, and renamed: whoever reads the path sees
    the old file or the new one. What a killed process left beside it is removed.

    Raises:
        OSError: It cannot be written; the old file stays.
    """
    _clear_unfinished(path)
    beside = _beside(path, os.getpid())
    try:
        with beside.open("wb", buffering=_BUFFER) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):  # it was never begun
            beside.unlink()
        raise


def _beside(path: Path, process: int) -> Path:
    return path.with_name(f".{path.name}.{process}.tmp")


def _clear_unfinished(path: Path) -> None:
    """Remove what processes that no longer live have written of a file."""
    for process in _unfinished(path.parent).get(path.name, ()):
        if not _lives(process):
            with suppress(OSError):  # of another user, or just removed by another process
                _beside(path, process).unlink()


@lru_cache(maxsize=1)
def _unfinished(folder: Path) -> Mapping[str, Sequence[int]]:
    """Which processes were writing which files of a folder when this process first looked.

    A folder is listed once, since thousands of notes may be written to it.
    """
    found: dict[str, list[int]] = {}
    with suppress(OSError):  # a folder may be closed to listing and open to writing
        for file in folder.iterdir():
            if match := _UNFINISHED.fullmatch(file.name):
                found.setdefault(match["name"], []).append(int(match["process"]))
    return found


def _lives(process: int) -> bool:
    """Whether there is a process of that number, as far as can be told without harm."""
    if os.name == "nt":
        return True  # os.kill would end it there
    try:
        os.kill(process, 0)
    except (OverflowError, ProcessLookupError):
        return False
    except PermissionError:  # it is another user's
        return True
    return True
