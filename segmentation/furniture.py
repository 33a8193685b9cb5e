"""Lines of a page that are no part of its text: menus, share buttons, bylines, comment forms."""

from __future__ import annotations

import re

from .dates import leading_date, whole_date
from .header import header_facts

# Each alternative matches a whole line, so that a sentence about Twitter or cookies stays.
_FURNITURE = re.compile(
    r"""
    # Ways around the site.
    skip\ to\ (?:main\ )?(?:content|navigation)|back\ to\ top|toggle\ navigation|jump\ to\ .{1,30}
    |home|about(?:\ us)?|contact(?:\ us)?|menu|search|archives?|log\ ?in|log\ ?out|sign\ (?:in|up)
    |register|subscribe|donate|sitemap|privacy(?:\ policy|\ notice)?|terms(?:\ of\ (?:use|service))?

    # Sharing and following.
    |share(?:\ this(?:\ (?:post|article|page|story))?)?:?(?:\ on\ \w+)?|share\ this:?\ .{0,80}
    |tweet(?:\ this)?|like(?:\ this)?:?|(?:like\ )?loading\W*|reblog|e-?mail(?:\ this)?|print|pocket
    |facebook|twitter|linkedin|reddit|whatsapp|telegram|pinterest|tumblr|google\+|copy\ link
    |(?:facebook|twitter|google\+?|wordpress(?:\.com)?|gravatar)\ (?:photo|picture|logo|image)
    |click\ to\ (?:share|e-?mail|print).{0,80}|be\ the\ first\ to\ like\ this\W*
    |follow\ us(?:\ (?:on|at)\ .{1,60})?
    |(?:sign\ up|subscribe)\ (?:for|to)\ .{0,80}\bnewsletters?\W*
    |advertisements?|sponsored(?:\ content)?|report\ this\ ad

    # Where the page is filed, and what to read next.
    |tags?\s*:.*|tagged\s*+(?:with)?\s*:.*|filed\ under\b:?[^.]*|categor(?:y|ies)\s*:.*
    |posted\s*:.*|posted\ in\ [^.,]{1,60}|view\ all\ posts\ by\ .*
    |(?:read\ (?:more|also|next)|also\ read|related(?:\ \w+)?)\s*:.*|read\ (?:more|next)\W*
    |related\ (?:articles|posts|stories|content)|you\ (?:may|might)\ also\ like\W*.{0,80}
    |(?:no|\d+)\ (?:comments?|shares|likes)|\d+\ responses?\ to\ .*|\d+\ min(?:ute)?s?\ read

    # The form for comments.
    |(?:leave|post|add|write)\ a\ (?:reply|comment)\W*(?:cancel\ reply)?|cancel(?:\ reply)?|reply
    |fill\ in\ your\ details\ below.*|you\ are\ commenting\ using\ your\ .*|connecting\ to\ \S+
    |log\ ?out\ /\ change\W*|notify\ me\ of\ (?:new|follow-?up)\ (?:comments|posts).*
    |your\ e-?mail\ address\ will\ not\ be\ published.*|required\ fields\ are\ marked.*
    |enter\ your\ comment\ here.*|save\ my\ name,\ e-?mail.*|this\ site\ uses\ akismet.*
    |(?:e-?mail|name|comment|website)\ ?(?:\*|\(.{0,20}required\).*)|post\ comment

    # Cookies and copyright.
    |(?:we|(?:this|our)\ (?:web)?site)\ uses?\ .{0,60}\bcookies\b.*
    |by\ (?:continuing|using)\ .{0,80}\bcookies\b.*
    |(?:accept|reject|manage|allow)\ (?:all\ )?cookies|cookie\ (?:policy|settings|preferences)
    |©\s*\S.*|copyright\s*(?:©|\(c\))\s*\S.*|\(c\)\s*(?:19|20)\d\d\b.*|copyright\s+\d{4}.*
    |all\ rights\ reserved\W*

    # Marks of a printed page, credits of pictures, the end.
    |(?=.*\b\d\d/\d\d/\d\d)(?-i:[A-Z0-9/.\s–—-]{6,40})|(?:page|p\.)\ \d+(?:\ (?:of|/)\ \d+)?
    |\(?(?:photo|image|picture|photograph)s?(?:\ (?:credit|source|by|courtesy\ of))?\s*:.*
    |.{0,250}\b(?:photo|image|picture)(?:\ (?:credit|by|courtesy\ of))?:\s*+[^.]{2,80}
    |.{0,250}(?:/\s*getty\ images|\bAP\ photo/[\w.\s]{2,40})\)?
    |(?:the\ )?ends?|for\ immediate\ release
    |(?:end\s+)?\d\d?:\d\d\s*[ap]\.?m\.?(?:\s+\(?[A-Z]{2,4}\)?)?

    # Addresses and mark-up without words.
    |(?:(?:url|link|source|web|see)\s*:\s*)?<?(?:https?://|www\.)\S+>?|\[[^\]]+\]:\s*\S+
    |(?:<[/\w!][^<>]*>|&nbsp;|\s)+
    """,
    re.I | re.X,
)
_FORM = re.compile(
    r"fill in your details below|your e-?mail address will not be published"
    r"|(?P<link>(?:leave|post|add|write) a (?:reply|comment)\b.{0,30}$)",
    re.I,
)
_STAMP = re.compile(
    r"(?:posted|published|issued|released|dated?|(?P<later>(?:last )?(?:updated|modified)))"
    r"(?:\s*:\s*|\s+(?:on\s+)?)",
    re.I,
)
_STAMP_REST = re.compile(r"\s*+(?:[|,]?\s*(?:in|by|at|under)\s[^,.]{1,80})?", re.I)
_SEPARATOR = re.compile(r"(?<!\s)\s+[|•·]\s+")


def furniture_facts(line: str, *, in_header: bool) -> dict[str, str] | None:
    """What a line that is no running text tells of the document; None for running text.

    >>> furniture_facts("Posted: 10 March 2011 in Notes", in_header=True)
    {'date': '2011-03-10'}
    >>> furniture_facts("Home | About | Contact", in_header=False)
    {}
    >>> furniture_facts("Facebook removed the accounts.", in_header=False)
    """
    facts: dict[str, str] = {}
    for part in _SEPARATOR.split(line):
        told = _facts_of_part(part, in_header)
        if told is None:
            return None
        facts = told | facts
    return facts


def begins_comment_form(line: str, *, in_second_half: bool) -> bool:
    """Whether nothing but comments follows; above the text, *Leave a comment* is just a link.

    >>> begins_comment_form("Leave a comment", in_second_half=False)
    False
    """
    match = _FORM.match(line)
    return match is not None and (in_second_half or not match["link"])


def _facts_of_part(line: str, in_header: bool) -> dict[str, str] | None:
    if date := whole_date(line):
        return {"date": date}
    if (facts := _stamp(line)) is not None:
        return facts
    if in_header and (facts := header_facts(line)) is not None:
        return facts
    return {} if _FURNITURE.fullmatch(line) else None


def _stamp(line: str) -> dict[str, str] | None:
    """When a page was posted; when it was updated is not its date."""
    stamp = _STAMP.match(line)
    date = leading_date(line[stamp.end() :]) if stamp else None
    if not stamp or not date or not _STAMP_REST.fullmatch(line, stamp.end() + date[1]):
        return None
    return {} if stamp["later"] else {"date": date[0]}
