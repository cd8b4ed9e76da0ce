"""The life of a complaint: who handles it until when, what was written, and how it ended."""

import datetime
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import recommendations.models.files
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0001_initial'),
        ('guestbook', '0004_phone_extensions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='complaint',
            options={'default_permissions': ['view'], 'ordering': ['-received_at', '-pk'], 'permissions': [('receive_complaint', 'Mencatat pengaduan'), ('handle_complaint', 'Menangani pengaduan'), ('assign_complaint', 'Menugaskan pengaduan')], 'verbose_name': 'pengaduan', 'verbose_name_plural': 'pengaduan'},
        ),
        migrations.AddField(
            model_name='complaint',
            name='about',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='petugas yang diadukan'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='answered_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='tanggapan terakhir'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='assigned_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to=settings.AUTH_USER_MODEL, verbose_name='ditangani oleh'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='channel',
            field=models.CharField(choices=[('page', 'Halaman pengaduan'), ('kiosk', 'Kiosk'), ('rating', 'Penilaian layanan'), ('box', 'Kotak saran'), ('whatsapp', 'WhatsApp'), ('email', 'E-mail'), ('site', 'Laman webapps.bps.go.id'), ('spoken', 'Lisan di loket'), ('lapor', 'SP4N-LAPOR!')], default='page', max_length=10, verbose_name='saluran'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='closed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='selesai'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='due_on',
            field=models.DateField(blank=True, null=True, verbose_name='selesai paling lambat'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='element',
            field=models.CharField(blank=True, choices=[('', 'Tidak tentu'), ('persyaratan', 'Persyaratan'), ('prosedur', 'Prosedur'), ('waktu', 'Waktu'), ('biaya', 'Biaya/tarif'), ('produk', 'Produk'), ('kompetensi', 'Kompetensi petugas'), ('perilaku', 'Perilaku petugas'), ('sarana', 'Sarana dan prasarana'), ('pengaduan', 'Penanganan pengaduan')], default='', max_length=15, verbose_name='unsur'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='first_due_on',
            field=models.DateField(default=datetime.date(2000, 1, 1), verbose_name='tanggapan pertama paling lambat'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='complaint',
            name='form_token',
            field=models.UUIDField(blank=True, editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='complaint',
            name='is_anonymous',
            field=models.BooleanField(default=True, verbose_name='tanpa nama'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='is_confidential',
            field=models.BooleanField(default=False, verbose_name='rahasia'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='is_satisfied',
            field=models.BooleanField(blank=True, null=True, verbose_name='pelapor puas'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='outcome',
            field=models.CharField(blank=True, choices=[('', 'Belum ada'), ('done', 'Terbukti, sudah diperbaiki'), ('explained', 'Sudah dijelaskan'), ('unproven', 'Tidak terbukti'), ('passed_on', 'Bukan wewenang kami, diteruskan'), ('withdrawn', 'Dicabut pelapor')], default='', max_length=10, verbose_name='hasil'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='outcome_note',
            field=models.TextField(blank=True, max_length=4000, verbose_name='penjelasan hasil'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='received_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicatat oleh'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='reopened_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='dibuka lagi'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='reporter_email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='e-mail pelapor'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='reporter_name',
            field=models.CharField(blank=True, max_length=200, verbose_name='nama pelapor'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='reporter_phone',
            field=models.CharField(blank=True, max_length=32, verbose_name='nomor HP pelapor'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='responded_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='tanggapan pertama'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='sp4n_number',
            field=models.CharField(blank=True, max_length=30, verbose_name='nomor SP4N-LAPOR!'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='status',
            field=models.CharField(choices=[('received', 'Diterima'), ('assigned', 'Ditugaskan'), ('answered', 'Ditanggapi'), ('closed', 'Selesai'), ('reopened', 'Dibuka lagi')], default='received', max_length=10),
        ),
        migrations.AddField(
            model_name='complaint',
            name='wrote_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='pelapor menulis terakhir'),
        ),
        migrations.CreateModel(
            name='ComplaintEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('move', models.CharField(choices=[('receive', 'Pengaduan diterima'), ('assign', 'Ditugaskan'), ('answer', 'Ditanggapi'), ('ask', 'Pelapor ditanya'), ('plan', 'Rencana tindak lanjut ditulis'), ('reply', 'Pelapor menulis'), ('close', 'Pengaduan selesai'), ('satisfy', 'Penanganan dinilai pelapor'), ('reopen', 'Dibuka lagi karena pelapor belum puas')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='complaints.complaint')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'default_permissions': [],
            },
        ),
        migrations.CreateModel(
            name='ComplaintFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='percobaan')),
                ('tried_at', models.DateTimeField(blank=True, null=True)),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='sebab')),
                ('file', models.FileField(upload_to=recommendations.models.files.attachment_path)),
                ('name', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('size', models.PositiveIntegerField(verbose_name='ukuran (byte)')),
                ('content_type', models.CharField(max_length=100)),
                ('sha256', models.CharField(max_length=64)),
                ('pages', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='halaman')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='complaints.complaint')),
            ],
            options={
                'verbose_name': 'berkas pengaduan',
                'verbose_name_plural': 'berkas pengaduan',
                'ordering': ['uploaded_at', 'pk'],
                'default_permissions': [],
            },
        ),
        migrations.CreateModel(
            name='ComplaintMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reply', 'Dari pelapor'), ('answer', 'Tanggapan'), ('ask', 'Pertanyaan'), ('plan', 'Rencana tindak lanjut')], max_length=10, verbose_name='jenis')),
                ('text', models.TextField(max_length=4000, verbose_name='isi')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='selesai paling lambat')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='complaints.complaint')),
            ],
            options={
                'verbose_name': 'pesan pengaduan',
                'verbose_name_plural': 'pesan pengaduan',
                'ordering': ['at', 'pk'],
                'default_permissions': [],
            },
        ),
        migrations.CreateModel(
            name='ComplaintTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(editable=False, max_length=20, unique=True, verbose_name='kode')),
                ('name', models.CharField(max_length=100, verbose_name='nama')),
                ('days', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='batas')),
                ('unit', models.CharField(choices=[('working', 'hari kerja'), ('calendar', 'hari')], default='working', max_length=10, verbose_name='satuan')),
                ('position', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='urutan')),
            ],
            options={
                'verbose_name': 'batas waktu pengaduan',
                'verbose_name_plural': 'batas waktu pengaduan',
                'ordering': ['position', 'pk'],
                'default_permissions': ['view', 'change'],
                'constraints': [models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 365)), name='complaint_term_has_days')],
            },
        ),
        migrations.AddField(
            model_name='complaint',
            name='term',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.complaintterm', verbose_name='golongan'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['status', 'due_on'], name='complaint_status_due'),
        ),
        migrations.AddConstraint(
            model_name='complaintevent',
            constraint=models.UniqueConstraint(condition=models.Q(('move', 'reopen')), fields=('complaint',), name='a_complaint_is_reopened_once'),
        ),
        migrations.AddConstraint(
            model_name='complaintfile',
            constraint=models.UniqueConstraint(fields=('complaint', 'sha256'), name='one_complaint_file_a_content'),
        ),
    ]
