"""From the sources into the store: what changed is read, what did not is recalled.

A file is known by a hash of its bytes, so that the build of an unchanged folder only looks at its
files. A date or a size may stay when the content changes; a hash does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from ..errors import NothingToRead, UnreadableSource
from ..schema import Document
from .recipe import Recipe, code_hash

if TYPE_CHECKING:
    from ..graph.storage.intake import Intake
    from ..ingest import FromFile, SourceFile

LANGUAGES = frozenset(("en",))
"""Languages that there is a pipeline for."""
_LIBRARIES = ("charset-normalizer", "py3langid", "pypdf", "python-docx", "trafilatura")
"""What reads files for us."""


class ReadDocuments(Protocol):
    """`actorgraph.ingest.read_documents`, its options given."""

    def __call__(
        self, *, on_problem: Callable[[UnreadableSource], None], from_file: FromFile
    ) -> Iterable[Document]: ...


class Reading:
    """Takes the documents of one build into the store; one text is one document.

    Args:
        intake: Where they go.
        recipe: What they will be extracted with.
        options: Whatever else the reading of a file depends on; part of what it is known by.
        on_document: Called with the number of documents so far.
    """

    def __init__(
        self,
        intake: Intake,
        recipe: Recipe,
        *,
        options: object = None,
        on_document: Callable[[int], None] = lambda number: None,
    ) -> None:
        self.documents = 0
        self.languages: dict[str, int] = {}
        """Documents left out, by language."""
        self.problems: list[UnreadableSource] = []
        self._intake = intake
        self._recipe = recipe
        self._options = options
        self._on_document = on_document
        self._repeats = 0
        """Documents that another file has held as well."""

    def read(self, read_documents: ReadDocuments, sources: Sequence[str]) -> None:
        """Take in all documents of the sources.

        Raises:
            NothingToRead: There is none.
        """
        found = read_documents(on_problem=self.problems.append, from_file=self._unless_known)
        for document in found:
            self._take(document)
        for language, n in sorted(self.languages.items()):
            count = "one document" if n == 1 else f"{n:,} documents"
            reason = f"no pipeline reads the language {language!r}"
            self.problems.append(UnreadableSource(count, reason))
        if not self.documents:
            reason = "; ".join(map(str, self.problems)) or "no document is there"
            raise NothingToRead(sources, reason)

    def _unless_known(self, file: SourceFile, documents: Iterator[Document]) -> Iterator[Document]:
        """The documents of a file that are not in the store yet; others are taken in here."""
        stamp = self._stamp(file)
        known = self._intake.recall(stamp, LANGUAGES) if stamp else None
        if known is not None:
            for recalled in known:
                if self._is_readable(recalled.language):
                    self._counted(self._intake.add_recalled(recalled, self._recipe.key))
            return
        problems, repeats = len(self.problems), self._repeats
        for document in documents:
            yield document
            if stamp:
                self._intake.remember(stamp, document)
        if stamp and (problems, repeats) != (len(self.problems), self._repeats):
            self._intake.forget(stamp)  # a problem is told at every build

    def _take(self, document: Document) -> None:
        if self._is_readable(document.language):
            self._counted(self._intake.add(document, self._recipe.key_of(document)))

    def _is_readable(self, language: str) -> bool:
        """Whether there is a pipeline for a language; if not, the document is counted."""
        if language in LANGUAGES:
            return True
        self.languages[language] = self.languages.get(language, 0) + 1
        return False

    def _counted(self, is_first: bool) -> None:
        if is_first:
            self.documents += 1
            self._on_document(self.documents)
        else:
            self._repeats += 1

    def _stamp(self, file: SourceFile) -> str | None:
        """What a file is known by: its content, its name, and the code that reads it."""
        try:
            with file.path.open("rb") as stream:
                content = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return None
        return hashlib.sha256(repr((self._code, file.name, content)).encode()).hexdigest()

    @cached_property
    def _code(self) -> str:
        code = code_hash("formats", "segmentation", "ingest", "schema", libraries=_LIBRARIES)
        return f"{code} {self._options!r}"
