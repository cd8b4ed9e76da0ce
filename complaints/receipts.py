"""What a reporter takes along after a complaint: its code, the day of the first response, and where to follow it."""

from datetime import date
from typing import Any

from django.urls import reverse

from complaints.models import Complaint
from guestbook.reception import as_qr
from office.models import Office


def follow_panel() -> dict[str, str]:
    """Return the full address of the page on which a code is typed, and its QR code. Neither contains a code."""
    address = Office.objects.current().full_address(reverse("complaints:follow"))
    return {"address": address, "qr": as_qr(address)}


def kept_receipt(complaint: Complaint) -> dict[str, Any]:
    """Return the receipt of a complaint as a session keeps it until the next page has shown it."""
    return {
        "code": complaint.shown_code,
        "is_anonymous": complaint.is_anonymous,
        "first_due_on": complaint.first_due_on.isoformat(),
    }


def receipt_context(kept: dict[str, Any]) -> dict[str, Any]:
    """Return what `_code.html` shows, from a kept receipt."""
    due = date.fromisoformat(kept["first_due_on"])
    return {"sent": kept | {"first_due_on": due}, "follow": follow_panel()}
