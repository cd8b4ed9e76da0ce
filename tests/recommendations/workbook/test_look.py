import io
import re
from pathlib import Path

from django.conf import settings
from openpyxl import load_workbook

from recommendations.instruments import INSTRUMENTS
from recommendations.workbook import look
from recommendations.workbook.writing import write_workbook

TOKENS = Path(settings.BASE_DIR) / "static" / "css" / "tokens.css"
FS3 = INSTRUMENTS["FS3"]


def test_the_workbook_uses_the_colours_of_the_screens():
    tokens = dict(re.findall(r"--([a-z-]+): #([0-9a-f]{6});", TOKENS.read_text(encoding="utf-8")))
    names = ("INK", "INK_SOFT", "PAPER", "SURFACE", "LINE", "EDGE", "PRIMARY", "PRIMARY_SOFT")

    ours = {name.lower().replace("_", "-"): getattr(look, name).lower() for name in names}

    assert ours == {name: tokens[name] for name in ours}


def test_the_workbook_has_every_question_with_a_drop_down_for_codes(form):
    book = load_workbook(io.BytesIO(write_workbook(form, {}, about="Uji")))
    sheet = book["Formulir"]
    keys = {str(sheet.cell(row, 1).value or "").partition("/")[0]: row for row in range(2, sheet.max_row + 1)}

    for item in form.items:
        if item.kind != "table":
            assert item.id in keys
        if item.kind in ("choice", "yesno", "choices", "region"):
            cell = sheet.cell(keys[item.id], 4).coordinate
            assert any(cell in rule.sqref for rule in sheet.data_validations.dataValidation), item.id


def test_the_sum_of_the_codes_is_a_formula_over_the_ticks():
    sheet = load_workbook(io.BytesIO(write_workbook(FS3, {}, about="Uji")))["Formulir"]

    formulas = [cell.value for row in sheet.iter_rows(min_col=4, max_col=4) for cell in row if cell.data_type == "f"]

    assert len(formulas) == sum(item.kind == "choices" for item in FS3.items)
    assert "{1;2;4;8;16}" in formulas[0]


def test_a_skipped_part_says_when_it_is_filled():
    sheet = load_workbook(io.BytesIO(write_workbook(FS3, {}, about="Uji")))["Formulir"]

    told = {row[0].value: str(row[4].value or "") for row in sheet.iter_rows()}

    assert told["frekuensi"].startswith("Diisi bila R.3.1 berkode 2.")
    assert "R.5.1 berkode 1 dan R.5.5 berkode 1" in told["fraksi_sampel"]


def test_codes_that_cannot_be_read_are_shown_and_not_lost():
    sheet = load_workbook(io.BytesIO(write_workbook(FS3, {"petugas": [1, 3]}, about="Uji")))["Formulir"]

    told = [str(row[4].value) for row in sheet.iter_rows() if "tidak terbaca" in str(row[4].value)]

    assert len(told) == 1
    assert "1, 3" in told[0]
