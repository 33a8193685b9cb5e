"""E-mail messages (RFC 5322 and MIME): the message, then what is attached to it."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from ..errors import UnreadableSource
from .blobs import Blob, Item, Options, Text, damage_told
from .blocks import html_blocks, with_title

_LONGEST_HEADER = 1_000
"""Characters of a header that are read: to parse one takes the square of its length."""


class _Policy(EmailPolicy):
    """The rules of RFC 5322, for messages from strangers."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return super().header_fetch_parse(name, value[:_LONGEST_HEADER])


def read_mail(blob: Blob, options: Options) -> Iterator[Item]:
    """Read the text of a message, else its HTML; attachments follow as members."""
    data = blob.read(options.limits.document_bytes)
    with damage_told(blob.name, "message"):
        message = message_from_bytes(data, policy=_Policy())
        assert isinstance(message, EmailMessage)  # noqa: S101 (by its policy)
        fields = _fields(message)
        text = _body(message)
        attached = list(_attached(message))
    if not fields and not text.strip():
        raise UnreadableSource(blob.name, "is no e-mail message")
    if text.strip():
        yield Text(blob.name, with_title(fields.get("title", ""), text), fields)
    for name, media_type, content in attached:
        yield Blob.of_bytes(
            f"{blob.name}/{name}", content, media_type=media_type, depth=blob.depth + 1
        )


def mail_date(value: str) -> str | None:
    """The day of a date as RFC 5322 writes it.

    >>> mail_date("Mon, 15 Apr 24 23:30:00 -0500")
    '2024-04-15'
    """
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, IndexError, OverflowError):
        return None


def _fields(message: EmailMessage) -> dict[str, str]:
    name, address = parseaddr(str(message.get("From", "")))
    told = {
        "title": " ".join(str(message.get("Subject", "")).split()),
        "author": name or address,
        "date": mail_date(str(message.get("Date", ""))) or "",
        "message_id": str(message.get("Message-ID", "")).strip(),
    }
    return {name: value for name, value in told.items() if value}


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    content = part.get_content()
    if not isinstance(content, str):
        return ""
    return html_blocks(content) if part.get_content_type() == "text/html" else content


def _attached(message: EmailMessage) -> Iterator[tuple[str, str, bytes]]:
    """Name, media type and content of the attachments that have a name."""
    for part in message.iter_attachments():
        name = part.get_filename()
        if name is None or part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            name = name.replace("\\", "/").rpartition("/")[2]
            yield name, part.get_content_type(), content
