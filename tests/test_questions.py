"""The questions of docs/questions.md: each is answered by the one call that stands below it."""

import re

import pytest

import actorgraph as ag

from .pages import ROOT, examples_of, failures_of, lay_out

PAGE = (ROOT / "docs/questions.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"(?ms)^### (\d+\. .*?)\n(.*?)(?=^##|\Z)", PAGE)

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def graphs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("questions")
    lay_out(folder)
    return {"kg": ag.build(folder / "seeds"), "news": ag.build(folder / "examples/corpus")}


def test_there_are_thirty_questions_and_more_numbered_in_order():
    numbers = [int(question.partition(".")[0]) for question, _ in QUESTIONS]

    assert len(numbers) >= 30
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(("question", "answer"), QUESTIONS, ids=[q for q, _ in QUESTIONS])
def test_a_question_is_answered_by_one_call(question, answer, graphs, tmp_path, monkeypatch):
    test = examples_of(answer, question, dict(graphs))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    assert question.endswith("?")
    (call,) = test.examples
    assert call.source.count("\n") == 1
    assert call.want
    assert failures_of(test) == ""


def test_the_graphs_are_those_the_page_builds(tmp_path, monkeypatch):
    test = examples_of(re.sub(r"(?ms)^### .*?(?=^##|\Z)", "", PAGE), "questions")
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)

    assert [line for example in test.examples for line in re.findall(r"^\w+ = ", example.source)]
    assert failures_of(test) == ""
