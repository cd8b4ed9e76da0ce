from django.db import migrations

from office.letter_patterns import Numbering
from recommendations.letter.identities import read_identity

DEFAULT = "B-{urut:03}/{satker}{unit}/{klasifikasi}/{tahun}"


def enter_numbers(apps, schema_editor):
    """Enter the numbers of all letters in their registers, the oldest letter first.

    A number that no pattern reads, and the second letter of one number, get no row. Their texts do not change, and the
    page of the register lists them.
    """
    office = apps.get_model("office", "Office").objects.first()
    if office is None:
        return
    patterns = [Numbering(pattern, office.satker, office.unit, office.letter_classification) for pattern in (office.letter_pattern, DEFAULT)]
    for letter in apps.get_model("recommendations", "Letter").objects.defer("content").order_by("issued_at", "pk"):
        for place in (letter_place(letter, patterns), identity_place(letter)):
            if place:
                enter(apps, letter, place)


def letter_place(letter, patterns):
    read = (numbering.read(letter.number, on=letter.issued_on) for numbering in patterns)
    number = next(filter(None, read), None)
    return number and {
        "register": "own",
        "satker": number.satker,
        "year": number.year,
        "running": number.running,
        "insertion": number.insertion,
    }


def identity_place(letter):
    identity = read_identity(letter.identity_number)
    return identity and {
        "register": identity.kind.lower(),
        "satker": identity.satker,
        "year": identity.year,
        "running": identity.running,
        "insertion": 0,
    }


def enter(apps, letter, place):
    facts = {"state": "used", "letter": letter, "by_id": letter.issued_by_id, "at": letter.issued_at}
    apps.get_model("recommendations", "RegisterNumber").objects.get_or_create(**place, defaults=facts)


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0023_register_numbers'),
        ('office', '0012_strict_letter_pattern'),
    ]

    operations = [
        migrations.RunPython(enter_numbers, migrations.RunPython.noop),
    ]
