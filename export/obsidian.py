"""Obsidian: a folder of linked Markdown notes, one for each entity and each document.

Specifications: CommonMark 0.31, with the properties and links of Obsidian
(https://help.obsidian.md).

A note of an entity has its type, aliases and identifiers as properties, and what sources state of
it, each relation with its status and its sentences as quotes that name who says so, how firmly, and
the document; then whom it is named together with. A note of a document has what is known of its
origin, and the entities that claims of it are about.

Kept: entities, stated relations with their evidence, co-mentions without their sentences, documents
without their text. Lost: offsets, rules, confidence, qualifiers, positions, what relations mean.
Names that a file system forbids, or that differ only in case, are mended in names of files: the
title in a note is as it was. Notes of before are overwritten, others stay: give it a folder of its
own, within a vault if you like.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..schema import Claim, CoMention, Document, Edge, Entity, GraphView, Modality, Polarity
from .files import open_text
from .xml import clean

_ENTITIES, _DOCUMENTS = "entities", "documents"
_LONGEST = 100
"""Characters of a file name; systems allow 255 bytes, and a character takes up to four."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|#^\[\]%]|[^ -\U0010ffff]|[\x7f-\x9f]')
_RESERVED = re.compile(r"(?i)\A(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?= *(?:\.|\Z))")
_MARKUP = re.compile(r"[\\`*_\[\]<>#$%&^~=]|^[-+]")


def write_obsidian(graph: GraphView, folder: Path) -> None:
    """Write the notes into a folder; the same graph always gives the same bytes.

    Raises:
        ExportError: A file cannot be written.
    """
    folder = Path(folder)
    vault = _Vault(graph)
    for name, text in vault.notes():
        with open_text(folder / f"{name}.md") as stream:
            stream.write(text)


class _Vault:
    """The notes of a graph: what each is called, and what stands in it."""

    def __init__(self, graph: GraphView) -> None:
        self.entities = {e.id: e for e in sorted(graph.entities, key=lambda entity: entity.id)}
        self.documents = {
            d.id: d for d in sorted(graph.documents, key=lambda document: document.id)
        }
        names = [(id_, entity.name) for id_, entity in self.entities.items()]
        self._entity_files = _file_names(_ENTITIES, names)
        labels = [(id_, document.label) for id_, document in self.documents.items()]
        self._document_files = _file_names(_DOCUMENTS, labels)
        self.inverses = {name: relation.inverse for name, relation in graph.relations.items()}
        self.stated: dict[str, list[Edge]] = {id_: [] for id_ in self.entities}
        self.met: dict[str, list[CoMention]] = {id_: [] for id_ in self.entities}
        self.claimed: dict[str, set[str]] = {id_: set() for id_ in self.documents}
        for edge in sorted(graph.edges, key=lambda edge: edge.key):
            for id_ in sorted({edge.subject_id, edge.object_id}):
                self.stated[id_].append(edge)
            for claim in edge.claims:
                about = self.claimed.get(claim.evidence.document_id, set())
                about.update((edge.subject_id, edge.object_id))
        for comention in sorted(graph.comentions, key=_strength):
            self.met[comention.a].append(comention)
            self.met[comention.b].append(comention)

    def notes(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of every note."""
        for id_, entity in self.entities.items():
            yield self._entity_files[id_], "".join(self._entity_note(entity))
        for id_, document in self.documents.items():
            yield self._document_files[id_], "".join(self._document_note(document))

    def _entity_note(self, entity: Entity) -> Iterator[str]:
        yield _properties(
            id=entity.id,
            type=entity.type,
            subtype=entity.subtype,
            country=entity.country,
            aliases=[name for name in map(clean, entity.aliases) if name],
            mentions=entity.mentions,
            documents=entity.documents,
            first_seen=entity.first_seen,
            last_seen=entity.last_seen,
            **{f"id_{key}": entity.identifiers[key] for key in sorted(entity.identifiers)},
        )
        yield f"# {_plain(entity.name) or _plain(entity.id)}\n"
        if entity.family in self.entities:
            yield f"\nA variant of {self._link(entity.family)}.\n"
        if self.stated[entity.id]:
            yield "\n## What sources state\n"
            for edge in self.stated[entity.id]:
                yield from self._relation(entity, edge)
        if self.met[entity.id]:
            yield "\n## Named together with\n\n"
            for comention in self.met[entity.id]:
                other = comention.b if comention.a == entity.id else comention.a
                count = f"{comention.sentences} {_plural('sentence', comention.sentences)}"
                yield f"- {self._link(other)}: {count}\n"

    def _relation(self, entity: Entity, edge: Edge) -> Iterator[str]:
        if edge.subject_id == entity.id:
            reading, other = edge.relation, edge.object_id
        else:
            reading, other = self._inverse(edge.relation), edge.subject_id
        yield f"\n### {_words(reading)} {self._link(other)}\n\n"
        yield f"{edge.status.value.capitalize()}, belief {edge.belief:.2f}.\n"
        for claim in edge.claims:
            yield f"\n> {_plain(claim.evidence.exact)}\n>\n> — {self._citation(claim)}\n"

    def _inverse(self, relation: str) -> str:
        return self.inverses.get(relation, f"is object of: {relation}")

    def _citation(self, claim: Claim) -> str:
        document = self.documents.get(claim.evidence.document_id)
        told = [
            f"[[{self._document_files[document.id]}|{_shown(document.label)}]]" if document else "",
            _plain(claim.evidence.date or ""),
            "denied" if claim.polarity is Polarity.NEGATED else "",
            "" if claim.modality is Modality.ASSERTED else claim.modality.value,
            self._speaker(claim),
        ]
        return ", ".join(filter(None, told))

    def _speaker(self, claim: Claim) -> str:
        if claim.speaker_id in self.entities:
            return f"says {self._link(claim.speaker_id)}"
        return f"says {_plain(claim.speaker)}" if claim.speaker else ""

    def _document_note(self, document: Document) -> Iterator[str]:
        yield _properties(
            id=document.id,
            type="source",
            author=document.author,
            publisher=document.publisher,
            date=document.date,
            url=document.url,
            path=document.path,
        )
        yield f"# {_plain(document.label)}\n"
        if about := self.claimed[document.id]:
            yield "\n## What it makes statements about\n\n"
            for id_ in sorted(about):
                yield f"- {self._link(id_)}\n"

    def _link(self, entity_id: str) -> str:
        return f"[[{self._entity_files[entity_id]}|{_shown(self.entities[entity_id].name)}]]"


def _strength(comention: CoMention) -> tuple[int, str, str]:
    return -comention.sentences, comention.a, comention.b


def _file_names(folder: str, names: Sequence[tuple[str, str]]) -> dict[str, str]:
    """A path without suffix for each id; a second note of one name gets a number.

    File systems of Windows and macOS take names that are equal but for case for the same.
    """
    taken: set[str] = set()
    paths: dict[str, str] = {}
    for id_, name in names:
        stem = candidate = _file_name(name)
        number = 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{stem} ({number})"
        taken.add(candidate.casefold())
        paths[id_] = f"{folder}/{candidate}"
    return paths


def _file_name(name: str) -> str:
    """Return a name that Windows, macOS, Linux and Obsidian's links allow.

    >>> _file_name('Aegis: "Ashore" / sea?'), _file_name("NUL"), _file_name("...")
    ('Aegis Ashore sea', 'NUL_', 'unnamed')
    """
    visible = "".join(c for c in _FORBIDDEN.sub(" ", clean(name)) if c.isprintable())
    stem = " ".join(visible.split())[:_LONGEST].strip(" .")
    return _RESERVED.sub(r"\1_", stem) or "unnamed"


def _properties(**values: object) -> str:
    """Front matter; JSON strings, numbers and lists are YAML as well."""
    cleaned = {n: clean(v) if isinstance(v, str) else v for n, v in values.items()}
    known = {name: value for name, value in cleaned.items() if value not in (None, "", [])}
    lines = (f"{_key(name)}: {_yaml(value)}\n" for name, value in known.items())
    return f"---\n{''.join(lines)}---\n"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII) else _yaml(name)


def _yaml(value: object) -> str:
    """A value on one line; what YAML does not allow as it is, is written as an escape."""
    text = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() or c > "\uffff" else f"\\u{ord(c):04X}" for c in text)


def _plain(text: str) -> str:
    r"""Text on one line in which nothing is markup.

    >>> print(_plain("1. *S-400* [[x]]"))
    1\. \*S-400\* \[\[x\]\]
    """
    escaped = _MARKUP.sub(r"\\\g<0>", clean(text))
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", escaped)


def _shown(name: str) -> str:
    """The words of a link, where a backslash would be shown."""
    return " ".join(re.sub(r"[\[\]|`\\<>]", " ", clean(name)).split()) or "unnamed"


def _words(relation: str) -> str:
    return _plain(relation.replace("_", " "))


def _plural(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"
