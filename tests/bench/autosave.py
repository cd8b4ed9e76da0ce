"""Measure the request that saves one answer of a full FS3, also with 200 variables and 100 regions."""

import time
import uuid
from collections.abc import Callable
from itertools import cycle
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.test import Client

from pst_desk.examples import FS3, read_form
from recommendations.agencies.actions.contacts import register_applicant
from recommendations.models import Submission
from recommendations.recording.actions.saving import save_answers
from recommendations.submissions.actions.opening import open_submission
from tests.bench.figures import Figure

TIMES, WARM_UP = 100, 10
BUDGET = 50  # ms, 95th percentile
FORM = "application/x-www-form-urlencoded"
JOB = "autosave of a full FS3"
TYPED = {
    # the answers saved in turn: a text, a code that opens and closes lines, a date
    "short answers": [
        ("tujuan_survei", [{"tujuan_survei": f"Mengukur kepuasan, {number}"} for number in range(2)]),
        ("cara_pengumpulan", [{"cara_pengumpulan": code} for code in ("1", "2")]),
        ("tanggal_ketersediaan", [{"tanggal_ketersediaan": f"{day}/7/2027"} for day in (8, 9)]),
    ]
}


def measure() -> list[Figure]:
    """Measure the save of a usual form, which must stay within the budget, and of a very long form."""
    usual, long = _submission({}), _submission({"variabel": _variables(200), "wilayah": _regions(100)})
    return [
        _figure("R.4.1, R.5.1, R.7.6 in turn", _timed(usual, TYPED["short answers"])),
        _figure("the same, 200 variables, 100 regions", _timed(long, TYPED["short answers"])),
        _figure("the table of 200 variables itself", _timed(long, [("variabel", _tables())])),
    ]


def _submission(more: dict) -> Submission:
    officer = get_user_model().objects.get(username="bench")
    applicant = register_applicant(
        agency_name="Dinas Contoh",
        name="Sari Contoh",
        position="Analis Data",
        phone="+6281200000002",
        email="sari@contoh.example",
        romantik_username="sari.contoh",
        romantik_assisted_on=None,
    )
    opened = open_submission(
        applicant=applicant, instrument_code="FS3", form_token=uuid.uuid4(), visit=None, by=officer
    )
    save_answers(opened, read_form(FS3)["values"] | more, by=officer)
    return opened


def _variables(count: int) -> list[dict[str, str]]:
    words = "Banyaknya penduduk berumur lima tahun ke atas yang memakai layanan kantor dalam satu tahun terakhir."
    row = {"konsep": "Pemakai layanan", "definisi": words, "referensi_waktu": "Setahun yang lalu"}
    return [row | {"nama": f"Jumlah pemakai layanan ke-{number}"} for number in range(count)]


def _regions(count: int) -> list[dict[str, str]]:
    return [{"provinsi": "Kalimantan Selatan", "kabkota": f"Kabupaten Contoh {number}"} for number in range(count)]


def _tables() -> list[dict[str, str]]:
    """Return two states of the table, as a browser posts them."""
    return [
        {f"variabel-{n}-{column}": words for n, row in enumerate(_variables(size)) for column, words in row.items()}
        for size in (199, 200)
    ]


def _timed(submission: Submission, typed: list[tuple[str, list[dict[str, str]]]]) -> list[float]:
    """Return the milliseconds of each save. Every save changes an answer."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(get_user_model().objects.get(username="bench"))
    turns = cycle([(item_id, values[turn]) for turn in range(2) for item_id, values in typed])
    times = [_save(client.post, submission, *next(turns)) for _ in range(WARM_UP + TIMES)]
    return sorted(times[WARM_UP:])


def _save(post: Callable, submission: Submission, item_id: str, values: dict[str, str]) -> float:
    body = urlencode(values)  # as htmx posts it
    began = time.monotonic()
    answer = post(f"/permohonan/{submission.pk}/isian/{item_id}/", body, content_type=FORM)
    took = (time.monotonic() - began) * 1000
    assert answer.status_code == 200, answer.content
    return took


def _figure(way: str, times: list[float]) -> Figure:
    middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
    words = f"median {middle:.1f} ms, 95% within {high:.1f} ms (budget {BUDGET})"
    return Figure(JOB, way, words, holds=high <= BUDGET, depends_on_load=True)
