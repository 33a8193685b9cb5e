"""Rich Text Format, by striprtf (extra ``office``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from ..errors import UnreadableSource
from .blobs import Blob, Item, Options, Text, damage_told, missing
from .blocks import join_blocks

_MAX_NESTING = 2_000
_FIELD = re.compile(r"\{\\(?:\*\\)?(title|author|company|subject) ?((?:[^{}\\]|\\.)*)\}")
_MADE = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_CODE_PAGE = re.compile(r"\\ansicpg(\d+)")


def read_rtf(blob: Blob, options: Options) -> Iterator[Item]:
    """Read the paragraphs, and the title and author of the information group."""
    data = blob.read(options.limits.document_bytes)
    if not data.startswith(b"{\\rtf"):
        raise UnreadableSource(blob.name, "is no RTF file")
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise missing(blob.name, "office") from error
    markup = data.decode("latin-1")
    if markup.count("{") - markup.count("}") > _MAX_NESTING:
        raise UnreadableSource(blob.name, "is a damaged RTF file (groups are not closed)")
    page = found[1] if (found := _CODE_PAGE.search(markup)) else "1252"
    header = markup[:100_000]
    convert: Callable[[str], str] = partial(rtf_to_text, encoding=f"cp{page}", errors="replace")
    with damage_told(blob.name, "RTF file"):
        text = convert(markup)
        told = {
            name: convert(f"{{\\rtf1 {value}}}").strip()
            for name, value in reversed(_FIELD.findall(header))
        }
    made = _MADE.search(header)
    fields = {name: told[name] for name in ("title",) if told.get(name)}
    fallback = {name: told[name] for name in ("author",) if told.get(name)}
    if made:
        fallback["date"] = f"{made[1]}-{int(made[2]):02}-{int(made[3]):02}"
    yield Text(blob.name, join_blocks(text.split("\n")), fields, fallback)
