"""The entry of the web server (gunicorn)."""

import os
import re
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pst_desk.settings")

CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)

_desk = get_wsgi_application()


class WholeBody:
    """The body of a request. It raises OSError when less comes than the request announced.

    Without this, the server takes what came before the connection was lost for all, and half a sentence is saved.
    """

    def __init__(self, body: Any, size: int):
        self.body, self.left = body, size

    def read(self, size: int = -1) -> bytes:
        """Return the next `size` bytes, or all that are left. Raise OSError when they did not come."""
        wanted = self.left if size < 0 else min(size, self.left)
        part: bytes = self.body.read(wanted)
        self.left -= len(part)
        if len(part) < wanted:
            raise OSError("The connection was lost before the whole request came.")
        return part

    def readline(self, size: int = -1) -> bytes:
        """Return the next line, at most `size` bytes of it. Raise OSError when it did not come."""
        wanted = self.left if size < 0 else min(size, self.left)
        line: bytes = self.body.readline(wanted)
        self.left -= len(line)
        if len(line) < wanted and not line.endswith(b"\n"):
            raise OSError("The connection was lost before the whole request came.")
        return line


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Read the request as UTF-8 and to its announced end, and answer it. Our pages send nothing else.

    Django would decode even the address with the charset that the request names, and a name like "hex" is an error.
    """
    environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(environ.get("CONTENT_LENGTH") or 0))
    return _desk(environ, start_response)
