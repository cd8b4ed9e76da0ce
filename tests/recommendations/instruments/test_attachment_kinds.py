import pytest

from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.attachment_kinds import described, guessed_kind, kind_called

FS3, FPKPA = INSTRUMENTS["FS3"], INSTRUMENTS["FP-KPA"]


@pytest.mark.parametrize(
    ("instrument", "kinds"),
    [
        (FS3, ["surat_pengantar", "instrumen", "jadwal", "kak", "daftar_wilayah", "lain"]),
        (FPKPA, ["surat_pengantar", "instrumen", "pendukung", "lain"]),
    ],
)
def test_each_form_asks_for_its_papers_and_takes_any_other(instrument, kinds):
    assert [kind.id for kind in instrument.attachments] == kinds
    assert [kind.id for kind in instrument.attachments if kind.required] == ["surat_pengantar", "instrumen"]
    assert [kind.id for kind in instrument.attachments if kind.is_described] == ["lain"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Surat Pengantar Disdukcapil.pdf", "surat_pengantar"),
        ("surat-permohonan_rekomendasi.pdf", "surat_pengantar"),
        ("KUESIONER_SKM.docx", "instrumen"),
        ("jadwal-2027.xlsx", "jadwal"),
        ("KAK.pdf", "kak"),
        ("TOR survei.pdf", "kak"),
        ("monitoring.pdf", "lain"),
        ("IMG_20261123_101500.jpg", "lain"),
        ("wilayah.pdf", "daftar_wilayah"),
    ],
)
def test_the_kind_is_guessed_by_the_words_of_the_name(name, kind):
    assert guessed_kind(FS3, name).id == kind


def test_a_kind_that_the_form_does_not_have_is_not_found():
    assert kind_called(FS3, "ktp") is None
    assert kind_called(FS3, "kak").id == "kak"


def test_only_other_files_are_described_by_words_or_by_their_name():
    other, letter = kind_called(FS3, "lain"), kind_called(FS3, "surat_pengantar")

    assert described(other, "  Nota  dinas ", "scan1.pdf") == "Nota dinas"
    assert described(other, " ", "Nota dinas.pdf") == "Nota dinas"
    assert described(letter, "Nota dinas", "scan1.pdf") == ""
