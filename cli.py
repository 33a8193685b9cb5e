"""The `actorgraph` command: parse, call one function of the API, print.

Exit status: 0 done, 1 it could not be done (the message says why), 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .errors import ActorgraphError

if TYPE_CHECKING:
    from typing import Any

    from .graph.model import KnowledgeGraph
    from .graph.tables import Results
    from .pipeline import Report

app = typer.Typer(
    name="actorgraph",
    help="Read documents, build a cited knowledge graph of actors and systems.\n\n"
    "Example:\n\n    actorgraph build reports/ --out out\n\n    actorgraph evidence Russia NATO",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """A file that a build can write."""

    HTML = "html"
    GRAPHML = "graphml"
    GEXF = "gexf"
    JSON = "json"
    CSV = "csv"


Graph = Annotated[
    Path, typer.Option("--graph", "-g", help="Output folder of a build, or a graph.json.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
_DEFAULT = Path("out")


@app.command()
def build(
    sources: Annotated[list[str], typer.Argument(help="Files, folders or globs of .txt and .md.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the results.")] = _DEFAULT,
    formats: Annotated[
        list[Format] | None, typer.Option("--format", "-f", help="What to write; may be repeated.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read.")] = 1,
    lexicon: Annotated[
        list[Path] | None,
        typer.Option(exists=True, help="Names (.csv, .yaml) or relations (.toml) of your own."),
    ] = None,
    curation: Annotated[
        Path | None, typer.Option(exists=True, help="Your decisions; else curation.yaml in --out.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Name of the graph.")] = None,
    max_megabytes: Annotated[float, typer.Option(help="Leave larger files out.")] = 20,
) -> None:
    """Read documents and build one graph from them.

    Example:

        actorgraph build reports/ interview.txt --out out
    """
    from .pipeline import FORMATS, run_build
    from .progress import shown_on_terminal

    with _explained(), shown_on_terminal() as on_progress:
        built = run_build(
            sources,
            out,
            formats=[f.value for f in formats] if formats else FORMATS,
            workers=workers,
            lexicon=lexicon or (),
            curation=curation,
            title=title,
            max_bytes=int(max_megabytes * 1e6),
            on_progress=on_progress,
        )
    _print_summary(built.graph, built.report)


@app.command()
def export(
    target: Annotated[Path, typer.Argument(help="File to write; its suffix says the format.")],
    graph: Graph = _DEFAULT,
) -> None:
    """Write a graph to a file: .html, .graphml, .gexf, .json, or .csv for a folder of tables.

    Example:

        actorgraph export actors.gexf --graph out
    """
    with _explained():
        print(_load(graph).write(target))


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Any name, alias or id of an entity.")],
    graph: Graph = _DEFAULT,
) -> None:
    """Tell what is known of an entity, each line with its sources.

    Example:

        actorgraph show S-400
    """
    with _explained():
        print(_load(graph).dossier(name))


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="Part of a name.")],
    kind: Annotated[str | None, typer.Option("--type", help="Only this type of entity.")] = None,
    graph: Graph = _DEFAULT,
    as_json: AsJson = False,
) -> None:
    """Find entities by name.

    Example:

        actorgraph search valdai --type organization
    """
    with _explained():
        _print(_load(graph).search(text, type=kind), as_json)


@app.command()
def claims(
    subject: Annotated[str | None, typer.Option(help="Who, by any name.")] = None,
    relation: Annotated[str | None, typer.Option(help="Name of a relation.")] = None,
    object_: Annotated[str | None, typer.Option("--object", help="Whom or what.")] = None,
    about: Annotated[str | None, typer.Option(help="Either end.")] = None,
    modality: Annotated[
        str | None, typer.Option(help="asserted, reported or hypothetical.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Not before this date: 2022, 2022-02.")] = None,
    until: Annotated[str | None, typer.Option(help="Not after this date.")] = None,
    graph: Graph = _DEFAULT,
    as_json: AsJson = False,
) -> None:
    """List what the sources state.

    Example:

        actorgraph claims --subject Russia --object NATO --since 2010
    """
    with _explained():
        found = _load(graph).claims(
            subject=subject,
            relation=relation,
            object=object_,
            about=about,
            modality=modality,
            since=since,
            until=until,
        )
        _print(found, as_json)


@app.command()
def evidence(
    a: Annotated[str, typer.Argument(help="An entity.")],
    b: Annotated[str | None, typer.Argument(help="Another one.")] = None,
    graph: Graph = _DEFAULT,
    as_json: AsJson = False,
) -> None:
    """Show the sentences that link two entities, or that speak of one.

    Example:

        actorgraph evidence Russia NATO
    """
    with _explained():
        _print(_load(graph).evidence(a, b), as_json)


@app.command()
def path(
    a: Annotated[str, typer.Argument(help="Where to start.")],
    b: Annotated[str, typer.Argument(help="Where to end.")],
    k: Annotated[int, typer.Option(min=1, help="How many paths.")] = 1,
    graph: Graph = _DEFAULT,
    as_json: AsJson = False,
) -> None:
    """Show how two entities are connected, with the evidence of every step.

    Example:

        actorgraph path "Valdai Discussion Club" NATO
    """
    with _explained():
        _print(_load(graph).path(a, b, k=k), as_json)


@app.command()
def why(
    name: Annotated[str, typer.Argument(help="A name as the sources write it.")],
    graph: Graph = _DEFAULT,
    as_json: AsJson = False,
) -> None:
    """Explain which entity a name stands for, and what it was kept apart from.

    Example:

        actorgraph why Growler
    """
    with _explained():
        _print(_load(graph).why(name), as_json)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="Folder or graph.json of the earlier build.")],
    new: Annotated[Path, typer.Argument(help="Folder or graph.json of the later build.")],
    as_json: AsJson = False,
) -> None:
    """Show what changed between two builds.

    Example:

        actorgraph diff march/ april/
    """
    with _explained():
        _print(_load(old).diff(_load(new)), as_json)


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


@app.command()
def curate(
    action: Annotated[
        Action | None, typer.Argument(help="What to decide; nothing: review.")
    ] = None,
    names: Annotated[
        list[str] | None, typer.Argument(help="Names or ids of entities, or the id of a claim.")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why, for those who read it later.")] = None,
    author: Annotated[str | None, typer.Option(help="Who decides; by default you.")] = None,
    date: Annotated[str | None, typer.Option(help="When, if it is to be on record.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Questions of a review at most.")] = 100,
    graph: Graph = _DEFAULT,
) -> None:
    """Review a graph, or decide on it; every later build applies your decisions again.

    A review shows the most doubtful names and claims one by one, with their sentences. Answer with
    y (yes), n (no), s (skip), u (undo) or q (quit); what was answered is not asked again. The other
    examples decide directly, list all decisions with their numbers, and take one back, by default
    the last.

    Example:

        actorgraph curate --graph out

        actorgraph curate merge S-400 Growler --reason "NATO reporting name"

        actorgraph curate not-same Patriot PAC-3

        actorgraph curate rename "Valdai Club" "Valdai Discussion Club"

        actorgraph curate retype "Iron Dome" system

        actorgraph curate drop Reuters --reason "only ever the source"

        actorgraph curate reject claim:0f5a

        actorgraph curate confirm claim:0f5a

        actorgraph curate list

        actorgraph curate undo
    """
    given = names or []
    if action is not None and not action.accepts(given):
        raise typer.BadParameter(f"write: actorgraph curate {action} {action.takes}".rstrip())
    with _explained():
        if action is None:
            _review(graph, limit, author, date)
        elif action is Action.LIST:
            _list_decisions(graph)
        elif action is Action.UNDO:
            _undo(graph, *map(int, given))
        else:
            decide = getattr(_load(graph), "split" if action is Action.NOT_SAME else action)
            _print_decided(decide(*given, reason=reason, author=author, date=date))


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        from .pipeline import __version__

        print(__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line."""
    app()


@contextmanager
def _explained() -> Iterator[None]:
    """What went wrong in one line, without a traceback."""
    try:
        yield
    except ActorgraphError as error:
        print(f"actorgraph: {error}", file=sys.stderr)
        raise typer.Exit(1) from error
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        print(f"actorgraph: {error.strerror or error}:{place}", file=sys.stderr)
        raise typer.Exit(1) from error


def _load(path: Path) -> KnowledgeGraph:
    from .pipeline import load

    return load(path)


def _print(results: Results[Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps([results.record(item) for item in results], ensure_ascii=False, indent=1))
    else:
        print(results)


def _review(path: Path, limit: int, author: str | None, date: str | None) -> None:
    from rich.console import Console

    from .curate import Review

    graph = _load(path)
    review = Review(graph, graph.doubts(limit), Console(), _read_key, author, date)
    answered = review.run()
    print(f"Answered {answered} of {len(review.doubts)} questions.")
    if answered:
        _print_decided(graph.curator.reassembled())


def _list_decisions(path: Path) -> None:
    from rich.console import Console

    from .curate import table_of_decisions
    from .pipeline import find_curator

    curator = find_curator(path)
    if curator.curation.judgements:
        Console().print(table_of_decisions(curator.curation, _load(path).stale))
    else:
        print(f"There is no decision in {curator.path} yet.")


def _undo(path: Path, number: int = 0) -> None:
    """Works on the file alone: where decisions contradict each other, there is no graph."""
    from .pipeline import find_curator

    curator = find_curator(path)
    chosen = curator.curation.judgements[number - 1 : number or None]
    print(f"Taken back: {curator.take_back(*chosen)}")


def _print_decided(graph: KnowledgeGraph) -> None:
    print(f"Kept in {graph.curator.path}, and applied by every build from now on.")
    print(f"Now: {graph!r}")
    for stale in graph.stale:
        print(f"changes nothing: {stale}")


def _read_key() -> str:
    """The next key: pressed on a terminal, else the next letter of what is piped in."""
    if sys.stdin.isatty():
        return str(typer.getchar())
    while (letter := sys.stdin.read(1)).isspace():
        pass
    return letter


def _print_summary(graph: KnowledgeGraph, report: Report) -> None:
    """The table after a build: what was read, what was found, where it is, what to do next."""
    from collections import Counter

    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE, show_header=False, title=graph.title, title_justify="left")
    table.add_column(style="bold")
    table.add_column()
    speed = f", {report.words / report.seconds:,.0f} words/s" if report.parsed else ""
    table.add_row(
        "documents",
        f"{report.documents:,} ({report.parsed:,} read now, "
        f"{report.documents - report.parsed:,} known; {report.seconds:.1f} s{speed})",
    )
    table.add_row("entities", _counts(Counter(e.type for e in graph.entities)))
    claims = [claim for edge in graph.edges for claim in edge.claims]
    modalities = Counter("negated" if c.polarity == "negated" else str(c.modality) for c in claims)
    table.add_row("claims", _counts(modalities))
    statuses = Counter(str(edge.status) for edge in graph.edges)
    table.add_row("stated relations", _counts(statuses))
    table.add_row("co-mentions", f"{len(graph.comentions):,}")
    for file in report.files:
        table.add_row("wrote", str(file))
    console = Console()
    console.print(table)
    for problem in report.problems:
        console.print(f"left out: {problem}", style="yellow", markup=False, highlight=False)
    for stale in report.stale:
        console.print(f"curation: {stale}", style="yellow", markup=False, highlight=False)
    page = next((f for f in report.files if f.suffix == ".html"), None)
    if page is not None:
        console.print(
            f"Open {page} in a browser, or ask: actorgraph show NATO -g {page.parent}",
            markup=False,
            highlight=False,
        )


def _counts(counter: dict[str, int]) -> str:
    total = sum(counter.values())
    parts = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return f"{total:,}" + (f" ({', '.join(f'{n:,} {name}' for name, n in parts)})" if parts else "")
