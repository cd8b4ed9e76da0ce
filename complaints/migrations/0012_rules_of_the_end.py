"""Every complaint has a key, a closed one has a class and a last day, and no list tells the order of a day."""

import uuid

from django.db import migrations, models
from django.db.models.functions import TruncDate


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0011_addresses_and_classes'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='complaint',
            options={'default_permissions': ['view'], 'ordering': [models.OrderBy(TruncDate('received_at'), descending=True), 'code'], 'permissions': [('receive_complaint', 'Mencatat pengaduan'), ('handle_complaint', 'Menangani pengaduan'), ('assign_complaint', 'Menugaskan pengaduan')], 'verbose_name': 'pengaduan', 'verbose_name_plural': 'pengaduan'},
        ),
        migrations.AlterField(
            model_name='complaint',
            name='key',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'closed'), _negated=True), models.Q(('due_on__isnull', False), ('term__isnull', False)), _connector='OR'), name='closed_complaint_has_class'),
        ),
    ]
