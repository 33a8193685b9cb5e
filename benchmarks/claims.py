"""How well stated relations are read from single sentences.

Run ``python benchmarks/claims.py``; ``--failures`` lists what the tuned half gets wrong. The
sentences are in ``tests/data/claims.toml``, whose head says how they are judged. The check half
is only counted, so that it stays a fair judge of changes made while looking at the tuned half; so
are the sentences of ``no_fact.toml``, until they are worked on (``no_fact_tuned.toml``).
"""

from __future__ import annotations

import argparse
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import actorgraph as ag

SENTENCES = Path(__file__).parents[1] / "tests" / "data" / "claims.toml"
NO_FACT = SENTENCES.with_name("no_fact.toml")
"""Sentences that state no fact, written by authors who did not know the rules; never tuned on."""
NO_FACT_TUNED = SENTENCES.with_name("no_fact_tuned.toml")
"""Sentences of that kind that were worked on."""
SYMMETRIC = frozenset(
    "integrates_with allied_with cooperates_with negotiates_with compared_with related_to".split()
)
KINDS = ("fact", "reported", "not fact", "no relation")


@dataclass(frozen=True, slots=True)
class Expected:
    """A claim that a reader finds in a sentence."""

    subject: str
    relation: str
    object: str
    polarity: tuple[str, ...] = ("affirmed",)
    modality: tuple[str, ...] = ("asserted",)
    speaker: str | None = None
    date: str | None = None
    accept: tuple[str, ...] = ()
    optional: bool = False

    @property
    def is_fact(self) -> bool:
        """Whether the sentence commits its author, or a speaker, to the relation."""
        return "affirmed" in self.polarity and "hypothetical" not in self.modality

    def __str__(self) -> str:
        return _line(
            (self.subject, self.relation, self.object),
            ["/".join(self.polarity), "/".join(self.modality)],
            self.speaker,
            self.date,
        )


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence and all it states."""

    text: str
    split: str
    claims: tuple[Expected, ...]
    also: frozenset[str]

    @property
    def kind(self) -> str:
        """One of `KINDS`."""
        if not self.claims:
            return "no relation"
        if not any(claim.is_fact for claim in self.claims if not claim.optional):
            return "not fact"
        reported = any("reported" in claim.modality for claim in self.claims)
        return "reported" if reported else "fact"


@dataclass(frozen=True, slots=True)
class Result:
    """What the program made of a sentence, held against what it states."""

    case: Case
    extraction: ag.Extraction
    found: tuple[tuple[Expected, ag.Claim | None], ...]
    """Every expected claim with the one found for it: same pair, same or accepted relation."""
    extra: tuple[ag.Claim, ...]
    """Claims the sentence does not state."""

    @property
    def is_right(self) -> bool:
        """Whether all claims were found as stated, and no others."""
        return not self.extra and all(
            claim is not None and not self.wrong_axes(expected, claim)
            for expected, claim in self.found
        )

    @property
    def leaks(self) -> bool:
        """Whether a sentence that states no fact yields one."""
        claimed = [
            claim for expected, claim in self.found if claim and self.wrong_axes(expected, claim)
        ]
        return self.case.kind in ("not fact", "no relation") and any(
            is_plain_fact(claim) for claim in (*claimed, *self.extra)
        )

    def wrong_axes(self, expected: Expected, claim: ag.Claim) -> list[str]:
        """Which of polarity, modality and speaker differ."""
        wrong = []
        if claim.polarity not in expected.polarity:
            wrong.append("polarity")
        if claim.modality not in expected.modality:
            wrong.append("modality")
        if expected.speaker is not None and not self._is_speaker(expected.speaker, claim):
            wrong.append("speaker")
        return wrong

    def _is_speaker(self, name: str, claim: ag.Claim) -> bool:
        words = (claim.speaker or "").casefold()
        return name.casefold() in words or claim.speaker_id in ids_of(name, self.extraction)

    def __str__(self) -> str:
        lines = [self.case.text]
        lines += [f"    expected  {expected}" for expected in self.case.claims] or [
            "    expected  -"
        ]
        names = {name for e in self.case.claims for name in (e.subject, e.object)}
        lines += [f"    unknown   {n}" for n in sorted(names) if not ids_of(n, self.extraction)]
        lines += [f"    got       {describe(claim)}" for claim in self.extraction.claims]
        return "\n".join(lines)


def load_cases(path: Path = SENTENCES) -> list[Case]:
    """Read the sentences and what they state."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return [
        Case(
            row["text"],
            row["split"],
            tuple(read_expected(claim) for claim in row["claims"]),
            frozenset(row.get("also", ())),
        )
        for row in rows
    ]


def run(cases: Iterable[Case]) -> Iterator[Result]:
    """Extract every sentence as a document of its own and judge it."""
    for case in cases:
        yield judge(case, ag.extract(case.text))


def unfounded(path: Path) -> list[bool]:
    """For each sentence that states no fact, whether one is found in it all the same."""
    cases = tomllib.loads(path.read_text("utf-8"))["case"]
    return [any(map(is_plain_fact, ag.extract(case["text"]).claims)) for case in cases]


def judge(case: Case, extraction: ag.Extraction) -> Result:
    """Pair the claims expected with the claims found."""
    found = []
    settled: set[str] = set()
    bare = Result(case, extraction, (), ())
    for expected in case.claims:
        same = [claim for claim in extraction.claims if fits(expected, claim, extraction)]
        same.sort(key=lambda claim: (len(bare.wrong_axes(expected, claim)), claim.id))
        settled |= {c.id for c in same[:1]}
        settled |= {c.id for c in same[1:] if not bare.wrong_axes(expected, c)}
        if same or not expected.optional:
            found.append((expected, same[0] if same else None))
    extra = tuple(
        claim
        for claim in extraction.claims
        if claim.id not in settled and not _is_harmless(claim, case)
    )
    return Result(case, extraction, tuple(found), extra)


def is_plain_fact(claim: ag.Claim) -> bool:
    """Whether a claim stands in the graph as a fact that its author vouches for."""
    return claim.polarity == "affirmed" and claim.modality == "asserted"


def fits(expected: Expected, claim: ag.Claim, extraction: ag.Extraction) -> bool:
    """Whether a claim joins the same two entities by the relation expected, or an accepted one."""
    subjects, objects = ids_of(expected.subject, extraction), ids_of(expected.object, extraction)
    forth = claim.subject_id in subjects and claim.object_id in objects
    back = claim.subject_id in objects and claim.object_id in subjects
    names = (expected.relation, *expected.accept)
    return (forth and claim.relation in names) or (
        back
        and (
            f"~{claim.relation}" in names
            or (claim.relation in names and claim.relation in SYMMETRIC)
        )
    )


def ids_of(name: str, extraction: ag.Extraction) -> set[str]:
    """The entities a name may stand for: by that very name, else by a mention that covers it."""
    plain = _plain(name)
    ids = {m.entity_id for m in extraction.mentions if _plain(m.text) == plain}
    ids |= {e.id for e in extraction.entities if plain in map(_plain, e.names)}
    if ids:
        return ids
    text = extraction.document.text
    start = text.find(name)
    end = start + len(name)
    return {m.entity_id for m in extraction.mentions if 0 <= m.start <= start and end <= m.end}


def report(results: Sequence[Result]) -> str:
    """All figures, as text."""
    parts = [_shares(results), _axes(results), _by_relation(results)]
    return "\n\n".join(parts)


def share_right(results: Iterable[Result]) -> float:
    """Share of sentences that are right as a whole."""
    right = [result.is_right for result in results]
    return sum(right) / len(right) if right else 0.0


def describe(claim: ag.Claim) -> str:
    """A claim on one line, in the words of the tables."""
    return (
        _line(
            (claim.subject_id, claim.relation, claim.object_id),
            [claim.polarity, claim.modality],
            claim.speaker_id or claim.speaker,
            claim.event_date,
        )
        + f"  ({claim.wording!r}, {claim.rule})"
    )


def _is_harmless(claim: ag.Claim, case: Case) -> bool:
    return claim.relation in case.also and not (case.kind == "not fact" and is_plain_fact(claim))


def _shares(results: Sequence[Result]) -> str:
    lines = ["right sentences        tuned          check"]
    for kind in (*KINDS, "all"):
        cells = []
        for split in ("tuned", "check"):
            chosen = [r for r in results if r.case.split == split and kind in (r.case.kind, "all")]
            right = sum(r.is_right for r in chosen)
            cells.append(f"{100 * share_right(chosen):5.1f} % {right:3}/{len(chosen):3}")
        lines.append(f"{kind:18}" + "  ".join(cells))
    for kind in ("not fact", "no relation"):
        leaks = Counter(r.case.split for r in results if r.case.kind == kind and r.leaks)
        lines.append(
            f"{kind!r} sentences that yield a fact: {leaks['tuned']} tuned, {leaks['check']} check"
        )
    return "\n".join(lines)


def _axes(results: Sequence[Result]) -> str:
    matched = [(r, e, c) for r in results for e, c in r.found if c is not None]
    spoken = [row for row in matched if row[1].speaker is not None]
    dated = [row for row in matched if row[1].date is not None]
    lines = [f"of {len(matched)} claims found (pair and relation)"]
    for axis, rows in (("polarity", matched), ("modality", matched), ("speaker", spoken)):
        right = sum(axis not in r.wrong_axes(e, c) for r, e, c in rows)
        lines.append(f"{axis:10}{_percent(right, len(rows))}")
    right = sum(claim.event_date == expected.date for _, expected, claim in dated)
    lines.append(f"{'date':10}{_percent(right, len(dated))}")
    guarded = [claim for _, expected, claim in matched if not expected.is_fact]
    facts = sum(is_plain_fact(claim) for claim in guarded)
    lines.append(f"negated or hypothetical, yet found as a fact: {facts}/{len(guarded)}")
    return "\n".join(lines)


def _by_relation(results: Sequence[Result]) -> str:
    expected: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    for result in results:
        expected.update(e.relation for e, _ in result.found)
        hits.update(e.relation for e, claim in result.found if claim is not None)
        extra.update(claim.relation for claim in result.extra)
    lines = ["relation              precision  recall   expected  found  extra"]
    for name in [*sorted(expected | extra), "all"]:
        counts = (expected, hits, extra)
        n, hit, more = (c.total() if name == "all" else c[name] for c in counts)
        precision = hit / (hit + more) if hit + more else 0.0
        lines.append(
            f"{name:20}  {precision:9.2f}  {hit / n if n else 0.0:6.2f}   {n:8}  {hit:5}  {more:5}"
        )
    return "\n".join(lines)


def _percent(right: int, total: int) -> str:
    return f"{100 * right / total if total else 0:5.1f} %  {right}/{total}"


def _line(
    triple: tuple[str, str, str], axes: Sequence[str], speaker: str | None, date: str | None
) -> str:
    unsaid = ("affirmed", "asserted")
    notes = [axis for axis in axes if axis not in unsaid]
    notes += [f"by {speaker}"] if speaker else []
    notes += [f"in {date}"] if date else []
    return " | ".join(triple) + (f"  [{', '.join(notes)}]" if notes else "")


def _plain(name: str) -> str:
    return name.casefold().strip(" \"'“”‘’.,").removeprefix("the ")


def read_expected(row: Mapping[str, Any]) -> Expected:
    """One row of a case's ``claims``."""
    several = {
        name: (value,) if isinstance(value, str) else tuple(value)
        for name, value in row.items()
        if name in ("polarity", "modality", "accept")
    }
    return Expected(**{**row, **several})


def main() -> None:
    """Print the figures, and the failures if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--failures", action="store_true", help="list failing tuned sentences")
    parser.add_argument("--show-check", action="store_true", help="list failing check sentences")
    parser.add_argument("--split", choices=("tuned", "check"), help="run one half only")
    options = parser.parse_args()
    start = time.perf_counter()
    results = list(run(c for c in load_cases() if options.split in (None, c.split)))
    seconds = time.perf_counter() - start
    shown = {"tuned"} if options.failures else set()
    shown |= {"check"} if options.show_check else set()
    for result in results:
        if not result.is_right and result.case.split in shown:
            print(f"{result}\n")
    print(report(results))
    print()
    for path, how in ((NO_FACT, "never tuned on"), (NO_FACT_TUNED, "worked on")):
        found = unfounded(path)
        print(f"facts found in {sum(found)} of {len(found)} sentences that state none, {how}")
    print(f"\n{len(results)} sentences in {seconds:.0f} s")


if __name__ == "__main__":
    main()
