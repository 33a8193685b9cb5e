r"""Files, folders, archives, feeds and addresses in, documents out.

A `Document` keeps the text as it was read: decoded, or taken out of its file (`formats`), with line
ends as ``\n`` and control characters replaced one for one. Offsets count characters of that text,
front matter included. Nothing is cut out of it; its passages say which parts are running text, and
what lies in none of them (front matter, menus, share buttons, comment forms) is read no further.

>>> document = read_text("Radar sale\n\nBy Jane Doe\n\nOslo bought a radar.\n\nShare this:\n")
>>> document.title, document.author
('Radar sale', 'Jane Doe')
>>> [document.text[p.start : p.end] for p in document.passages]
['Radar sale', 'Oslo bought a radar.']
"""

from __future__ import annotations

import glob
import os
import stat
import sys
from array import array
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import SourceError, UnreadableSource
from .formats.blobs import Blob, Limits, Options, Text
from .formats.language import detect_language
from .formats.registry import SUFFIXES, read, suffix_format
from .formats.tables import FIELDS
from .schema import Document, Passage
from .segmentation.characters import clean
from .segmentation.front_matter import parse_front_matter, split_fields
from .segmentation.markup import readable
from .segmentation.passages import segment_text
from .segmentation.pieces import MAX_PASSAGE

if TYPE_CHECKING:
    from .formats.fetch import Fetcher

__all__ = [
    "MAX_BYTES",
    "MAX_PASSAGE",
    "STDIN",
    "SUFFIXES",
    "FromFile",
    "Limits",
    "OnProblem",
    "SourceFile",
    "find_files",
    "find_passages",
    "read_documents",
    "read_file",
    "read_text",
    "readable",
    "segment",
]

MAX_BYTES = 200_000_000
"""Larger documents are not read, unless the caller says so."""
STDIN = "-"
"""The source that stands for standard input."""

OnProblem = Callable[[UnreadableSource], None]
"""Told of each source that cannot be read, while the rest goes on."""
FromFile = Callable[["SourceFile", Iterator[Document]], Iterator[Document]]
"""Takes a file and what reads it as it is gone through, and gives what is to be read of it."""

_GIVEN = ("title", "author", "publisher", "date", "url")
"""Fields that a caller may give, and that are part of the id of a document."""
_MAX_LIST = 5_000_000
"""A longer text is read as a text, not as a list of addresses."""
_STORE = "store.sqlite"
"""A folder that holds one was written by a build: what it exported is no source."""
_KINDS = (
    "text, Markdown, HTML, PDF, Word, OpenDocument, RTF, EPUB, mail, CSV, JSON, feed or archive"
)


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
    columns: Mapping[str, str] | None = None,
    page_columns: bool = False,
    limits: Limits | None = None,
    fetcher: Fetcher | None = None,
    from_file: FromFile = lambda file, documents: documents,
) -> Iterator[Document]:
    """Yield the documents of files, folders, globs, addresses and `Document` objects, segmented.

    Documents that were handed over come first, as given; then those of files, sorted by name, so
    that neither the file system nor the order of the sources shows; then standard input and
    addresses. What kind a file is, its suffix tells, or without a known one its first bytes:

    ======================================  ====================================================
    ``.txt .text .md .markdown``            in any usual encoding, with or without front matter
    ``.html .htm .xhtml``                   the article, without menus and comments
    ``.pdf``                                with the page of every piece of evidence
    ``.docx .docm``, ``.odt .ott``, ``.rtf``  headings, paragraphs, items, tables (``.rtf``: extra
                                            ``office``)
    ``.epub``                               a book is one document
    ``.eml``                                the message, and what is attached
    ``.json .jsonl .ndjson .csv .tsv``,     every record is a document; `columns` are found by
    ``.parquet``                            name (``.parquet``: extra ``parquet``)
    ``.rss .atom .xml``                     every entry of a feed is a document
    ``.warc .warc.gz``                      every page of a web archive (extra ``warc``)
    ``.zip .tar .tar.gz .tgz .gz .bz2 .xz``  of all of these, also within one another
    ``-``                                   standard input
    ``https://...``, or a file of them      only with a `fetcher`
    ======================================  ====================================================

    Args:
        sources: Folders are searched recursively for `SUFFIXES`; hidden files and the output of
            earlier builds are left alone.
        on_problem: Called for each source that cannot be read, and the rest goes on.
        max_bytes: A larger document is a problem, and is not read.
        columns: Which column of a table or key of a record holds a field (``text``, ``title``,
            ``author``, ``publisher``, ``date``, ``url``, ``language``), where its name does not
            tell: ``{"text": "body"}``.
        page_columns: Read the columns of printed pages one after the other (extra ``pdf``).
        limits: Bounds on what archives unpack to and PDFs hold; `max_bytes` is set in them.
        fetcher: What downloads addresses; without it they are problems.
        from_file: Called with every file and the documents in it, which are read as they are asked
            for; what it yields is yielded.

    Raises:
        UnreadableSource: A source cannot be read, and there is no `on_problem`.
        SourceError: `columns` names a field that documents do not have.
    """
    report = on_problem or _raise
    unknown = sorted(set(columns or {}) - set(FIELDS))
    if unknown:
        known = ", ".join(FIELDS)
        raise SourceError(f"No field is called {', '.join(unknown)}. Fields: {known}.")
    limits = replace(limits or Limits(), document_bytes=max_bytes)
    options = Options(columns or {}, page_columns, limits)
    named: list[str] = []
    for source in [sources] if isinstance(sources, str | Path | Document) else sources:
        if isinstance(source, Document):
            yield segment(source)
        else:
            named.append(os.fspath(source))
    addresses = {source for source in named if _is_address(source)}
    for file in _FileList((s for s in named if s not in addresses | {STDIN}), report):
        listed = _listed_addresses(file)
        addresses.update(listed)
        if not listed:
            yield from from_file(file, _read(_blob(file), options, report))
    if STDIN in named:
        yield from _read_stdin(options, report)
    for address in sorted(addresses):
        try:
            blob = _fetched(address, fetcher, max_bytes)
        except UnreadableSource as problem:
            report(problem)
        else:
            yield from _read(blob, options, report)


def find_files(
    sources: str | Path | Iterable[str | Path], *, on_problem: OnProblem | None = None
) -> list[SourceFile]:
    """List the files that the sources name, each once, sorted by name.

    Raises:
        UnreadableSource: A source holds nothing to read, and there is no `on_problem`.
    """
    named = [sources] if isinstance(sources, str | Path) else sources
    return list(_FileList((os.fspath(source) for source in named), on_problem or _raise))


def read_file(file: SourceFile, *, max_bytes: int = MAX_BYTES) -> Document:
    """Read a file that holds one document.

    Raises:
        UnreadableSource: It is too large, binary or empty, or the system refuses it.
    """
    options = Options(limits=Limits(document_bytes=max_bytes))
    document = next(_read(_blob(file), options, _raise), None)
    if document is None:
        raise UnreadableSource(file.name, "is empty")
    return document


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
    return segment_text(text, parse_front_matter(text).end, title=title).passages


def _compose(
    text: str,
    given: Mapping[str, str | None],
    path: str | None,
    metadata: Mapping[str, str],
    fallback: Mapping[str, str] | None = None,
) -> Document:
    text = clean(text)
    front = parse_front_matter(text)
    known = front.fields | {name: clean(value) for name, value in given.items() if value}
    segments = segment_text(text, front.end, title=known.get("title"))
    fields = {**(fallback or {}), **segments.facts, **known}
    digest = sha256("\0".join([text, *(fields.get(name, "") for name in _GIVEN)]).encode())
    return Document(
        id=f"doc:{digest.hexdigest()[:16]}",
        text=text,
        path=path,
        language=fields.pop("language", "en"),
        metadata=dict(sorted((front.further | _cleaned(metadata)).items())),
        passages=segments.passages,
        **fields,
    )


def _cleaned(metadata: Mapping[str, str]) -> dict[str, str]:
    return {clean(key): clean(value) for key, value in metadata.items()}


def _read(blob: Blob, options: Options, report: OnProblem) -> Iterator[Document]:
    """The documents of a blob; what cannot be read is reported."""
    try:
        for item in read(blob, options):
            if isinstance(item, UnreadableSource):
                report(item)
            elif not item.text.strip("\ufeff\0 \t\r\n\f\v\xa0"):
                report(UnreadableSource(item.name, "is empty"))
            else:
                yield _document(item)
    except OSError as error:
        report(UnreadableSource(blob.name, _reason(error)))


def _document(item: Text) -> Document:
    """A text as a document; fields of the wrong sort, such as *soon* for a date, are metadata."""
    text = item.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    pages = item.fields.get("pages")
    fields, further = split_fields({k: v for k, v in item.fields.items() if k != "pages"})
    fallback, _ = split_fields(item.fallback)
    if pages:
        further["pages"] = pages
    document = _compose(text, fields, item.name, further, fallback)
    running = " ".join(readable(document, passage) for passage in document.passages[:50])
    language = detect_language(running) or document.language
    return document.model_copy(update={"language": language})


def _blob(file: SourceFile) -> Blob:
    return Blob.of_file(file.name, file.path, file.size)


def _read_stdin(options: Options, report: OnProblem) -> Iterator[Document]:
    limit = options.limits.document_bytes
    blob = Blob.of_bytes("stdin", sys.stdin.buffer.read(limit + 1))
    yield from _read(blob, options, report)


def _is_address(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _listed_addresses(file: SourceFile) -> list[str]:
    """The addresses in a text file that holds nothing else, one a line; ``#`` begins a comment."""
    if not file.name.lower().endswith((".txt", ".text")) or file.size > _MAX_LIST:
        return []
    try:
        with file.path.open("rb") as stream:
            beginning = stream.read(16)
            if not beginning.removeprefix(BOM_UTF8).startswith((b"#", b"http:/", b"https:/")):
                return []
            text = (beginning + stream.read()).decode("utf-8-sig")
    except (OSError, UnicodeError):
        return []
    lines = text.replace("\r", "\n").split("\n")
    lines = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return lines if lines and all(_is_address(line) and " " not in line for line in lines) else []


def _fetched(address: str, fetcher: Fetcher | None, max_bytes: int) -> Blob:
    if fetcher is None:
        reason = "is an address; nothing is downloaded unless asked for (fetch=True, --fetch)"
        raise UnreadableSource(address, reason)
    return fetcher.fetch(address, max_bytes)


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
    elif suffix_format(path.name) is None:
        report(UnreadableSource(source, f"is no {_KINDS}; save it as text first"))
    else:
        yield path, path.parent, status


def _match(pattern: Path, report: OnProblem) -> Iterator[_Found]:
    parts = pattern.parts
    plain = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    matched = False
    for name in sorted(glob.glob(str(pattern), recursive=True)):  # noqa: PTH207 (any root)
        if suffix_format((path := Path(name)).name) and path.is_file():
            matched = True
            yield path, Path(*parts[:plain]), path.stat()
    if not matched:
        report(UnreadableSource(str(pattern), f"matches no {_KINDS}"))


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
            names = sorted(p.name for p in folder.iterdir() if not p.name.startswith("."))
        except OSError as error:
            report(UnreadableSource(str(folder), _reason(error)))
            continue
        if _STORE in names:
            names = [n for n in names if not n.startswith("graph.")] if folder == root else []
        folders = []
        for name in names:
            path = folder / name
            try:
                status = path.stat()
            except OSError as error:
                if suffix_format(name):
                    report(UnreadableSource(str(path), _reason(error)))
                continue
            if stat.S_ISDIR(status.st_mode):
                folders.append((path, status))
            elif stat.S_ISREG(status.st_mode) and suffix_format(name):
                nothing = False
                yield path, root, status
        todo.extend(reversed(folders))
    if nothing:
        report(UnreadableSource(str(root), f"holds no {_KINDS}"))


class _FileList:
    """The files of sources, each once, sorted by name; held as small as millions need."""

    def __init__(self, sources: Iterable[str], report: OnProblem) -> None:
        self._roots: list[Path] = []
        self._relative: list[str] = []
        self._root_of, self._sizes = array("L"), array("Q")
        seen: set[int] = set()
        for source in sorted(set(sources)):
            for path, root, status in _expand(source, report):
                file = status.st_dev << 64 | status.st_ino
                if file in seen:
                    continue
                seen.add(file)
                if root not in self._roots[-1:]:
                    self._roots.append(root)
                self._root_of.append(len(self._roots) - 1)
                self._relative.append(path.relative_to(root).as_posix())
                self._sizes.append(status.st_size)
        self._names = [os.fsencode(n).decode("utf-8", "replace") for n in self._relative]
        while shared := {name for name, n in Counter(self._names).items() if n > 1}:
            for number, name in enumerate(self._names):
                if name in shared:
                    self._names[number] = _longer(self._path(number), name)

    def __iter__(self) -> Iterator[SourceFile]:
        for number in sorted(range(len(self._names)), key=self._names.__getitem__):
            yield SourceFile(self._path(number), self._names[number], self._sizes[number])

    def _path(self, number: int) -> Path:
        return self._roots[self._root_of[number]] / self._relative[number]


def _longer(path: Path, name: str) -> str:
    """A name that several files share, with one more of the folders above in front."""
    return "/".join(path.absolute().parts[-name.count("/") - 2 :])
