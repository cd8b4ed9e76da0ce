"""The terms as sources state them, facts for the complaints that came with ratings, and their permission's new app."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

FIRST_RESPONSE_DAYS = 3
TERMS = [
    # code, name, days, unit: queue-ratings.md of the office's facts; sources differ on "hari" and "hari kerja"
    ('tanggapan', 'Tanggapan pertama', FIRST_RESPONSE_DAYS, 'working'),
    ('sederhana', 'Sederhana', 5, 'working'),
    ('tanpa-lapangan', 'Tanpa pemeriksaan lapangan', 14, 'working'),
    ('dengan-lapangan', 'Dengan pemeriksaan lapangan', 60, 'working'),
]
SATURDAY = 5


def make_terms(apps, schema_editor):
    terms = apps.get_model('complaints', 'ComplaintTerm')
    for position, (code, name, days, unit) in enumerate(TERMS):
        terms.objects.get_or_create(code=code, defaults={'name': name, 'days': days, 'unit': unit, 'position': position})


def fill_old_complaints(apps, schema_editor):
    """They came with a rating and name their visit, so they are not anonymous. The desk has no answer to them."""
    days_off = set(apps.get_model('office', 'DayOff').objects.values_list('day', flat=True))
    for complaint in apps.get_model('complaints', 'Complaint').objects.select_related('visit'):
        complaint.channel = 'rating'
        complaint.is_anonymous = complaint.visit_id is None
        complaint.about_id = complaint.visit.officer_id if complaint.visit else None
        complaint.wrote_at = complaint.received_at
        complaint.first_due_on = working_days_after(timezone.localdate(complaint.received_at), days_off)
        complaint.save()


def working_days_after(day, days_off):
    count = 0
    while count < FIRST_RESPONSE_DAYS:
        day += timedelta(days=1)
        count += day.weekday() < SATURDAY and day not in days_off
    return day


def rename_app(old, new):
    def rename(apps, schema_editor):
        types = apps.get_model('contenttypes', 'ContentType').objects
        if not types.filter(app_label=new, model='complaint').exists():
            types.filter(app_label=old, model='complaint').update(app_label=new)  # its permission stays with its groups
    return rename


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0002_life'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('office', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(make_terms, migrations.RunPython.noop),
        migrations.RunPython(fill_old_complaints, migrations.RunPython.noop),
        migrations.RunPython(rename_app('ratings', 'complaints'), rename_app('complaints', 'ratings')),
    ]
