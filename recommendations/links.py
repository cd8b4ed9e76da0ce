"""Addresses for papers and mails."""

from django.urls import reverse

from guestbook.reception import as_qr
from office.models import Office
from recommendations.models import DownloadLink, Submission


def page_url(submission: Submission, office: Office) -> str:
    """Return the full address of the applicant's page. Its token cannot be guessed."""
    return office.public_url.rstrip("/") + reverse("recommendations:track", args=[submission.token])


def download_url(link: DownloadLink, office: Office) -> str:
    """Return the full address of the page behind a letter's download link. Its token cannot be guessed."""
    return office.public_url.rstrip("/") + reverse("recommendations:download_page", args=[link.token])


def link_panel(submission: Submission) -> dict[str, str]:
    """Return the address of the applicant's page and its QR code, for the receipt."""
    address = page_url(submission, Office.objects.current())
    return {"address": address, "qr": as_qr(address)}
