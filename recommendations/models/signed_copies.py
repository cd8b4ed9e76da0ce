"""A signed file of a letter: the scan of the paper, or the PDF with its electronic signature.

The worker checks a PDF with an electronic signature again until it is decided. Such a row counts its `check_tries`
before they begin, as a row that is drawn does (drawing_tries.py).
"""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from office.models import SigningRoute, User
from recommendations.models.drawing_tries import KILLED, STUCK_AFTER, STUCK_RESTS, DrawnOnceQuerySet
from recommendations.models.files import KeptFile
from recommendations.models.letters import Letter


class SignedCopyQuerySet(DrawnOnceQuerySet["SignedCopy"]):
    def accepted(self) -> "SignedCopyQuerySet":
        """Return the copies that count: the signed letter."""
        return self.filter(outcome=SignedCopy.State.ACCEPTED)

    def undecided(self) -> "SignedCopyQuerySet":
        """Return the scans that were not compared with their letter yet."""
        return self.filter(outcome=SignedCopy.State.WAITING)

    def unchecked(self) -> "SignedCopyQuerySet":
        """Return the files with an electronic signature that wait for their check. No person compares them."""
        return self.undecided().exclude(route=SigningRoute.WET)

    def check_stuck(self) -> "SignedCopyQuerySet":
        """Return the unchecked files whose checks have all failed."""
        return self.unchecked().filter(check_tries__gte=STUCK_AFTER)

    def to_check(self, now: datetime) -> "SignedCopyQuerySet":
        """Return the unchecked files that the worker may check now: not stuck, or stuck and rested. Least tried first.

        A file tried while the clock was set forward has rested.
        """
        rested = Q(checked_at__lte=now - STUCK_RESTS) | Q(checked_at__gt=now)
        may_be_tried = Q(check_tries__lt=STUCK_AFTER) | rested
        return self.unchecked().filter(may_be_tried).order_by("check_tries", "uploaded_at", "pk")

    def begin_check(self) -> None:
        """Count a try of the check. One that kills the worker counts too."""
        self.unchecked().update(check_tries=F("check_tries") + 1, checked_at=timezone.now())

    def take_back_check(self) -> None:
        """Do not count the try that has begun, because the file is not at fault."""
        self.unchecked().filter(check_tries__gt=0).update(check_tries=F("check_tries") - 1)


class SignedCopy(KeptFile):
    """A signed file of a letter. Its bytes never change; a letter has at most one that counts.

    A scan counts when an officer has compared it with the letter. A file with an electronic signature counts at once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Belum dicocokkan"
        ACCEPTED = "accepted", "Berlaku"
        REJECTED = "rejected", "Ditolak"

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="copies")
    route = models.CharField("cara tanda tangan", max_length=10, choices=SigningRoute.choices)
    outcome = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    signer = models.CharField("penanda tangan", max_length=200)
    signed_at = models.DateTimeField("ditandatangani", null=True, blank=True)  # None for wet ink: the paper has no time
    signatures = models.JSONField(default=list)  # of an electronic signature: what the file says of each
    uploaded_at = models.DateTimeField("diunggah", default=timezone.now)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Why a file was rejected, or why an accepted one is right although its signature was doubted.
    reason = models.CharField("sebab ditolak", max_length=300, blank=True)
    check_tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    checked_at = models.DateTimeField(null=True, blank=True)
    check_problem = models.CharField(max_length=300, blank=True, default="", db_default="")

    objects = SignedCopyQuerySet.as_manager()

    class Meta:
        verbose_name = "surat bertanda tangan"
        verbose_name_plural = "surat bertanda tangan"
        ordering = ["uploaded_at", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["letter"], condition=Q(outcome="accepted"), name="one_accepted_copy_a_letter"
            ),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(outcome="waiting"), name="one_waiting_copy_a_letter"
            ),
            models.CheckConstraint(
                name="decided_copy_has_its_decision",
                condition=Q(outcome="waiting", decided_at=None, decided_by=None)
                | Q(~Q(outcome="waiting"), decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter.number}, {self.get_route_display()}"

    @property
    def signers(self) -> list[str]:
        """Return the names of all who signed: in a file the first may be somebody who signed for approval."""
        return [signature["signer"] for signature in self.signatures] or [self.signer]

    @property
    def has_sure_signer(self) -> bool:
        """Return whether every electronic signature held when the file came, and its issuer was known then."""
        whole = [one["trusted"] and one["intact"] and not one["problem"] for one in self.signatures]
        return bool(whole) and all(whole)

    @property
    def is_scan(self) -> bool:
        return self.route == SigningRoute.WET

    @property
    def is_waiting(self) -> bool:
        return self.outcome == self.State.WAITING

    @property
    def why_unchecked(self) -> str:
        """Return in words why its electronic signature cannot be checked; "" when it is decided or still tried."""
        if not self.is_waiting or self.is_scan or self.check_tries < STUCK_AFTER:
            return ""
        return self.check_problem or KILLED
