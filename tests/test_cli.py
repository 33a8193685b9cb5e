"""The `actorgraph` command: help, exit status, what it prints, and that nobody sees a traceback."""

import json

import pytest
import typer
from typer.testing import CliRunner

import actorgraph
from actorgraph.cli import _names, app

COMMANDS = typer.main.get_command(app).commands

DELIVERY = """Delivery of the S-400

14 July 2019

Turkey took delivery of the S-400. Russia supplied the S-400 to Turkey. The United States may
sanction Turkey. NATO has not bought the S-400.
"""
MEETING = """A meeting in Ankara

2 March 2020

The foreign minister of Turkey met officials of Russia. Germany and France are members of NATO.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two articles, the older in ``reports``, both in ``more``; and their graphs in ``out``."""
    root = tmp_path_factory.mktemp("cli")
    for name, texts in {"reports": [DELIVERY], "more": [DELIVERY, MEETING]}.items():
        (root / name).mkdir()
        for number, text in enumerate(texts):
            (root / name / f"{number}.txt").write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def run(folder, monkeypatch):
    """``run("show", "NATO")``: run the command beside the articles, on a wide terminal."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "200")

    def invoke(*arguments):
        result = CliRunner().invoke(app, arguments)
        if isinstance(result.exception, Exception):
            raise result.exception
        return result

    return invoke


@pytest.fixture(scope="module")
def built(folder):
    """The graphs are built, once: ``old`` of one article, ``out`` of both; and malformed files."""
    for source, out in {"reports": "old", "more": "out"}.items():
        actorgraph.build(folder / source, folder / out, formats=["html", "json"])
    (folder / "wrong.csv").write_text("id,name,type\nsystem:x,X\n", encoding="utf-8")
    (folder / "wrong.toml").write_text("[buys\n", encoding="utf-8")
    (folder / "wrong.yaml").write_text("merge: 7\n", encoding="utf-8")
    return folder


def test_without_arguments_it_shows_its_commands(run):
    result = run()

    assert all(name in result.output for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help_with_an_example_of_itself(name, run):
    result = run(name, "--help")
    text, _, example = result.stdout.partition("Example:")

    assert result.exit_code == 0
    assert text.partition("\n\n")[2].strip()
    assert f"actorgraph {name}" in example


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_and_option_says_what_it_is_for(name):
    silent = [parameter.name for parameter in COMMANDS[name].params if not parameter.help]

    assert silent == []


def test_the_help_tells_the_exit_status(run):
    assert "Exit status: 0 if done, 1 if it could not be done" in " ".join(
        run("--help").stdout.split()
    )


def test_every_command_prints_json_but_the_shell():
    without = [name for name, c in COMMANDS.items() if "as_json" not in {p.name for p in c.params}]
    assert without == ["shell"]


def test_the_version_is_that_of_the_package(run):
    assert run("--version").stdout.strip() == actorgraph.__version__


@pytest.mark.model
def test_the_summary_names_what_was_read_what_was_found_and_every_file(run, folder):
    result = run("build", "more", "--out", "fresh", "-f", "html", "-f", "graphml", "-f", "csv")
    again = run("build", "more", "--out", "fresh", "-f", "html")

    assert result.exit_code == 0
    assert "2 (2 read now, 0 known" in result.stdout
    assert "2 (0 read now, 2 known" in again.stdout
    for label in ("entities", "claims", "stated relations", "co-mentions"):
        assert label in result.stdout
    for file in (folder / "fresh").iterdir():
        kept = file.suffix == ".sqlite" or file.name.startswith(".")
        assert kept or f"fresh/{file.name}" in result.stdout
    assert (folder / "fresh" / "graph.graphml").is_file()


@pytest.mark.model
def test_a_title_and_a_file_of_names_can_be_given(run, folder):
    names = "id,name,type,aliases\norganization:harbour-watch,Harbour Watch,organization,\n"
    (folder / "names.csv").write_text(names, encoding="utf-8")
    (folder / "note.txt").write_text("A note\n\nHarbour Watch criticised Russia.", encoding="utf-8")
    result = run("build", "note.txt", "-o", "own", "--lexicon", "names.csv", "--title", "Harbours")

    assert "Harbours" in result.stdout
    assert (
        json.loads(run("search", "harbour", "-g", "own", "--json").stdout)[0]["name"]
        == "Harbour Watch"
    )


@pytest.mark.model
@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["show", "S-400"], "Turkey"),
        (["search", "nato"], "NATO"),
        (["search", "a", "--type", "country"], "Russia"),
        (["claims", "--subject", "Turkey", "--relation", "acquires"], "S-400"),
        (["claims", "--about", "S-400", "--since", "2019", "--until", "2019-12"], "Turkey"),
        (["claims", "--modality", "hypothetical"], "United States"),
        (["evidence", "Turkey", "S-400"], "took delivery"),
        (["path", "Russia", "S-400"], "Russia"),
        (["why", "S-400"], "S-400"),
        (["diff", "old", "out"], "added"),
        (["diff", "old", "out", "--format", "html"], "<h1>Changes from"),
        (["diff", "old", "out", "-f", "markdown"], "| change | what |"),
        (["show", "S-400", "--format", "html"], "<h1>S-400</h1>"),
        (["show", "S-400", "-f", "markdown"], "# S-400"),
        (["neighbors", "Turkey", "--relation", "acquires"], "S-400"),
        (["top", "3", "--by", "mentions", "--type", "country"], "Turkey"),
        (["compare", "0.txt", "1.txt"], "only a"),
        (["sql", "SELECT subject FROM edges WHERE relation = 'acquires'"], "Turkey"),
    ],
    ids=" ".join,
)
def test_a_question_is_answered_for_people(arguments, shown, run, built):
    result = run(*arguments)

    assert result.exit_code == 0, result.output
    assert shown in result.stdout


@pytest.mark.model
@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (["search", "nato"], {"id", "name", "type"}),
        (["claims", "--about", "S-400"], {"subject", "relation", "object", "modality"}),
        (["evidence", "Turkey", "S-400"], {"statement", "sentence", "document_id", "start", "end"}),
        (["path", "Russia", "S-400"], {"path", "relations"}),
        (["why", "S-400"], {"name", "entity_id", "rule"}),
        (["diff", "old", "out"], {"kind", "what", "id"}),
        (["neighbors", "Turkey"], {"name", "relations"}),
        (["top"], {"name", "pagerank"}),
        (["compare", "0.txt", "1.txt"], {"kind", "a", "b"}),
        (["sql", "SELECT name, type FROM entities"], {"name", "type"}),
    ],
    ids=lambda given: " ".join(sorted(given) if isinstance(given, set) else given),
)
def test_a_question_is_answered_for_scripts(arguments, keys, run, built):
    records = json.loads(run(*arguments, "--json").stdout)

    assert records
    assert keys <= set(records[0])


@pytest.mark.model
def test_an_answer_without_rows_is_an_empty_list(run, built):
    assert json.loads(run("claims", "--since", "2035", "--json").stdout) == []


@pytest.mark.model
@pytest.mark.parametrize("suffix", ["html", "graphml", "gexf", "json", "csv"])
def test_a_graph_is_exported_by_suffix(suffix, run, built):
    result = run("export", f"actors.{suffix}")

    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == f"actors.{suffix}"
    assert (built / f"actors.{suffix}").exists()


@pytest.mark.model
def test_several_formats_and_views_go_to_a_folder(run, built):
    arguments = ["export", "gephi", "-f", "graphml", "-f", "gexf", "--view", "stated", "--json"]
    assert json.loads(run(*arguments).stdout) == ["gephi/graph.graphml", "gephi/graph.gexf"]
    one = run("export", "pairs.graphml", "--view", "stated")
    several = run("export", "relations.graphml", "--view", "stated", "--multigraph")
    assert one.exit_code == several.exit_code == 0
    assert (built / "relations.graphml").read_text() != (built / "pairs.graphml").read_text()


@pytest.mark.model
def test_show_and_build_print_json_for_scripts(run, built):
    assert json.loads(run("show", "S-400", "--json").stdout)["id"] == "system:s-400"
    summary = json.loads(run("build", "more", "-o", "out", "-f", "json", "--json").stdout)
    assert (summary["documents"], summary["read_now"]) == (2, 0)
    assert summary["files"] == ["out/graph.json"]


@pytest.mark.model
def test_the_shell_opens_with_the_graph(run, built, monkeypatch):
    opened = []
    monkeypatch.setattr("actorgraph.shell.open_shell", opened.append)
    assert run("shell").exit_code == 0
    assert "S-400" in opened[0]


@pytest.mark.model
def test_names_are_completed_from_the_folder_that_was_given(run, built):
    context = typer.Context(COMMANDS["show"])
    context.params = {"graph": built / "out"}
    assert "S-400" in _names(context, "S-4")
    context.params = {"graph": built / "nowhere"}
    assert _names(context, "S-4") == []


@pytest.mark.model
def test_a_graph_can_be_asked_from_its_json_alone(run, built):
    assert "Turkey" in run("show", "S-400", "--graph", "out/graph.json").stdout


@pytest.mark.model
@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["show", "S-40O"], 1, "Did you mean 'S-400'"),
        (["evidence", "Turky", "NATO"], 1, "Did you mean 'Turkey'"),
        (["path", "Russia", "Atlantis"], 1, "No entity is called 'Atlantis'"),
        (["claims", "--relation", "aquires"], 1, "acquires"),
        (["claims", "--modality", "maybe"], 1, "hypothetical"),
        (["search", "x", "--type", "nation"], 1, "no type 'nation'"),
        (["export", "actors.xlsx"], 1, ".graphml"),
        (["export", "actors.gexf", "--view", "best"], 1, "all, stated, actors"),
        (["export", "actors.gexf", "--multigraph"], 2, ".graphml"),
        (["sql", "DELETE FROM entity"], 1, "only read"),
        (["top", "--by", "fame"], 1, "pagerank"),
        (["neighbors", "Turky"], 1, "Did you mean 'Turkey'"),
        (["compare", "0.txt", "nowhere"], 1, "nowhere"),
        (["show", "NATO", "-g", "nowhere"], 1, "nowhere"),
        (["show", "NATO", "-g", "nowhere.json"], 1, "nowhere.json"),
        (["diff", "out", "nowhere"], 1, "nowhere"),
        (["build", "nowhere", "-o", "none"], 1, "nowhere"),
        (["build", "more", "-o", "none", "--lexicon", "wrong.csv"], 1, "wrong.csv, line 2"),
        (["build", "more", "-o", "none", "--lexicon", "wrong.toml"], 1, "wrong.toml"),
        (["build", "more", "-o", "none", "--curation", "wrong.yaml"], 1, "wrong.yaml"),
        (["build", "more", "-f", "pdf"], 2, "graphml"),
        (["build", "more", "--workers", "0"], 2, "--workers"),
        (["build", "more", "--curation", "nowhere.yaml"], 2, "nowhere.yaml"),
        (["build"], 2, "SOURCES"),
        (["frobnicate"], 2, "frobnicate"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_explained(arguments, status, message, run, built):
    result = run(*arguments)

    assert result.exit_code == status
    assert message.lower() in result.stderr.lower()
    assert "Traceback" not in result.output
    assert not list(built.glob("none/graph.*"))


@pytest.mark.model
def test_a_lexicon_file_of_an_unknown_kind_is_refused(run, built):
    assert run("build", "more", "-o", "none", "--lexicon", "more/0.txt").exit_code == 1


@pytest.mark.model
def test_a_file_that_is_no_graph_is_explained(run, built):
    (built / "broken.json").write_text("{", encoding="utf-8")
    (built / "broken").mkdir(exist_ok=True)
    (built / "broken" / "store.sqlite").write_text("no database", encoding="utf-8")

    for graph in ("broken.json", "broken"):
        result = run("show", "NATO", "--graph", graph)
        assert (result.exit_code, "broken" in result.stderr) == (1, True)
