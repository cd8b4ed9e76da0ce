
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import office.models.people
import office.models.profile
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name='tahun')),
                ('is_decreed', models.BooleanField(default=False, verbose_name='cuti bersama sudah ditetapkan')),
                ('source', models.CharField(blank=True, max_length=150, verbose_name='dasar')),
            ],
            options={
                'verbose_name': 'tahun kalender',
                'verbose_name_plural': 'tahun kalender',
                'ordering': ['year'],
            },
        ),
        migrations.CreateModel(
            name='DayOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='tanggal')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('kind', models.CharField(choices=[('national', 'libur nasional'), ('collective', 'cuti bersama'), ('other', 'lainnya')], default='national', max_length=10, verbose_name='jenis')),
                ('source', models.CharField(blank=True, max_length=150, verbose_name='dasar')),
            ],
            options={
                'verbose_name': 'hari libur',
                'verbose_name_plural': 'hari libur',
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.CharField(max_length=2, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z]{1,2}$', 'Satu atau dua huruf besar.')], verbose_name='huruf nomor')),
                ('name', models.CharField(max_length=80, verbose_name='nama layanan')),
                ('hint', models.CharField(blank=True, max_length=120, verbose_name='keterangan')),
                ('needs_agency', models.BooleanField(default=False, verbose_name='menanyakan instansi, jabatan, dan e-mail')),
                ('takes_submissions', models.BooleanField(default=False, verbose_name='menerima permohonan rekomendasi')),
                ('is_open', models.BooleanField(default=True, verbose_name='dibuka')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='urutan')),
            ],
            options={
                'verbose_name': 'layanan',
                'verbose_name_plural': 'layanan',
                'ordering': ['position', 'prefix'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('name', models.CharField(max_length=150, verbose_name='nama lengkap dengan gelar')),
                ('nip', models.CharField(blank=True, max_length=18, validators=[django.core.validators.RegexValidator('^\\d{18}$', 'NIP berisi 18 angka.')], verbose_name='NIP')),
                ('must_change_password', models.BooleanField(default=True, verbose_name='harus mengganti kata sandi')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'pegawai',
                'verbose_name_plural': 'pegawai',
            },
            managers=[
                ('objects', office.models.people.StaffManager()),
            ],
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('kiosk', 'kios'), ('board', 'papan'), ('tablet', 'tablet penilaian')], max_length=10, verbose_name='jenis')),
                ('name', models.CharField(help_text='Contoh: Kios dekat pintu masuk.', max_length=60, verbose_name='nama')),
                ('idle_seconds', models.PositiveSmallIntegerField(default=60, help_text='Setelah ini kios kembali ke awal. Perpanjang untuk pengunjung yang memerlukan waktu lebih.', validators=[django.core.validators.MinValueValidator(20), django.core.validators.MaxValueValidator(1200)], verbose_name='detik tanpa sentuhan')),
                ('code_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('code_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='kode berlaku sampai')),
                ('key_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('paired_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dipasangkan')),
                ('last_seen_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='terakhir terlihat')),
                ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dicabut')),
                ('minute', models.DateTimeField(blank=True, editable=False, null=True)),
                ('acts_in_minute', models.PositiveSmallIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'perangkat',
                'verbose_name_plural': 'perangkat',
                'ordering': ['kind', 'name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('key_hash', ''), _negated=True), fields=('key_hash',), name='one_device_a_key')],
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default='BPS Kota Banjarmasin', max_length=100, verbose_name='nama kantor')),
                ('city', models.CharField(default='Kota Banjarmasin', max_length=100, verbose_name='kota/kabupaten')),
                ('place', models.CharField(default='Banjarmasin', max_length=60, verbose_name='tempat surat')),
                ('province', models.CharField(default='Kalimantan Selatan', max_length=60, verbose_name='provinsi')),
                ('satker', models.CharField(default='6371', max_length=4, validators=[django.core.validators.RegexValidator('^\\d{4}$', 'Kode satker berisi 4 angka.')], verbose_name='kode satker')),
                ('unit', models.CharField(default='0', max_length=4, verbose_name='kode unit pada nomor surat')),
                ('address', models.CharField(default='Jalan Gatot Subroto No. 5 Banjarmasin 70235', max_length=200, verbose_name='alamat')),
                ('phone', models.CharField(default='0511 6773031', max_length=40, verbose_name='telepon')),
                ('website', models.CharField(default='banjarmasinkota.bps.go.id', max_length=100, verbose_name='laman')),
                ('email', models.EmailField(default='bps6371@bps.go.id', max_length=254, verbose_name='e-mail')),
                ('service_whatsapp', models.CharField(default='0812-1010-6371', max_length=20, verbose_name='WhatsApp layanan')),
                ('complaint_whatsapp', models.CharField(default='0812-5050-6371', max_length=20, verbose_name='WhatsApp pengaduan')),
                ('complaint_url', models.URLField(default='https://webapps.bps.go.id/pengaduan/', verbose_name='laman pengaduan')),
                ('public_url', models.URLField(default='http://localhost:8000', help_text='Awal setiap tautan pada tiket, surat, dan e-mail.', verbose_name='alamat web loket')),
                ('running_text', models.CharField(blank=True, default='Layanan Rekomendasi Kegiatan Statistik tidak dipungut biaya.', max_length=300, verbose_name='teks berjalan papan')),
                ('standard', models.CharField(default='SK 019/KPA/2024', max_length=60, verbose_name='standar pelayanan')),
                ('promise_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='janji hasil pemeriksaan (hari kerja)')),
                ('letter_pattern', models.CharField(default='B-{urut:03}/{satker}{unit}/{klasifikasi}/{tahun}', help_text='Dapat memuat {urut:03}, {satker}, {unit}, {klasifikasi}, {bulan}, {tahun}.', max_length=100, validators=[office.models.profile.validate_letter_pattern], verbose_name='pola nomor surat')),
                ('letter_classification', models.CharField(default='HM.310', max_length=20, verbose_name='kode klasifikasi surat')),
                ('copies_to', models.TextField(blank=True, help_text='Satu penerima per baris.', verbose_name='tembusan')),
                ('print_nip', models.BooleanField(default=True, verbose_name='cetak NIP pada surat')),
                ('send_on_issue', models.BooleanField(default=True, help_text='Bila tidak, petugas yang mengirim dari halaman permohonan.', verbose_name='kirim e-mail begitu surat terbit')),
                ('devices_required', models.BooleanField(default=True, help_text='Bila tidak, siapa pun di jaringan ini dapat membuka kios dan papan.', verbose_name='kios dan papan hanya pada perangkat yang dipasangkan')),
            ],
            options={
                'verbose_name': 'profil kantor',
                'verbose_name_plural': 'profil kantor',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_office')],
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(unique=True, verbose_name='nomor loket')),
                ('is_open', models.BooleanField(default=True, verbose_name='dibuka')),
                ('services', models.ManyToManyField(related_name='counters', to='office.service', verbose_name='layanan')),
            ],
            options={
                'verbose_name': 'loket',
                'verbose_name_plural': 'loket',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.CharField(blank=True, choices=[('', 'Kepala'), ('Plt.', 'Pelaksana tugas (Plt.)'), ('Plh.', 'Pelaksana harian (Plh.)')], default='', max_length=4, verbose_name='kedudukan')),
                ('since_on', models.DateField(verbose_name='sejak')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='sampai dengan')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='headships', to=settings.AUTH_USER_MODEL, verbose_name='pegawai')),
            ],
            options={
                'verbose_name': 'Kepala kantor',
                'verbose_name_plural': 'Kepala kantor',
                'ordering': ['-since_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('since_on')), _connector='OR'), name='head_until_after_since', violation_error_message='Tanggal akhir tidak boleh sebelum tanggal mulai.')],
            },
        ),
    ]
