"""Questions on the sources: what they state, when, how firmly, and where they disagree."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..schema import Status
from .answers.citations import EvidenceList
from .answers.claims import ClaimList
from .answers.results import EdgeExplanation
from .answers.tables import date_of
from .contents import GraphContents
from .questions.claims import find_claims, find_evidence
from .questions.lookup import Name
from .questions.periods import check_period, period_of
from .questions.select import by_date

if TYPE_CHECKING:
    from .analysis.balance import BalanceList
    from .analysis.bursts import BurstList
    from .analysis.sources import SourceComparison
    from .dossier import Dossier
    from .questions.periods import Period

_CLAIMS_OF_A_BURST = 5
"""Entities with fewer dated claims are not searched for bursts."""


class StatementQuestions(GraphContents):
    """What the sources of a graph state."""

    # Claims and their sentences

    def claims(
        self,
        subject: Name | None = None,
        object: Name | None = None,  # noqa: A002
        relation: str | None = None,
        about: Name | None = None,
        modality: str | None = None,
        polarity: str | None = None,
        speaker: Name | None = None,
        document: str | None = None,
        since: str | None = None,
        until: str | None = None,
        min_confidence: float = 0,
    ) -> ClaimList:
        """Return what sources state, by date.

        All claims are returned unless filtered, denials and plans included. A claim is dated by its
        event, else by its document. Dates are compared as precisely as both are given, so
        ``since="2010-06"`` keeps what is dated just 2010; what has no date is left out as soon as
        `since` or `until` is given.

        Args:
            subject: Who acts.
            object: Who or what is acted on.
            relation: A relation, or its inverse, which swaps subject and object.
            about: An entity that plays any part: subject, object or a further role.
            modality: ``asserted``, ``reported`` or ``hypothetical``.
            polarity: ``affirmed`` or ``negated``.
            speaker: Who says so: an entity, or the words of the source.
            document: Id, title, path or address of a document.
            since: First date: ``2021``, ``2021-02``, ``2021-02-03``.
            until: Last date.
            min_confidence: Keep only claims extracted at least so surely, from 0 to 1.

        Raises:
            QueryError: If a name, relation, modality, polarity or document does not exist, or a
                date is none.

        >>> claims = kg.claims(subject="Turkey").since("2019").affirmed()
        >>> [(claim.relation, claim.evidence.exact) for claim in claims][0]
        ('acquires', 'Turkey took delivery of the S-400.')
        >>> print(claims.by("relation"))
        Claims by relation (2)
        <BLANKLINE>
          value       n
         ───────────────
          acquires    1
          member_of   1
        """
        found = find_claims(
            self._lookup,
            subject=subject,
            object=object,
            relation=relation,
            about=about,
            modality=modality,
            polarity=polarity,
            speaker=speaker,
            document=document,
            min_confidence=min_confidence,
        )
        claims = ClaimList(found, self._labels, "Claims")
        claims = claims.since(since) if since else claims
        return claims.until(until) if until else claims

    def evidence(self, a: Name, b: Name | None = None) -> EvidenceList:
        """Return the sentences that link two entities, with who says so and where.

        Either may be the subject. First come the sentences that state something, by date, denials
        and plans included; then examples that merely name both. With one entity: all sentences
        about it.

        >>> for citation in kg.evidence("Russia", "NATO"):
        ...     print(citation.statement, "|", citation.source, citation.date)
        Russia opposes NATO (asserted) | Air defence in the north 2021-03
        Russia and NATO named together | Turkey takes delivery 2019-07-13
        """
        first = self.entity(a)
        second = None if b is None else self.entity(b)
        title = " and ".join(entity.name for entity in (first, second) if entity)
        found = find_evidence(self._lookup, first, second)
        return EvidenceList(found, self._labels, f"Evidence on {title}")

    def why_edge(self, a: Name, b: Name) -> EdgeExplanation:
        """Return what the stated relations of two entities rest on, claim by claim.

        Shown are status and belief of each edge, and the rule, weight, wording and sentence of each
        claim.

        >>> [edge.status.value for edge in kg.why_edge("Turkey", "S-400")]
        ['contested']
        """
        first, second = self.entity(a), self.entity(b)
        edges = self._index.edges_between(first.id, second.id)
        title = f"Stated relations of {first.name} and {second.name}"
        return EdgeExplanation(edges, self._labels, title)

    def dossier(self, name: Name) -> Dossier:
        """Return what is known of an entity as a cited page: print it, or save it.

        It is filled in from a template; every line but the names has its sources.

        >>> page = kg.dossier("Growler")
        >>> print(page.to_markdown().splitlines()[0])
        # S-400
        >>> page.to_html().startswith("<!DOCTYPE html>")
        True
        """
        from .dossier import build_dossier

        entity = self.entity(name)
        edges = self._index.edges_at(entity.id)
        pairs = self._index.comentions_at(entity.id)
        return build_dossier(
            entity,
            edges=sorted(edges, key=lambda edge: (-edge.n_evidence, edge.key)),
            claims=list(self.claims(about=entity)),
            spoken=by_date(self._index.claims_by(entity.id)),
            comentions=sorted(pairs, key=lambda p: (-p.sentences, -p.npmi, p.a, p.b)),
            decisions=self._index.decisions_at(entity.id),
            labels=self._labels,
        )

    # Over time

    def timeline(self, name: Name) -> ClaimList:
        """Return the dated claims an entity plays a part in, in order.

        >>> kg.timeline("S-400").by("year")[0]
        Count(value='2021', n=2)
        """
        entity = self.entity(name)
        dated = [claim for claim in self.claims(about=entity) if date_of(claim)]
        return ClaimList(dated, self._labels, f"Timeline of {entity.name}")

    def bursts(self, name: Name | None = None, by: Period = "year") -> BurstList:
        """Return when sources state much more of an entity than usual (Kleinberg, 2002).

        Args:
            name: An entity; by default all of which enough is stated.
            by: Count by ``year`` or by ``month``; what is dated less precisely is left out.

        Raises:
            QueryError: If there is no such period, or nothing goes by that name.

        >>> len(kg.bursts("S-400"))
        0
        """
        from .analysis.bursts import BurstList, find_bursts

        check_period(by)
        totals = Counter(p for c in self._index.claims if (p := period_of(date_of(c), by)))
        asked = list(self) if name is None else [self.entity(name)]
        least = 1 if name is not None else _CLAIMS_OF_A_BURST
        claims = ((e, by_date(self._index.claims_about(e.id))) for e in asked)
        found = [
            burst
            for entity, about in claims
            if len(about) >= least
            for burst in find_bursts(entity, about, totals, by)
        ]
        found.sort(key=lambda burst: (-burst.weight, burst.entity.id, burst.start))
        return BurstList(found, self._labels, f"Bursts by {by}")

    def balance(self, a: Name, b: Name | None = None, by: Period = "year") -> BalanceList:
        """Return cooperation and conflict between two actors, or of one with all, over time.

        What is denied, planned or feared does not count; what does, `graph.analysis.balance` tells.

        Args:
            a: An actor.
            b: Another; by default everyone.
            by: ``year`` or ``month``.

        Raises:
            QueryError: If there is no such period, or nothing goes by a name.

        >>> [(year.period, year.balance) for year in kg.balance("Russia")]
        [('2017', 1.0), ('2018', None), ('2019', None), ('2020', None), ('2021', -1.0)]
        """
        from .analysis.balance import balance_by_period

        check_period(by)
        first, second = self.entity(a), None if b is None else self.entity(b)
        claims = (
            claim
            for claim in by_date(self._index.claims_about(first.id))
            if {claim.subject_id, claim.object_id} >= {e.id for e in (first, second) if e}
        )
        title = f"{first.name} and {second.name if second else 'others'}, by {by}"
        return balance_by_period(claims, self._labels, by, title)

    # Disagreement

    def contradictions(self, name: Name | None = None) -> EdgeExplanation:
        """Return the stated relations that some sources affirm and others deny.

        Args:
            name: An entity at one end; by default all.

        >>> [edge.key for edge in kg.contradictions("S-400")]
        [('country:tr', 'acquires', 'system:s-400')]
        """
        edges = self.edges if name is None else self._index.edges_at(self.entity(name).id)
        contested = [edge for edge in edges if edge.status is Status.CONTESTED]
        return EdgeExplanation(contested, self._labels, "What sources disagree on")

    def compare_sources(self, a: str, b: str) -> SourceComparison:
        """Return what two sources state, side by side: contradictions, then what both say.

        Args:
            a: A publisher, an author, or the title, path, address or id of one document.
            b: Another.

        Raises:
            QueryError: If nothing goes by one of these; the error lists the publishers.

        >>> compared = kg.compare_sources("Harbour Gazette", "Northern Review")
        >>> [(item.subject_id, item.relation) for item in compared.contradictions]
        [('country:tr', 'acquires')]
        """
        from .analysis.sources import compare

        edges = ((edge.key, edge.claims) for edge in self.edges)
        return compare(
            edges, self._lookup.source(a), self._lookup.source(b), self._labels, f"{a} and {b}"
        )
