"""November 2026 in a small office, made by the real actions on a fixed clock. Every time is WITA."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from office.models import CalendarYear, User
from pst_desk.examples import paper_pdf
from recommendations.archive.actions.duplicates import confirm_no_duplicate
from recommendations.examination.actions.examining import return_to_applicant, verify, write_remark
from recommendations.letter.actions.issuing import send_back
from recommendations.letter.actions.sending import hand_over
from recommendations.models import Letter, Slip, Submission
from recommendations.promise.actions.moving import move_due_date
from recommendations.recording.actions.completing import record_complete
from recommendations.slip.actions import hand_over_slip
from recommendations.submissions.actions.opening import cancel, open_submission
from tests import factories

WITA = ZoneInfo("Asia/Makassar")


@pytest.fixture
def dewi(petugas: User) -> User:
    """Return a second officer."""
    user = factories.UserFactory(username="dewi", name="Dewi Contoh")
    user.groups.add(Group.objects.get(name="petugas"))
    return user


@pytest.fixture
def at(time_machine) -> Callable[[str], None]:
    """Return `at`: `at("11-16 16:00")` sets the clock to that moment of 2026 in WITA and stops it."""

    def go(moment: str) -> None:
        time_machine.move_to(datetime.fromisoformat(f"2026-{moment}").replace(tzinfo=WITA), tick=False)

    return go


@pytest.fixture
def agencies(office) -> SimpleNamespace:
    names = {"health": "Dinas Kesehatan Contoh", "social": "Dinas Sosial Contoh", "traffic": "Dinas Perhubungan Contoh"}
    return SimpleNamespace(
        **{
            key: factories.ApplicantFactory(agency=factories.AgencyFactory(name=name), email=f"{key}@contoh.example")
            for key, name in names.items()
        }
    )


def recorded(by: User, applicant) -> Submission:
    return factories.recorded_submission(by, applicant=applicant)


def verified(submission: Submission, by: User) -> None:
    confirm_no_duplicate(submission, by=by)
    verify(submission, by=by)


def issued(submission: Submission, kepala: User) -> None:
    """Issue the letter, with a small PDF instead of the drawn one."""
    letter = factories.issue(submission, by=kepala)
    letter.pdf.save(f"{letter.token}.pdf", ContentFile(paper_pdf("surat")), save=False)
    letter.sha256, letter.drawn_at = "0" * 64, timezone.now()
    letter.save()


def handed(submission: Submission, by: User, *, again: bool = False) -> None:
    """Sign the letter unless it is signed, and hand it over."""
    for letter in Letter.objects.awaiting_signature().filter(submission=submission):
        factories.sign(letter, by=by)
    given = Submission.objects.get(pk=submission.pk)
    hand_over(given, to="Sari Contoh", form_token=uuid.uuid4(), again=again, by=by)


def returned(submission: Submission, by: User) -> None:
    """Return the form with one correction, and hand the slip over, with a small PDF instead of the drawn one."""
    write_remark(submission, item_id="tujuan_survei", kind="correction", text="Mohon dilengkapi.", by=by)
    return_to_applicant(submission, by=by)
    slip = Slip.objects.filter(round__submission=submission).latest("pk")
    slip.pdf.save("catatan.pdf", ContentFile(paper_pdf("catatan")), save=False)
    slip.sha256, slip.drawn_at = "0" * 64, timezone.now()
    slip.save()
    hand_over_slip(slip, to="Sari Contoh", by=by)


@pytest.fixture
def november(at, agencies, petugas, dewi, kepala) -> SimpleNamespace:
    """Make eleven submissions; comments say what happens to each. From 28/9 to 23/12/2026 no weekday is off."""
    rina = petugas
    made = SimpleNamespace()

    at("10-05 09:00")  # day 1 is Tuesday 6/10, day 30 is Monday 16/11
    made.on_the_day, made.a_day_late = recorded(rina, agencies.health), recorded(rina, agencies.health)
    at("11-12 09:00")
    verified(made.on_the_day, rina)
    verified(made.a_day_late, rina)
    at("11-12 15:00")
    send_back(made.a_day_late, reason="Mohon dibaca lagi.", by=kepala)
    at("11-13 09:00")
    verify(made.a_day_late, by=rina)  # verified twice: counts once
    issued(made.on_the_day, kepala)
    issued(made.a_day_late, kepala)
    at("11-16 16:00")
    handed(made.on_the_day, rina)  # day 30
    at("11-17 09:00")
    handed(made.a_day_late, rina)  # day 31
    at("11-19 09:00")
    handed(made.a_day_late, rina, again=True)  # again on paper: changes no figure

    at("10-06 09:00")  # due on Tuesday 17/11
    made.past_midnight = recorded(rina, agencies.social)
    at("11-16 09:00")
    verified(made.past_midnight, rina)
    issued(made.past_midnight, kepala)
    at("11-18 00:30")  # in UTC still the 17th, in WITA day 31
    handed(made.past_midnight, rina)

    at("10-12 09:00")
    made.returned_twice = recorded(dewi, agencies.social)
    at("11-01 07:00")  # in UTC still October; a Sunday, day 14
    returned(made.returned_twice, dewi)
    at("11-02 09:00")
    record_complete(made.returned_twice, by=dewi)
    at("11-06 09:00")  # day 4
    returned(made.returned_twice, dewi)
    at("11-09 09:00")
    record_complete(made.returned_twice, by=dewi)
    at("11-11 09:00")
    verified(made.returned_twice, dewi)
    at("11-12 09:00")
    issued(made.returned_twice, kepala)
    at("11-13 09:00")  # day 4
    handed(made.returned_twice, dewi)

    at("11-02 09:00")
    made.cancelled = recorded(dewi, agencies.traffic)
    at("11-10 09:00")
    cancel(made.cancelled, reason="Ditarik pemohon.", by=dewi)

    at("09-28 09:00")  # due on Monday 9/11, result never told
    made.forgotten = recorded(rina, agencies.traffic)

    at("10-01 09:00")  # due on Thursday 12/11, moved to Thursday 19/11
    made.moved = recorded(dewi, agencies.traffic)
    at("11-11 09:00")
    move_due_date(made.moved.rounds.get(), due_on=date(2026, 11, 19), reason="Menunggu walidata.", by=kepala)
    at("11-18 09:00")  # day 34
    returned(made.moved, dewi)

    CalendarYear.objects.filter(year=2027).update(is_decreed=False)
    at("11-23 09:00")  # due in January 2027, whose cuti bersama is not decreed
    made.provisional = recorded(dewi, agencies.health)
    at("11-27 09:00")  # day 4
    returned(made.provisional, dewi)

    at("11-25 09:00")
    made.told_in_december = factories.ready_submission(rina, applicant=agencies.social)
    at("11-30 09:00")
    record_complete(made.told_in_december, by=rina)
    verified(made.told_in_december, rina)
    issued(made.told_in_december, kepala)
    at("12-01 09:00")  # day 1
    handed(made.told_in_december, rina)

    at("11-02 09:00")
    made.returned_after_midnight = recorded(rina, agencies.health)
    at("12-01 00:30")  # in UTC still November; day 21
    returned(made.returned_after_midnight, rina)

    at("11-30 23:50")
    made.opened = open_submission(
        applicant=agencies.traffic, instrument_code="FP-KPA", form_token=uuid.uuid4(), visit=None, by=rina
    )
    at("12-15 09:00")
    return made
