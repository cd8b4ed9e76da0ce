"""The entry of the web server (gunicorn)."""

import os
import re
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pst_desk.settings")

CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)

_desk = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer a request, read as UTF-8, because our pages send nothing else.

    Django would decode even the address with the charset that the request names, and fails at one of no text ("hex").
    """
    environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    return _desk(environ, start_response)
