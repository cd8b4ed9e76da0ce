
import django.utils.timezone
import guestbook.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='hari')),
                ('prefix', models.CharField(max_length=2, verbose_name='huruf')),
                ('number', models.PositiveIntegerField(verbose_name='nomor')),
                ('token', models.CharField(default=guestbook.models.new_token, editable=False, max_length=32, unique=True)),
                ('form_token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('priority', models.CharField(blank=True, choices=[('', 'Tidak'), ('asked', 'meminta didahulukan'), ('disability', 'disabilitas'), ('elderly', 'lansia'), ('pregnant', 'ibu hamil')], default='', max_length=10, verbose_name='didahulukan')),
                ('status', models.CharField(choices=[('waiting', 'Menunggu'), ('called', 'Dipanggil'), ('serving', 'Dilayani'), ('served', 'Selesai'), ('no_show', 'Tidak hadir'), ('left', 'Batal')], default='waiting', max_length=10)),
                ('times_called', models.PositiveSmallIntegerField(default=0, verbose_name='kali dipanggil')),
                ('note', models.TextField(blank=True, verbose_name='catatan kunjungan')),
                ('taken_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='ambil nomor')),
                ('called_at', models.DateTimeField(blank=True, null=True, verbose_name='dipanggil')),
                ('serving_at', models.DateTimeField(blank=True, null=True, verbose_name='mulai dilayani')),
                ('served_at', models.DateTimeField(blank=True, null=True, verbose_name='selesai')),
                ('rated_at', models.DateTimeField(blank=True, null=True, verbose_name='dinilai')),
            ],
            options={
                'verbose_name': 'kunjungan',
                'verbose_name_plural': 'kunjungan',
                'ordering': ['-day', 'prefix', 'number'],
                'permissions': [('serve_visit', 'Melayani kunjungan di loket')],
            },
        ),
        migrations.CreateModel(
            name='VisitEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('move', models.CharField(choices=[('check_in', 'Ambil nomor'), ('call', 'Panggil'), ('recall', 'Panggil ulang'), ('start', 'Mulai dilayani'), ('finish', 'Selesai'), ('miss', 'Tidak hadir'), ('requeue', 'Kembalikan ke antrian'), ('leave', 'Batal menunggu'), ('rate', 'Dinilai')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Visitor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='nama lengkap')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='nomor HP')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('agency', models.CharField(blank=True, max_length=200, verbose_name='instansi')),
                ('position', models.CharField(blank=True, max_length=200, verbose_name='jabatan')),
            ],
            options={
                'verbose_name': 'pengunjung',
                'verbose_name_plural': 'pengunjung',
            },
        ),
        migrations.CreateModel(
            name='TicketCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('prefix', models.CharField(max_length=2)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'prefix'), name='one_ticket_counter_a_day_and_prefix')],
            },
        ),
    ]
