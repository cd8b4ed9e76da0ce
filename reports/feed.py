"""The due dates of running promises as a calendar feed (RFC 5545) for an officer's telephone or computer.

Each promise is one all-day event, and its uid contains the round's pk. A moved due date raises SEQUENCE, so that
calendars move the event; a promise that has ended is no longer in the feed. The feed holds no applicant's name,
telephone number or address.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from django.db.models import Count, Max
from django.utils import timezone
from icalendar import Alarm, Calendar, Event

from office.calendar import ONE_DAY, is_working_day
from office.models import DayOff, Office, User
from office.texts import with_full_stop
from recommendations.models import DueChange, Round
from recommendations.models.rounds import RoundQuerySet
from recommendations.models.submissions import Submission
from recommendations.promise.due_meter import dates_of
from recommendations.submissions.filters import concerning

DAYS_AHEAD, AT = 2, time(8)
"""The reminder appears this many working days before the due date, at this local time."""


def promises_of(user: User) -> RoundQuerySet:
    """Return the running promises of the submissions that concern `user`, in order of due date."""
    running = Round.objects.promised().filter(submission__in=concerning(user).order_by().values("pk"))
    people = running.select_related("submission__applicant__agency", "submission__officer")
    return people.defer("answers", "typed_by").order_by("due_on", "pk")


@dataclass(frozen=True)
class Moved:
    """How often the due date of a promise was moved, and when last."""

    count: int = 0
    last_at: datetime | None = None


def _moves_of(promises: RoundQuerySet) -> dict[int, Moved]:
    """Return the moves by round. A round whose due date was never moved is left out."""
    changes = DueChange.objects.filter(round__in=promises.order_by().values("pk")).order_by().values_list("round")
    return {pk: Moved(count, at) for pk, count, at in changes.annotate(Count("pk"), Max("at"))}


def calendar_of(user: User, *, address_of: Callable[[Submission], str]) -> bytes:
    """Return the feed of `user`. `address_of` returns the full address of a submission's deadline page."""
    office, days_off = Office.objects.current(), DayOff.objects.names().keys()
    calendar = Calendar()
    calendar.add("prodid", "-//pst-desk//tenggat//ID")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Jatuh tempo PST {office.satker}, {user}")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    promises = promises_of(user)
    moves = _moves_of(promises)
    for promised in promises:
        event = _event(promised, moves.get(promised.pk, Moved()), office.satker, days_off)
        event.add("url", address_of(promised.submission))
        calendar.add_component(event)
    feed: bytes = calendar.to_ical()
    return feed


def _event(promised: Round, moved: Moved, satker: str, days_off: Collection[date]) -> Event:
    submission, clock = promised.submission, dates_of(promised)
    is_provisional = " (sementara)" if promised.due_is_provisional else ""
    event = Event()
    event.add("uid", f"janji-{promised.pk}@{satker}.pst-desk")
    event.add("dtstamp", max(filter(None, (promised.completed_at, moved.last_at))))
    event.add("sequence", moved.count)
    event.add("dtstart", clock.due_on)
    event.add("dtend", clock.due_on + ONE_DAY)
    event.add("summary", f"Jatuh tempo {submission.register}{is_provisional}: {submission.shown_title}")
    event.add("description", _words(promised))
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(promised, clock.due_on, days_off))
    return event


def _words(promised: Round) -> str:
    submission = promised.submission
    return "\n".join(
        [
            f"{submission.applicant.agency}, {submission.instrument_code}, putaran {promised.number}",
            with_full_stop(f"Langkah: {submission.get_status_display()}. Petugas: {submission.officer}"),
            f"{promised.promise_days} hari kerja sejak terekam lengkap {promised.starts_on:%d/%m/%Y}.",
        ]
    )


def _alarm(promised: Round, due_on: date, days_off: Collection[date]) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Sisa {DAYS_AHEAD} hari kerja: {promised.submission.register}")
    day = working_days_before(due_on, DAYS_AHEAD, days_off)
    moment = timezone.make_aware(datetime.combine(day, AT)).astimezone(UTC)
    alarm.add("trigger", moment, parameters={"VALUE": "DATE-TIME"})
    return alarm


def working_days_before(day: date, count: int, days_off: Collection[date]) -> date:
    """Return the `count`-th working day before `day`."""
    days = (day - timedelta(days=back) for back in range(1, 1000))
    return next(islice((one for one in days if is_working_day(one, days_off)), count - 1, None))
