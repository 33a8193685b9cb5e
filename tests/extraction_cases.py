"""Extractions built by hand, for tests of what comes after extraction."""

from __future__ import annotations

from collections.abc import Sequence

from actorgraph.graph.resolution.spelling import slug
from actorgraph.schema import (
    Claim,
    Document,
    Entity,
    Evidence,
    Extraction,
    Mention,
    MentionKind,
    Modality,
    Polarity,
)


class Text:
    """One document, written mention by mention.

    ``Text("d1").says("person", "D. Rogozin").extraction``
    """

    def __init__(self, document_id: str, **metadata: str) -> None:
        self._id = document_id
        self._metadata = metadata
        self._text = ""
        self._sentence = 0
        self._mentions: list[Mention] = []
        self._entities: dict[str, Entity] = {}
        self._claims: list[Claim] = []

    def says(
        self,
        type_: str,
        form: str,
        *,
        name: str | None = None,
        entity_id: str | None = None,
        kind: str = "name",
        rule: str = "ner",
        times: int = 1,
        **fields: object,
    ) -> Text:
        """Mention an entity; `name` and `entity_id` follow from the form unless they are given."""
        name = name or form
        entity_id = entity_id or f"{type_}:{slug(name)}"
        entity = Entity(id=entity_id, name=name, type=type_, **fields)
        self._entities.setdefault(entity_id, entity)
        for _ in range(times):
            start = len(self._text)
            self._text += form + " "
            self._mentions.append(
                Mention(
                    document_id=self._id,
                    start=start,
                    end=start + len(form),
                    text=form,
                    type=type_,
                    entity_id=entity_id,
                    kind=MentionKind(kind),
                    rule=rule,
                    sentence=self._sentence,
                    paragraph=self._sentence // 2,
                )
            )
        return self

    def stop(self) -> Text:
        """End the sentence; two sentences are a paragraph."""
        self._text = self._text.rstrip() + ". "
        self._sentence += 1
        return self

    def claims(
        self,
        relation: str,
        *,
        polarity: str = "affirmed",
        modality: str = "asserted",
        confidence: float = 0.8,
        claim_id: str | None = None,
        ends: tuple[int, int] = (-2, -1),
        **fields: object,
    ) -> Text:
        """State a relation between two mentions, the last two unless others are named."""
        subject, object_ = (self._mentions[place] for place in ends)
        start, end = min(subject.start, object_.start), max(subject.end, object_.end)
        self._claims.append(
            Claim(
                id=claim_id or f"{self._id}-{len(self._claims)}",
                subject_id=subject.entity_id,
                relation=relation,
                object_id=object_.entity_id,
                polarity=Polarity(polarity),
                modality=Modality(modality),
                wording=relation,
                rule="test",
                confidence=confidence,
                evidence=Evidence(
                    document_id=self._id,
                    start=start,
                    end=end,
                    exact=self._text[start:end],
                    date=self._metadata.get("date"),
                ),
                subject_mention=(subject.start, subject.end),
                object_mention=(object_.start, object_.end),
                **fields,
            )
        )
        return self

    @property
    def extraction(self) -> Extraction:
        """What an extractor would have found."""
        return Extraction(
            document=Document(id=self._id, text=self._text, **self._metadata),
            mentions=tuple(self._mentions),
            entities=tuple(self._entities.values()),
            claims=tuple(self._claims),
            sentences=self._sentence + 1,
        )


def extractions(*texts: Text) -> Sequence[Extraction]:
    """All documents of a corpus."""
    return [text.extraction for text in texts]
