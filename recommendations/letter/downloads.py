"""The download link of a signed letter, ready to be sent to the applicant."""

from datetime import date, timedelta

from django.utils import timezone

from office.models import Office
from recommendations.models import DownloadLink, Letter


def offered_link(letter: Letter) -> DownloadLink:
    """Return the link of a signed letter, to be sent now: a new one, or the old one, made longer when it has ended.

    The same link opens again, so the applicant need not look for another mail. Call inside a transaction.
    """
    link, is_new = DownloadLink.objects.get_or_create(letter=letter, defaults={"ends_on": last_day()})
    if not is_new and link.has_ended:
        link.ends_on = last_day()
        link.save(update_fields=["ends_on"])
    return link


def last_day() -> date:
    """Return the last day of a link that begins today."""
    return timezone.localdate() + timedelta(days=Office.objects.current().download_days)
