"""The files of anonymous complaints lose the names that their reporters gave them, also in the history."""

from pathlib import PurePath

from django.db import migrations


def rename_files(apps, schema_editor):
    files = apps.get_model('complaints', 'ComplaintFile').objects.filter(complaint__is_anonymous=True)
    numbers = {}
    for file in files.order_by('uploaded_at', 'pk'):
        number = numbers[file.complaint_id] = numbers.get(file.complaint_id, 0) + 1
        stem = 'foto' if file.content_type in ('image/jpeg', 'image/png') else 'berkas'
        file.name = f'{stem}-{number}{PurePath(file.name).suffix.lower()}'
        file.save(update_fields=['name'])
    events = apps.get_model('complaints', 'ComplaintEvent').objects.filter(complaint__is_anonymous=True)
    events.filter(note__startswith='berkas ').update(note='berkas')


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0012_rules_of_the_end'),
    ]

    operations = [
        migrations.RunPython(rename_files, migrations.RunPython.noop),
    ]
