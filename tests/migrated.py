"""The tables as all migrations leave them, on SQLite: made once for each state of the migrations, then copied.

Making them takes longer than many a part of the tests. The copy is kept in the virtual environment.
"""

import hashlib
import shutil
import sys
from pathlib import Path

import axes
import django
from django.conf import settings
from django.db import connection


def bring(place: Path) -> None:
    """Put the kept tables at `place`, where there are any."""
    if _kept().exists():
        shutil.copyfile(_kept(), place)


def keep() -> None:
    """Keep the tables of the open database, unless they are kept already."""
    unfinished = _kept().with_suffix(f".{settings.RUN_DIR.name}")
    if not _kept().exists():
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(unfinished)])
        unfinished.replace(_kept())


def _kept() -> Path:
    return Path(sys.prefix) / f"migrated-{_state()}.sqlite3"


def _state() -> str:
    """Changes with every migration: ours, Django's or that of axes."""
    files = sorted(Path(settings.BASE_DIR).glob("*/migrations/*.py"))
    told = "".join(f"{file.parent.parent.name}/{file.name} {file.read_text(encoding='utf-8')}" for file in files)
    return hashlib.sha256((django.get_version() + axes.__version__ + told).encode()).hexdigest()[:12]
