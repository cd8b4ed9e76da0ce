"""A real browser for the journeys. Any error in its console, scripts or security policy fails the journey."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.test import Client, override_settings
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from pypdfium2 import PdfDocument

from guestbook import announcements
from office.models import User
from tests.waiting import PATIENCE, wait_until

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PICTURES = Path(settings.BASE_DIR) / "docs" / "screenshots"
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused by the policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    # Playwright runs an event loop in this thread, and Django would refuse every query beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        yield playwright
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.fail("Journeys need a Chromium: apt-get install chromium-headless-shell, or set CHROMIUM to its path.")
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()  # Chromium does not start its sandbox as root
    browser = _playwright.chromium.launch(executable_path=program, args=[*QUIET, *sandbox], timeout=PATIENCE * 1000)
    yield browser
    browser.close()


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """Return the list of browser errors. A journey that causes an error on purpose clears it: `problems.clear()`."""
    found: list[str] = []
    yield found
    assert not found, "The browser complained:\n" + "\n".join(found)


@pytest.fixture
def _all_answered(live_server) -> Iterator[None]:
    """Wait at the end until the desk has answered every request, also of a window that is closed.

    Such a request still reads tables, and PostgreSQL would find a deadlock with the statement that empties them.
    """
    yield
    with urlopen(f"{live_server.url}/static/img/mark.svg"):  # noqa: S310 - our own server; it takes requests in order
        pass
    wait_until(lambda: not [one for one in threading.enumerate() if "process_request_thread" in one.name])


@pytest.fixture
def new_page(browser: Browser, live_server, problems: list[str], _all_answered: None) -> Iterator[Callable[..., Page]]:
    """Return `new_page`: `new_page(390, 844)` opens a window with its own cookies on the running desk."""
    contexts = []

    def open_window(width: int = 1440, height: int = 900, **options) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="id-ID",
            timezone_id=settings.TIME_ZONE,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE * 1000)
        context.add_init_script(TELL_VIOLATIONS)
        page = context.new_page()
        _listen(page, problems)
        return page

    yield open_window
    for context in contexts:
        context.close()


def _listen(page: Page, problems: list[str]) -> None:
    def note_console(message) -> None:
        if message.type == "error":
            problems.append(f"{page.url}: {message.text} {message.location.get('url', '')}")

    page.on("console", note_console)
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Return a window of 1440 x 900 without a signed-in user."""
    return new_page()


@pytest.fixture
def page_of(new_page: Callable[..., Page], live_server) -> Callable[..., Page]:
    """Return `page_of`: `page_of(petugas)` opens a window with that user signed in."""

    def open_window(user: User, width: int = 1440, height: int = 900, **options) -> Page:
        page = new_page(width, height, **options)
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return page

    return open_window


@pytest.fixture(scope="session")
def every_piece(tmp_path_factory) -> Path:
    """Make every sound file that the board may request, each a tenth of a second long. Return their folder.

    They are made once in a run, because that takes seconds.
    """
    folder = tmp_path_factory.mktemp("sounds")
    tenth = announcements.chime()[: announcements.RATE // 10]
    with override_settings(VAR_DIR=folder), pytest.MonkeyPatch.context() as patch:
        patch.setattr(announcements, "spoken", lambda words: tenth)
        for piece in announcements.PIECES:
            announcements.make(piece)
    return folder


@pytest.fixture
def sounds(every_piece: Path, settings) -> None:
    """Give the board its sound files."""
    settings.VAR_DIR = every_piece


@pytest.fixture
def picture() -> Callable[..., None]:
    """Return `picture`: with SCREENSHOTS=1, `picture(page, "console")` saves docs/screenshots/console.png."""

    def take(page: Page, name: str, *, full_page: bool = False) -> None:
        if os.environ.get("SCREENSHOTS") == "1":
            PICTURES.mkdir(parents=True, exist_ok=True)
            size = page.viewport_size or {"width": 1440, "height": 900}
            if full_page:  # the window is as high as the page, so that its fixed bar is at its foot
                whole = page.evaluate("document.documentElement.scrollHeight")
                page.set_viewport_size({"width": size["width"], "height": max(whole, size["height"])})
            page.screenshot(path=PICTURES / f"{name}.png")
            page.set_viewport_size(size)

    return take


@pytest.fixture
def picture_of_paper() -> Callable[[Path, str], None]:
    """Return `picture_of_paper`, which saves the pages of a PDF side by side with SCREENSHOTS=1."""

    def take(pdf: Path, name: str) -> None:
        if os.environ.get("SCREENSHOTS") == "1":
            pages = [page.render(scale=1).to_pil() for page in PdfDocument(pdf)]
            sheet = Image.new("RGB", (sum(page.width for page in pages), pages[0].height), "white")
            for place, page in enumerate(pages):
                sheet.paste(page, (place * page.width, 0))
            sheet.save(PICTURES / f"{name}.png")

    return take
