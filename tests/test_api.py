"""The front door: ``import actorgraph as ag`` re-exports, and nothing else."""

import ast
import inspect
from collections import Counter
from pathlib import Path

import pytest

import actorgraph as ag
from actorgraph.graph.model import KnowledgeGraph

FRONT_DOOR = Path(ag.__file__)


def test_the_front_door_holds_re_exports_only():
    """Besides imports: the list of them, and the one name that is imported when asked for."""
    docstring, *statements = ast.parse(FRONT_DOOR.read_text(encoding="utf-8")).body
    others = [
        ast.unparse(statement)
        for statement in statements
        if not isinstance(statement, ast.ImportFrom)
    ]

    assert isinstance(docstring, ast.Expr)
    assert [other.partition(":")[0].partition(" =")[0] for other in others] == [
        "if _TYPE_CHECKING",
        "__all__",
        "def __getattr__(name",
    ]


def test_what_is_imported_is_exported_in_order():
    tree = ast.parse(FRONT_DOOR.read_text(encoding="utf-8"))
    imported = [
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    public = {name for name in imported if not name.startswith("_") or name == "__version__"}

    assert ag.__all__ == sorted(public)


def test_the_graph_is_at_the_front_door_too():
    assert ag.KnowledgeGraph is KnowledgeGraph
    with pytest.raises(AttributeError, match="no attribute 'Graph'"):
        _ = ag.Graph


@pytest.mark.parametrize("name", ag.__all__)
def test_an_exported_name_says_what_it_means(name):
    thing = getattr(ag, name)

    assert isinstance(thing, str) or inspect.getdoc(thing)


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (ag.build, ["sources", "out", "formats", "workers", "lexicon", "curation"]),
        (ag.extract, ["text", "title", "date"]),
        (ag.load, ["path"]),
    ],
)
def test_the_promised_parameters_are_there(function, parameters):
    assert set(parameters) <= set(inspect.signature(function).parameters)


@pytest.mark.parametrize(
    "question",
    """entity search neighbors claims evidence path top communities timeline dossier why subgraph
    diff to_networkx to_pandas to_polars write write_html write_graphml write_gexf layout centrality
    clusters sql cypher associations brokers cores bursts balance compare_sources contradictions
    between merge split rename retype drop reject confirm undo""".split(),
)
def test_a_graph_answers_the_promised_questions(question):
    assert inspect.getdoc(getattr(KnowledgeGraph, question))


def test_a_method_of_a_graph_stands_in_one_place_only():
    rooms = KnowledgeGraph.__mro__[:-1]
    defined = Counter(name for room in rooms for name in vars(room) if not name.startswith("_"))

    assert len(rooms) > 1
    assert {name: n for name, n in defined.items() if n > 1} == {}


def test_every_error_of_the_tree_is_one_of_ours():
    from actorgraph import errors

    tree = [e for e in vars(errors).values() if inspect.isclass(e) and issubclass(e, Exception)]

    assert all(issubclass(error, ag.ActorgraphError) for error in tree)
    assert {error.__name__ for error in tree} <= set(ag.__all__)


def test_extract_is_a_function_although_a_sub_package_has_its_name():
    from actorgraph.extract import extractor

    assert inspect.isfunction(ag.extract)
    assert extractor.__name__ == "actorgraph.extract.extractor"
