"""A calendar file that somebody hands in is read in a child process, which ends a hostile one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from office import ics_events
from office.calendar_files import as_ics
from office.models import DayOff
from recommendations.promise.calendar_reading import event_days_apart
from recommendations.promise.forms.moving import CalendarChangeForm

ALL_DAYS = ",".join(str(day) for day in [*range(1, 32), *range(-31, 0)])
OLD = "DTSTART;VALUE=DATE:18760101"
HOURS = ",".join(
    f"2026{month:02}{day:02}T{hour:02}0000" for month in range(1, 13) for day in range(1, 29) for hour in range(24)
)


def ics(event: str, *, times: int = 1) -> bytes:
    lines = ["BEGIN:VCALENDAR"]
    for number in range(times):
        lines += ["BEGIN:VEVENT", f"UID:{number}", *event.split("|"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


HOSTILE = {
    "every day of every month": ics(f"{OLD}|RRULE:FREQ=MONTHLY;BYMONTHDAY={ALL_DAYS}", times=60),
    "places said a thousand times": ics(
        f"{OLD}|RRULE:FREQ=MONTHLY;BYMONTHDAY={ALL_DAYS};BYSETPOS={','.join(['1', '-1'] * 1000)}", times=60
    ),
    "a step of ages": ics("DTSTART;VALUE=DATE:20250101|RRULE:FREQ=WEEKLY;INTERVAL=999999999", times=60),
    "a count without end": ics("DTSTART;VALUE=DATE:20250101|RRULE:FREQ=DAILY;COUNT=999999999", times=60),
    "days to leave out": ics(
        f"DTSTART;VALUE=DATE:20260101|RRULE:FREQ=DAILY|EXDATE;VALUE=DATE:{','.join(['20260101'] * 900)}", times=60
    ),
    "periods": ics(f"DTSTART:20260101T000000Z|RDATE;VALUE=PERIOD:{HOURS.replace('00,', '00Z/PT1H,')}Z/PT1H"),
    "the last year": ics("DTSTART:99991231T235959Z|RRULE:FREQ=YEARLY", times=60),
    "events in events": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 9000 + b"END:VEVENT\r\n" * 9000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_calendar_is_refused_and_never_read_in_the_web_process(office, monkeypatch, name):
    monkeypatch.setattr(ics_events, "event_days", None)

    assert calendar_form(HOSTILE[name]).errors["file"]


def calendar_form(content: bytes) -> CalendarChangeForm:
    return CalendarChangeForm({}, {"file": SimpleUploadedFile("libur.ics", content)}, year=2026, days=[])


def test_the_days_of_a_calendar_come_from_the_child_as_they_are(office, monkeypatch):
    days = list(DayOff.objects.filter(day__year=2026))
    file = as_ics(days, name="Kalender", address="contoh.example")
    here = list(ics_events.event_days(file, year=2026, zone=timezone.get_current_timezone()))
    monkeypatch.setattr(ics_events, "event_days", None)

    apart = event_days_apart(file, year=2026, zone=timezone.get_current_timezone())

    assert apart == here
    assert [one.day for one in apart] == [one.day for one in days]


def test_a_refusal_of_the_child_is_reported_in_its_words(office):
    form = calendar_form(ics("DTSTART;VALUE=DATE:20260231|SUMMARY:Libur"))

    assert "Acara “Libur”: tanggalnya tidak ada" in form.errors["file"][0]
