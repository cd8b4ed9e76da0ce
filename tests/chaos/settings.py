"""The desk's own settings for the runs with faults: waits are shorter (apps.py), and a file can shift the clock."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from pst_desk.settings import *  # noqa: F403 - all other settings are an office's
from pst_desk.settings import CELERY_BEAT_SCHEDULE, INSTALLED_APPS, STATIC_ROOT, STORAGES, VAR_DIR

INSTALLED_APPS += ["tests.chaos"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
EMAIL_TIMEOUT = 3
CELERY_BEAT_SCHEDULE["catch-up"] |= {"schedule": 3.0, "options": {"expires": 10}}

SHIFT = Path(os.environ.get("CHAOS_SHIFT") or VAR_DIR / "shift")
"""Seconds by which the clock of every process is wrong. Without the file it is right."""
_right = timezone.now


def _now() -> datetime:
    try:
        return _right() + timedelta(seconds=float(SHIFT.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return _right()


timezone.now = _now  # before a model takes it as a default
