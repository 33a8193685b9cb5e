"""Every format can be asked for by the end of a name, or by name, and has a line in the docs."""

from pathlib import Path

import pytest

from actorgraph.errors import ExportError
from actorgraph.export.formats import WRITERS
from actorgraph.pipeline import register_writers

WRITTEN = [suffix for suffix in WRITERS if suffix != ".html"]
"""The page is written by its own means, and has its own tests."""
DOCS = Path(__file__).parents[1] / "docs" / "exports.md"


@pytest.mark.parametrize("suffix", WRITTEN)
def test_a_suffix_writes_a_file_or_a_folder(suffix, small_graph, tmp_path):
    register_writers()

    written = small_graph.write(tmp_path / f"new folder/graph{suffix.upper()}")

    files = [written] if written.is_file() else [f for f in written.rglob("*") if f.is_file()]
    assert files
    assert all(file.stat().st_size for file in files)
    assert not [file for file in files if file.name.endswith(".tmp")]


@pytest.mark.parametrize("named", ["obsidian", ".obsidian"])
def test_a_format_can_be_named(named, small_graph, tmp_path):
    register_writers()

    assert (small_graph.write(tmp_path / "notes", format=named) / "entities" / "NATO.md").is_file()


def test_an_unknown_format_lists_the_known_ones(small_graph, tmp_path):
    register_writers()

    with pytest.raises(ExportError, match=r"'\.docx'.*\.graphml.*\.ttl"):
        small_graph.write(tmp_path / "graph.ttl", format="docx")


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_format_is_in_the_table_of_the_docs(suffix):
    rows = [row for row in DOCS.read_text(encoding="utf-8").splitlines() if row.startswith("| `.")]

    assert sum(row.startswith(f"| `{suffix}`") for row in rows) == 1


@pytest.mark.parametrize("suffix", WRITTEN)
def test_a_path_that_cannot_be_written_is_told(suffix, small_graph, tmp_path):
    register_writers()
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(ExportError, match="Cannot write"):
        small_graph.write(tmp_path / "file" / f"graph{suffix}")
