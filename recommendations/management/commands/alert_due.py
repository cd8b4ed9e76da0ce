from django.core.management.base import BaseCommand
from django.utils import timezone

from recommendations.alerts import alert


class Command(BaseCommand):
    help = "Alert who is responsible of promises that come due; at most once a day, whatever the clock asks."

    def handle(self, *args, **options):
        count = alert(timezone.localdate())
        self.stdout.write(f"{count} permohonan diperingatkan.")
