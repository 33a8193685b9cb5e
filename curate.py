"""Reviewing a graph in the terminal: one question at a time, one key for the answer.

Every answer is kept at once, so a review may end at any time, and the next goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .errors import CurationError

if TYPE_CHECKING:
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
