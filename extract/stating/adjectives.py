"""What an adjective says of the clause it governs: *due to buy*, *incapable of buying*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .commitment import Attribution
from .triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token


def under_adjective(adjective: Token, lexicon: RelationLexicon, found: Attribution) -> None:
    """*Is due to buy*, *is close to buying*, *is incapable of buying*, *too poor to buy*."""
    if lexicon.marks(adjective, "negative") or any(c.lower_ == "too" for c in adjective.children):
        found.deny()
    elif lexicon.marks(adjective, "able"):
        found.able = True
    elif not lexicon.marks(adjective, "factive"):
        found.suppose()
