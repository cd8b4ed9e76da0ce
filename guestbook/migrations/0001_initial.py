
import django.core.validators
import django.utils.timezone
import guestbook.models.visitors
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ExportLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diunduh')),
                ('kind', models.CharField(choices=[('xlsx', 'XLSX'), ('pdf', 'PDF')], max_length=4, verbose_name='berkas')),
                ('period', models.CharField(max_length=7, verbose_name='periode')),
                ('rows', models.PositiveIntegerField(verbose_name='kunjungan di dalamnya')),
            ],
            options={
                'verbose_name': 'unduhan rekap',
                'verbose_name_plural': 'unduhan rekap',
                'ordering': ['-at', '-pk'],
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
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='hari')),
                ('prefix', models.CharField(max_length=2, verbose_name='huruf')),
                ('number', models.PositiveIntegerField(verbose_name='nomor')),
                ('token', models.CharField(default=guestbook.models.visitors.new_token, editable=False, max_length=32, unique=True)),
                ('form_token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('priority', models.CharField(blank=True, choices=[('', 'Tidak'), ('asked', 'meminta didahulukan'), ('disability', 'disabilitas'), ('elderly', 'lansia'), ('pregnant', 'ibu hamil')], default='', max_length=10, verbose_name='didahulukan')),
                ('status', models.CharField(choices=[('waiting', 'Menunggu'), ('called', 'Dipanggil'), ('serving', 'Dilayani'), ('served', 'Selesai'), ('no_show', 'Tidak hadir'), ('left', 'Batal'), ('unclosed', 'Tidak ditutup')], default='waiting', max_length=10)),
                ('transfer_note', models.CharField(blank=True, max_length=200, verbose_name='pengalihan')),
                ('times_called', models.PositiveSmallIntegerField(default=0, verbose_name='kali dipanggil')),
                ('note', models.TextField(blank=True, verbose_name='catatan kunjungan')),
                ('estimated_minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='perkiraan tunggu (menit)')),
                ('is_late_entry', models.BooleanField(default=False, verbose_name='entri susulan')),
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
                'permissions': [('serve_visit', 'Melayani kunjungan di loket'), ('view_recap', 'Melihat dan mengunduh rekap kunjungan')],
            },
        ),
        migrations.CreateModel(
            name='VisitEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('move', models.CharField(choices=[('check_in', 'Ambil nomor'), ('call', 'Panggil'), ('recall', 'Panggil ulang'), ('start', 'Mulai dilayani'), ('finish', 'Selesai'), ('miss', 'Tidak hadir'), ('requeue', 'Kembalikan ke antrian'), ('transfer', 'Alihkan'), ('leave', 'Batal menunggu'), ('rate', 'Dinilai'), ('close_day', 'Tutup hari')], max_length=10)),
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
                ('sex', models.CharField(blank=True, choices=[('male', 'Laki-laki'), ('female', 'Perempuan')], max_length=15, verbose_name='jenis kelamin')),
                ('age_class', models.CharField(blank=True, choices=[('under_17', 'di bawah 17 tahun'), ('17_25', '17 sampai 25 tahun'), ('26_34', '26 sampai 34 tahun'), ('35_44', '35 sampai 44 tahun'), ('45_54', '45 sampai 54 tahun'), ('55_65', '55 sampai 65 tahun'), ('over_65', 'di atas 65 tahun')], max_length=15, verbose_name='umur')),
                ('education', models.CharField(blank=True, choices=[('school', 'SLTA atau di bawahnya'), ('diploma', 'D1, D2, D3'), ('bachelor', 'D4, S1'), ('master', 'S2'), ('doctor', 'S3')], max_length=15, verbose_name='pendidikan')),
                ('occupation', models.CharField(blank=True, choices=[('student', 'Pelajar/Mahasiswa'), ('researcher', 'Peneliti/Dosen'), ('civil', 'ASN/TNI/Polri'), ('state_company', 'Pegawai BUMN/BUMD'), ('company', 'Pegawai swasta'), ('own_business', 'Wiraswasta'), ('other', 'Lainnya')], max_length=15, verbose_name='pekerjaan')),
                ('agency_category', models.CharField(blank=True, choices=[('state', 'Lembaga negara'), ('ministry', 'Kementerian dan lembaga pemerintah'), ('security', 'TNI/Polri/BIN/Kejaksaan'), ('local', 'Pemerintah daerah'), ('international', 'Lembaga internasional'), ('science', 'Lembaga penelitian dan pendidikan'), ('state_company', 'BUMN/BUMD'), ('company', 'Swasta'), ('other', 'Lainnya')], max_length=15, verbose_name='kategori instansi')),
                ('data_use', models.CharField(blank=True, choices=[('study', 'Tugas sekolah/kuliah'), ('government', 'Pemerintahan'), ('commerce', 'Komersial'), ('research', 'Penelitian'), ('other', 'Lainnya')], max_length=15, verbose_name='pemanfaatan data')),
                ('classified_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'verbose_name': 'pengunjung',
                'verbose_name_plural': 'pengunjung',
            },
        ),
        migrations.CreateModel(
            name='CallPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ratio', models.PositiveSmallIntegerField(blank=True, default=3, help_text='Sesudah sebanyak ini, satu pengunjung biasa dipanggil. Kosong: yang didahulukan selalu lebih dulu.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='panggilan didahulukan berturut-turut')),
                ('cap', models.PositiveSmallIntegerField(blank=True, default=45, help_text='Yang menunggu selama ini dipanggil lebih dulu, juga sebelum yang didahulukan. Kosong: tanpa batas.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='batas tunggu pengunjung biasa (menit)')),
            ],
            options={
                'verbose_name': 'urutan panggilan',
                'verbose_name_plural': 'urutan panggilan',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_call_policy')],
            },
        ),
    ]
