"""What finding names and claims costs beside spaCy's own pipeline.

Run ``python benchmarks/claims_speed.py [folder]``, by default over the seeds. Document by document,
in one process, it times spaCy's pipeline as it is shipped, the parser as extraction runs it, and
the rules of extraction: those that find names, and all that follow. CPU seconds on one thread; only
the ratios mean anything on another machine. With ``--profile`` the dearest functions are listed.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import importlib
import pstats
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from actorgraph.extract.extractor import Extractor
from actorgraph.extract.gazetteer import load_lexicon
from actorgraph.extract.language import load_nlp, load_stock
from actorgraph.extract.stating.triggers import load_relations
from actorgraph.ingest import read_documents, readable
from actorgraph.schema import Document

SEEDS = Path(__file__).parents[1] / "seeds"
_ROUNDS = 3
_SAMPLE = 60


class Clock:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def timed(self, stage: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call itself, which now adds its time to a stage."""

        def wrapped(*args: Any, **options: Any) -> Any:
            start = time.process_time()
            result = call(*args, **options)
            if isinstance(result, Iterator):
                result = iter(list(result))
            self.seconds[stage] += time.process_time() - start
            return result

        return wrapped


def main() -> None:
    """Print the shares of each round, and the profile if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SEEDS)
    parser.add_argument("--profile", action="store_true", help="list the dearest functions")
    options = parser.parse_args()
    documents = list(read_documents([options.folder]))
    documents = documents[:: max(1, len(documents) // _SAMPLE)]
    characters = sum(len(d.text) for d in documents)
    print(f"{len(documents)} documents, {characters} characters")
    with threadpool_limits(limits=1):
        measure(documents, profile=options.profile)


def measure(documents: Sequence[Document], *, profile: bool) -> None:
    """Time all stages over the documents, round after round."""
    stock, nlp = load_stock(), load_nlp()
    lexicon, relations = load_lexicon(), load_relations()
    module: Any = importlib.import_module(Extractor.__module__)
    stages = {"parser": module.parse, "names": module.find_mentions}
    extractor = Extractor(nlp, lexicon, relations)
    profiler = cProfile.Profile()
    gc.freeze()  # the lexicon stays: no need to walk it again
    for number in range(_ROUNDS + 1):  # the first round fills caches
        clock = Clock()
        module.parse = clock.timed("parser", stages["parser"])
        module.find_mentions = clock.timed("names", stages["names"])
        whole = clock.timed("all", extractor.extract)
        shipped = clock.timed("stock", stock.pipe)
        for document in documents:
            shipped([readable(document, p) for p in document.passages], batch_size=256)
            if profile and number == _ROUNDS:
                profiler.enable()
            whole(document, readable)
            profiler.disable()
        if number:
            print(_line(clock.seconds))
    if profile:
        pstats.Stats(profiler).sort_stats("tottime").print_stats(30)


def _line(seconds: Mapping[str, float]) -> str:
    claims = seconds["all"] - seconds["parser"] - seconds["names"]
    parts = [f"stock {seconds['stock']:.2f} s, parser {seconds['parser']:.2f} s"]
    for name, spent in (("names", seconds["names"]), ("claims", claims)):
        parts.append(
            f"{name} {spent:.2f} s: {spent / seconds['stock']:.1%} of stock, "
            f"{spent / seconds['parser']:.1%} of the parser"
        )
    return "; ".join(parts)


if __name__ == "__main__":
    main()
