"""The desk's own settings, but static files keep their names, so that they need not be collected first."""

from pst_desk.settings import *  # noqa: F403 - all other settings are an office's
from pst_desk.settings import (
    CELERY_BROKER_TRANSPORT_OPTIONS,
    CELERY_BROKER_URL,
    CELERY_TASK_DEFAULT_QUEUE,
    STATIC_ROOT,
    STORAGES,
)

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

if CELERY_BROKER_URL.startswith("redis"):  # so that the bench can delete its keys
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"global_keyprefix": f"{CELERY_TASK_DEFAULT_QUEUE}:"}
