"""Measure what hostile and damaged files cost, and whether they slow down the other pages."""

import multiprocessing
import resource
from collections import Counter

from recommendations.uploads import BadFile
from recommendations.uploads.apart import CHECK, ask
from tests.bench.figures import Figure
from tests.bench.upload_load import pages_beside_uploads
from tests.recommendations.uploads.hostile import REFUSED
from tests.recommendations.uploads.mutations import ENDS, WHOLE, ends_of, mutated

EACH = 350
"""Damaged files of each kind; together more than 2,000."""
CPU, MEMORY, SLOWER = 2.0, 300, 1.5
KIND_OF = "recommendations.uploads.child.kinds:kind_of"
_fresh = multiprocessing.get_context("forkserver")  # its memory is small: a child's peak is not hidden by its parent's


def measure() -> list[Figure]:
    """Measure each file in a child process of its own, then ten at once beside other pages."""
    made = [make() for make, _ in REFUSED.values()]
    with _fresh.Pool(1, maxtasksperchild=1) as processes:
        costs = processes.map(_cost, made, chunksize=1)
    return [_dearest(costs, made), _damaged(), _pages(made)]


def _cost(content: bytes) -> tuple[bool, float, int]:
    """Return whether the file was refused, the CPU seconds, and the megabytes at the peak, outside this process."""
    is_refused = False
    try:
        ask(KIND_OF, content, limits=CHECK)
    except BadFile:
        is_refused = True
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return is_refused, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def _dearest(costs: list[tuple[bool, float, int]], made: list[bytes]) -> Figure:
    cpu, memory = max(cost[1] for cost in costs), max(cost[2] for cost in costs)
    refused = sum(cost[0] for cost in costs)
    words = (
        f"{refused} of {len(made)} refused; at most {cpu:.2f} CPU s (budget {CPU:.0f}), {memory} MB (budget {MEMORY})"
    )
    return Figure(
        "hostile files", "each in a child process", words, refused == len(made) and cpu < CPU and memory < MEMORY
    )


def _damaged() -> Figure:
    ends = Counter(end for kind in WHOLE for end in ends_of([mutated(kind, seed) for seed in range(EACH)]))
    words = ", ".join(f"{count} {end}" for end, count in ends.most_common())
    return Figure(f"{sum(ends.values())} damaged files", "refusal, preview or download", words, set(ends) <= ENDS)


def _pages(made: list[bytes]) -> Figure:
    quiet, beside = pages_beside_uploads(made[:10])
    words = f"95th percentile {quiet * 1000:.0f} ms in quiet, {beside * 1000:.0f} ms beside (at most {SLOWER} times)"
    return Figure(
        "other pages", "while ten hostile files arrive", words, beside <= SLOWER * quiet, depends_on_load=True
    )
