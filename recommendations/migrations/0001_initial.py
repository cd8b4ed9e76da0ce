
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import guestbook.models.visitors
import recommendations.models.files
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('guestbook', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True, verbose_name='nama instansi')),
                ('place', models.CharField(default='Banjarmasin', max_length=60, verbose_name='tempat')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
            ],
            options={
                'verbose_name': 'instansi',
                'verbose_name_plural': 'instansi',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Applicant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='nama kontak')),
                ('position', models.CharField(blank=True, max_length=200, verbose_name='jabatan')),
                ('phone', models.CharField(max_length=20, verbose_name='nomor HP')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail yang aktif')),
                ('romantik_username', models.CharField(blank=True, max_length=100, verbose_name='nama pengguna Romantik')),
                ('romantik_assisted_on', models.DateField(blank=True, null=True, verbose_name='dibantu dibuatkan pada')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applicants', to='recommendations.agency', verbose_name='instansi')),
            ],
            options={
                'verbose_name': 'akun pemohon',
                'verbose_name_plural': 'akun pemohon',
                'ordering': ['agency__name', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=100, unique=True, verbose_name='nomor surat')),
                ('sequence', models.PositiveIntegerField(blank=True, null=True, verbose_name='nomor urut')),
                ('identity_number', models.CharField(max_length=13, unique=True, validators=[django.core.validators.RegexValidator('^[VK]-[0-9]{2}\\.[0-9]{4}\\.[0-9]{3}\\Z', 'Tulis seperti V-26.6371.001.')], verbose_name='identitas rekomendasi')),
                ('token', models.CharField(default=guestbook.models.visitors.new_token, editable=False, max_length=32, unique=True)),
                ('issued_on', models.DateField(verbose_name='tanggal surat')),
                ('issued_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('content', models.JSONField()),
                ('pdf', models.FileField(blank=True, upload_to='letters/')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('drawn_at', models.DateTimeField(blank=True, null=True)),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issued_letters', to=settings.AUTH_USER_MODEL, verbose_name='diterbitkan oleh')),
            ],
            options={
                'verbose_name': 'surat',
                'verbose_name_plural': 'surat',
                'ordering': ['-issued_at'],
            },
        ),
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form_token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('paper', 'Diserahkan di loket')], max_length=5, verbose_name='cara')),
                ('to', models.CharField(max_length=254, verbose_name='kepada')),
                ('status', models.CharField(choices=[('waiting', 'Menunggu dikirim'), ('sending', 'Sedang dikirim'), ('sent', 'Terkirim'), ('failed', 'Belum terkirim')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='percobaan')),
                ('error', models.CharField(blank=True, max_length=300, verbose_name='sebab')),
                ('message_id', models.CharField(blank=True, max_length=200)),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='terkirim')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatches', to='recommendations.letter')),
            ],
            options={
                'verbose_name': 'pengiriman',
                'verbose_name_plural': 'pengiriman',
                'ordering': ['requested_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='putaran')),
                ('answers', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField(blank=True, null=True, verbose_name='tersimpan')),
                ('recorded_at', models.DateTimeField(blank=True, null=True, verbose_name='terekam lengkap')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='jatuh tempo')),
                ('due_is_provisional', models.BooleanField(default=False, verbose_name='jatuh tempo sementara')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='hasil diberitahukan')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['submission', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=40, verbose_name='isian')),
                ('kind', models.CharField(choices=[('correction', 'Perbaikan'), ('advice', 'Konfirmasi/saran')], default='correction', max_length=10, verbose_name='jenis')),
                ('text', models.TextField(max_length=2000, verbose_name='isi catatan')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='recommendations.round')),
            ],
            options={
                'verbose_name': 'catatan',
                'verbose_name_plural': 'catatan',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(editable=False, verbose_name='nomor')),
                ('year', models.PositiveSmallIntegerField(editable=False, verbose_name='tahun')),
                ('form_token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('instrument_code', models.CharField(choices=[('FS3', 'FS3'), ('FP-KPA', 'FP-KPA')], max_length=10, verbose_name='formulir')),
                ('status', models.CharField(choices=[('recording', 'Perekaman'), ('checking', 'Pemeriksaan'), ('returned', 'Perbaikan'), ('verified', 'Menunggu Kepala'), ('issued', 'Surat terbit'), ('sent', 'Surat terkirim'), ('closed', 'Selesai'), ('cancelled', 'Dibatalkan')], default='recording', max_length=10)),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='judul kegiatan')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='jatuh tempo')),
                ('cover_number', models.CharField(blank=True, max_length=100, verbose_name='nomor surat pengantar')),
                ('cover_date', models.DateField(blank=True, null=True, verbose_name='tanggal surat pengantar')),
                ('cover_signatory', models.CharField(blank=True, max_length=200, verbose_name='penanda tangan surat pengantar')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='recommendations.applicant', verbose_name='pemohon')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to=settings.AUTH_USER_MODEL, verbose_name='petugas')),
                ('visit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='guestbook.visit', verbose_name='kunjungan')),
            ],
            options={
                'verbose_name': 'permohonan',
                'verbose_name_plural': 'permohonan',
                'ordering': ['-year', '-number'],
                'permissions': [('record_submission', 'Merekam permohonan'), ('examine_submission', 'Memeriksa permohonan'), ('send_letter', 'Mengirim surat dan menutup permohonan'), ('issue_letter', 'Menerbitkan surat rekomendasi')],
                'default_permissions': ['view'],
            },
        ),
        migrations.AddField(
            model_name='round',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='recommendations.submission'),
        ),
        migrations.AddField(
            model_name='letter',
            name='submission',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='letter', to='recommendations.submission'),
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='jenis')),
                ('file', models.FileField(upload_to=recommendations.models.files.attachment_path)),
                ('name', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('size', models.PositiveIntegerField(verbose_name='ukuran (byte)')),
                ('content_type', models.CharField(max_length=100)),
                ('sha256', models.CharField(max_length=64)),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='recommendations.submission')),
            ],
            options={
                'verbose_name': 'lampiran',
                'verbose_name_plural': 'lampiran',
                'ordering': ['uploaded_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SubmissionEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('move', models.CharField(choices=[('open', 'Permohonan dibuka'), ('attach', 'Berkas dilampirkan'), ('detach', 'Berkas dilepas'), ('record', 'Terekam lengkap'), ('return', 'Dikembalikan kepada pemohon'), ('verify', 'Diverifikasi'), ('send_back', 'Dikembalikan Kepala untuk diperiksa lagi'), ('issue', 'Surat terbit'), ('draw', 'PDF surat selesai dibuat'), ('deliver', 'Surat sampai pada pemohon'), ('fail', 'Pengiriman belum berhasil'), ('close', 'Permohonan selesai'), ('cancel', 'Permohonan dibatalkan')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='recommendations.submission')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='applicant',
            constraint=models.UniqueConstraint(fields=('agency', 'email'), name='one_account_an_agency_and_email'),
        ),
        migrations.AddConstraint(
            model_name='applicant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('romantik_username', ''), _negated=True), ('romantik_assisted_on__isnull', False), _connector='OR'), name='applicant_has_romantik_account', violation_error_message='Isi nama pengguna Romantik, atau tanggal akun dibantu dibuatkan.'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.UniqueConstraint(condition=models.Q(('channel', 'email'), ('status__in', ['waiting', 'sending'])), fields=('letter',), name='one_mail_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('status', 'sent')), models.Q(models.Q(('status', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='sent_dispatch_has_time'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.UniqueConstraint(fields=('round', 'item'), name='one_remark_an_item_and_round'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['status', 'due_on'], name='submission_status_due'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('year', 'number'), name='one_submission_a_register_number'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(fields=('submission', 'number'), name='one_round_a_number'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_on', None), ('recorded_at', None), ('recorded_by', None)), models.Q(('due_on__isnull', False), ('recorded_at__isnull', False), ('recorded_by__isnull', False)), _connector='OR'), name='recorded_round_has_officer_and_due_date'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('told_at', None), ('recorded_at__isnull', False), _connector='OR'), name='only_recorded_round_is_told'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('drawn_at', None), ('pdf', ''), ('sha256', '')), models.Q(models.Q(('pdf', ''), _negated=True), models.Q(('sha256', ''), _negated=True), ('drawn_at__isnull', False)), _connector='OR'), name='drawn_letter_has_file_and_hash'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('submission', 'kind', 'sha256'), name='one_attachment_a_file', violation_error_message='Berkas ini sudah dilampirkan.'),
        ),
    ]
