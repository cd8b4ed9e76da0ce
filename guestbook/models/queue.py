"""The numbers drawn, and the order in which they are called."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q


class TicketCounter(models.Model):
    """The last number drawn per local day and service letter. A new day is a new row, so no reset is needed."""

    day = models.DateField()
    prefix = models.CharField(max_length=2)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "prefix"], name="one_ticket_counter_a_day_and_prefix")]

    def __str__(self) -> str:
        return f"{self.day} {self.prefix} {self.last}"


class CallPolicyManager(models.Manager["CallPolicy"]):
    def current(self) -> "CallPolicy":
        """Return the office's order of calling, or the unsaved defaults when it has no row yet."""
        return self.filter(pk=CallPolicy.ONLY).first() or self.model(pk=CallPolicy.ONLY)

    def locked(self) -> "CallPolicy":
        """Return it locked until the transaction ends, so that calls are made one after the other."""
        self.get_or_create(pk=CallPolicy.ONLY)
        return self.select_for_update().get(pk=CallPolicy.ONLY)


class CallPolicy(models.Model):
    """The rules for calling visitors with and without priority; `guestbook/order.py` applies them. One row."""

    ONLY = 1

    ratio = models.PositiveSmallIntegerField(
        "panggilan didahulukan berturut-turut",
        null=True,
        blank=True,
        default=3,
        validators=[MinValueValidator(1)],
        help_text="Sesudah sebanyak ini, satu pengunjung biasa dipanggil. Kosong: yang didahulukan selalu lebih dulu.",
    )
    cap = models.PositiveSmallIntegerField(
        "batas tunggu pengunjung biasa (menit)",
        null=True,
        blank=True,
        default=45,
        validators=[MinValueValidator(1)],
        help_text="Yang menunggu selama ini dipanggil lebih dulu, juga sebelum yang didahulukan. Kosong: tanpa batas.",
    )

    objects = CallPolicyManager()

    class Meta:
        verbose_name = "urutan panggilan"
        verbose_name_plural = "urutan panggilan"
        constraints = [models.CheckConstraint(name="one_call_policy", condition=Q(pk=1))]

    def __str__(self) -> str:
        return "Urutan panggilan"
