"""The bodies that apply, their names, and the history of their changes."""

from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from office.models import Office, User
from recommendations.agency_names import KEY_LENGTH, PLACES, name_key, suggested_addressee


class AgencyQuerySet(models.QuerySet["Agency"]):
    def current(self) -> "AgencyQuerySet":
        """Return the agencies that were not merged into another."""
        return self.filter(merged_into=None)

    def known_as(self, key: str) -> "AgencyQuerySet":
        """Return the current agency whose name or alias has that key, if there is one."""
        return self.current().filter(Q(key=key) | Q(Exists(AgencyAlias.objects.filter(agency=OuterRef("pk"), key=key))))

    def named(self, typed: str) -> "AgencyQuerySet":
        """Return the agencies that `typed` may mean by name or alias: one, none, or several to choose from.

        The place may be left out and the office's own city added: "Dinas Sosial" finds "Dinas Sosial Kota Banjarmasin".
        When bodies of several places have that name, all of them are found.
        """
        key, city = name_key(typed), name_key(Office.objects.current().city)
        if not key:
            return self.none()
        of_a_place = Q()
        for place in PLACES:
            of_a_place |= Q(key__startswith=f"{key}{place}")
        ways = (self.known_as(key), self.known_as(key.removesuffix(city)), self.current().filter(of_a_place))
        return next((found for found in ways if found.exists()), self.none())

    def matching(self, words: str) -> "AgencyQuerySet":
        """Return the agencies whose name, short form or alias contains `words`."""
        aliases = AgencyAlias.objects.filter(agency=OuterRef("pk"), name__icontains=words)
        return self.filter(Q(name__icontains=words) | Q(short__icontains=words) | Q(Exists(aliases)))

    def with_counts(self) -> "AgencyQuerySet":
        """Add the number of active accounts and of submissions of each agency."""
        return self.annotate(
            applicant_count=Count("applicants", filter=Q(applicants__is_active=True), distinct=True),
            submission_count=Count("applicants__submissions", distinct=True),
        )


class Agency(models.Model):
    """A body that applies. It is renamed or merged but never deleted, because old letters name it."""

    class Kind(models.TextChoices):
        DINAS = "dinas", "Dinas"
        BADAN = "badan", "Badan"
        BAGIAN = "bagian", "Bagian"
        KECAMATAN = "kecamatan", "Kecamatan"
        KELURAHAN = "kelurahan", "Kelurahan"
        APPARATUS = "perangkat", "Perangkat daerah lain"
        VERTICAL = "vertikal", "Instansi vertikal"
        OTHER = "lainnya", "Lainnya"

    name = models.CharField("nama resmi", max_length=200)
    key = models.CharField(max_length=KEY_LENGTH, editable=False, default="")
    short = models.CharField("singkatan", max_length=40, blank=True)
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices, default=Kind.OTHER)
    code = models.CharField("kode SKPD", max_length=20, blank=True)
    addressed_to = models.CharField("kepada (Yth.)", max_length=200, blank=True)
    """How a letter addresses the head; empty until somebody changes the suggestion."""
    place = models.CharField("tempat", max_length=60, default="Banjarmasin")
    is_government = models.BooleanField("instansi pemerintah", default=True)
    needs_check = models.BooleanField("nama perlu diperiksa", default=False)
    is_active = models.BooleanField("aktif", default=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "instansi"
        verbose_name_plural = "instansi"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(merged_into=None), name="one_agency_a_name"),
            models.CheckConstraint(
                name="agency_is_not_merged_into_itself", condition=Q(merged_into=None) | ~Q(merged_into=F("id"))
            ),
            models.CheckConstraint(
                name="merged_agency_is_inactive", condition=Q(merged_into=None) | Q(is_active=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def head(self) -> str:
        """How a letter addresses the head: as the office typed it, otherwise as the name suggests."""
        return self.addressed_to or suggested_addressee(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row with the key of its name."""
        self.key = name_key(self.name)
        super().save(*args, **kwargs)


class AgencyAlias(models.Model):
    """Another name by which an agency is found: its short form, a former name, or that of an agency merged into it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="aliases", verbose_name="instansi")
    name = models.CharField("nama lain", max_length=200)
    key = models.CharField(max_length=KEY_LENGTH, unique=True, editable=False)
    since = models.DateTimeField("sejak", default=timezone.now)

    class Meta:
        verbose_name = "nama lain"
        verbose_name_plural = "nama lain"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row with the key of its name."""
        self.key = name_key(self.name)
        super().save(*args, **kwargs)


class AgencyEvent(models.Model):
    """An event in the history of an agency. `by` is empty when a command or the applicant caused it."""

    class What(models.TextChoices):
        CREATE = "create", "Dicatat"
        RENAME = "rename", "Ganti nama"
        ALIAS = "alias", "Nama lain ditambahkan"
        UNALIAS = "unalias", "Nama lain dilepas"
        CHANGE = "change", "Keterangan diubah"
        MERGE = "merge", "Digabungkan"
        CONTACT = "contact", "Kontak"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=10, choices=What.choices)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.agency}: {self.words}"

    @property
    def words(self) -> str:
        return self.get_what_display()

    @property
    def who(self) -> str:
        return str(self.by) if self.by else ""
