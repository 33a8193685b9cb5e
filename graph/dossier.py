"""One entity on one page, every line with the sentences it rests on.

The page is filled in from a fixed template: it holds what the graph holds and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from ..schema import Claim, CoMention, Decision, Edge, Entity, Evidence, Status
from .answers.page import html_page
from .answers.tables import Labels, date_of, stance

if TYPE_CHECKING:
    from rich.console import Group

_HEADINGS = {
    Status.AFFIRMED: "What sources state",
    Status.CONTESTED: "What sources disagree on",
    Status.HYPOTHETICAL: "What is planned, feared or supposed",
    Status.DENIED: "What is denied",
}
_NEIGHBOURS_SHOWN = 10
_QUOTES_PER_LINE = 3


@dataclass(frozen=True)
class Line:
    """A line of a dossier and the numbers of the sources it rests on."""

    text: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading and its lines."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Dossier:
    """What a graph knows of one entity; print it, or save `to_markdown` or `to_html`."""

    entity: Entity
    summary: tuple[str, ...]
    """Who or what it is, its other names, and where it is named."""
    sections: tuple[Section, ...]
    sources: tuple[Line, ...]
    """The quoted sentences; the number of a source is its place here, counted from 1."""

    def to_markdown(self) -> str:
        """Return the page as Markdown, citations as bracketed numbers."""
        return "\n".join(self._markdown_lines()) + "\n"

    def to_html(self) -> str:
        """Return the page as HTML that stands alone; a citation leads to its source."""
        return html_page(self.entity.name, self._body())

    def to_dict(self) -> dict[str, object]:
        """Return the page as plain values, for JSON."""
        return {
            "id": self.entity.id,
            "name": self.entity.name,
            "type": self.entity.type,
            "summary": list(self.summary),
            "sections": [
                {
                    "heading": section.heading,
                    "lines": [
                        {"text": line.text, "sources": list(line.sources)} for line in section.lines
                    ],
                }
                for section in self.sections
            ],
            "sources": [source.text for source in self.sources],
        }

    def __str__(self) -> str:
        return self.to_markdown()

    def __rich__(self) -> Group:
        from rich.console import Group
        from rich.padding import Padding
        from rich.text import Text

        parts: list[Text | Padding] = [Text(self.entity.name, style="bold")]
        parts += [Text(paragraph) for paragraph in self.summary]
        for section in self.sections:
            parts.append(Text(f"\n{section.heading}", style="bold"))
            for line in section.lines:
                cited = " ".join(f"[{number}]" for number in line.sources)
                parts.append(Padding(Text.assemble(f"{line.text} ", (cited, "dim")), (0, 0, 0, 2)))
        if self.sources:
            parts.append(Text("\nSources", style="bold"))
        for number, source in enumerate(self.sources, 1):
            parts.append(Padding(Text(f"[{number}] {source.text}", style="dim"), (0, 0, 0, 2)))
        return Group(*parts)

    def __repr__(self) -> str:
        return f"<Dossier of {self.entity.name!r}: {len(self.sources)} sources>"

    def _repr_html_(self) -> str:
        return self._body()

    def _body(self) -> str:
        lines = [f"<h1>{escape(self.entity.name)}</h1>"]
        lines += [f"<p>{escape(paragraph)}</p>" for paragraph in self.summary]
        for section in self.sections:
            lines.append(f"<h2>{escape(section.heading)}</h2>\n<ul>")
            for line in section.lines:
                cited = "".join(f' <a href="#source-{n}">[{n}]</a>' for n in line.sources)
                lines.append(
                    f"<li>{escape(line.text)}{f'<sup>{cited}</sup>' if cited else ''}</li>"
                )
            lines.append("</ul>")
        if self.sources:
            lines.append("<h2>Sources</h2>\n<ol>")
            for number, source in enumerate(self.sources, 1):
                lines.append(f'<li id="source-{number}">{escape(source.text)}</li>')
            lines.append("</ol>")
        return "\n".join(lines)

    def _markdown_lines(self) -> Iterator[str]:
        yield f"# {_escape(self.entity.name)}"
        for paragraph in self.summary:
            yield ""
            yield _escape(paragraph)
        for section in self.sections:
            yield from ("", f"## {section.heading}", "")
            for line in section.lines:
                yield "- " + " ".join([_escape(line.text), *(f"[{n}]" for n in line.sources)])
        if self.sources:
            yield from ("", "## Sources", "")
        for number, source in enumerate(self.sources, 1):
            yield f"{number}. {_escape(source.text)}"


def build_dossier(
    entity: Entity,
    edges: Sequence[Edge],
    claims: Sequence[Claim],
    spoken: Sequence[Claim],
    comentions: Sequence[CoMention],
    decisions: Sequence[Decision],
    labels: Labels,
) -> Dossier:
    """Fill in the page of one entity.

    Args:
        entity: Whom or what it is about.
        edges: Edges it is an end of.
        claims: Claims it plays any part in, in the order of their dates.
        spoken: Claims it is the speaker of.
        comentions: Its co-mentions, the most frequent first; those that share only a document
            are left out.
        decisions: Why names stand for it.
        labels: Names of entities and documents.
    """
    sources = _Sources(labels)
    roles = [c for c in claims if entity.id not in (c.subject_id, c.object_id)]
    dated = [c for c in claims if date_of(c)]
    near = [pair for pair in comentions if pair.sentences or pair.paragraphs]

    def edge_lines(status: Status) -> tuple[Line, ...]:
        return tuple(_edge_line(edge, labels, sources) for edge in edges if edge.status is status)

    def claim_lines(some: Iterable[Claim]) -> tuple[Line, ...]:
        return tuple(_claim_line(claim, labels, sources) for claim in some)

    candidates = [
        *(Section(heading, edge_lines(status)) for status, heading in _HEADINGS.items()),
        Section("Where it plays another part", claim_lines(roles)),
        Section(f"What {entity.name} says", claim_lines(spoken)),
        Section(
            "Named together with",
            tuple(
                _comention_line(entity, together, labels, sources)
                for together in near[:_NEIGHBOURS_SHOWN]
            ),
        ),
        Section(
            "Timeline",
            tuple(_claim_line(c, labels, sources, prefix=f"{date_of(c)}: ") for c in dated),
        ),
        Section("Names", tuple(Line(f"“{d.name}”: {d.detail} ({d.rule})") for d in decisions)),
    ]
    return Dossier(
        entity=entity,
        summary=tuple(_summary(entity, labels)),
        sections=tuple(section for section in candidates if section.lines),
        sources=sources.lines,
    )


class _Sources:
    """The quoted sentences of a page, numbered in the order they are first cited."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._lines: list[Line] = []

    def cite(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        """Return the numbers of some sentences, without repetition."""
        return tuple(dict.fromkeys(map(self._number, evidence)))

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self._lines)

    def _number(self, evidence: Evidence) -> int:
        place = evidence.document_id, evidence.start, evidence.end
        if place not in self._numbers:
            self._numbers[place] = len(self._numbers) + 1
            self._lines.append(Line(self._describe(evidence)))
        return self._numbers[place]

    def _describe(self, evidence: Evidence) -> str:
        document = self._labels.documents.get(evidence.document_id)
        origin = (document.author, document.publisher, document.url) if document else ()
        parts = [self._labels.source(evidence), *origin, evidence.date]
        where = f"characters {evidence.start}–{evidence.end}"
        sentence = " ".join(evidence.exact.split())
        return f"“{sentence}” {', '.join(part for part in parts if part)} ({where})"


def _summary(entity: Entity, labels: Labels) -> Iterator[str]:
    kind = [entity.type, entity.subtype, entity.country and f"country {entity.country.upper()}"]
    if entity.family:
        kind.append(f"variant of {labels.entity(entity.family)}")
    yield "; ".join(part.replace("_", " ") for part in kind if part) + f" ({entity.id})."
    if entity.aliases:
        yield f"Also called {', '.join(entity.aliases)}."
    named = f"Named {_count(entity.mentions, 'time')} in {_count(entity.documents, 'document')}"
    seen = " to ".join(dict.fromkeys(d for d in (entity.first_seen, entity.last_seen) if d))
    yield f"{named}, {seen}." if seen else f"{named}."


def _edge_line(edge: Edge, labels: Labels, sources: _Sources) -> Line:
    stances = ", ".join(dict.fromkeys(stance(claim) for claim in edge.claims))
    counts = f"{_count(edge.n_evidence, 'sentence')}, {_count(edge.n_sources, 'source')}"
    quoted = [claim.evidence for claim in edge.claims][:_QUOTES_PER_LINE]
    return Line(f"{labels.link(*edge.key)} ({stances}; {counts})", sources.cite(quoted))


def _claim_line(claim: Claim, labels: Labels, sources: _Sources, prefix: str = "") -> Line:
    text = f"{prefix}{labels.statement(claim)} ({stance(claim)}, {labels.speaker(claim)})"
    return Line(text, sources.cite([claim.evidence]))


def _comention_line(entity: Entity, together: CoMention, labels: Labels, sources: _Sources) -> Line:
    other = together.b if together.a == entity.id else together.a
    counts = (
        f"{_count(together.sentences, 'sentence')}, NPMI {together.npmi:.2f}"
        if together.sentences
        else _count(together.paragraphs, "paragraph")
    )
    text = f"{labels.entity(other)} ({counts}; {_count(together.documents, 'document')})"
    return Line(text, sources.cite(together.examples[:_QUOTES_PER_LINE]))


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _escape(text: str) -> str:
    """Keep the source's own characters from being read as Markdown or HTML."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)
