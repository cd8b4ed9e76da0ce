"""An event keeps whom the complaint was about before: that person never handles it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('complaints', '0009_message_tokens'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='complaintevent',
            name='was_about',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='complaintevent',
            name='move',
            field=models.CharField(choices=[('receive', 'Pengaduan diterima'), ('assign', 'Ditugaskan'), ('about', 'Pegawai yang diadukan diganti'), ('answer', 'Ditanggapi'), ('ask', 'Pelapor ditanya'), ('plan', 'Rencana tindak lanjut ditulis'), ('reply', 'Pelapor menulis'), ('close', 'Pengaduan selesai'), ('satisfy', 'Penanganan dinilai pelapor'), ('reopen', 'Dibuka lagi karena pelapor belum puas'), ('calendar', 'Batas waktu dipindah karena kalender kantor berubah')], max_length=10),
        ),
    ]
