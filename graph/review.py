"""What is most worth a look: merges, near misses and claims that may be wrong, worst first.

Each doubt is a question that is answered by yes or no, and holds the decisions that either answer
comes to. Its score says how much is won by answering it::

    doubt × log2(1 + what hangs on it)

For a claim the doubt is what its confidence lacks to 1, and one claim hangs on it. For a name it is
that of the rule that decided (`MERGED_BY`, `KEPT_APART_SINCE`), and its mentions hang on it. These
numbers are judgements of ours, to sort by; they are measured on nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from ..schema import Claim, Decision, Document, Entity, Evidence
from .answers.records import Record
from .answers.tables import Labels, Results, stance
from .curation import Action, Curation, Judgement
from .evidence.belief import sentence_key
from .evidence.quoting import Quoter
from .resolution.spelling import fold

if TYPE_CHECKING:
    from .contents import GraphContents

MERGED_BY: Mapping[str, float] = {
    "transliteration": 0.4,
    "surname": 0.3,
    "person name": 0.3,
    "short form": 0.3,
    "abbreviation": 0.2,
}
"""Doubt about a merge, by the rule that made it; merges by other rules are not asked about."""

KEPT_APART_SINCE: Mapping[str, float] = {
    "one name, but the documents disagree on its type": 0.5,
    "the name fits several people": 0.3,
    "both have that": 0.3,
    "similar spelling": 0.2,
}
"""Doubt about two entities that were not merged, by how the reason begins."""

DOUBTFUL_CLAIM = 0.2
"""A claim with less doubt than this is not asked about."""

QUOTES = 2
"""Sentences shown for each name."""

_APART = re.compile(r" \((?P<id>[^\s():]+:[^\s()]+)\): (?P<reason>.+)")


@dataclass(frozen=True)
class Doubt:
    """A question about the graph, and what either answer decides."""

    question: str
    because: str
    """Why the graph is as it is."""
    score: float
    if_yes: tuple[Judgement, ...]
    if_no: tuple[Judgement, ...]
    names: tuple[Decision, ...] = ()
    """The names in question, where it is about names."""
    claims: tuple[Claim, ...] = ()
    """The claims in question: what copies of one sentence state."""

    def __str__(self) -> str:
        return self.question


class DoubtList(Results[Doubt]):
    """Questions, those first that are most worth an answer."""

    columns = ("score", "question", "because")

    def cells(self, item: Doubt) -> Iterable[tuple[str, ...]]:
        return [(f"{item.score:.2f}", item.question, item.because)]

    def record(self, item: Doubt) -> Record:
        return {
            "score": item.score,
            "question": item.question,
            "because": item.because,
            "if_yes": "; ".join(map(str, item.if_yes)),
            "if_no": "; ".join(map(str, item.if_no)),
        }


def find_doubts(
    graph: GraphContents, decided: Curation, labels: Labels, limit: int | None = None
) -> DoubtList:
    """Return what is worth a look in a graph, leaving out what was decided already.

    Args:
        graph: The graph.
        decided: The decisions taken so far.
        labels: How things are called.
        limit: How many at most.
    """
    found = [*_merges(graph), *_near_misses(graph), *_claims(graph, labels)]
    senses = {judgement.sense for judgement in decided.judgements}
    open_ = [doubt for doubt in found if not _is_decided(doubt, senses)]
    open_.sort(key=lambda doubt: (-doubt.score, doubt.question, str(doubt.if_yes[0])))
    return DoubtList(open_[:limit], labels, "Worth a look")


def quote_doubt(graph: GraphContents, doubt: Doubt) -> tuple[Evidence, ...]:
    """Return the sentences to decide by: those of the claim, or some that use each name."""
    if doubt.claims:
        return tuple(claim.evidence for claim in doubt.claims)
    quotes = (quote for name in doubt.names for quote in _uses(graph, name))
    return tuple({(q.document_id, q.start, q.end): q for q in quotes}.values())


def _merges(graph: GraphContents) -> Iterator[Doubt]:
    """Names that a rule gave to an entity which is called otherwise."""
    entities = {entity.id: entity for entity in graph.entities}
    owners = Counter(fold(decision.name) for decision in graph.decisions)
    shown = _main_names(graph.decisions)
    for decision in graph.decisions:
        entity, name = entities.get(decision.entity_id), decision.name
        if decision.rule not in MERGED_BY or entity is None or name not in entity.aliases:
            continue
        # A name of several entities is settled by document, and no one decision fits it.
        if owners[fold(name)] > 1 or fold(name) == fold(entity.name):
            continue
        yield Doubt(
            question=f"Is {name!r} the same as {_described(entity)}?",
            because=f"merged: {decision.detail}",
            score=_score(MERGED_BY[decision.rule], decision.mentions),
            if_yes=(Judgement(action=Action.MERGE, targets=(entity.id, name)),),
            if_no=(Judgement(action=Action.SPLIT, targets=(entity.id, name)),),
            names=tuple(dict.fromkeys((decision, shown[entity.id]))),
        )


def _near_misses(graph: GraphContents) -> Iterator[Doubt]:
    """Pairs of entities that were left apart, though they may be one."""
    entities = {entity.id: entity for entity in graph.entities}
    shown = _main_names(graph.decisions)
    seen = set()
    for decision in graph.decisions:
        for note in decision.kept_apart:
            other, reason = _read_apart(note)
            doubt = next((d for r, d in KEPT_APART_SINCE.items() if reason.startswith(r)), None)
            pair = frozenset((decision.entity_id, other))
            if doubt is None or pair in seen or not pair <= entities.keys():
                continue
            seen.add(pair)
            a, b = sorted((entities[name] for name in pair), key=lambda e: (-e.mentions, e.id))
            yield Doubt(
                question=f"Is {_described(b)} the same as {_described(a)}?",
                because=f"kept apart: {reason}",
                score=_score(doubt, b.mentions),
                if_yes=(Judgement(action=Action.MERGE, targets=(a.id, b.id)),),
                if_no=(Judgement(action=Action.SPLIT, targets=(a.id, b.id)),),
                names=tuple(shown[e.id] for e in (b, a) if e.id in shown),
            )


def _claims(graph: GraphContents, labels: Labels) -> Iterator[Doubt]:
    """Claims that were extracted with little confidence; copies of a sentence are one question."""
    for edge in graph.edges:
        copies: dict[tuple[str, str], list[Claim]] = {}
        for claim in edge.claims:
            key = sentence_key(claim.evidence.exact), stance(claim)
            copies.setdefault(key, []).append(claim)
        for (_, said), claims in sorted(copies.items()):
            first = claims[0]
            doubt = round(1 - min(claim.confidence for claim in claims), 4)
            if doubt < DOUBTFUL_CLAIM:
                continue
            statement = labels.statement(first)
            yield Doubt(
                question=f"Does the sentence say so: {statement} ({said})?",
                because=f"read so by rule {first.rule}, from {first.wording!r}",
                score=_score(doubt, 1),
                if_yes=_on_all(Action.CONFIRM, claims),
                if_no=_on_all(Action.REJECT, claims),
                claims=tuple(claims),
            )


def _on_all(action: Action, claims: Iterable[Claim]) -> tuple[Judgement, ...]:
    return tuple(Judgement(action=action, targets=(claim.id,)) for claim in claims)


def _is_decided(doubt: Doubt, decided: Set[tuple[str, ...]]) -> bool:
    """Whether either answer was given already, as a whole."""
    return any(
        all(judgement.sense in decided for judgement in answer)
        for answer in (doubt.if_yes, doubt.if_no)
    )


def _score(doubt: float, reach: int) -> float:
    return round(doubt * math.log2(1 + reach), 4)


def _described(entity: Entity) -> str:
    """*Georgia (country)*: two entities may share a name."""
    return f"{entity.name} ({entity.type})"


def _main_names(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """The name that each entity goes by most often."""
    shown: dict[str, Decision] = {}
    for decision in decisions:
        known = shown.get(decision.entity_id)
        if known is None or decision.mentions > known.mentions:
            shown[decision.entity_id] = decision
    return shown


def _read_apart(note: str) -> tuple[str, str]:
    """The other entity and the reason of a note: ``PAC-2 (system:pac-2): the designations differ``.

    >>> _read_apart("PAC-2 (system:pac-2): the designations differ")
    ('system:pac-2', 'the designations differ')
    """
    found = _APART.search(note)
    return (found["id"], found["reason"]) if found else ("", note)


def _uses(graph: GraphContents, name: Decision) -> list[Evidence]:
    """Some sentences that use a name, of different documents where there are several."""
    words = r"\s+".join(map(re.escape, name.name.split()))
    pattern = re.compile(rf"(?<!\w){words}(?!\w)")
    wanted = set(name.documents)
    used = (_first_use(document, pattern) for document in graph.documents if document.id in wanted)
    return list(islice(filter(None, used), QUOTES))


def _first_use(document: Document, pattern: re.Pattern[str]) -> Evidence | None:
    """The first sentence of running text that a pattern is found in."""
    for number, passage in enumerate(document.passages):
        if found := pattern.search(document.text, passage.start, passage.end):
            return Quoter(document).quote(*found.span(), number)
    return None
