"""The desk's own settings; only the static files keep their names, so that nothing need be collected first."""

from pst_desk.settings import *  # noqa: F403 - everything else is as an office runs it
from pst_desk.settings import STATIC_ROOT, STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
