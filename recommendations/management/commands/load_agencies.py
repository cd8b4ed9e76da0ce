from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

import recommendations
from office.models import Office
from office.texts import tidy_line
from recommendations.agency_names import name_key
from recommendations.models import Agency, AgencyAlias, AgencyEvent

OURS = Path(recommendations.__file__).parent / "data" / "agencies.yaml"
ADDED = "Dari daftar instansi"


class Command(BaseCommand):
    help = (
        "Record the agencies of a list (YAML) that are not known yet, under the office's own city. "
        "What is known stays as it was edited. Safe to repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=OURS, help="default: the city of Banjarmasin")

    @transaction.atomic
    def handle(self, *args: object, file: Path, **options: object) -> None:
        office = Office.objects.locked()
        holders = known_names()
        try:
            read = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            listed = list(bodies(read, office))
        except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as wrong:
            raise CommandError(f"{file}: bukan daftar instansi. Contoh: {OURS}") from wrong
        new = [(agency, names) for agency, names in listed if claim_names(agency, holders)]
        Agency.objects.bulk_create(agency for agency, _ in new)
        AgencyEvent.objects.bulk_create(
            AgencyEvent(agency=agency, what=AgencyEvent.What.CREATE, note=ADDED) for agency, _ in new
        )
        known = {agency.key for agency, _ in new}
        others = [(holders[agency.key], names) for agency, names in listed if agency.key not in known]
        aliases, taken = missing_aliases(new + others, holders)
        AgencyAlias.objects.bulk_create(aliases)
        self.stdout.write(
            f"{len(new)} instansi dan {len(aliases)} nama lain ditambahkan, {len(listed) - len(new)} sudah ada, "
            f"{taken} nama dilewati karena dipakai instansi lain."
        )


def known_names() -> dict[str, Agency]:
    """Return the agency that each known name or alias finds, by key."""
    holders = {agency.key: agency for agency in Agency.objects.current()}
    return holders | {alias.key: alias.agency for alias in AgencyAlias.objects.select_related("agency")}


def bodies(read: dict[str, Any], office: Office) -> Iterator[tuple[Agency, list[str]]]:
    """Yield each body of the list as an unsaved agency, with its other names.

    Raise AttributeError, KeyError, TypeError or ValueError when the list has another shape.
    """
    for body in read.get("kota") or []:
        yield row(body, office, name=f"{body['name']} {office.city}", needs_check=True)
    for names in (read.get("kelurahan") or {}).values():
        for name in names:
            body = {"kind": Agency.Kind.KELURAHAN}
            yield row(body, office, name=f"Kelurahan {name} {office.city}", needs_check=True)
    for body in read.get("lain") or []:
        yield row(body, office, name=body["name"], needs_check=bool(body.get("check")))


def row(body: dict[str, Any], office: Office, *, name: str, needs_check: bool) -> tuple[Agency, list[str]]:
    """Return the body as an unsaved agency, with its other names.

    Raise ValueError when its name, short form or kind cannot be saved.
    """
    name, short = tidy_line(name), tidy_line(str(body.get("short") or ""))
    if not name_key(name) or len(name) > 200 or len(short) > 40:
        raise ValueError(name)
    agency = Agency(
        name=name,
        key=name_key(name),
        short=short,
        kind=Agency.Kind(body["kind"]),
        code=str(body.get("kode") or ""),
        place=office.place,
        is_government=body.get("government", True),
        needs_check=needs_check,
    )
    others = [tidy_line(str(other)) for other in body.get("aliases") or []]
    return agency, [other for other in (short, *others) if other]


def claim_names(agency: Agency, holders: dict[str, Agency]) -> bool:
    """Enter `agency` into `holders` when its name is free there. Return whether it was entered."""
    return holders.setdefault(agency.key, agency) is agency


def missing_aliases(named: list[tuple[Agency, list[str]]], holders: dict[str, Agency]) -> tuple[list[AgencyAlias], int]:
    """Return the unsaved aliases for names that are free, and the number of names that another agency holds.

    Each new alias is entered into `holders`.
    """
    aliases, taken = [], 0
    for agency, names in named:
        for name in names:
            alias = AgencyAlias(agency=agency, name=name, key=name_key(name))
            if alias.key not in holders:
                holders[alias.key] = agency
                aliases.append(alias)
            taken += holders[alias.key] != agency
    return aliases, taken
