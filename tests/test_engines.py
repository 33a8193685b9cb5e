"""Where extraction runs makes no difference to what comes out, and a dead worker costs nothing."""

import os
import signal
from functools import partial

import pytest

import actorgraph as ag
from actorgraph.building.engines import extract_in_processes
from actorgraph.building.recipe import Recipe
from actorgraph.graph.storage.rows import Findings
from actorgraph.schema import Document, Extraction

DOCUMENTS = [Document(id=f"d{n:02}", text=f"Text {n} " + "word " * 2_000) for n in range(20)]


def found(batches):
    return sorted(findings.document_id for batch in batches for findings in batch)


def echo(recipe, key, documents):
    """Stands for extraction: nothing is found, quickly."""
    return [Findings.of(Extraction(document=document)) for document in documents]


def die(name, marker, recipe, key, documents):
    """Kill the worker that gets a document; with a marker file only the first time."""
    if any(document.id == name for document in documents) and not (marker and marker.exists()):
        if marker:
            marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return echo(recipe, key, documents)


def fail(recipe, key, documents):
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def no_model(monkeypatch, request):
    if "model" not in request.keywords:
        monkeypatch.setattr(Recipe, "extractor", lambda recipe: None)


forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="the work of these tests is inherited")


@forks
@pytest.mark.parametrize("workers", [1, 2, 3])
def test_processes_return_every_document_once(workers):
    batches = extract_in_processes(iter(DOCUMENTS), Recipe(), workers, pytest.fail, echo)

    assert found(batches) == [document.id for document in DOCUMENTS]


@forks
def test_a_worker_that_dies_once_costs_nothing(tmp_path):
    work = partial(die, "d05", tmp_path / "died")
    batches = extract_in_processes(iter(DOCUMENTS), Recipe(), 2, pytest.fail, work)

    assert found(batches) == [document.id for document in DOCUMENTS]
    assert (tmp_path / "died").exists()


@forks
def test_a_document_that_kills_its_worker_every_time_is_named_and_left_out():
    lost = []
    work = partial(die, "d05", None)
    batches = extract_in_processes(iter(DOCUMENTS), Recipe(), 2, lost.append, work)

    assert found(batches) == [document.id for document in DOCUMENTS if document.id != "d05"]
    assert [document.id for document in lost] == ["d05"]


@forks
def test_few_documents_are_under_way_at_a_time():
    taken = []

    def documents():
        for document in DOCUMENTS * 10:
            taken.append(document.id)
            yield document

    next(extract_in_processes(documents(), Recipe(), 2, pytest.fail, echo))

    assert len(taken) <= 30


@forks
def test_an_error_in_extraction_is_not_taken_for_a_dead_worker():
    with pytest.raises(ZeroDivisionError):
        list(extract_in_processes(iter(DOCUMENTS), Recipe(), 2, pytest.fail, fail))


def test_a_worker_with_another_version_is_refused(monkeypatch):
    from actorgraph.building.engines import find

    with pytest.raises(ag.ActorgraphError, match="Install the same versions"):
        find(Recipe(), "another key", DOCUMENTS[:1])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"engine": "ray"}, "Unknown engine 'ray'. Known engines: local, dask"),
        ({"scheduler": "tcp://127.0.0.1:1"}, "A scheduler is for engine='dask'"),
    ],
)
def test_engines_that_are_not_there(options, message):
    with pytest.raises(ag.ActorgraphError, match=message):
        ag.build(DOCUMENTS[0], **options)


TEXTS = [
    f"On {day} May 2021 Norway bought the NASAMS from Kongsberg. Turkey operates the S-400."
    for day in range(1, 13)
]


@pytest.mark.slow
@pytest.mark.model
def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("actorgraph.building.engines._BATCH_WORDS", 10)
    documents = [ag.Document(id=f"d{n:02}", text=text) for n, text in enumerate(TEXTS)]
    files = ("graph.json", "graph.graphml", "graph.gexf")
    killed = []

    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:

        def kill_one(progress):
            if progress.new and not killed:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        ag.build(
            documents,
            tmp_path / "dask",
            formats=("json", "graphml", "gexf"),
            engine="dask",
            scheduler=cluster.scheduler_address,
            on_progress=kill_one,
        )
    ag.build(documents, tmp_path / "here", formats=("json", "graphml", "gexf"))

    assert killed
    for name in files:
        assert (tmp_path / "dask" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()
