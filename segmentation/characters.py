"""Bytes become characters that every later stage can hold."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (b"\x89PNG", b"\x7fELF", b"PK\x03\x04", b"%PDF-", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b",
          b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"{\\rtf", b"MZ\x90")  # fmt: skip
"""What files of common binary formats begin with."""
_CONTROL_BYTES = bytes({*range(32), 127} - {*b"\t\n\v\f\r\x1b"})
_HIGH_BYTES = bytes(range(128, 256))

_LINE_ENDS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def decode(data: bytes) -> tuple[str, str] | None:
    r"""The text of a file and the encoding it was taken to be in; None for a binary file.

    >>> decode("Malmö".encode("cp1252"))
    ('Malmö', 'cp1252')
    >>> decode(b"%PDF-1.7")
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    if utf16 := _utf16_without_mark(data):
        return data.decode(utf16, "replace"), utf16
    if _looks_binary(data):
        return None
    text = data.decode("utf-8", "replace")
    high = _count(data, _HIGH_BYTES)
    if 5 * text.count("\ufffd") <= high:
        return text, "utf-8"
    encoding = _legacy_encoding(data, high)
    return data.decode(encoding, "replace"), encoding


def clean(text: str) -> str:
    r"""Replace what no XML, database or terminal takes, one character for one.

    >>> clean("Oslo\0bought\fradars")
    'Oslo bought\nradars'
    """
    return _UNPRINTABLE.sub(" ", _LINE_ENDS.sub("\n", text))


def _looks_binary(data: bytes) -> bool:
    return data.startswith(_MAGIC) or _count(data, _CONTROL_BYTES) > max(8, len(data) // 100)


def _count(data: bytes, kind: bytes) -> int:
    """How many bytes of a kind there are."""
    return len(data) - len(data.translate(None, kind))


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 of a Latin text has a zero in every other byte."""
    head = data[:4096]
    if len(data) % 2 == 0 and len(head) >= 8:
        for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            if head[start::2].count(0) > 0.4 * len(head) > 10 * head[1 - start :: 2].count(0):
                return encoding
    return None


def _legacy_encoding(data: bytes, high: int) -> str:
    """Windows-1252 where nearly all is ASCII, else what charset-normalizer makes of it.

    A few accents and quotation marks are too little to tell code pages apart by statistics.
    """
    if high <= len(data) // 4:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[: data.rfind(b" ", 0, 50_000) + 1] or data[:50_000]).best()
    return best.encoding if best else "cp1252"
