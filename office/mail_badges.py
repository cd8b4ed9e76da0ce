"""The badge of a mail's state, and what an officer can do about it."""

from typing import Any

from office.models import Mail

MAIL_BADGES = {
    # status: kind and icon of its badge
    Mail.Status.WAITING: ("plain", "clock"),
    Mail.Status.SENDING: ("plain", "send"),
    Mail.Status.PUT_OFF: ("warn", "clock"),
    Mail.Status.SENT: ("ok", ""),
    Mail.Status.REFUSED: ("late", ""),
    Mail.Status.FAILED: ("late", ""),
    Mail.Status.UNKNOWN: ("warn", "help"),
    Mail.Status.BOUNCED: ("late", "back"),
}


def mail_facts(mail: Mail | None) -> dict[str, Any]:
    """Return what `components/mail.html` shows of a mail: `row` (None before it exists), `kind`, `icon`, `words`."""
    status = Mail.Status(mail.status) if mail else Mail.Status.WAITING
    kind, icon = MAIL_BADGES[status]
    return {"row": mail, "kind": kind, "icon": icon, "words": mail.state_words if mail else status.label}
