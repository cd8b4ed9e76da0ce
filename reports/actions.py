"""Make and revoke the secret link of a calendar feed; change and review the service standard; log a packet."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone

from office import clock
from office.models import ServiceStandard, StandardComponent, StandardQuestion, User
from office.refusals import Refused
from reports.models import FeedLink, PacketDownload
from reports.packet import Packet
from reports.standard import standard_fingerprint

SECRET_BYTES = 32
"""256 bits cannot be guessed, and a wrong guess costs one index look-up."""


class StandardMovedOn(Refused):
    """Raised when the stored standard is not any more the one that the page showed."""

    def __init__(self) -> None:
        super().__init__(
            "Standar pelayanan sudah diubah di halaman lain setelah halaman ini dibuka, jadi belum ada yang disimpan."
        )


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret; only this is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_link(*, by: User) -> str:
    """Make a new link for `by` and invalidate the earlier one. Return the secret, which is not stored."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    fresh = {"digest": digest_of(secret), "made_at": timezone.now(), "revoked_at": None}
    FeedLink.objects.update_or_create(user=by, defaults=fresh)
    return secret


def revoke_link(*, by: User) -> bool:
    """Revoke the link of `by`. Return False when there is none."""
    return bool(FeedLink.objects.filter(user=by, revoked_at=None).update(revoked_at=timezone.now()))


@transaction.atomic
def change_standard(
    standard: ServiceStandard,
    *,
    texts: Mapping[int, str],
    questions: Iterable[tuple[str, str]],
    changed: Sequence[str],
    shown: str,
    by: User,
) -> None:
    """Save the whole standard, and note in the admin's history who changed which fields.

    `texts` are the components by number, `questions` the pairs of question and answer in the order of the page, `shown`
    is the fingerprint of the standard that the page showed. Raise StandardMovedOn.
    """
    ServiceStandard.objects.select_for_update().get_or_create(pk=ServiceStandard.ONLY)
    if shown != standard_fingerprint():
        raise StandardMovedOn
    standard.save(update_fields=["title", "maklumat", "maklumat_by", "maklumat_since"])
    StandardComponent.objects.write(texts)
    StandardQuestion.objects.replace(questions)
    _note_change(standard, list(changed), by)


@transaction.atomic
def review_standard(*, by: User) -> date:
    """Note that the office reviewed its standard today, and who says so. Return the day. Raise ClockWentBack."""
    today = clock.today()
    standard, _ = ServiceStandard.objects.select_for_update().get_or_create(pk=ServiceStandard.ONLY)
    standard.reviewed_on = today
    standard.save(update_fields=["reviewed_on"])
    _note_change(standard, [f"ditinjau {today.isoformat()}"], by)
    return today


def _note_change(standard: ServiceStandard, fields: list[str], by: User) -> None:
    LogEntry.objects.log_actions(by.pk, [standard], CHANGE, [{"changed": {"fields": fields}}], single_object=True)


def log_packet(packet: Packet, *, by: User) -> PacketDownload:
    """Log that `by` downloads this packet."""
    return PacketDownload.objects.create(
        by=by, at=packet.made_at, period=packet.period.code, files=len(packet.files), sha256=packet.sha256
    )
