"""Archives and compressed files: their members, in the order of their names.

A member whose path leaves the archive, or that is a link or a device, is refused; so is what
unpacks to too much. Hidden members are left alone, as hidden files are.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import IO, Any

from ..errors import UnreadableSource
from .blobs import Blob, Item, Limits, Options, damage_told, too_large
from .unzip import check_size, open_zip

_COMPRESSION: Mapping[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ": lzma.open,
}
"""How compressed files begin, and what reads them."""


def read_zip(blob: Blob, options: Options) -> Iterator[Item]:
    """Read the members of a zip, in the order of their names."""
    with open_zip(blob, options.limits) as archive:
        for member in sorted(archive.infolist(), key=lambda member: member.filename):
            if member.is_dir() or is_hidden(member.filename):
                continue
            name = f"{blob.name}/{member.filename}"
            if reason := _refused(member):
                yield UnreadableSource(name, reason)
            else:
                yield from _zip_member(archive, member, name, blob, options.limits)


def read_tar(blob: Blob, options: Options) -> Iterator[Item]:
    """Read the members of a tar, compressed or not, in the order they come."""
    packed = blob.size or options.limits.unpacked_bytes
    with blob.open() as raw, damage_told(blob.name, "tar archive"):
        stream = _Bounded(raw, blob.head(8), blob.name, packed, options.limits)
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for number, member in enumerate(archive):
                if number >= options.limits.members:
                    reason = f"has over {options.limits.members:,} members"
                    raise UnreadableSource(blob.name, reason)
                if member.isdir() or is_hidden(member.name):
                    continue
                yield _tar_member(archive, member, blob, options.limits)


def read_compressed(blob: Blob, options: Options) -> Iterator[Item]:
    """Unpack one compressed file, or the tar that it is."""
    packed = blob.size or options.limits.unpacked_bytes
    head = blob.head(8)

    def open_unpacked() -> IO[bytes]:
        bounded = _Bounded(blob.open(), head, blob.name, packed, options.limits)
        stream: io.RawIOBase = bounded
        return io.BufferedReader(stream)

    with damage_told(blob.name, "compressed file"):
        inner = Blob(blob.name.rpartition(".")[0] or blob.name, open_unpacked)
        beginning = inner.head(512)
    if is_tar(beginning):
        yield from read_tar(blob, options)
    else:
        yield Blob(inner.name, open_unpacked, fields=blob.fields, depth=blob.depth + 1)


def unpacked(stream: IO[bytes], head: bytes) -> IO[bytes]:
    """The stream that a compressed one holds; the same where it is not compressed."""
    for magic, opener in _COMPRESSION.items():
        if head.startswith(magic):
            opened: IO[bytes] = opener(stream)
            return opened
    return stream


def is_tar(head: bytes) -> bool:
    """Whether bytes begin as a tar does (POSIX.1-2001, ustar)."""
    return head[257:262] == b"ustar"


def is_hidden(name: str) -> bool:
    """Whether a path is one that people do not see.

    >>> is_hidden("a/.git/b.txt"), is_hidden("__MACOSX/a.txt"), is_hidden("../a.txt")
    (True, True, False)
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(
        (part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts
    )


def leaves(name: str) -> bool:
    """Whether a path leads out of the folder it is in."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":"


def _refused(member: zipfile.ZipInfo) -> str | None:
    if leaves(member.filename):
        return "leads out of its archive"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link; archives may not hold any"
    if member.flag_bits & 1:
        return "is encrypted; unpack it first"
    return None


def _zip_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, parent: Blob, limits: Limits
) -> Iterator[Item]:
    """A member in memory: a broken one must not stop the rest."""
    try:
        check_size(name, member.file_size, member.compress_size, limits)
        if member.file_size > limits.document_bytes:
            raise too_large(name, limits.document_bytes, member.file_size)
        with damage_told(name, "member"):
            data = archive.read(member)
    except UnreadableSource as problem:
        yield problem
    else:
        yield Blob.of_bytes(name, data, depth=parent.depth + 1)


def _tar_member(
    archive: tarfile.TarFile, member: tarfile.TarInfo, parent: Blob, limits: Limits
) -> Item:
    name = f"{parent.name}/{member.name.removeprefix('./')}"
    if leaves(member.name):
        return UnreadableSource(name, "leads out of its archive")
    if not member.isfile():
        return UnreadableSource(name, "is a link or device; archives may not hold any")
    if member.size > limits.document_bytes:
        return too_large(name, limits.document_bytes, member.size)
    stream = archive.extractfile(member)
    data = stream.read() if stream else b""
    return Blob.of_bytes(name, data, depth=parent.depth + 1)


class _Bounded(io.RawIOBase):
    """What a compressed stream unpacks to; an error where that is too much."""

    def __init__(
        self, packed_stream: IO[bytes], head: bytes, name: str, packed: int, limits: Limits
    ) -> None:
        self._packed_stream = packed_stream
        self._stream = unpacked(packed_stream, head)
        self._name = name
        self._packed = packed
        self._limits = limits
        self._given = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        # A header may ask for gigabytes at once: never take more than a piece.
        with damage_told(self._name, "compressed file"):
            data = self._stream.read(1 << 20 if size < 0 else min(size, 1 << 20))
        self._given += len(data)
        check_size(self._name, self._given, self._packed, self._limits)
        return data

    def readinto(self, buffer: bytearray, /) -> int:  # type: ignore[override]
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._packed_stream.close()
        super().close()
