"""Why a signature that holds may still not be the signatory's: its name, its issuer, or the time that it claims."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from office.formats import plain_date
from office.models import Head
from office.texts import with_full_stop
from recommendations.models import Letter
from recommendations.signing.signer_names import is_name_of
from recommendations.uploads.signatures import Signature

CLOCKS_DIFFER = timedelta(minutes=15)
"""How far the clock of a signer's computer may be from the office's."""


def name_doubt(letter: Letter, signatures: Sequence[Signature]) -> str:
    """Return a sentence when no signature has the name under the letter, otherwise ""."""
    if _of_the_signatory(letter, signatures):
        return ""
    names = ", ".join(filter(None, (one.signer for one in signatures))) or "orang yang tidak bernama"
    words = f"Berkas ini ditandatangani atas nama {names}, sedangkan surat ini atas nama {letter.signatory}"
    return with_full_stop(words)


def doubts_about(letter: Letter, signatures: Sequence[Signature], *, knows_issuers: bool) -> list[str]:
    """Return what speaks against each signature in the signatory's name, as sentences; [] when one is beyond doubt.

    `knows_issuers` says whether the office has set certificates of issuers: without them no signer can be trusted.
    """
    if doubt := name_doubt(letter, signatures):
        return [doubt]
    found = [list(_doubts(letter, one, knows_issuers)) for one in _of_the_signatory(letter, signatures)]
    return min(found, key=len)


def _of_the_signatory(letter: Letter, signatures: Sequence[Signature]) -> list[Signature]:
    return [one for one in signatures if is_name_of(one.signer, letter.signatory)]


def _doubts(letter: Letter, one: Signature, knows_issuers: bool) -> Iterator[str]:
    if knows_issuers and not one.trusted:
        yield f"Sertifikat {one.signer} bukan dari penerbit yang dikenal kantor, atau tidak berlaku."
    when = one.stamped_at or one.signed_at
    if when is None:
        yield "Waktu tanda tangannya tidak tertulis."
    elif words := _impossible(letter, when):
        yield f"Waktu tanda tangannya, {plain_date(when)}, {words}."


def _impossible(letter: Letter, when: datetime) -> str:
    """Return why the signatory cannot have signed the letter at that time, or ""."""
    if when < letter.issued_at - CLOCKS_DIFFER:
        return "sebelum surat ini terbit"
    if when > timezone.now() + CLOCKS_DIFFER:
        return "belum tiba"
    heads = Head.objects.on(timezone.localdate(when)).filter(user=letter.issued_by_id)
    return "" if heads.exists() else f"di luar masa jabatan {letter.signatory}"
