"""Run all benches on the new database of DATABASE_URL. Print each figure as one line of JSON."""

import dataclasses
import json
import sys

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("prepare", stdout=sys.stderr)

    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.db import connection

    from office.models import Office
    from pst_desk import roles
    from tests.bench import (
        autosave,
        backlog,
        calls,
        checkin,
        clock,
        console,
        examination,
        hostile_files,
        letters,
        ratings,
        rules,
        similar,
        tickets,
    )

    Office.objects.update(public_url="https://pst.contoh.example")
    Office.objects.update(devices_required=False)  # a device may draw 30 numbers a minute, the clients draw hundreds
    officer = get_user_model().objects.create(username="bench", name="Rina Contoh", must_change_password=False)
    officer.groups.add(Group.objects.get(name=roles.PETUGAS))
    benches = (
        tickets,
        calls,
        checkin,
        ratings,
        console,
        clock,
        rules,
        autosave,
        examination,
        backlog,
        letters,
        similar,
        hostile_files,
    )
    for bench in benches:
        if bench is checkin and connection.vendor == "sqlite":
            continue  # the budget is for an office's PostgreSQL
        for figure in bench.measure():
            sys.stdout.write(json.dumps(dataclasses.asdict(figure)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
