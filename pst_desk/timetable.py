"""What the clock starts, and when: read by the settings, so nothing here needs Django."""

from datetime import UTC, datetime
from typing import Any

from celery.schedules import crontab

# Beats that no worker took in time expire, so that a night without a worker leaves one turn of `catch_up`, not 720.
TIMETABLE: dict[str, dict[str, Any]] = {
    "catch-up": {
        "task": "pst_desk.run_command",
        "schedule": 60.0,
        "args": ["catch_up"],
        "options": {"expires": 50},
    },
    # Before the desk opens. A clock that was off at that time runs it when it starts; each day is alerted once.
    "alert-due": {
        "task": "pst_desk.run_command",
        "schedule": crontab(hour=6, minute=30),
        "args": ["alert_due"],
        "options": {"expires": 12 * 60 * 60},
    },
    # The same for complaints: one mail a person and day.
    "alert-complaints": {
        "task": "pst_desk.run_command",
        "schedule": crontab(hour=6, minute=35),
        "args": ["alert_complaints"],
        "options": {"expires": 12 * 60 * 60},
    },
    # The same for the measures of the SKM's follow-up plan: each is mailed once before it is due, once after.
    "alert-follow-ups": {
        "task": "pst_desk.run_command",
        "schedule": crontab(hour=6, minute=40),
        "args": ["alert_follow_ups"],
        "options": {"expires": 12 * 60 * 60},
    },
    # A change of the calendar reaches the complaints within ten minutes.
    "follow-calendar": {
        "task": "pst_desk.run_command",
        "schedule": 600.0,
        "args": ["follow_calendar"],
        "options": {"expires": 590},
    },
    # 23.50 office time (CELERY_TIMEZONE). A clock that was off at that time runs it when it starts; then it closes only
    # past days.
    "close-day": {
        "task": "pst_desk.run_command",
        "schedule": crontab(hour=23, minute=50),
        "args": ["close_day", "--today-after", "23.45"],
        "options": {"expires": 12 * 60 * 60},
    },
}
for entry in TIMETABLE.values():  # as if each ran long ago, so that a clock that starts runs all of them
    entry["last_run_at"] = datetime(2000, 1, 1, tzinfo=UTC)
