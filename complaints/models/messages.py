"""What the office and the reporter wrote to each other about a complaint, and the files that belong to it."""

from django.db import models
from django.utils import timezone

from complaints.models.complaints import Complaint
from office.models import User
from recommendations.models.files import KeptFile


class ComplaintMessage(models.Model):
    """One message. The reporter wrote it when `by` is empty."""

    class Kind(models.TextChoices):
        REPLY = "reply", "Dari pelapor"
        ANSWER = "answer", "Tanggapan"
        ASK = "ask", "Pertanyaan"
        PLAN = "plan", "Rencana tindak lanjut"
        CLOSE = "close", "Hasil sebelum dibuka lagi"

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices)
    text = models.TextField("isi", max_length=4000)
    due_on = models.DateField(
        "selesai paling lambat", null=True, blank=True
    )  # of a plan, or of the outcome before the reopening
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "pesan pengaduan"
        verbose_name_plural = "pesan pengaduan"
        ordering = ["at", "pk"]
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.complaint} {self.get_kind_display()}"


class ComplaintFile(KeptFile):
    """A file of the reporter, sent by them or entered by an officer. Its pages are not drawn: it is downloaded.

    It is kept byte for byte, but for a photo of an anonymous reporter: `neutral_files.py`.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="files")
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "berkas pengaduan"
        verbose_name_plural = "berkas pengaduan"
        ordering = ["uploaded_at", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["complaint", "sha256"], name="one_complaint_file_a_content"),
        ]

    def __str__(self) -> str:
        return self.name
