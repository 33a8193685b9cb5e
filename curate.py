"""Deciding on a graph in the terminal: directly, or in a review, one question at a time.

Every answer of a review is kept at once: it may end at any time, and the next goes on from there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from .console import print_json, print_rich
from .errors import CurationError

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from .graph.curation import Curation, Judgement
    from .graph.model import KnowledgeGraph
    from .graph.review import Doubt
    from .schema import Evidence

KEYS = "y yes · n no · s skip · u undo · q quit"

LONGEST = 600
"""Characters of a sentence that are shown; some are lists of a page."""

SHOWN = 4
"""Sentences shown with a question; copies of a sentence are many."""


class Action(StrEnum):
    """What `curate` can do besides a review."""

    MERGE = "merge"
    NOT_SAME = "not-same"
    RENAME = "rename"
    RETYPE = "retype"
    DROP = "drop"
    REJECT = "reject"
    CONFIRM = "confirm"
    LIST = "list"
    UNDO = "undo"

    @property
    def takes(self) -> str:
        """What to name after it."""
        return {
            Action.MERGE: "NAME NAME",
            Action.NOT_SAME: "NAME NAME",
            Action.RENAME: "NAME NEW-NAME",
            Action.RETYPE: "NAME TYPE",
            Action.REJECT: "CLAIM-ID",
            Action.CONFIRM: "CLAIM-ID",
            Action.DROP: "NAME",
            Action.UNDO: "[NUMBER]",
        }.get(self, "")

    def accepts(self, given: list[str]) -> bool:
        """Whether so many things were named as it takes."""
        if self is Action.UNDO:
            return len(given) < 2 and all(number.isdecimal() for number in given)
        return len(given) == len(self.takes.split())


@dataclass
class Review:
    """A walk through the doubts of a graph.

    Args:
        graph: A graph that lies in a folder.
        doubts: The questions, in order.
        console: Where to show them.
        read_key: Gives the next key; an empty string is the end of all input.
        author: Who answers, and `date`: when; for the record.
    """

    graph: KnowledgeGraph
    doubts: Sequence[Doubt]
    console: Console
    read_key: Callable[[], str]
    author: str | None = None
    date: str | None = None
    _answers: list[tuple[Judgement, ...]] = field(default_factory=list, init=False)
    """What was kept for each question so far; nothing where it was skipped."""

    def run(self) -> int:
        """Ask until all is answered or the user quits; return how many questions were answered."""
        while len(self._answers) < len(self.doubts):
            doubt = self.doubts[len(self._answers)]
            self._show(doubt)
            if not self._answer(doubt):
                break
        return sum(1 for kept in self._answers if kept)

    def _answer(self, doubt: Doubt) -> bool:
        """Read keys until one answers the question; False if it ends the review."""
        while True:
            self.console.print(f"{KEYS} ▸ ", end="", style="dim", highlight=False)
            key = self.read_key().lower()
            self.console.print(key if key.isprintable() else "", markup=False)
            if key in ("", "q"):
                return False
            if key == "s":
                self._answers.append(())
                return True
            if key == "u" and self._answers:
                self._undo()
                return True
            if key in ("y", "n"):
                try:
                    self._answers.append(self._keep(doubt.if_yes if key == "y" else doubt.if_no))
                except CurationError as error:
                    self.console.print(str(error), style="yellow", markup=False)
                else:
                    return True

    def _keep(self, judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
        """Keep all or none of these decisions; return those that are new."""
        from .graph.curation import judge

        kept: list[Judgement] = []
        try:
            for plain in judgements:
                judgement = judge(plain.action, *plain.targets, author=self.author, date=self.date)
                if self.graph.curator.keep(judgement):
                    kept.append(judgement)
                self.console.print(f"  {judgement}", style="green", markup=False, highlight=False)
        except CurationError:
            self._take_back(kept)
            raise
        return tuple(kept)

    def _undo(self) -> None:
        """Go back to the question before, and take back what was decided on it."""
        self._take_back(self._answers.pop())

    def _take_back(self, judgements: Sequence[Judgement]) -> None:
        for judgement in reversed(judgements):
            self.graph.curator.take_back(judgement)

    def _show(self, doubt: Doubt) -> None:
        from rich.padding import Padding
        from rich.text import Text

        from .graph.review import quote_doubt

        place = f"{len(self._answers) + 1} of {len(self.doubts)}"
        self.console.print()
        self.console.print(Text.assemble((f"{place}  ", "dim"), (doubt.question, "bold")))
        self.console.print(Text(doubt.because, style="dim"))
        for quote in quote_doubt(self.graph, doubt)[:SHOWN]:
            self.console.print(Padding(self._sentence(doubt, quote), (1, 2, 0, 4)))
        self.console.print()

    def _sentence(self, doubt: Doubt, quote: Evidence) -> Text:
        """The sentence with what is asked about in colour, its title and its date."""
        from rich.text import Text

        sentence = Text(quote.exact)
        for name in doubt.names:
            sentence.highlight_words([name.name], "bold cyan")
        for claim in doubt.claims:
            if claim.evidence == quote:
                for start, end in (claim.subject_mention, claim.object_mention):
                    if quote.start <= start:
                        sentence.stylize("bold cyan", start - quote.start, end - quote.start)
                sentence.highlight_words([claim.wording], "underline")
        sentence = _around(Text(" ").join(sentence.split()))
        title = next(d.label for d in self.graph.documents if d.id == quote.document_id)
        source = ", ".join(part for part in (title, quote.date) if part)
        return Text.assemble(sentence, (f"  — {source}", "dim"))


def _around(sentence: Text) -> Text:
    """What stands around the words in colour, where a sentence is long."""
    from rich.text import Text

    if len(sentence) <= LONGEST:
        return sentence
    first = min((span.start for span in sentence.spans), default=0)
    last = max((span.end for span in sentence.spans), default=0)
    middle = (first + last) // 2 if last - first < LONGEST else first
    start = min(max(0, middle - LONGEST // 2), len(sentence) - LONGEST)
    cut = sentence[start : start + LONGEST]
    return Text.assemble(
        "… " if start else "", cut, " …" if start + LONGEST < len(sentence) else ""
    )


def table_of_decisions(curation: Curation, stale: Sequence[str]) -> Table:
    """All decisions in order, and whether they fit the documents."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from .graph.curation import problem_of

    table = Table("number", "decision", "because", "fits", box=box.SIMPLE)
    for number, judgement in enumerate(curation.judgements, start=1):
        problem = problem_of(judgement, stale)
        fits = Text("yes") if problem is None else Text(problem, style="yellow")
        table.add_row(str(number), Text(str(judgement)), Text(judgement.because), fits)
    return table


def decision_records(curation: Curation, stale: Sequence[str]) -> list[dict[str, object]]:
    """All decisions in order as plain values, and what keeps each from changing anything."""
    from .graph.curation import problem_of

    return [
        {"number": number, **judgement.model_dump(mode="json"), "problem": problem}
        for number, judgement in enumerate(curation.judgements, start=1)
        for problem in [problem_of(judgement, stale)]
    ]


def review(path: Path, limit: int, author: str | None, date: str | None, as_json: bool) -> None:
    """Ask what is most doubtful, one question at a time, and print how many were answered."""
    from rich.console import Console

    from .pipeline import load

    graph = load(path)
    curator = graph.curator  # before anything is asked: without a folder no answer can be kept
    walk = Review(graph, graph.doubts(limit), Console(stderr=as_json), _read_key, author, date)
    answered = walk.run()
    if as_json:
        print_json({"answered": answered, "questions": len(walk.doubts)})
        return
    print(f"Answered {answered} of {len(walk.doubts)} questions.")
    if answered:
        print_decided(curator.reassembled(), as_json)


def list_decisions(path: Path, as_json: bool) -> None:
    """Print all decisions with their numbers."""
    from .pipeline import find_curator, load

    curator = find_curator(path)
    decided = curator.curation
    stale = load(path).stale if decided.judgements else ()
    if as_json:
        print_json(decision_records(decided, stale))
    elif decided.judgements:
        print_rich(table_of_decisions(decided, stale))
    else:
        print(f"There is no decision in {curator.path} yet.")


def undo(path: Path, as_json: bool, number: int = 0) -> None:
    """Take back a decision by its number, or the last.

    It works on the file alone: where decisions contradict each other, there is no graph.
    """
    from .pipeline import find_curator

    curator = find_curator(path)
    chosen = curator.curation.judgements[number - 1 : number or None]
    taken = curator.take_back(*chosen)
    if as_json:
        print_json(taken.model_dump(mode="json"))
    else:
        print(f"Taken back: {taken}")


def print_decided(graph: KnowledgeGraph, as_json: bool) -> None:
    """Print where the last decision is kept, and what the graph is now."""
    if as_json:
        kept = graph.curation.judgements[-1].model_dump(mode="json")
        print_json({"file": str(graph.curator.path), "kept": kept, "stale": list(graph.stale)})
        return
    print(f"Kept in {graph.curator.path}, and applied by every build from now on.")
    print(f"Now: {graph!r}")
    for stale in graph.stale:
        print(f"changes nothing: {stale}")


def _read_key() -> str:
    """The next key: pressed on a terminal, else the next letter of what is piped in."""
    if sys.stdin.isatty():
        import typer

        return str(typer.getchar())
    while (letter := sys.stdin.read(1)).isspace():
        pass
    return letter
