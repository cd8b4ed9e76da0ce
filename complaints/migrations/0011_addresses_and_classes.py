"""A complaint gets a random key for its address, and a closed one without a class gets the ordinary class."""

import uuid

from django.db import migrations, models
from django.utils import timezone

from complaints.deadlines import term_ends_on

ORDINARY = 'tanpa-lapangan'


def fill_keys(apps, schema_editor):
    complaints = apps.get_model('complaints', 'Complaint').objects
    for pk in complaints.values_list('pk', flat=True):
        complaints.filter(pk=pk).update(key=uuid.uuid4())


def fill_classes(apps, schema_editor):
    """Its last day may be one before its end: then it ended late, as it would have with a class from the beginning."""
    days_off = set(apps.get_model('office', 'DayOff').objects.values_list('day', flat=True))
    ordinary = apps.get_model('complaints', 'ComplaintTerm').objects.get(code=ORDINARY)
    lacking = models.Q(term=None) | models.Q(due_on=None)
    for complaint in apps.get_model('complaints', 'Complaint').objects.filter(lacking, status='closed'):
        term, start = complaint.term or ordinary, complaint.reopened_at or complaint.received_at
        is_working = term.unit == 'working'
        complaint.term, complaint.due_days = term, term.days if is_working else None
        complaint.due_on = term_ends_on(
            timezone.localdate(start), term.days, counts_working_days=is_working, days_off=days_off
        )
        complaint.save(update_fields=['term', 'due_days', 'due_on'])


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0010_former_about'),
        ('office', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='complaint',
            name='key',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        migrations.RunPython(fill_classes, migrations.RunPython.noop),
    ]
