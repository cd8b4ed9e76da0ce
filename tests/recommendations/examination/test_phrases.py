"""The phrases for remarks: which are offered at a line, and how the admin edits them."""

from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.urls import reverse

import recommendations
from recommendations.examination.actions.examining import write_remark
from recommendations.examination.phrases import library
from recommendations.instruments import INSTRUMENTS, instrument
from recommendations.models import Phrase

LISTED = yaml.safe_load((Path(recommendations.__file__).parent / "data" / "phrases.yaml").read_text(encoding="utf-8"))


def offered() -> list[tuple[str, str]]:
    """Return the text of each phrase for FS3, with the line that it is for."""
    return [(one.text, one.line) for one in library(instrument("FS3"))]


def test_phrases_of_items_come_first_then_those_of_the_form_then_the_general_ones(db):
    for text, code, item in (
        ("umum", "", ""),
        ("formulir", "FS3", ""),
        ("isian", "FS3", "tujuan_survei"),
        ("isian lain", "FS3", "variabel"),
        ("formulir lain", "FP-KPA", ""),
    ):
        Phrase.objects.create(text=text, instrument_code=code, item=item)
    Phrase.objects.create(text="tidak dipakai", is_active=False)
    Phrase.objects.create(text="isian yang hilang", instrument_code="FS3", item="sudah_tidak_ada")

    assert offered() == [("isian", "r4-1"), ("isian lain", "r4-2"), ("formulir", ""), ("umum", "")]


def test_phrases_for_the_same_place_are_in_the_offices_order(db):
    for position, text in ((2, "dua"), (1, "satu"), (1, "awal")):
        Phrase.objects.create(text=text, position=position)

    assert offered() == [("awal", ""), ("satu", ""), ("dua", "")]


def test_the_first_phrases_are_polite_and_for_items_that_exist():
    assert len(LISTED) >= 30
    for one in LISTED:
        assert one["text"].startswith("Mohon ")
        assert one.get("kind", "correction") in ("correction", "advice")
        if "item" in one:
            assert INSTRUMENTS[one["form"]].has_item(one["item"])


def test_prepare_fills_an_empty_library_only(office):
    assert Phrase.objects.count() == len(LISTED)

    Phrase.objects.exclude(text="Mohon isian ini dilengkapi.").delete()
    Phrase.objects.update(text="Mohon dilengkapi, ya.")
    call_command("prepare", stdout=StringIO())

    assert list(Phrase.objects.values_list("text", flat=True)) == ["Mohon dilengkapi, ya."]


def test_writing_a_remark_adds_no_phrase(examined, petugas):
    before = Phrase.objects.count()

    write_remark(examined, item_id="tujuan_survei", kind="advice", text="Mohon kalimat yang baru.", by=petugas)

    assert Phrase.objects.count() == before


@pytest.mark.ignore_template_errors
def test_a_phrase_written_by_the_admin_is_offered_to_the_examiner(examined, client_of, admin_user, petugas):
    typed = {"text": "Mohon  satuan ditulis.", "kind": "advice", "instrument_code": "FS3", "item": "tujuan_survei"}

    client_of(admin_user).post(
        reverse("admin:recommendations_phrase_add"), typed | {"position": "0", "is_active": "on"}
    )

    page = client_of(petugas).get(reverse("recommendations:examine", args=[examined.pk])).content.decode()
    assert "Mohon satuan ditulis." in page


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"item": "bukan_isian"}, "FS3 tidak mempunyai isian bukan_isian."),
        ({"instrument_code": ""}, "Pilih formulirnya"),
        ({"text": "Mohon isian ini dilengkapi.", "instrument_code": "", "item": ""}, "Kalimat ini sudah ada."),
    ],
)
def test_a_phrase_that_could_not_be_offered_is_refused(client_of, admin_user, changed, told):
    typed = {"text": "Mohon satuan.", "kind": "advice", "instrument_code": "FS3", "item": "tujuan_survei"} | changed

    page = client_of(admin_user).post(reverse("admin:recommendations_phrase_add"), typed | {"position": "0"})

    assert told in page.content.decode()
