"""Measure what hostile and damaged files cost, also on the check page, and whether they slow down the other pages."""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from django.conf import settings

from tests.bench.figures import Figure
from tests.bench.upload_load import pages_beside_uploads
from tests.recommendations.uploads.hostile import REFUSED
from tests.recommendations.uploads.hostile_letters import many_nodes, many_objects, one_node_many_times
from tests.recommendations.uploads.letters import our_letter
from tests.recommendations.uploads.mutations import ENDS, WHOLE, ends_of, mutated

EACH = 350
"""Damaged files of each kind; together more than 2,000."""
CPU, MEMORY, SLOWER = 2.0, 300, 1.5
PAGES = 15
"""Pages of the letter with which the check page compares a file."""


def measure() -> list[Figure]:
    """Measure each file in a child process of its own, then ten at once beside other pages."""
    made = [make() for make, _ in REFUSED.values()]
    letter = our_letter(pages=PAGES)
    on_check_page = [*made, *(make() for make in (many_nodes, one_node_many_times, many_objects))]
    return [
        _dearest("each in a child process", [_cost(content) for content in made]),
        _dearest("each on the check page", [_cost(content, letter) for content in on_check_page]),
        _damaged(),
        _pages(made),
    ]


def _cost(*files: bytes) -> dict[str, float]:
    """Return whether the first file was refused, the CPU seconds, and the megabytes at the peak."""
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder, str(number)) for number in range(len(files))]
        for place, content in zip(places, files, strict=True):
            place.write_bytes(content)
        command = [sys.executable, "-m", "tests.bench.file_costs", *map(str, places)]
        done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, check=True)
    return dict(json.loads(done.stdout))


def _dearest(way: str, costs: list[dict[str, float]]) -> Figure:
    cpu, memory = max(cost["cpu"] for cost in costs), max(cost["megabytes"] for cost in costs)
    refused = sum(1 for cost in costs if cost["is_refused"])
    spent = f"at most {cpu:.2f} CPU s (budget {CPU:.0f}), {memory} MB (budget {MEMORY})"
    words, holds = f"{refused} of {len(costs)} refused; {spent}", cpu < CPU and memory < MEMORY
    return Figure("hostile files", way, words, holds and refused == len(costs))


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
