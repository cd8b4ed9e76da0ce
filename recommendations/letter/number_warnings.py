"""What is unusual about the numbers of a letter. Such a number is taken only with a reason."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from office.formats import short_date
from office.models import Office
from recommendations.letter.numbers import PlacesByRegister
from recommendations.models import Letter, RegisterNumber

FARTHEST = 10
"""A number may be this far from the last one; a longer jump is unusual."""
USUAL_CLASSIFICATIONS = ("HM.310", "KS.200")
"""The codes of the offices' letters of recommendation. Beside its own code an office may use them without a reason."""


def warnings_of(letter: Letter, places: PlacesByRegister, office: Office) -> dict[str, list[str]]:
    """Return a sentence for each unusual thing, by the name of the form's field. A usual number is left out."""
    found = {
        "number": [*_other_parts(letter, office), *_warnings(places["number"], letter.issued_on, office)],
    }
    if "identity_number" in places:
        found["identity_number"] = list(_warnings(places["identity_number"], letter.issued_on, office))
    return {field: words for field, words in found.items() if words}


def _warnings(place: RegisterNumber, day: date, office: Office) -> Iterator[str]:
    """Yield what is unusual about the place. Only the office's own series of this year has an order."""
    if place.year != day.year:
        yield f"Nomor ini nomor tahun {place.year}, bukan tahun {day.year}."
    if place.satker != office.satker:
        yield f"Nomor ini memuat kode kantor {place.satker}, bukan {office.satker}."
    if place.year == day.year and place.satker == office.satker:
        yield from _out_of_series(place, day)


def _other_parts(letter: Letter, office: Office) -> Iterator[str]:
    """Yield what the letter number says of month, unit and classification, when they are not those of the letter."""
    numbering, day = office.numbering, letter.issued_on
    number = numbering.read(letter.number, on=day)
    if number is None:
        return
    if number.month != day.month and number.year == day.year:
        yield f"Nomor ini nomor bulan {number.month:02}, bukan bulan {day.month:02}."
    own = replace(number, unit=numbering.unit)
    if number.satker == office.satker and numbering.write(own) != numbering.write(number):
        yield f"Nomor ini memuat kode unit {number.unit or 'kosong'}, bukan {numbering.unit or 'kosong'}."
    if number.classification not in (numbering.classification, *USUAL_CLASSIFICATIONS):
        yield f"Nomor ini memuat kode klasifikasi {number.classification}, bukan {numbering.classification}."


def _out_of_series(place: RegisterNumber, day: date) -> Iterator[str]:
    """Yield what is unusual about a number's place among the others. A reserved number was explained already."""
    others = RegisterNumber.objects.in_series_of(place)
    row = RegisterNumber.objects.of_place(place)
    if row and row.is_reserved:
        return
    if place.insertion:
        yield _inserted(place, others.whole().filter(running=place.running).exists())
        return
    yield from _jump(place, others.highest())
    yield from _against_the_days(place, day)


def _inserted(place: RegisterNumber, has_base: bool) -> str:
    if has_base:
        return f"Nomor ini nomor sisipan pada nomor {place.running}."
    return f"Nomor ini nomor sisipan, dan nomor dasarnya {place.running} tidak ada pada register."


def _jump(place: RegisterNumber, last: int) -> Iterator[str]:
    """Yield the jump. The common register also numbers other letters, so a jump there says nothing."""
    skipped = place.running - last - 1
    if place.running - last > FARTHEST and place.register != RegisterNumber.Register.COMMON:
        after = f"nomor terakhir {last}" if last else "awal tahun"
        yield f"Nomor ini melompati {skipped} nomor sejak {after}."


def _against_the_days(place: RegisterNumber, day: date) -> Iterator[str]:
    """Yield that a letter of an earlier day has a higher number."""
    later = (
        RegisterNumber.objects.in_series_of(place).whole().filter(running__gt=place.running, letter__issued_on__lt=day)
    )
    higher = later.select_related("letter").order_by("running").first()
    if higher and higher.letter:
        yield f"Nomor {higher} sudah dipakai pada {short_date(higher.letter.issued_on)}, jadi nomor ini mundur."
