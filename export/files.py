"""Where exports are written: a file that is either whole or not there at all, or a stream."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

from ..collector import collector_paused
from ..errors import ExportError
from ..whole_files import replacing

_PIECES = 1000
"""So many are encoded together."""


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
    with collector_paused():
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
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as stream:
            yield stream
    except OSError as error:
        raise ExportError(f"Cannot write {path}: {error.strerror or error}") from error
