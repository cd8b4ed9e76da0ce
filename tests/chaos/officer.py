"""What an officer does about a mail that the desk says was refused, failed, or has an unknown result."""

from office.models import Mail
from recommendations.models import Dispatch, EmailCode, Slip
from tests.chaos.steps import Walk


def settle(walk: Walk) -> None:
    """Press the button that the page offers for each such mail of the walk."""
    refused = (Mail.Status.REFUSED, Mail.Status.FAILED)
    for code in EmailCode.objects.filter(mail__to=walk.email, mail__status__in=refused).order_by("-pk")[:1]:
        if not EmailCode.objects.filter(applicant=code.applicant, pk__gt=code.pk).exists():
            walk.officer.send(f"/kontak/{code.applicant_id}/kode/", [])
    for slip in Slip.objects.filter(mail__to=walk.email).select_related("mail"):
        if slip.mail.status in refused:
            walk.officer.send(f"/catatan-perbaikan/{slip.pk}/kirim/", [("to", walk.email)])
        elif slip.mail.status == Mail.Status.UNKNOWN:
            walk.officer.send(f"/catatan-perbaikan/{slip.pk}/e-mail-sampai/", [])
    for dispatch in Dispatch.objects.filter(mail__to=walk.email).select_related("mail"):
        if dispatch.mail.status in refused:
            walk.officer.send(f"/pengiriman/{dispatch.pk}/ulangi/", [])
        elif dispatch.mail.status == Mail.Status.UNKNOWN:
            walk.officer.send(f"/pengiriman/{dispatch.pk}/sampai/", [])
