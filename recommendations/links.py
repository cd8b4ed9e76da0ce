"""Addresses that a paper or a mail carries."""

from django.urls import reverse

from guestbook.reception import as_qr
from office.models import Office
from recommendations.models import Submission


def page_url(submission: Submission, office: Office) -> str:
    """The whole address of the applicant's own page; its token cannot be guessed."""
    return office.public_url.rstrip("/") + reverse("recommendations:track", args=[submission.token])


def link_panel(submission: Submission) -> dict[str, str]:
    """The applicant's page as address and QR code, for the receipt."""
    address = page_url(submission, Office.objects.current())
    return {"address": address, "qr": as_qr(address)}
