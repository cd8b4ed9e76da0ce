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
SECRET = re.compile(rf"(/(?:{'|'.join(KEYED)})/+)(?!keadaan/)[^/\s?#\"'<>]+")
PERSON = re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
"""It starts only where a word starts, so that a line of any length costs time in proportion."""
NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
"""The identity number of a person. The signing service of an agency has it in some addresses and messages."""
HIDDEN = "***"

Factory = Callable[..., logging.LogRecord]


def without_secrets(text: str) -> str:
    """Return the text with `***` in the place of each key of an address, each e-mail address and each NIK."""
    return NIK.sub(HIDDEN, PERSON.sub(HIDDEN, SECRET.sub(rf"\1{HIDDEN}", text)))


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
