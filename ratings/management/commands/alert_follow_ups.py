from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from office.clock import must_be_supported
from office.refusals import Refused
from ratings.follow_up_alerts import alert_follow_ups


class Command(BaseCommand):
    help = "Mail the measures of the SKM's follow-up plan that come due or are overdue, each once. It may run any time."

    def handle(self, *args: object, **options: object) -> None:
        now = timezone.localtime()
        try:
            must_be_supported(now)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        count = alert_follow_ups(now.date())
        self.stdout.write(f"{count} e-mail tentang tindak lanjut SKM.")
