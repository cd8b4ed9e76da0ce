"""Note which officers have the recording of a round open, so that each sees the others."""

from django.utils import timezone

from office.models import User
from recommendations.models import Recorder, Round


def note_recorder(current: Round, *, by: User) -> None:
    """Note that `by` has the recording of this round open now. One statement, without a lock that a save waits for."""
    Recorder.objects.bulk_create(
        [Recorder(round=current, by=by, seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["round", "by"],
        update_fields=["seen_at"],
    )
