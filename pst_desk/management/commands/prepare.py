from pathlib import Path

import yaml
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

import office
import recommendations
from guestbook.models import CallPolicy
from office.models import (
    CalendarYear,
    Counter,
    Office,
    Service,
    ServiceStandard,
    StandardComponent,
    StandardQuestion,
)
from office.public_address import is_this_machine
from pst_desk.roles import grant_roles
from recommendations.examination.phrases import defaults_to_add
from recommendations.models import Agency, Phrase, RuleSwitch

DATA = Path(recommendations.__file__).parent / "data"
STANDARD = Path(office.__file__).parent / "data" / "standard.yaml"

SERVICES = [
    # prefix, name, hint, needs_agency, takes_submissions
    ("R", "Rekomendasi Kegiatan Statistik", "Instansi pemerintah: FS3 atau FP-KPA", True, True),
    ("K", "Konsultasi Statistik", "Bertanya tentang data dan metode", False, False),
    ("P", "Perpustakaan", "Membaca publikasi dan data", False, False),
    ("J", "Penjualan Produk Statistik", "Data mikro, peta, publikasi berbayar", False, False),
    ("A", "Pengaduan", "Keluhan atas layanan kami", False, False),
    ("U", "Belum tahu", "Petugas membantu Anda memilih", False, False),
]


class Command(BaseCommand):
    help = (
        "Make a fresh database ready for work: roles, rules, phrases, office profile, service standard, services, "
        "two counters, agencies, calendar. Safe to repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--migrate", action="store_true", help="bring the tables up to date first")
        parser.add_argument("--demo", action="store_true", help="then load the demo, where there are no users")
        parser.add_argument(
            "--address",
            default="",
            help="where the desk answers now; an address of another machine stays",
        )

    def handle(self, *args: object, migrate: bool, demo: bool, address: str, **options: object) -> None:
        if migrate:
            call_command("migrate", verbosity=0)
        self.make_ready()
        if address and is_this_machine(Office.objects.current().public_url):
            Office.objects.update(public_url=address)
        if demo:
            call_command("load_demo", if_new=True, stdout=self.stdout)

    @transaction.atomic
    def make_ready(self) -> None:
        grant_roles()
        Office.objects.current()
        CallPolicy.objects.get_or_create(pk=CallPolicy.ONLY)
        RuleSwitch.objects.fill()
        if not Phrase.objects.exists():
            self.offer_phrases()
        if not ServiceStandard.objects.exists():
            self.offer_standard()
        if not Service.objects.exists():
            self.open_services()
        if not Agency.objects.exists():
            call_command("load_agencies", stdout=self.stdout)
        this_year = timezone.localdate().year
        wanted = set(range(this_year - 1, this_year + 2)) - set(CalendarYear.objects.values_list("year", flat=True))
        if wanted:
            call_command("load_calendar", *sorted(wanted), stdout=self.stdout)

    def offer_phrases(self) -> None:
        """Add the first phrases. After that the office edits them itself."""
        listed = yaml.safe_load((DATA / "phrases.yaml").read_text(encoding="utf-8"))
        Phrase.objects.bulk_create(defaults_to_add(listed))

    def offer_standard(self) -> None:
        """Publish the first service standard. After that the office edits it itself."""
        listed = yaml.safe_load(STANDARD.read_text(encoding="utf-8"))
        ServiceStandard.objects.create(pk=ServiceStandard.ONLY)
        StandardComponent.objects.write({number: text.strip() for number, text in listed["components"].items()})
        StandardQuestion.objects.replace((one["question"], one["answer"]) for one in listed["questions"])

    def open_services(self) -> None:
        for position, (prefix, name, hint, needs_agency, takes_submissions) in enumerate(SERVICES, start=1):
            Service.objects.create(
                prefix=prefix,
                name=name,
                hint=hint,
                needs_agency=needs_agency,
                takes_submissions=takes_submissions,
                position=position,
            )
        for number in (1, 2):
            Counter.objects.create(number=number).services.set(Service.objects.all())
