"""The life of a submission and of its letter as tables. A test compares the diagrams in docs/workflow.md with them."""

from django.db.models import TextChoices

from office.refusals import Refused
from office.steps import Step, StepTable


class Status(TextChoices):
    RECORDING = "recording", "Perekaman"
    CHECKING = "checking", "Pemeriksaan"
    RETURNED = "returned", "Perbaikan"
    VERIFIED = "verified", "Menunggu Kepala"
    ISSUED = "issued", "Menunggu tanda tangan"
    SIGNED = "signed", "Surat ditandatangani"
    SENT = "sent", "Surat terkirim"
    CLOSED = "closed", "Selesai"
    CANCELLED = "cancelled", "Dibatalkan"
    REVOKED = "revoked", "Surat dicabut"


class LetterStatus(TextChoices):
    """What an issued letter is worth. A draft has no row."""

    ISSUED = "issued", "Menunggu tanda tangan"
    VALID = "valid", "Berlaku"
    REPLACED = "replaced", "Diganti"
    REVOKED = "revoked", "Dicabut"


class Move(TextChoices):
    """A step with a submission; also the kind of an event."""

    OPEN = "open", "Permohonan dibuka"
    LINK = "link", "Kunjungan ditautkan"
    ATTACH = "attach", "Berkas dilampirkan"
    DETACH = "detach", "Berkas dilepas"
    REKIND = "rekind", "Jenis berkas diganti"
    COPY = "copy", "Isian disalin"
    UNLOCK = "unlock", "Isian dibuka"
    RECORD = "record", "Terekam lengkap"
    ASSIGN = "assign", "Penanggung jawab diganti"
    OPINION = "opinion", "Pendapat walidata dicatat"
    RETURN = "return", "Dikembalikan kepada pemohon"
    TELL = "tell", "Hasil diberitahukan"
    ANSWER = "answer", "Jawaban pemohon masuk"
    REMIND = "remind", "Pemohon diingatkan"
    LATE = "late", "Sebab terlambat dicatat"
    COMPARE = "compare", "Pemeriksaan duplikasi"
    READ = "read", "Dinyatakan sesuai oleh pemeriksa pertama"
    VERIFY = "verify", "Diverifikasi"
    SEND_BACK = "send_back", "Dikembalikan Kepala untuk diperiksa lagi"
    ISSUE = "issue", "Surat terbit"
    DRAW = "draw", "PDF surat selesai dibuat"
    SCAN = "scan", "Pindaian surat diunggah"
    REJECT = "reject", "Pindaian ditolak"
    UNSURE = "unsure", "Hasil tanda tangan tidak diketahui"
    RESUME = "resume", "Boleh ditandatangani lagi"
    SIGN = "sign", "Surat ditandatangani"
    DELIVER = "deliver", "Surat disampaikan kepada pemohon"
    WHATSAPP = "whatsapp", "Surat dikirim lewat WhatsApp"
    RENEW = "renew", "Tautan unduh diperpanjang"
    RECEIPT = "receipt", "Tanda terima surat disimpan"
    FAIL = "fail", "Pengiriman belum berhasil"
    BOUNCE = "bounce", "E-mail kembali, tidak sampai"
    UNSEND = "unsend", "E-mail kembali, surat belum ditandatangani"
    ASK_RESULT = "ask_result", "Hasil dan metadata diminta"
    RESULT = "result", "Hasil dan metadata diterima"
    CLOSE = "close", "Permohonan selesai"
    CANCEL = "cancel", "Permohonan dibatalkan"
    CORRECT = "correct", "Surat akan diganti"
    MEND = "mend", "Isian diperbaiki untuk surat pengganti"
    KEEP = "keep", "Surat tidak jadi diganti"
    REPLACE = "replace", "Surat diganti"
    REISSUE = "reissue", "Surat pengganti terbit"
    REVOKE = "revoke", "Surat dicabut"


WITH_A_LETTER = frozenset({Status.ISSUED, Status.SIGNED, Status.SENT, Status.CLOSED})
"""The statuses of a submission that has a letter which is neither replaced nor revoked."""
STEPS = {
    Move.RECORD: Step(frozenset({Status.RECORDING, Status.RETURNED}), Status.CHECKING),
    Move.RETURN: Step(frozenset({Status.CHECKING}), Status.RETURNED),
    Move.VERIFY: Step(frozenset({Status.CHECKING}), Status.VERIFIED),
    Move.SEND_BACK: Step(frozenset({Status.VERIFIED}), Status.CHECKING),
    Move.ISSUE: Step(frozenset({Status.VERIFIED}), Status.ISSUED),
    Move.SIGN: Step(frozenset({Status.ISSUED}), Status.SIGNED),
    Move.DELIVER: Step(frozenset({Status.SIGNED, Status.SENT}), Status.SENT),
    Move.BOUNCE: Step(frozenset({Status.SENT, Status.CLOSED}), Status.SIGNED),
    Move.UNSEND: Step(frozenset({Status.SENT, Status.CLOSED}), Status.ISSUED),
    Move.CLOSE: Step(frozenset({Status.SENT}), Status.CLOSED),
    Move.CANCEL: Step(
        frozenset({Status.RECORDING, Status.CHECKING, Status.RETURNED, Status.VERIFIED}), Status.CANCELLED
    ),
    Move.REISSUE: Step(WITH_A_LETTER, Status.ISSUED),
    Move.REVOKE: Step(WITH_A_LETTER, Status.REVOKED),
}
LETTER_STEPS = {
    Move.SIGN: Step(frozenset({LetterStatus.ISSUED}), LetterStatus.VALID),
    Move.REPLACE: Step(frozenset({LetterStatus.ISSUED, LetterStatus.VALID}), LetterStatus.REPLACED),
    Move.REVOKE: Step(frozenset({LetterStatus.ISSUED, LetterStatus.VALID}), LetterStatus.REVOKED),
}
OPEN_FOR_RECORDING = (Status.RECORDING, Status.RETURNED)
ENDED = (Status.CLOSED, Status.CANCELLED, Status.REVOKED)


class MoveNotAllowed(Refused):
    """Raised when the move does not begin in the submission's status."""

    def __init__(self, move: Move, status: Status):
        super().__init__(
            f"Permohonan ini berstatus {Status(status).label}; “{Move(move).label}” tidak dapat dilakukan sekarang."
        )


class NotBeingChecked(Refused):
    """Raised when an examiner works on a submission that is not being examined (any longer)."""

    def __init__(self, status: Status):
        super().__init__(
            f"Permohonan ini kini berstatus {Status(status).label}, jadi tidak sedang diperiksa. "
            "Tidak tersimpan: muat ulang halaman ini.",
        )


class LetterMoveNotAllowed(Refused):
    """Raised when the move does not begin in the letter's status."""

    def __init__(self, move: Move, status: LetterStatus):
        super().__init__(
            f"Surat ini berstatus {LetterStatus(status).label}; “{Move(move).label}” tidak dapat dilakukan sekarang."
        )


LIFE = StepTable(STEPS, MoveNotAllowed)
LETTER_LIFE = StepTable(LETTER_STEPS, LetterMoveNotAllowed)
status_after = LIFE.status_after
moves_from = LIFE.moves_from
