r"""Files and folders in, documents out.

A `Document` keeps the text as it was read: decoded, with line ends as ``\n`` and control characters
replaced one for one. Offsets count characters of that text, front matter included. Nothing is cut
out of it; its passages say which parts are running text, and what lies in none of them (front
matter, menus, share buttons, comment forms) is read no further.

>>> document = read_text("Radar sale\n\nBy Jane Doe\n\nOslo bought a radar.\n\nShare this:\n")
>>> document.title, document.author
('Radar sale', 'Jane Doe')
>>> [document.text[p.start : p.end] for p in document.passages]
['Radar sale', 'Oslo bought a radar.']

Mark-up follows CommonMark where a text uses any: https://spec.commonmark.org/0.31.2/
"""

from __future__ import annotations

import codecs
import datetime
import glob
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice, pairwise
from pathlib import Path

from .errors import UnreadableSource
from .schema import Document, Passage, PassageKind

SUFFIXES = (".txt", ".md", ".markdown", ".text")
"""Kinds of file that are read, whatever the case of their letters."""

MAX_BYTES = 200_000_000
MAX_PASSAGE = 50_000
"""Longer passages are cut at the end of a sentence, or at a blank, so that parsing stays linear."""

OnProblem = Callable[[UnreadableSource], None]


# Files


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where it lies, the name to show, its size in bytes."""

    path: Path
    name: str
    """Path relative to the folder that was named; longer only where two files would share it."""
    size: int


def read_documents(
    sources: str | Path | Document | Iterable[str | Path | Document],
    *,
    on_problem: OnProblem | None = None,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Document]:
    """Yield the documents of files, folders, globs and `Document` objects, segmented.

    Documents that were handed over come first, as given; then the files, sorted by name, so that
    neither the file system nor the order of the sources shows.

    Args:
        sources: Folders are searched recursively for `SUFFIXES`; hidden files are left alone.
        on_problem: Called for each source that cannot be read, and the rest goes on.
        max_bytes: A larger file is a problem, and is not read.

    Raises:
        UnreadableSource: A source cannot be read, and there is no `on_problem`.
    """
    named: list[str | Path] = []
    for source in [sources] if isinstance(sources, str | Path | Document) else sources:
        if isinstance(source, Document):
            yield segment(source)
        else:
            named.append(source)
    for file in find_files(named, on_problem=on_problem):
        try:
            document = read_file(file, max_bytes=max_bytes)
        except UnreadableSource as problem:
            (on_problem or _raise)(problem)
        else:
            yield document


def find_files(
    sources: str | Path | Iterable[str | Path], *, on_problem: OnProblem | None = None
) -> list[SourceFile]:
    """List the files that the sources name, each once, sorted by name.

    Raises:
        UnreadableSource: A source holds nothing to read, and there is no `on_problem`.
    """
    found: dict[tuple[int, int], SourceFile] = {}
    named = [sources] if isinstance(sources, str | Path) else sources
    for source in sorted({os.fspath(source) for source in named}):
        for path, root, status in _expand(source, on_problem or _raise):
            name = os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "replace")
            file = SourceFile(path, name, status.st_size)
            found.setdefault((status.st_dev, status.st_ino), file)
    return sorted(_told_apart(list(found.values())), key=lambda file: file.name)


def read_file(file: SourceFile, *, max_bytes: int = MAX_BYTES) -> Document:
    """Read one file as a segmented document.

    Raises:
        UnreadableSource: It is too large, binary or empty, or the system refuses it.
    """
    if file.size > max_bytes:
        sizes = f"is {file.size / 1e6:,.1f} MB, over the limit of {max_bytes / 1e6:,.1f} MB"
        raise UnreadableSource(file.name, f"{sizes}; split it or raise max_bytes")
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise UnreadableSource(file.name, _reason(error)) from error
    text, encoding = _decode(data, file.name)
    if not text.strip("\ufeff\0 \t\r\n\f\v\xa0"):
        raise UnreadableSource(file.name, "is empty")
    metadata = {} if encoding == "utf-8" else {"encoding": encoding}
    return read_text(text, path=file.name, metadata=metadata)


def _raise(problem: UnreadableSource) -> None:
    raise problem


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    return (getattr(error, "strerror", None) or str(error)).lower()


_Found = tuple[Path, Path, os.stat_result]
"""A file, the folder its name is relative to, and its status."""


def _expand(source: str, report: OnProblem) -> Iterator[_Found]:
    """The files that one file, folder or glob stands for."""
    path = Path(source).expanduser()
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        if glob.has_magic(source):
            yield from _match(path, report)
        else:
            report(UnreadableSource(source, _reason(error)))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _walk(path, status, report)
    elif not stat.S_ISREG(status.st_mode):
        report(UnreadableSource(source, "is not a regular file"))
    elif path.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(SUFFIXES)
        report(UnreadableSource(source, f"is not one of {kinds}; save it as plain text first"))
    else:
        yield path, path.parent, status


def _match(pattern: Path, report: OnProblem) -> Iterator[_Found]:
    parts = pattern.parts
    plain = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    matched = False
    for name in sorted(glob.glob(str(pattern), recursive=True)):  # noqa: PTH207 (any root)
        if (path := Path(name)).suffix.lower() in SUFFIXES and path.is_file():
            matched = True
            yield path, Path(*parts[:plain]), path.stat()
    if not matched:
        report(UnreadableSource(str(pattern), f"matches no {', '.join(SUFFIXES)} file"))


def _walk(root: Path, status: os.stat_result, report: OnProblem) -> Iterator[_Found]:
    """Files under a folder in sorted order; links are followed, each folder entered once."""
    entered = set()
    todo = [(root, status)]
    nothing = True
    while todo:
        folder, status = todo.pop()
        if (status.st_dev, status.st_ino) in entered:
            continue
        entered.add((status.st_dev, status.st_ino))
        try:
            paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        except OSError as error:
            report(UnreadableSource(str(folder), _reason(error)))
            continue
        folders = []
        for path in paths:
            try:
                status = path.stat()
            except OSError as error:
                if path.suffix.lower() in SUFFIXES:
                    report(UnreadableSource(str(path), _reason(error)))
                continue
            if stat.S_ISDIR(status.st_mode):
                folders.append((path, status))
            elif stat.S_ISREG(status.st_mode) and path.suffix.lower() in SUFFIXES:
                nothing = False
                yield path, root, status
        todo.extend(reversed(folders))
    if nothing:
        report(UnreadableSource(str(root), f"holds no {', '.join(SUFFIXES)} file"))


def _told_apart(files: list[SourceFile]) -> list[SourceFile]:
    """Put parent folders before the names that several files share, until all names differ."""
    while shared := {name for name, n in Counter(file.name for file in files).items() if n > 1}:
        for i, file in enumerate(files):
            if file.name in shared:
                depth = file.name.count("/") + 2
                name = "/".join(file.path.absolute().parts[-depth:])
                files[i] = replace(file, name=name)
    return files


# Characters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (b"\x89PNG", b"\x7fELF", b"PK\x03\x04", b"%PDF-", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b",
          b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"{\\rtf", b"MZ\x90")  # fmt: skip
_CONTROL_BYTES = bytes({*range(32), 127} - {*b"\t\n\v\f\r\x1b"})
_HIGH_BYTES = bytes(range(128, 256))

_LINE_ENDS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the encoding it was taken to be in.

    Raises:
        UnreadableSource: It looks like a binary file.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    if utf16 := _utf16_without_mark(data):
        return data.decode(utf16, "replace"), utf16
    controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if data.startswith(_MAGIC) or controls > max(8, len(data) // 100):
        raise UnreadableSource(name, "looks like a binary file; save it as plain text first")
    text = data.decode("utf-8", "replace")
    high = len(data) - len(data.translate(None, _HIGH_BYTES))
    if 5 * text.count("\ufffd") <= high:
        return text, "utf-8"
    encoding = _legacy_encoding(data, high)
    return data.decode(encoding, "replace"), encoding


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


def _clean(text: str) -> str:
    """Replace what no XML, database or terminal takes, one character for one."""
    return _UNPRINTABLE.sub(" ", _LINE_ENDS.sub("\n", text))


# Documents


def read_text(
    text: str,
    *,
    title: str | None = None,
    author: str | None = None,
    publisher: str | None = None,
    date: str | None = None,
    url: str | None = None,
    path: str | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Document:
    r"""Make a segmented document of a text.

    What is given wins over front matter, and front matter over header lines in the text.

    >>> document = read_text("---\ntitle: Radar sale\ndate: 3 May 2021\n---\nOslo bought a radar.")
    >>> document.title, document.date
    ('Radar sale', '2021-05-03')
    """
    given = {"title": title, "author": author, "publisher": publisher, "date": date, "url": url}
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _compose(text, given, path, metadata or {})


def segment(document: Document) -> Document:
    """Find the passages of a document that has none, and what it lacks of title, date and so on.

    Its id stays, and so do its offsets.
    """
    if document.passages:
        return document
    given = {name: getattr(document, name) for name in _GIVEN}
    composed = _compose(document.text, given, document.path, document.metadata)
    return composed.model_copy(update={"id": document.id, "language": document.language})


def find_passages(text: str, *, title: str | None = None) -> tuple[Passage, ...]:
    """The parts of a text that are running text, sorted, none empty, none overlapping."""
    reader = _Reader(text, title)
    reader.read(_front_matter(text)[1])
    return tuple(reader.passages)


_GIVEN = ("title", "author", "publisher", "date", "url")


def _compose(
    text: str, given: Mapping[str, str | None], path: str | None, metadata: Mapping[str, str]
) -> Document:
    text = _clean(text)
    raw, start = _front_matter(text)
    fields = _known_fields(raw) | {name: value for name, value in given.items() if value}
    reader = _Reader(text, fields.get("title"))
    reader.read(start)
    fields = reader.facts | fields
    digest = sha256("\0".join([text, *(fields.get(name, "") for name in _GIVEN)]).encode())
    return Document(
        id=f"doc:{digest.hexdigest()[:16]}",
        text=text,
        path=path,
        language=fields.pop("language", "en"),
        metadata=dict(sorted((raw | dict(metadata)).items())),
        passages=tuple(reader.passages),
        **fields,
    )


# Front matter and dates

_FRONT_MATTER = re.compile(r"---[ \t\r]*\n(.*?)^(?:---|\.\.\.)[ \t\r]*(?:\n|\Z)", re.S | re.M)
_KEY_VALUE = re.compile(r"^(\w[\w -]*?)[ \t]*:[ \t]*(\S.*)$", re.M)

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline"),
    "publisher": ("publisher", "source", "site", "site_name"),
    "date": ("date", "published", "published_time", "date_published", "publication_date"),
    "url": ("url", "source_url", "link", "canonical", "canonical_url", "permalink", "source"),
    "language": ("language", "lang"),
}
"""The names under which sources give the fields of a document, best first."""
_HEADER_KEYS = {key for keys in _FIELDS.values() for key in keys} - {"title", "headline", "site"}
_TITLE_FIELD = re.compile(r"(?:title|headline)[ \t]*:[ \t]*(\S.*)", re.I)

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR, _DAY = r"(?P<y>(?:1[89]|20|21)\d\d)", r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = r"(?:(?:T|,?\s+(?:at\s+)?)\d{1,2}:\d\d.{0,24})?"
_DATES = [
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_YEAR}[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?){_TIME}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+{_YEAR}{_TIME}",
        rf"{_MONTH},?\s+{_YEAR}",
        rf"{_YEAR}-(?P<m>\d\d)",
        _YEAR,
    )
]


def _iso_date(text: str) -> tuple[str, int] | None:
    """The date that a text begins with, as precise as given, and where it ends."""
    for pattern in _DATES:
        if match := pattern.match(text):
            parts = match.groupdict()
            month = parts.get("m", "")
            if not month.isdigit():
                month = str(_MONTHS.index(month[:3].lower()) + 1) if month else ""
            numbers = [int(part) for part in (parts["y"], month, parts.get("d")) if part]
            try:
                datetime.date(*[*numbers, 1, 1][:3])
            except ValueError:
                return None
            return "-".join(f"{number:02}" for number in numbers), match.end()
    return None


def _whole_date(text: str) -> str | None:
    found = _iso_date(text)
    return found[0] if found and found[1] == len(text) else None


def _front_matter(text: str) -> tuple[dict[str, str], int]:
    """The scalars of a YAML block at the start, and where the text after it begins."""
    match = _FRONT_MATTER.match(text, 0, 100_000)
    if not match:
        return {}, 0
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:  # BaseLoader makes nothing but strings, lists and mappings
        data = yaml.load(match[1], Loader=loader)  # noqa: S506
    except (yaml.YAMLError, RecursionError):
        # Typically an unquoted colon in a title; the lines are clear enough.
        data = {key: value.strip().strip("'\"") for key, value in _KEY_VALUE.findall(match[1])}
    if not isinstance(data, dict) or not data:
        return {}, 0
    raw = {}
    for key, value in data.items():
        values = value if isinstance(value, list) else [value]
        words = "; ".join(" ".join(v.split()) for v in values if isinstance(v, str) and v.strip())
        if words and words not in ("~", "null"):
            raw[re.sub(r"[\s-]+", "_", str(key).strip().lower())] = words
    return raw, match.end()


def _known_fields(raw: dict[str, str]) -> dict[str, str]:
    """Take the fields of a document out of raw keys and values."""
    fields = {}
    for field, keys in _FIELDS.items():
        for key in keys:
            if value := _field_value(field, raw.get(key, "")):
                fields[field] = value
                del raw[key]
                break
    return fields


def _field_value(field: str, value: str) -> str | None:
    is_url = value.startswith(("http://", "https://", "www."))
    if field == "date":
        return _whole_date(value)
    if field == "language":
        return value[:2].lower() if re.fullmatch(r"[A-Za-z]{2}(?:[-_].*)?", value) else None
    if field in ("url", "publisher"):
        return value if is_url is (field == "url") else None
    return value


# Passages

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_LETTER = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W_]+")
_ENDED = re.compile(r"[.!?:;…][\"'”’»)\]*_]*$")
_PAUSED = re.compile(r"[.,:;!?…—–-][\"'”’»)\]\s]*$|[a-z]{3}[.?!]\s")
_RULE = re.compile(r"[\s*_=#~|:\\-]{3,}")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_HEADING = re.compile(r"#{1,6}[ \t\xa0]+(.+?)(?:[ \t]+#+)?$")
_QUOTE = re.compile(r"(?:>[ \t]?)+\s*")
_ROW = re.compile(r"\|\s*")
_BOLD = re.compile(r"(\*\*|__)(?=\S).{1,200}\1:?", re.S)
_BULLET = re.compile(r"[-*+•▪◦‣·●○][ \t\xa0]+(?=\S)|–[ \t\xa0]+(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,3})\\?[.)][ \t\xa0]+(?=\S)|\([a-z]{1,4}\)[ \t\xa0]+(?=\S)")

_ROLE = re.compile(
    r"(?:the )?(?:(?:senior|vice|prime|first|deputy|foreign|defen[cs]e|assistant|white|acting) )*"
    r"(?:mr|mrs|ms|dr|president|lady|minister|secretary|chancellor|ambassador|senator|sen|rep"
    r"|gen|adm|col|chairman|chair|director|king|officials?|administration officials?|spokes\w+"
    r"|house aide|aide|moderator|operator|host|interpreter|participant|reporter|journalist"
    r"|question|answer)\b(?:\S*\s\S+){0,4}$|[qa]$",
    re.I,
)
_LABEL = (
    r"[*_]{0,3}(?P<label>[^\W\d_a-z](?:[^\W\d_a-z.'’ \xa0-]|[.'’ \xa0-]){0,59}"
    r"|(?:Mr|Mrs|Ms|Dr|President|Prime Minister|Minister|Secretary|Ambassador|Senator|Question"
    r"|Answer|Moderator|Interviewer)\.?(?:[ \xa0][^\W\d_a-z][\w'’-]+){0,3})"
    r"(?:[ \xa0]?\([^()\n]{1,60}\))?[*_]{0,3}:[*_]{0,3}(?=\s)"
)
_TURN = re.compile(_LABEL + r"\s*")
_TURNS = re.compile(r"^[^\S\n]*" + _LABEL, re.M)
_QUESTION = re.compile(r"[*_]{0,3}(?P<label>Q)[*_]{0,3}(?:\s{2,}|[ \xa0](?=[^\W\d_a-z]|[(\\\[]))")
_NOT_A_SPEAKER = re.compile(r"(?:fact sheet|note|photo|posted|source|tags?|update|url)s?\b", re.I)

# What stands on a line of its own and is no part of a text. Each alternative matches a whole line,
# so that a sentence about Twitter or cookies stays.
_FURNITURE = re.compile(
    r"""
    skip\ to\ (?:main\ )?(?:content|navigation)|back\ to\ top|toggle\ navigation|jump\ to\ .{1,30}
    |home|about(?:\ us)?|contact(?:\ us)?|menu|search|archives?|log\ ?in|log\ ?out|sign\ (?:in|up)
    |register|subscribe|donate|sitemap|privacy(?:\ policy|\ notice)?|terms(?:\ of\ (?:use|service))?
    |share(?:\ this(?:\ (?:post|article|page|story))?)?:?(?:\ on\ \w+)?|share\ this:?\ .{0,80}
    |tweet(?:\ this)?|like(?:\ this)?:?|(?:like\ )?loading\W*|reblog|e-?mail(?:\ this)?|print|pocket
    |facebook|twitter|linkedin|reddit|whatsapp|telegram|pinterest|tumblr|google\+|copy\ link
    |(?:facebook|twitter|google\+?|wordpress(?:\.com)?|gravatar)\ (?:photo|picture|logo|image)
    |click\ to\ (?:share|e-?mail|print).{0,80}|be\ the\ first\ to\ like\ this\W*
    |follow\ us(?:\ (?:on|at)\ .{1,60})?
    |(?:sign\ up|subscribe)\ (?:for|to)\ .{0,80}\bnewsletters?\W*
    |advertisements?|sponsored(?:\ content)?|report\ this\ ad
    |tags?\s*:.*|tagged\s*(?:with)?\s*:.*|filed\ under\b:?[^.]*|categor(?:y|ies)\s*:.*
    |posted\s*:.*|posted\ in\ [^.,]{1,60}|view\ all\ posts\ by\ .*
    |(?:read\ (?:more|also|next)|also\ read|related(?:\ \w+)?)\s*:.*|read\ (?:more|next)\W*
    |related\ (?:articles|posts|stories|content)|you\ (?:may|might)\ also\ like\W*.{0,80}
    |(?:no|\d+)\ (?:comments?|shares|likes)|\d+\ responses?\ to\ .*|\d+\ min(?:ute)?s?\ read
    |(?:leave|post|add|write)\ a\ (?:reply|comment)\W*(?:cancel\ reply)?|cancel(?:\ reply)?|reply
    |fill\ in\ your\ details\ below.*|you\ are\ commenting\ using\ your\ .*|connecting\ to\ \S+
    |log\ ?out\ /\ change\W*|notify\ me\ of\ (?:new|follow-?up)\ (?:comments|posts).*
    |your\ e-?mail\ address\ will\ not\ be\ published.*|required\ fields\ are\ marked.*
    |enter\ your\ comment\ here.*|save\ my\ name,\ e-?mail.*|this\ site\ uses\ akismet.*
    |(?:e-?mail|name|comment|website)\ ?(?:\*|\(.{0,20}required\).*)|post\ comment
    |(?:we|(?:this|our)\ (?:web)?site)\ uses?\ .{0,60}\bcookies\b.*
    |by\ (?:continuing|using)\ .{0,80}\bcookies\b.*
    |(?:accept|reject|manage|allow)\ (?:all\ )?cookies|cookie\ (?:policy|settings|preferences)
    |(?:copyright\s*)?(?:©|\(c\))\s*\S.*|copyright\s+\d{4}.*|all\ rights\ reserved\W*
    |(?=.*\b\d\d/\d\d/\d\d)[A-Z0-9/.\s–—-]{6,40}|(?:page|p\.)\ \d+(?:\ (?:of|/)\ \d+)?
    |\(?(?:photo|image|picture|photograph)s?(?:\ (?:credit|source|by|courtesy\ of))?\s*:.*
    |.{0,250}\b(?:photo|image|picture)(?:\ (?:credit|by|courtesy\ of))?:\s*[^.]{2,80}
    |.{0,250}(?:/\s*getty\ images|\bAP\ photo/[\w.\s]{2,40})\)?
    |(?:the\ )?ends?|for\ immediate\ release
    |(?:end\s+)?\d\d?:\d\d\s*[ap]\.?m\.?(?:\s+\(?[A-Z]{2,4}\)?)?
    |(?:(?:url|link|source|web|see)\s*:\s*)?<?(?:https?://|www\.)\S+>?|\[[^\]]+\]:\s*\S+|(?:<[/\w!][^<>]*>|&nbsp;|\s)+
    """,
    re.I | re.X,
)
_FORM = re.compile(
    r"fill in your details below|your e-?mail address will not be published"
    r"|(?P<late>(?:leave|post|add|write) a (?:reply|comment)\b.{0,30}$)",
    re.I,
)
_STAMP = re.compile(
    r"(?P<word>posted|published|issued|released|dated?|(?:last )?(?:updated|modified))"
    r"(?:\s*:\s*|\s+(?:on\s+)?)",
    re.I,
)
_STAMP_REST = re.compile(r"\s*(?:[|,]?\s*(?:in|by|at|under)\s[^,.]{1,80})?", re.I)
_NAME = (
    r"[^\W\d_a-z][\w.'’-]*"
    r"(?:\s+(?:(?:de|der|den|van|von|bin|al|la|du|da|di)\s+)*[^\W\d_a-z][\w.'’-]*){1,4}"
)
_BYLINE = re.compile(rf"(?i:by|written by)\s+({_NAME}(?:(?:,|,?\s+and|\s+&)\s+{_NAME}){{0,9}})")


class _Reader:
    """Reads a text line by line into passages, and its header lines into facts."""

    def __init__(self, text: str, title: str | None) -> None:
        self.text = text
        self.title = title
        self.passages: list[Passage] = []
        self.facts: dict[str, str] = {}
        self.in_header = True
        """Whether facts may still be told in lines of their own: until the first long passage."""
        self.has_text = False
        self.speakers = _speakers(text)
        self.speaker: str | None = None
        self.by_line = False
        self.number = 0
        self.start = self.end = self.lines = 0
        """The passage being read; none while `lines` is 0."""
        self.kind = PassageKind.TEXT
        self.is_turn = False

    def read(self, start: int) -> None:
        """Read from an offset to the end, or to the comment form that follows the text."""
        self.by_line = _has_a_paragraph_a_line(self.text, start)
        previous = start
        for match in _LINE.finditer(self.text, start):
            line_start, line_end = match.span()
            if self.lines and self.text.count("\n", previous, line_start) > 1:
                self._close()
            if not self._read_line(line_start, line_end):
                break
            previous = line_end
        self._close()
        if len(self.passages) == 1 and "title" in self.facts:  # a title of nothing
            del self.facts["title"]
            self.passages = [self.passages[0].model_copy(update={"kind": PassageKind.TEXT})]

    def _read_line(self, start: int, end: int) -> bool:
        """Take in one line; False where a comment form begins."""
        text = self.text
        if not _LETTER.search(text, start, end):
            self._read_line_without_letters(start, end)
            return True
        after_sentence = not self.lines or bool(_ENDED.search(text, self.end - 4, self.end))
        if end - start <= 300 and (after_sentence or self.lines == 1):
            line = " ".join(text[start:end].split()).strip("*_")
            if self._begins_form(line, start):
                return False
            facts = _furniture(line, self.in_header)
            if facts is not None:
                self._close()
                self.facts = facts | self.facts if self.in_header else self.facts
                return True
        self._read_content(start, end, after_sentence)
        return True

    def _read_line_without_letters(self, start: int, end: int) -> None:
        line = self.text[start : min(end, start + 100)]
        if self.lines and not _RULE.fullmatch(line):
            self.end = end
            return
        if self.lines == 1 and _UNDERLINE.fullmatch(line):
            self.kind = PassageKind.HEADING
        self._close()

    def _read_content(self, start: int, end: int, after_sentence: bool) -> None:
        text = self.text
        if match := self._heading(start, end):
            self._open(*match.span(1), PassageKind.HEADING)
            self._close()
        elif match := _ROW.match(text, start, end):
            self._open(match.end(), end, PassageKind.ITEM)
        elif match := _QUOTE.match(text, start, end):
            if self.lines and self.kind is PassageKind.QUOTE:
                self._extend(end)
            else:
                self._open(match.end(), end, PassageKind.QUOTE)
        elif turn := self._turn(start, end):
            self._close()
            self.speaker = " ".join(turn["label"].split())
            if turn.end() < end:
                self._open(turn.end(), end, PassageKind.TEXT)
                self.is_turn = True
        elif match := self._marker(start, end, after_sentence):
            self._open(match.end(), end, PassageKind.ITEM)
        elif end - start <= 200 and _BOLD.fullmatch(text, start, end):
            self._open(start, end, PassageKind.TEXT)
            self._close()
        elif not self.lines or (self.by_line and self._breaks(start, after_sentence)):
            self._open(start, end, PassageKind.TEXT)
        else:
            self._extend(end)

    def _heading(self, start: int, end: int) -> re.Match[str] | None:
        if end - start > 300:
            return None
        match = _HEADING.match(self.text, start, end)
        return match or (_TITLE_FIELD.match(self.text, start, end) if self.in_header else None)

    def _turn(self, start: int, end: int) -> re.Match[str] | None:
        if not self.speakers:
            return None
        match = _TURN.match(self.text, start, end)
        if match and " ".join(match["label"].split()) in self.speakers:
            return match
        return _QUESTION.match(self.text, start, end)

    def _marker(self, start: int, end: int, after_sentence: bool) -> re.Match[str] | None:
        """The bullet or number of a list item; in a paragraph, a number may be just a number."""
        text = self.text
        if match := _BULLET.match(text, start, end):
            return match if not self.lines or text[start] != "–" else None
        match = _NUMBER.match(text, start, end)
        if not match:
            return None
        if self.lines and not after_sentence:
            if match[1] and int(match[1]) not in (1, self.number + 1):
                return None
            if not match[1] and self.kind is not PassageKind.ITEM:
                return None
        self.number = int(match[1] or 0)
        return match

    def _breaks(self, start: int, after_sentence: bool) -> bool:
        begins = not self.text[start].islower()
        return begins and (after_sentence or (self.lines == 1 and self._looks_like_heading()))

    def _begins_form(self, line: str, start: int) -> bool:
        match = _FORM.match(line) if self.has_text else None
        return match is not None and (not match["late"] or 2 * start > len(self.text))

    def _open(self, start: int, end: int, kind: PassageKind) -> None:
        self._close()
        self.start, self.end, self.kind, self.lines = start, end, kind, 1

    def _extend(self, end: int) -> None:
        self.end = end
        self.lines += 1

    def _looks_like_heading(self) -> bool:
        """Short, begun like a name or sentence, and not ended like one."""
        text, start, end = self.text, self.start, self.end
        is_first = not self.passages
        if end - start > (200 if is_first or self.lines > 1 else 120) or self.is_turn:
            return False
        if self.lines > (3 if is_first else 1) and not _BOLD.fullmatch(text, start, end):
            return False
        line = _readable(text[start:end]).strip()
        words = _WORDS.findall(line)
        if not words or words[0][0].islower():
            return False
        if self.speaker and len(words) > 6:  # people break off in the middle of a
            return False
        return not _PAUSED.search(line)

    def _close(self) -> None:
        """Finish the passage being read, if any, and settle what it is."""
        if not self.lines:
            return
        if self.kind is PassageKind.TEXT and self._looks_like_heading():
            self.kind = PassageKind.HEADING
        start, end, kind = self.start, self.end, self.kind
        self.lines, self.is_turn = 0, False
        if not _WORDS.search(self.text, start, end):
            return
        words = ""
        if end - start <= 500 and (len(self.passages) < 2 or self.text[start] in "<![&"):
            words = " ".join(_readable(self.text[start:end]).split())
            if not _LETTER.search(words):
                return
        is_title = bool(words and self.title and _same(words, self.title))
        if is_title and [passage.kind for passage in self.passages] == [PassageKind.TITLE]:
            return
        is_title = is_title or bool(words and not self.title and kind is PassageKind.HEADING)
        if is_title and not self.passages:
            kind = PassageKind.TITLE
            self.title = self.facts["title"] = words
        if kind in (PassageKind.TITLE, PassageKind.HEADING):
            self.speaker = None
        else:
            self.has_text = True
            self.in_header = self.in_header and end - start <= 100
        for piece_start, piece_end in _pieces(self.text, start, end):
            self.passages.append(
                Passage(start=piece_start, end=piece_end, kind=kind, speaker=self.speaker)
            )


def _same(a: str, b: str) -> bool:
    """Whether two titles differ only in case, spacing and punctuation."""
    return _WORDS.findall(a.casefold()) == _WORDS.findall(b.casefold())


def _speakers(text: str) -> frozenset[str]:
    """The speaker labels of a transcript.

    One label in capitals is enough if it names a role (*MR.*, *SECRETARY*, *QUESTION*); any other
    must come back, because *NATO:* and *Minister Rao:* also begin plain paragraphs.
    """
    turns = Counter(" ".join(match["label"].split()) for match in _TURNS.finditer(text))
    labels = {label: n for label, n in turns.items() if not _NOT_A_SPEAKER.match(label)}
    roles = {label for label in labels if label.isupper() and _ROLE.match(label)}
    enough = 2 if roles else 3
    return frozenset(roles | {label for label, n in labels.items() if n >= enough})


def _has_a_paragraph_a_line(text: str, start: int) -> bool:
    """Whether single line ends separate paragraphs, judged by the first lines of the text."""
    lines = [match.span() for match in islice(_LINE.finditer(text, start), 1000)]
    wraps = [a_end for (_, a_end), (b, _) in pairwise(lines) if text.count("\n", a_end, b) == 1]
    ended = sum(bool(_ENDED.search(text, end - 4, end)) for end in wraps)
    lengths = sorted(end - start for start, end in lines)
    return bool(wraps) and (ended >= 0.6 * len(wraps) or lengths[len(lengths) // 2] > 120)


def _furniture(line: str, in_header: bool) -> dict[str, str] | None:
    """What a line that is no running text tells of the document; None for running text.

    >>> _furniture("Posted: 10 March 2011 in Notes", in_header=True)
    {'date': '2011-03-10'}
    >>> _furniture("Home | About | Contact", in_header=False)
    {}
    >>> _furniture("Facebook removed the accounts.", in_header=False)
    """
    facts: dict[str, str] = {}
    for part in re.split(r"\s+[|•·]\s+", line):
        known = _furniture_part(part, in_header)
        if known is None:
            return None
        facts = known | facts
    return facts


def _furniture_part(line: str, in_header: bool) -> dict[str, str] | None:
    if date := _whole_date(line):
        return {"date": date}
    if stamp := _STAMP.match(line):
        found = _iso_date(line[stamp.end() :])
        if found and _STAMP_REST.fullmatch(line, stamp.end() + found[1]):
            is_first = not re.search("updated|modified", stamp["word"], re.I)
            return {"date": found[0]} if is_first else {}
    if in_header and (facts := _header_line(line)) is not None:
        return facts
    return {} if _FURNITURE.fullmatch(line) else None


def _header_line(line: str) -> dict[str, str] | None:
    """A byline, a dateline, an address, or a field as front matter has it: *Publisher: ...*."""
    if byline := _BYLINE.fullmatch(line):
        return {"author": byline[1]}
    if re.fullmatch(r"https?://\S+", line):
        return {"url": line}
    place = line
    while len(place.partition(", ")[0].split()) <= 3 and ", " in place:
        place = place.partition(", ")[2]
        if (date := _whole_date(place)) and len(date) == 10:
            return {"date": date}
    if (field := _KEY_VALUE.fullmatch(line)) and len(field[2]) <= 100:
        raw = {field[1].lower().replace(" ", "_"): field[2].strip()}
        if raw.keys() & _HEADER_KEYS and not field[2].endswith("."):
            return _known_fields(raw)
    return None


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch of text so that no piece is longer than `MAX_PASSAGE`."""
    while end - start > MAX_PASSAGE:
        low, high = start + MAX_PASSAGE // 2, start + MAX_PASSAGE
        cut = max(text.rfind(mark, low, high) for mark in (". ", "? ", "! ", ".\n", "?\n", "!\n"))
        cut = cut + 1 if cut >= 0 else text.rfind(" ", low, high)
        cut = cut if cut >= 0 else high
        if _LETTER.search(text, start, cut):
            yield start, cut
        rest = _LINE.search(text, cut, end)
        if not rest:
            return
        start = rest.start()
    yield start, end


_MARKUP = re.compile(
    r"""
    \\([!-/:-@\[-`{-~])                          # an escape: the character itself stays
    |!\[[^\[\]]*\]\([^()\s]*(?:\s+"[^"\n]*")?\)  # a picture
    |\\?\[\^?\d{1,3}\\?\](?!\()                  # a footnote mark
    |\[(?=(?:[^\[\]\\]|\\.)*\]\()                # a link, before and after its words
    |\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"\n]*")?\)
    |</?[A-Za-z][^<>]*>|<!--[^<]*?-->|&nbsp;
    |[*_`](?<![^\W_][*_`])[*_`]*|[*_`]+(?![^\W_])  # emphasis and code, but not inside a word
    |~~|\\(?=\s|\Z)
    |\n[ \t]*>+|[^\S ]
    |[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]
    """,
    re.X,
)


def readable(document: Document, passage: Passage) -> str:
    r"""The text of a passage with line ends and mark-up blanked one for one.

    It is as long as the passage, so that an offset into it, plus ``passage.start``, is an offset
    into ``document.text``. What remains of a line of words is the line of words.

    >>> document = read_text("**Oslo** bought\na [radar](https://example.org).")
    >>> readable(document, document.passages[0])
    '  Oslo   bought a  radar                      .'
    """
    return _readable(document.text[passage.start : passage.end])


def _readable(text: str) -> str:
    return _MARKUP.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return " " + match[1] if match[1] else " " * (match.end() - match.start())
