"""What is read and what comes out: blobs, texts, and the limits between them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from ..errors import UnreadableSource


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep a hostile or broken file from filling memory or disk."""

    document_bytes: int = 200_000_000
    """Size of one document, or of one member of an archive."""
    unpacked_bytes: int = 20_000_000_000
    """What one archive or compressed file may unpack to, all in all."""
    ratio: int = 150
    """How many bytes one compressed byte may become, in what unpacks to over `ratio_from`."""
    ratio_from: int = 5_000_000
    members: int = 1_000_000
    """Members of one archive."""
    depth: int = 3
    """Archives within archives."""
    pages: int = 5_000
    """Pages of a PDF that are read."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read what its content leaves open."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Field of a document -> column of a table or key of a JSON object that holds it."""
    page_columns: bool = False
    """Read the columns of printed pages one after the other; needs the extra ``pdf``."""
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes with a name: a file, a member of an archive, the answer of a server.

    >>> Blob.of_bytes("a/b.TXT", b"Oslo").suffix
    '.txt'
    """

    name: str
    """What to show: path within the folder or archive, or an address."""
    open: Callable[[], IO[bytes]]
    """A new stream of the bytes at every call."""
    size: int | None = None
    """How many there are, where that is known before reading."""
    media_type: str = ""
    """What a server says it is."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What is known of the document from outside: its address."""
    depth: int = 0
    """In how many archives it lies."""

    @classmethod
    def of_bytes(cls, name: str, data: bytes, *, media_type: str = "", depth: int = 0) -> Blob:
        """Make a blob of bytes that are in memory."""
        return cls(name, lambda: BytesIO(data), len(data), media_type, depth=depth)

    @classmethod
    def of_file(cls, name: str, path: Path, size: int) -> Blob:
        """Make a blob of a file."""
        return cls(name, lambda: path.open("rb"), size)

    @property
    def suffix(self) -> str:
        """The suffix of the name, in lower case."""
        return PurePosixPath(self.name.lower()).suffix

    def head(self, length: int = 4096) -> bytes:
        """The first bytes."""
        with self.open() as stream:
            return stream.read(length)

    def read(self, limit: int) -> bytes:
        """All the bytes.

        Raises:
            UnreadableSource: There are more than the limit.
        """
        if self.size is not None and self.size > limit:
            raise too_large(self.name, limit, self.size)
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise too_large(self.name, limit)
        return data


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one document, and what its file tells of it."""

    name: str
    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    """Raw keys and values: title, author, publisher, date, url, language, and others."""
    fallback: Mapping[str, str] = field(default_factory=dict)
    """Fields that hold only where the text itself tells nothing better: when a file was made."""


Item = Text | Blob | UnreadableSource
"""What a reader finds: a document, a member to read in its turn, or something it must leave out."""

Reader = Callable[[Blob, Options], Iterator[Item]]


def too_large(name: str, limit: int, size: int | None = None) -> UnreadableSource:
    """Say that a blob is over the limit on documents."""
    amount = "" if size is None else f"{size / 1e6:,.1f} MB, "
    reason = f"is {amount}over the limit of {limit / 1e6:,.1f} MB; split it or raise max_bytes"
    return UnreadableSource(name, reason)


def missing(name: str, extra: str) -> UnreadableSource:
    """Say which extra reads such a file."""
    return UnreadableSource(name, f"needs an extra: pip install 'actorgraph[{extra}]'")


@contextmanager
def damage_told(name: str, kind: str) -> Iterator[None]:
    """Turn whatever a parser throws at a broken file into a reason, and keep its log to itself.

    Parsers of binary formats raise nearly anything on damaged input, so nearly anything is caught;
    only parsing goes inside.
    """
    loggers = [logging.getLogger(parser) for parser in ("pypdf", "pdfminer", "trafilatura")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    except (UnreadableSource, ImportError):
        raise
    except Exception as error:
        words = " ".join(str(error).split())[:120]
        reason = f"is a damaged {kind} ({words or type(error).__name__})"
        raise UnreadableSource(name, reason) from error
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
