"""Measure letters: drawn by us and by other programs in one run, issued until the PDF can be read, and many of them.

Each round draws with every way once, so that other load on the machine meets them all.
"""

import copy
import cProfile
import io
import os
import pstats
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.utils import timezone
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from office.refusals import Refused
from recommendations.letter.content import render_html, render_pdf
from recommendations.letter.pdf import draw
from recommendations.models import Attachment, Letter
from tests.bench.backlog import people, running_worker, seconds_until
from tests.bench.figures import Figure
from tests.factories import issue, issued_submission, verified_submission

ROUNDS = 7
REPEATS = {3: 1, 15: 8}
"""How often the blocks of the annex are in a letter of so many pages."""
OF_CHROMIUM = {3: 1.0, 15: 1.5}
"""How many times the time of a Chromium that is kept warm our letter may take."""
ISSUED, BATCH = 20, 50
UNTIL_READABLE = {"redis": 1.0, "filesystem": 2.0}
FEW, MANY, GROWTH = 50, 1000, 1.3
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
COLD = "import django; django.setup(); from tests.bench import letters; letters.draw_once()"
GROWING = "import django; django.setup(); from tests.bench import letters; letters.print_memory()"

STEPS = {
    # words: the folder of the module, and the function in it
    "reading HTML": ("tinyhtml5", "_parse"),
    "matching style": ("css", "get_all_computed_styles"),
    "making boxes": ("formatting_structure", "build_formatting_structure"),
    "placing them on pages": ("layout", "layout_document"),
    "painting": ("pdf", "generate_pdf"),
    "writing the file": ("pydyf", "write"),
}

Way = Callable[[], bytes | None]


def measure() -> Iterator[Figure]:
    """Yield the figures. What does not use the database is measured once, on SQLite."""
    letter = issued_submission(*people()).letter
    draw(letter.pk)
    content = letter.content
    if connection.vendor == "sqlite":
        for pages in REPEATS:
            yield from _drawn(pages, _of_length(content, pages))
        yield _memory(content)
    yield from _issued()


def _of_length(content: dict[str, Any], pages: int) -> dict[str, Any]:
    """Return the content of a letter with about that many pages."""
    longer = copy.deepcopy(content)
    longer["annex"]["blocks"] *= REPEATS[pages]
    return longer


def _drawn(pages: int, content: dict[str, Any]) -> Iterator[Figure]:
    """Yield the time of our own way, and of each other way as a multiple of ours."""
    with _ways(content) as ways:
        times = {name: statistics.median(taken) for name, taken in _taken(ways).items()}
    ours, counted = times["ours, warm in a worker"], len(PdfReader(io.BytesIO(render_pdf(content))).pages)
    job = f"letter of {counted} pages"
    for name, seconds in times.items():
        yield _figure(job, name, seconds, ours, OF_CHROMIUM[pages])
    if not shutil.which("soffice"):
        yield Figure(job, "LibreOffice", "not installed")
    yield Figure(job, "ours, step by step", _shares(content))


def _shares(content: dict[str, Any]) -> str:
    """Return which share of our way each of its steps takes, as a profiler sees it."""
    profile = cProfile.Profile()
    profile.runcall(render_pdf, content)
    spent = {(Path(file).parent.name, name): told[3] for (file, _, name), told in pstats.Stats(profile).stats.items()}
    whole = spent["letter", "render_pdf"]
    return ", ".join(f"{words} {spent[step] / whole:.0%}" for words, step in STEPS.items())


def _figure(job: str, name: str, seconds: float, ours: float, budget: float) -> Figure:
    words = f"{seconds * 1000:.0f} ms"
    if seconds == ours:
        return Figure(job, name, words)
    told = f"{words}; ours takes {ours / seconds:.2f} times as long"
    if name != "Chromium kept warm":
        return Figure(job, name, told)
    return Figure(job, name, f"{told} (budget {budget})", ours / seconds <= budget, depends_on_load=True)


def _taken(ways: dict[str, Way]) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for once in ways.values():
        once()  # to warm up what stays warm
    for _ in range(ROUNDS):
        for name, once in ways.items():
            began = time.perf_counter()
            once()
            taken[name].append(time.perf_counter() - began)
    return taken


@contextmanager
def _ways(content: dict[str, Any]) -> Iterator[dict[str, Way]]:
    """Yield every way to draw this letter that is installed here."""
    html = _with_style(render_html(content, draft=False))
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "letter.html"
        file.write_text(html, encoding="utf-8")
        ways: dict[str, Way] = {"ours, warm in a worker": lambda: render_pdf(content)}
        if program:
            warm = _launched(playwright, program)
            ways["Chromium kept warm"] = lambda: _by_chromium(warm, html)
            ways["Chromium cold"] = lambda: _by_new_chromium(playwright, program, html)
        if shutil.which("soffice"):
            ways["LibreOffice"] = lambda: _by_libreoffice(file)
        ways["WeasyPrint cold, ours in a new process"] = lambda: _by_new_process(COLD, html)
        yield ways


def _with_style(html: str) -> str:
    style = Path(finders.find("css/letter.css")).read_text(encoding="utf-8")
    return html.replace("</head>", f"<style>{style}</style></head>")


def _launched(playwright: Any, program: str) -> Any:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=program, args=sandbox)


def _by_chromium(browser: Any, html: str) -> bytes:
    page = browser.new_page()
    page.set_content(html)
    pdf: bytes = page.pdf(prefer_css_page_size=True, tagged=True)
    page.close()
    return pdf


def _by_new_chromium(playwright: Any, program: str, html: str) -> bytes:
    browser = _launched(playwright, program)
    try:
        return _by_chromium(browser, html)
    finally:
        browser.close()


def _by_libreoffice(file: Path) -> None:
    command = [shutil.which("soffice"), "--headless", "--convert-to", "pdf", "--outdir", file.parent, file]
    subprocess.run(command, check=True, capture_output=True)


def _by_new_process(program: str, given: str) -> str:
    run = subprocess.run([sys.executable, "-c", program], input=given, check=True, capture_output=True, text=True)
    return run.stdout


def draw_once() -> None:
    """Draw the HTML on the standard input, in this new process."""
    from office.paper import draw_pdf

    draw_pdf(sys.stdin.read(), for_everybody=True)


def print_memory() -> None:
    """Draw many letters in this process; print its greatest memory after a few and after all of them, in kilobytes."""
    html = sys.stdin.read()
    from office.paper import draw_pdf

    for count in range(1, MANY + 1):
        draw_pdf(html.replace("Nomor</th>", f"Nomor {count}</th>"), for_everybody=True)
        if count in (FEW, MANY):
            sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss} ")


def _memory(content: dict[str, Any]) -> Figure:
    short = copy.deepcopy(content)
    short["annex"]["blocks"] = short["annex"]["blocks"][:1]
    few, many = map(int, _by_new_process(GROWING, render_html(short, draft=False)).split())
    words = f"{many / few:.2f} times that after {FEW}, {many // 1024} MB (budget {GROWTH})"
    return Figure("memory of a worker", f"after {MANY} letters", words, many / few <= GROWTH)


def _issued() -> Iterator[Figure]:
    """Yield how long a letter takes from the press to a PDF that can be read, one by one and all at once."""
    broker = re.match(r"\w+", settings.CELERY_BROKER_URL)[0]
    budget, (officer, kepala) = UNTIL_READABLE.get(broker, 2.0), people()
    first, *waiting = [verified_submission(officer) for _ in range(1 + ISSUED + BATCH)]
    with running_worker(Path(settings.VAR_DIR) / "bench-letters.log"):
        _until_readable(first, kepala)  # the worker has started, and is warm
        seconds_until(lambda: not Attachment.objects.to_try(timezone.now()).exists(), time.monotonic())
        alone = sorted(_until_readable(one, kepala) for one in waiting[:ISSUED])
        refused, seconds = _batch(waiting[ISSUED:], kepala)
    slow = alone[int(0.95 * (ISSUED - 1))]
    job = f"issue to readable PDF, {broker}"
    words = f"median {statistics.median(alone):.2f} s, 95 % within {slow:.2f} s (budget {budget:.0f})"
    yield Figure(job, f"{ISSUED} letters, one after the other", words, slow <= budget, depends_on_load=True)
    yield Figure(job, f"batch of {BATCH}", f"{refused} refused; all drawn in {seconds:.0f} s", refused == 0)


def _until_readable(submission: Any, kepala: Any) -> float:
    began = time.monotonic()
    letter = issue(submission, by=kepala)
    return seconds_until(lambda: Letter.objects.exclude(pdf="").filter(pk=letter.pk).exists(), began)


def _batch(submissions: list[Any], kepala: Any) -> tuple[int, float]:
    """Issue all at once. Return how many were refused, and after how many seconds the last PDF could be read."""
    began, refused = time.monotonic(), 0
    for submission in submissions:
        try:
            issue(submission, by=kepala)
        except Refused:
            refused += 1
    return refused, seconds_until(lambda: not Letter.objects.undrawn().exists(), began)
