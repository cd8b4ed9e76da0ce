"""Open the follow-up plan of a frozen report, write it, finish its measures with a proof, and open one again."""

from contextlib import AbstractContextManager
from datetime import date, datetime

from django.core.files import File
from django.db import transaction

from office import clock
from office.formats import long_date, short_date
from office.models import Office, User
from office.refusals import Refused
from ratings.follow_up_models import FollowUp, FollowUpEvent, FollowUpFile
from ratings.follow_up_notices import may_be_responsible, tell_responsible
from ratings.report_models import FrozenReport
from recommendations.attachments.actions.storing import kept, sha256_of, storing

_Kind = FollowUpEvent.Kind


class FollowUpMovedOn(Refused):
    """Raised when the plan is not any more as the page showed it."""

    def __init__(self) -> None:
        super().__init__(
            "Rencana ini berubah sejak halaman dibuka. Bandingkan isian Anda dengan yang sekarang, lalu simpan lagi."
        )


class FollowUpFinished(Refused):
    """Raised when a finished measure would be written or finished again."""

    def __init__(self, follow_up: FollowUp):
        day = long_date(follow_up.done_on or follow_up.ends)
        super().__init__(f"Tindak lanjut ini sudah selesai pada {day}. Buka lagi bila buktinya keliru.")


class FollowUpUnfinished(Refused):
    """Raised when a measure would be opened again that is not finished."""

    def __init__(self) -> None:
        super().__init__("Tindak lanjut ini belum selesai, jadi tidak perlu dibuka lagi.")


class FollowUpRunsElsewhere(Refused):
    """Raised when a measure would be opened again while a later one of the same unsur is unfinished."""

    def __init__(self, other: FollowUp):
        super().__init__(
            f"Tindak lanjut unsur {other.get_aspect_display()} sudah berjalan untuk {other.period_words}. "
            "Tulis perbaikannya di sana."
        )


class PlanNotWritten(Refused):
    """Raised when a measure would be finished before anyone wrote what it is."""

    def __init__(self) -> None:
        super().__init__("Tulis rencananya dahulu, baru tandai selesai.")


class CannotOpenMeasure(Refused):
    """Raised when a person would become responsible who cannot open the page of the measure."""

    def __init__(self, user: User):
        super().__init__(f"{user} tidak dapat membuka rencana ini. Pilih pegawai dari daftar.")


class ProofMissing(Refused):
    """Raised when a measure would be finished without a text or a file that proves it."""

    def __init__(self) -> None:
        super().__init__("Tulis buktinya, atau pilih berkas bukti.")


class FinishedByOthers(Refused):
    """Raised when a person would finish a measure who neither writes the plan nor is responsible for the measure."""

    def __init__(self) -> None:
        super().__init__("Hanya penanggung jawab atau yang menulis rencana dapat menandai selesai.")


class WrongDayOfFinish(Refused):
    """Raised when the day of the finish is in the future, or before the last day of the period."""


@transaction.atomic
def open_follow_ups(frozen: FrozenReport, *, by: User) -> list[FollowUp]:
    """Open a row for each of the three lowest unsur of a frozen report. Return the plan of its period.

    A row that is there already stays, so it is safe to repeat. An unsur whose measure for another period is unfinished
    gets a row that carries that one on. Equal unsur are in the order of the report. Raise ClockWentBack.
    """
    Office.objects.locked()  # the plan of one report at a time
    plan, at = FollowUp.objects.filter(period=frozen.period).order_by("pk"), clock.now()
    there = set(plan.values_list("aspect", flat=True))
    for aspect in frozen.figures["lowest"]:
        if aspect not in there:
            _open_one(frozen.period, aspect, at, by)
    return list(plan.all())


def _open_one(period: str, aspect: str, at: datetime, by: User) -> None:
    running = FollowUp.objects.unfinished().filter(aspect=aspect).first()
    opened = FollowUp.objects.create(period=period, aspect=aspect, carried_from=running)
    if running:
        _note(running, _Kind.CARRY, at=at, by=by, note=opened.period_words)
    else:
        _note(opened, _Kind.OPEN, at=at, by=by, note=opened.period_words)


@transaction.atomic
def write_follow_up(
    follow_up: FollowUp, *, action: str, responsible: User, due_on: date, shown: str, by: User
) -> FollowUp:
    """Write what is done, who does it, and until when. `shown` is the `mark` of the row as the page showed it.

    A new responsible person gets a mail. Return the row. Raise FollowUpMovedOn, FollowUpFinished, CannotOpenMeasure,
    PlanInThePast for a new date that is over, ClockWentBack.
    """
    follow_up, at = _unfinished(follow_up, shown), clock.now()
    if due_on != follow_up.due_on:
        clock.no_plan_for_the_past(due_on)
    if not may_be_responsible().filter(pk=responsible.pk).exists():
        raise CannotOpenMeasure(responsible)
    is_new = follow_up.responsible_id != responsible.pk
    follow_up.action, follow_up.responsible, follow_up.due_on, follow_up.written_by = action, responsible, due_on, by
    follow_up.save()
    note = f"{action}\n{responsible}, paling lambat {short_date(due_on)}"
    event = _note(follow_up, _Kind.WRITE, at=at, by=by, note=note)
    if is_new and responsible != by:
        tell_responsible(follow_up, key=str(event.pk))
    return follow_up


def finish_follow_up(
    follow_up: FollowUp,
    *,
    proof: str,
    done_on: date,
    file: "File[bytes] | None" = None,
    content_type: str = "",
    shown: str,
    by: User,
) -> FollowUp:
    """Finish a written measure with its proof: a text, a checked file, or both. Return the row.

    `done_on` is from the last day of the period until today. Raise FollowUpMovedOn, FollowUpFinished, FinishedByOthers,
    PlanNotWritten, ProofMissing, WrongDayOfFinish, NotStored when the file cannot be stored, ClockWentBack.
    """
    opened: AbstractContextManager[str | None] = storing(file) if file else transaction.atomic()
    with opened as path:
        Office.objects.locked()  # no row opens meanwhile that carries this measure on
        follow_up, at = _unfinished(follow_up, shown), clock.now()
        if not follow_up.may_be_finished_by(by):
            raise FinishedByOthers
        _must_be_provable(follow_up, proof, file)
        _must_be_day_of_finish(follow_up, done_on)
        given = _kept_proof(file, path, content_type, at) if file and path else None
        follow_up.proof, follow_up.proof_file, follow_up.done_on = proof, given, done_on
        follow_up.save()
        _note(follow_up, _Kind.FINISH, at=at, by=by, note=f"{short_date(done_on)}. {proof}".strip(), file=given)
        return follow_up


def _must_be_provable(follow_up: FollowUp, proof: str, file: "File[bytes] | None") -> None:
    if not follow_up.is_written:
        raise PlanNotWritten
    if not (proof or file):
        raise ProofMissing


def _must_be_day_of_finish(follow_up: FollowUp, day: date) -> None:
    if day > clock.today():
        raise WrongDayOfFinish(f"Tanggal {short_date(day)} belum tiba. Tulis hari ini atau sebelumnya.")
    if day < follow_up.ends:
        raise WrongDayOfFinish(
            f"{follow_up.period_words} baru berakhir {long_date(follow_up.ends)}. Tindak lanjutnya selesai sesudah itu."
        )


def _kept_proof(file: "File[bytes]", path: str, content_type: str, at: datetime) -> FollowUpFile:
    facts = {"content_type": content_type, "sha256": sha256_of(file), "uploaded_at": at}
    return FollowUpFile.objects.create(**facts, **kept(file, path))


@transaction.atomic
def reopen_follow_up(follow_up: FollowUp, *, reason: str, shown: str, by: User) -> FollowUp:
    """Open a finished measure again, because its proof was wrong. The proof stays in the history. Return the row.

    Raise FollowUpMovedOn, FollowUpUnfinished, FollowUpRunsElsewhere, ClockWentBack.
    """
    Office.objects.locked()  # no plan of the same unsur opens meanwhile
    follow_up, at = _unchanged(follow_up, shown), clock.now()
    if not follow_up.is_done:
        raise FollowUpUnfinished
    if running := FollowUp.objects.unfinished().filter(aspect=follow_up.aspect).first():
        raise FollowUpRunsElsewhere(running)
    follow_up.done_on, follow_up.proof, follow_up.proof_file = None, "", None
    follow_up.save()
    _note(follow_up, _Kind.REOPEN, at=at, by=by, note=reason)
    return follow_up


def _unfinished(follow_up: FollowUp, shown: str) -> FollowUp:
    locked = _unchanged(follow_up, shown)
    if locked.is_done:
        raise FollowUpFinished(locked)
    return locked


def _unchanged(follow_up: FollowUp, shown: str) -> FollowUp:
    """Lock the row that has the plan until the transaction ends, and return it. Raise FollowUpMovedOn."""
    locked = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.measure.pk)
    if locked.mark != shown:
        raise FollowUpMovedOn
    return locked


def _note(
    follow_up: FollowUp, kind: _Kind, *, at: datetime, by: User, note: str = "", file: FollowUpFile | None = None
) -> FollowUpEvent:
    return FollowUpEvent.objects.create(follow_up=follow_up, kind=kind, at=at, by=by, note=note, file=file)
