"""Which reader fits a blob, and reading it, through whatever contains it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..errors import UnreadableSource
from . import (
    archives,
    epub,
    feeds,
    html,
    mail,
    opendocument,
    pdf,
    plain,
    rtf,
    tables,
    warc,
    word,
)
from .archives import is_tar
from .blobs import Blob, Options, Reader, Text


@dataclass(frozen=True, slots=True)
class Format:
    """A family of files and what reads it."""

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    media_types: tuple[str, ...] = ()
    streams: bool = False
    """Whether it is read piece by piece, so that the limit on documents is not one on the file."""


PLAIN = Format("plain text", (".txt", ".md", ".markdown", ".text"), plain.read_plain)
HTML = Format(
    "web page",
    (".html", ".htm", ".xhtml"),
    html.read_html,
    ("text/html", "application/xhtml+xml"),
)
PDF = Format("PDF", (".pdf",), pdf.read_pdf, ("application/pdf",))
WORD = Format("Word document", (".docx", ".docm"), word.read_word)
OPENDOCUMENT = Format("OpenDocument text", (".odt", ".ott"), opendocument.read_opendocument)
RTF = Format("RTF", (".rtf",), rtf.read_rtf, ("application/rtf", "text/rtf"))
EPUB = Format("book", (".epub",), epub.read_epub, ("application/epub+zip",))
MAIL = Format("message", (".eml",), mail.read_mail, ("message/rfc822",))
CSV = Format("table", (".csv", ".tsv"), tables.read_csv, ("text/csv",), streams=True)
JSON = Format("JSON", (".json",), tables.read_json, ("application/json",))
JSON_LINES = Format("JSON lines", (".jsonl", ".ndjson"), tables.read_json_lines, streams=True)
PARQUET = Format("Parquet", (".parquet",), tables.read_parquet, streams=True)
FEED = Format(
    "feed",
    (".rss", ".atom", ".xml"),
    feeds.read_feed,
    ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml"),
)
WARC = Format("web archive", (".warc", ".warc.gz"), warc.read_warc, streams=True)
ZIP = Format("zip", (".zip",), archives.read_zip, ("application/zip",), streams=True)
TAR = Format(
    "tar",
    (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"),
    archives.read_tar,
    ("application/x-tar",),
    streams=True,
)
COMPRESSED = Format(
    "compressed file",
    (".gz", ".bz2", ".xz"),
    archives.read_compressed,
    ("application/gzip", "application/x-gzip"),
    streams=True,
)

FORMATS = (
    *(PLAIN, HTML, PDF, WORD, OPENDOCUMENT, RTF, EPUB, MAIL, CSV, JSON, JSON_LINES, PARQUET),
    *(FEED, WARC, ZIP, TAR, COMPRESSED),
)
SUFFIXES = tuple(suffix for format_ in FORMATS for suffix in format_.suffixes)
"""Kinds of file that are read, whatever the case of their letters."""

_CONTAINERS = (ZIP, TAR, COMPRESSED, WARC)
_MAGIC = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"PAR1", PARQUET),
    (b"WARC/", WARC),
    (b"\x1f\x8b", COMPRESSED),
    (b"BZh", COMPRESSED),
    (b"\xfd7zXZ", COMPRESSED),
)
_PACKAGES = (
    (b"mimetypeapplication/epub+zip", EPUB),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", OPENDOCUMENT),
    (b"word/", WORD),
)
"""What the beginning of a zip tells of the document that it is."""


def read(blob: Blob, options: Options) -> Iterator[Text | UnreadableSource]:
    """Read the documents of a blob, and those of its members; what cannot be read is told."""
    format_ = format_of(blob)
    if format_ is None:
        yield UnreadableSource(blob.name, "is of no kind that is read; save it as text first")
        return
    depth = options.limits.depth
    if blob.depth > depth or (blob.depth == depth and format_ in _CONTAINERS):
        yield UnreadableSource(blob.name, f"lies in over {depth} archives; unpack it first")
        return
    try:
        for item in format_.read(blob, options):
            if isinstance(item, Blob):
                yield from read(item, options)
            elif isinstance(item, Text):
                yield _described(item, blob)
            else:
                yield item
    except UnreadableSource as problem:
        yield problem


def format_of(blob: Blob) -> Format | None:
    """The format of a blob, by its suffix, by what a server says, or by its first bytes.

    >>> format_of(Blob.of_bytes("a.TAR.GZ", b"")).name, format_of(Blob.of_bytes("-", b"%PDF-")).name
    ('tar', 'PDF')
    """
    known = suffix_format(blob.name)
    if known and not blob.media_type:
        return known
    head = blob.head()
    if magic := _by_magic(head):  # a zip may be many things, which its name tells
        return known if known and magic in _CONTAINERS else magic
    by_type = (f for f in FORMATS if blob.media_type in f.media_types)
    return next(by_type, known) or _by_words(head)


def suffix_format(name: str) -> Format | None:
    """The format that the suffix of a name stands for; the longest suffix counts."""
    name = name.lower()
    dot = name.find(".")
    while dot >= 0:
        if known := _BY_SUFFIX.get(name[dot:]):
            return known
        dot = name.find(".", dot + 1)
    return None


_BY_SUFFIX = {suffix: format_ for format_ in FORMATS for suffix in format_.suffixes}


def _by_magic(head: bytes) -> Format | None:
    for magic, format_ in _MAGIC:
        if head.startswith(magic):
            return format_
    if is_tar(head):
        return TAR
    if head.startswith(b"PK\x03\x04"):
        return next((format_ for mark, format_ in _PACKAGES if mark in head), ZIP)
    return None


def _by_words(head: bytes) -> Format | None:
    """What text begins like; anything else that is text is plain text."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html")) or b"<html" in text[:1000]:
        return HTML
    if text.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf")):
        return FEED
    if text.startswith((b"{", b"[")):
        return JSON
    if text.startswith((b"return-path:", b"received:", b"delivered-to:", b"from:", b"mime-")):
        return MAIL
    return PLAIN


def _described(text: Text, blob: Blob) -> Text:
    """What is known of the blob holds where its content says nothing."""
    return replace(text, fields={**blob.fields, **text.fields}) if blob.fields else text
