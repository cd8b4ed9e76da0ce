import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from office.models import Office
from office.paper_fonts import unprintable_characters
from recommendations.instruments.form_files import BadFormFile, read_form_file
from recommendations.instruments.rules import Facts, check_all
from recommendations.models import RuleSwitch


class Command(BaseCommand):
    help = "What an examiner would find in a filled form (YAML): missing, unreadable, against a rule."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="a filled form, keyed by item")
        parser.add_argument("--json", action="store_true", help="a JSON list of {rule, item, level, message}")

    def handle(self, *args: object, file: Path, **options: object) -> None:
        try:
            form = read_form_file(file)
        except BadFormFile as problem:
            raise CommandError(f"{file}: {problem}") from problem
        region, switched_off = _of_the_office()
        facts = Facts(form.submitted_on or timezone.localdate(), region, unprintable_characters)
        found = check_all(form.instrument, form.values, facts, form.attachments, switched_off=switched_off)
        told = [{"rule": one.rule, "item": one.item, "level": one.level, "message": one.message} for one in found]
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for one in told:
            self.stdout.write(f"{one['level']:<8} {one['rule']:<10} {one['item']}: {one['message']}")
        self.stdout.write(f"{len(told)} temuan.")


def _of_the_office() -> tuple[str, frozenset[str]]:
    """Return the office's kabupaten/kota and the rules that it has switched off.

    Without a database, return the default kabupaten/kota and no rules.
    """
    try:
        return (Office.objects.first() or Office()).city, RuleSwitch.objects.switched_off()
    except DatabaseError:
        return Office().city, frozenset()
