from django.core.management.base import BaseCommand
from django.utils import timezone

from office.models import Mail
from office.tasks import send_mail
from recommendations.models import Dispatch, Letter
from recommendations.tasks import draw_letter, send_dispatch


class Command(BaseCommand):
    help = "Start again what a stopped worker still owes: letters without a PDF, mails that were not sent."

    def handle(self, *args, **options):
        now = timezone.now()
        letters = list(Letter.objects.undrawn().values_list("pk", flat=True))
        dispatches = list(Dispatch.objects.owed(now).values_list("pk", flat=True))
        mails = list(Mail.objects.owed(now).values_list("pk", flat=True))
        for task, rows in ((draw_letter, letters), (send_dispatch, dispatches), (send_mail, mails)):
            for pk in rows:
                task.delay(pk)
        self.stdout.write(f"{len(letters)} surat dan {len(dispatches) + len(mails)} e-mail dilanjutkan.")
