"""Settings of the tests: the desk's settings, with a folder and services of their own.

`tests/run.py` sets TEST_DATABASE_URL and TEST_BROKER_URL; without them the tests use SQLite and a queue of files.
The worker that the tests start also reads this file, with the environment of the run and TEST_DATABASE_NAME.
"""

import os
import tempfile
from pathlib import Path

RUN_DIR = Path(os.environ.get("TEST_RUN_DIR") or tempfile.mkdtemp(prefix="pst-desk-tests-"))
"""The folder of everything that this run writes; tests/conftest.py removes it at the end."""

os.environ |= {
    "TEST_RUN_DIR": str(RUN_DIR),  # the worker uses the same folder
    "SECRET_KEY": "only-for-tests",
    "DEBUG": "0",
    "HTTPS": "0",
    "VAR_DIR": str(RUN_DIR),
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{RUN_DIR / 'never-used.sqlite3'}",
    "CELERY_BROKER_URL": os.environ.get("TEST_BROKER_URL") or "filesystem://localhost",
    "CELERY_QUEUE": "pst-desk-tests",
}
OTHERS = ("ALLOWED_HOSTS", "BEHIND_PROXY", "CATCH_UP_AT_START", "CSRF_TRUSTED_ORIGINS", "LOG_LEVEL", "MAIL_FROM")
for name in (*OTHERS, "OFFICE_TIME_ZONE", "SECOND_FACTOR_REQUIRED", "TEMPORARY_PASSWORD_HOURS"):
    os.environ.pop(name, None)
os.environ["EMAIL_URL"] = os.environ.get("TEST_EMAIL_URL") or f"filemail:///{RUN_DIR / 'mail'}"

from pst_desk.settings import *  # noqa: E402, F403 - the environment must be set first
from pst_desk.settings import (  # noqa: E402 - as above
    CELERY_BROKER_URL,
    DATABASES,
    MEDIA_ROOT,
    REDIS_OPTIONS,
    STATIC_ROOT,
    STORAGES,
)
from tests.waiting import PATIENCE  # noqa: E402 - as above

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; only for invented passwords
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # no manifest to collect

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(RUN_DIR / "test.sqlite3")}  # a file, because the worker reads it too
    DATABASES["default"]["OPTIONS"]["timeout"] = (
        PATIENCE  # a writer waits for the other one however busy the machine is
    )
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_{RUN_DIR.name.replace('-', '_').lower()}"}
DATABASES["default"]["CONN_MAX_AGE"] = 0  # so that no connection outlives a test's thread
if os.environ.get("TEST_DATABASE_NAME"):
    DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE_NAME"]  # set for the worker

REDIS_PREFIX = f"{RUN_DIR.name}:"
if CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = REDIS_OPTIONS | {"global_keyprefix": REDIS_PREFIX}

for folder in (MEDIA_ROOT, STATIC_ROOT, RUN_DIR / "mail"):
    Path(folder).mkdir(parents=True, exist_ok=True)
