"""Damage as files meet it: bytes changed, cut, doubled, nested, or put in from elsewhere.

A number stands for one way to damage a file, so that any input can be made again from its number.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from random import Random

MOST_BYTES = 60_000
"""Inputs are kept small: what is large is tried in tests of its own."""

_TOKENS = (
    *(
        b"\0",
        b"\n",
        b"\r\n",
        b"\x1a",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xe2\x80\xa8",
    ),
    *(b"\xf0\x9f\x9a\x80", b"\xe2\x80\xae", b"-1", b"0", b"1e999", b"NaN", b"2147483648"),
    *(b"18446744073709551616", b"<", b">", b"</", b"]]>", b"<![CDATA[", b"&#0;", b"&#xD800;"),
    *(b"&a;", b"<!ENTITY a '&b;'>", b"<!DOCTYPE x>", b"<p>", b"<table><tr><td>", b"{", b"}", b"["),
    *(b"]", b'"', b"'", b"\\", b"\\u0000", b"\\ud800", b":", b"- ", b"---\n", b"#", b"|", b"*a"),
    *(b"&a ", b"!!python/object:os.system ", b"[[", b"]]", b"(", b"=1+1", b"../", b"null", b"true"),
    *(b"stream\n", b"endobj", b"/Kids[2 0 R]", b"/Length 99999999", b"\\bin9999 ", b"{\\*"),
)


def damaged(data: bytes, number: int, others: Sequence[bytes] = ()) -> bytes:
    """Return a file as damaged in one of many ways; the parts of a zip are damaged within it.

    >>> damaged(b"Oslo bought a radar.", 0) == damaged(b"Oslo bought a radar.", 0)
    True
    """
    random = Random(number)
    if data.startswith(b"PK\x03\x04") and random.random() < 0.7:
        return _with_damaged_member(data, random)
    for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
        data = random.choice(_WAYS)(data, random, others)[:MOST_BYTES]
    return data


def _with_damaged_member(data: bytes, random: Random) -> bytes:
    """A zip in which one member is damaged, or missing, or called otherwise."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        names = old.namelist()
        struck = random.choice(names)
        for name in names:
            member = old.read(name)
            called = name
            if name == struck:
                way = random.random()
                if way < 0.05:
                    continue
                if way < 0.15:
                    called = random.choice(
                        ("../x.txt", "/x.txt", "a\\b.txt", "C:x.txt", "\u202e.txt")
                    )
                else:
                    member = damaged(member, random.getrandbits(32))
            new.writestr(zipfile.ZipInfo(called, (2020, 1, 1, 0, 0, 0)), member)
    return stream.getvalue()


def _place(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.choice((1, 2, 4, 16, 64, 256)))


def _flip(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _n in range(random.choice((1, 1, 2, 5))):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    start, end = _place(data, random)
    return data[:start] + data[end:]


def _truncate(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _insert(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    start, _end = _place(data, random)
    return data[:start] + random.choice(_TOKENS) + data[start:]


def _replace(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    start, end = _place(data, random)
    return data[:start] + random.choice(_TOKENS) + data[end:]


def _repeat(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    start, end = _place(data, random)
    times = random.choice((2, 3, 10, 100, 2000))
    return data[:start] + data[start:end] * times + data[end:]


def _nest(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    start, _end = _place(data, random)
    return data[:start] + random.choice(_TOKENS) * random.choice((10, 200, 5000)) + data[start:]


def _splice(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    other = random.choice(others) if others else data
    start, end = _place(other, random)
    at, _end = _place(data, random)
    return data[:at] + other[start : max(end, start + 300)] + data[at:]


def _digits(data: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    """Other numbers where numbers stand: lengths, offsets, counts."""
    places = [n for n, byte in enumerate(data) if 48 <= byte < 58]
    if not places:
        return data
    at = random.choice(places)
    return data[:at] + random.choice((b"0", b"-1", b"9", b"99999999999", b"1e400")) + data[at + 1 :]


_WAYS: tuple[Callable[[bytes, Random, Sequence[bytes]], bytes], ...] = (
    *(_flip, _flip, _cut, _truncate, _insert, _insert, _replace, _repeat, _nest, _splice, _digits),
)
