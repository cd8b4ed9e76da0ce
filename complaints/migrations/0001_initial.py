"""The complaints come from the app `ratings`, whose migration has renamed their table. Only Django's picture changes."""

import complaints.codes
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('guestbook', '0001_initial'),
        ('ratings', '0003_complaints_move_out'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Complaint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(default=complaints.codes.new_code, editable=False, max_length=16, unique=True, verbose_name='kode')),
                        ('text', models.TextField(max_length=4000, verbose_name='isi pengaduan')),
                        ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diterima')),
                        ('visit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='guestbook.visit', verbose_name='kunjungan')),
                    ],
                    options={
                        'verbose_name': 'pengaduan',
                        'verbose_name_plural': 'pengaduan',
                        'ordering': ['-received_at'],
                        'default_permissions': ['view'],
                    },
                ),
            ],
        ),
    ]
