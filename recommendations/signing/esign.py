"""Let the head of office sign letters through the BSrE Esign Client Service, with one passphrase for all of them.

A passphrase is sent once, or once for each file after the file before it was signed: the account may be blocked after
three wrong ones. No call is ever repeated, because a lost answer may belong to a signed letter.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from time import monotonic

from django.views.decorators.debug import sensitive_variables

from office.refusals import Refused
from recommendations.signing.esign_answers import Keep, Signed
from recommendations.signing.esign_connection import LONGEST_EXCHANGE, TIMEOUTS, EsignService
from recommendations.signing.esign_v1 import sign_one
from recommendations.signing.esign_v2 import sign_together
from recommendations.signing.passphrase import Passphrase
from recommendations.signing.refusals import NotTried

__all__ = ["LONGEST_REQUEST", "TIMEOUTS", "EsignService", "Passphrase", "Signed", "sign"]
log = logging.getLogger(__name__)

LONGEST_CALL = 2 * LONGEST_EXCHANGE
"""Seconds of a call: in version 1 the signed file may be fetched with a second request, in 2 the status comes first."""
LONGEST_REQUEST = timedelta(minutes=20)
"""After this time nothing of one press is on its way to the service any more."""
TOO_SLOW = "surat sebelumnya memakan banyak waktu: tanda tangani surat ini sekali lagi"


@sensitive_variables("nik", "passphrase")
def sign(
    service: EsignService,
    pdfs: Sequence[bytes],
    *,
    nik: str,
    passphrase: Passphrase,
    keep: Callable[[int, bytes], None],
    timeouts: tuple[float, float] = TIMEOUTS,
) -> list[Signed | Refused]:
    """Sign the files and wipe the passphrase. Return for each file Signed, a NotSigned or OutcomeUnknown.

    `keep(position, pdf)` gets each signed file the moment it is here, because the service may give it only once: it
    writes the file to the disk. When it raises OSError, no further file is sent, but Signed has the bytes of this one.
    Raise PassphraseGone. This takes minutes when the service is slow, so no transaction may be open.
    """
    with passphrase:
        keeping = _Keeping(keep)
        if service.version == "v2":
            keeps = [keeping.of(position) for position in range(len(pdfs))]
            return sign_together(service, pdfs, nik=nik, passphrase=passphrase, keeps=keeps, timeouts=timeouts)
        return _one_by_one(service, pdfs, nik=nik, passphrase=passphrase, keeping=keeping, timeouts=timeouts)


class _Keeping:
    """The caller's `keep`, and whether it failed. A full disk must not lose the signed file that is here."""

    def __init__(self, keep: Callable[[int, bytes], None]) -> None:
        self._keep = keep
        self.has_failed = False

    def of(self, position: int) -> Keep:
        return partial(self._try, position)

    def _try(self, position: int, pdf: bytes) -> None:
        try:
            self._keep(position, pdf)
        except OSError:
            self.has_failed = True
            log.exception("A signed file could not be kept.")


def _one_by_one(
    service: EsignService,
    pdfs: Sequence[bytes],
    *,
    nik: str,
    passphrase: Passphrase,
    keeping: _Keeping,
    timeouts: tuple[float, float],
) -> list[Signed | Refused]:
    """Sign file after file. After the first that fails, or once a call could pass LONGEST_REQUEST, none is sent."""
    results: list[Signed | Refused] = []
    last_start = monotonic() + LONGEST_REQUEST.total_seconds() - LONGEST_CALL
    for position, pdf in enumerate(pdfs):
        if monotonic() > last_start:
            return results + [NotTried(TOO_SLOW) for _ in pdfs[position:]]
        keep = keeping.of(position)
        results.append(sign_one(service, pdf, nik=nik, passphrase=passphrase, keep=keep, timeouts=timeouts))
        if keeping.has_failed or not isinstance(results[-1], Signed):
            break
    return results + [NotTried() for _ in pdfs[len(results) :]]
