"""Check the requirements 1 to 5 of the service standard (SK 019/KPA/2024) for a submission.

They are only shown; the officer decides. The recording checks what is required for "terekam lengkap".
"""

from dataclasses import dataclass

from django.urls import reverse

from guestbook.models import Visit
from office.formats import clock, long_date, short_date
from recommendations.models import Agency, Applicant, Submission

COVER_LETTER = "surat_pengantar"
"""The kind of attachment for requirement 5. Both instruments have it."""


@dataclass(frozen=True)
class Fact:
    """One requirement. `words` is what is known; `act` and `url` are a link to correct it.

    `is_denied`: it is known to be unmet, not only unknown.
    """

    number: int
    label: str
    is_met: bool
    words: str
    act: str = ""
    url: str = ""
    is_denied: bool = False

    @property
    def kind(self) -> str:
        """The kind of its line and icon in desk.css."""
        return "ok" if self.is_met else "warn" if self.is_denied else "plain"

    @property
    def icon(self) -> str:
        return "maybe" if self.kind == "plain" else self.kind


def submission_requirements(submission: Submission) -> list[Fact]:
    """Return the five requirements of a submission, checked with its visit, applicant, files and rounds."""
    account, link = submission.applicant, "" if submission.is_ended else "#kunjungan"
    return [*opening_requirements(submission.visit, account.agency, account, link=link), _application(submission)]


def opening_requirements(
    visit: Visit | None, agency: Agency | None, account: Applicant | None, *, link: str = ""
) -> list[Fact]:
    """Return requirements 1 to 4, which need no submission. `link` is the address to link a visit, or ""."""
    return [_came(visit, link), _is_government(agency), _has_email(account), _wrote_guestbook(visit)]


def _came(visit: Visit | None, link: str) -> Fact:
    label = "Datang ke unit PST"
    if visit:
        return Fact(1, label, True, f"Kunjungan {visit.ticket}, {long_date(visit.day)}")
    return Fact(1, label, False, "Tanpa kunjungan", "Tautkan kunjungan" if link else "", link)


def _is_government(agency: Agency | None) -> Fact:
    label = "Instansi pemerintah"
    if agency is None:
        return Fact(2, label, False, "Instansi belum dipilih atau belum dikenal")
    url = reverse("recommendations:agency_detail", args=[agency.pk])
    if agency.is_government:
        return Fact(2, label, True, agency.name, "Lihat", url)
    words = f"{agency} tercatat bukan instansi pemerintah. Layanan ini untuk instansi pemerintah; Anda yang memutuskan."
    return Fact(2, label, False, words, "Periksa", url, is_denied=True)


def _has_email(account: Applicant | None) -> Fact:
    label = "E-mail yang aktif"
    if account is None:
        return Fact(3, label, False, "Kode dikirim sesudah permohonan dibuka, atau pilih akun yang sudah ada")
    if account.verified_at is None or not account.has_working_email:
        return Fact(3, label, False, f"{account.email}, belum terbukti aktif", "Pastikan", "#e-mail")
    words = f"{account.email}, terbukti {account.get_verified_way_display()} {short_date(account.verified_at)}"
    return Fact(3, label, True, words)


def _wrote_guestbook(visit: Visit | None) -> Fact:
    label = "Buku tamu terisi"
    if visit is None:
        return Fact(4, label, False, "Belum ada, karena tanpa kunjungan")
    copied = ", disalin dari kertas" if visit.is_late_entry else ""
    return Fact(4, label, True, f"Atas nama {visit.visitor.name}, {clock(visit.taken_at)}{copied}")


def _application(submission: Submission) -> Fact:
    """Return requirement 5: the surat pengantar, and the FS3 or FP-KPA recorded complete at least once."""
    has_letter = any(file.kind == COVER_LETTER for file in submission.attachments.all())
    is_recorded = any(one.is_frozen for one in submission.rounds.all())
    letter = "Surat pengantar terlampir" if has_letter else "Surat pengantar belum dilampirkan"
    form = f"{submission.instrument_code} {'terekam lengkap' if is_recorded else 'belum terekam lengkap'}"
    page = "attachments" if not has_letter else "record"
    needs = submission.is_open_for_recording and not (has_letter and is_recorded)
    act = ("Lampirkan" if not has_letter else "Lanjutkan", reverse(f"recommendations:{page}", args=[submission.pk]))
    return Fact(5, "Permohonan", has_letter and is_recorded, f"{letter}; {form}", *(act if needs else ()))
