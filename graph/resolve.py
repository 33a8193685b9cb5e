"""Names to entities, over a whole corpus: which ids of single documents are one entity, and why.

Documents are extracted one by one, so one entity may go by several ids: *D. Rogozin* here and
*Dmitry Rogozin* there. `resolve` counts all names (`census`), applies the user's decisions
(`curation`), then the rules of `rules` in their order, and explains every name (`Decision`).
The result does not depend on the order of the documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..schema import Decision, Entity
from .curation import Curation
from .resolution.census import Census, Names
from .resolution.clusters import Clusters
from .resolution.outcome import Outcome
from .resolution.rules import RULES, note_near_names
from .resolution.rulings import Rulings
from .resolution.spelling import fold


@dataclass(frozen=True, slots=True)
class Resolution:
    """What every name of a corpus stands for."""

    entities: tuple[Entity, ...]
    """Canonical entities, by id."""
    decisions: tuple[Decision, ...]
    """Why each surface form stands for its entity, by entity and name."""
    stale: tuple[str, ...]
    """Decisions of the user about names that the corpus does not have."""
    _canonical: Mapping[str, str | None] = field(repr=False)
    _placed: Mapping[tuple[str, str], str | None] = field(repr=False)
    _divided: Mapping[tuple[str, str], str] = field(repr=False)

    def entity_id(self, document_id: str, local_id: str, form: str | None = None) -> str | None:
        """The canonical id of what a document calls `local_id`; None if the user dropped it.

        Args:
            document_id: The document; an unclear name may mean different entities in two of them.
            local_id: The id used there.
            form: The words of the mention, needed where the user has split one name from an id.
        """
        if form is not None and self._divided:
            local_id = self._divided.get((local_id, fold(form)), local_id)
        if (document_id, local_id) in self._placed:
            return self._placed[document_id, local_id]
        return self._canonical.get(local_id)


def resolve(documents: Iterable[Names], curation: Curation | None = None) -> Resolution:
    """Find the entities behind the names of a corpus.

    Args:
        documents: What was found in every document: extractions, or the names in them.
        curation: Decisions of the user; they win over all rules.

    Raises:
        CurationError: Two decisions contradict each other once names are looked up.
    """
    curation = curation or Curation()
    census = Census(documents)
    rulings = Rulings(census, curation)
    clusters = Clusters(census)
    rulings.apply(clusters)
    for rule in RULES:
        rule(clusters)
    note_near_names(clusters)
    outcome = Outcome(clusters, rulings)
    return Resolution(
        entities=tuple(outcome.entities()),
        decisions=tuple(outcome.decisions()),
        stale=rulings.stale,
        _canonical=outcome.canonical(),
        _placed=outcome.placed(),
        _divided=rulings.divided,
    )
