"""The desk's own settings, but static files keep their names, so that they need not be collected first."""

from pst_desk.settings import *  # noqa: F403 - all other settings are an office's
from pst_desk.settings import STATIC_ROOT, STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
