"""The likeness of two activities is computed without a database."""

import pytest

from recommendations.likeness import (
    VERY_ALIKE,
    Likeness,
    activity,
    likeness,
    plain,
    plain_names,
    telling_words,
    word_likeness,
)

SKM = "Survei Kepuasan Masyarakat terhadap Pelayanan Administrasi Kependudukan Kota Banjarmasin"
UNSUR = ["persyaratan", "prosedur", "waktu penyelesaian", "biaya", "produk", "kompetensi", "perilaku", "sarana"]


def alike(title: str, *, to: str = SKM, variables=(), of=(), agency: str = "", other: str = "-") -> Likeness:
    return likeness(activity(to, variables, agency), activity(title, of, other))


@pytest.mark.parametrize(
    "title",
    [
        SKM,
        SKM.upper(),
        f"  {SKM}. ",
        SKM.replace(" ", "  "),
        f"{SKM} Tahun 2027",
        f"{SKM} Semester I",
        "Survey Kepuasan Masyarakat pada Pelayanan Administrasi Kependudukan Kota Banjarmasin",
        "Survei Kepuasan Masyarkat terhadap Pelayanan Administrasi Kependudukan Kota Banjarmasin",
    ],
)
def test_the_same_title_written_otherwise_is_very_alike(title):
    assert alike(title).is_very_alike


@pytest.mark.parametrize(
    "title",
    [
        "Survei Kepuasan Pasien Rawat Jalan Puskesmas Kota Banjarmasin",
        "Survei Kepuasan Masyarakat terhadap Perizinan Terpadu Kota Banjarmasin",
        "Survei Kinerja Layanan Parkir Kota Banjarmasin",
        "Kompilasi Data Kepemilikan Akta Kelahiran Kota Banjarmasin",
        "",
        "😀",
    ],
)
def test_another_activity_is_not_very_alike(title):
    assert alike(title).score < alike(SKM).score
    assert not alike(title).is_very_alike


def test_titles_are_ranked_from_equal_down_to_common_words_only():
    nearer_first = [
        SKM,
        f"{SKM} Tahun 2025",
        "Survei Kepuasan Masyarakat Administrasi Kependudukan",
        "Survei Kepuasan Masyarakat Perizinan Kota Banjarmasin",
        "Survei Kepuasan Wisatawan Kota Banjarmasin",
        "Survei Harga Ikan Kota Banjarmasin",
    ]

    scores = [alike(title).score for title in nearer_first]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert scores[0] == 1


def test_words_that_every_title_has_count_little():
    quiet = alike("Survei Kota Banjarmasin Tahun 2026", to="Survei Harga Kota Banjarmasin Tahun 2026")
    telling = alike("Harga Ikan", to="Kompilasi Harga Ikan Kecamatan Banjarmasin Utara 2026")

    assert quiet.title < telling.title


def test_shared_variables_and_the_same_agency_raise_the_score_and_others_do_not_lower_it():
    title = "Survei Kepuasan Masyarakat Administrasi Kependudukan"
    bare = alike(title)

    with_both = alike(title, variables=UNSUR, of=UNSUR, agency="Disdukcapil", other="DISDUKCAPIL")
    with_others = alike(title, variables=UNSUR, of=["umur"], agency="Disdukcapil", other="Dinas Sosial")

    assert with_both.score > bare.score
    assert with_both.is_very_alike
    assert not bare.is_very_alike
    assert with_others.score == bare.score


def test_the_nine_elements_of_the_skm_alone_make_no_duplicate():
    other = alike("Survei Kepuasan Masyarakat Rumah Sakit Umum Daerah", variables=UNSUR, of=UNSUR)

    assert other.score > alike("Survei Kepuasan Masyarakat Rumah Sakit Umum Daerah").score
    assert not other.is_very_alike


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Likeness(1.0, 10, 11, 11, same_agency=True), "Judul sama, instansi yang sama, 10 dari 11 variabel sama"),
        (Likeness(VERY_ALIKE, 0, 11, 11, same_agency=False), "Judul hampir sama"),
        (Likeness(0.6, 9, 11, 12, same_agency=False), "Judul mirip, 9 dari 11 variabel sama"),
        (Likeness(0.1, 0, 0, 0, same_agency=True), "Judul agak mirip, instansi yang sama"),
    ],
)
def test_the_likeness_is_described_in_words(found, words):
    assert found.words == words


def test_telling_words_leave_out_common_words():
    assert telling_words("Survei Harga Ikan di Kota Banjarmasin Tahun 2026") == ["harga", "ikan"]


def test_a_title_of_common_words_only_keeps_them():
    assert telling_words("Survei Kota Banjarmasin 2026") == ["survei", "kota", "banjarmasin", "2026"]


def test_plain_text_has_neither_accents_nor_signs():
    assert plain(' "Café"--D’Été_% (Ｓｕｒｖｅｉ) 😀\0') == "cafe d ete survei"


def test_a_title_of_any_length_is_cut():
    assert len(telling_words(" ".join(f"kata{number}" for number in range(10_000)))) == 40
    assert telling_words("x" * 10_000) == ["x" * 40]


def test_empty_names_are_no_variables():
    assert plain_names(["Umur", " ", "?", "UMUR "]) == ["umur", "umur"]


def test_a_misspelt_word_is_still_alike():
    assert word_likeness("kepusan", "kepuasan") > 0.5 > word_likeness("kepuasan", "kemiskinan")
