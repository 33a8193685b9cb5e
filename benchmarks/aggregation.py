"""What counting co-mentions costs: seconds of CPU and memory for millions of mentions.

python benchmarks/aggregation.py [--mentions 10000000]

Mentions are drawn by Zipf's law: 100,000 actors, documents of 10 mentions on average, sentences of
about 2. Counted are sentences, paragraphs and documents, with NPMI and log-likelihood, as in every
build; sorting the rows by document is not part of it.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from actorgraph.graph.comention import count_comentions
from actorgraph.graph.storage.tally import Ints
from actorgraph.graph.windows import PARAGRAPH

ACTORS = 100_000


def main(mentions: int) -> None:
    """Count, and print what it took."""
    rows = generated_rows(mentions)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    pairs = sum(len(table.a) for table in count_comentions(rows, ACTORS).tables)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{mentions:,} mentions of {ACTORS:,} actors in {rows[-1, 0] + 1:,} documents: "
        f"{pairs:,} pairs\n"
        f"{seconds:.1f} s of CPU, {peak / 1024:,.0f} MB at most, of which the rows and the "
        f"process {before / 1024:,.0f} MB"
    )


def generated_rows(mentions: int) -> Ints:
    """Rows of mentions, in the order of documents."""
    chance = np.random.default_rng(1)
    rows = np.empty((mentions, 4), np.int32)
    rows[:, 0] = np.sort(chance.integers(0, mentions // 10, mentions, dtype=np.int32))
    starts = np.flatnonzero(np.diff(rows[:, 0], prepend=-1))
    lengths = np.diff(starts, append=mentions)
    place = np.arange(mentions) - np.repeat(starts, lengths)
    rows[:, 2] = place // 2
    rows[:, PARAGRAPH] = place // 8
    odds = np.cumsum(1 / np.arange(1, ACTORS + 1))
    for part in np.array_split(np.arange(mentions), 20):
        drawn = chance.random(len(part)) * odds[-1]
        rows[part, 3] = np.searchsorted(odds, drawn)
    return rows


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--mentions", type=int, default=10_000_000)
    main(parser.parse_args().mentions)
