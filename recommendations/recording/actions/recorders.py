"""Who is recording: noted while a page is open, so that a second officer sees the first."""

from django.utils import timezone

from office.models import User
from recommendations.models import Recorder, Round


def note_recorder(current: Round, *, by: User) -> None:
    """`by` has the recording of this round open now. One statement; it locks nothing that a save waits for."""
    Recorder.objects.bulk_create(
        [Recorder(round=current, by=by, seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["round", "by"],
        update_fields=["seen_at"],
    )
