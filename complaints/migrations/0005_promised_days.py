"""How many working days were promised, so that a change of the calendar can move the due dates of complaints."""

from django.db import migrations, models

FIRST_RESPONSE = 'tanggapan'


def fill_days(apps, schema_editor):
    """The stored dates were counted with the terms as they are; calendar days stay empty."""
    terms = {term.pk: term for term in apps.get_model('complaints', 'ComplaintTerm').objects.all()}
    first = next((term for term in terms.values() if term.code == FIRST_RESPONSE), None)
    complaints = apps.get_model('complaints', 'Complaint').objects
    if first and first.unit == 'working':
        complaints.update(first_days=first.days)
    for pk, term in terms.items():
        if term.unit == 'working':
            complaints.filter(term_id=pk, due_on__isnull=False).update(due_days=term.days)


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0004_rules'),
    ]

    operations = [
        migrations.AddField(
            model_name='complaint',
            name='due_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hari kerja sampai selesai'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='first_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hari kerja sampai tanggapan pertama'),
        ),
        migrations.AlterField(
            model_name='complaintevent',
            name='move',
            field=models.CharField(choices=[('receive', 'Pengaduan diterima'), ('assign', 'Ditugaskan'), ('answer', 'Ditanggapi'), ('ask', 'Pelapor ditanya'), ('plan', 'Rencana tindak lanjut ditulis'), ('reply', 'Pelapor menulis'), ('close', 'Pengaduan selesai'), ('satisfy', 'Penanganan dinilai pelapor'), ('reopen', 'Dibuka lagi karena pelapor belum puas'), ('calendar', 'Batas waktu dipindah karena kalender kantor berubah')], max_length=10),
        ),
        migrations.RunPython(fill_days, migrations.RunPython.noop),
    ]
