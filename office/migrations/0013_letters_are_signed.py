import django.core.validators
from django.db import migrations, models

import office.models.profile


class Migration(migrations.Migration):
    dependencies = [("office", "0012_strict_letter_pattern")]

    operations = [
        migrations.RenameField("office", "send_on_issue", "send_when_signed"),
        migrations.AlterField(
            model_name="office",
            name="send_when_signed",
            field=models.BooleanField(
                default=True,
                help_text="Bila tidak, petugas yang mengirim dari halaman permohonan.",
                verbose_name="kirim e-mail begitu surat ditandatangani",
            ),
        ),
        migrations.AddField(
            model_name="office",
            name="signing_route",
            field=models.CharField(
                choices=[
                    ("wet", "Tinta basah: cetak, tanda tangani, pindai"),
                    ("elsewhere", "TTE di aplikasi lain (BSrE, SRIKANDI): unduh, tanda tangani, unggah"),
                    ("esign", "TTE lewat layanan BSrE kantor, dari halaman Kepala"),
                    ("own", "Sertifikat kantor sendiri, untuk uji coba"),
                ],
                default="wet",
                max_length=10,
                verbose_name="cara tanda tangan surat",
            ),
        ),
        migrations.AddField(
            model_name="office",
            name="trusted_roots",
            field=models.TextField(
                blank=True,
                help_text=(
                    "Sertifikat induk penerbit tanda tangan (BSrE) dalam bentuk PEM. Tanpa ini, tanda tangan "
                    "diperiksa keutuhannya, tetapi penerbitnya tidak."
                ),
                validators=[office.models.profile.validate_roots],
                verbose_name="sertifikat induk yang dipercaya",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="nik",
            field=models.CharField(
                blank=True,
                help_text="Hanya untuk tanda tangan elektronik lewat layanan BSrE.",
                max_length=16,
                validators=[django.core.validators.RegexValidator("^\\d{16}$", "NIK berisi 16 angka.")],
                verbose_name="NIK pada layanan tanda tangan",
            ),
        ),
    ]
