from django.core.management.base import BaseCommand, CommandError

from complaints.actions.dates import follow_calendar
from complaints.actions.receiving import tell_heads_of_left
from office.batches import each_alone
from office.refusals import Refused


class Command(BaseCommand):
    help = (
        "Move the due dates of open complaints that the office's calendar has changed, and mail the heads which "
        "complaints have an officer who is not active any more. It may run at any time."
    )

    def handle(self, *args: object, **options: object) -> None:
        try:
            moved, _ = each_alone((follow_calendar, tell_heads_of_left), lambda part: part())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Batas waktu {moved} pengaduan dipindah menurut kalender.")
