import django.db.models.deletion
import guestbook.models.visitors
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0035_words_of_a_delivery'),
    ]

    operations = [
        migrations.CreateModel(
            name='RatingLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=guestbook.models.visitors.new_token, editable=False, max_length=32, unique=True)),
                ('delivered_on', models.DateField(blank=True, db_index=True, null=True, verbose_name='surat diterima')),
                ('rated_at', models.DateTimeField(blank=True, null=True, verbose_name='dinilai')),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rating_link', to='recommendations.submission')),
            ],
            options={
                'verbose_name': 'tautan penilaian',
                'verbose_name_plural': 'tautan penilaian',
                'default_permissions': [],
            },
        ),
    ]
