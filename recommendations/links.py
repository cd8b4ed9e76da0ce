"""Addresses for papers and mails."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from guestbook.reception import as_qr
from office.models import Office
from recommendations.models import DownloadLink, RatingLink, Submission
from recommendations.models.rating_links import RATED_AFTER_DELIVERY


def page_url(submission: Submission, office: Office) -> str:
    """Return the full address of the applicant's page. Its token cannot be guessed."""
    return office.full_address(reverse("recommendations:track", args=[submission.token]))


def download_url(link: DownloadLink, office: Office) -> str:
    """Return the full address of the page behind a letter's download link. Its token cannot be guessed."""
    return office.full_address(reverse("recommendations:download_page", args=[link.token]))


@dataclass(frozen=True)
class RatingInvitation:
    """Where the applicant can rate how the recommendation was given, and until which day."""

    token: str
    address: str
    until: date

    @property
    def qr(self) -> str:
        """The QR code of the address, for paper."""
        return as_qr(self.address)


def rating_invitation(submission: Submission, office: Office) -> RatingInvitation | None:
    """Return the invitation to rate after the letter; None when that is not possible now. The visit has its own."""
    link = RatingLink.objects.filter(submission=submission).first()
    return _invitation(link, office, link.rate_until) if link and link.can_be_rated else None


def paper_invitation(submission: Submission, office: Office) -> RatingInvitation | None:
    """Return the invitation for a paper that is handed over with the letter; None when it was rated already."""
    link = RatingLink.objects.filter(submission=submission, rated_at=None).first()
    return _invitation(link, office, timezone.localdate() + RATED_AFTER_DELIVERY) if link else None


def offered_rating(submission: Submission, office: Office) -> RatingInvitation | None:
    """Return the invitation for a mail with the letter, which opens when it arrives; None when it was rated already.

    Make the link of a letter that was issued before there were any.
    """
    RatingLink.objects.get_or_create(submission=submission)
    return paper_invitation(submission, office)


def _invitation(link: RatingLink, office: Office, until: date) -> RatingInvitation:
    address = office.full_address(reverse("ratings:rate", args=[link.token]))
    return RatingInvitation(link.token, address, until)


def link_panel(submission: Submission) -> dict[str, str]:
    """Return the address of the applicant's page and its QR code, for the receipt."""
    address = page_url(submission, Office.objects.current())
    return {"address": address, "qr": as_qr(address)}
