"""Fill the desk with an example day to try it out. Every person in it is fictional."""

import secrets
import uuid
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from complaints.actions.handling import answer, assign_complaint
from complaints.actions.receiving import receive
from complaints.models import Complaint, ComplaintTerm
from complaints.reporter import Reporter
from guestbook import actions as reception
from guestbook.models import Visit, Visitor
from guestbook.workflow import Status
from office.models import Counter, Head, Office, Service, User
from pst_desk.examples import FS3, ahead_of, paper_pdf, read_form
from pst_desk.roles import ADMIN, KEPALA, PETUGAS
from ratings.actions import rate, rate_quickly
from ratings.instruments import SKM_9
from ratings.models import Rating
from recommendations.agencies.actions.contacts import register_applicant
from recommendations.agencies.actions.emails import confirm_otherwise
from recommendations.attachments.actions.attaching import attach
from recommendations.attachments.actions.cover_letter import write_cover_letter
from recommendations.examination.actions.examining import return_to_applicant, verify, write_remark
from recommendations.letter.actions.issuing import issue_letter
from recommendations.letter.numbers import suggested_identity, suggested_number
from recommendations.models import Remark, Submission
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.saving import save_answers
from recommendations.submissions.actions.opening import open_submission

STAFF = [
    # account, name, role, NIP (the Kepala's is printed on letters; this one is invented)
    ("rina", "Rina Contoh", PETUGAS, ""),
    ("dewi", "Dewi Contoh", PETUGAS, ""),
    ("siti", "Siti Contoh, S.ST., M.Si.", KEPALA, "000000000000000001"),
    ("agus", "Agus Contoh", ADMIN, ""),
]
DISDUKCAPIL = "Dinas Kependudukan dan Pencatatan Sipil Kota Banjarmasin"
DINSOS = "Dinas Sosial Kota Banjarmasin"
DISHUB = "Dinas Perhubungan Kota Banjarmasin"
DINKES = "Dinas Kesehatan Kota Banjarmasin"
WORDS = ("kelotok", "soto", "sungai", "pasar", "jukung", "sasirangan", "martapura", "kuin")


class Command(BaseCommand):
    help = "Fill a fresh desk with fictional staff, visitors and cases. Refuses when there are users."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-new", action="store_true", help="do nothing, without complaint, when there are users")

    @transaction.atomic
    def handle(self, *args: object, if_new: bool, **options: object) -> None:
        if User.objects.exists():
            if if_new:
                return
            raise CommandError("Sudah ada pengguna: data contoh hanya untuk basis data yang baru.")
        password = f"{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}-{secrets.choice(WORDS)}"
        staff = {account: _hire(account, name, role, nip, password) for account, name, role, nip in STAFF}
        Office.objects.update(devices_required=False, is_example=True)  # kiosk and board open in any browser
        Head.objects.create(user=staff["siti"], since_on=date(timezone.localdate().year, 1, 1))
        fill_desk(officer=staff["rina"], colleague=staff["dewi"], head=staff["siti"])
        accounts = _keep_accounts(password)
        self.stdout.write("Data contoh dimuat; semua orang di dalamnya rekaan.")
        if not if_new:
            self.stdout.write(accounts)


def _hire(account: str, name: str, role: str, nip: str, password: str) -> User:
    user = User(username=account, name=name, email=f"{account}@contoh.example", nip=nip, must_change_password=False)
    user.is_staff = role == ADMIN
    user.set_password(password)
    user.save()
    user.groups.add(Group.objects.get(name=role))
    return user


def _keep_accounts(password: str) -> str:
    """Write the accounts and their password to a file that only this user can read. Return the text.

    `make run` shows it at each start.
    """
    lines = [f"  {account:<5} {role:<8} {name}" for account, name, role, _ in STAFF]
    text = "\n".join([f"Akun contoh, kata sandi semuanya {password}", *lines]) + "\n"
    file = settings.VAR_DIR / "demo-accounts.txt"
    file.touch(mode=0o600)
    file.write_text(text, encoding="utf-8")
    return text


def fill_desk(*, officer: User, colleague: User, head: User) -> None:
    """Add one submission in every stage, ratings and complaints, and some waiting visitors."""
    begun(DINKES, "Survei Kepuasan Pasien Rawat Jalan Puskesmas Kota Banjarmasin", by=officer)
    recorded(DISHUB, "Survei Asal dan Tujuan Perjalanan Penumpang Angkutan Sungai Kota Banjarmasin", by=officer)
    returned(DINSOS, "Survei Kondisi Sosial Ekonomi Penyandang Disabilitas Kota Banjarmasin", by=colleague)
    for title in ("Survei Kepuasan Penumpang Angkutan Umum", "Survei Kinerja Layanan Parkir"):
        verify(recorded(DISHUB, f"{title} Kota Banjarmasin", by=officer), by=colleague)
    issued(DISDUKCAPIL, str(_example()["values"]["judul_survei"]), officer=officer, head=head)
    rated()
    complained(officer=colleague, head=head)
    for prefix, name in (("R", "Budi Contoh"), ("K", "Ani Contoh"), ("R", "Hasan Contoh")):
        take_number(prefix, name)


def take_number(prefix: str, name: str) -> Visit:
    """Draw a number for a visitor. Return the visit."""
    visitor = Visitor(
        name=name,
        phone=f"+628120000{int.from_bytes(name.encode()) % 10_000:04}",
        email=name.partition(" ")[0].lower() + "@contoh.example",
        agency=DINSOS,
        position="Staf",
    )
    return reception.check_in(service=Service.objects.get(prefix=prefix), visitor=visitor, form_token=uuid.uuid4())


def served_visit(*, by: User) -> Visit:
    """Return a visit that has been called and served."""
    visit = reception.call(take_number("R", "Sari Contoh"), Counter.objects.get(number=1), by=by)
    return reception.finish(reception.start(visit, by=by), by=by)


def begun(agency: str, title: str, *, by: User) -> Submission:
    """Return a submission in recording, with the first half of its answers and no file."""
    submission = _opened(agency, by=by)
    answers = _answers(agency, title)
    save_answers(submission, dict(list(answers.items())[: len(answers) // 2]), by=by)
    return submission


def recorded(agency: str, title: str, *, by: User) -> Submission:
    """Return a submission that is recorded complete and can be examined."""
    submission = _opened(agency, by=by)
    save_answers(submission, _answers(agency, title), by=by)
    number = f"400/{submission.number:03}/CONTOH"
    signatory, today = f"Kepala {agency}", timezone.localdate()
    write_cover_letter(submission, number=number, written_on=today, signatory=signatory, by=by)
    for kind in submission.instrument.attachments:
        if kind.required:
            file = ContentFile(paper_pdf(f"{kind.label}, {agency}"), name=f"{kind.id}.pdf")
            attach(submission, kind=kind.id, file=file, content_type="application/pdf", by=by)
    record_complete(submission, by=by)
    return submission


def returned(agency: str, title: str, *, by: User) -> Submission:
    """Return a submission that was returned with two remarks; its second round waits for the applicant."""
    submission = recorded(agency, title, by=by)
    for item, kind, text in (
        ("kerangka_sampel", Remark.Kind.CORRECTION, "Mohon sumber dan tahun kerangka sampel dituliskan."),
        ("uji_coba_uraian", Remark.Kind.ADVICE, "Mohon hasil uji coba dilampirkan bila sudah ada."),
    ):
        write_remark(submission, item_id=item, kind=kind, text=text, by=by)
    return_to_applicant(submission, by=by)
    return submission


def issued(agency: str, title: str, *, officer: User, head: User) -> Submission:
    """Return a submission with an issued letter. The worker draws and mails the letter."""
    submission = recorded(agency, title, by=officer)
    advice = "Mohon hasil kegiatan dan metadatanya disampaikan kepada BPS."
    title_item = submission.instrument.title_item
    write_remark(submission, item_id=title_item, kind=Remark.Kind.ADVICE, text=advice, by=officer)
    verify(submission, by=officer)
    office, today = Office.objects.current(), timezone.localdate()
    number, identity = suggested_number(office, today), suggested_identity(submission, office, today)
    issue_letter(submission, number=number, identity_number=identity, by=head)
    return submission


def rated() -> None:
    """Rate the visits that were served, as their visitors do at the tablet. The last one is left to try out."""
    *visits, _ = Visit.objects.filter(status=Status.SERVED).order_by("number")
    for place, visit in enumerate(visits):
        rate_quickly(visit, face=4 - place % 2, source=Rating.Source.TABLET)
        answers = {key: 3 + (place + number) % 2 for number, key in enumerate(SKM_9.keys)} | {"biaya": 4}
        remark = "" if place else "Kursi tunggu perlu ditambah."
        rate(visit, answers=answers, remark=remark, complaint="", source=Rating.Source.TABLET, seconds=40 + place)


def complained(*, officer: User, head: User) -> None:
    """Add a complaint that waits for the Kepala, and one that `officer` has answered."""
    written = "Nomor antrian saya terlewat karena pengeras suara kecil."
    receive(text=written, channel=Complaint.Channel.PAGE, reporter=Reporter(), element="sarana", by=None)
    asked = "Mohon kabar kapan surat rekomendasi kami selesai."
    reporter = Reporter(name="Hasan Contoh", email="hasan@contoh.example")
    second = receive(text=asked, channel=Complaint.Channel.EMAIL, reporter=reporter, element="waktu", by=officer)
    term = ComplaintTerm.objects.classes()[0]
    second = assign_complaint(second, assigned_to=officer, term=term, about=None, by=head)
    answer(second, text="Surat sedang diperiksa; hasilnya kami kirim sebelum jatuh tempo.", by=officer)


def _opened(agency: str, *, by: User) -> Submission:
    applicant = register_applicant(
        agency_name=agency,
        name="Sari Contoh",
        position="Analis Data",
        phone="+6281200000002",
        email="sari@contoh.example",
        romantik_username="sari.contoh",
        romantik_assisted_on=None,
        by=by,
    )
    if agency != DINKES:  # this applicant's e-mail is left unconfirmed
        confirm_otherwise(applicant, reason="Pemohon membalas e-mail kami dari ponselnya di loket.", by=by)
    return open_submission(
        applicant=applicant, instrument_code="FS3", form_token=uuid.uuid4(), visit=served_visit(by=by), by=by
    )


def _example() -> dict[str, Any]:
    return ahead_of(timezone.localdate(), read_form(FS3))


def _answers(agency: str, title: str) -> dict[str, Any]:
    values: dict[str, Any] = _example()["values"]
    return values | {"judul_survei": title, "instansi_penyelenggara": agency}
