"""Write the first sheet: how to fill the form, and which files to send with it."""

from openpyxl.worksheet.worksheet import Worksheet

from recommendations.instruments.structure import Instrument
from recommendations.instruments.values import MOST_ROWS
from recommendations.workbook import look
from recommendations.workbook.cells import harmless

STEPS = (
    (
        "Isi sel berbingkai pada lembar Formulir.",
        "Sel lain dikunci supaya templat tetap terbaca. Tidak ada kata sandi.",
    ),
    ("Pilih jawaban dari daftar pada selnya.", "Mengetik kodenya saja, misalnya 1, juga boleh."),
    ("Beri tanda v pada setiap pilihan yang sesuai.", "Bila boleh lebih dari satu; jumlah kodenya terhitung sendiri."),
    ("Tulis tanggal seperti 28/02/2027.", "Atau 28 Februari 2027; tahun selalu 4 angka."),
    ("Isi tabel pada lembarnya sendiri, satu hal satu baris.", f"Baris boleh ditambah sampai {MOST_ROWS}."),
    ("Lewati bagian yang tidak perlu.", "Kolom Petunjuk menyebut kapan sebuah isian diisi."),
    ("Tulis teks dan angka saja.", "Rumus, makro, dan gambar tidak dibaca."),
    ("Simpan sebagai .xlsx, kirim ke petugas PST.", "Sertakan berkas di bawah ini."),
)


def write_guidance(sheet: Worksheet, instrument: Instrument, about: str) -> None:
    """Write the title, the steps and the attachments. This sheet is not read back."""
    sheet.title = "Petunjuk"
    lines = [
        ("title", "", f"{instrument.code} {instrument.title}", ""),
        ("soft", "", f"Edisi {instrument.edition}. {about}", ""),
        ("", "", "", ""),
        ("head", "", "Cara mengisi", ""),
        *(("step", str(number), what, why) for number, (what, why) in enumerate(STEPS, 1)),
        ("", "", "", ""),
        ("head", "", "Berkas yang disertakan", ""),
        *(
            ("step", "•", attachment.label, "wajib" if attachment.required else "bila ada")
            for attachment in instrument.attachments
        ),
    ]
    for number, (kind, mark, what, why) in enumerate(lines, 2):
        for column, text in enumerate((mark, what, why), 2):
            cell = sheet.cell(number, column, harmless(text) or None)
            look.dress_guidance(cell, kind)
    look.set_up_guidance(sheet)
