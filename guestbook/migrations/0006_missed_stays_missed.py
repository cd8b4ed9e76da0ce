"""A missed visit stays missed at night. Those that the night's closing had turned into "tidak ditutup" become missed."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def restore_missed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Set the status of each visit whose closing event says that it was missed before. The events stay."""
    events = apps.get_model("guestbook", "VisitEvent").objects
    closed = events.filter(move="close_day", note="Sebelumnya: tidak hadir")
    visits = apps.get_model("guestbook", "Visit").objects
    visits.filter(status="unclosed", pk__in=closed.values("visit")).update(status="no_show")


class Migration(migrations.Migration):
    dependencies = [
        ("guestbook", "0005_guestbook_corrections"),
    ]

    operations = [
        migrations.RunPython(restore_missed, migrations.RunPython.noop),
    ]
