import stat
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from guestbook import actions
from guestbook.export import HEADINGS
from guestbook.models import Visit
from tests.factories import VisitFactory, VisitorFactory


def exported(path, start="2026-11-01", end="2026-11-30") -> str:
    said = StringIO()
    call_command("export_visits", "--from", start, "--to", end, str(path), stdout=said)
    return said.getvalue()


def rows_of(path) -> list[dict]:
    sheet = load_workbook(path).active
    headings, *rows = sheet.iter_rows(values_only=True)
    assert headings == HEADINGS
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_every_column_is_filled_from_a_visit_that_went_all_the_way(petugas, served, tmp_path):
    actions.mark_rated(served)
    Visit.objects.filter(pk=served.pk).update(
        day=date(2026, 11, 23), note="Membawa kuesioner", transfer_note="Dialihkan", estimated_minutes=5,
        estimate_off=-2, is_late_entry=True, priority="elderly",
    )  # fmt: skip

    exported(tmp_path / "a.xlsx")

    (row,) = rows_of(tmp_path / "a.xlsx")
    assert [heading for heading, text in row.items() if not text] == []
    assert (row["Tanggal"], row["Nomor"], row["Status"], row["Petugas"]) == (
        "23/11/2026",
        "R-001",
        "Selesai",
        petugas.name,
    )
    assert row["Nomor HP"] == "0812-0000-0001"
    assert row["Selesai"].count(".") == 2


def test_only_the_days_asked_for_are_written_and_counted(office, tmp_path):
    for day in ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"):
        VisitFactory(day=date.fromisoformat(day))

    said = exported(tmp_path / "a.xlsx")

    assert said.startswith("2 kunjungan")
    assert [row["Tanggal"] for row in rows_of(tmp_path / "a.xlsx")] == ["01/11/2026", "30/11/2026"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_visitor_s_text_never_becomes_a_formula(office, tmp_path, start):
    typed = start + "HYPERLINK(1)"
    VisitFactory(day=date(2026, 11, 2), visitor=VisitorFactory(name=typed, agency=typed), note=typed)

    exported(tmp_path / "a.xlsx")

    cells = [cell for cell in next(load_workbook(tmp_path / "a.xlsx").active.iter_rows(min_row=2)) if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value[0] for cell in cells if "HYPERLINK" in cell.value] == ["'"] * 3


def test_a_row_with_characters_that_no_workbook_holds_is_exported_without_them(office, tmp_path):
    VisitFactory(day=date(2026, 11, 2), visitor=VisitorFactory(name="Budi\ufffe\uffff Contoh"), note="a\ufffeb")

    exported(tmp_path / "a.xlsx")

    (row,) = rows_of(tmp_path / "a.xlsx")
    assert (row["Nama"], row["Catatan"]) == ("Budi Contoh", "ab")


def test_an_existing_file_is_not_overwritten_and_a_new_one_is_the_owner_s(office, tmp_path):
    exported(tmp_path / "a.xlsx")

    assert stat.S_IMODE((tmp_path / "a.xlsx").stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="there already"):
        exported(tmp_path / "a.xlsx")


def test_days_the_wrong_way_round_are_refused(office, tmp_path):
    with pytest.raises(CommandError, match="before"):
        exported(tmp_path / "a.xlsx", start="2026-12-01", end="2026-11-01")
