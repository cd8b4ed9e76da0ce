"""What becomes of a mail after a try that raised an exception, and the words about it for the officer."""

import smtplib
import ssl
from datetime import timedelta

from office.mail_answers import AnswerNotSmtp
from office.mail_server import AnswerLost
from office.models import Mail
from office.models.mails import LONGEST_PAUSE
from office.refusals import Refused
from office.texts import tidy_line

PAUSES = (*(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240)), LONGEST_PAUSE)
"""How long to wait after each temporary refusal. A try that fails after the last pause marks the mail as failed."""

UNFORESEEN_TRIES = 3
"""How often a mail is tried whose sending raises an exception that this module does not know."""

SIGN_IN_CODES = (530, 534, 535, 538)
"""With these codes the server wants another sign-in; it may say so at every step (RFC 4954, 6)."""
TOO_LARGE = 552
"""Servers refuse with this code already at MAIL FROM, which announces the size of the mail (RFC 1870, 6.2)."""

ASK_FIRST = "Mungkin sudah sampai: tanyakan penerima dahulu, lalu pilih “Kirim lagi” atau “Anggap sampai”."
WORKER_STOPPED = f"Mesin berhenti saat e-mail ini dikirim. {ASK_FIRST}"


class AttachmentChanged(Refused):
    """Raised when the paper that a mail carries is missing, or is not the one for which the mail was written."""

    def __init__(self, name: str):
        super().__init__(f"Berkas {name} hilang atau berubah. Minta admin kantor memulihkannya, lalu kirim lagi.")


def outcome_of(problem: Exception, attempts: int) -> Mail.Status:
    """Return the status of a mail after its try number `attempts` raised `problem`."""
    if isinstance(problem, AnswerLost):
        return Mail.Status.UNKNOWN
    if _refuses_this_mail(problem):
        return Mail.Status.REFUSED
    return Mail.Status.PUT_OFF if attempts < tries_of(problem) else Mail.Status.FAILED


def _refuses_this_mail(problem: Exception) -> bool:
    """Return whether the server refuses this one mail for good. A refused sign-in or sender concerns every mail."""
    code = server_said(problem)[0]
    if isinstance(problem, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return code >= 500 and code not in SIGN_IN_CODES
    return isinstance(problem, smtplib.SMTPSenderRefused) and code == TOO_LARGE


def tries_of(problem: Exception) -> int:
    """Return how often a mail with this problem is tried: once when only a person can mend it."""
    if isinstance(problem, AttachmentChanged) or _is_of_the_address(problem):
        return 1
    return len(PAUSES) + 1 if is_foreseen(problem) else UNFORESEEN_TRIES


def _is_of_the_address(problem: Exception) -> bool:
    """Return whether no mail can carry the address or subject. A certificate that is refused is a ValueError too."""
    return isinstance(problem, ValueError) and not isinstance(problem, OSError)


def is_foreseen(problem: Exception) -> bool:
    return isinstance(problem, smtplib.SMTPException | OSError | ValueError | AttachmentChanged | AnswerNotSmtp)


def reason_words(problem: Exception, status: Mail.Status) -> str:
    """Return, for the screen, why a mail has this status and what to do next, with the server's answer."""
    code, said = server_said(problem)
    answer = f"({code} {said})" if code else f"({said})"
    if isinstance(problem, AttachmentChanged):
        return str(problem)
    if _is_of_the_address(problem):
        return f"Alamat e-mail tidak dapat dipakai. Periksa alamatnya, lalu kirim lagi. {answer}"
    if status == Mail.Status.REFUSED and isinstance(problem, smtplib.SMTPRecipientsRefused):
        return f"Alamat ini ditolak server e-mail. Periksa alamatnya, lalu kirim lagi. {answer}"
    return f"{_words_of(problem, status)} {answer}"


def _words_of(problem: Exception, status: Mail.Status) -> str:
    if status == Mail.Status.UNKNOWN:
        lost = "bukan SMTP" if isinstance(problem.__cause__, AnswerNotSmtp) else "tidak sampai"
        return f"E-mail sudah diserahkan, tetapi jawaban server e-mail {lost}. {ASK_FIRST}"
    if status == Mail.Status.REFUSED:
        return "Server e-mail menolak. Beri tahu admin kantor, lalu kirim lagi."
    if status == Mail.Status.PUT_OFF:
        return f"{_cause_of(problem)}. Loket mencoba lagi sendiri."
    return f"{_cause_of(problem)}, dan sudah dicoba berulang kali. Beri tahu admin kantor, lalu kirim lagi."


def _cause_of(problem: Exception) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return "Sertifikat server e-mail tidak dapat dipercaya"
    if isinstance(problem, AnswerNotSmtp):
        return "Server e-mail menjawab sesuatu yang bukan SMTP"
    return "Server e-mail belum dapat menerima" if is_foreseen(problem) else "Ada gangguan pada loket"


def server_said(problem: Exception) -> tuple[int, str]:
    """Return the server's code and text; code 0 and what is known of the problem when the server did not answer."""
    said: bytes | str
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(problem.recipients.values()))
    elif isinstance(problem, smtplib.SMTPResponseException):
        code, said = problem.smtp_code, problem.smtp_error
    else:
        code, said = 0, _text_of(problem)
    return code, tidy_line(said.decode(errors="replace") if isinstance(said, bytes) else said)[:120]


def _text_of(problem: Exception) -> str:
    """Return the text of a problem, or only its name when it is unforeseen or has no text."""
    text = getattr(problem, "verify_message", "") or str(problem)  # the first is that of a certificate
    return text if text and is_foreseen(problem) else type(problem).__name__
