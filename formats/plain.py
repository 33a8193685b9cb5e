"""Plain text and Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import UnreadableSource
from ..segmentation.characters import decode
from .blobs import Blob, Item, Options, Text


def read_plain(blob: Blob, options: Options) -> Iterator[Item]:
    """Decode a text; an encoding that had to be guessed is noted."""
    decoded = decode(blob.read(options.limits.document_bytes))
    if decoded is None:
        raise UnreadableSource(blob.name, "looks like a binary file; save it as plain text first")
    text, encoding = decoded
    yield Text(blob.name, text, {} if encoding == "utf-8" else {"encoding": encoding})
