"""Zip containers from strangers, opened only if what they unpack to is within bounds."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from ..errors import UnreadableSource
from .blobs import Blob, Limits, damage_told


@contextmanager
def open_zip(blob: Blob, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Open a zip that lies on disk or in memory; sizes stated in it are those that can be read.

    Raises:
        UnreadableSource: It is broken, or unpacks to too much.
    """
    with blob.open() as stream:
        with damage_told(blob.name, "zip archive"):
            if not stream.seekable():
                stream = BytesIO(blob.read(limits.document_bytes))
            archive = zipfile.ZipFile(stream)
            members = archive.infolist()
        with archive:
            if len(members) > limits.members:
                raise UnreadableSource(blob.name, f"has over {limits.members:,} members")
            unpacked = sum(member.file_size for member in members)
            packed = sum(member.compress_size for member in members)
            check_size(blob.name, unpacked, packed, limits)
            yield archive


def check_size(name: str, unpacked: int, packed: int, limits: Limits) -> None:
    """Refuse what unpacks to too much.

    Raises:
        UnreadableSource: It is over the limits.
    """
    if unpacked > limits.unpacked_bytes:
        reason = f"unpacks to over {limits.unpacked_bytes / 1e6:,.1f} MB"
        raise UnreadableSource(name, reason)
    if unpacked > limits.ratio_from and unpacked > limits.ratio * max(packed, 1):
        reason = f"unpacks to over {limits.ratio} times its size, as a zip bomb does"
        raise UnreadableSource(name, reason)


@contextmanager
def open_package(blob: Blob, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Open a document that is a zip: it is held to the size of one document.

    Raises:
        UnreadableSource: It is broken, encrypted, or unpacks to too much.
    """
    data = blob.read(limits.document_bytes)
    with open_zip(Blob.of_bytes(blob.name, data), limits) as archive:
        if any(member.flag_bits & 1 for member in archive.infolist()):
            raise UnreadableSource(blob.name, "is encrypted; save it without a password first")
        yield archive


def read_part(blob: Blob, archive: zipfile.ZipFile, part: str, limits: Limits) -> bytes:
    """Read one part of a document that is a zip.

    Raises:
        UnreadableSource: It is missing, broken or too large.
    """
    with damage_told(blob.name, "file"):
        member = archive.getinfo(part)
    check_size(blob.name, member.file_size, member.compress_size, limits)
    if member.file_size > limits.document_bytes:
        raise UnreadableSource(blob.name, f"holds a {part} over the limit on documents")
    with damage_told(blob.name, "file"):
        return archive.read(member)
