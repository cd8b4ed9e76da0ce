"""The services that visitors come for, and the counters that serve them."""

from django.core.validators import RegexValidator
from django.db import models


class ServiceQuerySet(models.QuerySet["Service"]):
    def open(self) -> "ServiceQuerySet":
        """Return the services that a visitor can choose."""
        return self.filter(is_open=True)


class Service(models.Model):
    """A kind of service. Its prefix begins the ticket number; the office sets it, because first letters can collide."""

    prefix = models.CharField(
        "huruf nomor",
        max_length=2,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{1,2}$", "Satu atau dua huruf besar.")],
    )
    name = models.CharField("nama layanan", max_length=80)
    hint = models.CharField("keterangan", max_length=120, blank=True)
    needs_agency = models.BooleanField("menanyakan instansi, jabatan, dan e-mail", default=False)
    takes_submissions = models.BooleanField("menerima permohonan rekomendasi", default=False)
    is_open = models.BooleanField("dibuka", default=True)
    position = models.PositiveSmallIntegerField("urutan", default=0)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = "layanan"
        verbose_name_plural = "layanan"
        ordering = ["position", "prefix"]

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """A counter (loket) and the services it offers."""

    number = models.PositiveSmallIntegerField("nomor loket", unique=True)
    services = models.ManyToManyField(Service, verbose_name="layanan", related_name="counters")
    is_open = models.BooleanField("dibuka", default=True)

    class Meta:
        verbose_name = "loket"
        verbose_name_plural = "loket"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Loket {self.number}"
