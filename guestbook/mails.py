"""Send the ticket by e-mail to a visitor who asks for it at the kiosk: once, to the address just typed there."""

from datetime import timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from guestbook.models import Visit
from guestbook.reception import public_link
from guestbook.turns import people_ahead
from guestbook.workflow import Status
from office.models import Mail, Office
from office.outbox import put_mail

ASKED_WITHIN = timedelta(minutes=10)
"""Later than this, another visitor may be at the kiosk."""


def may_ask(visit: Visit) -> bool:
    """Return whether the ticket can be sent by e-mail: it has an address and was drawn within ASKED_WITHIN."""
    return bool(visit.visitor.email) and timezone.now() - visit.taken_at <= ASKED_WITHIN


def mail_of(visit: Visit) -> Mail | None:
    """Return the mail with the ticket, or None."""
    return Mail.objects.filter(key=_key(visit)).first() if visit.visitor.email else None


@transaction.atomic
def mail_ticket(visit: Visit) -> Mail | None:
    """Put the ticket into the outbox, once even if asked often. Return the mail, or None when asking is not allowed."""
    if not may_ask(visit):
        return None
    office = Office.objects.current()
    words = {
        "visit": visit,
        "office": office,
        "ahead": people_ahead(visit, timezone.now()) if visit.status == Status.WAITING else None,
        "link": public_link("guestbook:ticket", visit),
    }
    return put_mail(
        key=_key(visit),
        to=visit.visitor.email,
        subject=f"Nomor antrian {visit}, {office.name}",
        body=render_to_string("guestbook/mail_ticket.txt", words),
    )


def _key(visit: Visit) -> str:
    return f"ticket:{visit.pk}"
