"""The table of complaints gets the name that it has in the app `complaints`. Its rows and their codes stay."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('ratings', '0002_answers_by_instrument'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable(name='Complaint', table='complaints_complaint')],
            state_operations=[migrations.DeleteModel(name='Complaint')],
        ),
    ]
