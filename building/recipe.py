"""What extraction is made with: the code, the language model, and the names and relations it knows.

A `Recipe` is small and travels to worker processes and other machines; each loads its own
extractor. Its key tells whether what was found in a document before still holds, and is known
without loading the model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import LexiconError
from ..schema import Document, Entity, RelationType

if TYPE_CHECKING:
    from ..extract.extractor import Extractor
    from ..extract.naming.name_files import NameRow

__version__ = "0.1.0"
_ROOT = Path(__file__).parents[1]

OwnNames = str | Path | Entity | Mapping[str, Any]
"""A file of names or relations, or one name: an `Entity`, or its fields in a dictionary."""


@dataclass(frozen=True)
class Recipe:
    """All that extraction depends on, beside the document."""

    extras: tuple[Path | NameRow, ...] = ()
    """The user's own files, and rows for the names that were given as objects."""

    @classmethod
    def of(cls, lexicon: OwnNames | Sequence[OwnNames]) -> Recipe:
        """The recipe with further names and relations.

        Raises:
            LexiconError: A file is neither of names nor of relations.
        """
        from ..extract.naming.name_files import as_row

        if isinstance(lexicon, str | Path | Entity | Mapping):
            lexicon = [lexicon]
        return cls(
            tuple(_lexicon_file(o) if isinstance(o, str | Path) else as_row(o) for o in lexicon)
        )

    @cached_property
    def provenance(self) -> dict[str, str]:
        """Versions of code, model and lexicon, for people to read."""
        from ..extract.language import model_name

        return {
            "actorgraph": __version__,
            "model": model_name(),
            "lexicon": self._lexicon_hash[:12],
        }

    @cached_property
    def key(self) -> str:
        """What tells this recipe from another one."""
        code = code_hash("extract", "segmentation", libraries=("spacy", "thinc"))
        return "|".join((f"{__version__}+{code[:12]}", *list(self.provenance.values())[1:]))

    def key_of(self, document: Document) -> str:
        """What tells this document, read with this recipe, from others.

        Only what `essence` keeps of a document counts.
        """
        passages = [(p.start, p.end, p.kind, p.speaker) for p in document.passages]
        content = json.dumps([document.id, document.title, document.date, document.text, passages])
        return f"{self.key}|{hashlib.sha256(content.encode()).hexdigest()[:32]}"

    @property
    def relations(self) -> Mapping[str, RelationType]:
        """What the names of relations mean."""
        from ..extract.stating.triggers import load_relations

        return load_relations(self._relation_files).relations

    def extractor(self) -> Extractor:
        """The extractor, loaded once a process."""
        return _load(self)

    @property
    def _relation_files(self) -> list[Path]:
        return [extra for extra in self.extras if isinstance(extra, Path) and _is_relations(extra)]

    @cached_property
    def _lexicon_hash(self) -> str:
        digest = hashlib.sha256()
        for file in _files("extract.lexicon", ".csv", ".toml"):
            digest.update(file)
        for extra in self.extras:
            digest.update(extra.read_bytes() if isinstance(extra, Path) else repr(extra).encode())
        return digest.hexdigest()


def essence(document: Document) -> Document:
    """The part of a document that extraction is given: a renamed file needs no new one.

    The title names who speaks in a transcript, and the date dates what happened *last year*.

    >>> kept = essence(Document(id="d", text="NATO met.", path="old/name.txt", date="2021"))
    >>> kept.text, kept.date, kept.path
    ('NATO met.', '2021', None)
    """
    return Document(
        id=document.id,
        title=document.title,
        text=document.text,
        date=document.date,
        passages=document.passages,
    )


def code_hash(*packages: str, libraries: Sequence[str] = ()) -> str:
    """A hash of the code of packages and modules of ours, and of the versions of libraries."""
    code = hashlib.sha256()
    for package in packages:
        for file in _files(package, ".py", ".j2", ".js", ".css"):
            code.update(file)
    for library in libraries:
        code.update(f"{library} {metadata.version(library)}".encode())
    return code.hexdigest()


@lru_cache(maxsize=4)
def _load(recipe: Recipe) -> Extractor:
    from ..extract.extractor import Extractor
    from ..extract.gazetteer import load_lexicon
    from ..extract.language import load_nlp
    from ..extract.stating.triggers import load_relations

    relations = recipe._relation_files
    names = [extra for extra in recipe.extras if extra not in relations]
    return Extractor(load_nlp(), load_lexicon(names), load_relations(relations))


def _lexicon_file(given: str | Path) -> Path:
    path = Path(given)
    if path.suffix not in (".csv", ".yaml", ".yml", ".toml"):
        reason = "a lexicon is a .csv or .yaml of names, or a .toml of relations"
        raise LexiconError(str(path), None, reason)
    return path


def _is_relations(path: Path) -> bool:
    return path.suffix == ".toml"


def _files(package: str, *suffixes: str) -> Iterator[bytes]:
    """Contents of the files of a package, by name; a module is one file."""
    place = _ROOT.joinpath(*package.split("."))
    if not place.is_dir():
        yield place.with_suffix(".py").read_bytes()
        return
    for file in sorted(place.rglob("*")):
        if file.name.endswith(suffixes):
            yield file.read_bytes()
