import pytest
from django.http import QueryDict

from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.structure import Kind
from recommendations.recording.forms.answer_widgets import TableWidget
from recommendations.recording.forms.answers import answer_form, fingerprint
from recommendations.recording.sheet import lines_of

FS3, FPKPA = INSTRUMENTS["FS3"], INSTRUMENTS["FP-KPA"]
BLOCKS = [(form, block) for form in (FS3, FPKPA) for block in form.blocks]


def form_of(form, block, answers=None, data=None):
    answers = answers or {}
    return answer_form(block, answers, lines_of(form, block, answers), data=data)


def posted(words):
    return QueryDict(words)


@pytest.mark.parametrize(("form", "block"), BLOCKS, ids=lambda one: getattr(one, "code", None) or one.id)
def test_every_item_of_a_block_has_a_field(form, block):
    built = form_of(form, block)

    assert list(built.fields) == [item.id for item in block.items]


def test_the_two_forms_have_all_their_items():
    items = {form.code: sum(len(form_of(form, block).fields) for block in form.blocks) for form in (FS3, FPKPA)}

    assert items == {"FS3": len(FS3.items), "FP-KPA": len(FPKPA.items)}


@pytest.mark.parametrize(
    ("item_id", "words", "typed"),
    [
        ("judul_survei", "judul_survei=Survei", "Survei"),
        ("tujuan_survei", "tujuan_survei=a%0Ab", "a\nb"),
        ("cara_pengumpulan", "cara_pengumpulan=2", "2"),
        ("metode_pengumpulan", "metode_pengumpulan=1&metode_pengumpulan=4", ["1", "4"]),
        ("metode_pengumpulan", "", []),
        ("uji_coba", "uji_coba=1", "1"),
        ("jumlah_supervisor", "jumlah_supervisor=12", "12"),
        ("tahun_kegiatan", "tahun_kegiatan=2027", "2027"),
        ("tanggal_ketersediaan", "tanggal_ketersediaan=1/3/2027", "1/3/2027"),
        ("jadwal_lapangan", "jadwal_lapangan-awal=1/3/2027&jadwal_lapangan-akhir=", {"awal": "1/3/2027", "akhir": ""}),
        ("pj_telepon", "pj_telepon=0511-1", "0511-1"),
        ("pj_email", "pj_email=a@contoh.example", "a@contoh.example"),
        ("instansi_kabkota", "instansi_kabkota=Kota+Banjarmasin", "Kota Banjarmasin"),
        (
            "wilayah",
            "wilayah-9-provinsi=B&wilayah-9-kabkota=b&wilayah-1-provinsi=A&wilayah-1-kabkota=a&wilayah-5-provinsi=+",
            [{"provinsi": "A", "kabkota": "a"}, {"provinsi": "B", "kabkota": "b"}],
        ),
    ],
)
def test_every_kind_of_answer_is_read_back_as_typed(item_id, words, typed):
    built = form_of(FS3, FS3.block_of(item_id), data=posted(words))

    assert built.typed(item_id) == typed


def test_every_kind_has_a_widget():
    kinds = {item.kind for form in (FS3, FPKPA) for item in form.items}

    assert kinds == set(Kind)


def test_only_answers_that_differ_from_those_shown_count_as_typed(fs3_answers):
    block = FS3.block("blok_3")
    shown = "&".join(f"shown-{item.id}={fingerprint(item, fs3_answers.get(item.id))}" for item in block.items)
    same = "survei_dilakukan=2&frekuensi=6&tipe_pengumpulan=3"

    built = form_of(FS3, block, data=posted(f"{shown}&{same}"))

    assert built.typed_anew() == {"tipe_pengumpulan": "3"}


def test_an_item_that_the_page_did_not_show_is_left_alone():
    built = form_of(FS3, FS3.block("blok_3"), data=posted("survei_dilakukan=2"))

    assert built.typed_anew() == {}


def test_a_date_is_shown_as_it_is_typed_here():
    built = form_of(FS3, FS3.block("blok_7"), {"tanggal_ketersediaan": "2027-07-09"})

    assert 'value="09/07/2027"' in str(built["tanggal_ketersediaan"])


def test_an_impossible_date_is_shown_as_it_was_typed():
    built = form_of(FS3, FS3.block("blok_7"), {"jadwal_lapangan": {"awal": "31/02/2027", "akhir": ""}})

    assert 'value="31/02/2027"' in str(built["jadwal_lapangan"])


def test_a_table_offers_one_empty_row_after_the_filled_ones():
    widget = TableWidget(FS3.item("wilayah"))

    context = widget.get_context("wilayah", [{"provinsi": "A", "kabkota": "a"}], {})

    assert [row["cells"][0]["value"] for row in context["widget"]["rows"]] == ["A", ""]


def test_typed_words_are_escaped():
    built = form_of(FS3, FS3.block("sampul"), {"judul_survei": '"><script>alert(1)</script>'})

    shown = str(built["judul_survei"])
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>" not in shown


@pytest.mark.parametrize(
    ("item_id", "words", "typed"),
    [
        ("tanggal_ketersediaan", "tanggal_ketersediaan=1%00x", "1x"),
        ("jadwal_lapangan", "jadwal_lapangan-awal=1%00x", {"awal": "1x", "akhir": ""}),
        ("metode_pengumpulan", "metode_pengumpulan=1%00", ["1"]),
    ],
)
def test_a_nul_character_is_left_out(item_id, words, typed):
    built = form_of(FS3, FS3.block_of(item_id), data=posted(words))

    assert built.typed(item_id) == typed
