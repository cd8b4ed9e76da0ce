"""A plain text is shown as paragraphs and lists, in its order."""

import pytest

from office.text_parts import PartKind, TextPart, text_parts

P, OL, UL = PartKind.PARAGRAPHS, PartKind.NUMBERED, PartKind.POINTS


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        (" \n\n ", []),
        ("Tidak dipungut biaya.", [TextPart(P, ["Tidak dipungut biaya."])]),
        ("Satu.\n\nDua.", [TextPart(P, ["Satu.", "Dua."])]),
        ("1. Datang.\n2) Mengisi.", [TextPart(OL, ["Datang.", "Mengisi."])]),
        ("- Kotak saran.\n– E-mail.\n•  Laman.", [TextPart(UL, ["Kotak saran.", "E-mail.", "Laman."])]),
        (
            "Syarat:\n1. Surat.\nLalu:\n- Tunggu.",
            [TextPart(P, ["Syarat:"]), TextPart(OL, ["Surat."]), TextPart(P, ["Lalu:"]), TextPart(UL, ["Tunggu."])],
        ),
        ("6. Periksa.\n7. Terbit.", [TextPart(OL, ["Periksa.", "Terbit."], start=6)]),
    ],
)
def test_a_text_is_read_as_its_parts(text, parts):
    assert text_parts(text) == parts


@pytest.mark.parametrize(
    "line", ["30 (tiga puluh) hari kerja", "08.00 WITA", "2.500 rupiah", "-5 derajat", "1.", "-", "①. Satu"]
)
def test_a_line_that_only_looks_like_an_item_is_a_paragraph(line):
    assert text_parts(line) == [TextPart(P, [line])]
