import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.structure import Kind
from recommendations.instruments.values import BadAnswer, as_typed, clean, is_empty

FS3, FPKPA = INSTRUMENTS["FS3"], INSTRUMENTS["FP-KPA"]
ONE_OF_EACH_KIND = [next(item for item in FS3.items if item.kind is kind) for kind in Kind]
EACH_KIND = pytest.mark.parametrize("item", ONE_OF_EACH_KIND, ids=list(Kind))


def anything_typed():
    """Return a strategy for raw values: words, numbers, dates, lists, rows, and malformed ones."""
    cells = st.dictionaries(st.sampled_from(["nama", "definisi", "referensi_waktu", "lain"]), st.text(max_size=12))
    day = st.dates().map(lambda day: f"{day:%d/%m}/{day.year}")
    scalar = st.one_of(st.none(), st.text(max_size=30), st.integers(-5, 3000), day, st.dates().map(str), st.booleans())
    ends = st.dictionaries(st.sampled_from(["awal", "akhir"]), scalar)
    number = st.from_regex(r"[0-9]{1,3}(\.[0-9]{3})?|[0-9+() ./-]{5,12}( ext [0-9]{2})?", fullmatch=True)
    codes = st.lists(st.sampled_from(["1", "2", "4", 8, 16, ""]), max_size=6)
    return st.one_of(
        scalar, ends, number, codes, st.lists(cells, max_size=4), st.lists(scalar, max_size=3), st.emails()
    )


def cleaned_or_rejected(item, raw):
    try:
        return clean(item, raw)
    except BadAnswer:
        return BadAnswer


@EACH_KIND
@given(raw=anything_typed())
def test_cleaning_twice_changes_nothing_more(item, raw):
    value = cleaned_or_rejected(item, raw)

    if value is not BadAnswer:
        assert clean(item, value) == value
        assert json.loads(json.dumps(value)) == value


@EACH_KIND
@given(raw=anything_typed())
def test_cleaning_the_shown_value_gives_the_stored_value(item, raw):
    value = cleaned_or_rejected(item, raw)

    if value is BadAnswer:
        assert as_typed(item, raw) == raw
    else:
        assert clean(item, as_typed(item, value)) == value


@given(day=st.dates())
def test_every_day_of_the_allowed_years_survives_the_form(day):
    item = FS3.item("tanggal_ketersediaan")

    value = cleaned_or_rejected(item, f"{day.day}-{day.month}-{day.year}")

    assert value == (day.isoformat() if 1945 <= day.year <= 2100 else BadAnswer)


@EACH_KIND
@pytest.mark.parametrize("nothing", [None, "", [], "  "])
def test_an_empty_input_is_no_answer(item, nothing):
    value = clean(item, nothing)

    assert value == ([] if item.kind in (Kind.CHOICES, Kind.TABLE) else None)
    assert is_empty(item, nothing)


@pytest.mark.parametrize(
    ("item_id", "raw", "value"),
    [
        ("judul_survei", "  Survei\r\n  Kepuasan\x00\u00ad ", "Survei Kepuasan"),
        ("judul_survei", ["Survei"], "Survei"),
        ("judul_survei", "Surve\ud800i", "Survei"),  # half of a surrogate pair: no database stores it
        ("judul_survei", "Cafe\u0301", "Caf\u00e9"),
        ("tujuan_survei", " satu \r\n\r\ndua\ttiga ", "satu\n\ndua tiga"),
        ("identitas_rekomendasi", "V-26.6371.001", "V-26.6371.001"),
        ("frekuensi", "9", 9),
        ("frekuensi", 9, 9),
        ("metode_pengumpulan", ["16", "1", "1", ""], [1, 16]),
        ("metode_pengumpulan", [4, 1], [1, 4]),
        ("metode_pengumpulan", "4", [4]),
        ("tingkat_estimasi", ["32", "4"], [4, 32]),  # a finding of a rule, not a refused answer
        ("uji_coba", "2", 2),
        ("jumlah_sampel", "1.200", 1200),
        ("jumlah_supervisor", "0", 0),
        ("tahun_kegiatan", "2027", 2027),
        ("pj_telepon", " 0511-3354221 ext. 12 / +62 (811) 500 ", "0511-3354221 ext. 12 / +62 (811) 500"),
        ("pj_email", " a.b-c@dinsos.contoh.go.id ", "a.b-c@dinsos.contoh.go.id"),
        ("jadwal_lapangan", {"awal": "8/2/2027", "akhir": "2027-05-31"}, {"awal": "2027-02-08", "akhir": "2027-05-31"}),
        ("jadwal_lapangan", {"awal": "8/2/2027", "akhir": ""}, {"awal": "2027-02-08", "akhir": None}),
        ("jadwal_lapangan", {"awal": "2/3/2027", "akhir": "1/3/2027"}, {"awal": "2027-03-02", "akhir": "2027-03-01"}),
        ("jadwal_lapangan", {"awal": "", "akhir": " "}, None),
    ],
)
def test_spellings_of_an_answer_are_stored_in_one_form(item_id, raw, value):
    assert clean(FS3.item(item_id), raw) == value


@pytest.mark.parametrize(
    "typed",
    [
        *("28/02/2027", "28-2-2027", "28.02.2027", "28 02 2027", "2027-02-28"),
        *("28 Februari 2027", "28 FEB 2027", "28 Pebruari 2027"),
    ],
)
def test_a_date_may_be_typed_as_officers_write_it(typed):
    assert clean(FS3.item("tanggal_ketersediaan"), typed) == "2027-02-28"


@pytest.mark.parametrize(
    ("item_id", "raw", "message"),
    [
        ("tanggal_ketersediaan", "31/02/2027", "Tanggal 31/02/2027 tidak ada. Tulis seperti 28/02/2027."),
        ("tanggal_ketersediaan", "29 Februari 2027", "Tanggal 29 Februari 2027 tidak ada. Tulis seperti 28/02/2027."),
        ("tanggal_ketersediaan", "2027-13-01", "Tanggal 2027-13-01 tidak ada. Tulis seperti 28/02/2027."),
        ("tanggal_ketersediaan", "28/02/27", "Tulis tahun dengan 4 angka, bukan 27. Tulis seperti 28/02/2027."),
        ("tanggal_ketersediaan", "28/02/0207", "Tahun 0207 di luar 1945 sampai 2100. Tulis seperti 28/02/2027."),
        ("tanggal_ketersediaan", "besok", "Tanggal “besok” tidak terbaca. Tulis seperti 28/02/2027."),
        ("jadwal_lapangan", {"awal": "31/04/2027"}, "Tanggal 31/04/2027 tidak ada. Tulis seperti 28/02/2027."),
        ("metode_pengumpulan", ["7"], "Kode 7 tidak ada pada R.5.4."),
        ("metode_pengumpulan", ["x"], "Kode x tidak ada pada R.5.4."),
        ("uji_coba", "3", "Kode 3 tidak ada pada R.5.7."),
        ("jumlah_enumerator", "dua", "Tulis angka bulat, mis. 12."),
        ("jumlah_enumerator", "1.20", "Tulis angka bulat, mis. 12."),
        ("jumlah_enumerator", "9" * 5000, "Tulis angka bulat, mis. 12."),
        ("jumlah_sampel", 0, "Tulis angka paling sedikit 1."),
        ("tahun_kegiatan", "27", "Tulis tahun dengan 4 angka, 1945 sampai 2100, mis. 2027."),
        ("tahun_kegiatan", "2101", "Tulis tahun dengan 4 angka, 1945 sampai 2100, mis. 2027."),
        ("pj_email", "nama@instansi", "Belum lengkap, contoh: nama@instansi.go.id"),
        ("pj_email", "nama@instansi..go.id", "Belum lengkap, contoh: nama@instansi.go.id"),
        ("judul_survei", "a" * 10_001, "Terlalu panjang: paling banyak 10.000 huruf."),
        ("judul_survei", ["a", "b"], "Tulis satu jawaban saja."),
        ("variabel", "Umur", "Tabel tidak terbaca. Isi baris demi baris."),
        ("variabel", [{"nama": "Umur"}, "x"], "Baris 2 tidak terbaca. Isi baris demi baris."),
        ("variabel", [{"nama": "x" * 10_001}], "Baris 1: Terlalu panjang: paling banyak 10.000 huruf."),
        ("variabel", [{"nama": "Umur"}] * 501, "Terlalu banyak baris: 501, paling banyak 500."),
    ],
)
def test_an_unreadable_answer_says_what_to_type(item_id, raw, message):
    with pytest.raises(BadAnswer) as problem:
        clean(FS3.item(item_id), raw)

    assert str(problem.value) == message
    assert not is_empty(FS3.item(item_id), raw)


@pytest.mark.parametrize("typed", ["tidak ada", "-", "0511-335x", "0511@22", "\u0660\u0665\u0661\u0661"])
def test_a_telephone_number_is_digits_with_their_signs(typed):
    with pytest.raises(BadAnswer, match="Tulis nomor telepon"):
        clean(FS3.item("pj_telepon"), typed)


def test_a_malformed_identity_number_is_answered_with_its_form():
    with pytest.raises(BadAnswer, match=r"V-26\.6371\.001"):
        clean(FS3.item("identitas_rekomendasi"), "26.6371.1")


def test_table_rows_have_exactly_the_columns_and_empty_rows_are_dropped():
    raw = [{"nama": " Umur ", "asing": "x", "definisi": "a\r\nb"}, {"nama": "", "konsep": " "}, {}]

    rows = clean(FS3.item("variabel"), raw)

    assert rows == [{"nama": "Umur", "konsep": "", "definisi": "a\nb", "referensi_waktu": ""}]


def test_a_form_shows_dates_as_they_are_typed():
    day, period = FS3.item("tanggal_ketersediaan"), FS3.item("jadwal_lapangan")

    assert as_typed(day, "2027-02-28") == "28/02/2027"
    assert as_typed(period, {"awal": "2027-02-08", "akhir": None}) == {"awal": "08/02/2027", "akhir": ""}
    assert as_typed(period, None) == {"awal": "", "akhir": ""}


@pytest.mark.parametrize("junk", [{"awal": "31/02/2027", "akhir": "2027-05-01"}, "besok", {"awal": "x"}, ["x"]])
def test_a_form_shows_an_unreadable_answer_as_typed(junk):
    assert as_typed(FS3.item("jadwal_lapangan"), junk) == junk
    assert as_typed(FS3.item("tanggal_ketersediaan"), junk) == junk
    assert as_typed(FS3.item("metode_pengumpulan"), junk) == junk
