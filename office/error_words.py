"""The words of every error page, by screen and status: whether something was saved, and what to do next. Pure."""

from dataclasses import dataclass

from office.screens import Screen


@dataclass(frozen=True)
class Words:
    """The heading of an error page, and the sentences below it."""

    title: str
    texts: tuple[str, ...]


COUNTER = "Silakan langsung ke petugas loket: giliran Anda tetap berlaku."
NO_NUMBER = "Nomor antrian belum diambil. Mulai lagi dari awal, atau langsung ke petugas loket."
OTHER_SERVICE = "Mulai lagi dari awal dan pilih layanan lain, atau minta bantuan petugas."
NUMBER_STAYS = "Sudah punya nomor? Sebutkan kepada petugas. Belum? Mulai lagi dari awal."
NOT_RATED = "Penilaian Anda belum terkirim. Layar ini kembali sendiri ke awal; petugas dapat membantu."
ASK_US = "Petugas PST dapat membantu Anda: sebutkan nomor antrian atau nomor permohonan Anda."
BOARD = "Ikuti panggilan petugas. Papan ini kembali sendiri."
TOO_MUCH = (
    "Tidak ada yang terkirim: paling besar 25 MB dan 100 berkas sekali kirim, 10 MB sebuah berkas, "
    "dan 2 MB atau 5.000 isian tanpa berkas."
)
NO_LENGTH = "Tidak ada yang terkirim, karena ukurannya tidak disebut oleh peramban atau sambungannya."
LATER = "Kirim lagi sesudah jamnya dibetulkan."
COMPLAINT_UNKNOWN = "Pengaduan Anda mungkin belum tersimpan."
COMPLAINT_NOT_SENT = "Pengaduan Anda belum terkirim. Mulai lagi dari awal, atau sampaikan kepada petugas."
TO_AN_OFFICER = "Bila kodenya belum muncul, sampaikan pengaduan Anda kepada petugas, atau coba lagi nanti."
SAVED_UNKNOWN = "Yang terakhir Anda kirim mungkin belum tersimpan."

WORDS = {
    Screen.KIOSK: {
        400: Words("Permintaan ini tidak dapat dibaca", (NO_NUMBER,)),
        403: Words("Halaman ini sudah terlalu lama terbuka", (NO_NUMBER,)),
        404: Words("Halaman ini tidak ada", ("Layanan atau nomor itu tidak ditemukan.", NUMBER_STAYS)),
        405: Words("Halaman ini tidak dapat dibuka begitu saja", (NO_NUMBER,)),
        409: Words("Jam di mesin ini keliru", (NUMBER_STAYS, "Mohon beri tahu petugas.")),
        410: Words("Layanan ini baru saja ditutup", ("Nomor antrian belum diambil.", OTHER_SERVICE)),
        500: Words("Ada yang tidak berjalan di mesin ini", ("Nomor antrian mungkin belum tercatat.", COUNTER)),
        503: Words("Mesin ini sedang menunggu server", ("Nomor antrian belum dapat diambil di sini.", COUNTER)),
        507: Words("Mesin ini tidak dapat menyimpan", ("Nomor antrian belum tercatat.", COUNTER)),
    },
    Screen.TABLET: {
        400: Words("Permintaan ini tidak dapat dibaca", (NOT_RATED,)),
        403: Words("Halaman ini sudah terlalu lama terbuka", (NOT_RATED,)),
        404: Words("Halaman penilaian ini tidak ada", (NOT_RATED,)),
        405: Words("Halaman ini tidak dapat dibuka begitu saja", (NOT_RATED,)),
        409: Words("Jam di tablet ini keliru", (NOT_RATED,)),
        410: Words("Penilaian ini sudah ditutup", (NOT_RATED,)),
        500: Words("Ada yang tidak berjalan di tablet ini", (NOT_RATED,)),
        503: Words("Tablet ini sedang menunggu server", (NOT_RATED,)),
        507: Words("Tablet ini tidak dapat menyimpan", (NOT_RATED,)),
    },
    Screen.BOARD: {
        400: Words("Papan ini tidak dapat dibuka", (BOARD,)),
        403: Words("Papan ini tidak dapat dibuka", (BOARD,)),
        404: Words("Halaman papan ini tidak ada", (BOARD,)),
        405: Words("Papan ini tidak dapat dibuka", (BOARD,)),
        410: Words("Halaman papan ini sudah tidak ada", (BOARD,)),
        500: Words("Papan sedang tidak berjalan", (BOARD,)),
        503: Words("Papan sedang menunggu server", (BOARD,)),
        507: Words("Papan sedang tidak berjalan", (BOARD,)),
    },
    Screen.TELEPHONE: {
        400: Words(
            "Permintaan ini tidak dapat dibaca",
            (
                "Belum ada yang terkirim. Salin atau pindai lagi alamatnya dengan lengkap.",
                "Bila Anda mengirim berkas dengan nama yang sangat panjang, pendekkan dahulu namanya.",
                ASK_US,
            ),
        ),
        403: Words("Halaman ini sudah terlalu lama terbuka", ("Belum ada yang terkirim.", "Buka lagi, lalu kirim.")),
        404: Words("Halaman ini tidak ditemukan", ("Salin atau pindai lagi alamatnya dengan lengkap.", ASK_US)),
        405: Words("Halaman ini tidak dapat dibuka begitu saja", ("Belum ada yang terkirim.", ASK_US)),
        409: Words("Jam komputer kantor sedang keliru", ("Belum ada yang terkirim.", LATER, ASK_US)),
        410: Words("Halaman ini sudah ditutup", ("Yang sudah Anda kirim tetap tersimpan.", ASK_US)),
        411: Words("Ukuran kiriman ini tidak disebut", (NO_LENGTH, ASK_US)),
        413: Words("Kiriman ini terlalu besar", (TOO_MUCH, ASK_US)),
        500: Words("Ada yang tidak berjalan di tempat kami", (SAVED_UNKNOWN, "Coba lagi satu menit lagi.", ASK_US)),
        503: Words("Layanan kami sedang tidak dapat dihubungi", ("Coba lagi satu menit lagi.", ASK_US)),
        507: Words("Penyimpanan kantor penuh", ("Yang terakhir Anda kirim belum tersimpan.", ASK_US)),
    },
    Screen.DESK: {
        400: Words(
            "Permintaan ini tidak dapat dibaca",
            (
                "Alamat atau isiannya tidak lengkap sampai di sini. Tidak ada yang tersimpan.",
                "Kembali ke halaman tadi dan kirim lagi. Bila berkas yang dikirim besar, perkecil dahulu.",
            ),
        ),
        401: Words("Tidak tersimpan: Anda sudah keluar", ("Masuk lagi di tab lain, lalu simpan lagi.",)),
        403: Words(
            "Halaman ini bukan untuk akun Anda", ("Bila Anda memerlukannya, minta admin kantor menambah tugas Anda.",)
        ),
        404: Words(
            "Halaman ini tidak ada",
            (
                "Alamatnya salah tulis, tautannya sudah tidak berlaku, atau Anda tidak berhak melihatnya.",
                "Periksa alamatnya, atau mulai lagi dari halaman awal.",
            ),
        ),
        405: Words("Halaman ini tidak dapat dibuka begitu saja", ("Kembali ke halaman tadi, lalu tekan tombolnya.",)),
        409: Words("Tidak tersimpan", (f"Kembali ke halaman tadi. {LATER}",)),
        410: Words("Halaman ini sudah ditutup", ("Mulai lagi dari halaman awal.",)),
        411: Words("Ukuran kiriman ini tidak disebut", (NO_LENGTH, "Coba peramban atau sambungan lain.")),
        413: Words("Kiriman ini terlalu besar", (TOO_MUCH,)),
        500: Words(
            "Ada yang tidak berjalan di server",
            (
                f"{SAVED_UNKNOWN} Kejadian ini sudah tercatat.",
                "Tunggu satu menit, lalu muat ulang halaman tadi. Bila tetap begini, hubungi admin kantor.",
            ),
        ),
        503: Words(
            "Basis data sedang tidak dapat dihubungi",
            (
                f"{SAVED_UNKNOWN} Tunggu satu menit, lalu muat ulang halaman tadi.",
                "Bila tetap begini, hubungi admin kantor; pengunjung tetap dilayani di loket.",
            ),
        ),
        507: Words(
            "Penyimpanan penuh",
            (
                f"Hubungi admin kantor. Yang sudah tersimpan tetap utuh. {SAVED_UNKNOWN}",
                "Sesudah ada tempat lagi, muat ulang halaman tadi, periksa isinya, lalu kirim lagi bila perlu.",
            ),
        ),
    },
}

KIOSK_COMPLAINT = {
    400: Words("Permintaan ini tidak dapat dibaca", (COMPLAINT_NOT_SENT,)),
    403: Words("Halaman ini sudah terlalu lama terbuka", (COMPLAINT_NOT_SENT,)),
    405: Words("Halaman ini tidak dapat dibuka begitu saja", (COMPLAINT_NOT_SENT,)),
    409: Words("Jam di mesin ini keliru", (COMPLAINT_NOT_SENT, "Mohon beri tahu petugas.")),
    500: Words("Ada yang tidak berjalan di mesin ini", (COMPLAINT_UNKNOWN, TO_AN_OFFICER)),
    503: Words("Mesin ini sedang menunggu server", (COMPLAINT_UNKNOWN, TO_AN_OFFICER)),
    507: Words("Mesin ini tidak dapat menyimpan", ("Pengaduan Anda belum tersimpan.", TO_AN_OFFICER)),
}
"""The kiosk's words at the page of a complaint, which has no queue number. Its other errors have those of the kiosk."""

TOO_LONG_OPEN = Words(
    "Halaman ini sudah terlalu lama terbuka",
    (
        "Isian belum dikirim, karena halamannya dibuka sebelum Anda masuk atau keluar, atau peramban menolak kuki.",
        "Kembali ke halaman tadi, muat ulang, lalu kirim lagi. Salin dahulu isian yang panjang.",
    ),
)
"""The desk's words for a form whose token is not valid. On the screens of visitors every 403 is of this kind."""
