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
"""

from __future__ import annotations

import glob
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from .errors import UnreadableSource
from .schema import Document, Passage
from .segmentation.characters import clean, decode
from .segmentation.front_matter import parse_front_matter
from .segmentation.markup import readable
from .segmentation.passages import segment_text
from .segmentation.pieces import MAX_PASSAGE

__all__ = [
    "MAX_BYTES",
    "MAX_PASSAGE",
    "SUFFIXES",
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

SUFFIXES = (".txt", ".md", ".markdown", ".text")
"""Kinds of file that are read, whatever the case of their letters."""

MAX_BYTES = 200_000_000
"""Larger files are not read, unless the caller says so."""

OnProblem = Callable[[UnreadableSource], None]
"""Told of each source that cannot be read, while the rest goes on."""

_GIVEN = ("title", "author", "publisher", "date", "url")
"""Fields that a caller may give, and that are part of the id of a document."""


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
    decoded = decode(data)
    if decoded is None:
        raise UnreadableSource(file.name, "looks like a binary file; save it as plain text first")
    text, encoding = decoded
    if not text.strip("\ufeff\0 \t\r\n\f\v\xa0"):
        raise UnreadableSource(file.name, "is empty")
    metadata = {} if encoding == "utf-8" else {"encoding": encoding}
    return read_text(text, path=file.name, metadata=metadata)


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
    text: str, given: Mapping[str, str | None], path: str | None, metadata: Mapping[str, str]
) -> Document:
    text = clean(text)
    front = parse_front_matter(text)
    known = front.fields | {name: value for name, value in given.items() if value}
    segments = segment_text(text, front.end, title=known.get("title"))
    fields = segments.facts | known
    digest = sha256("\0".join([text, *(fields.get(name, "") for name in _GIVEN)]).encode())
    return Document(
        id=f"doc:{digest.hexdigest()[:16]}",
        text=text,
        path=path,
        language=fields.pop("language", "en"),
        metadata=dict(sorted((front.further | dict(metadata)).items())),
        passages=segments.passages,
        **fields,
    )


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
