"""Web archives (WARC, ISO 28500:2017), by warcio (extra ``warc``): the pages in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..errors import UnreadableSource
from .blobs import Blob, Item, Options, damage_told, missing, too_large

_READ = ("text/", "application/xhtml", "application/pdf", "application/rss", "application/atom")
"""What servers call the kinds of content that are documents."""
_NOT_READ = ("text/css", "text/javascript")


def read_warc(blob: Blob, options: Options) -> Iterator[Item]:
    """Read every answer that is a document; each is a member with its address."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise missing(blob.name, "warc") from error
    limit = options.limits.document_bytes
    unpacked = 0
    with blob.open() as stream, damage_told(blob.name, "web archive"):
        for record in ArchiveIterator(stream):
            headers = record.http_headers
            if record.rec_type != "response" or headers is None:
                continue
            media_type = (headers.get_header("Content-Type") or "").partition(";")[0].strip()
            if headers.get_statuscode() != "200" or not _is_read(media_type):
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            content = record.content_stream().read(limit + 1)
            unpacked += len(content)
            if len(content) > limit:
                yield too_large(f"{blob.name}/{address}", limit)
            elif unpacked > options.limits.unpacked_bytes:
                raise UnreadableSource(blob.name, "unpacks to too much")
            else:
                page = Blob.of_bytes(f"{blob.name}/{address}", content, media_type=media_type)
                crawled = (record.rec_headers.get_header("WARC-Date") or "")[:10]
                known = {"url": address, "crawled": crawled}
                yield replace(page, fields=known, depth=blob.depth + 1)


def _is_read(media_type: str) -> bool:
    return media_type.startswith(_READ) and not media_type.startswith(_NOT_READ)
