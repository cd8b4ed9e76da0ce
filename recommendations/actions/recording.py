"""Recording a submission: opened from a visit, answers saved as typed, declared complete."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from guestbook.models import Visit
from office.formats import long_date
from office.models import CalendarYear, DayOff, Office, User
from recommendations.actions.conflicts import NO_PAGE, ChangedMeanwhile, Page, conflicts_with, is_late, note_of
from recommendations.actions.deciding import NO_REASONS, decide
from recommendations.actions.examination import answer_open_remarks
from recommendations.actions.locks import must_be_open
from recommendations.actions.recorders import note_recorder
from recommendations.archive.activity_index import keep_submission
from recommendations.instruments.completeness import findings, missing_attachments
from recommendations.instruments.findings import Finding
from recommendations.instruments.texts import tidy_paragraphs
from recommendations.instruments.values import BadAnswer, clean
from recommendations.models import Applicant, Round, Submission
from recommendations.moves import being_recorded, locked, move, tell
from recommendations.promise.deadlines import Promise, promise
from recommendations.promise.telling import tell_by_reply
from recommendations.workflow import Move

LONGEST_KEPT = 20_000
"""Signs of a text that is too long to be an answer, kept so that the officer can shorten it."""


class NotComplete(Exception):
    """Something required is missing; `findings` say what. The text is fit for the screen."""

    def __init__(self, found: list):
        self.findings = found
        super().__init__(f"Belum lengkap: masih {len(found)} isian atau berkas yang harus dilengkapi.")


def open_submission(
    *, applicant: Applicant, instrument_code: str, form_token: UUID, visit: Visit | None, by: User
) -> Submission:
    """Open a submission for `applicant`; the same `form_token` always gives the same one."""
    try:
        with transaction.atomic():
            return _open(applicant, instrument_code, form_token, visit, by)
    except IntegrityError:
        return Submission.objects.get(form_token=form_token)


def _open(applicant: Applicant, instrument_code: str, form_token: UUID, visit: Visit | None, by: User) -> Submission:
    opened = Submission.objects.filter(form_token=form_token).first()
    if opened:
        return opened
    Office.objects.select_for_update().get_or_create(pk=Office.ONLY)  # register numbers are given one after the other
    year = timezone.localdate().year
    last = Submission.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    submission = Submission.objects.create(
        number=last + 1,
        year=year,
        form_token=form_token,
        instrument_code=instrument_code,
        applicant=applicant,
        visit=visit,
        officer=by,
    )
    Round.objects.create(submission=submission, number=1, answers=_first_answers(submission))
    tell(submission, Move.OPEN, by=by, note=f"{instrument_code} atas nama akun {applicant.account}")
    return submission


def _first_answers(submission: Submission) -> dict[str, Any]:
    """What the desk knows already, so that the officer does not type it again."""
    return {submission.instrument.agency_item: submission.applicant.agency.name}


@transaction.atomic
def save_answers(
    submission: Submission,
    typed: Mapping[str, Any],
    *,
    shown: Mapping[str, str] | None = None,
    page: Page = NO_PAGE,
    by: User,
) -> Round:
    """Save what was typed, item by item, into the open round. What is no possible answer is kept as typed: nothing is
    lost, and `findings` tells. `shown` holds the fingerprints of the answers that the typing officer saw: an item whose
    stored answer is another by now is refused, and nothing is saved; an item that is not in `shown` is overwritten.

    Raises UnknownItem, MoveNotAllowed (the submission is not being recorded), ItemLocked, ChangedMeanwhile.
    """
    submission = being_recorded(submission)
    current = submission.rounds.select_for_update().get(recorded_at=None)
    current.submission = submission
    kept = {item_id: _kept(submission, item_id, raw) for item_id, raw in typed.items()}
    must_be_open(current, kept)
    found = conflicts_with(current, kept, shown=shown or {}, page=page, by=by)
    if found:
        raise ChangedMeanwhile(found)
    _keep(current, {item_id: value for item_id, value in kept.items() if not is_late(current, item_id, page)}, page, by)
    return current


def _keep(current: Round, kept: Mapping[str, Any], page: Page, by: User) -> None:
    current.answers |= kept
    current.typed_by |= {item_id: note_of(by, page) for item_id in kept}
    current.saved_at = timezone.now()
    current.save(update_fields=["answers", "typed_by", "saved_at"])
    note_recorder(current, by=by)
    title = current.title[:500]
    if current.submission.title != title:
        current.submission.title = title
        current.submission.save(update_fields=["title"])
    if kept.keys() & {current.submission.instrument.title_item, current.submission.instrument.variables_item}:
        keep_submission(current)


def _kept(submission: Submission, item_id: str, raw: Any) -> Any:
    item = submission.instrument.item(item_id)
    try:
        return clean(item, raw)
    except BadAnswer:
        return _storable(raw)


def _storable(raw: Any) -> Any:
    """What was typed without the signs that no database keeps (NUL, lone surrogates)."""
    if isinstance(raw, str):
        return tidy_paragraphs(raw)[:LONGEST_KEPT]
    if isinstance(raw, Mapping):
        return {str(key): _storable(value) for key, value in raw.items()}
    if isinstance(raw, list | tuple):
        return [_storable(value) for value in raw]
    return raw if isinstance(raw, int | float | bool | None) else tidy_paragraphs(str(raw))


@transaction.atomic
def write_cover_letter(
    submission: Submission, *, number: str, written_on: date, signatory: str, by: User
) -> Submission:
    """Note the surat pengantar: its number, date and who signed. Raises MoveNotAllowed."""
    submission = being_recorded(submission)
    submission.cover_number, submission.cover_date, submission.cover_signatory = number, written_on, signatory
    submission.save(update_fields=["cover_number", "cover_date", "cover_signatory"])
    return submission


def what_is_missing(submission: Submission, current: Round) -> list:
    """Every finding that keeps `current` from being "terekam lengkap": answers, files, the surat pengantar's facts."""
    kinds = submission.attachments.values_list("kind", flat=True)
    found = findings(submission.instrument, current.answers) + missing_attachments(submission.instrument, set(kinds))
    return found + _cover_findings(submission)


def _cover_findings(submission: Submission) -> list:
    facts = {
        "cover_number": (submission.cover_number, "Nomor surat pengantar belum diisi."),
        "cover_date": (submission.cover_date, "Tanggal surat pengantar belum diisi."),
        "cover_signatory": (submission.cover_signatory, "Penanda tangan surat pengantar belum diisi."),
    }
    return [Finding("required", name, "error", words) for name, (value, words) in facts.items() if not value]


@transaction.atomic
def record_complete(submission: Submission, *, reasons: Mapping[Finding, str] = NO_REASONS, by: User) -> Round:
    """Declare the form "terekam lengkap": the round is frozen and the promise of the service standard begins.

    `reasons`: why it is recorded in spite of each finding that is wrong; kept with the round. A finding whose words
    have changed since is not decided. Raises NotComplete, FindingsUndecided, MoveNotAllowed.
    """
    submission = being_recorded(submission)
    current = submission.rounds.select_for_update().get(recorded_at=None)
    found = what_is_missing(submission, current)
    if found:
        raise NotComplete(found)
    decided = decide(current, reasons, by=by)
    now = timezone.now()
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
    """The promise for a form recorded complete on `start`, by the office's own calendar; `days` else as it promises."""
    return promise(
        start,
        days=days or Office.objects.current().promise_days,
        days_off=DayOff.objects.names(),
        decreed_years=set(CalendarYear.objects.filter(is_decreed=True).values_list("year", flat=True)),
    )


@transaction.atomic
def cancel(submission: Submission, *, reason: str, by: User) -> Submission:
    """End a submission without a letter, with the reason. Raises MoveNotAllowed."""
    submission = locked(submission)
    submission.due_on = None
    submission.rounds.promised().update(stopped_at=timezone.now())
    return move(submission, Move.CANCEL, by=by, note=reason)
