"""Rows for tests. The factories make plain rows; the functions move a submission with the real actions, or time."""

import copy
import re
import uuid
from datetime import date, timedelta
from functools import cache
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Max
from django.utils import timezone
from factory.django import DjangoModelFactory

from complaints.actions.handling import assign_complaint
from complaints.actions.receiving import receive
from complaints.models import Complaint, ComplaintTerm
from complaints.reporter import Reporter
from guestbook.models import Visit, Visitor
from office.models import CalendarYear, ClockMark, Mail, Office, Pulse, Service, ServiceStandard, User
from pst_desk.examples import FS3, ahead_of, paper_pdf, read_form
from ratings.instruments import SKM_9
from ratings.models import Rating
from recommendations.agencies.actions.emails import send_code
from recommendations.archive.actions.duplicates import confirm_no_duplicate
from recommendations.attachments.actions.attaching import attach
from recommendations.attachments.actions.cover_letter import write_cover_letter
from recommendations.examination.actions.examining import return_to_applicant, verify, write_remark
from recommendations.letter.actions.issuing import issue_letter
from recommendations.letter.numbers import suggested_identity, suggested_number
from recommendations.letter.pdf import draw
from recommendations.models import Agency, Applicant, Letter, Round, SignedCopy, Submission
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.saving import save_answers
from recommendations.signing.actions.scans import accept_scan, take_scan
from recommendations.submissions.actions.opening import open_submission

PASSWORD = "kata-sandi-contoh"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence("pegawai{}".format)
    name = factory.Sequence("Pegawai Contoh {}".format)
    email = factory.LazyAttribute(lambda user: f"{user.username}@contoh.example")
    must_change_password = False
    password = factory.django.Password(PASSWORD)


class VisitorFactory(DjangoModelFactory):
    class Meta:
        model = Visitor

    name = factory.Sequence("Budi Contoh {}".format)
    phone = "+6281200000001"
    email = "budi@contoh.example"
    agency = "Dinas Contoh"
    position = "Staf"


class VisitFactory(DjangoModelFactory):
    """A visit that waits for the service "R" (the fixture `office` makes this service)."""

    class Meta:
        model = Visit

    service = factory.LazyFunction(lambda: Service.objects.get(prefix="R"))
    prefix = factory.LazyAttribute(lambda visit: visit.service.prefix)
    day = factory.LazyFunction(timezone.localdate)
    number = factory.LazyAttribute(lambda visit: _next(Visit.objects.filter(day=visit.day, prefix=visit.prefix)))
    visitor = factory.SubFactory(VisitorFactory)


class RatingFactory(DjangoModelFactory):
    """A rating with the SKM: 4 for each aspect, or `RatingFactory(answers=skm_answers(3, waktu=1))`."""

    class Meta:
        model = Rating

    visit = factory.SubFactory(VisitFactory)
    instrument, edition = SKM_9.code, SKM_9.edition
    answers = factory.LazyFunction(lambda: skm_answers(4))


def skm_answers(value: int, **others: int) -> dict[str, int]:
    """Return nine answers with this value, except the named ones."""
    return dict.fromkeys(SKM_9.keys, value) | others


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency

    name = factory.Sequence("Dinas Contoh {}".format)


class ApplicantFactory(DjangoModelFactory):
    class Meta:
        model = Applicant

    agency = factory.SubFactory(AgencyFactory)
    name = "Sari Contoh"
    position = "Analis Data"
    phone = "+6281200000002"
    email = factory.Sequence("sari{}@contoh.example".format)
    romantik_username = factory.Sequence("sari{}".format)


class SubmissionFactory(DjangoModelFactory):
    """A submission in recording: FS3, with only the agency's name in round 1."""

    class Meta:
        model = Submission
        skip_postgeneration_save = True

    year = factory.LazyFunction(lambda: timezone.localdate().year)
    number = factory.LazyAttribute(lambda submission: _next(Submission.objects.filter(year=submission.year)))
    instrument_code = "FS3"
    applicant = factory.SubFactory(ApplicantFactory)
    officer = factory.SubFactory(UserFactory)

    @factory.post_generation
    def answers(submission, create: bool, extracted: dict[str, Any] | None, **kwargs) -> None:  # noqa: N805 - factory_boy's
        """Create round 1 with the agency's name and the answers of `SubmissionFactory(answers={...})`."""
        first = {submission.instrument.agency_item: submission.applicant.agency.name}
        Round.objects.create(submission=submission, number=1, answers=first | (extracted or {}))


def _next(rows) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def paper(name: str = "surat-pengantar.pdf", words: str = "Surat pengantar contoh") -> SimpleUploadedFile:
    """Return an uploaded file: a small PDF with the text `words`."""
    return SimpleUploadedFile(name, paper_pdf(words), content_type="application/pdf")


def whole_fs3(today: date) -> dict[str, Any]:
    """Return all answers of a complete FS3 whose dates are later than `today`. The caller gets a copy."""
    return copy.deepcopy(_whole_fs3(today))


@cache
def _whole_fs3(today: date) -> dict[str, Any]:
    return ahead_of(today, read_form(FS3))["values"]


def ready_submission(by: User, *, applicant: Applicant | None = None) -> Submission:
    """Return a submission with all answers and files, ready for "terekam lengkap"."""
    submission = open_submission(
        applicant=applicant or ApplicantFactory(), instrument_code="FS3", form_token=uuid.uuid4(), visit=None, by=by
    )
    save_answers(submission, whole_fs3(timezone.localdate()), by=by)
    write_cover_letter(
        submission, number="400/001/CONTOH", written_on=date(2026, 11, 16), signatory="Kepala Dinas Contoh", by=by
    )
    for kind in submission.instrument.attachments:
        if kind.required:
            attach(
                submission,
                kind=kind.id,
                file=paper(f"{kind.id}.pdf", kind.label),
                content_type="application/pdf",
                by=by,
            )
    return _again(submission)


def recorded_submission(by: User, *, applicant: Applicant | None = None) -> Submission:
    """Return a submission that is "terekam lengkap": its round is frozen, its promise runs."""
    submission = ready_submission(by, applicant=applicant)
    record_complete(submission, by=by)
    return _again(submission)


def returned_submission(by: User, *, applicant: Applicant | None = None) -> Submission:
    """Return a submission returned with a correction and advice. Its slip is not yet drawn, mailed or handed over."""
    submission = recorded_submission(by, applicant=applicant)
    for item, kind, text in (
        ("tujuan_survei", "correction", "Mohon indikator yang dihasilkan disebut."),
        ("manajer_telepon", "advice", "Mohon nomor telepon dikonfirmasi."),
    ):
        write_remark(submission, item_id=item, kind=kind, text=text, by=by)
    return_to_applicant(submission, by=by)
    return _again(submission)


def verified_submission(by: User, *, applicant: Applicant | None = None) -> Submission:
    """Return a verified submission, which waits for the Kepala. Similar activities are decided as no duplicates."""
    submission = recorded_submission(by, applicant=applicant)
    confirm_no_duplicate(submission, by=by)
    verify(submission, by=by)
    return _again(submission)


def issued_submission(by_petugas: User, by_kepala: User, *, applicant: Applicant | None = None) -> Submission:
    """Return a submission with an issued letter without PDF. `by_kepala` must head the office (fixture `kepala`)."""
    submission = verified_submission(by_petugas, applicant=applicant)
    issue(submission, by=by_kepala)
    return _again(submission)


def issue(submission: Submission, *, by: User) -> Letter:
    """Issue the letter with the numbers that the desk suggests."""
    office, today = Office.objects.current(), timezone.localdate()
    number, identity = suggested_number(office, today), suggested_identity(submission, office, today)
    return issue_letter(submission, number=number, identity_number=identity, by=by)


def sign(letter: Letter, *, by: User) -> Letter:
    """Sign a drawn letter with wet ink: take in a scan of it, and let it count. Its mail is owed."""
    scan = take_scan(letter, file=paper("pindaian.pdf", f"Pindaian surat {letter.number}"), by=by)
    return accept_scan(with_pages(scan), by=by)


def with_pages(scan: SignedCopy) -> SignedCopy:
    """Note that the one page of the scan was drawn, without a picture of it."""
    scan.pages = 1
    scan.save(update_fields=["pages"])
    return scan


def signed_submission(by_petugas: User, by_kepala: User, *, applicant: Applicant | None = None) -> Submission:
    """Return a submission with a signed letter, whose mail is owed."""
    submission = issued_submission(by_petugas, by_kepala, applicant=applicant)
    draw(submission.letter.pk)
    sign(Letter.objects.get(submission=submission), by=by_petugas)
    return _again(submission)


def mailed_code(applicant: Applicant, *, by: User) -> tuple[str, str]:
    """Send a code to the applicant's e-mail. Return its six digits and the token of its link, as in the mail."""
    body = send_code(applicant, by=by).mail.body
    return re.search(r"\b[0-9]{6}\b", body)[0], re.search(r"/e-mail/([\w-]+)/", body)[1]


def healthy_office() -> None:
    """Let every part be seen now, enter the decrees, review the standard, give the office an address."""
    now = timezone.now()
    for part in set(Pulse.Part) - {Pulse.Part.BROKER}:
        Pulse.objects.update_or_create(pk=part, defaults={"seen_at": now})
    for year in (now.year, now.year + 1):
        CalendarYear.objects.update_or_create(year=year, defaults={"is_decreed": True})
    ServiceStandard.objects.update_or_create(pk=1, defaults={"reviewed_on": timezone.localdate()})
    Office.objects.update(email="pst@kota-contoh.go.id")


def _again(submission: Submission) -> Submission:
    """Return the submission as stored now."""
    return Submission.objects.get(pk=submission.pk)


def new_complaint(**facts: Any) -> Complaint:
    """Return a complaint as its reporter sends it on the public page: anonymous, unless `reporter` says more."""
    usual = {"text": "Antrian panjang.", "channel": Complaint.Channel.PAGE, "reporter": Reporter(), "by": None}
    return receive(**usual | facts)


def assigned_complaint(officer: User, *, by: User, **facts: Any) -> Complaint:
    """Return a complaint that the Kepala gave to the officer, as a simple one."""
    simple = ComplaintTerm.objects.get(code="sederhana")
    complaint = new_complaint(**facts)
    return assign_complaint(complaint, assigned_to=officer, about=complaint.about, term=simple, by=by)


def due_again() -> None:
    """Let the next try of every mail be due now."""
    Mail.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


def set_clock_back() -> None:
    """Let the office have seen tomorrow already."""
    seen_at = timezone.now() + timedelta(days=1)
    ClockMark.objects.update_or_create(pk=ClockMark.ONLY, defaults={"seen_at": seen_at})
