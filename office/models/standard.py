"""The service standard that the office publishes: its components, its maklumat, its questions, its yearly review.

UU 25/2009 names the standard (Ps 20), its fourteen components (Ps 21) and the maklumat (Ps 22); PermenPANRB 15/2014
groups the components. Its number, the promised days, address and channels are in the office's profile.
"""

from collections.abc import Iterable, Mapping

from django.db import models


class ServiceStandardManager(models.Manager["ServiceStandard"]):
    def current(self) -> "ServiceStandard":
        """Return the standard of this office, or a new one that is not saved when there is none."""
        return self.filter(pk=ServiceStandard.ONLY).first() or ServiceStandard(pk=ServiceStandard.ONLY)


class ServiceStandard(models.Model):
    """What the standard is about, who made the maklumat, and when the office last reviewed all of it. One row."""

    ONLY = 1

    title = models.CharField(
        "nama layanan",
        max_length=200,
        default="Layanan Rekomendasi Kegiatan Statistik dengan Cara Kunjungan Langsung",
    )
    maklumat = models.TextField("maklumat pelayanan", max_length=1000, blank=True)
    maklumat_by = models.CharField("dinyatakan oleh", max_length=150, blank=True)
    maklumat_since = models.DateField("berlaku sejak", null=True, blank=True)
    reviewed_on = models.DateField("terakhir ditinjau", null=True, blank=True)

    objects = ServiceStandardManager()

    class Meta:
        verbose_name = "standar pelayanan"
        verbose_name_plural = "standar pelayanan"
        default_permissions = []
        constraints = [models.CheckConstraint(name="one_service_standard", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return "Standar pelayanan"


class StandardComponentQuerySet(models.QuerySet["StandardComponent"]):
    def texts(self) -> dict[int, str]:
        """Return the text of each filled component by its number, in the order of the regulation."""
        return dict(self.exclude(text="").order_by("number").values_list("number", "text"))

    def write(self, texts: Mapping[int, str]) -> None:
        """Store these texts by number, and leave the other components as they are."""
        rows = [StandardComponent(number=number, text=text) for number, text in texts.items()]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["number"], update_fields=["text"])


class StandardComponent(models.Model):
    """One of the fourteen components. A line that begins with a number or a dash is shown as an item of a list."""

    class Number(models.IntegerChoices):
        """Six of service delivery, then eight of service management (PermenPANRB 15/2014)."""

        REQUIREMENTS = 1, "Persyaratan"
        PROCEDURE = 2, "Sistem, mekanisme, dan prosedur"
        TIME = 3, "Jangka waktu"
        FEE = 4, "Biaya/tarif"
        PRODUCT = 5, "Produk pelayanan"
        COMPLAINTS = 6, "Penanganan pengaduan, saran, dan masukan"
        LEGAL_BASIS = 7, "Dasar hukum"
        FACILITIES = 8, "Sarana, prasarana, dan/atau fasilitas"
        COMPETENCE = 9, "Kompetensi pelaksana"
        CONTROL = 10, "Pengawasan internal"
        STAFF = 11, "Jumlah pelaksana"
        SERVICE_GUARANTEE = 12, "Jaminan pelayanan"
        SAFETY_GUARANTEE = 13, "Jaminan keamanan dan keselamatan pelayanan"
        EVALUATION = 14, "Evaluasi kinerja pelaksana"

    number = models.PositiveSmallIntegerField("komponen", choices=Number.choices, unique=True)
    text = models.TextField("isi", max_length=4000, blank=True)

    objects = StandardComponentQuerySet.as_manager()

    class Meta:
        verbose_name = "komponen standar pelayanan"
        verbose_name_plural = "komponen standar pelayanan"
        default_permissions = []
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(name="component_of_fourteen", condition=models.Q(number__gte=1, number__lte=14))
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.get_number_display()}"


class StandardQuestionQuerySet(models.QuerySet["StandardQuestion"]):
    def pairs(self) -> list[tuple[str, str]]:
        """Return every question with its answer, in the order of the page."""
        return list(self.order_by("position").values_list("question", "answer"))

    def replace(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Store these questions with their answers, in this order, instead of the earlier ones."""
        self.all().delete()
        self.bulk_create(
            [
                StandardQuestion(position=position, question=question, answer=answer)
                for position, (question, answer) in enumerate(pairs, start=1)
            ]
        )


class StandardQuestion(models.Model):
    """A question that visitors often ask, with the office's answer."""

    position = models.PositiveSmallIntegerField("urutan", unique=True)
    question = models.CharField("pertanyaan", max_length=200)
    answer = models.TextField("jawaban", max_length=1500)

    objects = StandardQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "pertanyaan tentang layanan"
        verbose_name_plural = "pertanyaan tentang layanan"
        default_permissions = []
        ordering = ["position"]

    def __str__(self) -> str:
        return self.question
