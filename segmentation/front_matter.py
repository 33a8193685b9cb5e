"""The YAML block before a text, and the names under which sources give the fields of a document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ..shallow_yaml import is_shallow
from .dates import whole_date

_MAX_LENGTH = 100_000
_BLOCK = re.compile(r"---[ \t\r]*\n(.*?)^(?:---|\.\.\.)[ \t\r]*(?:\n|\Z)", re.S | re.M)

KEY_VALUE = re.compile(r"^(\w(?:[\w -]*[\w-])?)[ \t]*:[ \t]*(\S.*)$", re.M)
"""A line such as *Published by: Acme*: key and value."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline"),
    "publisher": ("publisher", "source", "site", "site_name"),
    "date": ("date", "published", "published_time", "date_published", "publication_date"),
    "url": ("url", "source_url", "link", "canonical", "canonical_url", "permalink", "source"),
    "language": ("language", "lang"),
}
"""The keys that stand for a field of a document, best first."""


class FrontMatter(NamedTuple):
    """What a block tells of its document, and where the text after it begins."""

    fields: dict[str, str]
    further: dict[str, str]
    """Keys and values that stand for no field."""
    end: int


def parse_front_matter(text: str) -> FrontMatter:
    r"""Parse the block that a text begins with; without one, nothing is known and the end is 0.

    >>> parse_front_matter("---\nheadline: Radar sale\nTopic: radar\n---\nOslo paid.")
    FrontMatter(fields={'title': 'Radar sale'}, further={'topic': 'radar'}, end=42)
    """
    match = _BLOCK.match(text, 0, _MAX_LENGTH)
    data = _load(match[1]) if match else None
    if not match or not isinstance(data, dict) or not data:
        return FrontMatter({}, {}, 0)
    raw = {}
    for key, value in data.items():
        words = _words(value)
        if words not in ("", "~", "null"):
            raw[re.sub(r"[\s-]+", "_", str(key).strip().lower())] = words
    return FrontMatter(*split_fields(raw), match.end())


def split_fields(raw: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Part raw keys and values into the fields of a document and the rest.

    >>> split_fields({"source": "Acme", "topic": "radar"})
    ({'publisher': 'Acme'}, {'topic': 'radar'})
    """
    fields, further = {}, dict(raw)
    for field, keys in FIELDS.items():
        for key in keys:
            if value := _field_value(field, further.get(key, "")):
                fields[field] = value
                del further[key]
                break
    return fields, further


def _load(block: str) -> object:
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:  # BaseLoader makes nothing but strings, lists and mappings
        if is_shallow(block, loader):
            return yaml.load(block, Loader=loader)  # noqa: S506
    except yaml.YAMLError:
        pass
    # Typically an unquoted colon in a title; the lines are clear enough.
    return {key: value.strip().strip("'\"") for key, value in KEY_VALUE.findall(block)}


def _words(value: object) -> str:
    """A scalar, or the scalars of a list, in one line; of a mapping nothing."""
    values = value if isinstance(value, list) else [value]
    return "; ".join(" ".join(v.split()) for v in values if isinstance(v, str) and v.strip())


def _field_value(field: str, value: str) -> str | None:
    """The value as the field takes it; None if it is of another sort."""
    is_url = value.startswith(("http://", "https://", "www."))
    if field == "date":
        return whole_date(value)
    if field == "language":
        return value[:2].lower() if re.fullmatch(r"[A-Za-z]{2}(?:[-_].*)?", value) else None
    if field == "url":
        return value if is_url else None
    if field == "publisher":
        return None if is_url else value
    return value
