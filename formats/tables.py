"""Tables and records: CSV, JSON, JSON lines, Parquet; every row is a document.

Which column holds what is told by its name, or by the caller.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from ..errors import UnreadableSource
from ..segmentation.characters import decode
from .blobs import Blob, Item, Options, Text, damage_told, missing, too_large
from .blocks import html_blocks, looks_like_html, with_title

FIELDS = ("text", "title", "author", "publisher", "date", "url", "language")
"""What a column can be mapped to."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": tuple(
        """text body content full_text fulltext article_text articlebody article_body maintext
        body_text content_text plain_text article story transcript message raw_text content_html
        html""".split()
    ),
    "title": ("title", "headline", "subject", "article_title"),
    "author": ("author", "authors", "byline", "creator", "author_name", "writer"),
    "publisher": tuple(
        """publisher source_name source_title outlet publication site_name sitename newspaper source
        domain feed""".split()
    ),
    "date": tuple(
        """date date_published datepublished published_at publishedat publication_date publish_date
        published pubdate published_date published_time datetime timestamp created_at""".split()
    ),
    "url": ("url", "link", "canonical_url", "source_url", "permalink", "web_url", "uri"),
    "language": ("language", "lang", "language_code"),
}
"""Names of columns that are understood, best first; case and punctuation do not matter."""

_MAX_VALUE = 500
"""Longer values of further columns are not kept as metadata."""
_SNIFFED = 65_536
_BATCH = 256

Record = Mapping[str, str]
Rows = Iterator[Record | str]
"""Records; instead of a broken one, the reason."""


def read_csv(blob: Blob, options: Options) -> Iterator[Item]:
    """Read the rows of a table with a header; comma, semicolon, tab or bar apart."""
    return _documents(blob, options, _csv_rows(blob, options))


def read_json(blob: Blob, options: Options) -> Iterator[Item]:
    """Read one record, a list of records, or the longest list of records within one record."""
    return _documents(blob, options, _json_rows(blob, options))


def read_json_lines(blob: Blob, options: Options) -> Iterator[Item]:
    """Read one record a line; a broken line does not stop the rest."""
    return _documents(blob, options, _json_lines(blob, options))


def read_parquet(blob: Blob, options: Options) -> Iterator[Item]:
    """Read the rows of a Parquet file, some hundreds at a time."""
    return _documents(blob, options, _parquet_rows(blob, options))


def find_columns(names: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """Find which column holds which field; what is given wins.

    >>> find_columns(["ID", "Headline", "Full Text", "Published At"], {})
    {'text': 'Full Text', 'title': 'Headline', 'date': 'Published At'}
    """
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(_key(name), name)
    found = {
        field: known[spelling]
        for field, spellings in _NAMES.items()
        for spelling in reversed(spellings)
        if spelling in known
    }
    return {**found, **given}


def _key(name: str) -> str:
    return re.sub(r"\W+", "_", name.strip().lower()).strip("_")


def _documents(blob: Blob, options: Options, rows: Rows) -> Iterator[Item]:
    """Make a document of every record that has a text."""
    blank = 0
    for number, record in enumerate(rows, 1):
        name = blob.name if number == 1 and blob.suffix == ".json" else f"{blob.name}#{number}"
        if isinstance(record, str):
            yield UnreadableSource(f"{blob.name}#{number}", record)
            continue
        columns = find_columns(record, options.columns)
        text = record.get(columns["text"], "") if "text" in columns else ""
        if not text.strip():
            if "text" not in columns or columns["text"] not in record:
                raise _no_text(blob.name, columns, record)
            blank += 1
        elif len(text) > options.limits.document_bytes:
            yield too_large(name, options.limits.document_bytes, len(text))
        else:
            yield _document(name, text, columns, record)
    if blank:
        yield UnreadableSource(blob.name, f"has no text in {blank:,} of its rows")


def _document(name: str, text: str, columns: Mapping[str, str], record: Record) -> Text:
    fields = {field: record.get(column, "").strip() for field, column in columns.items()}
    used = set(columns.values())
    further = {
        _key(column): " ".join(value.split())
        for column, value in record.items()
        if column not in used and value.strip() and len(value) <= _MAX_VALUE
    }
    if looks_like_html(text):
        text = html_blocks(text)
    del fields["text"]
    told = {key: value for key, value in further.items() if key not in _NAMES} | {
        field: value for field, value in fields.items() if value
    }
    return Text(name, with_title(fields.get("title", ""), text), told)


def _no_text(name: str, columns: Mapping[str, str], record: Record) -> UnreadableSource:
    there = ", ".join(sorted(record)[:20]) or "nothing"
    wanted = f"column {columns['text']!r}" if "text" in columns else "column that holds the text"
    reason = f"has no {wanted}; it has {there}. Name it: --map text=COLUMN"
    return UnreadableSource(name, reason)


def _csv_rows(blob: Blob, options: Options) -> Rows:
    head = blob.head(_SNIFFED)
    decoded = decode(head)
    if decoded is None:
        raise UnreadableSource(blob.name, "looks like a binary file; save it as CSV first")
    beginning, encoding = decoded
    header = next(iter(beginning.lstrip("\ufeff").splitlines()), "")
    delimiter = max(",;\t|", key=header.count)
    if encoding == "utf-8":
        encoding = "utf-8-sig"
    elif encoding.startswith(("utf-16", "utf-32")):
        encoding = encoding[:6]
    before = csv.field_size_limit(min(options.limits.document_bytes, 2**31 - 1))
    try:
        with (
            damage_told(blob.name, "table"),
            blob.open() as raw,
            io.TextIOWrapper(raw, encoding, "replace", newline="") as lines,
        ):
            for row in csv.DictReader(lines, delimiter=delimiter, restkey=""):
                row.pop("", None)  # cells beyond the header
                yield {name: value or "" for name, value in row.items()}
    finally:
        csv.field_size_limit(before)


def _json_rows(blob: Blob, options: Options) -> Rows:
    data = blob.read(options.limits.document_bytes)
    decoded = decode(data)
    if decoded is None:
        raise UnreadableSource(blob.name, "looks like a binary file")
    try:
        content = json.loads(decoded[0].removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        if _first_line_is_record(decoded[0]):
            yield from _json_lines(blob, options)
            return
        raise UnreadableSource(blob.name, f"is broken JSON ({error})") from error
    records = _records(content)
    if not records:
        raise UnreadableSource(blob.name, "holds no records")
    for record in records:
        yield _flat(record)


def _first_line_is_record(text: str) -> bool:
    try:
        return isinstance(json.loads(text.lstrip("\ufeff\n ").partition("\n")[0]), dict)
    except (ValueError, RecursionError):
        return False


def _records(content: object) -> list[object]:
    """The records of a JSON value."""
    if isinstance(content, list):
        return [record for record in content if isinstance(record, dict)]
    if not isinstance(content, dict):
        return []
    if "text" in find_columns(map(str, content), {}):
        return [content]
    lists = [found for value in content.values() if (found := _list_of_records(value))]
    return max(lists, key=len, default=[content])


def _list_of_records(value: object) -> list[object]:
    if isinstance(value, dict):  # one more level: {"response": {"results": [...]}}
        return max((_list_of_records(v) for v in value.values()), key=len, default=[])
    if isinstance(value, list) and value and all(isinstance(record, dict) for record in value):
        return value
    return []


def _json_lines(blob: Blob, options: Options) -> Rows:
    limit = options.limits.document_bytes
    with blob.open() as stream, damage_told(blob.name, "file of JSON lines"):
        while line := stream.readline(limit + 1):
            if len(line) > limit:
                raise UnreadableSource(blob.name, "has a line over the limit on documents")
            if not line.strip():
                continue
            try:
                record = json.loads(line.decode("utf-8-sig", "replace"))
            except (ValueError, RecursionError) as error:
                yield f"is broken JSON ({error})"
                continue
            yield _flat(record) if isinstance(record, dict) else "is no JSON object"


def _parquet_rows(blob: Blob, options: Options) -> Rows:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise missing(blob.name, "parquet") from error
    stream = blob.open()
    if not stream.seekable():
        stream = io.BytesIO(blob.read(options.limits.document_bytes))
    with stream, damage_told(blob.name, "Parquet file"):
        for batch in ParquetFile(stream).iter_batches(_BATCH):
            for record in batch.to_pylist():
                yield _flat(record)


def _flat(record: object) -> Record:
    return dict(_pairs(record))


def _pairs(record: object, prefix: str = "", depth: int = 3) -> Iterator[tuple[str, str]]:
    """Values as text; those of a record within a record get a dotted name."""
    if not isinstance(record, dict):
        return
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and depth:
            yield from _pairs(value, f"{name}.", depth - 1)
        else:
            yield name, _words(value)


def _words(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, list):
        parts = [v.get("name", "") if isinstance(v, dict) else v for v in value]
        return "; ".join(words for part in parts if (words := _words(part)))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
