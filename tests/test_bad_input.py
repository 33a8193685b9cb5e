"""Whatever is in a folder: what can be read is read, the rest is named with its reason."""

import json

import pytest
from typer.testing import CliRunner

import actorgraph
from actorgraph.cli import app
from actorgraph.errors import ActorgraphError

GOOD = "A delivery\n\nTurkey took delivery of the S-400. Russia supplied the S-400 to Turkey.\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8

DAMAGED = {
    "utf-8 with a mark.txt": b"\xef\xbb\xbf" + GOOD.encode() + b"They came by night.",
    "utf-16.txt": f"{GOOD}They crossed the sea.".encode("utf-16"),
    "windows-1252.txt": f"{GOOD}It was Türkiye’s army.".encode("cp1252"),
    "invalid utf-8.txt": GOOD.encode() + b"The S-400 of \xff Russia.\xfe\n",
    "a NUL in the text.txt": GOOD.encode() + b"The S-\x00400 of \x01Russia.",
    "DOS lines.txt": GOOD.replace("\n", "\r\n").encode() + b"They crossed a border.\r\n",
}
"""The same two good sentences, and something odd."""

READ = {
    **DAMAGED,
    "one line.md": b"Russia supplied the S-400 to Turkey. " * 50,
    "no sentence.txt": b"!!! ??? ... 12345 \xe2\x98\x83\n",
    "one word.txt": b"Russia",
    "mark-up only.md": b"# \n\n---\n\n```\n\n",
}
LEFT_OUT = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\r\n\n", "empty"),
    "nothing but NULs.txt": (b"\0" * 64, "binary"),
    "a picture.txt": (PNG, "binary"),
    "an archive.md": (b"PK\x03\x04" + bytes(400), "binary"),
}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """``run("build", "in")``: run the command beside the files, on a wide terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "300")

    def invoke(*arguments):
        result = CliRunner().invoke(app, arguments)
        if isinstance(result.exception, Exception):
            raise result.exception
        assert "Traceback" not in result.output
        return result

    return invoke


def put(folder, **files):
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def graph_of(folder):
    return json.loads((folder / "out" / "graph.json").read_text(encoding="utf-8"))


@pytest.mark.model
@pytest.mark.parametrize("name", READ)
def test_odd_files_are_read(name, run, tmp_path):
    put(tmp_path / "in", **{name: READ[name]})
    result = run("build", "in")

    assert result.exit_code == 0, result.output
    assert "left out" not in result.stdout
    assert len(graph_of(tmp_path)["documents"]) == 1


@pytest.mark.model
@pytest.mark.parametrize("name", DAMAGED)
def test_damage_to_one_sentence_spares_the_others(name, run, tmp_path):
    put(tmp_path / "in", **{name: READ[name]})
    run("build", "in")

    kg = actorgraph.load(tmp_path / "out")
    assert ("country:tr", "acquires", "system:s-400") in {edge.key for edge in kg.edges}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_file_that_holds_no_text_alone_is_refused_with_the_reason(name, run, tmp_path):
    content, reason = LEFT_OUT[name]
    put(tmp_path / "in", **{name: content})
    result = run("build", "in")

    assert result.exit_code == 1
    assert name in result.stderr
    assert reason in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.model
def test_files_that_hold_no_text_are_named_and_the_rest_is_built(run, tmp_path):
    put(tmp_path / "in", **{name: content for name, (content, _) in LEFT_OUT.items()})
    put(tmp_path / "in", **READ, good=b"of no known kind", **{"good.txt": GOOD.encode()})
    result = run("build", "in", "nowhere", "in/none*.txt")

    assert result.exit_code == 0, result.output
    left_out = [line for line in result.stdout.splitlines() if line.startswith("left out: ")]
    for name, (_, reason) in LEFT_OUT.items():
        assert [line for line in left_out if name in line and reason in line]
    assert [line for line in left_out if "nowhere" in line and "does not exist" in line]
    assert [line for line in left_out if "none*" in line and "matches no" in line]
    assert len(left_out) == len(LEFT_OUT) + 2
    read = {document["path"] for document in graph_of(tmp_path)["documents"]}
    assert read == {*READ, "good.txt"}


@pytest.mark.parametrize(
    "source", ["empty", "nowhere", "nowhere.txt", "*.txt", "table.xlsx", "a\0b"]
)
def test_a_source_with_nothing_to_read_is_refused_with_the_reason(source, run, tmp_path):
    put(tmp_path / "empty")
    put(tmp_path, **{"table.xlsx": PNG})
    result = run("build", source)

    assert result.exit_code == 1
    assert result.stderr.startswith("actorgraph: Nothing to read in ")
    assert not (tmp_path / "out").exists()


@pytest.mark.model
def test_a_huge_file_is_left_out_unless_the_limit_is_raised(run, tmp_path):
    put(tmp_path / "in", **{"good.txt": GOOD.encode(), "huge.txt": b"Russia " * 7_200_000})
    result = run("build", "in")

    assert result.exit_code == 0
    assert "huge.txt: is 50.4 MB, over the limit of 20.0 MB" in result.stdout
    assert [document["path"] for document in graph_of(tmp_path)["documents"]] == ["good.txt"]
    assert "over the limit of 0.0 MB" in run("build", "in/good.txt", "--max-megabytes", "0").stderr


@pytest.mark.model
def test_a_long_line_is_read_to_its_end(run, tmp_path):
    filler = "Nobody knew whether the weather would change. " * 1_200
    line = f"Turkey took delivery of the S-400. {filler}Germany is a member of NATO."
    put(tmp_path / "in", **{"line.txt": line.encode()})
    run("build", "in", "-f", "json")

    kg = actorgraph.load(tmp_path / "out")
    assert ("country:tr", "acquires", "system:s-400") in {edge.key for edge in kg.edges}
    assert ("country:de", "member_of", "organization:nato") in {edge.key for edge in kg.edges}


@pytest.mark.model
def test_what_was_built_before_is_kept_where_nothing_can_be_read(run, tmp_path):
    put(tmp_path / "in", **{"good.txt": GOOD.encode()})
    run("build", "in")
    before = (tmp_path / "out" / "graph.json").read_bytes()
    (tmp_path / "in" / "good.txt").write_bytes(b"")

    assert run("build", "in").exit_code == 1
    assert (tmp_path / "out" / "graph.json").read_bytes() == before
    assert "Turkey" in run("show", "S-400").stdout


def test_an_output_that_cannot_be_written_is_explained(run, tmp_path):
    put(tmp_path, **{"good.txt": GOOD.encode(), "taken": b"a file where a folder should be"})
    result = run("build", "good.txt", "--out", "taken")

    assert result.exit_code == 1
    assert "taken" in result.stderr


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " \n", "\0", "\ud800", "!?", "a\0b", "\ufeff", "x" * 100_000])
def test_any_string_can_be_extracted_from(text):
    found = actorgraph.extract(text)

    assert found.mentions == ()
    assert found.claims == ()


def test_no_sources_at_all_are_an_error_of_ours():
    with pytest.raises(ActorgraphError, match="Nothing to read in an empty list"):
        actorgraph.build([])
