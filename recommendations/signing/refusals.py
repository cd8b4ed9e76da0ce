"""Why a letter was not signed directly, in words for the screen.

The signing service's answers are returned as values, not raised, because one passphrase signs several letters.
"""

from office.refusals import Refused
from office.texts import tidy_line

WORDS_OF_STATUS = {
    "EXPIRED": "masa berlakunya sudah habis",
    "RENEW": "sedang diperbarui",
    "WAITING_FOR_VERIFICATION": "masih menunggu verifikasi",
    "NEW": "pendaftarannya belum selesai",
    "NO_CERTIFICATE": "belum diterbitkan",
    "SUSPEND": "sedang ditangguhkan",
    "REVOKE": "sudah dicabut",
}
"""What the service answers about a certificate that cannot sign. For NOT_REGISTERED there is SignerNotRegistered."""
LONGEST = 200


class PassphraseGone(Refused):
    """Raised when a passphrase is used again after it was wiped."""

    def __init__(self) -> None:
        super().__init__("Passphrase hanya dipakai untuk satu kali penandatanganan. Ketik lagi passphrase-nya.")


class NotSigned(Refused):
    """The base of all refusals after which it is certain that this letter was not signed."""


class WrongPassphrase(NotSigned):
    """The passphrase is not the signer's."""

    def __init__(self, advice: str = "setelah beberapa kali salah, akun penanda tangan dapat terkunci") -> None:
        super().__init__(f"Passphrase salah, dan surat ini belum ditandatangani. Ketik lagi dengan teliti: {advice}.")


class SignerNotRegistered(NotSigned):
    """The service does not know the signer's NIK."""

    def __init__(self) -> None:
        super().__init__(
            "NIK penanda tangan tidak terdaftar pada layanan tanda tangan, dan surat ini belum ditandatangani. "
            "Periksa NIK-nya, atau hubungi admin layanan."
        )


class CertificateNotActive(NotSigned):
    """The signer's certificate cannot sign now."""

    def __init__(self, status: str):
        self.state = status
        what = WORDS_OF_STATUS.get(status, f"statusnya “{shortened(status)}”")
        super().__init__(
            f"Sertifikat penanda tangan tidak dapat dipakai: {what}. Surat ini belum ditandatangani. "
            "Hubungi admin layanan tanda tangan."
        )


class OfficeNotAdmitted(NotSigned):
    """The service does not take the user name and password of the office."""

    def __init__(self) -> None:
        super().__init__(
            "Layanan tanda tangan menolak nama pengguna atau kata sandi kantor, dan surat ini belum ditandatangani. "
            "Beri tahu admin."
        )


class ServiceRefused(NotSigned):
    """The service refused for another reason, which it said in its own words."""

    def __init__(self, said: str):
        super().__init__(f"Layanan tanda tangan menolak: “{shortened(said)}”. Surat ini belum ditandatangani.")


class ServiceNotReachable(NotSigned):
    """The service did not get the letter."""

    def __init__(self) -> None:
        super().__init__(
            "Layanan tanda tangan tidak dapat dihubungi, dan surat ini belum ditandatangani. "
            "Periksa jaringan kantor, lalu coba lagi."
        )


class NotTried(NotSigned):
    """An earlier letter failed with the same passphrase, or took too long, so this one was not sent."""

    def __init__(self, why: str = "surat sebelumnya tidak berhasil") -> None:
        super().__init__(f"Surat ini belum dikirim untuk ditandatangani, karena {why}.")


class OutcomeUnknown(Refused):
    """The service may have signed the letter, but the signed file is not here. Only a person may try again.

    `document_id` is the service's number of the signed file, or "" when the service did not say it.
    """

    def __init__(self, document_id: str = ""):
        self.document_id = document_id
        number = f" (nomor dokumen {document_id})" if document_id else ""
        super().__init__(
            f"Surat ini mungkin sudah ditandatangani{number}, tetapi jawaban layanan tanda tangan tidak sampai utuh. "
            "Jangan tanda tangani lagi sebelum keadaannya ditanyakan kepada admin layanan."
        )


def shortened(text: str) -> str:
    """Return the text on one line, cut after LONGEST characters."""
    line = tidy_line(text)
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()}…"
