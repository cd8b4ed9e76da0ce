"""The register of numbers: every number with its letter, gaps that are explained, ranges, search and the workbook."""

from importlib import import_module
from io import BytesIO

import openpyxl
import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from office.formats import short_date
from office.models import Office
from recommendations.letter.actions.issuing import issue_letter
from recommendations.letter.actions.numbering import RangeRefused, reserve_numbers, void_numbers
from recommendations.letter.actions.revoking import revoke_letter
from recommendations.letter.register import register_lines, register_spans, spans_with, unregistered_letters
from recommendations.letter.views.register import PER_PAGE
from recommendations.models import Letter, RegisterNumber, Submission
from tests.factories import issue, verified_submission

YEAR = timezone.localdate().year
PAGE = reverse("recommendations:number_register")


@pytest.fixture
def desk(client_of, petugas):
    return client_of(petugas)


@pytest.fixture
def jumped(letter, petugas, kepala) -> Letter:
    """A second letter with the number 5, and an inserted one with 1.1, issued on the same day."""
    for number, identity in (("B-005", "002"), ("B-001.1", "003")):
        issued = issue_letter(
            verified_submission(petugas),
            number=f"{number}/63710/HM.310/{YEAR}",
            identity_number=f"V-{YEAR % 100}.6371.{identity}",
            number_reason="Surat terlewat.",
            by=kepala,
        )
    return issued


def page_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def names(register: str = "own") -> list[str]:
    return [line.name.partition("/")[0] for line in register_lines(register, YEAR, Office.objects.current())]


def explain(desk, name: str = "void_numbers", **typed) -> str:
    facts = {"register": "own", "year": YEAR, "first": 2, "last": 4, "reason": "Salah cetak."}
    return page_of(desk.post(reverse(f"recommendations:{name}"), facts | typed, follow=True))


def test_the_register_shows_every_number_and_the_gap_between_them(desk, jumped):
    page = page_of(desk.get(PAGE))

    assert names() == ["B-001", "B-001.1", "B-002 sampai B-004", "B-005"]
    assert f"B-001.1/63710/HM.310/{YEAR}" in page
    assert "B-002 sampai B-004" in page
    assert "Nomor ini nomor sisipan pada nomor 1.<br>Surat terlewat." in page
    assert "dari=2&amp;sampai=4&amp;konfirmasi=batal" in page


def test_the_identity_numbers_have_a_register_for_each_kind(desk, jumped):
    survey, compilation = (page_of(desk.get(PAGE, {"register": kind})) for kind in "vk")

    assert f"V-{YEAR % 100}.6371.003" in survey
    assert "Belum ada nomor" in compilation


def test_the_page_asks_before_numbers_are_void(desk, jumped):
    plain, asked = (page_of(desk.get(PAGE, query)) for query in ({}, {"dari": 2, "sampai": 4, "konfirmasi": "batal"}))

    closed, dialog = (text.partition('id="batal"')[2].partition("</dialog>")[0] for text in (plain, asked))
    assert "Nomor batal tidak pernah dipakai lagi" in closed
    assert "open>" not in closed.partition("<form")[0]
    assert "open>" in dialog.partition("<form")[0]
    assert "Nomor batal tidak pernah dipakai lagi" in dialog
    assert 'name="first" value="2"' in dialog
    assert plain.count(reverse("recommendations:void_numbers")) == 1
    assert not RegisterNumber.objects.filter(state="void").exists()


def test_a_gap_is_explained_once_and_shown_as_one_line(desk, jumped, petugas):
    linked = page_of(desk.get(PAGE, {"dari": "2", "sampai": "4"}))

    page = explain(desk)

    assert 'name="first" value="2"' in linked
    assert "3 nomor dinyatakan batal." in page
    assert names() == ["B-001", "B-001.1", "B-002 sampai B-004", "B-005"]
    assert set(RegisterNumber.objects.filter(state="void").values_list("running", "reason", "by")) == {
        (running, "Salah cetak.", petugas.pk) for running in (2, 3, 4)
    }


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"last": 5}, "Nomor 5 sudah dipakai atau sudah batal."),
        ({"first": 4, "last": 2}, "Nomor terakhir lebih kecil daripada nomor pertama."),
        ({"first": "x"}, "Tulis nomor urut saja, mis. 12."),
        ({"reason": " "}, "Tulis alasannya."),
        ({"first": 0}, "1"),
        ({"last": 16}, "Nomor 16 terlalu jauh: nomor terakhir 5."),
        ({"last": 999_999}, "Paling banyak 1000 nomor sekaligus."),
        ({"register": "x"}, "x"),
        ({"year": "2026 "}, "nomor dinyatakan batal"),
    ],
)
def test_a_range_that_cannot_be_void_is_refused_in_words(desk, jumped, typed, words):
    page = explain(desk, **typed)

    assert words in page
    assert RegisterNumber.objects.filter(state="void").exists() == ("dinyatakan batal" in words)


def test_a_number_is_void_once(jumped, petugas):
    facts = {"register": "own", "year": YEAR, "reason": "Salah cetak.", "by": petugas}
    void_numbers(first=2, last=2, **facts)

    with pytest.raises(RangeRefused):
        void_numbers(first=2, last=3, **facts)

    assert not RegisterNumber.objects.filter(register="own", running=3).exists()


def test_numbers_with_different_reasons_are_different_lines(jumped, petugas):
    for running, reason in ((2, "Salah cetak."), (3, "Urung terbit."), (4, "Urung terbit.")):
        void_numbers(register="own", year=YEAR, first=running, last=running, reason=reason, by=petugas)

    assert names() == ["B-001", "B-001.1", "B-002", "B-003", "B-004", "B-005"]


def test_a_range_of_the_common_register_is_reserved_and_given_back(desk, office, petugas):
    Office.objects.update(letter_register="common")

    reserved = explain(desk, "reserve_numbers", first=96, last=99, register="common", reason="Dari tata usaha.")
    again = explain(desk, "reserve_numbers", first=99, last=100, register="common")
    void_numbers(register="common", year=YEAR, first=98, last=99, reason="Dikembalikan.", by=petugas)

    assert "4 nomor dipesan." in reserved
    assert "Nomor 99 sudah ada pada register." in again
    assert names("common") == ["B-001 sampai B-095", "B-096 sampai B-097", "B-098 sampai B-099"]
    today = short_date(timezone.now())
    assert [line.why for line in register_lines("common", YEAR, Office.objects.current())] == [
        "",
        "Dari tata usaha.",
        f"Dipesan {petugas}, {today}. Dari tata usaha.\nDikembalikan.",
    ]


def test_a_gap_of_the_common_register_belongs_to_other_letters(desk, letter, petugas, kepala):
    Office.objects.update(letter_register="common")
    number = {"number": f"B-117/63710/HM.310/{YEAR}", "identity_number": f"V-{YEAR % 100}.6371.002"}
    issue_letter(verified_submission(petugas), **number, by=kepala)

    page = page_of(desk.get(PAGE))

    assert "B-001 sampai B-116" in page
    assert "Nomor lain pada register umum kantor." in page
    assert "Jelaskan" not in page
    assert "Pesan nomor dari register umum" in page


def test_past_years_are_not_reserved(office, petugas):
    with pytest.raises(RangeRefused):
        reserve_numbers(year=YEAR - 1, first=1, last=2, reason="x", by=petugas)


def test_a_number_of_another_office_stands_after_our_own(letter, petugas, kepala):
    issue_letter(
        verified_submission(petugas),
        number=f"B-001/73010/HM.310/{YEAR}",
        identity_number=f"V-{YEAR % 100}.9999.001",
        number_reason="Diterbitkan bersama.",
        by=kepala,
    )

    assert names() == ["B-001", "B-001"]
    assert names("v") == [f"V-{YEAR % 100}.6371.001", f"V-{YEAR % 100}.9999.001"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("b-005", 1), ("TERLEWAT", 1), ("survei kepuasan", 3), ("dinas contoh", 3), ("tidak ada ini", 0)],
)
def test_the_register_is_searched(desk, jumped, words, found):
    answer = desk.get(PAGE, {"cari": words})

    assert len(answer.context["page"].paginator.object_list) == found
    assert ("Tidak ada yang cocok" in page_of(answer)) == (found == 0)


def test_a_search_reads_every_number_with_two_queries(jumped, kepala, django_assert_num_queries):
    """A column that the search needs and does not read would be one more query for each letter."""
    revoke_letter(jumped, reason="Wilayahnya keliru.", by=kepala)
    office = Office.objects.current()

    with django_assert_num_queries(2):  # the spans, their rows
        found = spans_with("dicabut", "own", YEAR, office)

    assert len(found) == 1


def test_the_register_shows_the_title_that_the_letter_has(desk, letter):
    title = letter.title
    Submission.objects.update(title="Judul yang dibetulkan sesudahnya")

    page = page_of(desk.get(PAGE))
    book = desk.get(reverse("recommendations:number_register_xlsx"), {"register": "own", "tahun": YEAR})

    assert title in page
    assert "Judul yang dibetulkan" not in page
    assert title in openpyxl.load_workbook(BytesIO(book.content)).active["C4"].value


def test_an_identity_number_out_of_pattern_is_listed_with_its_own_kind(letter):
    RegisterNumber.objects.all().delete()

    assert unregistered_letters("v", YEAR) == [(letter, letter.identity_number)]
    assert unregistered_letters("k", YEAR) == []


@pytest.mark.parametrize("query", [{"register": "x"}, {"tahun": "x"}, {"tahun": "9999"}, {"dari": "x"}])
def test_an_address_with_an_unknown_value_shows_this_year(desk, letter, query):
    assert letter.number in page_of(desk.get(PAGE, query))


def test_a_page_of_more_numbers_needs_no_more_queries(desk, letter, petugas, kepala, django_assert_max_num_queries):
    for _ in range(3):
        issue(verified_submission(petugas), by=kepala)
    desk.get(reverse("office:account"))

    with django_assert_max_num_queries(10):
        page = page_of(desk.get(PAGE))

    assert "B-004/" in page


def test_a_page_reads_only_the_letters_that_it_shows(desk, petugas, kepala, monkeypatch):
    for _ in range(3):
        issue(verified_submission(petugas), by=kepala)
    monkeypatch.setattr("recommendations.letter.views.register.PER_PAGE", 2)
    read: list[str] = []
    monkeypatch.setattr(
        "recommendations.letter.register._name", lambda row, office: read.append(row.letter.number) or str(row)
    )

    shown = desk.get(PAGE, {"page": 2}).context["page"]

    assert [line.name for line in shown] == ["3"]
    assert {number.partition("/")[0] for number in read} == {"B-003"}
    assert shown.paginator.count == 3


def test_the_kepala_reads_the_register_without_its_forms(client_of, kepala, letter):
    page = page_of(client_of(kepala).get(PAGE))

    assert letter.number in page
    assert "Nyatakan nomor batal" not in page


def test_the_workbook_has_every_line(desk, jumped):
    RegisterNumber.objects.filter(register="own", insertion=1).update(reason="=1+1")

    answer = desk.get(reverse("recommendations:number_register_xlsx"), {"register": "own", "tahun": YEAR})

    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(min_row=4))
    assert f'filename="Register nomor {YEAR} Surat, register sendiri.xlsx"' in answer["Content-Disposition"]
    assert [row[0].value for row in rows] == ["1", "1.1", "2–4", "5"]
    assert [row[3].value for row in rows] == ["Dipakai", "Dipakai", "tidak tercatat", "Dipakai"]
    assert "Siti Contoh" in rows[0][4].value
    assert all(cell.data_type != "f" for row in rows for cell in row)


def test_letters_of_before_get_their_numbers_and_no_text_changes(letter, petugas, kepala, desk):
    second = issue(verified_submission(petugas), by=kepala)
    third = issue(verified_submission(petugas), by=kepala)
    RegisterNumber.objects.all().delete()
    Letter.objects.filter(pk=second.pk).update(number=f"b-1/63710/hm.310/{YEAR}", identity_number="V-31.")
    Letter.objects.filter(pk=third.pk).update(number="Nomor 7 lama")
    texts = list(Letter.objects.order_by("pk").values_list("number", "identity_number", "content"))

    import_module("recommendations.migrations.0024_numbers_of_letters").enter_numbers(apps, None)

    page = page_of(desk.get(PAGE))
    assert list(Letter.objects.order_by("pk").values_list("number", "identity_number", "content")) == texts
    assert {row.letter_id for row in RegisterNumber.objects.filter(register="own")} == {letter.pk}
    assert {row.letter_id for row in RegisterNumber.objects.filter(register="v")} == {letter.pk, third.pk}
    assert "Di luar pola" in page
    assert f"b-1/63710/hm.310/{YEAR}" in page
    assert "Nomor 7 lama" in page


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("B-{urut:03}/{satker}{unit}/{klasifikasi}/{tahun}", "B-{urut:03}/{satker}{unit}/{klasifikasi}/{tahun}"),
        ("B-{urut:03d}/{tahun}", "B-{urut:03}/{tahun}"),
        ("B-{urut!s:.0}/{satker}", "B-{urut}/{satker}/{tahun}"),
        ("B-{urut}{urut}", "B-{urut:03}/{satker}{unit}/{klasifikasi}/{tahun}"),
    ],
)
def test_a_pattern_of_before_keeps_its_parts(office, before, after):
    Office.objects.update(letter_pattern=before)

    import_module("office.migrations.0012_strict_letter_pattern").make_pattern_strict(apps, None)

    assert Office.objects.current().letter_pattern == after


def test_a_long_register_has_pages_and_its_search_and_workbook_know_all_of_them(desk, letter, petugas, office):
    voids = [
        RegisterNumber(
            register="own",
            satker=office.satker,
            year=YEAR,
            running=number,
            state="void",
            reason=f"Alasan {number}.",
            by=petugas,
        )
        for number in range(2, 252)
        if number != 240
    ]
    RegisterNumber.objects.bulk_create(voids)

    first, last, beyond = (page_of(desk.get(PAGE, {"page": number})) for number in (1, 3, 99))
    searched = page_of(desk.get(PAGE, {"cari": "Alasan 251."}))
    sheet = openpyxl.load_workbook(BytesIO(desk.get(reverse("recommendations:number_register_xlsx")).content)).active

    spans = register_spans("own", YEAR, office)
    part = register_lines("own", YEAR, office, spans[235:241])
    assert part == register_lines("own", YEAR, office)[235:241]
    assert [bool(line.row) for line in part] == [True, True, True, True, False, True]
    assert len(spans) == 251
    assert "Halaman 1 dari 3" in first
    assert first.count('<th scope="row">') == PER_PAGE
    assert "dari=240" not in first
    assert "dari=240&amp;sampai=240&amp;konfirmasi=batal" in last
    assert "Halaman 3 dari 3" in beyond
    assert "Alasan 251." in searched
    assert "Halaman" not in searched.partition("<tbody>")[2].partition("</main>")[0]
    assert "Alasan 251." in str([cell.value for row in sheet.iter_rows() for cell in row])
