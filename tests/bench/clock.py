"""Measure promises under load: due dates, the night's alerts, and a calendar change, compared with the peers' way."""

import random
import resource
import time
from collections.abc import Callable
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from office.calendar import WorkingDays, add_working_days, is_working_day
from office.models import DayOff, Mail
from recommendations.models import Agency, AlertDay, Applicant, DueChange, Round, Submission, SubmissionEvent
from recommendations.promise.actions.moving import change_calendar
from recommendations.promise.alerts import Thresholds, alert, raise_levels
from recommendations.promise.shifts import CalendarDraft, preview, preview_mark
from tests.bench.figures import Figure, median_of
from tests.bench.rows import insert, numbers

FEW, MANY = 20_000, 1_000_000
DUE_DATES = 100_000
DAYS = 30
OFFICERS = 20
RANDOM = random.Random(2026)  # noqa: S311 - the same dates in every run


def measure() -> list[Figure]:
    """Measure twenty thousand open promises on both databases, and a million on PostgreSQL."""
    figures = _due_dates()
    _empty()
    _store(1, FEW)
    figures += [*_alerts(FEW, seconds=1), *_calendar()]
    if connection.vendor == "postgresql":
        _empty()
        _store(1, MANY)
        figures += _alerts(MANY, seconds=5)
    _empty()
    return figures


def _due_dates() -> list[Figure]:
    days_off = DayOff.objects.names().keys()
    first = timezone.localdate() - timedelta(days=200)
    starts = [first + timedelta(days=RANDOM.randrange(700)) for _ in range(DUE_DATES)]
    began = time.perf_counter()
    calendar = WorkingDays(days_off, since=first, until=first + timedelta(days=1000))
    found = [calendar.add(start, DAYS) for start in starts]
    looked_up = time.perf_counter() - began
    sample = DUE_DATES // 20
    began = time.perf_counter()
    walked = [add_working_days(start, DAYS, days_off) for start in starts[:sample]]
    a_walk = (time.perf_counter() - began) * 20
    job = f"{DUE_DATES:,} due dates"
    same = "equal" if walked == found[:sample] else "NOT EQUAL"
    return [
        Figure(
            job,
            "looked up in a counted calendar",
            f"{looked_up * 1000:.0f} ms (budget 500)",
            looked_up < 0.5 and same == "equal",
        ),
        Figure(
            job,
            "day by day, a twentieth of them",
            f"{a_walk * 1000:.0f} ms for all: {a_walk / looked_up:.0f} times; {same}",
        ),
    ]


def _empty() -> None:
    for model in (Mail, AlertDay, DueChange, SubmissionEvent, Round, Submission):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")
        else:
            model.objects.all().delete()


def _store(first: int, last: int) -> None:
    """Store promises recorded over the last working days: a thirtieth is due on each day, one in fifty is late."""
    users = get_user_model().objects
    officers = [
        users.get_or_create(
            username=f"bench{n}", defaults={"name": f"Petugas Contoh {n}", "email": f"p{n}@contoh.example"}
        )[0].pk
        for n in range(OFFICERS)
    ]
    agency, _ = Agency.objects.get_or_create(name="Dinas Contoh Bench")
    applicant, _ = Applicant.objects.get_or_create(
        agency=agency,
        email="bench@contoh.example",
        defaults={"name": "Sari Contoh", "phone": "+62812", "romantik_username": "x"},
    )
    starts = _starts()
    starts_on = (
        f"(CASE i %% {len(starts)} "
        + " ".join(f"WHEN {n} THEN {_date(day)}" for n, (day, _) in enumerate(starts))
        + " END)"
    )
    due_on = (
        f"(CASE i %% {len(starts)} "
        + " ".join(f"WHEN {n} THEN {_date(day)}" for n, (_, day) in enumerate(starts))
        + " END)"
    )
    officer = f"{min(officers)} + i %% {OFFICERS}"
    token = "CAST(md5('c' || CAST(i AS text)) AS uuid)" if connection.vendor == "postgresql" else "printf('%%032x', i)"
    submission = {
        "id": "i",
        "number": "i",
        "year": "2026",
        "instrument_code": "'FS3'",
        "applicant_id": str(applicant.pk),
    }
    submission |= {
        "officer_id": officer,
        "status": "'checking'",
        "title": "'Survei Contoh ' || i",
        "due_on": due_on,
        "form_token": token,
        "token": "CAST(i AS text)",
    }
    round_ = {
        "id": "i",
        "submission_id": "i",
        "number": "1",
        "recorded_at": "CURRENT_TIMESTAMP",
        "recorded_by_id": officer,
    }
    round_ |= {"starts_on": starts_on, "promise_days": str(DAYS), "due_on": due_on}
    for model, given in ((Submission, submission), (Round, round_)):
        insert(model, given, numbers(), [first, last])
    _tidy()


def _tidy() -> None:
    """Vacuum the tables. On a real desk autovacuum has time to do this."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _date(day: date) -> str:
    return f"DATE '{day}'" if connection.vendor == "postgresql" else f"'{day}'"


def _starts() -> list[tuple[date, date]]:
    """Return fifty starts with their due dates: the last 30 working days, some twice, and one that is late."""
    days_off = DayOff.objects.names().keys()
    today = _today()
    days = [today - timedelta(days=back) for back in range(1, 80)]
    recent = [day for day in days if is_working_day(day, days_off)][: DAYS - 1]
    chosen = [*(recent + recent)[:49], today - timedelta(days=75)]
    return [(day, add_working_days(day, DAYS, days_off)) for day in chosen]


def _today() -> date:
    days_off = DayOff.objects.names().keys()
    return add_working_days(timezone.localdate() - timedelta(days=1), 1, days_off)


def _alerts(count: int, *, seconds: float) -> list[Figure]:
    """Measure the alerts of one night; all alerts of the day before have been sent."""
    today, days_off = _today(), DayOff.objects.names().keys()
    yesterday = max(day for back in range(1, 20) if is_working_day(day := today - timedelta(days=back), days_off))
    raise_levels(Thresholds(yesterday, days_off, DAYS))
    _tidy()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with CaptureQueriesContext(connection) as asked:
        told, took = _timed(lambda: alert(today))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024
    statements = sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN")) for query in asked)
    before = (Mail.objects.count(), Round.objects.filter(alerted_on=today).count())
    again, _ = _timed(lambda: alert(today))
    unchanged = again == 0 and before == (Mail.objects.count(), Round.objects.filter(alerted_on=today).count())
    job = f"alerts of a night, {count:,} open rounds"
    return [
        Figure(
            job,
            "time",
            f"{took:.2f} s for {told:,} alerted, {Mail.objects.count()} mails (budget {seconds} s)",
            took < seconds,
            depends_on_load=True,
        ),
        Figure(job, "statements", f"{statements} (budget 10)", statements <= 10),
        Figure(job, "memory of the process", f"{grown:.0f} MiB more at its peak (budget 50)", grown < 50),
        Figure(
            job, "a second run the same night", "changes nothing" if unchanged else "CHANGED", unchanged and told > 0
        ),
    ]


def _calendar() -> list[Figure]:
    """Measure one new day off in the middle of the open promises: about half of them move."""
    day = add_working_days(_today(), DAYS // 2, DayOff.objects.names().keys())
    draft = CalendarDraft(entered=(DayOff(day=day, name="Cuti bersama contoh", kind=DayOff.Kind.COLLECTIVE),))
    previews = sorted(_timed(lambda: preview(draft))[1] for _ in range(9))
    shown = preview(draft)
    expected = {(shift.starts_on, shift.new_due_on) for shift in shown if shift.moves}
    peers = _as_the_peers_do(draft)
    _tidy()
    (_, moved), took = _timed(lambda: change_calendar(draft, cause="SKB contoh", by=None, shown=preview_mark(shown)))
    right = expected == set(DueChange.objects.values_list("round__starts_on", "new_due_on").distinct())
    job = f"calendar change, {FEW:,} open rounds"
    return [
        Figure(
            job,
            "preview",
            f"{median_of(previews) * 1000:.0f} ms (budget 50)",
            median_of(previews) < 0.05,
            depends_on_load=True,
        ),
        Figure(
            job,
            "applied with its ledger",
            f"{took * 1000:.0f} ms, {moved:,} moved (budget 500)",
            took < 0.5,
            depends_on_load=True,
        ),
        Figure(job, "what was shown is what moved", "equal" if right else "NOT EQUAL", right and moved > 0),
        Figure(job, "a save per case, as the peers do", f"{peers:.1f} s: {peers / took:.0f} times"),
    ]


def _as_the_peers_do(draft: CalendarDraft) -> float:
    """Load each open round, count its days one by one and save it; then undo everything."""
    days_off = draft.days_off().keys()
    began = time.perf_counter()
    with transaction.atomic():
        for pk in list(Round.objects.promised().values_list("pk", flat=True)):
            one = Round.objects.select_related("submission").get(pk=pk)
            due_on = add_working_days(one.starts_on, one.promise_days, days_off)
            if due_on != one.due_on:
                one.due_on = one.submission.due_on = due_on
                one.save()
                one.submission.save()
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    return took


def _timed(act: Callable) -> tuple:
    began = time.perf_counter()
    result = act()
    return result, time.perf_counter() - began
