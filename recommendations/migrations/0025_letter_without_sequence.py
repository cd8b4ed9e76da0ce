from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0024_numbers_of_letters'),
    ]

    operations = [
        migrations.RemoveField(model_name='letter', name='sequence'),
    ]
