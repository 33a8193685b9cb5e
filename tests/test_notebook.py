"""The notebook of examples/ runs, and prints what is stored in it.

After a change of what it prints: ``python tests/test_notebook.py`` runs it and stores the outputs.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "examples" / "explore.ipynb"

quiet = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")


def executed(folder: Path) -> nbformat.NotebookNode:
    """The notebook as it comes out of a run in `folder`, without versions and times."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    place = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=300, record_timing=False, resources=place)
    client.execute(env={**os.environ, "COLUMNS": "110"})
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def printed(notebook: nbformat.NotebookNode) -> list[tuple[str, list[object]]]:
    """Source and outputs of every cell that runs."""
    return [
        (cell.source, [output.get("data") or output.get("text") for output in cell.outputs])
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


@quiet
@pytest.mark.model
@pytest.mark.slow
def test_it_prints_what_is_stored_in_it(tmp_path):
    shutil.copytree(NOTEBOOK.parent / "corpus", tmp_path / "corpus")

    assert printed(executed(tmp_path)) == printed(nbformat.read(NOTEBOOK, as_version=4))


def test_it_was_run_from_the_top_and_shows_tables_and_a_picture():
    cells = [cell for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if "outputs" in cell]
    kinds = {
        kind for cell in cells for output in cell["outputs"] for kind in output.get("data", ())
    }

    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert all(cell["outputs"] for cell in cells)
    assert {"text/html", "image/svg+xml"} <= kinds


def test_it_names_no_machine():
    text = NOTEBOOK.read_text("utf-8")

    assert not re.search(r"(?:^|[\s\"'(=])/(?:home|root|tmp|work|usr|Users)/|[A-Z]:\\\\", text)
    assert '"execution": {' not in text


if __name__ == "__main__":
    text = nbformat.writes(executed(NOTEBOOK.parent), indent=1)
    NOTEBOOK.write_text(f"{text.rstrip()}\n", encoding="utf-8")
