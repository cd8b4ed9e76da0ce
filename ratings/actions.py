"""Rating a visit, and complaining about it."""

from django.db import IntegrityError, transaction

from guestbook.actions import mark_rated
from guestbook.models import Visit
from guestbook.workflow import Status
from ratings.models import Complaint, Rating


class AlreadyRated(Exception):
    """A visit is rated once; the text is fit for the screen."""

    def __init__(self):
        super().__init__("Kunjungan ini sudah dinilai. Terima kasih.")


class NotServedYet(Exception):
    """Only a finished service can be rated; the text is fit for the screen."""

    def __init__(self):
        super().__init__("Penilaian dibuka setelah layanan selesai.")


def rate(visit: Visit, *, answers: dict[str, int], remark: str, complaint: str) -> Complaint | None:
    """Keep the nine answers of `visit`, the remark, and the complaint if one is written; returns the complaint.

    `answers` is keyed by aspect, each 1 to 4. Raises AlreadyRated, NotServedYet.
    """
    if visit.status != Status.SERVED:
        raise NotServedYet
    try:
        with transaction.atomic():
            Rating.objects.create(visit=visit, officer=visit.officer, remark=remark, **answers)
            mark_rated(visit)
            return Complaint.objects.create(visit=visit, text=complaint) if complaint else None
    except IntegrityError as double:
        raise AlreadyRated from double
