"""What signs letters directly: the office's signing service, or its own certificate file. One call signs several."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from office import clock
from office.models import SigningRoute, User
from office.refusals import Refused
from recommendations.signing.esign import EsignService, Passphrase, Signed, sign
from recommendations.signing.refusals import NotTried

REASON = "Surat Rekomendasi Kegiatan Statistik"


class NoProgram(Refused):
    """Raised when the office has set no signing service or certificate, or the signer has no NIK there."""


@sensitive_variables("passphrase")
def sign_all(
    route: str, pdfs: Sequence[bytes], *, passphrase: Passphrase, keep: Callable[[int, bytes], None], by: User
) -> list[Signed | Refused]:
    """Sign the files and wipe the passphrase. Return for each file Signed or a refusal; see `esign.sign`."""
    if route == SigningRoute.OWN:
        return _with_own_certificate(pdfs, passphrase, keep)
    return sign(esign_service(), pdfs, nik=by.nik, passphrase=passphrase, keep=keep)


def must_be_able_to_sign(route: str, by: User) -> None:
    """Raise NoProgram when letters of this route cannot be signed directly by this user."""
    if route == SigningRoute.OWN:
        _certificate()
        return
    esign_service()
    if not by.nik:
        raise NoProgram("NIK Anda pada layanan tanda tangan belum diisi. Hubungi admin kantor.")


def esign_service() -> EsignService:
    """Return the signing service of the settings. Raise NoProgram."""
    if not settings.ESIGN_URL or settings.ESIGN_VERSION not in ("v1", "v2"):
        raise NoProgram("Layanan tanda tangan (ESIGN_URL) belum diatur. Hubungi admin kantor.")
    return EsignService(
        settings.ESIGN_URL,
        settings.ESIGN_USER,
        settings.ESIGN_PASSWORD,
        "v1" if settings.ESIGN_VERSION == "v1" else "v2",
    )


def _certificate() -> bytes:
    try:
        return Path(settings.SIGNING_P12).read_bytes()
    except OSError:
        raise NoProgram("Berkas sertifikat kantor (SIGNING_P12) belum diatur. Hubungi admin kantor.") from None


@sensitive_variables("passphrase")
def _with_own_certificate(
    pdfs: Sequence[bytes], passphrase: Passphrase, keep: Callable[[int, bytes], None]
) -> list[Signed | Refused]:
    """Sign file after file. After the first that fails, none is tried any more."""
    from recommendations.signing import own_certificate  # pyHanko takes 0.7 s to load, and few offices need it

    results: list[Signed | Refused] = []
    certificate = _certificate()
    with passphrase:
        for position, pdf in enumerate(pdfs):
            try:
                signed = own_certificate.sign(
                    pdf, certificate=certificate, passphrase=passphrase, reason=REASON, at=clock.now()
                )
            except Refused as refusal:
                return [*results, refusal, *(NotTried() for _ in pdfs[position + 1 :])]
            with suppress(OSError):  # the caller keeps what could not be kept here
                keep(position, signed)
            results.append(Signed(signed, ""))
    return results
