"""Read documents, build a cited knowledge graph of actors and systems.

>>> import actorgraph as ag
>>> kg = ag.build("seeds/", out="out/")  # doctest: +SKIP
>>> kg.evidence("Russia", "NATO")  # doctest: +SKIP
"""

# The sub-package comes first: the function `extract` of the public API takes its name afterwards.
from . import extract as _extract_package  # noqa: F401
from .errors import (
    ActorgraphError,
    AmbiguousEntity,
    CurationError,
    ExportError,
    LexiconError,
    ModelNotFound,
    NothingToRead,
    QueryError,
    SourceError,
    StoreError,
    UnknownEntity,
    UnreadableSource,
)
from .pipeline import __version__, build, extract, load
from .schema import (
    Claim,
    CoMention,
    Decision,
    Document,
    Edge,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    RelationType,
    Status,
)

__all__ = [
    "ActorgraphError",
    "AmbiguousEntity",
    "Claim",
    "CoMention",
    "CurationError",
    "Decision",
    "Document",
    "Edge",
    "Entity",
    "EntityType",
    "Evidence",
    "ExportError",
    "Extraction",
    "LexiconError",
    "Mention",
    "MentionKind",
    "Modality",
    "ModelNotFound",
    "NothingToRead",
    "Polarity",
    "QueryError",
    "RelationType",
    "SourceError",
    "Status",
    "StoreError",
    "UnknownEntity",
    "UnreadableSource",
    "__version__",
    "build",
    "extract",
    "load",
]
