"""A page that is really there. A test that says only what is *not* on a page asks for it here."""

import html

from django.test import Client


def page(client: Client, url: str, landmark: str, **options) -> str:
    """Return the HTML that `client` gets from `url`.

    Fail unless the answer is a 200 and holds `landmark`: words that only this page has, for instance its heading.
    `options` go to `client.get`, for instance `headers=`.
    """
    answer = client.get(url, **options)
    text = answer.content.decode()

    assert answer.status_code == 200, f"{url} answers {answer.status_code}"
    assert landmark in html.unescape(text), f"{landmark!r} is not on {url}"
    return text
