from django.core.management.base import BaseCommand
from django.utils import timezone

from recommendations.models import Dispatch, Letter
from recommendations.tasks import draw_letter, send_dispatch


class Command(BaseCommand):
    help = "Start again what a stopped worker still owes: letters without a PDF, mails that were not sent."

    def handle(self, *args, **options):
        letters = list(Letter.objects.undrawn().values_list("pk", flat=True))
        mails = list(Dispatch.objects.owed(timezone.now()).values_list("pk", flat=True))
        for pk in letters:
            draw_letter.delay(pk)
        for pk in mails:
            send_dispatch.delay(pk)
        self.stdout.write(f"{len(letters)} surat dan {len(mails)} e-mail dilanjutkan.")
