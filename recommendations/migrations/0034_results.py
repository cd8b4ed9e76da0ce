import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0033_whatsapp'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='submissionevent',
            name='move',
            field=models.CharField(choices=[('open', 'Permohonan dibuka'), ('link', 'Kunjungan ditautkan'), ('attach', 'Berkas dilampirkan'), ('detach', 'Berkas dilepas'), ('rekind', 'Jenis berkas diganti'), ('copy', 'Isian disalin'), ('unlock', 'Isian dibuka'), ('record', 'Terekam lengkap'), ('assign', 'Penanggung jawab diganti'), ('opinion', 'Pendapat walidata dicatat'), ('return', 'Dikembalikan kepada pemohon'), ('tell', 'Hasil diberitahukan'), ('answer', 'Jawaban pemohon masuk'), ('remind', 'Pemohon diingatkan'), ('late', 'Sebab terlambat dicatat'), ('compare', 'Pemeriksaan duplikasi'), ('read', 'Dinyatakan sesuai oleh pemeriksa pertama'), ('verify', 'Diverifikasi'), ('send_back', 'Dikembalikan Kepala untuk diperiksa lagi'), ('issue', 'Surat terbit'), ('draw', 'PDF surat selesai dibuat'), ('scan', 'Pindaian surat diunggah'), ('reject', 'Pindaian ditolak'), ('unsure', 'Hasil tanda tangan tidak diketahui'), ('resume', 'Boleh ditandatangani lagi'), ('sign', 'Surat ditandatangani'), ('deliver', 'Surat sampai pada pemohon'), ('whatsapp', 'Surat dikirim lewat WhatsApp'), ('renew', 'Tautan unduh diperpanjang'), ('receipt', 'Tanda terima surat disimpan'), ('fail', 'Pengiriman belum berhasil'), ('bounce', 'E-mail kembali, tidak sampai'), ('unsend', 'E-mail kembali, surat belum ditandatangani'), ('ask_result', 'Hasil dan metadata diminta'), ('result', 'Hasil dan metadata diterima'), ('close', 'Permohonan selesai'), ('cancel', 'Permohonan dibatalkan'), ('correct', 'Surat akan diganti'), ('mend', 'Isian diperbaiki untuk surat pengganti'), ('keep', 'Surat tidak jadi diganti'), ('replace', 'Surat diganti'), ('reissue', 'Surat pengganti terbit'), ('revoke', 'Surat dicabut')], max_length=10),
        ),
        migrations.CreateModel(
            name='ResultNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form_token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('asked', 'Diminta'), ('received', 'Diterima')], max_length=8)),
                ('happened_on', models.DateField(verbose_name='tanggal')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='catatan')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='dicatat')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='result_notes', to='recommendations.submission')),
            ],
            options={
                'verbose_name': 'catatan hasil dan metadata',
                'verbose_name_plural': 'catatan hasil dan metadata',
                'ordering': ['happened_on', 'pk'],
                'default_permissions': [],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'received')), fields=('submission',), name='results_are_received_once')],
            },
        ),
    ]
