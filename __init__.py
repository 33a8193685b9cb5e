"""Read documents, build a cited knowledge graph of actors and systems.

>>> import actorgraph as ag
>>> kg = ag.build("seeds/", out="out/")  # doctest: +SKIP
>>> kg.evidence("Russia", "NATO")  # doctest: +SKIP
"""

from typing import TYPE_CHECKING as _TYPE_CHECKING

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

if _TYPE_CHECKING:
    from .graph.model import KnowledgeGraph

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
    "KnowledgeGraph",
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


def __getattr__(name: str) -> object:
    """Import `KnowledgeGraph`, which brings numpy along, when it is first asked for."""
    if name == "KnowledgeGraph":
        from .graph.model import KnowledgeGraph

        return KnowledgeGraph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
