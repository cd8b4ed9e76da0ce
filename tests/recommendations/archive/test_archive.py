"""Older recommendations are loaded from a list and edited in the admin."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import Workbook

from recommendations.archive.actions.duplicates import name_duplicate
from recommendations.archive.similar import similar_activities
from recommendations.models import ArchivedActivity, DuplicateCheck
from recommendations.workflow import Status
from tests.factories import recorded_submission

pytestmark = pytest.mark.django_db
HEAD = ["Judul", "Instansi", "Tahun", "Identitas", "Variabel"]
FISH = ["Survei Harga Ikan", "Dinas Perikanan", 2019, "V-19.6371.001", "Harga; Berat"]
BOOKS = ["Survei Minat Baca", "Dinas Perpustakaan", 2018, None, None]


@pytest.fixture
def sheet(tmp_path):
    """Return `sheet`: `sheet(HEAD, FISH)` writes an XLSX file of these rows and returns its path."""

    def written(*rows, name: str = "arsip.xlsx") -> Path:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return written


def load(file: Path) -> str:
    said = StringIO()
    call_command("load_archive", str(file), stdout=said)
    return said.getvalue().strip()


def test_a_list_is_loaded_and_found(sheet):
    assert load(sheet(HEAD, FISH, BOOKS)) == "2 kegiatan ditambahkan, 0 diperbarui, 0 sudah ada."

    fish = ArchivedActivity.objects.get(identity_number="V-19.6371.001")
    assert (fish.title, fish.agency_name, fish.year) == ("Survei Harga Ikan", "Dinas Perikanan", 2019)
    assert (fish.variables, fish.source) == ("Harga\nBerat", "arsip.xlsx")
    assert similar_activities("Harga Ikan", ["berat"], "")[0].alike == "Judul hampir sama, 1 dari 1 variabel sama"


def test_loading_it_again_changes_nothing(sheet):
    file = sheet(HEAD, FISH, BOOKS)
    load(file)

    assert load(file) == "0 kegiatan ditambahkan, 0 diperbarui, 2 sudah ada."
    assert ArchivedActivity.objects.count() == 2


def test_a_later_list_updates_the_filled_cells_only(sheet):
    load(sheet(HEAD, FISH, BOOKS))
    corrected = ["Survei Harga Ikan Air Tawar", "Dinas Perikanan", 2019, "V-19.6371.001", None]
    numbered = [*BOOKS[:3], "V-18.6371.007", None]

    assert load(sheet(HEAD, corrected, numbered)) == "0 kegiatan ditambahkan, 2 diperbarui, 0 sudah ada."

    fish = ArchivedActivity.objects.get(identity_number="V-19.6371.001")
    assert (fish.title, fish.variables) == ("Survei Harga Ikan Air Tawar", "Harga\nBerat")
    assert ArchivedActivity.objects.get(title="Survei Minat Baca").identity_number == "V-18.6371.007"
    assert similar_activities("Ikan Air Tawar", [], "")[0].title == "Survei Harga Ikan Air Tawar"


def test_two_numbers_make_two_activities_and_a_row_without_number_makes_no_third(sheet):
    second = [*FISH[:3], "V-19.6371.002", None]
    unnumbered = [*FISH[:3], None, None]

    load(sheet(HEAD, FISH, second, unnumbered, FISH))
    again = load(sheet(HEAD, unnumbered))

    assert ArchivedActivity.objects.count() == 2
    assert again == "0 kegiatan ditambahkan, 0 diperbarui, 1 sudah ada."


@pytest.mark.parametrize("sign", [",", ";"])
def test_a_csv_is_read_as_it_is_saved_by_office_programs(tmp_path, sign):
    file = tmp_path / "arsip.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        csv.writer(opened, delimiter=sign).writerows([HEAD, FISH, [], ["Survei\nHarga  Padi", "Dinas Tani", "2020.0"]])

    with pytest.raises(CommandError, match=r"Baris 4: tahun “2020.0” tidak terbaca"):
        load(file)
    file.write_text(file.read_text(encoding="utf-8-sig").replace("2020.0", "2020"), encoding="utf-8")
    load(file)

    assert ArchivedActivity.objects.get(year=2020).title == "Survei Harga Padi"


def test_a_list_with_mistakes_is_not_loaded_at_all_and_says_where(sheet):
    wrong = [["", "Dinas", 2019], ["Survei", "x" * 201, "dua ribu"], *[["Survei", "Dinas", 19]] * 12]

    with pytest.raises(CommandError) as told:
        load(sheet(HEAD, FISH, *wrong))

    words = str(told.value)
    assert "Baris 3: judul belum diisi." in words
    assert "Baris 4: instansi terlalu panjang, paling banyak 200 huruf." in words
    assert "Baris 4: tahun “dua ribu” tidak terbaca. Tulis seperti 2024." in words
    assert words.endswith("... dan 5 lagi.")
    assert not ArchivedActivity.objects.exists()


def test_the_columns_may_be_in_any_order_but_none_may_be_missing(sheet):
    load(sheet(["tahun", " JUDUL ", "lain", "instansi"], [2019, "Survei Harga Ikan", "-", "Dinas"]))

    assert ArchivedActivity.objects.get().agency_name == "Dinas"
    with pytest.raises(CommandError, match="Kolom instansi, tahun tidak ada"):
        load(sheet(["judul"], ["Survei"]))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kosong.csv", b""),
        ("kosong.xlsx", b""),
        ("bukan.xlsx", b"PK\x03\x04 bukan"),
        ("latin.csv", "judul,instansi,tahun\nSurvei,Dinas Café,2019".encode("latin-1")),
        ("putus.csv", b'judul,instansi,tahun\n"Survei,Dinas,2019'),
        ("biner.csv", bytes(range(256))),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_words(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(CommandError, match=r"tidak terbaca|dapat dibaca|tidak ada"):
        load(tmp_path / name)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError):
        load(tmp_path / "tidak-ada.csv")


def test_a_formula_of_the_list_is_not_taken_over(sheet):
    load(sheet(HEAD, ["Survei Harga Ikan", "Dinas", 2019, "=1+1", '=HYPERLINK("http://contoh.example")']))

    activity = ArchivedActivity.objects.get()
    assert (activity.identity_number, activity.variables) == ("", "")


def test_the_admin_enters_and_corrects_one_and_it_is_found(client_of, admin_user):
    desk = client_of(admin_user)
    facts = {"title": "Survei Harga Ikan", "agency_name": "Dinas", "year": "2019", "variables": "Harga"}
    blank = {"identity_number": "", "source": ""}

    desk.post(reverse("admin:recommendations_archivedactivity_add"), facts | blank)
    activity = ArchivedActivity.objects.get()
    address = reverse("admin:recommendations_archivedactivity_change", args=[activity.pk])
    desk.post(address, facts | blank | {"title": "Survei Minat Baca"})

    assert similar_activities("Survei Harga Ikan", [], "") == []
    assert similar_activities("Minat Baca", [], "")[0].title == "Survei Minat Baca"


def test_a_named_duplicate_cannot_be_taken_out_of_the_archive(client_of, admin_user, petugas, archived):
    activity = archived("Survei Harga Ikan", identity_number="V-19.6371.001")
    submission = recorded_submission(petugas)
    name_duplicate(submission, other="V-19.6371.001", reason="Sama.", by=petugas)

    address = reverse("admin:recommendations_archivedactivity_delete", args=[activity.pk])
    answer = client_of(admin_user).post(address, {"post": "yes"})

    assert answer.status_code == 200  # a page with the reason; a deletion would redirect to the list
    assert ArchivedActivity.objects.filter(pk=activity.pk).exists()
    assert DuplicateCheck.objects.get().archived == activity
    assert submission.status == Status.CHECKING
