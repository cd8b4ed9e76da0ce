"""Take the ten steps of SK 019/KPA/2024 with the real actions, from the guestbook to the closed submission.

`manage.py walkthrough` runs this in a database, a queue, a mail folder and a worker of its own.
"""

import email
import email.policy
import hashlib
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from guestbook import actions as reception
from guestbook.models import Visit, Visitor
from office.formats import long_date
from office.models import Counter, Head, Mail, Office, Service, SigningRoute, User
from pst_desk.examples import paper_pdf
from pst_desk.roles import KEPALA, PETUGAS
from pst_desk.walk_checks import DidNotHold, must, there, wait_until
from ratings.actions import rate
from ratings.skm import ASPECTS
from recommendations.agencies.actions.contacts import register_applicant
from recommendations.agencies.actions.emails import confirm_code, send_code
from recommendations.archive.actions.duplicates import confirm_no_duplicate
from recommendations.attachments.actions.attaching import attach
from recommendations.attachments.actions.cover_letter import write_cover_letter
from recommendations.examination.actions.examining import return_to_applicant, verify, write_remark
from recommendations.instruments import instrument
from recommendations.instruments.structure import Instrument
from recommendations.letter.actions.issuing import issue_letter
from recommendations.letter.actions.sending import close_submission, hand_over, send_by_email
from recommendations.letter.numbers import suggested_identity, suggested_number
from recommendations.letter.pdf import given_file, pdf_of
from recommendations.models import Applicant, Dispatch, Letter, Remark, SignedCopy, Submission
from recommendations.promise.due_meter import dates_of
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.saving import save_answers
from recommendations.signing.actions.scans import accept_scan, take_scan
from recommendations.submissions.actions.opening import open_submission
from recommendations.workflow import Status


@dataclass
class Walk:
    """The state that one walk passes from step to step."""

    form: dict[str, Any]
    output: Path
    visit: Visit = field(init=False)  # these three come on the way
    submission: Submission = field(init=False)
    letter: Letter = field(init=False)
    petugas: User = field(default_factory=lambda: _actor("jalan-petugas", "Rina Contoh", PETUGAS))
    kepala: User = field(default_factory=lambda: _actor("jalan-kepala", "Siti Contoh", KEPALA))

    @property
    def instrument(self) -> Instrument:
        return instrument(self.form["form"])


def _actor(username: str, name: str, role: str) -> User:
    """Return a fictional member of staff who cannot sign in."""
    user, is_new = User.objects.get_or_create(username=username, defaults={"name": name, "is_active": False})
    if is_new:
        user.set_unusable_password()
        user.save()
        user.groups.add(Group.objects.get(name=role))
    return user


def step_1_come(walk: Walk) -> str:
    """The visitor comes to the PST unit: an open counter offers an open service that takes submissions."""
    counter = Counter.objects.filter(is_open=True, services__takes_submissions=True, services__is_open=True).first()
    must(counter, "tidak ada loket yang menerima permohonan")
    return f"{counter} dibuka"


def step_2_check_in(walk: Walk) -> str:
    """The visitor fills in the guestbook and draws a number. A double tap draws only one number."""
    service = Service.objects.open().filter(takes_submissions=True)[0]
    token = uuid.uuid4()
    visitor = Visitor(name="Budi Contoh", phone="+6281200000001", email="budi@contoh.example")
    walk.visit = reception.check_in(service=service, visitor=visitor, form_token=token)
    again = reception.check_in(service=service, visitor=Visitor(name="Budi Contoh"), form_token=token)
    must(again.pk == walk.visit.pk, "ketukan ganda menghasilkan dua nomor")
    return f"nomor {walk.visit.ticket}"


def step_3_serve(walk: Walk) -> str:
    """The officer calls the number and serves the visitor, who makes the request."""
    counter = walk.visit.service.counters.filter(is_open=True)[0]
    walk.visit = reception.call(walk.visit, counter, by=walk.petugas)
    walk.visit = reception.start(walk.visit, by=walk.petugas)
    return f"{walk.visit.ticket} dilayani di {counter}"


def step_4_account(walk: Walk) -> str:
    """The officer registers the applicant's account, helps with a Romantik account, and tests the e-mail address."""
    applicant = register_applicant(
        agency_name=str(walk.form["values"][walk.instrument.agency_item]),
        name="Budi Contoh",
        position="Kepala Bidang",
        phone="+6281200000001",
        email="budi@contoh.example",
        romantik_username="",
        romantik_assisted_on=timezone.localdate(),
        by=walk.petugas,
    )
    _prove_email(applicant, by=walk.petugas)
    walk.submission = open_submission(
        applicant=applicant,
        instrument_code=walk.instrument.code,
        form_token=uuid.uuid4(),
        visit=walk.visit,
        by=walk.petugas,
    )
    return f"permohonan {walk.submission.register}, akun {applicant.account}, e-mail terbukti aktif"


def _prove_email(applicant: Applicant, *, by: User) -> None:
    """Confirm the applicant's e-mail with the code from the mail that arrived."""
    mail = there(send_code(applicant, by=by).mail, "e-mail berisi kode belum ditulis")
    wait_until(lambda: Mail.objects.sent().filter(pk=mail.pk).exists(), "e-mail berisi kode belum dikirim")
    mail.refresh_from_db()
    arrived = email.message_from_bytes(_mail_with(mail.message_id), policy=email.policy.default)
    code = there(re.search(r"\b[0-9]{6}\b", arrived.get_content()), "e-mail tidak memuat kode")[0]
    must(confirm_code(applicant, code=code, by=by).has_working_email, "e-mail tidak terbukti aktif")


def step_5_record(walk: Walk) -> str:
    """The officer records the form item by item, with the surat pengantar and the files, until "terekam lengkap"."""
    save_answers(walk.submission, walk.form["values"], by=walk.petugas)
    write_cover_letter(
        walk.submission,
        number="400.12/001/CONTOH",
        written_on=timezone.localdate(),
        signatory="Kepala Dinas Contoh",
        by=walk.petugas,
    )
    for kind in walk.form["attachments"]:
        file = ContentFile(paper_pdf(kind), name=f"{kind}.pdf")
        attach(walk.submission, kind=kind, file=file, content_type="application/pdf", by=walk.petugas)
    recorded = record_complete(walk.submission, by=walk.petugas)
    return f"putaran 1 terekam lengkap, jatuh tempo {long_date(dates_of(recorded).due_on)}"


def step_6_examine(walk: Walk) -> str:
    """The officer asks for a correction and returns the form, records round 2, finds no duplicate, and verifies the
    submission with advice."""
    item = walk.instrument.title_item
    correction = {"kind": Remark.Kind.CORRECTION, "text": "Mohon judul dikonfirmasi."}
    write_remark(walk.submission, item_id=item, **correction, by=walk.petugas)
    return_to_applicant(walk.submission, by=walk.petugas)
    told = walk.submission.rounds.filter(number=1).exclude(told_at=None)
    wait_until(told.exists, "e-mail berisi catatan perbaikan belum dikirim")
    record_complete(walk.submission, by=walk.petugas)
    advice = {"kind": Remark.Kind.ADVICE, "text": "Mohon hasil kegiatan disampaikan kepada BPS."}
    write_remark(walk.submission, item_id=item, **advice, by=walk.petugas)
    confirm_no_duplicate(walk.submission, reason="Kegiatan rekaan untuk uji jalan.", by=walk.petugas)
    verify(walk.submission, by=walk.petugas)
    must(walk.submission.rounds.recorded().count() == 2, "putaran lama tidak tersimpan")
    return "dikembalikan satu kali, putaran 2 diverifikasi dengan 1 saran"


def step_7_issue(walk: Walk) -> str:
    """The Kepala issues the letter; the worker draws the PDF; it is signed with ink, and its scan is compared with it.

    The PDF itself is used as the scan.
    """
    office, today = Office.objects.current(), timezone.localdate()
    Head.objects.get_or_create(user=walk.kepala, since_on=today, until_on=today, capacity=Head.Capacity.PLH)
    walk.letter = issue_letter(
        walk.submission,
        number=suggested_number(office, today),
        identity_number=suggested_identity(walk.submission, office, today),
        by=walk.kepala,
    )
    wait_until(lambda: Letter.objects.exclude(pdf="").filter(pk=walk.letter.pk).exists(), "PDF surat belum dibuat")
    walk.letter.refresh_from_db()
    pdf = pdf_of(walk.letter)
    (walk.output / "surat.pdf").write_bytes(pdf)
    text, pages = _read_pdf(pdf)
    for words in (walk.letter.number, walk.letter.identity_number):
        must(words in text, f"{words} tidak tercetak pada surat")
    Letter.objects.filter(pk=walk.letter.pk).update(route=SigningRoute.WET)  # the walk has no certificate
    walk.letter.refresh_from_db()
    scan = take_scan(walk.letter, file=ContentFile(pdf, name="pindaian.pdf"), by=walk.petugas)
    wait_until(lambda: SignedCopy.objects.exclude(pages=None).filter(pk=scan.pk).exists(), "pindaian belum digambar")
    walk.letter = accept_scan(scan, by=walk.petugas)
    return f"{walk.letter.number}, {walk.letter.identity_number}, {pages} halaman, ditandatangani {scan.signer}"


def _read_pdf(pdf: bytes) -> tuple[str, int]:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document), len(document)


def step_8_send(walk: Walk) -> str:
    """The mail with the PDF is sent, and its attachment is the signed file, byte by byte."""
    if not walk.letter.dispatches.exists():  # the office does not send the mail by itself
        send_by_email(walk.submission, to="budi@contoh.example", form_token=uuid.uuid4(), by=walk.petugas)
    dispatches = Dispatch.objects.filter(letter=walk.letter, channel=Dispatch.Channel.EMAIL)
    wait_until(lambda: dispatches.exclude(noted="").exists(), "e-mail belum dikirim")
    mail = Mail.objects.get(pk__in=dispatches.values("mail"))
    must(mail.status == Mail.Status.SENT, f"e-mail tidak terkirim: {mail.error}")
    raw = _mail_with(mail.message_id)
    (walk.output / "surat.eml").write_bytes(raw)
    attached = next(email.message_from_bytes(raw, policy=email.policy.default).iter_attachments()).get_content()
    sha256 = hashlib.sha256(attached).hexdigest()
    must(sha256 == given_file(walk.letter).sha256, "lampiran e-mail bukan surat bertanda tangan")
    hand_over(walk.submission, to="Budi Contoh", form_token=uuid.uuid4(), by=walk.petugas)
    return f"e-mail kepada {mail.to}, lampiran {len(attached) // 1024} KiB; cetakan diserahkan di loket"


def _mail_with(message_id: str) -> bytes:
    for file in sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log")):
        raw = file.read_bytes().partition(b"\n" + b"-" * 79)[0]
        if message_id.encode() in raw:
            return raw
    raise DidNotHold("e-mail tidak ditemukan")


def step_9_rate(walk: Walk) -> str:
    """The service ends, and the visitor answers the nine questions of the SKM."""
    walk.visit = reception.finish(walk.visit, by=walk.petugas)
    rate(walk.visit, answers={aspect.key: 4 for aspect in ASPECTS}, remark="Pelayanan jelas.", complaint="")
    return f"{len(ASPECTS)} unsur dinilai untuk {walk.visit.ticket}"


def step_10_close(walk: Walk) -> str:
    """The officer closes the submission. The result of every recorded round has been told."""
    closed = close_submission(walk.submission, by=walk.petugas)
    must(closed.status == Status.CLOSED, "permohonan belum selesai")
    told = closed.rounds.recorded().filter(told_at=None)
    must(not told.exists(), "ada putaran yang hasilnya belum diberitahukan")
    return (
        f"{closed.register} selesai, {closed.events.count()} peristiwa dan {walk.visit.events.count()} pada kunjungan"
    )


STEPS: list[tuple[str, Callable[[Walk], str]]] = [
    ("Pengunjung datang ke unit PST", step_1_come),
    ("Mengisi buku tamu dan mengantri", step_2_check_in),
    ("Menyampaikan permohonan kepada petugas", step_3_serve),
    ("Akun pemohon rekomendasi", step_4_account),
    ("Perekaman formulir sampai terekam lengkap", step_5_record),
    ("Pemeriksaan, perbaikan, dan verifikasi", step_6_examine),
    ("Kepala menerbitkan surat rekomendasi", step_7_issue),
    ("Pengiriman surat kepada pemohon", step_8_send),
    ("Penilaian layanan", step_9_rate),
    ("Selesai", step_10_close),
]


def take(walk: Walk) -> Iterator[dict[str, Any]]:
    """Take the steps in order. Yield `{step, title, ok, detail}` for each; the steps after a failed one are not run."""
    stopped = False
    for number, (title, step) in enumerate(STEPS, start=1):
        outcome = {"ok": False, "detail": "tidak dijalankan"} if stopped else _outcome(step, walk)
        stopped = not outcome["ok"]
        yield {"step": number, "title": title, **outcome}


def _outcome(step: Callable[[Walk], str], walk: Walk) -> dict[str, Any]:
    try:
        return {"ok": True, "detail": step(walk)}
    except Exception as problem:  # noqa: BLE001 - any error is the result of this step
        return {"ok": False, "detail": _words(problem)}


def _words(problem: Exception) -> str:
    found = [finding.message for finding in getattr(problem, "findings", [])]
    return " ".join([str(problem) or type(problem).__name__, *found])
