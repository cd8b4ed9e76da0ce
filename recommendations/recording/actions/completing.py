"""Declare a form "terekam lengkap": freeze the round and begin its promise."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from office import clock
from office.formats import long_date
from office.models import CalendarYear, DayOff, Office, User
from office.refusals import Refused
from recommendations.instruments.completeness import findings, missing_attachments
from recommendations.instruments.findings import Finding
from recommendations.models import Remark, Round, Submission
from recommendations.moves import being_recorded, move
from recommendations.promise.deadlines import Promise, promise
from recommendations.promise.telling import tell_by_reply
from recommendations.recording.actions.deciding import NO_REASONS, decide
from recommendations.workflow import Move


class NotComplete(Refused):
    """Raised when a required answer, file or fact is missing, or an answer is unreadable; see `findings`."""

    def __init__(self, found: list[Finding]):
        self.findings = found
        super().__init__(f"Belum lengkap: masih {len(found)} isian atau berkas yang harus dilengkapi.")


def what_is_missing(submission: Submission, current: Round) -> list[Finding]:
    """Return every finding that keeps `current` from being "terekam lengkap".

    These are missing and unreadable answers, missing files, and missing facts of the surat pengantar.
    """
    kinds = submission.attachments.values_list("kind", flat=True)
    found = findings(submission.instrument, current.answers) + missing_attachments(submission.instrument, set(kinds))
    return found + _cover_findings(submission)


def _cover_findings(submission: Submission) -> list[Finding]:
    facts = {
        "cover_number": (submission.cover_number, "Nomor surat pengantar belum diisi."),
        "cover_date": (submission.cover_date, "Tanggal surat pengantar belum diisi."),
        "cover_signatory": (submission.cover_signatory, "Penanda tangan surat pengantar belum diisi."),
    }
    return [Finding("required", name, "error", words) for name, (value, words) in facts.items() if not value]


@transaction.atomic
def record_complete(submission: Submission, *, reasons: Mapping[Finding, str] = NO_REASONS, by: User) -> Round:
    """Declare the form "terekam lengkap": freeze the round and begin the promise. Return the round.

    `reasons` says for each finding with an error why the form is recorded with it; it is saved with the round. A reason
    does not count when the message of its finding has changed. Raise NotComplete, FindingsUndecided, MoveNotAllowed,
    ClockWentBack.
    """
    submission = being_recorded(submission)
    current = submission.rounds.select_for_update().get(recorded_at=None)
    found = what_is_missing(submission, current)
    if found:
        raise NotComplete(found)
    decided = decide(current, reasons, by=by)
    now = clock.now()
    tell_by_reply(submission, at=now, by=by, note="perbaikan terekam lengkap")
    made = promise_from(timezone.localdate(now))
    current.recorded_at, current.recorded_by = now, by
    current.starts_on, current.promise_days = made.start, made.days
    current.due_on, current.due_is_provisional = made.due_on, made.is_provisional
    current.save()
    submission.due_on = made.due_on
    answer_open_remarks(submission, before=current)
    account = submission.applicant.account
    note = f"putaran {current.number}, atas nama akun {account}; jatuh tempo {long_date(made.due_on)}"
    if decided:
        note += f"; direkam dengan alasan atas {decided} temuan"
    move(submission, Move.RECORD, by=by, note=note)
    return current


def promise_from(start: date, *, days: int | None = None) -> Promise:
    """Return the promise for a form recorded complete on `start`, by the office's calendar.

    Without `days` it has as many working days as the office promises.
    """
    return promise(
        start,
        days=days or Office.objects.current().promise_days,
        days_off=DayOff.objects.names(),
        decreed_years=set(CalendarYear.objects.filter(is_decreed=True).values_list("year", flat=True)),
    )


def answer_open_remarks(submission: Submission, *, before: Round) -> None:
    """Mark the open remarks of earlier rounds as answered: the corrected form is the answer to them.

    Call with the submission locked.
    """
    earlier = Remark.objects.filter(round__submission=submission, round__number__lt=before.number)
    now = Case(When(answered_at=None, then=Value(timezone.now())), default=F("answered_at"))
    earlier.filter(state=Remark.State.OPEN).update(state=Remark.State.ANSWERED, answered_at=now)
