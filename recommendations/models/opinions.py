"""The opinion of the walidata (Diskominfotik) on a submission, with its file. Not every submission needs one."""

from django.db import models
from django.utils import timezone

from office.models import User
from recommendations.models.drawing_tries import DrawnOnceQuerySet
from recommendations.models.files import KeptFile
from recommendations.models.submissions import Submission


class Opinion(KeptFile):
    """The written opinion of the walidata. It is advice: the examiner decides (Perpres 39/2019)."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="opinions")
    source = models.CharField("pemberi pendapat", max_length=200)
    number = models.CharField("nomor surat", max_length=100, blank=True)
    given_on = models.DateField("tanggal pendapat")
    text = models.TextField("isi pendapat", max_length=2000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("dicatat", default=timezone.now)

    objects = DrawnOnceQuerySet["Opinion"].as_manager()

    class Meta:
        verbose_name = "pendapat walidata"
        verbose_name_plural = "pendapat walidata"
        ordering = ["given_on", "pk"]
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.source}, {self.given_on:%d/%m/%Y}"
