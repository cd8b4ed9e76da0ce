"""Keep secrets and addresses of persons out of every log line.

The address of a visitor's page is its key: a reader of the log could open the page with it. The log record itself is
made without it, so no handler of any library can write it.
"""

import logging
import re
from collections.abc import Callable
from typing import Any

KEYED = ("kios/tiket", "antrian", "nilai", "lacak", "unduh", "foto", "e-mail", "s", "kalender/tenggat")
"""The beginnings of the addresses that go on with a secret. deploy/nginx/pst-desk.conf has them too."""
SECRET = re.compile(
    rf"(/(?:{'|'.join(KEYED)})/+)(?!keadaan/(?:[\s?\"']|$))(?:[\s\"'<]+(?=[\w-]{{16}}))?(?:keadaan/)?[^/\s?#\"'<>]+",
    re.IGNORECASE,
)
"""A key that was copied with a space, a quote or in capitals is hidden too."""
PERSON = re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
"""It starts only where a word starts, so that a line of any length costs time in proportion."""
NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
"""The identity number of a person. The signing service of an agency has it in some addresses and messages."""
HIDDEN = "***"
ROW = re.compile(r"((?:Key \([^()\n]*\)=|Failing row contains )\().*(\))")
"""The values of a row, with which PostgreSQL explains a refusal. They may hold brackets, so the last one ends them."""
ACCESS = re.compile(r"(?<![\w+.-])([a-z][a-z0-9+.-]{0,20}://)[^\s/?#\"'<>]*@")
"""User and password before the host of an address, e.g. that of the broker."""

Factory = Callable[..., logging.LogRecord]


def without_secrets(text: str) -> str:
    """Return the text with `***` for each key, password, e-mail address, NIK and value of a refused row."""
    without_access = ACCESS.sub(rf"\1{HIDDEN}@", ROW.sub(rf"\1{HIDDEN}\2", text))
    return NIK.sub(HIDDEN, PERSON.sub(HIDDEN, SECRET.sub(rf"\1{HIDDEN}", without_access)))


def keep_secrets_out() -> None:
    """Make every log record of this process without secrets, from now on. A second call changes nothing."""
    usual = logging.getLogRecordFactory()
    if not hasattr(usual, "keeps_secrets_out"):
        logging.setLogRecordFactory(_redacting(usual))


def _redacting(usual: Factory) -> Factory:
    def redacted(*args: Any, **facts: Any) -> logging.LogRecord:
        record = usual(*args, **facts)
        try:
            record.msg, record.args = without_secrets(record.getMessage()), ()
        except (TypeError, ValueError, KeyError):
            return record  # a message that does not fit its values; logging says so when it writes the line
        if record.exc_info:
            record.exc_text = without_secrets(logging.Formatter().formatException(record.exc_info))
        return record

    redacted.keeps_secrets_out = True  # type: ignore[attr-defined]  # marks the function, so that it is not wrapped twice
    return redacted
