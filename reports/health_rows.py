"""What the rows say about the health of the desk: who was seen when, what is owed, the calendar, the sender."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from office import clock
from office.calendar import add_months
from office.decrees import missing_decree
from office.formats import plain_date
from office.models import Mail, Office, Pulse, ServiceStandard
from office.public_address import address_problem, is_this_machine
from office.pulses import COMMANDS_TAKE, SILENT_AFTER
from office.refusals import Refused
from office.sender import placeholder_sender
from office.tasks import send_mail
from recommendations.models import Attachment, DueChange, Letter, Opinion, SignedCopy, Slip
from recommendations.models.notices import NOTICE_TRIES
from recommendations.owed_work import owed_kinds
from reports.health_words import Check, Health

OWED_AT_MOST = timedelta(minutes=20)
"""Owed work is asked for every minute. A large backlog is done before this."""
REFUSALS_COUNT_FOR = timedelta(minutes=15)
UNDECIDED_FOR = timedelta(days=7)
"""Older mails that did not arrive, and older files whose pages cannot be drawn, are no news any more."""
TRIED_OFTEN = 3
"""Tries of one mail. After these the fault is with the mail server or the desk, and lasts."""
REVIEW_MONTHS = 11
"""The reminder comes a month before the service standard's yearly review is due."""
BACKUP_LATE, BACKUP_MISSING = timedelta(hours=30), timedelta(days=3)


def row_checks(now: datetime) -> Iterator[Check]:
    """Yield how well each part is by its rows. The database, the broker and the disk are asked by probes.py."""
    pulses = Pulse.objects.in_bulk()
    yield check_seen(pulses.get(Pulse.Part.WORKER), "worker", now)
    yield check_seen(pulses.get(Pulse.Part.CLOCK), "clock", now)
    yield check_commands(pulses, now)
    yield check_time(now)
    yield check_mails(now)
    yield check_papers(now)
    yield check_calendar(now)
    yield check_sender()
    yield check_address()
    yield check_second_factor()
    yield check_standard(now)
    yield check_backup(pulses.get(Pulse.Part.BACKUP), now)


def check_refusals(now: datetime) -> Check:
    """Return whether the broker, which answers now, has refused tasks lately."""
    pulse = Pulse.objects.filter(pk=Pulse.Part.BROKER, last_failure_at__gt=now - REFUSALS_COUNT_FOR).first()
    if pulse is None:
        return Check("broker", Health.GOOD, "Menjawab.")
    words = "Menjawab lagi, tetapi baru saja menolak tugas."
    return Check("broker", Health.WARNING, words, pulse.last_failure_at)


def check_seen(pulse: Pulse | None, name: str, now: datetime) -> Check:
    """Return whether worker or clock was seen lately."""
    seen_at = pulse.seen_at if pulse else None
    if seen_at is None:
        return Check(name, Health.BAD, "Belum pernah terlihat.")
    if seen_at < now - SILENT_AFTER:
        return Check(name, Health.BAD, "Diam. Terakhir terlihat:", seen_at)
    return Check(name, Health.GOOD, "Berjalan.", seen_at)


def check_commands(pulses: Mapping[str, Pulse], now: datetime) -> Check:
    """Return whether each command of the clock has done its work in time, and did not fail when it ran last."""
    runs = [(part, pulses.get(part) or Pulse(name=part)) for part in COMMANDS_TAKE]
    late = [(part, run.seen_at) for part, run in runs if not run.seen_at or run.seen_at < now - COMMANDS_TAKE[part]]
    if late:
        return Check("commands", Health.BAD, f"Belum berhasil: {_names(late)}.", late[0][1])
    failed = [(part, run.last_failure_at) for part, run in runs if run.has_failed_last]
    if failed:
        return Check("commands", Health.WARNING, f"Terakhir gagal: {_names(failed)}.", failed[0][1])
    return Check("commands", Health.GOOD, "Berjalan.")


def _names(parts: list[tuple[Pulse.Part, datetime | None]]) -> str:
    return ", ".join(part.label for part, _ in parts)


def check_time(now: datetime) -> Check:
    """Return whether the computer's clock can be right."""
    try:
        clock.must_be_supported(now)
    except Refused as refusal:
        return Check("time", Health.BAD, str(refusal))
    return Check("time", Health.GOOD, "Berjalan wajar.")


def check_mails(now: datetime) -> Check:
    """Return whether a mail has not been tried in time, mails do not go out, or one waits for a person."""
    overdue = Mail.objects.owed(now).filter(next_try_at__lte=now - OWED_AT_MOST).order_by("next_try_at").first()
    if overdue:
        return Check("mails", Health.BAD, "Ada yang belum dicoba dikirim.", overdue.next_try_at)
    if unwritten := _unwritten(now):
        return unwritten
    undecided = Mail.objects.filter(wanted_at__gt=now - UNDECIDED_FOR, decided_at=None)
    held_up = _held_up_since(undecided)
    if held_up:
        return Check("mails", Health.BAD, "Ada yang berulang kali gagal dikirim.", held_up)
    statuses = (Mail.Status.FAILED, Mail.Status.REFUSED, Mail.Status.UNKNOWN)
    oldest = undecided.filter(status__in=statuses).order_by("wanted_at").first()
    if oldest:
        return Check("mails", Health.WARNING, "Ada yang menunggu tindakan petugas.", oldest.wanted_at)
    return Check("mails", Health.GOOD, "Tidak ada yang terlambat.")


def _unwritten(now: datetime) -> Check | None:
    """Return that a mail to an applicant is not in the outbox in time, or cannot be written lately. None otherwise."""
    kinds = (DueChange.objects.owing_notice(), Letter.objects.owing_notice())
    owed = [row for kind in kinds for row in kind.values_list(kind.model.NOTICE_SINCE, "notice_tries")]
    late = [since for since, tries in owed if tries < NOTICE_TRIES and since < now - OWED_AT_MOST]
    if late:
        return Check("mails", Health.BAD, "Ada pemberitahuan kepada pemohon yang belum dibuat.", min(late))
    stuck = [since for since, tries in owed if tries >= NOTICE_TRIES and since > now - UNDECIDED_FOR]
    if stuck:
        words = (
            f"{len(stuck)} pemberitahuan kepada pemohon tidak dapat dibuat. Halaman permohonannya menyebut sebabnya."
        )
        return Check("mails", Health.WARNING, words, min(stuck))
    return None


def _held_up_since(undecided: QuerySet[Mail]) -> datetime | None:
    """Return since when mails are tried often without success, or None.

    A mail that has failed for good counts until another one is sent after its last try.
    """
    sent_at = Mail.objects.sent().aggregate(Max("sent_at"))["sent_at__max"]
    failed = Q(status=Mail.Status.FAILED)
    if sent_at:
        failed &= Q(claimed_at__gt=sent_at)
    held_up = undecided.filter(Q(status=Mail.Status.PUT_OFF) | failed, attempts__gte=TRIED_OFTEN)
    return held_up.order_by("wanted_at").values_list("wanted_at", flat=True).first()


def check_papers(now: datetime) -> Check:
    """Return whether a paper cannot be drawn, the worker is late with a paper or a page, or a new file is stuck."""
    stuck = [
        *Letter.objects.stuck().values_list("issued_at", flat=True),
        *Slip.objects.stuck().values_list("written_at", flat=True),
    ]
    if stuck:
        return Check("papers", Health.BAD, "Ada PDF yang berulang kali gagal dibuat.", min(stuck))
    if unchecked := SignedCopy.objects.check_stuck().select_related("letter").order_by("uploaded_at").first():
        words = f"Berkas bertanda tangan surat {unchecked.letter.number} tidak dapat diperiksa."
        return Check("papers", Health.BAD, words, unchecked.uploaded_at)
    late = _owed_late(now)
    if late:
        return Check("papers", Health.BAD, "Ada yang belum dikerjakan.", min(late))
    files = _stuck_files(now)
    if files:
        words = f"Halaman {len(files)} berkas berulang kali gagal digambar. Berkasnya tetap dapat diunduh."
        return Check("papers", Health.WARNING, words, min(files))
    return Check("papers", Health.GOOD, "Tidak ada yang terlambat.")


def _owed_late(now: datetime) -> list[datetime]:
    """Return since when each kind of work is owed that the worker has not done in time: drawing, sending, checking."""
    kinds = [kind for kind in owed_kinds(now) if kind.task != send_mail]
    oldest = [kind.rows.order_by(kind.since).values_list(kind.since, flat=True).first() for kind in kinds]
    oldest.append(SignedCopy.objects.unchecked().aggregate(Min("uploaded_at"))["uploaded_at__min"])
    return [since for since in oldest if since and since < now - OWED_AT_MOST]


def _stuck_files(now: datetime) -> list[datetime]:
    """Return when each file came whose pages cannot be drawn. An older one is no news any more."""
    since = now - UNDECIDED_FOR
    return [
        *Attachment.objects.stuck().filter(uploaded_at__gt=since).values_list("uploaded_at", flat=True),
        *Opinion.objects.stuck().filter(at__gt=since).values_list("at", flat=True),
        *SignedCopy.objects.stuck().filter(uploaded_at__gt=since).values_list("uploaded_at", flat=True),
    ]


def check_calendar(now: datetime) -> Check:
    """Return whether the decree of this year is entered, and late in the year that of the next."""
    today = timezone.localdate(now)
    missing = missing_decree(today)
    if missing is None:
        return Check("calendar", Health.GOOD, "Hari libur sudah ditetapkan.")
    health = Health.BAD if missing == today.year else Health.WARNING
    return Check("calendar", health, f"Cuti bersama {missing} belum dimasukkan; jatuh temponya sementara.")


def check_sender() -> Check:
    """Return whether mail servers can take the address of the office. Mails that are only files have no server."""
    if not placeholder_sender(Office.objects.current()):
        return Check("sender", Health.GOOD, "Sudah diatur.")
    is_sent = settings.EMAIL_BACKEND == "office.mail_server.Backend"
    words = "Masih alamat contoh; kebanyakan server e-mail menolaknya."
    return Check("sender", Health.BAD if is_sent else Health.WARNING, words)


def check_second_factor() -> Check:
    """Return whether a role needs a second step to sign in. A desk without HTTPS is a trial, which may do without."""
    if settings.SECOND_FACTOR_REQUIRED:
        return Check("second_factor", Health.GOOD, f"Wajib untuk {', '.join(settings.SECOND_FACTOR_REQUIRED)}.")
    return Check("second_factor", Health.WARNING if settings.HTTPS else Health.GOOD, "Tidak diwajibkan.")


def check_address() -> Check:
    """Return whether letters can be issued with the office's address of the web, and whether others can reach it."""
    office = Office.objects.current()
    problem = address_problem(office)
    if not problem and is_this_machine(office.public_url):
        problem = f"Tautan dan kode QR hanya terbuka di mesin ini: alamatnya {office.public_url}."
    return Check("address", Health.WARNING if problem else Health.GOOD, problem or "Sudah diatur.")


def check_standard(now: datetime) -> Check:
    """Return whether the service standard was reviewed in the last REVIEW_MONTHS: the office reviews it every year."""
    reviewed_on, today = ServiceStandard.objects.current().reviewed_on, timezone.localdate(now)
    if reviewed_on is None:
        return Check("standard", Health.WARNING, "Belum pernah ditinjau.")
    if add_months(reviewed_on, REVIEW_MONTHS) > today:
        return Check("standard", Health.GOOD, f"Ditinjau {plain_date(reviewed_on)}.")
    due = plain_date(add_months(reviewed_on, 12))
    return Check("standard", Health.WARNING, f"Ditinjau {plain_date(reviewed_on)}; tinjau lagi sebelum {due}.")


def check_backup(pulse: Pulse | None, now: datetime) -> Check:
    """Return whether the newest backup is young enough. An office without any backup gets a warning."""
    made_at = pulse.seen_at if pulse else None
    if made_at is None:
        return Check("backup", Health.WARNING, "Belum diatur.")
    if made_at < now - BACKUP_LATE:
        health = Health.BAD if made_at < now - BACKUP_MISSING else Health.WARNING
        return Check("backup", health, "Sudah lama tidak dibuat.", made_at)
    return Check("backup", Health.GOOD, "Terbaru.", made_at)
