"""Fetch a page and check that it is the right one. A test that only asserts what is *not* on a page uses it."""

import html
import re
from io import BytesIO

from django.test import Client
from pypdf import PdfReader


def page(client: Client, url: str, landmark: str, **options) -> str:
    """Return the HTML that `client` gets from `url`.

    Fail unless the status is 200 and the page has `landmark`: words that only this page has, for instance its heading.
    `options` go to `client.get`, for instance `headers=`.
    """
    answer = client.get(url, **options)
    text = unwrapped(answer.content.decode())

    assert answer.status_code == 200, f"{url} answers {answer.status_code}"
    assert landmark in html.unescape(text), f"{landmark!r} is not on {url}"
    return text


def pdf_pages(pdf: bytes) -> list[str]:
    """Return the words of each page of a PDF, on one line."""
    return [" ".join(one.extract_text().split()) for one in PdfReader(BytesIO(pdf)).pages]


def unwrapped(text: str) -> str:
    """Return the HTML without the spans that keep a letter number on one line (`unbroken` of office/templatetags)."""
    return re.sub(r'<span class="num nowrap">([^<]*)</span>', r"\1", text)


def seal_of(text: str) -> str:
    """Return what the page with this HTML says that it showed: the value of its first hidden field `shown`."""
    found = re.search(r'<input type="hidden"[^>]*? name="shown"\s+value="([^"]*)"', text)

    assert found, "the page does not say what it showed"
    return html.unescape(found[1])
