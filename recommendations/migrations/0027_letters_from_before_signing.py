"""Letters that were sent or handed over before the desk kept signed letters stay in force, as what they are.

They have no signed copy. A letter that was not delivered yet waits for its signature.
"""

from django.db import migrations


def keep_in_force(apps, schema_editor):
    letters = apps.get_model("recommendations", "Letter").objects
    letters.filter(submission__status__in=("sent", "closed")).update(status="valid")


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0026_signed_copies")]

    operations = [migrations.RunPython(keep_in_force, migrations.RunPython.noop)]
