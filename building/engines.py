"""Where extraction runs: in this process, in worker processes, or on a Dask cluster.

Documents go out in batches and come back as rows, in any order; a few batches are under way at a
time, whatever the size of the corpus. When a worker dies, by a lack of memory for example, the
documents it had are tried once more, each alone: a document that kills its worker again is to
blame, and is left out; nothing else is lost.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from ..errors import ActorgraphError
from ..schema import Document
from .recipe import Recipe, essence

if TYPE_CHECKING:
    from ..graph.storage.rows import Findings

ENGINES = ("local", "dask")

Batch = list[Document]
Work = Callable[[Recipe, str, Batch], "list[Findings]"]
OnLost = Callable[[Document], None]

_BATCH_WORDS = 5_000
"""A third of a second of work: little is lost with a worker, and sending it costs little."""
_IN_FLIGHT = 3
"""Batches under way for each worker."""
_PATIENCE = 20
"""Seconds that a scheduler has to answer."""
_CHARACTERS = 6
"""Of a word and the blank after it, roughly."""


def find(recipe: Recipe, key: str, documents: Batch) -> list[Findings]:
    """Extract from documents; runs in the workers.

    Raises:
        ActorgraphError: This worker has another version of the code, the model or the lexicon than
            the process that keeps the store, which `key` comes from.
    """
    from ..graph.storage.rows import Findings
    from ..ingest import readable

    if recipe.key != key:
        raise ActorgraphError(
            f"A worker would extract with {recipe.key}, the build with {key}. Install the same "
            "versions of actorgraph, spaCy and the model everywhere, and put your own lexicon "
            "where every worker finds it under the same path."
        )
    extractor = recipe.extractor()
    return [Findings.of(extractor.extract(essence(d), readable)) for d in documents]


def extract_here(documents: Iterable[Document], recipe: Recipe) -> Iterator[list[Findings]]:
    """Extract in this process, one document after the other."""
    key = recipe.key
    for document in documents:
        yield find(recipe, key, [document])


def extract_in_processes(
    documents: Iterable[Document], recipe: Recipe, workers: int, on_lost: OnLost, work: Work = find
) -> Iterator[list[Findings]]:
    """Extract in worker processes; where the system can fork, they share the loaded model."""
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    if method == "fork":
        recipe.extractor()

    def start() -> ProcessPoolExecutor:
        context = multiprocessing.get_context(method)
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent)

    crew = _Crew(start, BrokenProcessPool, workers)
    yield from crew.extract(documents, recipe, work, on_lost)


def extract_on_dask(
    documents: Iterable[Document],
    recipe: Recipe,
    workers: int,
    on_lost: OnLost,
    scheduler: str | None = None,
    work: Work = find,
) -> Iterator[list[Findings]]:
    """Extract on a Dask cluster: that of a scheduler, or a new one on this machine alone.

    Raises:
        ActorgraphError: Dask is not installed, or no scheduler answers.
    """
    dask = _dask()
    with _client(dask, scheduler, workers) as client:
        crew = _Crew(client.get_executor, dask.KilledWorker, max(workers, len(client.ncores())))
        yield from crew.extract(documents, recipe, work, on_lost)


class _Crew:
    """Workers behind an executor, and what to do when one of them dies.

    Args:
        start: Starts the executor; again if one of its workers has died and broken it.
        died: What the executor raises for a batch whose worker died.
        workers: How many there are.
    """

    def __init__(self, start: Callable[[], Executor], died: type[Exception], workers: int) -> None:
        self._start = start
        self._died = died
        self._workers = workers

    def extract(
        self, documents: Iterable[Document], recipe: Recipe, work: Work, on_lost: OnLost
    ) -> Iterator[list[Findings]]:
        """Yield what is found, batch by batch."""
        suspects: Batch = []
        for batch, found in self._run(
            _batches(documents), recipe, work, _IN_FLIGHT * self._workers
        ):
            if found is None:
                suspects += batch
            else:
                yield found
        for batch, found in self._run(([d] for d in suspects), recipe, work, 1):
            if found is None:
                on_lost(batch[0])
            else:
                yield found

    def _run(
        self, batches: Iterable[Batch], recipe: Recipe, work: Work, at_once: int
    ) -> Iterator[tuple[Batch, list[Findings] | None]]:
        """Yield batches and what is found in them; None where the worker died."""
        waiting = iter(batches)
        batch = next(waiting, None)
        while batch is not None:
            with self._start() as executor:
                running: dict[Future[list[Findings]], Batch] = {}
                is_whole = True
                while running or (is_whole and batch is not None):
                    while is_whole and batch is not None and len(running) < at_once:
                        try:
                            running[executor.submit(work, recipe, recipe.key, batch)] = batch
                        except self._died:
                            is_whole = False
                        else:
                            batch = next(waiting, None)
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        found = self._result(future)
                        is_whole = is_whole and found is not None
                        yield running.pop(future), found

    def _result(self, future: Future[list[Findings]]) -> list[Findings] | None:
        try:
            return future.result()
        except self._died:
            return None


def _batches(documents: Iterable[Document]) -> Iterator[Batch]:
    """Documents in runs of about as many words."""
    batch: Batch = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if characters >= _BATCH_WORDS * _CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _dask() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise ActorgraphError(
            "engine='dask' needs Dask. Install it with: pip install 'actorgraph[dask]'"
        ) from error


@contextmanager
def _client(dask: Any, scheduler: str | None, workers: int) -> Iterator[Any]:
    """A client of the scheduler, or of a new cluster that only this machine can reach."""
    with ExitStack() as stack:
        address = scheduler
        if scheduler is None:
            cluster = dask.LocalCluster(
                n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
            )
            address = stack.enter_context(cluster)
        try:
            client = dask.Client(address, timeout=_PATIENCE, set_as_default=False)
        except OSError as error:
            raise ActorgraphError(f"No Dask scheduler answers at {scheduler}: {error}") from error
        yield stack.enter_context(client)


def _end_with_parent() -> None:
    """Let a worker end when it is told to, and when the process that started it is killed.

    Where it inherits a handler that raises, the executor takes the exception for a result of the
    worker, and waits for ever to send it if the other workers are being ended too.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
