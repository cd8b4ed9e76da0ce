from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0018_dispatch_without_a_state'),
    ]

    operations = [
        migrations.AlterField(
            model_name='applicant',
            name='phone',
            field=models.CharField(max_length=32, verbose_name='nomor HP'),
        ),
    ]
