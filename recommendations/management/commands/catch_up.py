from django.core.management.base import BaseCommand
from django.utils import timezone

from office.models import Mail
from office.tasks import send_mail
from recommendations.letter.tasks import draw_letter, send_dispatch
from recommendations.models import Dispatch, Letter, Slip
from recommendations.slip.mailing import note_told
from recommendations.slip.tasks import draw_slip


class Command(BaseCommand):
    help = "Start again what a stopped worker still owes: papers without a PDF, mails that were not sent or not noted."

    def handle(self, *args: object, **options: object) -> None:
        now = timezone.now()
        letters = list(Letter.objects.undrawn().values_list("pk", flat=True))
        slips = list(Slip.objects.undrawn().values_list("pk", flat=True))
        slips += Slip.objects.unmailed().values_list("pk", flat=True)
        dispatches = list(Dispatch.objects.owed(now).values_list("pk", flat=True))
        mails = list(Mail.objects.owed(now).values_list("pk", flat=True))
        owed = ((draw_letter, letters), (draw_slip, slips), (send_dispatch, dispatches), (send_mail, mails))
        for task, rows in owed:
            for pk in rows:
                task.delay(pk)
        told = note_told()
        self.stdout.write(
            f"{len(letters)} surat, {len(slips)} catatan perbaikan, dan {len(dispatches) + len(mails)} e-mail "
            f"dilanjutkan; {told} hasil tercatat diberitahukan."
        )
