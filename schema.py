"""The nouns of actorgraph: what is read, what is found in it, and what is said about it.

Every model is frozen and closed to unknown fields: facts are replaced, not edited, so that they
can be shared, hashed and compared. Offsets count characters of `Document.text`, the text as read;
``document.text[m.start:m.end] == m.text`` holds for every mention and every piece of evidence.

Evidence follows the W3C Web Annotation Data Model: a text position selector (``start``, ``end``)
beside a text quote selector (``exact``, ``prefix``, ``suffix``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

CO_MENTIONED_WITH = "co_mentioned_with"
"""The relation of two names that met in one window; computed, never stated."""

RELATED_TO = "related_to"
"""A stated relation for which the lexicon has no type; its claim keeps the source's wording."""


class EntityType(StrEnum):
    """What kind of thing a name stands for. A user's ontology may add further types."""

    COUNTRY = "country"
    ORGANIZATION = "organization"
    PERSON = "person"
    SYSTEM = "system"
    """A named weapon, sensor, platform, network or architecture: *S-400*, *IAMD*."""
    PLACE = "place"
    AGREEMENT = "agreement"
    EVENT = "event"
    DOCUMENT = "document"
    """A cited work: *the Valdai Discussion Club report*."""


class MentionKind(StrEnum):
    """How a stretch of text refers to an entity."""

    NAME = "name"
    DEMONYM = "demonym"
    """An adjective or people that stands for a country: *Russian officials*."""
    NOMINAL = "nominal"
    """A definite description: *the alliance*."""
    PRONOUN = "pronoun"


class Polarity(StrEnum):
    """Whether a source affirms a relation or denies it."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Modality(StrEnum):
    """How firmly a source commits to a claim."""

    ASSERTED = "asserted"
    """Stated as fact: *Turkey bought the S-400.*"""
    REPORTED = "reported"
    """Attributed to someone: *Sources say Turkey bought the S-400.*"""
    HYPOTHETICAL = "hypothetical"
    """Conditional, planned, wished or asked: *Turkey may buy the S-400.*"""

    def __add__(self, other: str) -> Modality:
        """The more cautious of the two, so that evidence never gains certainty.

        >>> Modality.ASSERTED + Modality.REPORTED
        <Modality.REPORTED: 'reported'>
        """
        caution = list(Modality)
        return max(self, Modality(other), key=caution.index)


class Status(StrEnum):
    """What all the evidence of an edge, taken together, amounts to."""

    AFFIRMED = "affirmed"
    """At least one source states it as fact or reports it, and none denies it."""
    CONTESTED = "contested"
    """Stated by some evidence and denied by other."""
    HYPOTHETICAL = "hypothetical"
    """Only planned, wished, feared or supposed."""
    DENIED = "denied"
    """Only denied."""

    @property
    def is_fact(self) -> bool:
        """Whether an edge of this status counts as fact by default."""
        return self in (Status.AFFIRMED, Status.CONTESTED)


class PassageKind(StrEnum):
    """The part a stretch of text plays in its document."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    QUOTE = "quote"


class _Noun(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Passage(_Noun):
    """A stretch of a document that is read as running text: a title, a paragraph, a list item.

    What lies in no passage (front matter, menus, comment forms) is left out of extraction.
    """

    start: int = Field(ge=0)
    end: int
    kind: PassageKind = PassageKind.TEXT
    speaker: str | None = None
    """The label of a transcript turn: *MR. KIRBY*."""


class Document(_Noun):
    """One text as it was read, with what is known about its origin.

    Dates stay as precise as they were given: ``2021``, ``2021-02`` or ``2021-02-03``.
    """

    id: str
    """Hash of the content and its metadata: the same document always has the same id."""
    text: str = Field(repr=False)
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    path: str | None = None
    """Where it was read from, relative to the folder that was named."""
    language: str = "en"
    metadata: Mapping[str, str] = Field(default_factory=dict)
    passages: tuple[Passage, ...] = Field(default=(), repr=False)
    """The parts to extract from, in reading order; empty until the document is segmented."""

    @property
    def label(self) -> str:
        """The shortest name a reader would recognise: title, else path, else id."""
        return self.title or self.path or self.id


class Mention(_Noun):
    """A stretch of text that refers to an entity."""

    document_id: str
    start: int = Field(ge=0)
    end: int
    text: str
    type: str
    entity_id: str
    kind: MentionKind = MentionKind.NAME
    rule: str = ""
    """What found it: ``lexicon``, ``designation``, ``ner``, ``abbreviation`` ..."""
    score: float = Field(default=1.0, ge=0, le=1)
    sentence: int = -1
    """Ordinal of the sentence in its document."""
    paragraph: int = -1
    """Ordinal of the passage in its document."""


class Entity(_Noun):
    """An actor, system, place, agreement or work that documents name.

    Having several names is the ordinary case: `name` is the one to show, `aliases` all others.
    """

    id: str
    name: str
    type: str
    subtype: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2 code, lower case, of the country it belongs to, where known."""
    aliases: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = Field(default_factory=dict)
    family: str | None = None
    """Id of the entity it is a variant of: the S-300 for the S-300PMU-2."""
    mentions: int = Field(default=0, ge=0)
    documents: int = Field(default=0, ge=0)
    first_seen: str | None = None
    last_seen: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the one to show first."""
        return (self.name, *self.aliases)


class Evidence(_Noun):
    """The stretch of source text that supports a claim; usually one sentence."""

    document_id: str
    start: int = Field(ge=0)
    end: int
    exact: str
    prefix: str = Field(default="", repr=False)
    suffix: str = Field(default="", repr=False)
    date: str | None = None
    """Date of the document, as precise as given."""


class Claim(_Noun):
    """What one sentence states about two entities.

    Polarity, modality and speaker are three axes: *Ankara says Turkey may not buy the S-400* is
    negated, hypothetical, and spoken by Turkey.
    """

    id: str
    subject_id: str
    relation: str
    object_id: str
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    speaker_id: str | None = None
    """The entity that says so, where it is one of the graph."""
    speaker: str | None = None
    """Who says so in the words of the source: *unconfirmed sources*. None: the author."""
    wording: str
    """The source's own trigger words: *took delivery of*."""
    rule: str
    confidence: float = Field(default=1.0, ge=0, le=1)
    event_date: str | None = None
    evidence: Evidence
    subject_mention: tuple[int, int]
    object_mention: tuple[int, int]
    qualifiers: Mapping[str, str] = Field(default_factory=dict)
    """Further roles: the item supplied, the place of a deployment (entity ids or words)."""


class Edge(_Noun):
    """All claims of one (subject, relation, object), weighed together."""

    subject_id: str
    relation: str
    object_id: str
    claims: tuple[Claim, ...] = Field(repr=False)
    status: Status
    belief: float = Field(ge=0, le=1)
    n_evidence: int
    """Distinct sentences; copies of one text count once."""
    n_documents: int
    n_sources: int
    """Distinct publishers (or documents, where none is known)."""
    first_date: str | None = None
    last_date: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Subject, relation, object."""
        return self.subject_id, self.relation, self.object_id


class CoMention(_Noun):
    """How often two entities met, undirected; `a` sorts before `b`.

    NPMI after Bouma (2009), log-likelihood ratio after Dunning (1993), both over sentences.
    """

    a: str
    b: str
    sentences: int
    paragraphs: int
    documents: int
    npmi: float = Field(ge=-1, le=1)
    log_likelihood: float
    examples: tuple[Evidence, ...] = Field(default=(), repr=False)


class RelationType(_Noun):
    """What a relation name means: its inverse, what it may join, and its codes elsewhere."""

    name: str
    inverse: str
    """Name of the reading from object to subject; the name itself where symmetric."""
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    symmetric: bool = False
    description: str = ""
    plover: str | None = None
    """PLOVER event code: *COOPERATE*."""
    quad: str = "structural"
    """Class of the relation, after PLOVER's quad classes: structural, or verbal or material
    cooperation or conflict, joined by a hyphen (``material-conflict``)."""
    wikidata: str | None = None


class Extraction(_Noun):
    """What was found in one document."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    sentences: int = 0

    def __repr__(self) -> str:
        return (
            f"<Extraction of {self.document.label!r}: {len(self.mentions)} mentions, "
            f"{len(self.entities)} entities, {len(self.claims)} claims>"
        )


class Decision(_Noun):
    """Why a surface form stands for an entity: one row of `KnowledgeGraph.why`."""

    name: str
    """The surface form, as the sources write it."""
    entity_id: str
    rule: str
    """What decided it: ``lexicon``, ``abbreviation``, ``surname``, ``curation`` ..."""
    detail: str
    """The decision in words, with what it rests on."""
    mentions: int = 0
    documents: tuple[str, ...] = ()
    """Ids of the documents that use the name so."""
    kept_apart: tuple[str, ...] = ()
    """What it was not merged with, each with the reason."""


class GraphView(Protocol):
    """The part of a knowledge graph that exports rely on; every sequence is sorted by key."""

    @property
    def title(self) -> str: ...
    @property
    def entities(self) -> Sequence[Entity]: ...
    @property
    def edges(self) -> Sequence[Edge]: ...
    @property
    def comentions(self) -> Sequence[CoMention]: ...
    @property
    def documents(self) -> Sequence[Document]: ...
    @property
    def relations(self) -> Mapping[str, RelationType]: ...
    @property
    def provenance(self) -> Mapping[str, str]:
        """Versions of code, model and lexicon the graph was made with."""

    def layout(self) -> Mapping[str, tuple[float, float]]:
        """Position of every entity, by id, in a square of about 1,000 units a side; fixed seed."""

    def centrality(self) -> Mapping[str, float]:
        """PageRank of every entity over stated facts and co-mentions, by id; sums to 1."""

    def clusters(self) -> Mapping[str, int]:
        """Community number of every entity, by id; 0 is the largest."""
