"""A row that owes the applicant a mail, until the mail is in the outbox, and what the worker notes of its tries.

A mail that cannot be written is stuck after `NOTICE_TRIES` tries. It is then tried by itself once in STUCK_RESTS, and
the submission's page asks an officer to tell the applicant.
"""

from datetime import datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from recommendations.models.drawing_tries import STUCK_RESTS

NOTICE_TRIES = 3

Notice_co = TypeVar("Notice_co", bound="OwesNotice", covariant=True)


class OwesNoticeQuerySet(models.QuerySet[Notice_co]):
    def owing_notice(self) -> Self:
        """Return the rows whose mail is not in the outbox yet, oldest first."""
        return self.filter(is_notice_owed=True).order_by(self.model.NOTICE_SINCE, "pk")

    def notice_stuck(self) -> Self:
        """Return the rows whose mail could not be written in any of its tries."""
        return self.owing_notice().filter(notice_tries__gte=NOTICE_TRIES)

    def notice_to_try(self, now: datetime) -> Self:
        """Return the rows whose mail is to be written now: not stuck, or stuck and rested; and not tried at `now`."""
        rested = Q(notice_tried_at__lte=now - STUCK_RESTS) | Q(notice_tried_at__gt=now)
        return self.owing_notice().filter(Q(notice_tries__lt=NOTICE_TRIES) | rested).exclude(notice_tried_at=now)


class OwesNotice(models.Model):
    """What is noted of the mail that the row owes. The database fills the defaults in: shifts.py writes in SQL."""

    is_notice_owed = models.BooleanField(default=False)
    notice_tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    notice_tried_at = models.DateTimeField(null=True, blank=True)
    notice_problem = models.CharField(max_length=300, blank=True, default="", db_default="")

    NOTICE_SINCE = "at"
    """The field that says since when the mail is owed."""

    class Meta:
        abstract = True
