"""The `actorgraph` command: parse, call one function of the API, print."""

from __future__ import annotations

import signal
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from .console import explained, print_json, print_results, print_rich, print_summary, summary_record
from .curate import Action, list_decisions, print_decided, review, undo

if TYPE_CHECKING:
    from .graph.model import KnowledgeGraph

app = typer.Typer(
    name="actorgraph",
    help="Read documents, build a cited knowledge graph of actors and systems.\n\n"
    "Example:\n\n    actorgraph build reports/ --out out\n\n    actorgraph evidence Russia NATO",
    epilog="Exit status: 0 if done, 1 if it could not be done (the message says why), 2 if the "
    "command was not understood.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Shape(StrEnum):
    """How a page is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


def _formats(names: list[str] | None) -> list[str] | None:
    """Names of formats, each known."""
    from .export.formats import WRITERS

    known = [suffix.removeprefix(".") for suffix in WRITERS]
    for name in names or ():
        if name not in known:
            raise typer.BadParameter(f"{name} is none of {', '.join(known)}")
    return names


def _mapping(columns: list[str]) -> dict[str, str]:
    """What ``--map`` says: which column of a table holds which field."""
    for given in columns:
        if "=" not in given:
            raise typer.BadParameter(f"write: --map FIELD=COLUMN, not {given}")
    return dict(given.split("=", 1) for given in columns)


def _names(context: typer.Context, incomplete: str) -> list[str]:
    """Names of entities, for the shell to complete."""
    from .graph.questions.completion import names_beginning
    from .pipeline import STORE

    folder = context.params.get("graph") or _DEFAULT
    return names_beginning(Path(folder) / STORE, incomplete)


Graph = Annotated[
    Path, typer.Option("--graph", "-g", help="Output folder of a build, or a graph.json.")
]
Name = Annotated[
    str, typer.Argument(help="Any name, alias or id of an entity.", autocompletion=_names)
]
AsShape = Annotated[Shape, typer.Option("--format", "-f", help="How to print it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
_DEFAULT = Path("out")


@app.command()
def build(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, globs, addresses; - is stdin.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the results.")] = _DEFAULT,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            callback=_formats,
            help="html, graphml, gexf, json, csv ...; may be repeated.",
        ),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read.")] = 1,
    engine: Annotated[str, typer.Option(help="Where they run: local or dask.")] = "local",
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler; else a cluster of your own.")
    ] = None,
    lexicon: Annotated[
        list[Path] | None,
        typer.Option(exists=True, help="Names (.csv, .yaml) or relations (.toml) of your own."),
    ] = None,
    curation: Annotated[
        Path | None, typer.Option(exists=True, help="Your decisions; else curation.yaml in --out.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Name of the graph.")] = None,
    max_megabytes: Annotated[float, typer.Option(help="Leave larger documents out.")] = 20,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Where tables hold text, title, date."),
    ] = None,
    page_columns: Annotated[bool, typer.Option(help="Read PDF pages column by column.")] = False,
    fetch: Annotated[bool, typer.Option(help="Download addresses among the sources.")] = False,
    allow_private: Annotated[bool, typer.Option(help="Also from the local network.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read documents and build one graph from them.

    Example:

        actorgraph build reports/ interview.txt --out out
    """
    from .pipeline import FORMATS, run_build
    from .progress import shown_on_terminal

    with explained(), shown_on_terminal() as on_progress:
        built = run_build(
            sources,
            out,
            formats=formats or FORMATS,
            workers=workers,
            engine=engine,
            scheduler=scheduler,
            lexicon=lexicon or (),
            curation=curation,
            title=title,
            max_bytes=int(max_megabytes * 1e6),
            columns=_mapping(columns or []),
            page_columns=page_columns,
            fetch=fetch,
            allow_private=allow_private,
            on_progress=on_progress,
        )
    if as_json:
        print_json(summary_record(built.graph, built.report))
    else:
        print_summary(built.graph, built.report)


@app.command()
def export(
    target: Annotated[
        Path, typer.Argument(help="File to write, or with --format the folder for several.")
    ],
    graph: Graph = _DEFAULT,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            callback=_formats,
            help="Write graph.FORMAT into the folder; may be repeated.",
        ),
    ] = None,
    view: Annotated[
        str, typer.Option(help="Part of the graph: all, stated or actors.", show_default=True)
    ] = "all",
    multigraph: Annotated[
        bool, typer.Option("--multigraph", help="GraphML: one edge for each relation.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a graph to files that other programs read.

    Without --format, the end of the file name says the format.

    Example:

        actorgraph export actors.gexf --graph out

        actorgraph export gephi/ --format graphml --format gexf --view actors
    """
    from .graph.presets import view_of

    with explained():
        shown = view_of(_load(graph), view)
        if formats:
            target.mkdir(parents=True, exist_ok=True)
        targets = [target / f"graph.{name}" for name in formats] if formats else [target]
        files = [str(_write(shown, file, multigraph)) for file in targets]
        if as_json:
            print_json(files)
        else:
            print("\n".join(files))


@app.command()
def show(
    name: Name,
    graph: Graph = _DEFAULT,
    shape: AsShape = Shape.TEXT,
    as_json: AsJson = False,
) -> None:
    """Tell what is known of an entity, each line with its sources.

    Example:

        actorgraph show S-400

        actorgraph show S-400 --format html > s-400.html
    """
    with explained():
        dossier = _load(graph).dossier(name)
        if as_json:
            print_json(dossier.to_dict())
        elif shape is Shape.TEXT:
            print_rich(dossier)
        else:
            print(dossier.to_html() if shape is Shape.HTML else dossier.to_markdown(), end="")


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
    with explained():
        print_results(_load(graph).search(text, type=kind), as_json)


@app.command()
def claims(
    subject: Annotated[
        str | None, typer.Option(help="Who, by any name.", autocompletion=_names)
    ] = None,
    relation: Annotated[str | None, typer.Option(help="Name of a relation.")] = None,
    object_: Annotated[
        str | None, typer.Option("--object", help="Whom or what.", autocompletion=_names)
    ] = None,
    about: Annotated[str | None, typer.Option(help="Either end.", autocompletion=_names)] = None,
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
    with explained():
        found = _load(graph).claims(
            subject=subject,
            relation=relation,
            object=object_,
            about=about,
            modality=modality,
            since=since,
            until=until,
        )
        print_results(found, as_json)


@app.command()
def evidence(
    a: Name,
    b: Annotated[str | None, typer.Argument(help="Another one.", autocompletion=_names)] = None,
    graph: Graph = _DEFAULT,
    as_json: AsJson = False,
) -> None:
    """Show the sentences that link two entities, or that speak of one.

    Example:

        actorgraph evidence Russia NATO
    """
    with explained():
        print_results(_load(graph).evidence(a, b), as_json)


@app.command()
def path(
    a: Annotated[str, typer.Argument(help="Where to start.", autocompletion=_names)],
    b: Annotated[str, typer.Argument(help="Where to end.", autocompletion=_names)],
    k: Annotated[int, typer.Option(min=1, help="How many paths.")] = 1,
    graph: Graph = _DEFAULT,
    as_json: AsJson = False,
) -> None:
    """Show how two entities are connected, with the evidence of every step.

    Example:

        actorgraph path "Valdai Discussion Club" NATO
    """
    with explained():
        print_results(_load(graph).path(a, b, k=k), as_json)


@app.command()
def why(
    name: Annotated[
        str, typer.Argument(help="A name as the sources write it.", autocompletion=_names)
    ],
    graph: Graph = _DEFAULT,
    as_json: AsJson = False,
) -> None:
    """Explain which entity a name stands for, and what it was kept apart from.

    Example:

        actorgraph why Growler
    """
    with explained():
        print_results(_load(graph).why(name), as_json)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="Folder or graph.json of the earlier build.")],
    new: Annotated[Path, typer.Argument(help="Folder or graph.json of the later build.")],
    shape: AsShape = Shape.TEXT,
    as_json: AsJson = False,
) -> None:
    """Show what changed between two builds.

    Example:

        actorgraph diff march/ april/

        actorgraph diff march/ april/ --format html > changes.html
    """
    with explained():
        changes = _load(old).diff(_load(new))
        if as_json or shape is Shape.TEXT:
            print_results(changes, as_json)
        else:
            print(changes.to_html() if shape is Shape.HTML else changes.to_markdown(), end="")


@app.command()
def neighbors(
    name: Name,
    relation: Annotated[str | None, typer.Option(help="Name of a relation.")] = None,
    kind: Annotated[str | None, typer.Option("--type", help="Only this type of entity.")] = None,
    graph: Graph = _DEFAULT,
    as_json: AsJson = False,
) -> None:
    """Show what an entity is linked to.

    Example:

        actorgraph neighbors Russia --relation operates
    """
    with explained():
        print_results(_load(graph).neighbors(name, relation=relation, type=kind), as_json)


@app.command()
def top(
    n: Annotated[int, typer.Argument(min=1, help="How many.")] = 10,
    by: Annotated[
        str, typer.Option(help="pagerank, degree, betweenness, mentions or documents.")
    ] = "pagerank",
    kind: Annotated[str | None, typer.Option("--type", help="Only this type of entity.")] = None,
    graph: Graph = _DEFAULT,
    as_json: AsJson = False,
) -> None:
    """List the most important entities.

    Example:

        actorgraph top 20 --by mentions --type system
    """
    with explained():
        print_results(_load(graph).top(n, by=by, type=kind), as_json)  # type: ignore[arg-type]


@app.command()
def compare(
    a: Annotated[str, typer.Argument(help="A publisher, an author, or a document.")],
    b: Annotated[str, typer.Argument(help="Another one.")],
    graph: Graph = _DEFAULT,
    as_json: AsJson = False,
) -> None:
    """Show what only one of two sources says, what both say, and where they contradict each other.

    Example:

        actorgraph compare "Harbour Gazette" "Northern Review"
    """
    with explained():
        print_results(_load(graph).compare_sources(a, b), as_json)


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="A SELECT over entities, edges, claims ...")],
    graph: Graph = _DEFAULT,
    as_json: AsJson = False,
) -> None:
    """Answer a query in SQL; it can only read.

    Views: entities, aliases, edges, claims, comentions, examples, documents, decisions, relations.

    Example:

        actorgraph sql "SELECT subject, object FROM edges WHERE relation = 'operates'"
    """
    with explained():
        print_results(_load(graph).sql(query), as_json)


@app.command()
def shell(graph: Graph = _DEFAULT) -> None:
    """Open a Python prompt with the graph loaded as kg; IPython where it is installed.

    Example:

        actorgraph shell --graph out
    """
    from .shell import open_shell

    with explained():
        open_shell(_load(graph))


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
    as_json: AsJson = False,
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
    with explained():
        if action is None:
            review(graph, limit, author, date, as_json)
        elif action is Action.LIST:
            list_decisions(graph, as_json)
        elif action is Action.UNDO:
            undo(graph, as_json, *map(int, given))
        else:
            decide = getattr(_load(graph), "split" if action is Action.NOT_SAME else action)
            decided = decide(*given, reason=reason, author=author, date=date)
            print_decided(decided, as_json)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        from .pipeline import __version__

        print(__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line; a signal to end it ends it in good order."""
    signal.signal(signal.SIGTERM, _end)
    app()


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _load(path: Path) -> KnowledgeGraph:
    from .pipeline import load

    return load(path)


def _write(graph: KnowledgeGraph, file: Path, multigraph: bool) -> Path:
    if not multigraph:
        return graph.write(file)
    if file.suffix != ".graphml":
        raise typer.BadParameter("--multigraph is for GraphML: name a .graphml file")
    from .export.graphml import write_graphml

    write_graphml(graph, file, multigraph=True)
    return file
