"""The counts of the limits (office/limits.py) between two tests."""

import shutil
from pathlib import Path

from django.conf import settings

COUNTS = Path(settings.VAR_DIR) / "limits"


def forget_counts() -> None:
    """Delete the counts of every minute."""
    shutil.rmtree(COUNTS, ignore_errors=True)
