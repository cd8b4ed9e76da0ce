"""Measure the 39 rules of FS3, which run at every save: on a usual form, and on a form with a very long table."""

import time

from django.utils import timezone

from pst_desk.examples import FS3, read_form
from recommendations.instruments import instrument
from recommendations.instruments.conditions import Answers
from recommendations.instruments.rules import Facts, check
from tests.bench.figures import Figure, median_of

TIMES = 100
PROMISED = 10
"""Milliseconds for a usual form."""
VARIABLES, REGIONS = 200, 100


def measure() -> list[Figure]:
    """Measure a usual FS3, then one with 200 variables and 100 regions, which has no budget."""
    whole = read_form(FS3)["values"]
    row = {"nama": "Jml ART (org)", "definisi": "Adalah anggota rumah tangga", "referensi_waktu": "Semester I 2027"}
    regions = [{"provinsi": "Jawa Timur", "kabkota": f"Kabupaten Contoh {number}"} for number in range(REGIONS)]
    long = whole | {"variabel": [row] * VARIABLES, "wilayah": regions}
    return [
        _figure("check, a whole form", whole, promised=PROMISED),
        _figure(f"check, {VARIABLES} variables and {REGIONS} regions", long, promised=None),
    ]


def _figure(way: str, answers: Answers, *, promised: int | None) -> Figure:
    form, facts = instrument("FS3"), Facts(timezone.localdate(), "Kota Banjarmasin")
    took = sorted(_milliseconds(form, answers, facts) for _ in range(TIMES))
    middle, worst = median_of(took), took[-1]
    holds = None if promised is None else middle < promised
    return Figure("39 rules of FS3", way, f"median {middle:.1f} ms, worst {worst:.1f} ms", holds, depends_on_load=True)


def _milliseconds(form, answers: Answers, facts: Facts) -> float:
    began = time.perf_counter()
    check(form, answers, facts)
    return (time.perf_counter() - began) * 1000
