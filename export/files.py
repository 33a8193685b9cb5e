"""Files that are either whole or not there at all."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

from ..errors import ExportError

_BUFFER = 1 << 20
_PIECES = 1000
"""So many are encoded together."""
_UNFINISHED = re.compile(r"\.(?P<name>.+)\.(?P<process>[0-9]+)\.tmp", re.DOTALL)
"""What a file is called that a process writes beside its place."""


@contextmanager
def open_text(target: Path | BinaryIO, *, errors: str = "strict") -> Iterator[TextIO]:
    """Open a target for UTF-8 text, with line ends written as they are given.

    A path is written beside itself and renamed when the block ends without an exception, so that
    a crash leaves the file of before and never half of the new one. What a killed process left
    beside it is removed. A binary file is written where it stands and stays open.

    Args:
        target: A path, whose folder is made if need be, or a binary file.
        errors: What becomes of characters that UTF-8 cannot hold, as in `str.encode`.

    Raises:
        ExportError: The path cannot be written.
    """
    if isinstance(target, str | os.PathLike):
        with _replacing(Path(target)) as stream:
            yield from _as_text(stream, errors)
    else:
        yield from _as_text(target, errors)


def write_pieces(pieces: Iterable[str], target: Path | BinaryIO) -> None:
    """Write text that comes in many small pieces, such as lines, to a target for `open_text`."""
    pieces = iter(pieces)
    with open_text(target) as stream:
        while block := "".join(islice(pieces, _PIECES)):
            stream.write(block)


def _as_text(stream: BinaryIO, errors: str) -> Iterator[TextIO]:
    text = io.TextIOWrapper(stream, encoding="utf-8", errors=errors, newline="")
    try:
        yield text
        text.flush()
    finally:
        text.detach()  # or the wrapper would close a file that is not ours


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear_unfinished(path)
        with beside.open("wb", buffering=_BUFFER) as stream:
            try:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            except BaseException:
                beside.unlink()
                raise
        beside.replace(path)
    except OSError as error:
        raise ExportError(f"Cannot write {path}: {error.strerror or error}") from error


def _clear_unfinished(path: Path) -> None:
    """Remove what processes that no longer live have written of a file."""
    for process in _unfinished(path.parent).get(path.name, ()):
        if not _lives(process):
            with suppress(OSError):  # of another user, or just removed by another process
                path.with_name(f".{path.name}.{process}.tmp").unlink()


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
