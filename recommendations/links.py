"""Addresses for papers and mails."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from guestbook.reception import as_qr
from office.models import Office
from recommendations.models import DownloadLink, Submission


def page_url(submission: Submission, office: Office) -> str:
    """Return the full address of the applicant's page. Its token cannot be guessed."""
    return office.full_address(reverse("recommendations:track", args=[submission.token]))


def download_url(link: DownloadLink, office: Office) -> str:
    """Return the full address of the page behind a letter's download link. Its token cannot be guessed."""
    return office.full_address(reverse("recommendations:download_page", args=[link.token]))


@dataclass(frozen=True)
class RatingInvitation:
    """Where the applicant can rate the visit now, and until which day."""

    token: str
    address: str
    until: date


def rating_invitation(submission: Submission, office: Office) -> RatingInvitation | None:
    """Return the invitation to rate the visit of a submission; None when it cannot be rated now."""
    visit = submission.visit
    if visit is None or not visit.can_be_rated:
        return None
    address = office.full_address(reverse("ratings:rate", args=[visit.token]))
    return RatingInvitation(visit.token, address, visit.rate_until)


def link_panel(submission: Submission) -> dict[str, str]:
    """Return the address of the applicant's page and its QR code, for the receipt."""
    address = page_url(submission, Office.objects.current())
    return {"address": address, "qr": as_qr(address)}
