import re

from django.db import migrations

from office.letter_patterns import NotAPattern, check_pattern

DEFAULT = "B-{urut:03}/{satker}{unit}/{klasifikasi}/{tahun}"
PART = re.compile(r"\{(\w+)[^}]*\}")
WIDTH = re.compile(r"0?([1-6])d?")


def make_pattern_strict(apps, schema_editor):
    """The pattern was a format of Python with all that it can do. Keep its parts; when that is no pattern, the default."""
    for office in apps.get_model("office", "Office").objects.all():
        strict = PART.sub(strict_part, office.letter_pattern)
        if "{tahun}" not in strict:
            strict += "/{tahun}"
        office.letter_pattern = strict if is_pattern(strict) else DEFAULT
        office.save(update_fields=["letter_pattern"])


def strict_part(found):
    width = WIDTH.fullmatch(found[0][len(found[1]) + 2 : -1])
    return f"{{urut:0{width[1]}}}" if found[1] == "urut" and width else f"{{{found[1]}}}"


def is_pattern(text):
    try:
        check_pattern(text)
    except NotAPattern:
        return False
    return len(text) <= 100


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0011_letter_register'),
    ]

    operations = [
        migrations.RunPython(make_pattern_strict, migrations.RunPython.noop),
    ]
